package casework

import (
	"encoding/json"
	"fmt"
	"net/http"

	"fadu/internal/access"
	"fadu/internal/casework/pages"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/web"
)

// bookletDetail is what of an entry says which number or person it is about.
func bookletDetail(data string) string {
	var d struct {
		Number string `json:"number"`
		Name   string `json:"name"`
		Why    string `json:"why"`
	}
	if json.Unmarshal([]byte(data), &d) != nil {
		return "" // an entry of another shape has nothing to add
	}
	return joinDot(d.Name, d.Number, d.Why)
}

func (s *Service) showNumber(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.renderNumber(w, r, by, http.StatusOK, bookletShown{act: web.QueryForm(r).Choice("act", "办理", "report", "void", "lose", "restore")})
}

var (
	numberActs      = map[NumberState][]string{NumberBlank: {"report", "void", "lose"}, NumberUsed: {"void", "lose", "restore"}, NumberVoided: {"restore"}, NumberLost: {"restore"}}
	numberActLabels = map[string]string{"report": "登记已用", "void": "登记作废", "lose": "登记遗失", "restore": "恢复为未用"}
)

func (s *Service) renderNumber(w http.ResponseWriter, r *http.Request, by access.Session, status int, show bookletShown) error {
	id, number, err := pathNumber(r)
	if err != nil {
		return err
	}
	f, err := s.BookletNumberView(r.Context(), by, id, number)
	if err != nil {
		return err
	}
	n, today := f.Number, law.DateOf(s.DB.Now())
	v := pages.NumberView{Title: n.DocNo, Booklet: f.Booklet.Label(), BookletHref: id.URL(), State: web.TagView{Label: n.State.Label(), Kind: numberKinds[n.State]}, Facts: numberFacts(f, today), Notices: numberNotices(n, s.DB.Now().After(n.EntryDue()))}
	for i, p := range f.Photos {
		href := fmt.Sprintf("%s/photos/%d", id.URL(), p.ID)
		v.Photos = append(v.Photos, pages.PhotoView{Href: href, Thumb: href + "?small=1", Alt: fmt.Sprintf("%s 的照片 %d", n.DocNo, i+1), Small: fmt.Sprintf("第 %d 张", i+1)})
	}
	if mayUse(by, &f.Booklet) && f.Booklet.State != BookletClosed {
		if by.Can(access.CaseHandle) && (n.State == NumberBlank || n.State == NumberUsed) {
			v.Acts = append(v.Acts, web.Link{Label: "补录决定书", Href: n.URL() + "/entry"})
		}
		for _, a := range numberActs[n.State] {
			if a != "restore" || by.Can(access.SeriesManage) {
				v.Acts = append(v.Acts, web.Link{Label: numberActLabels[a], Href: n.URL() + "?act=" + a + "#ask"})
			}
		}
		if show.act != "" {
			v.Ask = numberAsk(n, show, timeInput(s.DB.Now()))
		}
	}
	return web.Render(w, r, status, pages.NumberPage(v))
}

func numberFacts(f *NumberFile, today law.Date) []web.FactView {
	n := f.Number
	var out []web.FactView
	add := func(label, text string) {
		if text != "" {
			out = append(out, web.FactView{Label: label, Text: text})
		}
	}
	at := func(micros int64) string {
		if micros == 0 {
			return ""
		}
		return clock(store.FromMicros(micros), today)
	}
	add("文书", f.Booklet.Kind.Label())
	add("领用人", orWord(f.Names[n.Holder], f.Names[f.Booklet.Holder]))
	add("发生时间", at(n.UsedAt))
	add("报告时间", at(n.ReportedAt))
	add("录入时间", joinDot(at(n.EnteredAt), f.Names[n.EnteredBy]))
	add("迟录原因", n.LateWhy)
	add("另一名确认", joinDot(at(n.ConfirmedAt), f.Names[n.ConfirmedBy]))
	add("异议", n.Dispute)
	add("负责人处理", joinDot(n.Ruling.Label(), at(n.RuledAt), f.Names[n.RuledBy], n.RulingNote))
	add("原因", n.Reason)
	if n.Case != 0 {
		out = append(out, web.FactView{Label: "案件", Body: web.A("看案件", (&Case{ID: n.Case}).URL())})
	}
	return out
}

func numberNotices(n BookletNumber, overdue bool) []pages.NoteView {
	var out []pages.NoteView
	if n.State == NumberUsed {
		note := pages.NoteView{Kind: "soon", Title: "已经使用，还没有补录。", Text: "24 小时内补录。", Exit: web.Link{Label: "补录决定书", Href: n.URL() + "/entry"}}
		if overdue {
			note.Kind, note.Text = "late", "已经超过 24 小时，请马上补录，写明迟录的原因。"
		}
		out = append(out, note)
	}
	if n.LateEntry() {
		out = append(out, pages.NoteView{Kind: "soon", Title: "迟录：", Text: n.LateWhy})
	}
	for _, f := range n.Faults() {
		out = append(out, pages.NoteView{Kind: "late", Title: "查出的问题：", Text: joinDot(f.Message, f.Article)})
	}
	return out
}

func numberAsk(n BookletNumber, show bookletShown, now string) *pages.BookletAsk {
	out := &pages.BookletAsk{Title: numberActLabels[show.act], Submit: numberActLabels[show.act], Class: "primary", Action: n.URL() + "/" + show.act, Back: n.URL(), Version: n.Version, Form: show.form}
	switch show.act {
	case "report":
		out.Text, out.Now, out.Why, out.WhyOptional = n.DocNo+" 已经手写使用，还来不及录入的，先在这里登记。", now, "说明", true
	case "void":
		out.Text, out.Photos, out.Why = "写坏、缺损的，全部各联拍照后登记作废，号码保留，不再使用。", true, "作废的原因"
	case "lose":
		out.Text, out.Why, out.Class = n.DocNo+" 不见了的，写明怎样遗失的；号码保留，不再使用。", "怎样遗失的", "danger"
	case "restore":
		out.Text, out.Why = "登记错了，或者找到了的，恢复为未用；原来的登记留在办理记录里。", "恢复的原因"
	}
	return out
}

// uploaded reads the pictures of a field.
func uploaded(f *web.Form, field, label string) []Picture {
	var out []Picture
	for _, u := range f.Files(field, label, bookletPictures, photoBytes, "image/jpeg", "image/png") {
		b, err := u.Bytes()
		if err != nil {
			f.Add(field, "%s没有传完整，请重新选择", label)
			return nil
		}
		out = append(out, Picture{Bytes: b})
	}
	return out
}

func (s *Service) onNumberForm(act string) func(http.ResponseWriter, *http.Request, access.Session) error {
	return func(w http.ResponseWriter, r *http.Request, by access.Session) error {
		id, number, err := pathNumber(r)
		if err != nil {
			return err
		}
		size := int64(0)
		if act == "void" {
			size = bookletForm
		}
		f, err := web.ParseForm(w, r, size)
		if err != nil {
			return err
		}
		why, ctx := f.Long("why", 300), r.Context()
		switch act {
		case "report":
			in := ReportInput{UsedAt: f.RequiredTime("used_at", "使用时间"), Note: why}
			if err = f.Err(); err == nil {
				err = s.ReportNumber(ctx, by, id, number, in)
			}
		case "void":
			pictures := uploaded(f, "photos", "各联照片")
			if err = f.Err(); err == nil {
				err = s.VoidBookletNumber(ctx, by, id, number, why, pictures)
			}
		case "lose":
			err = s.LoseNumber(ctx, by, id, number, why)
		case "restore":
			err = s.RestoreNumber(ctx, by, id, number, why)
		}
		if status, ok := f.Take(err); ok {
			return s.renderNumber(w, r, by, status, bookletShown{act: act, form: f})
		}
		if err != nil {
			return fault.Moved(err, (BookletNumber{Booklet: id, Number: number}).URL()+"?act="+act)
		}
		web.Notify(w, r, web.Flash{Text: numberActLabels[act] + "，已记录"})
		web.SeeOther(w, r, (BookletNumber{Booklet: id, Number: number}).URL())
		return nil
	}
}
