package web

import (
	"fmt"
	"strings"

	"github.com/skip2/go-qrcode"
)

// QRView is a QR code as one path of dark modules, a rectangle for each run of them in a row.
type QRView struct {
	Side int
	Path string
}

// QR draws a QR code.
func QR(text string) (QRView, error) {
	code, err := qrcode.New(text, qrcode.Medium)
	if err != nil {
		return QRView{}, fmt.Errorf("web: QR code: %w", err)
	}
	code.DisableBorder = true
	bits := code.Bitmap()
	var b strings.Builder
	for y, row := range bits {
		for x := 0; x < len(row); x++ {
			if !row[x] {
				continue
			}
			from := x
			for x < len(row) && row[x] {
				x++
			}
			fmt.Fprintf(&b, "M%d %dh%dv1h-%dz", from, y, x-from, x-from)
		}
	}
	return QRView{Side: len(bits), Path: b.String()}, nil
}

// ViewBox leaves a quiet zone of four modules.
func (q QRView) ViewBox() string { return fmt.Sprintf("-4 -4 %d %d", q.Side+8, q.Side+8) }
