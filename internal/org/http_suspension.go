package org

import (
	"net/http"

	"fadu/internal/access"
	"fadu/internal/org/pages"
	"fadu/internal/store"
	"fadu/internal/web"
)

// suspensionForms are the forms about suspensions and annual checks.
func (s *Service) suspensionForms() []form {
	one := certificatePath + "/{id}"
	return []form{
		{one + "/suspend", access.CertificateManage, s.suspendPage, s.doSuspend},
		{one + "/suspensions/{suspension}", access.CertificateManage, s.resumePage, s.doResume},
		{one + "/suspensions/{suspension}/annul", access.CertificateManage, s.unsuspendPage, s.doUnsuspend},
		{one + "/check", access.CertificateManage, s.checkPage, s.doCheck},
	}
}

func (s *Service) suspendPage(tx *store.Tx, by access.Session, r *http.Request) (sheet, error) {
	_, at, err := cardSheet(tx, by, r, "暂扣执法证", "登记暂扣")
	at.values = map[string]string{"from": tx.Today().String()}
	at.groups = func(f *web.Form) []pages.Group {
		return []pages.Group{group("暂扣", "暂扣期间（首尾两天都算）不能担任承办人。",
			fieldOf("date", f.Field("from", "暂扣第一天").Need()), fieldOf("date", f.Field("until", "暂扣最后一天").Hint("还不知道就空着，发还时再登记")),
			fieldOf("text", f.Field("reason", "原因").Need().Max(200)), fieldOf("text", f.Field("document", "文书名称、文号").Max(100)))}
	}
	return at, err
}

func (s *Service) doSuspend(r *http.Request, by access.Session, f *web.Form) (string, string, error) {
	id, err := certificateOf(r)
	in := SuspensionInput{From: f.Date("from", "暂扣第一天"), Until: f.Date("until", "暂扣最后一天"), Reason: f.Value("reason"), Document: f.Value("document")}
	if err == nil {
		err = f.Err()
	}
	if err != nil {
		return "", "", err
	}
	return cardPath(id), "已登记暂扣", s.Suspend(r.Context(), by, id, version(f), in)
}

// suspensionSheet begins a form about one suspension of the certificate in the address.
func suspensionSheet(tx *store.Tx, by access.Session, r *http.Request, title, button string) (Suspension, sheet, error) {
	c, at, err := cardSheet(tx, by, r, title, button)
	if err != nil {
		return Suspension{}, at, err
	}
	n, err := idOf(r, "suspension", "这次暂扣")
	if err != nil {
		return Suspension{}, at, err
	}
	x, err := suspensionOf(&c, SuspensionID(n))
	at.view.Facts = []web.FactView{{Label: "暂扣", Text: span(x.From, x.Until)}, {Label: "原因", Text: x.Reason}}
	return x, at, err
}

func (s *Service) resumePage(tx *store.Tx, by access.Session, r *http.Request) (sheet, error) {
	_, at, err := suspensionSheet(tx, by, r, "发还执法证", "登记发还")
	at.values = map[string]string{"on": tx.Today().String()}
	at.groups = func(f *web.Form) []pages.Group {
		return []pages.Group{group("发还", "", fieldOf("date", f.Field("on", "发还日期").Need().Hint("当天起重新有效")))}
	}
	return at, err
}

func (s *Service) doResume(r *http.Request, by access.Session, f *web.Form) (string, string, error) {
	id, err := certificateOf(r)
	if err != nil {
		return "", "", err
	}
	n, err := idOf(r, "suspension", "这次暂扣")
	on := f.Date("on", "发还日期")
	if err == nil {
		err = f.Err()
	}
	if err != nil {
		return "", "", err
	}
	return cardPath(id), "已登记发还", s.Resume(r.Context(), by, id, version(f), SuspensionID(n), on)
}

func (s *Service) unsuspendPage(tx *store.Tx, by access.Session, r *http.Request) (sheet, error) {
	_, at, err := suspensionSheet(tx, by, r, "撤销暂扣", "撤销暂扣")
	at.view.ButtonClass = "danger"
	at.view.Notices = []pages.NoticeView{{Text: "登记错了才撤销。撤销后视为没有暂扣过，这条记录留着并标明已撤销。"}}
	at.groups = func(f *web.Form) []pages.Group {
		return []pages.Group{group("撤销", "", fieldOf("text", f.Field("reason", "撤销的理由").Need().Max(200).Full()))}
	}
	return at, err
}

func (s *Service) doUnsuspend(r *http.Request, by access.Session, f *web.Form) (string, string, error) {
	id, err := certificateOf(r)
	if err != nil {
		return "", "", err
	}
	n, err := idOf(r, "suspension", "这次暂扣")
	if err != nil {
		return "", "", err
	}
	return cardPath(id), "已撤销", s.AnnulSuspension(r.Context(), by, id, version(f), SuspensionID(n), f.Value("reason"))
}

func (s *Service) checkPage(tx *store.Tx, by access.Session, r *http.Request) (sheet, error) {
	_, at, err := cardSheet(tx, by, r, "年度审验", "登记")
	at.values = map[string]string{"year": tx.Today().AddMonths(-12).String()[:4], "checked_on": tx.Today().String(), "result": string(CheckPassed)}
	at.groups = func(f *web.Form) []pages.Group {
		return []pages.Group{group("审验", "同一年度再登记一次就是更正，原来的结果留在变动记录里。",
			fieldOf("number", f.Field("year", "年度").Need().Hint("审验的是哪一年")), fieldOf("date", f.Field("checked_on", "审验日期").Need()),
			fieldOf("seg", f.Field("result", "结果").Need().Options(options(CheckResults)...).Hint("不合格的，当天起不能承办案件，应当收回或者暂扣")), fieldOf("text", f.Field("note", "备注").Max(200)))}
	}
	return at, err
}

func (s *Service) doCheck(r *http.Request, by access.Session, f *web.Form) (string, string, error) {
	id, err := certificateOf(r)
	in := AnnualCheck{Year: int(f.RequiredInt("year", "年度", 1990, 2200)), Result: CheckResult(f.Value("result")), CheckedOn: f.Date("checked_on", "审验日期"), Note: f.Value("note")}
	if err == nil {
		err = f.Err()
	}
	if err != nil {
		return "", "", err
	}
	return cardPath(id), "已登记审验结果", s.RecordCheck(r.Context(), by, id, version(f), in)
}
