package web

import (
	"context"
	"fmt"
	"log/slog"
	"regexp"
	"strings"
	"unicode/utf8"

	"fadu/internal/planted"

	"golang.org/x/text/unicode/norm"
)

// These are the masked forms of personal data. Who sees which of them is data (access/data/roles.yaml). A
// credit code is no personal data and has no function here: it stays as it is.

// compoundSurnames are the surnames of two characters that are met.
const compoundSurnames = " 欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 令狐 呼延 轩辕 西门 百里 东郭 南门 羊舌 梁丘 左丘 第五 "

func stars(n int) string { return strings.Repeat("*", max(n, 0)) }

// MaskName keeps the surname: 张三 → 张*, 欧阳小明 → 欧阳**; of a single character nothing.
func MaskName(s string) string {
	rs := []rune(strings.TrimSpace(s))
	keep := 1
	switch {
	case len(rs) <= 1:
		keep = 0
	case len(rs) > 2 && strings.Contains(compoundSurnames, " "+string(rs[:2])+" "):
		keep = 2
	}
	return string(rs[:keep]) + stars(len(rs)-keep)
}

// MaskIdentity keeps the first three and last four signs of an identity number (450***********1234), of
// another document the first and last two, of four signs or fewer none.
func MaskIdentity(s string) string {
	if planted.Is(planted.FieldUnmasked) {
		return s
	}
	rs := []rune(strings.TrimSpace(s))
	head, tail := 2, 2
	switch n := len(rs); {
	case n == 18, n == 15:
		head, tail = 3, 4
	case n <= 4:
		head, tail = 0, 0
	}
	return string(rs[:head]) + stars(len(rs)-head-tail) + string(rs[len(rs)-tail:])
}

var (
	mobile   = regexp.MustCompile(`^(\+?86[- ]?)?1[3-9]\d{9}$`)
	landline = regexp.MustCompile(`^(0(?:10|2\d|[3-9]\d\d))([- ]?)(\d{7,8})(?:([-转])(\d{1,6}))?$`)
)

// MaskPhone hides the middle of a mobile number (138****5678) and all of a landline but its area code
// (0772-*******). Of anything else the last two signs stay.
func MaskPhone(s string) string {
	s = strings.TrimSpace(norm.NFKC.String(s))
	if mobile.MatchString(s) {
		return s[len(s)-11:len(s)-8] + "****" + s[len(s)-4:]
	}
	if m := landline.FindStringSubmatch(s); m != nil {
		return m[1] + m[2] + stars(len(m[3])) + m[4] + stars(len(m[5]))
	}
	rs := []rune(s)
	if len(rs) <= 4 {
		return stars(len(rs))
	}
	return stars(len(rs)-2) + string(rs[len(rs)-2:])
}

// areaPart is the next administrative level at the beginning of an address.
var areaPart = regexp.MustCompile(`^[^\d\sA-Za-z号路弄栋幢室]{1,11}?(?:自治区|省|自治州|盟|市|区|县|旗|街道|镇|乡)`)

// notAreas end like a district and are not one.
var notAreas = []string{"小区", "社区", "园区", "校区", "景区", "厂区", "库区"}

// MaskAddress keeps an address down to its district or sub-district: 演示市演示区建设街道****.
func MaskAddress(s string) string {
	s = strings.TrimSpace(norm.NFKC.String(s))
	if s == "" {
		return ""
	}
	kept := 0
	for range 5 {
		part := areaPart.FindString(s[kept:])
		if part == "" || endsIn(part, notAreas) {
			break
		}
		kept += len(part)
	}
	return s[:kept] + "****"
}

func endsIn(s string, ends []string) bool {
	for _, e := range ends {
		if strings.HasSuffix(s, e) {
			return true
		}
	}
	return false
}

// MaskPlate keeps the place and the last two signs of a number plate: 桂B·***12.
func MaskPlate(s string) string {
	rs := []rune(strings.NewReplacer("·", "", "•", "", ".", "", "-", "", " ", "").Replace(norm.NFKC.String(s)))
	if len(rs) < 6 {
		return stars(len(rs))
	}
	return string(rs[:2]) + "·" + stars(len(rs)-4) + string(rs[len(rs)-2:])
}

// MaskCard keeps the last four digits of a bank card.
func MaskCard(s string) string {
	rs := []rune(strings.NewReplacer(" ", "", "-", "").Replace(norm.NFKC.String(s)))
	if len(rs) < 8 {
		return stars(len(rs))
	}
	return stars(len(rs)-4) + string(rs[len(rs)-4:])
}

// MaskEmail keeps the first letter and the domain.
func MaskEmail(s string) string {
	s = strings.TrimSpace(s)
	name, domain, ok := strings.Cut(s, "@")
	if !ok || name == "" {
		return stars(utf8.RuneCountInString(s))
	}
	_, n := utf8.DecodeRuneInString(name)
	return name[:n] + "***@" + domain
}

// MaskTaxNumber treats a tax or business number that has an identity number in it, as many sole traders'
// before 2015, as one; any other stays as it is.
func MaskTaxNumber(s string) string { return maskDigits(s, false) }

// residentID is an identity number by its shape: a province, a plausible day of birth, a sign at the end.
// The check character is not asked: a mistyped number is still somebody's.
var (
	residentID = regexp.MustCompile(`(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9\d)\d{4}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]`)
	oldID      = regexp.MustCompile(`^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|99)\d{4}\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}$`)
	digitRun   = regexp.MustCompile(`\d{11,24}[Xx]?`)
	bankCard   = regexp.MustCompile(`^62\d{14,17}$`)
	email      = regexp.MustCompile(`[\w.+-]+@[\w-]+(?:\.[\w-]+)+`)
	areaPhone  = regexp.MustCompile(`\b0\d{2,3}-\d{7,8}\b`)
)

// MaskText masks what can be told by its shape in free text: identity numbers, mobile numbers, landlines
// with an area code, bank cards and e-mail addresses. Names and addresses have no shape.
func MaskText(s string) string {
	s = maskDigits(s, true)
	s = areaPhone.ReplaceAllStringFunc(s, MaskPhone)
	return email.ReplaceAllStringFunc(s, MaskEmail)
}

// maskDigits masks numbers by their shape; all also those that are no identity numbers.
func maskDigits(s string, all bool) string {
	var b strings.Builder
	done := 0
	for _, at := range digitRun.FindAllStringIndex(s, -1) {
		b.WriteString(s[done:at[0]])
		done = at[1]
		run := s[at[0]:at[1]]
		// A record's number has the same length: after a slash, and where it begins as those of these years
		// do, the check sign decides.
		record := at[0] > 0 && s[at[0]-1] == '/'
		alike := record || run[0] == '9' && run[1] != '9'
		switch {
		case residentID.MatchString(run) && (!alike || checked(run)):
			run = residentID.ReplaceAllStringFunc(run, MaskIdentity)
		case record:
		case oldID.MatchString(run):
			run = MaskIdentity(run)
		case all && mobile.MatchString(run):
			run = MaskPhone(run)
		case all && bankCard.MatchString(run):
			run = MaskCard(run)
		}
		b.WriteString(run)
	}
	return b.String() + s[done:]
}

// checked reports whether an 18-digit number has the check sign of an identity number (GB 11643).
func checked(id string) bool {
	if len(id) != 18 {
		return false
	}
	sum, weight := 0, 1
	for i := 16; i >= 0; i-- {
		weight = weight * 2 % 11
		sum += int(id[i]-'0') * weight
	}
	return "10X98765432"[sum%11] == strings.ToUpper(id)[17]
}

// MaskLog wraps a log so that nothing written to it holds personal data that can be told by its shape.
func MaskLog(h slog.Handler) slog.Handler {
	if _, done := h.(maskedLog); done {
		return h
	}
	return maskedLog{h}
}

type maskedLog struct{ slog.Handler }

// Handle is slog.Handler's.
func (m maskedLog) Handle(ctx context.Context, r slog.Record) error {
	out := slog.NewRecord(r.Time, r.Level, MaskText(r.Message), r.PC)
	r.Attrs(func(a slog.Attr) bool {
		out.AddAttrs(maskAttr(a))
		return true
	})
	return m.Handler.Handle(ctx, out)
}

// WithAttrs is slog.Handler's.
func (m maskedLog) WithAttrs(as []slog.Attr) slog.Handler {
	masked := make([]slog.Attr, len(as))
	for i, a := range as {
		masked[i] = maskAttr(a)
	}
	return maskedLog{m.Handler.WithAttrs(masked)}
}

// WithGroup is slog.Handler's.
func (m maskedLog) WithGroup(name string) slog.Handler { return maskedLog{m.Handler.WithGroup(name)} }

func maskAttr(a slog.Attr) slog.Attr {
	v := a.Value.Resolve()
	switch v.Kind() {
	case slog.KindString:
		return slog.String(a.Key, MaskText(v.String()))
	case slog.KindAny:
		return slog.String(a.Key, MaskText(fmt.Sprint(v.Any())))
	case slog.KindGroup:
		var inner []any
		for _, g := range v.Group() {
			inner = append(inner, maskAttr(g))
		}
		return slog.Group(a.Key, inner...)
	}
	return slog.Attr{Key: a.Key, Value: v}
}
