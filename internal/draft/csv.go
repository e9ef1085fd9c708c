package draft

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"errors"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// readCSV reads comma-, semicolon- or tab-separated text in UTF-8 or, as Excel writes it in China, in
// GB 18030.
func readCSV(content []byte) (grid, error) {
	g := grid{name: csvName}
	return g, g.csv(content)
}

// csvName stands for the name of the sheet that a text file does not have.
const csvName = "CSV"

// csv reads the records of a text file into g.
func (g *grid) csv(content []byte) error {
	text, err := Decoded(content)
	if err != nil {
		return err
	}
	if bytes.Count(text, []byte(string(separator(text)))) > (cmp.Or(g.limit, MaxRows)+maxHeaderRow)*maxColumns { // a record is held whole
		return errFile("表里的分隔符太多，无法读取。请用 Excel 另存为 .xlsx 后再传")
	}
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma = separator(text)
	r.FieldsPerRecord = -1
	r.ReuseRecord = true
	r.LazyQuotes = true
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		var bad *csv.ParseError
		if errors.As(err, &bad) {
			return errFile("第 %d 行的引号没有配对，请用 Excel 另存为 .xlsx 后再传", bad.Line)
		}
		if err != nil {
			return err
		}
		line, _ := r.FieldPos(0)
		row := gridRow{line: line}
		for i, v := range record {
			if i == maxColumns {
				break
			}
			row.cells = append(row.cells, textCell(v))
		}
		if err := g.add(row); err != nil {
			return err
		}
	}
}

func textCell(v string) cell {
	if utf8.RuneCountInString(v) > maxCell {
		return cell{text: clip(clean(v), 40), trouble: "这一格的字太多，无法读取"}
	}
	return cell{text: clean(v)}
}

// Decoded is a text file's content as UTF-8, from UTF-8 or GB18030.
func Decoded(content []byte) ([]byte, error) {
	text := bytes.TrimPrefix(content, []byte("\xef\xbb\xbf"))
	if bytes.HasPrefix(text, []byte("\xff\xfe")) || bytes.HasPrefix(text, []byte("\xfe\xff")) {
		return nil, errFile("这是 UTF-16 文本，请另存为 UTF-8 的文本（表格也可以另存为 .xlsx）后再传")
	}
	if !utf8.Valid(text) {
		out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(text)
		if err != nil || bytes.ContainsRune(out, utf8.RuneError) {
			return nil, errFile("读不出文字：既不是 UTF-8 也不是 GBK。请另存为 UTF-8 的文本（表格可以传 .xlsx）")
		}
		text = out
	}
	if bytes.IndexByte(text, 0) >= 0 {
		return nil, errFile("这不是表格，也不是文本。请传导入页上写明的文件")
	}
	return text, nil
}

// separator is the sign that the first line uses most.
func separator(text []byte) rune {
	first, _, _ := bytes.Cut(text, []byte("\n"))
	best, most := ',', bytes.Count(first, []byte(","))
	for _, r := range []rune{'\t', ';'} {
		if n := bytes.Count(first, []byte(string(r))); n > most {
			best, most = r, n
		}
	}
	return best
}
