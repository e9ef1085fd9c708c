package measure

import (
	"context"
	"time"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/casework"
	"fadu/internal/law"
	"fadu/internal/org"
	"fadu/internal/store"
	"fadu/internal/web"
)

// The bodies of the calls: the input of the act with the version of the case that the caller saw.
type (
	measureAskPreservationBody struct {
		casework.OnVersion
		AskPreservationInput
	}
	measureApprovePreservationBody struct {
		casework.OnVersion
		DecideInput
	}
	measureRefusePreservationBody struct {
		casework.OnVersion
		DecideInput
	}
	measureDropPreservationBody struct {
		casework.OnVersion
		DropInput
	}
	measureDropSeizureBody struct {
		casework.OnVersion
		DropInput
	}
	measurePreserveBody struct {
		casework.OnVersion
		PreserveInput
	}
	measureSettleBody struct {
		casework.OnVersion
		SettleInput
	}
	measureAskSeizureBody struct {
		casework.OnVersion
		AskSeizureInput
	}
	measureApproveSeizureBody struct {
		casework.OnVersion
		DecideInput
	}
	measureRefuseSeizureBody struct {
		casework.OnVersion
		DecideInput
	}
	measureSeizeBody struct {
		casework.OnVersion
		SeizeInput
	}
	measureSeizeAtOnceBody struct {
		casework.OnVersion
		SeizeInput
	}
	measureConfirmSeizureBody struct {
		casework.OnVersion
		ConfirmInput
	}
	measureConsentBody struct {
		casework.OnVersion
		ConsentInput
	}
	measureReturnPreservedBody struct {
		casework.OnVersion
		ReturnPreservedInput
	}
	measureExtendBody struct {
		casework.OnVersion
		ExtendInput
	}
	measureStoreBody struct {
		casework.OnVersion
		StoreInput
	}
	measureReturnBody struct {
		casework.OnVersion
		ReturnInput
	}
	measureReleaseBody struct {
		casework.OnVersion
		ReleaseInput
	}
	measureReturnReleasedBody struct {
		casework.OnVersion
		ReturnReleasedInput
	}
	measureSellBody struct {
		casework.OnVersion
		SellInput
	}
	measureDisposeBody struct {
		casework.OnVersion
		DisposeInput
	}
)

// API adds a call for each act of the desk.
func (s *Service) API(a *api.API) {
	casework.Call(a, s.cases, "ask_preservation", "", func(ctx context.Context, by access.Session, id casework.CaseID, in measureAskPreservationBody) error {
		return s.AskPreservation(ctx, by, id, in.Version, in.AskPreservationInput)
	})
	casework.Call(a, s.cases, "approve_preservation", "", func(ctx context.Context, by access.Session, id casework.CaseID, in measureApprovePreservationBody) error {
		return s.ApprovePreservation(ctx, by, id, in.Version, in.DecideInput)
	})
	casework.Call(a, s.cases, "refuse_preservation", "", func(ctx context.Context, by access.Session, id casework.CaseID, in measureRefusePreservationBody) error {
		return s.RefusePreservation(ctx, by, id, in.Version, in.DecideInput)
	})
	casework.Call(a, s.cases, "drop_preservation", "", func(ctx context.Context, by access.Session, id casework.CaseID, in measureDropPreservationBody) error {
		return s.DropPreservation(ctx, by, id, in.Version, in.DropInput)
	})
	casework.Call(a, s.cases, "drop_seizure", "", func(ctx context.Context, by access.Session, id casework.CaseID, in measureDropSeizureBody) error {
		return s.DropSeizure(ctx, by, id, in.Version, in.DropInput)
	})
	casework.Call(a, s.cases, "preserve", "", func(ctx context.Context, by access.Session, id casework.CaseID, in measurePreserveBody) error {
		return s.Preserve(ctx, by, id, in.Version, in.PreserveInput)
	})
	casework.Call(a, s.cases, "settle_preservation", "outcome：return、seize、hand、confiscate", func(ctx context.Context, by access.Session, id casework.CaseID, in measureSettleBody) error {
		return s.Settle(ctx, by, id, in.Version, in.SettleInput)
	})
	casework.Call(a, s.cases, "consent_preservation", "车辆、摊位、易腐物品登记保存以前", func(ctx context.Context, by access.Session, id casework.CaseID, in measureConsentBody) error {
		return s.Consent(ctx, by, id, in.Version, in.ConsentInput)
	})
	casework.Call(a, s.cases, "return_preserved", "", func(ctx context.Context, by access.Session, id casework.CaseID, in measureReturnPreservedBody) error {
		return s.ReturnPreserved(ctx, by, id, in.Version, in.ReturnPreservedInput)
	})
	casework.Call(a, s.cases, "store_preserved", "", func(ctx context.Context, by access.Session, id casework.CaseID, in measureStoreBody) error {
		return s.StorePreserved(ctx, by, id, in.Version, in.StoreInput)
	})
	s.seizureAPI(a)
	s.deeds.API(a)
	api.Get(a, api.Operation{ID: "listThings", Path: "/store", Group: "涉案财物", Allow: access.CaseCustody, Summary: "登记保存、查封、扣押的财物，放得最久的在前"}, s.apiStock)
	api.Get(a, api.Operation{ID: "getThing", Path: "/store/things/{code}", Group: "涉案财物", Allow: access.CaseCustody, Summary: "一件财物和它的出入库记录"}, s.apiThing)
}

func (s *Service) seizureAPI(a *api.API) {
	casework.Call(a, s.cases, "ask_seizure", "", func(ctx context.Context, by access.Session, id casework.CaseID, in measureAskSeizureBody) error {
		return s.AskSeizure(ctx, by, id, in.Version, in.AskSeizureInput)
	})
	casework.Call(a, s.cases, "approve_seizure", "", func(ctx context.Context, by access.Session, id casework.CaseID, in measureApproveSeizureBody) error {
		return s.ApproveSeizure(ctx, by, id, in.Version, in.DecideInput)
	})
	casework.Call(a, s.cases, "refuse_seizure", "", func(ctx context.Context, by access.Session, id casework.CaseID, in measureRefuseSeizureBody) error {
		return s.RefuseSeizure(ctx, by, id, in.Version, in.DecideInput)
	})
	casework.Call(a, s.cases, "seize", "", func(ctx context.Context, by access.Session, id casework.CaseID, in measureSeizeBody) error {
		return s.Seize(ctx, by, id, in.Version, in.SeizeInput)
	})
	casework.Call(a, s.cases, "seize_at_once", "二十四小时内补办批准", func(ctx context.Context, by access.Session, id casework.CaseID, in measureSeizeAtOnceBody) error {
		return s.SeizeAtOnce(ctx, by, id, in.Version, in.SeizeInput)
	})
	casework.Call(a, s.cases, "confirm_seizure", "", func(ctx context.Context, by access.Session, id casework.CaseID, in measureConfirmSeizureBody) error {
		return s.ConfirmSeizure(ctx, by, id, in.Version, in.ConfirmInput)
	})
	casework.Call(a, s.cases, "extend_seizure", "", func(ctx context.Context, by access.Session, id casework.CaseID, in measureExtendBody) error {
		return s.Extend(ctx, by, id, in.Version, in.ExtendInput)
	})
	casework.Call(a, s.cases, "store_thing", "", func(ctx context.Context, by access.Session, id casework.CaseID, in measureStoreBody) error {
		return s.Store(ctx, by, id, in.Version, in.StoreInput)
	})
	casework.Call(a, s.cases, "return_thing", "", func(ctx context.Context, by access.Session, id casework.CaseID, in measureReturnBody) error {
		return s.Return(ctx, by, id, in.Version, in.ReturnInput)
	})
	casework.Call(a, s.cases, "release", "", func(ctx context.Context, by access.Session, id casework.CaseID, in measureReleaseBody) error {
		return s.Release(ctx, by, id, in.Version, in.ReleaseInput)
	})
	casework.Call(a, s.cases, "sell_perishable", "易腐、不易保管的", func(ctx context.Context, by access.Session, id casework.CaseID, in measureSellBody) error {
		return s.Sell(ctx, by, id, in.Version, in.SellInput)
	})
	casework.Call(a, s.cases, "return_released", "", func(ctx context.Context, by access.Session, id casework.CaseID, in measureReturnReleasedBody) error {
		return s.ReturnReleased(ctx, by, id, in.Version, in.ReturnReleasedInput)
	})
	casework.Call(a, s.cases, "settle_seizure", "", func(ctx context.Context, by access.Session, id casework.CaseID, in measureDisposeBody) error {
		return s.Dispose(ctx, by, id, in.Version, in.DisposeInput)
	})
}

// StockIn narrows the list of things.
type StockIn struct {
	View  string `query:"view" doc:"late 超期在库、confiscated 没收待处理、gone 已出库；不填是在库"`
	Words string `query:"q" doc:"名称、标签、库位、案件号"`
	After string `query:"after"`
}

// ThingIn names a thing by its label.
type ThingIn struct {
	Code string `path:"code"`
}

// StoredThing is a thing in the store-room for programs.
type StoredThing struct {
	Code    string       `json:"code" doc:"标签"`
	Case    string       `json:"case"`
	CaseNo  string       `json:"case_no"`
	Measure string       `json:"measure" doc:"措施，例如 seizure/12"`
	Number  int64        `json:"number" doc:"清单上的序号"`
	Name    string       `json:"name"`
	Amount  string       `json:"amount"`
	Trait   string       `json:"trait"`
	State   string       `json:"state" enum:"held,listed,returned,handed,confiscated,forfeited,destroyed,auctioned,disposed,remitted,moved,sold"`
	Shelf   string       `json:"shelf"`
	HeldOn  law.Date     `json:"held_on"`
	Until   law.Date     `json:"until" doc:"期限"`
	Moves   []StoredMove `json:"moves,omitempty" doc:"出入库记录"`
}

// StoredMove is a line of the store-room's ledger for programs.
type StoredMove struct {
	Kind      string    `json:"kind" enum:"in,shelf,return,confiscate,dispose,sell,hand_over"`
	At        time.Time `json:"at"`
	Place     string    `json:"place"`
	Handler   string    `json:"handler" doc:"经手人"`
	Keeper    string    `json:"keeper" doc:"保管人"`
	Receiver  string    `json:"receiver"`
	Basis     string    `json:"basis"`
	Condition string    `json:"condition"`
}

func stored(t Stock) StoredThing {
	return StoredThing{Code: t.Code, Case: t.Case.String(), CaseNo: t.CaseNo, Measure: t.Of(), Number: t.Number, Name: t.Name, Amount: t.Amount, Trait: t.Trait, State: t.State, Shelf: t.Shelf, HeldOn: t.HeldOn, Until: t.Until}
}

func (s *Service) apiStock(ctx context.Context, by access.Session, in StockIn) (out api.List[StoredThing], err error) {
	f, err := stockFilter(web.NewForm(map[string]string{"view": in.View, "q": in.Words}))
	if err != nil {
		return out, err
	}
	rows, prev, next, err := s.Stock(ctx, by, f, in.After)
	return api.ListOf(rows, prev, next, stored), err
}

func (s *Service) apiThing(ctx context.Context, by access.Session, in ThingIn) (out StoredThing, err error) {
	t, moves, names, err := s.ByLabel(ctx, by, in.Code)
	out = stored(t)
	for _, m := range moves {
		out.Moves = append(out.Moves, StoredMove{m.Kind, store.FromMicros(m.At), m.Place, names[org.PersonID(m.Handler)], names[org.PersonID(m.Keeper)], m.Receiver, m.Basis, m.Condition})
	}
	return out, err
}
