package measure

import (
	"context"
	"slices"
	"strings"
	"time"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/flow"
	"fadu/internal/law"
	"fadu/internal/store"
)

// Service is the only way into this desk, for pages, calls and jobs alike.
type Service struct {
	cases *casework.Service
	deeds casework.Deeds
}

// New returns the desk on the kernel.
func New(cases *casework.Service) *Service {
	s := &Service{cases: cases}
	s.deeds = s.confiscatedDeeds()
	return s
}

// Do does an act on confiscated things with what its form or call would say.
func (s *Service) Do(ctx context.Context, by access.Session, id casework.CaseID, act string, says map[string]any) error {
	return s.deeds.Do(ctx, by, id, act, says)
}

// OnMeasure names the measure that an act is about: seizure/12. A form carries it along; a call gives it.
type OnMeasure struct {
	Measure string `json:"measure" doc:"措施，例如 seizure/12；本案只有一项还没有了结的可以不填" ask:"hidden"`
}

// SetOf takes the name from the form.
func (m *OnMeasure) SetOf(of string) { m.Measure = of }

// faultIf is one fault of a field, or nil.
func faultIf(wrong bool, field, format string, args ...any) error {
	if !wrong {
		return nil
	}
	var fs fault.Fields
	fs.Add(field, format, args...)
	return fs.Err()
}

func minute(t time.Time) string { return t.In(law.Zone).Format("2006年1月2日15时04分") }

// change is an act on a measure: what it finds while the kernel asks, so that each act says only its own.
type change struct {
	kind   string
	act    string
	of     string
	m      *Measure
	place  flow.Place[casework.MeasureState]
	things []Thing
}

// command completes the command of an act on a measure: it finds the row, states its facts, and saves it afterwards.
func (ch *change) command(cmd casework.Command, state func(tx *store.Tx, c *casework.Case, f *law.Facts) error, write func(tx *store.Tx, c *casework.Case, done casework.Done) error) casework.Command {
	ch.act, cmd.Of = cmd.Act, ch.of
	cmd.Track = func(tx *store.Tx, c *casework.Case) (casework.Track, error) {
		var err error
		if ch.m, err = ch.find(tx, c.ID); err != nil {
			return casework.Track{}, err
		}
		ch.place.State = ch.m.State
		ch.things, err = things(tx, ch.m, "")
		return track(ch.m, &ch.place), err
	}
	cmd.State = func(tx *store.Tx, c *casework.Case, f *law.Facts) error {
		ch.m.state(f)
		if state == nil {
			return nil
		}
		return state(tx, c, f)
	}
	cmd.Write = func(tx *store.Tx, c *casework.Case, done casework.Done) error {
		ch.m.State = ch.place.State
		if write != nil {
			if err := write(tx, c, done); err != nil {
				return err
			}
		}
		if ch.m.table().Closed(ch.m.State) {
			ch.m.EndedOn = tx.Today()
		}
		return save(tx, ch.m, done)
	}
	return cmd
}

// find is the measure that is meant; without a name the only one of the kind from which the act leads on.
func (ch *change) find(tx *store.Tx, id casework.CaseID) (*Measure, error) {
	if ch.of != "" {
		m, err := measureOf(tx, id, ch.of)
		if err == nil && m.Kind != ch.kind {
			err = fault.New(fault.NotFound, "本案没有这项措施")
		}
		return m, err
	}
	all, err := ofCase[Measure](tx, id)
	var open []Measure
	for _, m := range all {
		if m.Kind == ch.kind && m.leads(ch.act) {
			open = append(open, m)
		}
	}
	if a, _ := tableOf(ch.kind).Act(ch.act); err == nil && len(open) == 0 {
		err = fault.New(fault.Conflict, "本案没有可以“%s”的措施", a.Name)
	} else if err == nil && len(open) > 1 {
		err = fault.New(fault.Conflict, "本案有 %d 项可以“%s”的措施，请写明是哪一项", len(open), a.Name)
	}
	if err != nil {
		return nil, err
	}
	return &open[0], nil
}

// in are the measure's things in a state.
func (ch *change) in(state string) []Thing {
	var out []Thing
	for _, t := range ch.things {
		if t.State == state {
			out = append(out, t)
		}
	}
	return out
}

// kept are the measure's things that have not been accounted for, and those whose proceeds are kept instead.
func (ch *change) kept() []Thing {
	return slices.DeleteFunc(slices.Clone(ch.things), func(t Thing) bool { return !t.kept() })
}

// DecideInput is what the head writes under an application.
type DecideInput struct {
	OnMeasure
	Note string `json:"note" doc:"审批意见" ask:"300" hint:"不批准的写明理由"`
}

// ConfirmInput is what the head writes about a seizure that was made at once.
type ConfirmInput struct {
	DecideInput
	Late string `json:"late" doc:"超过二十四小时的原因" ask:"300" hint:"没有超过的不填"`
}

// decided is an act of the head that needs no more than an opinion.
func (s *Service) decided(by access.Session, version int64, act, kind string, in DecideInput) casework.Command {
	ch := &change{kind: kind, of: in.Measure}
	cmd := casework.Command{Act: act, Version: version, Note: strings.TrimSpace(in.Note), Input: in}
	if strings.HasPrefix(act, "refuse_") {
		cmd.Change = func(*store.Tx, *casework.Case) error {
			return faultIf(strings.TrimSpace(in.Note) == "", "note", "不批准的，请写明理由")
		}
	}
	return ch.command(cmd, func(_ *store.Tx, c *casework.Case, f *law.Facts) error {
		f.SetBool(law.ApprovedByHead, casework.HeadsBureau(by), c.ID.Subject())
		return nil
	}, nil)
}

func (s *Service) decide(ctx context.Context, by access.Session, id casework.CaseID, version int64, act, kind string, in DecideInput) error {
	_, err := s.cases.Do(ctx, by, id, s.decided(by, version, act, kind, in))
	return err
}

// alone lets the last signature of the approval form do the act.
func (s *Service) alone(act, kind string) func(access.Session, string, string) casework.Command {
	return func(by access.Session, of, note string) casework.Command {
		return s.decided(by, 0, act, kind, DecideInput{OnMeasure: OnMeasure{Measure: of}, Note: note})
	}
}

// ApprovePreservation lets a registered keeping be made (行政处罚法第五十六条).
func (s *Service) ApprovePreservation(ctx context.Context, by access.Session, id casework.CaseID, version int64, in DecideInput) error {
	return s.decide(ctx, by, id, version, "approve_preservation", preservation, in)
}

// RefusePreservation refuses it.
func (s *Service) RefusePreservation(ctx context.Context, by access.Session, id casework.CaseID, version int64, in DecideInput) error {
	return s.decide(ctx, by, id, version, "refuse_preservation", preservation, in)
}

// DropInput says why what was asked for or approved is not carried out.
type DropInput struct {
	OnMeasure
	Why string `json:"why" doc:"不再实施的原因" ask:"need 300"`
}

func (s *Service) dropped(in DropInput, kind string, version int64) casework.Command {
	ch := &change{kind: kind, of: in.Measure}
	why := strings.TrimSpace(in.Why)
	cmd := casework.Command{Act: map[string]string{seizure: "drop_seizure", preservation: "drop_preservation"}[kind], Version: version, Note: why, Input: in}
	cmd.Change = func(*store.Tx, *casework.Case) error { return casework.Lacking(in) }
	return ch.command(cmd, nil, func(*store.Tx, *casework.Case, casework.Done) error {
		ch.m.Outcome = why
		return nil
	})
}

// DropPreservation ends a registered keeping that was never made.
func (s *Service) DropPreservation(ctx context.Context, by access.Session, id casework.CaseID, version int64, in DropInput) error {
	_, err := s.cases.Do(ctx, by, id, s.dropped(in, preservation, version))
	return err
}

// DropSeizure ends a seizure that was never made: an act that does no evident harm needs none (行政强制法第十六条第二款).
func (s *Service) DropSeizure(ctx context.Context, by access.Session, id casework.CaseID, version int64, in DropInput) error {
	_, err := s.cases.Do(ctx, by, id, s.dropped(in, seizure, version))
	return err
}

// Consent is what the legal staff say before a vehicle, a stall or what spoils is kept.
func (s *Service) Consent(ctx context.Context, by access.Session, id casework.CaseID, version int64, in ConsentInput) error {
	ch := &change{kind: preservation, of: in.Measure}
	cmd := casework.Command{Act: "consent_preservation", Version: version, Note: strings.TrimSpace(in.Why), Input: in}
	cmd.Change = func(*store.Tx, *casework.Case) error { return casework.Lacking(in) }
	_, err := s.cases.Do(ctx, by, id, ch.command(cmd, nil, func(*store.Tx, *casework.Case, casework.Done) error {
		ch.m.Consent = by.Name() + "：" + strings.TrimSpace(in.Why)
		return nil
	}))
	return err
}

// ConsentInput is why the legal staff agree to a registered keeping of what a livelihood depends on.
type ConsentInput struct {
	OnMeasure
	Why string `json:"why" doc:"同意的理由" ask:"need long 300" hint:"为什么拍照、抽样不够，怎样保管，易腐的怎样处理"`
}

// ApproveSeizure lets a seizure be made (行政强制法第十八条第一项).
func (s *Service) ApproveSeizure(ctx context.Context, by access.Session, id casework.CaseID, version int64, in DecideInput) error {
	return s.decide(ctx, by, id, version, "approve_seizure", seizure, in)
}

// RefuseSeizure refuses it.
func (s *Service) RefuseSeizure(ctx context.Context, by access.Session, id casework.CaseID, version int64, in DecideInput) error {
	return s.decide(ctx, by, id, version, "refuse_seizure", seizure, in)
}

// confirmWithin is how long the approval may follow a seizure that was made at once (行政强制法第十九条).
const confirmWithin = 24 * time.Hour

// ConfirmSeizure approves afterwards what was seized at once, within twenty-four hours (行政强制法第十九条); later with the cause, which stays
// on record.
func (s *Service) ConfirmSeizure(ctx context.Context, by access.Session, id casework.CaseID, version int64, in ConfirmInput) error {
	ch := &change{kind: seizure, of: in.Measure}
	note := strings.TrimSpace(in.Note)
	if late := strings.TrimSpace(in.Late); late != "" {
		note += "（超过二十四小时：" + late + "）"
	}
	cmd := casework.Command{Act: "confirm_seizure", Version: version, Note: note, Input: in}
	cmd.Change = func(tx *store.Tx, _ *casework.Case) error {
		late := tx.Now.Sub(store.FromMicros(ch.m.TakenAt)) > confirmWithin
		return faultIf(late && strings.TrimSpace(in.Late) == "", "late", "实施已经超过二十四小时（行政强制法第十九条），请写明原因；不应当采取的，请立即解除")
	}
	_, err := s.cases.Do(ctx, by, id, ch.command(cmd, func(_ *store.Tx, c *casework.Case, f *law.Facts) error {
		f.SetBool(law.ApprovedByHead, casework.HeadsBureau(by), c.ID.Subject())
		return nil
	}, nil))
	return err
}
