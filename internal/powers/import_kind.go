package powers

import (
	"fadu/internal/access"
	"fadu/internal/draft"
	"fadu/internal/powers/pages"
	"fadu/internal/store"
	"fadu/internal/web"
)

// list is one of this slice's lists as the draft mechanism sees it.
type list struct {
	kind ImportKind
	s    *Service
}

// ImportKinds returns the lists that a bureau imports, in the order in which it loads them, for the
// program's draft service.
func (s *Service) ImportKinds() []draft.Kind {
	out := make([]draft.Kind, 0, 6)
	for _, k := range ImportKinds() {
		out = append(out, list{k, s})
	}
	return append(out, textList{s}, adjustList{s})
}

// Name is "power.items" and so on.
func (l list) Name() string { return "power." + string(l.kind) }

// Label is what the list is called.
func (l list) Label() string { return l.kind.Label() }

// Permissions: who uploads and mends need not be who publishes.
func (l list) Permissions() (upload, publish access.Permission) {
	return access.PowerImport, access.PowerAdopt
}

// Landing is where the published rows are found: tiers and exemptions still wait for their publication.
func (l list) Landing() web.Link {
	switch l.kind {
	case ImportLaws:
		return web.Link{Label: "法律法规", Href: pages.NavLaws}
	case ImportTiers, ImportExemptions:
		return web.Link{Label: "登记公布", Href: "/w/powers/issue"}
	}
	return web.Link{Label: "权责清单", Href: pages.NavPowers}
}

// Columns describes the list. A file may head its columns with the names of the published data set or
// with the Chinese labels.
func (l list) Columns() []draft.Column {
	cols := l.kind.columns()
	out := make([]draft.Column, len(cols))
	for i, c := range cols {
		out[i] = draft.Column{Key: c.name, Label: c.label, Also: []string{c.name}, Kind: draft.Text, Need: c.required, Max: maxCellRunes, Note: c.note, Example: c.example, Choices: c.choices, Width: c.width}
	}
	return out
}

// Check names everything wrong with the rows. While the batch is being published it sees one chunk at a
// time, and what concerns several rows was checked just before over all of them.
func (l list) Check(tx *store.Tx, by access.Session, rows []*draft.Row) error {
	if len(rows) == 0 {
		return nil
	}
	d, err := l.draft(tx, rows)
	if err != nil {
		return err
	}
	at := make(map[int]*draft.Row, len(rows))
	for _, r := range rows {
		at[r.Line] = r
	}
	for _, f := range d.Faults {
		if r := at[f.Row]; !r.Wrong(f.Column) {
			r.Bad(f.Column, "%s", f.Reason)
		}
	}
	for _, w := range d.Warnings {
		at[w.Row].Warn(w.Column, "%s", w.Reason)
	}
	return nil
}

var _ draft.Lander = list{}
