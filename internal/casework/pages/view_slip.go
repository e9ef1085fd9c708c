package pages

import (
	"fmt"

	"fadu/internal/web"
)

// SlipView is the page that shows what a receipt printer will print.
type SlipView struct {
	Title, Paper, Back, Action string
	Crumb                      []web.Link
	// Width (58, 80), Font (gbk, gb2312) and QR (command, bitmap) are what is known of the printer.
	Width, Font, QR string
	// May is set for who may print; Next says what the next print is.
	May  bool
	Next string
	Slip SlipPicture
}

// SlipPicture is the slip in dots.
type SlipPicture struct {
	Width, Height int
	Texts         []SlipText
	Bitmaps       []SlipBitmap
	Codes         []SlipCode
}

func (p SlipPicture) viewBox() string { return fmt.Sprintf("0 0 %d %d", p.Width, p.Height) }

// SlipText is a line in the printer's font: Xs has the left edge of each character, Base the baseline.
// Scale 2 is twice as high; Base is then half of the place.
type SlipText struct {
	Text, Xs          string
	Size, Base, Scale int
	Bold              bool
}

func (t SlipText) weight() string {
	if t.Bold {
		return "700"
	}
	return "400"
}

func (t SlipText) transform() string { return fmt.Sprintf("scale(1 %d)", t.Scale) }

// SlipBitmap is drawn dot by dot; Says is what can be read there.
type SlipBitmap struct {
	X, Y       int
	Says, Path string
}

func (b SlipBitmap) transform() string { return fmt.Sprintf("translate(%d %d)", b.X, b.Y) }

// SlipCode is a QR code that the printer makes.
type SlipCode struct {
	X, Y, Side int
	Code       QRView
}
