package powers

import (
	"fmt"
	"strconv"
	"strings"

	"fadu/internal/law"
)

// Article is one provision inside a law: 第一千一百三十二条第三款, 第十七条之一第二款第（三）项.
// Zero numbers are "not stated".
type Article struct {
	No, Suffix, Para, Item int
}

// Articles is one basis made of one or more provisions of the same law.
type Articles []Article

// Han prints the provision with Chinese numerals.
func (a Article) Han() string {
	s := "第" + law.HanNumeral(a.No) + "条"
	if a.Suffix > 0 {
		s += "之" + law.HanNumeral(a.Suffix)
	}
	if a.Para > 0 {
		s += "第" + law.HanNumeral(a.Para) + "款"
	}
	if a.Item > 0 {
		s += "第" + law.HanNumeral(a.Item) + "项"
	}
	return s
}

// Covers reports whether b is a or lies inside a: 第一百条 covers 第一百条第二款.
func (a Article) Covers(b Article) bool {
	return a.No == b.No && a.Suffix == b.Suffix &&
		(a.Para == 0 || a.Para == b.Para) && (a.Item == 0 || a.Item == b.Item)
}

// Han joins the provisions by 、, naming only what differs: 第六条第一款第三项、第四项.
func (as Articles) Han() string {
	parts := make([]string, len(as))
	for i, a := range as {
		parts[i] = a.Han()
		if i == 0 {
			continue
		}
		switch p := as[i-1]; {
		case a.No == p.No && a.Suffix == p.Suffix && a.Para == p.Para && a.Item > 0:
			parts[i] = "第" + law.HanNumeral(a.Item) + "项"
		case a.No == p.No && a.Suffix == p.Suffix && a.Para > 0 && p.Para > 0:
			parts[i] = strings.TrimPrefix(a.Han(), Article{No: a.No, Suffix: a.Suffix}.Han())
		}
	}
	return strings.Join(parts, "、")
}

// Covers reports whether any provision covers any of b's.
func (as Articles) Covers(b Articles) bool {
	for _, x := range as {
		for _, y := range b {
			if x.Covers(y) {
				return true
			}
		}
	}
	return false
}

// ParseArticles reads 第一千一百三十二条第三款, 第1132条第3款, 第六条第一款第三项、第四项 (the later ones
// inherit article and paragraph) or 第七条、第十四条. Anything else is an error that says what is wrong.
func ParseArticles(s string) (Articles, error) {
	if strings.TrimSpace(s) == "" {
		return nil, fmt.Errorf("没有写条款")
	}
	var out Articles
	for _, part := range strings.Split(s, "、") {
		var from Article
		if len(out) > 0 {
			from = out[len(out)-1]
		}
		a, err := parseArticle(part, from)
		if err != nil {
			return nil, fmt.Errorf("条款“%s”%w", s, err)
		}
		out = append(out, a)
	}
	return out, nil
}

// parseArticle reads one provision; one that starts below 条 continues from the previous one.
func parseArticle(s string, from Article) (Article, error) {
	a := Article{}
	rest := s
	level := 0 // 1 条, 2 款, 3 项: each may come once, in this order
	for rest != "" {
		n, unit, tail, err := nextPart(rest)
		if err != nil {
			return Article{}, err
		}
		at := map[string]int{"条": 1, "款": 2, "项": 3}[unit]
		if at <= level {
			return Article{}, fmt.Errorf("里“%s”的次序不对，应为条、款、项", unit)
		}
		if level == 0 && at > 1 {
			if from.No == 0 {
				return Article{}, fmt.Errorf("没有写第几条")
			}
			a = Article{No: from.No, Suffix: from.Suffix}
			if at == 3 {
				a.Para = from.Para
			}
		}
		level, rest = at, tail
		switch at {
		case 1:
			a.No = n
			if a.Suffix, rest, err = suffix(rest); err != nil {
				return Article{}, err
			}
		case 2:
			a.Para = n
		case 3:
			a.Item = n
		}
	}
	if a.No == 0 {
		return Article{}, fmt.Errorf("没有写第几条")
	}
	return a, nil
}

// nextPart reads 第N条, 第N款, 第N项 or 第（N）项 from the front of s.
func nextPart(s string) (n int, unit, tail string, err error) {
	body, ok := strings.CutPrefix(s, "第")
	if !ok {
		return 0, "", "", fmt.Errorf("在“%s”处不是“第…条（款、项）”", s)
	}
	at := strings.IndexAny(body, "条款项")
	if at < 0 {
		return 0, "", "", fmt.Errorf("在“%s”处缺“条”“款”或者“项”", s)
	}
	unit = string([]rune(body[at:])[0])
	n, err = ParseHanNumeral(brackets.Replace(body[:at]))
	return n, unit, body[at+len(unit):], err
}

var brackets = strings.NewReplacer("（", "", "）", "", "(", "", ")", "")

// suffix reads 之一 after 第N条.
func suffix(s string) (int, string, error) {
	body, ok := strings.CutPrefix(s, "之")
	if !ok {
		return 0, s, nil
	}
	at := strings.Index(body, "第")
	if at < 0 {
		at = len(body)
	}
	n, err := ParseHanNumeral(body[:at])
	return n, body[at:], err
}

// ParseHanNumeral reads 1 to 9999 in Chinese numerals as articles are numbered (十, 五十八, 一百零三,
// 一千一百三十二) or in half-width digits.
func ParseHanNumeral(s string) (int, error) {
	wrong := fmt.Errorf("里的“%s”不是条款号的写法，应写成“一百零三”或者“103”", s)
	if s == "" {
		return 0, fmt.Errorf("缺条款号")
	}
	if strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' }) < 0 {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 || n > 9999 || s[0] == '0' {
			return 0, wrong
		}
		return n, nil
	}
	total, digit := 0, 0
	for _, r := range s {
		switch d := strings.IndexRune("零一二三四五六七八九", r); {
		case r == '零' || r == '〇':
			digit = 0
		case d > 0:
			digit = d / len("零")
		default:
			unit, ok := map[rune]int{'十': 10, '百': 100, '千': 1000}[r]
			if !ok {
				return 0, wrong
			}
			if digit == 0 && unit == 10 && total == 0 {
				digit = 1
			}
			total += digit * unit
			digit = 0
		}
	}
	total += digit
	// Writing the number again shows every slip of form: 一百三, 一十, 百, 二二.
	if total < 1 || total > 9999 || law.HanNumeral(total) != strings.ReplaceAll(s, "〇", "零") {
		return 0, wrong
	}
	return total, nil
}
