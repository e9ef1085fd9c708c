package draft

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

const (
	guideSheet   = "填写说明"
	optionsSheet = "可选值"
	// maxListed bounds the values offered for one column.
	maxListed = 500
)

// Template returns the empty form of a list as an .xlsx file: headings with notes, lists to choose from,
// one example row that is not imported, and a sheet that explains each column. choices are values that
// depend on the bureau, by column key.
func Template(kind Sheet, choices map[string][]string) (content []byte, err error) {
	f := excelize.NewFile()
	defer func() {
		if e := f.Close(); err == nil {
			err = e
		}
	}()
	t := template{kind: kind, f: f, sheet: kind.Label(), columns: kind.Columns(), choices: choices}
	for _, step := range []func() error{t.open, t.cells, t.head, t.lists, t.guide} {
		if err := step(); err != nil {
			return nil, fmt.Errorf("draft: template of %s: %w", kind.Name(), err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		return nil, fmt.Errorf("draft: template of %s: %w", kind.Name(), err)
	}
	return b.Bytes(), nil
}

type template struct {
	kind    Sheet
	f       *excelize.File
	sheet   string
	columns []Column
	choices map[string][]string
}

func (t *template) open() error {
	if err := t.f.SetSheetName("Sheet1", t.sheet); err != nil {
		return err
	}
	if err := t.f.SetPanes(t.sheet, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	_, err := t.f.NewSheet(guideSheet)
	return err
}

func (t *template) style(s excelize.Style) (int, error) {
	s.Alignment = &excelize.Alignment{Vertical: "center", WrapText: true}
	return t.f.NewStyle(&s)
}

// head writes the headings; needed ones carry a star. The note of a column shows when the pointer is on
// its heading and when one of its cells is chosen.
func (t *template) head() error {
	needed, err := t.style(excelize.Style{Font: &excelize.Font{Bold: true, Color: "FFFFFF"}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"1F4E8C"}}})
	if err != nil {
		return err
	}
	optional, err := t.style(excelize.Style{Font: &excelize.Font{Bold: true, Color: "1F2A37"}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"DCE6F2"}}})
	if err != nil {
		return err
	}
	for i, c := range t.columns {
		at, style, label := cellName(i, 1), optional, c.Label
		if c.Need {
			style, label = needed, c.Label+"*"
		}
		if err := t.f.SetCellStr(t.sheet, at, label); err != nil {
			return err
		}
		if err := t.f.SetCellStyle(t.sheet, at, at, style); err != nil {
			return err
		}
		note := excelize.Comment{Cell: at, Author: "法度", Paragraph: []excelize.RichTextRun{{Text: c.guide()}}, Width: 240, Height: 110}
		if err := t.f.AddComment(t.sheet, note); err != nil {
			return err
		}
	}
	return t.f.SetRowHeight(t.sheet, 1, 24)
}

// cells gives every column the text format, so that Excel keeps leading zeros and long numbers and turns
// nothing into a date, and writes the example row.
func (t *template) cells() error {
	plain, err := t.style(excelize.Style{NumFmt: 49})
	if err != nil {
		return err
	}
	example, err := t.style(excelize.Style{NumFmt: 49, Font: &excelize.Font{Italic: true, Color: "7A8594"}})
	if err != nil {
		return err
	}
	for i, c := range t.columns {
		col, _ := excelize.ColumnNumberToName(i + 1)
		width := c.Width
		if width == 0 {
			width = 14
		}
		if err := t.f.SetColWidth(t.sheet, col, col, width); err != nil {
			return err
		}
		if err := t.f.SetColStyle(t.sheet, col, plain); err != nil {
			return err
		}
		v := c.Example
		if i == 0 {
			v = exampleMark + "·" + v
		}
		at := cellName(i, 2)
		if err := t.f.SetCellStr(t.sheet, at, v); err != nil {
			return err
		}
		if err := t.f.SetCellStyle(t.sheet, at, at, example); err != nil {
			return err
		}
	}
	return nil
}

// lists offers values to choose from. They stand on a sheet of their own, since a list written into the
// cell's rule may have 255 characters only.
func (t *template) lists() error {
	used := 0
	for i, c := range t.columns {
		values := c.Choices
		if len(t.choices[c.Key]) > 0 {
			values = t.choices[c.Key][:min(maxListed, len(t.choices[c.Key]))]
		}
		dv := excelize.NewDataValidation(true)
		dv.SetSqref(cellName(i, 3) + ":" + cellName(i, rowsOf(t.kind)+2))
		dv.SetInput(c.Label, clip(c.guide(), 240))
		if len(values) > 0 {
			if used == 0 {
				if _, err := t.f.NewSheet(optionsSheet); err != nil {
					return err
				}
			}
			col, _ := excelize.ColumnNumberToName(used + 1)
			if err := t.options(col, c.Label, values); err != nil {
				return err
			}
			used++
			dv.SetSqrefDropList(fmt.Sprintf("'%s'!$%s$2:$%s$%d", optionsSheet, col, col, len(values)+1))
			if c.Kind == Choice {
				dv.SetError(excelize.DataValidationErrorStyleStop, c.Label, "请从列表中选一个")
			} else {
				dv.ShowErrorMessage = false
			}
		}
		if err := t.f.AddDataValidation(t.sheet, dv); err != nil {
			return err
		}
	}
	return nil
}

func (t *template) options(col, label string, values []string) error {
	for i, v := range append([]string{label}, values...) {
		if err := t.f.SetCellStr(optionsSheet, fmt.Sprintf("%s%d", col, i+1), v); err != nil {
			return err
		}
	}
	return t.f.SetColWidth(optionsSheet, col, col, 28)
}

// guide writes the sheet that explains the columns.
func (t *template) guide() error {
	lines := [][]any{{"列", "是否必填", "怎么填", "例子"}}
	for _, c := range t.columns {
		need := "选填"
		if c.Need {
			need = "必填"
		}
		lines = append(lines, []any{c.Label, need, c.how(), c.Example})
	}
	lines = append(lines, []any{}, []any{"一行一条，从第 3 行填起；第 2 行是示例，以“" + exampleMark + "”开头的行不导入。表头不要改动，列的先后可以调整。"},
		[]any{fmt.Sprintf("一个文件最多 %d 行、%d MB。公式请粘贴为数值，合并单元格请取消。", rowsOf(t.kind), fileSizeOf(t.kind)>>20)})
	for i, l := range lines {
		if err := t.f.SetSheetRow(guideSheet, fmt.Sprintf("A%d", i+1), &l); err != nil {
			return err
		}
	}
	for col, width := range map[string]float64{"A": 18, "B": 10, "C": 60, "D": 28} {
		if err := t.f.SetColWidth(guideSheet, col, col, width); err != nil {
			return err
		}
	}
	bold, err := t.style(excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	return t.f.SetCellStyle(guideSheet, "A1", "D1", bold)
}

// guide is the note of a column with whether it is needed.
func (c Column) guide() string {
	need := "选填。"
	if c.Need {
		need = "必填。"
	}
	return need + c.how()
}

// how says how to fill the column in.
func (c Column) how() string {
	var parts []string
	if c.Note != "" {
		parts = append(parts, c.Note)
	}
	switch c.Kind {
	case Day:
		parts = append(parts, "日期，如 2026-03-02")
	case Choice:
		parts = append(parts, "只能填："+strings.Join(c.Choices, "、"))
	case List:
		parts = append(parts, "多项用顿号隔开")
	case Whole:
		parts = append(parts, "整数")
	case Amount:
		parts = append(parts, "金额，单位元")
	}
	if len(parts) == 0 {
		return "按实际填写"
	}
	return strings.Join(parts, "。")
}

func cellName(col, row int) string {
	s, _ := excelize.CoordinatesToCellName(col+1, row)
	return s
}
