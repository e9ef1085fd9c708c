package powers

import (
	"strings"
	"testing"

	"fadu/internal/law"

	"pgregory.net/rapid"
)

func TestParseArticles(t *testing.T) {
	for _, c := range []struct {
		text string
		want Articles
	}{
		{"第一千一百三十二条第三款", Articles{{No: 1132, Para: 3}}},
		{"第三十四条第二项", Articles{{No: 34, Item: 2}}},
		{"第1132条第3款", Articles{{No: 1132, Para: 3}}},
		{"第十条", Articles{{No: 10}}},
		{"第一百零三条", Articles{{No: 103}}},
		{"第一千零五十七条", Articles{{No: 1057}}},
		{"第二百一十条", Articles{{No: 210}}},
		{"第十七条之一第二款", Articles{{No: 17, Suffix: 1, Para: 2}}},
		{"第五十八条第一款第（四）项", Articles{{No: 58, Para: 1, Item: 4}}},
		{"第六条第一款第三项、第四项", Articles{{No: 6, Para: 1, Item: 3}, {No: 6, Para: 1, Item: 4}}},
		{"第七条、第十四条", Articles{{No: 7}, {No: 14}}},
		{"第二十七条第一款、第二款", Articles{{No: 27, Para: 1}, {No: 27, Para: 2}}},
	} {
		got, err := ParseArticles(c.text)
		if err != nil || len(got) != len(c.want) {
			t.Errorf("%s：%v %v", c.text, got, err)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%s：得到 %v，应为 %v", c.text, got[i], c.want[i])
			}
		}
		if !strings.ContainsAny(c.text, "0123456789（") && got.Han() != c.text {
			t.Errorf("%s 写回为 %s", c.text, got.Han())
		}
	}
}

func TestParseArticlesRefuses(t *testing.T) {
	for _, text := range []string{
		"", "一百条", "第一百", "第一百三条", "第百条", "第一十条", "第〇条", "第零条", "第0条", "第01条", "第十条第三项第一款", "第二款", "第十条第十条",
		"第１０条", "第十条第一款前段", "第一万条", "第10000条", "第十条、", "第十 条", "第二二条", "第二零条", "第四十二", "第条",
	} {
		if got, err := ParseArticles(text); err == nil {
			t.Errorf("“%s”读成了 %v，应报错", text, got)
		}
	}
}

func TestHanNumeralRoundTrip(t *testing.T) {
	for n := 1; n <= 9999; n++ {
		if got, err := ParseHanNumeral(law.HanNumeral(n)); err != nil || got != n {
			t.Fatalf("%d → %s → %d %v", n, law.HanNumeral(n), got, err)
		}
	}
}

func TestArticleCovers(t *testing.T) {
	whole, para := Article{No: 1169}, Article{No: 1169, Para: 3}
	if !whole.Covers(para) || para.Covers(whole) || para.Covers(Article{No: 1169, Para: 1}) || whole.Covers(Article{No: 1170}) {
		t.Error("条包含其下的款，反之不然")
	}
}

func FuzzParseArticles(f *testing.F) {
	for _, s := range []string{"第一千一百三十二条第三款", "第六条第一款第三项、第四项", "第十七条之一", "第(一)条", "第第条条"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		as, err := ParseArticles(s)
		if err != nil {
			return
		}
		again, err := ParseArticles(as.Han())
		if err != nil || again.Han() != as.Han() {
			t.Fatalf("%q → %q → %v %v", s, as.Han(), again, err)
		}
	})
}

func TestQuantityRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := Quantity(rapid.Int64Range(0, int64(maxQuantity)).Draw(t, "q"))
		got, err := ParseQuantity(q.String())
		if err != nil || got != q {
			t.Fatalf("%d → %s → %d %v", q, q, got, err)
		}
	})
	for _, s := range []string{"", ".5", "5.", "-1", "+1", "1e3", "１", "1,000", "0.0000001", "99999999999"} {
		if q, err := ParseQuantity(s); err == nil {
			t.Errorf("“%s”读成了 %s，应报错", s, q)
		}
	}
}

func TestTimesKeepsInsideTheRange(t *testing.T) {
	// 1,000.01 元的 6.5%：65.00065 元。
	low := times(law.MustMoney("1000.01"), MustQuantity("6.5"), 100, true)
	high := times(law.MustMoney("1000.01"), MustQuantity("6.5"), 100, false)
	if low.String() != "65.01" || high.String() != "65" {
		t.Errorf("下限 %s 应向上到分，上限 %s 应向下到分", low, high)
	}
}
