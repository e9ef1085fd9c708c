package org

import (
	"fadu/internal/indicator"
	"fadu/internal/law"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// Indicators are the figures about people and certificates. They count what is there on the last day of
// the period, today for a period that goes on.
func (s *Service) Indicators() []indicator.Definition {
	cites := law.Citations{law.Cite("XZCF", 42, 1)}
	return []indicator.Definition{
		staffFigure("org.certified_officers", "持证执法人员数", "当天在册、持有当天有效的执法证的执法人员", cites, func(q *bun.SelectQuery, day law.Date) *bun.SelectQuery {
			cond, args := holderOn(day)
			return q.Where("po.kind = ?", OfficerStaff).Where(cond, args...)
		}),
		staffFigure("org.officers", "在册执法人员数", "当天在册的执法人员，不论有没有执法证", nil, func(q *bun.SelectQuery, _ law.Date) *bun.SelectQuery {
			return q.Where("po.kind = ?", OfficerStaff)
		}),
		staffFigure("org.auxiliaries", "辅助人员数", "当天在册的辅助人员（协管）", law.Citations{{Statute: "ZF37", Section: "十二"}}, func(q *bun.SelectQuery, _ law.Date) *bun.SelectQuery {
			return q.Where("po.kind = ?", AuxiliaryStaff)
		}),
		endingFigure(),
	}
}

// posted selects the postings that hold on the day: one for each person who is here.
func posted(tx *store.Tx, day law.Date) *bun.SelectQuery {
	return tx.DB().NewSelect().TableExpr("org_posting AS po").Join("JOIN org_person AS p ON p.id = po.person_id").
		Where("po.annulled = 0").Where("po.from_on <= ?", day).Where("(po.until_on = '' OR po.until_on >= ?)", day)
}

func staffFigure(id, name, filter string, cites law.Citations, narrow func(*bun.SelectQuery, law.Date) *bun.SelectQuery) indicator.Definition {
	return indicator.Definition{
		ID: id, Name: name, Measure: indicator.People, Cites: cites,
		Population: "当天有任职的人员", Filter: filter, Basis: "统计期最后一天（统计期未结束的按查询当天）的任职", Dedup: "每人只计一次，按当天的主要任职归单位", CutOff: "查询当时已登记的任职和执法证",
		On:      func(tx *store.Tx, day law.Date) *bun.SelectQuery { return narrow(posted(tx, day), day) },
		Columns: indicator.Columns{Alias: "po", ID: "p.id", Date: "po.from_on", Label: "p.name || ' ' || p.staff_number"},
		Dimensions: []indicator.Dimension{
			{ID: "unit", Name: "单位", Expr: "po.unit_id"},
		},
		Link: "/w/org/people/%d",
	}
}

// endingFigure counts valid certificates that end within 90 days of the day and were not renewed.
func endingFigure() indicator.Definition {
	return indicator.Definition{
		ID: "org.certificates_ending", Name: "90日内到期执法证数", Measure: "本",
		Population: "当天有任职的人员的执法证", Filter: "当天有效，最后一天在其后 90 日以内，没有续期", Basis: "统计期最后一天（统计期未结束的按查询当天）", Dedup: "每本证计一次", CutOff: "查询当时已登记的执法证",
		On: func(tx *store.Tx, day law.Date) *bun.SelectQuery {
			cond, args := validOn(day)
			return posted(tx, day).Join("JOIN org_certificate AS ce ON ce.person_id = p.id").Where(cond, args...).Where("ce.valid_to <= ?", day.AddDays(90))
		},
		Columns:    indicator.Columns{Alias: "po", ID: "ce.id", Date: "ce.valid_to", Label: "p.name || ' ' || ce.number"},
		Dimensions: []indicator.Dimension{{ID: "unit", Name: "单位", Expr: "po.unit_id"}, {ID: "month", Name: "到期月份", Expr: indicator.Month("ce.valid_to")}},
		Link:       "/w/org/certificates/%d",
	}
}
