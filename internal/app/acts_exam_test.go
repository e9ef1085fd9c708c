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
	plan := members{"title": "演示考试", "opens": opens.Format(time.RFC3339), "waiting_minutes": 10, "late_minutes": 10, "full_late": false, "minutes": 30, "attempts": 1, "pass": 100, "policy": "all_or_nothing", "blueprint": []members{{"type": "single", "count": 2, "points": 100}}}
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
	p.do(deed{op: "deferExamCandidate", by: "trainer", at: three, body: seenThree(members{"reason": "出差"}), entry: "exam.candidate_deferred"})
	p.sat(id, opens)
	p.do(deed{op: "voidExamResult", by: "trainer", at: one, body: seenOne(members{"reason": "替考"}), entry: "exam.result_voided"})
	p.read("analyseExam", "trainer", id, "", `"n":1`)
	p.do(deed{op: "publishExam", by: "trainer", at: id, body: seen(members{}), entry: "exam.results_published"})
	plan["opens"] = p.site.Clock.Now().Add(time.Hour).Format(time.RFC3339)
	delete(other, "version") // of the edit
	other["opens"] = plan["opens"]
	id = p.do(deed{op: "planExam", by: "trainer", body: plan, other: other, entry: "exam.sitting_made"}).str("id")
	p.do(deed{op: "cancelExam", by: "trainer", at: id, body: seen(members{"reason": "改期"}), entry: "exam.sitting_cancelled"})
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
