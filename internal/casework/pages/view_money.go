package pages

import (
	"strconv"

	"github.com/a-h/templ"

	"fadu/internal/law"
	"fadu/internal/web"
)

// The places of money.
const (
	NavMoney      = "/w/money"
	NavReceipts   = "/w/money/receipts"
	NavStatements = "/w/money/statements"
)

// MoneyView is one view of the money. No view is ordered by amount.
type MoneyView struct {
	Tabs    []web.TabView
	Tab     string
	Note    string
	Cites   law.Citations
	Notices []NoteView
	Form    *web.Form
	// Dated: the view can be narrowed by the day of payment.
	Dated   bool
	Units   []web.Option
	Keep    map[string]string
	Chips   []web.Link
	Summary string
	Rows    []MoneyRow
	Pager   web.PagerView
	Empty   web.EmptyView
	// Batch registers the marked rows together; nil in views that have no such act.
	Batch *BatchView
	// ReceiptsHref is empty for who may not.
	ReceiptsHref string
}

// BatchView registers the chosen payments on one day.
type BatchView struct {
	Action, Label, Submit, Hint string
	Today                       string
	Form                        *web.Form
	Refusal                     *web.RefusalView
}

// MoneyRow is a line of a view; what a view does not need is empty.
type MoneyRow struct {
	Title, Href, Party string
	Unit               string
	// Fine is what was decided, Paid what came in, Rest what is open; Amount the payment itself.
	Fine, Paid, Rest, Amount string
	Due                      web.DueView
	PaidOn                   law.Date
	Channel, Reference       string
	State                    web.TagView
	Officer                  string
	Note                     string
	// Pick is the value of the row's check box.
	Pick string
	// Act leads to what can be done.
	Act web.Link
}

func (v MoneyView) cols() []web.Col[MoneyRow] {
	title := web.Col[MoneyRow]{Label: "决定书", Cell: func(r MoneyRow) templ.Component { return moneyTitle(r) }}
	unit := web.Col[MoneyRow]{Label: "单位", NoLabel: true, Cell: func(r MoneyRow) templ.Component { return web.Small(r.Unit, r.Officer) }}
	act := web.Col[MoneyRow]{Label: "办理", NoLabel: true, Cell: func(r MoneyRow) templ.Component { return moneyAct(r) }}
	num := func(label string, text func(MoneyRow) string) web.Col[MoneyRow] {
		return web.Col[MoneyRow]{Label: label, Num: true, Cell: func(r MoneyRow) templ.Component { return web.T("%s", text(r)) }}
	}
	due := func(label string) web.Col[MoneyRow] {
		return web.Col[MoneyRow]{Label: label, Cell: func(r MoneyRow) templ.Component { return web.Due(r.Due) }}
	}
	paidOn := web.Col[MoneyRow]{Label: "日期", NoWrap: true, Cell: func(r MoneyRow) templ.Component { return web.T("%s", r.PaidOn.String()) }}
	reference := web.Col[MoneyRow]{Label: "凭据", Wide: true, NoLabel: true, Cell: func(r MoneyRow) templ.Component { return web.Small(r.Channel, r.Reference) }}
	switch v.Tab {
	case "due":
		return []web.Col[MoneyRow]{title, unit, num("罚款", func(r MoneyRow) string { return r.Fine }), num("已缴", func(r MoneyRow) string { return r.Paid }), num("待缴", func(r MoneyRow) string { return r.Rest }), due("缴款期限"), act}
	case "refund":
		return []web.Col[MoneyRow]{title, unit, num("已缴", func(r MoneyRow) string { return r.Paid }), act}
	case "cash", "bank":
		pick := web.Col[MoneyRow]{Label: "决定书", Cell: func(r MoneyRow) templ.Component { return moneyPick(r) }}
		label := "上交期限"
		if v.Tab == "bank" {
			label = "缴付期限"
		}
		return []web.Col[MoneyRow]{pick, unit, reference, num("金额", func(r MoneyRow) string { return r.Amount }), paidOn, due(label)}
	case "odd":
		return []web.Col[MoneyRow]{
			{Label: "流水号", Cell: func(r MoneyRow) templ.Component { return web.Small(r.Reference, r.PaidOn.String()) }},
			{Label: "决定书", Wide: true, NoLabel: true, Cell: func(r MoneyRow) templ.Component { return moneyTitle(r) }},
			num("金额", func(r MoneyRow) string { return r.Amount }),
			{Label: "情况", Wide: true, NoLabel: true, Cell: func(r MoneyRow) templ.Component { return moneyState(r) }},
			act,
		}
	}
	return []web.Col[MoneyRow]{title, unit, reference, num("金额", func(r MoneyRow) string { return r.Amount }), paidOn, {Label: "对账", NoLabel: true, Cell: func(r MoneyRow) templ.Component { return moneyState(r) }}}
}

// MoneyCaseView is where a payment or a refund of one case is registered.
type MoneyCaseView struct {
	Title, CaseHref string
	Facts           []web.FactView
	Rows            []MoneyRow
	// Body is the form; Locked says why there is none.
	Body templ.Component
}

// ReceiptsView is the page of receipt books.
type ReceiptsView struct {
	Notices  []NoteView
	Rows     []BookRow
	Form     *web.Form
	Officers []web.Option
	// Money is empty for who may not see the money.
	Money string
}

// BookRow is a book of receipts.
type BookRow struct {
	Holder, Unit, Href, Range, Next  string
	Left, Used, Void, Settled, Ready int64
	State                            web.TagView
}

func bookCols() []web.Col[BookRow] {
	n := func(label string, v func(BookRow) int64) web.Col[BookRow] {
		return web.Col[BookRow]{Label: label, Num: true, Cell: func(r BookRow) templ.Component { return web.Count(v(r)) }}
	}
	return []web.Col[BookRow]{
		{Label: "票据", Cell: func(r BookRow) templ.Component { return web.Join(web.A(r.Range, r.Href), web.Small("", r.Next)) }},
		{Label: "领用人", Wide: true, NoLabel: true, Cell: func(r BookRow) templ.Component { return web.Small(r.Holder, r.Unit) }},
		n("剩余", func(r BookRow) int64 { return r.Left }), n("已使用", func(r BookRow) int64 { return r.Used }), n("作废", func(r BookRow) int64 { return r.Void }), n("已核销", func(r BookRow) int64 { return r.Settled }),
		{Label: "状态", NoLabel: true, Cell: func(r BookRow) templ.Component { return web.Tag(r.State) }},
	}
}

// BookView is one book with its receipts.
type BookView struct {
	Title   string
	Facts   []web.FactView
	Notices []NoteView
	Rows    []ReceiptRow
	Version int64
	// SettleAction and VoidAction are empty when there is nothing to do.
	SettleAction, SettleLabel string
	Void                      *AskView
}

func (v BookView) version() string { return strconv.FormatInt(v.Version, 10) }

// ReceiptRow is one used or void receipt.
type ReceiptRow struct {
	Number, Case, Href, Amount, At, Reason string
	State                                  web.TagView
}

func receiptCols() []web.Col[ReceiptRow] {
	return []web.Col[ReceiptRow]{
		{Label: "号码", Cell: func(r ReceiptRow) templ.Component { return web.T("%s", r.Number) }},
		{Label: "用于", Wide: true, NoLabel: true, Cell: func(r ReceiptRow) templ.Component {
			if r.Href == "" {
				return web.T("%s", r.Reason)
			}
			return web.A(r.Case, r.Href)
		}},
		{Label: "金额", Num: true, Cell: func(r ReceiptRow) templ.Component { return web.T("%s", r.Amount) }},
		{Label: "时间", NoWrap: true, Cell: func(r ReceiptRow) templ.Component { return web.T("%s", r.At) }},
		{Label: "状态", NoLabel: true, Cell: func(r ReceiptRow) templ.Component { return web.Tag(r.State) }},
	}
}

// StatementsView is the page where statements are imported.
type StatementsView struct {
	Notices []NoteView
	Form    *web.Form
	Columns string
	Rows    []StatementRow
}

// StatementRow is an imported statement.
type StatementRow struct {
	Name, Href, At, Lines string
	Matched, Open         int64
	State                 web.TagView
}

func statementCols() []web.Col[StatementRow] {
	return []web.Col[StatementRow]{
		{Label: "文件", Cell: func(r StatementRow) templ.Component { return web.A(r.Name, r.Href) }},
		{Label: "导入时间", NoWrap: true, Cell: func(r StatementRow) templ.Component { return web.T("%s", r.At) }},
		{Label: "行数", Num: true, Cell: func(r StatementRow) templ.Component { return web.T("%s", r.Lines) }},
		{Label: "已对上", Num: true, Cell: func(r StatementRow) templ.Component { return web.Count(r.Matched) }},
		{Label: "待处理", Num: true, Cell: func(r StatementRow) templ.Component { return web.Count(r.Open) }},
		{Label: "状态", NoLabel: true, Cell: func(r StatementRow) templ.Component { return web.Tag(r.State) }},
	}
}

// StatementView is one statement with its lines.
type StatementView struct {
	Title, Meta string
	Notices     []NoteView
	Tabs        []web.TabView
	Rows        []MoneyRow
	Pager       web.PagerView
	// Ask settles a line; nil when none is in hand.
	Ask *AskView
}

func lineCols() []web.Col[MoneyRow] {
	return []web.Col[MoneyRow]{
		{Label: "行", Cell: func(r MoneyRow) templ.Component { return web.T("%s", r.Note) }},
		{Label: "流水号", Wide: true, NoLabel: true, Cell: func(r MoneyRow) templ.Component { return web.Small(r.Reference, r.PaidOn.String()) }},
		{Label: "决定书", Wide: true, NoLabel: true, Cell: func(r MoneyRow) templ.Component { return moneyTitle(r) }},
		{Label: "金额", Num: true, Cell: func(r MoneyRow) templ.Component { return web.T("%s", r.Amount) }},
		{Label: "结果", Wide: true, NoLabel: true, Cell: func(r MoneyRow) templ.Component { return web.Join(web.Tag(r.State), web.Small("", r.Officer)) }},
		{Label: "办理", NoLabel: true, Cell: func(r MoneyRow) templ.Component { return moneyAct(r) }},
	}
}

func paymentCols() []web.Col[MoneyRow] {
	return []web.Col[MoneyRow]{
		{Label: "日期", Cell: func(r MoneyRow) templ.Component { return web.T("%s", r.PaidOn.String()) }},
		{Label: "凭据", NoLabel: true, Cell: func(r MoneyRow) templ.Component { return web.Small(r.Channel, r.Reference) }},
		{Label: "金额", Num: true, Cell: func(r MoneyRow) templ.Component { return web.T("%s", r.Amount) }},
	}
}

func receiptCrumb(money string) []web.Link {
	if money == "" {
		return nil
	}
	return []web.Link{{Label: "罚没款", Href: money}, {Label: "专用票据"}}
}

func digitsOnly() templ.Attributes { return templ.Attributes{"inputmode": "numeric"} }
