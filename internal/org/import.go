package org

import (
	"slices"
	"strings"

	"fadu/internal/access"
	"fadu/internal/draft"
	"fadu/internal/fault"
	"fadu/internal/store"
	"fadu/internal/web"

	"github.com/uptrace/bun"
)

// The four lists that a bureau imports. Each checks its rows with the very functions that its form uses.
var (
	_ draft.Atomic  = unitImport{}
	_ draft.Kind    = personImport{}
	_ draft.Kind    = certificateImport{}
	_ draft.Kind    = subjectImport{}
	_ draft.Chooser = personImport{}
)

// reach is the scope in which rows are checked: that of publishing for who may publish, else that of
// uploading.
func reach(by access.Session, publish access.Permission) access.Scope {
	if by.Can(publish) {
		return by.ScopeFor(publish)
	}
	return by.ScopeFor(access.OrgImport)
}

// unitIndex finds units by what people write: code, name, or path of names with slashes.
type unitIndex struct {
	byCode map[string]access.Unit
	byName map[string][]access.Unit
	all    []access.Unit
}

func (s *Service) unitIndex(tx *store.Tx, scope access.Scope) (unitIndex, error) {
	all, err := s.units.Units(tx)
	if err != nil {
		return unitIndex{}, err
	}
	x := unitIndex{map[string]access.Unit{}, map[string][]access.Unit{}, nil}
	names := map[access.UnitID]string{}
	for _, u := range all {
		path := u.Name
		if above, ok := names[u.Parent]; ok {
			path = above + "/" + u.Name
		}
		names[u.ID] = path
		if !scope.Covers(u) {
			continue
		}
		x.all = append(x.all, u)
		x.byCode[u.Code] = u
		x.byName[u.Name] = append(x.byName[u.Name], u)
		if path != u.Name {
			x.byName[path] = append(x.byName[path], u)
		}
	}
	return x, nil
}

// find returns the unit; why tells what to do when there is none or more than one.
func (x unitIndex) find(words string) (u access.Unit, why string) {
	words = strings.TrimSpace(words)
	if u, ok := x.byCode[strings.ToUpper(draft.CodeOf(words))]; ok {
		return u, ""
	}
	found := x.byName[strings.ReplaceAll(draft.Narrow(words), " ", "")]
	if len(found) == 0 {
		found = x.byName[words]
	}
	open := slices.DeleteFunc(slices.Clone(found), func(u access.Unit) bool { return !u.Until.IsZero() })
	if len(open) > 0 {
		found = open
	}
	switch len(found) {
	case 0:
		return access.Unit{}, "没有机构“" + words + "”，或者不在您的数据范围内。请填机构编码或者全称"
	case 1:
		return found[0], ""
	}
	return access.Unit{}, "叫“" + words + "”的机构不止一个，请填机构编码"
}

// names are the units to choose from in a template, those that still exist.
func (x unitIndex) names() []string {
	var out []string
	for _, u := range x.all {
		if !u.Until.IsZero() {
			continue
		}
		if len(x.byName[u.Name]) == 1 {
			out = append(out, u.Name)
		} else {
			out = append(out, u.Code)
		}
	}
	return out
}

// report puts what the form's check found on the row's columns; columns maps field names to column keys
// where they differ.
func report(r *draft.Row, fs fault.Fields, columns map[string]string) {
	for _, f := range fs {
		key := f.Name
		if c, ok := columns[key]; ok {
			key = c
		}
		if !r.Wrong(key) {
			r.Bad(key, "%s", f.Message)
		}
	}
}

// peopleByNumber finds people by staff number, with the model's table: the view for those that exist, the
// table behind it for all numbers in use.
func peopleByNumber(tx *store.Tx, table string, numbers []string) (map[string]Person, error) {
	out := map[string]Person{}
	for part := range slices.Chunk(numbers, 500) {
		var ps []Person
		if err := tx.DB().NewSelect().Model(&ps).ModelTableExpr("? AS p", bun.Ident(table)).Where("p.staff_number IN (?)", bun.List(part)).Scan(tx.Ctx); err != nil {
			return nil, err
		}
		for _, p := range ps {
			out[p.StaffNumber] = p
		}
	}
	return out, nil
}

func codesOf(rows []*draft.Row, key string) []string {
	var out []string
	for _, r := range rows {
		if v := upper(r, key); v != "" {
			out = append(out, v)
		}
	}
	return out
}

func upper(r *draft.Row, key string) string { return strings.ToUpper(r.Code(key)) }

// repeated marks rows whose value stands in an earlier row of the file.
func repeated(rows []*draft.Row, key, label string) {
	value := func(r *draft.Row) string { return upper(r, key) }
	for r, line := range draft.Repeated(rows, value) {
		r.Bad(key, "%s与第 %d 行重复", label, line)
	}
}

// Landing is where the published records are found.
func (unitImport) Landing() web.Link { return web.Link{Label: "看机构", Href: "/w/units"} }

// Landing is where the published records are found.
func (personImport) Landing() web.Link { return web.Link{Label: "看人员", Href: peoplePath} }

// Landing is where the published records are found.
func (certificateImport) Landing() web.Link {
	return web.Link{Label: "看人员与执法证", Href: peoplePath}
}

// Landing is where the published records are found.
func (subjectImport) Landing() web.Link {
	return web.Link{Label: "看执法主体", Href: subjectsPath}
}
