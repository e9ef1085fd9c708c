package casework

import (
	"errors"
	"slices"

	"fadu/internal/access"
	"fadu/internal/law/calendar"
	"fadu/internal/law/timing"
	"fadu/internal/ledger"
	"fadu/internal/org"
	"fadu/internal/powers"
	"fadu/internal/store"
)

// File is what a case's page shows: the case and everything in it.
type File struct {
	Case     *Case
	Unit     access.Unit
	Organ    string
	Officers []org.OfficerStatus
	Steps    []Step
	Photos   []Photo
	Papers   []Paper
	// Decision is the on-the-spot decision that counts, with its signatures; nil before.
	Decision   *Paper
	Signatures []Signature
	Payments   []Payment
	// GainsPayments are those of confiscated gains.
	GainsPayments []Payment
	// Plans are the applications to pay later or in parts, oldest first.
	Plans []Plan
	// Hand is the booklet's number of a decision that was written by hand; nil for the machine's.
	Hand       *BookletNumber
	Assessment *powers.Assessment
	Earlier    []EarlierCase
	Choices    []Choice
	// Clocks are its terms: what runs, the first to end on top, then what ended.
	Clocks []timing.Clock
	// Acts are what was done, oldest first; Tracks are the open rows beside the line, Exhibits the numbered evidence.
	Acts     []CaseAct
	Tracks   []Track
	Exhibits []Exhibit
	History  []ledger.Entry
	// Former says why the case can only be read: the law of its day is not loaded. "" for every other case.
	Former string

	// veiled hides in further free text what hide has hidden here; nil while nothing was.
	veiled func(string) string
}

// former turns the error that the law of a case's day is not loaded into what its page says.
func former(err error) (string, error) {
	var old *calendar.LawNotLoaded
	if errors.As(err, &old) {
		return old.Error(), nil
	}
	return "", err
}

// file gathers a case inside the scope.
func (s *Service) file(tx *store.Tx, by access.Session, scope access.Scope, id CaseID) (*File, error) {
	c, err := load(tx, scope, id)
	if err != nil {
		return nil, err
	}
	f := &File{Case: c}
	if f.Unit, err = s.Units.UnitByID(tx, c.UnitID); err != nil {
		return nil, err
	}
	if c.Organ != 0 {
		organ, err := org.SubjectByID(tx, org.SubjectID(c.Organ))
		if err != nil {
			return nil, err
		}
		f.Organ = organ.Name
	}
	if c.Lead != 0 {
		if f.Officers, err = org.OfficersOn(tx, []org.PersonID{org.PersonID(c.Lead), org.PersonID(c.Assist)}, tx.Today(), c.Area); err != nil {
			return nil, err
		}
	}
	if err := s.records(tx, f); err != nil {
		return nil, err
	}
	if c.PowerCode != "" {
		if a, err := s.assess(tx, c, tx.Today()); err == nil {
			f.Assessment = &a
		}
	}
	if c.PartyKey != "" && by.Can(access.CaseHandle) {
		if f.Earlier, err = earlier(tx, c.PartyKey, id, store.Micros(tx.Now.AddDate(-2, 0, 0))); err != nil {
			return nil, err
		}
	}
	f.Choices, err = s.Choices(tx, by, c)
	if f.Former, err = former(err); err != nil {
		return nil, err
	}
	plans, err := plansOf(tx, id)
	if err != nil {
		return nil, err
	}
	f.Plans = plans[id]
	if f.Former == "" {
		if f.Clocks, err = s.clocksShown(tx, c); err != nil {
			return nil, err
		}
	}
	f.History, err = ledger.History(tx, id.Subject(), 0, 200)
	return f, err
}

// records gathers what was recorded in the case: steps, photographs, papers, money.
func (s *Service) records(tx *store.Tx, f *File) (err error) {
	id := f.Case.ID
	if f.Steps, err = steps(tx, id); err != nil {
		return err
	}
	if f.Photos, err = photos(tx, id); err != nil {
		return err
	}
	if f.Papers, err = papers(tx, id); err != nil {
		return err
	}
	if f.Acts, err = Acts(tx, id); err != nil {
		return err
	}
	if f.Tracks, err = s.openTracks(tx, f.Case); err != nil {
		return err
	}
	if f.Exhibits, err = s.Exhibits(tx, f.Case); err != nil {
		return err
	}
	if f.Decision, err = decision(tx, id); err != nil {
		return err
	}
	if f.Decision != nil {
		if f.Signatures, err = signatures(tx, f.Decision.ID); err != nil {
			return err
		}
	}
	if f.Hand, err = handwrittenOf(tx, f.Decision); err != nil {
		return err
	}
	if f.Payments, err = payments(tx, id); err != nil {
		return err
	}
	all, err := allPayments(tx, id)
	f.GainsPayments = slices.DeleteFunc(slices.Clone(all), func(p Payment) bool { return !p.aboutGains() })
	return err
}
