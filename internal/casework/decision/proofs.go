package decision

import (
	"fmt"
	"slices"
	"strings"

	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/store"
	"fadu/internal/web"
)

// DecisionProof is an admitted piece of the case's evidence with what it proves.
type DecisionProof struct {
	Exhibit int64  `json:"exhibit" doc:"证据清单上的编号，只能是已经采信的"`
	Proves  string `json:"proves" doc:"证明目的"`
}

// rest is the evidence on which the draft rests, as the case's list names it; what the list bars is refused at its line
// (行政处罚法第四十一条第二款、第四十六条第二款).
func (in DraftInput) rest(all []casework.Exhibit, fs *fault.Fields) (out casework.Proofs) {
	if len(in.Proofs) == 0 {
		fs.Add("proofs", "请逐行选择证据，写明证明目的")
	}
	seen := map[int64]bool{}
	for i, p := range in.Proofs {
		at := slices.IndexFunc(all, func(e casework.Exhibit) bool { return e.Number == p.Exhibit })
		problem := ""
		switch {
		case at < 0:
			problem = casework.NotListed(p.Exhibit)
		case seen[p.Exhibit]:
			problem = fmt.Sprintf("第 %d 号证据列了两次", p.Exhibit)
		case all[at].Barred() != "":
			problem = all[at].Barred()
		case strings.TrimSpace(p.Proves) == "":
			problem = fmt.Sprintf("请写明第 %d 号证据证明什么", p.Exhibit)
		}
		if seen[p.Exhibit] = true; problem != "" {
			fs.Add(web.RowName("proofs", i), "%s", problem)
			continue
		}
		e := all[at]
		out.Proofs = append(out.Proofs, casework.Proof{Name: e.Title, Pages: e.Pages, Source: e.Source, Proves: strings.TrimSpace(p.Proves)})
	}
	return out
}

// proofs is rest of the case as its list of evidence stands now.
func (s *Service) proofs(tx *store.Tx, c *casework.Case, in DraftInput) (casework.Proofs, error) {
	all, err := s.cases.Exhibits(tx, c)
	if err != nil {
		return casework.Proofs{}, err
	}
	var fs fault.Fields
	return in.rest(all, &fs), fs.Err()
}

// faultless reports whether the draft rests on evidence that the party was not at fault.
func (in DraftInput) faultless(all []casework.Exhibit) bool {
	listed := slices.ContainsFunc(in.Proofs, func(p DecisionProof) bool { return p.Exhibit == in.NoFault })
	return listed && slices.ContainsFunc(all, func(e casework.Exhibit) bool { return e.Number == in.NoFault && e.ProvesNoFault() })
}

// Admitted proposes everything on which the case may rest.
func Admitted(all []casework.Exhibit) []DecisionProof {
	var out []DecisionProof
	for _, e := range all {
		if e.Barred() == "" {
			out = append(out, DecisionProof{Exhibit: e.Number, Proves: e.Proves})
		}
	}
	return out
}

// exhibitOptions are the choices of a line: the admitted evidence that fits, by its number.
func exhibitOptions(all []casework.Exhibit, fits func(casework.Exhibit) bool) []web.Option {
	out := []web.Option{{Label: "（空）"}}
	for _, e := range all {
		if fits(e) {
			out = append(out, web.Option{Value: fmt.Sprint(e.Number), Label: fmt.Sprintf("%d．%s", e.Number, e.Title)})
		}
	}
	return out
}
