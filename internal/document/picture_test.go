package document

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"

	"fadu/internal/fault"
)

// withOrientation puts an EXIF segment with the orientation into a JPEG.
func withOrientation(data []byte, order binary.AppendByteOrder, orientation uint16) []byte {
	tiff := []byte("MM\x00*")
	if order == binary.AppendByteOrder(binary.LittleEndian) {
		tiff = []byte("II*\x00")
	}
	tiff = order.AppendUint32(tiff, 8)
	tiff = order.AppendUint16(tiff, 1)
	tiff = order.AppendUint16(tiff, 0x0112)
	tiff = order.AppendUint16(tiff, 3)
	tiff = order.AppendUint32(tiff, 1)
	tiff = order.AppendUint16(tiff, orientation)
	tiff = append(tiff, 0, 0, 0, 0, 0, 0)
	exif := append([]byte("Exif\x00\x00"), tiff...)
	out := append([]byte{0xff, 0xd8, 0xff, 0xe1}, binary.BigEndian.AppendUint16(nil, uint16(len(exif)+2))...)
	return append(append(out, exif...), data[2:]...)
}

func TestPhoto按拍摄方向转正(t *testing.T) {
	// Sky above, street below; what a phone stores for each way of holding it.
	upright := photographed(t, 300, 200)
	stored := map[int]func(x, y int) (int, int){
		1: func(x, y int) (int, int) { return x, y },
		3: func(x, y int) (int, int) { return 299 - x, 199 - y },
		6: func(x, y int) (int, int) { return y, 299 - x },
		8: func(x, y int) (int, int) { return 199 - y, x },
	}
	src, err := jpeg.Decode(bytes.NewReader(upright))
	if err != nil {
		t.Fatal(err)
	}
	for orientation, at := range stored {
		for _, order := range []binary.AppendByteOrder{binary.BigEndian, binary.LittleEndian} {
			size := image.Rect(0, 0, 300, 200)
			if orientation > 4 {
				size = image.Rect(0, 0, 200, 300)
			}
			img := image.NewRGBA(size)
			for y := range 200 {
				for x := range 300 {
					sx, sy := at(x, y)
					img.Set(sx, sy, src.At(x, y))
				}
			}
			var b bytes.Buffer
			if err := jpeg.Encode(&b, img, nil); err != nil {
				t.Fatal(err)
			}
			p, err := photoPicture(withOrientation(b.Bytes(), order, uint16(orientation)))
			if err != nil {
				t.Fatal(err)
			}
			got, err := jpeg.Decode(bytes.NewReader(p.data))
			if err != nil {
				t.Fatal(err)
			}
			_, _, above, _ := got.At(20, 20).RGBA()
			_, _, below, _ := got.At(20, 180).RGBA()
			left, _, _, _ := got.At(10, 190).RGBA()
			right, _, _, _ := got.At(290, 190).RGBA()
			if p.width != 300 || p.height != 200 || above < below || left > right {
				t.Errorf("orientation %d: %d×%d, blue %d over %d, red %d to %d", orientation, p.width, p.height, above, below, left, right)
			}
		}
	}
}

func TestPhoto大图缩小(t *testing.T) {
	p, err := photoPicture(photographed(t, 3200, 2400))
	if err != nil || p.width != 1600 || p.height != 1200 {
		t.Errorf("%d×%d %v", p.width, p.height, err)
	}
}

func TestPicture坏文件被拒(t *testing.T) {
	huge := words(0x8950, 0x4e47, 0x0d0a, 0x1a0a, 0, 13, 0x4948, 0x4452, 1, 0, 1, 0, 0x0802, 0, 0)
	whole := photographed(t, 100, 100)
	for name, data := range map[string][]byte{"空": nil, "文字": []byte("hello"), "截断": whole[:len(whole)/2], "尺寸吓人": huge} {
		if _, err := photoPicture(data); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := signaturePicture(data); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A phone's canvas may give any kind of PNG; 16-bit and paletted ones must come through as well.
func TestSignature各种PNG(t *testing.T) {
	p := press(t, "")
	deep := image.NewNRGBA64(image.Rect(0, 0, 60, 30))
	deep.Set(10, 10, color.Black)
	for name, img := range map[string]image.Image{
		"十六位":  deep,
		"灰度":   image.NewGray(image.Rect(0, 0, 60, 30)),
		"调色板":  image.NewPaletted(image.Rect(0, 0, 60, 30), color.Palette{color.Transparent, color.Black}),
		"不透明的": image.NewRGBA(image.Rect(0, 0, 60, 30)),
	} {
		var b bytes.Buffer
		if err := png.Encode(&b, img); err != nil {
			t.Fatal(err)
		}
		paper := Paper{Layout: Letter, Title: "笔录", Blocks: []Block{Signatures{Signers: []Signer{{Role: "当事人", Image: b.Bytes()}}}}}
		if _, err := p.Print(paper, created); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzOrientation(f *testing.F) {
	f.Add([]byte("\xff\xd8\xff\xe1\x00\x20Exif\x00\x00II*\x00\x08\x00\x00\x00\xff\xff"))
	f.Fuzz(func(_ *testing.T, data []byte) { orientation(data) })
}
