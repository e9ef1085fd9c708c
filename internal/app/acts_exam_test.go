package app_test

import (
	"time"

	"fadu/internal/exam/sitting"
)

// examActs plans an exam by calls, has two people sit it in between, and publishes what came of it.
func examActs(p *program) {
	p.Helper()
	if err := p.site.App.Bank.Start(p.Context()); err != nil {
		p.Fatal(err)
	}
	opens := p.site.Clock.Now().Add(3 * time.Hour)
	plan := members{"title": "演示考试", "opens": opens.Format(time.RFC3339), "waiting_minutes": 10, "late_minutes": 10, "full_late": false, "minutes": 30, "attempts": 1, "pass": 100, "diploma_prefix": "演城管考字", "policy": "all_or_nothing", "blueprint": []members{{"type": "single", "count": 2, "points": 100}}}
	other := members{}
	for k, v := range plan {
		other[k] = v
	}
	other["title"] = "另一场"
	id := p.do(deed{op: "planExam", by: "trainer", body: plan, other: other, entry: "exam.sitting_made"}).str("id")
	seen := func(m members) members {
		p.Helper()
		m["version"] = p.read("getExam", "trainer", id, "", `"phase":"`).version()
		return m
	}
	p.do(deed{op: "editExam", by: "trainer", at: id, body: seen(other), entry: "exam.sitting_edited"})
	p.do(deed{op: "enrolInExam", by: "trainer", at: id, body: seen(members{"logins": []string{"officer102", "officer103", "aux11"}}), entry: "exam.candidates_added"})
	p.do(deed{op: "freezeExam", by: "trainer", at: id, body: seen(members{}), entry: "exam.paper_frozen"})
	p.do(deed{op: "thawExam", by: "trainer", at: id, body: seen(members{"reason": "换题"}), entry: "exam.paper_withdrawn"})
	p.do(deed{op: "freezeExam", by: "trainer", at: id, body: seen(members{}), entry: "exam.paper_frozen"})
	p.read("listExams", "trainer", "", "", `"phase":"frozen"`)
	list := p.read("listExamCandidates", "trainer", id, "group=enrolled", `"state":"registered"`)
	person := func(i int) (at string, m func(members) members) {
		p.Helper()
		at, _ = list.in("items", i)["id"].(string)
		return at, func(m members) members {
			p.Helper()
			m["version"] = p.read("getExamCandidate", "trainer", at, "", `"state":"`).version()
			return m
		}
	}
	one, seenOne := person(0)
	two, seenTwo := person(1)
	p.do(deed{op: "grantExamTime", by: "trainer", at: one, body: seenOne(members{"minutes": 10, "reason": "视力障碍"}), entry: "exam.time_granted"})
	p.do(deed{op: "removeExamCandidate", by: "trainer", at: two, body: seenTwo(members{"reason": "调离"}), entry: "exam.candidate_removed"})
	three, seenThree := person(2)
	p.do(deed{op: "deferExamCandidate", by: "trainer", at: three, body: seenThree(members{"reason": "出差"}), entry: "exam.motion_proposed"})
	p.approved(id)
	p.sat(id, opens)
	p.do(deed{op: "voidExamResult", by: "trainer", at: one, body: seenOne(members{"reason": "替考"}), entry: "exam.motion_proposed"})
	p.approved(id)
	p.do(deed{op: "reinstateExamResult", by: "trainer", at: one, body: seenOne(members{"reason": "查清不是替考"}), entry: "exam.motion_proposed"})
	p.approved(id)
	correct := func(kind string) members {
		return seen(members{"item": 1, "kind": kind, "reason": "两个选项都对"})
	}
	p.do(deed{op: "correctExamItem", by: "trainer", at: id, body: correct("drop"), entry: "exam.motion_proposed"})
	m, v := p.motion(id)
	p.do(deed{op: "refuseExamMotion", by: "legal", at: m, body: members{"version": v, "reason": "全体给满分就行"}, entry: "exam.motion_refused"})
	p.do(deed{op: "correctExamItem", by: "trainer", at: id, body: correct("drop"), entry: "exam.motion_proposed"})
	m, v = p.motion(id)
	p.do(deed{op: "withdrawExamMotion", by: "trainer", at: m, body: members{"version": v, "reason": "另提"}, entry: "exam.motion_withdrawn"})
	p.do(deed{op: "correctExamItem", by: "trainer", at: id, body: correct("give_all"), entry: "exam.motion_proposed"})
	m, _ = p.motion(id)
	p.read("getExamMotion", "legal", m, "", `"up":1`, `"old":`)
	p.approved(id)
	p.read("getExamMotion", "legal", m, "", `"state":"applied"`)
	p.read("analyseExam", "trainer", id, "", `"n":1`)
	p.do(deed{op: "publishExam", by: "trainer", at: id, body: seen(members{}), entry: "exam.results_published"})
	d := p.read("listExamDiplomas", "trainer", "", "exam="+id, `"number":"演城管考字〔`, `"state":"valid"`).in("items", 0)
	held := d["id"].(string)
	p.read("getExamDiploma", "trainer", held, "", `"state":"valid"`)
	p.read("checkExamDiploma", "", d["code"].(string), "", `"known":true`, `*"`, `"demo":true`)
	p.original("printExamDiploma", "trainer", held, "exam.diploma_printed", "diploma/"+held)
	p.do(deed{op: "makeUpExam", by: "trainer", at: id, body: seen(members{"opens": p.site.Clock.Now().Add(48 * time.Hour).Format(time.RFC3339), "absent": true}), entry: "exam.make_up_planned"})
	plan["opens"] = p.site.Clock.Now().Add(time.Hour).Format(time.RFC3339)
	delete(other, "version") // of the edit
	other["opens"] = plan["opens"]
	id = p.do(deed{op: "planExam", by: "trainer", body: plan, other: other, entry: "exam.sitting_made"}).str("id")
	p.do(deed{op: "cancelExam", by: "trainer", at: id, body: seen(members{"reason": "改期"}), entry: "exam.sitting_cancelled"})
}

// motion is what was last asked for in an exam.
func (p *program) motion(exam string) (id string, version int64) {
	p.Helper()
	newest := p.read("listExamMotions", "legal", "", "exam="+exam, `"state":"proposed"`).in("items", 0)
	id, _ = newest["id"].(string)
	n, _ := newest["version"].(float64)
	return id, int64(n)
}

// approved has what was last asked for in an exam approved by a second person.
func (p *program) approved(exam string) {
	p.Helper()
	m, v := p.motion(exam)
	p.do(deed{op: "approveExamMotion", by: "legal", at: m, body: members{"version": v}, entry: "-"})
}

// sat has the first candidate who still may sit the exam sit it, and the program collect and mark it.
func (p *program) sat(id string, opens time.Time) {
	p.Helper()
	p.site.Clock.Set(opens.Add(time.Minute))
	n, err := sitting.ParseID(id)
	if err != nil {
		p.Fatal(err)
	}
	for _, login := range []string{"officer102", "officer103"} {
		by, err := p.site.App.Access.SessionFor(p.Context(), login)
		if err != nil {
			p.Fatal(err)
		}
		if st, err := p.site.App.Exams.Start(p.Context(), by, n, sitting.StartInput{}); err == nil {
			if _, err := p.site.App.Exams.Submit(p.Context(), by, st.Attempt, st.Device); err != nil {
				p.Fatal(err)
			}
		}
	}
	p.site.Clock.Set(opens.Add(2 * time.Hour))
	if err := p.site.App.Exams.Collect(p.Context(), n); err != nil {
		p.Fatal(err)
	}
}
