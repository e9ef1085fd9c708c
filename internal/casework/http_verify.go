package casework

import (
	"net/http"
	"net/url"
	"strings"

	"fadu/internal/access"
	"fadu/internal/casework/pages"
	"fadu/internal/document"
	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/web"
)

// routesVerify are the public pages that check a paper.
func (s *Service) routesVerify() []access.Route {
	return []access.Route{
		{Pattern: "GET /v/{$}", Allow: access.Public, Handle: s.askVerify},
		{Pattern: "GET /v/{code}", Allow: access.Public, Handle: s.showVerify},
	}
}

// verifyPath is where a code is answered; the code's signs are all lawful in a path.
func verifyPath(code string) string { return pages.NavVerify + url.PathEscape(code) }

// askVerify shows the form, or sends what was typed to its own address.
func (s *Service) askVerify(w http.ResponseWriter, r *http.Request, _ access.Session) error {
	typed := web.QueryForm(r).Text("code", 60)
	if typed == "" {
		return s.renderVerify(w, r, http.StatusOK, pages.VerifyView{})
	}
	code, err := store.ParseCode(typed)
	if old, ok := store.ParseOldCode(typed); err != nil && ok {
		code, err = old, nil // its own address says whether there is one
	}
	if err != nil {
		return s.refuseCode(w, r, typed, err)
	}
	web.SeeOther(w, r, verifyPath(code))
	return nil
}

// refuseCode says how to type a code that cannot be one.
func (s *Service) refuseCode(w http.ResponseWriter, r *http.Request, typed string, err error) error {
	f := web.NewForm(map[string]string{"code": typed})
	f.Add("code", "%s", err.Error())
	_, _ = f.Take(f.Err())
	return s.renderVerify(w, r, http.StatusUnprocessableEntity, pages.VerifyView{Form: f})
}

func (s *Service) showVerify(w http.ResponseWriter, r *http.Request, _ access.Session) error {
	typed := r.PathValue("code")
	if len([]rune(typed)) > 60 {
		typed = string([]rune(typed)[:60])
	}
	v, err := s.CheckPaper(r.Context(), typed)
	if err != nil {
		if _, wrong := store.ParseCode(typed); wrong != nil {
			return s.refuseCode(w, r, typed, wrong)
		}
		return err
	}
	page := v.page()
	page.Form = web.NewForm(map[string]string{"code": document.GroupCode(v.Code)})
	return s.renderVerify(w, r, http.StatusOK, page)
}

func (s *Service) renderVerify(w http.ResponseWriter, r *http.Request, status int, v pages.VerifyView) error {
	title := "文书验真"
	if r.PathValue("code") != "" {
		title = "文书验真结果"
	}
	err := s.DB.View(r.Context(), func(tx *store.Tx) error {
		bureau, demo, _, err := ledger.Birth(tx)
		v.Page = web.PublicOf(title, pages.NavVerify, bureau, demo)
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, status, pages.Verify(v))
}

// page puts the verdict into words. None of them is about a person.
func (v Verdict) page() pages.VerifyView {
	if !v.Known {
		return pages.VerifyView{Title: "没有查到这份文书，不是本机关出具的", Hint: "请再核对一次验证码。号码没有抄错的，不要缴款，请与本机关联系。"}
	}
	out := pages.VerifyView{OK: v.Counts, Hint: "为保护隐私，这里不显示当事人信息。请核对文号、日期与您手里的文书是否一致。"}
	say := func(label, text string) {
		if text != "" {
			out.Facts = append(out.Facts, web.FactView{Label: label, Text: text})
		}
	}
	say("出具机关", v.Organ)
	say("文书", v.Kind)
	say("文号", v.Number)
	say("日期", v.Dated)
	switch v.State {
	case PaperRendering:
		out.Title = "是本机关的编号，文书还在出具，没有生效"
	case PaperIssued:
		out.Title = "是本机关出具的，还没有登记交付"
	case PaperDelivered:
		out.Title = "是本机关出具的，现在有效"
	case PaperVoid:
		out.Title = "这份文书已经作废，没有效力"
		say("作废日期", v.Ended)
	case PaperRevoked:
		out.Title = "是本机关出具的，已经撤销，不再有效"
		say("撤销日期", v.Ended)
		say("撤销决定", v.RevokedBy)
	}
	if v.Counts && len(v.Changed) > 0 {
		out.Title = "是本机关出具的，已经变更，以变更决定为准"
		say("变更决定", strings.Join(v.Changed, "、"))
	}
	if v.Counts && len(v.Corrected) > 0 {
		out.Title += "，内容有更正"
		say("更正文书", strings.Join(v.Corrected, "、"))
	}
	if v.Demo {
		out.OK, out.Hint = false, "这是演示系统里的文书，没有任何效力。如果是正式文书，这里会回答：“"+out.Title+"”。"
		out.Title = "演示文书，无效力"
	}
	return out
}
