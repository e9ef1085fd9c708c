package training

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"fadu/internal/access"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/training/pages"
	"fadu/internal/training/scene"
	"fadu/internal/web"
)

func (s *Service) showDrafts(w http.ResponseWriter, r *http.Request, by access.Session) error {
	f := web.QueryForm(r)
	filter := DraftFilter{Words: f.Text("q", 60), State: DraftState(f.Choice("state", "状态", string(Writing), string(Submitted), string(Finished), string(Dropped)))}
	if err := f.Err(); err != nil {
		return err
	}
	all, prev, next, err := s.Drafts(r.Context(), by, filter, f.Value("after"))
	if err != nil {
		return err
	}
	v := pages.DraftsView{Form: f}
	if by.Can(access.TrainingManage) {
		v.New = PathDrafts + "/new"
	}
	for _, st := range []DraftState{Writing, Submitted, Finished, Dropped} {
		v.States = append(v.States, web.Option{Value: string(st), Label: draftLabels[st]})
	}
	for _, d := range all {
		v.Rows = append(v.Rows, pages.DraftRow{Href: d.URL(), Title: d.Title, Origin: d.Origin, Author: d.Author, Saved: d.SavedBy + "，" + d.Saved().In(law.Zone).Format("2006-01-02 15:04"), SetOn: d.SetOn, State: draftTag(d)})
	}
	turn := func(after string) string {
		if after == "" {
			return ""
		}
		q := r.URL.Query()
		q.Set("after", after)
		return PathDrafts + "?" + q.Encode()
	}
	v.Pager = web.PagerView{Summary: fmt.Sprintf("本页 %d 份", len(all)), Prev: turn(prev), Next: turn(next)}
	return web.Render(w, r, http.StatusOK, pages.Drafts(v))
}

func draftTag(d Manuscript) web.TagView {
	kind := map[DraftState]string{Writing: "blue", Submitted: "soon", Finished: "ok", Dropped: "line"}[d.State]
	if d.State == Writing && d.Returned != "" {
		return web.TagView{Label: "退回来改", Kind: "late"}
	}
	return web.TagView{Label: draftLabels[d.State], Kind: kind}
}

func (s *Service) showNewDraft(w http.ResponseWriter, r *http.Request, _ access.Session) error {
	return s.renderNewDraft(w, r, http.StatusOK, web.NewForm(nil))
}

func (s *Service) renderNewDraft(w http.ResponseWriter, r *http.Request, status int, f *web.Form) error {
	return web.Render(w, r, status, pages.NewDraft(pages.NewDraftView{Form: f, Figures: options(scene.Figures...), Places: options(scene.Backdrops...), Today: law.DateOf(s.DB.Now()).String()}))
}

func (s *Service) postDraft(w http.ResponseWriter, r *http.Request, by access.Session) error {
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	in := NewDraft{Title: f.Required("title", "名称", maxTitle), SetOn: f.RequiredDate("set_on", "情景日期"), Party: f.Required("party", "当事人怎么称呼", 20), Figure: f.RequiredChoice("figure", "样子", scene.Figures...), Place: f.RequiredChoice("place", "场地", scene.Backdrops...)}
	var id DraftID
	if err = f.Err(); err == nil {
		id, err = s.Make(r.Context(), by, in)
	}
	switch status, ok := f.Take(err); {
	case ok:
		return s.renderNewDraft(w, r, status, f)
	case err != nil:
		return err
	}
	web.SeeOther(w, r, Manuscript{ID: id}.URL())
	return nil
}

func (s *Service) postCopy(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := s.sceneID(r)
	if err != nil {
		return err
	}
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	made, err := s.Copy(r.Context(), by, id, f.Value("as") != "version")
	if err != nil {
		return err
	}
	web.Notify(w, r, web.Flash{Text: "已开始一份草稿，可以改了"})
	web.SeeOther(w, r, Manuscript{ID: made}.URL())
	return nil
}

func (s *Service) showDraft(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.renderDraft(w, r, by, http.StatusOK, nil)
}

func (s *Service) renderDraft(w http.ResponseWriter, r *http.Request, by access.Session, status int, f *web.Form) error {
	id, err := draftID(r)
	if err != nil {
		return err
	}
	d, saves, err := s.Draft(r.Context(), by, id)
	if err != nil {
		return err
	}
	x, err := d.Scenario()
	if err != nil {
		return err
	}
	faults, err := s.DraftFaults(d)
	if err != nil {
		return err
	}
	v := pages.DraftView{Title: d.Title, Href: d.URL(), Origin: joined(d.Origin, x.Edition), State: draftTag(d), Returned: d.Returned, Form: web.NewForm(nil), Version: strconv.FormatInt(d.Version, 10), Saved: d.SavedBy + "，" + d.Saved().In(law.Zone).Format("2006-01-02 15:04")}
	if f != nil {
		v.Form, v.Version = f, f.Value("version")
	}
	manage := by.Can(access.TrainingManage)
	v.Writing, v.Waiting = manage && d.State == Writing, manage && d.State == Submitted
	if d.Scene != 0 {
		v.Scene = Scene{ID: d.Scene}.URL()
	}
	if v.Writing {
		v.Undo = undoTo(saves)
		v.Parts, v.NewBeat = s.partLinks(d, x), editURL(d, scene.Place{Part: scene.PartBeat})
	}
	for _, m := range faults {
		v.Faults = append(v.Faults, web.Link{Label: m.String(), Href: s.mend(d, x, m, v.Writing)})
	}
	v.Amended = amendedLines(x, law.DateOf(s.DB.Now()))
	v.Graph = s.graph(d, x, faults, v.Writing)
	for _, b := range x.Beats {
		v.Beats = append(v.Beats, beatLine(d, x, b, faults, v.Writing))
	}
	for i, r := range saves {
		v.Saves = append(v.Saves, pages.SaveRow{Number: r.Number, What: r.What, Who: r.Name, When: store.FromMicros(r.At).In(law.Zone).Format("01-02 15:04"), Current: i == 0})
	}
	return web.Render(w, r, status, pages.Draft(v))
}

// mend is where a fault is mended; nobody mends a draft that is not being written.
func (s *Service) mend(d Manuscript, x *scene.Scenario, m scene.Fault, writing bool) string {
	at := x.Locate(m)
	if !writing || at.Part == scene.PartCheck {
		return ""
	}
	return editURL(d, at)
}

// amendedLines say which articles of a scene have changed since its day.
func amendedLines(x *scene.Scenario, on law.Date) (out []string) {
	for _, a := range x.Amended(on) {
		if a.Repealed {
			out = append(out, fmt.Sprintf("%s：%s 起不再有效", a.Cite.Han(), a.Since.Han()))
		} else {
			out = append(out, fmt.Sprintf("%s：%s 起有新的版本", a.Cite.Han(), a.Since.Han()))
		}
	}
	return out
}

// partLinks are the forms of a draft besides its beats.
func (s *Service) partLinks(d Manuscript, x *scene.Scenario) (out []pages.PartLinks) {
	link := func(at scene.Place, label string) web.Link { return web.Link{Label: label, Href: editURL(d, at)} }
	for _, p := range []string{scene.PartBasics, scene.PartParty, scene.PartFacts, scene.PartRubric, scene.PartDebrief} {
		out = append(out, pages.PartLinks{Label: partLabels[p], Href: editURL(d, scene.Place{Part: p})})
	}
	tools := pages.PartLinks{Label: "工具", New: editURL(d, scene.Place{Part: scene.PartTool})}
	for _, t := range x.Toolbar {
		tools.Items = append(tools.Items, link(scene.Place{Part: scene.PartTool, Item: t.ID}, t.ID))
	}
	rules := pages.PartLinks{Label: "规则", New: editURL(d, scene.Place{Part: scene.PartRule})}
	for _, r := range x.Rules {
		label := r.Name
		if label == "" {
			label = r.ID
		}
		rules.Items = append(rules.Items, link(scene.Place{Part: scene.PartRule, Item: r.ID}, label))
	}
	events := pages.PartLinks{Label: "随时可能发生的事", New: editURL(d, scene.Place{Part: scene.PartEvent})}
	for _, e := range x.Events {
		events.Items = append(events.Items, link(scene.Place{Part: scene.PartEvent, Item: e.ID}, e.ID))
	}
	return append(out, tools, rules, events)
}

// faulty counts what is wrong in a beat and its choices.
func faulty(x *scene.Scenario, beat string, faults []scene.Fault) (n int) {
	for _, m := range faults {
		if x.Locate(m).Beat == beat {
			n++
		}
	}
	return n
}

func beatLine(d Manuscript, x *scene.Scenario, b scene.Beat, faults []scene.Fault, writing bool) pages.BeatLine {
	l := pages.BeatLine{ID: b.ID, Speaker: b.Speaker, Say: b.Say.In(scene.Bands[0]), Choices: len(b.Choices), Faults: faulty(x, b.ID, faults)}
	if writing {
		l.Href = editURL(d, scene.Place{Part: scene.PartBeat, Beat: b.ID})
	}
	if b.End != nil {
		l.End = b.End.Kind
	}
	var to []string
	for _, c := range b.Choices {
		if c.Goto != "" && !oneOf(c.Goto, to) {
			to = append(to, c.Goto)
		}
	}
	l.To = strings.Join(to, "、")
	return l
}

// graph draws the beats of a draft; each opens its form.
func (s *Service) graph(d Manuscript, x *scene.Scenario, faults []scene.Fault, writing bool) pages.GraphView {
	g := scene.Draw(x)
	v := pages.GraphView{Width: g.Width, Height: g.Height}
	for _, n := range g.Nodes {
		node := pages.GraphNode{ID: n.ID, Speaker: n.Speaker, Say: n.Say, End: n.End, X: n.X, Y: n.Y, W: scene.NodeWidth, H: scene.NodeHeight, Start: n.Start, Lost: n.Lost, Dead: n.Dead, Faults: faulty(x, n.ID, faults), Anywhere: strings.Join(g.Anywhere[n.ID], "、")}
		if writing {
			node.Href = editURL(d, scene.Place{Part: scene.PartBeat, Beat: n.ID})
		}
		v.Nodes = append(v.Nodes, node)
	}
	for _, e := range g.Edges {
		from, to := g.Node(e.From), g.Node(e.To)
		v.Edges = append(v.Edges, pages.GraphEdge{X1: from.X, Y1: from.Y, X2: to.X, Y2: to.Y, Span: to.Layer - from.Layer, Back: e.Back, Event: e.Event, Quality: e.Quality, Says: e.From + " → " + e.To + "：" + strings.Join(e.By, "、"), Count: len(e.By)})
	}
	return v
}

func (s *Service) exportDraft(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := draftID(r)
	if err != nil {
		return err
	}
	d, _, err := s.Draft(r.Context(), by, id)
	if err != nil {
		return err
	}
	return web.Download(w, r, d.Code+"-draft.yaml", "application/yaml; charset=utf-8", []byte(d.Content))
}

func (s *Service) postRestore(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.actOnDraft(w, r, by, "已回到那一次保存", func(ctx context.Context, f *web.Form, id DraftID, version int64) error {
		to := f.RequiredInt("to", "第几次保存", 1, 1<<30)
		if err := f.Err(); err != nil {
			return err
		}
		return s.Restore(ctx, by, id, version, int(to))
	})
}

func (s *Service) postSubmit(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.actOnDraft(w, r, by, "已送审，由另一个人批准", func(ctx context.Context, _ *web.Form, id DraftID, version int64) error {
		return s.Submit(ctx, by, id, version)
	})
}

func (s *Service) postWithdraw(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.actOnDraft(w, r, by, "已撤回，可以接着改", func(ctx context.Context, _ *web.Form, id DraftID, version int64) error {
		return s.Withdraw(ctx, by, id, version)
	})
}

func (s *Service) postDrop(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.actOnDraft(w, r, by, "已作废", func(ctx context.Context, f *web.Form, id DraftID, version int64) error {
		why := f.Required("reason", "为什么作废", 200)
		if err := f.Err(); err != nil {
			return err
		}
		return s.Drop(ctx, by, id, version, why)
	})
}

func (s *Service) actOnDraft(w http.ResponseWriter, r *http.Request, by access.Session, says string, do func(ctx context.Context, f *web.Form, id DraftID, version int64) error) error {
	id, err := draftID(r)
	if err != nil {
		return err
	}
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	version := f.RequiredInt("version", "版本", 0, 1<<62)
	if err = f.Err(); err == nil {
		err = do(r.Context(), f, id, version)
	}
	switch status, ok := f.Take(err); {
	case ok:
		return s.renderDraft(w, r, by, status, f)
	case err != nil:
		return err
	}
	web.Notify(w, r, web.Flash{Text: says})
	web.SeeOther(w, r, Manuscript{ID: id}.URL())
	return nil
}
