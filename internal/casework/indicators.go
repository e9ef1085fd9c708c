package casework

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"fadu/internal/indicator"
	"fadu/internal/law"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// Indicators are the figures of cases, papers and money. No figure of money can be ordered, and none is
// bound to appraisal (处罚法七十四).
func (s *Service) Indicators() []indicator.Definition {
	return append(caseFigures(), slices.Concat(moneyFigures(), paperFigures(), termFigures())...)
}

// keptCases and keptPayments keep the sums of the figures of cases and of payments.
var (
	keptCases    = indicator.Keep("c", caseFigures())
	keptPayments = indicator.Keep("pm", moneyFigures())
)

// Expressions over the tables, alike on both engines.
const (
	deliveredStates = "('delivered', 'closed', 'revoked')"
	// labelled is a decision's number with its cause: no personal data.
	labelled = "COALESCE((SELECT MAX(dp.doc_no) FROM paper AS dp WHERE dp.case_id = c.id AND dp.kind = 'onspot_decision' AND dp.state <> 'void'), '') || ' ' || c.power_name"
	// placed names a matter without a decision.
	placed = "CASE WHEN c.power_name = '' THEN c.summary ELSE c.power_name END || ' ' || c.place"
	// unwritten names a matter without what somebody wrote about it.
	unwritten = "CASE WHEN c.case_no <> '' THEN c.case_no ELSE '线索' END || CASE WHEN c.power_name = '' THEN '' ELSE ' ' || c.power_name END"
)

// dayOf is the civil day of an instant column, ” for 0.
func dayOf(tx *store.Tx, column string) string {
	day := "date(%[1]s / 1000000 + 28800, 'unixepoch')"
	if tx.Engine() == store.PostgreSQL {
		day = "to_char(timestamp '1970-01-01' + (%[1]s / 1000000 + 28800) * interval '1 second', 'YYYY-MM-DD')"
	}
	return fmt.Sprintf("CASE WHEN %[1]s = 0 THEN '' ELSE "+day+" END", column)
}

// withDay selects from a table that has, beside its columns, the day of an instant column.
func withDay(tx *store.Tx, table, alias, column, name string) *bun.SelectQuery {
	return tx.DB().NewSelect().TableExpr(fmt.Sprintf("(SELECT t.*, %s AS %s FROM %s AS t) AS %s", dayOf(tx, "t."+column), name, table, alias))
}

// dimensions are those that every figure has, by a date column, and more.
func dimensions(date string, more ...indicator.Dimension) []indicator.Dimension {
	alias, _, _ := strings.Cut(date, ".")
	return append([]indicator.Dimension{{ID: "unit", Name: "承办单位", Expr: alias + ".unit_id"}, {ID: "month", Name: "月份", Expr: indicator.Month(date)}}, more...)
}

var (
	byCause = indicator.Dimension{ID: "cause", Name: "案由", Expr: "c.power_name"}
	byKinds = indicator.Dimension{ID: "kinds", Name: "处罚种类", Expr: "REPLACE(c.penalty_kinds, ';', '、')"}
	byParty = indicator.Dimension{ID: "party", Name: "当事人类型", Expr: "CASE c.party_kind WHEN 'citizen' THEN '公民' WHEN 'sole_trader' THEN '个体工商户' WHEN 'legal_person' THEN '法人' ELSE '其他组织' END"}
)

// decided counts delivered decisions that the condition chooses.
func decided(id, name, filter, where string) indicator.Definition {
	d := indicator.Definition{
		ID: id, Name: name, Measure: indicator.Items,
		Population: "适用简易程序当场作出、已经交付当事人的行政处罚决定", Filter: filter, Basis: "作出决定的日期", Dedup: "一个案件的一份决定算一件；交付前作废重出的只算最后一份",
		CutOff: "交付登记后计入；以后撤销的仍算作出，另列撤销决定", Cites: law.Citations{law.Cite("XZCF", 51), law.Cite("XZCF", 52)},
		Rows: func(tx *store.Tx) *bun.SelectQuery {
			q := tx.DB().NewSelect().TableExpr("penalty_case AS c").Where("c.state IN " + deliveredStates).Where("c.procedure <> 'ordinary'")
			if where != "" {
				q = q.Where(where)
			}
			return q
		},
		Columns:    indicator.Columns{Alias: "c", ID: "c.id", Date: "c.decided_on", Label: labelled, Entered: "c.delivered_at"},
		Dimensions: dimensions("c.decided_on", byCause, byKinds, byParty),
		Keep:       []string{byCause.ID, byKinds.ID},
		Link:       "/w/cases/%d",
	}
	return d
}

func caseFigures() []indicator.Definition {
	imposed := decided("casework.fine_imposed", "罚款决定金额", "决定罚款的，按决定书的罚款数额；变更过的按变更后的数额", "c.amount > 0")
	imposed.Measure, imposed.Sum = indicator.Yuan, "c.amount"
	return []indicator.Definition{
		{
			ID: "casework.leads", Name: "线索登记件数", Measure: indicator.Items,
			Population: "登记的线索，不论以后怎样办理", Filter: "全部", Basis: "发现日期", Dedup: "一条线索算一件", CutOff: "登记即计入，补录的按发现日期",
			Rows:    func(tx *store.Tx) *bun.SelectQuery { return withDay(tx, "penalty_case", "c", "found_at", "found_on") },
			Columns: indicator.Columns{Alias: "c", ID: "c.id", Date: "c.found_on", Instant: "c.found_at", Label: "c.summary || ' ' || c.place", Plain: unwritten, Entered: "c.recorded_at"},
			Dimensions: dimensions("c.found_on", indicator.Dimension{
				ID: "source", Name: "来源",
				Expr: "CASE c.source WHEN 'patrol' THEN '巡查发现' WHEN 'complaint' THEN '投诉举报' WHEN 'transfer' THEN '其他机关移送' WHEN 'assigned' THEN '上级交办' WHEN 'random' THEN '双随机抽查' ELSE '监测设备告警' END",
			}),
			Keep: []string{"source"},
			Link: "/w/cases/%d",
		},
		decided("casework.decided", "当场处罚决定件数", "全部", ""),
		decided("casework.warned", "当场警告件数", "处罚种类有警告的；同时罚款的也计入", "c.penalty_kinds LIKE '%警告%'"),
		decided("casework.fined", "当场罚款件数", "处罚种类有罚款的；同时警告的也计入", "c.penalty_kinds LIKE '%罚款%'"),
		imposed,
		ended("casework.declined_first", "首违不罚件数", "以“首违不罚”不予立案的", law.Citations{law.Cite("XZCF", 33, 1)}, "c.state = 'declined' AND c.ending = 'declined_first'", placed),
		ended("casework.declined_slight", "轻微不罚件数", "以“轻微不罚”不予立案的", law.Citations{law.Cite("XZCF", 33, 1)}, "c.state = 'declined' AND c.ending = 'declined_slight'", placed),
		ended("casework.closed", "当场处罚结案件数", "已经办理结案的", law.Citations{law.Cite("MOHURD55", 31)}, "c.state = 'closed' AND c.procedure <> 'ordinary'", labelled),
		filedInTime(),
	}
}

// ended counts matters that came to an end in the way that the condition says.
func ended(id, name, filter string, cites law.Citations, where, label string) indicator.Definition {
	return indicator.Definition{
		ID: id, Name: name, Measure: indicator.Items, Cites: cites,
		Population: "登记的线索和由线索办成的案件", Filter: filter, Basis: "办结日期", Dedup: "一件只办结一次", CutOff: "办结登记后计入；结案后撤销决定的不再算结案",
		Rows: func(tx *store.Tx) *bun.SelectQuery {
			return withDay(tx, "penalty_case", "c", "closed_at", "closed_on").Where(where)
		},
		Columns:    indicator.Columns{Alias: "c", ID: "c.id", Date: "c.closed_on", Instant: "c.closed_at", Label: label, Plain: unwritten, Entered: "c.closed_at"},
		Dimensions: dimensions("c.closed_on", byCause, byParty),
		Keep:       []string{byCause.ID, byParty.ID},
		Link:       "/w/cases/%d",
	}
}

// filedInTime is the share of decisions that were reported to the bureau in time.
func filedInTime() indicator.Definition {
	d := decided("casework.filed_in_time", "当场处罚按期备案率", "已经备案的，和备案期限已过还没有备案的；期限未到还没有备案的不计", "")
	d.Keep = nil // what is due depends on the day of asking
	d.Measure, d.Cites = indicator.Rate, law.Citations{law.Cite("XZCF", 52, 3), law.Cite("MOHURD55", 14, 2)}
	d.Dedup = "一份决定算一件；分子是在期限内备案的"
	d.CutOff = "查询当时的备案登记"
	d.Rows = func(tx *store.Tx) *bun.SelectQuery {
		return withDay(tx, "penalty_case", "c", "filed_at", "reported_on").Where("c.state IN "+deliveredStates).Where("c.procedure <> 'ordinary'").Where("(c.filed_at <> 0 OR c.file_due < ?)", tx.Today())
	}
	d.Columns.Entered = ""
	d.Met = "c.filed_at <> 0 AND c.reported_on <= c.file_due"
	d.Dimensions = dimensions("c.decided_on")
	return d
}

func moneyFigures() []indicator.Definition {
	channel := indicator.Dimension{ID: "channel", Name: "渠道", Expr: "CASE pm.channel WHEN 'cash' THEN '当场收缴现金' WHEN 'code' THEN '缴款码' WHEN 'bank' THEN '银行' ELSE '电子支付' END"}
	money := func(id, name, filter string, cites law.Citations, where string) indicator.Definition {
		return indicator.Definition{
			ID: id, Name: name, Measure: indicator.Times, Cites: cites,
			Population: "登记的罚款缴款和退库", Filter: filter, Basis: "缴款、退库的日期", Dedup: "一个流水号或者票据号算一笔", CutOff: "登记或者对账导入后计入",
			Rows: func(tx *store.Tx) *bun.SelectQuery {
				return tx.DB().NewSelect().TableExpr("payment AS pm").Join("JOIN penalty_case AS c ON c.id = pm.case_id").Where(where)
			},
			Columns:    indicator.Columns{Alias: "pm", ID: "pm.id", Date: "pm.paid_on", Label: labelled, Entered: "pm.recorded_at"},
			Dimensions: dimensions("pm.paid_on", channel, byCause),
			Keep:       []string{channel.ID},
			Link:       "/w/payments/%d",
		}
	}
	collected := money("casework.fine_collected", "罚款实收金额", "缴款减去退库", law.Citations{law.Cite("XZCF", 67), law.Cite("XZCF", 74, 1)}, "pm.kind IN ('fine', 'refund')")
	collected.Measure, collected.Sum = indicator.Yuan, "pm.amount"
	cash := money("casework.cash_collected", "当场收缴笔数", "当场收缴现金的", law.Citations{law.Cite("XZCF", 68), law.Cite("XZCF", 69)}, "pm.kind = 'fine' AND pm.channel = 'cash'")
	amount := money("casework.cash_amount", "当场收缴金额", "当场收缴现金的", cash.Cites, "pm.kind = 'fine' AND pm.channel = 'cash'")
	amount.Measure, amount.Sum = indicator.Yuan, "pm.amount"
	handed := money("casework.cash_in_time", "当场收缴按期上交率", "当场收缴现金，已经上交的，和上交期限已过还没有上交的", law.Citations{law.Cite("XZCF", 71)}, "pm.kind = 'fine' AND pm.channel = 'cash'")
	handed.Keep = nil
	handed.Measure, handed.Met, handed.Columns.Entered = indicator.Rate, "pm.handed_in_on <> '' AND pm.handed_in_on <= pm.hand_in_due", ""
	all := handed.Rows
	handed.Rows = func(tx *store.Tx) *bun.SelectQuery {
		return all(tx).Where("(pm.handed_in_on <> '' OR pm.hand_in_due < ?)", tx.Today())
	}
	return []indicator.Definition{collected, cash, amount, handed}
}

// kindNames names every kind of paper of both procedures in SQL; a kind that is new without a name shows as it is written.
func kindNames(column string) string {
	kinds := slices.Sorted(maps.Keys(paperLabels))
	for _, f := range PaperForms {
		if paperLabels[f.Kind] == "" {
			kinds = append(kinds, f.Kind)
		}
	}
	var b strings.Builder
	b.WriteString("CASE " + column)
	for _, k := range kinds {
		fmt.Fprintf(&b, " WHEN '%s' THEN '%s'", k, k.Label())
	}
	return b.String() + " ELSE " + column + " END"
}

func paperFigures() []indicator.Definition {
	kind := indicator.Dimension{ID: "kind", Name: "文书种类", Expr: kindNames("p.kind")}
	return []indicator.Definition{
		{
			ID: "casework.revoked", Name: "撤销决定件数", Measure: indicator.Items, Cites: law.Citations{law.Cite("XZCF", 75, 2)},
			Population: "对已交付的当场处罚决定作出的撤销决定", Filter: "没有作废的", Basis: "撤销决定的日期", Dedup: "一份撤销决定算一件", CutOff: "出具即计入",
			Rows: func(tx *store.Tx) *bun.SelectQuery {
				return tx.DB().NewSelect().TableExpr("paper AS p").Where("p.kind <> 'onspot_decision'").Where("p.kind = ?", Revocation).Where("p.state IN ('issued', 'delivered')")
			},
			Columns:    indicator.Columns{Alias: "p", ID: "p.id", Date: "p.dated", Label: "p.doc_no", Entered: "p.created_at"},
			Dimensions: dimensions("p.dated"), Link: "/w/papers/%d",
		},
		{
			ID: "casework.changed", Name: "变更决定件数", Measure: indicator.Items, Cites: law.Citations{law.Cite("XZCF", 75, 2)},
			Population: "对已交付的当场处罚决定作出的变更决定", Filter: "没有作废的", Basis: "变更决定的日期", Dedup: "一份变更决定算一件", CutOff: "出具即计入；以后整个决定撤销的仍计入",
			Rows: func(tx *store.Tx) *bun.SelectQuery {
				return tx.DB().NewSelect().TableExpr("paper AS p").Where("p.kind <> 'onspot_decision'").Where("p.kind = ?", ChangeDecision).Where("p.state IN ('issued', 'delivered', 'revoked')")
			},
			Columns:    indicator.Columns{Alias: "p", ID: "p.id", Date: "p.dated", Label: "p.doc_no", Entered: "p.created_at"},
			Dimensions: dimensions("p.dated"), Link: "/w/papers/%d",
		},
		{
			ID: "casework.paper_voided", Name: "作废文书份数", Measure: "份", Cites: law.Citations{law.Cite("XZCF", 52, 1)},
			Population: "取得编号的文书", Filter: "交付前作废的，编号保留", Basis: "作废的日期", Dedup: "一个编号算一份", CutOff: "作废登记后计入；没有取得文书的空号不在内",
			Rows: func(tx *store.Tx) *bun.SelectQuery {
				return withDay(tx, "paper", "p", "ended_at", "ended_on").Where("p.state = 'void'")
			},
			Columns:    indicator.Columns{Alias: "p", ID: "p.id", Date: "p.ended_on", Instant: "p.ended_at", Label: "p.doc_no", Entered: "p.ended_at"},
			Dimensions: dimensions("p.ended_on", kind), Link: "/w/papers/%d",
		},
	}
}
