package cohort

import "testing"

// TestJudge: who took a cohort and who passed it.
func TestJudge(t *testing.T) {
	exam, scene, course := Part{ID: 1, Kind: KindExam, Title: "考试", Must: true}, Part{ID: 2, Kind: KindScene, Title: "情景", Must: true}, Part{ID: 3, Kind: KindCourse, Title: "课程", Must: true}
	extra := Part{ID: 4, Kind: KindExam, Title: "选考"}
	dropped := Part{ID: 5, Kind: KindExam, Title: "去掉的", Must: true, Gone: true}
	done, failed, seen := Outcome{Took: true, Passed: true}, Outcome{Took: true}, Outcome{}
	for _, c := range []struct {
		name         string
		parts        []Part
		got          map[PartID]Outcome
		took, passed bool
		lacks        int
	}{
		{"全部合格", []Part{exam, scene, course, extra, dropped}, map[PartID]Outcome{1: done, 2: done, 3: done}, true, true, 0},
		{"考了没合格", []Part{exam, scene}, map[PartID]Outcome{1: failed, 2: done}, true, false, 1},
		{"只考了一样", []Part{exam, scene}, map[PartID]Outcome{1: done}, false, false, 1},
		{"考试合格、课程没有学完", []Part{exam, course}, map[PartID]Outcome{1: done, 3: {Took: true}}, true, false, 1},
		{"没有考试的班，来过就算参加", []Part{course}, map[PartID]Outcome{3: {Took: true}}, true, false, 1},
		{"没有来", []Part{course}, map[PartID]Outcome{3: seen}, false, false, 1},
		{"什么必修也没有", []Part{extra}, map[PartID]Outcome{4: done}, false, false, 0},
	} {
		if v := Judge(c.parts, c.got); v.Took != c.took || v.Passed != c.passed || len(v.Lacks) != c.lacks {
			t.Errorf("%s：%+v", c.name, v)
		}
	}
}
