package demo

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
)

// picture makes a small photograph of a street, different every time.
func (f *filler) picture() []byte {
	img := image.NewRGBA(image.Rect(0, 0, 320, 240))
	sky, ground := uint8(150+f.rand.IntN(80)), uint8(80+f.rand.IntN(60))
	stall := 40 + f.rand.IntN(180)
	for y := range 240 {
		for x := range 320 {
			c := color.RGBA{sky - 30, sky, sky + 20, 255}
			switch {
			case y > 150:
				c = color.RGBA{ground, ground, ground + 6, 255}
			case y > 110 && x > stall && x < stall+70:
				c = color.RGBA{190, uint8(80 + x%40), 60, 255}
			case y > 70 && x%80 < 50:
				c = color.RGBA{140, 120, 110, 255}
			}
			img.SetRGBA(x, y, c)
		}
	}
	var b bytes.Buffer
	_ = jpeg.Encode(&b, img, &jpeg.Options{Quality: 70})
	return b.Bytes()
}

// signature draws strokes as a finger on a phone would; somebody always signs alike.
func (f *filler) signature(who string) []byte {
	if drawn, ok := f.signatures[who]; ok {
		return drawn
	}
	img := image.NewNRGBA(image.Rect(0, 0, 300, 110))
	x, y := 20.0, 55.0
	dx, dy := 1.0, 0.5
	for range 900 {
		dx += (f.rand.Float64() - 0.45) * 0.5
		dy += (f.rand.Float64() - 0.5) * 0.8
		dx, dy = max(-1.5, min(2, dx)), max(-2, min(2, dy))
		x, y = x+dx*0.6, y+dy
		if y < 12 || y > 98 {
			dy = -dy
		}
		y = max(8, min(102, y))
		if x > 285 {
			break
		}
		for i := range 3 {
			for j := range 3 {
				img.Set(int(x)+i, int(y)+j, color.NRGBA{20, 20, 60, 255})
			}
		}
	}
	var b bytes.Buffer
	_ = png.Encode(&b, img)
	f.signatures[who] = b.Bytes()
	return b.Bytes()
}
