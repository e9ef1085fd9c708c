package web

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash"
	"image"
	_ "image/jpeg" // what phones send
	_ "image/png"
	"io"
	"mime/multipart"
	"net/http"
	"path"
	"slices"
	"strings"
	"unicode"
)

// Upload is one file of a form. Type is sniffed from its bytes, never taken from the sender.
type Upload struct {
	Name string
	Type string
	Size int64

	header *multipart.FileHeader
}

// Open opens the file's bytes; the caller closes them.
func (u Upload) Open() (multipart.File, error) { return u.header.Open() }

// Bytes reads the whole file.
func (u Upload) Bytes() ([]byte, error) {
	file, err := u.Open()
	if err != nil {
		return nil, fmt.Errorf("read upload: %w", err)
	}
	defer file.Close()
	return io.ReadAll(file)
}

// Files reads at most max files of at most maxEach bytes, whose sniffed type must be one of the types
// ("image/" allows all images; none allows any). Empty files are wrong; an untouched field has none.
func (f *Form) Files(name, label string, max int, maxEach int64, types ...string) []Upload {
	var out []Upload
	for _, h := range f.files[name] {
		if h.Filename == "" && h.Size == 0 {
			continue // the browser's way of saying "no file chosen"
		}
		u := Upload{Name: fileName(h.Filename), Size: h.Size, header: h}
		switch {
		case u.Size == 0:
			f.Add(name, "%s“%s”是空文件，请重新选择", label, u.Name)
			return nil
		case maxEach > 0 && u.Size > maxEach:
			f.Add(name, "%s“%s”有 %s，每个最多 %s", label, u.Name, Bytes(u.Size), Bytes(maxEach))
			return nil
		}
		sniffed, err := sniff(h)
		if err != nil {
			f.Add(name, "%s“%s”没有传完整，请重新选择", label, u.Name)
			return nil
		}
		if u.Type = sniffed; !typeAllowed(sniffed, types) {
			f.Add(name, "%s“%s”的类型不能用", label, u.Name)
			return nil
		}
		if strings.HasPrefix(u.Type, "image/") {
			if why := pictureFault(h); why != "" {
				f.Add(name, "%s“%s”%s，请换一张 JPEG 或 PNG 格式的照片", label, u.Name, why)
				return nil
			}
		}
		out = append(out, u)
	}
	if len(out) > max {
		f.Add(name, "%s最多 %d 个，现在选了 %d 个", label, max, len(out))
		return nil
	}
	return out
}

// MaxPixels bounds a picture: no camera makes more, and decoding takes four bytes for each.
const MaxPixels = 120 << 20

// pictureFault says what is wrong with a picture by its own head; "" for nothing.
func pictureFault(h *multipart.FileHeader) string {
	file, err := h.Open()
	if err != nil {
		return "没有传完整"
	}
	defer file.Close()
	return PictureFault(file)
}

// PictureFault says, in words that follow the picture's name, what is wrong with the head of a JPEG or PNG;
// "" for nothing.
func PictureFault(r io.Reader) string {
	conf, _, err := image.DecodeConfig(r)
	switch {
	case err != nil:
		return "打不开"
	case conf.Width <= 0 || conf.Height <= 0 || conf.Width > MaxPixels/conf.Height:
		return fmt.Sprintf("的尺寸 %d×%d 太大", conf.Width, conf.Height)
	}
	return ""
}

func sniff(h *multipart.FileHeader) (string, error) {
	file, err := h.Open()
	if err != nil {
		return "", err
	}
	defer file.Close()
	head := make([]byte, 512)
	n, err := io.ReadFull(file, head)
	if err != nil && err != io.ErrUnexpectedEOF && err != io.EOF {
		return "", err
	}
	return http.DetectContentType(head[:n]), nil
}

func typeAllowed(sniffed string, types []string) bool {
	kind, _, _ := strings.Cut(sniffed, ";")
	return len(types) == 0 || slices.ContainsFunc(types, func(t string) bool {
		return kind == t || strings.HasSuffix(t, "/") && strings.HasPrefix(kind, t)
	})
}

// fileName keeps the last part of a sent name, without control characters, at most 120 characters.
func fileName(s string) string {
	s = path.Base(strings.ReplaceAll(s, `\`, "/"))
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || reorders(r) {
			return -1
		}
		return r
	}, s)
	if rs := []rune(s); len(rs) > 120 {
		s = string(rs[len(rs)-120:])
	}
	switch s {
	case "", ".", "..", "/":
		return "未命名"
	}
	return s
}

// Body returns canonical bytes of what was sent, the same for a repeat of the same form: fields in
// order of their names without the token, and the digests of files. It is the Body of store.Once.
func (f *Form) Body() ([]byte, error) {
	h := sha256.New()
	names := make([]string, 0, len(f.values))
	for n := range f.values {
		if n != OpName {
			names = append(names, n)
		}
	}
	slices.Sort(names)
	for _, n := range names {
		part(h, "v", n)
		for _, v := range f.values[n] {
			part(h, "=", v)
		}
	}
	names = names[:0]
	for n := range f.files {
		names = append(names, n)
	}
	slices.Sort(names)
	for _, n := range names {
		part(h, "f", n)
		for _, header := range f.files[n] {
			sum, err := digest(header)
			if err != nil {
				return nil, fmt.Errorf("read upload: %w", err)
			}
			part(h, "#", string(sum))
		}
	}
	return h.Sum(nil), nil
}

func digest(header *multipart.FileHeader) ([]byte, error) {
	file, err := header.Open()
	if err != nil {
		return nil, err
	}
	defer file.Close()
	h := sha256.New()
	if _, err := io.Copy(h, file); err != nil {
		return nil, err
	}
	return h.Sum(nil), nil
}

// part writes a tagged, length-prefixed text, so that no two forms give the same bytes.
func part(h hash.Hash, tag, s string) {
	var size [8]byte
	binary.BigEndian.PutUint64(size[:], uint64(len(s)))
	h.Write([]byte(tag))
	h.Write(size[:])
	h.Write([]byte(s))
}

// FileNames returns the names of the files that were sent, whatever their field.
func (f *Form) FileNames() []string {
	var names []string
	for _, hs := range f.files {
		for _, h := range hs {
			if h.Filename != "" {
				names = append(names, h.Filename)
			}
		}
	}
	slices.Sort(names)
	return names
}
