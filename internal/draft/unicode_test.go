package draft

import (
	"strings"
	"testing"
)

// TestWritingComesBackWhole: rare characters, emoji, marks and joined letters are kept as they are, what
// nobody sees is not; a character is one, however many code points it has.
func TestWritingComesBackWhole(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"扩展区的字", "𠮷㙍𬭼𰻝", "𠮷㙍𬭼𰻝"},
		{"一家人", "👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"},
		{"肤色", "👮🏽\u200d♀️", "👮🏽\u200d♀️"},
		{"旗", "🇨🇳🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "🇨🇳🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"},
		{"异体字选择符", "葛󠄀城", "葛󠄀城"},
		{"叠加符号", "e\u0301a\u0308", "e\u0301a\u0308"},
		{"维吾尔文里的连接符", "ئۇ\u200cيغ", "ئۇ\u200cيغ"},
		{"零宽空格", "王\u200b某\ufeff某", "王某某"},
		{"不成形的连接符", "王\u200d某", "王某"},
		{"软连字符", "王\u00ad某", "王某"},
		{"反向书写", "王\u202e某", "王某"},
	} {
		if got := clean(c.in); got != c.want {
			t.Errorf("%s：%+q，应为 %+q", c.name, got, c.want)
		}
		p, err := Parse([]byte("姓名,工号,任职日期\n"+c.in+",A1,2024-03-01\n"), staff)
		if err != nil || len(p.Rows) != 1 || p.Rows[0].Values["name"] != c.want {
			t.Errorf("%s，CSV：%v %+v", c.name, err, p.Rows)
		}
	}
	family := Column{Max: 3}
	if m := family.fault(strings.Repeat("👨\u200d👩\u200d👧", 3)); m != "" {
		t.Errorf("三个表情算成更多：%s", m)
	}
	if m := family.fault("𠮷㙍王某"); !strings.Contains(m, "现有 4 个") {
		t.Errorf("四个字：%q", m)
	}
	number := Column{Kind: Code, Max: 18}
	if m := number.fault("990107 19840229 508X"); m != "" {
		t.Errorf("分组写的号码：%s", m)
	}
	if m := number.fault("9901071984022950800"); !strings.Contains(m, "现有 19 个") {
		t.Errorf("多一位：%q", m)
	}
}
