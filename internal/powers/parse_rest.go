package powers

import (
	"regexp"
	"slices"
	"strings"

	"fadu/internal/law"
)

var exemptionRef = regexp.MustCompile(`^[A-Z]{1,6}-[0-9]{1,6}$`)

var windows = map[string]int{"": 0, "一年": 1, "二年": 2, "两年": 2, "三年": 3, "1年": 1, "2年": 2, "3年": 3}

// ParseExemption reads one row of a list of conduct that is not punished.
func ParseExemption(row TableRow) (Exemption, []RowError) {
	c := newCells(ImportExemptions, row)
	e := Exemption{
		Ref: c.text("id"), Code: c.text("code"), Name: c.text("name"), Kind: enum(c, "type", exemptionKindLabels),
		Effect: enum(c, "effect", effectLabels), Conditions: c.text("conditions"), CorrectionRequired: c.yes("correction_required") == law.True,
		Accompanying: c.list("accompanying"), Basis: c.text("basis"),
	}
	years, ok := windows[c.text("first_window")]
	if !ok && !c.bad("first_window") {
		c.add("first_window", "“%s”应为一年、二年或者三年", clip(c.text("first_window"), 20))
	}
	e.WindowYears = years
	if e.Kind == ExemptFirst && years == 0 && !c.bad("first_window") {
		c.add("first_window", "首违不罚须写明初次的追溯期")
	}
	if e.Ref != "" && !c.bad("id") && !exemptionRef.MatchString(e.Ref) {
		c.add("id", "“%s”不合编号规则，应为大写字母、短横、数字，例如 EX-001", clip(e.Ref, 20))
	}
	e.Demo = strings.Contains(e.Basis, demoMark)
	e.Sample = strings.Contains(e.Basis, "示范")
	return e, c.faults
}

// ParseLaw reads one row of the list of laws.
func ParseLaw(row TableRow) (LawText, []RowError) {
	c := newCells(ImportLaws, row)
	l := LawText{
		Title: c.text("title"), ShortTitle: c.text("short_title"), IssuingBody: c.text("issuing_body"), DocumentNumber: c.text("document_number"),
		EffectiveFrom: c.date("effective_date"), Status: c.text("status"), Level: c.text("level"), LastArticle: c.integer("articles_count", 1, 9999),
		ValidTo: c.date("valid_to"), Successor: c.text("successor"), TextGrade: c.text("text_grade"), StatusAsOf: c.text("status_as_of"),
		NumberChecked: c.yes("document_number_checked") == law.True, DateChecked: c.yes("effective_date_checked") == law.True, Notes: c.text("notes"),
	}
	l.Demo = strings.Contains(l.Title, demoMark)
	if l.Level != "" && !c.bad("level") && !slices.Contains(lawLevels, l.Level) {
		c.add("level", "没有“%s”，应为%s", clip(l.Level, 20), strings.Join(lawLevels, "、"))
	}
	if l.TextGrade != "" && !c.bad("text_grade") && !slices.Contains([]string{"A", "B", "C"}, l.TextGrade) {
		c.add("text_grade", "“%s”应为A、B或者C", clip(l.TextGrade, 20))
	}
	if strings.ContainsAny(l.Title, "《》") {
		c.add("title", "名称不加书名号")
	}
	if !l.ValidTo.IsZero() && l.ValidTo.Before(l.EffectiveFrom) {
		c.add("valid_to", "失效日%s早于施行日%s", l.ValidTo, l.EffectiveFrom)
	}
	if l.Successor != "" && l.ValidTo.IsZero() && !c.bad("valid_to") {
		c.add("successor", "写了由何替代，却没有写失效日")
	}
	return l, c.faults
}
