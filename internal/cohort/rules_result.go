package cohort

// Outcome is what somebody reached in a part. Page opens its record.
type Outcome struct {
	Took, Passed bool
	Says, Page   string
}

// tests are the kinds of parts that examine people.
var tests = map[string]bool{KindExam: true, KindScene: true}

// Verdict is what somebody reached in a cohort.
type Verdict struct {
	Took, Passed bool
	Lacks        []string // the titles of what is not passed
}

// Judge says who took a cohort and who passed it. Only what everybody must do counts: somebody took it who took part in each
// exam and scene of it, or, where there is none, in anything at all; and passed it who passed each exam and scene, finished
// each course and was at each session.
func Judge(parts []Part, got map[PartID]Outcome) Verdict {
	v := Verdict{Took: true, Passed: true}
	must, examined, any := 0, 0, false
	for _, p := range parts {
		if !bool(p.Must) || bool(p.Gone) {
			continue
		}
		must++
		o := got[p.ID]
		any = any || o.Took
		if tests[p.Kind] {
			examined++
			v.Took = v.Took && o.Took
		}
		if !o.Passed {
			v.Passed = false
			v.Lacks = append(v.Lacks, p.Title)
		}
	}
	if examined == 0 {
		v.Took = any
	}
	v.Passed = v.Passed && v.Took && must > 0
	return v
}

// Count is how many of a cohort passed, of those who took it and of all.
type Count struct{ Enrolled, Took, Passed int64 }

func (c *Count) add(v Verdict) {
	c.Enrolled++
	if v.Took {
		c.Took++
	}
	if v.Passed {
		c.Passed++
	}
}
