package access

import (
	"fmt"
	"net/http"
	"strings"

	"fadu/internal/access/pages"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/web"
)

// inBeing reports whether the unit has not ended.
func inBeing(u Unit, today law.Date) bool { return u.Until.IsZero() || !u.Until.Before(today) }

func unitTag(u Unit, today law.Date) web.TagView {
	switch {
	case !inBeing(u, today):
		return web.TagView{Label: "已撤并", Kind: "line"}
	case !u.Until.IsZero():
		return web.TagView{Label: u.Until.Han() + "撤并", Kind: "soon"}
	case u.From.After(today):
		return web.TagView{Label: u.From.Han() + "设立", Kind: "soon"}
	}
	return web.TagView{Label: "在用", Kind: "ok"}
}

// unitRows are the units of the scope that keep passes.
func unitRows(us []Unit, today law.Date, counts map[UnitID]int64, base int, keep func(Unit) bool) []pages.UnitRow {
	var rows []pages.UnitRow
	for _, u := range us {
		if keep(u) {
			rows = append(rows, pages.UnitRow{
				Name: u.Name, Href: "/w/units/" + u.ID.String(), Code: u.Code, From: u.From.String(), Accounts: fmt.Sprint(counts[u.ID]), Depth: max(0, u.Level-base), State: unitTag(u, today),
			})
		}
	}
	return rows
}

func (s *Service) listUnits(w http.ResponseWriter, r *http.Request, who Session) error {
	v := pages.UnitsView{Ended: r.URL.Query().Get("ended") == "1", CanManage: who.Can(OrgManage)}
	scope := who.ScopeFor(OrgRead)
	err := s.db.View(r.Context(), func(tx *store.Tx) error {
		us, err := s.Units(tx)
		if err != nil {
			return err
		}
		counts, err := accountsIn(tx)
		if err != nil {
			return err
		}
		base := MaxLevel
		for _, u := range us {
			if scope.Covers(u) {
				base = min(base, u.Level)
			}
		}
		v.Rows = unitRows(us, tx.Today(), counts, base, func(u Unit) bool {
			return scope.Covers(u) && (v.Ended || inBeing(u, tx.Today()))
		})
		for _, u := range us {
			if scope.Covers(u) {
				v.All++
				if inBeing(u, tx.Today()) {
					v.Open++
				}
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, pages.Units(v))
}

func (s *Service) newUnit(w http.ResponseWriter, r *http.Request, who Session) error {
	return s.renderNewUnit(w, r, who, http.StatusOK, web.NewForm(map[string]string{"parent": r.URL.Query().Get("parent")}))
}

func (s *Service) renderNewUnit(w http.ResponseWriter, r *http.Request, who Session, status int, f *web.Form) error {
	v := pages.NewUnitView{Form: f}
	err := s.db.View(r.Context(), func(tx *store.Tx) (err error) {
		v.Today = tx.Today().String()
		v.Parents, err = s.unitOptions(tx, who.ScopeFor(OrgManage))
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, status, pages.NewUnit(v))
}

func (s *Service) addUnit(w http.ResponseWriter, r *http.Request, who Session) error {
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	in := UnitInput{Parent: UnitID(f.RequiredID("parent", "上级机构")), Name: f.Text("name", maxUnitName), Code: f.Text("code", 100), From: f.Date("from", "设立日期")}
	id, err := UnitID(0), f.Err()
	if err == nil {
		id, err = s.AddUnit(r.Context(), who, in)
	}
	if status, ok := f.Take(err); ok {
		return s.renderNewUnit(w, r, who, status, f)
	}
	if err != nil {
		return err
	}
	web.Notify(w, r, web.Flash{Text: "机构已设立"})
	web.SeeOther(w, r, "/w/units/"+id.String())
	return nil
}

func (s *Service) showUnit(w http.ResponseWriter, r *http.Request, who Session) error {
	id, err := store.ParseID(r.PathValue("id"))
	if err != nil {
		return missing("这个机构")
	}
	return s.renderUnit(w, r, who, UnitID(id), http.StatusOK, nil)
}

func (s *Service) renderUnit(w http.ResponseWriter, r *http.Request, who Session, id UnitID, status int, f *web.Form) error {
	var v pages.UnitView
	err := s.db.View(r.Context(), func(tx *store.Tx) error {
		u, err := unitWhere(tx, "id", id)
		if err != nil {
			return err
		}
		if err := who.ScopeFor(OrgRead).Check(u.Levels(), "这个机构"); err != nil {
			return err
		}
		v, err = s.unitView(tx, who, u)
		return err
	})
	if err != nil {
		return err
	}
	if f != nil {
		if !f.Has("name") {
			f.Set("name", v.Form.Value("name"))
		}
		v.Form = f
	}
	return web.Render(w, r, status, pages.Unit(v))
}

func (s *Service) unitView(tx *store.Tx, who Session, u Unit) (pages.UnitView, error) {
	today := tx.Today()
	v := pages.UnitView{
		ID: u.ID.String(), Name: u.Name, Version: u.Version, Form: web.NewForm(map[string]string{"name": u.Name}),
		CanManage: who.Can(OrgManage), Open: u.Until.IsZero(),
	}
	v.CanAdd = v.CanManage && v.Open && u.Level < MaxLevel
	us, err := s.Units(tx)
	if err != nil {
		return v, err
	}
	counts, err := accountsIn(tx)
	if err != nil {
		return v, err
	}
	v.Children = unitRows(us, today, counts, u.Level+1, func(c Unit) bool { return c.ID != u.ID && c.U[u.Level-1] == u.ID })
	for _, o := range us {
		if o.U[u.Level-1] != u.ID && o.Until.IsZero() && who.ScopeFor(OrgManage).Covers(o) {
			v.Successors = append(v.Successors, web.Option{Value: o.ID.String(), Label: o.Name})
		}
	}
	if v.Facts, err = s.unitFacts(tx, u, us, counts); err != nil {
		return v, err
	}
	entries, err := ledger.History(tx, unitSubject(u.ID), 0, 15)
	v.History = s.historyView(entries)
	return v, err
}

func (s *Service) unitFacts(tx *store.Tx, u Unit, us []Unit, counts map[UnitID]int64) ([]web.FactView, error) {
	var above []string
	for _, o := range us {
		if o.ID != u.ID && o.ID == u.U[max(o.Level-1, 0)] {
			above = append(above, o.Name)
		}
	}
	facts := []web.FactView{
		{Label: "状态", Body: web.Tag(unitTag(u, tx.Today()))},
		{Label: "编码", Text: u.Code},
		{Label: "上级", Text: orElse(strings.Join(above, " / "), "顶层机构")},
		{Label: "级次", Text: fmt.Sprintf("第 %d 级", u.Level)},
		{Label: "设立", Text: u.From.Han()},
	}
	if !u.Until.IsZero() {
		facts = append(facts, web.FactView{Label: "最后一天", Text: u.Until.Han()})
	}
	facts = append(facts, web.FactView{Label: "在用账号", Text: fmt.Sprintf("%d 个", counts[u.ID])})
	for _, side := range []struct {
		label string
		list  func(*store.Tx, UnitID) ([]Unit, error)
	}{{"承接机构", s.Successors}, {"承接了", s.Predecessors}} {
		others, err := side.list(tx, u.ID)
		if err != nil {
			return nil, err
		}
		for _, o := range others {
			facts = append(facts, web.FactView{Label: side.label, Text: o.Name, Href: "/w/units/" + o.ID.String()})
		}
	}
	return facts, nil
}

// unitAct does one thing to a unit from its form and says what was done.
type unitAct func(r *http.Request, who Session, id UnitID, version int64, f *web.Form) (done string, err error)

func (s *Service) onUnit(do unitAct) func(http.ResponseWriter, *http.Request, Session) error {
	return func(w http.ResponseWriter, r *http.Request, who Session) error {
		n, err := store.ParseID(r.PathValue("id"))
		if err != nil {
			return missing("这个机构")
		}
		f, err := web.ParseForm(w, r, 0)
		if err != nil {
			return err
		}
		id := UnitID(n)
		done := ""
		version := f.RequiredInt("version", "版本", 1, 1<<62)
		if err = f.Err(); err == nil {
			done, err = do(r, who, id, version, f)
		}
		if status, ok := f.Take(err); ok {
			return s.renderUnit(w, r, who, id, status, f)
		}
		if err != nil {
			return err
		}
		web.Notify(w, r, web.Flash{Text: done})
		web.SeeOther(w, r, "/w/units/"+id.String())
		return nil
	}
}

func (s *Service) renameUnit(r *http.Request, who Session, id UnitID, version int64, f *web.Form) (string, error) {
	return "已更名", s.RenameUnit(r.Context(), who, id, version, f.Value("name"))
}

func (s *Service) endUnitPage(r *http.Request, who Session, id UnitID, version int64, f *web.Form) (string, error) {
	until := f.RequiredDate("until", "最后一天")
	var to []UnitID
	for _, v := range f.Choices("successors") {
		n, err := store.ParseID(v)
		if err != nil {
			f.Add("successors", "承接机构不对，请重新选择")
			break
		}
		to = append(to, UnitID(n))
	}
	if err := f.Err(); err != nil {
		return "", err
	}
	return "机构已撤并", s.EndUnit(r.Context(), who, id, version, until, to...)
}
