package access

import (
	"context"
	"fmt"
	"slices"

	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

func unitSubject(id UnitID) string { return "unit/" + id.String() }

// Units returns all units, also ended ones: each parent before its children, siblings by code.
func (s *Service) Units(tx *store.Tx) ([]Unit, error) {
	return store.Memo(tx, unitTree{}, func() ([]Unit, error) {
		us, err := selectUnits(tx, func(q *bun.SelectQuery) *bun.SelectQuery { return q })
		if err != nil {
			return nil, err
		}
		return treeOrder(us), nil
	})
}

// unitTree names all units in a View.
type unitTree struct{}

// treeOrder sorts units depth first; within one parent they keep their order.
func treeOrder(us []Unit) []Unit {
	children := map[UnitID][]Unit{}
	for _, u := range us {
		children[u.Parent] = append(children[u.Parent], u)
	}
	out := make([]Unit, 0, len(us))
	var walk func(UnitID)
	walk = func(parent UnitID) {
		for _, u := range children[parent] {
			out = append(out, u)
			walk(u.ID)
		}
	}
	walk(0)
	return out
}

// UnitByID returns a unit or NotFound.
func (s *Service) UnitByID(tx *store.Tx, id UnitID) (Unit, error) { return unitWhere(tx, "id", id) }

// UnitByCode returns the unit with the code or NotFound.
func (s *Service) UnitByCode(tx *store.Tx, code string) (Unit, error) {
	code, err := ParseUnitCode(code)
	if err != nil {
		return Unit{}, fault.Missing("这个机构")
	}
	return unitWhere(tx, "code", code)
}

// Children returns the units directly below the parent, by code; below 0 are the roots.
func (s *Service) Children(tx *store.Tx, parent UnitID) ([]Unit, error) {
	return selectUnits(tx, func(q *bun.SelectQuery) *bun.SelectQuery { return q.Where("u.parent = ?", parent) })
}

// Path returns the unit's ancestors from the root, and the unit itself last.
func (s *Service) Path(tx *store.Tx, id UnitID) ([]Unit, error) {
	u, err := unitWhere(tx, "id", id)
	if err != nil {
		return nil, err
	}
	return selectUnits(tx, func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("u.id IN (?)", bun.List(u.U[:u.Level]))
	})
}

// Successors returns the units that took over from the ended one.
func (s *Service) Successors(tx *store.Tx, id UnitID) ([]Unit, error) {
	return selectUnits(tx, func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Join("JOIN unit_succession AS us ON us.successor = u.id").Where("us.predecessor = ?", id)
	})
}

// Predecessors returns the units from which this one took over directly.
func (s *Service) Predecessors(tx *store.Tx, id UnitID) ([]Unit, error) {
	return selectUnits(tx, func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Join("JOIN unit_succession AS us ON us.predecessor = u.id").Where("us.successor = ?", id)
	})
}

// AddUnit adds a unit below its parent. Needs org.manage.
func (s *Service) AddUnit(ctx context.Context, by Session, in UnitInput) (UnitID, error) {
	location, _, err := s.db.Once(ctx, by.Once("access.add_unit", in), func(tx *store.Tx) (string, error) {
		id, err := s.AddUnitTx(tx, by, in)
		return unitSubject(id), err
	})
	if err != nil {
		return 0, err
	}
	var id UnitID
	if _, err := fmt.Sscanf(location, "unit/%d", &id); err != nil {
		return 0, fmt.Errorf("access: add unit: location %q: %w", location, err)
	}
	return id, nil
}

// AddUnitTx is AddUnit inside the caller's transaction.
func (s *Service) AddUnitTx(tx *store.Tx, by Session, in UnitInput) (UnitID, error) {
	scope, err := by.Require(OrgManage)
	if err != nil {
		return 0, err
	}
	if err := in.clean(); err != nil {
		return 0, err
	}
	u := Unit{ID: UnitID(store.NewID()), Parent: in.Parent, Level: 1, Name: in.Name, Code: in.Code, From: in.From, Version: 1}
	if in.Parent != 0 {
		parent, err := unitWhere(tx, "id", in.Parent)
		if err != nil {
			return 0, err
		}
		if err := scope.Check(parent.Levels(), "上级机构"); err != nil {
			return 0, err
		}
		if err := canHold(parent, in.From); err != nil {
			return 0, err
		}
		u.Level, u.U = parent.Level+1, parent.U
	} else if !scope.all {
		// A second tree lies outside everybody's scope: only set-up at the console makes roots.
		return 0, fault.New(fault.Forbidden, "顶层机构只能在建库时由系统设立，请选择上级机构")
	}
	u.U[u.Level-1] = u.ID
	if err := s.checkNames(tx, u); err != nil {
		return 0, err
	}
	entry, err := act(tx, by, kindUnitAdded, unitSubject(u.ID), u.ID, map[string]any{"name": u.Name, "code": u.Code, "parent": u.Parent, "level": u.Level, "from": u.From})
	if err != nil {
		return 0, err
	}
	if _, err := tx.DB().NewInsert().Model(rowOf(u, entry)).Exec(tx.Ctx); err != nil {
		return 0, fmt.Errorf("access: add unit %s: %w", u.Code, err)
	}
	return u.ID, nil
}

func canHold(parent Unit, from law.Date) error {
	var fs fault.Fields
	switch {
	case parent.Level >= MaxLevel:
		fs.Add("parent", "机构最多 %d 级，“%s”下面不能再设", MaxLevel, parent.Name)
	case !parent.Until.IsZero():
		fs.Add("parent", "“%s”已于%s撤并，请选它的承接机构", parent.Name, parent.Until.Han())
	case from.Before(parent.From):
		fs.Add("from", "设立日期不能早于上级机构的%s", parent.From.Han())
	}
	return fs.Err()
}

// checkNames refuses a code that is used anywhere and a name that an open sibling bears.
func (s *Service) checkNames(tx *store.Tx, u Unit) error {
	var fs fault.Fields
	same, err := selectUnits(tx, func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("u.id <> ?", u.ID).Where("u.code = ? OR (u.parent = ? AND u.name = ? AND u.until_on = '')", u.Code, u.Parent, u.Name)
	})
	if err != nil {
		return err
	}
	for _, o := range same {
		if o.Code == u.Code {
			fs.Add("code", "编码 %s 已经由“%s”使用，撤并的机构也不腾出编码", u.Code, o.Name)
		} else {
			fs.Add("name", "同一上级下已经有“%s”", o.Name)
		}
	}
	return fs.Err()
}

// ownUnit loads a unit of the actor's scope for a change.
func (s *Service) ownUnit(tx *store.Tx, by Session, id UnitID) (Unit, error) {
	scope, err := by.Require(OrgManage)
	if err != nil {
		return Unit{}, err
	}
	u, err := unitWhere(tx, "id", id)
	if err != nil {
		return Unit{}, err
	}
	return u, scope.Check(u.Levels(), "这个机构")
}

// RenameUnit gives the unit another name; the old one stays in the ledger. Needs org.manage.
func (s *Service) RenameUnit(ctx context.Context, by Session, id UnitID, version int64, name string) error {
	in := struct {
		ID      UnitID
		Version int64
		Name    string
	}{id, version, name}
	_, _, err := s.db.Once(ctx, by.Once("access.rename_unit", in), func(tx *store.Tx) (string, error) {
		u, err := s.ownUnit(tx, by, id)
		if err != nil {
			return "", err
		}
		old := u.Name
		if u.Name, err = cleanName(name, "名称", maxUnitName); err != nil {
			var fs fault.Fields
			fs.Add("name", "%v", err)
			return "", fs.Err()
		}
		if err := s.checkNames(tx, u); err != nil {
			return "", err
		}
		entry, err := act(tx, by, kindUnitRenamed, unitSubject(id), id, map[string]any{"from": old, "to": u.Name})
		if err != nil {
			return "", err
		}
		res, err := tx.Exec(`UPDATE unit SET name = ?, version = version + 1, entry_id = ? WHERE id = ? AND version = ?`, u.Name, entry, id, version)
		return unitSubject(id), store.Updated(res, err, "这个机构")
	})
	return err
}

// EndUnit ends the unit after the day until; the successors take over its work, and their scope covers
// its records from the next day on. Units below it must end first. Needs org.manage.
func (s *Service) EndUnit(ctx context.Context, by Session, id UnitID, version int64, until law.Date, successors ...UnitID) error {
	in := struct {
		ID         UnitID
		Version    int64
		Until      law.Date
		Successors []UnitID
	}{id, version, until, successors}
	_, _, err := s.db.Once(ctx, by.Once("access.end_unit", in), func(tx *store.Tx) (string, error) {
		return unitSubject(id), s.endUnit(tx, by, id, version, until, successors)
	})
	return err
}

func (s *Service) endUnit(tx *store.Tx, by Session, id UnitID, version int64, until law.Date, successors []UnitID) error {
	u, err := s.ownUnit(tx, by, id)
	if err != nil {
		return err
	}
	successors = slices.Compact(slices.Sorted(slices.Values(successors)))
	if err := s.canEnd(tx, u, until, successors); err != nil {
		return err
	}
	entry, err := act(tx, by, kindUnitEnded, unitSubject(id), id, map[string]any{"name": u.Name, "until": until, "successors": successors})
	if err != nil {
		return err
	}
	res, err := tx.Exec(`UPDATE unit SET until_on = ?, version = version + 1, entry_id = ? WHERE id = ? AND version = ?`, until, entry, id, version)
	if err := store.Updated(res, err, "这个机构"); err != nil {
		return err
	}
	for _, to := range successors {
		r := &successionRow{Predecessor: id, Successor: to, EndedOn: until, EntryID: entry}
		if _, err := tx.DB().NewInsert().Model(r).Exec(tx.Ctx); err != nil {
			return fmt.Errorf("access: end unit %s: %w", id, err)
		}
	}
	return nil
}

func (s *Service) canEnd(tx *store.Tx, u Unit, until law.Date, successors []UnitID) error {
	var fs fault.Fields
	switch {
	case !u.Until.IsZero():
		fs.Add("until", "“%s”已于%s撤并", u.Name, u.Until.Han())
	case until.IsZero():
		fs.Add("until", "请填写最后一天")
	case until.Before(u.From):
		fs.Add("until", "最后一天不能早于设立日期%s", u.From.Han())
	}
	open, err := selectUnits(tx, func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("u.parent = ? AND (u.until_on = '' OR u.until_on > ?)", u.ID, until)
	})
	if err != nil {
		return err
	}
	if len(open) > 0 {
		fs.Add("until", "下面还有 %d 个机构没有撤并，先办“%s”", len(open), open[0].Name)
	}
	before, err := predecessors(tx, u.ID, law.NewDate(9999, 12, 31))
	if err != nil {
		return err
	}
	for _, id := range successors {
		to, err := unitWhere(tx, "id", id)
		switch {
		case fault.Is(err, fault.NotFound):
			fs.Add("successors", "承接机构已不存在，请重新选择")
		case err != nil:
			return err
		case slices.Contains(to.U[:], u.ID):
			fs.Add("successors", "“%s”就在被撤并的机构里，不能承接", to.Name)
		case !to.OpenOn(until.AddDays(1)):
			fs.Add("successors", "“%s”在%s还没有设立或者已经撤并", to.Name, until.AddDays(1).Han())
		case slices.ContainsFunc(before, func(p Unit) bool { return p.ID == id }):
			fs.Add("successors", "“%s”的工作正是由“%s”承接的，不能倒回去", to.Name, u.Name)
		}
	}
	return fs.Err()
}
