package register

import (
	"bytes"
	"image"
	"math/bits"
)

// lookOf is the perceptual hash of a picture (difference hash, 64 bits): pictures that look alike have hashes that differ in
// few bits, whatever their size and compression. 0 is what cannot be read.
func lookOf(b []byte) int64 {
	m, _, err := image.Decode(bytes.NewReader(b))
	if err != nil || m.Bounds().Dx() < 9 || m.Bounds().Dy() < 8 {
		return 0
	}
	grey := shrunk(m, 9, 8)
	var out uint64
	for y := range 8 {
		for x := range 8 {
			out <<= 1
			if grey[y*9+x] > grey[y*9+x+1] {
				out |= 1
			}
		}
	}
	if out == 0 {
		out = 1 // a plain surface, told apart from what could not be read
	}
	return int64(out)
}

// shrunk is the mean brightness of each cell of a grid; of a large picture it looks at a sample of points.
func shrunk(m image.Image, w, h int) []uint64 {
	const points = 16
	out := make([]uint64, w*h)
	r := m.Bounds()
	for y := range h {
		for x := range w {
			var sum uint64
			for j := range points {
				for i := range points {
					px := r.Min.X + (x*points+i)*r.Dx()/(w*points)
					py := r.Min.Y + (y*points+j)*r.Dy()/(h*points)
					cr, cg, cb, _ := m.At(px, py).RGBA()
					sum += uint64(299*cr+587*cg+114*cb) / 1000
				}
			}
			out[y*w+x] = sum
		}
	}
	return out
}

// alikeBits is in how many of the 64 bits pictures differ at most that look alike.
const alikeBits = 6

// alike reports whether two pictures look alike.
func alike(a, b int64) bool {
	return a != 0 && b != 0 && bits.OnesCount64(uint64(a)^uint64(b)) <= alikeBits
}
