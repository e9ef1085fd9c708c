package powers

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"unicode"

	"fadu/internal/draft"
	"fadu/internal/fault"
)

// Bounds of a DOCX: what it may grow to, how often it may be larger than it came, how deep its elements
// may nest, how many entries the archive may have.
const (
	maxDocxText    = 40 << 20
	maxDocxRatio   = 200
	maxDocxDepth   = 120
	maxDocxEntries = 2000
	maxLawLines    = 20000
)

// StatuteLines reads a bureau's own statute file (DOCX, TXT in UTF-8 or GB18030, Markdown) as lines, by its
// content.
func StatuteLines(content []byte) ([]string, error) {
	var lines []string
	switch {
	case len(content) == 0:
		return nil, errStatute("文件是空的")
	case len(content) > draft.MaxFile:
		return nil, errStatute("文件超过 %d MB，请分编导入", draft.MaxFile>>20)
	case bytes.HasPrefix(content, []byte("PK\x03\x04")):
		var err error
		if lines, err = docxLines(content); err != nil {
			return nil, err
		}
	default:
		text, err := draft.Decoded(content)
		if err != nil {
			return nil, err
		}
		for _, l := range strings.Split(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n") {
			lines = append(lines, plainLine(l))
		}
	}
	if len(lines) > maxLawLines {
		return nil, errStatute("文件超过 %d 行，请分编导入", maxLawLines)
	}
	return lines, nil
}

func errStatute(format string, args ...any) error { return fault.New(fault.Invalid, format, args...) }

// plainLine takes Markdown's marks off a line and trims it.
func plainLine(s string) string {
	s = strings.TrimFunc(s, blank)
	for _, mark := range []string{"#", ">"} {
		s = strings.TrimLeft(s, mark)
	}
	s = strings.TrimFunc(s, blank)
	for _, mark := range []string{"- ", "* ", "+ "} {
		s = strings.TrimPrefix(s, mark)
	}
	return strings.TrimFunc(emphasis.Replace(s), blank)
}

var emphasis = strings.NewReplacer("**", "", "__", "", "`", "")

// blank is white space, the full-width one and a byte order mark included.
func blank(r rune) bool { return unicode.IsSpace(r) || r == '\ufeff' }

// docxLines reads the paragraphs of a DOCX.
func docxLines(content []byte) ([]string, error) {
	damaged := errStatute("文件打不开，可能已经损坏；请在 Word 里另存为 .docx 再上传")
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return nil, damaged
	}
	if len(z.File) > maxDocxEntries {
		return nil, errStatute("文件里的部件太多，不像是法规文本")
	}
	for _, f := range z.File {
		if f.Name != "word/document.xml" {
			continue
		}
		if f.UncompressedSize64 > maxDocxText || f.CompressedSize64 > 0 && f.UncompressedSize64/f.CompressedSize64 > maxDocxRatio {
			return nil, errStatute("文件展开后太大，不能读取；请把正文复制到新文件再上传")
		}
		r, err := f.Open()
		if err != nil {
			return nil, damaged
		}
		defer r.Close()
		lines, err := wordParagraphs(io.LimitReader(r, maxDocxText))
		if errors.Is(err, errDeep) || err != nil && fault.Is(err, fault.Invalid) {
			return nil, err
		}
		if err != nil {
			return nil, damaged
		}
		return lines, nil
	}
	return nil, errStatute("这不是 Word 文件（.docx）。法规文本请用 .docx、.txt 或者 .md")
}

var errDeep = errStatute("文件的结构太复杂，不能读取；请把正文复制到新文件再上传")

// wordParagraphs walks the document's XML: text of paragraphs, without what was deleted and without the
// second writing of text boxes. A document type is refused, since it could define entities.
func wordParagraphs(r io.Reader) ([]string, error) {
	d := xml.NewDecoder(r)
	var lines []string
	var text strings.Builder
	depth, skip, inText := 0, 0, false
	flush := func() {
		for _, l := range strings.Split(text.String(), "\n") {
			lines = append(lines, plainLine(l))
		}
		text.Reset()
	}
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return lines, nil
		}
		if err != nil {
			return nil, err
		}
		switch t := tok.(type) {
		case xml.Directive:
			return nil, errStatute("文件带有文档类型声明，不能读取")
		case xml.StartElement:
			if depth++; depth > maxDocxDepth {
				return nil, errDeep
			}
			if skip > 0 || t.Name.Local == "del" || t.Name.Local == "Fallback" || t.Name.Local == "instrText" {
				skip++
				continue
			}
			switch t.Name.Local {
			case "t":
				inText = true
			case "tab":
				text.WriteByte(' ')
			case "br", "cr":
				text.WriteByte('\n')
			}
		case xml.EndElement:
			depth--
			if skip > 0 {
				skip--
				continue
			}
			switch t.Name.Local {
			case "t":
				inText = false
			case "p":
				if flush(); len(lines) > maxLawLines {
					return nil, errStatute("文件超过 %d 行，请分编导入", maxLawLines)
				}
			}
		case xml.CharData:
			if inText && skip == 0 {
				text.Write(t)
			}
		}
	}
}

// hasPart reports whether an archive has the entry.
func hasPart(content []byte, name string) bool {
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return false
	}
	for _, f := range z.File {
		if f.Name == name {
			return true
		}
	}
	return false
}
