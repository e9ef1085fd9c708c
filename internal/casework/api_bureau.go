package casework

import (
	"context"
	"strconv"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/draft"
	"fadu/internal/law"
	"fadu/internal/org"
)

const seriesGroup = "文号与文书名称"

// SeriesOut is a block of document numbers.
type SeriesOut struct {
	ID      string        `json:"id"`
	Version int64         `json:"version"`
	Unit    access.UnitID `json:"unit"`
	Kind    PaperKind     `json:"kind"`
	Year    int64         `json:"year"`
	Prefix  string        `json:"prefix"`
	First   int64         `json:"first"`
	Last    int64         `json:"last"`
	Next    int64         `json:"next" doc:"下一个要用的号"`
	Used    int64         `json:"used"`
	Voids   int           `json:"voids" doc:"作废的空号"`
	Closed  bool          `json:"closed"`
}

func seriesOut(r SeriesRow) SeriesOut {
	return SeriesOut{strconv.FormatInt(r.ID, 10), r.Version, r.UnitID, r.Kind, r.Year, r.Prefix, r.First, r.Last, r.Next, r.Used, len(r.Voids), bool(r.Closed)}
}

// WordingOut is how numbers and titles are worded from a day on.
type WordingOut struct {
	Since    law.Date             `json:"since"`
	Ordinal  bool                 `json:"ordinal" doc:"文号写不写“第”"`
	Titles   map[PaperKind]string `json:"titles"`
	Document string               `json:"document" doc:"依据的文件"`
}

func (s *Service) apiSeries(a *api.API) {
	api.Get(a, api.Operation{ID: "listSeries", Path: "/series", Group: seriesGroup, Allow: access.SeriesManage, Summary: "文书号段"},
		func(ctx context.Context, by access.Session, _ api.Nothing) (out api.List[SeriesOut], err error) {
			rows, err := s.SeriesList(ctx, by)
			return api.ListOf(rows, "", "", seriesOut), err
		})
	api.Post(a, api.Operation{ID: "openSeries", Path: "/series", Group: seriesGroup, Allow: access.SeriesManage, Summary: "启用号段"},
		func(ctx context.Context, by access.Session, _ string, in SeriesInput) (api.Made[api.Nothing], error) {
			return api.Made[api.Nothing]{Location: api.Base + "/series"}, s.OpenSeries(ctx, by, in)
		})
	act := func(id, path, summary string, do func(context.Context, access.Session, int64, int64, string) error) {
		api.Act(a, api.Operation{ID: id, Path: "/series/{id}/" + path, Group: seriesGroup, Allow: access.SeriesManage, Summary: summary}, "这个号段",
			func(ctx context.Context, by access.Session, series int64, in api.Reasoned) error {
				return do(ctx, by, series, in.Version, in.Reason)
			})
	}
	act("voidNumber", "void", "作废下一个号", s.VoidNumber)
	act("closeSeries", "close", "停用号段", s.CloseSeries)
	api.Get(a, api.Operation{ID: "listWordings", Path: "/wording", Group: seriesGroup, Allow: access.SettingManage, Summary: "文号和文书名称的写法，新的在前"},
		func(ctx context.Context, by access.Session, _ api.Nothing) (out api.List[WordingOut], err error) {
			_, all, err := s.Wordings(ctx, by)
			out.Items = []WordingOut{}
			for _, w := range all {
				titles, err := w.Titles()
				if err != nil {
					return out, err
				}
				out.Items = append(out.Items, WordingOut{w.Since, bool(w.Ordinal), titles, w.Document})
			}
			return out, err
		})
	api.Post(a, api.Operation{ID: "setWording", Path: "/wording", Group: seriesGroup, Allow: access.SettingManage, Summary: "定文号和文书名称的写法"},
		func(ctx context.Context, by access.Session, _ string, in WordingInput) (api.Made[api.Nothing], error) {
			return api.Made[api.Nothing]{Location: api.Base + "/wording"}, s.SetWording(ctx, by, in)
		})
}

// StaffedOut says how many cases got other officers.
type StaffedOut struct {
	Count  int `json:"count" doc:"换了承办人的案件数"`
	Things int `json:"things,omitempty" doc:"换了保管人的财物件数"`
}

type staysQuery struct {
	Person string `query:"person" required:"true" doc:"人员编号"`
}

func (s *Service) apiStaffing(a *api.API) {
	api.Get(a, api.Operation{ID: "listWorkloads", Path: "/case-staffing", Group: apiGroup, Allow: access.CaseApprove, Summary: "承办人各有多少在办案件"},
		func(ctx context.Context, by access.Session, _ api.Nothing) (out api.List[Workload], err error) {
			all, err := s.Workloads(ctx, by)
			return api.ListOf(all, "", "", func(w Workload) Workload { return w }), err
		})
	api.Get(a, api.Operation{ID: "listStays", Path: "/case-staffing/stays", Group: apiGroup, Allow: access.CaseApprove, Summary: "一个人手上的听证和保管的财物"},
		func(ctx context.Context, by access.Session, q staysQuery) (out api.List[Stay], err error) {
			id, err := api.IDOf[org.PersonID](q.Person, "这个人")
			if err != nil {
				return out, err
			}
			all, err := s.Stays(ctx, by, id)
			return api.ListOf(all, "", "", func(x Stay) Stay { return x }), err
		})
	api.Post(a, api.Operation{ID: "assignCases", Path: "/case-staffing/assign", Group: apiGroup, Allow: access.CaseApprove, Summary: "批量指派承办人", Detail: "有一件不能交给所选的人，就一件也不改"},
		func(ctx context.Context, by access.Session, _ string, in AssignCasesInput) (out api.Made[StaffedOut], err error) {
			out.Location = api.Base + "/cases"
			out.Body.Count, err = s.AssignCases(ctx, by, in)
			return out, err
		})
	api.Post(a, api.Operation{ID: "handOverCases", Path: "/case-staffing/handover", Group: apiGroup, Allow: access.CaseApprove, Summary: "人员离岗，移交全部在办案件和保管的财物", Detail: "案件每二百件一批，每批有一件不能交就这一批不改"},
		func(ctx context.Context, by access.Session, _ string, in HandOverCasesInput) (out api.Made[StaffedOut], err error) {
			out.Location = api.Base + "/cases"
			done, err := s.HandOverAll(ctx, by, in)
			out.Body = StaffedOut{Count: done.Cases, Things: done.Things}
			return out, err
		})
}

const moneyGroup = "罚没款与票据"

// ReceiptBookOut is a run of receipts in somebody's hand; Receipts are there when one book is asked for.
type ReceiptBookOut struct {
	ID       string       `json:"id"`
	Version  int64        `json:"version"`
	Holder   string       `json:"holder" doc:"领用人员的编号"`
	Name     string       `json:"holder_name"`
	First    string       `json:"first"`
	Last     string       `json:"last"`
	Left     int64        `json:"left"`
	Used     int64        `json:"used"`
	Void     int64        `json:"void"`
	Settled  int64        `json:"settled"`
	Ready    int64        `json:"ready" doc:"可以核销的"`
	Closed   bool         `json:"closed"`
	Receipts []ReceiptOut `json:"receipts,omitempty"`
}

// ReceiptOut is a receipt that was used or voided.
type ReceiptOut struct {
	Number string    `json:"number"`
	State  string    `json:"state"`
	Case   CaseID    `json:"case"`
	DocNo  string    `json:"doc_no"`
	Amount law.Money `json:"amount"`
	Reason string    `json:"reason"`
}

func bookOut(r BookRow) ReceiptBookOut {
	return ReceiptBookOut{
		ID: strconv.FormatInt(r.ID, 10), Version: r.Version, Holder: strconv.FormatInt(r.Holder, 10), Name: r.HolderName, First: r.Number(r.First), Last: r.Number(r.Last),
		Left: r.Left(), Used: r.Used, Void: r.Void, Settled: r.Settled, Ready: r.Ready, Closed: bool(r.Closed),
	}
}

const bookRecord = "这本票据"

func (s *Service) apiReceipts(a *api.API) {
	api.Get(a, api.Operation{ID: "listReceiptBooks", Path: "/money/receipts", Group: moneyGroup, Allow: access.MoneyReceipt, Summary: "罚没票据，未用完的在前"},
		func(ctx context.Context, by access.Session, _ api.Nothing) (api.List[ReceiptBookOut], error) {
			rows, err := s.Books(ctx, by)
			return api.ListOf(rows, "", "", bookOut), err
		})
	api.Get(a, api.Operation{ID: "getReceiptBook", Path: "/money/receipts/{id}", Group: moneyGroup, Allow: access.MoneyReceipt, Summary: "看一本票据的每一张"},
		func(ctx context.Context, by access.Session, q api.One) (out ReceiptBookOut, err error) {
			id, err := api.IDOf[int64](q.ID, bookRecord)
			if err != nil {
				return out, err
			}
			v, err := s.Book(ctx, by, id)
			if err != nil {
				return out, err
			}
			out = bookOut(v.BookRow)
			out.Receipts = mapped(v.Receipts, func(r ReceiptRow) ReceiptOut {
				return ReceiptOut{r.Number, r.State, r.Case, r.DocNo, r.Amount, r.Reason}
			})
			return out, nil
		})
	api.Post(a, api.Operation{ID: "issueReceipts", Path: "/money/receipts", Group: moneyGroup, Allow: access.MoneyReceipt, Summary: "登记领用票据"},
		func(ctx context.Context, by access.Session, _ string, in BookInput) (api.Made[api.Nothing], error) {
			return api.Made[api.Nothing]{Location: api.Base + "/money/receipts"}, s.IssueReceipts(ctx, by, in)
		})
	api.Act(a, api.Operation{ID: "voidReceipt", Path: "/money/receipts/{id}/void", Group: moneyGroup, Allow: access.MoneyReceipt, Summary: "作废下一张票据"}, bookRecord,
		func(ctx context.Context, by access.Session, id int64, in api.Reasoned) error {
			return s.VoidReceipt(ctx, by, id, in.Version, in.Reason)
		})
	api.Act(a, api.Operation{ID: "settleReceipts", Path: "/money/receipts/{id}/settle", Group: moneyGroup, Allow: access.MoneyReceipt, Summary: "核销票据"}, bookRecord,
		func(ctx context.Context, by access.Session, id int64, in api.Seen) error {
			_, err := s.SettleReceipts(ctx, by, id, in.Version)
			return err
		})
}

// MoneyOut is a line of a view of the money: a case, with the payment or the statement's line it is about.
type MoneyOut struct {
	Case        CaseID     `json:"case"`
	Version     int64      `json:"version" doc:"案件的版本"`
	DocNo       string     `json:"doc_no"`
	Amount      law.Money  `json:"amount"`
	Paid        law.Money  `json:"paid"`
	Outstanding law.Money  `json:"outstanding"`
	Payment     PaymentOut `json:"payment"`
	Line        LineOut    `json:"line"`
}

// PaymentOut is a payment; id is 0 where the view is about none.
type PaymentOut struct {
	ID          string    `json:"id"`
	Version     int64     `json:"version"`
	Channel     string    `json:"channel"`
	Amount      law.Money `json:"amount"`
	PaidOn      law.Date  `json:"paid_on"`
	ReceiptNo   string    `json:"receipt_no"`
	HandInDue   law.Date  `json:"hand_in_due"`
	DepositDue  law.Date  `json:"deposit_due"`
	HandedInOn  law.Date  `json:"handed_in_on"`
	DepositedOn law.Date  `json:"deposited_on"`
	State       string    `json:"state"`
}

// LineOut is a line of a bank's statement; id is 0 where the view is about none.
type LineOut struct {
	ID        string    `json:"id"`
	Version   int64     `json:"version"`
	Line      int64     `json:"line"`
	PaidOn    law.Date  `json:"paid_on"`
	Reference string    `json:"reference"`
	DocNo     string    `json:"doc_no"`
	Amount    law.Money `json:"amount"`
	State     string    `json:"state" doc:"matched、mismatch、unknown、settled"`
	Note      string    `json:"note"`
}

func moneyOut(r MoneyRow) MoneyOut {
	p, l := r.Payment, r.Line
	return MoneyOut{
		r.Case.ID, r.Case.Version, r.DocNo, r.Case.Amount, r.Paid, r.Outstanding(),
		PaymentOut{strconv.FormatInt(p.ID, 10), p.Version, p.Channel, p.Amount, p.PaidOn, p.ReceiptNo, p.HandInDue, p.DepositDue, p.HandedInOn, p.DepositedOn, p.State},
		LineOut{strconv.FormatInt(l.ID, 10), l.Version, l.Line, l.PaidOn, l.Reference, l.DocNo, l.Amount, l.State, l.Note},
	}
}

type moneyQuery struct {
	Tab   string `query:"tab" doc:"due 待缴、cash 待上交、bank 待缴付银行、paid 已收、odd 对不上、refund 待退库；不填是 due"`
	Words string `query:"q" doc:"文号、当事人、地点"`
	After string `query:"after" doc:"上一页答复里 next 的值"`
}

func (s *Service) apiMoney(a *api.API) {
	api.Get(a, api.Operation{ID: "listMoney", Path: "/money", Group: moneyGroup, Allow: access.MoneyReconcile, Summary: "罚没款"},
		func(ctx context.Context, by access.Session, q moneyQuery) (api.List[MoneyOut], error) {
			tab := MoneyTab(q.Tab)
			if _, known := moneyViews[tab]; !known {
				tab = MoneyDue
			}
			page, err := s.Money(ctx, by, MoneyFilter{Tab: tab, Words: q.Words}, q.After)
			return api.ListOf(page.Rows, page.Prev, page.Next, moneyOut), err
		})
	api.Act(a, api.Operation{ID: "refund", Path: "/cases/{id}/refunds", Group: moneyGroup, Allow: access.MoneyReconcile, Summary: "登记退库"}, "这个案件",
		func(ctx context.Context, by access.Session, id CaseID, in PaymentInput) error {
			return s.Refund(ctx, by, id, in)
		})
	s.apiStatements(a)
	s.apiReceipts(a)
}

// StatementOut is a bank's statement; the counts are lines by state.
type StatementOut struct {
	ID     string           `json:"id"`
	Name   string           `json:"name"`
	Lines  int64            `json:"lines"`
	Counts map[string]int64 `json:"counts"`
}

// StatementBody is a statement's file.
type StatementBody struct {
	Name    string `json:"name" doc:"文件名"`
	Content []byte `json:"content" doc:".xlsx 或 .csv，Base64"`
}

// LineBody says how a line was dealt with.
type LineBody struct {
	api.Seen
	Note string `json:"note" doc:"怎样处理的"`
}

type linesQuery struct {
	ID    string `path:"id" doc:"对账单编号"`
	State string `query:"state" doc:"matched、mismatch、unknown、settled；空是全部"`
	After string `query:"after" doc:"上一页答复里 next 的值"`
}

func (s *Service) apiStatements(a *api.API) {
	api.Get(a, api.Operation{ID: "listStatements", Path: "/money/statements", Group: moneyGroup, Allow: access.MoneyReconcile, Summary: "银行对账单，新的在前"},
		func(ctx context.Context, by access.Session, _ api.Nothing) (api.List[StatementOut], error) {
			rows, err := s.Statements(ctx, by)
			return api.ListOf(rows, "", "", func(r StatementRow) StatementOut {
				return StatementOut{strconv.FormatInt(r.ID, 10), r.Name, r.Lines, r.Counts}
			}), err
		})
	api.Get(a, api.Operation{ID: "getStatement", Path: "/money/statements/{id}", Group: moneyGroup, Allow: access.MoneyReconcile, Summary: "一份对账单的各行"},
		func(ctx context.Context, by access.Session, q linesQuery) (out api.List[MoneyOut], err error) {
			id, err := api.IDOf[int64](q.ID, "这份对账单")
			if err != nil {
				return out, err
			}
			after, _ := strconv.ParseInt(q.After, 10, 64)
			rows, more, err := s.StatementLines(ctx, by, id, q.State, after)
			next := ""
			if more && len(rows) > 0 {
				next = strconv.FormatInt(rows[len(rows)-1].Line.Line, 10)
			}
			return api.ListOf(rows, "", next, moneyOut), err
		})
	load := api.Operation{ID: "importStatement", Path: "/money/statements", Group: moneyGroup, Allow: access.MoneyReconcile, Summary: "导入银行对账单", MaxBody: draft.MaxFile*4/3 + 1<<20}
	api.Add(a, load, func(ctx context.Context, by access.Session, in StatementBody) (int64, error) {
		return s.ImportStatement(ctx, by, in.Name, in.Content)
	})
	api.Post(a, api.Operation{ID: "settleLine", Path: "/money/statement-lines/{id}", Group: moneyGroup, Allow: access.MoneyReconcile, Summary: "写明一行对账怎样处理的"},
		func(ctx context.Context, by access.Session, text string, in LineBody) (out api.Made[api.Done], err error) {
			id, err := api.IDOf[int64](text, "这一行对账单")
			if err != nil {
				return out, err
			}
			return api.Made[api.Done]{Location: api.Base + "/money", Body: api.Done{ID: text}}, s.SettleLine(ctx, by, id, in.Version, in.Note)
		})
}
