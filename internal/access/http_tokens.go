package access

import (
	"net/http"
	"slices"
	"time"

	"fadu/internal/access/pages"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/web"
)

func (s *Service) tokenRoutes() []Route {
	return []Route{
		{Pattern: "GET /w/me/tokens", Handle: s.showMyTokens},
		{Pattern: "POST /w/me/tokens", Handle: s.makeToken},
		{Pattern: "POST /w/me/tokens/{id}/revoke", Handle: s.revokeMine},
		{Pattern: "GET /w/tokens", Allow: TokenManage, Handle: s.showTokens},
		{Pattern: "POST /w/tokens/{id}/revoke", Allow: TokenManage, Handle: s.revokeAny},
	}
}

func (s *Service) showMyTokens(w http.ResponseWriter, r *http.Request, who Session) error {
	return s.renderMyTokens(w, r, who, http.StatusOK, nil, "")
}

// defaultLife is what the form proposes.
const defaultLife = 90

func (s *Service) renderMyTokens(w http.ResponseWriter, r *http.Request, who Session, status int, f *web.Form, fresh string) error {
	today := law.DateOf(s.db.Now())
	v := pages.TokensView{Own: true, Form: f, Fresh: fresh, Unit: who.Unit().ID.String(), Until: today.AddDays(defaultLife).String(), Last: today.AddMonths(tokenMonths).String()}
	for _, l := range Permissions() {
		if who.Can(l.Permission) {
			v.Rights = append(v.Rights, web.Option{Value: string(l.Permission), Label: l.Label})
		}
	}
	err := s.db.View(r.Context(), func(tx *store.Tx) error {
		ts, prev, next, err := s.OwnTokens(tx, who, r.URL.Query().Get("after"))
		if err != nil {
			return err
		}
		v.Rows, v.Prev, v.Next = tokenRows(ts, tx.Now), pathWith(r, prev), pathWith(r, next)
		v.Units, err = s.unitOptions(tx, who.Scope())
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, status, pages.MyTokens(v))
}

func tokenRows(ts []Token, now time.Time) []pages.TokenRow {
	tags := map[TokenState]web.TagView{TokenLive: {Label: "在用", Kind: "ok"}, TokenExpired: {Label: "已过期", Kind: "line"}, TokenRevoked: {Label: "已撤销", Kind: "line"}}
	out := make([]pages.TokenRow, len(ts))
	for i, t := range ts {
		st := t.State(now)
		used := "没有用过"
		if !t.Used.IsZero() {
			used = moment(t.Used) + " " + t.UsedFrom
		}
		out[i] = pages.TokenRow{
			ID: t.ID.String(), Name: t.Name, Owner: t.OwnerName + "（" + t.Login + "）", Unit: t.UnitName, Rights: rightsLine(t.Permissions),
			Until: law.DateOf(t.Expires.Add(-time.Second)).String(), Used: used, State: tags[st], Why: t.Why, Live: st == TokenLive,
		}
	}
	return out
}

// makeToken shows the token in the answer itself: it stands in no address and is not kept.
func (s *Service) makeToken(w http.ResponseWriter, r *http.Request, who Session) error {
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	in := TokenInput{Name: f.Text("name", maxTokenName), Unit: UnitID(f.ID("unit", "机构")), Until: f.Date("until", "有效期")}
	for _, p := range slices.Compact(f.Values("permissions")) {
		in.Permissions = append(in.Permissions, Permission(p))
	}
	var held string
	if err = f.Err(); err == nil {
		held, _, err = s.CreateToken(r.Context(), who, in)
	}
	if status, ok := f.Take(err); ok {
		return s.renderMyTokens(w, r, who, status, f, "")
	}
	if err != nil {
		return err
	}
	return s.renderMyTokens(w, r, who, http.StatusOK, nil, held)
}

func tokenPath(r *http.Request) (TokenID, error) {
	n, err := store.ParseID(r.PathValue("id"))
	if err != nil {
		return 0, missing("这个令牌")
	}
	return TokenID(n), nil
}

func (s *Service) revokeMine(w http.ResponseWriter, r *http.Request, who Session) error {
	id, err := tokenPath(r)
	if err != nil {
		return err
	}
	// A foreign token is none of one's own, also for the administrator: that page asks for a reason.
	err = s.db.View(r.Context(), func(tx *store.Tx) error {
		t, err := tokenWhere(tx, "id", id)
		if err == nil && t.Owner != who.account.ID {
			err = missing("这个令牌")
		}
		return err
	})
	if err == nil {
		err = s.RevokeToken(r.Context(), who, id, "")
	}
	if err != nil {
		return err
	}
	web.Notify(w, r, web.Flash{Text: "令牌已撤销，立即失效"})
	web.SeeOther(w, r, "/w/me/tokens")
	return nil
}

func (s *Service) showTokens(w http.ResponseWriter, r *http.Request, who Session) error {
	return s.renderTokens(w, r, who, http.StatusOK, nil)
}

func (s *Service) renderTokens(w http.ResponseWriter, r *http.Request, who Session, status int, f *web.Form) error {
	v := pages.TokensView{Form: f}
	err := s.db.View(r.Context(), func(tx *store.Tx) error {
		ts, prev, next, err := s.Tokens(tx, who, r.URL.Query().Get("after"))
		v.Rows, v.Prev, v.Next = tokenRows(ts, tx.Now), pathWith(r, prev), pathWith(r, next)
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, status, pages.Tokens(v))
}

func (s *Service) revokeAny(w http.ResponseWriter, r *http.Request, who Session) error {
	id, err := tokenPath(r)
	if err != nil {
		return err
	}
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	err = s.RevokeToken(r.Context(), who, id, f.Text("why", 200))
	if status, ok := f.Take(err); ok {
		return s.renderTokens(w, r, who, status, f)
	}
	if err != nil {
		return err
	}
	web.Notify(w, r, web.Flash{Text: "令牌已撤销，立即失效"})
	web.SeeOther(w, r, "/w/tokens")
	return nil
}
