package casework

import (
	"slices"
	"time"

	"fadu/internal/law"
	"fadu/internal/law/timing"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// CaseAct is one act that was done in a case of the ordinary procedure. Rows are only ever added; a mistake is
// withdrawn by a second row. Clocks, the time line and the order of the file are read from them.
type CaseAct struct {
	bun.BaseModel `bun:"table:case_act,alias:ca"`

	ID    int64  `bun:"id,pk"`
	Case  CaseID `bun:"case_id"`
	Entry int64  `bun:"entry_id"`
	Act   string `bun:"act"`
	// Of is the row beside the line that the act moved (seizure/12), For another one that it concerns; both are
	// empty for the case itself.
	Of  string `bun:"of_id"`
	For string `bun:"for_id"`
	// On is the day of the act, At its instant for terms in hours (µs); RecordedAt is when it was entered.
	On law.Date `bun:"on_day"`
	At int64    `bun:"done_at"`
	// Named is the day that the act's paper names, Days what an extension grants.
	Named      law.Date `bun:"named_day"`
	Days       int      `bun:"days"`
	Paper      PaperID  `bun:"paper_id"`
	Person     int64    `bun:"person_id"`
	Note       string   `bun:"note"`
	Withdraws  int64    `bun:"withdraws"`
	RecordedAt int64    `bun:"recorded_at"`
}

// MandateAct enters the order of a government to take down an illegal structure on the list of evidence: of_id is the evidence, the note its document
// number, the named day its date (城乡规划法第六十八条).
const MandateAct = "register_mandate"

// event is the act as clocks see it.
func (a CaseAct) event() timing.Event {
	e := timing.Event{Act: a.Act, Of: a.Of, For: a.For, On: a.On, At: store.FromMicros(a.At), Day: a.Named, Days: a.Days}
	if a.Act == "resume" && !a.Named.IsZero() {
		e.On = a.Named // a suspension lasts as long as its ground (55号令第三十条)
	}
	if a.Paper != 0 {
		e.Paper = a.Paper.Subject()
	}
	return e
}

// Acts returns what was done in a case of the ordinary procedure and not withdrawn, by the day of the act.
func Acts(tx *store.Tx, id CaseID) ([]CaseAct, error) {
	all, err := ofCase[CaseAct](tx, id)
	if err != nil {
		return nil, err
	}
	all = standing(all)
	slices.SortStableFunc(all, func(a, b CaseAct) int {
		switch {
		case a.On != b.On:
			return b.On.DaysUntil(a.On)
		case a.At != b.At:
			return int(min(max(a.At-b.At, -1), 1))
		}
		return int(min(max(a.ID-b.ID, -1), 1))
	})
	return all, nil
}

// standing leaves out what was withdrawn, with its withdrawal.
func standing(all []CaseAct) []CaseAct {
	gone := map[int64]bool{}
	for _, a := range all {
		if a.Withdraws != 0 {
			gone[a.ID], gone[a.Withdraws] = true, true
		}
	}
	return slices.DeleteFunc(slices.Clone(all), func(a CaseAct) bool { return gone[a.ID] })
}

// renewals are the acts on which a decision stands. What was drafted, sent to review or discussed before the last of them was not about the case
// as it now is (行政处罚法第四十四条、第五十七条、第五十八条第一款、第六十五条).
var renewals = []string{"approve_conclusion", "investigate_again", "notice_served", "notify_again", "answer_defence", "report_hearing"}

// StandsSince is the row of the last act on which a decision stands, 0 before any. What counts for the decision has a later identifier.
func StandsSince(tx *store.Tx, id CaseID) (int64, error) {
	acts, err := Acts(tx, id)
	last := int64(0)
	for _, a := range acts {
		if slices.Contains(renewals, a.Act) {
			last = max(last, a.ID)
		}
	}
	return last, err
}

// investigations are the acts of those who investigate a case, keep things and propose what is decided.
var investigations = []string{
	"check", "interview", "inspect", "collect_evidence", "sample", "commission", "receive_result", "admit_evidence", "propose", "conclude", "preserve", "seize", "seize_at_once",
	"issue_notice", "state_defence", "answer_defence", "draft_decision", "submit_review",
}

// momentOf is when an act was done: now for one of today, else the beginning of its day.
func momentOf(tx *store.Tx, on law.Date, at time.Time) int64 {
	switch {
	case !at.IsZero():
		return store.Micros(at)
	case on == tx.Today():
		return store.Micros(tx.Now)
	}
	return store.Micros(on.Start())
}
