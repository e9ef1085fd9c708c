package approval

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"

	"fadu/internal/access"
	"fadu/internal/approval/pages"
	"fadu/internal/fault"
	"fadu/internal/store"
	"fadu/internal/web"
)

// maxScan bounds the scan of a form.
const maxScan = 20 << 20

func stateTag(st State) web.TagView {
	return web.TagView{Label: stateLabels[st], Kind: map[State]string{Asked: "blue", Returned: "late", Signed: "soon", Done: "ok"}[st]}
}

func rowOf(a Approval) pages.FormRow {
	out := pages.FormRow{Title: a.Title, Href: a.URL(), Chain: a.ActName, Purpose: a.Purpose, Asked: a.AskerName + "，" + a.AskedOn.String(), State: stateTag(a.State)}
	if p, ok := Embedded().Post(a.Post); ok {
		out.Turn = p.Label
	}
	return out
}

func (s *Service) showInbox(w http.ResponseWriter, r *http.Request, by access.Session) error {
	q := web.QueryForm(r)
	view := q.Choice("view", "视图", "mine", "asked", "all")
	if err := q.Err(); err != nil {
		return err
	}
	v := pages.InboxView{Title: "待我审批", Mandates: by.Can(access.SettingManage), Empty: web.EmptyView{Title: "没有等您签的", Why: "轮到您签的审批表会出现在这里。"}}
	for _, x := range []struct{ view, label string }{{"", "待我审批"}, {"mine", "我报的"}, {"asked", "审批中"}, {"all", "全部"}} {
		href := Path
		if x.view != "" {
			href += "?view=" + x.view
		}
		v.Tabs = append(v.Tabs, web.TabView{Label: x.label, Href: href, Current: x.view == view, NoCount: true})
		if x.view == view {
			v.Title = x.label
		}
	}
	if view != "" {
		v.Empty = web.EmptyView{Title: "没有审批表", Why: "这一类里还没有审批表。", Exit: web.Link{Label: "看待我审批", Href: Path}}
	}
	var asker access.AccountID
	state := State("")
	switch view {
	case "mine":
		asker = by.Account()
	case "asked":
		state = Asked
	}
	cur, ok, err := store.DecodeCursor(q.Value("after"), filterKey(state, asker))
	if err != nil {
		return err
	}
	err = s.DB.View(r.Context(), func(tx *store.Tx) error {
		var rows []Approval
		var prev, next string
		var err error
		if view == "" {
			rows, err = s.Inbox(tx, by)
		} else {
			rows, prev, next, err = listed(tx, by.ScopeFor(access.CaseRead), state, asker, cur, ok)
			v.Pager = web.PagerView{Summary: fmt.Sprintf("本页 %d 份", len(rows)), Prev: turnTo(view, prev), Next: turnTo(view, next)}
		}
		for _, a := range rows {
			v.Rows = append(v.Rows, rowOf(a))
		}
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, pages.Inbox(v))
}

func turnTo(view, after string) string {
	if after == "" {
		return ""
	}
	return Path + "?view=" + view + "&after=" + after
}

func idOf(r *http.Request) (ID, error) {
	id, err := store.ParseID(r.PathValue("id"))
	if err != nil {
		return 0, fault.Missing("这份审批表")
	}
	return ID(id), nil
}

func (s *Service) showForm(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := idOf(r)
	if err != nil {
		return err
	}
	return s.renderForm(w, r, by, id, http.StatusOK, nil)
}

func (s *Service) renderForm(w http.ResponseWriter, r *http.Request, by access.Session, id ID, status int, f *web.Form) error {
	scope, err := by.Require(access.CaseRead)
	if err != nil {
		return err
	}
	var v pages.FormPage
	var a Approval
	err = s.DB.View(r.Context(), func(tx *store.Tx) (err error) {
		if a, err = s.shown(tx, by, scope, id); err != nil {
			return err
		}
		v = s.formPage(a, f)
		return s.acts(tx, by, a, &v)
	})
	if err != nil {
		return err
	}
	if err := s.saw(r.Context(), by, &a); err != nil {
		return err
	}
	return web.Render(w, r, status, pages.Form(v))
}

// formPage shows a form without what the viewer may do.
func (s *Service) formPage(a Approval, f *web.Form) pages.FormPage {
	v := pages.FormPage{Title: a.ActName + "审批表", State: stateTag(a.State), Form: f, Version: strconv.FormatInt(a.Version, 10), ActName: a.ActName, Facts: []web.FactView{
		{Label: "事项", Text: a.Title, Href: a.Href}, {Label: "报批什么", Text: a.ActName}, {Label: "事由", Text: a.Purpose}, {Label: "报批", Text: a.AskerName + "，" + a.AskedOn.Han()},
	}}
	if f != nil {
		v.Version = f.Value("version")
	}
	for _, st := range a.Steps {
		row := pages.StepRow{Label: st.Label, Name: st.Name, Opinion: st.Opinion, Note: st.Mandate}
		switch {
		case !st.Given():
			row.State = web.TagView{Label: "未签", Kind: "line"}
		case bool(st.Agreed):
			row.State, row.On = web.TagView{Label: "同意", Kind: "ok"}, st.SignedOn.String()
		default:
			row.State, row.On = web.TagView{Label: "不同意", Kind: "late"}, st.SignedOn.String()
		}
		if st.Scan != "" {
			row.Note, row.Scan = "线下签批，"+st.EnteredBy+store.FromMicros(st.EnteredAt).Format(" 2006-01-02 ")+"补录", fmt.Sprintf("%s/scans/%d", a.URL(), st.N)
		}
		if bool(st.Reserved) {
			row.Label += "（不得代签）"
		}
		v.Steps = append(v.Steps, row)
	}
	return v
}

// acts adds what the viewer may do about a form.
func (s *Service) acts(tx *store.Tx, by access.Session, a Approval, v *pages.FormPage) error {
	c, _ := Embedded().Chain(a.Chain)
	step, err := a.turn()
	if err == nil {
		v.Turn, v.LastSign = step.Label, step.N == len(a.Steps) && !c.Before && s.runner(&a) != nil
		if _, err := s.entitled(tx, signerOf(by), a, *step, tx.Today()); err == nil {
			v.SignTo = a.URL() + "/sign"
		}
		if by.Can(access.CaseFile) {
			v.EnterTo = a.URL() + "/enter"
			if v.Signers, err = s.signers(tx, a, *step); err != nil {
				return err
			}
		}
	}
	if a.open() && a.Asker == by.Account() {
		v.WithdrawTo = a.URL() + "/withdraw"
	}
	if a.State == Signed && !c.Before && s.runner(&a) != nil && by.Can(Embedded().Last(c).Allow) {
		v.PerformTo = a.URL() + "/perform"
	}
	return nil
}

func (s *Service) showScan(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := idOf(r)
	if err != nil {
		return err
	}
	scope, err := by.Require(access.CaseRead)
	if err != nil {
		return err
	}
	var a Approval
	if err := s.DB.View(r.Context(), func(tx *store.Tx) (err error) { a, err = load(tx, scope, id); return err }); err != nil {
		return err
	}
	n, err := strconv.Atoi(r.PathValue("step"))
	if err != nil || n < 1 || n > len(a.Steps) || a.Steps[n-1].Scan == "" {
		return fault.Missing("这份签批原件")
	}
	if err := s.saw(r.Context(), by, &a); err != nil {
		return err
	}
	f, err := s.Blobs.Open(a.Steps[n-1].Scan)
	if err != nil {
		return err
	}
	b, err := io.ReadAll(f)
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	if st := a.Steps[n-1]; st.ScanType != "application/pdf" {
		web.Picture(w, r, st.ScanType, store.FromMicros(st.EnteredAt), b)
		return nil
	}
	return web.Download(w, r, "签批原件.pdf", "application/pdf", b)
}

// post does one act on a form and shows it again.
func (s *Service) post(w http.ResponseWriter, r *http.Request, by access.Session, most int64, done string, do func(*web.Form, ID, int64) error) error {
	id, err := idOf(r)
	if err != nil {
		return err
	}
	f, err := web.ParseForm(w, r, most)
	if err != nil {
		return err
	}
	err = do(f, id, f.Int("version", "版本", 0, 1<<62))
	switch status, ok := f.Take(err); {
	case ok:
		return s.renderForm(w, r, by, id, status, f)
	case err != nil:
		return fault.Moved(err, Approval{ID: id}.URL())
	}
	web.Notify(w, r, web.Flash{Text: done})
	web.SeeOther(w, r, Approval{ID: id}.URL())
	return nil
}

func (s *Service) postSign(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.post(w, r, by, 0, "意见已签署", func(f *web.Form, id ID, version int64) error {
		agree, opinion := f.RequiredChoice("agree", "意见", "yes", "no"), f.RequiredLong("opinion", "签批意见", maxOpinion)
		if err := f.Err(); err != nil {
			return err
		}
		return s.Sign(r.Context(), by, id, version, agree == "yes", opinion)
	})
}

func (s *Service) postEnter(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.post(w, r, by, maxScan+1<<20, "线下签批已补录", func(f *web.Form, id ID, version int64) error {
		in := OnPaper{Login: f.Required("signer", "谁签的", 32), On: f.RequiredDate("signed_on", "纸上签的日期"), Agree: f.RequiredChoice("paper_agree", "纸上的意见", "yes", "no") == "yes", Opinion: f.RequiredLong("paper_opinion", "意见原文", maxOpinion)}
		files := f.Files("scan", "签批原件", 1, maxScan, "application/pdf", "image/jpeg", "image/png")
		if len(files) == 0 {
			f.Add("scan", "请附签批原件的扫描件")
		}
		if err := f.Err(); err != nil {
			return err
		}
		file, err := files[0].Open()
		if err != nil {
			return err
		}
		in.Scan, in.ScanType = file, files[0].Type
		return errors.Join(s.Enter(r.Context(), by, id, version, in), file.Close())
	})
}

func (s *Service) postPerform(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.post(w, r, by, 0, "已办理", func(f *web.Form, id ID, version int64) error {
		if err := f.Err(); err != nil {
			return err
		}
		return s.Perform(r.Context(), by, id, version)
	})
}

func (s *Service) postWithdraw(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.post(w, r, by, 0, "报批已撤回", func(f *web.Form, id ID, version int64) error {
		why := f.Required("why", "撤回的原因", 200)
		if err := f.Err(); err != nil {
			return err
		}
		return s.Withdraw(r.Context(), by, id, version, why)
	})
}
