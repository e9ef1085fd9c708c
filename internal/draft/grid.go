package draft

import (
	"bytes"
	"cmp"
	"fmt"

	"fadu/internal/fault"
)

// What a file may hold. A bureau's whole staff is some 2,000 rows; larger lists come in several files.
const (
	MaxFile = 5 << 20
	MaxRows = 5000

	maxColumns = 100
	maxCell    = 4000
	// maxUnpacked bounds what is unpacked of an .xlsx file, whatever its headers claim.
	maxUnpacked = 32 << 20
)

// cell is one cell as it stands in the file.
type cell struct {
	text string
	// trouble says why the text cannot be trusted, or "".
	trouble string
	// date is set when the file itself says that the cell is a date; text is then YYYY-MM-DD.
	date bool
	// number is set when the file stores a number.
	number bool
}

type gridRow struct {
	line  int
	cells []cell
}

// grid is one sheet: the rows that hold anything.
type grid struct {
	name   string
	hidden bool
	// since04 says that days are counted from 1904 on.
	since04 bool
	rows    []gridRow
	// merged counts ranges of merged cells, in which only the first cell has a value.
	merged int
	// limit is how many rows there may be, 0 for MaxRows; sink takes them instead of rows.
	limit int
	sink  func(gridRow) error
	count int
}

func (r gridRow) blank() bool {
	for _, c := range r.cells {
		if c.text != "" || c.trouble != "" {
			return false
		}
	}
	return true
}

// add appends a row that holds anything; too many rows are an error.
func (g *grid) add(r gridRow) error {
	if r.blank() {
		return nil
	}
	if g.count++; g.count > cmp.Or(g.limit, MaxRows)+maxHeaderRow+1 {
		return errTooMany(cmp.Or(g.limit, MaxRows))
	}
	if g.sink != nil {
		return g.sink(r)
	}
	g.rows = append(g.rows, r)
	return nil
}

func errTooMany(limit int) error {
	return fault.New(fault.Invalid, "表里超过 %d 行，请分成几个文件导入", limit)
}

func errFile(format string, args ...any) error {
	return fault.New(fault.Invalid, "%s", fmt.Sprintf(format, args...))
}

// readFile reads the sheets of an .xlsx or .csv file by its content, not by its name.
func readFile(content []byte) ([]grid, error) {
	if workbook, err := recognise(content, MaxFile); err != nil || workbook {
		if err != nil {
			return nil, err
		}
		return readXLSX(content)
	}
	g, err := readCSV(content)
	if err != nil {
		return nil, err
	}
	return []grid{g}, nil
}

// recognise tells a workbook from text by how the content begins; what is neither is an error.
func recognise(content []byte, most int) (workbook bool, err error) {
	switch {
	case len(content) == 0:
		return false, errFile("文件是空的")
	case len(content) > most:
		return false, errFile("文件超过 %d MB，请分成几个文件，或者去掉其中的图片", most>>20)
	case bytes.HasPrefix(content, []byte("PK\x03\x04")):
		return true, nil
	case bytes.HasPrefix(content, []byte("\xd0\xcf\x11\xe0")):
		return false, errFile("这是旧版 .xls 文件，或者加了密码。请在 Excel 或 WPS 里去掉密码，另存为 .xlsx 后再传")
	case bytes.HasPrefix(content, []byte("%PDF")), bytes.HasPrefix(content, []byte("\x89PNG")), bytes.HasPrefix(content, []byte("\xff\xd8\xff")):
		return false, errFile("这是图片或 PDF，不是表格。请传 .xlsx 或 .csv 文件")
	}
	return false, nil
}
