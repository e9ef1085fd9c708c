package sitting

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"fadu/internal/access"
	"fadu/internal/document"
	"fadu/internal/exam/assembly"
	"fadu/internal/exam/bank"
	"fadu/internal/exam/grade"
	"fadu/internal/fault"
	"fadu/internal/jobs"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"
)

// Units finds units and the people in them.
type Units interface {
	UnitByID(tx *store.Tx, id access.UnitID) (access.Unit, error)
	WhoCan(tx *store.Tx, under access.Unit, p access.Permission) ([]access.Account, error)
	Units(tx *store.Tx) ([]access.Unit, error)
	AccountByLogin(tx *store.Tx, login string) (access.Account, error)
}

// Deps are what the slice needs.
type Deps struct {
	DB    *store.DB
	Units Units
	// Bank are the questions that hold on a day.
	Bank func(tx *store.Tx, on law.Date) ([]assembly.Available, error)
	// Paper finds the form and the element checker of real papers by the name of the paper.
	Paper func(name string) (DraftPaper, bool)
	// Settled hears of published results, and again when they change; nil for nobody.
	Settled func(tx *store.Tx, x Sitting) error
	// Press prints certificates in the name of the bureau, Base is where anybody checks them.
	Press  *document.Press
	Base   string
	Bureau string
	Demo   bool
	// Print is the frozen paper with its answer sheet as a Word document, without answers.
	Print func(title string, minutes int64, form assembly.Form) ([]byte, error)
	// Draw draws a secret; nil draws at random.
	Draw func() (string, error)
}

// DraftPaper is a paper that is drawn up in an exam: its lines, and what the law finds missing in what they say.
type DraftPaper struct {
	Lines []assembly.Line
	Lacks func(values map[string]string) []string
}

// Service is the only way into this slice, for pages and calls alike.
type Service struct {
	Deps
	forms  sync.Map // digest → assembly.Form; a frozen paper never changes
	saving saver
}

// New returns the slice.
func New(d Deps) *Service {
	if d.Draw == nil {
		d.Draw = drawSecret
	}
	s := &Service{Deps: d}
	s.saving.db = d.DB
	return s
}

// settled tells whoever counts results that those of a published sitting are new.
func (s *Service) settled(tx *store.Tx, x Sitting) error {
	if s.Settled == nil || x.State != Published {
		return nil
	}
	return s.Settled(tx, x)
}

// Input is what is decided about a sitting before its paper is frozen.
type Input struct {
	Title     string             `json:"title" doc:"考试名称"`
	Opens     time.Time          `json:"opens" doc:"开考时间"`
	Waiting   int64              `json:"waiting_minutes" doc:"开考前多少分钟可以候考"`
	Late      int64              `json:"late_minutes" doc:"开考后多少分钟以内可以入场"`
	FullLate  bool               `json:"full_late" doc:"迟到的也给足时间"`
	Minutes   int64              `json:"minutes" doc:"答卷多少分钟"`
	Attempts  int64              `json:"attempts" doc:"可以答几次，取最高分"`
	Pass      int64              `json:"pass" doc:"合格分数，以百分之一分计"`
	Policy    grade.Policy       `json:"policy" doc:"多选题怎么计分"`
	Blueprint assembly.Blueprint `json:"blueprint" doc:"细目表"`
	Review
	Diplomas
}

const (
	maxTitle    = 60
	maxReason   = 200
	maxWaiting  = 24 * 60
	maxLate     = 90 * 24 * 60
	maxMinutes  = 8 * 60
	maxAttempts = 10
	maxExtra    = 8 * 60
)

func (in *Input) check(now time.Time) error {
	var fs fault.Fields
	if in.Title = strings.TrimSpace(in.Title); in.Title == "" {
		fs.Add("title", "请填写考试名称")
	} else if len([]rune(in.Title)) > maxTitle {
		fs.Add("title", "考试名称最多 %d 个字", maxTitle)
	}
	if !in.Opens.After(now) {
		fs.Add("opens", "开考时间应在现在以后")
	}
	span := func(name, label string, n, from, to int64) {
		if n < from || n > to {
			fs.Add(name, "%s应在 %d 至 %d 之间", label, from, to)
		}
	}
	span("waiting", "提前候考的分钟数", in.Waiting, 0, maxWaiting)
	span("late", "最晚入场的分钟数", in.Late, 0, maxLate)
	span("minutes", "答卷的分钟数", in.Minutes, 1, maxMinutes)
	span("attempts", "次数", in.Attempts, 1, maxAttempts)
	if !bool(in.FullLate) && in.Late >= in.Minutes && in.Late > 0 {
		fs.Add("late", "迟到的不另给时间，最晚入场应当早于答卷结束（%d 分钟）", in.Minutes)
	}
	if err := in.Blueprint.Check(); err != nil {
		fs.Add("blueprint", "%s", strings.ReplaceAll(err.Error(), "\n", "；"))
	} else if in.Pass < 1 || in.Pass > in.Blueprint.Points() {
		fs.Add("pass", "合格分数应大于 0、不超过全卷的 %s 分", points(in.Blueprint.Points()))
	}
	in.Review.check(&fs)
	in.Diplomas.check(&fs)
	if in.Policy == "" {
		in.Policy = grade.AllOrNothing
	}
	if _, err := grade.Multiple(in.Policy, "A", "A", 2, 1); err != nil {
		fs.Add("policy", "%s", err)
	}
	return fs.Err()
}

func (in Input) into(s *Sitting) error {
	b, err := json.Marshal(in.Blueprint)
	s.Title, s.OpensAt, s.Waiting, s.Late, s.FullLate = in.Title, store.Micros(in.Opens), in.Waiting, in.Late, store.Flag(in.FullLate)
	s.Minutes, s.Attempts, s.Pass, s.Policy, s.Blueprint = in.Minutes, in.Attempts, in.Pass, in.Policy, string(b)
	s.DiplomaPrefix, s.DiplomaMonths = in.Prefix, in.Months
	s.ReviewSubmitted, s.ReviewPublished, s.ReviewClosed, s.AppealDays = in.Submitted, in.Published, in.Closed, in.Days
	return err
}

func (s Sitting) cells() (b assembly.Blueprint, err error) {
	if err = json.Unmarshal([]byte(s.Blueprint), &b); err != nil {
		err = fmt.Errorf("sitting: blueprint of %s: %w", s.ID, err)
	}
	return b, err
}

// input is what is decided about the sitting, as it was entered.
func (s Sitting) input() (Input, error) {
	b, err := s.cells()
	return Input{s.Title, s.Opens(), s.Waiting, s.Late, bool(s.FullLate), s.Minutes, s.Attempts, s.Pass, s.Policy, b, Review{s.ReviewSubmitted, s.ReviewPublished, s.ReviewClosed, s.AppealDays}, s.diplomas()}, err
}

// Make plans a sitting in the unit of whoever plans it.
func (s *Service) Make(ctx context.Context, by access.Session, in Input) (SittingID, error) {
	if _, err := by.Require(access.ExamManage); err != nil {
		return 0, err
	}
	at, _, err := s.DB.Once(ctx, by.Once(kindMade, in), func(tx *store.Tx) (string, error) {
		if err := in.check(tx.Now); err != nil {
			return "", err
		}
		x := &Sitting{ID: SittingID(store.NewID()), Levels: by.Unit().Levels(), State: Draft, Author: by.Name(), Version: 1}
		if err := in.into(x); err != nil {
			return "", err
		}
		e, err := s.log(tx, by, kindMade, *x, map[string]any{"title": in.Title, "opens": clockText(in.Opens), "minutes": in.Minutes, "pass": points(in.Pass)})
		x.Entry = e
		if err != nil {
			return "", err
		}
		return x.URL(), insert(tx, x)
	})
	return SittingID(store.IDAt(at)), err
}

func (s *Service) log(tx *store.Tx, by access.Session, kind string, x Sitting, data map[string]any) (int64, error) {
	e, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kind, Subject: x.Subject(), Unit: int64(x.UnitID), Data: data})
	return int64(e), err
}

// manage runs an act on a sitting that the session manages and whose version it saw. f changes the sitting and says
// what the entry tells.
func (s *Service) manage(ctx context.Context, by access.Session, kind string, id SittingID, version int64, body any, f func(tx *store.Tx, x *Sitting) (map[string]any, error)) error {
	scope, err := by.Require(access.ExamManage)
	if err != nil {
		return err
	}
	_, _, err = s.DB.Once(ctx, by.Once(kind, []any{id, version, body}), func(tx *store.Tx) (string, error) {
		x, err := sittingOf(tx, id)
		if err == nil {
			err = scope.Check(x.Levels, nounSitting)
		}
		if err == nil && version != x.Version {
			err = fault.Stale(nounSitting)
		}
		if err != nil {
			return "", err
		}
		was := x.Entry
		data, err := f(tx, &x)
		if err != nil {
			return "", err
		}
		if x.Entry == was { // else f has made the entry, for rows of its own
			if x.Entry, err = s.log(tx, by, kind, x, data); err != nil {
				return "", err
			}
		}
		return x.URL(), saveSitting(tx, &x)
	})
	return err
}

func (s Sitting) must(now time.Time, is State, to string) error {
	if s.State == is {
		return nil
	}
	return fault.New(fault.Conflict, "这场考试%s，不能%s", s.Phase(now, 0).Label(), to)
}

// Edit changes a sitting whose paper is not frozen.
func (s *Service) Edit(ctx context.Context, by access.Session, id SittingID, version int64, in Input) error {
	return s.manage(ctx, by, kindEdited, id, version, in, func(tx *store.Tx, x *Sitting) (map[string]any, error) {
		if err := x.must(tx.Now, Draft, "修改。要改的，先退回重新组卷"); err != nil {
			return nil, err
		}
		if err := in.check(tx.Now); err != nil {
			return nil, err
		}
		was, err := x.input()
		if err != nil {
			return nil, err
		}
		return map[string]any{"was": was, "is": in}, in.into(x)
	})
}

// Freeze draws the paper and fixes it: what is changed in the bank later does not reach it.
func (s *Service) Freeze(ctx context.Context, by access.Session, id SittingID, version int64) error {
	seed, err := s.Draw()
	if err != nil {
		return err
	}
	return s.manage(ctx, by, kindFrozen, id, version, nil, func(tx *store.Tx, x *Sitting) (map[string]any, error) {
		if err := x.must(tx.Now, Draft, "定卷"); err != nil {
			return nil, err
		}
		if !x.WaitingFrom().After(tx.Now) {
			return nil, fault.New(fault.Conflict, "定卷应在候考（%s）以前，请先改开考时间", clockText(x.WaitingFrom()))
		}
		form, err := s.draw(tx, *x, seed)
		if err != nil {
			return nil, err
		}
		b, err := json.Marshal(form)
		if err != nil {
			return nil, err
		}
		if x.Digest, err = form.Digest(); err != nil {
			return nil, err
		}
		x.State, x.Form, x.Secret, x.Items, x.Why = Frozen, string(b), seed, len(form), ""
		due := x.deadline(x.Opens(), 0).Add(grace)
		return map[string]any{"digest": x.Digest, "questions": len(form), "points": points(form.Points())}, jobs.Add(tx, jobs.Job{Kind: JobCollect, Key: id.String(), Payload: id, Due: due})
	})
}

func (s *Service) draw(tx *store.Tx, x Sitting, seed string) (assembly.Form, error) {
	cells, err := x.cells()
	if err != nil {
		return nil, err
	}
	pool, err := s.Bank(tx, x.Day())
	if err != nil {
		return nil, err
	}
	if err := exposed(tx, x, pool); err != nil {
		return nil, err
	}
	form, err := assembly.Assemble(cells, pool, seed)
	var short assembly.Infeasible
	if errors.As(err, &short) {
		return nil, fault.New(fault.Conflict, "%s。请减少题数，或者先补题库", short.Error())
	}
	for i := range form {
		if q := form[i].Question; q.Type == bank.Drafting && s.Paper != nil {
			if paper, ok := s.Paper(q.Paper); ok {
				form[i].Lines = paper.Lines
			}
		}
	}
	return form, err
}

// exposedFor is how far back a question counts as used lately.
const exposedFor = 365 * 24 * time.Hour

// exposed counts in how many papers of the last year each question of the pool stood, and when last.
func exposed(tx *store.Tx, x Sitting, pool []assembly.Available) error {
	var rows []Sitting
	err := tx.DB().NewSelect().Model(&rows).Column("id", "opens_at", "form").Where("opens_at > ?", store.Micros(x.Opens().Add(-exposedFor))).
		Where("id <> ?", x.ID).Where("form <> ''").Scan(tx.Ctx)
	if err != nil {
		return err
	}
	at := map[string]int{}
	for i, a := range pool {
		at[a.Question.ID] = i
	}
	for _, r := range rows {
		var form assembly.Form
		if err := json.Unmarshal([]byte(r.Form), &form); err != nil {
			return fmt.Errorf("sitting: paper of %s: %w", r.ID, err)
		}
		for n, it := range form {
			if n > 0 && it.Of != nil && form[n-1].Source() == it.Source() {
				continue // a part of the same question
			}
			if i, ok := at[it.Source()]; ok {
				pool[i].Used++
				if d := r.Day(); pool[i].Last.Before(d) {
					pool[i].Last = d
				}
			}
		}
	}
	return nil
}

// Thaw takes a frozen paper back before the waiting room opens.
func (s *Service) Thaw(ctx context.Context, by access.Session, id SittingID, version int64, reason string) error {
	return s.manage(ctx, by, kindThawed, id, version, reason, func(tx *store.Tx, x *Sitting) (map[string]any, error) {
		if err := x.must(tx.Now, Frozen, "退回"); err != nil {
			return nil, err
		}
		if !tx.Now.Before(x.WaitingFrom()) {
			return nil, fault.New(fault.Conflict, "已经开始候考，不能再退回组卷。只能取消这一场，另外安排")
		}
		if err := reasoned(reason); err != nil {
			return nil, err
		}
		was := x.Digest
		x.State, x.Form, x.Digest, x.Secret, x.Items, x.Why = Draft, "", "", "", 0, reason
		return map[string]any{"digest": was, "reason": reason}, nil
	})
}

// Cancel ends a sitting without a result.
func (s *Service) Cancel(ctx context.Context, by access.Session, id SittingID, version int64, reason string) error {
	return s.manage(ctx, by, kindCancelled, id, version, reason, func(tx *store.Tx, x *Sitting) (map[string]any, error) {
		if x.State != Draft && x.State != Frozen {
			return nil, fault.New(fault.Conflict, "这场考试%s，不能取消", x.Phase(tx.Now, 0).Label())
		}
		if err := reasoned(reason); err != nil {
			return nil, err
		}
		x.State, x.Why = Cancelled, reason
		return map[string]any{"reason": reason}, nil
	})
}

func reasoned(reason string) error {
	switch n := len([]rune(strings.TrimSpace(reason))); {
	case n == 0:
		return fault.InvalidField("reason", "请写明原因")
	case n > maxReason:
		return fault.InvalidField("reason", "原因最多 %d 个字", maxReason)
	}
	return nil
}
