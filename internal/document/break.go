package document

import "strings"

// cell is the advance of a full-width character in the units of the breaker: lines are measured in
// thousandths of a cell, whole numbers, so that a break never hangs on a rounding error.
const cell = 1000

// maxStretch is the most by which a gap between two characters is widened to justify a line; a line
// that would need more stays ragged.
const maxStretch = cell / 2

// softCut are the characters after which a word longer than a line is preferably cut.
const softCut = "/-.,?&=_:;~"

// Metric returns the advance of a character in thousandths of a full-width cell.
type Metric func(r rune) int

// Line is one line of a broken paragraph. Advances has the advance of each rune, already stretched or
// squeezed; Width is their sum without the space behind the last rune.
type Line struct {
	Runes    []rune
	Advances []int
	Width    int
	// Forced: something unbreakable was longer than a line and was cut here, whatever the rules say.
	Forced bool
	// Last: the paragraph ends here and the line is not justified.
	Last bool
}

// chunk is a stretch of text that is not broken, with the spaces behind it, which vanish at a line's end.
type chunk struct{ from, to, next int }

// Break breaks one paragraph into lines of the given widths (thousandths of a cell): first for the first
// line, rest for the others. Line feeds count as spaces; a text of spaces gives no lines.
//
// Rules, in this order: what belongs together stays together (see glued); a closing mark that alone does
// not fit is pushed in by narrowing the line's half-empty marks to as little as half a cell (挤进); where
// that is not enough the last character goes down with its mark (推出) and the line is spread to the full
// width. Marks never hang outside the measure: they would run into the frame of a form. A stretch longer
// than a line is cut, after a softCut character if there is one.
func Break(text string, first, rest int, metric Metric) []Line {
	b := breaker{metric: metric, width: first, rest: rest}
	return b.lay(text)
}

// BreakRagged is Break without spreading the lines to the full width, for text that is centred or set
// to the right.
func BreakRagged(text string, width int, metric Metric) []Line {
	b := breaker{metric: metric, width: width, rest: width, ragged: true}
	return b.lay(text)
}

// breakFixed is BreakRagged for a device whose characters cannot be narrowed: marks are never pushed in.
func breakFixed(text string, first, rest int, metric Metric) []Line {
	b := breaker{metric: metric, width: first, rest: rest, ragged: true, fixed: true}
	return b.lay(text)
}

func (b *breaker) lay(text string) []Line {
	b.text = []rune(strings.ReplaceAll(text, "\n", " "))
	glue := glued(b.text)
	for from := 0; from < len(b.text); {
		next := from + 1
		for next < len(b.text) && glue[next] {
			next++
		}
		to := next
		for to > from && isSpace(b.text[to-1]) {
			to--
		}
		b.add(chunk{from, to, next})
		from = next
	}
	b.flush(len(b.text), false, true)
	if n := len(b.lines); n > 0 {
		b.lines[n-1].Last = true
	}
	return b.lines
}

// breaker fills a line with text[from:] of the given width; rest is the width of the lines after it.
type breaker struct {
	text        []rune
	metric      Metric
	width, rest int
	from        int
	ragged      bool
	fixed       bool
	lines       []Line
}

// measure returns the natural width of text[i:j].
func (b *breaker) measure(i, j int) int {
	w := 0
	for _, r := range b.text[i:j] {
		w += b.advance(r)
	}
	return w
}

func (b *breaker) advance(r rune) int {
	if r == wordJoiner {
		return 0
	}
	return max(b.metric(r), 0)
}

// add puts a chunk on the line, on a new line, or in pieces on several.
func (b *breaker) add(c chunk) {
	if b.fits(c) {
		return
	}
	if b.measure(c.from, c.to) <= b.rest {
		b.flush(c.from, false, false)
		if b.fits(c) {
			return
		}
	}
	b.cut(c)
}

// fits reports whether the line still has room for the chunk, at worst with its closing marks pushed in.
func (b *breaker) fits(c chunk) bool {
	over := b.measure(b.from, c.to) - b.width
	if over <= 0 {
		return true
	}
	if b.fixed {
		return false
	}
	base := c.to
	for base > c.from && strings.ContainsRune(notAtStart, b.text[base-1]) {
		base--
	}
	if base == c.to || b.measure(b.from, base) > b.width {
		return false
	}
	room := 0
	for _, r := range b.text[b.from:c.to] {
		room += give(r, b.advance(r))
	}
	return over <= room
}

// give is how much narrower a character of the given advance can be made: half-empty marks, to half.
func give(r rune, advance int) int {
	if advance >= cell && strings.ContainsRune(halfEmpty, r) {
		return advance - cell/2
	}
	return 0
}

// cut spreads a chunk that is longer than a line over several lines, beginning on the present one if
// that is not yet half full.
func (b *breaker) cut(c chunk) {
	if 2*b.measure(b.from, c.from) > b.width {
		b.flush(c.from, false, false)
	}
	for start := c.from; ; {
		end := start
		for w := b.measure(b.from, start); end < c.to; end++ {
			if w += b.advance(b.text[end]); w > b.width {
				break
			}
		}
		switch {
		case end == c.to:
			return
		case end > start:
			end = b.softer(start, end)
		case b.from < start: // nothing fits behind what is on the line
			b.flush(start, false, false)
			continue
		default: // a character wider than the line
			end = start + 1
		}
		b.flush(end, true, false)
		start = end
	}
}

// softer moves a forced cut back behind a soft character, or off a place where a mark would start or
// end a line, if one is near.
func (b *breaker) softer(start, end int) int {
	half := start + (end-start)/2
	for j := end; j > start; j-- {
		if b.text[j] == '〔' { // a document number too long for the line
			return j
		}
	}
	for j := end; j > half; j-- {
		if strings.ContainsRune(softCut, b.text[j-1]) && isWord(b.text[j]) {
			return j
		}
	}
	for j := end; j > half; j-- {
		if !strings.ContainsRune(notAtEnd, b.text[j-1]) && !strings.ContainsRune(notAtStart, b.text[j]) {
			return j
		}
	}
	return end
}

// flush ends the line before text[end]. Spaces at its end, and on all but the first at its start, vanish;
// nothing is left of a line of spaces.
func (b *breaker) flush(end int, forced, last bool) {
	from, to := b.from, end
	for to > from && isSpace(b.text[to-1]) {
		to--
	}
	for len(b.lines) > 0 && from < to && isSpace(b.text[from]) {
		from++
	}
	b.from = end
	l := Line{Forced: forced}
	for _, r := range b.text[from:to] {
		if r == wordJoiner {
			continue
		}
		l.Runes = append(l.Runes, r)
		l.Advances = append(l.Advances, b.advance(r))
		l.Width += b.advance(r)
	}
	if len(l.Runes) == 0 {
		return
	}
	l.squeeze(l.Width - b.width)
	if !last && !b.ragged {
		l.stretch(b.width - l.Width)
	}
	b.lines = append(b.lines, l)
	b.width = b.rest
}

// squeeze narrows the line's half-empty marks by over in all: the last one first, where the half is lost
// at the margin, then the others evenly.
func (l *Line) squeeze(over int) {
	if over <= 0 {
		return
	}
	n := len(l.Runes)
	over -= l.narrow(n-1, over)
	var marks []int
	for i := range n - 1 {
		if give(l.Runes[i], l.Advances[i]) > 0 {
			marks = append(marks, i)
		}
	}
	for k, i := range marks {
		left := len(marks) - k
		over -= l.narrow(i, (over+left-1)/left)
	}
}

// narrow takes up to want from character i and returns what it gave.
func (l *Line) narrow(i, want int) int {
	got := min(want, give(l.Runes[i], l.Advances[i]))
	l.Advances[i] -= got
	l.Width -= got
	return got
}

// stretch spreads room over the gaps between characters, but not inside words and doubled marks; the
// last gap takes what does not divide.
func (l *Line) stretch(room int) {
	if room <= 0 {
		return
	}
	var gaps []int
	for i := range len(l.Runes) - 1 {
		a, c := l.Runes[i], l.Runes[i+1]
		if !(isWord(a) && isWord(c)) && !(a == c && strings.ContainsRune(doubled, a)) {
			gaps = append(gaps, i)
		}
	}
	if len(gaps) == 0 || room > len(gaps)*maxStretch {
		return
	}
	for _, i := range gaps {
		l.Advances[i] += room / len(gaps)
	}
	l.Advances[gaps[len(gaps)-1]] += room % len(gaps)
	l.Width += room
}
