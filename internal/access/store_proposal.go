package access

import (
	"fmt"
	"strings"
	"time"

	"fadu/internal/fault"
	"fadu/internal/ledger"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// Proposal is a change of an account's roles that waits for a second person.
type Proposal struct {
	ID      int64
	Account AccountID
	// Held is what the account had when it was proposed, Roles what it shall have.
	Held, Roles []Role
	Reason      string
	// By and Proposer say who proposed it.
	By       AccountID
	Proposer string
	At       time.Time
	Version  int64
	// Name and Login are the account's, UnitID and the levels its place.
	Name, Login string
	Levels
}

const (
	proposalOpen      = "open"
	proposalConfirmed = "confirmed"
	proposalDeclined  = "declined"
	proposalWithdrawn = "withdrawn"
)

type proposalRow struct {
	bun.BaseModel `bun:"table:role_proposal,alias:p"`

	ID         int64          `bun:"id,pk"`
	Account    AccountID      `bun:"account"`
	Held       string         `bun:"held"`
	Roles      string         `bun:"roles"`
	Reason     string         `bun:"reason"`
	ProposedBy AccountID      `bun:"proposed_by"`
	Proposer   string         `bun:"proposer"`
	ProposedAt int64          `bun:"proposed_at"`
	State      string         `bun:"state"`
	DecidedBy  AccountID      `bun:"decided_by"`
	DecidedAt  int64          `bun:"decided_at"`
	Version    int64          `bun:"version"`
	EntryID    ledger.EntryID `bun:"entry_id"`
}

func codes(roles []Role) string {
	out := make([]string, len(roles))
	for i, r := range roles {
		out[i] = string(r)
	}
	return strings.Join(out, " ")
}

func rolesFrom(codes string) []Role {
	var out []Role
	for _, c := range strings.Fields(codes) {
		out = append(out, Role(c))
	}
	return out
}

func (r proposalRow) proposal(a Account) Proposal {
	return Proposal{
		ID: r.ID, Account: r.Account, Held: rolesFrom(r.Held), Roles: rolesFrom(r.Roles), Reason: r.Reason,
		By: r.ProposedBy, Proposer: r.Proposer, At: store.FromMicros(r.ProposedAt), Version: r.Version,
		Name: a.Name, Login: a.Login, Levels: a.Levels,
	}
}

// OpenProposals returns the changes of roles in the actor's scope that wait for a second person, oldest
// first, at most CountLimit. Needs account.read.
func (s *Service) OpenProposals(tx *store.Tx, by Session) ([]Proposal, error) {
	scope, err := by.Require(AccountRead)
	if err != nil {
		return nil, err
	}
	var rows []proposalRow
	q := tx.DB().NewSelect().Model(&rows).Join("JOIN account AS a ON a.id = p.account").Where("p.state = ?", proposalOpen).Order("p.id").Limit(store.CountLimit)
	if err := scope.Where(q, "a").Scan(tx.Ctx); err != nil {
		return nil, fmt.Errorf("access: proposals: %w", err)
	}
	out := make([]Proposal, 0, len(rows))
	for _, r := range rows {
		a, err := s.AccountByID(tx, r.Account)
		if err != nil {
			return nil, err
		}
		out = append(out, r.proposal(a))
	}
	return out, nil
}

// ProposalOf returns the open proposal about the account; ok is false when there is none.
func (s *Service) ProposalOf(tx *store.Tx, a Account) (p Proposal, ok bool, err error) {
	var rows []proposalRow
	if err := tx.DB().NewSelect().Model(&rows).Where("p.account = ? AND p.state = ?", a.ID, proposalOpen).Scan(tx.Ctx); err != nil {
		return p, false, fmt.Errorf("access: proposal of %s: %w", a.ID, err)
	}
	if len(rows) == 0 {
		return p, false, nil
	}
	return rows[0].proposal(a), true, nil
}

// decide closes an open proposal that stands at the version.
func decide(tx *store.Tx, p Proposal, state string, by AccountID, entry ledger.EntryID) error {
	res, err := tx.Exec(`UPDATE role_proposal SET state = ?, decided_by = ?, decided_at = ?, version = version + 1, entry_id = ? WHERE id = ? AND version = ? AND state = ?`,
		state, by, store.Micros(tx.Now), entry, p.ID, p.Version, proposalOpen)
	if err != nil {
		return fmt.Errorf("access: decide proposal: %w", err)
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return orConflict(err)
	}
	return nil
}

func orConflict(err error) error {
	if err != nil {
		return err
	}
	return fault.New(fault.Conflict, "这项角色调整已经有人处理，请看最新情况")
}
