package app_test

import (
	"go/ast"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// syllable is a syllable of Hanyu Pinyin.
var syllable = regexp.MustCompile(`^((zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(iang|iong|uang|ian|iao|ing|ang|eng|ong|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|uo|ui|ue|a|o|e|i|u|v))$`)

// telling are syllables that no part of an English word in a name looks like: a name in pinyin has one sooner or later.
var telling = regexp.MustCompile(`^(zh(a|e|i|u|ai|ao|ou|an|en|ang|eng|ong|ua|uo|ui|uan|uang|un)|x(i|ia|ie|iao|iu|ian|in|iang|ing|iong|u|ue|uan|un)|q(i|ia|ie|iao|iu|ian|in|iang|ing|iong|u|ue|uan|un)|j(ia|ie|iao|iu|ian|iang|ing|iong|ue|uan|un)|c(ui|uo|uan|ai|eng|ong)|f(a|u|ei|eng)|shu|shi|chu|chufa|anjian|dang|nian|lian|liang|liu|niu|guo|guan|guang|gui|huo|huan|huang|kuan|ding|tiao|biao|bian|dian|dui)$`)

// notPinyin are English words that are spelt like pinyin, and jiao, the unit of money.
var notPinyin = strings.Fields(`binding encoding endian ending face facie failure finding fixing future guide heading inquire inquiring landing leading loading median
	mongolian opaque pending queue quo quote reading refuse require sequence unique vending jiao`)

var wordsOf = regexp.MustCompile(`[A-Z]?[a-z]+|[A-Z]+`)

// spelt splits a word wholly into pinyin syllables, at least two, one of them telling.
func spelt(word string) bool {
	var walk func(rest string, n int, told bool) bool
	walk = func(rest string, n int, told bool) bool {
		if rest == "" {
			return n >= 2 && told
		}
		for k := min(6, len(rest)); k > 0; k-- {
			if syllable.MatchString(rest[:k]) && walk(rest[k:], n+1, told || telling.MatchString(rest[:k])) {
				return true
			}
		}
		return false
	}
	return walk(word, 0, false)
}

// TestNamesAreNotPinyin: names of the code, addresses, members of JSON, columns and keys of settings are English. Law
// codes (XZCF), which are written in capitals, are the one exception.
func TestNamesAreNotPinyin(t *testing.T) {
	found := map[string]string{}
	look := func(where, name string) {
		if parts := wordsOf.FindAllString(name, -1); len(parts) > 2 && !slices.ContainsFunc(parts, func(w string) bool { return !syllable.MatchString(strings.ToLower(w)) }) && spelt(strings.ToLower(strings.Join(parts, ""))) {
			found[name] = where // anJianZhuangTai
		}
		for _, w := range wordsOf.FindAllString(name, -1) {
			if w == strings.ToUpper(w) {
				continue
			}
			w = strings.ToLower(w)
			if spelt(w) && !slices.Contains(notPinyin, w) {
				found[w] = where + " " + name
			}
		}
	}
	jsonTag := regexp.MustCompile(`(?:json|bun|query|path|yaml):"([^",]+)`)
	for _, s := range allSources(t) {
		if !s.product() || s.generated() {
			continue
		}
		look("包", s.ast.Name.Name)
		ast.Inspect(s.ast, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.Ident:
				look(s.path, n.Name)
			case *ast.Field:
				if n.Tag != nil {
					for _, m := range jsonTag.FindAllStringSubmatch(n.Tag.Value, -1) {
						look(s.path, m[1])
					}
				}
			}
			return true
		})
	}
	site := oneSite(t)
	for _, rt := range site.App.Routes() {
		look("网址", rt.Pattern)
	}
	for _, w := range slices.Sorted(maps.Keys(found)) {
		t.Errorf("“%s”像拼音（%s）：用英文名，写进 docs/glossary.md；确是英文的写进 notPinyin", w, found[w])
	}
	for _, planted := range []string{"anjian", "chufa", "juedingshu", "zhifa", "dangshiren"} {
		if !spelt(planted) {
			t.Errorf("看不出“%s”是拼音", planted)
		}
	}
}
