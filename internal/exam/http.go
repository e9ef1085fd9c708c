package exam

import (
	"net/http"

	"fadu/internal/access"
	"fadu/internal/draft"
	"fadu/internal/fault"
	"fadu/internal/store"
	"fadu/internal/web"
)

// Routes are the pages of this slice.
func (b *Bank) Routes() []access.Route {
	read, manage, approve := access.ExamBankRead, access.ExamBankManage, access.ExamBankApprove
	out := b.drafts.Routes(draft.Site{Base: ImportPath, Current: Path, Title: "导入题目", Up: []web.Link{{Label: "题库", Href: Path}}, Allow: manage, Guide: importGuide})
	return append(out, []access.Route{
		{Pattern: "GET " + Path, Allow: read, Handle: b.showList},
		{Pattern: "GET " + Path + "/export", Allow: read, Handle: b.exportList},
		{Pattern: "GET " + Path + "/gift", Allow: read, Handle: b.exportGIFT},
		{Pattern: "GET " + Path + "/qti", Allow: read, Handle: b.exportQTI},
		{Pattern: "GET " + Path + "/paper", Allow: read, Handle: b.printPaper},
		{Pattern: "GET " + Path + "/key", Allow: read, Handle: b.printKey},
		{Pattern: "GET " + Path + "/new", Allow: manage, Handle: b.showNew},
		{Pattern: "POST " + Path, Allow: manage, Handle: b.postNew},
		{Pattern: "GET " + Path + "/review", Allow: approve, Handle: b.showReview},
		{Pattern: "POST " + Path + "/review", Allow: approve, Handle: b.postReview},
		{Pattern: "GET " + Path + "/{id}", Allow: read, Handle: b.showQuestion},
		{Pattern: "GET " + Path + "/{id}/edit", Allow: manage, Handle: b.showEdit},
		{Pattern: "POST " + Path + "/{id}/edit", Allow: manage, Handle: b.postEdit},
		{Pattern: "POST " + Path + "/{id}/approve", Allow: approve, Handle: b.postApprove},
		{Pattern: "POST " + Path + "/{id}/return", Allow: approve, Handle: b.postReturn},
		{Pattern: "POST " + Path + "/{id}/recheck", Allow: approve, Handle: b.postRecheck},
		{Pattern: "POST " + Path + "/{id}/end", Allow: manage, Handle: b.postEnd},
		{Pattern: "POST " + Path + "/{id}/restore", Allow: manage, Handle: b.postRestore},
	}...)
}

// ImportPath is where questions are imported.
const ImportPath = "/w/bank-import"

var importGuide = []string{
	"Excel 用右边的模板；已有的表有“题型”“题干”“选项A”“选项B”……“答案”等列的，可以直接传。",
	"别的系统的题：GIFT、Aiken（.txt）、QTI 2.1 或 2.2（.xml 或 .zip 包）、Moodle XML。",
	"每道题写明结果：照原样收、有改动的写明改了什么、没有收的写明为什么、与题库哪一道相同。",
	"有问题的点进去改，或者去掉。发布以后是草稿，等另一个人审定。",
}

func (b *Bank) questionID(r *http.Request) (QuestionID, error) {
	n, err := store.ParseID(r.PathValue("id"))
	if err != nil {
		return 0, fault.Missing(nounQuestion)
	}
	return QuestionID(n), nil
}

func (b *Bank) postApprove(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return b.onQuestion(w, r, by, "已审定，可以使用了", func(_ *web.Form, id QuestionID, seen int64) error {
		return b.Approve(r.Context(), by, id, seen)
	})
}

func (b *Bank) postReturn(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return b.onQuestion(w, r, by, "已退回", func(f *web.Form, id QuestionID, seen int64) error {
		return b.Return(r.Context(), by, id, seen, f.Text("reason", 200))
	})
}

func (b *Bank) postRecheck(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return b.onQuestion(w, r, by, "已复核", func(f *web.Form, id QuestionID, seen int64) error {
		return b.Recheck(r.Context(), by, id, seen, f.Text("recheck", 200))
	})
}

func (b *Bank) postEnd(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return b.onQuestion(w, r, by, "已停用；已经组好的试卷不变", func(f *web.Form, id QuestionID, seen int64) error {
		return b.End(r.Context(), by, id, seen, f.Text("reason", 200))
	})
}

func (b *Bank) postRestore(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return b.onQuestion(w, r, by, "已恢复使用", func(f *web.Form, id QuestionID, seen int64) error {
		return b.Restore(r.Context(), by, id, seen, f.Text("reason", 200))
	})
}

func (b *Bank) onQuestion(w http.ResponseWriter, r *http.Request, by access.Session, says string, do func(f *web.Form, id QuestionID, seen int64) error) error {
	id, err := b.questionID(r)
	if err != nil {
		return err
	}
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	err = do(f, id, f.RequiredInt("version", "版本", 0, 1<<62))
	switch status, ok := f.Take(err); {
	case ok:
		return b.renderQuestion(w, r, by, id, status, f)
	case err != nil:
		return fault.Moved(err, Question{ID: id}.URL())
	}
	web.Notify(w, r, web.Flash{Text: says})
	web.SeeOther(w, r, Question{ID: id}.URL())
	return nil
}
