package sitting

import (
	"fmt"
	"slices"
	"strings"

	"fadu/internal/access"
	"fadu/internal/exam/assembly"
	"fadu/internal/exam/bank"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// MotionID identifies what one person asks for and another approves.
type MotionID int64

// String prints the identifier in decimal.
func (id MotionID) String() string { return fmt.Sprint(int64(id)) }

// MotionKind is what a motion asks for.
type MotionKind string

// The motions: of an item, of one mark, of a candidate.
const (
	Accept    MotionKind = "accept"
	Rekey     MotionKind = "rekey"
	GiveAll   MotionKind = "give_all"
	Drop      MotionKind = "drop"
	Remark    MotionKind = "remark"
	Defer     MotionKind = "defer"
	Void      MotionKind = "void"
	Reinstate MotionKind = "reinstate"
)

var motionLabels = map[MotionKind]string{
	Accept: "这个答案也算对", Rekey: "更正答案", GiveAll: "全体给满分", Drop: "作废这道题", Remark: "改一道题的得分", Defer: "缓考", Void: "成绩作废（违纪）", Reinstate: "撤销违纪处理",
}

// Label is the Chinese name of the motion.
func (k MotionKind) Label() string { return motionLabels[k] }

// ofItem are the motions of an item, in the order of the form.
var ofItem = []MotionKind{Accept, Rekey, GiveAll, Drop}

// scored reports whether the motion changes scores.
func (k MotionKind) scored() bool { return slices.Contains(ofItem, k) || k == Remark }

// MotionState is where a motion stands.
type MotionState string

// The states of a motion.
const (
	Proposed  MotionState = "proposed"
	Applying  MotionState = "applying"
	Applied   MotionState = "applied"
	Refused   MotionState = "refused"
	Withdrawn MotionState = "withdrawn"
)

// motionStates are all of them in their order, with their labels.
var motionStates = []struct {
	State MotionState
	Label string
}{{Proposed, "待批准"}, {Applying, "正在更正"}, {Applied, "已办成"}, {Refused, "不批准"}, {Withdrawn, "已撤回"}}

// Label is the Chinese name of the state.
func (s MotionState) Label() string {
	for _, x := range motionStates {
		if x.State == s {
			return x.Label
		}
	}
	return string(s)
}

// Motion is what one person asks for and another approves.
type Motion struct {
	bun.BaseModel `bun:"table:exam_motion,alias:ey"`

	ID        MotionID    `bun:"id,pk"`
	Sitting   SittingID   `bun:"sitting_id"`
	Candidate CandidateID `bun:"candidate_id"`
	Attempt   AttemptID   `bun:"attempt_id"`
	access.Levels
	Kind        MotionKind       `bun:"kind"`
	Item        int              `bun:"item"`
	Value       string           `bun:"value"`
	Points      int64            `bun:"points"`
	Reason      string           `bun:"reason"`
	State       MotionState      `bun:"state"`
	Author      access.AccountID `bun:"author"`
	AuthorName  string           `bun:"author_name"`
	At          int64            `bun:"at"`
	Decider     access.AccountID `bun:"decider"`
	DeciderName string           `bun:"decider_name"`
	Remark      string           `bun:"remark"`
	DecidedAt   int64            `bun:"decided_at"`
	Changed     int64            `bun:"changed"`
	ToPass      int64            `bun:"to_pass"`
	ToFail      int64            `bun:"to_fail"`
	Version     int64            `bun:"version"`
	Entry       int64            `bun:"entry_id"`
}

// Subject is the motion as ledger entries name it.
func (m Motion) Subject() string { return "motion/" + m.ID.String() }

// URL is the page of the motion.
func (m Motion) URL() string { return PathMotions + "/" + m.ID.String() }

// Title says what the motion asks for.
func (m Motion) Title() string {
	if m.Item >= 0 {
		return itemNumber(m.Item) + "：" + m.Kind.Label()
	}
	return m.Kind.Label()
}

// Rescored is a candidate whose score a motion changed, with what stood there before.
type Rescored struct {
	bun.BaseModel `bun:"table:exam_rescored,alias:ez"`

	ID        int64       `bun:"id,pk"`
	Motion    MotionID    `bun:"motion_id"`
	Candidate CandidateID `bun:"candidate_id"`
	Name      string      `bun:"name"`
	OldMarks  string      `bun:"old_marks"`
	OldScore  int64       `bun:"old_score"`
	NewScore  int64       `bun:"new_score"`
	WasPassed store.Flag  `bun:"was_passed"`
	IsPassed  store.Flag  `bun:"is_passed"`
	Entry     int64       `bun:"entry_id"`
}

// line is what a candidate needs to pass a paper of so many points: of what counts the same share as of the whole, rounded
// up.
func (s Sitting) line(full int64) int64 {
	if s.Dropped == 0 || full <= 0 {
		return s.Pass
	}
	return (s.Pass*(full-s.Dropped) + full - 1) / full
}

// keyed is the question with an answer that counts: instead of the key, or beside the forms of its blanks. The answer is
// written as candidates write it; accepted forms of a blank are divided by ；.
func keyed(q bank.Question, value string, beside bool) (bank.Question, error) {
	if q.Type == bank.Fill {
		lines := strings.Split(value, "\n")
		if len(lines) > len(q.Blanks) {
			return q, fmt.Errorf("这道题有 %d 个空，一行写一个", len(q.Blanks))
		}
		blanks := slices.Clone(q.Blanks)
		for i, l := range lines {
			forms := strings.FieldsFunc(l, func(r rune) bool { return r == '；' || r == ';' })
			switch {
			case len(forms) == 0:
			case beside:
				blanks[i] = slices.Concat(blanks[i], forms)
			default:
				blanks[i] = forms
			}
		}
		q.Blanks = blanks
		return q, nil
	}
	if q.Type == bank.Match || q.Type == bank.Essay || q.Type == bank.Drafting {
		return q, fmt.Errorf("%s没有可以更正的答案，请作废这道题或者全体给满分", q.Type.Label())
	}
	q.Answer = strings.ToUpper(strings.TrimSpace(value))
	if q.Type == bank.Order {
		q.Ordering = nil // the pairs belonged to the old order
	}
	if !fits(q) {
		return q, fmt.Errorf("答案“%s”与这道题的题型、选项对不上", value)
	}
	return q, nil
}

// fits reports whether the answer is one that the question can have.
func fits(q bank.Question) bool {
	if q.Type == bank.Judgement {
		return q.Answer == "对" || q.Answer == "错"
	}
	seen := map[rune]bool{}
	for _, l := range q.Answer {
		if l < 'A' || int(l-'A') >= len(q.Options) || seen[l] {
			return false
		}
		seen[l] = true
	}
	n := len(seen)
	return n > 0 && (q.Type != bank.Single || n == 1) && (q.Type != bank.Order || n == len(q.Options))
}

// ruling is how an item is marked after motions.
type ruling struct {
	asked     bank.Question
	also      []bank.Question
	all, drop bool
}

// rulings are how the items of a paper are marked after the motions, the oldest first; single marks are kept apart.
func rulings(form assembly.Form, motions []Motion) (map[int]*ruling, map[AttemptID]map[int]int64, error) {
	out, single := map[int]*ruling{}, map[AttemptID]map[int]int64{}
	for _, m := range motions {
		if m.Item < 0 || m.Item >= len(form) {
			continue
		}
		if m.Kind == Remark {
			if single[m.Attempt] == nil {
				single[m.Attempt] = map[int]int64{}
			}
			single[m.Attempt][m.Item] = m.Points
			continue
		}
		r := out[m.Item]
		if r == nil {
			r = &ruling{asked: form[m.Item].Question}
			out[m.Item] = r
		}
		switch m.Kind {
		case Accept, Rekey:
			q, err := keyed(r.asked, m.Value, m.Kind == Accept)
			if err != nil {
				return nil, nil, err
			}
			if m.Kind == Rekey || q.Type == bank.Fill {
				r.asked = q
				if m.Kind == Rekey {
					r.also = nil
				}
			} else {
				r.also = append(r.also, q)
			}
		case GiveAll:
			r.all, r.drop = true, false
		case Drop:
			r.all, r.drop = false, true
		}
	}
	return out, single, nil
}

// after are the marks of an attempt once the rulings hold: what nothing was ruled on stays.
func after(form assembly.Form, x Sitting, a Attempt, was []int64, given []Answer, rules map[int]*ruling, single map[AttemptID]map[int]int64) []int64 {
	out := slices.Clone(was)
	answers := map[int]Answer{}
	for _, g := range given {
		answers[g.Item] = g
	}
	for i, r := range rules {
		if i >= len(out) {
			continue
		}
		switch g := answers[i]; {
		case r.drop:
			out[i] = 0
		case r.all:
			out[i] = form[i].Points
		case form[i].Open():
		default:
			out[i] = 0
			for _, q := range append([]bank.Question{r.asked}, r.also...) {
				if got, err := q.Mark(g.reply(), x.Policy, float64(form[i].Points)/100); err == nil && g.Value != "" {
					out[i] = max(out[i], hundredthsOf(got))
				}
			}
		}
	}
	for i, n := range single[a.ID] {
		if r := rules[i]; i < len(out) && (r == nil || !r.drop) {
			out[i] = n
		}
	}
	return out
}
