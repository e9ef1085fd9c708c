package document

import (
	"fmt"
	"strings"
	"time"
)

const (
	xmlHead    = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	relsHead   = xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	officeRel  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	wordSpaces = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" ` +
		`xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" ` +
		`xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"`
	wordTypes = xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
		`<Default Extension="png" ContentType="image/png"/><Default Extension="jpeg" ContentType="image/jpeg"/>` +
		`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>` +
		`<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>` +
		`<Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/>` +
		`<Override PartName="/word/fontTable.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml"/>` +
		`<Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/>` +
		`<Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>` +
		`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`
	// Each official name with the fonts that stand for it where it is not installed.
	wordFonts = xmlHead + `<w:fonts ` + wordSpaces + `>` +
		`<w:font w:name="仿宋"><w:altName w:val="仿宋_GB2312,FangSong,Noto Serif CJK SC"/><w:charset w:val="86"/><w:family w:val="modern"/><w:pitch w:val="fixed"/></w:font>` +
		`<w:font w:name="宋体"><w:altName w:val="SimSun,Noto Serif CJK SC"/><w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>` +
		`<w:font w:name="方正小标宋简体"><w:altName w:val="FZXiaoBiaoSong-B05S,宋体,SimSun,Noto Serif CJK SC"/><w:charset w:val="86"/><w:family w:val="script"/><w:pitch w:val="fixed"/></w:font>` +
		`<w:font w:name="Times New Roman"><w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>`
)

// parts are the document's texts in the order in which they stand in the file.
func (w *word) parts(created time.Time) [][2]string {
	media := ""
	for i, m := range w.media {
		media += fmt.Sprintf(`<Relationship Id="img%d" Type="%simage" Target="media/%s"/>`, i+1, officeRel, m.name)
	}
	check := ""
	for _, m := range w.check {
		check = `<Relationship Id="check" Type="` + officeRel + `image" Target="media/` + m.name + `"/>`
	}
	return [][2]string{
		{"[Content_Types].xml", wordTypes},
		{"_rels/.rels", relsHead + `<Relationship Id="rId1" Type="` + officeRel + `officeDocument" Target="word/document.xml"/>` +
			`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`},
		{"docProps/core.xml", w.properties(created)},
		{"word/document.xml", xmlHead + `<w:document ` + wordSpaces + `><w:body>` + w.out.String() + w.section() + `</w:body></w:document>`},
		{"word/_rels/document.xml.rels", relsHead + `<Relationship Id="styles" Type="` + officeRel + `styles" Target="styles.xml"/><Relationship Id="settings" Type="` + officeRel + `settings" Target="settings.xml"/>` +
			`<Relationship Id="fonts" Type="` + officeRel + `fontTable" Target="fontTable.xml"/><Relationship Id="header" Type="` + officeRel + `header" Target="header1.xml"/>` +
			`<Relationship Id="footer" Type="` + officeRel + `footer" Target="footer1.xml"/>` + media + `</Relationships>`},
		{"word/styles.xml", w.styles()},
		{"word/settings.xml", wordSettings()},
		{"word/fontTable.xml", wordFonts},
		{"word/header1.xml", xmlHead + `<w:hdr ` + wordSpaces + `>` + w.head() + `</w:hdr>`},
		{"word/_rels/footer1.xml.rels", relsHead + check + `</Relationships>`},
		{"word/footer1.xml", xmlHead + `<w:ftr ` + wordSpaces + `>` + w.foot() + `</w:ftr>`},
	}
}

func (w *word) properties(created time.Time) string {
	title := strings.TrimSpace(w.paper.Title + " " + w.paper.Number)
	if !w.paper.Plain {
		title += "（非正式文本）"
	}
	at := created.UTC().Format("2006-01-02T15:04:05Z")
	return xmlHead + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
		`<dc:title>` + escape(title) + `</dc:title><dc:creator>` + escape(w.paper.Organ) + `</dc:creator><dc:language>zh-CN</dc:language>` +
		`<dcterms:created xsi:type="dcterms:W3CDTF">` + at + `</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">` + at + `</dcterms:modified></cp:coreProperties>`
}

// styles has the size of running text as the document's own, since Word's grid of characters is that size
// and a difference.
func (w *word) styles() string {
	latin, east := w.fonts(w.set.body)
	half := twips(w.set.body.size) / 10
	return xmlHead + `<w:styles ` + wordSpaces + `><w:docDefaults><w:rPrDefault><w:rPr>` +
		fmt.Sprintf(`<w:rFonts w:ascii="%s" w:hAnsi="%s" w:eastAsia="%s"/><w:sz w:val="%d"/><w:szCs w:val="%d"/>`, latin, latin, east, half, half) +
		`<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>` +
		`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:pPr><w:kinsoku/><w:overflowPunct w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/></w:pPr>` +
		fmt.Sprintf(`<w:rPr><w:sz w:val="%d"/></w:rPr></w:style>`, half) +
		`<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/></w:style></w:styles>`
}

// wordSettings gives the marks that must not begin or end a line to the program that opens the copy.
func wordSettings() string {
	return xmlHead + `<w:settings ` + wordSpaces + `><w:characterSpacingControl w:val="compressPunctuation"/>` +
		`<w:noLineBreaksAfter w:lang="zh-CN" w:val="` + escape(notAtEnd) + `"/><w:noLineBreaksBefore w:lang="zh-CN" w:val="` + escape(notAtStart) + `"/>` +
		`<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`
}

// section is the page: A4 with the measure of Print, and in a letter its grid of 22 lines. Its 28
// characters a line are a spacing of the characters and not the grid's, since LibreOffice gives a
// character that is wider than its cell, as 三号 is by 0.2 pt, two of them.
func (w *word) section() string {
	top := letterTop
	grid := ""
	if w.set.form {
		top = formHead
	} else {
		grid = fmt.Sprintf(`<w:docGrid w:type="lines" w:linePitch="%d"/>`, int(letterBody.leading*20))
	}
	left, right := float64(marginLeft), float64(pageWidth-marginLeft-measureWidth)
	return `<w:sectPr><w:headerReference w:type="default" r:id="header"/><w:footerReference w:type="default" r:id="footer"/>` +
		fmt.Sprintf(`<w:pgSz w:w="%d" w:h="%d"/><w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="%d" w:footer="%d" w:gutter="0"/>%s</w:sectPr>`,
			twips(pageWidth), twips(pageHeight), twips(top), twips(right), twips(pageHeight-textBottom), twips(left), twips(7*mm), twips(9*mm), grid)
}

// head is what stands above every page: that this is no original, and the paper's marks.
func (w *word) head() string {
	p := w.paper
	out := ""
	if p.Demo {
		out += w.text(demoText, codeFont.in(demoBrown).strong(), para{align: Center}) + w.ghost(demoText, 44, ghost)
	}
	if p.Void != "" {
		out += w.text("作废："+strings.ReplaceAll(clean(p.Void), "\n", " "), smallFont.in(docRed), para{loose: true}) + w.ghost("作废", 150, ghostRed)
	}
	if !p.Plain {
		out += w.text(informal, codeFont.in(grey), para{align: Center})
	}
	if p.Mark != "" {
		f := smallFont.sized(12)
		out += w.paragraph(w.run(clean(p.Mark), f, "", boxed), f, para{align: Right})
	}
	if out == "" { // a head has at least a paragraph
		out = w.text("", codeFont, para{})
	}
	return out
}

// ghost is a watermark as Word makes one: a shape in the page's head.
func (w *word) ghost(text string, size float64, c colour) string {
	width := size * float64(len([]rune(text)))
	return `<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr><w:r><w:pict>` +
		`<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas><v:path textpathok="t" o:connecttype="custom"/><v:textpath on="t" fitshape="t"/></v:shapetype>` +
		fmt.Sprintf(`<v:shape type="#_x0000_t136" style="position:absolute;width:%.0fpt;height:%.0fpt;rotation:325;z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:page;mso-position-vertical:center;mso-position-vertical-relative:page" fillcolor="#%02x%02x%02x" stroked="f" id="ghost%d">`, width, size, c.r, c.g, c.b, len(text)) +
		`<v:textpath style="font-family:宋体;font-size:1pt" string="` + escape(text) + `"/></v:shape></w:pict></w:r></w:p>`
}

// foot is the QR code with what it is for, or number and code, at the left and 第 x 页 共 y 页 at the
// right; Print has the QR code on the last page only, which Word cannot know.
func (w *word) foot() string {
	field := func(name string) string {
		return `<w:fldSimple w:instr=" ` + name + ` ">` + w.run("1", footFont, "", "") + `</w:fldSimple>`
	}
	pages := w.runs("第 ", footFont) + field("PAGE") + w.runs(" 页 共 ", footFont) + field("NUMPAGES") + w.runs(" 页", footFont)
	right := w.paragraph(pages, footFont, para{align: Right})
	code := GroupCode(w.paper.Verify.Code)
	row := wordRow{open: true}
	at := 0.0
	left := w.text(w.paper.Number, codeFont.in(grey), para{})
	if len(w.check) > 0 {
		at = verifySide + 3*mm
		row.cells = append(row.cells, wordCell{to: at, content: w.paragraph(inlinePicture(9000, "check", verifySide, verifySide, "验真二维码 "+w.paper.Verify.URL), codeFont, para{loose: true})})
		left = w.text("扫码验真", codeFont, para{})
		if code != "" {
			left += w.text("或在公示门户输入验证码", codeFont, para{}) + w.text(code, codeFont.sized(11).strong(), para{})
		}
	}
	middle := measureWidth - 32*mm
	row.cells = append(row.cells, wordCell{from: at, to: middle, content: left}, wordCell{from: middle, to: measureWidth, content: right})
	foot := word{set: w.set, rows: []wordRow{row}}
	foot.table()
	return foot.out.String()
}
