package document

import (
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/signintech/gopdf"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// A font file of 65,000 characters costs every PDF a table of all its glyphs, most of them empty, and the time to
// compress it. The characters of GB 2312, which nearly all papers get along with, are therefore cut out once into a small font of
// their own; whatever else is written comes from the full one.

// coreOf is the face of the common characters of a full one.
func coreOf(full *face, into *gopdf.FontContainer) *face {
	return &face{name: full.name + "-Core", bold: full.bold, read: func() ([]byte, error) {
		if err := full.load(into); err != nil {
			return nil, err
		}
		return cut(full, commonRunes())
	}}
}

// commonRunes are those of ASCII and GB 2312, in order.
func commonRunes() []rune {
	var out []rune
	for r := ' '; r < 0x7f; r++ {
		out = append(out, r)
	}
	dec := simplifiedchinese.GBK.NewDecoder()
	for row := byte(0xa1); row <= 0xf7; row++ {
		for cell := byte(0xa1); cell <= 0xfe; cell++ {
			s, err := dec.Bytes([]byte{row, cell})
			if r := []rune(string(s)); err == nil && len(r) == 1 && r[0] != 0xfffd && r[0] < 0xe000 || len(r) == 1 && r[0] >= 0xf900 && r[0] < 0xfffd {
				out = append(out, r[0])
			}
		}
	}
	out = append(out, '·', '—', '…', '￥', '〔', '〕', '\u00a0')
	slices.Sort(out)
	return slices.Compact(out)
}

// cutFor cuts from each face the characters that a paper has: the tables of the rest would be most of what there is to
// compress. A face with a character beyond the basic plane, which the cut's map has no room for, is left whole.
func cutFor(used map[*face]map[rune]bool) (map[*face][]byte, error) {
	out := map[*face][]byte{}
	for f, set := range used {
		runes := slices.Sorted(maps.Keys(set))
		if len(runes) == 0 || runes[len(runes)-1] >= 0xffff {
			continue
		}
		data, err := cut(f, runes)
		if err != nil {
			return nil, err
		}
		out[f] = data
	}
	return out, nil
}

var errCut = errors.New("document: the font cannot be cut")

// cut makes a TrueType font of the given characters of a loaded face.
func cut(f *face, runes []rune) (out []byte, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %v", errCut, p)
		}
	}()
	t := f.glyphs.GetTTFParser()
	data, tables := t.FontData(), t.GetTables()
	table := func(tag string) []byte { e := tables[tag]; return data[e.Offset : e.Offset+e.Length] }
	c := cutter{loca: t.LocaTable, glyf: table("glyf"), hmtx: table("hmtx"), number: map[uint16]uint16{}}
	c.metrics = int(binary.BigEndian.Uint16(table("hhea")[34:]))
	c.take(0)
	var pairs [][2]uint16
	for _, r := range runes {
		if _, ok := f.width(r); !ok {
			continue
		}
		g, err := f.glyphs.CharCodeToGlyphIndex(r)
		if err != nil {
			return nil, err
		}
		pairs = append(pairs, [2]uint16{uint16(r), c.take(uint16(g))})
	}
	glyf, loca, hmtx := c.write()
	head, hhea, maxp, post := slices.Clone(table("head")), slices.Clone(table("hhea")), slices.Clone(table("maxp")), slices.Clone(table("post")[:32])
	binary.BigEndian.PutUint16(head[50:], 1) // long offsets
	binary.BigEndian.PutUint16(hhea[34:], uint16(len(c.order)))
	binary.BigEndian.PutUint16(maxp[4:], uint16(len(c.order)))
	binary.BigEndian.PutUint32(post, 0x00030000) // no names of glyphs
	parts := map[string][]byte{"head": head, "hhea": hhea, "maxp": maxp, "post": post, "glyf": glyf, "loca": loca, "hmtx": hmtx, "cmap": cmapTable(pairs), "name": table("name"), "OS/2": table("OS/2")}
	for _, tag := range []string{"cvt ", "fpgm", "prep"} {
		if _, ok := tables[tag]; ok {
			parts[tag] = table(tag)
		}
	}
	return assemble(parts), nil
}

// cutter collects glyphs in their new order.
type cutter struct {
	loca       []uint
	glyf, hmtx []byte
	metrics    int
	order      []uint16
	number     map[uint16]uint16 // new by old
}

// take gives a glyph, and those it is composed of, new numbers.
func (c *cutter) take(g uint16) uint16 {
	if n, ok := c.number[g]; ok {
		return n
	}
	n := uint16(len(c.order))
	c.number[g], c.order = n, append(c.order, g)
	c.components(c.bytes(g), func(at []byte) { c.take(binary.BigEndian.Uint16(at)) })
	return n
}

func (c *cutter) bytes(g uint16) []byte { return c.glyf[c.loca[g]:c.loca[g+1]] }

// components calls f with the place of each component's number in a composite glyph.
func (c *cutter) components(b []byte, f func(at []byte)) {
	if len(b) < 10 || int16(binary.BigEndian.Uint16(b)) >= 0 {
		return
	}
	for at := 10; ; {
		flags := binary.BigEndian.Uint16(b[at:])
		f(b[at+2:])
		at += 6
		if flags&1 != 0 { // words
			at += 2
		}
		switch {
		case flags&0x08 != 0: // one scale
			at += 2
		case flags&0x40 != 0: // two
			at += 4
		case flags&0x80 != 0: // a matrix
			at += 8
		}
		if flags&0x20 == 0 { // no more
			return
		}
	}
}

// write returns the tables of the glyphs in their new order.
func (c *cutter) write() (glyf, loca, hmtx []byte) {
	loca = binary.BigEndian.AppendUint32(loca, 0)
	for _, g := range c.order {
		b := slices.Clone(c.bytes(g))
		c.components(b, func(at []byte) { binary.BigEndian.PutUint16(at, c.number[binary.BigEndian.Uint16(at)]) })
		glyf = append(glyf, b...)
		for len(glyf)%4 != 0 {
			glyf = append(glyf, 0)
		}
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
		hmtx = append(append(hmtx, c.advance(g)...), c.bearing(g)...)
	}
	return glyf, loca, hmtx
}

func (c *cutter) advance(g uint16) []byte {
	i := min(int(g), c.metrics-1)
	return c.hmtx[4*i : 4*i+2]
}

func (c *cutter) bearing(g uint16) []byte {
	if int(g) < c.metrics {
		return c.hmtx[4*int(g)+2 : 4*int(g)+4]
	}
	at := 4*c.metrics + 2*(int(g)-c.metrics)
	return c.hmtx[at : at+2]
}

// cmapTable maps characters of the basic plane to glyphs (format 4), one segment for each run.
func cmapTable(pairs [][2]uint16) []byte {
	type segment struct{ from, to, delta uint16 }
	var segs []segment
	for _, p := range pairs {
		if n := len(segs); n > 0 && segs[n-1].to+1 == p[0] && segs[n-1].delta == p[1]-p[0] {
			segs[n-1].to = p[0]
			continue
		}
		segs = append(segs, segment{p[0], p[0], p[1] - p[0]})
	}
	segs = append(segs, segment{0xffff, 0xffff, 1})
	n, power, log := uint16(len(segs)), uint16(1), uint16(0)
	for power*2 <= n {
		power, log = power*2, log+1
	}
	put := binary.BigEndian.AppendUint16
	var b []byte
	for _, v := range []uint16{0, 1, 3, 1, 0, 12, 4, 16 + 8*n, 0, 2 * n, 2 * power, log, 2*n - 2*power} {
		b = put(b, v)
	}
	for _, s := range segs {
		b = put(b, s.to)
	}
	b = put(b, 0)
	for _, s := range segs {
		b = put(b, s.from)
	}
	for _, s := range segs {
		b = put(b, s.delta)
	}
	for range segs {
		b = put(b, 0)
	}
	return b
}

// assemble writes the tables as a font file.
func assemble(parts map[string][]byte) []byte {
	var tags []string
	for tag := range parts {
		tags = append(tags, tag)
	}
	slices.Sort(tags)
	power, log := 1, 0
	for power*2 <= len(tags) {
		power, log = power*2, log+1
	}
	out := binary.BigEndian.AppendUint32(nil, 0x00010000)
	for _, v := range []int{len(tags), 16 * power, log, 16 * (len(tags) - power)} {
		out = binary.BigEndian.AppendUint16(out, uint16(v))
	}
	at := len(out) + 16*len(tags)
	var body []byte
	for _, tag := range tags {
		p := parts[tag]
		padded := slices.Clone(p)
		for len(padded)%4 != 0 {
			padded = append(padded, 0)
		}
		sum := uint32(0)
		for i := 0; i < len(padded); i += 4 {
			sum += binary.BigEndian.Uint32(padded[i:])
		}
		out = append(out, tag...)
		for _, v := range []uint32{sum, uint32(at + len(body)), uint32(len(p))} {
			out = binary.BigEndian.AppendUint32(out, v)
		}
		body = append(body, padded...)
	}
	return append(out, body...)
}
