package serving

import (
	"context"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/casework"
)

// The bodies of the calls: the input of the act with the version of the case that the caller saw.
type (
	servingConfirmBody struct{ casework.OnVersion }
	servingSendBody    struct {
		casework.OnVersion
		SendInput
	}
	servingDeliverBody struct {
		casework.OnVersion
		DeliverInput
	}
	servingLeaveBody struct {
		casework.OnVersion
		LeaveInput
	}
	servingElectronicBody struct {
		casework.OnVersion
		ElectronicInput
	}
	servingBeginBody struct {
		casework.OnVersion
		BeginInput
	}
	servingArriveBody struct {
		casework.OnVersion
		ArriveInput
	}
	servingFailBody struct {
		casework.OnVersion
		FailInput
	}
	servingAnnounceBody struct {
		casework.OnVersion
		AnnounceInput
	}
	servingDropBody struct {
		casework.OnVersion
		DropInput
	}
	servingAddressBody struct {
		casework.OnVersion
		AddressInput
	}
)

// API adds a call for each act of the desk.
func (s *Service) API(a *api.API) {
	for _, act := range []string{"notice_served", "decision_served", "demand_served"} {
		casework.Call(a, s.cases, act, "办完最后一份文书的送达时自动办理；文书由别的途径送达的在这里确认", func(ctx context.Context, by access.Session, id casework.CaseID, in servingConfirmBody) error {
			return s.Confirm(ctx, by, id, in.Version, act)
		})
	}
	casework.Call(a, s.cases, "send", "出具送达回证，随文书带去；告知书、决定书、催告书不办也可以送达", func(ctx context.Context, by access.Session, id casework.CaseID, in servingSendBody) error {
		return s.Send(ctx, by, id, in.Version, in.SendInput)
	})
	casework.Call(a, s.cases, "confirm_address", "以最后一份为准；地址变更的再登记一份", func(ctx context.Context, by access.Session, id casework.CaseID, in servingAddressBody) error {
		return s.ConfirmAddress(ctx, by, id, in.Version, in.AddressInput)
	})
	for _, way := range []Way{OnSpot, Direct} {
		casework.Call(a, s.cases, string(way), "以回证上的签收日期为送达日", func(ctx context.Context, by access.Session, id casework.CaseID, in servingDeliverBody) error {
			return s.Deliver(ctx, by, id, in.Version, way, in.DeliverInput)
		})
	}
	casework.Call(a, s.cases, string(Leaving), "留置日为送达日", func(ctx context.Context, by access.Session, id casework.CaseID, in servingLeaveBody) error {
		return s.Leave(ctx, by, id, in.Version, in.LeaveInput)
	})
	casework.Call(a, s.cases, string(Electronic), "到达特定系统的日期为送达日", func(ctx context.Context, by access.Session, id casework.CaseID, in servingElectronicBody) error {
		return s.Transmit(ctx, by, id, in.Version, in.ElectronicInput)
	})
	for _, way := range []Way{Entrusted, Posted, Forwarded} {
		casework.Call(a, s.cases, string(way), "收到回执、回证以后登记签收", func(ctx context.Context, by access.Session, id casework.CaseID, in servingBeginBody) error {
			return s.Begin(ctx, by, id, in.Version, way, in.BeginInput)
		})
	}
	casework.Call(a, s.cases, "arrive", "回执注明的收件日期为送达日", func(ctx context.Context, by access.Session, id casework.CaseID, in servingArriveBody) error {
		return s.Arrive(ctx, by, id, in.Version, in.ArriveInput)
	})
	casework.Call(a, s.cases, "fail_service", "", func(ctx context.Context, by access.Session, id casework.CaseID, in servingFailBody) error {
		return s.Fail(ctx, by, id, in.Version, in.FailInput)
	})
	casework.Call(a, s.cases, string(Announced), "三十日届满的次日自动登记为已送达", func(ctx context.Context, by access.Session, id casework.CaseID, in servingAnnounceBody) error {
		return s.Announce(ctx, by, id, in.Version, in.AnnounceInput)
	})
	casework.Call(a, s.cases, "drop_service", "", func(ctx context.Context, by access.Session, id casework.CaseID, in servingDropBody) error {
		return s.Drop(ctx, by, id, in.Version, in.DropInput)
	})
}
