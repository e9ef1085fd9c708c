package inquiry

import (
	"slices"
	"strconv"

	"fadu/internal/casework"
	"fadu/internal/store"
)

// ofCase returns a case's rows of one table in the order in which they were made.
func ofCase[R any](tx *store.Tx, id casework.CaseID) ([]R, error) {
	var out []R
	err := tx.DB().NewSelect().Model(&out).Where("case_id = ?", id).Order("id").Scan(tx.Ctx)
	return out, err
}

func insert(tx *store.Tx, row any) error {
	_, err := tx.DB().NewInsert().Model(row).Exec(tx.Ctx)
	return err
}

// save writes a row that has a version; one that changed since is stale.
func save(tx *store.Tx, row any, version int64, what string) error {
	res, err := tx.DB().NewUpdate().Model(row).WherePK().Where("version = ?", version).Exec(tx.Ctx)
	return store.Updated(res, err, what)
}

// piece is a piece of evidence with the review that counts.
type piece struct {
	Evidence
	Review *Review
	first  int64 // the review by which it was first admitted; 0 before
}

// since is from when on the case may rest on the piece: from its row and its admission on.
func (p piece) since() int64 { return max(p.ID, p.first) }

// proves is what the piece proves, as last said.
func (p piece) proves() string {
	if p.Review != nil && p.Review.Purpose != "" {
		return p.Review.Purpose
	}
	return p.Purpose
}

func (p piece) outcome() string {
	if p.Review == nil {
		return ""
	}
	return p.Review.Outcome
}

// pieces returns the numbered evidence of a case with its reviews, without what was entered by mistake.
func pieces(tx *store.Tx, id casework.CaseID) ([]piece, error) {
	all, err := ofCase[Evidence](tx, id)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	reviews, err := ofCase[Review](tx, id)
	if err != nil {
		return nil, err
	}
	last, first := map[int64]*Review{}, map[int64]int64{}
	for i, r := range reviews {
		last[r.Evidence] = &reviews[i]
		if first[r.Evidence] == 0 && r.Outcome == Admitted {
			first[r.Evidence] = r.ID
		}
	}
	var out []piece
	for _, e := range all {
		if p := (piece{e, last[e.ID], first[e.ID]}); p.outcome() != Deleted {
			out = append(out, p)
		}
	}
	return out, nil
}

// admitted are the pieces on which the case may rest: reviewed and admitted.
func admitted(all []piece) []piece {
	return slices.DeleteFunc(slices.Clone(all), func(p piece) bool { return p.outcome() != Admitted })
}

// number gives new evidence the next numbers of its case and keeps it.
func number(tx *store.Tx, c *casework.Case, done casework.Done, all []Evidence) error {
	if len(all) == 0 {
		return nil
	}
	had, err := ofCase[Evidence](tx, c.ID)
	if err != nil {
		return err
	}
	for i := range all {
		e := &all[i]
		e.ID, e.Case, e.Entry, e.RecordedAt = store.NewID(), c.ID, int64(done.Entry), store.Micros(tx.Now)
		e.Number = int64(len(had) + i + 1)
		if err := insert(tx, e); err != nil {
			return err
		}
	}
	return nil
}

// exhibits are the numbered evidence as the case's page shows it.
func exhibits(tx *store.Tx, c *casework.Case) ([]casework.Exhibit, error) {
	all, err := pieces(tx, c.ID)
	out := make([]casework.Exhibit, len(all))
	for i, p := range all {
		out[i] = casework.Exhibit{
			Number: p.Number, Title: p.Title, Kind: p.Kind.Label(), Proves: p.proves(), Outcome: outcomeLabel(p.outcome()), Admitted: p.outcome() == Admitted, Since: p.since(),
			Unreviewed: p.Device != "" && (p.Review == nil || !bool(p.Review.DeviceReviewed)), Pages: p.Pages, Source: p.Source, ObtainedOn: p.ObtainedOn, Digest: p.Digest, Type: p.Type, Paper: p.Paper,
		}
	}
	return out, err
}

// merged enters the evidence of a case that is merged into another one on that one's list, to be reviewed there: only so can its decision cite it.
func merged(tx *store.Tx, from, into *casework.Case, done casework.Done) error {
	return along(tx, from, into, done, "随案并入")
}

// split enters the evidence of a case on the list of the case that is split from it, to be reviewed there.
func split(tx *store.Tx, from, part *casework.Case, done casework.Done) error {
	return along(tx, from, part, done, "分案带来")
}

// along enters the evidence of a case on the list of another one; the record in which it stands is the same.
func along(tx *store.Tx, from, into *casework.Case, done casework.Done, how string) error {
	all, err := pieces(tx, from.ID)
	if err != nil {
		return err
	}
	had, err := ofCase[Evidence](tx, into.ID)
	if err != nil {
		return err
	}
	var rows []Evidence
	for _, p := range all {
		e := p.Evidence
		if slices.ContainsFunc(had, func(h Evidence) bool {
			return e.Paper != 0 && h.Paper == e.Paper && h.Title == e.Title && h.Digest == e.Digest
		}) {
			continue // a part that comes back brought it from here
		}
		e.Purpose = p.proves()
		e.Source = p.Source + "（原为" + from.CaseNo + "第" + strconv.FormatInt(p.Number, 10) + "号证据，" + how + "）"
		rows = append(rows, e)
	}
	return number(tx, into, done, rows)
}
