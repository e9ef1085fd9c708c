package measure

import (
	"context"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/casework/pages"
	"fadu/internal/fault"
	"fadu/internal/jobs"
	"fadu/internal/law"
	"fadu/internal/store"
)

// JobLapse is the kind of the job that ends a registered keeping when its seven working days have passed.
const JobLapse = "casework.preservation_expiry"

// expireLater asks for the look at a keeping on the day after its last.
func expireLater(tx *store.Tx, m *Measure) error {
	return jobs.Add(tx, jobs.Job{Kind: JobLapse, Key: m.Of() + "/" + m.Until.String(), Payload: lapsing{int64(m.Case), m.Of()}, Due: m.Until.AddDays(1).Start()})
}

// lapsing names the keeping that a job looks at.
type lapsing struct {
	Case int64  `json:"case"`
	Of   string `json:"of"`
}

// Jobs are the handlers of this desk's background work.
func (s *Service) Jobs() map[string]jobs.Handler {
	return map[string]jobs.Handler{JobLapse: func(ctx context.Context, r jobs.Record) (func(*store.Tx) error, error) {
		var at lapsing
		if err := r.Read(&at); err != nil {
			return nil, err
		}
		return nil, s.lapse(ctx, casework.CaseID(at.Case), at.Of)
	}}
}

// lapse ends a registered keeping whose seven working days are over by the calendar of today (行政处罚法第五十六条); one that was settled
// meanwhile is left alone. The things stay in the store-room's ledger until they are handed back.
func (s *Service) lapse(ctx context.Context, id casework.CaseID, of string) error {
	over := false
	err := s.cases.DB.Update(ctx, func(tx *store.Tx) error {
		over = false
		m, err := measureOf(tx, id, of)
		if err != nil || m.State != casework.MeasureInForce {
			return err
		}
		term, err := s.cases.Calendar.Earliest(keepTerm, m.TakenOn, 0)
		if over = tx.Today().After(term.Due); err != nil || over {
			return err
		}
		if m.Until != term.Due { // days off were added since
			m.Until = term.Due
			m.Version++
			if err := update(tx, m, m.Version-1, "这项措施"); err != nil {
				return err
			}
		}
		return expireLater(tx, m)
	})
	if err != nil || !over {
		return err
	}
	if err = s.release(ctx, id, of, true); fault.KindOf(err) == fault.Conflict {
		err = s.release(ctx, id, of, false) // without numbers for the paper the keeping ends all the same
	}
	return err
}

func (s *Service) release(ctx context.Context, id casework.CaseID, of string, paper bool) error {
	ch := &change{kind: preservation, of: of}
	cmd := ch.command(casework.Command{Act: "lapse_preservation", Note: "七个工作日已满，自动解除", Input: of}, nil, func(*store.Tx, *casework.Case, casework.Done) error {
		ch.m.Outcome = "期满解除"
		return nil
	})
	if paper {
		cmd.Drafts = func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
			return ch.decision(tx, c, casework.PreservationDecision{Lapsed: true, Outcome: "解除登记保存", Reason: "期限届满", Collect: ch.m.KeptAt})
		}
	}
	_, err := s.cases.Do(ctx, access.System("job"), id, cmd)
	return err
}

// notices stand above the page of a case: what has to be given back at once, what still wants its approval.
func (s *Service) notices(tx *store.Tx, c *casework.Case) ([]pages.NoteView, error) {
	all, err := ofCase[Measure](tx, c.ID)
	if err != nil {
		return nil, err
	}
	var out []pages.NoteView
	for i := range all {
		m := &all[i]
		switch {
		case m.State == casework.MeasureLapsed:
			out = append(out, pages.NoteView{Kind: "late", Title: "登记保存期满解除：", Text: m.Target + "，请立即通知当事人领回并登记退还。", Cite: law.Citations{law.Cite("XZCF", 56)}})
		case m.State == casework.MeasureUrgent:
			out = append(out, pages.NoteView{Kind: "soon", Title: m.Way + "等补办批准：", Text: "实施后二十四小时内报告负责人，补办批准手续；不应当采取的立即解除。", Cite: law.Citations{law.Cite("XZQZ", 19)}})
		}
		if m.Kind != seizure || !held(m.State) {
			continue
		}
		clock, err := s.clock(tx, c, m)
		if err != nil {
			return nil, err
		}
		if clock != nil && clock.Open() && !clock.Due.IsZero() && tx.Today().After(clock.Due) {
			out = append(out, pages.NoteView{Kind: "late", Title: m.Way + "期限已经届满（" + clock.Due.Han() + "）：", Text: "应当立即解除并退还" + m.Target + "。", Cite: law.Citations{law.Cite("XZQZ", 27), law.Cite("XZQZ", 28)}})
		}
	}
	return out, nil
}

func held(st casework.MeasureState) bool {
	return st == casework.MeasureUrgent || st == casework.MeasureInForce
}
