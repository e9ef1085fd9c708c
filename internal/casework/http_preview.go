package casework

import (
	"errors"
	"strings"

	"fadu/internal/casework/pages"
	"fadu/internal/document"
	"fadu/internal/fault"
	"fadu/internal/store"
	"fadu/internal/web"
)

// The fields of a form that word papers anew: the text, and how it read when it was shown.
const (
	freeField    = "free."
	freeWasField = "free_was."
)

// draftingIn is what a form says of the papers of its act: only what was changed is worded anew.
func draftingIn(f *web.Form) *drafting {
	d := &drafting{free: map[string]string{}, try: f.Has(pages.PreviewName)}
	for _, name := range f.Under(freeField) {
		own := oneEnding(f.Long(freeField+name, freeMost))
		if own != "" && own != oneEnding(f.Value(freeWasField+name)) {
			d.free[name] = own
		}
	}
	return d
}

// oneEnding is a text with one kind of line end, as browsers send both.
func oneEnding(s string) string { return strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n")) }

// previewed answers a preview: the form again with the papers, or the PDF of the one that key names.
func (s *Service) previewed(d *drafting, key string, err error) error {
	var bad *fault.Error
	switch {
	case err != nil && !errors.Is(err, store.ErrRehearsed):
		if errors.As(err, &bad) && bad.Kind == fault.Conflict { // the form stays, with what stands against it
			return fault.New(fault.Invalid, "%s", bad.Message)
		}
		return err
	case key == "1":
		return tryOut{tried: true, papers: d.shown}
	}
	for _, p := range d.shown {
		if p.Key != key {
			continue
		}
		layout, err := s.proof(p)
		if err != nil {
			return err
		}
		pdf, err := s.Press.Render(layout, s.DB.Now())
		if err != nil {
			return err
		}
		return tryOut{pdf: pdf}
	}
	return fault.New(fault.NotFound, "这一步现在不出具这份文书，请回到案件页再预览")
}

// preview is the part of a desk's panel that shows its papers.
func (v *caseView) preview(a step, files bool) (pages.PreviewView, error) {
	out := pages.PreviewView{Offered: len(a.Papers) > 0, Shown: v.tried}
	if files {
		out.Hint = "照片不随预览保留，办理以前请重新选择。"
	}
	for _, p := range v.papers {
		page := &paperPage{PaperView: &PaperView{Paper: Paper{Kind: p.Content.Kind, State: PaperIssued}, Content: p.Content}, s: v.s}
		sheet, err := page.sheet()
		if err != nil {
			return out, err
		}
		sheet.Mark = "预览：没有出具"
		title := orWord(p.Content.Title, p.Content.Kind.Label())
		out.Papers = append(out.Papers, pages.PreviewPaper{Key: p.Key, Title: title, Missing: p.Missing, Sheet: sheet})
		for _, f := range p.Free {
			out.Free = append(out.Free, v.freeView(p.Key+"."+f.Name, title, f))
		}
	}
	if !v.tried { // a form that came back keeps what was worded anew
		for _, name := range v.form.Under(freeField) {
			kind, field, _ := strings.Cut(name, ".")
			out.Free = append(out.Free, v.freeView(name, PaperKind(kind).Label(), document.FreeText{Name: field, Text: v.form.Value(freeWasField + name)}))
		}
	}
	return out, nil
}

// freeNames are what pages call the free texts that have no heading of their own.
var freeNames = map[string]string{
	"facts": "事实", "reason": "事实和理由", "course": "办理经过", "found": "检查、勘验情况", "wanted": "调取或者鉴定的事项", "questions": "询问内容",
	"views": "处理意见", "lead": "线索内容", "performed": "执行情况",
}

func (v *caseView) freeView(name, title string, f document.FreeText) pages.FreeView {
	label := "《" + title + "》" + orWord(f.Label, orWord(freeNames[f.Name], f.Name))
	was, now := oneEnding(f.Text), oneEnding(v.form.Value(freeField+name))
	if now == "" || now == oneEnding(v.form.Value(freeWasField+name)) {
		now = was
	}
	if v.form != nil {
		v.form.Set(freeField+name, now)
	}
	return pages.FreeView{Field: v.form.Field(freeField+name, label).Default(now).Max(freeMost).Rows(5).Full(), WasName: freeWasField + name, Was: was}
}
