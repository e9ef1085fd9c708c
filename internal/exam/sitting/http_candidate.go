package sitting

import (
	"context"
	"fmt"
	"net/http"

	"fadu/internal/access"
	"fadu/internal/exam/sitting/pages"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/web"
)

// shownSignals bounds the list of signals of a candidate.
const shownSignals = 100

// Dossier is a candidate with the attempts and the signals, for those who run the sitting.
type Dossier struct {
	Sitting   Sitting
	Candidate Candidate
	Attempts  []Attempt
	Signals   []Signal
}

// Candidate is a candidate whom the session may see.
func (s *Service) Candidate(ctx context.Context, by access.Session, id CandidateID) (d Dossier, err error) {
	scope, err := by.Require(access.ExamRead)
	if err != nil {
		return d, err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		if d.Candidate, err = candidateOf(tx, id); err == nil {
			err = scope.Check(d.Candidate.Levels, nounCandidate)
		}
		if err != nil {
			return err
		}
		if d.Sitting, err = sittingOf(tx, d.Candidate.Sitting); err != nil {
			return err
		}
		if d.Attempts, err = attemptsOf(tx, id); err != nil {
			return err
		}
		d.Signals = nil
		return tx.DB().NewSelect().Model(&d.Signals).Where("attempt_id IN (SELECT id FROM exam_attempt WHERE candidate_id = ?)", id).Order("id").Limit(shownSignals).Scan(tx.Ctx)
	})
	return d, err
}

func (s *Service) showCandidate(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := idOf[CandidateID](r, nounCandidate)
	if err != nil {
		return err
	}
	return s.renderCandidate(w, r, by, http.StatusOK, id, web.NewForm(nil))
}

func (s *Service) renderCandidate(w http.ResponseWriter, r *http.Request, by access.Session, status int, id CandidateID, f *web.Form) error {
	d, err := s.Candidate(r.Context(), by, id)
	if err != nil {
		return err
	}
	c, x := d.Candidate, d.Sitting
	row := candidateRow(c, x, "")
	v := pages.CandidateView{Title: c.Name, Back: x.URL(), BackLabel: x.Title, Href: row.Href, Version: fmt.Sprint(c.Version), Form: f, Facts: []web.FactView{
		{Label: "状态", Text: row.State.Label}, {Label: "答过", Text: fmt.Sprintf("%d 次", c.Taken)},
	}}
	for _, fact := range []web.FactView{{Label: "得分", Text: row.Score}, {Label: "加时", Text: row.Extra}, {Label: "加时原因", Text: c.ExtraWhy}, {Label: "说明", Text: c.Why}} {
		if fact.Text != "" {
			v.Facts = append(v.Facts, fact)
		}
	}
	for _, a := range d.Attempts {
		v.Tries = append(v.Tries, tryRow(a, "", x.judged()))
	}
	for _, g := range d.Signals {
		v.Signals = append(v.Signals, web.FactView{Label: store.FromMicros(g.At).In(law.Zone).Format("15:04:05"), Text: signalLabels[g.Kind] + " " + g.Detail})
	}
	if by.Can(access.ExamManage) {
		live := x.State == Draft || x.State == Frozen
		v.Grant = live && c.State != Removed
		v.Defer = mayDefer(nil, x, c) == nil
		v.Remove = live && c.Taken == 0 && c.State != Removed
		v.Void, v.Reinstate = c.State == Took, c.State == Voided
	}
	return web.Render(w, r, status, pages.Candidate(v))
}

func (s *Service) onPerson(w http.ResponseWriter, r *http.Request, by access.Session, field, said string, do func(ctx context.Context, id CandidateID, version int64, reason string, f *web.Form) error) error {
	return act(w, r, nounCandidate, func(ctx context.Context, id CandidateID, f *web.Form) (string, string, error) {
		v, reason := version(f), f.Required(field, "原因", maxReason)
		if err := f.Err(); err != nil {
			return "", "", err
		}
		return PathPeople + "/" + id.String(), said, do(ctx, id, v, reason, f)
	}, func(id CandidateID, status int, f *web.Form) error { return s.renderCandidate(w, r, by, status, id, f) })
}

func (s *Service) postGrant(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.onPerson(w, r, by, "grant_reason", "已加时", func(ctx context.Context, id CandidateID, v int64, reason string, f *web.Form) error {
		n := f.RequiredInt("minutes", "加时", 0, maxExtra)
		if err := f.Err(); err != nil {
			return err
		}
		return s.Grant(ctx, by, id, GrantInput{Version: v, Minutes: n, Reason: reason})
	})
}

func (s *Service) postDefer(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.onPerson(w, r, by, "defer_reason", "已提请，由另一个人批准", func(ctx context.Context, id CandidateID, v int64, reason string, _ *web.Form) error {
		return s.Defer(ctx, by, id, v, reason)
	})
}

func (s *Service) postVoid(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.onPerson(w, r, by, "void_reason", "已提请，由另一个人批准", func(ctx context.Context, id CandidateID, v int64, reason string, _ *web.Form) error {
		return s.Void(ctx, by, id, v, reason)
	})
}

func (s *Service) postRemove(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.onPerson(w, r, by, "remove_reason", "已移出名单", func(ctx context.Context, id CandidateID, v int64, reason string, _ *web.Form) error {
		return s.Remove(ctx, by, id, v, reason)
	})
}
