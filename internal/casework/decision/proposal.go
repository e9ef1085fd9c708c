package decision

import (
	"strings"

	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/store"
)

// Proposal is what is drafted now, for legal review; ok is false while nothing is.
func (s *Service) Proposal(tx *store.Tx, c *casework.Case) (p casework.Proposal, ok bool, err error) {
	d, in, err := last(tx, c.ID)
	if err != nil || d == nil {
		return p, false, err
	}
	rest, err := s.proofs(tx, c, in)
	if err != nil && fault.KindOf(err) == "" { // a line that is barred by now is left out, which changes the proposal
		return p, false, err
	}
	told, err := s.told(tx, c)
	if err != nil {
		return p, false, err
	}
	var proofs []string
	for _, e := range rest.Proofs {
		proofs = append(proofs, e.Name+"，证明"+strings.TrimPrefix(e.Proves, "证明"))
	}
	grounds := []string{c.PowerName, c.AppliedCode, c.Tier, in.opinion(c), in.Departure, in.Ground, in.Why}
	return casework.Proposal{
		Punish: in.Outcome == Punish, Decision: in.says(), Facts: in.Facts, Evidence: strings.Join(proofs, "；"),
		Grounds: strings.Join(said(grounds), "；"), Answer: in.heard(told),
	}, true, nil
}

// Imposed is what is drafted now, to be compared with what was told; ok is false while nothing is.
func (s *Service) Imposed(tx *store.Tx, c *casework.Case) (out casework.Imposed, ok bool, err error) {
	d, in, err := last(tx, c.ID)
	if err != nil || d == nil || in.Outcome != Punish {
		return out, false, err
	}
	return in.imposed(), true, nil
}

// imposed is what the draft would impose.
func (in DraftInput) imposed() casework.Imposed {
	out := casework.Imposed{Kinds: strings.Join(in.kinds(), ";"), Fine: in.fine(), Facts: in.Facts}
	var contents []string
	for _, p := range in.Penalties {
		switch casework.PenaltyKind(p.Kind) {
		case casework.PenaltyGains:
			out.Gains = p.Amount
		case casework.PenaltyGoods:
			out.Goods = p.Amount
		}
		if casework.PenaltyKind(p.Kind).NeedsContent() {
			contents = append(contents, p.Kind+"："+strings.TrimSpace(p.Content))
		}
	}
	out.Contents = strings.Join(contents, "\n")
	return out
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
