package document

import (
	"fmt"
	"strings"

	"github.com/skip2/go-qrcode"
)

const demoText = "演示数据 不作依据"

// header is the authority, the title and the number at the head of the first page.
func (s *setter) header(p Paper) []row {
	m := measure{marginLeft, measureWidth, letterBody}
	organ, title, number := titleFont.sized(20), titleFont.sized(24), letterBody
	switch {
	case p.Header == RedHeader:
		organ, title = titleFont.sized(24).in(docRed), titleFont
	case s.form:
		organ, title, number = titleFont.sized(18), titleFont, formBody
	}
	var rows []row
	if p.Organ != "" {
		rows = s.shrunk(p.Organ, m, organ)
	}
	switch {
	case p.Header == RedHeader:
		rows = append(rows, row{height: 10 * mm, draw: func(c *canvas, y float64) {
			c.rule(m.x, y+4*mm, m.x+m.width, y+4*mm, 2.25, docRed)
		}})
	case !s.form:
		rows = append(rows, row{height: 1 * mm})
	}
	rows = append(rows, s.shrunk(p.Title, m, title)...)
	if p.Number != "" {
		align := Right
		if p.Header == RedHeader {
			align = Center
		}
		rows = append(rows, s.paragraph(NoBreak(p.Number), measure{m.x, m.width, number}, 0, align)...)
	}
	rows = append(rows, row{height: 2 * mm})
	for i := range rows {
		rows[i].keep = true
	}
	return unworded(rows)
}

// shrunk centres a text on one line, in a smaller size where it would not fit; only what is too long
// even then takes several lines.
func (s *setter) shrunk(text string, m measure, f font) []row {
	const least = 15
	for f.size > least && s.width(text, f) > m.width {
		f = f.sized(f.size - 0.5)
	}
	m.font = f
	return s.paragraph(text, m, 0, Center)
}

// copies is the note on the number of copies, under a rule at the end of the paper.
func (s *setter) copies(p Paper) []row {
	if p.Copies == "" {
		return nil
	}
	m := measure{marginLeft, measureWidth, smallFont}
	rows := []row{{height: 8, space: true, close: true}, {height: 4, keep: true, draw: func(c *canvas, y float64) {
		if !s.form {
			c.rule(m.x, y, m.x+m.width, y, innerLine, black)
		}
	}}}
	rows = append(rows, s.paragraph(p.Copies, m, 0, Left)...)
	for i := range rows {
		rows[i].keep = i+1 < len(rows)
	}
	return unworded(rows)
}

// background draws what stands under the text of every page: watermarks and marks.
func (c *canvas) background(p Paper) {
	x, y := float64(pageWidth)/2, float64(pageHeight)/2
	if p.Demo {
		f := font{bold: true, ghost: true, size: 44, pitch: 48, colour: ghost}
		for _, at := range []float64{0.55, 1.45} {
			c.turned(35, x, y*at, func() { c.centred(demoText, x, y*at, f) })
		}
		c.boxedText(demoText, x, 12*mm, codeFont.in(demoBrown))
	}
	if p.Void != "" {
		f := font{bold: true, ghost: true, size: 150, pitch: 190, colour: ghostRed}
		c.turned(35, x, y, func() { c.centred("作废", x, y+50, f) })
		c.void(p.Void)
	}
	if p.Mark != "" {
		f := smallFont.sized(12)
		c.boxedText(p.Mark, marginLeft+measureWidth-c.set.width(p.Mark, f)/2-5, 15.5*mm, f)
	}
}

// void says in the upper margin why the paper is void.
func (c *canvas) void(reason string) {
	f := smallFont.in(docRed)
	m := measure{marginLeft, measureWidth * 0.78, f}
	y := 12.0 * mm
	for _, l := range c.set.lines(strings.ReplaceAll(clean("作废："+reason), "\n", " "), m, 0, Left) {
		c.line(l, m.x, f.base(y), f)
		y += f.leading * 0.85
	}
}

// boxedText draws a text in a box with its middle at x and its top at y.
func (c *canvas) boxedText(text string, x, y float64, f font) {
	w := c.set.width(text, f)
	c.rect(x-w/2-5, y, w+10, f.size+6, innerLine, f.colour)
	c.text(text, x-w/2, y+3+0.88*f.size, f)
}

// footer draws 第 x 页 共 y 页 and what ties the page to its paper: on the last page the QR code and
// the code to type, on the others number and code in small print.
func (c *canvas) footer(p Paper, page, pages int) {
	right := float64(marginLeft + measureWidth)
	if p.PageSign != "" && page < pages {
		c.pageSign(p.PageSign)
	}
	c.flushRight(fmt.Sprintf("第 %d 页 共 %d 页", page, pages), right, footBase, footFont)
	code := GroupCode(p.Verify.Code)
	if page == pages && p.Verify.URL != "" {
		c.verify(p, code)
		return
	}
	var parts []string
	if p.Number != "" && pages > 1 {
		parts = append(parts, p.Number)
	}
	if code != "" {
		parts = append(parts, "验证码 "+code)
	}
	c.text(strings.Join(parts, "　"), marginLeft, footBase, codeFont.in(grey))
}

// pageSign is the line to sign under the text of a page.
func (c *canvas) pageSign(who string) {
	const base = 267.5 * mm
	f := smallFont.sized(12)
	end := marginLeft + measureWidth - c.set.width("　　年　　月　　日", f)
	from := end - 40*mm
	c.text(who+"：", from-c.set.width(who+"：", f), base, f)
	c.rule(from, base+3, end, base+3, innerLine, black)
	c.text("　　年　　月　　日", end, base, f)
}

func (c *canvas) verify(p Paper, code string) {
	c.fail(c.qr(p.Verify.URL, marginLeft, verifyTop, verifySide))
	x := marginLeft + verifySide + 2*mm
	c.text("扫码验真", x, verifyTop+7*mm, codeFont)
	if code != "" {
		c.text("或在公示门户输入验证码", x, verifyTop+12*mm, codeFont)
		c.text(code, x, verifyTop+17.5*mm, codeFont.sized(11).strong())
	}
}

// qr draws a QR code with its quiet zone as rectangles, one per run of dark modules.
func (c *canvas) qr(content string, x, y, side float64) error {
	code, err := qrcode.New(content, qrcode.Medium)
	if err != nil {
		return fmt.Errorf("document: QR code: %w", err)
	}
	code.DisableBorder = true
	bits := code.Bitmap()
	module := side / float64(len(bits)+2)
	c.fill(x, y, side, side, colour{255, 255, 255})
	for row, line := range bits {
		for from := 0; from < len(line); {
			to := from
			for to < len(line) && line[to] {
				to++
			}
			if to > from {
				c.fill(x+module*float64(from+1), y+module*float64(row+1), module*float64(to-from), module+0.05, black)
			}
			from = to + 1
		}
	}
	return nil
}

// GroupCode prints a verification code in groups of four; a single character left over joins the last.
func GroupCode(code string) string {
	runes := []rune(strings.ReplaceAll(code, "-", ""))
	var groups []string
	for len(runes) > 5 {
		groups = append(groups, string(runes[:4]))
		runes = runes[4:]
	}
	return strings.Join(append(groups, string(runes)), "-")
}
