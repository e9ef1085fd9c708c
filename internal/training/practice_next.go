package training

import (
	"context"
	"math/rand/v2"
	"slices"
	"time"

	"fadu/internal/access"
	"fadu/internal/exam/bank"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/training/practice"
)

// Mode of practice: what is asked next.
const (
	Daily    = "daily"    // what is due today, and some that are new
	InOrder  = "in_order" // the first that was never answered
	AtRandom = "random"
	Mistakes = "mistakes" // the book of mistakes
	Keepers  = "kept"     // what was marked
)

var practiceLabels = map[string]string{Daily: "每日一练", InOrder: "未做的，按顺序", AtRandom: "随机", Mistakes: "错题本", Keepers: "收藏"}

// practiceModes are the modes in the order in which they are shown.
var practiceModes = []string{Daily, InOrder, AtRandom, Mistakes, Keepers}

// Standing is how somebody's practice stands.
type Standing struct {
	Today, Left, Mistakes, Kept, Done, All int
	// Topics are the topics with how many of their questions were answered.
	Topics []TopicStanding
}

// TopicStanding is a topic of the bank.
type TopicStanding struct {
	Name      string
	Done, All int
}

// Questions is the bank as practice asks it: what may be asked on a day, and one question by its code, whatever has
// become of it since.
type Questions struct {
	On func(tx *store.Tx, on law.Date) ([]bank.Question, error)
	Of func(tx *store.Tx, code string) (bank.Question, error)
}

// programQuestions are the questions that come with the program.
func programQuestions() Questions {
	return Questions{
		On: func(*store.Tx, law.Date) ([]bank.Question, error) { return bank.All() },
		Of: func(_ *store.Tx, code string) (bank.Question, error) {
			all, err := bank.All()
			if err != nil {
				return bank.Question{}, err
			}
			if i := slices.IndexFunc(all, func(q bank.Question) bool { return q.ID == code }); i >= 0 {
				return all[i], nil
			}
			return bank.Question{}, fault.Missing(nounQuestion)
		},
	}
}

// practised are the forms that are asked one at a time and marked at once.
var practised = []bank.Type{bank.Single, bank.Multiple, bank.Judgement, bank.Fill, bank.Order}

// questions are those that hold on the day of the transaction.
func (s *Service) questions(tx *store.Tx, topic string) ([]bank.Question, error) {
	on := tx.Today()
	all, err := s.Questions.On(tx, on)
	return slices.DeleteFunc(slices.Clone(all), func(q bank.Question) bool {
		return !slices.Contains(practised, q.Type) || !on.Within(q.From, q.Until) || topic != "" && q.Topic != topic
	}), err
}

// questionOf finds a question that can be practised.
func (s *Service) questionOf(ctx context.Context, code string) (q bank.Question, err error) {
	err = s.DB.View(ctx, func(tx *store.Tx) (err error) { q, err = s.Questions.Of(tx, code); return err })
	if err == nil && !slices.Contains(practised, q.Type) {
		err = fault.Missing(nounQuestion)
	}
	return q, err
}

func cardsOf(tx *store.Tx, account access.AccountID) (map[string]card, error) {
	var rows []card
	err := tx.DB().NewSelect().Model(&rows).Where("account = ?", account).Scan(tx.Ctx)
	out := map[string]card{}
	for _, c := range rows {
		out[c.Question] = c
	}
	return out, err
}

func answeredToday(tx *store.Tx, account access.AccountID) (int, error) {
	n, err := tx.DB().NewSelect().Model((*Answered)(nil)).Where("account = ?", account).Where("answered = ?", tx.Today()).Count(tx.Ctx)
	return int(n), err
}

// scheduler reckons with the published weights: nine of ten are to be remembered.
func scheduler() *practice.Scheduler {
	s, err := practice.NewScheduler(nil, 0.9)
	if err != nil {
		panic(err) // the published weights are of the program
	}
	return s
}

// today are the questions of the day that are still to be answered: first those of debriefs, then what is due and what is new.
func today(now time.Time, all []bank.Question, cards map[string]card, done int) []string {
	var due, fresh []practice.Card
	first := waiting(cards, all, store.Micros(now))
	if left := max(practice.DailyCap-done, 0); len(first) > left {
		first = first[:left]
	}
	for _, q := range all {
		if c, ok := cards[q.ID]; ok && c.Times > 0 {
			due = append(due, c.item())
		} else if !slices.Contains(first, q.ID) {
			fresh = append(fresh, practice.Card{ID: q.ID})
		}
	}
	out := first
	for _, c := range scheduler().Today(due, fresh, now, practice.DailyCap-done-len(first)) {
		out = append(out, c.ID)
	}
	return out
}

// Practice tells how the practice of the account stands.
func (s *Service) Practice(ctx context.Context, by access.Session) (out Standing, err error) {
	if err := takes(by); err != nil {
		return out, err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		out = Standing{}
		all, err := s.questions(tx, "")
		if err != nil {
			return err
		}
		cards, err := cardsOf(tx, by.Account())
		if err != nil {
			return err
		}
		if out.Today, err = answeredToday(tx, by.Account()); err != nil {
			return err
		}
		out.Left, out.All = len(today(tx.Now, all, cards, out.Today)), len(all)
		for _, q := range all {
			c := cards[q.ID]
			i := slices.IndexFunc(out.Topics, func(t TopicStanding) bool { return t.Name == q.Topic })
			if i < 0 {
				i, out.Topics = len(out.Topics), append(out.Topics, TopicStanding{Name: q.Topic})
			}
			out.Topics[i].All++
			if c.Times > 0 {
				out.Done++
				out.Topics[i].Done++
			}
			if c.Mistaken {
				out.Mistakes++
			}
			if c.Kept {
				out.Kept++
			}
		}
		return nil
	})
	return out, err
}

// Next chooses what is asked next; ok is false when there is nothing left in the mode.
func (s *Service) Next(ctx context.Context, by access.Session, mode, topic string) (q bank.Question, ok bool, err error) {
	if err := takes(by); err != nil {
		return q, false, err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		all, err := s.questions(tx, topic)
		if err != nil {
			return err
		}
		cards, err := cardsOf(tx, by.Account())
		if err != nil {
			return err
		}
		done, err := answeredToday(tx, by.Account())
		if err != nil {
			return err
		}
		id := choose(mode, tx.Now, all, cards, done)
		if ok = id != ""; !ok {
			return nil
		}
		q, err = s.Questions.Of(tx, id)
		return err
	})
	return q, ok, err
}

func choose(mode string, now time.Time, all []bank.Question, cards map[string]card, done int) string {
	// longest is the question that was answered the longest ago among those that the mode has.
	longest := func(in func(card) bool) (id string) {
		for _, q := range all {
			if c, ok := cards[q.ID]; ok && in(c) && (id == "" || c.LastAt < cards[id].LastAt) {
				id = q.ID
			}
		}
		return id
	}
	switch mode {
	case InOrder:
		for _, q := range all {
			if cards[q.ID].Times == 0 {
				return q.ID
			}
		}
	case AtRandom:
		if len(all) > 0 {
			return all[rand.IntN(len(all))].ID
		}
	case Mistakes:
		return longest(func(c card) bool { return bool(c.Mistaken) })
	case Keepers:
		return longest(func(c card) bool { return bool(c.Kept) })
	default:
		if ids := today(now, all, cards, done); len(ids) > 0 {
			return ids[0]
		}
	}
	return ""
}

// AnswersOf counts how often a question was answered in practice.
func AnswersOf(tx *store.Tx, code string) (int, error) {
	return store.CountUpTo(tx, tx.DB().NewSelect().Model((*Answered)(nil)).Where("question = ?", code))
}
