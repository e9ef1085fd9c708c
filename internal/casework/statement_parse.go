package casework

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"fadu/internal/draft"
	"fadu/internal/fault"
	"fadu/internal/law"
)

// StatementColumns are the headings of a statement file, in any order.
var StatementColumns = []string{"缴款日期", "流水号", "决定书文号", "金额", "缴款人"}

// statementSheet says how a statement file looks. Banks name the columns in several ways.
type statementSheet struct{}

func (statementSheet) Name() string  { return "casework.statement" }
func (statementSheet) Label() string { return "非税对账单" }

func (statementSheet) Columns() []draft.Column {
	return []draft.Column{
		{Key: "paid_on", Label: StatementColumns[0], Also: []string{"缴费日期", "交易日期", "收款日期", "入账日期"}, Kind: draft.Day, Need: true, Example: "2026-03-12"},
		{Key: "reference", Label: StatementColumns[1], Also: []string{"交易流水号", "缴款流水号", "凭证号"}, Kind: draft.Code, Need: true, Max: 64, Example: "演非税00000001", Note: "照非税系统或者银行的写法，一笔一号", Width: 24},
		{Key: "doc_no", Label: StatementColumns[2], Also: []string{"文号", "处罚决定书文号", "决定书编号"}, Need: true, Max: 60, Example: "演城管当罚字〔2026〕第186号", Note: "没有写文号的留空，导入后由人工处理", Width: 30},
		{Key: "amount", Label: StatementColumns[3], Also: []string{"缴款金额", "交易金额", "收款金额"}, Kind: draft.Amount, Need: true, Example: "50"},
		{Key: "payer", Label: StatementColumns[4], Also: []string{"缴款人名称", "付款人", "付款人名称"}, Max: 60, Example: "演示·甲", Width: 18},
	}
}

// StatementTemplate returns the empty form of a statement as an .xlsx file.
func StatementTemplate() ([]byte, error) { return draft.Template(statementSheet{}, nil) }

// maxNamed bounds how many bad lines one answer names.
const maxNamed = 50

// ParseStatement reads a statement in the formats that imports take (.xlsx; .csv in UTF-8 or GB 18030).
// Every bad line is named; a file with one is refused whole, since a bank's file is not mended by hand.
func ParseStatement(data []byte) ([]StatementLine, error) {
	parsed, err := draft.Parse(data, statementSheet{})
	if err != nil {
		return nil, err
	}
	var fs fault.Fields
	bad := func(line int, column, format string, args ...any) {
		if len(fs) < maxNamed {
			fs.Add(fmt.Sprintf("第 %d 行 %s", line, column), format, args...)
		}
	}
	labels := map[string]string{}
	for _, c := range (statementSheet{}).Columns() {
		labels[c.Key] = c.Label
	}
	seen := map[string]int{}
	out := make([]StatementLine, 0, len(parsed.Rows))
	for _, r := range parsed.Rows {
		for _, p := range r.Unread {
			bad(r.Line, labels[p.Column], "%s", p.Message)
		}
		l := StatementLine{Line: int64(r.Line), Reference: r.Code("reference"), DocNo: r.Text("doc_no"), Payer: r.Text("payer")}
		if l.PaidOn, err = draft.ParseDay(r.Text("paid_on")); err != nil {
			bad(r.Line, labels["paid_on"], "%s", err.Error())
		} else if l.PaidOn.IsZero() {
			bad(r.Line, labels["paid_on"], "没有缴款日期")
		}
		if l.Amount, err = law.ParseMoney(r.Code("amount")); err != nil || l.Amount <= 0 {
			bad(r.Line, labels["amount"], "“%s”不是大于 0 的金额", clip(r.Text("amount"), 20))
		}
		first, double := seen[l.Reference]
		switch {
		case l.Reference == "":
			bad(r.Line, labels["reference"], "没有流水号")
		case len([]rune(l.Reference)) > 64:
			bad(r.Line, labels["reference"], "流水号最多 64 个字")
		case double:
			bad(r.Line, labels["reference"], "与第 %d 行重复", first)
		default:
			seen[l.Reference] = r.Line
		}
		l.DocNo, l.Payer = clip(l.DocNo, 60), clip(l.Payer, 60)
		out = append(out, l)
	}
	return out, fs.Err()
}

func clip(s string, n int) string {
	if rs := []rune(s); len(rs) > n {
		return string(rs[:n]) + "…"
	}
	return s
}

// docNoForm is a document number as people and banks write it: other brackets, no 第, padded.
var docNoForm = regexp.MustCompile(`^(\p{Han}+)[〔\[(【](\d{4})[〕\])】](?:第)?(\d{1,9})号?$`)

// NormalDocNo returns a document number as papers print it, or the text as it is when it is none.
func NormalDocNo(s string) string {
	m := docNoForm.FindStringSubmatch(draft.CodeOf(s))
	if m == nil {
		return strings.TrimSpace(s)
	}
	year, _ := strconv.ParseInt(m[2], 10, 64)
	number, _ := strconv.ParseInt(m[3], 10, 64)
	return DocNo(m[1], year, number)
}
