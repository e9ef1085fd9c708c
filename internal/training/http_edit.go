package training

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/training/pages"
	"fadu/internal/training/scene"
	"fadu/internal/web"
)

func draftID(r *http.Request) (DraftID, error) {
	n, err := store.ParseID(r.PathValue("id"))
	if err != nil {
		return 0, fault.Missing(nounDraft)
	}
	return DraftID(n), nil
}

// editURL is the form of a part of a draft.
func editURL(d Manuscript, at scene.Place) string {
	if at.Part == scene.PartCheck {
		return d.URL() + "#check"
	}
	q := url.Values{"part": {at.Part}}
	if at.Beat != "" {
		q.Set("beat", at.Beat)
	}
	if at.Item != "" {
		q.Set("item", at.Item)
	}
	return d.URL() + "/edit?" + q.Encode()
}

func placeOf(f *web.Form) scene.Place {
	return scene.Place{Part: f.Text("part", 20), Beat: f.Text("beat", maxTitle), Item: f.Text("item", maxTitle)}
}

func (s *Service) showEdit(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := draftID(r)
	if err != nil {
		return err
	}
	d, _, err := s.Draft(r.Context(), by, id)
	if err != nil {
		return err
	}
	x, err := d.Scenario()
	if err != nil {
		return err
	}
	at := placeOf(web.QueryForm(r))
	if at.Part == "" { // what every scene begins with
		at.Part = scene.PartBasics
	}
	return s.renderEdit(w, r, http.StatusOK, d, x, at, nil)
}

// renderEdit shows the form of a part, with what the linter says of it at its fields.
func (s *Service) renderEdit(w http.ResponseWriter, r *http.Request, status int, d Manuscript, x *scene.Scenario, at scene.Place, f *web.Form) error {
	if !known(x, at) {
		return fault.Missing("情景的这一部分")
	}
	e := editor{s: s, x: x, at: at, f: f}
	v := pages.EditView{Action: d.URL() + "/edit", Back: d.URL(), Version: strconv.FormatInt(d.Version, 10), Part: at.Part, Beat: at.Beat, Item: at.Item, Open: d.State == Writing}
	if f == nil {
		e.f = web.NewForm(nil)
		faults, err := s.DraftFaults(d)
		if err != nil {
			return err
		}
		for _, m := range faults {
			switch here := x.Locate(m) == at; {
			case here && m.Field != "":
				e.f.Add(m.Field, "%s", m.Message)
			case here:
				v.Notes = append(v.Notes, m.Message)
			}
		}
	} else if f.Has("version") {
		v.Version = f.Value("version")
	}
	v.Form, v.Draft, v.Title = e.f, d.Title, title(at)
	v.Sections = e.sections()
	if v.Remove = at.Item != "" || at.Part == scene.PartBeat && at.Beat != ""; v.Remove && at.Part == scene.PartBeat {
		v.Leads = x.Leads(at.Beat)
	}
	s.around(&v, d, x, at)
	return web.Render(w, r, status, pages.Edit(v))
}

// around puts beside the form what belongs to it: the choices of a beat, the faces of the party.
func (s *Service) around(v *pages.EditView, d Manuscript, x *scene.Scenario, at scene.Place) {
	switch at.Part {
	case scene.PartBeat:
		b := x.Beat(at.Beat)
		if b == nil {
			return
		}
		v.Choices = &pages.ChoicesView{New: editURL(d, scene.Place{Part: scene.PartChoice, Beat: b.ID}), NewEvent: editURL(d, scene.Place{Part: scene.PartEvent, Beat: b.ID})}
		for _, c := range b.Choices {
			v.Choices.Rows = append(v.Choices.Rows, choiceRow(c, editURL(d, scene.Place{Part: scene.PartChoice, Beat: b.ID, Item: c.ID})))
		}
		for _, e := range b.Events {
			v.Choices.Events = append(v.Choices.Events, web.Link{Label: e.ID, Href: editURL(d, scene.Place{Part: scene.PartEvent, Beat: b.ID, Item: e.ID})})
		}
	case scene.PartChoice, scene.PartEvent:
		if at.Beat != "" {
			v.Up, v.UpLabel = editURL(d, scene.Place{Part: scene.PartBeat, Beat: at.Beat}), "回到“"+at.Beat+"”"
		}
	case scene.PartParty:
		for _, band := range scene.Bands {
			v.Bands = append(v.Bands, pages.StageView{Figure: x.Party.Figure, Band: band, Alt: x.Party.Name + "，" + band})
		}
	}
}

func choiceRow(c scene.Choice, href string) pages.ChoiceRow {
	row := pages.ChoiceRow{ID: c.ID, Href: href, Text: c.Text, When: c.When, Goto: c.Goto, Why: c.Why, Quality: qualityTag(c.Quality)}
	if c.Hidden {
		row.Text = "（没有作声）"
	}
	if c.Goto == "" {
		row.Goto = "留在这一节"
	}
	return row
}

// known reports whether a draft has the part.
func known(x *scene.Scenario, at scene.Place) bool {
	b := x.Beat(at.Beat)
	switch at.Part {
	case scene.PartBasics, scene.PartParty, scene.PartFacts, scene.PartRubric, scene.PartDebrief:
		return true
	case scene.PartBeat:
		return at.Beat == "" || b != nil
	case scene.PartChoice:
		return b != nil && (at.Item == "" || b.Choice(at.Item) != nil)
	case scene.PartTool:
		return at.Item == "" || x.Tool(at.Item) != nil
	case scene.PartEvent:
		return (at.Beat == "" || b != nil) && (at.Item == "" || event(x, at) != nil)
	case scene.PartRule:
		return at.Item == "" || rule(x, at.Item) != nil
	}
	return false
}

func event(x *scene.Scenario, at scene.Place) *scene.Event {
	list := &x.Events
	if b := x.Beat(at.Beat); b != nil {
		list = &b.Events
	}
	for i := range *list {
		if (*list)[i].ID == at.Item {
			return &(*list)[i]
		}
	}
	return nil
}

func rule(x *scene.Scenario, id string) *scene.Rule {
	for i := range x.Rules {
		if x.Rules[i].ID == id {
			return &x.Rules[i]
		}
	}
	return nil
}

// partLabels name the parts.
var partLabels = map[string]string{
	scene.PartBasics: "基本情况", scene.PartParty: "当事人", scene.PartFacts: "变量和开始时的事实", scene.PartBeat: "节拍", scene.PartChoice: "选择",
	scene.PartTool: "工具", scene.PartEvent: "事件", scene.PartRule: "规则", scene.PartRubric: "评分", scene.PartDebrief: "复盘",
}

// title names a part of a draft; it is also what a save is called.
func title(at scene.Place) string {
	label := partLabels[at.Part]
	switch {
	case at.Part == scene.PartBeat && at.Beat == "", at.Item == "" && (at.Part == scene.PartChoice || at.Part == scene.PartTool || at.Part == scene.PartEvent || at.Part == scene.PartRule):
		label = "新的" + label
	}
	if at.Part == scene.PartBeat && at.Beat != "" {
		label += "“" + at.Beat + "”"
	} else if at.Beat != "" {
		label = "“" + at.Beat + "”的" + label
	}
	if at.Item != "" {
		label += "“" + at.Item + "”"
	}
	return label
}

// What the buttons of the form do besides saving.
const (
	doRemove = "remove"
	doMore   = "more" // save, and write another of the kind
)

func (s *Service) postEdit(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := draftID(r)
	if err != nil {
		return err
	}
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	d, _, err := s.Draft(r.Context(), by, id)
	if err != nil {
		return err
	}
	x, err := d.Scenario()
	if err != nil {
		return err
	}
	at, do := placeOf(f), f.Value("do")
	if !known(x, at) {
		return fault.Moved(fault.Stale(nounDraft), d.URL())
	}
	if f.Has(web.MoreName) {
		return s.renderEdit(w, r, http.StatusOK, d, x, at, f)
	}
	c := Change{Version: f.RequiredInt("version", "版本", 0, 1<<62), What: title(at), Auto: f.Bool("auto"), Body: sentValues(r)}
	next := at
	edit := func(x *scene.Scenario) error { next = (&editor{s: s, x: x, at: at, f: f}).read(); return f.Err() }
	if do == doRemove {
		c.What = "删去" + title(at)
		edit = func(x *scene.Scenario) error { remove(x, at); return nil }
	}
	if err = f.Err(); err == nil {
		err = s.Edit(r.Context(), by, id, c, edit)
	}
	if c.Auto {
		if err != nil {
			return err
		}
		return s.saved(w, r, by, id)
	}
	switch status, ok := f.Take(err); {
	case ok:
		return s.renderEdit(w, r, status, d, x, at, f)
	case err != nil:
		return fault.Moved(err, editURL(d, at))
	}
	web.Notify(w, r, web.Flash{Text: c.What + "：已保存"})
	web.SeeOther(w, r, afterEdit(d, at, next, do))
	return nil
}

// sentValues is what a form said, for knowing it again.
func sentValues(r *http.Request) url.Values {
	out := url.Values{}
	for k, v := range r.PostForm {
		if k != web.OpName {
			out[k] = v
		}
	}
	return out
}

// afterEdit is where one goes on.
func afterEdit(d Manuscript, at, next scene.Place, do string) string {
	up := d.URL()
	if at.Beat != "" && at.Part != scene.PartBeat {
		up = editURL(d, scene.Place{Part: scene.PartBeat, Beat: at.Beat})
	}
	switch {
	case do == doRemove:
		return up
	case do == doMore:
		next.Item = ""
		if next.Part == scene.PartBeat {
			next.Beat = ""
		}
		return editURL(d, next)
	case at.Part == scene.PartChoice || at.Part == scene.PartEvent:
		return up
	case at.Part == scene.PartBeat:
		return editURL(d, next)
	}
	return d.URL()
}

// saved answers a page that saved by itself: the version that it goes on from, and the key of its next save.
func (s *Service) saved(w http.ResponseWriter, r *http.Request, by access.Session, id DraftID) error {
	d, _, err := s.Draft(r.Context(), by, id)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	return json.NewEncoder(w).Encode(map[string]string{"version": strconv.FormatInt(d.Version, 10), "op": web.Op(r.Context()), "says": "已自动保存 " + d.Saved().In(law.Zone).Format("15:04:05")})
}
