package notice

import (
	"slices"

	"fadu/internal/casework"
	"fadu/internal/store"
)

// Heard reads how the party was told and heard, over every notice that reached it (行政处罚法第四十四条、第四十五条、第六十二条).
func (s *Service) Heard(tx *store.Tx, c *casework.Case) (out casework.Heard, err error) {
	all, err := notices(tx, c.ID)
	if err != nil {
		return out, err
	}
	for _, n := range all {
		if n.State == Voided {
			continue
		}
		said, err := points(tx, n.ID)
		if err != nil {
			return out, err
		}
		for _, p := range said {
			if p.Answer == "" {
				out.Unanswered = append(out.Unanswered, short(p.Said))
				continue
			}
			out.Answers = append(out.Answers, casework.DefenceAnswer{Point: p.Said, Answer: p.Answer, Adopted: bool(p.Adopted), Why: p.Why})
		}
		if n.State != Current {
			continue
		}
		p, err := paper(tx, c.ID, n.Paper)
		if err != nil {
			return out, err
		}
		if p != nil && p.State == casework.PaperDelivered {
			out.Notice, out.ServedOn, out.HearingRight = p.DocNo, p.ServedOn(), bool(n.TellsHearing)
		}
	}
	acts, err := casework.Acts(tx, c.ID)
	out.HearingAsked = slices.ContainsFunc(acts, func(a casework.CaseAct) bool { return a.Act == "ask_hearing" })
	return out, err
}
