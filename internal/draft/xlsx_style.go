package draft

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// readStyles notes which cell styles show a number as a date.
func (b *book) readStyles() error {
	if b.parts["xl/styles.xml"] == nil {
		return nil
	}
	custom := map[int]bool{}
	inCells := false
	return b.walk("xl/styles.xml", func(e xml.StartElement, _ *xml.Decoder) error {
		switch e.Name.Local {
		case "numFmt":
			if id, err := strconv.Atoi(attr(e, "numFmtId")); err == nil {
				custom[id] = datePattern(attr(e, "formatCode"))
			}
		case "cellStyleXfs", "cellStyles", "dxfs":
			inCells = false
		case "cellXfs":
			inCells = true
		case "xf":
			if inCells {
				id, _ := strconv.Atoi(attr(e, "numFmtId"))
				dated, known := custom[id]
				b.dated = append(b.dated, dated || !known && builtinDate(id))
			}
		}
		return nil
	})
}

// builtinDate knows the numbers of the date formats of ECMA-376, with those of Chinese Excel (27–36 and
// 50–58). Formats of pure time (18–21, 45–47) are none.
func builtinDate(id int) bool {
	return id >= 14 && id <= 17 || id == 22 || id >= 27 && id <= 31 || id == 36 || id >= 50 && id <= 54 || id == 57 || id == 58
}

// datePattern reports whether a format code shows year, month or day, outside quotes and brackets.
func datePattern(code string) bool {
	var plain strings.Builder
	quoted, bracket, escaped := false, false, false
	for _, r := range strings.ToLower(code) {
		switch {
		case escaped:
			escaped = false
		case r == '\\' || r == '_' || r == '*':
			escaped = true
		case r == '"':
			quoted = !quoted
		case quoted:
		case r == '[':
			bracket = true
		case r == ']':
			bracket = false
		case !bracket:
			plain.WriteRune(r)
		}
	}
	return strings.ContainsAny(plain.String(), "yd")
}
