package document

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"

	"golang.org/x/image/draw"
)

// Thumbnail returns a JPEG of a picture, upright, on white, with the longer side at most side pixels, for
// showing many pictures on a page. What the original carries beside its pixels is left out.
func Thumbnail(data []byte, side int) ([]byte, error) {
	img, err := decode(data)
	if err != nil {
		return nil, err
	}
	out := image.NewRGBA(image.Rectangle{Max: fit(img.Bounds().Size(), side)})
	draw.Draw(out, out.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.ApproxBiLinear.Scale(out, out.Bounds(), img, img.Bounds(), draw.Over, nil)
	var b bytes.Buffer
	if err := jpeg.Encode(&b, upright(out, orientation(data)), &jpeg.Options{Quality: 80}); err != nil {
		return nil, fmt.Errorf("document: encode thumbnail: %w", err)
	}
	return b.Bytes(), nil
}
