package integrity

import (
	"strings"
	"testing"
)

func answers(s string) []string {
	out := strings.Split(s, "")
	for i, a := range out {
		if a == "-" {
			out[i] = ""
		}
	}
	return out
}

func TestCompare(t *testing.T) {
	for _, c := range []struct {
		name, key, a, b  string
		both, exact, dif int
		review           bool
	}{
		{"各做各的", "AAAAAAAAAA", "AAAABBBBAA", "AABBAACCDA", 2, 0, 7, false},
		{"错得一模一样", "AAAAAAAAAA", "AABCDBCDAA", "AABCDBCDAA", 6, 6, 0, true},
		{"六处同错、六处不同，恰到", "AAAAAAAAAAAA", "BBBBBBAAABBB", "BBBBBBBBBAAA", 6, 6, 6, true},
		{"六处同错、七处不同，未到", "AAAAAAAAAAAAA", "BBBBBBAAABBBB", "BBBBBBBBBAAAA", 6, 6, 7, false},
		{"同错不足六处", "AAAAAA", "BBBBBA", "BBBBBA", 5, 5, 0, false},
		{"都空着不算同错", "AAAAAAAA", "-------A", "-------A", 7, 0, 0, false},
		{"都对", "ABCD", "ABCD", "ABCD", 0, 0, 0, false},
	} {
		got, err := Compare(answers(c.key), answers(c.a), answers(c.b))
		if err != nil || got.BothWrong != c.both || got.ExactWrong != c.exact || got.Differences != c.dif || got.Review != c.review {
			t.Errorf("%s：%+v %v", c.name, got, err)
		}
	}
	if got, _ := Compare([]string{"A"}, []string{"A"}, []string{"A"}); got.Ratio != nil || got.ShareOfWrong != nil {
		t.Error("没有不同之处，比值应为空")
	}
	for _, c := range [][3][]string{{nil, nil, nil}, {{"A"}, {"A", "B"}, {"A"}}, {{""}, {"A"}, {"A"}}} {
		if _, err := Compare(c[0], c[1], c[2]); err == nil {
			t.Errorf("%v 也收了", c)
		}
	}
}
