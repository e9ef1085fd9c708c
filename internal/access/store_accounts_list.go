package access

import (
	"fmt"
	"strings"

	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// AccountFilter narrows the list of accounts; zero fields do not.
type AccountFilter struct {
	// Text is part of a login or name; Unit includes the units below it.
	Text string
	Unit UnitID
	Role Role
	// State is "on", "off" (disabled) or "none" (without any role).
	State string
}

// like escapes s for LIKE … ESCAPE '\'.
func like(s string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(s) + "%"
}

func (f AccountFilter) narrow(tx *store.Tx, q *bun.SelectQuery) (*bun.SelectQuery, error) {
	if f.Text != "" {
		q = q.Where(`(a.login LIKE ? ESCAPE '\' OR a.name LIKE ? ESCAPE '\')`, like(strings.ToLower(f.Text)), like(f.Text))
	}
	if f.Unit != 0 {
		u, err := unitWhere(tx, "id", f.Unit)
		if err != nil {
			return nil, err
		}
		q = Scope{terms: []term{termOf(u)}}.Where(q, "a")
	}
	if f.Role != "" {
		q = q.Where("EXISTS (SELECT 1 FROM account_role ar WHERE ar.account = a.id AND ar.role = ?)", f.Role)
	}
	switch f.State {
	case "on":
		q = q.Where("a.disabled = 0")
	case "off":
		q = q.Where("a.disabled = 1")
	case "none":
		q = q.Where("NOT EXISTS (SELECT 1 FROM account_role ar WHERE ar.account = a.id)")
	}
	return q, nil
}

// Accounts returns a page of accounts by login, how many there are (up to store.CountLimit+1) and the
// cursors of the neighbouring pages. Needs account.read.
func (s *Service) Accounts(tx *store.Tx, by Session, f AccountFilter, after string) (as []Account, total int, prev, next string, err error) {
	scope, err := by.Require(AccountRead)
	if err != nil {
		return nil, 0, "", "", err
	}
	var rows []accountRow
	build := func(model any) (*bun.SelectQuery, error) {
		return f.narrow(tx, scope.Where(tx.DB().NewSelect().Model(model), "a"))
	}
	counting, err := build((*accountRow)(nil))
	if err != nil {
		return nil, 0, "", "", err
	}
	if total, err = store.CountUpTo(tx, counting); err != nil {
		return nil, 0, "", "", fmt.Errorf("access: count accounts: %w", err)
	}
	q, err := build(&rows)
	if err != nil {
		return nil, 0, "", "", err
	}
	prev, next, err = page(tx, pageQuery[accountRow]{
		query: q, rows: &rows, sort: "a.login", id: "a.id",
		place: func(r accountRow) store.Cursor { return store.Cursor{Sort: r.Login, ID: int64(r.ID)} },
	}, after, fmt.Sprint("accounts", f))
	if err != nil {
		return nil, 0, "", "", err
	}
	as, err = s.accountsOf(tx, rows)
	return as, total, prev, next, err
}

// accountsIn counts enabled accounts by unit.
func accountsIn(tx *store.Tx) (map[UnitID]int64, error) {
	var rows []struct {
		UnitID UnitID `bun:"unit_id"`
		N      int64  `bun:"n"`
	}
	err := tx.DB().NewSelect().TableExpr("account").ColumnExpr("unit_id, COUNT(*) AS n").Where("disabled = 0").GroupExpr("unit_id").Scan(tx.Ctx, &rows)
	out := map[UnitID]int64{}
	for _, r := range rows {
		out[r.UnitID] = r.N
	}
	return out, err
}
