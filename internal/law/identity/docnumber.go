package identity

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
)

var (
	// docNumberForm is the form of a document number: 演城管当罚字〔2026〕第185号, with or without 字 and 第.
	docNumberForm = regexp.MustCompile(`^[\p{Han}]{2,12}字?〔\d{4}〕第?[1-9]\d*号$`)
	docNumberHead = regexp.MustCompile(`^\p{Han}{2,12}字?$`)
)

// wrongBrackets are what people type for the six-cornered brackets 〔〕 (GB/T 9704).
var wrongBrackets = []string{"（", "）", "(", ")", "[", "]", "【", "】", "［", "］", "〖", "〗", "{", "}", "「", "」"}

// DocNumber reports what is wrong with the form of a document number, or nil: an organ's abbreviation of
// 2 to 12 Chinese characters, the year in 〔〕, a serial number without leading zeros (law.md 案号).
func DocNumber(s string) error {
	if docNumberForm.MatchString(s) {
		return nil
	}
	for _, b := range wrongBrackets {
		if strings.Contains(s, b) {
			return fmt.Errorf("文号的年份应放在六角括号〔〕里，不能用“%s”", b)
		}
	}
	head, rest, opened := strings.Cut(s, "〔")
	year, serial, closed := strings.Cut(rest, "〕")
	number := strings.TrimSuffix(strings.TrimPrefix(serial, "第"), "号")
	switch {
	case s == "":
		return errors.New("没有填写文号")
	case s != strings.Join(strings.Fields(s), ""):
		return errors.New("文号里不能有空格")
	case !opened || !closed:
		return errors.New("文号缺年份，年份应放在六角括号〔〕里，例如 演城管罚字〔2026〕第1号")
	case !docNumberHead.MatchString(head):
		return errors.New("文号的机关代字应为2至12个汉字")
	case len(year) != 4 || !allDigits(year):
		return errors.New("文号的年份应写全四位数字")
	case !strings.HasSuffix(serial, "号"):
		return errors.New("文号应以“号”结尾")
	case strings.HasPrefix(number, "0"):
		return errors.New("文号的序号不编虚位，1不写成001")
	}
	return errors.New("文号的序号应为阿拉伯数字，例如 第1号")
}
