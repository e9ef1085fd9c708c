package exam

import (
	"net/http"
	"net/url"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/store"
	"fadu/internal/web"
)

// Routes are the pages of this slice.
func (b *Bank) Routes() []access.Route {
	read, manage, approve := access.ExamBankRead, access.ExamBankManage, access.ExamBankApprove
	return []access.Route{
		{Pattern: "GET " + Path, Allow: read, Handle: b.showList},
		{Pattern: "GET " + Path + "/export", Allow: read, Handle: b.exportList},
		{Pattern: "GET " + Path + "/gift", Allow: read, Handle: b.exportGIFT},
		{Pattern: "GET " + Path + "/new", Allow: manage, Handle: b.showNew},
		{Pattern: "POST " + Path, Allow: manage, Handle: b.postNew},
		{Pattern: "GET " + Path + "/{id}", Allow: read, Handle: b.showQuestion},
		{Pattern: "GET " + Path + "/{id}/edit", Allow: manage, Handle: b.showEdit},
		{Pattern: "POST " + Path + "/{id}/edit", Allow: manage, Handle: b.postEdit},
		{Pattern: "POST " + Path + "/{id}/approve", Allow: approve, Handle: b.postApprove},
		{Pattern: "POST " + Path + "/{id}/return", Allow: approve, Handle: b.postReturn},
		{Pattern: "POST " + Path + "/{id}/end", Allow: manage, Handle: b.postEnd},
		{Pattern: "POST " + Path + "/{id}/restore", Allow: manage, Handle: b.postRestore},
	}
}

func (b *Bank) questionID(r *http.Request) (QuestionID, error) {
	n, err := store.ParseID(r.PathValue("id"))
	if err != nil {
		return 0, fault.Missing(nounQuestion)
	}
	return QuestionID(n), nil
}

func address(path string, q url.Values) string {
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
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
