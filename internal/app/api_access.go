package app

import (
	"context"
	"strconv"
	"time"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"
)

const accessGroup = "机构与账号"

// signedIn is the permission of what everybody may do who has signed in.
const signedIn access.Permission = ""

// apiAccess adds units, accounts, tokens and the two logs. The operations stand here because the API's own
// room is above the room of accounts.
func (a *App) apiAccess(v1 *api.API) {
	a.apiUnits(v1)
	a.apiAccounts(v1)
	a.apiRoles(v1)
	a.apiTokens(v1)
	a.apiLogs(v1)
}

// UnitOut is a unit for programs.
type UnitOut struct {
	ID      access.UnitID `json:"id"`
	Parent  access.UnitID `json:"parent"`
	Level   int           `json:"level"`
	Name    string        `json:"name"`
	Code    string        `json:"code"`
	From    law.Date      `json:"from"`
	Until   law.Date      `json:"until"`
	Version int64         `json:"version"`
}

func unitOut(u access.Unit) UnitOut {
	return UnitOut{u.ID, u.Parent, u.Level, u.Name, u.Code, u.From, u.Until, u.Version}
}

// RenameBody renames a unit; EndUnitBody ends it.
type RenameBody struct {
	api.Seen
	Name string `json:"name"`
}

// EndUnitBody ends a unit.
type EndUnitBody struct {
	api.Seen
	Until      law.Date        `json:"until" doc:"最后一天"`
	Successors []access.UnitID `json:"successors" doc:"接替它的机构"`
}

func (a *App) apiUnits(v1 *api.API) {
	api.Get(v1, api.Operation{ID: "listUnits", Path: "/units", Group: accessGroup, Allow: access.OrgRead, Summary: "全部机构，上级在前"},
		func(ctx context.Context, _ access.Session, _ api.Nothing) (out api.List[UnitOut], err error) {
			err = a.DB.View(ctx, func(tx *store.Tx) error {
				us, err := a.Access.Units(tx)
				out = api.ListOf(us, "", "", unitOut)
				return err
			})
			return out, err
		})
	api.Get(v1, api.Operation{ID: "getUnit", Path: "/units/{id}", Group: accessGroup, Allow: access.OrgRead, Summary: "看一个机构"},
		func(ctx context.Context, _ access.Session, q api.One) (out UnitOut, err error) {
			id, err := api.IDOf[access.UnitID](q.ID, "这个机构")
			if err != nil {
				return out, err
			}
			err = a.DB.View(ctx, func(tx *store.Tx) error {
				u, err := a.Access.UnitByID(tx, id)
				out = unitOut(u)
				return err
			})
			return out, err
		})
	api.Add(v1, api.Operation{ID: "addUnit", Path: "/units", Group: accessGroup, Allow: access.OrgManage, Summary: "设立机构"}, a.Access.AddUnit)
	api.Act(v1, api.Operation{ID: "renameUnit", Path: "/units/{id}/name", Group: accessGroup, Allow: access.OrgManage, Summary: "改机构名称"}, "这个机构",
		func(ctx context.Context, by access.Session, id access.UnitID, in RenameBody) error {
			return a.Access.RenameUnit(ctx, by, id, in.Version, in.Name)
		})
	api.Act(v1, api.Operation{ID: "endUnit", Path: "/units/{id}/end", Group: accessGroup, Allow: access.OrgManage, Summary: "撤销机构"}, "这个机构",
		func(ctx context.Context, by access.Session, id access.UnitID, in EndUnitBody) error {
			return a.Access.EndUnit(ctx, by, id, in.Version, in.Until, in.Successors...)
		})
}

// TokenOut is a token without its secret.
type TokenOut struct {
	ID          string              `json:"id"`
	Name        string              `json:"name"`
	Owner       string              `json:"owner"`
	Unit        string              `json:"unit"`
	Permissions []access.Permission `json:"permissions"`
	State       access.TokenState   `json:"state"`
	Expires     time.Time           `json:"expires"`
}

type afterQuery struct {
	After string `query:"after" doc:"上一页答复里 next 的值"`
}

func (a *App) apiTokens(v1 *api.API) {
	list := func(id, path, summary string, allow access.Permission, of func(*store.Tx, access.Session, string) ([]access.Token, string, string, error)) {
		api.Get(v1, api.Operation{ID: id, Path: path, Group: accessGroup, Allow: allow, Summary: summary},
			func(ctx context.Context, by access.Session, q afterQuery) (out api.List[TokenOut], err error) {
				err = a.DB.View(ctx, func(tx *store.Tx) error {
					ts, prev, next, err := of(tx, by, q.After)
					out = api.ListOf(ts, prev, next, func(t access.Token) TokenOut {
						return TokenOut{t.ID.String(), t.Name, t.OwnerName, t.UnitName, t.Permissions, t.State(tx.Now), t.Expires}
					})
					return err
				})
				return out, err
			})
	}
	list("listOwnTokens", "/me/tokens", "本人的接口令牌", signedIn, a.Access.OwnTokens)
	list("listTokens", "/tokens", "全部接口令牌", access.TokenManage, a.Access.Tokens)
	revoke := func(id, path, summary string, allow access.Permission) {
		api.Act(v1, api.Operation{ID: id, Path: path, Group: accessGroup, Allow: allow, Summary: summary}, "这个令牌",
			func(ctx context.Context, by access.Session, id access.TokenID, in api.Why) error {
				return a.Access.RevokeToken(ctx, by, id, in.Reason)
			})
	}
	revoke("revokeOwnToken", "/me/tokens/{id}/revoke", "撤销本人的接口令牌", signedIn)
	revoke("revokeToken", "/tokens/{id}/revoke", "撤销接口令牌", access.TokenManage)
}

// EventOut is an event of the security log.
type EventOut struct {
	At     time.Time        `json:"at"`
	Kind   access.EventKind `json:"kind"`
	Name   string           `json:"name"`
	IP     string           `json:"ip"`
	Action string           `json:"action"`
	Detail string           `json:"detail"`
}

// EntryOut is an entry of the ledger as its list shows it.
type EntryOut struct {
	ID      string    `json:"id"`
	At      time.Time `json:"at"`
	Actor   string    `json:"actor"`
	Via     string    `json:"via"`
	Kind    string    `json:"kind"`
	Subject string    `json:"subject"`
}

type logQuery struct {
	Kind    string `query:"kind" doc:"种类代码"`
	Who     string `query:"who" doc:"姓名或账号"`
	Subject string `query:"subject" doc:"留痕的对象，例如 case/123"`
	From    string `query:"from" doc:"自 YYYY-MM-DD"`
	Until   string `query:"until" doc:"至 YYYY-MM-DD"`
	After   string `query:"after" doc:"上一页答复里 next 的值"`
}

func (q logQuery) days() (from, until law.Date, err error) {
	if from, err = dayIn("from", q.From); err != nil {
		return from, until, err
	}
	until, err = dayIn("until", q.Until)
	return from, until, err
}

func (a *App) apiLogs(v1 *api.API) {
	api.Get(v1, api.Operation{ID: "listEvents", Path: "/security", Group: accessGroup, Allow: access.SecurityRead, Summary: "安全日志，新的在前"},
		func(ctx context.Context, by access.Session, q logQuery) (out api.List[EventOut], err error) {
			from, until, err := q.days()
			if err != nil {
				return out, err
			}
			err = a.DB.View(ctx, func(tx *store.Tx) error {
				es, prev, next, err := a.Access.Events(tx, by, access.EventFilter{Kind: access.EventKind(q.Kind), Name: q.Who, From: from, Until: until}, q.After)
				out = api.ListOf(es, prev, next, func(e access.Event) EventOut { return EventOut{e.At, e.Kind, e.Name, e.IP, e.Action, e.Detail} })
				return err
			})
			return out, err
		})
	api.Get(v1, api.Operation{ID: "listEntries", Path: "/ledger/entries", Group: ledgerGroup, Allow: access.LedgerRead, Summary: "办案留痕，新的在前"},
		func(ctx context.Context, by access.Session, q logQuery) (out api.List[EntryOut], err error) {
			from, until, err := q.days()
			if err != nil {
				return out, err
			}
			err = a.DB.View(ctx, func(tx *store.Tx) error {
				es, prev, next, err := a.Access.Entries(tx, by, access.EntryFilter{Kind: q.Kind, Who: q.Who, Subject: q.Subject, From: from, Until: until}, q.After)
				out = api.ListOf(es, prev, next, func(e ledger.Entry) EntryOut {
					return EntryOut{strconv.FormatInt(int64(e.ID), 10), e.Time(), e.Actor, e.Via, e.Kind, e.Subject}
				})
				return err
			})
			return out, err
		})
}
