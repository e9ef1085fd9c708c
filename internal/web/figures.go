package web

import (
	"fmt"
	"strconv"
	"strings"
)

// StatView is a figure on a card: the number leads to exactly the records that it counted. Detail tells
// what it is made of; a rate names its numerator and denominator there (see Rate).
type StatView struct {
	Label, Value, Unit, Href, Detail string
	Late                             bool
}

// ChartView is a small set of counts, by group and series. Each count may lead to its records.
type ChartView struct {
	Title, Unit string
	Series      []string
	Groups      []ChartGroup
	// NoTable leaves out the folded table below a bar chart, where the page shows its own.
	NoTable bool
}

// ChartGroup is one place on the axis; Values and Hrefs follow the series.
type ChartGroup struct {
	Label  string
	Values []int64
	Hrefs  []string
}

func (g ChartGroup) href(i int) string {
	if i < len(g.Hrefs) {
		return g.Hrefs[i]
	}
	return ""
}

func (g ChartGroup) value(i int) int64 {
	if i < len(g.Values) {
		return g.Values[i]
	}
	return 0
}

// summary is the chart in a sentence, for who does not see it.
func (v ChartView) summary() string {
	return fmt.Sprintf("%s，%d 组，单位%s。数字见图下的表", v.Title, len(v.Groups), v.Unit)
}

// Chart geometry in units of the drawing, which scales with its place.
const (
	chartWidth  = 760
	chartLeft   = 44
	chartRight  = 756
	chartTop    = 20
	chartBottom = 170
	chartHeight = 196
)

// bar is one drawn bar.
type bar struct {
	X, Y, W, H    int
	Class, Label  string
	Value, Href   string
	MidX, LabelY  int
	HitY, HitH    int
	ShowsOwnValue bool
}

type chartLine struct {
	Y     int
	Label string
}

type groupLabel struct {
	X    int
	Text string
}

// layout places bars, grid lines and labels.
type layout struct {
	Bars   []bar
	Lines  []chartLine
	Labels []groupLabel
}

func (v ChartView) layout() layout {
	top := niceCeiling(v.largest())
	var l layout
	for part := range int64(4) {
		n := top * part / 3
		l.Lines = append(l.Lines, chartLine{chartBottom - int(n*(chartBottom-chartTop)/top), grouped(n)})
	}
	if len(v.Groups) == 0 {
		return l
	}
	series := max(1, len(v.Series))
	slot := (chartRight - chartLeft) / len(v.Groups)
	width := min(28, max(4, (slot-8)/series-2))
	for g, group := range v.Groups {
		mid := chartLeft + slot*g + slot/2
		first := mid - (series*(width+2)-2)/2
		for s := range series {
			l.Bars = append(l.Bars, v.bar(group, s, first+s*(width+2), width, top))
		}
		if len(v.Groups) <= 16 || g%2 == 0 {
			l.Labels = append(l.Labels, groupLabel{mid, group.Label})
		}
	}
	return l
}

func (v ChartView) bar(g ChartGroup, s, x, width int, top int64) bar {
	n := g.value(s)
	h := int(n * (chartBottom - chartTop) / top)
	if n > 0 && h < 2 {
		h = 2 // something must be seen of what is not nothing
	}
	name := g.Label
	if s < len(v.Series) && len(v.Series) > 1 {
		name += " " + v.Series[s]
	}
	return bar{
		X: x, Y: chartBottom - h, W: width, H: h, Class: "f" + strconv.Itoa(s%4+1),
		Label: fmt.Sprintf("%s %s%s", name, grouped(n), v.Unit), Value: grouped(n), Href: g.href(s),
		MidX: x + width/2, LabelY: chartBottom - h - 5, HitY: chartTop - 16, HitH: chartBottom - chartTop + 16,
		ShowsOwnValue: width >= 9,
	}
}

func (v ChartView) largest() int64 {
	var m int64
	for _, g := range v.Groups {
		for _, n := range g.Values {
			m = max(m, n)
		}
	}
	return m
}

// niceCeiling is the top of the axis: three equal steps of a round number.
func niceCeiling(n int64) int64 {
	if n <= 3 {
		return 3
	}
	step := (n + 2) / 3
	unit := int64(1)
	for step > 10*unit {
		unit *= 10
	}
	for _, k := range []int64{1, 2, 3, 4, 5, 6, 8, 10} {
		if k*unit >= step {
			return 3 * k * unit
		}
	}
	return 3 * step
}

// share is the width in per mille of a horizontal bar.
func (v ChartView) share(n int64) string {
	top := v.largest()
	if top == 0 {
		return "0"
	}
	w := n * 1000 / top
	if n > 0 && w < 4 {
		w = 4
	}
	return strconv.FormatInt(w, 10)
}

func legendClass(i int) string {
	if i == 0 {
		return ""
	}
	return "l" + strconv.Itoa(i%4+1)
}

func viewBox(parts ...int) string {
	s := make([]string, len(parts))
	for i, p := range parts {
		s[i] = strconv.Itoa(p)
	}
	return strings.Join(s, " ")
}

func (v ChartView) seriesName(i int) string {
	if i < len(v.Series) {
		return v.Series[i]
	}
	return v.Unit
}

func axisClass(y int) string {
	if y == chartBottom {
		return "axis"
	}
	return "grid"
}
