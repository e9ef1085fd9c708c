package sitting

import (
	"strings"
	"testing"

	"fadu/internal/document"
	"fadu/internal/fault"
	"fadu/internal/law"
)

// held are the certificates of the sitting, the newest first.
func (r *room) held(login string, f DiplomaFilter) []Diploma {
	r.Helper()
	f.Sitting = r.id
	ds, _, _, err := r.s.Diplomas(r.ctx, r.who[login], f, "")
	must(r.T, err)
	return ds
}

func Test合格的人得到证书不合格的撤销(t *testing.T) {
	rooms(t, func(r *room) {
		bad := r.input()
		bad.Months = 24
		_, err := r.s.Make(r.ctx, r.who["trainer"], bad)
		r.refused(err, fault.Invalid, "证书字头")
		r.diplomas = Diplomas{Prefix: "演考字", Months: 24}
		r.published()

		ds := r.held("trainer", DiplomaFilter{})
		if len(ds) != 1 || ds[0].Name != "演示·jia" || !strings.HasPrefix(ds[0].Number, "演考字〔") || !strings.HasSuffix(ds[0].Number, "〕1号") {
			r.Fatalf("证书：%+v", ds)
		}
		d := ds[0]
		if want := law.DateOf(r.clock.Now()).AddMonths(24).AddDays(-1); d.ValidTo != want {
			r.Errorf("有效到 %s，应当是 %s", d.ValidTo, want)
		}
		must(r.T, r.s.Certify(r.ctx, r.id)) // a job that comes again changes nothing
		if again := r.held("trainer", DiplomaFilter{}); len(again) != 1 {
			r.Errorf("任务再来一次：%d 份", len(again))
		}

		// 乙按第一题也算对的更正变为合格，得第 2 号；作废第一题以后又不合格
		must(r.T, r.correct(1, Accept, "D"))
		r.approve("fa1")
		if ds := r.held("trainer", DiplomaFilter{Worth: Valid}); len(ds) != 2 || ds[0].Serial != 2 {
			r.Fatalf("更正以后：%+v", ds)
		}
		must(r.T, r.correct(1, Rekey, "C"))
		r.approve("fa1")
		if ds := r.held("trainer", DiplomaFilter{Worth: Revoked}); len(ds) != 1 || ds[0].Name != "演示·yi" || !strings.Contains(ds[0].Reason, "更正以后不合格") {
			r.Fatalf("又不合格以后：%+v", ds)
		}

		// 甲违纪：撤销；撤销违纪处理：另发一份
		c := r.seat("jia").Candidate
		must(r.T, r.s.Void(r.ctx, r.who["trainer"], c.ID, c.Version, "替考"))
		r.approve("fa1")
		if ds := r.held("trainer", DiplomaFilter{Worth: Valid}); len(ds) != 0 {
			r.Errorf("作废以后还有效：%+v", ds)
		}
		c = r.seat("jia").Candidate
		must(r.T, r.s.Reinstate(r.ctx, r.who["trainer"], c.ID, c.Version, "查清了"))
		r.approve("fa1")
		if ds := r.held("trainer", DiplomaFilter{Worth: Valid}); len(ds) != 1 || ds[0].Serial != 3 {
			r.Errorf("撤销违纪处理以后：%+v", ds)
		}
		r.checks(d)
	})
}

// checks: who sees a revoked certificate, and what the public is told.
func (r *room) checks(d Diploma) {
	r.Helper()
	if own := r.held("jia", DiplomaFilter{}); len(own) != 2 {
		r.Errorf("甲自己的：%+v", own)
	}
	if others := r.held("bing", DiplomaFilter{}); len(others) != 0 {
		r.Errorf("丙看到别人的：%+v", others)
	}
	_, err := r.s.Diploma(r.ctx, r.who["bing"], d.ID)
	r.refused(err, fault.NotFound, "")
	got, err := r.s.CheckDiploma(r.ctx, strings.ToLower(document.GroupCode(d.Code)))
	if must(r.T, err); !got.Known || got.Worth != Revoked {
		r.Errorf("验真：%+v", got)
	}
	page := got.page()
	for _, f := range page.Facts {
		if strings.Contains(f.Text, "jia") {
			r.Errorf("验真写出了姓名：%+v", f)
		}
	}
	byNumber, err := r.s.CheckNumber(r.ctx, strings.NewReplacer("〔", "[", "〕", "]").Replace(d.Number), d.Name)
	if must(r.T, err); !byNumber.Known {
		r.Error("按编号和姓名没有查到")
	}
	if wrong, err := r.s.CheckNumber(r.ctx, d.Number, "演示·yi"); err != nil || wrong.Known {
		r.Errorf("编号和别人的姓名也查到了：%v", err)
	}
	if _, err := r.s.CheckDiploma(r.ctx, "ABC"); !fault.Is(err, fault.Invalid) {
		r.Error("短的验证码应当说写错了")
	}
	if later := (Diploma{ValidTo: d.ValidTo}); later.On(d.ValidTo) != Valid || later.On(d.ValidTo.AddDays(1)) != Expired {
		r.Error("有效期最后一天还有效，第二天过期")
	}
}

func Test试卷定了才能打印(t *testing.T) {
	rooms(t, func(r *room) {
		in := r.input()
		id, err := r.s.Make(r.ctx, r.who["trainer"], in)
		must(r.T, err)
		_, _, err = r.s.Printed(r.ctx, r.who["trainer"], id)
		r.refused(err, fault.Conflict, "还没有定卷")
		r.plan(nil)
		title, word, err := r.s.Printed(r.ctx, r.who["trainer"], r.id)
		if must(r.T, err); title != in.Title || string(word) != "10 题" {
			r.Errorf("打印的是 %q %q", title, word)
		}
		_, _, err = r.s.Printed(r.ctx, r.who["leader"], r.id)
		r.refused(err, fault.Forbidden, "")
	})
}
