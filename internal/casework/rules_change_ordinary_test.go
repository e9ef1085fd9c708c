package casework

import (
	"slices"
	"testing"

	"fadu/internal/law"
)

// 普通程序变更后的处罚：和决定一样要法制审核、集体讨论，还要先告知、听取（行政处罚法第四十四、四十五、五十七、五十八、六十二条）。
func TestChangeOrdinary(t *testing.T) {
	judge, err := law.NewJudge(Rules())
	if err != nil {
		t.Fatal(err)
	}
	facts := func(change func(f *law.Facts)) []string {
		var f law.Facts
		f.SetBool(law.LegalReviewRequired, true, "t")
		f.SetText(law.LegalReview, "同意", "t")
		f.SetBool(law.CollectiveRequired, true, "t")
		f.SetBool(law.CollectiveDiscussed, true, "t")
		f.SetBool(law.ChangeWorsens, true, "t")
		f.SetBool(law.ChangeHeavier, false, "t")
		f.SetBool(law.ChangeTold, true, "t")
		f.SetBool(law.ChangeHeard, true, "t")
		f.SetMoney(law.FinalPenalty, law.Yuan(50000), "t")
		f.SetMoney(law.InformedPenalty, law.Yuan(50000), "t")
		change(&f)
		var out []string
		for _, l := range judge.Judge(ActChangeOrdinary, law.MustDate("2026-10-12"), f).Lacks() {
			out = append(out, l.Rule)
		}
		return out
	}
	own := []string{"XZCF-58-1", "XZCF-57-2", "XZCF-44-change", "XZCF-62-change", "XZCF-45-2-change", "XZCF-75-heavier"}
	for _, c := range []struct {
		name, rule string
		change     func(f *law.Facts)
	}{
		{"审核、讨论、告知、听取都办了", "", func(*law.Facts) {}},
		{"审核意见是改正", "XZCF-58-1", func(f *law.Facts) { f.SetText(law.LegalReview, "改正", "t") }},
		{"变更以后更重", "XZCF-75-heavier", func(f *law.Facts) { f.SetBool(law.ChangeHeavier, true, "t") }},
		{"还没有审核", "XZCF-58-1", func(f *law.Facts) { f.SetText(law.LegalReview, "未审核", "t") }},
		{"没有集体讨论", "XZCF-57-2", func(f *law.Facts) { f.SetBool(law.CollectiveDiscussed, false, "t") }},
		{"更不利，没有告知", "XZCF-44-change", func(f *law.Facts) { f.SetBool(law.ChangeTold, false, "t") }},
		{"告知以后没有听取", "XZCF-62-change", func(f *law.Facts) { f.SetBool(law.ChangeHeard, false, "t") }},
		{"多于告知的", "XZCF-45-2-change", func(f *law.Facts) { f.SetMoney(law.FinalPenalty, law.Yuan(60000), "t") }},
		{"对当事人有利，不用告知", "", func(f *law.Facts) {
			f.SetBool(law.ChangeWorsens, false, "t")
			f.SetBool(law.ChangeTold, false, "t")
			f.SetBool(law.ChangeHeard, false, "t")
		}},
	} {
		got := slices.DeleteFunc(facts(c.change), func(r string) bool { return !slices.Contains(own, r) })
		if want := []string{c.rule}; c.rule != "" && !slices.Equal(got, want) || c.rule == "" && len(got) > 0 {
			t.Errorf("%s：缺 %v，应是 %q", c.name, got, c.rule)
		}
	}
}
