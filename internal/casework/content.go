package casework

import (
	"encoding/json"
	"fmt"
	"strings"

	"fadu/internal/law"
	"fadu/internal/org"
	"fadu/internal/powers"
	"fadu/internal/store"
)

// Content is everything that a paper says, frozen as JSON when its number is taken; the same content
// always gives the same bytes.
type Content struct {
	Kind PaperKind `json:"kind"`
	// Title is what the paper is headed with, as the bureau called it when the paper was made.
	Title  string   `json:"title"`
	Organ  string   `json:"organ"`
	Number string   `json:"number"`
	Code   string   `json:"code"`
	Dated  law.Date `json:"dated"`
	Demo   bool     `json:"demo"`
	Sealed bool     `json:"sealed"`

	PartyKind    string `json:"party_kind"`
	PartyName    string `json:"party_name"`
	IDLabel      string `json:"id_label"`
	IDNumber     string `json:"id_number"`
	PartyAddress string `json:"party_address"`
	PartyPhone   string `json:"party_phone"`
	LegalRep     string `json:"legal_rep"`

	ActOn     string `json:"act_on"` // 2026年3月2日, or 2026年3月1日至3月2日
	FoundAt   string `json:"found_at"`
	Place     string `json:"place"`
	FactText  string `json:"fact_text"`
	Cause     string `json:"cause"`
	Violated  string `json:"violated"`
	Basis     string `json:"basis"`
	Benchmark string `json:"benchmark"` // which benchmark, tier and circumstances
	LawChoice string `json:"law_choice"`
	Heard     string `json:"heard"`
	Review    string `json:"review"`
	Correct   string `json:"correct"`
	Footage   string `json:"footage"`
	Educated  string `json:"educated"`
	Ending    string `json:"ending"` // why the matter ended without a case

	Warning bool      `json:"warning"`
	Fine    law.Money `json:"fine"`
	PayBy   string    `json:"pay_by"`
	PayDays int       `json:"pay_days"`

	ReviewOrgan string `json:"review_organ"`
	Court       string `json:"court"`
	ReviewDays  int    `json:"review_days"`
	// ReviewFirst: reconsideration comes before a suit (复议前置).
	ReviewFirst bool `json:"review_first"`

	Officers []ContentOfficer `json:"officers"`
	// About is the number of the paper that this one concerns.
	About string `json:"about"`
	// AboutTitle is that paper's title.
	AboutTitle string `json:"about_title"`
	// Fields are what only this kind of paper says.
	Fields map[string]string `json:"fields,omitempty"`

	// CaseNo is the number of the case (立案号); ordinary cases have one.
	CaseNo string `json:"case_no,omitempty"`
	// Part is what only this kind of paper of the ordinary procedure says, see PutPart; Free are its free texts
	// that were worded anew, by name.
	Part json.RawMessage   `json:"part,omitempty"`
	Free map[string]string `json:"free,omitempty"`
}

// ContentOfficer is a handling officer as printed.
type ContentOfficer struct {
	Name        string `json:"name"`
	Certificate string `json:"certificate"`
}

// Element is one thing that 行政处罚法第五十二条第二款 wants on an on-the-spot decision.
type Element struct {
	Name string
	Has  bool
	// Says is how the paper says it, in short.
	Says string
}

// Elements are what the decision must say, with whether it does. Signatures and seal are put on the paper
// later and are no part of its content.
func (c Content) Elements() []Element {
	penalty := []string{}
	if c.Warning {
		penalty = append(penalty, "警告")
	}
	if c.Fine > 0 {
		penalty = append(penalty, "罚款 "+c.Fine.Grouped()+" 元")
	}
	when, paid := c.ActOn, "本决定没有罚款"
	if !c.Dated.IsZero() {
		when += "，" + c.Dated.Han() + "作出"
	}
	if c.Fine > 0 {
		paid = c.Fine.Han()
	}
	names := make([]string, len(c.Officers))
	for i, o := range c.Officers {
		names[i] = o.Name
	}
	return []Element{
		{"当事人的违法行为", c.FactText != "", c.Cause},
		{"行政处罚的种类和依据", (c.Warning || c.Fine > 0) && c.Basis != "", strings.Join(append(penalty, c.Basis), "，")},
		{"罚款数额", c.Warning || c.Fine > 0, paid},
		{"时间", c.ActOn != "" && !c.Dated.IsZero(), when},
		{"地点", c.Place != "", c.Place},
		{"申请行政复议、提起行政诉讼的途径和期限", c.ReviewOrgan != "" && c.Court != "" && c.ReviewDays > 0, c.ReviewOrgan + "，" + c.Court},
		{"行政机关名称", c.Organ != "", c.Organ},
		{"执法人员", len(c.Officers) >= 2, strings.Join(names, "、")},
	}
}

// Lacks lists what 行政处罚法第五十二条第二款 wants on the decision and the content does not have.
func (c Content) Lacks() []string {
	lacks := []string{}
	for _, e := range c.Elements() {
		if !e.Has {
			lacks = append(lacks, e.Name)
		}
	}
	return lacks
}

// titled is what the paper is headed with.
func (c Content) titled() string { return orWord(c.Title, c.Kind.Label()) }

// content gathers a paper's content from the records.
func (s *Service) content(tx *store.Tx, c *Case, p *Paper, organ org.Subject, fields map[string]string) (Content, error) {
	out := Content{
		Kind: p.Kind, Organ: organ.Name, Dated: p.Dated, Demo: s.Demo, Sealed: p.SealedAt != 0,
		PartyKind: partyLabels[c.PartyKind], PartyName: c.PartyName, IDLabel: idKindLabels[c.IDKind], IDNumber: c.IDNumber, PartyAddress: c.PartyAddress, PartyPhone: c.PartyPhone, LegalRep: c.LegalRep,
		ActOn: c.ActFrom.Han(), FoundAt: c.Found().Format("2006年1月2日15时04分"), Place: c.Place, FactText: c.FactText, Cause: c.PowerName,
		Warning: strings.Contains(c.Kinds, "警告"), Fine: c.Amount, PayBy: c.PayBy,
		ReviewOrgan: organ.ReviewOrgan, Court: organ.Court, ReviewFirst: p.Kind == OnSpotDecision || p.Kind == ChangeDecision, Ending: c.EndingNote, Fields: fields, CaseNo: c.CaseNo,
	}
	if c.Continuing() {
		out.ActOn += "至" + c.ActUntil.Han()
	}
	if out.FactText == "" {
		out.FactText = c.Summary
	}
	if out.Cause == "" { // no power is chosen yet
		cause, err := checkedCause(tx, c)
		if err != nil {
			return out, err
		}
		out.Cause = cause
	}
	for _, rule := range []struct {
		name string
		days *int
	}{{"缴纳罚款期限", &out.PayDays}, {"行政复议申请期限", &out.ReviewDays}} {
		d, err := s.Calendar.Earliest(rule.name, p.Dated, 0)
		if err != nil {
			return out, err
		}
		*rule.days = d.Count
	}
	if err := s.contentOfScene(tx, c, &out); err != nil {
		return out, err
	}
	if err := out.speakOf(tx, p.About); err != nil {
		return out, err
	}
	if c.PowerCode == "" || p.Kind == CorrectionSlip || p.Kind == Revocation { // they speak of their paper, not of the power
		return out, nil
	}
	a, err := s.assess(tx, c, p.Dated)
	if err != nil {
		return out, err
	}
	out.Violated, out.Basis = a.Item.Violated.Han(), a.Item.Penalty.Han()
	if c.ordinary() && c.Tier == "" && !a.HasBenchmark {
		out.Benchmark = "该行为没有公布的裁量基准，按违法的事实、性质、情节和社会危害程度裁量"
	}
	if c.Tier != "" {
		issue := a.Benchmark.Issue
		out.Benchmark = fmt.Sprintf("适用%s%s，裁量阶次为%s：%s", issue.Document, c.AppliedCode, c.Tier, c.TierWhy)
	}
	if c.ChosenLaw == string(powers.ChooseNew) {
		out.LawChoice = "违法行为发生在新规定施行之前，作出决定时新规定处罚较轻，适用新规定"
	}
	return out, nil
}

// checkedCause is the cause of the last check of the lead, or what the lead says.
func checkedCause(tx *store.Tx, c *Case) (string, error) {
	var causes []string
	err := tx.DB().NewSelect().Table("lead_check").Column("cause").Where("case_id = ?", c.ID).Order("id DESC").Limit(1).Scan(tx.Ctx, &causes)
	return orWord(strings.Join(causes, ""), c.Summary), err
}

// speakOf names the paper that this one is about; 0 is none.
func (c *Content) speakOf(tx *store.Tx, id PaperID) error {
	if id == 0 {
		return nil
	}
	var about Paper
	if err := tx.DB().NewSelect().Model(&about).Where("id = ?", id).Scan(tx.Ctx); err != nil {
		return err
	}
	was, err := about.frozen()
	c.About, c.AboutTitle = about.DocNo, was.titled()
	return err
}

func (s *Service) contentOfScene(tx *store.Tx, c *Case, out *Content) error {
	all, err := steps(tx, c.ID)
	if err != nil {
		return err
	}
	for _, st := range all {
		if st.Withdrawn {
			continue
		}
		switch st.Kind {
		case StepHear:
			out.Heard = st.Text
		case StepReview:
			out.Review = st.Text
		case StepFootage:
			out.Footage = st.Detail
		case StepEducate:
			out.Educated = st.Text
		case StepCorrect:
			out.Correct = "当场改正"
			if st.Detail != CorrectedNow {
				out.Correct = "于" + st.Due.Han() + "前改正"
			}
		}
	}
	if c.Lead == 0 || c.Assist == 0 {
		return nil
	}
	statuses, err := org.OfficersOn(tx, []org.PersonID{org.PersonID(c.Lead), org.PersonID(c.Assist)}, out.Dated, c.Area)
	if err != nil {
		return err
	}
	for _, st := range statuses {
		out.Officers = append(out.Officers, ContentOfficer{st.Name, st.CertificateNo})
	}
	return nil
}
