package casework

import (
	"slices"
	"strings"
	"testing"

	"fadu/internal/access"
)

// FuzzWords: people's words for parties, penalties, procedures and harm are read as a known value or said
// to be none, and the names that the program itself prints are always known.
func FuzzWords(f *testing.F) {
	for _, s := range []string{"自然人", "法人或者其他组织", "公民、法人", "警告并处罚款200元", "不予罚款", "没收较大价值非法财物", "简易程序", "非当场", "没有造成严重后果", "责令改正", "｜", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if k, ok := ParseParty(s); ok {
			if again, ok := ParseParty(k.Label()); !ok || isUnit(again) != isUnit(k) {
				t.Fatalf("%q → %s → %s", s, k, again)
			}
		}
		p := ParsePenalties(s)
		if len(p.Kinds)+len(p.Strange) == 0 {
			t.Fatalf("%q：什么也没有读出来", s)
		}
		for i, k := range p.Kinds {
			if slices.Contains(p.Kinds[:i], k) {
				t.Fatalf("%q：%s 两次", s, k)
			}
			if again := ParsePenalties(string(k)); !again.Has(k) || len(again.Strange) > 0 {
				t.Fatalf("%q：自己的名称 %s 认不出", s, k)
			}
		}
		if h, ok := ParseHarm(s); ok {
			if again, ok := ParseHarm(h.Label()); !ok || again != h {
				t.Fatalf("%q → %s → %s", s, h, again)
			}
		}
		_, _ = ParseProcedure(s)
	})
}

// FuzzReceiptBook: numbers of receipts are read with their width, at most ten thousand at once.
func FuzzReceiptBook(f *testing.F) {
	f.Add("演示A", "00000001", "00000100")
	f.Add("A1", "1", "2")
	f.Add("", "999999999999999999", "000000000000000000")
	f.Fuzz(func(t *testing.T, prefix, first, last string) {
		b, err := BookInput{Prefix: prefix, First: first, Last: last}.book(access.Unit{})
		if err != nil {
			return
		}
		if b.First < 0 || b.Last < b.First || b.Last-b.First >= 10_000 || b.Width < 1 || b.Width > 18 {
			t.Fatalf("%q %q %q：%+v", prefix, first, last, b)
		}
	})
}

// FuzzThings: a list of things is read as it was written, or refused with its line.
func FuzzThings(f *testing.F) {
	for _, s := range []string{"电动三轮车，1辆，蓝色无牌\n冰柜，2台", "秤,1台；刀,3把", "，", "a\tb\tc\td", "只有名称"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		things, err := ParseThings(s)
		if err != nil {
			return
		}
		again, err := ParseThings(ThingLines(things))
		if err != nil || !slices.Equal(again, things) {
			t.Errorf("%q: %v, then %v %v", s, things, again, err)
		}
	})
}

// FuzzTalk: questions and answers are read as they were written, or refused with their line.
func FuzzTalk(f *testing.F) {
	for _, s := range []string{"问：姓名？\n答：演示·郑一", "问:几点到的？答：八点\n接着说", "答：没有问", "问：一\n问：二", "问：\n答："} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		talk, err := ParseTalk(s)
		if err != nil {
			return
		}
		for _, qa := range talk {
			if strings.TrimSpace(qa.Answer) == "" {
				t.Errorf("%q: a question without an answer: %v", s, talk)
			}
		}
	})
}
