package deadline

import (
	"errors"
	"fmt"
	"slices"
	"strconv"

	"fadu/internal/law"
	"fadu/internal/law/timing"
	"fadu/internal/setting"
	"fadu/internal/store"
)

// Put makes the rows of a matter follow its clocks: at the end of a command, in its transaction. Only what differs is
// written. A term that had run out keeps its last day although a later calendar says otherwise (已届满的不追溯).
func (s *Service) Put(tx *store.Tx, m Matter, clocks []timing.Clock) error {
	if m.Kind == "" || m.Ref == 0 {
		return errors.New("deadline: a matter without subject")
	}
	stored, err := rowsOf(tx, m.Kind, m.Ref)
	if err != nil {
		return err
	}
	wanted, err := s.wanted(tx, m, clocks, stored)
	if err != nil {
		return err
	}
	return s.write(tx, clocks, stored, wanted)
}

// PutNew is Put for a matter that was not there before.
func (s *Service) PutNew(tx *store.Tx, m Matter, clocks []timing.Clock) error {
	wanted, err := s.wanted(tx, m, clocks, nil)
	if err != nil {
		return err
	}
	for i := range wanted {
		wanted[i].ID = store.NewID()
		if err := insert(tx, &wanted[i]); err != nil {
			return err
		}
	}
	return nil
}

// write makes the stored rows those that are wanted.
func (s *Service) write(tx *store.Tx, clocks []timing.Clock, stored, wanted []Row) error {
	for _, old := range stored {
		if !slices.ContainsFunc(wanted, func(r Row) bool { return r.ID == old.ID }) {
			if err := s.gone(tx, old, clocks); err != nil {
				return err
			}
		}
	}
	for i := range wanted {
		w, err := &wanted[i], error(nil)
		k := slices.IndexFunc(stored, func(r Row) bool { return r.ID == w.ID })
		switch {
		case k < 0:
			w.ID = store.NewID()
			err = begin(tx, w)
		case *w != stored[k]:
			err = update(tx, w)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// wanted are the rows that the clocks ask for, those that are stored with their identifier and what was done about them.
func (s *Service) wanted(tx *store.Tx, m Matter, clocks []timing.Clock, stored []Row) ([]Row, error) {
	var out []Row
	for i, c := range clocks {
		if !c.Open() && (c.State != timing.RanOut || begunAgain(clocks[i+1:], c)) {
			continue
		}
		r := rowOf(m, c)
		k := slices.IndexFunc(stored, func(o Row) bool { return o.Term == r.Term && o.Of == r.Of && o.Start == r.Start })
		if k >= 0 {
			o := stored[k]
			r.ID, r.Version, r.BaseModel = o.ID, o.Version, o.BaseModel
			r.Warned, r.Missed, r.Escalated = o.Warned, o.Missed, o.Escalated
			if o.State == timing.Running && r.State == timing.Running && r.Due != o.Due && !o.Due.IsZero() && o.Due.Before(tx.Today()) && o.sameFacts(r) {
				r.Due, r.RedLine = o.Due, o.RedLine
			}
			if r.Due != o.Due && !r.Late(tx.Now) {
				r.Warned, r.Escalated = false, 0
			}
		}
		var err error
		if r.OwnDue, err = s.ownDue(tx, r); err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	if !slices.ContainsFunc(out, func(r Row) bool { return r.State != timing.RanOut }) {
		return nil, nil // nothing is asked of anybody any more
	}
	markNearest(out)
	for i := range out {
		out[i].NextAt = s.next(out[i], tx.Today())
	}
	return out, nil
}

// begunAgain reports whether a later clock of the same term makes this one's end a thing of the past.
func begunAgain(later []timing.Clock, c timing.Clock) bool {
	return slices.ContainsFunc(later, func(o timing.Clock) bool { return o.Term == c.Term && o.Of == c.Of })
}

// markNearest marks the running term that ends first among those that somebody has to keep; when none runs, one that
// stands still.
func markNearest(rows []Row) {
	at := -1
	for i, r := range rows {
		if r.State == timing.RanOut || r.Whose != timing.Ours && r.Whose != timing.Owed {
			continue
		}
		if at < 0 || !r.Due.IsZero() && (rows[at].Due.IsZero() || r.Due.Before(rows[at].Due)) {
			at = i
		}
	}
	if at >= 0 {
		rows[at].Nearest = true
	}
}

// ownDue is the end of the bureau's shorter term: so many days earlier as it is shorter, so that what was left out of
// the count or granted counts there too.
func (s *Service) ownDue(tx *store.Tx, r Row) (law.Date, error) {
	if r.Whose != timing.Ours || r.Due.IsZero() || r.DueAt > 0 {
		return law.Date{}, nil
	}
	k := slices.IndexFunc(internalTerms(), func(x InternalTerm) bool { return x.Term == r.Term })
	if k < 0 {
		return law.Date{}, nil
	}
	v, err := setting.Value(tx, itemOf(internalTerms()[k]))
	if err != nil || v == "" {
		return law.Date{}, err
	}
	n, err := strconv.Atoi(v)
	if err != nil || n >= r.Length {
		return law.Date{}, fmt.Errorf("deadline: internal term %s: %q", r.Term, v)
	}
	return shift(s.Calendar.Still(), r.Due, n-r.Length, bool(r.Workdays)), nil
}

// gone removes the row of a term that ended. One of the bureau's is counted as kept or late; a late one that was not
// yet seen is entered.
func (s *Service) gone(tx *store.Tx, r Row, clocks []timing.Clock) error {
	if r.Whose == timing.Ours {
		i := slices.IndexFunc(clocks, func(c timing.Clock) bool {
			return (c.State == timing.Late || c.State == timing.Kept) && c.Term == r.Term && c.Of == r.Of && c.Start == r.Start
		})
		if i >= 0 {
			if err := s.done(tx, r, clocks[i]); err != nil {
				return err
			}
		}
	}
	return remove(tx, r.ID)
}

// done counts a term that was ended by what it asked for.
func (s *Service) done(tx *store.Tx, r Row, c timing.Clock) error {
	late := bool(r.Missed) || c.State == timing.Late // what was missed stays so when the calendar changes afterwards
	if late && !bool(r.Missed) {
		if err := s.missAll(tx, []*Row{&r}); err != nil {
			return err
		}
	}
	due := c.Due
	if bool(r.Missed) {
		due = r.Due
	}
	return finish(tx, r, due, c.Ended, late)
}

// next is when the scan has something to do about a term: to warn, to enter that it was missed or ran out, to report it.
func (s *Service) next(r Row, today law.Date) int64 {
	if r.State != timing.Running || r.Due.IsZero() {
		return 0
	}
	if r.DueAt > 0 { // hours: nothing but the end
		if bool(r.Missed) {
			return 0
		}
		return r.DueAt + 1
	}
	ours := r.Whose == timing.Ours
	switch {
	case !ours && r.Whose != timing.Owed:
		return store.Micros(r.Due.AddDays(1).Start())
	case !bool(r.Warned):
		return max(store.Micros(s.warnOn(r).Start()), 1)
	case ours && !bool(r.Missed):
		return store.Micros(r.Due.AddDays(1).Start())
	case ours && r.Escalated < len(chain().Escalate):
		return store.Micros(s.reportOn(r).Start())
	}
	return 0
}

// warnOn is from when a term is warned of: some days before its end, or before the end of the bureau's own.
func (s *Service) warnOn(r Row) law.Date {
	end := r.Due
	if !r.OwnDue.IsZero() {
		end = r.OwnDue
	}
	return shift(s.Calendar.Still(), end, -chain().before(r.Length), bool(r.Workdays))
}

// reportOn is when a missed term goes to the next level of leaders.
func (s *Service) reportOn(r Row) law.Date {
	return shift(s.Calendar.Still(), r.Due, chain().Escalate[r.Escalated].After, bool(r.Workdays)).AddDays(1)
}
