package document

import (
	"fmt"
	"slices"
	"strings"
)

// body writes the whole paper: authority, title and number, the blocks, copies.
func (w *word) body() {
	w.title()
	for i := 0; i < len(w.paper.Blocks); {
		if w.set.form {
			i = w.formBlock(i)
			continue
		}
		w.tied = i+1 < len(w.paper.Blocks) && closes(w.paper.Blocks[i+1])
		w.letterBlock(w.paper.Blocks[i])
		i++
	}
	w.table()
	if w.paper.Copies != "" {
		border := ""
		if !w.set.form {
			border = `<w:pBdr><w:top w:val="single" w:sz="5" w:space="2" w:color="000000"/></w:pBdr>`
		}
		w.out.WriteString(w.text(w.paper.Copies, smallFont, para{before: 8, border: border}))
	}
	if w.paper.Verify.URL != "" {
		w.code(w.paper.Verify.URL)
	}
}

// closes reports a block of the close, which takes the last lines of text with it to another page.
func closes(b Block) bool {
	switch b.(type) {
	case Signatures, Issue:
		return true
	}
	return false
}

// title repeats the sizes of setter.header.
func (w *word) title() {
	p := w.paper
	organ, title, number := titleFont.sized(20), titleFont.sized(24), letterBody
	border, align := "", Right
	switch {
	case p.Header == RedHeader:
		organ, title, align = titleFont.sized(24).in(docRed), titleFont, Center
		border = `<w:pBdr><w:bottom w:val="single" w:sz="18" w:space="8" w:color="C5151C"/></w:pBdr>`
	case w.set.form:
		organ, title, number = titleFont.sized(18), titleFont, formBody
	}
	shrink := func(text string, f font) font {
		for f.size > 15 && w.set.width(text, f) > measureWidth {
			f = f.sized(f.size - 0.5)
		}
		return f
	}
	if p.Organ != "" {
		w.out.WriteString(w.text(p.Organ, shrink(p.Organ, organ), para{align: Center, keep: true, border: border, loose: border != ""}))
	}
	before := 0.0
	if border != "" {
		before = 12
	}
	w.out.WriteString(w.text(p.Title, shrink(p.Title, title), para{align: Center, keep: true, before: before}))
	if p.Number != "" {
		w.out.WriteString(w.text(p.Number, number, para{align: align, keep: true}))
	}
}

func (w *word) letterBlock(b Block) {
	f := w.set.body
	switch b := b.(type) {
	case Fields:
		for _, row := range b.Rows {
			var parts []string
			for _, one := range row {
				value := one.Value
				if value == "" {
					value = strings.Repeat("＿", 6)
				}
				parts = append(parts, one.Label+"："+value)
			}
			w.out.WriteString(w.text(strings.Join(parts, "　"), f, para{}))
		}
	case Table:
		w.grid(b)
	case Receipt:
		w.table()
		w.out.WriteString(w.thin(8))
		w.boxed(b.Label, []Block{b})
		w.table()
	case Photos:
		w.photos(b)
	default:
		w.out.WriteString(w.content(b, measureWidth, f))
	}
}

// content is a block as paragraphs in a column of the given width.
func (w *word) content(b Block, width float64, f font) string {
	switch b := b.(type) {
	case Paragraph:
		return w.prose(b, f)
	case Signatures:
		out := ""
		for _, one := range b.Signers {
			out += w.signer(one, width, f)
		}
		return out
	case Receipt:
		return w.text(b.Text, f, para{keep: true}) + w.signer(b.Signer, width, f)
	case Issue:
		return w.issue(b, width, f)
	}
	return ""
}

func (w *word) prose(p Paragraph, f font) string {
	tied := w.tied || strings.HasSuffix(p.Text, "：")
	switch p.Style {
	case Flush:
		return w.text(p.Text, f, para{justify: true, tied: tied})
	case Strong:
		return w.text(p.Text, f.strong(), para{indent: 2, justify: true, tied: tied})
	case Centred:
		return w.text(p.Text, f, para{align: Center, tied: tied})
	case Small:
		return w.text(p.Text, smallFont, para{justify: true, tied: tied})
	}
	return w.text(p.Text, f, para{indent: 2, justify: true, tied: tied})
}

// signer is a line to sign: an underlined blank, the drawn signature, or what stands in its place; with
// the certificate and the date on a line of their own where Signer.rows puts them so.
func (w *word) signer(g Signer, width float64, f font) string {
	label := g.Role + "："
	if g.Name != "" {
		label += g.Name + "　"
	}
	tail := ""
	if g.Certificate != "" {
		tail = "　执法证号：" + g.Certificate
	}
	if date := g.date(); date != "" {
		tail += "　" + date
	}
	runs := w.runs(label, f)
	switch {
	case len(g.Image) > 0:
		pic, err := signaturePicture(g.Image)
		if err != nil {
			w.err = err
			return ""
		}
		wide, high := pic.within(blankLine, 26)
		runs += w.image(pic, wide, high, g.Role)
	case g.Written != "":
		runs += w.run("　", f, "", underline) + w.runs(g.Written, f) + w.run("　　", f, "", underline)
	default:
		runs += w.run(strings.Repeat("　", 8), f, "", underline)
	}
	line := f
	line.leading = max(f.leading, 26)
	p := para{loose: true, keep: true}
	out := ""
	if w.set.width(label, f)+blankLine+w.set.width(tail, f) <= width {
		out = w.paragraph(runs+w.runs(tail, f), line, p)
	} else {
		out = w.paragraph(runs, line, p)
		if tail = strings.TrimLeft(tail, "　"); tail != "" {
			out += w.text(tail, f, para{align: Right, tied: w.tied})
		}
	}
	if g.Note != "" {
		out += w.text(g.Note, smallFont, para{indent: 2})
	}
	return out
}

// issue centres authority and date over the middle that Issue.rows finds.
func (w *word) issue(i Issue, width float64, f font) string {
	date := i.Date.Han()
	if date == "" {
		date = "　　年　　月　　日"
	}
	middle := width - 4*f.pitch - w.set.width(date, f)/2
	middle = min(middle, width-w.set.width(i.Organ, f)/2)
	out, before := "", f.leading
	if i.Seal {
		middle = min(middle, width-sealDiameter/2)
		left := max(0, 2*middle-width)
		out = w.text("印章位置\n待用印", sealFont, para{align: Center, left: left, keep: true})
		before = 0
	}
	left := max(0, 2*middle-width)
	return out + w.text(i.Organ, f, para{align: Center, left: left, keep: true, before: before}) + w.text(date, f, para{align: Center, left: left, tied: w.paper.Copies != "" && !w.set.form})
}

func (w *word) photos(p Photos) {
	if len(p.Items) == 0 {
		return
	}
	w.table()
	title := strings.TrimSpace(p.Title)
	if title == "" {
		title = "照片"
	}
	w.out.WriteString(w.text(title, letterBody.strong(), para{align: Center, keep: true, newPage: true}))
	for i, one := range p.Items {
		pic, err := photoPicture(one.Image)
		if err != nil {
			w.err = err
			return
		}
		wide, high := pic.within(measureWidth, 76*mm)
		f := smallFont.sized(12)
		w.out.WriteString(w.paragraph(w.image(pic, wide, high, one.Shows), f, para{align: Center, loose: true, keep: true}))
		w.out.WriteString(w.text(one.caption(i+1), f, para{keep: i%2 == 0 && i+1 < len(p.Items)}))
	}
}

// wordCell is a cell between two edges, in points from the left of the measure.
type wordCell struct {
	from, to float64
	content  string
	merge    string // restart, continue: one cell over several rows
	joined   bool   // no line at its left
	bare     bool   // no line at its right
}

type wordRow struct {
	cells  []wordCell
	head   bool // repeated on every page
	open   bool // without lines
	whole  bool // not broken over pages
	height float64
}

// thin is an empty paragraph of a given height, which keeps two tables apart.
func (w *word) thin(height float64) string {
	return fmt.Sprintf(`<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="%d" w:lineRule="exact"/></w:pPr></w:p>`, max(20, twips(height)))
}

// table writes the gathered rows as one table whose columns are all the edges of all its rows.
func (w *word) table() {
	if len(w.rows) == 0 {
		return
	}
	edges := []int{0}
	for _, r := range w.rows {
		for _, c := range r.cells {
			edges = append(edges, twips(c.from), twips(c.to))
		}
	}
	slices.Sort(edges)
	edges = slices.Compact(edges)
	b := &w.out
	line := `w:val="single" w:sz="5" w:space="0" w:color="000000"`
	if w.rows[0].open {
		line = `w:val="nil"`
	}
	fmt.Fprintf(b, `<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/><w:tblBorders>`, edges[len(edges)-1])
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		fmt.Fprintf(b, "<w:%s %s/>", side, line)
	}
	fmt.Fprintf(b, `</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="%[1]d" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/><w:right w:w="%[1]d" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>`, twips(cellPad-1))
	for i := 1; i < len(edges); i++ {
		fmt.Fprintf(b, `<w:gridCol w:w="%d"/>`, edges[i]-edges[i-1])
	}
	b.WriteString("</w:tblGrid>")
	for _, r := range w.rows {
		w.tableRow(r, edges)
	}
	b.WriteString("</w:tbl>" + w.thin(1))
	w.rows = nil
}

func (w *word) tableRow(r wordRow, edges []int) {
	b := &w.out
	b.WriteString("<w:tr><w:trPr>")
	if r.whole {
		b.WriteString("<w:cantSplit/>")
	}
	if r.height > 0 {
		fmt.Fprintf(b, `<w:trHeight w:val="%d" w:hRule="atLeast"/>`, twips(r.height))
	}
	if r.head {
		b.WriteString("<w:tblHeader/>")
	}
	b.WriteString("</w:trPr>")
	for _, c := range r.cells {
		from, _ := slices.BinarySearch(edges, twips(c.from))
		to, _ := slices.BinarySearch(edges, twips(c.to))
		fmt.Fprintf(b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/><w:gridSpan w:val="%d"/>`, edges[to]-edges[from], to-from)
		if c.merge != "" {
			fmt.Fprintf(b, `<w:vMerge w:val="%s"/>`, c.merge)
		}
		if c.joined || c.bare {
			b.WriteString("<w:tcBorders>")
			if c.joined {
				b.WriteString(`<w:left w:val="nil"/>`)
			}
			if c.bare {
				b.WriteString(`<w:right w:val="nil"/>`)
			}
			b.WriteString("</w:tcBorders>")
		}
		content := c.content
		if content == "" {
			content = w.thin(float64(w.set.body.leading))
		}
		b.WriteString(`<w:vAlign w:val="center"/></w:tcPr>` + content + `</w:tc>`)
	}
	b.WriteString("</w:tr>")
}
