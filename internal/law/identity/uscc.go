package identity

import (
	"fmt"
	"strings"
)

// usccAlphabet are the characters of a 统一社会信用代码; a character's place is its value. I, O, S, V and Z are
// left out because they look like digits.
const usccAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// orgAlphabet are the characters of a 组织机构代码 with their values (GB 11714).
const orgAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

var (
	usccWeights = [17]int{1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28}
	orgWeights  = [8]int{3, 7, 9, 10, 5, 8, 4, 2}
)

// usccRegistries are the registration authorities that the first character may name (GB 32100).
const usccRegistries = "123456789ANY"

// USCC checks a 统一社会信用代码: 18 characters, registration authority, kind, six digits of the region, nine of
// the 组织机构代码, check character modulo 31. A check character of the inner 组织机构代码 that does not fit, or an
// unusual authority, leaves the code valid with a Reason to look at it, for old registrations have such.
func USCC(value string) Result {
	r := Result{Normalised: Normalise(value)}
	code := r.Normalised
	for i, c := range []rune(code) {
		if !strings.ContainsRune(usccAlphabet, c) {
			return r.refuse(wrongCharacter(i, c))
		}
	}
	if len(code) == 17 || len(code) == 18 {
		r.CheckChar = USCCCheckChar(code[:17])
		r.OrgCodeCheckChar = OrgCodeCheckChar(code[8:16])
	}
	switch {
	case code == "":
		return r.refuse("没有填写统一社会信用代码")
	case len(code) == 17:
		return r.refuse(fmt.Sprintf("只有17位，缺最后一位校验码，按前17位推算应为%s", r.CheckChar))
	case len(code) == 9:
		return r.refuse("只有9位，这是组织机构代码，请填18位的统一社会信用代码")
	case len(code) == 15:
		return r.refuse("只有15位，这是旧的工商注册号，请填18位的统一社会信用代码")
	case len(code) != 18:
		return r.refuse(fmt.Sprintf("应为18位，实有%d位", len(code)))
	case code[0] == '0':
		return r.refuse("第1位登记管理部门代码不能是0")
	case !allDigits(code[2:8]):
		return r.refuse("第3至8位是登记机关行政区划码，应为数字")
	case code[17:] != r.CheckChar:
		return r.refuse(fmt.Sprintf("第18位校验码应为%s，实为%s，请核对有没有抄错", r.CheckChar, code[17:]))
	}
	r.Valid = true
	r.Fictional = code[2:4] == "99"
	switch {
	case !strings.ContainsRune(usccRegistries, rune(code[0])):
		r.Reason = fmt.Sprintf("校验码相符；第1位登记管理部门代码%s少见，请核对", code[:1])
	case code[16:17] != r.OrgCodeCheckChar:
		r.Reason = fmt.Sprintf("校验码相符；第9至17位的组织机构代码校验位应为%s，实为%s，请核对原证", r.OrgCodeCheckChar, code[16:17])
	}
	return r
}

func wrongCharacter(i int, c rune) string {
	looksLike := map[rune]string{'I': "1", 'O': "0", 'Z': "2", 'S': "5", 'V': "U或者Y"}
	if digit, ok := looksLike[c]; ok {
		return fmt.Sprintf("第%d位是“%c”，代码不使用字母I、O、Z、S、V，是不是%s", i+1, c, digit)
	}
	return fmt.Sprintf("第%d位“%c”不是数字或者大写字母", i+1, c)
}

// USCCCheckChar returns the check character for the first 17 characters of a 统一社会信用代码, or "" when
// they are not 17 characters of its alphabet.
func USCCCheckChar(first17 string) string {
	if len(first17) != 17 {
		return ""
	}
	sum := 0
	for i := range 17 {
		v := strings.IndexByte(usccAlphabet, first17[i])
		if v < 0 {
			return ""
		}
		sum += v * usccWeights[i]
	}
	return string(usccAlphabet[(31-sum%31)%31])
}

// OrgCodeCheckChar returns the check character for the 8 characters of a 组织机构代码 (GB 11714), or "" when
// they are not 8 digits and capitals.
func OrgCodeCheckChar(body string) string {
	if len(body) != 8 {
		return ""
	}
	sum := 0
	for i := range 8 {
		v := strings.IndexByte(orgAlphabet, body[i])
		if v < 0 {
			return ""
		}
		sum += v * orgWeights[i]
	}
	return string("0123456789X0"[11-sum%11])
}

func allDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}
