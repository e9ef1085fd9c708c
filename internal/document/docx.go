package document

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/skip2/go-qrcode"
	"golang.org/x/image/font/sfnt"
)

// informal stands on every page of an editable copy.
const informal = "非正式文本　供编辑使用，以出具的 PDF 正本为准"

// Docx returns the paper as an editable Word document: the same texts in the same order as Print sets
// them, on the same measure and grid, marked on every page as 非正式文本. The same paper and creation time
// give the same bytes; missing characters and pictures are treated as Print treats them. Lines are broken
// by the program that opens it, with our marks that must not begin or end one.
func (p *Press) Docx(paper Paper, created time.Time) ([]byte, error) {
	s, err := p.prepare(paper)
	if err != nil {
		return nil, err
	}
	s.pages(paper) // finds the size of a form that is made to fit, and pictures that cannot be printed
	if s.err != nil {
		return nil, s.err
	}
	w := &word{set: s, paper: paper}
	w.body()
	if w.err != nil {
		return nil, fmt.Errorf("document: word copy of %q: %w", paper.Title, w.err)
	}
	out, err := w.pack(created)
	if err != nil {
		return nil, fmt.Errorf("document: word copy of %q: %w", paper.Title, err)
	}
	return out, nil
}

// word writes the body of one document. Rows of cells gather in rows until something else follows.
type word struct {
	set   *setter
	paper Paper
	out   strings.Builder
	rows  []wordRow
	media []wordImage
	check []wordImage // the QR code, in the page's foot
	tied  bool        // the block is the last text before the close
	err   error
}

type wordImage struct {
	name string // image1.png
	data []byte
}

// twips are twentieths of a point, the unit of Word's lengths.
func twips(pt float64) int { return int(math.Round(pt * 20)) }

// emu is the unit of Word's pictures.
func emu(pt float64) int { return int(math.Round(pt * 12700)) }

// para is how a paragraph is set; lengths in points.
type para struct {
	align   Align
	justify bool
	indent  int // characters of the first line
	left    float64
	keep    bool // with the next
	tied    bool // its last paragraph with the next
	newPage bool
	loose   bool // the line grows with its content
	before  float64
	border  string // pBdr
}

// paragraph writes one paragraph of ready runs.
func (w *word) paragraph(runs string, f font, p para) string {
	var b strings.Builder
	b.WriteString("<w:p><w:pPr>")
	if p.keep {
		b.WriteString("<w:keepNext/>")
	}
	if p.newPage {
		b.WriteString("<w:pageBreakBefore/>")
	}
	b.WriteString(p.border + `<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>`)
	if f.leading < letterBody.leading { // smaller text keeps its own lines
		b.WriteString(`<w:snapToGrid w:val="0"/>`)
	}
	rule := "exact"
	if p.loose {
		rule = "atLeast"
	}
	fmt.Fprintf(&b, `<w:spacing w:before="%d" w:after="0" w:line="%d" w:lineRule="%s"/>`, twips(p.before), int(f.leading*20), rule)
	if p.indent > 0 {
		fmt.Fprintf(&b, `<w:ind w:firstLineChars="%d" w:firstLine="%d"/>`, p.indent*100, twips(f.pitch*float64(p.indent)))
	} else if p.left != 0 {
		fmt.Fprintf(&b, `<w:ind w:left="%d"/>`, twips(p.left))
	}
	switch {
	case p.align == Center:
		b.WriteString(`<w:jc w:val="center"/>`)
	case p.align == Right:
		b.WriteString(`<w:jc w:val="right"/>`)
	case p.justify:
		b.WriteString(`<w:jc w:val="both"/>`)
	default:
		b.WriteString(`<w:jc w:val="left"/>`)
	}
	b.WriteString("</w:pPr>" + runs + "</w:p>")
	return b.String()
}

// text writes a text in paragraphs, one per line.
func (w *word) text(text string, f font, p para) string {
	var b strings.Builder
	lines := splitLines(text)
	for i, line := range lines {
		p.keep = p.keep || p.tied && i == len(lines)-1
		b.WriteString(w.paragraph(w.runs(line, f), f, p))
	}
	return b.String()
}

// runs writes a line of text. As in the PDF, ticked boxes are marks in a border, a character that no font
// has is a box to fill by hand, and one from a bureau's own font names that font.
func (w *word) runs(text string, f font) string {
	var b strings.Builder
	var run strings.Builder
	family := ""
	put := func() {
		if run.Len() > 0 {
			b.WriteString(w.run(run.String(), f, family, ""))
			run.Reset()
		}
	}
	for _, r := range clean(text) {
		mark, ticked := drawn[r]
		switch {
		case r == wordJoiner:
			continue
		case ticked && mark != '□':
			put()
			b.WriteString(w.run(string(mark), f.strong(), "", boxed))
			continue
		case ticked:
			r = mark
		}
		g := w.set.glyph(f.bold, r)
		if g.face == nil {
			put()
			w.set.box(r)
			note := f.in(grey)
			note.size = max(5, f.size*0.6)
			b.WriteString(w.run("　手填　", note, "", boxed))
			continue
		}
		if name := g.face.family(); name != family {
			put()
			family = name
		}
		run.WriteRune(r)
	}
	put()
	return b.String()
}

const (
	boxed     = `<w:bdr w:val="single" w:sz="4" w:space="0" w:color="000000"/>`
	underline = `<w:u w:val="single"/>`
)

// run writes characters of one kind; family overrides the paper's fonts, extra is put behind the size.
func (w *word) run(text string, f font, family, extra string) string {
	if text == "" {
		return ""
	}
	var b strings.Builder
	b.WriteString("<w:r><w:rPr>")
	if family != "" {
		name := escape(family)
		fmt.Fprintf(&b, `<w:rFonts w:ascii="%s" w:hAnsi="%s" w:eastAsia="%s" w:hint="eastAsia"/>`, name, name, name)
	} else {
		latin, east := w.fonts(f)
		fmt.Fprintf(&b, `<w:rFonts w:ascii="%s" w:hAnsi="%s" w:eastAsia="%s" w:hint="eastAsia"/>`, latin, latin, east)
	}
	if f.bold {
		b.WriteString("<w:b/>")
	}
	if f.colour != black {
		fmt.Fprintf(&b, `<w:color w:val="%02X%02X%02X"/>`, f.colour.r, f.colour.g, f.colour.b)
	}
	if squeeze := twips(f.pitch-f.size) - 1; f.pitch < f.size {
		fmt.Fprintf(&b, `<w:spacing w:val="%d"/>`, squeeze)
	}
	half := int(math.Round(f.size * 2))
	fmt.Fprintf(&b, `<w:sz w:val="%d"/><w:szCs w:val="%d"/>%s</w:rPr><w:t xml:space="preserve">%s</w:t></w:r>`, half, half, extra, escape(text))
	return b.String()
}

// fonts are the official ones by name (GB/T 9704-2012 5.2.2: 仿宋 for text, 小标宋 for titles); fontTable
// tells what stands for them.
func (w *word) fonts(f font) (latin, east string) {
	switch {
	case f.bold && f.size >= 18:
		return "Times New Roman", "方正小标宋简体"
	case w.set.form:
		return "Times New Roman", "宋体"
	}
	return "Times New Roman", "仿宋"
}

// family is the name by which a bureau's own font is known to other programs; empty for the embedded
// ones, for which the official names stand.
func (f *face) family() string {
	if !strings.HasPrefix(f.name, "Extra") {
		return ""
	}
	data := f.glyphs.GetTTFParser().FontData()
	parsed, err := sfnt.Parse(data)
	if err != nil {
		return f.name
	}
	name, err := parsed.Name(nil, sfnt.NameIDFamily)
	if err != nil || name == "" {
		return f.name
	}
	return name
}

// escape makes text safe in XML; control characters, which XML cannot hold, become U+FFFD.
func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder does not fail
	return b.String()
}

// image writes a picture in the line, with what it shows for those who cannot see it.
func (w *word) image(p picture, width, height float64, says string) string {
	ext := "jpeg"
	if bytes.HasPrefix(p.data, []byte("\x89PNG")) {
		ext = "png"
	}
	n := len(w.media) + 1
	w.media = append(w.media, wordImage{fmt.Sprintf("image%d.%s", n, ext), p.data})
	return inlinePicture(n, fmt.Sprintf("img%d", n), width, height, says)
}

func inlinePicture(n int, rel string, width, height float64, says string) string {
	return fmt.Sprintf(`<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="%d" cy="%d"/><wp:docPr id="%d" name="图%d" descr="%s"/>`+
		`<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="%d" name="图%d"/><pic:cNvPicPr/></pic:nvPicPr>`+
		`<pic:blipFill><a:blip r:embed="%s"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%d" cy="%d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`,
		emu(width), emu(height), n, n, escape(says), n, n, rel, emu(width), emu(height))
}

// code makes the picture of the QR code.
func (w *word) code(url string) {
	code, err := qrcode.New(url, qrcode.Medium)
	var png []byte
	if err == nil {
		code.DisableBorder = true
		png, err = code.PNG(-8)
	}
	if err != nil {
		w.err = fmt.Errorf("QR code: %w", err)
		return
	}
	w.check = []wordImage{{"check.png", png}}
}

// pack zips the parts in a fixed order with no times of their own.
func (w *word) pack(created time.Time) ([]byte, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	add := func(name string, data []byte) error {
		part, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
		if err == nil {
			_, err = part.Write(data)
		}
		return err
	}
	for _, p := range w.parts(created) {
		if err := add(p[0], []byte(p[1])); err != nil {
			return nil, err
		}
	}
	for _, m := range append(w.media, w.check...) {
		if err := add("word/media/"+m.name, m.data); err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
