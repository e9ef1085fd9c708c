package document

import (
	"fmt"
	"io/fs"
	"sync"
	"unicode"

	"github.com/signintech/gopdf"
	"golang.org/x/image/font/sfnt"
)

// face is one font file. It is read when the first text needs it: the two embedded weights are 15 MB
// each, and a process that prints nothing shall not hold them.
type face struct {
	name   string // the font's name in the PDF, ASCII
	bold   bool
	read   func() ([]byte, error)
	once   sync.Once
	err    error
	glyphs gopdf.SubsetFontObj // for coverage and widths; never changed once loaded

	outlines sync.Once // parsed is the font once more, for its outlines: see ink
	parsed   *sfnt.Font
	unparsed error
}

// load parses the font once, both for measuring and for the container from which the PDFs take it.
func (f *face) load(into *gopdf.FontContainer) error {
	f.once.Do(func() {
		data, err := f.read()
		if err != nil {
			f.err = fmt.Errorf("读取字体“%s”失败: %w", f.name, err)
			return
		}
		if err := f.parse(data, into); err != nil {
			f.err = fmt.Errorf("字体“%s”不能用，请换成完整的 TTF 文件: %w", f.name, err)
		}
	})
	return f.err
}

// parse turns a panic of the parser, which trusts its input, into an error: a bureau's own font file may
// be damaged.
func (f *face) parse(data []byte, into *gopdf.FontContainer) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("文件内容损坏: %v", p)
		}
	}()
	f.glyphs.SetTtfFontOption(gopdf.TtfOption{})
	if err := f.glyphs.SetTTFData(data); err != nil {
		return err
	}
	return into.AddTTFFontData(f.name, data)
}

// width returns the advance of r in thousandths of an em. It is false where the font has no glyph for
// r, or an empty one for a character that should be visible. The question goes to the library that will
// draw the text, since its answer is what counts on paper.
func (f *face) width(r rune) (w int, ok bool) {
	defer func() {
		if recover() != nil { // an index outside a damaged table
			w, ok = 0, false
		}
	}()
	if f.err != nil {
		return 0, false
	}
	glyph, err := f.glyphs.CharCodeToGlyphIndex(r)
	if err != nil || glyph == 0 {
		return 0, false
	}
	loca := f.glyphs.GetTTFParser().LocaTable
	if loca[glyph] == loca[glyph+1] && !unicode.Is(unicode.Zs, r) {
		return 0, false
	}
	return int(f.glyphs.GlyphIndexToPdfWidth(glyph)), true
}

// fromFS returns a reader of one file, for face.read.
func fromFS(fsys fs.FS, path string) func() ([]byte, error) {
	return func() ([]byte, error) { return fs.ReadFile(fsys, path) }
}

// data returns a reader of the bytes that f holds, for another face of the same font.
func (f *face) data(into *gopdf.FontContainer) func() ([]byte, error) {
	return func() ([]byte, error) {
		if err := f.load(into); err != nil {
			return nil, err
		}
		return f.glyphs.GetTTFParser().FontData(), nil
	}
}
