package access

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const maxPasswordBytes = 256

// CheckPassword says, in Chinese, why a password is not good enough for the account; nil when it is.
func (p PasswordPolicy) CheckPassword(password, login, name string) error {
	password = norm.NFKC.String(password)
	switch {
	case !utf8.ValidString(password) || strings.ContainsFunc(password, unicode.IsControl):
		return fmt.Errorf("密码里有不能输入的字符，请换一个")
	case len(password) > maxPasswordBytes:
		return fmt.Errorf("密码太长，最多 %d 个字节", maxPasswordBytes)
	case utf8.RuneCountInString(password) < p.Length:
		return fmt.Errorf("密码至少 %d 位", p.Length)
	case classes(password) < p.Classes:
		return fmt.Errorf("密码要有大写字母、小写字母、数字、符号中的 %d 种", p.Classes)
	}
	low := strings.ToLower(password)
	switch {
	case login != "" && strings.Contains(low, strings.ToLower(login)):
		return fmt.Errorf("密码里不能有自己的账号")
	case utf8.RuneCountInString(name) > 1 && strings.Contains(low, strings.ToLower(name)):
		return fmt.Errorf("密码里不能有自己的姓名")
	case repeats(low):
		return fmt.Errorf("密码里同一个字符不能连着出现四次")
	case !p.demo && weak(low):
		return fmt.Errorf("这个密码太常见，容易被猜到，请换一个")
	}
	return nil
}

// classes counts the kinds of character: capitals, small letters, digits, anything else.
func classes(s string) int {
	var upper, lower, digit, other int
	for _, r := range s {
		switch {
		case r >= 'A' && r <= 'Z':
			upper = 1
		case r >= 'a' && r <= 'z':
			lower = 1
		case r >= '0' && r <= '9':
			digit = 1
		default:
			other = 1
		}
	}
	return upper + lower + digit + other
}

func repeats(s string) bool {
	var last rune
	n := 0
	for _, r := range s {
		if r == last {
			n++
		} else {
			last, n = r, 1
		}
		if n >= 4 {
			return true
		}
	}
	return false
}
