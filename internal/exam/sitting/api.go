package sitting

import (
	"context"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/exam/assembly"
	"fadu/internal/exam/stats"
)

const apiGroup = "考试"

// SittingOut is a sitting for programs: nothing of its questions.
type SittingOut struct {
	ID      string `json:"id"`
	Phase   Phase  `json:"phase" enum:"draft,frozen,waiting,open,collected,marking,marked,published,cancelled"`
	Digest  string `json:"digest" doc:"定卷以后试卷的摘要"`
	Version int64  `json:"version"`
	Input
	Tally *Tally `json:"tally,omitempty" doc:"只在单独取一场时给出"`
}

// CandidateOut is a candidate for programs.
type CandidateOut struct {
	ID      string   `json:"id"`
	Exam    string   `json:"exam"`
	Name    string   `json:"name"`
	State   Standing `json:"state" enum:"registered,took,absent,deferred,voided,removed"`
	Why     string   `json:"why"`
	Extra   int64    `json:"extra_minutes"`
	Taken   int64    `json:"taken" doc:"答过几次"`
	Score   string   `json:"score" doc:"阅卷以后才有"`
	Passed  bool     `json:"passed"`
	Version int64    `json:"version"`
}

// CandidatesQuery chooses candidates.
type CandidatesQuery struct {
	ID    string `path:"id" doc:"编号"`
	Name  string `query:"name" doc:"姓名"`
	Group string `query:"group" enum:"enrolled,taken,passed,failed,absent,deferred,voided,running" doc:"范围"`
	After string `query:"after" doc:"接着哪一页"`
}

// AfterQuery goes on with a list.
type AfterQuery struct {
	After string `query:"after" doc:"接着哪一页"`
}

// ExamPlanBody changes a sitting.
type ExamPlanBody struct {
	api.Seen
	Input
}

// RosterBody adds to a roster.
type RosterBody struct {
	api.Seen
	RosterInput
}

// ItemsOut is the analysis of a paper.
type ItemsOut struct {
	Exam     string         `json:"exam"`
	Analysis stats.Analysis `json:"analysis"`
	Alike    int            `json:"alike" doc:"有多少对答卷相同的错答多，值得人看"`
}

func sittingOut(x Sitting, p Phase, t *Tally) (SittingOut, error) {
	in, err := x.input()
	if in.Blueprint == nil {
		in.Blueprint = assembly.Blueprint{}
	}
	return SittingOut{ID: x.ID.String(), Phase: p, Digest: x.Digest, Version: x.Version, Input: in, Tally: t}, err
}

func candidateOut(c Candidate, judged bool) CandidateOut {
	out := CandidateOut{ID: c.ID.String(), Exam: c.Sitting.String(), Name: c.Name, State: c.State, Why: c.Why, Extra: c.Extra, Taken: c.Taken, Passed: bool(c.Passed), Version: c.Version}
	if judged && (c.State == Took || c.State == Voided) {
		out.Score = points(c.Score)
	}
	return out
}

// API adds the calls of those who run exams. Exams are sat in the browser, by the person: a token cannot.
func (s *Service) API(a *api.API) {
	read := access.ExamRead
	api.Get(a, api.Operation{ID: "listExams", Path: "/exams", Group: apiGroup, Allow: read, Summary: "考试"},
		func(ctx context.Context, by access.Session, in AfterQuery) (out api.List[SittingOut], err error) {
			xs, prev, next, err := s.Sittings(ctx, by, in.After)
			if err != nil {
				return out, err
			}
			now := s.DB.Now()
			return api.ListOf(xs, prev, next, func(x Sitting) SittingOut {
				row, faulty := sittingOut(x, x.Phase(now, 0), nil)
				if faulty != nil {
					err = faulty
				}
				return row
			}), err
		})
	api.Get(a, api.Operation{ID: "getExam", Path: "/exams/{id}", Group: apiGroup, Allow: read, Summary: "一场考试和人数"},
		func(ctx context.Context, by access.Session, in api.One) (out SittingOut, err error) {
			id, err := api.IDOf[SittingID](in.ID, nounSitting)
			if err != nil {
				return out, err
			}
			x, t, p, err := s.Sitting(ctx, by, id)
			if err != nil {
				return out, err
			}
			return sittingOut(x, p, &t)
		})
	s.planAPI(a)
	s.candidateAPI(a)
	s.markingAPI(a)
	s.motionAPI(a)
	s.diplomaAPI(a)
}

func (s *Service) planAPI(a *api.API) {
	read, manage := access.ExamRead, access.ExamManage
	api.Add(a, api.Operation{ID: "planExam", Path: "/exams", Group: apiGroup, Allow: manage, Summary: "安排考试"}, s.Make)
	api.Act(a, api.Operation{ID: "editExam", Path: "/exams/{id}/edit", Group: apiGroup, Allow: manage, Summary: "修改考试"}, nounSitting,
		func(ctx context.Context, by access.Session, id SittingID, in ExamPlanBody) error {
			return s.Edit(ctx, by, id, in.Version, in.Input)
		})
	api.Act(a, api.Operation{ID: "enrolInExam", Path: "/exams/{id}/roster", Group: apiGroup, Allow: manage, Summary: "加入考生"}, nounSitting,
		func(ctx context.Context, by access.Session, id SittingID, in RosterBody) error {
			return s.Enrol(ctx, by, id, in.Version, in.RosterInput)
		})
	api.Act(a, api.Operation{ID: "freezeExam", Path: "/exams/{id}/freeze", Group: apiGroup, Allow: manage, Summary: "定卷"}, nounSitting,
		func(ctx context.Context, by access.Session, id SittingID, in api.Seen) error {
			return s.Freeze(ctx, by, id, in.Version)
		})
	api.Act(a, api.Operation{ID: "thawExam", Path: "/exams/{id}/thaw", Group: apiGroup, Allow: manage, Summary: "退回重新组卷"}, nounSitting,
		func(ctx context.Context, by access.Session, id SittingID, in api.Reasoned) error {
			return s.Thaw(ctx, by, id, in.Version, in.Reason)
		})
	api.Act(a, api.Operation{ID: "cancelExam", Path: "/exams/{id}/cancel", Group: apiGroup, Allow: manage, Summary: "取消考试"}, nounSitting,
		func(ctx context.Context, by access.Session, id SittingID, in api.Reasoned) error {
			return s.Cancel(ctx, by, id, in.Version, in.Reason)
		})
	api.Act(a, api.Operation{ID: "publishExam", Path: "/exams/{id}/publish", Group: apiGroup, Allow: manage, Summary: "公布成绩"}, nounSitting,
		func(ctx context.Context, by access.Session, id SittingID, in api.Seen) error {
			return s.Publish(ctx, by, id, in.Version)
		})
	api.Get(a, api.Operation{ID: "analyseExam", Path: "/exams/{id}/items", Group: apiGroup, Allow: read, Summary: "题目分析"},
		func(ctx context.Context, by access.Session, in api.One) (out ItemsOut, err error) {
			id, err := api.IDOf[SittingID](in.ID, nounSitting)
			if err != nil {
				return out, err
			}
			p, err := s.Analyse(ctx, by, id)
			return ItemsOut{Exam: in.ID, Analysis: p.Analysis, Alike: len(p.Alike)}, err
		})
}

func (s *Service) candidateAPI(a *api.API) {
	read, manage := access.ExamRead, access.ExamManage
	api.Get(a, api.Operation{ID: "listExamCandidates", Path: "/exams/{id}/candidates", Group: apiGroup, Allow: read, Summary: "考生和成绩"},
		func(ctx context.Context, by access.Session, in CandidatesQuery) (out api.List[CandidateOut], err error) {
			id, err := api.IDOf[SittingID](in.ID, nounSitting)
			if err != nil {
				return out, err
			}
			x, _, _, err := s.Sitting(ctx, by, id)
			if err != nil {
				return out, err
			}
			cs, prev, next, err := s.Candidates(ctx, by, id, Filter{Name: in.Name, Group: in.Group}, in.After)
			return api.ListOf(cs, prev, next, func(c Candidate) CandidateOut { return candidateOut(c, x.judged()) }), err
		})
	api.Get(a, api.Operation{ID: "getExamCandidate", Path: "/exam-candidates/{id}", Group: apiGroup, Allow: read, Summary: "一名考生"},
		func(ctx context.Context, by access.Session, in api.One) (out CandidateOut, err error) {
			id, err := api.IDOf[CandidateID](in.ID, nounCandidate)
			if err != nil {
				return out, err
			}
			d, err := s.Candidate(ctx, by, id)
			return candidateOut(d.Candidate, d.Sitting.judged()), err
		})
	api.Act(a, api.Operation{ID: "grantExamTime", Path: "/exam-candidates/{id}/grant", Group: apiGroup, Allow: manage, Summary: "给考生加时"}, nounCandidate,
		func(ctx context.Context, by access.Session, id CandidateID, in GrantInput) error {
			return s.Grant(ctx, by, id, in)
		})
	for _, x := range []struct {
		id, act, summary string
		do               func(context.Context, access.Session, CandidateID, int64, string) error
	}{
		{"deferExamCandidate", "defer", "提请缓考", s.Defer}, {"voidExamResult", "void", "提请成绩作废（违纪）", s.Void}, {"reinstateExamResult", "reinstate", "提请撤销违纪处理", s.Reinstate}, {"removeExamCandidate", "remove", "移出考生", s.Remove},
	} {
		api.Act(a, api.Operation{ID: x.id, Path: "/exam-candidates/{id}/" + x.act, Group: apiGroup, Allow: manage, Summary: x.summary}, nounCandidate,
			func(ctx context.Context, by access.Session, id CandidateID, in api.Reasoned) error {
				return x.do(ctx, by, id, in.Version, in.Reason)
			})
	}
}
