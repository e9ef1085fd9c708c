package grade

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fill compares a blank with the accepted forms and returns it as it was compared.
func Fill(answer string, accept []string) (correct bool, normalised string) {
	normalised = Normalise(answer)
	for _, a := range accept {
		correct = correct || normalised != "" && Normalise(a) == normalised
	}
	return correct, normalised
}

// Normalise brings spellings of one answer together: width and case, spaces, punctuation at the edges, and
// numbers in characters (七日 7日, 二百元 200元, 10万 100000, 百分之三 3%).
func Normalise(text string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(norm.NFKC.String(text)) {
		if !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r) {
			b.WriteRune(r)
		}
	}
	return edges(numbers(edges(b.String())))
}

// edges cuts spaces and punctuation at both ends; a per cent sign belongs to its number.
func edges(s string) string {
	return strings.TrimFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsPunct(r) && r != '%'
	})
}

var (
	hanDigits = map[rune]int64{
		'零': 0, '〇': 0, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9,
		'壹': 1, '贰': 2, '叁': 3, '肆': 4, '伍': 5, '陆': 6, '柒': 7, '捌': 8, '玖': 9,
	}
	hanUnits = map[rune]int64{'十': 10, '拾': 10, '百': 100, '佰': 100, '千': 1000, '仟': 1000}
	hanBig   = map[rune]int64{'万': 10000, '亿': 100000000}
)

func numeral(r rune) bool {
	_, d := hanDigits[r]
	return d || hanUnits[r] > 0 || hanBig[r] > 0 || r >= '0' && r <= '9'
}

// numbers writes every number of the text in Arabic digits. What is no well-formed number stays as it is.
func numbers(s string) string {
	var b strings.Builder
	rs := []rune(strings.ReplaceAll(s, "百分之", "%之"))
	for i := 0; i < len(rs); {
		percent := i+1 < len(rs) && rs[i] == '%' && rs[i+1] == '之'
		from := i
		if percent {
			from += 2
		}
		end := from
		for end < len(rs) && (numeral(rs[end]) || (rs[end] == ',' || rs[end] == '.') && end > from && end+1 < len(rs) && arabic(rs[end-1]) && arabic(rs[end+1])) {
			end++
		}
		n, ok := "", false
		if end > from {
			n, ok = number(rs[from:end])
		}
		switch {
		case ok && percent:
			b.WriteString(n + "%")
		case percent:
			b.WriteString("百分之")
			end = from
		case ok:
			b.WriteString(n)
		case end > from:
			b.WriteString(string(rs[from:end]))
		default:
			b.WriteRune(rs[i])
			end = i + 1
		}
		i = end
	}
	return b.String()
}

func arabic(r rune) bool { return r >= '0' && r <= '9' }

// number reads 二百三十, 二〇二六, 1,000.50, 10万; other runs of numerals are no number.
func number(rs []rune) (string, bool) {
	i := 0
	for i < len(rs) && (arabic(rs[i]) || rs[i] == ',' || rs[i] == '.') {
		i++
	}
	if i == 0 {
		n, ok := hanNumber(rs)
		return strconv.FormatInt(n, 10), ok
	}
	digits := strings.ReplaceAll(string(rs[:i]), ",", "")
	whole, fraction, _ := strings.Cut(digits, ".")
	if strings.Contains(fraction, ".") || len(whole) > 15 || len(fraction) > 9 {
		return "", false
	}
	zeros := 0
	for _, r := range rs[i:] {
		switch {
		case hanUnits[r] > 0:
			zeros += len(strconv.FormatInt(hanUnits[r], 10)) - 1
		case hanBig[r] > 0:
			zeros += len(strconv.FormatInt(hanBig[r], 10)) - 1
		default:
			return "", false
		}
	}
	if zeros > 12 {
		return "", false
	}
	for ; zeros > 0; zeros-- {
		if fraction == "" {
			whole += "0"
		} else {
			whole, fraction = whole+fraction[:1], fraction[1:]
		}
	}
	if whole = strings.TrimLeft(whole, "0"); whole == "" {
		whole = "0"
	}
	if fraction = strings.TrimRight(fraction, "0"); fraction != "" {
		whole += "." + fraction
	}
	return whole, true
}

// hanNumber reads a number in characters: either with units (一千零二十) or digit by digit (二〇二六).
func hanNumber(rs []rune) (int64, bool) {
	var total, section, digit int64
	unit := int64(10000) // the last unit of the section; units must fall
	have, units, zero := false, false, false
	plain := len(rs) > 1
	for _, r := range rs {
		_, d := hanDigits[r]
		plain = plain && d
	}
	if plain {
		var n int64
		for _, r := range rs {
			if n = n*10 + hanDigits[r]; n > 1e15 {
				return 0, false
			}
		}
		return n, true
	}
	for i, r := range rs {
		d, isDigit := hanDigits[r]
		switch {
		case isDigit && d == 0:
			if have {
				return 0, false
			}
			zero = true
		case isDigit:
			if have {
				return 0, false
			}
			digit, have = d, true
		case hanUnits[r] > 0:
			u := hanUnits[r]
			if !have && (u != 10 || section != 0 || i > 0 && !zero && total == 0) || u >= unit {
				return 0, false
			}
			if !have {
				digit = 1
			}
			section, unit, digit, have, units, zero = section+digit*u, u, 0, false, true, false
		default:
			section += digit
			if section == 0 || total != 0 && hanBig[r] >= hanBig['亿'] {
				return 0, false
			}
			total, section, digit, have, units, zero, unit = total+section*hanBig[r], 0, 0, false, true, false, 10000
		}
	}
	// 二百五 is said of 250 and of 205: after a unit above ten a last digit needs its 零.
	if have && units && !zero && unit != 10 && (unit != 10000 || total != 0) {
		return 0, false
	}
	return total + section + digit, have || units || len(rs) == 1
}

// FillScore marks a blank: an accepted form gives the points.
func FillScore(answer string, accept []string, points float64) (float64, error) {
	if err := checkPoints(points); err != nil {
		return 0, err
	}
	if ok, _ := Fill(answer, accept); ok {
		return share(points, 1, 1), nil
	}
	return 0, nil
}
