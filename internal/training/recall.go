package training

import (
	"cmp"
	"slices"
	"strings"

	"fadu/internal/access"
	"fadu/internal/exam/bank"
	"fadu/internal/fault"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// recalled is how many questions a run puts into practice.
const recalled = 3

// recall is a question that a run put into its officer's practice.
type recall struct {
	bun.BaseModel `bun:"table:training_recall,alias:te"`

	Run      RunID  `bun:"run_id,pk"`
	Place    int    `bun:"place,pk"`
	Question string `bun:"question"`
	Entry    int64  `bun:"entry_id"`
}

// lessons are the articles of a run, the most urgent first: of rules that were broken and choices that were not good, then of
// what the debrief asks, then of the whole scene.
func lessons(x Session) []string {
	var wrong []string
	for _, e := range x.Log {
		if c := x.Play.Choice(e.Beat, e.Action); c != nil && !oneOf(c.Quality, []string{"优", "良"}) {
			wrong = append(wrong, c.Refs...)
		}
		for _, h := range e.Findings {
			if !h.Passed {
				wrong = append(wrong, x.Play.RuleRefs(h.Rule)...)
			}
		}
	}
	p := x.Play.Scenario
	out := []string{}
	for _, q := range p.Debrief.Questions {
		out = append(out, q.Refs...)
	}
	return slices.Concat(wrong, out, p.Refs())
}

// article is the statute and the article of a reference, without paragraph and item.
func article(ref string) string {
	parts := strings.SplitN(ref, "-", 3)
	return strings.Join(parts[:min(len(parts), 2)], "-")
}

// recallOf chooses questions that rest on the same articles: those of the most urgent articles first, one for each article,
// rather such as were never answered.
func recallOf(refs []string, all []bank.Question, cards map[string]card) []string {
	var urgent []string
	for _, r := range refs {
		if a := article(r); !slices.Contains(urgent, a) {
			urgent = append(urgent, a)
		}
	}
	var out []string
	take := func(a string) bool {
		var fit []bank.Question
		for _, q := range all {
			if !slices.Contains(out, q.ID) && slices.ContainsFunc(q.Refs, func(r string) bool { return article(r) == a }) {
				fit = append(fit, q)
			}
		}
		if len(fit) == 0 {
			return false
		}
		q := slices.MinFunc(fit, func(a, b bank.Question) int {
			return cmp.Or(cmp.Compare(cards[a.ID].Times, cards[b.ID].Times), strings.Compare(a.ID, b.ID))
		})
		out = append(out, q.ID)
		return true
	}
	for more := true; more && len(out) < recalled; { // articles with few questions let others have more
		more = false
		for _, a := range urgent {
			if len(out) < recalled && take(a) {
				more = true
			}
		}
	}
	return out
}

// remember puts questions of the bank that rest on the articles of a run that ended into its officer's practice of the next day.
func (s *Service) remember(tx *store.Tx, by access.Session, x Session, entry int64) error {
	all, err := s.questions(tx, "")
	if err != nil {
		return err
	}
	cards, err := cardsOf(tx, by.Account())
	if err != nil {
		return err
	}
	due := store.Micros(tx.Today().AddDays(1).Start())
	for i, id := range recallOf(lessons(x), all, cards) {
		c, known := cards[id]
		if !known {
			c = card{Account: by.Account(), Question: id}
		}
		if c.DueAt == 0 || c.DueAt > due {
			c.DueAt, c.Entry = due, entry
			if err := saveCard(tx, &c, known); err != nil {
				return err
			}
		}
		if err := insert(tx, &recall{Run: x.Run.ID, Place: i + 1, Question: id, Entry: entry}); err != nil {
			return err
		}
	}
	return nil
}

// recalls are the questions that a run put into practice, with how they now stand.
func (s *Service) recalls(tx *store.Tx, run RunID) ([]bank.Question, error) {
	var rows []recall
	if err := tx.DB().NewSelect().Model(&rows).Where("run_id = ?", run).Order("place").Scan(tx.Ctx); err != nil {
		return nil, err
	}
	var out []bank.Question
	for _, r := range rows {
		q, err := s.Questions.Of(tx, r.Question)
		if fault.Is(err, fault.NotFound) {
			continue // ended since
		}
		if err != nil {
			return nil, err
		}
		out = append(out, q)
	}
	return out, nil
}

// waiting are the questions that debriefs put in and that were never answered, when their day has come.
func waiting(cards map[string]card, all []bank.Question, now int64) (out []string) {
	for _, q := range all {
		if c, ok := cards[q.ID]; ok && c.Times == 0 && c.DueAt > 0 && c.DueAt <= now {
			out = append(out, q.ID)
		}
	}
	return out
}
