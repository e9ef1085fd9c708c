package calendar

import (
	"errors"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"fadu/internal/fault"
	"fadu/internal/law"
)

func day(s string) law.Date { return law.MustDate(s) }

// The number of workdays of each year was counted apart from this program (law.md 官方放假安排).
func TestWorkdaysOfEachYear(t *testing.T) {
	want := map[int]int{
		2016: 250, 2017: 249, 2018: 250, 2019: 250, 2020: 249, 2021: 250,
		2022: 249, 2023: 249, 2024: 251, 2025: 248, 2026: 248,
	}
	cal := Official()
	if got := cal.Years(); len(got) != len(want) {
		t.Fatalf("载入年份 %v，应为 2016–2026", got)
	}
	for y, n := range want {
		got, err := cal.WorkdaysElapsed(law.NewDate(y-1, time.December, 31), law.NewDate(y, time.December, 31))
		if err != nil || got != n {
			t.Errorf("%d年工作日 %d（%v），应为 %d", y, got, err, n)
		}
	}
}

func TestWorkday(t *testing.T) {
	for _, c := range []struct {
		name, date string
		want       bool
	}{
		{"平常周一", "2026-03-02", true},
		{"平常周六", "2026-03-07", false},
		{"春节放假的周二", "2026-02-17", false},
		{"春节前调休上班的周六", "2026-02-14", true},
		{"国庆后调休上班的周六", "2025-10-11", true},
		{"国庆中秋八天的最后一天", "2025-10-08", false},
		{"2024年除夕只是鼓励休息", "2024-02-09", true},
		{"2020年延长的春节假期", "2020-01-31", false},
		{"2020年取消了的调休上班", "2020-02-01", false},
		{"2019年另行通知的五一假期", "2019-05-03", false},
		{"2019年安排通知改动的2018年末周六", "2018-12-29", true},
	} {
		if got, err := Official().Workday(day(c.date)); got != c.want || err != nil {
			t.Errorf("%s %s：%v（%v），应为 %v", c.name, c.date, got, err, c.want)
		}
	}
}

func TestYearNotLoaded(t *testing.T) {
	for name, f := range map[string]func() error{
		"判断工作日":   func() error { _, err := Official().Workday(day("2027-01-04")); return err },
		"顺延跨年":    func() error { _, err := Official().NextWorkday(day("2027-01-01")); return err },
		"倒推到2015": func() error { _, err := Official().AddWorkdays(day("2016-01-01"), -3); return err },
		"空日历":     func() error { _, err := (&Calendar{}).Workday(day("2026-01-05")); return err },
	} {
		var missing *YearNotLoaded
		if err := f(); !errors.As(err, &missing) {
			t.Errorf("%s：%v，应说缺哪一年", name, err)
		} else if !strings.Contains(err.Error(), law.NewDate(missing.Year, 1, 1).String()[:4]+"年放假安排") {
			t.Errorf("%s：%q 没有写明年份", name, err)
		} else if !fault.Is(err, fault.Invalid) {
			t.Errorf("%s：页面不能把 %v 当作内部错误", name, err)
		}
	}
}

const head = "date,kind,name,source_document,confidence\n"

// year2027 is an invented notice.
const year2027 = `2027-01-01,holiday,元旦,演示通知〔2026〕1号,演示
2027-02-05,holiday,春节,演示通知〔2026〕1号,演示
2027-02-06,holiday,春节,演示通知〔2026〕1号,演示
2027-02-07,holiday,春节,演示通知〔2026〕1号,演示
2027-02-20,workday,春节,演示通知〔2026〕1号,演示
2027-05-01,holiday,劳动节,演示通知〔2026〕1号,演示
2027-10-01,holiday,国庆节,演示通知〔2026〕1号,演示
2027-10-02,holiday,国庆节,演示通知〔2026〕1号,演示
2027-10-03,holiday,国庆节,演示通知〔2026〕1号,演示
`

func TestLoadAndExtend(t *testing.T) {
	rows, err := ReadRows(strings.NewReader("\ufeff" + head + year2027 + "2026-12-27,workday,元旦,演示通知〔2026〕1号,演示\n"))
	if err != nil {
		t.Fatal(err)
	}
	cal, err := Official().With(rows)
	if err != nil {
		t.Fatal(err)
	}
	for date, want := range map[string]bool{"2027-02-20": true, "2027-02-05": false, "2027-03-01": true, "2026-12-27": true} {
		if got, err := cal.Workday(day(date)); got != want || err != nil {
			t.Errorf("导入后 %s：%v（%v），应为 %v", date, got, err, want)
		}
	}
	if _, err := Official().Workday(day("2027-03-01")); err == nil {
		t.Error("导入改动了原来的日历")
	}
	if got, _ := Official().Workday(day("2026-12-27")); got {
		t.Error("导入改动了原来日历的 2026 年")
	}
	if got := len(cal.Rows(2027)); got != 9 {
		t.Errorf("2027年有 %d 行，应为 9 行", got)
	}
}

func TestNoticeDuringTheYear(t *testing.T) {
	later := []Row{
		{Date: day("2026-10-08"), Kind: Holiday, Name: "国庆节", Source: "演示调整通知"},
		{Date: day("2026-10-10"), Kind: Holiday, Name: "国庆节", Source: "演示调整通知"},
		{Date: day("2026-09-25"), Kind: MakeupDay, Name: "中秋节", Source: "演示调整通知"},
	}
	cal, err := Official().With(later)
	if err != nil {
		t.Fatal(err)
	}
	for date, want := range map[string]bool{"2026-10-08": false, "2026-10-10": false, "2026-09-25": true, "2026-10-09": true} {
		if got, err := cal.Workday(day(date)); got != want || err != nil {
			t.Errorf("调整后 %s：%v（%v），应为 %v", date, got, err, want)
		}
	}
}

// A notice of the next year may say something about the last days of December alone.
func TestLastWeekDoesNotLoadYear(t *testing.T) {
	cal, err := (&Calendar{}).With([]Row{{Date: day("2027-12-31"), Kind: Holiday, Name: "元旦", Source: "演示"}})
	if err != nil {
		t.Fatal(err)
	}
	if got := cal.Years(); len(got) != 0 {
		t.Errorf("只有年末一天却载入了 %v", got)
	}
	if _, err := cal.Workday(day("2027-12-31")); err == nil {
		t.Error("年份没有载入却有答案")
	}
}

func TestBadFiles(t *testing.T) {
	src := ",演示通知,演示\n"
	for _, c := range []struct {
		name, file string
		want       []string // fields of the error; "" = an error without fields
	}{
		{"空文件", "", nil},
		{"表头不对", "日期,类型\n", nil},
		{"只有表头", head, nil},
		{"GBK 编码", "\xc8\xd5\xc6\xda", nil},
		{"日期不存在", head + "2027-02-30,holiday,春节" + src, []string{"第2行"}},
		{"类型不对", head + "2027-02-05,rest,春节" + src, []string{"第2行"}},
		{"没有节日名", head + "2027-02-05,holiday," + src, []string{"第2行"}},
		{"没有来源", head + "2027-02-05,holiday,春节,,演示\n", []string{"第2行"}},
		{"少一列", head + "2027-02-05,holiday,春节\n", []string{"第2行"}},
		{"每一个坏行都要指出", head + "x,holiday,春节" + src + "2027-02-05,holiday,春节" + src + "2027-02-06,?,春节" + src, []string{"第2行", "第4行"}},
		{"同日矛盾", head + "2027-02-05,holiday,春节" + src + "2027-02-05,workday,春节" + src, []string{"第3行"}},
		{"引号不配对", head + "2027-02-05,\"holiday,春节" + src, []string{"第2行"}},
		{"平日写成调休上班", head + year2027 + "2027-03-02,workday,春节" + src, []string{"第11行"}},
		{"缺国庆节的半份文件", head + strings.Split(year2027, "2027-10-01")[0], []string{"2027年"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Load(strings.NewReader(c.file))
			var f *fault.Error
			if !errors.As(err, &f) || f.Kind != fault.Invalid {
				t.Fatalf("应拒绝，得到 %v", err)
			}
			var got []string
			for _, field := range f.Fields {
				got = append(got, field.Name)
			}
			if strings.Join(got, " ") != strings.Join(c.want, " ") {
				t.Errorf("指出 %v，应指出 %v：%v", got, c.want, err)
			}
		})
	}
}

func TestContraryRowOfSameNotice(t *testing.T) {
	old := Official().Rows(2026)[0]
	old.Kind = MakeupDay
	if _, err := Official().With([]Row{old}); err == nil {
		t.Error("同一通知对同一天说法相反，应拒绝")
	}
}

func TestRollBothWays(t *testing.T) {
	next, err := Official().NextWorkday(day("2026-02-15"))
	if err != nil || next != day("2026-02-24") {
		t.Errorf("春节后第一个工作日 %s（%v）", next, err)
	}
	last, err := Official().LastWorkday(day("2026-02-23"))
	if err != nil || last != day("2026-02-14") {
		t.Errorf("春节前最后一个工作日 %s（%v）", last, err)
	}
}

func anyDay(t *rapid.T) law.Date {
	return day("2016-03-01").AddDays(rapid.IntRange(0, 3700).Draw(t, "day"))
}

func TestWorkdayArithmetic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cal, d, n := Official(), anyDay(t), rapid.IntRange(1, 60).Draw(t, "n")
		end, err := cal.AddWorkdays(d, n)
		if err != nil {
			t.Fatal(err)
		}
		if ok, _ := cal.Workday(end); !ok {
			t.Fatalf("%s 之后第 %d 个工作日 %s 不是工作日", d, n, end)
		}
		if got, _ := cal.WorkdaysElapsed(d, end); got != n {
			t.Fatalf("%s 至 %s 有 %d 个工作日，应为 %d", d, end, got, n)
		}
		if got, _ := cal.WorkdaysBetween(d, end); got != n-1 {
			t.Fatalf("%s 与 %s 之间有 %d 个工作日，应为 %d", d, end, got, n-1)
		}
		back, err := cal.AddWorkdays(end, -n)
		if err != nil || back.After(d) {
			t.Fatalf("从 %s 倒数 %d 个工作日得 %s，晚于 %s（%v）", end, n, back, d, err)
		}
	})
}

func FuzzReadRows(f *testing.F) {
	f.Add(head + year2027)
	f.Add(head + "2027-02-05,holiday,春节,演示,\"x\"\"y\"\n")
	f.Add("")
	f.Fuzz(func(t *testing.T, file string) {
		rows, err := ReadRows(strings.NewReader(file))
		if err != nil {
			return
		}
		for _, r := range rows {
			if r.check() != nil || r.Line < 2 {
				t.Fatalf("收下了坏行 %+v", r)
			}
		}
		_, _ = Official().With(rows)
	})
}

// TestReplace: the calendar of a running program learns a year; copies made before keep to what they knew.
func TestReplace(t *testing.T) {
	live, err := Official().With(nil)
	if err != nil {
		t.Fatal(err)
	}
	before := live.Still()
	newYear, err := ReadRows(strings.NewReader(head + year2027))
	if err != nil {
		t.Fatal(err)
	}
	next, err := live.With(newYear)
	if err != nil {
		t.Fatal(err)
	}
	live.Replace(next)
	if ok, err := live.Workday(day("2027-01-01")); ok || err != nil {
		t.Errorf("载入以后：%v %v", ok, err)
	}
	for name, c := range map[string]*Calendar{"先前的副本": before, "内置的日历": Official()} {
		if _, err := c.Workday(day("2027-01-04")); err == nil {
			t.Errorf("%s也变了", name)
		}
	}
}
