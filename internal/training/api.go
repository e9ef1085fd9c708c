package training

import (
	"context"
	"strings"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/exam/bank"
	"fadu/internal/store"
	"fadu/internal/training/scene"
)

const apiGroup = "情景演练"

// RunOut is a run for programs: what its officer can see, and no more.
type RunOut struct {
	ID    string     `json:"id"`
	Scene string     `json:"scene"`
	Mode  string     `json:"mode" enum:"practice,test"`
	State string     `json:"state" enum:"running,done,left"`
	Seq   int        `json:"seq" doc:"已经做了几步，下一步照填"`
	View  scene.View `json:"view"`
}

// ResultOut is how a run went.
type ResultOut struct {
	ID      string `json:"id"`
	Scene   string `json:"scene"`
	Name    string `json:"name"`
	Mode    string `json:"mode" enum:"practice,test"`
	State   string `json:"state" enum:"running,done,left"`
	Outcome string `json:"outcome"`
	Score   string `json:"score"`
	Passed  bool   `json:"passed"`
	Fatal   string `json:"fatal"`
}

func resultOut(r Run) ResultOut {
	return ResultOut{r.ID.String(), r.Scene.String(), r.Name, string(r.Mode), string(r.State), r.Outcome, r.Points(), bool(r.Passed), r.Fatal}
}

// DebriefOut looks back on a run.
type DebriefOut struct {
	ResultOut
	Dimensions map[string]*float64 `json:"dimensions" doc:"各项得分，没有涉及的为空"`
	Log        []scene.Entry       `json:"log"`
	Lacks      []string            `json:"lacks" doc:"如果被诉，还缺什么"`
	Recall     []string            `json:"recall" doc:"放进每日一练的题目的编号"`
}

// ResultsQuery chooses runs.
type ResultsQuery struct {
	Name   string `query:"name" doc:"姓名"`
	Scene  string `query:"scene" doc:"情景的编号"`
	Result string `query:"result" enum:"passed,failed" doc:"结果"`
	After  string `query:"after" doc:"接着哪一页"`
}

// AgainBody says from which act a run is taken up again.
type AgainBody struct {
	From int `json:"from" doc:"从第几步重来"`
}

// API adds the calls of this slice.
func (s *Service) API(a *api.API) {
	take, read := access.TrainingTake, access.TrainingRead
	api.Get(a, api.Operation{ID: "listTrainingScenes", Path: "/training/scenes", Group: apiGroup, Allow: take, Summary: "可以练的情景"},
		func(ctx context.Context, by access.Session, _ api.Nothing) (api.List[SceneOut], error) {
			all, _, err := s.Offered(ctx, by)
			return api.ListOf(all, "", "", sceneOut), err
		})
	api.Add(a, api.Operation{ID: "beginTrainingRun", Path: "/training/runs", Group: apiGroup, Allow: take, Summary: "开始演练"}, s.Begin)
	api.Get(a, api.Operation{ID: "getTrainingRun", Path: "/training/runs/{id}", Group: apiGroup, Allow: take, Summary: "现在看得见的"},
		func(ctx context.Context, by access.Session, in api.One) (out RunOut, err error) {
			id, err := api.IDOf[RunID](in.ID, nounRun)
			if err != nil {
				return out, err
			}
			x, err := s.See(ctx, by, id)
			if err != nil {
				return out, err
			}
			return RunOut{x.Run.ID.String(), x.Scene.Code, string(x.Run.Mode), string(x.Run.State), x.Run.Seq, x.View()}, nil
		})
	api.Act(a, api.Operation{ID: "actInTrainingRun", Path: "/training/runs/{id}/act", Group: apiGroup, Allow: take, Summary: "做下一步"}, nounRun,
		func(ctx context.Context, by access.Session, id RunID, in ActInput) error {
			return s.Act(ctx, by, id, in)
		})
	api.Act(a, api.Operation{ID: "leaveTrainingRun", Path: "/training/runs/{id}/leave", Group: apiGroup, Allow: take, Summary: "中途退出"}, nounRun,
		func(ctx context.Context, by access.Session, id RunID, _ api.Nothing) error {
			return s.Leave(ctx, by, id)
		})
	api.Act(a, api.Operation{ID: "againTrainingRun", Path: "/training/runs/{id}/again", Group: apiGroup, Allow: take, Summary: "从某一步重来，另开一次练习"}, nounRun,
		func(ctx context.Context, by access.Session, id RunID, in AgainBody) error {
			_, err := s.Again(ctx, by, id, in.From)
			return err
		})
	api.Get(a, api.Operation{ID: "getTrainingDebrief", Path: "/training/runs/{id}/debrief", Group: apiGroup, Allow: take, Summary: "复盘"}, s.debriefOut)
	api.Get(a, api.Operation{ID: "listTrainingResults", Path: "/training/results", Group: apiGroup, Allow: read, Summary: "演练成绩"},
		func(ctx context.Context, by access.Session, in ResultsQuery) (api.List[ResultOut], error) {
			runs, prev, next, err := s.Results(ctx, by, Filter{in.Name, in.Scene, in.Result}, in.After)
			return api.ListOf(runs, prev, next, resultOut), err
		})
	s.practiceAPI(a)
	s.sceneAPI(a)
}

// QuestionOut is a question without its answer.
type QuestionOut struct {
	ID      string   `json:"id"`
	Kind    string   `json:"kind" enum:"single,multiple,judgement,fill,order"`
	Topic   string   `json:"topic"`
	Stem    string   `json:"stem"`
	Options []string `json:"options"`
}

// PracticeQuery chooses what is asked next.
type PracticeQuery struct {
	Mode  string `query:"mode" enum:"daily,in_order,random,mistakes,kept" doc:"练法，不填是每日一练"`
	Topic string `query:"topic" doc:"专项"`
}

// AnswerOut is an answer with what is right.
type AnswerOut struct {
	ID       string `json:"id"`
	Question string `json:"question"`
	Given    string `json:"given"`
	Correct  bool   `json:"correct"`
	Right    string `json:"right"`
	Explain  string `json:"explain"`
	Kept     bool   `json:"kept"`
}

// KeepBody marks a question.
type KeepBody struct {
	Question string `json:"question"`
	Keep     bool   `json:"keep"`
}

func (s *Service) practiceAPI(a *api.API) {
	take := access.TrainingTake
	api.Get(a, api.Operation{ID: "nextQuestion", Path: "/practice/next", Group: apiGroup, Allow: take, Summary: "下一道练习题；没有的，列表是空的"},
		func(ctx context.Context, by access.Session, in PracticeQuery) (out api.List[QuestionOut], err error) {
			q, ok, err := s.Next(ctx, by, in.Mode, in.Topic)
			var found []bank.Question
			if ok {
				found = append(found, q)
			}
			return api.ListOf(found, "", "", func(q bank.Question) QuestionOut {
				return QuestionOut{q.ID, string(q.Type), q.Topic, q.Stem, append([]string{}, q.Options...)}
			}), err
		})
	api.Add(a, api.Operation{ID: "answerQuestion", Path: "/practice/answers", Group: apiGroup, Allow: take, Summary: "作答"}, s.Answer)
	api.Get(a, api.Operation{ID: "getAnswer", Path: "/practice/answers/{id}", Group: apiGroup, Allow: take, Summary: "自己的一次作答和解析"},
		func(ctx context.Context, by access.Session, in api.One) (out AnswerOut, err error) {
			id, err := api.IDOf[AnswerID](in.ID, nounAnswer)
			if err != nil {
				return out, err
			}
			x, q, _, kept, err := s.Answered(ctx, by, id)
			return AnswerOut{x.ID.String(), x.Question, x.Given, bool(x.Correct), strings.Join(q.Right(), "、"), q.Explain, kept}, err
		})
	api.Add(a, api.Operation{ID: "keepQuestion", Path: "/practice/kept", Group: apiGroup, Allow: take, Summary: "收藏、取消收藏一道题"},
		func(ctx context.Context, by access.Session, in KeepBody) (AnswerID, error) {
			return 0, s.Keep(ctx, by, in.Question, in.Keep)
		})
}

func (s *Service) debriefOut(ctx context.Context, by access.Session, in api.One) (out DebriefOut, err error) {
	id, err := api.IDOf[RunID](in.ID, nounRun)
	if err != nil {
		return out, err
	}
	x, err := s.Look(ctx, by, id)
	if err == nil {
		err = x.over()
	}
	if err != nil {
		return out, err
	}
	d := DebriefOf(x)
	out = DebriefOut{ResultOut: resultOut(x.Run), Dimensions: d.Score.Dims, Log: append([]scene.Entry{}, x.Log...), Lacks: []string{}}
	for _, n := range d.Lacks {
		out.Lacks = append(out.Lacks, n.Text)
	}
	out.Recall = []string{}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		asked, err := s.recalls(tx, id)
		for _, q := range asked {
			out.Recall = append(out.Recall, q.ID)
		}
		return err
	})
	return out, err
}
