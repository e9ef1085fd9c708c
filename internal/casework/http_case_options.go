package casework

import (
	"cmp"
	"time"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/org"
	"fadu/internal/store"
	"fadu/internal/web"
)

// The orders in which pages offer codes.
var (
	sourceOrder  = []string{"patrol", "complaint", "assigned", "transfer", "device", "random"}
	partyOrder   = []PartyKind{Citizen, SoleTrader, LegalPerson, OtherBody}
	idKindOrder  = []string{"resident_id", "uscc", "passport", "other"}
	basisOrder   = []string{"card_seen", "card_photo", "police_check", "self_stated", "unknown"}
	harmOrder    = []string{"none", "slight", "some"}
	payOrder     = []string{PayCode, PayBank, PayElectronic, PayCash}
	channelOrder = []string{PayCode, PayBank, PayElectronic}
	stateOrder   = everyState(OnSpot, OrdinaryLine)
	endingOrder  = []string{"paid", "warned", "declined_slight", "declined_first", "ordinary", "not_filed", "revoked"}
	sceneOrder   = []StepKind{StepShowID, StepFootage, StepMeasure, StepTell, StepHear, StepReview, StepCorrect, StepEducate, StepRecusal}
)

// options are codes with their labels, in order.
func options[K ~string](order []K, labels map[K]string) []web.Option {
	out := make([]web.Option, len(order))
	for i, k := range order {
		out[i] = web.Option{Value: string(k), Label: labels[k]}
	}
	return out
}

// basisOptions say what each way of establishing identity allows.
func basisOptions() []web.Option {
	out := options(basisOrder, identityBasisLabels)
	small := map[string]string{"card_seen": "身份查清", "card_photo": "身份查清", "police_check": "身份查清", "self_stated": "身份没有查清，不能当场处罚", "unknown": "身份没有查清，不能当场处罚"}
	for i := range out {
		out[i].Small = small[out[i].Value]
	}
	return out
}

// timeInput prints an instant as a datetime-local input takes it.
func timeInput(t time.Time) string { return t.In(law.Zone).Format("2006-01-02T15:04") }

// unitOptions are the open units of a scope.
func (s *Service) unitOptions(tx *store.Tx, scope access.Scope) ([]web.Option, error) {
	units, err := s.Units.Units(tx)
	if err != nil {
		return nil, err
	}
	var out []web.Option
	for _, u := range units {
		if scope.Covers(u) && u.OpenOn(tx.Today()) {
			out = append(out, web.Option{Value: u.ID.String(), Label: u.Name})
		}
	}
	return out, nil
}

// areaOptions are the areas of the subject in whose name the unit acts, by code, or by name where nobody
// entered the code. A unit without a subject has none to choose; the form then says so.
func areaOptions(tx *store.Tx, unit access.UnitID) ([]web.Option, error) {
	acting, err := org.SubjectFor(tx, unit, tx.Today())
	if fault.Is(err, fault.Conflict) || fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var out []web.Option
	for _, a := range acting.Areas {
		out = append(out, web.Option{Value: cmp.Or(a.Code, a.Name), Label: cmp.Or(a.Name, a.Code)})
	}
	return out, nil
}
