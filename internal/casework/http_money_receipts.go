package casework

import (
	"errors"
	"fmt"
	"net/http"

	"fadu/internal/access"
	"fadu/internal/casework/pages"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/org"
	"fadu/internal/store"
	"fadu/internal/web"
)

func (s *Service) showReceipts(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.renderReceipts(w, r, by, http.StatusOK, nil)
}

func (s *Service) renderReceipts(w http.ResponseWriter, r *http.Request, by access.Session, status int, f *web.Form) error {
	books, err := s.Books(r.Context(), by)
	if err != nil {
		return err
	}
	v := pages.ReceiptsView{Form: f}
	if by.Can(access.MoneyReconcile) {
		v.Money = pages.NavMoney
	}
	for _, b := range books {
		row := pages.BookRow{Holder: b.HolderName, Unit: b.UnitName, Href: bookURL(b.ID), Range: b.Number(b.First) + "—" + b.Number(b.Last), Left: b.Left(), Used: b.Used, Void: b.Void, Settled: b.Settled, Ready: b.Ready, State: bookTag(b)}
		if b.Left() > 0 {
			row.Next = "下一张 " + b.Number(b.Next)
		}
		v.Rows = append(v.Rows, row)
	}
	err = s.DB.View(r.Context(), func(tx *store.Tx) error {
		officers, err := org.Officers(tx, by.ScopeFor(access.MoneyReceipt), tx.Today(), "")
		for _, o := range officers {
			if o.Valid {
				v.Officers = append(v.Officers, web.Option{Value: o.Person.String(), Label: o.Name + "（" + o.UnitName + "）"})
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, status, pages.Receipts(v))
}

func bookURL(id int64) string { return fmt.Sprintf("%s/%d", pages.NavReceipts, id) }

func bookTag(b BookRow) web.TagView {
	switch {
	case bool(b.Closed):
		return web.TagView{Label: "已核销完", Kind: "line"}
	case b.Ready > 0:
		return web.TagView{Label: fmt.Sprintf("可核销 %d 张", b.Ready), Kind: "blue"}
	case b.Left() == 0:
		return web.TagView{Label: "已用完"}
	}
	return web.TagView{Label: "在用", Kind: "ok"}
}

func (s *Service) issueReceiptsForm(w http.ResponseWriter, r *http.Request, by access.Session) error {
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	in := BookInput{Holder: f.RequiredID("holder", "领用人"), Prefix: f.Text("prefix", 20), First: f.Required("first", "起号", 18), Last: f.Required("last", "止号", 18)}
	if err = f.Err(); err == nil {
		err = s.IssueReceipts(r.Context(), by, in)
	}
	if status, ok := f.Take(err); ok {
		return s.renderReceipts(w, r, by, status, f)
	}
	if err != nil {
		return err
	}
	web.Notify(w, r, web.Flash{Text: "已登记领用"})
	web.SeeOther(w, r, pages.NavReceipts)
	return nil
}

func pathBook(r *http.Request) (int64, error) {
	id, err := store.ParseID(r.PathValue("id"))
	if err != nil {
		return 0, fault.Missing("这本票据")
	}
	return id, nil
}

func (s *Service) showBook(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := pathBook(r)
	if err != nil {
		return err
	}
	return s.renderBook(w, r, by, id, http.StatusOK, nil, "")
}

func (s *Service) renderBook(w http.ResponseWriter, r *http.Request, by access.Session, id int64, status int, f *web.Form, problem string) error {
	b, err := s.Book(r.Context(), by, id)
	if err != nil {
		return err
	}
	today := law.DateOf(s.DB.Now())
	v := pages.BookView{Title: b.Number(b.First) + "—" + b.Number(b.Last), Version: b.Version, Facts: []web.FactView{
		{Label: "领用人", Text: b.HolderName},
		{Label: "单位", Text: b.UnitName},
		{Label: "剩余", Text: fmt.Sprintf("%d 张", b.Left())},
		{Label: "已使用", Text: fmt.Sprintf("%d 张", b.Used)},
		{Label: "作废", Text: fmt.Sprintf("%d 张", b.Void)},
		{Label: "已核销", Text: fmt.Sprintf("%d 张", b.Settled)},
	}}
	if problem != "" {
		v.Notices = append(v.Notices, pages.NoteView{Kind: "late", Title: "没有办成：", Text: problem})
	}
	if b.Used > b.Ready {
		v.Notices = append(v.Notices, pages.NoteView{Text: fmt.Sprintf("有 %d 张已使用的票据，款项还没有缴付银行，暂时不能核销。", b.Used-b.Ready)})
	}
	if b.Ready > 0 {
		v.SettleAction, v.SettleLabel = bookURL(id)+"/settle", fmt.Sprintf("核销 %d 张", b.Ready)
	}
	if b.Left() > 0 && !bool(b.Closed) {
		v.Void = &pages.AskView{Title: "作废下一张", Text: b.Number(b.Next) + " 写坏、缺损或者丢失的，登记作废；号码保留，票据交回财务保管。", Action: bookURL(id) + "/void", Field: "why", Label: "原因", Submit: "登记作废", Class: "danger", Back: pages.NavReceipts, Version: b.Version, Form: f}
	}
	for _, rc := range b.Receipts {
		row := pages.ReceiptRow{Number: rc.Number, At: clock(store.FromMicros(rc.At), today), Reason: rc.Reason, State: web.TagView{Label: receiptStateLabels[rc.State], Kind: map[string]string{ReceiptUsed: "soon", ReceiptVoid: "line", ReceiptSettled: "ok"}[rc.State]}}
		if rc.Case != 0 {
			row.Case, row.Href, row.Amount = rc.DocNo, (&Case{ID: rc.Case}).URL(), rc.Amount.Grouped()
		}
		v.Rows = append(v.Rows, row)
	}
	return web.Render(w, r, status, pages.Book(v))
}

func (s *Service) voidReceiptForm(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := pathBook(r)
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
	why := f.RequiredLong("why", "原因", 300)
	if err = f.Err(); err == nil {
		err = s.VoidReceipt(r.Context(), by, id, version, why)
	}
	if status, ok := f.Take(err); ok {
		return s.renderBook(w, r, by, id, status, f, "")
	}
	return s.afterBook(w, r, by, id, fault.Moved(err, "/w/money/receipts/"+r.PathValue("id")), "已登记作废")
}

func (s *Service) settleReceiptsForm(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := pathBook(r)
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
	_, err = s.SettleReceipts(r.Context(), by, id, version)
	return s.afterBook(w, r, by, id, err, "已核销")
}

// afterBook goes back to the book, or shows it with why the act was not done.
func (s *Service) afterBook(w http.ResponseWriter, r *http.Request, by access.Session, id int64, err error, done string) error {
	var e *fault.Error
	if errors.As(err, &e) && e.Kind == fault.Conflict && e.Location == "" && !e.Stale {
		return s.renderBook(w, r, by, id, http.StatusConflict, nil, e.Message)
	}
	if err != nil {
		return err
	}
	web.Notify(w, r, web.Flash{Text: done})
	web.SeeOther(w, r, bookURL(id))
	return nil
}
