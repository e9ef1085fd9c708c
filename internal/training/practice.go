package training

import (
	"context"
	"fmt"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"fadu/internal/access"
	"fadu/internal/exam/bank"
	"fadu/internal/exam/grade"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/training/practice"

	"github.com/uptrace/bun"
)

// AnswerID identifies an answer.
type AnswerID int64

// String prints the identifier in decimal.
func (id AnswerID) String() string { return fmt.Sprint(int64(id)) }

const (
	nounQuestion = "这道题"
	nounAnswer   = "这次作答"
)

// card is a question in somebody's practice.
type card struct {
	bun.BaseModel `bun:"table:training_card,alias:tc"`

	Account    access.AccountID `bun:"account,pk"`
	Question   string           `bun:"question,pk"`
	Stability  int64            `bun:"stability"`
	Difficulty int64            `bun:"difficulty"`
	LastAt     int64            `bun:"last_at"`
	DueAt      int64            `bun:"due_at"`
	Times      int64            `bun:"times"`
	Quick      store.Flag       `bun:"quick"`
	Mistaken   store.Flag       `bun:"mistaken"`
	Kept       store.Flag       `bun:"kept"`
	Entry      int64            `bun:"entry_id"`
}

// places is in how many parts stability and difficulty are stored.
const places = 1e8

func (c card) memory() practice.Memory {
	return practice.Memory{Stability: float64(c.Stability) / places, Difficulty: float64(c.Difficulty) / places}
}

func (c card) item() practice.Card {
	return practice.Card{ID: c.Question, Memory: c.memory(), Last: store.FromMicros(c.LastAt), Due: store.FromMicros(c.DueAt)}
}

// Answered is an answer as it was given.
type Answered struct {
	bun.BaseModel `bun:"table:training_answer,alias:tn"`

	ID       AnswerID         `bun:"id,pk"`
	Account  access.AccountID `bun:"account"`
	Question string           `bun:"question"`
	Given    string           `bun:"given"`
	Correct  store.Flag       `bun:"correct"`
	Took     int64            `bun:"took"` // ms; 0 when it is not known
	Rating   int64            `bun:"rating"`
	Day      law.Date         `bun:"answered"`
	At       int64            `bun:"at"`
	Entry    int64            `bun:"entry_id"`
}

// URL is the page of the answer.
func (a Answered) URL() string { return PathPractice + "/answers/" + a.ID.String() }

// order is in which order the options of a question are shown to an account: another one each time it is answered.
func order(account access.AccountID, q bank.Question, times int64) []int {
	h := fnv.New64a()
	fmt.Fprintf(h, "%d %s %d", account, q.ID, times)
	return rand.New(rand.NewPCG(h.Sum64(), 1)).Perm(len(q.Options))
}

// AnswerInput is an answer. Given are the letters of the options as the bank has them, 对 or 错, or what was filled in.
type AnswerInput struct {
	Question string   `json:"question" doc:"题目的编号"`
	Given    []string `json:"given" doc:"选项的字母、对或错、填写的内容"`
	TookMS   int64    `json:"took_ms,omitempty" doc:"用了多少毫秒"`
	Hinted   bool     `json:"hinted,omitempty" doc:"看了提示"`
}

const (
	maxGiven = 10
	maxTook  = int64(time.Hour / time.Millisecond)
)

// Answer marks an answer, rates how well the question was remembered and sets its next day.
func (s *Service) Answer(ctx context.Context, by access.Session, in AnswerInput) (AnswerID, error) {
	if err := takes(by); err != nil {
		return 0, err
	}
	q, err := s.questionOf(ctx, in.Question)
	if err != nil {
		return 0, err
	}
	right, given, err := mark(q, in.Given)
	if err != nil {
		return 0, err
	}
	at, _, err := s.DB.Once(ctx, by.Once(kindAnswered, in), func(tx *store.Tx) (string, error) {
		c, known, err := cardOf(tx, by.Account(), q.ID)
		if err != nil {
			return "", err
		}
		median, err := medianOf(tx, q.ID)
		if err != nil {
			return "", err
		}
		told := practice.Answer{Right: right, Hinted: in.Hinted, Took: time.Duration(min(max(in.TookMS, 0), maxTook)) * time.Millisecond, Median: median, QuickLast: bool(c.Quick)}
		a := &Answered{ID: AnswerID(store.NewID()), Account: by.Account(), Question: q.ID, Given: given, Correct: store.Flag(right), Took: told.Took.Milliseconds(), Rating: int64(practice.Infer(told)), Day: tx.Today(), At: store.Micros(tx.Now)}
		e, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kindAnswered, Subject: "answer/" + a.ID.String(), Unit: int64(by.Unit().ID), Data: map[string]any{"question": q.ID, "right": right}})
		if err != nil {
			return "", err
		}
		a.Entry, c.Entry = int64(e), int64(e)
		if err := insert(tx, a); err != nil {
			return "", err
		}
		r := scheduler().Review(c.memory(), store.FromMicros(c.LastAt), tx.Now, practice.Rating(a.Rating))
		c.Stability, c.Difficulty = int64(math.Round(r.Stability*places)), int64(math.Round(r.Difficulty*places))
		c.LastAt, c.DueAt, c.Times, c.Quick = a.At, store.Micros(r.Due), c.Times+1, store.Flag(practice.Quick(told))
		if c.Mistaken, err = mistaken(tx, c, right); err != nil {
			return "", err
		}
		if right {
			if err := s.earn(tx, by, Earned{ByAnswer, a.Day.String() + "/" + q.ID, "题目 " + q.ID, a.URL(), a.Entry}); err != nil {
				return "", err
			}
		}
		return a.URL(), saveCard(tx, &c, known)
	})
	return AnswerID(store.IDAt(at)), err
}

// mistaken: a wrong answer puts the question into the book of mistakes; three right ones on different days take it out.
func mistaken(tx *store.Tx, c card, right bool) (store.Flag, error) {
	if !right || !bool(c.Mistaken) {
		return store.Flag(!right), nil
	}
	var rows []Answered
	if err := tx.DB().NewSelect().Model(&rows).Where("account = ?", c.Account).Where("question = ?", c.Question).Order("id").Scan(tx.Ctx); err != nil {
		return true, err
	}
	marks := make([]practice.Mark, len(rows))
	for i, a := range rows {
		marks[i] = practice.Mark{Day: a.Day.String(), Right: bool(a.Correct)}
	}
	return store.Flag(!practice.Leaves(marks)), nil
}

func cardOf(tx *store.Tx, account access.AccountID, question string) (card, bool, error) {
	var rows []card
	err := tx.DB().NewSelect().Model(&rows).Where("account = ?", account).Where("question = ?", question).Scan(tx.Ctx)
	if len(rows) == 0 {
		return card{Account: account, Question: question}, false, err
	}
	return rows[0], true, err
}

func saveCard(tx *store.Tx, c *card, known bool) error {
	if !known {
		return insert(tx, c)
	}
	_, err := tx.DB().NewUpdate().Model(c).WherePK().Exec(tx.Ctx)
	return err
}

// medianFrom is from how many answers on the time that a question takes is known.
const medianFrom = 5

func medianOf(tx *store.Tx, question string) (time.Duration, error) {
	var took []int64
	err := tx.DB().NewSelect().Model((*Answered)(nil)).Column("took").Where("question = ?", question).Where("took > 0").Order("id DESC").Limit(51).Scan(tx.Ctx, &took)
	if err != nil || len(took) < medianFrom {
		return 0, err
	}
	slices.Sort(took)
	return time.Duration(took[len(took)/2]) * time.Millisecond, nil
}

// mark reports whether the answer is right, and the answer as it is kept.
func mark(q bank.Question, in []string) (right bool, given string, err error) {
	if len(in) > maxGiven {
		return false, "", fault.InvalidField("given", "答案最多 %d 项", maxGiven)
	}
	for i := range in {
		in[i] = strings.TrimSpace(in[i])
		if len([]rune(in[i])) > maxWords {
			return false, "", fault.InvalidField("given", "答案最多 %d 个字", maxWords)
		}
	}
	given = strings.Join(in, "、")
	if strings.Trim(given, "、") == "" {
		return false, "", fault.InvalidField("given", "请先作答")
	}
	if q.Type.Lettered() {
		letters := slices.Sorted(slices.Values(in))
		if q.Type == bank.Order {
			letters = in
		}
		given = strings.ToUpper(strings.Join(letters, ""))
		in = []string{given}
	}
	score, err := q.Mark(in, grade.AllOrNothing, 1)
	if err != nil {
		return false, "", fault.InvalidField("given", "%s", err)
	}
	return score >= 1, given, nil
}

// Look back on an answer.
func (s *Service) Answered(ctx context.Context, by access.Session, id AnswerID) (a Answered, q bank.Question, due time.Time, kept bool, err error) {
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		err := tx.DB().NewSelect().Model(&a).Where("id = ?", id).Where("account = ?", by.Account()).Scan(tx.Ctx)
		if err := store.One(err, nounAnswer); err != nil {
			return err
		}
		c, _, err := cardOf(tx, by.Account(), a.Question)
		due, kept = store.FromMicros(c.DueAt), bool(c.Kept)
		return err
	})
	if err == nil {
		q, err = s.questionOf(ctx, a.Question)
	}
	return a, q, due, kept, err
}

// Keep marks a question for its own list, or takes the mark off.
func (s *Service) Keep(ctx context.Context, by access.Session, question string, keep bool) error {
	if err := takes(by); err != nil {
		return err
	}
	if _, err := s.questionOf(ctx, question); err != nil {
		return err
	}
	_, _, err := s.DB.Once(ctx, by.Once(kindKept, []string{question, strconv.FormatBool(keep)}), func(tx *store.Tx) (string, error) {
		c, known, err := cardOf(tx, by.Account(), question)
		if err != nil {
			return "", err
		}
		if bool(c.Kept) == keep {
			return PathPractice, nil
		}
		e, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kindKept, Subject: "question/" + question, Data: map[string]any{"kept": keep}})
		if err != nil {
			return "", err
		}
		c.Kept, c.Entry = store.Flag(keep), int64(e)
		return PathPractice, saveCard(tx, &c, known)
	})
	return err
}
