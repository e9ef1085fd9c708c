package document

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"fadu/internal/fault"
)

// MissingGlyphs refuses a paper with characters that no loaded font has.
type MissingGlyphs struct {
	Runes []rune   // in order of first appearance, each once
	Where []string // the places in which they stand: 当事人姓名
}

// Error says which characters are missing, where, and how to go on.
func (e *MissingGlyphs) Error() string {
	return fmt.Sprintf("字库里没有%s（见%s）。可以在文书上留空框由执法人员手填，或者请管理员把含有该字的 TTF 字体放入补字字体文件夹",
		NameRunes(e.Runes), strings.Join(e.Where, "、"))
}

// Unwrap makes it an Invalid fault for the page.
func (e *MissingGlyphs) Unwrap() error { return fault.New(fault.Invalid, "%s", e.Error()) }

// NameRunes lists characters with their code points for a message or the ledger: “𠮷”(U+20BB7).
func NameRunes(rs []rune) string {
	var out []string
	for _, r := range rs {
		if unicode.IsPrint(r) {
			out = append(out, fmt.Sprintf("“%c”(U+%04X)", r, r))
		} else {
			out = append(out, fmt.Sprintf("不可见字符(U+%04X)", r))
		}
	}
	return strings.Join(out, "、")
}

// texts yields every text of the paper with the name of its place.
func (p Paper) texts(yield func(place, text string)) {
	yield("机关名称", p.Organ)
	yield("标题", p.Title)
	yield("文号", p.Number)
	for _, b := range p.Blocks {
		b.texts(yield)
	}
	yield("份数说明", p.Copies)
	yield("验证码", p.Verify.Code)
	yield("作废原因", p.Void)
	yield("联次", p.Mark)
	yield("逐页签名", p.PageSign)
}

// Missing returns every character of the paper that no loaded font has, in order of first appearance.
// When the fonts cannot be read, Render says why.
func (p *Press) Missing(paper Paper) []rune {
	return p.missing(paper).Runes
}

func (p *Press) missing(paper Paper) MissingGlyphs {
	if err := p.load(); err != nil {
		return MissingGlyphs{}
	}
	var m MissingGlyphs
	known := map[rune]bool{'\n': true, wordJoiner: true}
	for r := range drawn {
		known[r] = true
	}
	paper.texts(func(place, text string) {
		for _, r := range clean(text) {
			have, seen := known[r]
			if !seen {
				f, _ := p.find(false, r)
				have = f != nil
				known[r] = have
			}
			if have {
				continue
			}
			if !slices.Contains(m.Runes, r) {
				m.Runes = append(m.Runes, r)
			}
			if !slices.Contains(m.Where, place) {
				m.Where = append(m.Where, place)
			}
		}
	})
	return m
}

func (f Fields) texts(yield func(place, text string)) {
	yield("栏目名称", f.Label)
	for _, row := range f.Rows {
		for _, c := range row {
			yield(f.Label+c.Label, c.Label)
			yield(f.Label+c.Label, c.Value)
		}
	}
}

func (p Paragraph) texts(yield func(place, text string)) {
	place := p.Label
	if place == "" {
		place = "正文"
	}
	yield(place, p.Label)
	yield(place, p.Text)
}

func (t Table) texts(yield func(place, text string)) {
	yield("表格标题", t.Caption)
	for _, c := range t.Columns {
		yield("表头", c.Title)
	}
	for _, row := range t.Rows {
		for i, text := range row {
			place := "表格"
			if i < len(t.Columns) {
				place = t.Columns[i].Title
			}
			yield(place, text)
		}
	}
}

func (s Signer) texts(yield func(place, text string)) {
	for _, text := range []string{s.Role, s.Name, s.Certificate, s.Written, s.Note} {
		yield(s.Role, text)
	}
}

func (s Signatures) texts(yield func(place, text string)) {
	yield("签名栏", s.Label)
	for _, one := range s.Signers {
		one.texts(yield)
	}
}

func (i Issue) texts(yield func(place, text string)) { yield("落款", i.Organ) }

func (r Receipt) texts(yield func(place, text string)) {
	yield("签收栏", r.Label)
	yield("签收栏", r.Text)
	r.Signer.texts(yield)
}

func (p Photos) texts(yield func(place, text string)) {
	yield("照片页标题", p.Title)
	for _, ph := range p.Items {
		for _, text := range []string{ph.Shows, ph.Time, ph.By, ph.Place} {
			yield("照片说明", text)
		}
	}
}
