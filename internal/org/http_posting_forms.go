package org

import (
	"net/http"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/org/pages"
	"fadu/internal/store"
	"fadu/internal/web"
)

// postingForms are the forms about a person's places.
func (s *Service) postingForms() []form {
	one := peoplePath + "/{id}"
	return []form{
		{one + "/transfer", access.PersonManage, s.transferPage, s.doTransfer},
		{one + "/postings/{posting}", access.PersonManage, s.correctPage, s.doCorrect},
		{one + "/postings/{posting}/annul", access.PersonManage, s.annulPage, s.doAnnul},
	}
}

func (s *Service) transferPage(tx *store.Tx, by access.Session, r *http.Request) (sheet, error) {
	p, at, err := personSheet(tx, by, r, "调动", "登记调动")
	if err != nil {
		return at, err
	}
	current, err := runningPosting(tx, p)
	if err != nil {
		return at, err
	}
	units, err := s.unitOptions(tx, by.ScopeFor(access.PersonManage), 0)
	if err != nil {
		return at, err
	}
	names, err := unitNames(tx, []access.UnitID{current.UnitID})
	if err != nil {
		return at, err
	}
	at.view.Facts = []web.FactView{{Label: "现任", Text: names[current.UnitID] + " " + current.Post + "（" + current.Kind.Label() + "）"}, {Label: "自", Text: current.From.String()}}
	at.view.Notices = []pages.NoticeView{{Text: "现任职到调动的前一天为止。账号随人到新机构。换了执法主体的，请核对执法证的单位和区域，需要时换证。"}}
	at.values = map[string]string{"unit": current.UnitID.String(), "post": current.Post, "kind": string(current.Kind), "from": tx.Today().String()}
	at.groups = func(f *web.Form) []pages.Group {
		return []pages.Group{group("调到", "", append(postingFields(f, units),
			fieldOf("date", f.Field("from", "调动日期").Need().Hint("到新机构或者任新职的第一天")),
			fieldOf("text", f.Field("reason", "依据").Need().Max(200).Hint("文件名称、文号").Full()))...)}
	}
	return at, nil
}

func (s *Service) doTransfer(r *http.Request, by access.Session, f *web.Form) (string, string, error) {
	id, err := personOf(r)
	in := TransferInput{Unit: access.UnitID(f.ID("unit", "机构")), Post: f.Value("post"), Kind: PersonKind(f.Value("kind")), From: f.Date("from", "调动日期"), Reason: f.Value("reason")}
	if err == nil {
		err = f.Err()
	}
	if err != nil {
		return "", "", err
	}
	return personPath(id), "已登记调动", s.Transfer(r.Context(), by, id, version(f), in)
}

// postingSheet begins a form about one posting of the person in the address.
func (s *Service) postingSheet(tx *store.Tx, by access.Session, r *http.Request, title, button string) (Posting, sheet, error) {
	p, at, err := personSheet(tx, by, r, title, button)
	if err != nil {
		return Posting{}, at, err
	}
	n, err := idOf(r, "posting", "这条任职记录")
	if err != nil {
		return Posting{}, at, err
	}
	posting, err := postingByID(tx, PostingID(n))
	if err != nil {
		return Posting{}, at, err
	}
	if posting.Person != p.ID || bool(posting.Annulled) {
		return Posting{}, at, fault.Missing("这条任职记录")
	}
	names, err := unitNames(tx, []access.UnitID{posting.UnitID})
	at.view.Facts = []web.FactView{{Label: "机构", Text: names[posting.UnitID]}, {Label: "职务", Text: posting.Post}, {Label: "起止", Text: posting.From.String() + " 至" + untilText(posting.Until)}}
	at.view.Hidden = hiddenVersion(posting.Version)
	return posting, at, err
}

func (s *Service) correctPage(tx *store.Tx, by access.Session, r *http.Request) (sheet, error) {
	p, at, err := s.postingSheet(tx, by, r, "更正任职记录", "更正")
	if err != nil {
		return at, err
	}
	units, err := s.unitOptions(tx, by.ScopeFor(access.PersonManage), p.UnitID)
	if err != nil {
		return at, err
	}
	at.view.Notices = []pages.NoticeView{{Text: "只用来改登记错了的内容，原来的内容留在变动记录里。人真的动了，请用“调动”。"}}
	at.values = map[string]string{"unit": p.UnitID.String(), "post": p.Post, "kind": string(p.Kind), "from": p.From.String(), "until": p.Until.String()}
	at.groups = func(f *web.Form) []pages.Group {
		fields := append(postingFields(f, units), fieldOf("date", f.Field("from", "任职日期").Need()))
		if !p.Until.IsZero() {
			fields = append(fields, fieldOf("date", f.Field("until", "截止日期").Need()))
		}
		return []pages.Group{group("更正为", "", append(fields, fieldOf("text", f.Field("reason", "更正的理由").Need().Max(200).Full()))...)}
	}
	return at, nil
}

func (s *Service) doCorrect(r *http.Request, by access.Session, f *web.Form) (string, string, error) {
	n, err := idOf(r, "posting", "这条任职记录")
	in := PostingEdit{Unit: access.UnitID(f.ID("unit", "机构")), Post: f.Value("post"), Kind: PersonKind(f.Value("kind")), From: f.Date("from", "任职日期"), Until: f.Date("until", "截止日期"), Reason: f.Value("reason")}
	if err == nil {
		err = f.Err()
	}
	if err != nil {
		return "", "", err
	}
	return peoplePath + "/" + r.PathValue("id"), "已更正", s.CorrectPosting(r.Context(), by, PostingID(n), version(f), in)
}

func (s *Service) annulPage(tx *store.Tx, by access.Session, r *http.Request) (sheet, error) {
	_, at, err := s.postingSheet(tx, by, r, "撤销调动", "撤销调动")
	at.view.ButtonClass = "danger"
	at.view.Notices = []pages.NoticeView{{Text: "没有发生的调动才撤销。撤销后恢复到前一个任职，这条记录留着并标明已撤销。"}}
	at.groups = func(f *web.Form) []pages.Group {
		return []pages.Group{group("撤销", "", fieldOf("text", f.Field("reason", "撤销的理由").Need().Max(200).Full()))}
	}
	return at, err
}

func (s *Service) doAnnul(r *http.Request, by access.Session, f *web.Form) (string, string, error) {
	n, err := idOf(r, "posting", "这条任职记录")
	if err != nil {
		return "", "", err
	}
	return peoplePath + "/" + r.PathValue("id"), "已撤销", s.AnnulPosting(r.Context(), by, PostingID(n), version(f), f.Value("reason"))
}
