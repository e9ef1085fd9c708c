package org

import (
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
)

// LegalQualification is what somebody may review decisions by (行政处罚法第五十八条第二款).
type LegalQualification struct {
	// Kind is one of LegalKinds, "" while there is none; Number and On are of its certificate.
	Kind   string   `bun:"legal_kind" json:"legal_kind" doc:"法律职业资格种类：国家统一法律职业资格、国家司法考试法律职业资格、律师资格；没有的不填"`
	Number string   `bun:"legal_number" json:"legal_number" doc:"资格证书编号"`
	On     law.Date `bun:"legal_on" json:"legal_on" doc:"取得资格的日期"`
	// Since is the day from which the person reviews decisions on penalties.
	Since law.Date `bun:"reviews_since" json:"reviews_since" doc:"从事处罚决定法制审核的起始日"`
}

// LegalKinds are the qualifications; those of the earlier examinations count as the present one does.
var LegalKinds = []Label{{"unified", "国家统一法律职业资格"}, {"judicial", "国家司法考试法律职业资格"}, {"lawyer", "律师资格"}}

// ReviewersQualifiedFrom is the day since which whoever begins to review must be qualified: the amended 行政处罚法第三十八条第三款 came into
// force, which is 第五十八条第二款 today.
var ReviewersQualifiedFrom = law.MustDate("2018-01-01")

// Qualified reports whether the qualification is held on the day.
func (q LegalQualification) Qualified(on law.Date) bool {
	return q.Kind != "" && q.Number != "" && !q.On.IsZero() && !on.Before(q.On)
}

// Beginner reports whether the person does not count among those who reviewed before a qualification was asked for.
func (q LegalQualification) Beginner() bool {
	return q.Since.IsZero() || !q.Since.Before(ReviewersQualifiedFrom)
}

// clean checks the fields together: a qualification has its certificate.
func (q *LegalQualification) clean(fs *fault.Fields, today law.Date) {
	if kind, ok := codeOf(LegalKinds, q.Kind); ok { // as a list writes it
		q.Kind = kind
	}
	q.Number = number(fs, "legal_number", "资格证书编号", q.Number, 40, false)
	if q.Kind != "" && labelOf(LegalKinds, q.Kind) == q.Kind {
		fs.Add("legal_kind", "请选择法律职业资格的种类")
	}
	if q.Kind != "" && q.Number == "" {
		fs.Add("legal_number", "请填写资格证书编号")
	}
	if q.Kind != "" && q.On.IsZero() {
		fs.Add("legal_on", "请填写取得资格的日期")
	}
	if q.Kind == "" && (q.Number != "" || !q.On.IsZero()) {
		fs.Add("legal_kind", "填了编号、日期的，请选择法律职业资格的种类")
	}
	for _, d := range []struct {
		field, label string
		day          law.Date
	}{{"legal_on", "取得资格的日期", q.On}, {"reviews_since", "从事法制审核的起始日", q.Since}} {
		if d.day.After(today) {
			fs.Add(d.field, "%s不能晚于今天（%s）", d.label, today.Han())
		}
	}
}

// LegalOf is the qualification of a person; nobody has none.
func LegalOf(tx *store.Tx, id PersonID) (LegalQualification, error) {
	if id == 0 {
		return LegalQualification{}, nil
	}
	p, err := personByID(tx, id)
	return p.LegalQualification, err
}

// says tells the qualification on pages; "" when there is nothing to say.
func (q LegalQualification) says() string {
	out := ""
	if q.Kind != "" {
		out = labelOf(LegalKinds, q.Kind) + "，" + q.Number + "，" + q.On.Han() + "取得"
	}
	if !q.Since.IsZero() {
		if out != "" {
			out += "；"
		}
		out += q.Since.Han() + "起从事法制审核"
	}
	return out
}

func legalLabel(q LegalQualification) string {
	if q.Kind == "" {
		return ""
	}
	return labelOf(LegalKinds, q.Kind)
}
