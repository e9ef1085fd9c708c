package document

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"

	"fadu/internal/law"
)

// finish rewrites what the PDF library leaves to be wished:
//   - the map from glyphs to text, in which it writes characters beyond U+FFFF as five hex digits, so
//     that 𠮷 was copied as another character and not found; and in sections longer than the 100 entries
//     that the standard allows;
//   - title, author and date as an object of their own, the paper's language, and a file identifier made
//     from the content.
//
// It holds to the library's output: objects in the order of their numbers, one classic xref table.
func finish(pdf []byte, p Paper, created time.Time) ([]byte, error) {
	objects, err := split(pdf)
	if err != nil {
		return nil, err
	}
	silent := ghostMap(objects)
	for i, o := range objects {
		if bytes.Contains(o, []byte("begincmap")) {
			objects[i] = mapToText(o, i+1 == silent)
		}
	}
	objects[0] = bytes.Replace(objects[0], []byte("/Type /Catalog\n"),
		[]byte("/Type /Catalog\n  /Lang (zh-CN)\n  /ViewerPreferences << /DisplayDocTitle true >>\n"), 1)
	objects = append(objects, info(p, created))
	return join(objects), nil
}

var errForeign = errors.New("the PDF library's output has an unknown shape")

// split returns the bodies of the objects, without their "n 0 obj" and "endobj" lines.
func split(pdf []byte) ([][]byte, error) {
	at := bytes.LastIndex(pdf, []byte("startxref\n"))
	if at < 0 {
		return nil, errForeign
	}
	number, _, _ := bytes.Cut(pdf[at+len("startxref\n"):], []byte("\n"))
	xref, err := strconv.Atoi(string(number))
	if err != nil || xref <= 0 || xref >= at || !bytes.HasPrefix(pdf[xref:], []byte("xref\n0 ")) {
		return nil, errForeign
	}
	lines := strings.Split(string(pdf[xref:at]), "\n")
	count, err := strconv.Atoi(strings.TrimPrefix(lines[1], "0 "))
	if err != nil || count < 2 || len(lines) < count+2 {
		return nil, errForeign
	}
	offsets := make([]int, count-1, count)
	for i := range offsets {
		if offsets[i], err = strconv.Atoi(strings.Fields(lines[i+3])[0]); err != nil {
			return nil, errForeign
		}
	}
	offsets = append(offsets, xref)
	objects := make([][]byte, count-1)
	for i := range objects {
		if offsets[i] > offsets[i+1] {
			return nil, errForeign
		}
		body, head := bytes.CutPrefix(pdf[offsets[i]:offsets[i+1]], fmt.Appendf(nil, "%d 0 obj\n", i+1))
		body, tail := bytes.CutSuffix(bytes.TrimRight(body, "\n"), []byte("endobj"))
		if !head || !tail {
			return nil, errForeign
		}
		objects[i] = body
	}
	return objects, nil
}

// ghostMap returns the number of the watermark font's map to text, or 0.
func ghostMap(objects [][]byte) int {
	for _, o := range objects {
		if bytes.Contains(o, []byte("/BaseFont /"+ghostName+"\n")) {
			if _, rest, ok := bytes.Cut(o, []byte("/ToUnicode ")); ok {
				number, _, _ := bytes.Cut(rest, []byte(" "))
				n, _ := strconv.Atoi(string(number))
				return n
			}
		}
	}
	return 0
}

// mapToText writes the glyph map anew from the library's one: lines of <glyph><glyph><rune>; all
// glyphs of a silent one are spaces.
func mapToText(object []byte, silent bool) []byte {
	var entries []string
	for line := range strings.Lines(string(object)) {
		var from, to uint16
		var r rune
		if n, _ := fmt.Sscanf(line, "<%04X><%04X><%X>", &from, &to, &r); n != 3 {
			continue
		}
		if silent {
			r = ' '
		}
		text := ""
		for _, unit := range utf16.Encode([]rune{r}) {
			text += fmt.Sprintf("%04X", unit)
		}
		entries = append(entries, fmt.Sprintf("<%04X> <%s>\n", from, text))
	}
	var b strings.Builder
	b.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n" +
		"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n" +
		"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	for len(entries) > 0 {
		n := min(100, len(entries))
		fmt.Fprintf(&b, "%d beginbfchar\n%sendbfchar\n", n, strings.Join(entries[:n], ""))
		entries = entries[n:]
	}
	b.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
	return fmt.Appendf(nil, "<< /Length %d >>\nstream\n%sendstream\n", b.Len(), b.String())
}

// info is the document information dictionary.
func info(p Paper, created time.Time) []byte {
	title := strings.TrimSpace(p.Title + " " + p.Number)
	date := created.In(law.Zone).Format("20060102150405") + "+08'00'"
	return fmt.Appendf(nil, "<<\n/Title %s\n/Author %s\n/Producer (Fadu)\n/CreationDate (D:%s)\n/ModDate (D:%s)\n>>\n",
		utf16Hex(title), utf16Hex(p.Organ), date, date)
}

// utf16Hex writes a text string of PDF: UTF-16 with byte order mark, in hex.
func utf16Hex(s string) string {
	var b strings.Builder
	b.WriteString("<FEFF")
	for _, unit := range utf16.Encode([]rune(strings.ReplaceAll(clean(s), string(wordJoiner), ""))) {
		fmt.Fprintf(&b, "%04X", unit)
	}
	return b.String() + ">"
}

// join writes the file; the last object is the information dictionary, the first the catalogue.
func join(objects [][]byte) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	var xref strings.Builder
	fmt.Fprintf(&xref, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for i, o := range objects {
		fmt.Fprintf(&xref, "%010d 00000 n \n", b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n", i+1)
		b.Write(o)
		b.WriteString("endobj\n")
	}
	id := sha256.Sum256(b.Bytes())
	start := b.Len()
	b.WriteString(xref.String())
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R /ID [<%X> <%X>] >>\nstartxref\n%d\n%%%%EOF\n",
		len(objects)+1, len(objects), id[:16], id[:16], start)
	return b.Bytes()
}
