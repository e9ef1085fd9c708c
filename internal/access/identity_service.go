package access

import (
	"context"
	"fmt"

	"fadu/internal/fault"
	"fadu/internal/store"
)

// BindIdentity says who somebody else's account is at the identity provider; "" ends it. With only the
// account has no password any more: it signs in through the provider alone. Its sessions end. Needs
// account.manage; an administrator's account is bound at the console only, as its password is reset.
func (s *Service) BindIdentity(ctx context.Context, by Session, id AccountID, version int64, subject string, only bool) error {
	if s.oidc == nil {
		return fault.New(fault.Invalid, "没有配置统一身份认证")
	}
	return s.once(ctx, by, "access.bind_identity", versioned{id, version, []any{subject, only}}, func(tx *store.Tx) error {
		a, err := s.resettable(tx, by, id)
		if err != nil {
			return err
		}
		kind, detail := kindIdentityLoosed, "解除绑定"
		if subject != "" {
			kind, detail = kindIdentityBound, "绑定"
			if subject, err = cleanName(subject, "用户标识", maxSubject); err != nil {
				return passwordFault("subject", err)
			}
			if err := s.identityFree(tx, subject, id); err != nil {
				return err
			}
		} else if only {
			return passwordFault("subject", fmt.Errorf("只用%s登录的账号要填用户标识", s.oidc.o.Label))
		}
		entry, err := act(tx, by, kind, accountSubject(id), a.UnitID, map[string]any{"issuer": s.oidc.o.Issuer, "subject": subject, "only": only})
		if err != nil {
			return err
		}
		set, args := `login = login`, []any{}
		if only {
			set, args = `password = ?, must_change = 0`, []any{""}
			detail += "，不再用密码"
		}
		if err := changed(tx, id, version, entry, set, args...); err != nil {
			return err
		}
		r := identityRow{Account: id, Issuer: s.oidc.o.Issuer, Subject: subject, BoundAt: store.Micros(tx.Now), EntryID: entry}
		if err := bindIdentity(tx, r); err != nil {
			return err
		}
		return note(tx, by.about(EventIdentity, a, detail))
	})
}

// enterBy lets in whom the provider vouches for, when an account is bound to them; none is ever made.
func (s *Service) enterBy(ctx context.Context, subject, ip, agent string) (Admission, error) {
	var a Account
	err := s.db.View(ctx, func(tx *store.Tx) (err error) {
		a, err = s.accountAt(tx, s.oidc.o.Issuer, subject)
		return err
	})
	if fault.Is(err, fault.NotFound) {
		s.noteApart(ctx, Event{Kind: EventIdentity, IP: ip, Detail: "没有绑定账号的人尝试登录"})
		return Admission{}, fault.New(fault.Forbidden, "您在%s的身份还没有绑定本系统的账号。请把您的用户标识 %s 告诉系统管理员，绑定后再登录", s.oidc.o.Label, clip(subject, 60))
	}
	if err != nil {
		return Admission{}, err
	}
	return s.enter(ctx, a, arrival{ip: ip, agent: agent, how: s.oidc.o.Label})
}
