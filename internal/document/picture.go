package document

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"

	"golang.org/x/image/draw"

	"fadu/internal/fault"
)

// Limits of pictures: what is decoded at all, and the longer side that is printed (150 mm at 270 dpi).
// The evidence itself stays untouched in the store; the paper has a print of it.
const (
	maxPixels = 60_000_000
	printSide = 1600
)

// picture is an image in a form that the PDF library takes as it is.
type picture struct {
	data          []byte
	width, height int
}

// within returns the size of the picture when it is fitted into a box.
func (p picture) within(w, h float64) (float64, float64) {
	k := min(w/float64(p.width), h/float64(p.height))
	return float64(p.width) * k, float64(p.height) * k
}

// decode reads a JPEG or PNG, refusing sizes that only a malicious file has.
func decode(data []byte) (image.Image, error) {
	bad := func(why string) error {
		return fault.New(fault.Invalid, "图片不能印到文书上：%s。请换成 JPEG 或 PNG 格式的图片", why)
	}
	conf, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, bad("格式无法识别")
	}
	if conf.Width <= 0 || conf.Height <= 0 || conf.Width > maxPixels/conf.Height {
		return nil, bad(fmt.Sprintf("尺寸 %d×%d 超出范围", conf.Width, conf.Height))
	}
	img, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, bad("文件不完整")
	}
	return img, nil
}

// signaturePicture prepares a drawn signature: as PNG with its transparency, 8 bits, not interlaced,
// since the PDF library knows no other kind.
func signaturePicture(data []byte) (picture, error) {
	img, err := decode(data)
	if err != nil {
		return picture{}, err
	}
	size := fit(img.Bounds().Size(), printSide/2)
	out := image.NewNRGBA(image.Rectangle{Max: size})
	if size == img.Bounds().Size() {
		draw.Draw(out, out.Bounds(), img, img.Bounds().Min, draw.Src)
	} else {
		draw.CatmullRom.Scale(out, out.Bounds(), img, img.Bounds(), draw.Src, nil)
	}
	var b bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&b, out); err != nil {
		return picture{}, fmt.Errorf("document: encode signature: %w", err)
	}
	return picture{b.Bytes(), size.X, size.Y}, nil
}

// photoPicture prepares a photo: upright, on white, no larger than is printed, as JPEG.
func photoPicture(data []byte) (picture, error) {
	img, err := decode(data)
	if err != nil {
		return picture{}, err
	}
	size := fit(img.Bounds().Size(), printSide)
	out := image.NewRGBA(image.Rectangle{Max: size})
	draw.Draw(out, out.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.ApproxBiLinear.Scale(out, out.Bounds(), img, img.Bounds(), draw.Over, nil)
	out = upright(out, orientation(data))
	var b bytes.Buffer
	if err := jpeg.Encode(&b, out, &jpeg.Options{Quality: 85}); err != nil {
		return picture{}, fmt.Errorf("document: encode photo: %w", err)
	}
	return picture{b.Bytes(), out.Bounds().Dx(), out.Bounds().Dy()}, nil
}

// fit returns the size with its longer side at most most.
func fit(size image.Point, most int) image.Point {
	long := max(size.X, size.Y)
	if long <= most {
		return size
	}
	return image.Pt(max(1, size.X*most/long), max(1, size.Y*most/long))
}

// upright turns an image as its EXIF orientation asks (1–8; phones store how they were held).
func upright(in *image.RGBA, orientation int) *image.RGBA {
	if orientation <= 1 || orientation > 8 {
		return in
	}
	w, h := in.Bounds().Dx(), in.Bounds().Dy()
	size := image.Pt(w, h)
	if orientation >= 5 {
		size = image.Pt(h, w)
	}
	out := image.NewRGBA(image.Rectangle{Max: size})
	for y := range size.Y {
		for x := range size.X {
			fx, fy := x, y
			switch orientation {
			case 2:
				fx = w - 1 - x
			case 3:
				fx, fy = w-1-x, h-1-y
			case 4:
				fy = h - 1 - y
			case 5:
				fx, fy = y, x
			case 6:
				fx, fy = y, h-1-x
			case 7:
				fx, fy = w-1-y, h-1-x
			case 8:
				fx, fy = w-1-y, x
			}
			out.SetRGBA(x, y, in.RGBAAt(fx, fy))
		}
	}
	return out
}

// orientation reads the EXIF orientation of a JPEG; 1 where there is none.
func orientation(data []byte) int {
	for i := 2; i+4 <= len(data) && data[i] == 0xff; {
		size := int(binary.BigEndian.Uint16(data[i+2:]))
		end := i + 2 + size
		if size < 2 || end > len(data) || data[i+1] == 0xda {
			break
		}
		if segment := data[i+4 : end]; data[i+1] == 0xe1 && bytes.HasPrefix(segment, []byte("Exif\x00\x00")) {
			return tiffOrientation(segment[6:])
		}
		i = end
	}
	return 1
}

func tiffOrientation(tiff []byte) int {
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.BigEndian
	if tiff[0] == 'I' {
		order = binary.LittleEndian
	}
	at := int(order.Uint32(tiff[4:]))
	if at < 8 || at > len(tiff)-2 {
		return 1
	}
	count := int(order.Uint16(tiff[at:]))
	for e := at + 2; count > 0 && e+12 <= len(tiff); e, count = e+12, count-1 {
		if order.Uint16(tiff[e:]) == 0x0112 {
			return int(order.Uint16(tiff[e+8:]))
		}
	}
	return 1
}
