package law

import (
	"fmt"
	"slices"
	"strings"
)

// Action names an act that the law guards, in the recheck door's words: 当场作出处罚决定(简易程序).
type Action string

// Answer is what the rules say about an act.
type Answer string

// The answers, from the weakest. Refuse, Must, May and NotRequired are given by rules; Allow is what
// is left when no rule objects.
const (
	Allow       Answer = "allow"
	NotRequired Answer = "not_required"
	May         Answer = "may"
	Must        Answer = "must"
	Refuse      Answer = "refuse"
)

// Level says how much a finding weighs.
type Level string

// A blocking finding refuses; a warning is shown and the act goes on; a note explains a duty.
const (
	Block Level = "block"
	Warn  Level = "warn"
	Note  Level = "note"
)

// Rule is one statutory rule. ID comes from the statute (XZCF-51-1); Cite is its basis; From and Until
// bound the days on which it is in force (by the day of the step). Check is pure and answers in the
// bureau's own words.
type Rule struct {
	ID      string
	Name    string
	Actions []Action
	Cite    Citations
	From    Date
	Until   Date
	Check   func(*Reading) Outcome
}

// Outcome is one rule's answer. The zero Outcome passes.
type Outcome struct {
	Answer  Answer
	Message string
	// Unless the outcome is settled, the rule could not be answered for want of facts.
	unknown bool
	warn    bool
}

// Pass lets the act go on.
func Pass() Outcome { return Outcome{} }

// RefuseBecause refuses the act; the message says what is missing or wrong and how to go on.
func RefuseBecause(format string, args ...any) Outcome {
	return Outcome{Answer: Refuse, Message: fmt.Sprintf(format, args...)}
}

// WarnThat lets the act go on with a warning.
func WarnThat(format string, args ...any) Outcome {
	return Outcome{Message: fmt.Sprintf(format, args...), warn: true}
}

// Duty answers a question of duty with must, may or not_required.
func Duty(a Answer, format string, args ...any) Outcome {
	return Outcome{Answer: a, Message: fmt.Sprintf(format, args...)}
}

// NotStated is the outcome of a rule that lacks a fact it needs.
func NotStated() Outcome { return Outcome{unknown: true} }

// When gives o if cond holds, passes if it does not, and is not stated while cond is unknown.
func When(cond Tri, o Outcome) Outcome {
	switch cond {
	case True:
		return o
	case False:
		return Pass()
	}
	return NotStated()
}

// Unless gives o if cond does not hold.
func Unless(cond Tri, o Outcome) Outcome { return When(cond.Not(), o) }

// Finding is one thing that a rule has to say about an act.
type Finding struct {
	Rule    string `json:"rule"`
	Article string `json:"article"`
	Message string `json:"message"`
	Level   Level  `json:"level"`
	// Cite is the structured basis behind Article, for links.
	Cite Citations `json:"-"`
}

// Gap is a rule that could not be answered, with the facts that the file does not state.
type Gap struct {
	Rule    string
	Cite    Citations
	Missing []Key
}

// Judgement is the answer to "may this act be done on this date, these being the facts".
type Judgement struct {
	Action   Action
	Date     Date
	Answer   Answer
	Findings []Finding
	Unknown  []Gap
	// Passed are the rules that were answered and did not object, for the ledger.
	Passed []string
}

// Judge evaluates rules. It is the only evaluator: pages, API, recheck door, scenes and file scores
// call it with facts that each fills in its own way.
type Judge struct {
	rules   []Rule
	actions map[Action][]int
}

// NewJudge checks and collects rules: an ID, a name, a basis in the statute registry, at least one
// action and no two versions of one ID in force on one day.
func NewJudge(rules ...[]Rule) (*Judge, error) {
	j := &Judge{actions: map[Action][]int{}}
	var faults []string
	for _, group := range rules {
		for _, r := range group {
			if r.ID == "" || r.Name == "" || r.Check == nil || len(r.Actions) == 0 {
				faults = append(faults, fmt.Sprintf("规则 %q 缺编号、名称、行为或判断", r.ID))
				continue
			}
			if len(r.Cite) == 0 {
				faults = append(faults, fmt.Sprintf("规则 %s 没有依据", r.ID))
			}
			for _, c := range r.Cite {
				if err := CheckCitation(c); err != nil {
					faults = append(faults, fmt.Sprintf("规则 %s：%v", r.ID, err))
				}
			}
			for _, o := range j.rules {
				if o.ID == r.ID && overlap(o.From, o.Until, r.From, r.Until) {
					faults = append(faults, fmt.Sprintf("规则 %s 的两个版本施行期间重叠", r.ID))
				}
			}
			for _, a := range r.Actions {
				j.actions[a] = append(j.actions[a], len(j.rules))
			}
			j.rules = append(j.rules, r)
		}
	}
	if len(faults) > 0 {
		return nil, fmt.Errorf("law: %s", strings.Join(faults, "；"))
	}
	return j, nil
}

func overlap(from1, until1, from2, until2 Date) bool {
	startsBeforeEnd := func(from, until Date) bool { return from.IsZero() || until.IsZero() || !from.After(until) }
	return startsBeforeEnd(from1, until2) && startsBeforeEnd(from2, until1)
}

// Rules returns all rules in the order of registration.
func (j *Judge) Rules() []Rule { return slices.Clone(j.rules) }

// Knows reports whether any rule guards the action.
func (j *Judge) Knows(a Action) bool { return len(j.actions[a]) > 0 }

// Actions returns the guarded actions, sorted.
func (j *Judge) Actions() []Action {
	as := make([]Action, 0, len(j.actions))
	for a := range j.actions {
		as = append(as, a)
	}
	slices.Sort(as)
	return as
}

// Judge answers the action on the date of the step with the facts stated. It lists every finding, not
// the first. Facts left out make a rule a Gap unless the other facts decide it.
func (j *Judge) Judge(a Action, on Date, f Facts) Judgement {
	out := Judgement{Action: a, Date: on, Answer: Allow}
	rank := map[Answer]int{Allow: 0, NotRequired: 1, May: 2, Must: 3, Refuse: 4}
	for _, i := range j.actions[a] {
		r := j.rules[i]
		if !on.Within(r.From, r.Until) {
			continue
		}
		reading := Read(f, on)
		o := r.Check(reading)
		if o.unknown {
			out.Unknown = append(out.Unknown, Gap{r.ID, r.Cite, uniqueKeys(reading.missing)})
			continue
		}
		if o.Answer == "" && o.Message == "" {
			out.Passed = append(out.Passed, r.ID)
			continue
		}
		level := Note
		switch {
		case o.Answer == Refuse:
			level = Block
		case o.warn:
			level = Warn
		}
		out.Findings = append(out.Findings, Finding{r.ID, r.Cite.String(), o.Message, level, r.Cite})
		if o.Answer != "" && rank[o.Answer] > rank[out.Answer] {
			out.Answer = o.Answer
		}
	}
	return out
}

func uniqueKeys(ks []Key) []Key {
	var out []Key
	for _, k := range ks {
		if !slices.ContainsFunc(out, func(o Key) bool { return o.Name() == k.Name() }) {
			out = append(out, k)
		}
	}
	return out
}

// Refusal says that the law forbids an act as things stand. It lists all that is missing, each with its
// article. On a real case a fact that no record states refuses too.
type Refusal struct {
	Action   Action
	Findings []Finding
}

// Error lists the findings in one line.
func (r *Refusal) Error() string {
	parts := make([]string, len(r.Findings))
	for i, f := range r.Findings {
		parts[i] = fmt.Sprintf("%s（%s）", f.Message, f.Article)
	}
	return fmt.Sprintf("%s：还缺 %d 项：%s", r.Action, len(parts), strings.Join(parts, "；"))
}

// Enforce turns a judgement on a real case into a Refusal, or nil when the act is lawful. Gaps block:
// 案卷中没有记载：….
func (j Judgement) Enforce() error {
	var fs []Finding
	for _, f := range j.Findings {
		if f.Level == Block {
			fs = append(fs, f)
		}
	}
	for _, g := range j.Unknown {
		labels := make([]string, len(g.Missing))
		for i, k := range g.Missing {
			labels[i] = k.Label()
		}
		fs = append(fs, Finding{g.Rule, g.Cite.String(), "案卷中没有记载：" + strings.Join(labels, "、"), Block, g.Cite})
	}
	if len(fs) == 0 {
		return nil
	}
	return &Refusal{j.Action, fs}
}

// Lacks returns what Enforce would refuse with, for greying a button with its reasons.
func (j Judgement) Lacks() []Finding {
	if r, ok := j.Enforce().(*Refusal); ok {
		return r.Findings
	}
	return nil
}
