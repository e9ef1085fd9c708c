package sitting

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"fadu/internal/access"
	"fadu/internal/exam/sitting/pages"
	"fadu/internal/store"
	"fadu/internal/web"
)

// motionRoutes are what one person asks for and another approves.
func (s *Service) motionRoutes() []access.Route {
	read, manage, approve := access.ExamRead, access.ExamManage, access.ExamApprove
	return []access.Route{
		{Pattern: "GET " + PathManage + "/{id}/correct", Allow: manage, Handle: s.showCorrect},
		{Pattern: "POST " + PathManage + "/{id}/correct", Allow: manage, Handle: s.postCorrect},
		{Pattern: "GET " + PathMotions, Allow: read, Handle: s.showMotions},
		{Pattern: "GET " + PathMotions + "/{id}", Allow: read, Handle: s.showMotion},
		{Pattern: "POST " + PathMotions + "/{id}/approve", Allow: approve, Handle: s.postApprove},
		{Pattern: "POST " + PathMotions + "/{id}/refuse", Allow: approve, Handle: s.postRefuse},
		{Pattern: "POST " + PathMotions + "/{id}/withdraw", Allow: manage, Handle: s.postWithdraw},
		{Pattern: "POST " + PathPeople + "/{id}/reinstate", Allow: manage, Handle: s.postReinstate},
	}
}

func (s *Service) showCorrect(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := idOf[SittingID](r, nounSitting)
	if err != nil {
		return err
	}
	return s.renderCorrect(w, r, by, http.StatusOK, id, nil)
}

func (s *Service) renderCorrect(w http.ResponseWriter, r *http.Request, by access.Session, status int, id SittingID, f *web.Form) error {
	x, _, _, err := s.Sitting(r.Context(), by, id)
	if err != nil {
		return err
	}
	if _, err := by.Require(access.ExamManage); err != nil {
		return err
	}
	form, err := s.formOf(x)
	if err != nil {
		return err
	}
	if f == nil {
		f = web.NewForm(map[string]string{"item": web.QueryForm(r).Value("item")})
	}
	v := pages.CorrectView{Title: x.Title, Back: x.URL(), Act: x.URL() + "/correct", Version: fmt.Sprint(x.Version), Form: f}
	for i, it := range form {
		q := it.Question
		label := itemNumber(i) + " " + q.Stem
		if right := said(q, givenOf(q.Type, valueOf(q.Type, q.Right()))); !it.Open() {
			if q.Type.Lettered() {
				right = q.Answer + "，" + right
			}
			label += "（现在的答案：" + right + "）"
		}
		v.Items = append(v.Items, web.Option{Value: strconv.Itoa(i + 1), Label: label})
	}
	for _, k := range ofItem {
		v.Kinds = append(v.Kinds, web.Option{Value: string(k), Label: k.Label()})
	}
	return web.Render(w, r, status, pages.Correct(v))
}

func (s *Service) postCorrect(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return act(w, r, nounSitting, func(ctx context.Context, id SittingID, f *web.Form) (string, string, error) {
		kinds := make([]string, len(ofItem))
		for i, k := range ofItem {
			kinds[i] = string(k)
		}
		in := CorrectInput{Version: version(f), Item: int(f.RequiredInt("item", "题", 1, 1<<20)), Kind: MotionKind(f.RequiredChoice("kind", "怎么更正", kinds...)), Value: f.Long("value", maxValue), Reason: f.Required("reason", "原因", maxReason)}
		if err := f.Err(); err != nil {
			return "", "", err
		}
		m, err := s.Correct(ctx, by, id, in)
		return PathMotions + "/" + m.String(), "已提请，由另一个人批准", err
	}, func(id SittingID, status int, f *web.Form) error { return s.renderCorrect(w, r, by, status, id, f) })
}

func motionTag(s MotionState) web.TagView {
	return web.TagView{Label: s.Label(), Kind: map[MotionState]string{Proposed: "soon", Applying: "soon", Applied: "ok"}[s]}
}

func (s *Service) showMotions(w http.ResponseWriter, r *http.Request, by access.Session) error {
	f := web.QueryForm(r)
	var states []string
	v := pages.MotionsView{Form: f}
	for _, x := range motionStates {
		states = append(states, string(x.State))
		v.States = append(v.States, web.Option{Value: string(x.State), Label: x.Label})
	}
	filter := MotionFilter{State: MotionState(f.Choice("state", "状态", states...)), Sitting: SittingID(f.ID("exam", "考试"))}
	if err := f.Err(); err != nil {
		return err
	}
	ms, prev, next, err := s.Motions(r.Context(), by, filter, f.Value("after"))
	if err != nil {
		return err
	}
	q := url.Values{}
	if filter.State != "" {
		q.Set("state", string(filter.State))
	}
	if filter.Sitting != 0 {
		q.Set("exam", filter.Sitting.String())
	}
	names, people, err := s.namesOf(r.Context(), ms)
	if err != nil {
		return err
	}
	for _, m := range ms {
		v.Rows = append(v.Rows, pages.MotionRow{Title: m.Title(), Href: m.URL(), Exam: names[int64(m.Sitting)], Who: people[int64(m.Candidate)], Author: m.AuthorName, At: clockText(store.FromMicros(m.At)), State: motionTag(m.State), Reason: m.Reason})
	}
	v.Pager = pager(PathMotions, q, fmt.Sprintf("本页 %d 件", len(ms)), prev, next)
	return web.Render(w, r, http.StatusOK, pages.Motions(v))
}

func (s *Service) namesOf(ctx context.Context, ms []Motion) (exams, people map[int64]string, err error) {
	var of, who []int64
	for _, m := range ms {
		of = append(of, int64(m.Sitting))
		if m.Candidate != 0 {
			who = append(who, int64(m.Candidate))
		}
	}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		if exams, err = SittingNames(tx, of); err != nil {
			return err
		}
		people, err = CandidateNames(tx, who)
		return err
	})
	return exams, people, err
}

func (s *Service) showMotion(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := idOf[MotionID](r, nounMotion)
	if err != nil {
		return err
	}
	return s.renderMotion(w, r, by, http.StatusOK, id, web.NewForm(nil))
}

func (s *Service) renderMotion(w http.ResponseWriter, r *http.Request, by access.Session, status int, id MotionID, f *web.Form) error {
	x, err := s.Motion(r.Context(), by, id)
	if err != nil {
		return err
	}
	return web.Render(w, r, status, pages.Motion(motionView(x, by, f)))
}

func motionView(x Matter, by access.Session, f *web.Form) pages.MotionView {
	m, p := x.Motion, x.Preview
	v := pages.MotionView{Title: m.Title(), Exam: x.Sitting.Title, Back: x.Sitting.URL(), Act: m.URL(), Version: fmt.Sprint(m.Version), State: motionTag(m.State), Form: f, Scored: m.Kind.scored()}
	add := func(label, text string) {
		if text != "" {
			v.Facts = append(v.Facts, web.FactView{Label: label, Text: text})
		}
	}
	add("题", x.Stem)
	add("考生", x.Candidate.Name)
	add("答案", m.Value)
	if m.Kind == Remark {
		add("改为", points(m.Points)+" 分")
	}
	add("原因", m.Reason)
	add("提请", m.AuthorName+"，"+clockText(store.FromMicros(m.At)))
	if m.Decider != 0 {
		add("办理", m.DeciderName+"，"+clockText(store.FromMicros(m.DecidedAt)))
		add("意见", m.Remark)
	}
	waits := m.State == Proposed
	v.Waits = waits
	v.Approve = waits && by.Can(access.ExamApprove) && m.Author != by.Account()
	v.Withdraw = waits && by.Can(access.ExamManage)
	v.Counts = []web.FactView{
		{Label: "得分提高", Text: fmt.Sprintf("%d 人", p.Up)},
		{Label: "得分降低", Text: fmt.Sprintf("%d 人", p.Down)},
		{Label: "变为合格", Text: fmt.Sprintf("%d 人", p.ToPass)},
		{Label: "变为不合格", Text: fmt.Sprintf("%d 人", p.ToFail)},
	}
	if p.More > 0 {
		v.Counts = append(v.Counts, web.FactView{Label: "没有列出", Text: fmt.Sprintf("%d 人", p.More)})
	}
	passed := map[bool]string{true: "合格", false: "不合格"}
	for _, c := range p.Changes {
		v.Changes = append(v.Changes, pages.ChangeRow{Name: c.Name, Href: PathPeople + "/" + c.Candidate.String(), Old: points(c.Old), New: points(c.New), Was: passed[c.WasPassed], Is: passed[c.Passes]})
	}
	return v
}

func (s *Service) onMotionPage(w http.ResponseWriter, r *http.Request, by access.Session, field, said string, do func(ctx context.Context, id MotionID, version int64, reason string) error) error {
	return act(w, r, nounMotion, func(ctx context.Context, id MotionID, f *web.Form) (string, string, error) {
		v, reason := version(f), ""
		if field != "" {
			reason = f.Required(field, "原因", maxReason)
		}
		if err := f.Err(); err != nil {
			return "", "", err
		}
		return PathMotions + "/" + id.String(), said, do(ctx, id, v, reason)
	}, func(id MotionID, status int, f *web.Form) error { return s.renderMotion(w, r, by, status, id, f) })
}

func (s *Service) postApprove(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.onMotionPage(w, r, by, "", "已批准", func(ctx context.Context, id MotionID, v int64, _ string) error { return s.Approve(ctx, by, id, v) })
}

func (s *Service) postRefuse(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.onMotionPage(w, r, by, "refuse_reason", "没有批准", func(ctx context.Context, id MotionID, v int64, why string) error {
		return s.Refuse(ctx, by, id, v, why)
	})
}

func (s *Service) postWithdraw(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.onMotionPage(w, r, by, "withdraw_reason", "已撤回", func(ctx context.Context, id MotionID, v int64, why string) error {
		return s.Withdraw(ctx, by, id, v, why)
	})
}

func (s *Service) postReinstate(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.onPerson(w, r, by, "reinstate_reason", "已提请", func(ctx context.Context, id CandidateID, v int64, reason string, _ *web.Form) error {
		return s.Reinstate(ctx, by, id, v, reason)
	})
}
