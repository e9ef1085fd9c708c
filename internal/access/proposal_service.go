package access

import (
	"context"
	"fmt"
	"slices"

	"fadu/internal/fault"
	"fadu/internal/store"
)

// ProposeRoles asks for other roles for somebody else's account; nothing changes before another person
// confirms it (ConfirmRoles). Needs role.propose: a system or security administrator. Pairs that exclude
// each other are refused at once. One proposal about an account may be open at a time.
func (s *Service) ProposeRoles(ctx context.Context, by Session, id AccountID, version int64, roles []Role, reason string) error {
	roles = s.roles.sorted(roles)
	return s.once(ctx, by, "access.propose_roles", versioned{id, version, []any{roles, reason}}, func(tx *store.Tx) error {
		a, err := s.ownAccount(tx, by, id, RolePropose)
		if err != nil {
			return err
		}
		if err := notOwn(by, a); err != nil {
			return err
		}
		reason, err := s.proposable(a, version, roles, reason)
		if err != nil {
			return err
		}
		if _, open, err := s.ProposalOf(tx, a); err != nil || open {
			return orFault(err, fault.New(fault.Conflict, "这个账号已经有一项角色调整等待确认，请先确认或撤回它"))
		}
		entry, err := act(tx, by, kindRolesProposed, accountSubject(id), a.UnitID, map[string]any{"from": a.Roles, "to": roles, "reason": reason})
		if err != nil {
			return err
		}
		r := &proposalRow{
			ID: store.NewID(), Account: id, Held: codes(a.Roles), Roles: codes(roles), Reason: reason, ProposedBy: by.account.ID,
			Proposer: by.Name(), ProposedAt: store.Micros(tx.Now), State: proposalOpen, Version: 1, EntryID: entry,
		}
		if _, err := tx.DB().NewInsert().Model(r).Exec(tx.Ctx); err != nil {
			return fmt.Errorf("access: propose roles of %s: %w", id, err)
		}
		return note(tx, by.about(EventRolesSet, a, "提出："+s.labels(roles)))
	})
}

func orFault(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}

func notOwn(by Session, a Account) error {
	if a.ID == by.account.ID && !by.system {
		return fault.New(fault.Forbidden, "不能给自己调整角色，请由别的管理员提出、另一名安全保密管理员确认")
	}
	return nil
}

// proposable checks what is asked for and returns the reason as it is kept.
func (s *Service) proposable(a Account, version int64, roles []Role, reason string) (string, error) {
	if a.Version != version {
		return "", fault.New(fault.Conflict, "这个账号刚被别人改过，请看最新情况再提")
	}
	var fs fault.Fields
	for _, c := range s.roles.Clashes(roles) {
		fs.Add("roles", "%s", c)
	}
	if slices.Equal(roles, a.Roles) {
		fs.Add("roles", "和现在的角色一样，没有调整")
	}
	reason, err := cleanName(reason, "调整原因", 200)
	if err != nil {
		fs.Add("role_reason", "%v", err)
	}
	return reason, fs.Err()
}

// ConfirmRoles puts a proposed change of roles into effect; the account's sessions end at once. Needs
// role.grant, and not from who proposed it, nor from whom it is about. Taking a role from its last
// administrator is refused.
func (s *Service) ConfirmRoles(ctx context.Context, by Session, id AccountID, proposal, version int64) error {
	return s.once(ctx, by, "access.confirm_roles", versioned{id, version, proposal}, func(tx *store.Tx) error {
		a, p, err := s.openProposal(tx, by, id, proposal, version, RoleGrant)
		if err != nil {
			return err
		}
		if err := notOwn(by, a); err != nil {
			return err
		}
		if p.By == by.account.ID && !by.system {
			return fault.New(fault.Forbidden, "角色调整要两个人办：您提出的，请另一名安全保密管理员确认")
		}
		if !slices.Equal(a.Roles, p.Held) {
			return fault.New(fault.Conflict, "提出以后这个账号的角色已经变过，请撤回重提")
		}
		return s.giveRoles(tx, by, a, p)
	})
}

func (s *Service) giveRoles(tx *store.Tx, by Session, a Account, p Proposal) error {
	if err := s.rolesFit(tx, by, a, p.Roles); err != nil {
		return err
	}
	data := map[string]any{"from": a.Roles, "to": p.Roles, "reason": p.Reason, "proposed_by": p.Proposer}
	entry, err := act(tx, by, kindRolesSet, accountSubject(a.ID), a.UnitID, data)
	if err != nil {
		return err
	}
	if err := decide(tx, p, proposalConfirmed, by.account.ID, entry); err != nil {
		return err
	}
	if err := changed(tx, a.ID, a.Version, entry, `login = login`); err != nil {
		return err
	}
	if err := setRoles(tx, a.ID, p.Roles, entry); err != nil {
		return fmt.Errorf("access: set roles of %s: %w", a.ID, err)
	}
	if err := s.revokeLost(tx, by, a.ID); err != nil {
		return err
	}
	return note(tx, by.about(EventRolesSet, a, "确认"+p.Proposer+"提出的："+s.labels(p.Roles)))
}

// DeclineRoles closes a proposal without effect: its proposer withdraws it, or who could confirm it
// declines.
func (s *Service) DeclineRoles(ctx context.Context, by Session, id AccountID, proposal, version int64) error {
	return s.once(ctx, by, "access.decline_roles", versioned{id, version, proposal}, func(tx *store.Tx) error {
		a, p, err := s.openProposal(tx, by, id, proposal, version, RolePropose)
		if err != nil {
			return err
		}
		state, detail := proposalWithdrawn, "撤回"
		if p.By != by.account.ID {
			if _, err := by.Require(RoleGrant); err != nil {
				return err
			}
			state, detail = proposalDeclined, "不同意"
		}
		entry, err := act(tx, by, kindRolesDeclined, accountSubject(id), a.UnitID, map[string]any{"to": p.Roles, "state": state})
		if err != nil {
			return err
		}
		if err := decide(tx, p, state, by.account.ID, entry); err != nil {
			return err
		}
		return note(tx, by.about(EventRolesSet, a, detail+"："+s.labels(p.Roles)))
	})
}

// openProposal loads the account in the actor's scope and its open proposal.
func (s *Service) openProposal(tx *store.Tx, by Session, id AccountID, proposal, version int64, need Permission) (Account, Proposal, error) {
	a, err := s.ownAccount(tx, by, id, need)
	if err != nil {
		return a, Proposal{}, err
	}
	p, ok, err := s.ProposalOf(tx, a)
	if err == nil && (!ok || p.ID != proposal || p.Version != version) {
		err = orConflict(nil)
	}
	return a, p, err
}
