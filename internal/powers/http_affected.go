package powers

import (
	"net/http"
	"net/url"
	"strconv"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/powers/pages"
	"fadu/internal/store"
	"fadu/internal/web"
)

func (s *Service) affectedPage(w http.ResponseWriter, r *http.Request, who access.Session) error {
	return s.showAffected(w, r, who, http.StatusOK, nil, 0)
}

// showAffected lists what is touched; failed is the entry whose form came back with something to mend.
func (s *Service) showAffected(w http.ResponseWriter, r *http.Request, who access.Session, status int, sent *web.Form, failed AffectedID) error {
	form := web.QueryForm(r)
	kind, _ := fromLabel(affectedKindLabels, form.Value("kind"))
	f := AffectedFilter{State: AffectedPending, Kind: kind, Source: Source(form.Text("source", 20)), ID: form.ID("id", "来源")}
	if st, ok := fromLabel(affectedStateLabels, form.Value("state")); ok {
		f.State = st
	}
	before := AffectedID(form.ID("before", "位置"))
	if err := form.Err(); err != nil {
		return err
	}
	form.Set("state", string(f.State))
	v := pages.AffectedView{Form: sent, States: options(affectedStateLabels), Kinds: options(affectedKindLabels), Count: f.State.Label()}
	if sent == nil {
		v.Form = form
	}
	err := s.db.View(r.Context(), func(tx *store.Tx) error {
		list, err := s.AffectedList(tx, f, before, store.PageSize(r.Context())+1)
		if err != nil {
			return err
		}
		keep := url.Values{"state": {string(f.State)}}
		for k, v := range map[string]string{"kind": string(kind), "source": string(f.Source), "id": form.Value("id")} {
			if v != "" {
				keep.Set(k, v)
			}
		}
		if before > 0 {
			v.Pager.Prev = web.Address(affectedPath, keep)
		}
		if size := store.PageSize(r.Context()); len(list) > size {
			list = list[:size]
			keep.Set("before", list[size-1].ID.String())
			v.Pager.Next = web.Address(affectedPath, keep)
		}
		sources, err := s.sourcesOf(tx, list)
		if err != nil {
			return err
		}
		for _, a := range list {
			if (a.Kind == AffectedCase || a.Kind == AffectedPaper) && !who.Can(access.CaseRead) {
				continue
			}
			row := affectedRow(a, who.Can(access.PowerAdopt))
			row.Source, row.SourceHref = sources[sourceKey(a)].Label, sources[sourceKey(a)].Href
			row.Open = a.ID == failed
			row.Form = web.NewForm(nil)
			if row.Open {
				row.Form = sent
			}
			v.Rows = append(v.Rows, row)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, status, pages.Affected(v))
}

func sourceKey(a Affected) string {
	return string(a.Source) + strconv.FormatInt(a.SourceID, 10)
}

// sourcesOf names why each entry was listed.
func (s *Service) sourcesOf(tx *store.Tx, list []Affected) (map[string]web.Link, error) {
	out := map[string]web.Link{}
	var changes []int64
	for _, a := range list {
		if a.Source == SourceLaw {
			changes = append(changes, a.SourceID)
			continue
		}
		if _, ok := out[sourceKey(a)]; ok {
			continue
		}
		adj, err := adjustmentByID(tx, AdjustmentID(a.SourceID))
		if err != nil && !fault.Is(err, fault.NotFound) {
			return nil, err
		}
		out[sourceKey(a)] = web.Link{Label: adj.Kind.Label() + "，" + adj.EffectiveOn.String() + "起", Href: adj.ID.adjustURL()}
	}
	cs, err := lawChanges(tx, changes)
	for _, c := range cs {
		out[sourceKey(Affected{Source: SourceLaw, SourceID: c.ID})] = web.Link{
			Label: "《" + ShortTitle(c.Law) + "》" + c.Articles + c.Kind.Label() + "，" + c.EffectiveOn.String() + "起", Href: web.Address(pages.NavLaws, url.Values{"law": {c.Law}}),
		}
	}
	return out, err
}

func (s *Service) settle(w http.ResponseWriter, r *http.Request, who access.Session) error {
	n, err := store.ParseID(r.PathValue("id"))
	if err != nil {
		return fault.Missing("这一条")
	}
	form, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	version, _ := strconv.ParseInt(form.Value("version"), 10, 64)
	outcome, _ := fromLabel(outcomeLabels, form.Value("outcome"))
	err = s.Settle(r.Context(), who, SettleInput{Entry: AffectedID(n), Version: version, Outcome: outcome, Remark: form.Text("remark", 300)})
	if status, ok := form.Take(err); ok {
		return s.showAffected(w, r, who, status, form, AffectedID(n))
	}
	if err != nil {
		return err
	}
	web.Notify(w, r, web.Flash{Text: "已核"})
	web.SeeOther(w, r, affectedPath)
	return nil
}
