package deadline

import (
	"fadu/internal/indicator"
	"fadu/internal/law"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// counted are the columns by which a term is counted, done or missed.
const counted = "id, kind, ref, title, unit_id, u1, u2, u3, u4, u5, term, due"

// Indicators are the figures of the bureau's own terms: what was ended in time, what was missed, what of it is explained.
// Link is the page of a matter of kind, with %d for its identifier.
func Indicators(kind, link string) []indicator.Definition {
	byTerm := func(alias string) []indicator.Dimension {
		return []indicator.Dimension{
			{ID: "unit", Name: "承办单位", Expr: alias + ".unit_id"}, {ID: "month", Name: "月份", Expr: indicator.Month(alias + ".due")}, {ID: "term", Name: "期限", Expr: alias + ".term"},
		}
	}
	of := func(table, alias string) func(tx *store.Tx) *bun.SelectQuery {
		return func(tx *store.Tx) *bun.SelectQuery {
			return tx.DB().NewSelect().TableExpr(table+" AS "+alias).Where("? = ?", bun.Safe(alias+".kind"), kind)
		}
	}
	label := func(alias string) string { return alias + ".title || ' ' || " + alias + ".term" }
	done := indicator.Definition{
		ID: "deadline.done", Name: "法定期限办结项数", Measure: indicator.Items, Cites: law.Citations{law.Cite("XZCF", 85)},
		Population: "本机关应办的法定期限，已经由应办的事办结的；当事人、其他机关的期限不算", Filter: "全部", Basis: "期限届满的日期", Dedup: "一个案件的一项期限算一项，重新起算的各算各的", CutOff: "办结即计入；办结又被撤回的不算",
		Rows: of("deadline_done", "dd"), Columns: indicator.Columns{Alias: "dd", ID: "dd.id", Subject: "dd.ref", Date: "dd.due", Label: label("dd")}, Dimensions: byTerm("dd"), Link: link,
	}
	kept := done
	kept.ID, kept.Name, kept.Measure, kept.Met = "deadline.kept_rate", "法定期限按期办结率", indicator.Rate, "dd.late = 0"
	kept.Population = "本机关应办的法定期限，已经由应办的事办结的，和届满时没有办结、至今也没有办结的；当事人、其他机关的期限不算"
	kept.Dedup += "；分子是届满以前办结的"
	kept.CutOff = "办结即计入；没有办结的，届满次日扫描时计入"
	kept.Rows = func(tx *store.Tx) *bun.SelectQuery {
		return tx.DB().NewSelect().TableExpr("(? UNION ALL ?) AS dd", bun.Safe("SELECT "+counted+", late FROM deadline_done"), bun.Safe("SELECT "+counted+", 1 FROM deadline_miss AS m WHERE NOT EXISTS "+
			"(SELECT 1 FROM deadline_done AS d WHERE d.kind = m.kind AND d.ref = m.ref AND d.term = m.term AND d.of_id = m.of_id AND d.start_on = m.start_on)")).
			Where("dd.kind = ?", kind)
	}
	missed := indicator.Definition{
		ID: "deadline.missed", Name: "法定期限超过项数", Measure: indicator.Items, Cites: law.Citations{law.Cite("XZCF", 85)},
		Population: "本机关应办的法定期限，届满时没有办结的，不论以后办没办", Filter: "全部", Basis: "期限届满的日期", Dedup: "一个案件的一项期限算一项", CutOff: "届满次日扫描时计入",
		Rows: of("deadline_miss", "dm"), Columns: indicator.Columns{Alias: "dm", ID: "dm.id", Subject: "dm.ref", Date: "dm.due", Label: label("dm")}, Dimensions: byTerm("dm"), Link: link,
	}
	explained := missed
	explained.ID, explained.Name, explained.Measure, explained.Met = "deadline.explained_rate", "超期原因说明率", indicator.Rate, "dm.cause <> ''"
	explained.Dedup += "；分子是已经说明原因的"
	return []indicator.Definition{done, kept, missed, explained}
}
