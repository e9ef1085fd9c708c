package casework

import (
	"fmt"
	"net/http"
	"net/url"

	"fadu/internal/access"
	"fadu/internal/casework/pages"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/web"
)

// routesParty are the pages of a party with all its cases.
func (s *Service) routesParty() []access.Route {
	return []access.Route{
		{Pattern: "GET /w/parties", Allow: access.CaseRead, Handle: s.findParties},
		{Pattern: "GET /w/parties/{id}", Allow: access.CaseRead, Handle: s.showPartyCases},
		{Pattern: "GET /w/parties/{id}/export", Allow: access.CaseExport, Handle: s.exportParty},
	}
}

func (id CaseID) partyURL() string { return pages.NavParties + "/" + id.String() }

func (s *Service) findParties(w http.ResponseWriter, r *http.Request, by access.Session) error {
	form := web.QueryForm(r)
	words := form.Text("q", 100)
	if err := form.Err(); err != nil {
		return err
	}
	found, all, err := s.FindParties(r.Context(), by, words)
	if err != nil {
		return err
	}
	v := pages.PartiesView{Form: form, Asked: words != "", All: all}
	for _, p := range found {
		row := pages.PartyRow{Name: orWord(p.Party.PartyName, "未登记姓名"), Href: p.By.partyURL(), Kind: p.Party.PartyKind.Label(), Identity: identityLine(p.Party), Count: fmt.Sprintf("%d", p.Count), Last: p.Last.String()}
		if !p.Known {
			row.Identity = "身份没有查清"
		}
		v.Rows = append(v.Rows, row)
	}
	return web.Render(w, r, http.StatusOK, pages.Parties(v))
}

func (s *Service) showPartyCases(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := pathCase(r)
	if err != nil {
		return err
	}
	p, err := s.PartyOf(r.Context(), by, id, r.URL.Query().Get("after"))
	if err != nil {
		return err
	}
	units := map[access.UnitID]string{}
	err = s.DB.View(r.Context(), func(tx *store.Tx) error {
		all, err := s.Units.Units(tx)
		for _, u := range all {
			units[u.ID] = u.Name
		}
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, pages.PartyCases(partyView(by, p, units, law.DateOf(s.DB.Now()))))
}

func partyView(by access.Session, p PartyCases, units map[access.UnitID]string, today law.Date) pages.PartyCasesView {
	v := pages.PartyCasesView{
		Title: orWord(p.Party.PartyName, "未登记的当事人"), Kind: p.Party.PartyKind.Label(), Known: p.Known, Facts: partyRecord(p.Party), Back: web.Link{Label: "回到案件", Href: (&Case{ID: p.By}).URL()},
		Figures: []web.FactView{
			{Label: "案件和线索", Text: fmt.Sprintf("%d 件，在办 %d 件", p.Sums.Cases, p.Sums.Open)},
			{Label: "已送达的处罚", Text: fmt.Sprintf("%d 件", p.Sums.Punished)},
			{Label: "罚款合计", Text: p.Sums.Fined.Grouped() + " 元"},
			{Label: "没有缴清", Text: p.Sums.Owing.Grouped() + " 元"},
		},
		Pager: web.PagerView{Summary: fmt.Sprintf("本页 %d 件", len(p.Page.Rows)), Prev: partyTurn(p.By, p.Page.Prev), Next: partyTurn(p.By, p.Page.Next)},
	}
	if by.Can(access.PersonalRead) && p.Party.PartyKind != "" {
		v.Facts = append(v.Facts, web.FactView{Label: "完整信息", Text: "写明理由后查看", Href: (&Case{ID: p.By}).URL() + "/personal"})
	}
	if by.Can(access.CaseExport) {
		v.ExportHref = p.By.partyURL() + "/export"
	}
	for _, r := range p.Page.Rows {
		row := pages.PartyCaseRow{
			Title: orWord(r.DocNo, orWord(r.CaseNo, r.leadTitle())), Href: r.URL(), Cause: orWord(r.PowerName, firstWords(r.Summary)), Procedure: r.procedureID().Label(), State: stateTag(&r.Case),
			Found: law.DateOf(r.Found()).String(), Decided: r.DecidedOn.String(), Unit: r.UnitName, Penalty: r.Kinds, Ending: endingLabels[r.Ending],
		}
		if r.Amount > 0 && !r.DecidedOn.IsZero() {
			row.Amount = r.Amount.Grouped()
		}
		if owing := p.Owing[r.ID]; owing > 0 {
			row.Owing = owing.Grouped()
		}
		v.Rows = append(v.Rows, row)
	}
	if h := p.History; h != nil {
		v.History = &pages.PartyHistoryView{Since: dayText(h.Since, today), More: h.More}
		for _, x := range h.Powers {
			v.History.Powers = append(v.History.Powers, pages.PartyPowerRow{Name: x.Name, Punished: fmt.Sprint(x.Punished), Spared: fmt.Sprint(x.Spared), Last: x.Last.String(), First: x.First()})
		}
		for _, e := range h.Others {
			v.History.Others = append(v.History.Others, e.file(units))
		}
	}
	return v
}

func partyTurn(id CaseID, after string) string {
	if after == "" {
		return ""
	}
	return id.partyURL() + "?" + url.Values{"after": {after}}.Encode()
}

func (s *Service) exportParty(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := pathCase(r)
	if err != nil {
		return err
	}
	scope, err := by.Require(access.CaseExport)
	if err != nil {
		return err
	}
	if err := s.DB.View(r.Context(), func(tx *store.Tx) error { _, err := load(tx, scope, id); return err }); err != nil {
		return err // before the file begins
	}
	rows := func(yield func(exportedCase) error) error { return s.exportPartyWith(r.Context(), by, id, yield) }
	return web.Excel(w, r, "当事人案件-"+law.DateOf(s.DB.Now()).String()+".xlsx", caseSheet(exportColumns, rows))
}
