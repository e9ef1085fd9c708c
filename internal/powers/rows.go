package powers

import (
	"strings"

	"fadu/internal/law"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// record is what every row of this slice carries: the batch it came with, whether readers see it, and
// the row that it replaced.
type record struct {
	Batch    int64      `bun:"batch_id"`
	Live     store.Flag `bun:"live"`
	Replaces int64      `bun:"replaces"`
	Version  int64      `bun:"version"`
	Entry    int64      `bun:"entry_id"`
}

// noBound stands for "no such fine for this party" in a column.
const noBound = law.Money(-1)

func (b Bounds) columns() (low, high law.Money) {
	if !b.Set {
		return noBound, noBound
	}
	return b.Min, b.Max
}

func boundsOf(low, high law.Money) Bounds {
	if high < 0 {
		return Bounds{}
	}
	return Bounds{true, low, high}
}

type lawRow struct {
	bun.BaseModel  `bun:"table:power_law,alias:l"`
	ID             LawID      `bun:"id,pk"`
	Title          string     `bun:"title"`
	ShortTitle     string     `bun:"short_title"`
	IssuingBody    string     `bun:"issuing_body"`
	DocumentNumber string     `bun:"document_number"`
	EffectiveFrom  law.Date   `bun:"effective_from"`
	Status         string     `bun:"status"`
	Level          string     `bun:"level"`
	LastArticle    int        `bun:"last_article"`
	ValidTo        law.Date   `bun:"valid_to"`
	Successor      string     `bun:"successor"`
	TextGrade      string     `bun:"text_grade"`
	StatusAsOf     string     `bun:"status_as_of"`
	NumberChecked  store.Flag `bun:"number_checked"`
	DateChecked    store.Flag `bun:"date_checked"`
	Notes          string     `bun:"notes"`
	Demo           store.Flag `bun:"demo"`
	record
}

func lawRowOf(l LawText) lawRow {
	return lawRow{
		ID: l.ID, Title: l.Title, ShortTitle: l.ShortTitle, IssuingBody: l.IssuingBody, DocumentNumber: l.DocumentNumber, EffectiveFrom: l.EffectiveFrom,
		Status: l.Status, Level: l.Level, LastArticle: l.LastArticle, ValidTo: l.ValidTo, Successor: l.Successor, TextGrade: l.TextGrade, StatusAsOf: l.StatusAsOf,
		NumberChecked: store.Flag(l.NumberChecked), DateChecked: store.Flag(l.DateChecked), Notes: l.Notes, Demo: store.Flag(l.Demo),
	}
}

func (r lawRow) law() LawText {
	return LawText{
		r.ID, r.Title, r.ShortTitle, r.IssuingBody, r.DocumentNumber, r.EffectiveFrom, r.Status, r.Level, r.LastArticle, r.ValidTo, r.Successor,
		r.TextGrade, r.StatusAsOf, bool(r.NumberChecked), bool(r.DateChecked), r.Notes, bool(r.Demo),
	}
}

type itemRow struct {
	bun.BaseModel   `bun:"table:power_item,alias:p"`
	ID              ItemID     `bun:"id,pk"`
	Code            string     `bun:"code"`
	Kind            Kind       `bun:"kind"`
	Domain          string     `bun:"domain"`
	Name            string     `bun:"name"`
	ViolatedLaw     string     `bun:"violated_law"`
	ViolatedArticle string     `bun:"violated_article"`
	PenaltyLaw      string     `bun:"penalty_law"`
	PenaltyArticle  string     `bun:"penalty_article"`
	PenaltyKinds    string     `bun:"penalty_kinds"`
	FineBasis       FineBasis  `bun:"fine_basis"`
	FineFormula     string     `bun:"fine_formula"`
	CitizenMin      law.Money  `bun:"citizen_min"`
	CitizenMax      law.Money  `bun:"citizen_max"`
	OrgMin          law.Money  `bun:"org_min"`
	OrgMax          law.Money  `bun:"org_max"`
	CorrectionFirst store.Flag `bun:"correction_first"`
	SeizurePower    string     `bun:"seizure_power"`
	LimitationYears int        `bun:"limitation_years"`
	LimitationNote  string     `bun:"limitation_note"`
	LawVersion      law.Date   `bun:"law_version"`
	Trigger         string     `bun:"escalation_trigger"`
	EscCitizenMin   law.Money  `bun:"esc_citizen_min"`
	EscCitizenMax   law.Money  `bun:"esc_citizen_max"`
	EscOrgMin       law.Money  `bun:"esc_org_min"`
	EscOrgMax       law.Money  `bun:"esc_org_max"`
	Scope           string     `bun:"scope"`
	ValidFrom       law.Date   `bun:"valid_from"`
	ValidTo         law.Date   `bun:"valid_to"`
	SupersededBy    string     `bun:"superseded_by"`
	Verify          string     `bun:"verify"`
	Unchecked       store.Flag `bun:"unchecked"`
	Notes           string     `bun:"notes"`
	Demo            store.Flag `bun:"demo"`
	standingRow
	record
}

// searchKind is this slice's kind in the search index.
const searchKind = "power"

// words is what a power is found by; provisions are found by power_basis.
func (r itemRow) words() string {
	return strings.Join([]string{r.Code, r.Name, r.Domain, r.ViolatedLaw, r.PenaltyLaw}, " ")
}

type standingRow struct {
	Earlier       Periods    `bun:"adopted_before"`
	AdoptedFrom   law.Date   `bun:"adopted_from"`
	AdoptedUntil  law.Date   `bun:"adopted_until"`
	AdoptBasis    AdoptBasis `bun:"adopt_basis"`
	AdoptDocument string     `bun:"adopt_document"`
	ConfirmedOn   law.Date   `bun:"confirmed_on"`
	ConfirmSource string     `bun:"confirm_source"`
}

func itemRowOf(p PowerItem) itemRow {
	r := itemRow{
		ID: p.ID, Code: p.Code, Kind: p.Kind, Domain: p.Domain, Name: p.Name, ViolatedLaw: p.Violated.Law, ViolatedArticle: p.Violated.Articles.Han(),
		PenaltyLaw: p.Penalty.Law, PenaltyArticle: p.Penalty.Articles.Han(), PenaltyKinds: strings.Join(p.PenaltyKinds, ";"), FineBasis: p.FineBasis, FineFormula: p.FormulaText,
		CorrectionFirst: store.Flag(p.CorrectionFirst), SeizurePower: p.SeizurePower, LimitationYears: p.LimitationYears, LimitationNote: p.LimitationNote,
		LawVersion: p.LawVersion, Trigger: p.EscalationTrigger, Scope: p.Scope, ValidFrom: p.ValidFrom, ValidTo: p.ValidTo, SupersededBy: p.SupersededBy,
		Verify: p.Verify, Unchecked: store.Flag(p.NeedsConfirmation()), Notes: p.Notes, Demo: store.Flag(p.Demo), standingRow: standingRow(p.Standing),
	}
	r.CitizenMin, r.CitizenMax = p.Fine.Citizen.columns()
	r.OrgMin, r.OrgMax = p.Fine.Organisation.columns()
	r.EscCitizenMin, r.EscCitizenMax = p.Escalated.Citizen.columns()
	r.EscOrgMin, r.EscOrgMax = p.Escalated.Organisation.columns()
	return r
}

func (r itemRow) item() PowerItem {
	p := PowerItem{
		ID: r.ID, Code: r.Code, Kind: r.Kind, Domain: r.Domain, Name: r.Name, PenaltyKinds: splitList(r.PenaltyKinds),
		Violated: Basis{Law: r.ViolatedLaw}, Penalty: Basis{Law: r.PenaltyLaw},
		Fine:      Fines{boundsOf(r.CitizenMin, r.CitizenMax), boundsOf(r.OrgMin, r.OrgMax)},
		FineBasis: r.FineBasis, FormulaText: r.FineFormula, CorrectionFirst: bool(r.CorrectionFirst), SeizurePower: r.SeizurePower, LimitationYears: r.LimitationYears,
		LimitationNote: r.LimitationNote, LawVersion: r.LawVersion, EscalationTrigger: r.Trigger,
		Escalated: Fines{boundsOf(r.EscCitizenMin, r.EscCitizenMax), boundsOf(r.EscOrgMin, r.EscOrgMax)},
		Scope:     r.Scope, ValidFrom: r.ValidFrom, ValidTo: r.ValidTo, SupersededBy: r.SupersededBy, Verify: r.Verify, Notes: r.Notes, Demo: bool(r.Demo), Standing: Standing(r.standingRow),
	}
	if len(p.PenaltyKinds) == 0 {
		p.PenaltyKinds = nil
	}
	// What was checked on import reads again; a row that does not is shown without the part.
	p.Violated.Articles, _ = ParseArticles(r.ViolatedArticle)
	p.Penalty.Articles, _ = ParseArticles(r.PenaltyArticle)
	if r.FineBasis == FineRatio || r.FineBasis == FinePerUnit {
		p.Formula, _ = ParseFormula(r.FineBasis, r.FineFormula)
	}
	return p
}

type basisRow struct {
	bun.BaseModel `bun:"table:power_basis,alias:b"`
	Item          ItemID `bun:"item_id,pk"`
	Role          string `bun:"role,pk"`
	Law           string `bun:"law"`
	Article       int    `bun:"article,pk"`
	Suffix        int    `bun:"suffix,pk"`
	Para          int    `bun:"para,pk"`
	Point         int    `bun:"item,pk"`
}

func basisRowsOf(p PowerItem) []basisRow {
	var out []basisRow
	for _, b := range []struct {
		role  string
		basis Basis
	}{{"violated", p.Violated}, {"penalty", p.Penalty}} {
		for _, a := range b.basis.Articles {
			out = append(out, basisRow{Item: p.ID, Role: b.role, Law: b.basis.Law, Article: a.No, Suffix: a.Suffix, Para: a.Para, Point: a.Item})
		}
	}
	return out
}
