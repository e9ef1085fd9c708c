package access

import (
	"context"
	"fmt"

	"fadu/internal/fault"
	"fadu/internal/store"
)

// StartSecondFactor makes a secret that waits for its first code. It asks for the password again, and
// for a code too when the account has a second factor already, which stays good until the new one is
// confirmed. An account that signs in only by the identity provider has no password to ask for.
func (s *Service) StartSecondFactor(ctx context.Context, by Session, password, code string) error {
	a, err := s.ownPassword(ctx, by, password)
	if err != nil {
		return err
	}
	start := func(tx *store.Tx) error {
		r, err := totpOf(tx, a.ID)
		if err != nil {
			return err
		}
		if r.EntryID, err = act(tx, by, kindFactorStarted, accountSubject(a.ID), a.UnitID, nil); err != nil {
			return err
		}
		r.Fresh = s.sealer.seal(totpPurpose(a.ID), []byte(newTOTPSecret()))
		return putTOTP(tx, r)
	}
	if !a.SecondFactor {
		return s.db.Update(ctx, start)
	}
	return s.withCode(ctx, a, code, by.event(EventWrong), func(tx *store.Tx, _ string) error { return start(tx) })
}

// ownPassword checks the actor's own password again, as before a change of what protects the account.
// Wrong ones count towards the lock-out.
func (s *Service) ownPassword(ctx context.Context, by Session, password string) (Account, error) {
	var a Account
	err := s.db.View(ctx, func(tx *store.Tx) (err error) {
		a, err = s.AccountByID(tx, by.account.ID)
		return err
	})
	if err != nil || !a.HasPassword {
		return a, err
	}
	try, err := s.reserve(ctx, knownWho(a.ID), by.event(EventWrong))
	if err != nil {
		return a, err
	}
	ok, err := s.hasher.matches(ctx, a.password, password)
	if err != nil {
		return a, err
	}
	if !ok {
		s.noteWrong(ctx, by.event(EventWrong), try)
		return a, passwordFault("password", fmt.Errorf("密码不对。%s", try.warning(s.policy.Lockout)))
	}
	return a, s.db.Update(ctx, func(tx *store.Tx) error { return s.succeeded(tx, knownWho(a.ID), by.ip) })
}

// ConfirmSecondFactor puts the waiting secret into use by its first code and returns the recovery codes,
// which nobody sees again. All sessions of the account end: the page starts a new one.
func (s *Service) ConfirmSecondFactor(ctx context.Context, by Session, code string) (recovery []string, err error) {
	code = cleanCode(code)
	try, err := s.reserve(ctx, codeWho(by.account.ID), by.event(EventWrong))
	if err != nil {
		return nil, err
	}
	err = s.db.Update(ctx, func(tx *store.Tx) error {
		a, r, step, err := s.freshStep(tx, by, code)
		if err != nil {
			return err
		}
		var hashes []string
		recovery, hashes = s.newRecovery(a.ID)
		entry, err := act(tx, by, kindFactorOn, accountSubject(a.ID), a.UnitID, map[string]any{"replaced": r.Secret != ""})
		if err != nil {
			return err
		}
		r = totpRow{Account: a.ID, Secret: r.Fresh, Since: store.Micros(tx.Now), UsedStep: step, EntryID: entry}
		if err := putTOTP(tx, r); err != nil {
			return err
		}
		if err := putRecovery(tx, a.ID, hashes, entry); err != nil {
			return err
		}
		if err := changed(tx, a.ID, a.Version, entry, `second_factor = 1`); err != nil {
			return err
		}
		if err := s.succeeded(tx, codeWho(a.ID), by.ip); err != nil {
			return err
		}
		return note(tx, by.about(EventFactorSet, a, "启用动态口令"))
	})
	if w, ok := err.(*wrongCode); ok { //nolint:errorlint // returned by freshStep itself, never wrapped
		s.noteWrong(ctx, by.event(EventWrong), try)
		return nil, codeFault("%s", w.says)
	}
	return recovery, err
}

// freshStep finds the step of the code under the secret that waits.
func (s *Service) freshStep(tx *store.Tx, by Session, code string) (a Account, r totpRow, step int64, err error) {
	if a, err = s.AccountByID(tx, by.account.ID); err != nil {
		return a, r, 0, err
	}
	if r, err = totpOf(tx, a.ID); err != nil {
		return a, r, 0, err
	}
	if r.Fresh == "" {
		return a, r, 0, fault.New(fault.Conflict, "没有等待确认的动态口令，请从“我的账号”重新开始")
	}
	used := r
	used.UsedStep = 0 // steps of the old secret do not count for the new one
	step, err = s.stepOf(tx, used, r.Fresh, code)
	return a, r, step, err
}

// RenewRecovery replaces the actor's recovery codes; it asks for a one-time or recovery code.
func (s *Service) RenewRecovery(ctx context.Context, by Session, code string) (recovery []string, err error) {
	err = s.withCode(ctx, by.account, code, by.event(EventWrong), func(tx *store.Tx, _ string) error {
		var hashes []string
		recovery, hashes = s.newRecovery(by.account.ID)
		entry, err := act(tx, by, kindRecoveryRenewed, accountSubject(by.account.ID), by.account.UnitID, nil)
		if err != nil {
			return err
		}
		return putRecovery(tx, by.account.ID, hashes, entry)
	})
	return recovery, err
}

// StopSecondFactor gives the actor's own second factor up, by a code; refused where it is required.
func (s *Service) StopSecondFactor(ctx context.Context, by Session, code string) error {
	if s.factorRequired(by.account) {
		return fault.New(fault.Forbidden, "您的角色必须使用动态口令，不能停用。换手机请用“更换”")
	}
	return s.withCode(ctx, by.account, code, by.event(EventWrong), func(tx *store.Tx, _ string) error {
		a, err := s.AccountByID(tx, by.account.ID)
		if err != nil {
			return err
		}
		return s.dropFactor(tx, by, a, a.Version, kindFactorOff, "本人停用动态口令", "")
	})
}

// ResetSecondFactor takes somebody else's second factor away, e.g. after a lost telephone; its sessions
// end, and who must have one sets up a new one at the next sign-in. Needs account.secure.
func (s *Service) ResetSecondFactor(ctx context.Context, by Session, id AccountID, version int64, reason string) error {
	return s.once(ctx, by, "access.reset_second_factor", versioned{id, version, reason}, func(tx *store.Tx) error {
		a, err := s.ownAccount(tx, by, id, AccountSecure)
		if err != nil {
			return err
		}
		if a.ID == by.account.ID && !by.system {
			return fault.New(fault.Forbidden, "不能重置自己的动态口令：有手机请在“我的账号”里更换，手机丢失请由另一名安全保密管理员办理")
		}
		if !a.SecondFactor {
			return fault.New(fault.Invalid, "这个账号没有启用动态口令")
		}
		reason, err := cleanName(reason, "原因", 200)
		if err != nil {
			return passwordFault("factor_reason", err)
		}
		return s.dropFactor(tx, by, a, version, kindFactorReset, "重置动态口令："+reason, reason)
	})
}

// ForgetUnreadable resets every second factor that the server's key cannot read, so that the holders sign in
// by their passwords and set up a new one. It is for the console, when the key file is lost for good. It
// returns the logins; a factor that the key can read stays.
func (s *Service) ForgetUnreadable(ctx context.Context, by Session, reason string) (logins []string, err error) {
	err = s.db.Update(ctx, func(tx *store.Tx) error {
		logins = nil
		rows, err := s.unreadable(tx)
		if err != nil {
			return err
		}
		for _, r := range rows {
			a, err := s.AccountByID(tx, r.Account)
			if err != nil {
				return err
			}
			if err := s.dropFactor(tx, by, a, a.Version, kindFactorReset, "重置动态口令："+reason, reason); err != nil {
				return err
			}
			logins = append(logins, a.Login)
		}
		return nil
	})
	return logins, err
}

// Unreadable counts the second factors that the server's key cannot read.
func (s *Service) Unreadable(tx *store.Tx) (int, error) {
	rows, err := s.unreadable(tx)
	return len(rows), err
}

func (s *Service) dropFactor(tx *store.Tx, by Session, a Account, version int64, kind, detail, reason string) error {
	var data map[string]any
	if reason != "" {
		data = map[string]any{"reason": reason}
	}
	entry, err := act(tx, by, kind, accountSubject(a.ID), a.UnitID, data)
	if err != nil {
		return err
	}
	if err := dropTOTP(tx, a.ID); err != nil {
		return err
	}
	if err := changed(tx, a.ID, version, entry, `second_factor = 0`); err != nil {
		return err
	}
	if err := forgive(tx, codeWho(a.ID)); err != nil {
		return err
	}
	return note(tx, by.about(EventFactorSet, a, detail))
}

// Unlock lifts the lock-outs of somebody else's account. Needs account.secure.
func (s *Service) Unlock(ctx context.Context, by Session, id AccountID) error {
	_, _, err := s.db.Once(ctx, by.Once("access.unlock", id), func(tx *store.Tx) (string, error) {
		a, err := s.ownAccount(tx, by, id, AccountSecure)
		if err != nil {
			return "", err
		}
		if a.ID == by.account.ID && !by.system {
			return "", fault.New(fault.Forbidden, "不能给自己解除锁定，请由另一名安全保密管理员办理")
		}
		if _, err := act(tx, by, kindUnlocked, accountSubject(id), a.UnitID, nil); err != nil {
			return "", err
		}
		for _, who := range []string{knownWho(id), codeWho(id)} {
			if err := forgive(tx, who); err != nil {
				return "", err
			}
		}
		return accountSubject(id), note(tx, by.about(EventUnlocked, a, "解除锁定"))
	})
	return err
}
