package calendar

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"fadu/internal/fault"
	"fadu/internal/law"
)

// Kind says what a notice makes of a day.
type Kind string

// The kinds, as the file spells them.
const (
	Holiday     Kind = "holiday"
	MakeupDay   Kind = "workday" // a weekend day that is worked
	maxFileSize      = 4 << 20
)

// Row is one day that a notice changes, with the notice it comes from.
type Row struct {
	Date       law.Date
	Kind       Kind
	Name       string // 春节
	Source     string // title and number of the notice
	Confidence string // how far the row was checked; free text
	Line       int    // line in the file, 0 when the row was not read from one
}

// columns of a calendar file, in order.
var columns = []string{"date", "kind", "name", "source_document", "confidence"}

// ReadRows reads a bureau's calendar file: UTF-8 CSV with the columns date, kind, name, source_document,
// confidence. Every bad line is named in the error (fault.Invalid, one field a line); rows that
// contradict each other are bad. Whether the rows fit an existing calendar is for Calendar.With to say.
func ReadRows(r io.Reader) ([]Row, error) {
	b, err := io.ReadAll(io.LimitReader(r, maxFileSize+1))
	if err != nil {
		return nil, fmt.Errorf("calendar: read file: %w", err)
	}
	if len(b) > maxFileSize {
		return nil, fault.New(fault.Invalid, "放假安排文件超过 4 MB，请确认选对了文件")
	}
	b = bytes.TrimPrefix(b, []byte("\ufeff"))
	if !utf8.Valid(b) {
		return nil, fault.New(fault.Invalid, "放假安排文件不是 UTF-8 编码，请另存为“CSV UTF-8”后再导入")
	}
	in := csv.NewReader(bytes.NewReader(b))
	in.FieldsPerRecord = -1
	head, err := in.Read()
	if err != nil || !slices.Equal(trimAll(head), columns) {
		return nil, fault.New(fault.Invalid, "放假安排文件的首行应为：%s", strings.Join(columns, ","))
	}
	var bad fault.Fields
	var rows []Row
	for {
		record, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if pe := (*csv.ParseError)(nil); errors.As(err, &pe) {
			bad.Add(lineName(pe.Line), "引号不配对或者格式不对，请检查这一行")
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("calendar: read file: %w", err)
		}
		line, _ := in.FieldPos(0)
		row, err := parseRow(trimAll(record))
		if err != nil {
			bad.Add(lineName(line), "%v", err)
			continue
		}
		row.Line = line
		rows = append(rows, row)
	}
	contradictions(rows, &bad)
	if len(rows) == 0 && len(bad) == 0 {
		return nil, fault.New(fault.Invalid, "放假安排文件里没有日期")
	}
	return rows, bad.Err()
}

func lineName(line int) string { return fmt.Sprintf("第%d行", line) }

func trimAll(fields []string) []string {
	out := make([]string, len(fields))
	for i, f := range fields {
		out[i] = strings.TrimSpace(f)
	}
	return out
}

func parseRow(fields []string) (Row, error) {
	if len(fields) != len(columns) {
		return Row{}, fmt.Errorf("应有 %d 列，实有 %d 列", len(columns), len(fields))
	}
	d, err := law.ParseDate(fields[0])
	if err != nil {
		return Row{}, err
	}
	row := Row{Date: d, Kind: Kind(fields[1]), Name: fields[2], Source: fields[3], Confidence: fields[4]}
	return row, row.check()
}

func (r Row) check() error {
	switch {
	case r.Date.IsZero():
		return errors.New("没有日期")
	case r.Kind != Holiday && r.Kind != MakeupDay:
		return fmt.Errorf("kind“%s”不对，只能写 holiday（放假）或 workday（调休上班）", r.Kind)
	case r.Name == "":
		return errors.New("没有写明是哪个节日（name）")
	case r.Source == "":
		return errors.New("没有写明来源文件及文号（source_document），没有来源的日期不能采用")
	}
	return nil
}

// contradictions adds an error for each row whose day an earlier row makes something else.
func contradictions(rows []Row, bad *fault.Fields) {
	first := map[law.Date]Row{}
	for _, r := range rows {
		f, seen := first[r.Date]
		if !seen {
			first[r.Date] = r
		} else if f.Kind != r.Kind {
			bad.Add(lineName(r.Line), "%s在第%d行写成 %s，这里写成 %s，互相矛盾", r.Date, f.Line, f.Kind, r.Kind)
		}
	}
}
