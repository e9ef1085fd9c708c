package access

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"fadu/internal/fault"
	"fadu/internal/ledger"
	"fadu/internal/store"
)

// Session is who acts: an account with what it may do, as of the request. The zero Session is nobody
// and may do nothing.
type Session struct {
	// id is the stored session; 0 at the console.
	id      int64
	account Account
	unit    Unit
	scopes  map[Permission]Scope
	system  bool
	via, ip string
	// token is the API token by which a program acts; 0 for a person.
	token TokenID
	// mustChange asks for a new password before anything else, mustEnrol for a second factor.
	mustChange, mustEnrol bool
	// op is the request's idempotency key, formKey the secret behind its form tokens.
	op      string
	formKey []byte
}

// System is the program itself at the console: every permission on everything, in the ledger as 系统.
// It is never made from a request.
func System(via string) Session {
	return Session{system: true, via: via, account: Account{Name: "系统"}}
}

// SignedIn reports whether somebody acts.
func (s Session) SignedIn() bool { return s.system || s.account.ID != 0 }

// Account returns the account; 0 for the program itself.
func (s Session) Account() AccountID { return s.account.ID }

// Person returns org's identifier of the holder, 0 for none.
func (s Session) Person() int64 { return s.account.Person }

// Name returns the holder's name.
func (s Session) Name() string { return s.account.Name }

// Login returns what the holder signs in with.
func (s Session) Login() string { return s.account.Login }

// Unit returns the unit to which the account belongs.
func (s Session) Unit() Unit { return s.unit }

// Roles returns the roles held, in the order of the data.
func (s Session) Roles() []Role { return slices.Clone(s.account.Roles) }

// HasRole reports whether the role is held. Ask Can for permissions; roles matter where the law names
// them.
func (s Session) HasRole(r Role) bool { return slices.Contains(s.account.Roles, r) }

// Can reports whether the permission is held, on whatever records.
func (s Session) Can(p Permission) bool {
	if s.system {
		return knownPermission(p)
	}
	return !s.scopes[p].Empty()
}

// ScopeFor returns the records on which the permission is held; the empty scope without it.
func (s Session) ScopeFor(p Permission) Scope {
	if s.system && knownPermission(p) {
		return Scope{all: true}
	}
	return s.scopes[p]
}

// Require returns the scope in which the permission is held, or Forbidden.
func (s Session) Require(p Permission) (Scope, error) {
	if !s.Can(p) {
		return Scope{}, forbidden(p)
	}
	return s.ScopeFor(p), nil
}

// Scope returns the widest scope of all permissions held.
func (s Session) Scope() Scope {
	if s.system {
		return Scope{all: true}
	}
	var widest Scope
	for _, l := range Permissions() {
		widest = widest.wider(s.scopes[l.Permission])
	}
	return widest
}

func forbidden(p Permission) error {
	return fault.New(fault.Forbidden, "您没有“%s”的权限。工作需要的话，请联系安全保密管理员", permissionLabel(p))
}

// Actor returns who the ledger says acted.
func (s Session) Actor() ledger.Actor {
	return ledger.Actor{Account: int64(s.account.ID), Name: s.account.Name, Via: s.via}
}

// WithVia returns the session with another way in (import, demo, job), for the console.
func (s Session) WithVia(via string) Session {
	s.via = via
	return s
}

// ByToken reports whether a program acts with a token. What only a person can do in person, such as
// signing, is refused to it.
func (s Session) ByToken() bool { return s.token != 0 }

// Once names the act of the running request for store.DB.Once: a repeat of the same form or key does
// the act once. body is what was asked, as JSON or bytes; leave passwords out of it. Without a request
// it is a plain Update.
func (s Session) Once(act string, body any) store.Once {
	if s.op == "" {
		return store.Once{}
	}
	b, raw := body.([]byte)
	if !raw {
		var err error
		if b, err = json.Marshal(body); err != nil {
			panic(fmt.Sprintf("access: body of %s: %v", act, err)) // a type that JSON cannot print: a programming error
		}
	}
	return store.Once{Actor: int64(s.account.ID), Route: act, Key: s.op, Body: b}
}

type sessionKey struct{}

// SessionFrom returns the request's session, for handlers that get no argument (huma).
func SessionFrom(ctx context.Context) Session {
	s, _ := ctx.Value(sessionKey{}).(Session)
	return s
}

// SessionFor acts as an account: for commands at the console, demo and tests, never for a request.
func (s *Service) SessionFor(ctx context.Context, login string) (Session, error) {
	var out Session
	err := s.db.View(ctx, func(tx *store.Tx) error {
		a, err := s.AccountByLogin(tx, login)
		if err != nil {
			return err
		}
		if a.Disabled {
			return fault.New(fault.Forbidden, "账号 %s 已经停用", a.Login)
		}
		out, err = s.sessionOf(tx, a)
		out.via = "console"
		return err
	})
	return out, err
}

// sessionOf works out what the account may do on which records.
func (s *Service) sessionOf(tx *store.Tx, a Account) (Session, error) {
	unit, err := unitWhere(tx, "id", a.UnitID)
	if err != nil {
		return Session{}, fmt.Errorf("access: account %s: %w", a.ID, err)
	}
	return s.sessionIn(tx, a, unit, true)
}

// sessionIn is sessionOf for whom the unit is known; heir says that it or its bureau may have taken over
// from others.
func (s *Service) sessionIn(tx *store.Tx, a Account, unit Unit, heir bool) (Session, error) {
	out := Session{account: a, unit: unit, scopes: map[Permission]Scope{}}
	reach := map[Reach]Scope{}
	if len(a.Roles) > 1 && slices.ContainsFunc(a.Roles, administrator) {
		// No command writes this; whoever changed the database behind it gains nothing by it.
		s.log.Error("access: account holds an administrator's role beside another; it may do nothing", "account", a.ID)
		return out, nil
	}
	for _, r := range a.Roles {
		info, ok := s.roles.Find(r)
		if !ok {
			s.log.Warn("access: account holds a role that the data no longer has", "account", a.ID, "role", r)
			continue
		}
		if _, known := reach[info.Reach]; !known {
			c, err := s.reachOf(tx, unit, info.Reach, heir)
			if err != nil {
				return Session{}, err
			}
			reach[info.Reach] = c
		}
		for _, p := range info.Permissions {
			out.scopes[p] = out.scopes[p].wider(reach[info.Reach])
		}
	}
	return out, nil
}

func (s *Service) reachOf(tx *store.Tx, unit Unit, r Reach, heir bool) (Scope, error) {
	whole := r == ReachBureau && unit.Level > 1
	if !heir {
		t := termOf(unit)
		if whole {
			t = term{level: 1, unit: unit.U[0]}
		}
		return Scope{terms: []term{t}}, nil
	}
	if whole {
		root, err := unitWhere(tx, "id", unit.U[0])
		if err != nil {
			return Scope{}, err
		}
		unit = root
	}
	return scopeOf(tx, unit)
}

// passwordExpired reports whether the policy asks for a new password.
func (s *Service) passwordExpired(a Account, now time.Time) bool {
	lasts := s.policy.Password.Lasts
	return a.MustChange || lasts > 0 && a.PasswordAt.Add(lasts).Before(now)
}
