package access

import (
	"database/sql"
	"errors"
	"fmt"

	"fadu/internal/ledger"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

type tokenRow struct {
	bun.BaseModel `bun:"table:api_token,alias:t"`
	Levels

	ID          TokenID        `bun:"id,pk"`
	Account     AccountID      `bun:"account"`
	Name        string         `bun:"name"`
	Token       string         `bun:"token"`
	Permissions string         `bun:"permissions"`
	CreatedAt   int64          `bun:"created_at"`
	ExpiresAt   int64          `bun:"expires_at"`
	UsedAt      int64          `bun:"used_at,scanonly"` // from api_token_use
	UsedIP      string         `bun:"used_ip,scanonly"`
	RevokedAt   int64          `bun:"revoked_at"`
	RevokedWhy  string         `bun:"revoked_why"`
	Version     int64          `bun:"version"`
	EntryID     ledger.EntryID `bun:"entry_id"`
}

func (r tokenRow) read() Token {
	return Token{
		ID: r.ID, Owner: r.Account, Name: r.Name, Permissions: permissionsOf(r.Permissions), Levels: r.Levels, Version: r.Version, UsedFrom: r.UsedIP, Why: r.RevokedWhy,
		Created: store.FromMicros(r.CreatedAt), Expires: store.FromMicros(r.ExpiresAt), Used: store.FromMicros(r.UsedAt), Revoked: store.FromMicros(r.RevokedAt),
	}
}

// selectTokens selects tokens with their last use.
func selectTokens(tx *store.Tx, into any) *bun.SelectQuery {
	return tx.DB().NewSelect().Model(into).ColumnExpr("?TableColumns").ColumnExpr("COALESCE(tu.used_at, 0) AS used_at, COALESCE(tu.used_ip, '') AS used_ip").
		Join("LEFT JOIN api_token_use AS tu ON tu.token_id = t.id")
}

// tokenWhere finds one token, or NotFound.
func tokenWhere(tx *store.Tx, column string, value any) (Token, error) {
	var r tokenRow
	if err := selectTokens(tx, &r).Where("? = ?", bun.Ident("t."+column), value).Scan(tx.Ctx); err != nil {
		return Token{}, store.One(err, "这个令牌")
	}
	return r.read(), nil
}

// tokenOf finds the token that a program holds; ok is false for any other text.
func tokenOf(tx *store.Tx, held string) (t Token, ok bool, err error) {
	var r tokenRow
	err = selectTokens(tx, &r).Where("t.token = ?", tokenHash(held)).Scan(tx.Ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return Token{}, false, nil
	}
	return r.read(), err == nil, err
}

func addToken(tx *store.Tx, t Token, held string, entry ledger.EntryID) error {
	r := &tokenRow{
		Levels: t.Levels, ID: t.ID, Account: t.Owner, Name: t.Name, Token: tokenHash(held), Permissions: permissionsText(t.Permissions),
		CreatedAt: store.Micros(t.Created), ExpiresAt: store.Micros(t.Expires), Version: 1, EntryID: entry,
	}
	if _, err := tx.DB().NewInsert().Model(r).Exec(tx.Ctx); err != nil {
		return fmt.Errorf("access: token of account %s: %w", t.Owner, err)
	}
	return nil
}

// endToken marks a token as revoked, once.
func endToken(tx *store.Tx, t Token, why string, entry ledger.EntryID) error {
	res, err := tx.Exec(`UPDATE api_token SET revoked_at = ?, revoked_why = ?, entry_id = ?, version = version + 1 WHERE id = ? AND version = ? AND revoked_at = 0`,
		store.Micros(tx.Now), why, entry, t.ID, t.Version)
	return store.Updated(res, err, "这个令牌")
}

// touchToken notes a use; the caller sees to it that it is at most once a minute.
func touchToken(tx *store.Tx, id TokenID, ip string) error {
	const q = `INSERT INTO api_token_use (token_id, used_at, used_ip) VALUES (?, ?, ?) ON CONFLICT (token_id) DO UPDATE SET used_at = excluded.used_at, used_ip = excluded.used_ip WHERE api_token_use.used_at < excluded.used_at`
	_, err := tx.Exec(q, id, store.Micros(tx.Now), clip(ip, 64))
	return err
}

// liveTokens are the account's tokens that are neither revoked nor expired, oldest first.
func liveTokens(tx *store.Tx, account AccountID) ([]Token, error) {
	var rows []tokenRow
	err := selectTokens(tx, &rows).Where("t.account = ?", account).Where("t.revoked_at = 0").Where("t.expires_at > ?", store.Micros(tx.Now)).Order("t.id").Scan(tx.Ctx)
	return tokensOf(rows), err
}

func tokensOf(rows []tokenRow) []Token {
	out := make([]Token, len(rows))
	for i, r := range rows {
		out[i] = r.read()
	}
	return out
}

// tokenList returns a page of tokens, newest first: the account's own, or with account 0 all of the scope.
func (s *Service) tokenList(tx *store.Tx, account AccountID, scope Scope, after string) (ts []Token, prev, next string, err error) {
	var rows []tokenRow
	q := selectTokens(tx, &rows)
	if account != 0 {
		q = q.Where("t.account = ?", account)
	} else {
		q = scope.Where(q, "t")
	}
	prev, next, err = page(tx, pageQuery[tokenRow]{
		query: q, rows: &rows, sort: "t.created_at", id: "t.id", desc: true, numeric: true,
		place: func(r tokenRow) store.Cursor {
			return store.Cursor{Sort: fmt.Sprint(r.CreatedAt), ID: int64(r.ID)}
		},
	}, after, fmt.Sprint("tokens", account))
	if err != nil {
		return nil, "", "", err
	}
	ts = tokensOf(rows)
	for i := range ts {
		a, err := s.AccountByID(tx, ts[i].Owner)
		if err != nil {
			return nil, "", "", err
		}
		u, err := unitWhere(tx, "id", ts[i].UnitID)
		if err != nil {
			return nil, "", "", err
		}
		ts[i].OwnerName, ts[i].Login, ts[i].UnitName = a.Name, a.Login, u.Name
	}
	return ts, prev, next, nil
}
