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

// JobLapse is the kind of the job that ends a registered keeping, a sealing or a seizure when its days have passed.
const JobLapse = "casework.preservation_expiry"

// expireLater asks for the look at a measure on the day after its last.
func expireLater(tx *store.Tx, m *Measure) error {
	return jobs.Add(tx, jobs.Job{Kind: JobLapse, Key: m.Of() + "/" + m.Until.String(), Payload: lapsing{int64(m.Case), m.Of()}, Due: m.Until.AddDays(1).Start()})
}

// lapsing names the measure that a job looks at.
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

// lapse ends a measure whose days are over by the calendar of today: a registered keeping after seven working days (行政处罚法第五十六条), a
// sealing or seizure after its thirty days and what was granted or is left out (行政强制法第二十五条、第二十七条、第二十八条第一款第四项). One that was
// settled meanwhile is left alone, and so is what a decision of its days confiscates. The things stay in the store-room's ledger until they
// are handed back.
func (s *Service) lapse(ctx context.Context, id casework.CaseID, of string) error {
	over, kind := false, ""
	err := s.cases.DB.Update(ctx, func(tx *store.Tx) error {
		over = false
		m, err := measureOf(tx, id, of)
		if err != nil || m.State != casework.MeasureInForce && m.State != casework.MeasureUrgent {
			return err
		}
		due, err := s.lastDay(tx, m)
		if err != nil || due.IsZero() {
			return err
		}
		kind = m.Kind
		if over = tx.Today().After(due); over {
			return nil
		}
		if m.Until != due { // days off were added since, or days are left out
			m.Until = due
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
	if err = s.release(ctx, id, kind, of, true); fault.KindOf(err) == fault.Conflict {
		err = s.release(ctx, id, kind, of, false) // without numbers for the paper it ends all the same
	}
	return err
}

// lastDay is the last day of a measure in force; zero for a seizure whose things a decision confiscated in time (行政强制法第二十七条).
func (s *Service) lastDay(tx *store.Tx, m *Measure) (due law.Date, err error) {
	if m.Kind == preservation {
		term, err := s.cases.Calendar.Earliest(keepTerm, m.TakenOn, 0)
		return term.Due, err
	}
	c, err := s.cases.Load(tx, access.System("job"), access.CaseHandle, m.Case)
	if err != nil {
		return due, err
	}
	clock, err := s.clock(tx, c, m)
	if err != nil || clock == nil || !clock.Open() {
		return due, err
	}
	taken, err := confiscatedOn(tx, c)
	if err != nil || !taken.IsZero() && !clock.Due.IsZero() && !taken.After(clock.Due) {
		return law.Date{}, err
	}
	return clock.Due, nil
}

func (s *Service) release(ctx context.Context, id casework.CaseID, kind, of string, paper bool) error {
	ch := &change{kind: kind, of: of}
	act, note, outcome := "lapse_preservation", "七个工作日已满，自动解除", "期满解除"
	if kind == seizure {
		act, note, outcome = "lapse_seizure", "期限届满，解除", ranOut
	}
	cmd := ch.command(casework.Command{Act: act, Note: note, Input: of}, nil, func(*store.Tx, *casework.Case, casework.Done) error {
		ch.m.Outcome = outcome
		return nil
	})
	if paper {
		cmd.Drafts = func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
			if kind == preservation {
				return ch.decision(tx, c, casework.PreservationDecision{Lapsed: true, Outcome: "解除登记保存", Reason: "期限届满", Collect: ch.m.KeptAt})
			}
			number, err := numberOf(tx, c.ID, ch.m.Paper)
			return []casework.Draft{ch.released(number, ranOut, ch.m.KeptAt, tx.Today())}, err
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
	if len(all) == 0 {
		return nil, nil
	}
	papers, err := casework.Papers(tx, c.ID)
	if err != nil {
		return nil, err
	}
	var out []pages.NoteView
	for i := range all {
		m := &all[i]
		switch {
		case m.State == casework.MeasureLapsed:
			out = append(out, pages.NoteView{Kind: "late", Title: "登记保存期满解除：", Text: m.Target + "，请立即通知当事人领回并登记退还。", Cite: law.Citations{law.Cite("XZCF", 56)}})
		case m.State == casework.MeasureReturning:
			out = append(out, pages.NoteView{Kind: "late", Title: m.Way + "已经解除：", Text: m.Target + "，请立即通知当事人领回并登记退还。", Cite: law.Citations{law.Cite("XZQZ", 27), law.Cite("XZQZ", 28)}})
		case m.State == casework.MeasureUrgent:
			out = append(out, pages.NoteView{Kind: "soon", Title: m.Way + "等补办批准：", Text: "实施后二十四小时内报告负责人，补办批准手续；不应当采取的立即解除。", Cite: law.Citations{law.Cite("XZQZ", 19)}})
		}
		if m.Kind != seizure || !held(m.State) {
			continue
		}
		out = append(out, untold(papers, m)...)
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

// untold ask for the service of what the party has to be told in writing while a seizure lasts: that it was extended, and how long a test takes
// (行政强制法第二十五条第二款、第三款).
func untold(papers []casework.Paper, m *Measure) (out []pages.NoteView) {
	for _, p := range papers {
		if p.ID < m.Paper || p.State != casework.PaperIssued {
			continue
		}
		switch p.Kind {
		case "seizure_extension":
			out = append(out, pages.NoteView{Kind: "soon", Title: "延长决定还没有告知当事人：", Text: "请用印后送达" + p.Kind.Label() + "（" + p.DocNo + "），说明理由。", Cite: law.Citations{law.Cite("XZQZ", 25, 2)}})
		case "appraisal_time_notice":
			out = append(out, pages.NoteView{Kind: "soon", Title: "检测、鉴定期间还没有书面告知当事人：", Text: "请用印后送达" + p.Kind.Label() + "（" + p.DocNo + "）；没有书面告知的，主张不计入查封、扣押期限没有依据。", Cite: law.Citations{law.Cite("XZQZ", 25, 3)}})
		}
	}
	return out
}

func held(st casework.MeasureState) bool {
	return st == casework.MeasureUrgent || st == casework.MeasureInForce
}
