package filing

import (
	"fmt"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/law"
	"fadu/internal/law/calendar"
	"fadu/internal/law/timing"
	"fadu/internal/store"
)

// The papers of this desk.
const (
	checkRecordKind      casework.PaperKind = "check_record"
	checkExtensionKind   casework.PaperKind = "check_extension"
	filingApprovalKind   casework.PaperKind = "filing_approval"
	noFilingApprovalKind casework.PaperKind = "no_filing_approval"
	noFilingNoticeKind   casework.PaperKind = "no_filing_notice"
)

func received(c *casework.Case) law.Date { return law.DateOf(c.Found()) }

// conditions are the three conditions of filing as a check found them.
func (k Check) conditions(c *casework.Case) casework.Conditions {
	out := casework.Conditions{PrimaFacie: k.Evidence, Jurisdiction: "违法行为发生在本机关管辖的区域，属于本机关的职权", Limitation: limitation(c, bool(k.Endangered))}
	if !k.PrimaFacie {
		out.PrimaFacie = "没有查到证明有违法行为的证据"
	}
	switch {
	case k.Elsewhere != "":
		out.Jurisdiction = k.Elsewhere + "已先立案"
	case !bool(k.Ours):
		out.Jurisdiction = "不属于本机关管辖"
	}
	return out
}

// limitation says from when and how long the act may be punished (处罚法第三十六条); the rule judges it.
func limitation(c *casework.Case, endangered bool) string {
	if c.ActFrom.IsZero() {
		return "违法行为发生的日期没有查明"
	}
	name, years := "limitation", "二"
	if endangered {
		name = "limitation_extended"
	}
	if n, ok := law.Limit(name, received(c)); ok {
		years = law.HanNumeral(int(n.Value))
	}
	what := "违法行为发生于" + c.ActFrom.Han()
	if c.Continuing() {
		what = "连续、继续的违法行为终了于" + c.SubstanceOn().Han()
	}
	return fmt.Sprintf("%s，%s发现，追责时效为%s年", what, received(c).Han(), years)
}

func checkRecord(c *casework.Case, k *Check) []casework.Draft {
	proposal := "建议不予立案"
	if k.PrimaFacie && k.Ours && k.Elsewhere == "" {
		proposal = "建议立案"
	}
	return []casework.Draft{{Kind: checkRecordKind, Part: casework.CheckRecord{
		Conditions: k.conditions(c), Source: casework.SourceLabel(c.Source), ReceivedOn: received(c), Lead: c.Summary, Course: k.Found, Proposal: proposal,
	}}}
}

func checkExtension(tx *store.Tx, c *casework.Case, by access.Session, in ExtendInput, clock *timing.Clock, days *calendar.Calendar) ([]casework.Draft, error) {
	a, err := casework.Signed(tx, c, by, in.Why, "")
	if err != nil || clock == nil {
		return nil, err
	}
	until, err := days.AddWorkdays(clock.Due, in.Days)
	return []casework.Draft{{Kind: checkExtensionKind, Part: casework.CheckExtension{Approval: a, Source: casework.SourceLabel(c.Source), ReceivedOn: received(c), Due: clock.Due, Until: until}}}, err
}

func filingApproval(tx *store.Tx, c *casework.Case, k *Check, in AskInput) ([]casework.Draft, error) {
	if k == nil {
		k = &Check{}
	}
	a, err := casework.Unsigned(tx, c, k.Found)
	if in.Opinion != "" && len(a.Steps) > 0 {
		a.Steps[0].Opinion = in.Opinion
	}
	return []casework.Draft{{Kind: filingApprovalKind, Part: casework.FilingApproval{Approval: a, Conditions: k.conditions(c), Source: casework.SourceLabel(c.Source), FoundOn: received(c), Violated: k.Violated}}}, err
}

// noFiling is the decision not to file and, for an informant who left a name, the notice.
func noFiling(tx *store.Tx, c *casework.Case, by access.Session, k *Check, why string) ([]casework.Draft, error) {
	if k == nil {
		k = &Check{Found: "未经核查"}
	}
	a, err := casework.Signed(tx, c, by, k.Found, why)
	out := []casework.Draft{{Kind: noFilingApprovalKind, Part: casework.NoFilingApproval{
		Approval: a, Source: casework.SourceLabel(c.Source), ReceivedOn: received(c), Ground: why, Informant: k.Informant == Named,
	}}}
	if k.Informant == Named {
		out = append(out, casework.Draft{Kind: noFilingNoticeKind, Part: casework.NoFilingNotice{
			To: "来件" + k.Letter + "反映人", ReportedOn: received(c), Lead: c.Summary, Ground: why,
		}})
	}
	return out, err
}
