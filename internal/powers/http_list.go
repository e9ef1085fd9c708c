package powers

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"fadu/internal/access"
	"fadu/internal/law"
	"fadu/internal/powers/pages"
	"fadu/internal/store"
	"fadu/internal/web"
)

func options[K ~string](list []pair[K]) []web.Option {
	out := make([]web.Option, len(list))
	for i, p := range list {
		out[i] = web.Option{Value: string(p.Code), Label: p.Label}
	}
	return out
}

func tagOf(st State) web.TagView {
	kind := map[State]string{StateAdopted: "ok", StateLibrary: "", StateUnchecked: "soon", StateEnded: "line"}[st]
	return web.TagView{Label: st.Label(), Kind: kind}
}

// rowOf is a power as lists show it on a day.
func rowOf(p PowerItem, tiers map[string]int, today law.Date) pages.ItemRow {
	st := p.StateOn(today)
	r := pages.ItemRow{
		ID: p.ID.String(), Code: p.Code, Name: p.Name, Href: "/w/powers/" + url.PathEscape(p.Code), Basis: ShortTitle(p.Penalty.Law), Article: p.Penalty.Articles.Han(),
		Fine: p.FineText(), Tiers: "没有", State: tagOf(st), Choose: st == StateLibrary || st == StateEnded,
	}
	if n := tiers[p.Code]; n > 0 {
		r.Tiers = fmt.Sprintf("%d 档", n)
	}
	switch {
	case today.Before(p.ValidFrom):
		r.StateNote = p.ValidFrom.Han() + "起"
	case !p.ValidTo.IsZero():
		r.StateNote = "限" + p.ValidTo.Han() + "及以前的行为"
	case st == StateAdopted && !p.Standing.AdoptedUntil.IsZero():
		r.StateNote = "到" + p.Standing.AdoptedUntil.Han()
	}
	return r
}

func pagerOf(path string, keep url.Values, p ListPage) web.PagerView {
	link := func(cursor string) string {
		if cursor == "" {
			return ""
		}
		v := url.Values{}
		for k := range keep {
			v.Set(k, keep.Get(k))
		}
		v.Set("after", cursor)
		return web.Address(path, v)
	}
	return web.PagerView{Summary: totalText(p.Total), Prev: link(p.Prev), Next: link(p.Next)}
}

func totalText(n int) string {
	return "共 " + web.CountText(int64(min(n, store.CountLimit)), n > store.CountLimit) + " 项"
}

// listView fills the list page.
func (s *Service) listView(r *http.Request, who access.Session, f Filter, after string, form *web.Form) (pages.ListView, error) {
	v := pages.ListView{Form: form, Kinds: options(kindLabels), States: options(stateLabels)}
	err := s.db.View(r.Context(), func(tx *store.Tx) error {
		page, err := s.List(tx, f, after)
		if err != nil {
			return err
		}
		counts, err := s.Counts(tx)
		if err != nil {
			return err
		}
		domains, err := s.Domains(tx)
		if err != nil {
			return err
		}
		for _, d := range domains {
			v.Domains = append(v.Domains, web.Option{Value: d, Label: d})
		}
		for _, p := range page.Items {
			v.Rows = append(v.Rows, rowOf(p, page.Tiers, tx.Today()))
		}
		v.Meta = fmt.Sprintf("今日在行使 %d 项，事项库 %d 项，待核实 %d 项", counts[StateAdopted], counts[StateLibrary], counts[StateUnchecked])
		v.Pager = pagerOf(pages.NavPowers, f.query(), page)
		v.Summary = totalText(page.Total)
		return nil
	})
	v.Chips = f.chips()
	v.ExportHref = web.Address("/w/powers/export", f.query())
	v.Empty = web.EmptyView{Title: "没有符合条件的事项", Why: "换一个词，或者去掉一个条件", Exit: web.Link{Label: "看全部", Href: pages.NavPowers}}
	if who.Can(access.PowerImport) {
		v.ImportHref = ImportPath
	}
	if who.Can(access.PowerAdopt) {
		v.IssueHref = "/w/powers/issue"
	}
	return v, err
}

// ImportPath is where app mounts the import pages of this slice's lists.
const ImportPath = "/w/powers/import"

// chips are the conditions in use, each with the address without it.
func (f Filter) chips() []web.Link {
	labels := map[string]string{"q": "“" + f.Words + "”", "kind": f.Kind.Label(), "domain": f.Domain, "state": f.State.Label(), "on": f.On.Han() + "有效", "law": "《" + f.Law + "》"}
	var out []web.Link
	for _, k := range []string{"q", "law", "kind", "domain", "state", "on"} {
		q := f.query()
		if q.Get(k) != "" {
			q.Del(k)
			out = append(out, web.Link{Label: labels[k], Href: web.Address(pages.NavPowers, q)})
		}
	}
	return out
}

func adoptView(form *web.Form, f Filter, v pages.ListView) *pages.AdoptView {
	keep := map[string]string{}
	for k, s := range f.fields() {
		if s != "" {
			keep["f_"+k] = s
		}
	}
	return &pages.AdoptView{Form: form, Bases: options(adoptBasisLabels), Keep: keep, AllText: "采用筛选出的全部事项（" + v.Summary + "，已采用和待核实的除外）"}
}

// adopt takes up what was chosen in the list.
func (s *Service) adopt(w http.ResponseWriter, r *http.Request, who access.Session) error {
	form, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	kept := map[string]string{}
	for _, k := range []string{"q", "kind", "domain", "state", "on", "law"} {
		kept[k] = form.Value("f_" + k)
	}
	shown := web.NewForm(kept)
	f := filterOf(shown)
	in := AdoptInput{Basis: AdoptBasis(form.Value("basis")), Document: form.Text("document", 200), From: form.Date("from", "从哪一天起行使")}
	var done Adopted
	if err = form.Err(); err == nil {
		if in.Items, err = s.chosen(r, form, f); err == nil {
			done, err = s.Adopt(r.Context(), who, in)
		}
	}
	if status, ok := form.Take(err); ok {
		v, err := s.listView(r, who, f, "", shown)
		if err != nil {
			return err
		}
		v.Adopt = adoptView(form, f, v)
		return web.Render(w, r, status, pages.List(v))
	}
	if err != nil {
		return err
	}
	web.Notify(w, r, web.Flash{Text: done.text()})
	web.SeeOther(w, r, web.Address(pages.NavPowers, f.query()))
	return nil
}

func (a Adopted) text() string {
	s := fmt.Sprintf("已采用 %d 项", a.Done)
	if len(a.Already) > 0 {
		s += fmt.Sprintf("，%d 项以前已采用", len(a.Already))
	}
	return s
}

// chosen are the ticked items, or all of the filter that can be adopted now.
func (s *Service) chosen(r *http.Request, form *web.Form, f Filter) ([]ItemID, error) {
	var ids []ItemID
	if form.Bool("all") {
		err := s.db.View(r.Context(), func(tx *store.Tx) error {
			items, err := s.All(tx, f)
			for _, p := range items {
				if st := p.StateOn(tx.Today()); st == StateLibrary && p.Standing.AdoptedFrom.IsZero() || st == StateEnded {
					ids = append(ids, p.ID)
				}
			}
			return err
		})
		return ids, err
	}
	for _, t := range form.Values("items") {
		n, err := store.ParseID(t)
		if err != nil {
			return nil, fieldFault("items", "%v", err)
		}
		ids = append(ids, ItemID(n))
	}
	return ids, nil
}

// export is the list as a file, with the columns of the import.
func (s *Service) export(w http.ResponseWriter, r *http.Request, _ access.Session) error {
	form := web.QueryForm(r)
	f := filterOf(form)
	if err := form.Err(); err != nil {
		return err
	}
	_, head := ImportItems.Columns()
	sheet := web.Sheet{Name: ImportItems.Label(), Head: append(head, "状态", "采用文件", "开始行使", "停止行使")}
	today := law.DateOf(s.db.Now())
	sheet.Rows = store.Walk(r.Context(), s.db, func(tx *store.Tx, after store.Cursor) (rows [][]any, end store.Cursor, more bool, err error) {
		items, end, more, err := somePowers(tx, f, after)
		for _, p := range items {
			var cells []any
			for _, c := range p.Cells() {
				cells = append(cells, c)
			}
			rows = append(rows, append(cells, p.StateOn(today).Label(), p.Standing.AdoptDocument, p.Standing.AdoptedFrom, p.Standing.AdoptedUntil))
		}
		return rows, end, more, err
	})
	if strings.EqualFold(form.Value("format"), "csv") {
		return web.CSV(w, r, "权责事项.csv", sheet)
	}
	return web.Excel(w, r, "权责事项.xlsx", sheet)
}
