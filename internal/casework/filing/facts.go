package filing

import (
	"slices"

	"fadu/internal/casework"
	"fadu/internal/law"
	"fadu/internal/law/timing"
	"fadu/internal/store"
)

// facts states what the last check of the lead says. Without a check nothing is stated, which bars the filing.
func (s *Service) facts(tx *store.Tx, c *casework.Case, _ law.Date, f *law.Facts) error {
	src := c.ID.Subject()
	acts, err := casework.Acts(tx, c.ID)
	if err != nil {
		return err
	}
	f.SetBool(law.CheckExtended, slices.ContainsFunc(acts, func(a casework.CaseAct) bool { return a.Act == "extend_check" }), src)
	k, err := last(tx, c.ID)
	if err != nil || k == nil {
		return err
	}
	f.SetBool(law.PrimaFacie, bool(k.PrimaFacie), src)
	f.SetBool(law.InJurisdiction, bool(k.Ours), src)
	f.SetBool(law.LifeHealthFinance, bool(k.Endangered), src)
	f.SetBool(law.InformantNamed, k.Informant == Named, src)
	f.SetDate(law.Discovered, law.DateOf(c.Found()), src)
	if !c.ActFrom.IsZero() {
		f.SetDate(law.ViolationStart, c.ActFrom, src)
		f.SetDate(law.ViolationEnd, c.SubstanceOn(), src)
		f.SetBool(law.Continuing, c.Continuing(), src)
	}
	other, err := twin(tx, c)
	if err != nil {
		return err
	}
	f.SetBool(law.FiledElsewhere, k.Elsewhere != "" || other != 0, src)
	return nil
}

// words are the numbers under which information about the lead came in (来件编号).
func (s *Service) words(tx *store.Tx, c *casework.Case) ([]string, error) {
	k, err := last(tx, c.ID)
	if err != nil || k == nil || k.Letter == "" {
		return nil, err
	}
	return []string{k.Letter}, nil
}

// checkTerm is the clock of the check.
const checkTerm = "线索核查期限"

// running returns the clock of the check while it runs, nil when it does not.
func (s *Service) running(tx *store.Tx, c *casework.Case) (*timing.Clock, error) {
	clocks, err := s.cases.Clocks(tx, c)
	for i, k := range clocks {
		if k.Term == checkTerm && k.Open() {
			return &clocks[i], err
		}
	}
	return nil, err
}
