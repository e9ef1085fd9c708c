package access

import (
	"context"
	"net/http"

	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/web"
)

// CreateToken makes a token in the name of the person who acts and returns what the program is to hold,
// this once. A program cannot make tokens.
func (s *Service) CreateToken(ctx context.Context, by Session, in TokenInput) (held string, id TokenID, err error) {
	if by.account.ID == 0 || by.ByToken() {
		return "", 0, fault.New(fault.Forbidden, "令牌要本人登录后建立")
	}
	if err := in.clean(law.DateOf(s.db.Now())); err != nil {
		return "", 0, err
	}
	held, id = newAPIToken(), TokenID(store.NewID())
	_, replayed, err := s.db.Once(ctx, by.Once("access.create_token", in), func(tx *store.Tx) (string, error) {
		return id.subject(), s.createToken(tx, by, in, held, id)
	})
	if err == nil && replayed {
		return "", 0, fault.New(fault.Conflict, "这个令牌刚才已经建好，只显示一次。没有记下的，请撤销它另建一个")
	}
	return held, id, err
}

func (s *Service) createToken(tx *store.Tx, by Session, in TokenInput, held string, id TokenID) error {
	unit, err := unitWhere(tx, "id", in.Unit)
	var fs fault.Fields
	switch {
	case fault.Is(err, fault.NotFound):
		fs.Add("unit", "没有这个机构，请重新选择")
		return fs.Err()
	case err != nil:
		return err
	}
	t := Token{ID: id, Owner: by.account.ID, Name: in.Name, Permissions: in.Permissions, Levels: unit.Levels(), Created: tx.Now, Expires: in.expiry(), Version: 1}
	for _, p := range in.Permissions {
		if !by.ScopeFor(p).CoversLevels(t.Levels) {
			fs.Add("permissions", "您在“%s”没有“%s”的权限，令牌不能比本人多", unit.Name, orElse(permissionLabel(p), string(p)))
		}
	}
	live, err := liveTokens(tx, by.account.ID)
	if err != nil {
		return err
	}
	if len(live) >= tokensEach {
		fs.Add("name", "在用的令牌已有 %d 个，请先撤销不用的", len(live))
	}
	for _, o := range live {
		if o.Name == t.Name {
			fs.Add("name", "已有叫“%s”的令牌，换一个名称，留痕里才分得清", t.Name)
		}
	}
	if err := fs.Err(); err != nil {
		return err
	}
	entry, err := act(tx, by, kindTokenCreated, id.subject(), t.UnitID, map[string]any{"name": t.Name, "account": t.Owner, "permissions": t.Permissions, "until": in.Until})
	if err != nil {
		return err
	}
	if err := addToken(tx, t, held, entry); err != nil {
		return err
	}
	e := by.event(EventToken)
	e.Action, e.Detail = id.subject(), "建立令牌“"+t.Name+"”，至 "+in.Until.String()
	return note(tx, e)
}

// OwnTokens returns a page of the tokens of the person who acts, newest first.
func (s *Service) OwnTokens(tx *store.Tx, by Session, after string) (ts []Token, prev, next string, err error) {
	if by.account.ID == 0 {
		return nil, "", "", nil
	}
	return s.tokenList(tx, by.account.ID, Scope{}, after)
}

// Tokens returns a page of everybody's tokens, newest first. Needs token.manage.
func (s *Service) Tokens(tx *store.Tx, by Session, after string) (ts []Token, prev, next string, err error) {
	scope, err := by.Require(TokenManage)
	if err != nil {
		return nil, "", "", err
	}
	return s.tokenList(tx, 0, scope, after)
}

// RevokeToken ends a token at once: one's own, or with token.manage another's, with the reason.
func (s *Service) RevokeToken(ctx context.Context, by Session, id TokenID, why string) error {
	type body struct {
		ID  TokenID
		Why string
	}
	_, _, err := s.db.Once(ctx, by.Once("access.revoke_token", body{id, why}), func(tx *store.Tx) (string, error) {
		t, err := tokenWhere(tx, "id", id)
		if err != nil {
			return "", err
		}
		own := t.Owner == by.account.ID && !by.ByToken() && by.account.ID != 0
		if !own && by.ScopeFor(TokenManage).Check(t.Levels, "这个令牌") != nil {
			return "", fault.Missing("这个令牌")
		}
		if own && why == "" {
			why = "本人撤销"
		}
		if why, err = cleanName(why, "撤销的理由", 200); err != nil {
			var fs fault.Fields
			fs.Add("why", "%v", err)
			return "", fs.Err()
		}
		if t.State(tx.Now) == TokenRevoked {
			return "", fault.New(fault.Conflict, "这个令牌已经撤销")
		}
		return id.subject(), s.revoke(tx, by, t, why)
	})
	return err
}

func (s *Service) revoke(tx *store.Tx, by Session, t Token, why string) error {
	entry, err := act(tx, by, kindTokenRevoked, t.ID.subject(), t.UnitID, map[string]any{"name": t.Name, "account": t.Owner, "reason": why})
	if err != nil {
		return err
	}
	if err := endToken(tx, t, why, entry); err != nil {
		return err
	}
	e := by.event(EventToken)
	e.Action, e.Detail = t.ID.subject(), "撤销令牌“"+t.Name+"”："+why
	return note(tx, e)
}

// revokeLost ends the tokens of an account that may no longer do what they were made for: it was shut, or
// lost a role, or went to another unit.
func (s *Service) revokeLost(tx *store.Tx, by Session, id AccountID) error {
	live, err := liveTokens(tx, id)
	if err != nil || len(live) == 0 {
		return err
	}
	a, err := s.AccountByID(tx, id)
	if err != nil {
		return err
	}
	owner, err := s.sessionOf(tx, a)
	if err != nil {
		return err
	}
	for _, t := range live {
		why := ""
		if _, ok := owner.narrowed(t); !ok {
			why = "账号不再有令牌所用的权限"
		}
		if a.Disabled {
			why = "账号停用"
		}
		if why == "" {
			continue
		}
		if err := s.revoke(tx, by, t, why); err != nil {
			return err
		}
	}
	return nil
}

// byToken is the session of a program that shows a token. A token that opens nothing is Unauthentic,
// whatever the reason.
func (s *Service) byToken(r *http.Request, held, ip string) (Session, error) {
	nobody := Session{via: "api", ip: ip}
	var who Session
	var t Token
	known := false
	if apiTokenShaped(held) {
		err := s.db.View(r.Context(), func(tx *store.Tx) error {
			var err error
			if t, known, err = tokenOf(tx, held); err != nil || !known {
				return err
			}
			who, known, err = s.sessionOfToken(tx, t)
			return err
		})
		if err != nil {
			return nobody, err
		}
	}
	if !known {
		if !s.rates.take("wrong/"+place(ip), wrongRate, s.db.Now()) {
			return nobody, errTokenRate
		}
		e := nobody.event(EventBadBearer)
		e.Action = web.MaskText(r.Method + " " + r.URL.Path)
		s.noteApart(r.Context(), e)
		return nobody, errToken
	}
	who.ip = ip
	if !s.rates.take(t.ID.subject(), tokenRate, s.db.Now()) {
		return who, errTokenRate
	}
	if s.db.Now().Sub(t.Used) >= touchEvery {
		// Reading goes on when writing does not, as with sessions.
		if err := s.db.Update(r.Context(), func(tx *store.Tx) error { return touchToken(tx, t.ID, ip) }); err != nil {
			s.log.WarnContext(r.Context(), "access: use of a token was not noted", "token", t.ID, "err", err)
		}
	}
	return who, nil
}

func (s *Service) sessionOfToken(tx *store.Tx, t Token) (Session, bool, error) {
	a, err := s.AccountByID(tx, t.Owner)
	if err != nil || a.Disabled || t.State(tx.Now) != TokenLive {
		return Session{}, false, err
	}
	owner, err := s.sessionOf(tx, a)
	if err != nil {
		return Session{}, false, err
	}
	who, ok := owner.narrowed(t)
	who.mustChange = s.passwordExpired(a, tx.Now)
	who.mustEnrol = !a.SecondFactor && s.factorRequired(a)
	return who, ok, nil
}
