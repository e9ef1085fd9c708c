package casework

import (
	"fmt"
	"testing"

	"fadu/internal/law"
)

func TestDocNoForms(t *testing.T) {
	for typed, want := range map[string]string{
		"演城管当罚字〔2026〕第186号":   "[演城管当罚字〔2026〕第186号 演城管当罚字〔2026〕186号]",
		"演城管当罚字〔2026〕186号":    "[演城管当罚字〔2026〕第186号 演城管当罚字〔2026〕186号]",
		"演城管当罚字[2026]第00186号": "[演城管当罚字〔2026〕第186号 演城管当罚字〔2026〕186号]",
		" 韦某 ":                "[韦某]",
		"":                    "[]",
	} {
		if got := fmt.Sprint(DocNoForms(typed)); got != want {
			t.Errorf("%q：%s，应为 %s", typed, got, want)
		}
	}
	if got := (Wording{}).DocNo("演城管当罚字", 2026, 5); got != "演城管当罚字〔2026〕5号" {
		t.Error(got)
	}
}

func FuzzDocNoForms(f *testing.F) {
	f.Add("演城管当罚字〔2026〕第186号")
	f.Fuzz(func(t *testing.T, s string) {
		for _, form := range DocNoForms(s) {
			if again := DocNoForms(form); len(again) != len(DocNoForms(s)) || again[0] != DocNoForms(s)[0] {
				t.Fatalf("%q：%q 又成了 %q", s, form, again)
			}
		}
	})
}

func TestWordingInput(t *testing.T) {
	today := law.MustDate("2026-04-30")
	good := WordingInput{Since: today, Titles: map[PaperKind]string{PenaltyNotice: "行政处罚事先告知书"}, Document: "演城管发〔2026〕3号"}
	if err := good.check(today); err != nil {
		t.Fatal(err)
	}
	for name, edit := range map[string]func(*WordingInput){
		"昨天起用":   func(in *WordingInput) { in.Since = today.AddDays(-1) },
		"没有日期":   func(in *WordingInput) { in.Since = law.Date{} },
		"没有文件":   func(in *WordingInput) { in.Document = " " },
		"没有这种文书": func(in *WordingInput) { in.Titles = map[PaperKind]string{"x": "某书"} },
		"不像名称":   func(in *WordingInput) { in.Titles = map[PaperKind]string{PenaltyNotice: "Notice"} },
		"太长": func(in *WordingInput) {
			in.Titles = map[PaperKind]string{PenaltyNotice: "关于拟对当事人作出行政处罚决定的事项事先告知有关内容书"}
		},
	} {
		in := good
		edit(&in)
		if err := in.check(today); err == nil {
			t.Errorf("%s：没有拒绝", name)
		}
	}
}
