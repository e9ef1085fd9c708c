package casework

import (
	"fmt"
	"io"
	"net/http"
	"strconv"

	"fadu/internal/access"
	"fadu/internal/casework/pages"
	"fadu/internal/document"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/org"
	"fadu/internal/store"
	"fadu/internal/web"
)

// bookletShown says which form of a booklet's or a number's page is in hand.
type bookletShown struct {
	act  string
	form *web.Form
}

func pathBooklet(r *http.Request) (BookletID, error) {
	n, err := store.ParseID(r.PathValue("id"))
	if err != nil {
		return 0, fault.Missing("这一本文书")
	}
	return BookletID(n), nil
}

// pathNumber reads which number of which booklet the address names.
func pathNumber(r *http.Request) (BookletID, int64, error) {
	id, err := pathBooklet(r)
	if err != nil {
		return 0, 0, err
	}
	n, err := strconv.ParseInt(r.PathValue("number"), 10, 64)
	if err != nil {
		return 0, 0, fault.Missing("这个号")
	}
	return id, n, nil
}

func (s *Service) showBooklet(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.renderBooklet(w, r, by, http.StatusOK, bookletShown{act: web.QueryForm(r).Choice("act", "办理", "issue", "return", "check", "close")})
}

func (s *Service) renderBooklet(w http.ResponseWriter, r *http.Request, by access.Session, status int, show bookletShown) error {
	id, err := pathBooklet(r)
	if err != nil {
		return err
	}
	f, err := s.BookletView(r.Context(), by, id)
	if err != nil {
		return err
	}
	b, today := f.Booklet, law.DateOf(s.DB.Now())
	v := pages.BookletView{Title: b.Label(), Facts: s.bookletFacts(b, today)}
	if !bool(b.ReviewFirst) {
		v.Notices = append(v.Notices, pages.NoteView{Kind: "soon", Title: "没有印“应当先申请行政复议”：", Text: "用这一本写的当场处罚决定，救济途径都要由负责人补正。请收回换新版。", Cite: law.Citations{law.Cite("XZFY", 23, 2)}})
	}
	for _, n := range f.Numbers {
		v.Rows = append(v.Rows, numberRow(n, today))
	}
	for _, e := range f.History {
		v.History = append(v.History, web.LedgerView{Time: clock(e.Time(), today), Who: e.Actor, Text: joinSpace(orWord(Kinds[e.Kind], e.Kind), bookletDetail(e.Data))})
	}
	if by.Can(access.SeriesManage) && by.ScopeFor(access.SeriesManage).CoversLevels(b.Levels) && b.State != BookletClosed {
		for _, a := range bookletActs[b.State] {
			v.Acts = append(v.Acts, web.Link{Label: bookletActLabels[a], Href: id.URL() + "?act=" + a + "#ask"})
		}
		if show.act != "" {
			if v.Ask, err = s.bookletAsk(r, by, b.Booklet, show); err != nil {
				return err
			}
		}
	}
	return web.Render(w, r, status, pages.BookletPage(v))
}

var (
	bookletActs      = map[BookletState][]string{BookletStock: {"issue", "check", "close"}, BookletIssued: {"return", "check", "close"}}
	bookletActLabels = map[string]string{"issue": "发给执法人员", "return": "登记交回", "check": "盘点", "close": "核销"}
)

func (s *Service) bookletFacts(b BookletRow, today law.Date) []web.FactView {
	yes := map[bool]string{true: "是", false: "否"}
	out := []web.FactView{
		{Label: "状态", Text: b.State.Label()},
		{Label: "领用人", Text: orWord(b.HolderName, "没有")},
		{Label: "使用单位", Text: b.UnitName},
		{Label: "文书", Text: b.Kind.Label()},
		{Label: "号码", Text: fmt.Sprintf("%d—%d，共 %d 个", b.First, b.Last, b.Size())},
		{Label: "印制", Text: joinDot(b.Printer, b.Edition.Han())},
		{Label: "预先盖章", Text: yes[bool(b.Presealed)]},
		{Label: "印有先复议", Text: yes[bool(b.ReviewFirst)]},
		{Label: "登记", Text: clock(store.FromMicros(b.RegisterAt), today)},
	}
	if b.IssuedAt != 0 {
		out = append(out, web.FactView{Label: "领用", Text: clock(store.FromMicros(b.IssuedAt), today)})
	}
	if b.CheckedAt != 0 {
		out = append(out, web.FactView{Label: "最近盘点", Text: clock(store.FromMicros(b.CheckedAt), today)})
	}
	if b.Note != "" {
		out = append(out, web.FactView{Label: "备注", Text: b.Note})
	}
	return out
}

func (s *Service) bookletAsk(r *http.Request, by access.Session, b Booklet, show bookletShown) (*pages.BookletAsk, error) {
	out := &pages.BookletAsk{Title: bookletActLabels[show.act], Submit: bookletActLabels[show.act], Class: "primary", Action: b.ID.URL() + "/" + show.act, Back: b.ID.URL(), Version: b.Version, Form: show.form}
	switch show.act {
	case "issue":
		out.Text = "当面清点空白号码后交给执法人员，由领用人对每个号负责。"
		err := s.DB.View(r.Context(), func(tx *store.Tx) error {
			officers, err := org.Officers(tx, by.ScopeFor(access.SeriesManage), tx.Today(), "")
			for _, o := range officers {
				if o.Valid {
					out.Officers = append(out.Officers, web.Option{Value: o.Person.String(), Label: o.Name + "（" + o.UnitName + "）"})
				}
			}
			return err
		})
		return out, err
	case "return":
		out.Text, out.Why, out.WhyOptional = "用过的号都补录了才能交回。", "说明", true
	case "check":
		out.Text, out.Next, out.Why, out.WhyOptional = "翻到下一张空白的，照票面填号。前面登记为未用的号，视为用过没有报，转为待补录。", fmt.Sprintf("%d—%d；没有空白的填 0", b.First, b.Last), "盘点情况", true
	case "close":
		out.Text, out.Why, out.Class = "没有用的号全部登记为作废，以后不再使用。", "核销的原因", "danger"
	}
	return out, nil
}

func (s *Service) onBookletForm(act string) func(http.ResponseWriter, *http.Request, access.Session) error {
	return func(w http.ResponseWriter, r *http.Request, by access.Session) error {
		id, err := pathBooklet(r)
		if err != nil {
			return err
		}
		f, err := web.ParseForm(w, r, 0)
		if err != nil {
			return err
		}
		version, err := versionOf(f)
		if err != nil {
			return err
		}
		why, done := f.Long("why", 300), bookletActLabels[act]+"已登记"
		var found []string
		switch act {
		case "issue":
			officer := f.RequiredID("officer", "领用人")
			if err = f.Err(); err == nil {
				err = s.IssueBooklet(r.Context(), by, id, version, officer)
			}
		case "check":
			next := f.RequiredInt("next", "下一张空白的号", 0, 1<<40)
			if err = f.Err(); err == nil {
				found, err = s.CheckBooklet(r.Context(), by, id, version, CheckInput{Next: next, Note: why})
			}
			if done = "盘点无误"; len(found) > 0 {
				done = fmt.Sprintf("盘点发现 %d 个号用过没有报，已转为待补录", len(found))
			}
		case "return":
			err = s.ReturnBooklet(r.Context(), by, id, version, why)
		case "close":
			err = s.CloseBooklet(r.Context(), by, id, version, why)
		}
		if status, ok := f.Take(err); ok {
			return s.renderBooklet(w, r, by, status, bookletShown{act: act, form: f})
		}
		if err != nil {
			return fault.Moved(err, id.URL()+"?act="+act)
		}
		web.Notify(w, r, web.Flash{Text: done})
		web.SeeOther(w, r, id.URL())
		return nil
	}
}

// serveBookletPhoto answers with a picture of a paper, or a small one of it (?small=1).
func (s *Service) serveBookletPhoto(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := pathBooklet(r)
	if err != nil {
		return err
	}
	photoID, err := store.ParseID(r.PathValue("photo"))
	if err != nil {
		return fault.Missing("这张照片")
	}
	p, body, err := s.OpenBookletPhoto(r.Context(), by, id, photoID)
	if err != nil {
		return err
	}
	defer body.Close()
	data, err := io.ReadAll(body)
	if err != nil {
		return fmt.Errorf("casework: read picture %d: %w", photoID, err)
	}
	kind := p.Type
	if r.URL.Query().Get("small") == "1" {
		if data, err = document.Thumbnail(data, thumbSide); err != nil {
			return err
		}
		kind = "image/jpeg"
	}
	web.Picture(w, r, kind, store.FromMicros(p.At), data)
	return nil
}
