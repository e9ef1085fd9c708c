package powers

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"fadu/internal/access"
	"fadu/internal/law"
	"fadu/internal/powers/pages"
	"fadu/internal/store"
	"fadu/internal/web"
)

// act runs one act from a power's page: on success it returns to the page, on wrong input it shows the
// page again with what was typed.
func (s *Service) act(w http.ResponseWriter, r *http.Request, who access.Session, done string, do func(*web.Form) error, again func(*web.Form) actForms) error {
	form, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	err = do(form)
	if status, ok := form.Take(err); ok {
		return s.showItem(w, r, who, status, again(form))
	}
	if err != nil {
		return err
	}
	web.Notify(w, r, web.Flash{Text: done})
	web.SeeOther(w, r, "/w/powers/"+r.PathValue("code"))
	return nil
}

func rowVersion(f *web.Form) (ItemID, int64) {
	version, _ := strconv.ParseInt(f.Value("version"), 10, 64)
	return ItemID(f.RequiredID("item", "事项")), version
}

func (s *Service) adoptOne(w http.ResponseWriter, r *http.Request, who access.Session) error {
	return s.act(w, r, who, "已采用", func(f *web.Form) error {
		id, _ := rowVersion(f)
		in := AdoptInput{Items: []ItemID{id}, Basis: AdoptBasis(f.Value("basis")), Document: f.Text("document", 200), From: f.Date("from", "从哪一天起行使")}
		if err := f.Err(); err != nil {
			return err
		}
		_, err := s.Adopt(r.Context(), who, in)
		return err
	}, func(f *web.Form) actForms { return actForms{adopt: f} })
}

func (s *Service) confirm(w http.ResponseWriter, r *http.Request, who access.Session) error {
	return s.act(w, r, who, "已核实", func(f *web.Form) error {
		id, version := rowVersion(f)
		in := ConfirmInput{Item: id, Version: version, Source: f.Required("source", "核对所用文本的来源", 300), On: f.RequiredDate("checked_on", "核对日期")}
		if err := f.Err(); err != nil {
			return err
		}
		return s.Confirm(r.Context(), who, in)
	}, func(f *web.Form) actForms { return actForms{confirm: f} })
}

func (s *Service) end(w http.ResponseWriter, r *http.Request, who access.Session) error {
	return s.act(w, r, who, "已登记停止行使", func(f *web.Form) error {
		id, version := rowVersion(f)
		in := EndInput{Item: id, Version: version, Document: f.Required("document", "调整权力的文件名称和文号", 200), Last: f.RequiredDate("last", "最后行使的一天")}
		if err := f.Err(); err != nil {
			return err
		}
		return s.End(r.Context(), who, in)
	}, func(f *web.Form) actForms { return actForms{end: f} })
}

func issueInput(f *web.Form) IssueInput {
	return IssueInput{
		Issuer: f.Required("issuer", "制定机关", 100), Document: f.Required("document", "文件名称和文号", 200),
		PublishedOn: f.RequiredDate("published_on", "公布日期"), From: f.Date("from", "施行日"),
	}
}

func (s *Service) issueOne(w http.ResponseWriter, r *http.Request, who access.Session) error {
	return s.act(w, r, who, "已登记公布", func(f *web.Form) error {
		in := issueInput(f)
		in.Codes = []string{r.PathValue("code")}
		if err := f.Err(); err != nil {
			return err
		}
		_, err := s.IssueBenchmarks(r.Context(), who, in)
		return err
	}, func(f *web.Form) actForms { return actForms{issue: f} })
}

func (s *Service) issuePage(w http.ResponseWriter, r *http.Request, _ access.Session) error {
	return s.showIssue(w, r, http.StatusOK, nil)
}

func (s *Service) showIssue(w http.ResponseWriter, r *http.Request, status int, form *web.Form) error {
	v := pages.IssueView{Form: form}
	err := s.db.View(r.Context(), func(tx *store.Tx) error {
		set, err := s.Setting(tx)
		if err != nil {
			return err
		}
		v.Demo = set.Demo
		open, err := s.Unissued(tx, "")
		v.Benchmarks, v.Exemptions, v.Samples = len(open.Groups), len(open.Exemptions), open.Samples
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, status, pages.Issue(v))
}

// issue records the publication of all that is not published yet, or of what a prefix names.
func (s *Service) issue(w http.ResponseWriter, r *http.Request, who access.Session) error {
	form, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	what := form.RequiredChoice("what", "公布的内容", "benchmarks", "exemptions")
	in, n := issueInput(form), 0
	if err = form.Err(); err == nil {
		n, err = s.issueAll(r.Context(), who, what, form.Text("prefix", 20), in)
	}
	if status, ok := form.Take(err); ok {
		return s.showIssue(w, r, status, form)
	}
	if err != nil {
		return err
	}
	web.Notify(w, r, web.Flash{Text: fmt.Sprintf("已登记公布 %d 组", n)})
	web.SeeOther(w, r, pages.NavPowers)
	return nil
}

func (s *Service) issueAll(ctx context.Context, who access.Session, what, prefix string, in IssueInput) (int, error) {
	return remembered(ctx, s, who.Once("power.issue", []any{what, prefix, in}), func() (int, error) { return s.issueOpen(ctx, who, what, prefix, in) })
}

func (s *Service) issueOpen(ctx context.Context, who access.Session, what, prefix string, in IssueInput) (int, error) {
	var open Unissued
	err := s.db.View(ctx, func(tx *store.Tx) (err error) {
		open, err = s.Unissued(tx, prefix)
		return err
	})
	if err != nil {
		return 0, err
	}
	if what == "exemptions" {
		in.Codes = open.Exemptions
		return s.IssueExemptions(ctx, who, in)
	}
	in.Codes = open.Codes()
	return s.IssueBenchmarks(ctx, who, in)
}

func lawRowView(l LawText, cited int, today law.Date) pages.LawRow {
	r := pages.LawRow{
		Title: l.Title, Href: lawURL(l.ID), Number: l.DocumentNumber, Level: l.Level, Span: SpanText(l.EffectiveFrom, l.ValidTo),
		Grade: textGrade(l.TextGrade), Cited: cited, CitedHref: web.Address(pages.NavPowers, map[string][]string{"law": {l.Title}}), Tag: web.TagView{Label: l.Status, Kind: "ok"},
	}
	if !l.InForce(today) {
		r.Tag.Kind = "line"
	}
	return r
}

func textGrade(g string) string {
	switch g {
	case "A":
		return "A 有全文"
	case "B":
		return "B 公开整理本"
	case "C":
		return "C 只见片段"
	}
	return g
}

func lawFacts(l LawText, known bool, c law.Citation) []web.FactView {
	if !known {
		for _, st := range law.Statutes() {
			if st.Code == c.Statute {
				v := st.Versions[len(st.Versions)-1]
				return []web.FactView{{Label: "文号", Text: v.Number}, {Label: "施行", Text: SpanText(v.From, v.Until)}}
			}
		}
		return nil
	}
	out := []web.FactView{
		{Label: "文号", Text: l.DocumentNumber + checked(l.NumberChecked)},
		{Label: "制定机关", Text: l.IssuingBody},
		{Label: "施行", Text: SpanText(l.EffectiveFrom, l.ValidTo) + checked(l.DateChecked)},
		{Label: "状态", Text: l.Status + "，" + l.StatusAsOf},
		{Label: "文本", Text: textGrade(l.TextGrade)},
	}
	if l.LastArticle > 0 {
		out = append(out, web.FactView{Label: "条数", Text: strconv.Itoa(l.LastArticle)})
	}
	if l.Successor != "" {
		out = append(out, web.FactView{Label: "由何替代", Text: "《" + l.Successor + "》", Href: web.Address(pages.NavLaws, map[string][]string{"law": {l.Successor}})})
	}
	if strings.TrimSpace(l.Notes) != "" {
		out = append(out, web.FactView{Label: "备注", Text: l.Notes})
	}
	return out
}

func checked(ok bool) string {
	if ok {
		return ""
	}
	return "（未核对）"
}
