package document

import (
	"bytes"
	"image"
	"image/jpeg"
	"image/png"
	"testing"

	"fadu/internal/fault"
)

// FuzzPicture: a photograph or a signature is read within bounds or refused in words; nothing that a few
// bytes claim of their size takes memory.
func FuzzPicture(f *testing.F) {
	img := image.NewNRGBA(image.Rect(0, 0, 8, 6))
	var p, j bytes.Buffer
	if err := png.Encode(&p, img); err != nil {
		f.Fatal(err)
	}
	if err := jpeg.Encode(&j, img, nil); err != nil {
		f.Fatal(err)
	}
	f.Add(p.Bytes())
	f.Add(j.Bytes())
	f.Add(p.Bytes()[:40])
	f.Add(append(append([]byte{}, p.Bytes()[:16]...), "\x7f\xff\xff\xff\x7f\xff\xff\xff"...))
	f.Add([]byte("<html>"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if conf, _, err := image.DecodeConfig(bytes.NewReader(b)); err == nil && conf.Height > 0 && conf.Width > 1<<20/conf.Height {
			t.Skip() // within what is allowed, and slow
		}
		got, err := decode(b)
		if err != nil {
			if !fault.Is(err, fault.Invalid) {
				t.Fatal(err)
			}
			return
		}
		if s := got.Bounds().Size(); s.X <= 0 || s.Y <= 0 || s.X > maxPixels/s.Y {
			t.Fatalf("%v", s)
		}
		if sig, err := signaturePicture(b); err != nil || sig.width <= 0 || sig.height <= 0 {
			t.Fatalf("%+v %v", sig.width, err)
		}
	})
}

// FuzzTexts: a file of papers' texts is refused with its place named, or every text of it comes out.
func FuzzTexts(f *testing.F) {
	type sample struct {
		Party string
		List  []string
	}
	f.Add([]byte("- kind: 甲\n  from: 2026-01-01\n  title: 某书\n  blocks:\n    - text: 你好{{.Party}}\n"))
	f.Add([]byte("- kind: 甲\n  from: 2026-01-01\n  blocks:\n    - text: '{{range .List}}{{.}}{{end}}{{.None}}'\n"))
	f.Add([]byte("&a [*a]"))
	f.Add([]byte("{"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if _, err := ParseTexts(b, sample{"张某", []string{"一"}}); err != nil && err.Error() == "" {
			t.Fatal("没有说明")
		}
	})
}
