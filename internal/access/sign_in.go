package access

import (
	"context"
	"fmt"
	"strings"

	"fadu/internal/fault"
	"fadu/internal/store"

	"golang.org/x/text/unicode/norm"
)

// Credentials are what somebody signs in with, and from where.
type Credentials struct {
	// Login is a login or, where the program wires it, a certificate number.
	Login, Password string
	IP, Agent       string
}

const maxLoginText = 100

// SignIn checks the credentials and starts a session; token is what the browser keeps. Unknown accounts,
// accounts without a password and wrong passwords get the same words after the same time. Wrong:
// Invalid with the field password; locked: TooMany; disabled, with the right password: Forbidden.
func (s *Service) SignIn(ctx context.Context, c Credentials) (token string, err error) {
	c.Login = strings.TrimSpace(norm.NFKC.String(c.Login))
	if err := c.complete(); err != nil {
		return "", err
	}
	a, known, err := s.findHolder(ctx, c.Login)
	if err != nil {
		return "", err
	}
	who := unknownWho(strings.ToLower(c.Login))
	if known {
		who = knownWho(a.ID)
	}
	e := Event{Account: a.ID, Name: a.Name, Unit: a.UnitID, IP: c.IP, Detail: unless(known, "没有这个账号")}
	try, err := s.reserve(ctx, who, e)
	if err != nil {
		return "", err
	}
	ok, err := s.hasher.matches(ctx, a.password, c.Password)
	if err != nil {
		return "", err
	}
	if !ok {
		s.noteWrong(ctx, e, try)
		return "", passwordFault("password", fmt.Errorf("账号或密码不对。%s", try.warning(s.policy.Lockout)))
	}
	if a.Disabled {
		e.Kind = EventDisabled
		s.noteApart(ctx, e)
		return "", fault.New(fault.Forbidden, "这个账号已经停用，请联系系统管理员")
	}
	fresh := ""
	if s.hasher.outdated(a.password) {
		if fresh, err = s.hasher.hash(ctx, c.Password); err != nil {
			return "", err
		}
	}
	token = newToken()
	err = s.db.Update(ctx, func(tx *store.Tx) error { return s.admit(tx, a, c, token, fresh) })
	if err != nil {
		return "", err
	}
	return token, nil
}

func (c Credentials) complete() error {
	var fs fault.Fields
	if c.Login == "" || len(c.Login) > maxLoginText {
		fs.Add("login", "请填写账号或执法证号")
	}
	if c.Password == "" || len(c.Password) > 4*maxPasswordBytes {
		fs.Add("password", "请填写密码")
	}
	return fs.Err()
}

// findHolder finds the account that the text names; known is false when nobody has it.
func (s *Service) findHolder(ctx context.Context, text string) (a Account, known bool, err error) {
	err = s.db.View(ctx, func(tx *store.Tx) error {
		a, known = Account{}, false
		found, err := s.AccountByLogin(tx, text)
		if fault.Is(err, fault.NotFound) && s.o.Alias != nil {
			var person int64
			if person, err = s.o.Alias(tx, text); err == nil {
				found, err = s.AccountOfPerson(tx, person)
			}
		}
		if fault.Is(err, fault.NotFound) {
			return nil
		}
		a, known = found, err == nil
		return err
	})
	return a, known, err
}

// admit starts the session of an account whose password was right a moment ago.
func (s *Service) admit(tx *store.Tx, a Account, c Credentials, token, rehash string) error {
	now, err := s.AccountByID(tx, a.ID)
	if err != nil {
		return err
	}
	if now.Disabled || now.password != a.password {
		return fault.New(fault.Conflict, "账号刚刚有变动，请重新登录")
	}
	if err := succeeded(tx, knownWho(a.ID), c.IP); err != nil {
		return err
	}
	by := Session{account: now, via: "web", ip: c.IP}
	entry, err := act(tx, by, kindSignedIn, accountSubject(a.ID), now.UnitID, map[string]any{"ip": c.IP})
	if err != nil {
		return err
	}
	if rehash == "" {
		rehash = now.password
	}
	if _, err := tx.Exec(`UPDATE account SET signed_in_at = ?, password = ?, entry_id = ? WHERE id = ?`, store.Micros(tx.Now), rehash, entry, a.ID); err != nil {
		return fmt.Errorf("access: sign in %s: %w", a.ID, err)
	}
	if err := s.startSession(tx, now, token, c.IP, c.Agent); err != nil {
		return err
	}
	return note(tx, by.event(EventSignedIn))
}

// SignOut ends the session.
func (s *Service) SignOut(ctx context.Context, by Session) error {
	return s.db.Update(ctx, func(tx *store.Tx) error {
		if _, err := tx.Exec(`DELETE FROM session WHERE id = ?`, by.id); err != nil {
			return fmt.Errorf("access: sign out: %w", err)
		}
		return note(tx, by.event(EventSignedOut))
	})
}

// EndSession ends one of the actor's own sessions, e.g. on a lost phone.
func (s *Service) EndSession(ctx context.Context, by Session, id int64) error {
	return s.db.Update(ctx, func(tx *store.Tx) error {
		res, err := tx.Exec(`DELETE FROM session WHERE id = ? AND account = ?`, id, by.account.ID)
		if err != nil {
			return fmt.Errorf("access: end session: %w", err)
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return err // gone already: what was asked for holds
		}
		return note(tx, by.event(EventRevoked))
	})
}

func unless(cond bool, s string) string {
	if cond {
		return ""
	}
	return s
}
