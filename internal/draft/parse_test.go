package draft

import (
	"archive/zip"
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/store"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// list is a kind without a database, for reading files.
type list struct {
	name, label string
	columns     []Column
}

func (l list) Name() string      { return l.name }
func (l list) Label() string     { return l.label }
func (l list) Columns() []Column { return l.columns }
func (l list) Permissions() (upload, publish access.Permission) {
	return access.OrgImport, access.OrgManage
}
func (l list) Check(*store.Tx, access.Session, []*Row) error          { return nil }
func (l list) Stage(*store.Tx, access.Session, BatchID, []*Row) error { return nil }
func (l list) Unstage(*store.Tx, BatchID) error                       { return nil }

var staff = list{"staff", "人员", []Column{
	{Key: "name", Label: "姓名", Need: true, Max: 10},
	{Key: "number", Label: "工号", Kind: Code, Need: true},
	{Key: "from", Label: "任职日期", Also: []string{"到岗日期"}, Kind: Day, Need: true},
	{Key: "kind", Label: "类别", Kind: Choice, Choices: []string{"执法人员", "辅助人员"}},
	{Key: "areas", Label: "区域", Kind: List},
	{Key: "age", Label: "年龄", Kind: Whole},
	{Key: "pay", Label: "金额", Kind: Amount},
}}

var cards = list{"card", "执法证", []Column{{Key: "number", Label: "证件编号", Need: true}, {Key: "to", Label: "有效期止", Kind: Day, Need: true}}}

// sheet makes an .xlsx file of cells; a func sets more.
func sheet(t testing.TB, name string, rows [][]any, more func(*excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	if err := f.SetSheetName("Sheet1", name); err != nil {
		t.Fatal(err)
	}
	for i, r := range rows {
		if err := f.SetSheetRow(name, fmt.Sprintf("A%d", i+1), &r); err != nil {
			t.Fatal(err)
		}
	}
	if more != nil {
		more(f)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func checked(t testing.TB, content []byte) Parsed {
	t.Helper()
	p, err := Parse(content, staff)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range p.Rows {
		r.checkColumns(staff.columns)
	}
	return p
}

func TestCells(t *testing.T) {
	head := []any{"姓名*", "工号", "任职日期", "类别", "区域", "年龄", "金额"}
	good := []any{"王某某", "A01", "2024-03-01", "执法人员", "甲区、乙区；丙区", "30", "12.50"}
	with := func(col int, v any) [][]any {
		r := append([]any{}, good...)
		r[col] = v
		return [][]any{head, r}
	}
	for _, c := range []struct {
		name string
		rows [][]any
		more func(*excelize.File)
		key  string
		want string // value as read
		bad  string // part of the problem, or none
	}{
		{"文字日期", with(2, "2024/3/1"), nil, "from", "2024-03-01", ""},
		{"中文日期带全角数字", with(2, "２０２４年３月１日"), nil, "from", "2024-03-01", ""},
		{"八位数字日期", with(2, "20240301"), nil, "from", "2024-03-01", ""},
		{"八位数字存成了数值", with(2, 20240301), nil, "from", "2024-03-01", ""},
		{"Excel日期单元格", with(2, time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC)), nil, "from", "2024-03-01", ""},
		{"日期序号没有格式", with(2, 45352), nil, "from", "2024-03-01", ""},
		{"不存在的日期", with(2, "2024-02-30"), nil, "from", "", "没有“2024-02-30”这一天"},
		{"两位年份不猜", with(2, "24-3-1"), nil, "from", "", "不是日期"},
		{"月份和日期写反", with(2, "2024-13-01"), nil, "from", "", "没有"},
		{"工号全角带空格", with(1, "Ａ０１ "), nil, "number", "A01", ""},
		{"工号是数字", with(1, 1001), nil, "number", "1001", ""},
		{"长数字丢了位数", with(1, 450202199001011234), nil, "number", "", "超过 15 位"},
		{"工号被当成日期", with(1, time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC)), nil, "number", "", "当成了日期"},
		{"公式", with(1, "A01"), func(f *excelize.File) { _ = f.SetCellFormula("人员", "B2", `"A"&"01"`) }, "number", "", "公式"},
		{"错误值", with(1, "x"), func(f *excelize.File) {
			_ = f.SetCellValue("人员", "B2", nil)
			_ = f.SetCellFormula("人员", "B2", "1/0")
		}, "number", "", "公式"},
		{"必填空着", with(0, " "), nil, "name", "", "必填"},
		{"太长", with(0, "一二三四五六七八九十一"), nil, "name", "", "最多 10 个字"},
		{"类别不在列表里", with(3, "协警"), nil, "kind", "", "只能填"},
		{"年龄不是整数", with(5, "三十"), nil, "age", "", "整数"},
		{"金额三位小数", with(6, "1.005"), nil, "pay", "", "金额"},
		{"姓名里的零宽字符去掉", with(0, "王\u200b某某\ufeff"), nil, "name", "王某某", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := checked(t, sheet(t, "人员", c.rows, c.more))
			if len(p.Rows) != 1 {
				t.Fatalf("%d rows", len(p.Rows))
			}
			r := p.Rows[0]
			got := r.Text(c.key)
			switch {
			case c.bad != "":
				if !r.Wrong(c.key) || !strings.Contains(fmt.Sprint(r.Problems), c.bad) {
					t.Fatalf("problems %v, want %q", r.Problems, c.bad)
				}
				return
			case c.key == "from":
				got = r.Date("from").String()
			case c.key == "number":
				got = r.Code("number")
			}
			if got != c.want || !r.OK() {
				t.Fatalf("%q %v, want %q", got, r.Problems, c.want)
			}
		})
	}
	if got := checked(t, sheet(t, "人员", [][]any{head, good}, nil)).Rows[0].List("areas"); len(got) != 3 || got[2] != "丙区" {
		t.Fatalf("list %q", got)
	}
}

func TestFiles(t *testing.T) {
	head := []any{"姓名", "工号", "任职日期"}
	row := []any{"王某某", "A01", "2024-03-01"}
	csv := "姓名,工号,任职日期\n王某某,A01,2024-03-01\n"
	gbk, err := simplifiedchinese.GB18030.NewEncoder().String(csv)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name    string
		content []byte
		line    int
		note    string
	}{
		{"xlsx", sheet(t, "人员", [][]any{head, row}, nil), 2, ""},
		{"表头上面有标题", sheet(t, "人员", [][]any{{"演示局人员花名册"}, {}, head, {}, row}, nil), 5, ""},
		{"列的先后不同，有不认识的列", sheet(t, "人员", [][]any{{"序号", "任职日期", "工号", "姓名"}, {1, "2024-03-01", "A01", "王某某"}}, nil), 2, "“序号”"},
		{"示例行不导入", sheet(t, "人员", [][]any{head, {"示例·李某", "A00", "2024-01-01"}, row}, nil), 3, "略过示例行 1 行"},
		{"表头带星号和说明", sheet(t, "随便什么名", [][]any{{"姓名 *", "工 号（必填）", "到岗日期:"}, row}, nil), 2, ""},
		{"在第二张表里", sheet(t, "说明", [][]any{{"请看第二张"}}, func(f *excelize.File) {
			_, _ = f.NewSheet("人员")
			_ = f.SetSheetRow("人员", "A1", &head)
			_ = f.SetSheetRow("人员", "A2", &row)
		}), 2, ""},
		{"合并单元格有提示", sheet(t, "人员", [][]any{head, row}, func(f *excelize.File) { _ = f.MergeCell("人员", "E1", "F1") }), 2, "合并单元格"},
		{"UTF-8的CSV", []byte(csv), 2, ""},
		{"带BOM的CSV", []byte("\xef\xbb\xbf" + csv), 2, ""},
		{"GBK的CSV", []byte(gbk), 2, ""},
		{"制表符分隔", []byte(strings.ReplaceAll(csv, ",", "\t")), 2, ""},
		{"Windows换行和空行", []byte(strings.ReplaceAll(csv, "\n", "\r\n\r\n")), 3, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := checked(t, c.content)
			if len(p.Rows) != 1 || !p.Rows[0].OK() || p.Rows[0].Text("name") != "王某某" || p.Rows[0].Line != c.line {
				t.Fatalf("%+v", p.Rows)
			}
			if notes := strings.Join(p.Notes, " "); !strings.Contains(notes, c.note) || c.note == "" && notes != "" {
				t.Fatalf("notes %q", notes)
			}
		})
	}
}

func TestRefusedFiles(t *testing.T) {
	head := []any{"姓名", "工号", "任职日期"}
	many := [][]any{head}
	var long strings.Builder
	long.WriteString("姓名,工号,任职日期\n")
	for i := range MaxRows + 1 {
		many = append(many, []any{"王某某", i, "2024-03-01"})
		fmt.Fprintf(&long, "王某某,%d,2024-03-01\n", i)
	}
	for _, c := range []struct {
		name    string
		content []byte
		want    string
	}{
		{"空文件", nil, "空的"},
		{"旧版xls", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "旧版"},
		{"PDF", []byte("%PDF-1.7"), "PDF"},
		{"乱码", []byte{0xff, 0xfe, 1, 2}, "UTF-16"},
		{"二进制", []byte("abc\x00\x01,x\n"), "不是表格"},
		{"坏的压缩包", []byte("PK\x03\x04garbage"), "打不开"},
		{"压缩包不是Excel", zipped(t, "a.txt", []byte("x")), "打不开"},
		{"没有表头", sheet(t, "人员", [][]any{{"王某某", "A01"}}, nil), "没有找到“人员”的表头"},
		{"缺列", sheet(t, "人员", [][]any{{"姓名", "工号"}, {"王某某", "A01"}}, nil), "缺少“任职日期”"},
		{"重复的列", sheet(t, "人员", [][]any{{"姓名", "工号", "任职日期", "姓名"}, {"王某某", "A01", "2024-03-01", ""}}, nil), "出现了两次"},
		{"只有表头", sheet(t, "人员", [][]any{head}, nil), "没有要导入的内容"},
		{"传成了别的模板", sheet(t, "执法证", [][]any{{"证件编号", "有效期止"}, {"1", "2024-03-01"}}, nil), "像是“执法证”"},
		{"行数太多的xlsx", sheet(t, "人员", many, nil), "超过 5000 行"},
		{"行数太多的CSV", []byte(long.String()), "超过 5000 行"},
		{"十兆的CSV", bytes.Repeat([]byte("王某某,1,2024-03-01\n"), 10<<20/24), "超过 5 MB"},
		{"解压炸弹", bomb(t), "解开后太大"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Parse(c.content, staff, cards)
			if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("%v, want %q", err, c.want)
			}
		})
	}
}

func zipped(t testing.TB, name string, content []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// bomb is an .xlsx file of a few hundred kilobytes whose sheet unpacks to 200 MB.
func bomb(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	put := func(name, head, body string, times int, tail string) {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range []string{head, strings.Repeat(body, times), tail} {
			if _, err := w.Write([]byte(s)); err != nil {
				t.Fatal(err)
			}
		}
	}
	put("xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>`, "", 0, "")
	put("xl/workbook.xml", `<workbook><sheets><sheet name="人员" sheetId="1" r:id="r1"/></sheets></workbook>`, "", 0, "")
	put("xl/worksheets/sheet1.xml", "<worksheet><sheetData>", `<row><c t="inlineStr"><is><t> </t></is></c></row>`, 200<<20/48, "</sheetData></worksheet>")
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestTemplateIsReadBack(t *testing.T) {
	columns := append([]Column{}, staff.columns...)
	for i := range columns {
		columns[i].Example = "例" + columns[i].Label
	}
	k := list{"staff", "人员", columns}
	content, err := Template(k, map[string][]string{"areas": {"甲区", "乙区"}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Parse(content, k); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "示例行不导入") {
		t.Fatalf("the template's example was taken for a row: %v", err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	if err := f.SetSheetRow("人员", "A3", &[]any{"王某某", "0012", "2024-03-01"}); err != nil {
		t.Fatal(err)
	}
	rules, err := f.GetDataValidations("人员")
	if err != nil || len(rules) != len(columns) {
		t.Fatalf("%d validations, %v", len(rules), err)
	}
	comments, err := f.GetComments("人员")
	if err != nil || len(comments) != len(columns) {
		t.Fatalf("%d notes, %v", len(comments), err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	p, err := Parse(b.Bytes(), k)
	if err != nil || len(p.Rows) != 1 || p.Rows[0].Code("number") != "0012" {
		t.Fatalf("%+v %v", p, err)
	}
}

func TestSerialDays(t *testing.T) {
	for _, c := range []struct {
		f     float64
		mac   bool
		want  string
		valid bool
	}{
		{1, false, "1900-01-01", true},
		{59, false, "1900-02-28", true},
		{61, false, "1900-03-01", true},
		{45352.75, false, "2024-03-01", true},
		{0, true, "", false},
		{43890, true, "2024-03-01", true},
		{-1, false, "", false},
		{1e9, false, "", false},
	} {
		d, ok := serialDay(c.f, c.mac)
		if ok != c.valid || d.String() != c.want {
			t.Errorf("%v %v: %s %v", c.f, c.mac, d, ok)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("姓名,工号,任职日期\n王某某,A01,2024-03-01\n"))
	f.Add(sheet(f, "人员", [][]any{{"姓名", "工号", "任职日期"}, {"王某某", 1, 45352}}, nil))
	f.Add([]byte("\"姓名\n,,;\t"))
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := Parse(b, staff, cards)
		if err != nil {
			if !fault.Is(err, fault.Invalid) {
				t.Fatalf("not in words for the sender: %v", err)
			}
			return
		}
		if len(p.Rows) == 0 || len(p.Rows) > MaxRows {
			t.Fatalf("%d rows", len(p.Rows))
		}
		var long []*Row
		if _, err := parseLong(b, staff, []Kind{cards}, func(part []*Row) error { long = append(long, part...); return nil }); err != nil {
			t.Fatalf("read at once, not piece by piece: %v", err)
		}
		if !reflect.DeepEqual(long, p.Rows) {
			t.Fatalf("piece by piece %d rows, at once %d", len(long), len(p.Rows))
		}
		for _, r := range p.Rows {
			r.checkColumns(staff.columns)
		}
	})
}

// FuzzSheet feeds the reader of one sheet with XML that no program wrote.
func FuzzSheet(f *testing.F) {
	f.Add([]byte(`<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><f>1</f><v>2</v></c></row></sheetData></worksheet>`))
	f.Add([]byte(`<row r="-3"><c r="ZZZZZZ1"><is><t>x</t></is></c>`))
	f.Fuzz(func(t *testing.T, b []byte) {
		var file bytes.Buffer
		z := zip.NewWriter(&file)
		for name, content := range map[string]string{
			"xl/_rels/workbook.xml.rels": `<R><Relationship Id="r1" Target="worksheets/sheet1.xml"/></R>`,
			"xl/workbook.xml":            `<workbook><sheet name="人员" r:id="r1"/></workbook>`,
			"xl/worksheets/sheet1.xml":   string(b),
		} {
			w, _ := z.Create(name)
			_, _ = w.Write([]byte(content))
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := Parse(file.Bytes(), staff); err != nil && !fault.Is(err, fault.Invalid) {
			t.Fatal(err)
		}
	})
}
