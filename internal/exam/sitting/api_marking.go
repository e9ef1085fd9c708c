package sitting

import (
	"context"
	"strconv"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/exam/assembly"
	"fadu/internal/fault"
)

// DutyOut is a sitting that the holder of the token marks.
type DutyOut struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Phase Phase  `json:"phase" enum:"draft,frozen,waiting,open,collected,marking,marked,published,cancelled"`
}

// MarkingOut is how far the marking of a sitting is.
type MarkingOut struct {
	ID      string     `json:"id"`
	Version int64      `json:"version"`
	Items   []Progress `json:"items"`
	Markers []Share    `json:"markers"`
}

// NextQuery asks for the next script.
type NextQuery struct {
	ID   string `path:"id" doc:"编号"`
	Item string `query:"item" doc:"只要第几道的，从 1 起；不填是任何一道"`
}

// item is which item is asked for, from 0; -1 for any.
func (in NextQuery) item() (int, error) {
	if in.Item == "" {
		return -1, nil
	}
	n, err := strconv.Atoi(in.Item)
	if err != nil || n < 1 {
		return 0, fault.InvalidField("item", "第几道写成从 1 起的数字")
	}
	return n - 1, nil
}

// NextOut is the next script that waits for the marker.
type NextOut struct {
	Script string `json:"script" doc:"没有等着评的，为空"`
}

// ScriptOut is an answer to be marked: nothing of it tells whose it is.
type ScriptOut struct {
	ID       string      `json:"id"`
	Exam     string      `json:"exam"`
	Item     int         `json:"item" doc:"第几道，从 1 起"`
	Stem     string      `json:"stem"`
	Text     string      `json:"text,omitempty"`
	Model    string      `json:"model,omitempty" doc:"参考答案"`
	Criteria []PointOut  `json:"criteria"`
	Answer   []WrittenIn `json:"answer"`
	Lacks    []string    `json:"lacks,omitempty" doc:"文书缺的要素"`
	Version  int64       `json:"version" doc:"自己的评分的版本；没有评过是 0"`
	Given    []int64     `json:"given,omitempty" doc:"自己给过的分"`
}

// PointOut is a point of a rubric.
type PointOut struct {
	Text   string `json:"text"`
	Points int64  `json:"points" doc:"最多几分，以百分之一分计"`
}

// WrittenIn is what was written into a line.
type WrittenIn struct {
	Line string `json:"line"`
	Text string `json:"text"`
}

// MarkersBody appoints markers.
type MarkersBody struct {
	api.Seen
	Logins []string `json:"logins" doc:"登录名"`
}

// DismissBody takes a marker off.
type DismissBody struct {
	api.Seen
	Login string `json:"login" doc:"登录名"`
}

// MarkedPage is a page of the marks that the holder of the token gave.
type MarkedPage struct {
	ID    string `path:"id" doc:"编号"`
	After string `query:"after" doc:"接着哪一页"`
}

// MineOut is a mark that the holder of the token gave.
type MineOut struct {
	Script string `json:"script"`
	Item   int    `json:"item" doc:"第几道，从 1 起"`
	Score  string `json:"score"`
	Open   bool   `json:"open" doc:"还可以改"`
}

func scriptOut(d Desk) ScriptOut {
	it := d.Item
	out := ScriptOut{ID: d.Script.ID.String(), Exam: d.Script.Sitting.String(), Item: d.Script.Item + 1, Stem: it.Question.Stem, Text: it.Question.Text, Model: it.Question.Explain, Lacks: d.Lacks}
	if it.Of != nil {
		out.Text = it.Of.Text
	}
	texts, most := criteria(it)
	for i := range texts {
		out.Criteria = append(out.Criteria, PointOut{texts[i], most[i]})
	}
	out.Answer = written(it, d.Answer)
	if d.Own != nil {
		out.Version, out.Given = d.Own.Version, d.Own.points()
	}
	return out
}

func written(it assembly.Item, value string) (out []WrittenIn) {
	given := givenOf(it.Question.Type, value)
	for i, l := range linesOf(it) {
		w := WrittenIn{Line: l.Label}
		if i < len(given) {
			w.Text = given[i]
		}
		out = append(out, w)
	}
	return out
}

// markingAPI adds the calls of those who mark and of those who appoint them.
func (s *Service) markingAPI(a *api.API) {
	mark := access.ExamMark
	api.Get(a, api.Operation{ID: "listExamDuties", Path: "/exam-marking", Group: apiGroup, Allow: mark, Summary: "请我评卷的考试"},
		func(ctx context.Context, by access.Session, _ struct{}) (out api.List[DutyOut], err error) {
			xs, err := s.Duties(ctx, by)
			now := s.DB.Now()
			return api.ListOf(xs, "", "", func(x Sitting) DutyOut { return DutyOut{x.ID.String(), x.Title, x.Phase(now, 0)} }), err
		})
	api.Get(a, api.Operation{ID: "listMyExamMarks", Path: "/exam-marking/{id}", Group: apiGroup, Allow: mark, Summary: "我评过的"},
		func(ctx context.Context, by access.Session, in MarkedPage) (out api.List[MineOut], err error) {
			id, err := api.IDOf[SittingID](in.ID, nounSitting)
			if err != nil {
				return out, err
			}
			d, err := s.Duty(ctx, by, id, in.After)
			return api.ListOf(d.Mine, d.Prev, d.Next, func(m Mark) MineOut {
				return MineOut{m.Script.String(), m.Item + 1, points(m.Score), d.Scripts[m.Script].Given < 2}
			}), err
		})
	api.Get(a, api.Operation{ID: "nextExamScript", Path: "/exam-marking/{id}/next", Group: apiGroup, Allow: mark, Summary: "下一份要评的"},
		func(ctx context.Context, by access.Session, in NextQuery) (out NextOut, err error) {
			id, err := api.IDOf[SittingID](in.ID, nounSitting)
			if err != nil {
				return out, err
			}
			item, err := in.item()
			if err != nil {
				return out, err
			}
			next, err := s.Next(ctx, by, id, item)
			if next != 0 {
				out.Script = next.String()
			}
			return out, err
		})
	api.Get(a, api.Operation{ID: "getExamScript", Path: "/exam-scripts/{id}", Group: apiGroup, Allow: mark, Summary: "一份要评的作答"},
		func(ctx context.Context, by access.Session, in api.One) (out ScriptOut, err error) {
			id, err := api.IDOf[ScriptID](in.ID, nounScript)
			if err != nil {
				return out, err
			}
			d, err := s.Script(ctx, by, id)
			if err != nil {
				return out, err
			}
			return scriptOut(d), nil
		})
	s.deskAPI(a)
}

func (s *Service) deskAPI(a *api.API) {
	mark, manage := access.ExamMark, access.ExamManage
	api.Act(a, api.Operation{ID: "markExamScript", Path: "/exam-scripts/{id}/mark", Group: apiGroup, Allow: mark, Summary: "评分"}, nounScript, s.Mark)
	api.Get(a, api.Operation{ID: "getExamMarking", Path: "/exams/{id}/marking", Group: apiGroup, Allow: access.ExamRead, Summary: "评卷进度"},
		func(ctx context.Context, by access.Session, in api.One) (out MarkingOut, err error) {
			id, err := api.IDOf[SittingID](in.ID, nounSitting)
			if err != nil {
				return out, err
			}
			m, err := s.Marking(ctx, by, id)
			return MarkingOut{in.ID, m.Sitting.Version, m.Items, m.Shares}, err
		})
	api.Act(a, api.Operation{ID: "appointExamMarkers", Path: "/exams/{id}/markers", Group: apiGroup, Allow: manage, Summary: "指定评卷人"}, nounSitting,
		func(ctx context.Context, by access.Session, id SittingID, in MarkersBody) error {
			return s.Appoint(ctx, by, id, in.Version, in.Logins)
		})
	api.Act(a, api.Operation{ID: "dismissExamMarker", Path: "/exams/{id}/dismiss", Group: apiGroup, Allow: manage, Summary: "撤下评卷人"}, nounSitting,
		func(ctx context.Context, by access.Session, id SittingID, in DismissBody) error {
			who, err := s.accountOf(ctx, in.Login)
			if err != nil {
				return err
			}
			return s.Dismiss(ctx, by, id, in.Version, who)
		})
}
