package access

import (
	"fadu/internal/access/pages"
	"fadu/internal/store"
)

func (s *Service) proposalView(who Session, p Proposal) pages.ProposalView {
	v := pages.ProposalView{
		ID: formatID(p.ID), Account: p.Account.String(), Name: p.Name, Login: p.Login, Href: "/w/accounts/" + p.Account.String(),
		From: s.labels(p.Held), To: s.labels(p.Roles), Reason: p.Reason, Proposer: p.Proposer, At: moment(p.At), Version: p.Version,
		MayConfirm: who.Can(RoleGrant), Withdraw: p.By == who.account.ID,
	}
	v.MayClose = v.Withdraw || v.MayConfirm
	switch {
	case p.Account == who.account.ID:
		v.WhyConfirm = "不能确认自己的角色"
	case v.Withdraw:
		v.WhyConfirm = "您提出的，请另一名安全保密管理员确认"
	}
	return v
}

func (s *Service) proposalViews(tx *store.Tx, who Session) ([]pages.ProposalView, error) {
	if !who.Can(RolePropose) {
		return nil, nil
	}
	ps, err := s.OpenProposals(tx, who)
	out := make([]pages.ProposalView, len(ps))
	for i, p := range ps {
		out[i] = s.proposalView(who, p)
	}
	return out, err
}

// addSecurity fills what the account's page says of proposals, locks and the identity provider.
func (s *Service) addSecurity(tx *store.Tx, who Session, a Account, v *pages.AccountView) error {
	p, open, err := s.ProposalOf(tx, a)
	if err != nil {
		return err
	}
	if open {
		pv := s.proposalView(who, p)
		v.Proposal = &pv
	}
	if v.Secure {
		until, err := lockedUntil(tx, a.ID)
		if err != nil {
			return err
		}
		if until.After(tx.Now) {
			v.Locked = "有的地方输错太多，锁定到 " + moment(until) + "。本人在常用的地方可能仍能登录。"
		}
	}
	if s.oidc == nil || !v.Manage {
		return nil
	}
	v.Outside = s.oidc.o.Label
	subject, err := identityOf(tx, s.oidc.o.Issuer, a.ID)
	v.Form.Set("subject", subject)
	return err
}
