package casework

import (
	"fmt"

	"github.com/a-h/templ"

	"fadu/internal/access"
	"fadu/internal/casework/pages"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/web"
)

// handNumber is the booklet's number of the case's decision, or nil.
func (v *caseView) handNumber() *BookletNumber { return v.Hand }

// handNotices say that the decision was written by hand, and what that leaves to do.
func (v *caseView) handNotices() []pages.NoteView {
	n := v.handNumber()
	if n == nil {
		return nil
	}
	out := []pages.NoteView{{
		Title: "手工决定书，补录：",
		Text:  fmt.Sprintf("%s作出并交付，%s录入。", clock(store.FromMicros(n.UsedAt), v.today), clock(store.FromMicros(n.EnteredAt), v.today)),
		Exit:  web.Link{Label: "看纸质文书", Href: n.URL()},
	}}
	if n.LateEntry() {
		out = append(out, pages.NoteView{Kind: "soon", Title: "迟录：", Text: n.LateWhy})
	}
	if n.ConfirmedAt == 0 {
		out = append(out, pages.NoteView{Kind: "soon", Title: "等另一名执法人员确认补录。", Text: "确认以后才能备案。", Exit: web.Link{Label: "去确认", Href: v.href("confirm_entry")}})
	}
	if n.Ruling == RulingPending {
		out = append(out, pages.NoteView{Kind: "late", Title: "手工决定书有问题，等负责人处理：", Text: flaws(n.Faults()), Cite: law.Citations{xzcf(75, 2)}, Exit: web.Link{Label: "去处理", Href: v.href("keep_entry")}})
	} else if n.Ruling != RulingNone {
		out = append(out, pages.NoteView{Title: "手工决定书的问题，" + n.Ruling.Label() + "：", Text: joinDot(n.RulingNote, flaws(n.Faults()))})
	}
	return out
}

// handSide reports whether a side act about a hand-written decision is to be offered.
func (v *caseView) handSide(key string) bool {
	n := v.handNumber()
	switch key {
	case "enter":
		return len(v.hands) > 0
	case "confirm_entry":
		return n != nil && n.ConfirmedAt == 0 && n.EnteredBy != v.by.Person()
	case "keep_entry":
		return n != nil && n.Ruling == RulingPending
	}
	return true
}

func (v *caseView) enterBody() templ.Component {
	f := v.frame("enter", "", "用纸质文书本手写了决定书", "")
	f.Explain = "没电、没网、不能打印时用手写的决定书，接着这个案件补录。选用的是哪个号："
	var links []web.Link
	for _, n := range v.hands {
		links = append(links, web.Link{Label: n.DocNo, Href: n.URL() + "/entry?case=" + v.Case.ID.String()})
	}
	if len(links) == 0 && f.Locked == "" && !f.Over {
		f.Locked = "两名承办人名下没有领用的文书本。请内勤先发放。"
	}
	return pages.EnterChoice(f, links)
}

func (v *caseView) confirmBody() templ.Component {
	f := v.frame("confirm_entry", "entry-confirmation", "确认补录", "确认")
	f.Explain, f.Cite = "对照纸质决定书逐项核对，由没有录入的那名执法人员用本人账号确认。", law.Citations{xzcf(42, 1)}
	n := v.handNumber()
	switch {
	case f.Locked != "" || f.Over:
	case n == nil:
		f.Locked = "这个案件的决定书不是手工文书。"
	case n.ConfirmedAt != 0:
		f.Locked = "已确认：" + clock(store.FromMicros(n.ConfirmedAt), v.today)
	case n.EnteredBy == v.by.Person() || v.by.Person() != v.Case.Lead && v.by.Person() != v.Case.Assist:
		f.Locked = "由没有录入的那名承办人用本人账号确认。"
	}
	if n != nil {
		f.Facts = append([]web.FactView{{Label: "编号", Text: n.DocNo}}, v.penaltyRecord()...)
	}
	return pages.ConfirmEntry(pages.WhyView{StepForm: f})
}

func (v *caseView) keepBody() templ.Component {
	f := v.frame("keep_entry", "entry-ruling", "处理有问题的手工决定", "说明理由，维持")
	f.Explain, f.Cite = "决定违法或者明显不当的，撤销；漏写、笔误的，补正、更正；只是记录不全、收款不合规定，不影响决定合法的，可以说明理由维持并补救。", law.Citations{xzcf(75, 2)}
	n := v.handNumber()
	if n == nil || n.Ruling != RulingPending {
		f.Lacks, f.Locked = nil, "没有等负责人处理的问题。"
	}
	if n != nil {
		for _, x := range n.Faults() {
			f.Facts = append(f.Facts, web.FactView{Label: orWord(x.Article, "异议"), Text: x.Message})
		}
	}
	return pages.Reason(pages.WhyView{StepForm: f, Label: "为什么可以维持，怎样补救"})
}

func (s *Service) postConfirmEntry(q posted) (web.Flash, error) {
	in := ConfirmInput{Agree: q.form.RequiredChoice("agree", "对照纸面", "1", "0") == "1", Note: q.form.Text("note", 300)}
	if err := q.form.Err(); err != nil {
		return web.Flash{}, err
	}
	return web.Flash{Text: "已确认"}, s.ConfirmEntry(q.Context(), q.by, q.id, q.version, in)
}

func (s *Service) postKeepEntry(q posted) (web.Flash, error) {
	why := q.form.Long("why", 500)
	if err := q.form.Err(); err != nil {
		return web.Flash{}, err
	}
	return web.Flash{Text: "已说明理由，维持"}, s.KeepEntry(q.Context(), q.by, q.id, q.version, why)
}

// loadHands finds the numbers that the two officers could have used for this case.
func (v *caseView) loadHands(tx *store.Tx) error {
	c := v.Case
	if c.State != Lead && c.State != OnSite || !v.by.Can(access.CaseHandle) {
		return nil
	}
	return tx.DB().NewSelect().Model(&v.hands).Where("state IN (?, ?)", NumberBlank, NumberUsed).
		Where("EXISTS (SELECT 1 FROM booklet AS bk WHERE bk.id = bn.booklet_id AND bk.state = 'issued' AND bk.holder IN (?, ?, ?) AND bk.holder <> 0)", c.Lead, c.Assist, v.by.Person()).
		Order("bn.state DESC", "bn.booklet_id", "bn.number").Limit(10).Scan(tx.Ctx)
}
