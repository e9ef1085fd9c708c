package casework

import (
	"fadu/internal/indicator"
	"fadu/internal/law"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// termFigures count what was approved for payment, and what was written by hand.
func termFigures() []indicator.Definition {
	hand := indicator.Definition{
		ID: "casework.handwritten", Name: "手工决定书补录件数", Measure: indicator.Items, Cites: law.Citations{law.Cite("XZCF", 52, 1)},
		Population: "纸质文书本里手写、已经补录的当场处罚决定书", Filter: "全部", Basis: "作出决定的日期", Dedup: "一个印好的编号算一件", CutOff: "补录即计入",
		Rows: func(tx *store.Tx) *bun.SelectQuery {
			return withDay(tx, "booklet_number", "bn", "used_at", "used_on").Where("bn.state = 'entered'")
		},
		Columns:    indicator.Columns{Alias: "bn", ID: "bn.case_id", Date: "bn.used_on", Instant: "bn.used_at", Label: "bn.doc_no", Entered: "bn.entered_at"},
		Dimensions: dimensions("bn.used_on"), Link: "/w/cases/%d",
	}
	inTime := hand
	inTime.ID, inTime.Name, inTime.Measure = "casework.handwritten_in_time", "手工决定书按时补录率", indicator.Rate
	inTime.Dedup, inTime.CutOff = "一个印好的编号算一件；分子是作出决定后 24 小时内补录的", "补录即计入；用过还没有补录的另在待办"
	inTime.Columns.Entered = ""
	inTime.Met = "bn.entered_at - bn.used_at <= 86400000000"
	return []indicator.Definition{
		{
			ID: "casework.terms_approved", Name: "同意延期、分期缴纳件数", Measure: indicator.Items, Cites: law.Citations{law.Cite("XZCF", 66, 2)},
			Population: "当事人申请延期、分期缴纳罚款，行政机关已经决定的", Filter: "同意的，包括以后变更、取消的", Basis: "批准的日期", Dedup: "一次批准算一件", CutOff: "批准即计入",
			Rows: func(tx *store.Tx) *bun.SelectQuery {
				return tx.DB().NewSelect().TableExpr("payment_plan AS pp").Where("pp.state IN ('approved', 'ended')")
			},
			Columns:    indicator.Columns{Alias: "pp", ID: "pp.case_id", Date: "pp.decided_on", Label: "pp.applied_on"},
			Dimensions: dimensions("pp.decided_on"), Link: "/w/cases/%d",
		},
		hand, inTime,
	}
}
