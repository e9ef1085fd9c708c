package approval

import (
	"context"
	"slices"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/web"
)

// entitled checks that somebody may give the signature whose turn it is on a day; document is the mandate under which.
// Nobody signs twice, and who handles the matter approves it in no post.
func (s *Service) entitled(tx *store.Tx, who signer, a Approval, step Step, on law.Date) (document string, err error) {
	p, ok := Embedded().Post(step.Post)
	if !ok {
		return "", fault.New(fault.Conflict, "审批表里的“%s”现在没有这个岗位，请撤回重报", step.Label)
	}
	personal := p.Place == placeHolder || p.Place == placeSecond
	if !personal && who.person != 0 && (who.person == a.Holder || who.person == a.Second) {
		return "", fault.New(fault.Forbidden, "承办人不能审批自己办的事，请由别人签“%s”这一栏", step.Label)
	}
	for _, st := range a.Steps {
		if st.Given() && st.Account == who.account {
			return "", fault.New(fault.Forbidden, "同一份审批表一人只签一栏，%s已经签过“%s”", who.name, st.Label)
		}
	}
	if p.holds(who, a.Matter) {
		return "", nil
	}
	ms, err := mandatesTo(tx, who.account)
	if err != nil {
		return "", err
	}
	expired := false
	for _, m := range ms {
		if !slices.Contains(m.Posts(), p.Code) || !s.giverHolds(tx, m, p, a.Matter) {
			continue
		}
		switch {
		case bool(step.Reserved):
			return "", fault.New(fault.Forbidden, "“%s”这一栏法律保留给本人或者集体，不能代签", step.Label)
		case m.On(on):
			return m.GiverName + "授权，" + m.Document, nil
		}
		expired = true
	}
	if expired {
		return "", fault.New(fault.Forbidden, "%s代签“%s”的授权%s不在有效期内", who.name, step.Label, on.Han())
	}
	return "", fault.New(fault.Forbidden, "现在轮到%s签，%s不担任这个岗位", step.Label, who.name)
}

// signers are those among whom who signed a step on paper is chosen: who holds its post, and who has a mandate for it.
func (s *Service) signers(tx *store.Tx, a Approval, step Step) (out []web.Option, err error) {
	p, _ := Embedded().Post(step.Post)
	var who []access.Account
	switch p.Place {
	case placeHolder, placeSecond:
		person := a.Holder
		if p.Place == placeSecond {
			person = a.Second
		}
		one, err := s.Units.AccountOfPerson(tx, person)
		if err != nil && fault.KindOf(err) != fault.NotFound {
			return nil, err
		}
		who = []access.Account{one}
	default:
		if who, err = s.Units.Holders(tx, p.Roles...); err != nil {
			return nil, err
		}
	}
	given, err := mandates(tx)
	if err != nil {
		return nil, err
	}
	for _, m := range given {
		if !bool(step.Reserved) && slices.Contains(m.Posts(), p.Code) {
			taker, err := s.Units.AccountByID(tx, m.Taker)
			if err != nil {
				return nil, err
			}
			out = append(out, web.Option{Value: taker.Login, Label: taker.Name + "（" + m.GiverName + "授权代签）"})
		}
	}
	for _, w := range who {
		if p.holds(signerBy(w), a.Matter) {
			out = append(out, web.Option{Value: w.Login, Label: w.Name})
		}
	}
	return out, nil
}

// giverHolds reports whether who gave the mandate still holds the post.
func (s *Service) giverHolds(tx *store.Tx, m Mandate, p Post, about Matter) bool {
	g, err := s.Units.AccountByID(tx, m.Giver)
	return err == nil && !g.Disabled && p.holds(signerBy(g), about)
}

// Inbox returns the forms that wait for the session's signature, the oldest first.
func (s *Service) Inbox(tx *store.Tx, by access.Session) ([]Approval, error) {
	if !by.Can(access.CaseRead) {
		return nil, nil
	}
	waiting, err := waitingFor(tx, by.ScopeFor(access.CaseRead), s.postsOf(tx, by))
	var out []Approval
	for _, a := range waiting {
		step, err := a.turn()
		if err != nil {
			return nil, err
		}
		if _, err := s.entitled(tx, signerOf(by), a, *step, tx.Today()); err == nil {
			out = append(out, a)
		} else if fault.KindOf(err) != fault.Forbidden && fault.KindOf(err) != fault.Conflict {
			return nil, err
		}
	}
	return out, err
}

// postsOf are the posts that the session might sign for, its own and those of its mandates.
func (s *Service) postsOf(tx *store.Tx, by access.Session) []string {
	var out []string
	for _, p := range Embedded().Posts {
		if len(p.Roles) == 0 && by.Person() != 0 || slices.ContainsFunc(p.Roles, by.HasRole) {
			out = append(out, p.Code)
		}
	}
	ms, err := mandatesTo(tx, by.Account())
	if err != nil {
		return out
	}
	for _, m := range ms {
		if m.On(tx.Today()) {
			out = append(out, m.Posts()...)
		}
	}
	return out
}

// inboxGlance is whose forms were counted.
type inboxGlance struct{ account access.AccountID }

// InboxCount counts for the navigation what waits; see store.Glance.
func (s *Service) InboxCount(ctx context.Context, by access.Session) (n int, err error) {
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		n, err = store.Glance(tx, inboxGlance{by.Account()}, func() (int, error) {
			as, err := s.Inbox(tx, by)
			return len(as), err
		})
		return err
	})
	return n, err
}
