package measure

import (
	"context"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/casework"
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
	measureDisposeBody struct {
		casework.OnVersion
		DisposeInput
	}
	measureHandOverBody struct {
		casework.OnVersion
		HandOverInput
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
	casework.Call(a, s.cases, "preserve", "", func(ctx context.Context, by access.Session, id casework.CaseID, in measurePreserveBody) error {
		return s.Preserve(ctx, by, id, in.Version, in.PreserveInput)
	})
	casework.Call(a, s.cases, "settle_preservation", "outcome：return、seize、hand、confiscate", func(ctx context.Context, by access.Session, id casework.CaseID, in measureSettleBody) error {
		return s.Settle(ctx, by, id, in.Version, in.SettleInput)
	})
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
	casework.Call(a, s.cases, "settle_seizure", "", func(ctx context.Context, by access.Session, id casework.CaseID, in measureDisposeBody) error {
		return s.Dispose(ctx, by, id, in.Version, in.DisposeInput)
	})
	casework.Call(a, s.cases, "hand_over_seized", "", func(ctx context.Context, by access.Session, id casework.CaseID, in measureHandOverBody) error {
		return s.HandOver(ctx, by, id, in.Version, in.HandOverInput)
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
}
