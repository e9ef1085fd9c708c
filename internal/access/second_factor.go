package access

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
)

// halfLasts is how long the right password waits for its code.
const halfLasts = 5 * time.Minute

// half is a sign-in whose first factor was right: it waits for the second in a sealed cookie.
type half struct {
	Account AccountID `json:"a"`
	Epoch   int64     `json:"e"`
	At      int64     `json:"t"`
	How     string    `json:"h"`
}

const halfPurpose = "half sign-in"

// factorRequired reports whether the policy asks the account for a second factor. A demo bureau has open
// passwords: the first visitor must not shut out the others.
func (s *Service) factorRequired(a Account) bool {
	p := s.policy.SecondFactor
	return !s.o.Demo && (p.Everybody || slices.ContainsFunc(a.Roles, func(r Role) bool { return slices.Contains(p.Roles, r) }))
}

func codeWho(id AccountID) string { return "t:" + id.String() }

// FinishSignIn checks the second factor of a sign-in whose first one was right a moment ago, and starts
// the session. pending is Admission.Pending; code is a one-time code or a recovery code. Wrong: Invalid
// with the field code; too late: Unauthentic; locked: TooMany.
func (s *Service) FinishSignIn(ctx context.Context, pending, code, ip, agent string) (Admission, error) {
	h, a, err := s.halfOf(ctx, pending)
	if err != nil {
		return Admission{}, err
	}
	e := Event{Account: a.ID, Name: a.Name, Unit: a.UnitID, IP: ip}
	in := Admission{Token: newToken(), Account: a.ID}
	return in, s.withCode(ctx, a, code, e, func(tx *store.Tx, used string) error {
		now, err := s.AccountByID(tx, a.ID)
		if err != nil {
			return err
		}
		if now.Disabled || now.epoch != h.Epoch {
			return fault.New(fault.Conflict, "账号刚刚有变动，请重新登录")
		}
		return s.admit(tx, now, arrival{ip: ip, agent: agent, how: h.How + "和" + used}, in.Token)
	})
}

func (s *Service) halfOf(ctx context.Context, pending string) (h half, a Account, err error) {
	late := fault.New(fault.Unauthentic, "等待验证码的时间过了，请重新输入账号和密码")
	now := s.db.Now()
	if s.sealer.openJSON(halfPurpose, pending, &h) != nil || store.FromMicros(h.At).Add(halfLasts).Before(now) || fromFuture(h.At, now) {
		return h, a, late
	}
	err = s.db.View(ctx, func(tx *store.Tx) (err error) {
		a, err = s.AccountByID(tx, h.Account)
		return err
	})
	if err == nil && (a.epoch != h.Epoch || a.Disabled) {
		err = late
	}
	return h, a, err
}

// withCode counts the attempt, checks the code and, when it is right, uses it up together with what then
// does. used says what it was: 动态口令 or 恢复码.
func (s *Service) withCode(ctx context.Context, a Account, code string, e Event, then func(tx *store.Tx, used string) error) error {
	code = cleanCode(code)
	if code == "" {
		return codeFault("请填写验证码")
	}
	try, err := s.reserve(ctx, codeWho(a.ID), e)
	if err != nil {
		return err
	}
	err = s.db.Update(ctx, func(tx *store.Tx) error {
		used, err := s.useCode(tx, a.ID, code)
		if err != nil {
			return err
		}
		if err := s.succeeded(tx, codeWho(a.ID), e.IP); err != nil {
			return err
		}
		if used == usedRecovery {
			e := e
			e.Kind = EventRecovery
			if err := note(tx, e); err != nil {
				return err
			}
		}
		return then(tx, used)
	})
	var wrong *wrongCode
	if errors.As(err, &wrong) {
		e.Detail = "动态口令"
		s.noteWrong(ctx, e, try)
		return codeFault("%s。%s", wrong.says, try.warning(s.policy.Lockout))
	}
	return err
}

const (
	usedTOTP     = "动态口令"
	usedRecovery = "恢复码"
)

// wrongCode is a code that is not accepted; says is for its holder.
type wrongCode struct{ says string }

func (w *wrongCode) Error() string { return w.says }

func codeFault(format string, args ...any) error {
	var fs fault.Fields
	fs.Add("code", format, args...)
	return fs.Err()
}

// useCode takes a one-time or recovery code for good.
func (s *Service) useCode(tx *store.Tx, id AccountID, code string) (used string, err error) {
	if !isTOTPCode(code) {
		ok, err := useRecovery(tx, id, s.recoveryHash(id, code))
		if err == nil && !ok {
			err = &wrongCode{"验证码不对：动态口令是 6 位数字，恢复码是 10 位字母和数字，每个只能用一次"}
		}
		return usedRecovery, err
	}
	r, err := totpOf(tx, id)
	if err != nil {
		return "", err
	}
	step, err := s.stepOf(tx, r, r.Secret, code)
	if err != nil {
		return "", err
	}
	ok, err := useStep(tx, id, step)
	if err == nil && !ok {
		err = errUsedCode
	}
	return usedTOTP, err
}

var errUsedCode = &wrongCode{"这个验证码已经用过，请等手机上换下一个再填"}

// stepOf finds the step whose code was typed, or says what is wrong, with the server's time: a telephone
// whose clock is off is the usual cause.
func (s *Service) stepOf(tx *store.Tx, r totpRow, sealed, code string) (int64, error) {
	if sealed == "" {
		return 0, &wrongCode{"这个账号没有启用动态口令"}
	}
	secret, err := s.sealer.open(totpPurpose(r.Account), sealed)
	if err != nil {
		return 0, errKeyLost
	}
	step, ok, again, err := matchTOTP(string(secret), code, tx.Now, r.UsedStep)
	switch {
	case err != nil:
		return 0, err
	case again:
		return 0, errUsedCode
	case !ok:
		return 0, &wrongCode{fmt.Sprintf("验证码不对。服务器时间是 %s，手机时间相差超过半分钟就对不上，请在手机上打开“自动设置时间”", tx.Now.In(law.Zone).Format("15:04:05"))}
	}
	return step, nil
}

func (s *Service) recoveryHash(id AccountID, code string) string {
	return s.sealer.fingerprint("recovery "+id.String(), code)
}

// newRecovery returns fresh recovery codes and their hashes.
func (s *Service) newRecovery(id AccountID) (codes, hashes []string) {
	for range s.policy.SecondFactor.RecoveryCodes {
		c := newRecoveryCode()
		codes = append(codes, c)
		hashes = append(hashes, s.recoveryHash(id, cleanCode(c)))
	}
	return codes, hashes
}
