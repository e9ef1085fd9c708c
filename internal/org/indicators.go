package org

import (
	"fadu/internal/indicator"
	"fadu/internal/law"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// Indicators are the figures about people and certificates. They count as of today: who is posted in a
// unit on the day of the question. The period narrows by the first day of that posting.
func (s *Service) Indicators() []indicator.Definition {
	cites := law.Citations{law.Cite("XZCF", 42, 1)}
	return []indicator.Definition{
		staffFigure("org.certified_officers", "持证执法人员数", "当天在岗、持有当天有效的执法证的执法人员", cites, func(q *bun.SelectQuery, tx *store.Tx) *bun.SelectQuery {
			cond, args := holderOn(tx.Today())
			return q.Where("po.kind = ?", OfficerStaff).Where(cond, args...)
		}),
		staffFigure("org.officers", "在册执法人员数", "当天在册的执法人员，不论有没有执法证", nil, func(q *bun.SelectQuery, _ *store.Tx) *bun.SelectQuery {
			return q.Where("po.kind = ?", OfficerStaff)
		}),
		staffFigure("org.auxiliaries", "辅助人员数", "当天在册的辅助人员（协管）", law.Citations{{Statute: "ZF37", Section: "十二"}}, func(q *bun.SelectQuery, _ *store.Tx) *bun.SelectQuery {
			return q.Where("po.kind = ?", AuxiliaryStaff)
		}),
		endingFigure(),
	}
}

// posted selects the postings of today: one for each person who is here.
func posted(tx *store.Tx) *bun.SelectQuery {
	today := tx.Today()
	return tx.DB().NewSelect().TableExpr("org_posting AS po").Join("JOIN org_person AS p ON p.id = po.person_id").
		Where("po.annulled = 0").Where("po.from_on <= ?", today).Where("(po.until_on = '' OR po.until_on >= ?)", today)
}

func staffFigure(id, name, filter string, cites law.Citations, narrow func(*bun.SelectQuery, *store.Tx) *bun.SelectQuery) indicator.Definition {
	return indicator.Definition{
		ID: id, Name: name, Measure: indicator.People, Cites: cites,
		Population: "当天有任职的人员", Filter: filter, Basis: "现任职的开始日期；数字是查询当天的现状", Dedup: "每人只计一次，按当天的主要任职归单位", CutOff: "查询当时已登记的任职和执法证",
		Rows:    func(tx *store.Tx) *bun.SelectQuery { return narrow(posted(tx), tx) },
		Columns: indicator.Columns{Alias: "po", ID: "p.id", Date: "po.from_on", Label: "p.name || ' ' || p.staff_number"},
		Dimensions: []indicator.Dimension{
			{ID: "unit", Name: "单位", Expr: "po.unit_id"},
			{ID: "kind", Name: "人员类别", Expr: "CASE po.kind WHEN 'officer' THEN '执法人员' WHEN 'auxiliary' THEN '辅助人员' ELSE '其他人员' END"},
		},
		Link: "/w/org/people/%d",
	}
}

// endingFigure counts valid certificates that end within 90 days, by their last day.
func endingFigure() indicator.Definition {
	return indicator.Definition{
		ID: "org.certificates_ending", Name: "90日内到期执法证数", Measure: "本",
		Population: "当天有任职的人员的执法证", Filter: "当天有效，最后一天在 90 日以内，没有续期", Basis: "有效期的最后一天", Dedup: "每本证计一次", CutOff: "查询当时已登记的执法证",
		Rows: func(tx *store.Tx) *bun.SelectQuery {
			cond, args := validOn(tx.Today())
			return posted(tx).Join("JOIN org_certificate AS ce ON ce.person_id = p.id").Where(cond, args...).Where("ce.valid_to <= ?", tx.Today().AddDays(90))
		},
		Columns:    indicator.Columns{Alias: "po", ID: "ce.id", Date: "ce.valid_to", Label: "p.name || ' ' || ce.number"},
		Dimensions: []indicator.Dimension{{ID: "unit", Name: "单位", Expr: "po.unit_id"}, {ID: "month", Name: "到期月份", Expr: indicator.Month("ce.valid_to")}},
		Link:       "/w/org/certificates/%d",
	}
}
