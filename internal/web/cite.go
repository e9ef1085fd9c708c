package web

import (
	"context"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"fadu/internal/law"
)

// CiteKey names a citation in addresses: XZCF-58-1-1, or GBF2018118-六 for a heading without articles.
func CiteKey(c law.Citation) string {
	parts := []string{c.Statute}
	for _, n := range []int{c.Article, c.Para, c.Item} {
		if n == 0 {
			break
		}
		parts = append(parts, strconv.Itoa(n))
	}
	if c.Section != "" {
		parts = append(parts, c.Section)
	}
	return strings.Join(parts, "-")
}

// ParseCite reads what CiteKey wrote.
func ParseCite(key string) (law.Citation, bool) {
	parts := strings.Split(key, "-")
	c := law.Citation{Statute: parts[0]}
	numbers := []*int{&c.Article, &c.Para, &c.Item}
	for i, p := range parts[1:] {
		n, err := strconv.Atoi(p)
		switch {
		case err == nil && n > 0 && i < len(numbers):
			*numbers[i] = n
		case i == len(parts)-2 && p != "":
			c.Section = p
		default:
			return law.Citation{}, false
		}
	}
	return c, c.Statute != "" && len(parts) > 1
}

// Resolver leads a citation to its article in the bureau's own library; "" where the library has no text.
type Resolver func(ctx context.Context, c law.Citation) string

type resolverKey struct{}

// WithCites lets the citations of a page lead to the library's articles.
func WithCites(ctx context.Context, r Resolver) context.Context {
	return context.WithValue(ctx, resolverKey{}, r)
}

// citeHref is the article in the library, else the page about the law and what cites it.
func citeHref(ctx context.Context, c law.Citation) string {
	if r, ok := ctx.Value(resolverKey{}).(Resolver); ok {
		if href := r(ctx, c); href != "" {
			return href
		}
	}
	return "/w/laws?cite=" + url.QueryEscape(CiteKey(c))
}

// citeTitle is the full title, for the tooltip and for print.
func citeTitle(c law.Citation) string { return law.FullTitle(c.Statute) + c.HanArticle() }

// citePart is one link of a run of citations: a statute is named once for adjoining articles.
type citePart struct {
	Join, Label string
	Cite        law.Citation
}

func citeParts(cs law.Citations) []citePart {
	parts := make([]citePart, len(cs))
	for i, c := range cs {
		p := citePart{Label: c.Han(), Cite: c}
		if i > 0 {
			p.Join = "；"
			if c.Statute == cs[i-1].Statute {
				p.Join, p.Label = "、", c.HanArticle()
			}
		}
		parts[i] = p
	}
	return parts
}

// citesLink reports whether citations lead to the library, which needs a session.
func citesLink(ctx context.Context) bool { return ViewerFrom(ctx).SignedIn() }

// CountText prints a count with thousands separators; capped says that counting stopped there.
func CountText(n int64, capped bool) string {
	s := grouped(n)
	if capped {
		s += "+"
	}
	return s
}

func grouped(n int64) string {
	s := strconv.FormatInt(n, 10)
	first := 0
	if n < 0 {
		first = 1
	}
	for i := len(s) - 3; i > first; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// Percent prints a ratio alone, for a figure whose detail names its parts: 98.2; — without a population.
func Percent(n, d int64) string {
	if d == 0 {
		return "—"
	}
	// Half a per mille is rounded up in integers: a rate is shown, never calculated with.
	tenths := (n*2000 + d) / (2 * d)
	return fmt.Sprintf("%d.%d", tenths/10, tenths%10)
}

// Parts prints what a ratio is made of: 11,718/11,930.
func Parts(n, d int64) string {
	if d == 0 {
		return "无应计数"
	}
	return grouped(n) + "/" + grouped(d)
}

// Rate prints a ratio with what it is made of: 98.2%，11,718/11,930. Without a population there is no
// rate, which is not the same as 0 %.
func Rate(n, d int64) string {
	if d == 0 {
		return "无应计数"
	}
	return Percent(n, d) + "%，" + Parts(n, d)
}
