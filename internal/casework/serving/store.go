package serving

import (
	"slices"

	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/store"
)

// rows returns the services of a case by their papers.
func rows(tx *store.Tx, id casework.CaseID) (map[casework.PaperID]*Row, error) {
	var all []Row
	err := tx.DB().NewSelect().Model(&all).Where("case_id = ?", id).Order("id").Scan(tx.Ctx)
	out := map[casework.PaperID]*Row{}
	for i := range all {
		out[all[i].ID] = &all[i]
	}
	return out, err
}

// tries returns what was done about a paper, oldest first.
func tries(tx *store.Tx, id casework.CaseID) ([]Try, error) {
	var out []Try
	return out, tx.DB().NewSelect().Model(&out).Where("case_id = ?", id).Order("id").Scan(tx.Ctx)
}

// address returns what the party confirmed last, nil before it did.
func address(tx *store.Tx, id casework.CaseID) (*Address, error) {
	var out []Address
	err := tx.DB().NewSelect().Model(&out).Where("case_id = ?", id).Order("id DESC").Limit(1).Scan(tx.Ctx)
	if err != nil || len(out) == 0 {
		return nil, err
	}
	return &out[0], nil
}

func insert(tx *store.Tx, row any) error {
	_, err := tx.DB().NewInsert().Model(row).Exec(tx.Ctx)
	return err
}

func save(tx *store.Tx, row *Row) error {
	res, err := tx.DB().NewUpdate().Model(row).WherePK().Where("version = ?", row.Version-1).Exec(tx.Ctx)
	return store.Updated(res, err, "这次送达")
}

// open are the services of a case that are not finished: those begun, and the notices, which are to be served as soon
// as they are issued.
func open(tx *store.Tx, c *casework.Case) ([]*job, error) {
	papers, err := casework.Papers(tx, c.ID)
	if err != nil {
		return nil, err
	}
	known, err := rows(tx, c.ID)
	if err != nil {
		return nil, err
	}
	var out []*job
	for _, p := range papers {
		row := known[p.ID]
		if p.State != casework.PaperIssued || row == nil && !awaited(c, p.Kind) {
			continue
		}
		if row != nil && (row.State == casework.ServiceDone || row.State == casework.ServiceDropped) {
			continue
		}
		out = append(out, jobOf(c, p, row))
	}
	return out, nil
}

func jobOf(c *casework.Case, p casework.Paper, row *Row) *job {
	j := &job{row: row, paper: p}
	if row == nil {
		j.row, j.fresh = &Row{ID: p.ID, Case: c.ID, State: casework.ServiceReady}, true
	}
	j.place.State = j.row.State
	return j
}

// stranded are the services in hand of papers that no longer count: voided or revoked.
func stranded(tx *store.Tx, c *casework.Case) ([]*job, error) {
	known, err := rows(tx, c.ID)
	if err != nil || len(known) == 0 {
		return nil, err
	}
	papers, err := casework.Papers(tx, c.ID)
	var out []*job
	for _, p := range papers {
		row := known[p.ID]
		if row != nil && !casework.Serving.Closed(row.State) && (p.State == casework.PaperVoid || p.State == casework.PaperRevoked) {
			out = append(out, jobOf(c, p, row))
		}
	}
	return out, err
}

// find is the service that an act names.
func find(tx *store.Tx, c *casework.Case, id casework.PaperID) (*job, error) {
	all, err := open(tx, c)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(all, func(j *job) bool { return j.row.ID == id })
	if i < 0 {
		return nil, fault.New(fault.NotFound, "没有这份文书的送达，或者已经办完。要送达的先点“送达文书”")
	}
	return all[i], nil
}
