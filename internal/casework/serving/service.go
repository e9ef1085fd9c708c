package serving

import (
	"context"
	"slices"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
)

// Service is the only way into this desk, for pages, calls and jobs alike.
type Service struct{ cases *casework.Service }

// New returns the desk on the kernel.
func New(cases *casework.Service) *Service { return &Service{cases} }

// The papers of this desk, and those that the main line waits for.
const (
	receiptKind      casework.PaperKind = "service_receipt"
	addressKind      casework.PaperKind = "address_confirmation"
	commissionKind   casework.PaperKind = "service_commission"
	announcementKind casework.PaperKind = "service_announcement"
	demandKind       casework.PaperKind = "demand_notice"
	// noFilingNotice goes to whoever reported the matter, not to the party.
	noFilingNotice casework.PaperKind = "no_filing_notice"
)

// wait is what the main line waits for in a state: the papers, and the act that follows when all are served.
type wait struct {
	act   string
	kinds []casework.PaperKind
}

var waits = map[casework.State]wait{
	casework.Noticing:  {"notice_served", []casework.PaperKind{casework.PenaltyNotice, "hearing_right_notice"}},
	casework.Issued:    {"decision_served", decisions},
	casework.Delivered: {"demand_served", []casework.PaperKind{demandKind}},
}

var decisions = []casework.PaperKind{"penalty_decision", "no_penalty_decision"}

// awaited reports whether the main line waits for a paper of the kind.
func awaited(c *casework.Case, k casework.PaperKind) bool {
	return slices.Contains(waits[c.State].kinds, k)
}

// servedAll is the day on which the last of the awaited papers was served, and whether all were.
func servedAll(tx *store.Tx, c *casework.Case) (on law.Date, all bool, err error) {
	papers, err := casework.Papers(tx, c.ID)
	if err != nil {
		return on, false, err
	}
	acts, err := casework.Acts(tx, c.ID)
	// Its service moved the line already, a demand of before the decision was changed; or what it demands is not due any more: the party may pay
	// later or in parts (行政处罚法第六十六条第二款).
	spent := func(p casework.Paper) bool {
		return slices.ContainsFunc(acts, func(a casework.CaseAct) bool {
			return a.ID > int64(p.ID) && (a.Act == waits[c.State].act || p.Kind == demandKind && a.Act == "approve_terms")
		})
	}
	for _, p := range papers {
		switch {
		case !awaited(c, p.Kind) || spent(p) || p.State == casework.PaperVoid || p.State == casework.PaperRevoked:
		case p.State != casework.PaperDelivered:
			return law.Date{}, false, err
		case on.IsZero() || p.ServedOn().After(on):
			on = p.ServedOn()
		}
	}
	return on, !on.IsZero(), err
}

// act is one act on a service: what it checks, the proof that it leaves, the try that it records.
type act struct {
	casework.Command
	paper casework.PaperID
	// job is the service, where paper does not find it: its paper does not count any more.
	job *job
	// look checks the form, which may fill in days.
	look func(tx *store.Tx, c *casework.Case, j *job) error
	// try is what is recorded, asked for after look.
	try func(c *casework.Case) Try
	// proof is what makes the day that counts; nil for an act that serves nothing.
	proof func() Proof
	// receipt is drawn up when none was taken along.
	receipt func(c *casework.Case, p casework.Paper) casework.ServiceReceipt
}

// do does an act on a service. When the paper is served with it, the paper says so, and the main line moves when it
// was the last one that it waited for.
func (s *Service) do(ctx context.Context, by access.Session, id casework.CaseID, version int64, a act) error {
	_, err := s.cases.Do(ctx, by, id, s.command(by, version, a))
	return err
}

func (s *Service) command(by access.Session, version int64, a act) casework.Command {
	var j *job
	var t Try
	served := law.Date{}
	cmd := a.Command
	cmd.Version = version
	cmd.Track = func(tx *store.Tx, c *casework.Case) (out casework.Track, err error) {
		if j = a.job; j == nil {
			j, err = find(tx, c, a.paper)
		}
		if err != nil {
			return out, err
		}
		return j.track(), nil
	}
	cmd.Change = func(tx *store.Tx, c *casework.Case) error {
		if a.look != nil {
			if err := a.look(tx, c, j); err != nil {
				return err
			}
		}
		if t = a.try(c); t.On.IsZero() {
			t.On = tx.Today()
		}
		var err error
		if served, err = s.counts(tx, a, j, t.Way); err == nil && j.paper.Kind == casework.ChangeDecision && !served.IsZero() {
			c.PayFrom = store.Micros(served.Start()) // what it changes is to be paid from its service
		}
		return err
	}
	if a.receipt != nil {
		cmd.Drafts = func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
			return receiptDraft(tx, c, j.paper, a.receipt(c, j.paper))
		}
	}
	write := cmd.Write
	cmd.Write = func(tx *store.Tx, c *casework.Case, done casework.Done) error {
		j.row.Way, j.row.ServedOn = t.Way, served
		if a.proof == nil && j.place.State != casework.ServiceReady {
			j.row.BegunOn = t.On
		}
		if err := j.keep(tx, done); err != nil {
			return err
		}
		if err := record(tx, by, j, t, a.Act, done); err != nil {
			return err
		}
		if write != nil {
			if err := write(tx, c, done); err != nil {
				return err
			}
		}
		if served.IsZero() {
			return nil
		}
		return casework.MarkServed(tx, j.row.ID, served, done.Entry)
	}
	cmd.Then = func(tx *store.Tx, c *casework.Case, _ casework.Done) error { return s.follow(tx, by, c) }
	return cmd
}

// counts is the day on which a paper counts as served by the act's proof; zero for an act that serves nothing.
func (s *Service) counts(tx *store.Tx, a act, j *job, way Way) (law.Date, error) {
	if a.proof == nil {
		return law.Date{}, nil
	}
	if err := casework.Deliverable(&j.paper); err != nil {
		return law.Date{}, err
	}
	on, ok, err := ServedOn(way, a.proof(), tx.Today(), s.cases.Calendar)
	if err != nil || !ok {
		return on, errOr(err, "还没有可以视为送达的凭证，不能登记送达")
	}
	return on, nil
}

func errOr(err error, message string) error {
	if err != nil {
		return err
	}
	return fault.New(fault.Conflict, "%s", message)
}

// record adds the try.
func record(tx *store.Tx, by access.Session, j *job, t Try, act string, done casework.Done) error {
	t.ID, t.Service, t.Case, t.Entry, t.Act = store.NewID(), j.row.ID, j.row.Case, int64(done.Entry), act
	t.Person, t.RecordedAt = by.Person(), store.Micros(tx.Now)
	return insert(tx, &t)
}

// follow moves the main line once everything that it waits for is served.
func (s *Service) follow(tx *store.Tx, by access.Session, c *casework.Case) error {
	on, all, err := servedAll(tx, c)
	if err != nil || !all {
		return err
	}
	_, err = s.cases.Act(tx, by, c.ID, confirmed(waits[c.State].act, on))
	return err
}

// confirmed is the main line's act on the day that counts; a decision begins its terms with it.
func confirmed(act string, on law.Date) casework.Command {
	cmd := casework.Command{Act: act, On: on}
	if act == "decision_served" {
		cmd.Change = func(tx *store.Tx, c *casework.Case) error {
			p, err := casework.LastPaper(tx, c.ID, decisions...)
			if err == nil && p != nil {
				c.DeliveredAt, c.PayFrom = p.DeliveredAt, p.DeliveredAt
			}
			return err
		}
	}
	return cmd
}

// Confirm moves the main line when its papers were served in another way than by this desk: act is notice_served,
// decision_served or demand_served.
func (s *Service) Confirm(ctx context.Context, by access.Session, id casework.CaseID, version int64, act string) error {
	on := law.Date{}
	err := s.cases.DB.View(ctx, func(tx *store.Tx) error {
		c, err := s.cases.Load(tx, by, access.CaseHandle, id)
		if err == nil {
			on, _, err = servedAll(tx, c)
		}
		return err
	})
	if err != nil {
		return err
	}
	cmd := confirmed(act, on)
	cmd.Version = version
	_, err = s.cases.Do(ctx, by, id, cmd)
	return err
}
