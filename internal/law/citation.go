package law

import (
	"fmt"
	"strconv"
	"strings"
)

// Citation points at a provision: a statute and, in it, an article, paragraph, item and sub-item.
// Statute is the code of the statute registry (XZCF = 行政处罚法). Zero numbers are "not stated".
type Citation struct {
	Statute string `json:"statute" yaml:"statute"`
	Article int    `json:"article,omitempty" yaml:"article,omitempty"`
	Para    int    `json:"para,omitempty" yaml:"para,omitempty"`
	Item    int    `json:"item,omitempty" yaml:"item,omitempty"`
	// Section is a heading of a text that has no articles: 国办发〔2018〕118号（六）.
	Section string `json:"section,omitempty" yaml:"section,omitempty"`
}

// Cite returns the citation of an article; more numbers are paragraph and item.
func Cite(statute string, article int, more ...int) Citation {
	c := Citation{Statute: statute, Article: article}
	if len(more) > 0 {
		c.Para = more[0]
	}
	if len(more) > 1 {
		c.Item = more[1]
	}
	return c
}

// Han prints the citation with the statute's short title and Chinese numerals: 行政处罚法第五十八条第一款第一项.
func (c Citation) Han() string { return Title(c.Statute) + c.HanArticle() }

// HanArticle prints the citation without its statute: 第五十八条第一款第一项.
func (c Citation) HanArticle() string {
	return c.parts(HanNumeral)
}

// String prints the citation with Arabic numerals, as the recheck door does: 行政处罚法第58条第1款第1项.
func (c Citation) String() string { return Title(c.Statute) + c.parts(strconv.Itoa) }

func (c Citation) parts(numeral func(int) string) string {
	var b strings.Builder
	for _, p := range []struct {
		n    int
		unit string
	}{{c.Article, "条"}, {c.Para, "款"}, {c.Item, "项"}} {
		if p.n > 0 {
			fmt.Fprintf(&b, "第%s%s", numeral(p.n), p.unit)
		}
	}
	if c.Section != "" {
		fmt.Fprintf(&b, "(%s)", c.Section)
	}
	return b.String()
}

// Citations is one basis made of several provisions.
type Citations []Citation

// String joins the citations, naming a statute once for adjoining articles: 行政处罚法第56条、第85条；民法典第202条.
func (cs Citations) String() string { return cs.join(Citation.String, strconv.Itoa) }

// Han joins the citations with Chinese numerals.
func (cs Citations) Han() string { return cs.join(Citation.Han, HanNumeral) }

func (cs Citations) join(whole func(Citation) string, numeral func(int) string) string {
	var b strings.Builder
	for i, c := range cs {
		switch {
		case i == 0:
			b.WriteString(whole(c))
		case c.Statute == cs[i-1].Statute:
			b.WriteString("、" + c.parts(numeral))
		default:
			b.WriteString("；" + whole(c))
		}
	}
	return b.String()
}

// HanNumeral writes 1 ≤ n < 10000 as articles are numbered: 十, 五十八, 一百零三, 一千一百三十二.
func HanNumeral(n int) string {
	if n <= 0 || n >= 10000 {
		return strconv.Itoa(n)
	}
	const digits = "零一二三四五六七八九"
	runes := []rune(digits)
	units := []string{"千", "百", "十", ""}
	var b strings.Builder
	zero := false
	for i, div := range []int{1000, 100, 10, 1} {
		d := n / div % 10
		if d == 0 {
			zero = b.Len() > 0
			continue
		}
		if zero {
			b.WriteRune(runes[0])
			zero = false
		}
		b.WriteRune(runes[d])
		b.WriteString(units[i])
	}
	s := b.String()
	if n >= 10 && n < 20 {
		s = strings.TrimPrefix(s, "一")
	}
	return s
}
