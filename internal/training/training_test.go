package training

import (
	"context"
	"io/fs"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/org"
	"fadu/internal/store"
	"fadu/internal/testkit"
	"fadu/internal/training/scene"
	"fadu/internal/training/scenes"
)

var migrations = []fs.FS{access.Migrations, Migrations}

// ground is the slice with the scenes of the program on both engines.
func ground(t *testing.T, test func(t *testing.T, s *Service, by access.Session, clock *testkit.Clock)) {
	t.Helper()
	judge, err := law.NewJudge(org.Rules(), org.CertificateRules(), org.SubjectRules(), casework.Rules())
	must(t, err)
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		s := New(Deps{DB: db, Judge: judge, Paper: func(name string) (Paper, bool) {
			return Paper{Lines: []PaperLine{{Name: "fact", Label: "违法事实"}}, Lacks: func(v map[string]string) []string {
				if v["fact"] == "" {
					return []string{"违法事实"}
				}
				return []string{}
			}}, name == "当场处罚决定书" || name == "责令改正通知书"
		}})
		must(t, s.Start(context.Background()))
		test(t, s, access.System("test"), clock)
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// walker plays a run act by act, three seconds each.
type walker struct {
	t     *testing.T
	s     *Service
	by    access.Session
	clock *testkit.Clock
	id    RunID
}

func begin(t *testing.T, s *Service, by access.Session, clock *testkit.Clock, mode Mode) *walker {
	t.Helper()
	id, err := s.Begin(context.Background(), by, BeginInput{Scene: "street_vendor", Mode: mode})
	must(t, err)
	return &walker{t, s, by, clock, id}
}

func (w *walker) see() Session {
	w.t.Helper()
	x, err := w.s.See(context.Background(), w.by, w.id)
	must(w.t, err)
	return x
}

func (w *walker) do(in ActInput) error {
	w.clock.Advance(3 * time.Second)
	in.Seq = w.see().Run.Seq
	return w.s.Act(context.Background(), w.by, w.id, in)
}

func (w *walker) acts(names string) {
	w.t.Helper()
	for _, n := range strings.Fields(names) {
		if err := w.do(ActInput{Action: n}); err != nil {
			w.t.Fatalf("%s：%v", n, err)
		}
	}
}

const first = "开记录仪 两人同去 亮证 招呼 共情 查询 拍照 测量 记录 同办 讲清 疏导点 帮推 呼叫指挥中心 降调 "

// TestRunIsItsActs: what is kept of a run is the seed and what was sent; played anew it is the same, and the mood follows
// the time that the server measured.
func TestRunIsItsActs(t *testing.T) {
	ground(t, func(t *testing.T, s *Service, by access.Session, clock *testkit.Clock) {
		w := begin(t, s, by, clock, Practice)
		w.acts("开记录仪 两人同去 亮证")
		a, b := w.see(), w.see()
		if !reflect.DeepEqual(a.State, b.State) || len(a.Log) != 3 || a.Log[2].Dt != 3 {
			t.Errorf("重放不同，或者用时不是服务器量的：%+v", a.Log)
		}
		if v := a.View(); v.Speaker != "卢大姐" || !slices.Contains(v.Evidence, "全程录像") {
			t.Errorf("现场：%+v", v)
		}
		clock.Advance(time.Minute) // 招呼限 25 秒
		must(t, s.Act(context.Background(), by, w.id, ActInput{Seq: 3, Action: "招呼"}))
		if last := w.see().Log[3]; !last.Timeout || last.Action != "站着不说" {
			t.Errorf("超过时限应当算没有作声：%+v", last)
		}
	})
}

// TestActIsDoneOnce: the same act for the same number is done once, another one for a number that is past is refused, and
// what cannot be done is refused and leaves nothing.
func TestActIsDoneOnce(t *testing.T) {
	ground(t, func(t *testing.T, s *Service, by access.Session, clock *testkit.Clock) {
		ctx := context.Background()
		w := begin(t, s, by, clock, Practice)
		w.acts("开记录仪")
		must(t, s.Act(ctx, by, w.id, ActInput{Seq: 0, Action: "开记录仪"}))
		for name, in := range map[string]ActInput{
			"画面已经往前走了": {Seq: 0, Action: "两人同去"}, "没有这个选择": {Seq: 1, Action: "登记办结"}, "只能做一次的又做": {Seq: 1, Action: "开记录仪"}, "以后的步": {Seq: 7, Action: "两人同去"},
		} {
			if err := s.Act(ctx, by, w.id, in); !fault.Is(err, fault.Conflict) {
				t.Errorf("%s：%v", name, err)
			}
		}
		if x := w.see(); x.Run.Seq != 1 || len(x.Log) != 1 {
			t.Errorf("做了 %d 步", x.Run.Seq)
		}
	})
}

// TestResult: the first offence is taught, the third is fined; the score is the scene's, and the debrief names what was
// chosen and what the law says.
func TestResult(t *testing.T) {
	ground(t, func(t *testing.T, s *Service, by access.Session, clock *testkit.Clock) {
		ctx := context.Background()
		w := begin(t, s, by, clock, Test)
		x := w.see()
		rest := "教育改正 说清 登记办结 留卡片"
		if x.State.Vars["first_violation"] == false {
			rest = "当场罚款 逐项告知 记下申辩 填决定书 念给她听 缴款码 留位置"
		}
		if d := DebriefOf(x); x.over() == nil || len(d.Steps) != 0 {
			t.Error("没有结束就能复盘")
		}
		for _, n := range strings.Fields(first + rest) {
			must(t, w.do(ActInput{Action: n, Paper: map[string]string{"fact": "占道摆卖杨梅"}}))
		}
		x = w.see()
		if x.Run.State != Done || !x.Run.Passed || x.Run.Score < 9500 || x.Run.Outcome != scene.EndSuccess {
			t.Fatalf("%+v", x.Run)
		}
		d := DebriefOf(x)
		if got := int64(d.Score.Final*100 + 0.5); got != x.Run.Score {
			t.Errorf("存下的得分 %d，重算 %d", x.Run.Score, got)
		}
		if len(d.Steps) != x.Run.Seq || d.Steps[0].Did != "打开执法记录仪并说明正在录像" || len(d.Steps[0].Cites) == 0 {
			t.Errorf("复盘：%+v", d.Steps[0])
		}
		if err := w.do(ActInput{Action: "等待"}); !fault.Is(err, fault.Conflict) {
			t.Errorf("结束以后：%v", err)
		}
		if _, err := s.Again(ctx, by, w.id, 3); !fault.Is(err, fault.Conflict) {
			t.Errorf("考核从中间重来：%v", err)
		}
		runs, _, _, err := s.Results(ctx, by, Filter{Scene: "street_vendor", Result: "passed"}, "")
		if err != nil || len(runs) != 1 || runs[0].ID != w.id {
			t.Errorf("成绩：%v %v", runs, err)
		}
	})
}

// TestPaperIsChecked: a paper that is filled in lacks what the element checker of real papers finds (行政处罚法第五十二条).
func TestPaperIsChecked(t *testing.T) {
	ground(t, func(t *testing.T, s *Service, by access.Session, clock *testkit.Clock) {
		w := begin(t, s, by, clock, Practice)
		for w.see().State.Vars["first_violation"] == true {
			w = begin(t, s, by, clock, Practice)
		}
		w.acts(first + "当场罚款 逐项告知 记下申辩")
		if err := w.do(ActInput{Action: "填决定书", Paper: map[string]string{"nothing": "x"}}); !fault.Is(err, fault.Invalid) {
			t.Errorf("没有的一行：%v", err)
		}
		must(t, w.do(ActInput{Action: "填决定书"}))
		w.acts("念给她听") // 交付时查决定书
		broken := DebriefOf(w.see()).Steps[len(w.see().Log)-1].Broken
		if !slices.ContainsFunc(broken, func(h scene.Hit) bool { return h.Rule == "XZCF-52-2-elements" }) {
			t.Errorf("空白的决定书没有缺项：%+v", broken)
		}
	})
}

// TestAgain takes a practice up from an act: the same seed, the same way up to there.
func TestAgain(t *testing.T) {
	ground(t, func(t *testing.T, s *Service, by access.Session, clock *testkit.Clock) {
		ctx := context.Background()
		w := begin(t, s, by, clock, Practice)
		w.acts("开记录仪 两人同去 亮证")
		old := w.see()
		id, err := s.Again(ctx, by, w.id, 3)
		must(t, err)
		x, err := s.See(ctx, by, id)
		must(t, err)
		if x.Run.Seed != old.Run.Seed || len(x.Log) != 2 || x.View().Beat != old.Log[1].Next {
			t.Errorf("从第三步重来：%+v", x.Run)
		}
		must(t, s.Act(ctx, by, id, ActInput{Seq: 2, Action: "招呼"}))
		must(t, s.Leave(ctx, by, id))
		if err := s.Leave(ctx, by, id); !fault.Is(err, fault.Conflict) {
			t.Errorf("退出两次：%v", err)
		}
		if got := w.see(); got.Run.Seq != 3 || got.Run.State != Running {
			t.Errorf("原来的那次变了：%+v", got.Run)
		}
	})
}

// TestForeignRun: others' runs are not there for who may not see results.
func TestForeignRun(t *testing.T) {
	ground(t, func(t *testing.T, s *Service, by access.Session, clock *testkit.Clock) {
		w := begin(t, s, by, clock, Practice)
		var nobody access.Session
		for name, err := range map[string]error{
			"看": func() error { _, err := s.Look(context.Background(), nobody, w.id+1); return err }(),
			"开始": func() error {
				_, err := s.Begin(context.Background(), nobody, BeginInput{Scene: "street_vendor", Mode: Practice})
				return err
			}(),
			"成绩": func() error { _, _, _, err := s.Results(context.Background(), nobody, Filter{}, ""); return err }(),
		} {
			if err == nil {
				t.Errorf("%s：没有权限也可以", name)
			}
		}
	})
}

// TestStartTwice: the scenes of the program come in once, and every act has its entry.
func TestStartTwice(t *testing.T) {
	ground(t, func(t *testing.T, s *Service, by access.Session, clock *testkit.Clock) {
		ctx := context.Background()
		must(t, s.Start(ctx))
		all, err := s.Scenes(ctx, by)
		must(t, err)
		files, err := scenes.Files()
		must(t, err)
		if len(all) != len(files) {
			t.Errorf("有 %d 版，应当是 %d", len(all), len(files))
		}
		begin(t, s, by, clock, Practice).acts("开记录仪 两人同去")
		must(t, ledger.Sequence(ctx, s.DB))
		var n int64
		testkit.View(t, s.DB, func(tx *store.Tx) (err error) {
			n, err = tx.DB().NewSelect().TableExpr("ledger_entry").Where("kind = ?", kindActed).Count(tx.Ctx)
			return err
		})
		if n != 2 {
			t.Errorf("入账 %d 次", n)
		}
	})
}
