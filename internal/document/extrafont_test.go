package document

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"sort"
	"testing"
)

// extraFont writes a folder with a TTF that has one character, drawn as a hollow square: what a bureau
// puts into the folder for the name of a person that Noto Serif SC cannot print.
func extraFont(t *testing.T, r rune) string {
	t.Helper()
	square := words(2, 60, -100, 940, 800, 3, 7) // contours, box, end points of each
	square = append(square, words(0)...)         // no instructions
	square = append(square, bytes.Repeat([]byte{1}, 8)...)
	square = append(square, words(60, 0, 880, 0, -800, 0, 720, 0)...)    // x, outer then inner
	square = append(square, words(-100, 900, 0, -900, 80, 740, 0, 0)...) // y; the last two close the inner
	for len(square)%4 != 0 {
		square = append(square, 0)
	}
	tables := map[string][]byte{
		"head": words(1, 0, 1, 0, 0, 0, 0x5f0f, 0x3cf5, 0, 1000, 0, 0, 0, 0, 0, 0, 0, 0, 0, -100, 1000, 900, 0, 8, 2, 1, 0),
		"hhea": words(1, 0, 880, -120, 0, 1000, 0, 0, 1000, 1, 0, 0, 0, 0, 0, 0, 0, 2),
		"maxp": words(1, 0, 2, 8, 2, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0),
		"hmtx": words(1000, 0, 1000, 60),
		"loca": words(0, 0, 0, 0, 0, len(square)),
		"glyf": square,
		"post": words(3, 0, 0, 0, -100, 50, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
		"name": append(words(0, 1, 18, 3, 1, 0x409, 6, 5, 0), "Extra"...),
		"OS/2": make([]byte, 78),
		"cmap": cmapOf(r),
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "补字.ttf"), sfntFile(tables), 0o644); err != nil {
		t.Fatal(err)
	}
	return dir
}

// cmapOf maps one character to glyph 1, by a format 4 table without and a format 12 table with it.
func cmapOf(r rune) []byte {
	b := words(0, 2, 3, 1, 0, 20, 3, 10, 0, 44)
	b = append(b, words(4, 24, 0, 2, 2, 0, 0, 0xffff, 0, 0xffff, 1, 0)...)
	return append(b, words(12, 0, 0, 28, 0, 0, 0, 1, int(r>>16), int(r&0xffff), int(r>>16), int(r&0xffff), 0, 1)...)
}

func words(vs ...int) []byte {
	var b []byte
	for _, v := range vs {
		b = binary.BigEndian.AppendUint16(b, uint16(v))
	}
	return b
}

func sfntFile(tables map[string][]byte) []byte {
	var tags []string
	for tag := range tables {
		tags = append(tags, tag)
	}
	sort.Strings(tags)
	head := append(words(1, 0, len(tags)), 0, 0, 0, 0, 0, 0)
	var body []byte
	for _, tag := range tags {
		for len(body)%4 != 0 {
			body = append(body, 0)
		}
		head = append(head, tag...)
		head = binary.BigEndian.AppendUint32(head, 0)
		head = binary.BigEndian.AppendUint32(head, uint32(12+16*len(tags)+len(body)))
		head = binary.BigEndian.AppendUint32(head, uint32(len(tables[tag])))
		body = append(body, tables[tag]...)
	}
	return append(head, append(body, 0, 0, 0, 0)...)
}
