package sitting

import (
	"context"

	"fadu/internal/access"
	"fadu/internal/api"
)

// MotionOut is what one person asks for and another approves.
type MotionOut struct {
	ID        string      `json:"id"`
	Exam      string      `json:"exam"`
	Candidate string      `json:"candidate,omitempty"`
	Kind      MotionKind  `json:"kind" enum:"accept,rekey,give_all,drop,remark,defer,void,reinstate"`
	Item      int         `json:"item,omitempty" doc:"第几道，从 1 起"`
	Value     string      `json:"value,omitempty"`
	Points    int64       `json:"points,omitempty" doc:"以百分之一分计"`
	Reason    string      `json:"reason"`
	State     MotionState `json:"state" enum:"proposed,applying,applied,refused,withdrawn"`
	Author    string      `json:"author"`
	Decider   string      `json:"decider,omitempty"`
	Remark    string      `json:"remark,omitempty"`
	Version   int64       `json:"version"`
}

// ChangesOut is a motion with what it changes, or would change.
type ChangesOut struct {
	MotionOut
	Up      int      `json:"up" doc:"得分提高的人数"`
	Down    int      `json:"down" doc:"得分降低的人数"`
	ToPass  int      `json:"to_pass" doc:"变为合格的人数"`
	ToFail  int      `json:"to_fail" doc:"变为不合格的人数"`
	Changes []Change `json:"changes" doc:"最多五百人"`
}

// MotionsQuery chooses motions.
type MotionsQuery struct {
	State string `query:"state" enum:"proposed,applying,applied,refused,withdrawn" doc:"状态"`
	Exam  string `query:"exam" doc:"考试的编号"`
	After string `query:"after" doc:"接着哪一页"`
}

func motionOut(m Motion) MotionOut {
	out := MotionOut{ID: m.ID.String(), Exam: m.Sitting.String(), Kind: m.Kind, Item: m.Item + 1, Value: m.Value, Points: m.Points, Reason: m.Reason, State: m.State, Author: m.AuthorName, Decider: m.DeciderName, Remark: m.Remark, Version: m.Version}
	if m.Candidate != 0 {
		out.Candidate = m.Candidate.String()
	}
	return out
}

// motionAPI adds the calls of what one person asks for and another approves.
func (s *Service) motionAPI(a *api.API) {
	read, approve := access.ExamRead, access.ExamApprove
	api.Act(a, api.Operation{ID: "correctExamItem", Path: "/exams/{id}/correct", Group: apiGroup, Allow: access.ExamManage, Summary: "提请更正一道题"}, nounSitting,
		func(ctx context.Context, by access.Session, id SittingID, in CorrectInput) error {
			_, err := s.Correct(ctx, by, id, in)
			return err
		})
	api.Act(a, api.Operation{ID: "makeUpExam", Path: "/exams/{id}/make-up", Group: apiGroup, Allow: access.ExamManage, Summary: "安排补考"}, nounSitting,
		func(ctx context.Context, by access.Session, id SittingID, in MakeUpInput) error {
			_, err := s.MakeUp(ctx, by, id, in)
			return err
		})
	api.Get(a, api.Operation{ID: "listExamMotions", Path: "/exam-motions", Group: apiGroup, Allow: read, Summary: "要批准的考试事项"},
		func(ctx context.Context, by access.Session, in MotionsQuery) (out api.List[MotionOut], err error) {
			f := MotionFilter{State: MotionState(in.State)}
			if in.Exam != "" {
				if f.Sitting, err = api.IDOf[SittingID](in.Exam, nounSitting); err != nil {
					return out, err
				}
			}
			ms, prev, next, err := s.Motions(ctx, by, f, in.After)
			return api.ListOf(ms, prev, next, motionOut), err
		})
	api.Get(a, api.Operation{ID: "getExamMotion", Path: "/exam-motions/{id}", Group: apiGroup, Allow: read, Summary: "一件考试事项和它改变的得分"},
		func(ctx context.Context, by access.Session, in api.One) (out ChangesOut, err error) {
			id, err := api.IDOf[MotionID](in.ID, nounMotion)
			if err != nil {
				return out, err
			}
			x, err := s.Motion(ctx, by, id)
			p := x.Preview
			return ChangesOut{motionOut(x.Motion), p.Up, p.Down, p.ToPass, p.ToFail, append([]Change{}, p.Changes...)}, err
		})
	api.Act(a, api.Operation{ID: "approveExamMotion", Path: "/exam-motions/{id}/approve", Group: apiGroup, Allow: approve, Summary: "批准考试事项"}, nounMotion,
		func(ctx context.Context, by access.Session, id MotionID, in api.Seen) error {
			return s.Approve(ctx, by, id, in.Version)
		})
	api.Act(a, api.Operation{ID: "refuseExamMotion", Path: "/exam-motions/{id}/refuse", Group: apiGroup, Allow: approve, Summary: "不批准考试事项"}, nounMotion,
		func(ctx context.Context, by access.Session, id MotionID, in api.Reasoned) error {
			return s.Refuse(ctx, by, id, in.Version, in.Reason)
		})
	api.Act(a, api.Operation{ID: "withdrawExamMotion", Path: "/exam-motions/{id}/withdraw", Group: apiGroup, Allow: access.ExamManage, Summary: "撤回考试事项"}, nounMotion,
		func(ctx context.Context, by access.Session, id MotionID, in api.Reasoned) error {
			return s.Withdraw(ctx, by, id, in.Version, in.Reason)
		})
}
