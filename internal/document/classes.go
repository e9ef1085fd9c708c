package document

import (
	"strings"
	"unicode"
)

// wordJoiner (U+2060) glues its neighbours: no line is broken there. It is never drawn.
const wordJoiner = '\u2060'

// Characters that must not begin a line: GB/T 15834-2011 5.1 (句末、句内点号，后引号、后括号、后书名号，
// 连接号、间隔号、分隔号) and, stricter than the standard, the ellipsis; with their half-width forms.
const notAtStart = "。，、；：？！）》」』〉】〕〗］｝”’…·・～－／％‰℃℉°′″" +
	",.;:?!)]}%/-~" + "々ー"

// Characters that must not end a line: opening quotes, brackets and book marks (ibid.), and signs that
// belong to the number after them.
const notAtEnd = "（《「『〈【〔〖［｛“‘([{￥¥$＄№≥≤≈±<>＜＞"

// Full-width marks with an empty right half: the room that is taken when a mark is pushed in.
const halfEmpty = "。，、；：）》」』〉】〕〗］｝”’"

// Marks that are written twice and stay together.
const doubled = "—…─"

// Units that stay with the number before them, longest first where one begins another.
var units = []string{
	"个工作日", "个自然日", "个小时",
	"平方公里", "平方厘米", "平方米", "立方米", "工作日", "自然日", "小时", "分钟", "公里", "千米", "厘米", "毫米",
	"千克", "公斤", "万元", "亿元", "分贝", "个月", "周岁", "元", "角", "分", "年", "月", "日", "时", "秒",
	"号", "条", "款", "项", "目", "章", "节", "页", "份", "张", "件", "处", "辆", "户", "岁", "周", "天", "次", "倍",
	"米", "吨", "克", "升", "个", "名", "人", "家", "台", "块", "根", "万", "亿", "期", "楼", "栋", "室", "层", "档",
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' || r >= '０' && r <= '９' }

// isSpace reports a character that is swallowed where a line is broken.
func isSpace(r rune) bool { return r == ' ' || r == '　' }

// isWord reports a character of a word that is kept whole: any visible ASCII, or a letter or mark of an
// alphabet (not Han, kana or hangul).
func isWord(r rune) bool {
	if r > ' ' && r < 0x7f {
		return true
	}
	return unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Mn, unicode.Arabic, unicode.Tibetan, unicode.Mongolian) ||
		strings.ContainsRune("²³µ", r)
}

// clean brings a text into the form that is measured and drawn: line feeds only, tabs as a full-width
// space, no-break spaces as spaces, and no characters without any visible form (zero-width space, byte
// order mark, soft hyphen). Everything else stays, so that a missing character is found.
func clean(s string) string {
	return drawable.Replace(s)
}

var drawable = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", "　", "\u00a0", " ", "\u200b", "", "\ufeff", "", "\u00ad", "")

// NoBreak returns s with its characters glued, so that a line is not broken inside: for document
// numbers with their prefix, names, number plates.
func NoBreak(s string) string {
	runes := []rune(s)
	var b strings.Builder
	for i, r := range runes {
		if i > 0 {
			b.WriteRune(wordJoiner)
		}
		b.WriteRune(r)
	}
	return b.String()
}
