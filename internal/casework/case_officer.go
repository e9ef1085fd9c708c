package casework

import (
	"slices"

	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// caseOfficer is a person who handles or handled an ordinary case. Rows are only ever added.
type caseOfficer struct {
	bun.BaseModel `bun:"table:case_officer,alias:co"`

	Case   CaseID `bun:"case_id,pk"`
	Person int64  `bun:"person_id,pk"`
	Entry  int64  `bun:"entry_id"`
}

// keepOfficers remembers who handles an ordinary case now.
func keepOfficers(tx *store.Tx, c *Case) error {
	if !c.ordinary() {
		return nil
	}
	var rows []caseOfficer
	for _, p := range []int64{c.Lead, c.Assist} {
		if p != 0 {
			rows = append(rows, caseOfficer{Case: c.ID, Person: p, Entry: c.Entry})
		}
	}
	if len(rows) == 0 {
		return nil
	}
	_, err := tx.DB().NewInsert().Model(&rows).On("CONFLICT DO NOTHING").Exec(tx.Ctx)
	return err
}

// Investigators are the persons who handle or handled the case: its officers, those whom they followed, and whoever did an act of
// the investigation. They neither review it nor hold its hearing (行政处罚法第六十四条第四项；国办发〔2018〕118号十一).
func Investigators(tx *store.Tx, c *Case) (map[int64]bool, error) {
	out, err := InvestigatorsOf(tx, []*Case{c})
	return out[c.ID], err
}

// InvestigatorsOf is Investigators of several cases, in two statements.
func InvestigatorsOf(tx *store.Tx, cases []*Case) (map[CaseID]map[int64]bool, error) {
	out := map[CaseID]map[int64]bool{}
	ids := make([]CaseID, len(cases))
	for i, c := range cases {
		ids[i], out[c.ID] = c.ID, map[int64]bool{c.Lead: true, c.Assist: true}
	}
	if len(ids) == 0 {
		return out, nil
	}
	var kept []caseOfficer
	if err := tx.DB().NewSelect().Model(&kept).Where("case_id IN (?)", bun.List(ids)).Scan(tx.Ctx); err != nil {
		return nil, err
	}
	for _, o := range kept {
		out[o.Case][o.Person] = true
	}
	var acts []CaseAct
	if err := tx.DB().NewSelect().Model(&acts).Where("case_id IN (?)", bun.List(ids)).Order("id").Scan(tx.Ctx); err != nil {
		return nil, err
	}
	for _, a := range standing(acts) {
		if slices.Contains(investigations, a.Act) {
			out[a.Case][a.Person] = true
		}
	}
	for _, persons := range out {
		delete(persons, 0)
	}
	return out, nil
}
