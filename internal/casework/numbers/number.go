package numbers

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/law"
	"fadu/internal/store"
)

// paperKind is the paper whose number becomes the case's.
const paperKind casework.PaperKind = "filing_approval"

// State is what became of a number.
type State string

// The states of a number; those from Returned on are gaps: no case is handled under it.
const (
	Asked     State = "asked"
	Open      State = "open"
	Closed    State = "closed"
	Returned  State = "return_filing"
	Declined  State = "decline_filing"
	Left      State = "left"
	Withdrawn State = "withdrawn"
	Merged    State = "merged"
	Failed    State = "failed"
	Void      State = "void"
	Unused    State = "unused"
)

// States are all states in their order.
var States = []State{Asked, Open, Closed, Returned, Declined, Left, Withdrawn, Merged, Failed, Void, Unused}

// Gap and Unexplained are the views of several states: numbers that no case bears, and those of them of which nobody said why.
const (
	Gap         State = "gap"
	Unexplained State = "unexplained"
)

var labels = map[State]string{
	Asked: "待批准", Open: "已立案，在办", Closed: "已立案，办结", Returned: "退回，作废", Declined: "不予立案", Left: "没有立案，移送", Withdrawn: "撤销立案", Merged: "并入他案",
	Failed: "没有出具成", Void: "空号", Unused: "年度已过未用", Gap: "全部空缺", Unexplained: "空缺待说明",
}

// Label returns the state's Chinese name.
func (s State) Label() string { return labels[s] }

// IsGap reports whether no case is handled under a number of this state.
func (s State) IsGap() bool { return slices.Index(States, s) >= slices.Index(States, Returned) }

// mute are the states of gaps that no act of a person explains.
func (s State) mute() bool { return s == Failed || s == Unused }

// Number is a line of the register: one number, or a run of numbers that never got a paper.
type Number struct {
	access.Levels
	casework.Party
	Prefix string           `bun:"prefix"`
	First  int64            `bun:"first_no"`
	Last   int64            `bun:"last_no"`
	Series int64            `bun:"series_id"`
	Paper  casework.PaperID `bun:"paper_id"`
	Case   casework.CaseID  `bun:"case_id"`
	DocNo  string           `bun:"doc_no"`
	Made   int64            `bun:"created_at"`
	Ended  int64            `bun:"ended_at"`
	Entry  int64            `bun:"entry_id"`
	Reason string           `bun:"reason"`
	State  State            `bun:"state"`
	Cause  string           `bun:"power_name"`
	Lead   string           `bun:"summary"`
	Place  string           `bun:"place"`

	// Unit and Applicant are names; Parts are the numbers of cases split from this one.
	Year      int64
	Unit      string
	Applicant string
	Parts     []string
	// Why explains a gap, the newest last; empty while nobody did.
	Why []Explanation
}

// Explanation is who said when why a number was not used.
type Explanation struct {
	Who  string
	At   time.Time
	What string
}

// Text is the explanation as a line.
func (e Explanation) Text() string {
	return strings.TrimPrefix(fmt.Sprintf("%s，%s：%s", e.Who, law.DateOf(e.At).String(), e.What), "，")
}

// Name is what the register calls the line: the number as printed, or the run of numbers.
func (n Number) Name() string {
	switch {
	case n.DocNo != "":
		return n.DocNo
	case n.Last > n.First:
		return fmt.Sprintf("%s〔%d〕第%d号至第%d号", n.Prefix, n.Year, n.First, n.Last)
	}
	return casework.DocNo(n.Prefix, n.Year, n.First)
}

// Count is how many numbers the line stands for.
func (n Number) Count() int64 { return n.Last - n.First + 1 }

// AppliedOn is the day on which the number was applied for; zero for one that nobody did.
func (n Number) AppliedOn() law.Date {
	if n.Made == 0 {
		return law.Date{}
	}
	return law.DateOf(store.FromMicros(n.Made))
}

// Matter is the cause once it is settled, before that what the lead was.
func (n Number) Matter() string {
	if n.Cause != "" {
		return n.Cause
	}
	return n.Lead
}

// Explained reports whether a gap is explained.
func (n Number) Explained() bool { return !n.State.IsGap() || len(n.Why) > 0 }

// Tally is how many numbers of a year are in each state.
type Tally map[State]int64

// All is how many numbers were issued, Gaps how many of them no case bears.
func (t Tally) All() (all, gaps int64) {
	for s, n := range t {
		if s == Unexplained {
			continue
		}
		all += n
		if s.IsGap() {
			gaps += n
		}
	}
	return all, gaps
}

// Text is the tally as a line.
func (t Tally) Text() string {
	all, gaps := t.All()
	out := fmt.Sprintf("共 %d 个号，空缺 %d 个", all, gaps)
	if n := t[Unexplained]; n > 0 {
		out += fmt.Sprintf("，其中 %d 个还没有说明", n)
	}
	return out
}
