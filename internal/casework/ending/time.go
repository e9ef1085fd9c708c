package ending

import (
	"slices"
	"strings"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/web"
)

type endingExtendBody struct {
	casework.OnVersion
	Days int    `json:"days" doc:"延长的日数" label:"延长" ask:"need" hint:"至多三十日" unit:"日"`
	Why  string `json:"why" doc:"为什么不能在期限内作出决定" ask:"need long 500"`
}

func (s *Service) timeDeeds() []casework.Deed {
	return []casework.Deed{
		casework.NewDeed(s.cases, casework.DeedDef[endingExtendBody]{
			Act: "extend_decision", Submit: "同意延长", Done: "办案期限已延长", Explain: "因案情复杂或者其他原因，期限届满前经负责人批准，延长一次，至多三十日。", When: "九十日内不能作出决定的", Detail: "期限届满前，一次",
			Start: s.startExtension, Presume: s.presumeExtension,
			Command: func(by access.Session, in endingExtendBody) casework.Command {
				return s.extension(by, in)
			},
		}),
	}
}

// names are what stands between the signs of enumeration.
func names(list string) []string {
	var out []string
	for _, n := range strings.FieldsFunc(list, func(r rune) bool { return strings.ContainsRune("、，,；; \n\t", r) }) {
		if !slices.Contains(out, n) { // written twice it is one person
			out = append(out, n)
		}
	}
	return out
}

// term shows until when the case has to be decided now.
func (s *Service) term(tx *store.Tx, at casework.FormAt) ([]web.FactView, error) {
	k, err := s.running(tx, at.Case, decisionTerm)
	if k == nil || k.Due.IsZero() {
		return nil, err
	}
	return []web.FactView{{Label: "现在的期限", Text: "到" + k.Due.Han()}}, err
}

func (s *Service) startExtension(tx *store.Tx, at casework.FormAt) (casework.Asked[endingExtendBody], error) {
	facts, err := s.term(tx, at)
	return casework.Asked[endingExtendBody]{In: endingExtendBody{Days: 30}, Facts: facts}, err
}

func (s *Service) presumeExtension(tx *store.Tx, by access.Session, c *casework.Case, f *law.Facts) error {
	headApproves(by, f)
	f.SetNumber(law.ExtensionDays, 1, "form")
	return s.stateExpiry(tx, c, f)
}

// stateExpiry states whether the term of the decision still runs.
func (s *Service) stateExpiry(tx *store.Tx, c *casework.Case, f *law.Facts) error {
	return s.cases.StateDecisionTerm(tx, c, f)
}

func (s *Service) extension(by access.Session, in endingExtendBody) casework.Command {
	why := strings.TrimSpace(in.Why)
	return casework.Command{
		Days: in.Days, Note: why,
		State: func(tx *store.Tx, c *casework.Case, f *law.Facts) error {
			f.SetNumber(law.ExtensionDays, int64(in.Days), "form")
			headApproves(by, f)
			return s.stateExpiry(tx, c, f)
		},
		Drafts: func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
			form, err := casework.Signed(tx, c, by, why, "同意")
			if err != nil {
				return nil, err
			}
			return s.cases.ExtensionDrafts(tx, c, "extend_decision", casework.ExtensionApproval{Approval: form, Days: in.Days})
		},
		Write: s.keeping("extend_decision", by, in),
	}
}

// keeping writes what the form said.
func (s *Service) keeping(act string, by access.Session, in any) func(*store.Tx, *casework.Case, casework.Done) error {
	return func(tx *store.Tx, c *casework.Case, done casework.Done) error {
		return keep(tx, c, done, act, by.Person(), in)
	}
}
