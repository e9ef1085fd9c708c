package timing

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"fadu/internal/law"
	"fadu/internal/law/calendar"
)

// Unclaimed is the Holder of a term that waits for somebody to take it: it is nobody's yet.
const Unclaimed = -1

// Event is one act that was done in a matter.
type Event struct {
	Act string
	// Of tells several of one kind apart (seizure/12, appraisal/5, paper/7); "" is the matter itself. For is
	// the one that the act concerns besides: an appraisal of what seizure/12 holds.
	Of, For string
	On      law.Date
	// At is the instant of an act that starts or ends a term in hours.
	At time.Time
	// Day is the day that the act's paper names: of the hearing, by which to correct, of the last instalment.
	Day law.Date
	// Days are what an extension grants.
	Days  int
	Paper string
	// Holder is the person who has to keep the term that the act starts, where that is not who has the matter in hand;
	// 0 for nobody in particular.
	Holder int64
}

// Whose says who has to do something before a term ends.
type Whose string

// Ours is the bureau's duty, which it can miss; Owed is the party's, which can be overdue without anybody of the
// bureau being late. What is the party's right, or another body's business, only runs out.
const (
	Ours   Whose = ""
	Owed   Whose = "owed"
	Party  Whose = "party"
	Others Whose = "others"
)

// Rule says how one kind of clock runs. Acts are named as flow tables name them.
type Rule struct {
	// Term is the name of a statutory term, or of a term that a paper sets (Set).
	Term  string
	Whose Whose
	Start []string
	End   []string
	// Undo takes back an end: the clock goes on as if it had not ended (a decision voided before its service).
	Undo []string
	// Drop ends a clock that no longer matters, without anybody having kept or missed it.
	Drop []string
	// After names terms with whose running out this one begins. Of several beginnings the latest counts: while one of
	// these terms runs, it has not come.
	After []string
	// FromDay counts from the day that the starting paper names instead of the day of the act.
	FromDay []string
	// Set: the starting paper names the last day itself; Cite is the basis then.
	Set        bool
	Cite       law.Citations
	Pauses     []Pause
	Extensions []Extension
}

// Pause is time that does not count: the days after an act of From up to the day of the act of To.
type Pause struct {
	Why      string
	From, To []string
	// Own: counts only for the clock that the event is For.
	Own bool
	// Told: at the latest until the day that the act's paper names; longer nobody was told that it would take.
	Told bool
	Cite law.Citations
}

// Extension is more time by an act that grants it.
type Extension struct {
	Act string
	// Limit is the legal number of the most that it may grant, once.
	Limit string
	Cite  law.Citations
}

// Book is a procedure's rules with the terms that they name. It is made once by NewBook.
type Book struct {
	rules []Rule
	terms *calendar.Terms
}

// NewBook checks rules: a known term or, for one that a paper sets, a basis; something that starts and
// something that ends each; a legal number and a basis for every extension and pause; no term twice.
func NewBook(terms *calendar.Terms, rules ...Rule) (*Book, error) {
	var faults []error
	seen := map[string]bool{}
	for _, r := range rules {
		bad := func(format string, args ...any) {
			faults = append(faults, fmt.Errorf("期限“%s”：%s", r.Term, fmt.Sprintf(format, args...)))
		}
		switch _, known := terms.Named(r.Term); {
		case seen[r.Term]:
			bad("写了两次")
		case r.Set && (known || len(r.Cite) == 0):
			bad("文书定的期限要有依据，不能与法定期限同名")
		case !r.Set && !known:
			bad("不是法定期限")
		}
		seen[r.Term] = true
		if len(r.Start)+len(r.After) == 0 || len(r.End)+len(r.Drop) == 0 {
			bad("没有写明何时开始、何时结束")
		}
		for _, a := range r.FromDay {
			if !slices.Contains(r.Start, a) {
				bad("“%s”不是起算的动作", a)
			}
		}
		for _, x := range r.Extensions {
			if _, ok := law.Limit(x.Limit, latest(terms, r.Term)); !ok || x.Act == "" || len(x.Cite) == 0 {
				bad("延长没有法定上限或者依据")
			}
		}
		for _, p := range r.Pauses {
			if len(p.From) == 0 || len(p.To) == 0 || p.Why == "" || len(p.Cite) == 0 {
				bad("不计入的时间没有起止或者依据")
			}
		}
	}
	for _, r := range rules {
		for _, a := range r.After {
			if !seen[a] {
				faults = append(faults, fmt.Errorf("期限“%s”接在“%s”之后，没有这一条", r.Term, a))
			}
		}
	}
	if len(faults) > 0 {
		return nil, fmt.Errorf("timing: %w", errors.Join(faults...))
	}
	return &Book{rules, terms}, nil
}

// latest is the first day of a term's last version.
func latest(terms *calendar.Terms, name string) law.Date {
	t, _ := terms.Named(name)
	return t.From
}

// Rules returns the rules in their order.
func (b *Book) Rules() []Rule { return slices.Clone(b.rules) }
