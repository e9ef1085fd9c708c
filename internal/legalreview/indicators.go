package legalreview

import (
	"fadu/internal/indicator"
	"fadu/internal/law"
	"fadu/internal/legalreview/pages"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// Indicators are the figures of legal review: how many, with what outcome, in what time, and whether what was asked for was done.
func (s *Service) Indicators() []indicator.Definition {
	cites := law.Citations{law.Cite("XZCF", 58, 1), law.Cite("MOHURD55", 25)}
	all := func(tx *store.Tx) *bun.SelectQuery {
		return tx.DB().NewSelect().TableExpr("legal_review_opinion AS lro")
	}
	given := indicator.Definition{
		ID: "legalreview.opinions", Name: "法制审核意见件数", Measure: indicator.Items, Cites: cites,
		Population: "签名的法制审核意见", Filter: "全部，四种意见都计", Basis: "签名的日期", Dedup: "一次送审一份意见算一件，再次审核另计", CutOff: "签名即计入",
		Rows: all, Columns: indicator.Columns{Alias: "lro", ID: "lro.id", Date: "lro.made_on", Label: "lro.title || ' ' || lro.outcome", Entered: "lro.signed_at"},
		Dimensions: []indicator.Dimension{{ID: "unit", Name: "承办单位", Expr: "lro.unit_id"}, {ID: "month", Name: "月份", Expr: indicator.Month("lro.made_on")}, {ID: "outcome", Name: "意见", Expr: "lro.outcome"}, {ID: "reviewer", Name: "审核人", Expr: "lro.reviewer"}},
		Link:       pages.Nav + "/opinions/%d",
	}
	first := given
	first.ID, first.Name, first.Measure = "legalreview.agreed_first", "法制审核一次同意率", indicator.Rate
	first.Filter, first.Dedup = "第一次送审的意见", "一件案件算一次；分子是第一次就同意的"
	first.Rows = func(tx *store.Tx) *bun.SelectQuery { return all(tx).Where("lro.round = 1") }
	first.Met, first.Columns.Entered = "lro.outcome = '同意'", ""
	inTime := given
	inTime.ID, inTime.Name, inTime.Measure = "legalreview.in_time", "法制审核按期率", indicator.Rate
	inTime.Dedup, inTime.Met, inTime.Columns.Entered = "一份意见算一件；分子是收到材料起十个工作日内签名的", "lro.made_on <= lro.due_on", ""
	adopted := given
	adopted.ID, adopted.Name, adopted.Measure = "legalreview.adopted", "审核意见采纳率", indicator.Rate
	adopted.Filter = "要求补充调查、改正，承办机构已经再次送审的"
	adopted.Dedup = "一份意见算一件；分子是再次送审时拟作的决定有变动的"
	adopted.Rows = func(tx *store.Tx) *bun.SelectQuery {
		return all(tx).Where("lro.outcome IN ('补充调查', '改正')").Where(again + ")")
	}
	adopted.Met, adopted.Columns.Entered = changedSQL, ""
	used := given
	used.ID, used.Name = "legalreview.days_used", "法制审核用时"
	used.Filter, used.Basis, used.Dedup = "记有用时的", "签名的日期；用时是收到送审材料次日起到签名的工作日数", "一份意见算一件，按用时的工作日数、意见、采纳情况分开看"
	used.Rows = func(tx *store.Tx) *bun.SelectQuery { return all(tx).Where("lro.days_used >= 0") }
	used.Columns.Label = "lro.title || ' ' || lro.outcome || ' ' || CAST(lro.days_used AS TEXT) || ' 个工作日'"
	used.Dimensions = append([]indicator.Dimension{{ID: "days", Name: "用时（工作日）", Expr: "CAST(lro.days_used AS TEXT)"}, {ID: "heeded", Name: "采纳情况", Expr: heeded}}, given.Dimensions...)
	return []indicator.Definition{given, first, inTime, adopted, used}
}
