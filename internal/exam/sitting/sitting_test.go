package sitting

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"sync"
	"testing"
	"time"

	"fadu/internal/access"
	"fadu/internal/exam/assembly"
	"fadu/internal/exam/bank"
	"fadu/internal/exam/grade"
	"fadu/internal/fault"
	"fadu/internal/jobs"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

var migrations = []fs.FS{access.Migrations, jobs.Migrations, Migrations}

// room is a bureau with a trainer, a squad leader and three officers, and a sitting ten minutes ahead.
type room struct {
	diplomas Diplomas
	*testing.T
	s      *Service
	clock  *testkit.Clock
	ctx    context.Context
	bureau access.UnitID
	who    map[string]access.Session
	id     SittingID
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// questions are six singles with the key B, two multiples with AC, a judgement, a fill and an order.
func questions() (out []assembly.Available) {
	add := func(q bank.Question) {
		q.ID, q.Topic, q.Level, q.Stem = fmt.Sprintf("t-%02d", len(out)), "告知", 1, "题干"+fmt.Sprint(len(out))
		out = append(out, assembly.Available{Question: q, Version: 1})
	}
	for range 6 {
		add(bank.Question{Type: bank.Single, Options: []string{"甲", "乙", "丙", "丁"}, Answer: "B"})
	}
	for range 2 {
		add(bank.Question{Type: bank.Multiple, Options: []string{"甲", "乙", "丙", "丁"}, Answer: "AC"})
	}
	add(bank.Question{Type: bank.Judgement, Answer: "对"})
	add(bank.Question{Type: bank.Fill, Blanks: [][]string{{"二百元"}, {"三千元"}}})
	add(bank.Question{Type: bank.Order, Options: []string{"亮证", "询问", "告知"}, Answer: "BAC"})
	return out
}

func rooms(t *testing.T, test func(r *room)) {
	t.Helper()
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		units, err := access.New(db, access.Options{})
		must(t, err)
		ctx := context.Background()
		r := &room{T: t, clock: clock, ctx: ctx, who: map[string]access.Session{}}
		system := access.System("test")
		r.bureau, err = units.AddUnit(ctx, system, access.UnitInput{Code: "JG", Name: "演示局", From: law.MustDate("2005-01-01")})
		must(t, err)
		squad, err := units.AddUnit(ctx, system, access.UnitInput{Parent: r.bureau, Code: "JG01", Name: "一中队", From: law.MustDate("2005-01-01")})
		must(t, err)
		other, err := units.AddUnit(ctx, system, access.UnitInput{Parent: r.bureau, Code: "JG02", Name: "二中队", From: law.MustDate("2005-01-01")})
		must(t, err)
		for i, a := range []struct {
			login string
			unit  access.UnitID
			role  access.Role
		}{{"fa1", r.bureau, access.LegalAffairs}, {"fa2", other, access.LegalAffairs}, {"fa3", squad, access.LegalAffairs}, {"fa4", other, access.LegalAffairs}, {"trainer", r.bureau, "trainer"}, {"leader", squad, "squad_leader"}, {"jia", squad, access.Officer}, {"yi", squad, access.Officer}, {"bing", r.bureau, access.Officer}} {
			_, err := units.CreateAccount(ctx, system, access.AccountInput{Login: a.login, Name: "演示·" + a.login, Person: int64(i + 1), Unit: a.unit, Roles: []access.Role{a.role}, Password: "Yanshi-Exam-2026", Settled: true})
			must(t, err)
			r.who[a.login], err = units.SessionFor(ctx, a.login)
			must(t, err)
		}
		r.s = New(Deps{DB: db, Units: units, Bank: func(*store.Tx, law.Date) ([]assembly.Available, error) {
			return append(questions(), openQuestions()...), nil
		}, Paper: draftPaper, Print: func(_ string, _ int64, form assembly.Form) ([]byte, error) {
			return fmt.Appendf(nil, "%d 题", len(form)), nil
		}})
		test(r)
	})
}

func (r *room) input() Input {
	return Input{
		Title: "演示考试", Opens: r.clock.Now().Add(40 * time.Minute).Truncate(time.Minute), Waiting: 30, Late: 15, Minutes: 60, Attempts: 1, Pass: 600, Policy: grade.AllOrNothing,
		Blueprint: assembly.Blueprint{{Type: bank.Single, Count: 5, Points: 100}, {Type: bank.Multiple, Count: 2, Points: 100}, {Type: bank.Judgement, Count: 1, Points: 100}, {Type: bank.Fill, Count: 1, Points: 100}, {Type: bank.Order, Count: 1, Points: 100}},
	}
}

// plan makes a sitting with a roster of the bureau and freezes its paper.
func (r *room) plan(change func(*Input)) {
	r.Helper()
	in := r.input()
	in.Diplomas = r.diplomas
	if change != nil {
		change(&in)
	}
	var err error
	r.id, err = r.s.Make(r.ctx, r.who["trainer"], in)
	must(r.T, err)
	must(r.T, r.s.Enrol(r.ctx, r.who["trainer"], r.id, r.version(), RosterInput{Units: []access.UnitID{r.bureau}}))
	must(r.T, r.s.Freeze(r.ctx, r.who["trainer"], r.id, r.version()))
}

func (r *room) sitting() (x Sitting, p Phase) {
	r.Helper()
	x, _, p, err := r.s.Sitting(r.ctx, r.who["trainer"], r.id)
	must(r.T, err)
	return x, p
}

func (r *room) version() int64 {
	r.Helper()
	x, _ := r.sitting()
	return x.Version
}

func (r *room) open() {
	x, _ := r.sitting()
	r.clock.Set(x.Opens())
}

func (r *room) seat(login string) Seat {
	r.Helper()
	x, err := r.s.Seat(r.ctx, r.who[login], r.id)
	must(r.T, err)
	return x
}

func (r *room) start(login string) Started {
	r.Helper()
	st, err := r.s.Start(r.ctx, r.who[login], r.id, StartInput{})
	must(r.T, err)
	return st
}

// right answers every item of the paper rightly, but for the first few.
func (r *room) right(login string, st Started, wrong int) {
	r.Helper()
	x, _ := r.sitting()
	form, err := r.s.formOf(x)
	must(r.T, err)
	in := SaveInput{Device: st.Device}
	for i, it := range form {
		value := strings.Join(it.Question.Right(), "\n")
		if i < wrong {
			value = "D"
		}
		in.Answers = append(in.Answers, Answer{Item: i, Seq: 1, Value: value})
	}
	_, err = r.s.Save(r.ctx, r.who[login], st.Attempt, in)
	must(r.T, err)
}

func (r *room) collect() {
	r.Helper()
	must(r.T, r.s.Collect(r.ctx, r.id))
}

func (r *room) refused(err error, kind fault.Kind, says string) {
	r.Helper()
	if !fault.Is(err, kind) || !strings.Contains(err.Error(), says) {
		r.Errorf("应当拒绝并说“%s”：%v", says, err)
	}
}

func Test一场考试从草稿到公布(t *testing.T) {
	rooms(t, func(r *room) {
		r.plan(nil)
		phase := func(want Phase) {
			r.Helper()
			if _, p := r.sitting(); p != want {
				r.Fatalf("应当是%s，现在是%s", want.Label(), p.Label())
			}
		}
		phase(Phase(Frozen))
		r.clock.Advance(15 * time.Minute)
		phase(Waiting)
		_, err := r.s.Start(r.ctx, r.who["jia"], r.id, StartInput{})
		r.refused(err, fault.Conflict, "还没有到开考时间")
		r.open()
		phase(Open)
		jia, yi := r.start("jia"), r.start("yi")
		r.right("jia", jia, 2)
		r.right("yi", yi, 5)
		one, err := r.s.Submit(r.ctx, r.who["jia"], jia.Attempt, jia.Device)
		must(r.T, err)
		two, err := r.s.Submit(r.ctx, r.who["jia"], jia.Attempt, jia.Device)
		must(r.T, err)
		if one != two || len(one.Digest) != 64 || one.Answered != 10 {
			r.Errorf("再交一次，回执应当一样：%+v %+v", one, two)
		}
		_, err = r.s.Save(r.ctx, r.who["jia"], jia.Attempt, SaveInput{Device: jia.Device, Answers: []Answer{{Item: 0, Seq: 9, Value: "B"}}})
		r.refused(err, fault.Conflict, "已经交了")
		r.collect()
		phase(Open) // 乙还在答
		r.clock.Advance(75*time.Minute + 10*time.Second)
		r.collect()
		phase(Phase(Marked))
		for login, want := range map[string]struct {
			state  Standing
			score  int64
			passed bool
		}{"jia": {Took, 800, true}, "yi": {Took, 500, false}, "bing": {Absent, 0, false}} {
			if c := r.seat(login).Candidate; c.State != want.state || c.Score != want.score || bool(c.Passed) != want.passed {
				r.Errorf("%s：%+v", login, c)
			}
		}
		if a := r.seat("yi").Attempts[0]; a.EndedBy != byTimeout || a.EndedAt != a.Deadline || a.Receipt == "" {
			r.Errorf("乙应当到时自动收卷，交卷时间是截止时间：%+v", a)
		}
		must(r.T, r.s.Publish(r.ctx, r.who["trainer"], r.id, r.version()))
		phase(Phase(Published))
		_, tally, _, err := r.s.Sitting(r.ctx, r.who["trainer"], r.id)
		if must(r.T, err); tally != (Tally{Enrolled: 5, Taken: 2, Passed: 1, Absent: 3}) {
			r.Errorf("%+v", tally)
		}
		_, tally, _, err = r.s.Sitting(r.ctx, r.who["leader"], r.id)
		if must(r.T, err); tally.Enrolled != 3 {
			r.Errorf("中队长只看本中队的：%+v", tally)
		}
		for group, n := range map[string]int{"enrolled": 5, "taken": 2, "passed": 1, "failed": 1, "absent": 3, "voided": 0, "": 5} {
			cs, _, _, err := r.s.Candidates(r.ctx, r.who["trainer"], r.id, Filter{Group: group}, "")
			if must(r.T, err); len(cs) != n {
				r.Errorf("%s 应当打开 %d 条记录，却是 %d 条", group, n, len(cs))
			}
		}
	})
}

func Test旧的作答不盖过新的(t *testing.T) {
	rooms(t, func(r *room) {
		r.plan(nil)
		r.open()
		st := r.start("jia")
		save := func(as ...Answer) (Saved, error) {
			return r.s.Save(r.ctx, r.who["jia"], st.Attempt, SaveInput{Device: st.Device, Answers: as})
		}
		_, err := save(Answer{Item: 3, Seq: 5, Value: "B"})
		must(r.T, err)
		got, err := save(Answer{Item: 3, Seq: 4, Value: "A"}, Answer{Item: 4, Seq: 1, Value: "C"})
		must(r.T, err)
		if got.Seqs[3] != 5 || got.Seqs[4] != 1 {
			r.Errorf("应当答复库里的是哪一次：%+v", got)
		}
		_, err = save(Answer{Item: 3, Seq: 5, Value: "B"})
		must(r.T, err) // the same once more
		_, err = save(Answer{Item: 3, Seq: 5, Value: "A"})
		r.refused(err, fault.Conflict, "另一个页面上改过")
		_, err = save(Answer{Item: 10, Seq: 1, Value: "A"})
		r.refused(err, fault.Invalid, "没有第 11 道")
		_, err = r.s.Save(r.ctx, r.who["yi"], st.Attempt, SaveInput{Device: st.Device})
		r.refused(err, fault.NotFound, nounAttempt)
		var rows map[AttemptID][]Answer
		testkit.View(r.T, r.s.DB, func(tx *store.Tx) (err error) { rows, err = answersOf(tx, st.Attempt); return err })
		if as := rows[st.Attempt]; len(as) != 2 || as[0].Value != "B" || as[0].Seq != 5 {
			r.Errorf("%+v", as)
		}
	})
}

// TestSavesTogether: many at once are each acknowledged with what was theirs, and all of it is there.
func TestSavesTogether(t *testing.T) {
	rooms(t, func(r *room) {
		r.plan(nil)
		r.open()
		tries := map[string]Started{"jia": r.start("jia"), "yi": r.start("yi"), "bing": r.start("bing")}
		var wg sync.WaitGroup
		errs := make(chan error, 600)
		for login, st := range tries {
			for item := range 10 {
				wg.Go(func() {
					for seq := range 20 {
						got, err := r.s.Save(r.ctx, r.who[login], st.Attempt, SaveInput{Device: st.Device, Answers: []Answer{{Item: item, Seq: int64(seq) + 1, Value: fmt.Sprint(login, seq)}}})
						if err == nil && got.Seqs[item] != int64(seq)+1 {
							err = fmt.Errorf("%s %d: %v", login, item, got.Seqs)
						}
						errs <- err
					}
				})
			}
		}
		wg.Wait()
		close(errs)
		var all []error
		for err := range errs {
			all = append(all, err)
		}
		must(r.T, errors.Join(all...))
		for login, st := range tries {
			var rows map[AttemptID][]Answer
			testkit.View(r.T, r.s.DB, func(tx *store.Tx) (err error) { rows, err = answersOf(tx, st.Attempt); return err })
			for _, a := range rows[st.Attempt] {
				if a.Seq != 20 || a.Value != fmt.Sprint(login, 19) {
					r.Errorf("%s 第 %d 道：%+v", login, a.Item, a)
				}
			}
			if len(rows[st.Attempt]) != 10 {
				r.Errorf("%s 少了作答：%d", login, len(rows[st.Attempt]))
			}
		}
	})
}

func Test换一台设备继续(t *testing.T) {
	rooms(t, func(r *room) {
		r.plan(nil)
		r.open()
		first := r.start("jia")
		second, err := r.s.Start(r.ctx, r.who["jia"], r.id, StartInput{})
		if must(r.T, err); second.Attempt != first.Attempt || second.Device != "" || second.Key != nil {
			r.Errorf("另一台设备没有接管，不能得到设备号和钥匙：%+v", second)
		}
		device, err := r.s.TakeOver(r.ctx, r.who["jia"], first.Attempt)
		must(r.T, err)
		_, err = r.s.Save(r.ctx, r.who["jia"], first.Attempt, SaveInput{Device: first.Device, Answers: []Answer{{Item: 0, Seq: 1, Value: "A"}}})
		r.refused(err, fault.Conflict, "另一台设备上继续")
		_, err = r.s.Submit(r.ctx, r.who["jia"], first.Attempt, first.Device)
		r.refused(err, fault.Conflict, "另一台设备上继续")
		_, err = r.s.Save(r.ctx, r.who["jia"], first.Attempt, SaveInput{Device: device, Answers: []Answer{{Item: 0, Seq: 1, Value: "A"}}})
		must(r.T, err)
		again, err := r.s.Start(r.ctx, r.who["jia"], r.id, StartInput{Device: device})
		if must(r.T, err); again.Device != device || len(again.Key) != 32 {
			r.Errorf("接管以后在这台设备上接着答：%+v", again)
		}
	})
}

func Test时限和加时(t *testing.T) {
	rooms(t, func(r *room) {
		r.plan(nil)
		r.open()
		jia, yi := r.start("jia"), r.start("yi")
		c := r.seat("jia").Candidate
		r.refused(r.s.Grant(r.ctx, r.who["trainer"], c.ID, GrantInput{Version: c.Version, Minutes: 10}), fault.Invalid, "请写明原因")
		must(r.T, r.s.Grant(r.ctx, r.who["trainer"], c.ID, GrantInput{Version: c.Version, Minutes: 10, Reason: "视力障碍"}))
		r.refused(r.s.Grant(r.ctx, r.who["trainer"], c.ID, GrantInput{Version: c.Version, Minutes: 20, Reason: "又一次"}), fault.Conflict, "刚被别人改过")
		save := func(login string, st Started, seq int64) error {
			_, err := r.s.Save(r.ctx, r.who[login], st.Attempt, SaveInput{Device: st.Device, Answers: []Answer{{Item: 0, Seq: seq, Value: "B"}}})
			return err
		}
		r.clock.Advance(60*time.Minute + 4*time.Second)
		must(r.T, save("yi", yi, 1)) // on its way at the deadline
		r.clock.Advance(2 * time.Second)
		r.refused(save("yi", yi, 2), fault.Conflict, "答卷时间已经结束")
		must(r.T, save("jia", jia, 1))
		r.collect()
		if x := r.seat("jia"); x.running() == nil {
			r.Error("加了时的不该收")
		}
		if x := r.seat("yi"); x.running() != nil {
			r.Error("到时的应当收")
		}
		_, err := r.s.Start(r.ctx, r.who["bing"], r.id, StartInput{})
		r.refused(err, fault.Conflict, "已过最晚入场时间")
		r.clock.Advance(10 * time.Minute)
		r.collect()
		if x, _ := r.sitting(); x.State != Marked {
			r.Errorf("加时也过了，应当阅卷：%s", x.State)
		}
	})
}

func Test被改过的答卷不阅(t *testing.T) {
	rooms(t, func(r *room) {
		r.plan(nil)
		r.open()
		st := r.start("jia")
		r.right("jia", st, 4)
		_, err := r.s.Submit(r.ctx, r.who["jia"], st.Attempt, st.Device)
		must(r.T, err)
		testkit.Update(r.T, r.s.DB, func(tx *store.Tx) error {
			_, err := tx.Exec(`UPDATE exam_answer SET value = 'B' WHERE attempt_id = ? AND item = 0`, st.Attempt)
			return err
		})
		r.clock.Advance(2 * time.Hour)
		r.refused(r.s.Collect(r.ctx, r.id), fault.Damaged, "与交卷回执不符")
	})
}

func Test组不成的卷和名单(t *testing.T) {
	rooms(t, func(r *room) {
		in := r.input()
		in.Blueprint[0].Count, in.Blueprint[0].Level, in.Title = 9, 1, " "
		_, err := r.s.Make(r.ctx, r.who["trainer"], in)
		r.refused(err, fault.Invalid, "")
		in.Title = "演示"
		r.id, err = r.s.Make(r.ctx, r.who["trainer"], in)
		must(r.T, err)
		r.refused(r.s.Freeze(r.ctx, r.who["trainer"], r.id, r.version()), fault.Conflict, "第 1 行“全部专题 · 单选 · 容易”要 9 道，只有 6 道")
		r.refused(r.s.Enrol(r.ctx, r.who["trainer"], r.id, r.version(), RosterInput{Logins: []string{"jia", "meiyou"}}), fault.Invalid, "")
		r.refused(r.s.Edit(r.ctx, r.who["jia"], r.id, r.version(), in), fault.Forbidden, "管理考试")
		in.Blueprint[0].Count = 5
		must(r.T, r.s.Edit(r.ctx, r.who["trainer"], r.id, r.version(), in))
		must(r.T, r.s.Enrol(r.ctx, r.who["trainer"], r.id, r.version(), RosterInput{Logins: []string{"jia"}}))
		if _, err := r.s.Seat(r.ctx, r.who["jia"], r.id); !fault.Is(err, fault.NotFound) {
			r.Errorf("没有定卷的，考生看不到：%v", err)
		}
		must(r.T, r.s.Freeze(r.ctx, r.who["trainer"], r.id, r.version()))
		c := r.seat("jia").Candidate
		must(r.T, r.s.Remove(r.ctx, r.who["trainer"], c.ID, c.Version, "调离"))
		must(r.T, r.s.Enrol(r.ctx, r.who["trainer"], r.id, r.version(), RosterInput{Logins: []string{"jia"}}))
		c = r.seat("jia").Candidate
		must(r.T, r.s.Defer(r.ctx, r.who["trainer"], c.ID, c.Version, "出差"))
		r.approve("fa1")
		r.refused(r.seat("jia").Refusal, fault.Conflict, "缓考")
		must(r.T, r.s.Thaw(r.ctx, r.who["trainer"], r.id, r.version(), "换题"))
		must(r.T, r.s.Cancel(r.ctx, r.who["trainer"], r.id, r.version(), "改期"))
	})
}
