package interchange

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Format is what kind of file questions came in.
type Format string

// The formats besides a table.
const (
	FormatGIFT   Format = "GIFT"
	FormatAiken  Format = "Aiken"
	FormatQTI    Format = "QTI"
	FormatMoodle Format = "Moodle XML"
)

var (
	aikenLine = regexp.MustCompile(`(?m)^\s*ANSWER:\s*\S`)
	giftBlock = regexp.MustCompile(`(?s)\{.*\}`)
)

// Read reads a file of another maker, by what is in it. A table of any kind is none of them: then ok is false.
func Read(content []byte) (items []Item, f Format, ok bool, err error) {
	if f = formatOf(content); f == "" {
		return nil, "", false, nil
	}
	read := map[Format]func([]byte) ([]Item, error){FormatGIFT: GIFT, FormatAiken: Aiken, FormatQTI: QTI, FormatMoodle: Moodle}[f]
	items, err = read(content)
	return items, f, true, err
}

// formatOf tells a format by the beginning and the marks of a file; "" for a table, or for nothing that is known.
func formatOf(content []byte) Format {
	if bytes.HasPrefix(content, []byte("PK")) {
		if bytes.Contains(content, []byte("xl/workbook")) || bytes.Contains(content, []byte("xl/worksheets")) {
			return ""
		}
		return FormatQTI
	}
	s := strings.TrimSpace(strings.TrimPrefix(string(content), "\ufeff"))
	switch {
	case !utf8.ValidString(s), s == "":
		return ""
	case strings.HasPrefix(s, "<"):
		if strings.Contains(s[:min(len(s), 4000)], "<quiz") {
			return FormatMoodle
		}
		return FormatQTI
	case heading(s):
		return ""
	case aikenLine.MatchString(s):
		return FormatAiken
	case giftBlock.MatchString(s):
		return FormatGIFT
	}
	return ""
}

// heading reports a first line that is the head of a table.
func heading(s string) bool {
	line, _, _ := strings.Cut(s, "\n")
	return strings.Contains(line, "题型") && strings.Contains(line, "题干")
}
