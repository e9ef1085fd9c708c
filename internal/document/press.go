package document

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"
	"sync"

	"github.com/signintech/gopdf"
)

//go:embed fonts/*
var embedded embed.FS

// errNoFonts is what a build without the font package says.
var errNoFonts = errors.New("程序里没有中文字体，不能出具文书。请先在 web 目录运行 npm ci，再运行 make build；" +
	"构建时会把 @expo-google-fonts/noto-serif-sc 的 400Regular 和 700Bold 两个 TTF 复制到 internal/document/fonts")

// Press prints papers. It holds the fonts and serves any number of goroutines.
type Press struct {
	faces []*face // the common characters of regular and bold, then all of theirs, then the extra fonts by file name
	ghost *face   // the bold weight again, for watermarks
	fonts gopdf.FontContainer
}

// Open returns a press with the embedded fonts and, where extraFontDir is not empty, the *.ttf files of
// that folder, which are searched in the order of their names for characters that the embedded fonts
// lack. It fails, in Chinese, when the binary was built without fonts or an extra font is unusable.
// Without extra fonts all of a process share one press, since reading the fonts takes half a second.
func Open(extraFontDir string) (*Press, error) {
	if extraFontDir == "" {
		return plain()
	}
	return ownAnd(extraFontDir)
}

var plain = sync.OnceValues(func() (*Press, error) { return ownAnd("") })

func ownAnd(extraFontDir string) (*Press, error) {
	sub, err := fs.Sub(embedded, "fonts")
	if err != nil {
		return nil, fmt.Errorf("document: open fonts: %w", err)
	}
	return open(sub, extraFontDir)
}

func open(own fs.FS, extraFontDir string) (*Press, error) {
	p := &Press{}
	names, err := fs.Glob(own, "*.ttf")
	if err != nil {
		return nil, fmt.Errorf("document: list fonts: %w", err)
	}
	for _, n := range names { // Glob sorts: 400Regular before 700Bold
		p.faces = append(p.faces, &face{name: fontName(n), bold: strings.Contains(n, "Bold"), read: fromFS(own, n)})
	}
	if len(p.faces) == 0 {
		return nil, errNoFonts
	}
	var cores []*face
	for _, f := range p.faces {
		cores = append(cores, coreOf(f, &p.fonts))
	}
	p.ghost = &face{name: ghostName, read: cores[len(cores)-1].data(&p.fonts)}
	p.faces = append(cores, p.faces...)
	if extraFontDir == "" {
		return p, nil
	}
	if err := p.addExtra(os.DirFS(extraFontDir), extraFontDir); err != nil {
		return nil, err
	}
	return p, nil
}

// addExtra adds the fonts of a bureau's own folder; they are parsed at once, so that an unusable file
// stops the start and not a decision on the street.
func (p *Press) addExtra(dir fs.FS, where string) error {
	entries, err := fs.ReadDir(dir, ".")
	if err != nil {
		return fmt.Errorf("补字字体文件夹“%s”打不开，请检查设置: %w", where, err)
	}
	for _, e := range entries {
		switch strings.ToLower(path.Ext(e.Name())) {
		case ".ttf":
			f := &face{name: fmt.Sprintf("Extra%d", len(p.faces)), read: fromFS(dir, e.Name())}
			if err := f.load(&p.fonts); err != nil {
				return fmt.Errorf("补字字体“%s”: %w", path.Join(where, e.Name()), err)
			}
			p.faces = append(p.faces, f)
		case ".ttc", ".otf", ".woff", ".woff2":
			return fmt.Errorf("补字字体“%s”的格式不能用：只支持单个的 TTF 文件，请转换后再放入，或者移走", path.Join(where, e.Name()))
		}
	}
	return nil
}

// ghostName is the font of watermarks in the PDF: finish maps its glyphs to spaces, so that the
// letters of a watermark do not stand between those of the paper when it is copied or searched.
const ghostName = "Watermark"

// load makes sure that the embedded fonts are parsed.
func (p *Press) load() error {
	for _, f := range p.faces {
		if err := f.load(&p.fonts); err != nil {
			return err
		}
	}
	return nil
}

// find returns the face that draws r, the asked weight first, and the advance of r in thousandths of an
// em; or nil where no loaded font has the character.
func (p *Press) find(bold bool, r rune) (*face, int) {
	for _, wanted := range []bool{true, false} {
		for _, f := range p.faces {
			if (f.bold == bold) != wanted {
				continue
			}
			if w, ok := f.width(r); ok {
				return f, w
			}
		}
	}
	return nil, 0
}

// fontName makes the name inside the PDF from a file name: letters, digits and hyphens.
func fontName(file string) string {
	return strings.Map(func(r rune) rune {
		if isDigit(r) || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return '-'
	}, strings.TrimSuffix(file, path.Ext(file)))
}
