package document

import "bytes"

// Bytes is the slip in ESC/POS, in the subset that clones know: text in GB 18030 (two-byte characters
// only) after FS &, alignment, bold, double size, line spacing, GS v 0 bitmaps, GS ( k QR codes, feed and
// cut. Nothing of a paper's text reaches the printer but visible characters, so that no data can be a
// command.
func (s Slip) Bytes() []byte {
	var b bytes.Buffer
	b.WriteString("\x1b@\x1c&") // initialise; Chinese characters on
	for _, l := range s.Lines {
		l.write(&b)
	}
	b.WriteString("\x1ba\x00\x1bd\x04\x1dVB\x00") // feed four lines, cut
	return b.Bytes()
}

var escAlign = map[Align]byte{Left: 0, Center: 1, Right: 2}

func (l SlipLine) write(b *bytes.Buffer) {
	switch {
	case l.Bitmap != nil:
		b.Write([]byte{0x1b, 'a', escAlign[l.Align]})
		l.Bitmap.write(b)
	case l.QR != "":
		b.Write([]byte{0x1b, 'a', escAlign[l.Align]})
		escQR(b, l.QR)
	case l.Text == "":
		for left := l.Height; left > 0; left -= 255 {
			b.Write([]byte{0x1b, 'J', byte(min(left, 255))})
		}
	default:
		size, bold := byte(0), byte(0)
		if l.Double {
			size = 0x11
		}
		if l.Tall {
			size = 0x01
		}
		if l.Bold {
			bold = 1
		}
		b.Write([]byte{0x1b, 'a', escAlign[l.Align], 0x1b, 'E', bold, 0x1d, '!', size, 0x1b, '3', byte(l.Height)})
		b.Write(encoded(l.Text))
		b.WriteByte('\n')
	}
}

// encoded is text in the printer's code; what is no visible character of two bytes or ASCII, which the
// setter has drawn, is left out here once more.
func encoded(text string) []byte {
	var out []byte
	for _, r := range text {
		if (SlipSetup{}).lacks(r) {
			continue
		}
		b, _ := gb(r)
		out = append(out, b...)
	}
	return out
}

// write prints the bitmap by GS v 0.
func (m *Bitmap) write(b *bytes.Buffer) {
	wide := m.Width / 8
	b.Write([]byte{0x1d, 'v', '0', 0, byte(wide), byte(wide >> 8), byte(m.Height), byte(m.Height >> 8)})
	b.Write(m.Bits)
}

// escQR prints a QR code by GS ( k: model 2, size of a module, correction M, data, print.
func escQR(b *bytes.Buffer, data string) {
	b.WriteString("\x1d(k\x04\x001A2\x00")
	b.Write([]byte{0x1d, '(', 'k', 3, 0, '1', 'C', slipModule, 0x1d, '(', 'k', 3, 0, '1', 'E', '1'})
	n := len(data) + 3
	b.Write([]byte{0x1d, '(', 'k', byte(n), byte(n >> 8), '1', 'P', '0'})
	b.WriteString(data)
	b.WriteString("\x1d(k\x03\x001Q0")
}

// Columns returns the left edge of each character of a line of text, in dots.
func (s Slip) Columns(l SlipLine) []int {
	size := SlipCell
	if l.Double {
		size *= 2
	}
	width := 0
	for _, r := range l.Text {
		width += slipMetric(r) * size / cell
	}
	x := s.Left(l, width)
	var out []int
	for _, r := range l.Text {
		out = append(out, x)
		x += slipMetric(r) * size / cell
	}
	return out
}

// Left is where something of a given width in dots begins in a line of that alignment.
func (s Slip) Left(l SlipLine, width int) int {
	switch l.Align {
	case Center:
		return max(0, s.Dots-width) / 2
	case Right:
		return max(0, s.Dots-width)
	}
	return 0
}
