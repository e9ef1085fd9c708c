package casework_test

import (
	"testing"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/law"
)

// 文号带不带“第”、文书叫什么，由本局规定；已经出具的文书不变，两种写法都查得到。
func TestWordingAppliesToNewPapersOnly(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		admin := access.System("console")
		set := func(by access.Session, in casework.WordingInput) error { return b.cases.SetWording(b.ctx, by, in) }
		today := law.DateOf(b.clock.Now())
		plain := casework.WordingInput{Since: today, Titles: map[casework.PaperKind]string{casework.PenaltyNotice: "行政处罚事先告知书", casework.CorrectionNotice: "责令改正通知书"}, Document: "演城管发〔2026〕3号"}
		b.fails("内勤改用字", set(b.session("clerk"), plain), fault.Forbidden, "")
		_, before := b.delivered(law.Yuan(100), casework.PayCode)
		later := plain
		later.Since, later.Ordinal = today.AddDays(2), true
		b.must(set(admin, later))
		b.must(set(admin, plain))
		id, after := b.delivered(law.Yuan(100), casework.PayCode)
		for paper, want := range map[casework.PaperID]string{before: "演城管当罚字〔2026〕第1号", after: "演城管当罚字〔2026〕2号"} {
			if got := b.paper(paper).Paper.DocNo; got != want {
				t.Errorf("%s，应为 %s", got, want)
			}
		}
		for _, typed := range []string{"演城管当罚字〔2026〕2号", "演城管当罚字〔2026〕第2号"} {
			page, err := b.cases.List(b.ctx, b.session("zhao"), casework.Filter{Words: typed}, "")
			b.must(err)
			if len(page.Rows) != 1 || page.Rows[0].ID != id {
				t.Errorf("按“%s”查到 %d 件", typed, len(page.Rows))
			}
		}
		notice, err := b.cases.NotifyChange(b.ctx, b.session("zhao"), id, b.version(id), b.changed(law.Yuan(150)))
		b.must(err)
		if p := b.paper(notice); p.Content.Title != "行政处罚事先告知书" || p.Content.AboutTitle != "当场行政处罚决定书" || p.Paper.DocNo != "演城管告字〔2026〕1号" {
			t.Errorf("告知书 %s %s %+v", p.Content.Title, p.Content.AboutTitle, p.Paper.DocNo)
		}
		now, all, err := b.cases.Wordings(b.ctx, admin)
		b.must(err)
		if titles, _ := now.Titles(); bool(now.Ordinal) || len(titles) != 1 || len(all) != 2 {
			t.Errorf("现在 %+v，历次 %d", now, len(all))
		}
		b.clock.Advance(3 * 24 * 60 * 60 * 1e9)
		_, third := b.decided(law.Yuan(100), casework.PayCode)
		if got := b.paper(third).Paper.DocNo; got != "演城管当罚字〔2026〕第3号" {
			t.Errorf("到了起用日：%s", got)
		}
		b.proved()
	})
}
