package web_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"fadu/internal/law"
	"fadu/internal/web"
	"fadu/internal/web/gallery"
)

func TestDue(t *testing.T) {
	day := law.MustDate
	for _, c := range []struct {
		name, due string
		today     string
		workdays  bool
		text      string
		soon      bool
		late      bool
	}{
		{"工作日，跨五一", "2026-05-08", "2026-04-30", true, "剩 3 个工作日 · 5月8日", true, false},
		{"工作日，调休上班的周六也算", "2026-05-09", "2026-04-30", true, "剩 4 个工作日 · 5月9日", false, false},
		{"自然日", "2026-05-10", "2026-04-30", false, "剩 10 日 · 5月10日", false, false},
		{"今天", "2026-04-30", "2026-04-30", true, "今天到期 · 4月30日", true, false},
		{"超期按工作日", "2026-04-28", "2026-04-30", true, "超期 2 个工作日 · 4月28日", false, true},
		{"超期按自然日", "2026-04-28", "2026-04-30", false, "超期 2 日 · 4月28日", false, true},
		{"期满后只过了休息日", "2026-04-30", "2026-05-03", true, "已到期 · 4月30日", false, true},
		{"期满日在假里", "2026-05-03", "2026-04-30", true, "今天是最后一个工作日 · 5月3日", true, false},
		{"跨年写年份", "2027-01-12", "2026-12-30", false, "剩 13 日 · 2027年1月12日", false, false},
		{"放假安排未载入", "2027-01-12", "2026-12-30", true, "剩 13 日 · 2027年1月12日（待载入2027年放假安排）", false, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := web.DueOf(day(c.due), day(c.today), c.workdays, gallery.Holidays{})
			if v.Text() != c.text || v.Soon() != c.soon || v.Late() != c.late {
				t.Errorf("%q soon=%v late=%v", v.Text(), v.Soon(), v.Late())
			}
		})
	}
	if v := web.DueOf(law.Date{}, gallery.Today, true, gallery.Holidays{}); !v.IsZero() || v.Text() != "" {
		t.Error("no date gives a deadline")
	}
	if v := web.DueDone(day("2026-04-20"), gallery.Today, false); v.Text() != "按期办结 · 4月20日" || v.Late() {
		t.Error(v.Text())
	}
	if v := web.DueDone(day("2026-04-20"), gallery.Today, true); v.Text() != "逾期办结 · 4月20日" || !v.Late() {
		t.Error(v.Text())
	}
	if v := web.DueStopped("等待鉴定"); v.Text() != "期限暂停 · 等待鉴定" {
		t.Error(v.Text())
	}
	if v := web.DueOf(day("2026-07-14"), gallery.Today, false, nil).Warned(90); !v.Soon() {
		t.Error("75 days of 90 do not warn")
	}
}

func TestCite(t *testing.T) {
	for _, c := range []law.Citation{law.Cite("XZCF", 51), law.Cite("XZCF", 58, 1), law.Cite("XZCF", 58, 1, 3), {Statute: "GBF2018118", Section: "六"}} {
		got, ok := web.ParseCite(web.CiteKey(c))
		if !ok || got != c {
			t.Errorf("%s → %+v %v", web.CiteKey(c), got, ok)
		}
	}
	for _, bad := range []string{"", "XZCF", "-58", "XZCF-", "XZCF-58-1-1-1-1"} {
		if c, ok := web.ParseCite(bad); ok && c.Section == "" {
			t.Errorf("%q was read as %+v", bad, c)
		}
	}
	var b bytes.Buffer
	cs := law.Citations{law.Cite("XZCF", 51), law.Cite("XZCF", 52, 1)}
	if err := web.Cites(cs).Render(withKey("k"), &b); err != nil {
		t.Fatal(err)
	}
	if s := b.String(); !strings.Contains(s, `/w/laws?cite=XZCF-52-1`) || !strings.Contains(s, ">第五十二条第一款</a>") || !strings.Contains(s, "、") {
		t.Errorf("%s", s)
	}
	b.Reset()
	if err := web.Cites(cs).Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	if s := b.String(); strings.Contains(s, "href") || !strings.Contains(s, "《") {
		t.Errorf("without a session: %s", s)
	}
}

func TestRate(t *testing.T) {
	for _, c := range []struct {
		n, d int64
		want string
	}{{11718, 11930, "98.2%，11,718/11,930"}, {0, 5, "0.0%，0/5"}, {5, 5, "100.0%，5/5"}, {2, 3, "66.7%，2/3"}, {0, 0, "无应计数"}} {
		if got := web.Rate(c.n, c.d); got != c.want {
			t.Errorf("%d/%d: %s", c.n, c.d, got)
		}
	}
	if web.Percent(0, 0) != "—" || web.CountText(1000, true) != "1,000+" || web.CountText(-1234567, false) != "-1,234,567" {
		t.Error("count")
	}
}
