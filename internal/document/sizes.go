package document

// Lengths are in points, 1/72 inch, from the upper left corner of the page.
const (
	mm         = 72 / 25.4
	pageWidth  = 210 * mm
	pageHeight = 297 * mm

	// GB/T 9704-2012 5.2: 天头 37 mm, 订口 28 mm, 版心 156 mm × 225 mm, 每面 22 行、每行 28 字.
	marginLeft   = 28 * mm
	measureWidth = 156 * mm
	letterTop    = 37 * mm
	textBottom   = (37 + 225) * mm
	letterLines  = 22
	letterCells  = 28

	letterHead = 26 * mm // the header begins in the upper margin of the first page
	formHead   = 21 * mm
	formTop    = 26 * mm // further pages of a form

	footBase   = 273 * mm // baseline of the page number, 7 mm below the text and a line down
	verifyTop  = 265 * mm
	verifySide = 21 * mm

	sealDiameter = 42 * mm // 国发〔1999〕25号: seal of a county-level department

	cellPad    = 5.0 // between a cell's border and its text
	labelWidth = 60.0
	sideWidth  = 26.0 // the vertical label of a group of fields
	frameLine  = 1.0
	innerLine  = 0.6
)

type colour struct{ r, g, b uint8 }

var (
	black     = colour{}
	docRed    = colour{0xc5, 0x15, 0x1c}
	paleRed   = colour{0xe8, 0x9a, 0x9d}
	ghost     = colour{0xe8, 0xe8, 0xe8} // watermark, under the text
	ghostRed  = colour{0xf6, 0xc9, 0xca}
	grey      = colour{0x55, 0x55, 0x55}
	demoBrown = colour{0x8a, 0x4b, 0x08}
)

// font is how a text is set: weight, size, advance of a full-width character, distance of baselines.
type font struct {
	bold                 bool
	ghost                bool // a watermark: seen, but not found in the copied text
	size, pitch, leading float64
	colour               colour
}

// The fonts of a paper; 三号 is 16 pt, 小四 12 pt, 五号 10.5 pt.
var (
	letterBody = font{size: 16, pitch: measureWidth / letterCells, leading: 225 * mm / letterLines}
	formBody   = font{size: 12, pitch: 12, leading: 20}
	formSmall  = []font{{size: 11, pitch: 11, leading: 17.5}, {size: 10.5, pitch: 10.5, leading: 16}}
	tableBody  = font{size: 12, pitch: 12, leading: 19}
	titleFont  = font{bold: true, size: 22, pitch: 23.5, leading: 36}
	smallFont  = font{size: 10.5, pitch: 10.5, leading: 16}
	footFont   = font{size: 10.5, pitch: 10.5, leading: 14}
	codeFont   = font{size: 9, pitch: 9, leading: 14}
	sealFont   = font{size: 9, pitch: 10, leading: 13, colour: paleRed}
)

func (f font) strong() font { f.bold = true; return f }

func (f font) in(c colour) font { f.colour = c; return f }

// sized returns f with another size; pitch and leading keep their proportion.
func (f font) sized(size float64) font {
	k := size / f.size
	f.size, f.pitch, f.leading = size, f.pitch*k, f.leading*k
	return f
}

// base returns the baseline of a line whose box begins at y: the em box is centred in the leading.
func (f font) base(y float64) float64 { return y + (f.leading-f.size)/2 + 0.88*f.size }

// cells returns how much of the breaker's units fit into a width.
func (f font) cells(width float64) int { return int(width/f.pitch*cell + 0.5) }
