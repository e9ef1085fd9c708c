package measure

import (
	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/ledger"
	"fadu/internal/store"
)

// KindKeeper is the entry of things that have another keeper.
const KindKeeper = "casework.keeper_changed"

// kept are the things in the store-room that somebody keeps: of each its last move says who. A limit of 0 takes all.
func kept(tx *store.Tx, scope access.Scope, person, limit int64) ([]Thing, error) {
	var out []Thing
	q := tx.DB().NewSelect().Model(&out).Where("th.state IN ('held', 'confiscated')").
		Where("? = (SELECT tm.keeper FROM thing_move AS tm WHERE tm.thing_id = th.id ORDER BY tm.id DESC LIMIT 1)", person).Order("th.held_on", "th.id").Limit(limit)
	return out, scope.Where(q, "th").Scan(tx.Ctx)
}

// shownStays is how many things of one keeper the page lists.
const shownStays = 1000

// stays are the things that somebody keeps, the oldest first.
func stays(tx *store.Tx, scope access.Scope, person int64) ([]casework.Stay, error) {
	all, err := kept(tx, scope, person, shownStays)
	var out []casework.Stay
	for _, t := range all {
		l := t.listed()
		out = append(out, casework.Stay{Kind: "涉案财物", Text: l.Name + "，" + l.Amount + "，标签 " + t.Code + "，库位 " + orNone(t.Shelf), Case: t.Case})
	}
	return out, err
}

// passOn gives what one person keeps to another, where it lies; who leads a case does not keep its things (行政强制法第二十六条第一款).
func passOn(tx *store.Tx, by access.Session, scope access.Scope, from, to int64, why string) (int, error) {
	all, err := kept(tx, scope, from, 0)
	if err != nil {
		return 0, err
	}
	of := map[casework.CaseID][]Thing{}
	var order []casework.CaseID
	for _, t := range all {
		if of[t.Case] == nil {
			order = append(order, t.Case)
		}
		of[t.Case] = append(of[t.Case], t)
	}
	for _, id := range order {
		c, err := casework.InScope(tx, scope, id)
		if err != nil {
			return 0, err
		}
		if c.Lead == to {
			var fs fault.Fields
			fs.Add("keeper", "他是%s的主办，经手和保管是两个人，不能接手保管这件的财物", casework.OrWord(c.CaseNo, c.Summary))
			return 0, fs.Err()
		}
		entry, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: KindKeeper, Subject: id.Subject(), Unit: int64(c.UnitID), Data: map[string]any{"from": from, "to": to, "why": why, "things": len(of[id])}})
		if err != nil {
			return 0, err
		}
		if err := shift(tx, of[id], "", Move{Entry: int64(entry), Kind: MoveKeeper, Handler: from, Keeper: to, Basis: why, Condition: "清点无误，移交保管"}); err != nil {
			return 0, err
		}
	}
	return len(all), nil
}
