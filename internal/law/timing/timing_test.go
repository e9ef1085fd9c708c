package timing_test

import (
	"strings"
	"testing"

	"fadu/internal/law"
	"fadu/internal/law/calendar"
	"fadu/internal/law/timing"
)

var (
	terms = calendar.StatutoryTerms()
	xzcf  = law.Citations{law.Cite("XZCF", 66)}
)

type acts = []string

// A rule that cannot be kept stops the program; each fault is named.
func TestNewBookNamesFaults(t *testing.T) {
	for _, c := range []struct {
		name string
		rule timing.Rule
		says string
	}{
		{"不是法定期限，也不是文书定的", timing.Rule{Term: "随便几天", Start: acts{"a"}, End: acts{"b"}}, "不是法定期限"},
		{"文书定的期限没有依据", timing.Rule{Term: "限期", Set: true, Start: acts{"a"}, End: acts{"b"}}, "要有依据"},
		{"文书定的期限与法定期限同名", timing.Rule{Term: "缴纳罚款期限", Set: true, Cite: xzcf, Start: acts{"a"}, End: acts{"b"}}, "同名"},
		{"没有结束", timing.Rule{Term: "缴纳罚款期限", Start: acts{"a"}}, "何时结束"},
		{"没有开始", timing.Rule{Term: "缴纳罚款期限", End: acts{"a"}}, "何时开始"},
		{"按文书日期起算的不是起算动作", timing.Rule{Term: "缴纳罚款期限", Start: acts{"a"}, FromDay: acts{"c"}, End: acts{"b"}}, "不是起算的动作"},
		{"延长没有上限", timing.Rule{Term: "缴纳罚款期限", Start: acts{"a"}, End: acts{"b"}, Extensions: []timing.Extension{{Act: "c", Cite: xzcf}}}, "没有法定上限"},
		{"扣除没有依据", timing.Rule{Term: "缴纳罚款期限", Start: acts{"a"}, End: acts{"b"}, Pauses: []timing.Pause{{Why: "鉴定", From: acts{"c"}, To: acts{"d"}}}}, "没有起止或者依据"},
		{"接在没有的期限之后", timing.Rule{Term: "缴纳罚款期限", After: acts{"直接起诉期限"}, End: acts{"b"}}, "没有这一条"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := timing.NewBook(terms, c.rule); err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("said %v, want %q", err, c.says)
			}
		})
	}
	twice := timing.Rule{Term: "缴纳罚款期限", Start: acts{"a"}, End: acts{"b"}}
	if _, err := timing.NewBook(terms, twice, twice); err == nil || !strings.Contains(err.Error(), "两次") {
		t.Errorf("one term twice: %v", err)
	}
}

func TestOverdueAndOpen(t *testing.T) {
	book, err := timing.NewBook(terms,
		timing.Rule{Term: "缴纳罚款期限", Whose: timing.Owed, Start: acts{"served"}, End: acts{"paid"}},
		timing.Rule{Term: "行政复议申请期限", Whose: timing.Party, Start: acts{"served"}, End: acts{"reviewed"}},
	)
	if err != nil {
		t.Fatal(err)
	}
	events := []timing.Event{{Act: "served", On: law.MustDate("2026-06-04")}}
	at := func(day string) []timing.Clock {
		cs, err := book.Run(calendar.Official(), events, law.MustDate(day))
		if err != nil || len(cs) != 2 {
			t.Fatalf("%d clocks, %v", len(cs), err)
		}
		return cs
	}
	if c := at("2026-06-22")[0]; !c.Open() || c.Overdue(law.MustDate("2026-06-22")) {
		t.Errorf("on its last day: %+v", c)
	}
	if c := at("2026-06-23")[0]; !c.Open() || !c.Overdue(law.MustDate("2026-06-23")) {
		t.Errorf("what is owed does not run out: %+v", c)
	}
	if c := at("2026-09-01")[1]; c.Open() || c.State != timing.RanOut {
		t.Errorf("a right runs out: %+v", c)
	}
	events = append(events, timing.Event{Act: "paid", On: law.MustDate("2026-06-23")})
	if c := at("2026-07-01")[0]; c.State != timing.Late || c.Ended.String() != "2026-06-23" {
		t.Errorf("paid late: %+v", c)
	}
}

// What no event orders is ordered by its day, whatever the order in which it was entered.
func TestEventsEnteredLaterCountByTheirDay(t *testing.T) {
	book, err := timing.NewBook(terms, timing.Rule{Term: "法制审核期限", Start: acts{"send"}, End: acts{"answer"}})
	if err != nil {
		t.Fatal(err)
	}
	events := []timing.Event{{Act: "answer", On: law.MustDate("2026-06-10")}, {Act: "send", On: law.MustDate("2026-06-01")}}
	cs, err := book.Run(calendar.Official(), events, law.MustDate("2026-06-20"))
	if err != nil || len(cs) != 1 || cs[0].State != timing.Kept {
		t.Errorf("%+v, %v", cs, err)
	}
	if events[0].Act != "answer" {
		t.Error("the caller's events were reordered")
	}
}

func TestPendingDaysLieBetweenTheActsOfAPair(t *testing.T) {
	pending := []timing.Event{{Act: "ask", Of: "1", On: law.MustDate("2026-06-25")}, {Act: "done", Of: "1", On: law.MustDate("2026-06-27")}}
	pair := timing.Between{From: "ask", To: "done"}
	for on, want := range map[string]bool{"2026-06-24": false, "2026-06-25": true, "2026-06-27": true, "2026-06-28": false} {
		if got := timing.Pending(pending, pair)(law.MustDate(on)); got != want {
			t.Errorf("%s: %v", on, got)
		}
	}
	if !timing.Pending(pending[:1], pair)(law.MustDate("2026-06-30")) {
		t.Error("a suit without end does not count any more")
	}
}
