package legalreview

import (
	"context"
	"encoding/json"
	"strings"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
)

// Service is the only way into this slice, for pages, calls and jobs alike.
type Service struct {
	cases    *casework.Service
	proposal func(tx *store.Tx, c *casework.Case) (casework.Proposal, bool, error)
	// Staff counts those who review and those who enforce; app says how. Nil counts nobody.
	Staff func(tx *store.Tx) (Staff, error)
}

// New returns the slice. proposal tells what is to be decided in a case, false while nothing is.
func New(cases *casework.Service, proposal func(tx *store.Tx, c *casework.Case) (casework.Proposal, bool, error)) *Service {
	return &Service{cases: cases, proposal: proposal}
}

// Submit sends what is to be decided to legal review; the ten working days run (55号令第二十三条至第二十五条).
func (s *Service) Submit(ctx context.Context, by access.Session, id casework.CaseID, version int64, in SubmitInput) error {
	var p casework.Proposal
	var f file
	_, err := s.cases.Do(ctx, by, id, casework.Command{
		Act: "submit_review", Version: version, Note: strings.TrimSpace(in.Ground), Input: in,
		Change: func(tx *store.Tx, c *casework.Case) (err error) {
			var ok bool
			if p, ok, err = s.proposal(tx, c); err != nil {
				return err
			}
			if !ok {
				return fault.New(fault.Conflict, "还没有拟定处理决定，没有可以审核的内容。请先拟定")
			}
			if f, err = standing(tx, c.ID); err != nil {
				return err
			}
			if strings.TrimSpace(in.Ground) == "" {
				return fault.InvalidField("ground", "请写明属于哪一种应当审核的情形；自愿送审的写明")
			}
			return nil
		},
		State: func(tx *store.Tx, c *casework.Case, fs *law.Facts) error { return s.stateMaterials(tx, c, p, fs) },
		Drafts: func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
			materials, _, err := s.materials(tx, c, p)
			return []casework.Draft{{Kind: submissionKind, Part: casework.ReviewSubmission{
				Round: int(f.Rounds) + 1, On: tx.Today(), Ground: strings.TrimSpace(in.Ground), Proposal: bare(p.Decision), Facts: bare(p.Facts), Heard: bare(p.Answer), Materials: materials, Changed: changedText(f, p),
			}}}, err
		},
		Write: func(tx *store.Tx, c *casework.Case, done casework.Done) error {
			b, err := json.Marshal(p)
			if err != nil {
				return err
			}
			return insert(tx, &Review{ID: store.NewID(), Case: c.ID, Entry: int64(done.Entry), Round: f.Rounds + 1, On: tx.Today(), Digest: p.Digest(), Content: string(b), Paper: done.Papers[0], RecordedAt: store.Micros(tx.Now)})
		},
	})
	return err
}

// WithdrawInput takes a submission back.
type WithdrawInput struct {
	Why string `json:"why" doc:"撤回的理由"`
}

// Withdraw takes a submission back before there is an opinion.
func (s *Service) Withdraw(ctx context.Context, by access.Session, id casework.CaseID, version int64, in WithdrawInput) error {
	why := strings.TrimSpace(in.Why)
	_, err := s.cases.Do(ctx, by, id, casework.Command{
		Act: "withdraw_review", Version: version, Note: why, Input: in,
		Change: func(*store.Tx, *casework.Case) error {
			if why == "" {
				return fault.InvalidField("why", "请写明为什么撤回")
			}
			return nil
		},
		Write: func(tx *store.Tx, c *casework.Case, done casework.Done) error {
			return takeBack(tx, c, "撤回送审："+why, done)
		},
	})
	return err
}

// takeBack takes the submission under way back; its paper is void.
func takeBack(tx *store.Tx, c *casework.Case, why string, done casework.Done) error {
	f, err := standing(tx, c.ID)
	if err != nil {
		return err
	}
	row := &Review{ID: store.NewID(), Case: c.ID, Entry: int64(done.Entry), On: tx.Today(), Withdrawn: true, RecordedAt: store.Micros(tx.Now)}
	if f.Last == nil {
		return insert(tx, row)
	}
	row.Round, row.Digest, row.Content, row.Paper = f.Last.Round, f.Last.Digest, f.Last.Content, f.Last.Paper
	if err := insert(tx, row); err != nil {
		return err
	}
	return casework.VoidPaperOf(tx, c.ID, row.Paper, why, done.Entry)
}

// stop ends a review during which the party said more: what was sent does not say it, and the answer has to be reviewed too.
func (s *Service) stop(tx *store.Tx, c *casework.Case) error {
	f, err := standing(tx, c.ID)
	if err != nil || f.Last == nil || f.Opinion != nil {
		return err
	}
	const why = "审核期间当事人又提出意见，复核以后再次送审"
	_, err = s.cases.Act(tx, access.System("job"), c.ID, casework.Command{
		Act: "stop_review", Note: why,
		Write: func(tx *store.Tx, c *casework.Case, done casework.Done) error { return takeBack(tx, c, why, done) },
	})
	return err
}

// Give gives one of the four opinions by its act (review_agree and so on), signed under the reviewer's own account.
func (s *Service) Give(ctx context.Context, by access.Session, id casework.CaseID, version int64, act string, in OpinionInput) error {
	outcome, ok := outcomes[act]
	if !ok {
		return fault.New(fault.NotFound, "没有“%s”这种审核意见", act)
	}
	if by.ByToken() {
		return fault.New(fault.Forbidden, "审核意见要本人登录后签名，程序不能代签")
	}
	var f file
	_, err := s.cases.Do(ctx, by, id, casework.Command{
		Act: act, Version: version, Note: strings.TrimSpace(in.Reason), Input: in,
		Change: func(tx *store.Tx, c *casework.Case) (err error) {
			if err = in.check(outcome); err != nil {
				return err
			}
			if f, err = standing(tx, c.ID); err == nil && f.Last == nil {
				err = fault.New(fault.Conflict, "没有送审记录")
			}
			if err != nil {
				return err
			}
			return s.free(tx, by, c)
		},
		State: func(tx *store.Tx, c *casework.Case, fs *law.Facts) error {
			fs.SetNumber(law.ReviewPoints, in.points(), "form")
			fs.SetText(law.ReviewOutcome, outcome, "form")
			fs.SetBool(law.OpinionSigned, in.Signed, "form")
			return s.stateReviewer(tx, by, c, fs)
		},
		Drafts: func(*store.Tx, *casework.Case) ([]casework.Draft, error) {
			p, err := f.Last.proposal()
			part := casework.ReviewOpinion{Round: int(f.Last.Round), ReceivedOn: f.Last.On, Proposal: bare(p.Decision), Outcome: outcome, Reason: bare(in.Reason)}
			for i, x := range in.Points {
				part.Points = append(part.Points, casework.ReviewPoint{Name: casework.ReviewPoints[i], Finding: bare(x.Finding), Cite: x.Cite})
			}
			return []casework.Draft{{Kind: opinionKind, Part: part}}, err
		},
		Write: func(tx *store.Tx, c *casework.Case, done casework.Done) error {
			b, err := json.Marshal(in)
			if err != nil {
				return err
			}
			due, err := s.due(f.Last.On)
			if err != nil {
				return err
			}
			return insert(tx, &Opinion{
				ID: store.NewID(), Case: c.ID, Entry: int64(done.Entry), Review: f.Last.ID, Account: by.Account(), Outcome: outcome, On: tx.Today(), Content: string(b), SignedAt: store.Micros(tx.Now),
				Levels: c.Levels, Title: c.CaseNo, Reviewer: by.Name(), Round: f.Last.Round, SubmittedOn: f.Last.On, DueOn: due, DaysUsed: s.daysSince(f.Last.On, tx.Today()),
			})
		},
	})
	return err
}

// Settle records what a head said about a difference (国办发〔2018〕118号十四). It opens nothing.
func (s *Service) Settle(ctx context.Context, by access.Session, id casework.CaseID, version int64, in DifferenceInput) error {
	_, err := s.cases.Do(ctx, by, id, casework.Command{
		Act: "settle_difference", Version: version, Note: strings.TrimSpace(in.Result), Input: in,
		Drafts: func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
			p, _, ok, err := casework.LastPart[casework.ReviewOpinion](tx, c.ID, opinionKind)
			if err == nil && !ok {
				err = fault.New(fault.Conflict, "还没有法制审核意见，没有可以协调的分歧")
			}
			return []casework.Draft{{Kind: coordinationKind, Part: casework.CoordinationRecord{
				Session: casework.Session{From: in.From, Until: in.Until, At: in.At, Recorder: in.Recorder}, Opinion: p.DocNo,
				Matter: bare(in.Matter), Handling: bare(in.Handling), Reviewing: bare(in.Reviewing), Result: bare(in.Result),
			}}}, err
		},
		Write: func(tx *store.Tx, c *casework.Case, done casework.Done) error {
			b, err := json.Marshal(in)
			if err != nil {
				return err
			}
			return insert(tx, &Difference{ID: store.NewID(), Case: c.ID, Entry: int64(done.Entry), Account: by.Account(), Content: string(b), RecordedAt: store.Micros(tx.Now)})
		},
	})
	return err
}

// after lets the opinion lapse when what was agreed to is no longer what is to be decided.
func (s *Service) after(tx *store.Tx, c *casework.Case) error {
	switch c.State {
	case casework.Reviewing:
		return s.relieve(tx, c)
	case casework.Notified:
		return s.stop(tx, c)
	}
	if c.State != casework.Agreed && c.State != casework.Discussing && c.State != casework.DecisionAsked {
		return nil
	}
	lapsed, err := s.lapsed(tx, c)
	if err != nil || !lapsed {
		return err
	}
	_, err = s.cases.Act(tx, access.System("job"), c.ID, casework.Command{Act: "lapse_review", Note: "审核同意以后，拟作的决定有变动"})
	return err
}

func bare(s string) string { return strings.TrimRight(strings.TrimSpace(s), "。") }
