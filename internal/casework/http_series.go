package casework

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"fadu/internal/access"
	"fadu/internal/casework/pages"
	"fadu/internal/fault"
	"fadu/internal/store"
	"fadu/internal/web"
)

// routesSeries are the pages of number blocks.
func (s *Service) routesSeries() []access.Route {
	return []access.Route{
		{Pattern: "GET /w/series", Allow: access.SeriesManage, Handle: s.showSeries},
		{Pattern: "POST /w/series", Allow: access.SeriesManage, Handle: s.openSeriesForm},
		{Pattern: "POST /w/series/{id}/void", Allow: access.SeriesManage, Handle: s.onSeriesForm("void")},
		{Pattern: "POST /w/series/{id}/close", Allow: access.SeriesManage, Handle: s.onSeriesForm("close")},
	}
}

// paperOrder is the order in which pages offer kinds of papers.
var paperOrder = []PaperKind{OnSpotDecision, CorrectionNotice, InquiryNotice, ParkingNotice, EducationRecord, CorrectionSlip, PenaltyNotice, ChangeDecision, Revocation, PaymentTerms}

// numberedKinds are the kinds of paper that take numbers, those of the street first.
func numberedKinds() []PaperKind {
	out := slices.Clone(paperOrder)
	for _, f := range PaperForms {
		if f.Word != "" {
			out = append(out, f.Kind)
		}
	}
	return out
}

func kindOptions(kinds []PaperKind) []web.Option {
	out := make([]web.Option, len(kinds))
	for i, k := range kinds {
		out[i] = web.Option{Value: string(k), Label: k.Label()}
	}
	return out
}

// seriesShown says which form of the page is in hand.
type seriesShown struct {
	form *web.Form
	// act is "", void or close, on the block id; ask is that form when it came back.
	act     string
	id      int64
	ask     *web.Form
	problem string
}

func (s *Service) showSeries(w http.ResponseWriter, r *http.Request, by access.Session) error {
	q := web.QueryForm(r)
	show := seriesShown{act: q.Choice("act", "办理", "void", "close"), id: q.ID("id", "号段")}
	if err := q.Err(); err != nil {
		return err
	}
	return s.renderSeries(w, r, by, http.StatusOK, show)
}

func (s *Service) renderSeries(w http.ResponseWriter, r *http.Request, by access.Session, status int, show seriesShown) error {
	blocks, err := s.SeriesList(r.Context(), by)
	if err != nil {
		return err
	}
	year := s.DB.Now().Year()
	var words Wording
	var units []web.Option
	if err := s.DB.View(r.Context(), func(tx *store.Tx) (err error) {
		if units, err = s.unitOptions(tx, by.ScopeFor(access.SeriesManage)); err != nil {
			return err
		}
		words, err = wordingOn(tx, tx.Today())
		return err
	}); err != nil {
		return err
	}
	v := pages.SeriesView{Form: show.form, Units: units, Sample: words.DocNo(samplePrefix, int64(year), sampleNumber), Kinds: kindOptions(numberedKinds()), Year: strconv.Itoa(year), Meta: fmt.Sprintf("共 %d 个号段", len(blocks))}
	for _, y := range []int{year, year + 1} {
		v.Years = append(v.Years, web.Option{Value: strconv.Itoa(y), Label: strconv.Itoa(y)})
	}
	if show.problem != "" {
		v.Notices = append(v.Notices, pages.NoteView{Kind: "late", Title: "没有办成：", Text: show.problem})
	}
	v.Notices = append(v.Notices, fewNotices(blocks, year)...)
	for _, b := range blocks {
		v.Rows = append(v.Rows, seriesRow(b, year, words))
		if b.ID == show.id && show.act != "" {
			v.Ask = seriesAsk(b, show, words)
		}
	}
	return web.Render(w, r, status, pages.Series(v))
}

// fewNotices warn of units that will run out of numbers: those that draw from their own block, by kind.
func fewNotices(blocks []SeriesRow, year int) []pages.NoteView {
	type key struct {
		unit access.UnitID
		kind PaperKind
	}
	left := map[key]int64{}
	names := map[key]string{}
	var order []key
	for _, b := range blocks {
		if b.Year != int64(year) {
			continue
		}
		k := key{b.UnitID, b.Kind}
		if _, seen := names[k]; !seen {
			order = append(order, k)
			names[k] = b.UnitName + "的" + b.Kind.Label()
		}
		if b.Running(year) {
			left[k] += b.Left()
		}
	}
	var out []pages.NoteView
	for _, k := range order {
		switch n := left[k]; {
		case n == 0:
			out = append(out, pages.NoteView{Kind: "late", Title: names[k] + "：", Text: "编号已经用完，出具不了。请发放新号段。", Exit: web.Link{Label: "发放号段", Href: "#open"}})
		case n < fewLeft:
			out = append(out, pages.NoteView{Kind: "soon", Title: names[k] + "：", Text: fmt.Sprintf("只剩 %d 个号。请发放新号段。", n), Exit: web.Link{Label: "发放号段", Href: "#open"}})
		}
	}
	return out
}

func seriesRow(b SeriesRow, year int, words Wording) pages.SeriesRow {
	out := pages.SeriesRow{Prefix: b.Prefix, Kind: b.Kind.Label(), Unit: b.UnitName, Organ: b.OrganName, Year: b.Year, Range: fmt.Sprintf("%d—%d", b.First, b.Last), Used: b.Used, Left: b.Left(), Note: b.Note}
	switch {
	case bool(b.Closed):
		out.State, out.Left = web.TagView{Label: "已收回", Kind: "line"}, 0
	case b.Left() == 0:
		out.State = web.TagView{Label: "已用完"}
	case b.Year < int64(year):
		out.State = web.TagView{Label: "年度已过", Kind: "soon"}
	case b.Year > int64(year):
		out.State = web.TagView{Label: "明年用", Kind: "blue"}
	case b.Left() < fewLeft:
		out.State = web.TagView{Label: "快用完", Kind: "soon"}
	default:
		out.State = web.TagView{Label: "在用", Kind: "ok"}
	}
	if bool(b.Presealed) && out.Note == "" {
		out.Note = "预先盖章"
	} else if bool(b.Presealed) {
		out.Note += "，预先盖章"
	}
	if !bool(b.Closed) && b.Left() > 0 {
		at := fmt.Sprintf("%s?id=%d&act=", pages.NavSeries, b.ID)
		out.Next, out.VoidHref, out.CloseHref = "下一个 "+words.DocNo(b.Prefix, b.Year, b.Next), at+"void#ask", at+"close#ask"
	}
	for _, p := range b.VoidPapers {
		out.Voids = append(out.Voids, web.FileView{Label: p.DocNo, Href: p.ID.URL(), Mute: "作废", Small: p.Why})
	}
	for _, n := range b.Voids {
		label := words.DocNo(n.Prefix, n.Year, n.First)
		if n.Last > n.First {
			label = fmt.Sprintf("第%d号至第%d号，共 %d 个", n.First, n.Last, n.Last-n.First+1)
		}
		out.Voids = append(out.Voids, web.FileView{Label: label, Mute: "空号", Small: n.Reason})
	}
	return out
}

func seriesAsk(b SeriesRow, show seriesShown, words Wording) *pages.AskView {
	out := &pages.AskView{Field: "why", Label: "原因", Back: pages.NavSeries, Version: b.Version, Form: show.ask, Action: fmt.Sprintf("%s/%d/%s", pages.NavSeries, b.ID, show.act)}
	if show.act == "void" {
		out.Title, out.Submit, out.Class = "登记空号", "登记空号", "primary"
		out.Text = fmt.Sprintf("%s 不用了（空白文书写坏、缺损、丢失），编号保留，以后也不再使用。", words.DocNo(b.Prefix, b.Year, b.Next))
	} else {
		out.Title, out.Submit, out.Class = "收回号段", "收回", "danger"
		out.Text = fmt.Sprintf("%s还没有用的 %d 个号（%d—%d）收回并登记为空号，以后也不再使用。", b.UnitName, b.Left(), b.Next, b.Last)
	}
	return out
}

func (s *Service) openSeriesForm(w http.ResponseWriter, r *http.Request, by access.Session) error {
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	in := SeriesInput{
		Unit: access.UnitID(f.RequiredID("unit", "单位")), Kind: PaperKind(f.Text("kind", 40)), Year: f.RequiredInt("year", "年度", 2000, 2200), Prefix: f.Text("prefix", 20),
		Count: f.RequiredInt("count", "数量", 1, maxBlock), Presealed: f.Bool("presealed"), Note: f.Text("note", 100),
	}
	if err = f.Err(); err == nil {
		err = s.OpenSeries(r.Context(), by, in)
	}
	if status, ok := f.Take(err); ok {
		return s.renderSeries(w, r, by, status, seriesShown{form: f})
	}
	return s.afterSeries(w, r, by, err, "已发放号段")
}

func (s *Service) onSeriesForm(act string) func(http.ResponseWriter, *http.Request, access.Session) error {
	do, done := s.VoidNumber, "已登记空号"
	if act == "close" {
		do, done = s.CloseSeries, "已收回号段"
	}
	return func(w http.ResponseWriter, r *http.Request, by access.Session) error {
		id, err := store.ParseID(r.PathValue("id"))
		if err != nil {
			return fault.Missing("这个号段")
		}
		f, err := web.ParseForm(w, r, 0)
		if err != nil {
			return err
		}
		version, err := versionOf(f)
		if err != nil {
			return err
		}
		why := f.RequiredLong("why", "原因", 300)
		if err = f.Err(); err == nil {
			err = do(r.Context(), by, id, version, why)
		}
		if status, ok := f.Take(err); ok {
			return s.renderSeries(w, r, by, status, seriesShown{act: act, id: id, ask: f})
		}
		return s.afterSeries(w, r, by, fault.Moved(err, fmt.Sprintf("%s?id=%s&act=%s", pages.NavSeries, r.PathValue("id"), act)), done)
	}
}

// afterSeries goes back to the list, or shows it with why the act was not done.
func (s *Service) afterSeries(w http.ResponseWriter, r *http.Request, by access.Session, err error, done string) error {
	var e *fault.Error
	if errors.As(err, &e) && e.Kind == fault.Conflict && e.Location == "" && !e.Stale {
		return s.renderSeries(w, r, by, http.StatusConflict, seriesShown{problem: e.Message})
	}
	if err != nil {
		return err
	}
	web.Notify(w, r, web.Flash{Text: done})
	web.SeeOther(w, r, pages.NavSeries)
	return nil
}
