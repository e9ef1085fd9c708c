package calendar

import (
	"errors"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"fadu/internal/law"
)

func TestDue(t *testing.T) {
	for _, c := range []struct {
		name, rule, start, due, rolledFrom string
	}{
		{"平常五个工作日", "听证申请期限", "2026-03-02", "2026-03-09", ""},
		{"跨2026年春节含两头调休上班日", "CF_HEAR_REQ", "2026-02-12", "2026-02-26", ""},
		{"2026年春节后周六上班也算", "CF_HEAR_REQ", "2026-02-24", "2026-03-02", ""},
		{"跨2025年国庆八天", "处罚决定书送达期限(当事人不在场)", "2025-09-26", "2025-10-13", ""},
		{"登记保存跨清明", "先行登记保存处理期限", "2026-04-01", "2026-04-13", ""},
		{"2025年春节前周日上班", "当场收缴罚款交至行政机关", "2025-01-24", "2025-01-27", ""},
		{"2025年春节前最后一个工作日收缴", "水上当场收缴罚款交至行政机关", "2025-01-27", "2025-02-06", ""},
		{"周五收到周二前缴付银行", "行政机关将当场收缴罚款缴付银行", "2026-03-06", "2026-03-10", ""},
		{"撤回公开跨五一", "撤回已公开的处罚决定信息", "2026-04-29", "2026-05-07", ""},
		{"缴款末日在春节中顺延", "缴纳罚款期限", "2026-02-03", "2026-02-24", "2026-02-18"},
		{"缴款末日在国庆中顺延", "CF_PAY", "2025-09-20", "2025-10-09", "2025-10-05"},
		{"缴款末日是调休上班的周六不顺延", "CF_PAY", "2026-01-30", "2026-02-14", ""},
		{"缴款末日是平常周六顺延", "CF_PAY", "2026-03-06", "2026-03-23", "2026-03-21"},
		{"办案九十日内部不顺延", "作出处罚决定期限", "2026-03-02", "2026-05-31", ""},
		{"延长三十日", "CF_DECIDE_EXT", "2026-03-02", "2026-06-30", ""},
		{"再延长六十日", "CF_DECIDE_EXT2", "2026-03-02", "2026-08-29", ""},
		{"追责时效两年", "CF_LIMIT2", "2024-02-29", "2026-02-28", ""},
		{"追责时效五年", "CF_LIMIT5", "2021-08-01", "2026-08-01", ""},
		{"当场处罚备案跨国庆", "当场处罚决定备案", "2026-09-29", "2026-10-09", ""},
		{"线索核查十五个工作日", "MOHURD_FILE", "2026-03-02", "2026-03-23", ""},
		{"查封期限末日在春节中不顺延", "查封、扣押期限", "2026-01-20", "2026-02-19", ""},
		{"查封期限不用日历可以跨到2027年", "QZ_SEAL", "2026-12-15", "2027-01-14", ""},
		{"查封延长后", "查封、扣押延长后期限", "2026-03-02", "2026-05-01", ""},
		{"催告十个工作日跨五一", "申请法院强制执行前催告期满日", "2026-04-28", "2026-05-14", ""},
		{"三个月到月末", "申请法院强制执行截止", "2025-11-30", "2026-02-28", ""},
		{"三个月从严不顺延", "申请法院强制执行截止", "2026-07-04", "2026-10-04", ""},
		{"分期结束后三个月", "申请法院强制执行截止(批准分期)", "2026-05-31", "2026-08-31", ""},
		{"暂缓结束后三个月", "申请法院强制执行截止(批准暂缓)", "2026-01-31", "2026-04-30", ""},
		{"法院受理五个工作日", "法院受理非诉执行申请", "2026-06-17", "2026-06-25", ""},
		{"法院书面审查七个工作日", "QZ_COURT_RULE", "2026-06-17", "2026-06-29", ""},
		{"法院听取意见三十日顺延", "法院听取意见后裁定", "2026-09-05", "2026-10-08", "2026-10-05"},
		{"不予受理裁定十五日", "对不予受理裁定申请复议", "2026-04-18", "2026-05-06", "2026-05-03"},
		{"不予执行裁定十五日", "对不予执行裁定申请复议", "2026-03-02", "2026-03-17", ""},
		{"复议六十日末日在春节中", "行政复议申请期限", "2025-12-18", "2026-02-24", "2026-02-16"},
		{"复议答复十日是工作日", "被申请人书面答复及举证(普通程序)", "2026-09-21", "2026-10-12", ""},
		{"裁定上诉十日是自然日", "一审裁定上诉期限", "2026-09-21", "2026-10-08", "2026-10-01"},
		{"判决上诉十五日", "一审判决上诉期限", "2026-03-02", "2026-03-17", ""},
		{"复议决定六十日", "复议决定期限(普通程序)", "2026-03-02", "2026-05-06", "2026-05-01"},
		{"复议决定九十日", "复议决定期限(普通程序延长后)", "2026-03-02", "2026-06-01", "2026-05-31"},
		{"意见书六十日", "FY_OPINION", "2026-03-02", "2026-05-06", "2026-05-01"},
		{"起诉六个月到月末且是调休上班日", "直接起诉期限", "2025-08-31", "2026-02-28", ""},
		{"起诉六个月末日在国庆中", "直接起诉期限", "2026-04-04", "2026-10-08", "2026-10-04"},
		{"2021年起算的用当时条号", "直接起诉期限", "2021-06-30", "2021-12-30", ""},
		{"主动公开二十个工作日", "主动公开政府信息期限", "2025-09-12", "2025-10-16", ""},
		{"依申请公开延长后四十个工作日", "依申请公开答复期限(延长后)", "2025-09-12", "2025-11-13", ""},
		{"第三方意见跨2020年延长的春节", "第三方意见反馈期限", "2020-01-20", "2020-02-18", ""},
		{"公示七个工作日跨2026年元旦", "处罚/许可决定信息公开(七个工作日)", "2025-12-30", "2026-01-09", ""},
		{"公告送达不顺延", "公告送达视为送达日", "2026-09-05", "2026-10-05", ""},
		{"2021年的公告送达还是六十日", "MS_NOTICE", "2021-12-31", "2022-03-01", ""},
		{"2022年起公告送达三十日", "MS_NOTICE", "2022-01-01", "2022-01-31", ""},
		{"公示期58号令", "处罚信息最短公示期(一般失信)", "2026-03-31", "2026-06-30", ""},
		{"公示期36号令", "处罚信息最短公示期(一般失信)", "2026-04-01", "2026-07-01", ""},
		{"移送审批三日从严", "YS_APPROVE", "2026-04-30", "2026-05-03", ""},
		{"听证通知倒推完整七个工作日", "CF_HEAR_NOTICE", "2026-03-02", "2026-02-12", ""},
		{"代履行催告倒推完整三个工作日", "QZ_SUBST", "2025-10-11", "2025-09-29", ""},
		{"出庭通知倒推三日", "SS_SUMMON", "2026-09-10", "2026-09-06", ""},
		{"统计年报一月三十一日", "SG_YEAR", "2026-12-31", "2027-01-31", ""},
		{"法治政府建设报告报送", "FZ_REPORT", "2025-12-31", "2026-03-01", ""},
		{"法治政府建设报告公开", "FZ_PUB", "2025-06-01", "2026-04-01", ""},
		{"处罚案件统计三月底", "MOHURD_STAT", "2025-12-31", "2026-03-31", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := Official().Due(c.rule, day(c.start), 0)
			if err != nil {
				t.Fatal(err)
			}
			if d.Due.String() != c.due || d.RolledFrom.String() != c.rolledFrom {
				t.Errorf("%s 起算：%s（顺延自 %q），应为 %s（%q）", c.start, d.Due, d.RolledFrom, c.due, c.rolledFrom)
			}
			if d.Article == "" || len(d.Cite) == 0 || d.Start.String() != c.start {
				t.Errorf("缺依据或起算日：%+v", d)
			}
		})
	}
}

func TestVersionByStart(t *testing.T) {
	for _, c := range []struct{ rule, start, article string }{
		{"XF_SHOW_MIN", "2026-03-31", "信用信息修复管理办法(试行)(发改委令第58号)"},
		{"XF_SHOW_MIN", "2026-04-01", "信用修复管理办法(发改委令第36号)"},
		{"SS_SUE_FY", "2021-12-31", "行政诉讼法第45条、第101条；民事诉讼法第82条"},
		{"SS_SUE_FY", "2022-01-04", "行政诉讼法第45条、第101条；民事诉讼法第85条"},
	} {
		if d, err := Official().Due(c.rule, day(c.start), 0); err != nil || d.Article != c.article {
			t.Errorf("%s %s：%s（%v），应为 %s", c.rule, c.start, d.Article, err, c.article)
		}
	}
	if _, err := Official().Due("听证申请期限", day("2021-07-14"), 0); err == nil || !strings.Contains(err.Error(), "2021-07-15") {
		t.Errorf("新法施行前起算应说明没有载入，得到 %v", err)
	}
}

func TestRedLine(t *testing.T) {
	d, err := Official().Due("作出处罚决定期限", day("2026-03-02"), 0)
	if err != nil || d.RedLine != day("2026-06-01") || d.RedLineCite.String() != "住建部令第55号第45条" {
		t.Errorf("红线 %s（%s，%v），应为 2026-06-01", d.RedLine, d.RedLineCite, err)
	}
	if d, err = Official().Due("作出处罚决定期限", day("2026-10-05"), 0); err != nil || d.Due != day("2027-01-03") || !d.RedLine.IsZero() {
		t.Errorf("2027年没有载入时仍应有内部期限：%+v（%v）", d, err)
	}
	if d, err = Official().Due("作出处罚决定期限", day("2026-03-03"), 0); err != nil || !d.RedLine.IsZero() {
		t.Errorf("末日是工作日时没有红线：%+v（%v）", d, err)
	}
}

func TestDueAcrossYearNotLoaded(t *testing.T) {
	for _, c := range []struct{ name, rule, start, earliest string }{
		{"送达跨年", "CF_SERVE", "2026-12-28", "2027-01-05"},
		{"缴款末日在2027年", "CF_PAY", "2026-12-20", "2027-01-04"},
		{"缴款末日正是元旦", "CF_PAY", "2026-12-17", "2027-01-02"},
		{"起诉六个月", "SS_SUE", "2026-09-01", "2027-03-01"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Official().Due(c.rule, day(c.start), 0)
			var missing *YearNotLoaded
			if !errors.As(err, &missing) || missing.Year != 2027 || !strings.Contains(err.Error(), "2027年") {
				t.Fatalf("应说缺2027年，得到 %v", err)
			}
			d, err := Official().Earliest(c.rule, day(c.start), 0)
			if err != nil || d.NotLoaded != 2027 || d.Due.String() != c.earliest {
				t.Errorf("最早 %s（缺%d年，%v），应为 %s", d.Due, d.NotLoaded, err, c.earliest)
			}
			if _, _, _, err := d.Remaining(Official(), day("2026-12-29")); err != nil {
				t.Errorf("活的时钟应能显示还剩多少：%v", err)
			}
		})
	}
	if d, err := Official().Earliest("CF_PAY", day("2026-03-06"), 0); err != nil || d.NotLoaded != 0 || d.Due != day("2026-03-23") {
		t.Errorf("年份都已载入时应与 Due 相同：%+v（%v）", d, err)
	}
	if _, err := Official().Earliest("CF_HEAR_NOTICE", day("2027-01-08"), 0); err == nil {
		t.Error("倒推的期限没有最早日，应报缺少年份")
	}
}

// Whatever notice is loaded later, no term ends before the day that Earliest gave.
func TestEarliestIsNeverTooLate(t *testing.T) {
	rows := func(year int) (out []Row) {
		for _, r := range Official().Rows(year) {
			if r.Date.Year() == year {
				out = append(out, r)
			}
		}
		return out
	}
	rapid.Check(t, func(t *rapid.T) {
		year := rapid.IntRange(2022, 2025).Draw(t, "year")
		before, err := (&Calendar{}).With(append(rows(year), rows(2021)...))
		if err != nil {
			t.Fatal(err)
		}
		terms := StatutoryTerms().List()
		term := terms[rapid.IntRange(0, len(terms)-1).Draw(t, "term")]
		if term.Unit == Hours || term.Backward {
			t.Skip()
		}
		start := law.NewDate(year, time.November, 1).AddDays(rapid.IntRange(0, 60).Draw(t, "day"))
		early, err := before.Earliest(term.Code, start, 0)
		if err != nil {
			t.Skip() // not in force then
		}
		sure, err := Official().Due(term.Code, start, 0)
		if err != nil {
			t.Fatal(err)
		}
		if early.Due.After(sure.Due) {
			t.Fatalf("%s 自 %s：最早 %s 晚于实际 %s", term.Code, start, early.Due, sure.Due)
		}
	})
}

func TestExcludedTime(t *testing.T) {
	for _, c := range []struct {
		name, rule, start string
		days              int
		intervals         []ExcludedInterval
		due, rolledFrom   string
	}{
		{"扣除鉴定十日", "查封、扣押期限(扣除鉴定)", "2026-03-02", 10, nil, "2026-04-11", ""},
		{"扣除后不顺延", "查封、扣押期限(扣除鉴定)", "2026-03-02", 3, nil, "2026-04-04", ""},
		{"自然日期限扣除后再顺延", "缴纳罚款期限", "2026-03-02", 4, nil, "2026-03-23", "2026-03-21"},
		{"按月的期限扣除", "直接起诉期限", "2026-01-15", 5, nil, "2026-07-20", ""},
		{"工作日期限扣除自然日后落到工作日", "依申请公开答复期限", "2026-03-02", 5, nil, "2026-04-07", "2026-04-04"},
		{"工作日期限扣除后正是工作日", "依申请公开答复期限", "2026-03-02", 7, nil, "2026-04-07", "2026-04-06"},
		{"区间在期限之内", "查封、扣押期限", "2026-03-02", 0, []ExcludedInterval{{From: day("2026-03-10"), To: day("2026-03-19"), Paper: "鉴定委托书"}}, "2026-04-11", ""},
		{"区间跨过原末日", "查封、扣押期限", "2026-03-02", 0, []ExcludedInterval{{From: day("2026-03-30"), To: day("2026-04-08"), Paper: "鉴定委托书"}}, "2026-04-11", ""},
		{"区间在末日之后不影响", "查封、扣押期限", "2026-03-02", 0, []ExcludedInterval{{From: day("2026-04-02"), To: day("2026-04-08"), Paper: "鉴定委托书"}}, "2026-04-01", ""},
		{"区间早于起算不影响", "查封、扣押期限", "2026-03-02", 0, []ExcludedInterval{{From: day("2026-02-01"), To: day("2026-03-02"), Paper: "鉴定委托书"}}, "2026-04-01", ""},
		{"重叠区间只扣一次", "作出处罚决定期限", "2026-03-02", 0, []ExcludedInterval{
			{From: day("2026-04-01"), To: day("2026-04-10"), Paper: "鉴定委托书"}, {From: day("2026-04-06"), To: day("2026-04-15"), Paper: "听证通知书"},
		}, "2026-06-15", ""},
		{"扣出来的日子里又有要扣的", "查封、扣押期限", "2026-03-02", 0, []ExcludedInterval{
			{From: day("2026-03-31"), To: day("2026-04-01"), Paper: "甲"}, {From: day("2026-04-03"), To: day("2026-04-04"), Paper: "乙"},
		}, "2026-04-05", ""},
		{"工作日期限跳过区间内的工作日", "依申请公开答复期限", "2026-03-02", 0, []ExcludedInterval{{From: day("2026-03-09"), To: day("2026-03-15"), Paper: "征求意见函"}}, "2026-04-07", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := StatutoryTerms().Due(Official(), c.rule, day(c.start), c.intervals...)
			if c.intervals == nil {
				d, err = Official().Due(c.rule, day(c.start), c.days)
			}
			if err != nil {
				t.Fatal(err)
			}
			if d.Due.String() != c.due || d.RolledFrom.String() != c.rolledFrom {
				t.Errorf("得到 %s（顺延自 %q），应为 %s（%q）", d.Due, d.RolledFrom, c.due, c.rolledFrom)
			}
		})
	}
}

func TestBadQuestions(t *testing.T) {
	terms, cal, from, to := StatutoryTerms(), Official(), day("2026-03-10"), day("2026-03-12")
	for name, f := range map[string]func() (Deadline, error){
		"没有起算日":   func() (Deadline, error) { return cal.Due("CF_PAY", law.Date{}, 0) },
		"扣除天数为负":  func() (Deadline, error) { return cal.Due("CF_PAY", from, -1) },
		"扣除天数过大":  func() (Deadline, error) { return cal.Due("CF_PAY", from, maxExcluded+1) },
		"没有规则":    func() (Deadline, error) { return cal.Due("", from, 0) },
		"小时期限给了日": func() (Deadline, error) { return cal.Due("QZ_URGENT", from, 0) },
		"倒推期限扣除":  func() (Deadline, error) { return cal.Due("CF_HEAR_NOTICE", from, 1) },
		"定日扣除":    func() (Deadline, error) { return cal.Due("SG_YEAR", from, 1) },
		"区间没有文书": func() (Deadline, error) {
			return terms.Due(cal, "CF_PAY", from, ExcludedInterval{From: from, To: to, Paper: ""})
		},
		"区间倒置": func() (Deadline, error) {
			return terms.Due(cal, "CF_PAY", from, ExcludedInterval{From: to, To: from, Paper: "甲"})
		},
		"区间没有结束": func() (Deadline, error) {
			return terms.Due(cal, "CF_PAY", from, ExcludedInterval{From: from, Paper: "甲"})
		},
		"区间长过十年": func() (Deadline, error) {
			return terms.Due(cal, "CF_PAY", from, ExcludedInterval{From: day("0001-01-01"), To: day("9999-12-31"), Paper: "甲"})
		},
	} {
		if d, err := f(); err == nil {
			t.Errorf("%s：应报错，得到 %+v", name, d)
		}
	}
}

func TestHours(t *testing.T) {
	for _, c := range []struct{ rule, start, due string }{
		{"情况紧急当场强制的报告补批", "2026-03-02T22:30", "2026-03-03T22:30"},
		{"批准移送涉嫌犯罪案件后移送", "2026-09-30T17:00", "2026-10-01T17:00"},
		{"YS_TRANSFER", "2028-02-28T23:59", "2028-02-29T23:59"},
	} {
		start, err := time.ParseInLocation("2006-01-02T15:04", c.start, law.Zone)
		if err != nil {
			t.Fatal(err)
		}
		d, err := StatutoryTerms().DueHours(c.rule, start)
		if err != nil || d.Due.Format("2006-01-02T15:04") != c.due || d.Article == "" {
			t.Errorf("%s：%v（%v），应为 %s", c.rule, d.Due, err, c.due)
		}
	}
	if _, err := StatutoryTerms().DueHours("CF_PAY", time.Date(2026, 3, 2, 0, 0, 0, 0, law.Zone)); err == nil {
		t.Error("按日的期限不应按小时推算")
	}
}

func TestRemaining(t *testing.T) {
	for _, c := range []struct {
		name, rule, start, today string
		n                        int
		unit                     Unit
		overdue                  bool
	}{
		{"剩三个工作日跨五一", "CF_SERVE", "2026-04-24", "2026-04-30", 3, Workdays, false},
		{"今天到期", "CF_HEAR_REQ", "2026-03-02", "2026-03-09", 0, Workdays, false},
		{"超期两个工作日跨春节", "CF_CASH_IN", "2026-02-12", "2026-02-25", 2, Workdays, true},
		{"超期只过了休息日", "CF_HEAR_REQ", "2026-02-06", "2026-02-16", 1, Workdays, true},
		{"自然日剩十日", "QZ_SEAL", "2026-04-10", "2026-04-30", 10, Days, false},
		{"自然日超期一日", "QZ_SEAL", "2026-04-10", "2026-05-11", 1, Days, true},
		{"按月的期限剩几日", "SS_SUE", "2026-01-15", "2026-07-01", 14, Days, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := Official().Due(c.rule, day(c.start), 0)
			if err != nil {
				t.Fatal(err)
			}
			n, unit, overdue, err := d.Remaining(Official(), day(c.today))
			if err != nil || n != c.n || unit != c.unit || overdue != c.overdue {
				t.Errorf("到期 %s，今天 %s：%d %s 超期=%v（%v），应为 %d %s %v", d.Due, c.today, n, unit.Han(), overdue, err, c.n, c.unit.Han(), c.overdue)
			}
		})
	}
}

// Every term on every day: it answers with a basis, or says plainly what it lacks.
func TestEveryTermOnAnyDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		terms := StatutoryTerms().List()
		term := terms[rapid.IntRange(0, len(terms)-1).Draw(t, "term")]
		start := day("2016-01-01").AddDays(rapid.IntRange(0, 4018).Draw(t, "day"))
		if term.Unit == Hours {
			t.Skip()
		}
		d, err := Official().Due(term.Code, start, 0)
		if err != nil {
			var missing *YearNotLoaded
			if !errors.As(err, &missing) && !strings.Contains(err.Error(), "没有载入") {
				t.Fatalf("%s 自 %s：%v", term.Code, start, err)
			}
			return
		}
		switch {
		case term.Backward && !d.Due.Before(start), !term.Backward && !d.Due.After(start):
			t.Fatalf("%s 自 %s 到 %s，方向反了", term.Code, start, d.Due)
		case term.Unit == Workdays && !term.Backward:
			if n, _ := Official().WorkdaysElapsed(start, d.Due); n != term.Count {
				t.Fatalf("%s 自 %s 到 %s 有 %d 个工作日", term.Code, start, d.Due, n)
			}
		case term.Roll:
			if ok, _ := Official().Workday(d.Due); !ok {
				t.Fatalf("%s 顺延到 %s，仍是休息日", term.Code, d.Due)
			}
		case !d.RolledFrom.IsZero():
			t.Fatalf("%s 不顺延却有顺延前日期", term.Code)
		}
	})
}
