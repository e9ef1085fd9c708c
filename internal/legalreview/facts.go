package legalreview

import (
	"strings"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/law"
	"fadu/internal/store"
)

// The papers of this slice.
const (
	submissionKind   casework.PaperKind = "review_submission"
	opinionKind      casework.PaperKind = "review_opinion"
	coordinationKind casework.PaperKind = "coordination_record"
)

// facts states what legal review came to, the negative too.
func (s *Service) facts(tx *store.Tx, c *casework.Case, _ law.Date, f *law.Facts) error {
	src := c.ID.Subject()
	st, err := standing(tx, c.ID)
	if err != nil {
		return err
	}
	text, on := "未审核", law.Date{}
	switch {
	case st.Opinion != nil:
		text = st.Opinion.Outcome
		if text == Agreed {
			on = st.Opinion.On
		}
	case st.Last != nil:
		text = "审核中"
	}
	lapsed, err := s.lapsed(tx, c)
	if err != nil {
		return err
	}
	f.SetText(law.LegalReview, text, src)
	f.SetDate(law.ReviewedOn, on, src)
	f.SetBool(law.ReviewLapsed, lapsed, src)
	if p, ok, err := s.proposal(tx, c); err != nil || !ok {
		return err
	} else if c.State == casework.Answered || c.State == casework.Concluded {
		return s.stateMaterials(tx, c, p, f)
	}
	return nil
}

// lapsed reports whether the last opinion agreed to something else than what is now to be decided, or was asked for before the case was told,
// heard or investigated anew (行政处罚法第五十八条第一款).
func (s *Service) lapsed(tx *store.Tx, c *casework.Case) (bool, error) {
	st, err := standing(tx, c.ID)
	if err != nil || st.Opinion == nil || st.Opinion.Outcome != Agreed {
		return false, err
	}
	since, err := casework.StandsSince(tx, c.ID)
	if err != nil || st.Last.ID < since {
		return true, err
	}
	p, ok, err := s.proposal(tx, c)
	return !ok || p.Digest() != st.Last.Digest, err
}

// materials are what goes to the reviewer, and what of it the file does not have (55号令第二十四条).
func (s *Service) materials(tx *store.Tx, c *casework.Case, p casework.Proposal) (have, missing []string, err error) {
	want := []casework.PaperKind{"closing_report"}
	if p.Punish {
		want = append(want, casework.PenaltyNotice, "defence_review")
	}
	if c.CaseNo != "" {
		have = append(have, "案卷"+c.CaseNo)
	}
	all, err := casework.Papers(tx, c.ID)
	if err != nil {
		return nil, nil, err
	}
	there := map[casework.PaperKind]bool{}
	for _, q := range all {
		if q.State == casework.PaperVoid || there[q.Kind] || q.Kind == submissionKind {
			continue
		}
		there[q.Kind] = true
		have = append(have, q.Kind.Label())
	}
	missing = []string{}
	for _, k := range want {
		if !there[k] {
			missing = append(missing, k.Label())
		}
	}
	if there["hearing_record"] && !there["hearing_report"] {
		missing = append(missing, casework.PaperKind("hearing_report").Label())
	}
	if p.Evidence == "" {
		missing = append(missing, "证据清单")
	}
	return have, missing, nil
}

func (s *Service) stateMaterials(tx *store.Tx, c *casework.Case, p casework.Proposal, f *law.Facts) error {
	_, missing, err := s.materials(tx, c, p)
	f.SetList(law.MissingMaterials, missing, c.ID.Subject())
	return err
}

// stateReviewer states who reviews: whether for the first time and qualified, whether one of those who handled the case.
func (s *Service) stateReviewer(tx *store.Tx, by access.Session, c *casework.Case, f *law.Facts) error {
	known, err := casework.ReviewerOf(tx, by.Person(), tx.Today())
	if err != nil {
		return err
	}
	f.SetBool(law.FirstReviewer, known.Beginner, "register")
	f.SetBool(law.PassedLegalExam, known.Qualified, "register")
	handled, err := casework.Investigators(tx, c)
	if err != nil {
		return err
	}
	f.SetBool(law.IsInvestigator, by.Person() != 0 && handled[by.Person()], c.ID.Subject())
	asked, err := s.cases.Recusals(tx, c)
	open, granted := false, false
	for _, r := range asked {
		if r.Person == by.Person() && r.Person != 0 {
			open, granted = open || r.Open, granted || r.Granted
		}
	}
	f.SetBool(law.ReviewerRecusalOpen, open, c.ID.Subject())
	f.SetBool(law.ReviewerRecused, granted, c.ID.Subject())
	return err
}

// judges are those who took the review of the case or gave an opinion on it.
func judges(tx *store.Tx, c *casework.Case) (map[int64]string, error) {
	acts, err := casework.Acts(tx, c.ID)
	out := map[int64]string{}
	for _, a := range acts {
		if _, opinion := outcomes[a.Act]; opinion || a.Act == "take_review" {
			out[a.Person] = "法制审核人员"
		}
	}
	return out, err
}

// changed are the parts of the proposal that differ from the last one on which there was an opinion.
func changed(before *Review, now casework.Proposal) ([]casework.ProposalPart, error) {
	if before == nil {
		return nil, nil
	}
	was, err := before.proposal()
	if err != nil {
		return nil, err
	}
	var out []casework.ProposalPart
	old := was.Parts()
	for i, p := range now.Parts() {
		if p.Text != old[i].Text {
			out = append(out, casework.ProposalPart{Name: p.Name, Text: "原来：" + orNone(old[i].Text) + "　现在：" + orNone(p.Text)})
		}
	}
	return out, nil
}

func orNone(s string) string {
	if s == "" {
		return "无"
	}
	return s
}

// changedText says in the submission what is different, from the second time on.
func changedText(f file, now casework.Proposal) string {
	before := f.Last
	if before == nil {
		return ""
	}
	parts, err := changed(before, now)
	if err != nil || len(parts) == 0 {
		return "拟作的决定没有变动，按审核意见补充了材料"
	}
	var out []string
	for _, p := range parts {
		out = append(out, p.Name+"——"+p.Text)
	}
	return strings.Join(out, "；")
}
