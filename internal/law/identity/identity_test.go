package identity

import (
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"fadu/internal/law"
)

var today = law.MustDate("2026-04-30")

func TestUSCC(t *testing.T) {
	for _, c := range []struct {
		name, value string
		valid       bool
		normalised  string
		check, org  string
		reason      string // part of the reason
	}{
		{"手册演算例", "91140400123456788N", true, "91140400123456788N", "N", "8", ""},
		{"小写、空格、全角", " ９1140400-1234 56788n", true, "91140400123456788N", "N", "8", ""},
		{"演示企业", "91990100MADEM00K7X", true, "91990100MADEM00K7X", "X", "7", ""},
		{"校验码抄错", "911404001234567889", false, "911404001234567889", "N", "8", "校验码应为N"},
		{"缺校验码", "91140400123456788", false, "91140400123456788", "N", "8", "应为N"},
		{"把零写成字母O", "9114O400123456788N", false, "9114O400123456788N", "", "", "是不是0"},
		{"组织机构代码九位", "12345678-8", false, "123456788", "", "", "组织机构代码"},
		{"旧注册号十五位", "140400200000001", false, "140400200000001", "", "", "工商注册号"},
		{"位数不对", "9114040012345678", false, "9114040012345678", "", "", "实有16位"},
		{"填了名称", "演示公司", false, "演示公司", "", "", "第1位"},
		{"没有填", " ", false, "", "", "", "没有填写"},
		{"全零", strings.Repeat("0", 18), false, strings.Repeat("0", 18), "0", "0", "第1位"},
		{"区划里有字母", "91A40400123456788", false, "91A40400123456788", "M", "8", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := USCC(c.value)
			if r.Valid != c.valid || r.Normalised != c.normalised || r.OrgCodeCheckChar != c.org {
				t.Errorf("得到 %+v", r)
			}
			if r.CheckChar != c.check && c.name != "区划里有字母" {
				t.Errorf("校验码 %q，应为 %q", r.CheckChar, c.check)
			}
			if !strings.Contains(r.Reason, c.reason) || r.Valid == (r.Reason != "") {
				t.Errorf("原因“%s”，应含“%s”", r.Reason, c.reason)
			}
		})
	}
}

// A code whose inner 组织机构代码 does not fit, or whose authority is unusual, is valid with a word of warning.
func TestUSCCWarnings(t *testing.T) {
	for name, body := range map[string]string{
		"组织机构代码校验位不符": "91140400123456789",
		"登记管理部门少见":    "B1140400123456788",
		"样稿里的演示企业":    "91990100MADEM00K4",
	} {
		r := USCC(body + USCCCheckChar(body))
		if !r.Valid || !strings.Contains(r.Reason, "核对") {
			t.Errorf("%s：%+v，应有效并提醒核对", name, r)
		}
	}
	body := "91A40400123456788"
	if r := USCC(body + USCCCheckChar(body)); r.Valid || !strings.Contains(r.Reason, "行政区划") {
		t.Errorf("区划里有字母：%+v，应无效", r)
	}
}

func TestResidentID(t *testing.T) {
	for _, c := range []struct {
		name, value string
		valid       bool
		normalised  string
		check       string
		reason      string
	}{
		{"标准示例", "11010519491231002X", true, "11010519491231002X", "X", ""},
		{"小写x", "11010519491231002x", true, "11010519491231002X", "X", ""},
		{"全角和空格", "110105 19491231 ００2Ｘ", true, "11010519491231002X", "X", ""},
		{"标准示例二", "440524188001010014", false, "440524188001010014", "4", "早于"},
		{"校验码不对", "110105194912310021", false, "110105194912310021", "X", "校验码应为X"},
		{"缺校验码", "11010519491231002", false, "11010519491231002", "X", "应为X"},
		{"没有这个省", "10010519491231002" + ResidentCheckChar("10010519491231002"), false, "", "", "省级"},
		{"没有二月三十日", "11010519900230001" + ResidentCheckChar("11010519900230001"), false, "", "", "真实的出生日期"},
		{"平年没有二月二十九日", "11010520230229001" + ResidentCheckChar("11010520230229001"), false, "", "", "真实的出生日期"},
		{"闰年二月二十九日", "11010520240229001" + ResidentCheckChar("11010520240229001"), true, "", "", ""},
		{"今天出生", "11010520260430001" + ResidentCheckChar("11010520260430001"), true, "", "", ""},
		{"明天出生", "11010520260501001" + ResidentCheckChar("11010520260501001"), false, "", "", "晚于"},
		{"港澳居民居住证", "81000019900101001" + ResidentCheckChar("81000019900101001"), true, "", "", ""},
		{"演示号码不能当真", "99010119900101001" + ResidentCheckChar("99010119900101001"), false, "", "", "演示"},
		{"十五位旧号", "110105491231002", false, "11010519491231002X", "X", "升位"},
		{"十六位", "1101051949123100", false, "1101051949123100", "", "实有16位"},
		{"前面有字母", "A1010519491231002X", false, "A1010519491231002X", "", "应为数字"},
		{"汉字", "一二三四五六七八九十一二三四五六七八", false, "一二三四五六七八九十一二三四五六七八", "", "应为数字"},
		{"末位是汉字", "11010519491231002十", false, "11010519491231002十", "X", "第18位应为"},
		{"没有填", "", false, "", "", "没有填写"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := ResidentID(c.value, today)
			if r.Valid != c.valid || !strings.Contains(r.Reason, c.reason) || r.Valid == (r.Reason != "") {
				t.Errorf("得到 %+v，应为 %v“%s”", r, c.valid, c.reason)
			}
			if c.normalised != "" && (r.Normalised != c.normalised || r.CheckChar != c.check) {
				t.Errorf("归一为 %s，校验码 %q，应为 %s、%q", r.Normalised, r.CheckChar, c.normalised, c.check)
			}
		})
	}
	for id, want := range map[string]string{"99010119900101001X": "1990-01-01", "99010119900231001X": "", "1990": ""} {
		if d, ok := Born(id); d.String() != want || ok != (want != "") {
			t.Errorf("%s 的出生日期 %s，应为 %q", id, d, want)
		}
	}
	if r := ResidentID("11010519491231002X", today); r.Birth != law.MustDate("1949-12-31") {
		t.Errorf("出生日期 %s", r.Birth)
	}
	demo := "99010119900101001" + ResidentCheckChar("99010119900101001")
	if r := DemoResidentID(demo, today); !r.Valid || !r.Fictional {
		t.Errorf("演示数据库里演示号码应有效：%+v", r)
	}
}

// Changing one digit of a valid number is always noticed.
func TestOneWrongDigitIsNoticed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		birth := law.MustDate("1930-01-01").AddDays(rapid.IntRange(0, 33000).Draw(t, "birth"))
		body := "110105" + strings.ReplaceAll(birth.String(), "-", "") + rapid.StringMatching(`\d{3}`).Draw(t, "serial")
		id := body + ResidentCheckChar(body)
		if r := ResidentID(id, today); !r.Valid {
			t.Fatalf("%s 应有效：%s", id, r.Reason)
		}
		i := rapid.IntRange(0, 16).Draw(t, "place")
		b := []byte(id)
		b[i] = '0' + (b[i]-'0'+byte(rapid.IntRange(1, 9).Draw(t, "by")))%10
		if r := ResidentID(string(b), today); r.Valid {
			t.Fatalf("%s 抄错第%d位成 %s 没有发现", id, i+1, b)
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		body := "91" + rapid.StringMatching(`\d{6}`).Draw(t, "region") + rapid.StringOfN(rapid.RuneFrom([]rune(usccAlphabet)), 9, 9, -1).Draw(t, "org")
		code := body + USCCCheckChar(body)
		if r := USCC(code); !r.Valid {
			t.Fatalf("%s 应有效：%s", code, r.Reason)
		}
		i := rapid.IntRange(8, 16).Draw(t, "place")
		c := rapid.RuneFrom([]rune(usccAlphabet)).Filter(func(r rune) bool { return byte(r) != code[i] }).Draw(t, "char")
		if wrong := code[:i] + string(c) + code[i+1:]; USCC(wrong).Valid {
			t.Fatalf("%s 抄错第%d位成 %s 没有发现", code, i+1, wrong)
		}
	})
}

func TestDocNumber(t *testing.T) {
	for s, want := range map[string]string{
		"演城管罚字〔2026〕第1号":         "",
		"演城管当罚〔2026〕185号":        "",
		"演城管罚字(2026)第1号":         "(",
		"演城管罚字（2026）第1号":         "（",
		"演城管罚字[2026]第1号":         "[",
		"演城管罚字【2026】第1号":         "【",
		"演城管罚字〔26〕第1号":           "四位",
		"演城管罚字〔2026〕第001号":       "虚位",
		"演城管罚字〔2026〕第0号":         "虚位",
		"演城管罚字〔2026〕第一号":         "阿拉伯数字",
		"演城管罚字〔2026〕第1":          "号",
		"演城管罚字 〔2026〕第1号":        "空格",
		"演〔2026〕第1号":             "2至12个",
		"CG罚字〔2026〕第1号":          "汉字",
		"演城管罚字2026第1号":           "缺年份",
		"":                       "没有填写",
		"演城管罚字〔2026〕第1号（副本）":     "（",
		"一二三四五六七八九十十一十二〔2026〕1号": "2至12个",
	} {
		err := DocNumber(s)
		if want == "" && err != nil {
			t.Errorf("%q 应合格：%v", s, err)
		}
		if want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%q：%v，应指出“%s”", s, err, want)
		}
	}
}

func TestAge(t *testing.T) {
	for _, c := range []struct {
		name, birth, on string
		want            int
	}{
		{"十四岁生日当天仍是十三周岁", "2012-04-30", "2026-04-30", 13},
		{"生日次日满十四周岁", "2012-04-30", "2026-05-01", 14},
		{"闰日出生平年二月二十八日", "2012-02-29", "2026-02-28", 13},
		{"闰日出生平年三月一日", "2012-02-29", "2026-03-01", 14},
		{"闰日出生闰年三月一日", "2012-02-29", "2024-03-01", 12},
		{"出生当天", "2026-04-30", "2026-04-30", 0},
		{"出生之前", "2027-01-01", "2026-04-30", 0},
		{"年末出生", "2000-12-31", "2026-01-01", 25},
	} {
		if got := Age(law.MustDate(c.birth), law.MustDate(c.on)); got != c.want {
			t.Errorf("%s：%d 岁，应为 %d 岁", c.name, got, c.want)
		}
	}
}

func FuzzUSCC(f *testing.F) {
	for _, s := range []string{"91140400123456788N", "9114O", "", "９１", "\xff\xfe", "B1140400123456788"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r := USCC(s)
		if r.Valid && (len(r.Normalised) != 18 || USCCCheckChar(r.Normalised[:17]) != r.Normalised[17:]) {
			t.Fatalf("%q 不该有效：%+v", s, r)
		}
		if !r.Valid && r.Reason == "" {
			t.Fatalf("%q 无效却没有原因", s)
		}
		if again := Normalise(r.Normalised); again != r.Normalised {
			t.Fatalf("%q 归一两次不同：%q、%q", s, r.Normalised, again)
		}
	})
}

func FuzzResidentID(f *testing.F) {
	for _, s := range []string{"11010519491231002X", "110105491231002", "1101051949123100２x", "", "\x00", "汉11010519491231002"} {
		f.Add(s)
	}
	form := regexp.MustCompile(`^\d{17}[\dX]$`)
	f.Fuzz(func(t *testing.T, s string) {
		r := ResidentID(s, today)
		if r.Valid && (!form.MatchString(r.Normalised) || r.Birth.IsZero() || r.Birth.After(today)) {
			t.Fatalf("%q 不该有效：%+v", s, r)
		}
		if !r.Valid && r.Reason == "" {
			t.Fatalf("%q 无效却没有原因", s)
		}
	})
}

func FuzzDocNumber(f *testing.F) {
	f.Add("演城管罚字〔2026〕第1号")
	f.Add("〔〕第号")
	f.Fuzz(func(t *testing.T, s string) {
		if err := DocNumber(s); (err == nil) != docNumberForm.MatchString(s) {
			t.Fatalf("%q：%v 与格式不一致", s, err)
		}
	})
}
