package access

import (
	"context"
	"fmt"
	"slices"

	"fadu/internal/fault"
	"fadu/internal/store"
)

func accountSubject(id AccountID) string { return "account/" + id.String() }

// CreateAccount makes an account. Needs account.manage; giving it roles at once also needs role.grant,
// which only the console holds together.
func (s *Service) CreateAccount(ctx context.Context, by Session, in AccountInput) (AccountID, error) {
	if _, err := by.Require(AccountManage); err != nil {
		return 0, err
	}
	if err := in.clean(s.policy.Password, s.roles); err != nil {
		return 0, err
	}
	hash := ""
	if in.Password != "" {
		var err error
		if hash, err = s.hasher.hash(ctx, in.Password); err != nil {
			return 0, err
		}
	}
	location, _, err := s.db.Once(ctx, by.Once("access.create_account", in), func(tx *store.Tx) (string, error) {
		id, err := s.createAccount(tx, by, in, hash)
		return accountSubject(id), err
	})
	if err != nil {
		return 0, err
	}
	var id AccountID
	if _, err := fmt.Sscanf(location, "account/%d", &id); err != nil {
		return 0, fmt.Errorf("access: create account: location %q: %w", location, err)
	}
	return id, nil
}

func (s *Service) createAccount(tx *store.Tx, by Session, in AccountInput, hash string) (AccountID, error) {
	unit, err := s.placeFor(tx, by, in.Unit)
	if err != nil {
		return 0, err
	}
	if len(in.Roles) > 0 {
		if _, err := by.Require(RoleGrant); err != nil {
			return 0, err
		}
	}
	if err := s.checkFree(tx, in.Login, in.Person, 0); err != nil {
		return 0, err
	}
	id := AccountID(store.NewID())
	data := map[string]any{"login": in.Login, "name": in.Name, "person": fmt.Sprint(in.Person), "roles": in.Roles}
	entry, err := act(tx, by, kindAccountCreated, accountSubject(id), unit.ID, data)
	if err != nil {
		return 0, err
	}
	now := store.Micros(tx.Now)
	r := &accountRow{
		Levels: unit.Levels(), ID: id, Login: in.Login, Name: in.Name, Person: in.Person, Password: hash,
		MustChange: store.Flag(hash != "" && !(in.Settled && by.system)), Epoch: 1, CreatedAt: now, Version: 1, EntryID: entry,
	}
	if hash != "" {
		r.PasswordAt = now
	}
	if _, err := tx.DB().NewInsert().Model(r).Exec(tx.Ctx); err != nil {
		return 0, fmt.Errorf("access: create account: %w", err)
	}
	return id, setRoles(tx, id, in.Roles, entry)
}

// placeFor loads the unit in which the actor puts an account: open and in the actor's scope.
func (s *Service) placeFor(tx *store.Tx, by Session, id UnitID) (Unit, error) {
	scope, err := by.Require(AccountManage)
	if err != nil {
		return Unit{}, err
	}
	var fs fault.Fields
	unit, err := unitWhere(tx, "id", id)
	switch {
	case fault.Is(err, fault.NotFound) || err == nil && !scope.Covers(unit):
		fs.Add("unit", "没有这个机构，请重新选择")
	case err != nil:
		return Unit{}, err
	case !unit.Until.IsZero() && unit.Until.Before(tx.Today()):
		fs.Add("unit", "“%s”已经撤并，请选它的承接机构", unit.Name)
	}
	return unit, fs.Err()
}

// checkFree refuses a login or person that another account has.
func (s *Service) checkFree(tx *store.Tx, login string, person int64, self AccountID) error {
	var fs fault.Fields
	if a, err := s.accountWhere(tx, "login", login); err == nil && a.ID != self {
		fs.Add("login", "账号 %s 已经有人使用，请换一个", login)
	} else if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	if person > 0 {
		if a, err := s.accountWhere(tx, "person", person); err == nil && a.ID != self {
			fs.Add("person", "这个人已经有账号 %s，一人一号", a.Login)
		} else if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
	}
	return fs.Err()
}

// ownAccount loads an account of the actor's scope for a change that needs p.
func (s *Service) ownAccount(tx *store.Tx, by Session, id AccountID, p Permission) (Account, error) {
	scope, err := by.Require(p)
	if err != nil {
		return Account{}, err
	}
	a, err := s.AccountByID(tx, id)
	if err != nil {
		return Account{}, err
	}
	return a, scope.Check(a.Levels, "这个账号")
}

// versioned is what identifies a change of an account for idempotency.
type versioned struct {
	ID      AccountID
	Version int64
	What    any
}

func (s *Service) once(ctx context.Context, by Session, name string, v versioned, f func(*store.Tx) error) error {
	_, _, err := s.db.Once(ctx, by.Once(name, v), func(tx *store.Tx) (string, error) { return accountSubject(v.ID), f(tx) })
	return err
}

// EditAccount changes name, unit and person; its sessions end at once. Needs account.manage.
func (s *Service) EditAccount(ctx context.Context, by Session, id AccountID, version int64, in AccountEdit) error {
	return s.once(ctx, by, "access.edit_account", versioned{id, version, in}, func(tx *store.Tx) error {
		a, err := s.ownAccount(tx, by, id, AccountManage)
		if err != nil {
			return err
		}
		name, err := cleanName(in.Name, "姓名", maxPersonName)
		if err != nil {
			var fs fault.Fields
			fs.Add("name", "%v", err)
			return fs.Err()
		}
		unit, err := s.placeFor(tx, by, in.Unit)
		if err != nil {
			return err
		}
		if err := s.checkFree(tx, a.Login, in.Person, id); err != nil {
			return err
		}
		data := map[string]any{"name": name, "was": a.Name, "unit_was": a.UnitID, "person": fmt.Sprint(in.Person)}
		entry, err := act(tx, by, kindAccountEdited, accountSubject(id), unit.ID, data)
		if err != nil {
			return err
		}
		l := unit.Levels()
		err = changed(tx, id, version, entry, `name = ?, person = ?, unit_id = ?, u1 = ?, u2 = ?, u3 = ?, u4 = ?, u5 = ?`, name, in.Person, l.UnitID, l.U1, l.U2, l.U3, l.U4, l.U5)
		if err != nil {
			return err
		}
		return s.revokeLost(tx, by, id)
	})
}

// SetRoles replaces the roles of an account at once; its sessions end. Only the console may do so alone:
// in the program one proposes and another confirms (ProposeRoles, ConfirmRoles).
func (s *Service) SetRoles(ctx context.Context, by Session, id AccountID, version int64, roles []Role) error {
	if !by.system {
		return fault.New(fault.Forbidden, "调整角色要两个人办：一人提出，另一名安全保密管理员确认")
	}
	roles = s.roles.sorted(roles)
	return s.once(ctx, by, "access.set_roles", versioned{id, version, roles}, func(tx *store.Tx) error {
		a, err := s.ownAccount(tx, by, id, RoleGrant)
		if err != nil {
			return err
		}
		if err := s.rolesFit(tx, by, a, roles); err != nil {
			return err
		}
		entry, err := act(tx, by, kindRolesSet, accountSubject(id), a.UnitID, map[string]any{"from": a.Roles, "to": roles})
		if err != nil {
			return err
		}
		if err := changed(tx, id, version, entry, `login = login`); err != nil {
			return err
		}
		if err := setRoles(tx, id, roles, entry); err != nil {
			return fmt.Errorf("access: set roles of %s: %w", id, err)
		}
		if err := s.revokeLost(tx, by, id); err != nil {
			return err
		}
		return note(tx, by.about(EventRolesSet, a, s.labels(roles)))
	})
}

// rolesFit refuses roles that exclude each other and taking one from its last administrator.
func (s *Service) rolesFit(tx *store.Tx, by Session, a Account, roles []Role) error {
	var fs fault.Fields
	for _, c := range s.roles.Clashes(roles) {
		fs.Add("roles", "%s", c)
	}
	if err := fs.Err(); err != nil {
		return err
	}
	for _, r := range a.Roles {
		if !slices.Contains(roles, r) {
			if err := s.keepsOne(tx, by, a, r); err != nil {
				return err
			}
		}
	}
	return nil
}

// keepsOne refuses to take the role from its last enabled holder when it is one of the administrators:
// nobody could then repair it but the console.
func (s *Service) keepsOne(tx *store.Tx, by Session, a Account, r Role) error {
	if !administrator(r) || by.system || a.Disabled {
		return nil
	}
	n, err := holders(tx, r, a.ID)
	if err != nil {
		return fmt.Errorf("access: holders of %s: %w", r, err)
	}
	if n == 0 {
		return fault.New(fault.Invalid, "“%s”是最后一名%s，去掉以后就没有人管了。请先给另一个账号这个角色", a.Name, s.roles.label(r))
	}
	return nil
}

// Disable shuts an account; its sessions end at once. Needs account.manage.
func (s *Service) Disable(ctx context.Context, by Session, id AccountID, version int64, reason string) error {
	return s.once(ctx, by, "access.disable_account", versioned{id, version, reason}, func(tx *store.Tx) error {
		a, err := s.ownAccount(tx, by, id, AccountManage)
		if err != nil {
			return err
		}
		if a.ID == by.account.ID && !by.system {
			return fault.New(fault.Forbidden, "不能停用自己的账号，请由另一名系统管理员办理")
		}
		return s.disable(tx, by, a, version, reason)
	})
}

func (s *Service) disable(tx *store.Tx, by Session, a Account, version int64, reason string) error {
	reason, err := cleanName(reason, "停用原因", 200)
	if err != nil {
		var fs fault.Fields
		fs.Add("reason", "%v", err)
		return fs.Err()
	}
	for _, r := range a.Roles {
		if err := s.keepsOne(tx, by, a, r); err != nil {
			return err
		}
	}
	entry, err := act(tx, by, kindAccountDisabled, accountSubject(a.ID), a.UnitID, map[string]any{"reason": reason})
	if err != nil {
		return err
	}
	if err := changed(tx, a.ID, version, entry, `disabled = 1`); err != nil {
		return err
	}
	if err := s.revokeLost(tx, by, a.ID); err != nil {
		return err
	}
	return note(tx, by.about(EventAccountState, a, "停用"))
}

// Enable opens a disabled account again. Needs account.manage.
func (s *Service) Enable(ctx context.Context, by Session, id AccountID, version int64) error {
	return s.once(ctx, by, "access.enable_account", versioned{id, version, nil}, func(tx *store.Tx) error {
		a, err := s.ownAccount(tx, by, id, AccountManage)
		if err != nil {
			return err
		}
		entry, err := act(tx, by, kindAccountEnabled, accountSubject(id), a.UnitID, nil)
		if err != nil {
			return err
		}
		if err := changed(tx, id, version, entry, `disabled = 0`); err != nil {
			return err
		}
		return note(tx, by.about(EventAccountState, a, "恢复"))
	})
}

// MovePerson puts the person's account into another unit, in the transaction of org's transfer. Without
// an account there is nothing to do. The permission is the transfer's own.
func (s *Service) MovePerson(tx *store.Tx, by Session, person int64, to UnitID) error {
	a, err := s.AccountOfPerson(tx, person)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	unit, err := unitWhere(tx, "id", to)
	if err != nil || a.UnitID == to {
		return err
	}
	entry, err := act(tx, by, kindAccountMoved, accountSubject(a.ID), to, map[string]any{"unit_was": a.UnitID, "unit": to})
	if err != nil {
		return err
	}
	l := unit.Levels()
	if err := changed(tx, a.ID, a.Version, entry, `unit_id = ?, u1 = ?, u2 = ?, u3 = ?, u4 = ?, u5 = ?`, l.UnitID, l.U1, l.U2, l.U3, l.U4, l.U5); err != nil {
		return err
	}
	return s.revokeLost(tx, by, a.ID)
}

// DisablePerson shuts the account of a person who leaves, in org's transaction. Without an account, or
// when it is shut already, there is nothing to do.
func (s *Service) DisablePerson(tx *store.Tx, by Session, person int64, reason string) error {
	a, err := s.AccountOfPerson(tx, person)
	if fault.Is(err, fault.NotFound) || err == nil && a.Disabled {
		return nil
	}
	if err != nil {
		return err
	}
	return s.disable(tx, by, a, a.Version, reason)
}

// labels names roles in Chinese.
func (s *Service) labels(roles []Role) string {
	if len(roles) == 0 {
		return "没有角色"
	}
	out := s.roles.label(roles[0])
	for _, r := range roles[1:] {
		out += "、" + s.roles.label(r)
	}
	return out
}
