// Package prose reads an uploaded text file (DOCX, HTML, Markdown, TXT in UTF-8 or GB18030) as lines, within bounds.
package prose

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

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
	maxLines       = 20000
)

// Lines reads a file as lines, by its content.
func Lines(content []byte) ([]string, error) {
	var lines []string
	switch {
	case len(content) == 0:
		return nil, refuse("文件是空的")
	case len(content) > draft.MaxFile:
		return nil, refuse("文件超过 %d MB，请分成几份", draft.MaxFile>>20)
	case bytes.HasPrefix(content, []byte("PK\x03\x04")):
		var err error
		if lines, err = Docx(content); err != nil {
			return nil, err
		}
	default:
		text, err := draft.Decoded(content)
		if err != nil {
			return nil, err
		}
		if isHTML(text) {
			if lines, err = htmlLines(text); err != nil {
				return nil, err
			}
			break
		}
		for _, l := range strings.Split(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n") {
			lines = append(lines, plainLine(l))
		}
	}
	if len(lines) > maxLines {
		return nil, refuse("文件超过 %d 行，请分成几份", maxLines)
	}
	return lines, nil
}

func refuse(format string, args ...any) error { return fault.New(fault.Invalid, format, args...) }

// isHTML reports whether the text is a page: its first mark is one of a page's.
func isHTML(text []byte) bool {
	head := strings.ToLower(strings.TrimLeftFunc(string(text[:min(len(text), 512)]), blank))
	for _, mark := range []string{"<!doctype html", "<html", "<head", "<body", "<div", "<p>", "<p ", "<meta", "<!--"} {
		if strings.HasPrefix(head, mark) {
			return true
		}
	}
	return false
}

// htmlLines reads what a page says, a line for each block; scripts, styles and forms say nothing.
func htmlLines(text []byte) ([]string, error) {
	var lines []string
	var line strings.Builder
	flush := func() {
		if l := strings.Join(strings.Fields(line.String()), " "); l != "" {
			lines = append(lines, l)
		}
		line.Reset()
	}
	skip := 0
	for z := html.NewTokenizer(bytes.NewReader(text)); ; {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			flush()
			if err := z.Err(); !errors.Is(err, io.EOF) {
				return nil, refuse("网页读不下去，请另存为纯文本再上传")
			}
			return lines, nil
		case html.TextToken:
			if skip == 0 {
				line.Write(z.Text())
			}
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			switch a := atom.Lookup(name); a {
			case atom.Script, atom.Style, atom.Select, atom.Textarea, atom.Noscript, atom.Title, atom.Template:
				switch kind {
				case html.StartTagToken:
					skip++
				case html.EndTagToken:
					skip = max(skip-1, 0)
				}
			case atom.P, atom.Div, atom.Br, atom.Li, atom.Tr, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Section, atom.Article, atom.Table, atom.Ul, atom.Ol, atom.Blockquote, atom.Header, atom.Footer, atom.Nav:
				if flush(); len(lines) > maxLines {
					return nil, refuse("文件超过 %d 行，请分成几份", maxLines)
				}
			case atom.Td, atom.Th:
				line.WriteByte(' ')
			}
		}
	}
}

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

// Docx reads the paragraphs of a DOCX.
func Docx(content []byte) ([]string, error) {
	damaged := refuse("文件打不开，可能已经损坏；请在 Word 里另存为 .docx 再上传")
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return nil, damaged
	}
	if len(z.File) > maxDocxEntries {
		return nil, refuse("文件里的部件太多，不像是一篇文字")
	}
	for _, f := range z.File {
		if f.Name != "word/document.xml" {
			continue
		}
		if f.UncompressedSize64 > maxDocxText || f.CompressedSize64 > 0 && f.UncompressedSize64/f.CompressedSize64 > maxDocxRatio {
			return nil, refuse("文件展开后太大，不能读取；请把正文复制到新文件再上传")
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
	return nil, refuse("这不是 Word 文件（.docx）。请用 .docx、.txt、.md 或者网页")
}

var errDeep = refuse("文件的结构太复杂，不能读取；请把正文复制到新文件再上传")

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
			return nil, refuse("文件带有文档类型声明，不能读取")
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
				if flush(); len(lines) > maxLines {
					return nil, refuse("文件超过 %d 行，请分成几份", maxLines)
				}
			}
		case xml.CharData:
			if inText && skip == 0 {
				text.Write(t)
			}
		}
	}
}

// HasPart reports whether an archive has the entry.
func HasPart(content []byte, name string) bool {
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
