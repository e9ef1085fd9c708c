package sitting

import (
	"testing"
	"time"

	"fadu/internal/fault"
)

func Test考生什么时候能看什么(t *testing.T) {
	rooms(t, func(r *room) {
		r.plan(func(in *Input) {
			in.Review = Review{Submitted: LookScore, Published: LookAnswers, Closed: LookExplanation, Days: 3}
		})
		r.open()
		st := r.start("jia")
		r.right("jia", st, 2)
		_, err := r.s.Submit(r.ctx, r.who["jia"], st.Attempt, st.Device)
		must(r.T, err)
		shows := func(when string, score string, rows int, right bool) {
			r.Helper()
			a, x, given, err := r.s.paper(r.ctx, r.who["jia"], st.Attempt)
			must(r.T, err)
			form, err := r.s.formOf(x)
			must(r.T, err)
			v := receiptView(a, x, form, given, r.clock.Now())
			got := ""
			for _, f := range v.Facts {
				if f.Label == "得分" || f.Label == "自动计分的题" {
					got = f.Label + f.Text
				}
			}
			if got != score || len(v.Rows) != rows || v.Keys != right || rows > 0 && (v.Rows[0].Right != "") != right {
				r.Errorf("%s：%q %d 行，答案 %v", when, got, len(v.Rows), v.Keys)
			}
		}
		shows("交卷以后只看得分", "自动计分的题8 分", 0, false)
		r.clock.Advance(2 * time.Hour)
		r.collect()
		shows("阅卷以后、公布以前", "得分8 分", 0, false)
		must(r.T, r.s.Publish(r.ctx, r.who["trainer"], r.id, r.version()))
		shows("公布以后看作答，不看答案", "得分8 分", 10, false)
		x, _ := r.sitting()
		r.clock.Set(x.AppealsUntil().Add(-time.Second))
		shows("异议期的最后一刻", "得分8 分", 10, false)
		r.clock.Advance(time.Second)
		shows("异议期满看答案", "得分8 分", 10, true)
	})
}

func Test补考(t *testing.T) {
	rooms(t, func(r *room) {
		r.published()
		bing := r.seat("bing").Candidate
		must(r.T, r.s.Defer(r.ctx, r.who["trainer"], bing.ID, bing.Version, "住院"))
		r.approve("fa1")
		_, err := r.s.MakeUp(r.ctx, r.who["trainer"], r.id, MakeUpInput{Version: r.version(), Opens: r.clock.Now().Add(-time.Hour)})
		r.refused(err, fault.Invalid, "")
		made, err := r.s.MakeUp(r.ctx, r.who["trainer"], r.id, MakeUpInput{Version: r.version(), Opens: r.clock.Now().Add(48 * time.Hour)})
		must(r.T, err)
		x, tally, _, err := r.s.Sitting(r.ctx, r.who["trainer"], made)
		if must(r.T, err); x.Title != "演示考试（补考）" || x.MakeUpOf != r.id || x.State != Draft || tally.Enrolled != 2 { // 乙不合格，丙缓考
			r.Errorf("%+v %+v", x, tally)
		}
		made, err = r.s.MakeUp(r.ctx, r.who["trainer"], r.id, MakeUpInput{Version: r.version(), Opens: r.clock.Now().Add(72 * time.Hour), Absent: true})
		must(r.T, err)
		if _, tally, _, err = r.s.Sitting(r.ctx, r.who["trainer"], made); err != nil || tally.Enrolled != 4 { // 培训管理员、中队长缺考
			r.Errorf("缺考的也参加：%+v %v", tally, err)
		}
	})
}
