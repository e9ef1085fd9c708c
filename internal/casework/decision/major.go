package decision

import (
	"fadu/internal/casework"
	"fadu/internal/casework/decision/pages"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/web"
)

// majorQuestion is one of the questions that tell whether a decision is major, with what was answered; nil is nothing.
type majorQuestion struct {
	key         law.BoolKey
	name, label string
	said        *bool
}

func (in DraftInput) majorQuestions() []majorQuestion {
	return []majorQuestion{
		{law.MajorPublicInterest, "public_interest", "涉及重大公共利益", in.PublicInterest},
		{law.MajorRights, "major_rights", "直接关系当事人或者第三人重大权益", in.MajorRights},
		{law.ComplexCase, "complex", "案情疑难复杂", in.Complex},
		{law.ManyRelations, "many_relations", "涉及多个法律关系", in.ManyRelations},
		{law.SocialRisk, "social_risk", "可能造成重大社会影响或者引发社会风险", in.SocialRisk},
	}
}

func questions(in DraftInput) []pages.Question {
	var out []pages.Question
	for _, q := range in.majorQuestions() {
		out = append(out, pages.Question{Name: q.name, Label: q.label})
	}
	return out
}

// finedThen shows the fines of the same party for acts of the same days; of foreign cases day, cause and amount only.
func (s *Service) finedThen(tx *store.Tx, c *casework.Case) ([]web.FactView, error) {
	all, err := s.cases.FinedThen(tx, c)
	var out []web.FactView
	for _, e := range all {
		out = append(out, web.FactView{Label: "同日已被罚款", Text: e.DecidedOn + " " + e.PowerName + "，罚款 " + law.Money(e.Amount).Grouped() + " 元"})
	}
	return out, err
}
