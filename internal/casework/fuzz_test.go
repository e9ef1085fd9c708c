package casework

import (
	"slices"
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
