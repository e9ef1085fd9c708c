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

// Admission is what the right password leads to: a session, or the question for a code.
type Admission struct {
	// Token is what the browser keeps of its session; "" when a code is asked for first.
	Token string
	// Pending is what the browser brings along with the code (FinishSignIn).
	Pending string
	// Account is whose it is.
	Account AccountID
}

// SignIn checks the credentials and starts a session, or asks for the second factor. Unknown accounts,
// accounts without a password and wrong passwords get the same words after the same work. Wrong:
// Invalid with the field password; locked: TooMany; disabled, with the right password: Forbidden.
func (s *Service) SignIn(ctx context.Context, c Credentials) (Admission, error) {
	c.Login = strings.TrimSpace(norm.NFKC.String(c.Login))
	if err := c.complete(); err != nil {
		return Admission{}, err
	}
	a, known, err := s.findHolder(ctx, c.Login)
	if err != nil {
		return Admission{}, err
	}
	who := unknownWho(strings.ToLower(c.Login))
	if known {
		who = knownWho(a.ID)
	}
	e := Event{Account: a.ID, Name: a.Name, Unit: a.UnitID, IP: c.IP, Detail: unless(known, "没有这个账号")}
	try, err := s.reserve(ctx, who, e)
	if err != nil {
		return Admission{}, err
	}
	ok, err := s.hasher.matches(ctx, a.password, c.Password)
	if err != nil {
		return Admission{}, err
	}
	if !ok {
		s.noteWrong(ctx, e, try)
		return Admission{}, passwordFault("password", fmt.Errorf("账号或密码不对。%s", try.warning(s.policy.Lockout)))
	}
	fresh := a.password
	if s.hasher.outdated(a.password) {
		if fresh, err = s.hasher.hash(ctx, c.Password); err != nil {
			return Admission{}, err
		}
	}
	return s.enter(ctx, a, arrival{ip: c.IP, agent: c.Agent, how: "密码", hash: fresh})
}

// arrival says from where and how somebody comes in; hash is the password's, when it should be stored
// anew.
type arrival struct{ ip, agent, how, hash string }

// enter lets an account in whose first factor was right a moment ago, as far as that goes.
func (s *Service) enter(ctx context.Context, a Account, ar arrival) (out Admission, err error) {
	if a.Disabled {
		s.noteApart(ctx, Event{Kind: EventDisabled, Account: a.ID, Name: a.Name, Unit: a.UnitID, IP: ar.ip})
		return out, fault.New(fault.Forbidden, "这个账号已经停用，请联系系统管理员")
	}
	token := newToken()
	err = s.db.Update(ctx, func(tx *store.Tx) error {
		out = Admission{Account: a.ID}
		now, err := s.AccountByID(tx, a.ID)
		if err != nil {
			return err
		}
		if now.Disabled || now.epoch != a.epoch {
			return fault.New(fault.Conflict, "账号刚刚有变动，请重新登录")
		}
		if ar.hash != "" && ar.hash != now.password {
			if err := storeHash(tx, a.ID, ar.hash); err != nil {
				return err
			}
		}
		if now.SecondFactor {
			if out.Pending, err = s.sealer.sealJSON(halfPurpose, half{Account: now.ID, Epoch: now.epoch, At: store.Micros(tx.Now), How: ar.how}); err != nil {
				return err
			}
			return s.halfway(tx, knownWho(now.ID), ar.ip)
		}
		out.Token = token
		return s.admit(tx, now, ar, token)
	})
	return out, err
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

// admit starts the session of an account that has shown all it must.
func (s *Service) admit(tx *store.Tx, a Account, ar arrival, token string) error {
	if err := s.succeeded(tx, knownWho(a.ID), ar.ip); err != nil {
		return err
	}
	by := Session{account: a, via: "web", ip: ar.ip}
	entry, err := act(tx, by, kindSignedIn, accountSubject(a.ID), a.UnitID, map[string]any{"ip": ar.ip, "by": ar.how})
	if err != nil {
		return err
	}
	if err := signedIn(tx, a.ID, entry); err != nil {
		return err
	}
	if err := s.startSession(tx, a, token, ar.ip, ar.agent); err != nil {
		return err
	}
	e := by.event(EventSignedIn)
	e.Detail = ar.how
	return note(tx, e)
}

// SignOut ends the session; forms that were kept for its holder go with it.
func (s *Service) SignOut(ctx context.Context, by Session) error {
	return s.db.Update(ctx, func(tx *store.Tx) error {
		if _, err := tx.Exec(`DELETE FROM session WHERE id = ?`, by.id); err != nil {
			return fmt.Errorf("access: sign out: %w", err)
		}
		if err := dropKept(tx, by.account.ID); err != nil {
			return err
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
