package document

import (
	"fmt"
	"strings"

	"golang.org/x/text/encoding/simplifiedchinese"

	"fadu/internal/fault"
)

// SlipSetup is what is known of a receipt printer.
type SlipSetup struct {
	Paper    int  // width of the roll in mm: 58 or 80
	GB2312   bool // its font has the 6,763 characters of GB 2312 only, not those of GBK
	RasterQR bool // it does not know the command for QR codes
}

// SlipCell is the side of a full-width character in dots; with it the dots of a line with its spacing, and of a module of the QR code, at 203 dpi.
const (
	SlipCell   = 24
	slipLine   = 30
	slipModule = 6
)

// dots is the printed width: 48 mm and 72 mm.
func (s SlipSetup) dots() int {
	if s.Paper == 80 {
		return 576
	}
	return 384
}

// Slip is a paper set for a receipt printer, line by line: what Bytes prints and what a page shows
// beforehand are this one value.
type Slip struct {
	Setup SlipSetup
	Dots  int // width
	Lines []SlipLine
	// HandFill are the characters left as boxes to fill by hand; they belong into the ledger.
	HandFill []rune
}

// SlipLine is a line of text in the printer's own font, a bitmap, or a QR code.
type SlipLine struct {
	Text   string // what the line says, also where it is a bitmap
	Align  Align
	Bold   bool
	Double bool    // twice as wide and high
	Tall   bool    // twice as high only: what is too long for double
	Height int     // dots, with the space to the next line
	Bitmap *Bitmap // drawn from our font: the printer lacks a character; a signature; a QR code
	QR     string  // printed by the printer's own command
	Side   int     // dots of the QR code
}

// Slip sets the paper for a receipt printer. Every line is broken as Print breaks them, by the width of its
// characters; a line with a character that the printer's font lacks is drawn from ours as a bitmap. What
// no font has is refused or left to fill by hand, as in Print.
func (p *Press) Slip(paper Paper, setup SlipSetup) (Slip, error) {
	if setup.Paper != 58 && setup.Paper != 80 {
		return Slip{}, fault.New(fault.Invalid, "没有 %d 毫米的小票纸，可用 58 或 80", setup.Paper)
	}
	s, err := p.prepare(paper)
	if err != nil {
		return Slip{}, err
	}
	w := &slipSetter{set: s, slip: Slip{Setup: setup, Dots: setup.dots()}}
	w.paper(paper)
	if w.err != nil {
		return Slip{}, w.err
	}
	w.slip.HandFill = s.filled
	return w.slip, nil
}

// slipSetter turns a paper into lines and keeps the first error.
type slipSetter struct {
	set  *setter
	slip Slip
	err  error
}

func (w *slipSetter) paper(p Paper) {
	if p.Demo {
		w.put(demoText, SlipLine{Align: Center, Bold: true}, 0)
	}
	if p.Void != "" {
		w.put("作废", SlipLine{Align: Center, Bold: true, Double: true}, 0)
		w.put("作废："+strings.ReplaceAll(clean(p.Void), "\n", " "), SlipLine{Bold: true}, 0)
	}
	if p.Mark != "" {
		w.put("【"+strings.ReplaceAll(p.Mark, "　", " ")+"】", SlipLine{Align: Center, Bold: true}, 0)
	}
	w.put(p.Organ, SlipLine{Align: Center, Bold: true}, 0)
	w.put(p.Title, SlipLine{Align: Center, Bold: true, Double: true}, 0)
	w.put(NoBreak(p.Number), SlipLine{Align: Center}, 0)
	w.rule()
	for _, b := range p.Blocks {
		w.block(b)
	}
	if p.Copies != "" {
		w.rule()
		w.put(p.Copies, SlipLine{}, 0)
	}
	w.check(p.Verify)
	if p.Demo {
		w.put(demoText, SlipLine{Align: Center, Bold: true}, 0)
	}
}

func (w *slipSetter) block(b Block) {
	switch b := b.(type) {
	case Fields:
		w.label(b.Label)
		for _, row := range b.Rows {
			for _, f := range row {
				value := f.Value
				if value == "" {
					value = strings.Repeat("_", 12)
				}
				w.put(f.Label+"："+value, SlipLine{}, 0)
			}
		}
	case Paragraph:
		w.label(b.Label)
		line, indent := SlipLine{Bold: b.Style == Strong}, 2
		switch b.Style {
		case Centred:
			line.Align, indent = Center, 0
		case Flush, Small:
			indent = 0
		}
		w.put(b.Text, line, indent)
	case Table:
		w.label(b.Caption)
		for _, row := range b.Rows {
			for i, text := range row {
				w.put(b.Columns[i].Title+"："+text, SlipLine{}, 0)
			}
			w.feed(slipLine / 2)
		}
	case Signatures:
		w.label(b.Label)
		for _, g := range b.Signers {
			w.signer(g)
		}
	case Receipt:
		w.rule()
		w.label(b.Label)
		w.put(b.Text, SlipLine{}, 0)
		w.signer(b.Signer)
	case Issue:
		w.issue(b)
	case Photos:
		if n := len(b.Items); n > 0 {
			w.put(fmt.Sprintf("（照片 %d 张，见存根）", n), SlipLine{}, 0)
		}
	}
}

func (w *slipSetter) label(text string) {
	if text != "" {
		w.put("【"+text+"】", SlipLine{Bold: true}, 0)
	}
}

// signer leaves the height of a hand for a signature, or prints the one that was drawn.
func (w *slipSetter) signer(g Signer) {
	label := g.Role + "：" + g.Name
	switch {
	case len(g.Image) > 0:
		w.put(label, SlipLine{}, 0)
		pic, err := signaturePicture(g.Image)
		if err == nil {
			var ink *Bitmap
			if ink, err = inked(pic, w.slip.Dots, 4*SlipCell); err == nil {
				w.slip.Lines = append(w.slip.Lines, SlipLine{Height: ink.Height, Bitmap: ink})
			}
		}
		w.fail(err)
	case g.Written != "":
		w.put(label+g.Written, SlipLine{}, 0)
	default:
		w.feed(slipLine)
		w.put(label+strings.Repeat("_", 12), SlipLine{}, 0)
	}
	if g.Certificate != "" {
		w.put("执法证号："+g.Certificate, SlipLine{}, 0)
	}
	if date := g.date(); date != "" {
		w.put(strings.TrimSpace(date), SlipLine{Align: Right}, 0)
	}
	w.put(g.Note, SlipLine{}, 0)
}

func (w *slipSetter) issue(i Issue) {
	if i.Seal {
		w.feed(2 * slipLine)
		w.put("（印章位置　待用印）", SlipLine{Align: Right}, 0)
		w.feed(2 * slipLine)
	}
	date := i.Date.Han()
	if date == "" {
		date = "年　　月　　日"
	}
	w.put(i.Organ, SlipLine{Align: Right}, 0)
	w.put(date, SlipLine{Align: Right}, 0)
}

func (w *slipSetter) check(v Verify) {
	if v.URL == "" {
		return
	}
	w.rule()
	line, err := qrLine(v.URL, w.slip.Setup)
	if err != nil {
		w.fail(err)
		return
	}
	w.slip.Lines = append(w.slip.Lines, line)
	w.put("扫码验真，或在公示门户输入验证码", SlipLine{Align: Center}, 0)
	w.put(GroupCode(v.Code), SlipLine{Align: Center, Bold: true}, 0)
}

func (w *slipSetter) rule() {
	w.put(strings.Repeat("-", w.slip.Dots*2/SlipCell), SlipLine{}, 0)
}

func (w *slipSetter) feed(dots int) {
	w.slip.Lines = append(w.slip.Lines, SlipLine{Height: dots})
}

func (w *slipSetter) fail(err error) {
	if w.err == nil && err != nil {
		w.err = err
	}
}

// put breaks a text into lines like the given one; indent is that of first lines, in characters.
func (w *slipSetter) put(text string, like SlipLine, indent int) {
	scale := 1
	if like.Double && w.width(text) > w.slip.Dots/2 {
		like.Double, like.Tall = false, true
	}
	if like.Double {
		scale = 2
	}
	cells := w.slip.Dots / SlipCell / scale * cell
	for _, part := range splitLines(slipText(text)) {
		for i, l := range breakFixed(part, cells-indent*cell, cells, slipMetric) {
			line := like
			line.Height = slipLine - SlipCell + SlipCell*scale
			if like.Tall {
				line.Height += SlipCell
			}
			line.Text = string(l.Runes)
			if i == 0 && indent > 0 {
				line.Text = strings.Repeat("　", indent) + line.Text
			}
			if strings.ContainsFunc(line.Text, w.slip.Setup.lacks) {
				line.Bitmap, line.Text = w.drawn(line.Text, like.Bold, scale)
			}
			w.slip.Lines = append(w.slip.Lines, line)
		}
	}
}

// width is that of a text in dots, in normal size.
func (w *slipSetter) width(text string) int {
	dots := 0
	for _, r := range slipText(text) {
		dots += slipMetric(r) * SlipCell / cell
	}
	return dots
}

// slipText writes characters that a printer's font has in another place: the half-width ¥ is four bytes
// in GB 18030, the empty box is □.
func slipText(s string) string {
	return slipSigns.Replace(clean(s))
}

var slipSigns = strings.NewReplacer("¥", "￥", "☐", "□")

// slipMetric: a printer knows half-width ASCII and full-width everything else.
func slipMetric(r rune) int {
	if r < 0x80 {
		return cell / 2
	}
	return cell
}

// lacks reports a character that the printer's font does not have: none of two bytes in GB 18030, none of
// GB 2312 where that is all it has, and everything that is not a visible character.
func (s SlipSetup) lacks(r rune) bool {
	if r >= ' ' && r < 0x7f {
		return false
	}
	b, ok := gb(r)
	if !ok || len(b) != 2 || r >= 0xe000 && r <= 0xf8ff { // the private area has no glyphs
		return true
	}
	return s.GB2312 && (b[0] < 0xa1 || b[0] > 0xf7 || b[0] > 0xa9 && b[0] < 0xb0 || b[1] < 0xa1)
}

// gb is a character in GB 18030.
func gb(r rune) ([]byte, bool) {
	b, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(string(r)))
	return b, err == nil && len(b) > 0
}
