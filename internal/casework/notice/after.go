package notice

import (
	"fmt"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/law"
	"fadu/internal/store"
)

// after keeps where the case stands true to what was told: a case that nobody told waits for its notice, whatever came back to 意见已复核; one that
// came back from the investigation goes on with the notice of before only while nothing changed (行政处罚法第四十四条、第四十五条、第六十二条).
func (s *Service) after(tx *store.Tx, c *casework.Case) error {
	if c.State != casework.Answered && c.State != casework.Concluded {
		return nil
	}
	n, err := current(tx, c.ID)
	if err != nil {
		return err
	}
	served := false
	if n != nil {
		p, err := paper(tx, c.ID, n.Paper)
		if err != nil {
			return err
		}
		served = p != nil && p.State == casework.PaperDelivered
	}
	switch {
	case n == nil && c.State == casework.Answered:
		_, err = s.cases.Act(tx, access.System("job"), c.ID, casework.Command{Act: "not_told", Note: "没有出具并送达告知书"})
		return err
	case n == nil || c.State == casework.Answered:
		return nil
	}
	return s.again(tx, c, n, served)
}

// again is for a case whose investigation was concluded anew under a notice of before.
func (s *Service) again(tx *store.Tx, c *casework.Case, n *Notice, served bool) error {
	why := "送达以前退回补充调查"
	if served {
		now, err := s.proposed(tx, c)
		if err != nil {
			return err
		}
		untold, err := s.untoldEvidence(tx, c, n)
		if err != nil {
			return err
		}
		var f law.Facts
		f.SetBool(law.WorseThanNotice, len(Worse(n.Told, now)) > 0, n.Paper.Subject())
		f.SetList(law.UntoldEvidence, untold, n.Paper.Subject())
		lacks := s.cases.Judge.Judge(casework.ActKeepNotice, tx.Today(), f).Lacks()
		if len(lacks) == 0 {
			_, err = s.cases.Act(tx, access.System("job"), c.ID, casework.Command{Act: "keep_notice", Note: "补充调查以后，事实、证据、依据和拟作的处罚没有变"})
			return err
		}
		why = lacks[0].Message
	}
	_, err := s.cases.Act(tx, access.System("job"), c.ID, casework.Command{
		Act: "lapse_notice", Note: why,
		Write: func(tx *store.Tx, c *casework.Case, done casework.Done) error {
			return s.end(tx, c, Replaced, why, done)
		},
	})
	return err
}

// untoldEvidence is what the case came to rest on after a notice was drawn up.
func (s *Service) untoldEvidence(tx *store.Tx, c *casework.Case, n *Notice) ([]string, error) {
	all, err := s.cases.Exhibits(tx, c)
	out := []string{}
	for _, e := range all {
		if e.Admitted && e.Since > n.ID {
			out = append(out, fmt.Sprintf("%d．%s", e.Number, e.Title))
		}
	}
	return out, err
}
