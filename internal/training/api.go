package training

import (
	"context"
	"strings"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/exam/bank"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/training/scene"
)

const apiGroup = "情景演练"

// SceneOut is a scene for programs; its content is given only to whoever manages scenes.
type SceneOut struct {
	ID      string   `json:"id"`
	Code    string   `json:"code"`
	Number  int      `json:"number" doc:"第几版"`
	Title   string   `json:"title"`
	Edition string   `json:"edition" doc:"旧法对照的写明"`
	SetOn   law.Date `json:"set_on" doc:"情景日期，按这一天的法律判断"`
	State   string   `json:"state" enum:"draft,published,ended"`
	Version int64    `json:"version"`
	Content string   `json:"content,omitempty" doc:"YAML，只在单独取一版时给出"`
}

func sceneOut(x Scene) SceneOut {
	return SceneOut{ID: x.ID.String(), Code: x.Code, Number: x.Number, Title: x.Title, Edition: x.Edition, SetOn: x.SetOn, State: string(x.State), Version: x.Version, Content: x.Content}
}

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

// ImportBody is a scene as a file.
type ImportBody struct {
	Content string `json:"content" doc:"情景，YAML、JSON 或者 Twee 3"`
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
	return out, nil
}

func (s *Service) sceneAPI(a *api.API) {
	manage := access.TrainingManage
	api.Get(a, api.Operation{ID: "listSceneVersions", Path: "/training/versions", Group: apiGroup, Allow: manage, Summary: "情景的各版"},
		func(ctx context.Context, by access.Session, _ api.Nothing) (api.List[SceneOut], error) {
			all, err := s.Scenes(ctx, by)
			return api.ListOf(all, "", "", sceneOut), err
		})
	api.Get(a, api.Operation{ID: "getSceneVersion", Path: "/training/versions/{id}", Group: apiGroup, Allow: manage, Summary: "情景的一版，连同内容"},
		func(ctx context.Context, _ access.Session, in api.One) (out SceneOut, err error) {
			id, err := api.IDOf[SceneID](in.ID, nounScene)
			if err != nil {
				return out, err
			}
			err = s.DB.View(ctx, func(tx *store.Tx) error {
				x, err := sceneOf(tx, id)
				out = sceneOut(x)
				return err
			})
			return out, err
		})
	api.Add(a, api.Operation{ID: "importScene", Path: "/training/versions", Group: apiGroup, Allow: manage, Summary: "导入情景", MaxBody: scene.MaxBytes * 2},
		func(ctx context.Context, by access.Session, in ImportBody) (SceneID, error) {
			return s.Import(ctx, by, []byte(in.Content))
		})
	api.Act(a, api.Operation{ID: "publishScene", Path: "/training/versions/{id}/publish", Group: apiGroup, Allow: manage, Summary: "发布情景"}, nounScene,
		func(ctx context.Context, by access.Session, id SceneID, in api.Seen) error {
			return s.Publish(ctx, by, id, in.Version)
		})
	api.Act(a, api.Operation{ID: "endScene", Path: "/training/versions/{id}/end", Group: apiGroup, Allow: manage, Summary: "停用情景"}, nounScene,
		func(ctx context.Context, by access.Session, id SceneID, in api.Reasoned) error {
			return s.End(ctx, by, id, in.Version, in.Reason)
		})
}
