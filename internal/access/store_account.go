package access

import (
	"fmt"
	"slices"
	"strings"

	"fadu/internal/fault"
	"fadu/internal/ledger"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

type accountRow struct {
	bun.BaseModel `bun:"table:account,alias:a"`
	Levels

	ID           AccountID      `bun:"id,pk"`
	Login        string         `bun:"login"`
	Name         string         `bun:"name"`
	Person       int64          `bun:"person"`
	Password     string         `bun:"password"`
	PasswordAt   int64          `bun:"password_at"`
	MustChange   store.Flag     `bun:"must_change"`
	Disabled     store.Flag     `bun:"disabled"`
	SecondFactor store.Flag     `bun:"second_factor"`
	Epoch        int64          `bun:"epoch"`
	CreatedAt    int64          `bun:"created_at"`
	SignedInAt   int64          `bun:"signed_in_at"`
	Version      int64          `bun:"version"`
	EntryID      ledger.EntryID `bun:"entry_id"`
}

func (r accountRow) account(roles []Role) Account {
	return Account{
		ID: r.ID, Login: r.Login, Name: r.Name, Person: r.Person, Levels: r.Levels,
		Disabled: bool(r.Disabled), MustChange: bool(r.MustChange), HasPassword: r.Password != "", SecondFactor: bool(r.SecondFactor), Roles: roles,
		PasswordAt: store.FromMicros(r.PasswordAt), CreatedAt: store.FromMicros(r.CreatedAt), SignedInAt: store.FromMicros(r.SignedInAt),
		Version: r.Version, epoch: r.Epoch, password: r.Password,
	}
}

type roleRow struct {
	bun.BaseModel `bun:"table:account_role,alias:ar"`

	Account AccountID      `bun:"account"`
	Role    Role           `bun:"role"`
	EntryID ledger.EntryID `bun:"entry_id"`
}

// rolesOf returns the roles of the accounts, in the order of the data.
func (s *Service) rolesOf(tx *store.Tx, ids []AccountID) (map[AccountID][]Role, error) {
	out := map[AccountID][]Role{}
	if len(ids) == 0 {
		return out, nil
	}
	var rows []roleRow
	if err := tx.DB().NewSelect().Model(&rows).Where("account IN (?)", bun.List(ids)).Scan(tx.Ctx); err != nil {
		return nil, fmt.Errorf("access: roles: %w", err)
	}
	for _, r := range rows {
		out[r.Account] = append(out[r.Account], r.Role)
	}
	for id, rs := range out {
		out[id] = s.roles.sorted(rs)
	}
	return out, nil
}

func (s *Service) accountsOf(tx *store.Tx, rows []accountRow) ([]Account, error) {
	ids := make([]AccountID, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	roles, err := s.rolesOf(tx, ids)
	if err != nil {
		return nil, err
	}
	as := make([]Account, len(rows))
	for i, r := range rows {
		as[i] = r.account(roles[r.ID])
	}
	return as, nil
}

func (s *Service) accountWhere(tx *store.Tx, column string, value any) (Account, error) {
	var r accountRow
	if err := tx.DB().NewSelect().Model(&r).Where("? = ?", bun.Ident("a."+column), value).Scan(tx.Ctx); err != nil {
		return Account{}, store.One(err, "这个账号")
	}
	as, err := s.accountsOf(tx, []accountRow{r})
	if err != nil {
		return Account{}, err
	}
	return as[0], nil
}

// AccountByID returns an account or NotFound.
func (s *Service) AccountByID(tx *store.Tx, id AccountID) (Account, error) {
	return s.accountWhere(tx, "id", id)
}

// AccountByLogin returns the account with the login, as people type it, or NotFound.
func (s *Service) AccountByLogin(tx *store.Tx, login string) (Account, error) {
	return s.accountWhere(tx, "login", normalLogin(login))
}

// AccountOfPerson returns the account of org's person, or NotFound when there is none.
func (s *Service) AccountOfPerson(tx *store.Tx, person int64) (Account, error) {
	if person <= 0 {
		return Account{}, fault.Missing("这个账号")
	}
	return s.accountWhere(tx, "person", person)
}

// Held reports whether somebody who can sign in holds one of the roles in exactly the unit.
func (s *Service) Held(tx *store.Tx, unit UnitID, roles ...Role) (bool, error) {
	return tx.DB().NewSelect().TableExpr("account AS a").Join("JOIN account_role AS ar ON ar.account = a.id").
		Where("a.unit_id = ?", unit).Where("a.disabled = 0").Where("ar.role IN (?)", bun.List(roles)).Exists(tx.Ctx)
}

// Holders returns those who can sign in and hold one of the roles, by name; at most 500.
func (s *Service) Holders(tx *store.Tx, roles ...Role) ([]Account, error) {
	var rows []accountRow
	in := tx.DB().NewSelect().TableExpr("account_role AS ar").ColumnExpr("ar.account").Where("ar.role IN (?)", bun.List(roles))
	if err := tx.DB().NewSelect().Model(&rows).Where("a.id IN (?)", in).Where("a.disabled = 0").Order("a.name", "a.id").Limit(500).Scan(tx.Ctx); err != nil {
		return nil, err
	}
	return s.accountsOf(tx, rows)
}

// WhoCan returns those in the unit and below it who can sign in and hold the permission, by name.
func (s *Service) WhoCan(tx *store.Tx, under Unit, p Permission) ([]Account, error) {
	var roles []Role
	for _, r := range Catalogue().Roles {
		if slices.Contains(r.Permissions, p) {
			roles = append(roles, r.Code)
		}
	}
	var rows []accountRow
	in := tx.DB().NewSelect().TableExpr("account_role AS ar").ColumnExpr("ar.account").Where("ar.role IN (?)", bun.List(roles))
	q := tx.DB().NewSelect().Model(&rows).Where("? = ?", bun.Ident(under.Levels().Column("a")), under.ID).Where("a.id IN (?)", in).Where("a.disabled = 0")
	if err := q.Order("a.name", "a.id").Scan(tx.Ctx); err != nil {
		return nil, err
	}
	return s.accountsOf(tx, rows)
}

// holderRow is an account with its unit and roles.
type holderRow struct {
	accountRow
	Unit  unitRow `bun:"embed:u_"`
	Roles string  `bun:"roles"`
	// Heir says that the unit or its bureau took over from others.
	Heir bool `bun:"heir"`
}

func (r holderRow) unit() Unit { return r.Unit.unit() }

func (r holderRow) roles(c *RoleCatalogue) []Role {
	var out []Role
	for _, name := range strings.Fields(r.Roles) {
		out = append(out, Role(name))
	}
	return c.sorted(out)
}

// holdersOf begins a query for accounts with their units and roles; there is no account without a unit.
func holdersOf(tx *store.Tx) *bun.SelectQuery {
	list := "group_concat"
	if tx.Engine() == store.PostgreSQL {
		list = "string_agg"
	}
	q := tx.DB().NewSelect().TableExpr("account AS a").Join("JOIN unit AS u ON u.id = a.unit_id").ColumnExpr("a.*").
		ColumnExpr("COALESCE((SELECT ?(ar.role, ' ') FROM account_role AS ar WHERE ar.account = a.id), '') AS roles", bun.Safe(list)).
		ColumnExpr("EXISTS (SELECT 1 FROM unit_succession AS us WHERE us.successor IN (u.id, u.u1)) AS heir")
	for _, c := range []string{"id", "parent", "level", "code", "name", "u1", "u2", "u3", "u4", "u5", "from_on", "until_on", "version"} {
		q = q.ColumnExpr("u.? AS ?", bun.Ident(c), bun.Ident("u_"+c))
	}
	return q
}

// setRoles replaces the account's roles.
func setRoles(tx *store.Tx, id AccountID, roles []Role, entry ledger.EntryID) error {
	if _, err := tx.Exec(`DELETE FROM account_role WHERE account = ?`, id); err != nil {
		return err
	}
	if len(roles) == 0 {
		return nil
	}
	rows := make([]roleRow, len(roles))
	for i, r := range roles {
		rows[i] = roleRow{Account: id, Role: r, EntryID: entry}
	}
	_, err := tx.DB().NewInsert().Model(&rows).Exec(tx.Ctx)
	return err
}

// changed writes columns of an account that stands at the version, with a new epoch: sessions of the
// account end at once. set is SQL like "name = ?".
func changed(tx *store.Tx, id AccountID, version int64, entry ledger.EntryID, set string, args ...any) error {
	args = append(args, entry, id, version)
	res, err := tx.Exec(`UPDATE account SET `+set+`, epoch = epoch + 1, version = version + 1, entry_id = ? WHERE id = ? AND version = ?`, args...)
	if err := store.Updated(res, err, "这个账号"); err != nil {
		return err
	}
	_, err = tx.Exec(`DELETE FROM session WHERE account = ?`, id)
	return err
}

// holders counts enabled accounts other than id that hold the role.
func holders(tx *store.Tx, role Role, id AccountID) (int, error) {
	n, err := tx.DB().NewSelect().TableExpr("account AS a").Join("JOIN account_role AS ar ON ar.account = a.id").
		Where("ar.role = ? AND a.disabled = 0 AND a.id <> ?", role, id).Count(tx.Ctx)
	return int(n), err
}

type passwordRow struct {
	bun.BaseModel `bun:"table:account_password,alias:ap"`

	ID       int64     `bun:"id,pk"`
	Account  AccountID `bun:"account"`
	Password string    `bun:"password"`
}

// pastPasswords returns the hashes of up to n earlier passwords, newest first.
func pastPasswords(tx *store.Tx, id AccountID, n int) ([]string, error) {
	var rows []passwordRow
	err := tx.DB().NewSelect().Model(&rows).Where("account = ?", id).Order("id DESC").Limit(int64(n)).Scan(tx.Ctx)
	hashes := make([]string, len(rows))
	for i, r := range rows {
		hashes[i] = r.Password
	}
	return hashes, err
}

// keepPassword remembers a hash that is being replaced and forgets all but the newest keep.
func keepPassword(tx *store.Tx, id AccountID, hash string, keep int) error {
	if hash == "" || keep == 0 {
		return nil
	}
	r := &passwordRow{ID: store.NewID(), Account: id, Password: hash}
	if _, err := tx.DB().NewInsert().Model(r).Exec(tx.Ctx); err != nil {
		return err
	}
	_, err := tx.Exec(`DELETE FROM account_password WHERE account = ? AND id NOT IN (SELECT id FROM account_password WHERE account = ? ORDER BY id DESC LIMIT ?)`, id, id, keep)
	return err
}

// signedIn notes the sign-in on the account; it changes no right, so sessions stay.
func signedIn(tx *store.Tx, id AccountID, entry ledger.EntryID) error {
	if _, err := tx.Exec(`UPDATE account SET signed_in_at = ?, entry_id = ? WHERE id = ?`, store.Micros(tx.Now), entry, id); err != nil {
		return fmt.Errorf("access: sign in %s: %w", id, err)
	}
	return nil
}

// storeHash replaces the hash of an unchanged password by one with the policy's present costs.
func storeHash(tx *store.Tx, id AccountID, hash string) error {
	if _, err := tx.Exec(`UPDATE account SET password = ? WHERE id = ?`, hash, id); err != nil {
		return fmt.Errorf("access: hash of %s: %w", id, err)
	}
	return nil
}

// InRole counts the accounts in a role that may sign in.
func InRole(tx *store.Tx, role Role) (int64, error) {
	return tx.DB().NewSelect().TableExpr("account_role AS r").Join("JOIN account AS a ON a.id = r.account").Where("r.role = ?", role).Where("a.disabled = 0").Count(tx.Ctx)
}
