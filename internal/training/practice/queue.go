package practice

import (
	"cmp"
	"slices"
	"time"
)

// Answer is what is known of one answer when it is rated. People are not asked how hard it was.
type Answer struct {
	Right     bool
	GaveUp    bool
	Hinted    bool
	Took      time.Duration
	Median    time.Duration // of all answers to the item; 0: not known yet
	QuickLast bool          // the answer before was right in less than half the median
}

// Infer rates an answer: wrong is Again; right, but slow or after a hint, is Hard; right and quick twice
// running is Easy.
func Infer(a Answer) Rating {
	switch {
	case !a.Right || a.GaveUp:
		return Again
	case a.Hinted || a.Median > 0 && a.Took > 2*a.Median:
		return Hard
	case a.Median > 0 && 2*a.Took < a.Median && a.QuickLast:
		return Easy
	}
	return Good
}

// Quick reports whether an answer counts as QuickLast for the next.
func Quick(a Answer) bool {
	return a.Right && !a.Hinted && a.Median > 0 && 2*a.Took < a.Median
}

// DailyCap is how many questions a day brings unless the bureau set otherwise.
const DailyCap = 20

// reviewsForNew is how many reviews earn one new question.
const reviewsForNew = 4

// Card is a question in somebody's practice. Severity weighs what forgetting it costs on the street: 1
// unless the rule behind it is a grave one.
type Card struct {
	ID       string
	Memory   Memory
	Last     time.Time
	Due      time.Time
	Severity float64
}

// Today chooses the cards of a day: due ones by what is most likely forgotten and costs most, then one new
// card for every four reviews, never more than limit. What does not fit waits for another day without being
// counted as a debt.
func (s *Scheduler) Today(due, fresh []Card, now time.Time, limit int) []Card {
	if limit <= 0 {
		return nil
	}
	var open []Card
	for _, c := range due {
		if !c.Due.After(now) {
			open = append(open, c)
		}
	}
	worth := func(c Card) float64 {
		days := max(now.Sub(c.Last).Hours()/24, 0)
		return (1 - s.Retrievability(c.Memory, days)) * max(c.Severity, 1)
	}
	slices.SortStableFunc(open, func(a, b Card) int {
		return cmp.Or(cmp.Compare(worth(b), worth(a)), cmp.Compare(a.ID, b.ID))
	})
	var out []Card
	for len(out) < limit && len(open)+len(fresh) > 0 {
		n := min(reviewsForNew, len(open), limit-len(out))
		out = append(out, open[:n]...)
		open = open[n:]
		if len(fresh) > 0 && len(out) < limit {
			out, fresh = append(out, fresh[0]), fresh[1:]
		}
	}
	return out
}

// daysToLeave is on how many different days a question must be right before it leaves the book of mistakes.
const daysToLeave = 3

// Mark is one answer in the book of mistakes.
type Mark struct {
	Day   string
	Right bool
}

// Leaves reports whether a question leaves the book of mistakes: since the last wrong answer it was right on
// three different days. The answers are in order; days are those of the place.
func Leaves(answers []Mark) bool {
	var days []string
	for _, a := range answers {
		if !a.Right {
			days = days[:0]
		} else if !slices.Contains(days, a.Day) {
			days = append(days, a.Day)
		}
	}
	return len(days) >= daysToLeave
}
