package org

import (
	"fmt"
	"strings"

	"fadu/internal/access"
	"fadu/internal/draft"
	"fadu/internal/store"
)

// unitImport takes in units. A row may name a parent that stands in the same file. Units belong to
// access, which cannot hide them, so that a batch is written in one update.
type unitImport struct{ s *Service }

// Atomic marks the list as written in one update.
func (unitImport) Atomic() {}

// Name, Label, Columns and Permissions describe the list.
func (unitImport) Name() string  { return "org.unit" }
func (unitImport) Label() string { return "机构" }
func (unitImport) Permissions() (upload, publish access.Permission) {
	return access.OrgImport, access.OrgManage
}

func (unitImport) Columns() []draft.Column {
	return []draft.Column{
		{Key: "name", Label: "机构名称", Also: []string{"名称"}, Need: true, Max: 60, Example: "第一中队", Width: 24},
		{Key: "code", Label: "机构编码", Also: []string{"编码"}, Kind: draft.Code, Need: true, Max: 32, Example: "YS-D1-Z1", Note: "字母、数字、连字符和点，全局唯一，撤并后也不再用"},
		{Key: "parent", Label: "上级机构", Also: []string{"上级"}, Need: true, Max: 120, Example: "演示大队", Note: "填编码或者全称；可以是本文件里的另一行", Width: 24},
		{Key: "from", Label: "设立日期", Kind: draft.Day, Need: true, Example: "2020-01-01"},
	}
}

// Check looks for repeated and used codes, unknown parents, circles and too many levels.
func (k unitImport) Check(tx *store.Tx, by access.Session, rows []*draft.Row) error {
	all, err := k.s.units.Units(tx)
	if err != nil {
		return err
	}
	used := map[string]string{}
	siblings := map[string]bool{}
	for _, u := range all {
		used[u.Code] = u.Name
		if u.Until.IsZero() {
			siblings[u.Parent.String()+"/"+u.Name] = true
		}
	}
	repeated(rows, "code", "机构编码")
	x, err := k.s.unitIndex(tx, reach(by, access.OrgManage))
	if err != nil {
		return err
	}
	inFile := rowsByParent(rows)
	for _, r := range rows {
		if _, err := access.ParseUnitCode(r.Text("code")); err != nil && !r.Wrong("code") {
			r.Bad("code", "%v", err)
		}
		if name, taken := used[upper(r, "code")]; taken {
			r.Bad("code", "编码已经由“%s”使用，撤并的机构也不腾出编码", name)
		}
		if r.Date("from").After(tx.Today()) {
			r.Bad("from", "设立日期不能晚于今天")
		}
		checkParent(r, x, inFile, siblings)
	}
	for r, line := range draft.Repeated(rows, func(r *draft.Row) string { return r.Text("parent") + "/" + r.Text("name") }) {
		r.Bad("name", "与第 %d 行是同一上级下的同名机构", line)
	}
	return nil
}

// rowsByParent finds rows by what another row may call them: code or name.
func rowsByParent(rows []*draft.Row) map[string]*draft.Row {
	out := map[string]*draft.Row{}
	for _, r := range rows {
		for _, v := range []string{upper(r, "code"), r.Text("name")} {
			if _, taken := out[v]; !taken && v != "" {
				out[v] = r
			}
		}
	}
	return out
}

// checkParent follows the parents up to an existing unit.
func checkParent(r *draft.Row, x unitIndex, inFile map[string]*draft.Row, siblings map[string]bool) {
	if r.Wrong("parent") {
		return
	}
	depth, at, from := 1, r, r.Date("from")
	for {
		words := at.Text("parent")
		if u, why := x.find(words); why == "" {
			switch {
			case u.Level+depth > access.MaxLevel:
				r.Bad("parent", "机构最多 %d 级，这一行是第 %d 级", access.MaxLevel, u.Level+depth)
			case at == r && !u.Until.IsZero():
				r.Bad("parent", "“%s”已于%s撤并", u.Name, u.Until.Han())
			case at == r && from.Before(u.From) && !from.IsZero():
				r.Bad("from", "设立日期不能早于上级机构的%s", u.From.Han())
			case at == r && siblings[u.ID.String()+"/"+r.Text("name")]:
				r.Bad("name", "“%s”下已经有“%s”", u.Name, r.Text("name"))
			}
			return
		}
		next := parentRow(words, inFile)
		switch {
		case next == nil:
			r.Bad("parent", "没有机构“%s”，本文件里也没有这一行", words)
			return
		case next == r || depth > access.MaxLevel:
			r.Bad("parent", "上级机构绕成了圈，或者层级太深")
			return
		case at == r && from.Before(next.Date("from")) && !from.IsZero():
			r.Bad("from", "设立日期早于上级机构（第 %d 行）", next.Line)
		}
		depth, at = depth+1, next
	}
}

func parentRow(words string, inFile map[string]*draft.Row) *draft.Row {
	if r, ok := inFile[strings.ToUpper(draft.CodeOf(words))]; ok {
		return r
	}
	return inFile[strings.TrimSpace(words)]
}

// Stage adds the units, parents first.
func (k unitImport) Stage(tx *store.Tx, by access.Session, _ draft.BatchID, rows []*draft.Row) error {
	inFile := rowsByParent(rows)
	made := map[*draft.Row]access.UnitID{}
	x, err := k.s.unitIndex(tx, by.ScopeFor(access.OrgManage))
	if err != nil {
		return err
	}
	var add func(r *draft.Row, depth int) (access.UnitID, error)
	add = func(r *draft.Row, depth int) (access.UnitID, error) {
		if id, done := made[r]; done {
			return id, nil
		}
		if depth > access.MaxLevel {
			return 0, fmt.Errorf("org: import of units: row %d goes in a circle", r.Line)
		}
		parent, why := x.find(r.Text("parent"))
		if why != "" {
			above := parentRow(r.Text("parent"), inFile)
			if above == nil {
				return 0, fmt.Errorf("org: import of units: row %d has no parent", r.Line)
			}
			if parent.ID, err = add(above, depth+1); err != nil {
				return 0, err
			}
		}
		id, err := k.s.units.AddUnitTx(tx, by, access.UnitInput{Parent: parent.ID, Name: r.Text("name"), Code: r.Text("code"), From: r.Date("from")})
		made[r] = id
		return id, err
	}
	for _, r := range rows {
		if _, err := add(r, 1); err != nil {
			return fmt.Errorf("第 %d 行：%w", r.Line, err)
		}
	}
	return nil
}

// Unstage has nothing to do: the units of a batch are written with its publication or not at all.
func (unitImport) Unstage(*store.Tx, draft.BatchID) error { return nil }
