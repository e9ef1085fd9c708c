package casework

import (
	"context"

	"fadu/internal/access"
	"fadu/internal/api"
)

// ChangeBody changes a delivered decision, or makes the notice of a change.
type ChangeBody struct {
	OnVersion
	ChangeInput
}

// HearBody records what the party said to a notice.
type HearBody struct {
	OnVersion
	HearInput
}

// WithdrawalBody registers what became of a publication.
type WithdrawalBody struct {
	OnVersion
	WithdrawalInput
}

func (s *Service) apiChange(a *api.API) {
	onCase(a, s, apiCall{path: "change-notice", acts: []string{"change_notice"}, detail: "faults 从 facts、basis、kind、amount、other 里选；不改动案件"},
		func(ctx context.Context, by access.Session, id CaseID, in ChangeBody) error {
			_, err := s.NotifyChange(ctx, by, id, in.Version, in.ChangeInput)
			return err
		})
	onCase(a, s, apiCall{path: "hear-again", acts: []string{"hear_again"}},
		func(ctx context.Context, by access.Session, id CaseID, in HearBody) error {
			return s.HearAgain(ctx, by, id, in.Version, in.HearInput)
		})
	onCase(a, s, apiCall{path: "change", acts: []string{"change"}, detail: "变更后更不利的，先出具告知书、送达、听取陈述申辩；缺什么一次列全，每项带法条（422）"},
		func(ctx context.Context, by access.Session, id CaseID, in ChangeBody) error {
			_, err := s.Change(ctx, by, id, in.Version, in.ChangeInput)
			return err
		})
	onCase(a, s, apiCall{path: "change-void", acts: []string{"void_change"}, detail: "只在变更决定书送达以前；编号保留，处罚决定回到变更以前"},
		func(ctx context.Context, by access.Session, id CaseID, in WhyBody) error {
			return s.VoidChange(ctx, by, id, in.Version, in.Why)
		})
	onCase(a, s, apiCall{path: "withdraw-publication", acts: []string{"withdraw_publication"}},
		func(ctx context.Context, by access.Session, id CaseID, in WithdrawalBody) error {
			return s.WithdrawPublication(ctx, by, id, in.Version, in.WithdrawalInput)
		})
}
