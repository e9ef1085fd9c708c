package sitting

import (
	"context"
	"net/http"
	"slices"

	"fadu/internal/access"
	"fadu/internal/exam/sitting/pages"
	"fadu/internal/fault"
	"fadu/internal/store"
	"fadu/internal/web"
)

// Where the pages stand.
const (
	Path         = pages.Nav
	PathAttempts = "/w/attempts"
	PathManage   = pages.NavManage
	PathPeople   = "/w/candidates"
	PathMarking  = pages.NavMarking
	PathScripts  = "/w/scripts"
	PathMotions  = pages.NavMotions
	PathDiplomas = pages.NavDiplomas
	PathCheck    = pages.NavCheck
)

// Routes are the pages of this slice.
func (s *Service) Routes() []access.Route {
	return slices.Concat(s.takeRoutes(), s.markingRoutes(), s.motionRoutes(), s.diplomaRoutes())
}

func (s *Service) takeRoutes() []access.Route {
	take, read, manage := access.ExamTake, access.ExamRead, access.ExamManage
	person := PathPeople + "/{id}"
	return []access.Route{
		{Pattern: "GET " + Path, Allow: take, Handle: s.showHome},
		{Pattern: "GET " + Path + "/{id}", Allow: take, Handle: s.showSeat},
		{Pattern: "GET " + Path + "/{id}/paper", Allow: take, Handle: s.sendSealed},
		{Pattern: "POST " + Path + "/{id}/start", Allow: take, Handle: s.postStart},
		{Pattern: "GET " + PathAttempts + "/{id}", Allow: take, Handle: s.showAttempt},
		{Pattern: "POST " + PathAttempts + "/{id}/answers", Allow: take, Handle: s.postAnswers},
		{Pattern: "POST " + PathAttempts + "/{id}/take-over", Allow: take, Handle: s.postTakeOver},
		{Pattern: "GET " + PathManage, Allow: read, Handle: s.showList},
		{Pattern: "GET " + PathManage + "/new", Allow: manage, Handle: s.showNew},
		{Pattern: "POST " + PathManage, Allow: manage, Handle: s.postNew},
		{Pattern: "GET " + PathManage + "/{id}", Allow: read, Handle: s.showSitting},
		{Pattern: "GET " + PathManage + "/{id}/edit", Allow: manage, Handle: s.showEdit},
		{Pattern: "POST " + PathManage + "/{id}", Allow: manage, Handle: s.postEdit},
		{Pattern: "GET " + PathManage + "/{id}/export", Allow: read, Handle: s.exportCandidates},
		{Pattern: "GET " + PathManage + "/{id}/paper", Allow: manage, Handle: s.sendPrinted},
		{Pattern: "GET " + PathManage + "/{id}/items", Allow: read, Handle: s.showItems},
		{Pattern: "POST " + PathManage + "/{id}/roster", Allow: manage, Handle: s.postRoster},
		{Pattern: "POST " + PathManage + "/{id}/freeze", Allow: manage, Handle: s.postFreeze},
		{Pattern: "POST " + PathManage + "/{id}/thaw", Allow: manage, Handle: s.postThaw},
		{Pattern: "POST " + PathManage + "/{id}/cancel", Allow: manage, Handle: s.postCancel},
		{Pattern: "POST " + PathManage + "/{id}/publish", Allow: manage, Handle: s.postPublish},
		{Pattern: "POST " + PathManage + "/{id}/make-up", Allow: manage, Handle: s.postMakeUp},
		{Pattern: "GET " + person, Allow: read, Handle: s.showCandidate},
		{Pattern: "POST " + person + "/grant", Allow: manage, Handle: s.postGrant},
		{Pattern: "POST " + person + "/defer", Allow: manage, Handle: s.postDefer},
		{Pattern: "POST " + person + "/void", Allow: manage, Handle: s.postVoid},
		{Pattern: "POST " + person + "/remove", Allow: manage, Handle: s.postRemove},
	}
}

func idOf[T ~int64](r *http.Request, noun string) (T, error) {
	n, err := store.ParseID(r.PathValue("id"))
	if err != nil {
		return 0, fault.Missing(noun)
	}
	return T(n), nil
}

// act runs a posted act and shows its page again with what was wrong.
func act[T ~int64](w http.ResponseWriter, r *http.Request, noun string, do func(ctx context.Context, id T, f *web.Form) (to, said string, err error), again func(id T, status int, f *web.Form) error) error {
	id, err := idOf[T](r, noun)
	if err != nil {
		return err
	}
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	to, said, err := do(r.Context(), id, f)
	switch status, ok := f.Take(err); {
	case ok:
		return again(id, status, f)
	case err != nil:
		return err
	}
	if said != "" {
		web.Notify(w, r, web.Flash{Text: said})
	}
	web.SeeOther(w, r, to)
	return nil
}

var phaseKinds = map[Phase]string{Waiting: "soon", Open: "ok", Collected: "soon", Phase(Marking): "soon", Phase(Published): "ok", Phase(Cancelled): "line", Phase(Draft): "line"}

func phaseTag(p Phase) web.TagView { return web.TagView{Label: p.Label(), Kind: phaseKinds[p]} }

func standingTag(c Candidate, judged bool) web.TagView {
	switch {
	case c.State != Took:
		return web.TagView{Label: c.State.Label(), Kind: map[Standing]string{Registered: "line", Deferred: "line", Removed: "line"}[c.State]}
	case !judged:
		return web.TagView{Label: c.State.Label(), Kind: "line"}
	case bool(c.Passed):
		return web.TagView{Label: "合格", Kind: "ok"}
	}
	return web.TagView{Label: "不合格", Kind: "late"}
}

// judged reports whether the marks of the sitting are known.
func (s Sitting) judged() bool { return s.State == Marked || s.State == Published }
