package decision

import (
	"strings"

	"fadu/internal/casework"
	"fadu/internal/store"
)

// Proposal is what is drafted now, for legal review; ok is false while nothing is.
func (s *Service) Proposal(tx *store.Tx, c *casework.Case) (p casework.Proposal, ok bool, err error) {
	d, in, err := last(tx, c.ID)
	if err != nil || d == nil {
		return p, false, err
	}
	var proofs []string
	for _, e := range in.Proofs {
		proofs = append(proofs, e.Name+"，证明"+e.Proves)
	}
	grounds := []string{c.PowerName, c.AppliedCode, c.Tier, in.opinion(c), in.Departure, in.Ground, in.Why}
	return casework.Proposal{
		Punish: in.Outcome == Punish, Decision: in.says(), Facts: in.Facts, Evidence: strings.Join(proofs, "；"),
		Grounds: strings.Join(said(grounds), "；"), Answer: in.heard(),
	}, true, nil
}

// said leaves out what is empty.
func said(all []string) []string {
	var out []string
	for _, s := range all {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}
