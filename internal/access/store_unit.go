package access

import (
	"fmt"

	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

type unitRow struct {
	bun.BaseModel `bun:"table:unit,alias:u"`

	ID      UnitID         `bun:"id,pk"`
	Parent  UnitID         `bun:"parent"`
	Level   int            `bun:"level"`
	Code    string         `bun:"code"`
	Name    string         `bun:"name"`
	U1      UnitID         `bun:"u1"`
	U2      UnitID         `bun:"u2"`
	U3      UnitID         `bun:"u3"`
	U4      UnitID         `bun:"u4"`
	U5      UnitID         `bun:"u5"`
	From    law.Date       `bun:"from_on"`
	Until   law.Date       `bun:"until_on"`
	Version int64          `bun:"version"`
	EntryID ledger.EntryID `bun:"entry_id"`
}

func (r unitRow) unit() Unit {
	return Unit{
		ID: r.ID, Parent: r.Parent, Level: r.Level, Name: r.Name, Code: r.Code,
		U: [MaxLevel]UnitID{r.U1, r.U2, r.U3, r.U4, r.U5}, From: r.From, Until: r.Until, Version: r.Version,
	}
}

func rowOf(u Unit, entry ledger.EntryID) *unitRow {
	return &unitRow{
		ID: u.ID, Parent: u.Parent, Level: u.Level, Code: u.Code, Name: u.Name,
		U1: u.U[0], U2: u.U[1], U3: u.U[2], U4: u.U[3], U5: u.U[4], From: u.From, Until: u.Until, Version: u.Version, EntryID: entry,
	}
}

type successionRow struct {
	bun.BaseModel `bun:"table:unit_succession,alias:us"`

	Predecessor UnitID         `bun:"predecessor"`
	Successor   UnitID         `bun:"successor"`
	EndedOn     law.Date       `bun:"ended_on"`
	EntryID     ledger.EntryID `bun:"entry_id"`
}

func selectUnits(tx *store.Tx, narrow func(*bun.SelectQuery) *bun.SelectQuery) ([]Unit, error) {
	var rows []unitRow
	if err := narrow(tx.DB().NewSelect().Model(&rows)).Order("u.level", "u.code").Scan(tx.Ctx); err != nil {
		return nil, fmt.Errorf("access: units: %w", err)
	}
	us := make([]Unit, len(rows))
	for i, r := range rows {
		us[i] = r.unit()
	}
	return us, nil
}

func unitWhere(tx *store.Tx, column string, value any) (Unit, error) {
	var r unitRow
	err := tx.DB().NewSelect().Model(&r).Where("? = ?", bun.Ident("u."+column), value).Scan(tx.Ctx)
	if err != nil {
		return Unit{}, store.One(err, "这个机构")
	}
	return r.unit(), nil
}

// predecessors returns the units that id took over from by the day, directly or through others.
func predecessors(tx *store.Tx, id UnitID, day law.Date) ([]Unit, error) {
	var out []Unit
	seen := map[UnitID]bool{id: true}
	for next := []UnitID{id}; len(next) > 0; {
		us, err := selectUnits(tx, func(q *bun.SelectQuery) *bun.SelectQuery {
			return q.Join("JOIN unit_succession AS us ON us.predecessor = u.id").Where("us.successor IN (?)", bun.List(next)).Where("us.ended_on < ?", day).Distinct()
		})
		if err != nil {
			return nil, err
		}
		next = nil
		for _, u := range us {
			if !seen[u.ID] {
				seen[u.ID] = true
				out, next = append(out, u), append(next, u.ID)
			}
		}
	}
	return out, nil
}

// scopeOf is the scope that a unit gives: its own subtree and those of its predecessors.
func scopeOf(tx *store.Tx, u Unit) (Scope, error) {
	c := Scope{terms: []term{termOf(u)}}
	before, err := predecessors(tx, u.ID, tx.Today())
	if err != nil {
		return Scope{}, err
	}
	for _, p := range before {
		if !c.CoversLevels(p.Levels()) {
			c.terms = append(c.terms, termOf(p))
		}
	}
	return c, nil
}
