package sitting

import (
	"slices"
	"testing"
	"time"

	"fadu/internal/access"
	"fadu/internal/exam/assembly"
	"fadu/internal/exam/bank"
	"fadu/internal/fault"
	"fadu/internal/testkit"

	"fadu/internal/store"
)

// openQuestions are a material with a single and an essay, and a paper to be drawn up.
func openQuestions() []assembly.Available {
	return []assembly.Available{
		{Version: 1, Question: bank.Question{ID: "o-1", Type: bank.Material, Topic: "告知", Level: 1, Stem: "阅读材料", Text: "某日，执法人员……", Parts: []bank.Part{
			{Type: bank.Single, Stem: "第一问", Options: []string{"甲", "乙"}, Answer: "A", Points: 2},
			{Type: bank.Essay, Stem: "第二问", Model: "应当回避", Rubric: []bank.Criterion{{Text: "依据", Points: 1}, {Text: "理由", Points: 1}}},
		}}},
		{Version: 1, Question: bank.Question{ID: "o-2", Type: bank.Drafting, Topic: "告知", Level: 1, Stem: "制作文书", Paper: "责令改正通知书", Rubric: []bank.Criterion{{Text: "事实", Points: 1}, {Text: "依据", Points: 1}}}},
	}
}

// draftPaper stands for the forms of real papers.
func draftPaper(name string) (DraftPaper, bool) {
	lines := []assembly.Line{{Name: "fact", Label: "违法事实", Long: true}, {Name: "basis", Label: "依据"}}
	return DraftPaper{Lines: lines, Lacks: func(v map[string]string) (out []string) {
		for _, l := range lines {
			if v[l.Name] == "" {
				out = append(out, l.Label)
			}
		}
		return out
	}}, name == "责令改正通知书"
}

// openExam is an exam of one point for each of two singles, four for a material and two for a paper.
func (r *room) openExam() {
	r.Helper()
	r.plan(func(in *Input) {
		in.Pass = 600
		in.Blueprint = assembly.Blueprint{{Type: bank.Single, Count: 2, Points: 100}, {Type: bank.Material, Count: 1, Points: 400}, {Type: bank.Drafting, Count: 1, Points: 200}}
	})
}

func (r *room) answer(login string, values ...string) {
	r.Helper()
	st := r.start(login)
	in := SaveInput{Device: st.Device}
	for i, v := range values {
		if v != "" {
			in.Answers = append(in.Answers, Answer{Item: i, Seq: 1, Value: v})
		}
	}
	_, err := r.s.Save(r.ctx, r.who[login], st.Attempt, in)
	must(r.T, err)
	_, err = r.s.Submit(r.ctx, r.who[login], st.Attempt, st.Device)
	must(r.T, err)
}

// script finds the script of a candidate.
func (r *room) script(login string, item int) (c Script) {
	r.Helper()
	testkit.View(r.T, r.s.DB, func(tx *store.Tx) error {
		return tx.DB().NewSelect().Model(&c).Where("sitting_id = ?", r.id).Where("account = ?", r.who[login].Account()).Where("item = ?", item).Scan(tx.Ctx)
	})
	return c
}

func (r *room) mark(login string, id ScriptID, points ...int64) error {
	return r.s.Mark(r.ctx, r.who[login], id, MarkInput{Points: points})
}

// sat has two candidates sit the open exam, and the program collect it.
func (r *room) satOpen() {
	r.Helper()
	r.openExam()
	must(r.T, r.s.Appoint(r.ctx, r.who["trainer"], r.id, r.version(), []string{"fa1", "fa2", "fa3", "fa4"}))
	r.open()
	r.answer("jia", "B", "B", "A", "应当回避", `["占道","城市管理条例"]`)
	r.answer("bing", "B", "C", "B", "", `["占道",""]`)
	r.clock.Advance(90 * time.Minute)
	r.collect()
}

func Test开放题由两人互不知情地评(t *testing.T) {
	rooms(t, func(r *room) {
		r.satOpen()
		if x, p := r.sitting(); x.State != Marking || p != Phase(Marking) {
			r.Fatalf("有要人评的，应当在评卷：%s", x.State)
		}
		r.refused(r.s.Publish(r.ctx, r.who["trainer"], r.id, r.version()), fault.Conflict, "人工评卷")
		r.refused(r.s.Appoint(r.ctx, r.who["trainer"], r.id, r.version(), []string{"trainer"}), fault.Invalid, "考生")
		r.refused(r.s.Appoint(r.ctx, r.who["trainer"], r.id, r.version(), []string{"jia"}), fault.Invalid, "没有评阅")
		essay, paper, other := r.script("jia", 3), r.script("jia", 4), r.script("bing", 4)

		// 本中队的、本单位的都不给
		_, err := r.s.Script(r.ctx, r.who["fa3"], essay.ID)
		r.refused(err, fault.NotFound, nounScript)
		r.refused(r.mark("fa3", essay.ID, 100, 100), fault.NotFound, nounScript)
		for login, want := range map[string]ScriptID{"fa1": paper.ID, "fa3": other.ID} {
			if id, err := r.s.Next(r.ctx, r.who[login], r.id, 4); err != nil || id != want {
				r.Errorf("%s 应当评 %v，却是 %v %v", login, want, id, err)
			}
		}
		_, err = r.s.Next(r.ctx, r.who["trainer"], r.id, -1)
		r.refused(err, fault.NotFound, nounScript)

		// 相近的取平均；一个人评过以前自己可以改
		r.refused(r.mark("fa1", essay.ID, 100, 101), fault.Invalid, "")
		must(r.T, r.mark("fa1", essay.ID, 0, 0))
		must(r.T, r.s.Mark(r.ctx, r.who["fa1"], essay.ID, MarkInput{Version: 1, Points: []int64{100, 100}, Note: "写全了"}))
		d, err := r.s.Script(r.ctx, r.who["fa2"], essay.ID)
		if must(r.T, err); d.Own != nil || d.Answer != "应当回避" {
			r.Errorf("第二人看得到作答，看不到第一人的评分：%+v", d.Own)
		}
		must(r.T, r.mark("fa2", essay.ID, 100, 80))
		if c := r.script("jia", 3); !bool(c.Done) || c.Score != 190 {
			r.Errorf("相差一成，取平均：%+v", c)
		}
		r.refused(r.s.Mark(r.ctx, r.who["fa1"], essay.ID, MarkInput{Version: 2, Points: []int64{0, 0}}), fault.Conflict, "不能再改")
		r.refused(r.mark("fa4", essay.ID, 0, 0), fault.Conflict, "评完")

		// 相差过大的要第三人
		must(r.T, r.mark("fa1", paper.ID, 100, 100))
		must(r.T, r.mark("fa2", paper.ID, 50, 50))
		if c := r.script("jia", 4); bool(c.Done) || c.Given != 2 {
			r.Errorf("相差一半，要第三人：%+v", c)
		}
		if id, err := r.s.Next(r.ctx, r.who["fa4"], r.id, 4); err != nil || id != paper.ID && id != other.ID {
			r.Errorf("第三人应当轮得到：%v %v", id, err)
		}
		must(r.T, r.mark("fa4", paper.ID, 60, 70))
		if c := r.script("jia", 4); !bool(c.Done) || c.Score != 115 {
			r.Errorf("第三人与较近的一人平均：%+v", c)
		}

		d, err = r.s.Script(r.ctx, r.who["fa2"], other.ID)
		if must(r.T, err); !slices.Equal(d.Lacks, []string{"依据"}) {
			r.Errorf("与真实文书用同一套检查：%v", d.Lacks)
		}
		must(r.T, r.mark("fa2", other.ID, 100, 0))
		must(r.T, r.mark("fa4", other.ID, 100, 0))
		if x, _ := r.sitting(); x.State != Marked {
			r.Errorf("最后一份评完，这一场就阅完了：%s", x.State)
		}
		if c := r.seat("jia").Candidate; c.Score != 100+100+200+190+115 || !bool(c.Passed) {
			r.Errorf("甲：%+v", c)
		}
		if c := r.seat("bing").Candidate; c.Score != 200 || bool(c.Passed) { // 没有作答的不评，记零分
			r.Errorf("丙：%+v", c)
		}
		m, err := r.s.Marking(r.ctx, r.who["trainer"], r.id)
		if must(r.T, err); len(m.Items) != 2 || m.Items[1] != (Progress{Item: 4, Stem: "制作文书", Points: 200, All: 2, Done: 2, Thirds: 1}) || len(m.Shares) != 4 {
			r.Errorf("%+v %+v", m.Items, m.Shares)
		}
		duty, err := r.s.Duty(r.ctx, r.who["fa2"], r.id, "")
		if must(r.T, err); len(duty.Mine) != 3 || len(duty.Items) != 0 {
			r.Errorf("评过的三份：%+v", duty)
		}
		must(r.T, r.s.Publish(r.ctx, r.who["trainer"], r.id, r.version()))
	})
}

func Test同单位回避(t *testing.T) {
	t.Parallel()
	unit := func(ids ...access.UnitID) access.Levels {
		var u [5]access.UnitID
		copy(u[:], ids)
		return access.Levels{UnitID: ids[len(ids)-1], U1: u[0], U2: u[1], U3: u[2], U4: u[3], U5: u[4]}
	}
	bureau, squad, team, other := unit(1), unit(1, 2), unit(1, 2, 3), unit(1, 4)
	for name, c := range map[string]struct {
		marker, candidate access.Levels
		want              bool
	}{
		"同一中队": {squad, squad, true}, "下面的班组": {squad, team, true}, "班组里的人评本中队的": {team, squad, true}, "别的中队": {other, squad, false},
		"局机关的人评中队的": {bureau, squad, false}, "中队的人评局机关的": {squad, bureau, false}, "都在局机关": {bureau, bureau, true},
	} {
		if got := near(c.marker, c.candidate, bureau); got != c.want {
			t.Errorf("%s：%v", name, got)
		}
	}
}
