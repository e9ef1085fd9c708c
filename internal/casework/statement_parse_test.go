package casework

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"fadu/internal/fault"
	"fadu/internal/law"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
)

const statementHead = "缴款日期,流水号,决定书文号,金额,缴款人\n"

func TestParseStatement(t *testing.T) {
	gbk, err := simplifiedchinese.GB18030.NewEncoder().String(statementHead + "2026-03-12,A001,演城管当罚字〔2026〕第1号,50,演示·甲\n")
	if err != nil {
		t.Fatal(err)
	}
	one := func(on, ref, no, amount, payer string) []StatementLine {
		return []StatementLine{{PaidOn: law.MustDate(on), Reference: ref, DocNo: no, Amount: law.MustMoney(amount), Payer: payer}}
	}
	usual := one("2026-03-12", "A001", "演城管当罚字〔2026〕第1号", "50", "演示·甲")
	for _, c := range []struct {
		name, file string
		want       []StatementLine
		wrong      string // what the refusal says
	}{
		{"照模板的列", statementHead + "2026-03-12,A001,演城管当罚字〔2026〕第1号,50,演示·甲\n", usual, ""},
		{"GBK 编码，银行常用", gbk, usual, ""},
		{"带 BOM，列的先后不同，多一列", "\ufeff金额,缴款人,网点,流水号,缴款日期,决定书文号\n50,演示·甲,青石路支行,A001,2026-03-12,演城管当罚字〔2026〕第1号\n", usual, ""},
		{"银行的列名", "交易日期,交易流水号,文号,交易金额,付款人\n2026-03-12,A001,演城管当罚字〔2026〕第1号,50.00,演示·甲\n", usual, ""},
		{"表头上面有标题行", "演示市非税收入对账单,,,,\n" + statementHead + "2026年3月12日,A001,演城管当罚字〔2026〕第1号,50,演示·甲\n", usual, ""},
		{"千分位、全角和空格", statementHead + "2026/3/12, Ａ００１ ,演城管当罚字〔2026〕第1号,\"1,250.50\",演示·甲\n", one("2026-03-12", "A001", "演城管当罚字〔2026〕第1号", "1250.50", "演示·甲"), ""},
		{"没有文号也收，等人处理", statementHead + "2026-03-12,A001,,50,\n", one("2026-03-12", "A001", "", "50", ""), ""},
		{"空文件", "", nil, "空的"},
		{"只有表头", statementHead, nil, "没有要导入的内容"},
		{"缺一列", "缴款日期,流水号,金额,缴款人\n2026-03-12,A001,50,甲\n", nil, "“决定书文号”"},
		{"不是表格", "\x89PNG\r\n\x1a\n", nil, "不是表格"},
		{"日期读不懂", statementHead + "3月12日,A001,x,50,甲\n", nil, "第 2 行 缴款日期"},
		{"没有日期", statementHead + ",A001,x,50,甲\n", nil, "没有缴款日期"},
		{"金额是零", statementHead + "2026-03-12,A001,x,0,甲\n", nil, "不是大于 0 的金额"},
		{"金额是负数", statementHead + "2026-03-12,A001,x,-50,甲\n", nil, "不是大于 0 的金额"},
		{"三位小数", statementHead + "2026-03-12,A001,x,50.001,甲\n", nil, "第 2 行 金额"},
		{"没有流水号", statementHead + "2026-03-12,,x,50,甲\n", nil, "没有流水号"},
		{"流水号重复", statementHead + "2026-03-12,A001,x,50,甲\n2026-03-12,A001,y,60,乙\n", nil, "第 3 行 流水号：与第 2 行重复"},
		{"一行坏，整份不收", statementHead + "2026-03-12,A001,x,50,甲\n2026-03-12,A002,y,六十,乙\n", nil, "第 3 行 金额"},
	} {
		got, err := ParseStatement([]byte(c.file))
		if c.wrong != "" {
			if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), c.wrong) {
				t.Errorf("%s：应说“%s”，得到 %v", c.name, c.wrong, err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s：%v", c.name, err)
			continue
		}
		for i := range got {
			got[i].Line = 0
		}
		if fmt.Sprint(got) != fmt.Sprint(c.want) {
			t.Errorf("%s：\n%v\n应为\n%v", c.name, got, c.want)
		}
	}
}

// Excel stores days as numbers; the bank's own file must be read as it is.
func TestParseStatementFromExcel(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	day, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		t.Fatal(err)
	}
	for i, h := range StatementColumns {
		cell, _ := excelize.CoordinatesToCellName(i+1, 1)
		if err := f.SetCellValue("Sheet1", cell, h); err != nil {
			t.Fatal(err)
		}
	}
	row := []any{time.Date(2026, 3, 12, 0, 0, 0, 0, time.UTC), "20260312000000000123", "演城管当罚字〔2026〕第1号", 50.5, "演示·甲"}
	if err := f.SetSheetRow("Sheet1", "A2", &row); err != nil {
		t.Fatal(err)
	}
	if err := f.SetCellStyle("Sheet1", "A2", "A2", day); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	got, err := ParseStatement(b.Bytes())
	if err != nil || len(got) != 1 || got[0].PaidOn != law.MustDate("2026-03-12") || got[0].Reference != "20260312000000000123" || got[0].Amount != law.MustMoney("50.5") {
		t.Errorf("%+v %v", got, err)
	}
}

func TestStatementTemplateIsReadBack(t *testing.T) {
	b, err := StatementTemplate()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ParseStatement(b); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "示例行不导入") {
		t.Errorf("空模板应当读得懂、没有内容：%v", err)
	}
}

func TestNormalDocNo(t *testing.T) {
	const want = "演城管当罚字〔2026〕第186号"
	for _, s := range []string{want, "演城管当罚字〔2026〕186号", "演城管当罚字[2026]第186号", "演城管当罚字［２０２６］第１８６号", "演城管当罚字（2026）第186号", "演城管当罚字(2026)0186", "演城管当罚字【2026】186号", " 演城管当罚字 〔2026〕 第 186 号 "} {
		if got := NormalDocNo(s); got != want {
			t.Errorf("NormalDocNo(%q) = %q", s, got)
		}
	}
	for _, s := range []string{"", "186", "演城管当罚字2026第186号", "演城管当罚字〔26〕第186号", "见附言", "演城管当罚字〔2026〕第186号、第187号"} {
		if got := NormalDocNo(s); got != s {
			t.Errorf("NormalDocNo(%q) = %q，不是文号的应当不变", s, got)
		}
	}
}

// Whatever the file, the answer is lines that can be matched, or a refusal in words.
func FuzzParseStatement(f *testing.F) {
	f.Add([]byte(statementHead + "2026-03-12,A001,演城管当罚字〔2026〕第1号,50,演示·甲\n"))
	f.Add([]byte("交易日期\t交易流水号\t文号\t交易金额\n2026-03-12\tA001\tx\t50\n"))
	f.Add([]byte(statementHead + "2026-03-12,\"A\n1\",x,5e3,甲"))
	f.Fuzz(func(t *testing.T, data []byte) {
		lines, err := ParseStatement(data)
		if err != nil {
			if !fault.Is(err, fault.Invalid) {
				t.Fatalf("%v", err)
			}
			return
		}
		seen := map[string]bool{}
		for _, l := range lines {
			if l.Reference == "" || seen[l.Reference] || l.Amount <= 0 || l.PaidOn.IsZero() || l.Line < 1 {
				t.Fatalf("%+v", l)
			}
			seen[l.Reference] = true
			if n := NormalDocNo(l.DocNo); NormalDocNo(n) != n {
				t.Fatalf("%q 两次归一不同", l.DocNo)
			}
		}
	})
}
