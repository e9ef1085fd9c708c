package measure

import (
	"slices"
	"strconv"
	"strings"

	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/flow"
	"fadu/internal/store"
)

func ofCase[R any](tx *store.Tx, id casework.CaseID) ([]R, error) {
	var out []R
	err := tx.DB().NewSelect().Model(&out).Where("case_id = ?", id).Order("id").Scan(tx.Ctx)
	return out, err
}

// inForce are the seizures that hold things in a case.
func inForce(tx *store.Tx, id casework.CaseID) ([]Measure, error) {
	all, err := ofCase[Measure](tx, id)
	return slices.DeleteFunc(all, func(m Measure) bool { return m.Kind != seizure || !held(m.State) }), err
}

func insert(tx *store.Tx, row any) error {
	_, err := tx.DB().NewInsert().Model(row).Exec(tx.Ctx)
	return err
}

func update(tx *store.Tx, row any, before int64, what string) error {
	res, err := tx.DB().NewUpdate().Model(row).WherePK().Where("version = ?", before).Exec(tx.Ctx)
	return store.Updated(res, err, what)
}

// save writes a measure that an act moved.
func save(tx *store.Tx, m *Measure, done casework.Done) error {
	m.Entry = int64(done.Entry)
	m.Version++
	return update(tx, m, m.Version-1, "这项措施")
}

// things are those of a measure that are in the state, of any state for "".
func things(tx *store.Tx, m *Measure, state string) ([]Thing, error) {
	all, err := ofCase[Thing](tx, m.Case)
	return slices.DeleteFunc(all, func(t Thing) bool { return t.Measure != m.ID || state != "" && t.State != state }), err
}

func list(all []Thing) casework.Things {
	out := casework.Things{}
	for _, t := range all {
		out.Things = append(out.Things, t.listed())
	}
	return out
}

// keep writes the list of a measure that is asked for.
func keep(tx *store.Tx, c *casework.Case, m *Measure, done casework.Done, listed []casework.Thing) error {
	m.Case, m.Entry, m.Levels, m.Version = c.ID, int64(done.Entry), c.Levels, 1
	if err := insert(tx, m); err != nil {
		return err
	}
	for i, t := range listed {
		row := &Thing{
			ID: store.NewID(), Version: 1, Case: c.ID, Entry: int64(done.Entry), Levels: c.Levels, Measure: m.ID, Number: int64(i + 1),
			Name: t.Name, Spec: t.Spec, Amount: t.Amount, Trait: t.Trait, State: Listed, Code: store.NewCode(),
		}
		if err := insert(tx, row); err != nil {
			return err
		}
	}
	return nil
}

// take turns the listed things into held ones.
func take(tx *store.Tx, m *Measure, done casework.Done) error {
	all, err := things(tx, m, Listed)
	for i := range all {
		t := &all[i]
		t.State, t.HeldOn, t.Shelf, t.Entry = Held, m.TakenOn, m.KeptAt, int64(done.Entry)
		t.Version++
		if err == nil {
			err = update(tx, t, t.Version-1, "这件财物")
		}
	}
	return err
}

// shift moves things in the store-room's ledger; a state of "" leaves them held.
func shift(tx *store.Tx, all []Thing, state string, m Move) error {
	for i := range all {
		t, row := &all[i], m
		row.ID, row.Case, row.Thing, row.RecordedAt = store.NewID(), t.Case, t.ID, store.Micros(tx.Now)
		if row.At == 0 {
			row.At = row.RecordedAt
		}
		if m.Kind == MoveConfiscate || m.Kind == MoveKeeper {
			row.Place = t.Shelf
		}
		if err := insert(tx, &row); err != nil {
			return err
		}
		t.Entry, t.Shelf = m.Entry, row.Place
		if state != "" {
			t.State = state
		}
		t.Version++
		if err := update(tx, t, t.Version-1, "这件财物"); err != nil {
			return err
		}
	}
	return nil
}

// confiscate leaves things where they are; what was sold before leaves its proceeds.
func confiscate(tx *store.Tx, all []Thing, m Move) error {
	m.Kind = MoveConfiscate
	sold := slices.DeleteFunc(slices.Clone(all), func(t Thing) bool { return t.State != Sold })
	kept := slices.DeleteFunc(slices.Clone(all), func(t Thing) bool { return t.State == Sold })
	if err := shift(tx, kept, Confiscated, m); err != nil {
		return err
	}
	return shift(tx, sold, Forfeited, m)
}

// measureOf finds a measure of the case by its name beside the line.
func measureOf(tx *store.Tx, id casework.CaseID, of string) (*Measure, error) {
	kind, text, _ := strings.Cut(of, "/")
	n, _ := strconv.ParseInt(text, 10, 64)
	all, err := ofCase[Measure](tx, id)
	if i := slices.IndexFunc(all, func(m Measure) bool { return m.ID == n && m.Kind == kind }); i >= 0 {
		return &all[i], err
	}
	if err == nil {
		err = fault.New(fault.NotFound, "本案没有这项措施")
	}
	return nil, err
}

// track is the measure as a row beside the line; the kernel moves its state.
func track(m *Measure, place *flow.Place[casework.MeasureState]) casework.Track {
	return casework.TrackOf(m.Of(), m.word()+"（"+m.Target+"）", m.table(), place)
}

// movesOf are the lines of the store-room's ledger about a thing, oldest first.
func movesOf(tx *store.Tx, thing int64) ([]Move, error) {
	var out []Move
	return out, tx.DB().NewSelect().Model(&out).Where("thing_id = ?", thing).Order("id").Scan(tx.Ctx)
}
