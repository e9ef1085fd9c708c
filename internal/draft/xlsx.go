package draft

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"
)

// The .xlsx reader is our own, since an import needs what a general library hides: which cells are
// formulas, which numbers lost digits, which texts Excel turned into dates, all in one pass over parts
// whose unpacked size is bounded.

const (
	maxSheets  = 30
	maxEntries = 2000
	// maxShared is how many texts a file may have: more than fit into the cells of the longest list.
	maxShared = (MaxRows + maxHeaderRow) * maxColumns
	// The same for Long kinds, whose sheets are not held: texts are.
	longUnpacked = 768 << 20
	longTexts    = 64 << 20
	longShared   = 2_000_000
)

// book is an opened .xlsx file.
type book struct {
	parts   map[string]*zip.File
	shared  []string
	dated   []bool // by cell style: shown as a date
	since04 bool
	// budget is what may still be unpacked, over all parts.
	budget int64
	// texts is what shared texts may still take.
	texts int64
	long  bool
}

func readXLSX(content []byte) ([]grid, error) {
	b, sheets, err := openBook(content, false)
	if err != nil {
		return nil, err
	}
	var out []grid
	for _, s := range sheets {
		g := grid{name: s.name, hidden: s.hidden, since04: b.since04}
		if err := b.sheet(s.part, &g); err != nil {
			return nil, err
		}
		out = append(out, g)
	}
	return out, nil
}

// openBook reads what all sheets share.
func openBook(content []byte, long bool) (*book, []sheetRef, error) {
	zr, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil || len(zr.File) > maxEntries {
		return nil, nil, errDamaged()
	}
	b := &book{parts: map[string]*zip.File{}, budget: maxUnpacked, texts: maxUnpacked, long: long}
	if long {
		b.budget, b.texts = longUnpacked, longTexts
	}
	for _, f := range zr.File {
		b.parts[strings.TrimPrefix(strings.ToLower(f.Name), "/")] = f
	}
	sheets, err := b.open()
	return b, sheets, err
}

func errDamaged() error {
	return errFile("文件打不开，可能没有存完整，或者不是 Excel 表格。请重新另存为 .xlsx 后再传")
}

type sheetRef struct {
	name, part string
	hidden     bool
}

// open reads the list of sheets, the shared texts and the styles.
func (b *book) open() ([]sheetRef, error) {
	targets := map[string]string{}
	err := b.walk("xl/_rels/workbook.xml.rels", func(e xml.StartElement, _ *xml.Decoder) error {
		if e.Name.Local == "Relationship" {
			targets[attr(e, "Id")] = attr(e, "Target")
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	var sheets []sheetRef
	err = b.walk("xl/workbook.xml", func(e xml.StartElement, _ *xml.Decoder) error {
		switch e.Name.Local {
		case "workbookPr":
			b.since04 = isTrue(attr(e, "date1904"))
		case "sheet":
			target := strings.ToLower(targets[attr(e, "id")])
			if target == "" || len(sheets) == maxSheets {
				return nil
			}
			if !strings.HasPrefix(target, "/") {
				target = path.Join("xl", target)
			}
			state := attr(e, "state")
			sheets = append(sheets, sheetRef{attr(e, "name"), strings.TrimPrefix(target, "/"), state == "hidden" || state == "veryHidden"})
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(sheets) == 0 {
		return nil, errDamaged()
	}
	if err := b.readShared(); err != nil {
		return nil, err
	}
	return sheets, b.readStyles()
}

func (b *book) mostShared() int {
	if b.long {
		return longShared
	}
	return maxShared
}

// readShared reads the texts that cells refer to by number; phonetic guides are left out.
func (b *book) readShared() error {
	if b.parts["xl/sharedstrings.xml"] == nil {
		return nil
	}
	return b.walk("xl/sharedstrings.xml", func(e xml.StartElement, d *xml.Decoder) error {
		if e.Name.Local != "si" {
			return nil
		}
		if len(b.shared) == b.mostShared() || b.texts < 0 {
			return errFile("表里的文字太多，无法读取。请只留要导入的那张表，另存为新文件后再传")
		}
		s, err := innerText(d, "si")
		b.shared, b.texts = append(b.shared, s), b.texts-int64(len(s))
		return err
	})
}

// walk calls f for each start element of a part that must exist. What the decoder rejects means a
// damaged file.
func (b *book) walk(name string, f func(xml.StartElement, *xml.Decoder) error) error {
	zf := b.parts[name]
	if zf == nil {
		return errDamaged()
	}
	rc, err := zf.Open()
	if err != nil {
		return errDamaged()
	}
	defer func() { _ = rc.Close() }()
	limit := &bounded{r: rc, left: &b.budget}
	d := xml.NewDecoder(limit)
	d.Strict = true
	d.CharsetReader = func(string, io.Reader) (io.Reader, error) { return nil, errors.New("charset") }
	for {
		t, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			err = errDamaged()
		} else if e, ok := t.(xml.StartElement); ok {
			err = f(e, d)
		}
		if limit.over {
			return errFile("文件解开后太大，无法读取。请只留要导入的那张表，另存为新文件后再传")
		}
		if err != nil {
			return err
		}
	}
}

// bounded ends reading after so many bytes, whatever the archive claims.
type bounded struct {
	r    io.Reader
	left *int64
	over bool
	// run is how long the text or tag is that is being read: the decoder holds it whole.
	run int
}

// maxRun bounds one text or tag in a part.
const maxRun = 1 << 20

func (b *bounded) Read(p []byte) (int, error) {
	if *b.left <= 0 {
		b.over = true
		return 0, errors.New("draft: part too large")
	}
	if int64(len(p)) > *b.left {
		p = p[:*b.left]
	}
	n, err := b.r.Read(p)
	*b.left -= int64(n)
	if at := bytes.LastIndexAny(p[:n], "<>"); at >= 0 {
		b.run = n - at - 1
	} else {
		b.run += n
	}
	if b.run > maxRun {
		b.over = true
		return 0, errors.New("draft: text too long")
	}
	return n, err
}

// innerText joins the texts (t) up to the end of the element, without phonetic guides (rPh).
func innerText(d *xml.Decoder, end string) (string, error) {
	var s strings.Builder
	in, phonetic := false, 0
	for {
		t, err := d.RawToken()
		if err != nil {
			return "", errDamaged()
		}
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "t":
				in = true
			case "rPh":
				phonetic++
			}
		case xml.EndElement:
			switch t.Name.Local {
			case end:
				return s.String(), nil
			case "t":
				in = false
			case "rPh":
				phonetic--
			}
		case xml.CharData:
			if in && phonetic == 0 && s.Len() < 4*maxCell+4 {
				s.Write(t)
			}
		}
	}
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func isTrue(s string) bool { return s == "1" || s == "true" }
