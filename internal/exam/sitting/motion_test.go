package sitting

import (
	"testing"
	"time"

	"fadu/internal/fault"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

// motion is the newest motion of the sitting.
func (r *room) motion() Motion {
	r.Helper()
	ms, _, _, err := r.s.Motions(r.ctx, r.who["trainer"], MotionFilter{Sitting: r.id}, "")
	if must(r.T, err); len(ms) == 0 {
		r.Fatal("没有待批准的事项")
	}
	return ms[0]
}

func (r *room) approve(login string) {
	r.Helper()
	m := r.motion()
	must(r.T, r.s.Approve(r.ctx, r.who[login], m.ID, m.Version))
}

func (r *room) correct(item int, kind MotionKind, value string) error {
	r.Helper()
	_, err := r.s.Correct(r.ctx, r.who["trainer"], r.id, CorrectInput{Version: r.version(), Item: item, Kind: kind, Value: value, Reason: "法条改了"})
	return err
}

// published has 甲 answer all but two items rightly, 乙 all but five, and the results published.
func (r *room) published() {
	r.Helper()
	r.plan(nil)
	r.open()
	for login, wrong := range map[string]int{"jia": 2, "yi": 5} {
		st := r.start(login)
		r.right(login, st, wrong)
		_, err := r.s.Submit(r.ctx, r.who[login], st.Attempt, st.Device)
		must(r.T, err)
	}
	r.clock.Advance(2 * time.Hour)
	r.collect()
	must(r.T, r.s.Publish(r.ctx, r.who["trainer"], r.id, r.version()))
}

func (r *room) scores(say string, jia, yi int64, jiaPasses, yiPasses bool) {
	r.Helper()
	a, b := r.seat("jia").Candidate, r.seat("yi").Candidate
	if a.Score != jia || b.Score != yi || bool(a.Passed) != jiaPasses || bool(b.Passed) != yiPasses {
		r.Errorf("%s：甲 %d %v，乙 %d %v", say, a.Score, a.Passed, b.Score, b.Passed)
	}
}

func Test公布以后更正答案(t *testing.T) {
	rooms(t, func(r *room) {
		r.published()
		r.scores("公布时", 800, 500, true, false)
		r.refused(r.correct(1, Rekey, "Z"), fault.Invalid, "")
		r.refused(r.correct(11, Drop, ""), fault.Invalid, "")
		r.refused(r.correct(1, Accept, ""), fault.Invalid, "")

		// 甲、乙第一题都答 D：也算对
		must(r.T, r.correct(1, Accept, "D"))
		r.refused(r.correct(1, Drop, ""), fault.Conflict, "已经在等批准")
		m := r.motion()
		x, err := r.s.Motion(r.ctx, r.who["trainer"], m.ID)
		if must(r.T, err); x.Preview.Up != 2 || x.Preview.ToPass != 1 || x.Preview.Down != 0 || len(x.Preview.Changes) != 2 {
			r.Errorf("预览：%+v", x.Preview)
		}
		r.scores("批准以前不变", 800, 500, true, false)
		r.refused(r.s.Approve(r.ctx, r.who["trainer"], m.ID, m.Version), fault.Forbidden, "")
		r.refused(r.s.Approve(r.ctx, r.who["fa1"], m.ID, m.Version+1), fault.Conflict, "刚被别人改过")
		r.approve("fa1")
		r.scores("批准以后", 900, 600, true, true)
		x, err = r.s.Motion(r.ctx, r.who["trainer"], m.ID)
		if must(r.T, err); x.Motion.State != Applied || x.Motion.Changed != 2 || x.Motion.ToPass != 1 || x.Preview.Changes[0].Old == x.Preview.Changes[0].New {
			r.Errorf("改了什么要留着：%+v", x)
		}
		testkit.View(r.T, r.s.DB, func(tx *store.Tx) error {
			n, err := tx.DB().NewSelect().Model((*Rescored)(nil)).Where("motion_id = ?", m.ID).Where("old_marks LIKE '[0,%'").Count(tx.Ctx)
			if n != 2 {
				r.Errorf("原来的得分没有留下：%d", n)
			}
			return err
		})
		must(r.T, r.s.Regrade(r.ctx, m.ID)) // a job that comes again changes nothing
		r.scores("任务再来一次", 900, 600, true, true)

		// 第二题全体给满分，第十题作废：满分 9 分，合格线按比例 5.4 分
		must(r.T, r.correct(2, GiveAll, ""))
		r.approve("fa1")
		r.scores("全体给满分", 1000, 700, true, true)
		must(r.T, r.correct(10, Drop, ""))
		r.approve("fa1")
		r.scores("作废", 900, 600, true, true)
		must(r.T, r.correct(1, Rekey, "C"))
		r.approve("fa1")
		r.scores("改成另一个答案", 800, 500, true, false)
		if y, _ := r.sitting(); y.line(1000) != 540 {
			r.Errorf("合格线：%d", y.line(1000))
		}
	})
}

func Test缓考和违纪由另一人批准(t *testing.T) {
	rooms(t, func(r *room) {
		r.published()
		c := r.seat("jia").Candidate
		must(r.T, r.s.Void(r.ctx, r.who["trainer"], c.ID, c.Version, "替考"))
		if c = r.seat("jia").Candidate; c.State != Took {
			r.Errorf("批准以前不变：%s", c.State)
		}
		r.refused(r.s.Void(r.ctx, r.who["trainer"], c.ID, c.Version, "替考"), fault.Conflict, "已经在等批准")
		m := r.motion()
		must(r.T, r.s.Withdraw(r.ctx, r.who["trainer"], m.ID, m.Version, "再查"))
		must(r.T, r.s.Void(r.ctx, r.who["trainer"], c.ID, c.Version, "替考"))
		m = r.motion()
		r.refused(r.s.Refuse(r.ctx, r.who["fa1"], m.ID, m.Version, " "), fault.Invalid, "原因")
		r.approve("fa1")
		if c = r.seat("jia").Candidate; c.State != Voided || bool(c.Passed) || c.Why != "替考" || c.Score != 800 {
			r.Errorf("作废：%+v", c)
		}
		must(r.T, r.s.Reinstate(r.ctx, r.who["trainer"], c.ID, c.Version, "查清不是替考"))
		r.approve("fa1")
		r.scores("撤销违纪处理", 800, 500, true, false)
		bing := r.seat("bing").Candidate
		must(r.T, r.s.Defer(r.ctx, r.who["trainer"], bing.ID, bing.Version, "住院，事后补了证明"))
		r.approve("fa1")
		if bing = r.seat("bing").Candidate; bing.State != Deferred {
			r.Errorf("缺考可以改为缓考：%s", bing.State)
		}
	})
}
