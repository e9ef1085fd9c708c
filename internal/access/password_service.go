package access

import (
	"context"
	"fmt"
	"slices"

	"fadu/internal/fault"
	"fadu/internal/store"
)

// ResetPassword gives somebody else's account a first password, to be changed at the next sign-in; its
// sessions end and its lock-outs are lifted. Needs account.manage. An administrator's password is reset
// at the console only: whoever may reset it could become that administrator.
func (s *Service) ResetPassword(ctx context.Context, by Session, id AccountID, version int64, password string) error {
	hash := ""
	prepare := func(tx *store.Tx) error {
		a, err := s.resettable(tx, by, id)
		if err != nil {
			return err
		}
		return passwordFault("password", s.policy.Password.CheckPassword(password, a.Login, a.Name))
	}
	if err := s.db.View(ctx, prepare); err != nil {
		return err
	}
	hash, err := s.hasher.hash(ctx, password)
	if err != nil {
		return err
	}
	return s.once(ctx, by, "access.reset_password", versioned{id, version, nil}, func(tx *store.Tx) error {
		a, err := s.resettable(tx, by, id)
		if err != nil {
			return err
		}
		return s.writePassword(tx, by, a, version, hash, true)
	})
}

func (s *Service) resettable(tx *store.Tx, by Session, id AccountID) (Account, error) {
	a, err := s.ownAccount(tx, by, id, AccountManage)
	if err != nil || by.system {
		return a, err
	}
	if a.ID == by.account.ID {
		return a, fault.New(fault.Forbidden, "自己的密码请在“我的账号”里修改")
	}
	if slices.ContainsFunc(a.Roles, administrator) {
		return a, fault.New(fault.Forbidden, "%s的密码不能由别的管理员在网页上重置，请在服务器上用命令重置", s.labels(a.Roles))
	}
	return a, nil
}

func passwordFault(field string, err error) error {
	if err == nil {
		return nil
	}
	var fs fault.Fields
	fs.Add(field, "%v", err)
	return fs.Err()
}

func (s *Service) writePassword(tx *store.Tx, by Session, a Account, version int64, hash string, reset bool) error {
	kind, detail := kindPasswordChanged, "本人修改密码"
	if reset {
		kind, detail = kindPasswordReset, "重置密码"
	}
	entry, err := act(tx, by, kind, accountSubject(a.ID), a.UnitID, nil)
	if err != nil {
		return err
	}
	if err := changed(tx, a.ID, version, entry, `password = ?, password_at = ?, must_change = ?`, hash, store.Micros(tx.Now), store.Flag(reset)); err != nil {
		return err
	}
	if err := keepPassword(tx, a.ID, a.password, s.policy.Password.History-1); err != nil {
		return fmt.Errorf("access: password of %s: %w", a.ID, err)
	}
	if reset {
		if err := forgive(tx, knownWho(a.ID)); err != nil {
			return err
		}
	}
	return note(tx, by.about(EventPasswordSet, a, detail))
}

// ChangePassword replaces the actor's own password. All sessions of the account end, also this one: the
// page starts a new one. Wrong old passwords count towards the lock-out.
func (s *Service) ChangePassword(ctx context.Context, by Session, old, fresh string) error {
	a, err := s.ownPasswordReady(ctx, by, old, fresh)
	if err != nil {
		return err
	}
	hash, err := s.hasher.hash(ctx, fresh)
	if err != nil {
		return err
	}
	return s.db.Update(ctx, func(tx *store.Tx) error { return s.writePassword(tx, by, a, a.Version, hash, false) })
}

// ownPasswordReady checks the old password and that the new one is good and was not used lately.
func (s *Service) ownPasswordReady(ctx context.Context, by Session, old, fresh string) (Account, error) {
	var a Account
	var past []string
	err := s.db.View(ctx, func(tx *store.Tx) (err error) {
		if a, err = s.AccountByID(tx, by.account.ID); err != nil {
			return err
		}
		past, err = pastPasswords(tx, a.ID, s.policy.Password.History)
		return err
	})
	if err != nil {
		return a, err
	}
	if err := passwordFault("fresh", s.policy.Password.CheckPassword(fresh, a.Login, a.Name)); err != nil {
		return a, err
	}
	try, err := s.reserve(ctx, knownWho(a.ID), by.event(EventWrong))
	if err != nil {
		return a, err
	}
	ok, err := s.hasher.matches(ctx, a.password, old)
	if err != nil {
		return a, err
	}
	if !ok {
		s.noteWrong(ctx, by.event(EventWrong), try)
		return a, passwordFault("old", fmt.Errorf("原密码不对。%s", try.warning(s.policy.Lockout)))
	}
	if err := s.db.Update(ctx, func(tx *store.Tx) error { return s.succeeded(tx, knownWho(a.ID), by.ip) }); err != nil {
		return a, err
	}
	for _, h := range append([]string{a.password}, past...) {
		same, err := s.hasher.matches(ctx, h, fresh)
		if err != nil {
			return a, err
		}
		if same {
			return a, passwordFault("fresh", fmt.Errorf("最近 %d 次用过的密码不能再用，请换一个", s.policy.Password.History))
		}
	}
	return a, nil
}
