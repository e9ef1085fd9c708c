package approval

import (
	"context"
	"strings"

	"fadu/internal/access"
	"fadu/internal/blob"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"
)

// Service keeps approvals and mandates.
type Service struct {
	Deps
	runs    map[string]Runner
	matters map[string]Reader
	veils   map[string]Veiler
}

// Deps are what the package stands on.
type Deps struct {
	DB    *store.DB
	Units *access.Service
	Blobs blob.Store
}

// Runner does the flow act of an approval in its transaction; what it refuses is not signed either.
type Runner func(tx *store.Tx, by access.Session, a Approval) error

// Reader finds a matter, as it is now, within the session's scope of the permission, and what the act is called there.
type Reader func(tx *store.Tx, by access.Session, allow access.Permission, in Request) (m Matter, actName string, err error)

// New returns the service. A fault in the chains stops the program.
func New(d Deps) *Service {
	Embedded()
	return &Service{Deps: d, runs: map[string]Runner{}, matters: map[string]Reader{}, veils: map[string]Veiler{}}
}

// Runs registers what does an act of a kind of matter; without one a form ends as Signed, and the act is done on the
// matter's own page.
func (s *Service) Runs(kind, act string, f Runner) { s.runs[kind+" "+act] = f }

func (s *Service) runner(a *Approval) Runner { return s.runs[a.Kind+" "+a.Act] }

// Reads registers where matters of a kind are found.
func (s *Service) Reads(kind string, f Reader) { s.matters[kind] = f }

// Veiler returns what hides in a matter's free text the personal data that the session does not see.
type Veiler func(tx *store.Tx, by access.Session, ref int64) (func(string) string, error)

// Veils registers what hides the free text of a kind of matter.
func (s *Service) Veils(kind string, f Veiler) { s.veils[kind] = f }

// shown loads a form as the session may see it.
func (s *Service) shown(tx *store.Tx, by access.Session, scope access.Scope, id ID) (Approval, error) {
	a, err := load(tx, scope, id)
	if err != nil || s.veils[a.Kind] == nil {
		return a, err
	}
	veil, err := s.veils[a.Kind](tx, by, a.Ref)
	if err != nil {
		return a, err
	}
	a.Purpose = veil(a.Purpose)
	for i := range a.Steps {
		a.Steps[i].Opinion = veil(a.Steps[i].Opinion)
	}
	return a, nil
}

// saw notes that the session reads a form, before anything of it is shown.
func (s *Service) saw(ctx context.Context, by access.Session, a *Approval) error {
	return s.Units.Saw(ctx, by, access.Read{Kind: kindRead, Subject: "approval/" + a.ID.String(), Unit: a.UnitID})
}

const maxOpinion = 500

// Request asks for an approval. Of is the part of the matter that the act moves, "" for the matter itself.
type Request struct {
	Kind    string
	Ref     int64
	Of      string
	Chain   string
	Act     string
	Purpose string
}

// Ask starts an approval of a registered matter. The first signature is the handler's own.
func (s *Service) Ask(ctx context.Context, by access.Session, in Request) (id ID, err error) {
	if _, err := by.Require(access.CaseHandle); err != nil {
		return 0, err
	}
	where, _, err := s.DB.Once(ctx, by.Once(kindAsked, in), func(tx *store.Tx) (string, error) {
		m, name, err := s.read(tx, by, access.CaseHandle, in)
		if err != nil {
			return "", err
		}
		a, err := s.AskTx(tx, by, m, in.Chain, in.Act, name, in.Purpose)
		return a.ID.String(), err
	})
	if err != nil {
		return 0, err
	}
	n, err := store.ParseID(where)
	return ID(n), err
}

func (s *Service) read(tx *store.Tx, by access.Session, allow access.Permission, in Request) (Matter, string, error) {
	f, ok := s.matters[in.Kind]
	if !ok {
		return Matter{}, "", fault.Missing("这件事")
	}
	return f(tx, by, allow, in)
}

// stands refuses a signature on a form whose matter is no longer what was asked about.
func (s *Service) stands(tx *store.Tx, by access.Session, a *Approval) error {
	m, _, err := s.read(tx, by, access.CaseRead, Request{Kind: a.Kind, Ref: a.Ref, Of: a.Of, Chain: a.Chain, Act: a.Act})
	if err == nil && m.Basis != a.Basis {
		err = fault.New(fault.Conflict, "报批以后，承办人或者要审批的内容已经改变，这份审批表不能再签。请承办人撤回，重新报批")
	}
	return err
}

// AskTx is Ask inside a desk's command. Another form of the chain must not be on its way for the matter and act.
func (s *Service) AskTx(tx *store.Tx, by access.Session, m Matter, chain, act, actName, purpose string) (Approval, error) {
	c, ok := Embedded().Chain(chain)
	purpose = strings.TrimSpace(purpose)
	var fs fault.Fields
	if !ok {
		fs.Add("chain", "没有“%s”这种审批表", chain)
	}
	words(&fs, "purpose", "报批事由", purpose)
	if err := fs.Err(); err != nil {
		return Approval{}, err
	}
	last, err := latest(tx, m, chain, act)
	if err != nil {
		return Approval{}, err
	}
	if last.open() && last.Basis == m.Basis {
		return Approval{}, &fault.Error{Kind: fault.Conflict, Message: "这件事已经报批，正在办理", Location: last.URL()}
	}
	a := Approval{ID: ID(store.NewID()), Matter: m, Chain: chain, Act: act, ActName: actName, Purpose: purpose, Asker: by.Account(), AskerName: by.Name(), AskedOn: tx.Today(), State: Asked, Version: 1}
	led, err := s.led(tx, m)
	if err != nil {
		return Approval{}, err
	}
	a.Steps = Embedded().stepsFor(c, m, led)
	a.Post = a.Steps[0].Post
	for _, st := range a.Steps {
		if p, _ := Embedded().Post(st.Post); p.Place == placeHolder && m.Holder == 0 || p.Place == placeSecond && m.Second == 0 {
			return Approval{}, fault.New(fault.Conflict, "报批要先有两名承办人")
		}
	}
	entry, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kindAsked, Subject: m.Subject(), Unit: int64(m.UnitID), Data: map[string]any{"chain": chain, "act": actName, "purpose": purpose}})
	if err != nil {
		return Approval{}, err
	}
	a.Entry = int64(entry)
	if err := Lapse(tx, last, entry); err != nil { // it was asked for on another basis
		return Approval{}, err
	}
	return a, insert(tx, &a)
}

// led reports whether somebody leads the 大队 or 分局 above the matter's unit.
func (s *Service) led(tx *store.Tx, m Matter) (bool, error) {
	for _, p := range Embedded().Posts {
		if p.Place == placeAbove && hasAbove(m) {
			return s.Units.Held(tx, m.U2, p.Roles...)
		}
	}
	return false, nil
}

// Sign gives the opinion whose turn it is. Disagreeing returns the form; the last agreement does the act.
func (s *Service) Sign(ctx context.Context, by access.Session, id ID, version int64, agree bool, opinion string) error {
	opinion = strings.TrimSpace(opinion)
	var fs fault.Fields
	words(&fs, "opinion", "意见", opinion)
	if err := fs.Err(); err != nil {
		return err
	}
	return s.on(ctx, by, id, version, kindSigned, []any{id, agree, opinion}, func(tx *store.Tx, a *Approval) error {
		step, err := a.turn()
		if err != nil {
			return err
		}
		document, err := s.entitled(tx, signerOf(by), *a, *step, tx.Today())
		if err != nil {
			return err
		}
		if err := s.stands(tx, by, a); err != nil {
			return err
		}
		step.Account, step.Name, step.Mandate = by.Account(), by.Name(), document
		step.Agreed, step.Opinion, step.SignedOn, step.EnteredAt = store.Flag(agree), opinion, tx.Today(), store.Micros(tx.Now)
		return s.signed(tx, by, a, step, kindSigned)
	})
}

// Perform does the act of a form whose last signature stands on paper. Needs the permission of that post.
func (s *Service) Perform(ctx context.Context, by access.Session, id ID, version int64) error {
	return s.on(ctx, by, id, version, kindPerformed, id, func(tx *store.Tx, a *Approval) error {
		c, _ := Embedded().Chain(a.Chain)
		if a.State != Signed || c.Before {
			return fault.New(fault.Conflict, "这份审批表%s，不在这里办理", stateLabels[a.State])
		}
		if err := s.stands(tx, by, a); err != nil {
			return err
		}
		if _, err := by.Require(Embedded().Last(c).Allow); err != nil {
			return err
		}
		if err := s.run(tx, by, a); err != nil {
			return err
		}
		entry, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kindPerformed, Subject: a.Matter.Subject(), Unit: int64(a.UnitID), Data: map[string]any{"chain": a.Chain, "act": a.ActName}})
		if err != nil {
			return err
		}
		// The act may have marked the form as used.
		if err := tx.DB().NewSelect().Model(a).WherePK().Scan(tx.Ctx); err != nil {
			return err
		}
		a.State, a.EndedOn, a.Entry = Done, tx.Today(), int64(entry)
		return nil
	})
}

// Withdraw takes a form back. Only who asked may.
func (s *Service) Withdraw(ctx context.Context, by access.Session, id ID, version int64, why string) error {
	why = strings.TrimSpace(why)
	var fs fault.Fields
	words(&fs, "why", "撤回的原因", why)
	if err := fs.Err(); err != nil {
		return err
	}
	return s.on(ctx, by, id, version, kindWithdrawn, []any{id, why}, func(tx *store.Tx, a *Approval) error {
		if a.Asker != by.Account() {
			return fault.New(fault.Forbidden, "由报批的人撤回，这一份是%s报的", a.AskerName)
		}
		if !a.open() {
			return fault.New(fault.Conflict, "这份审批表%s，不能撤回", stateLabels[a.State])
		}
		entry, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kindWithdrawn, Subject: a.Matter.Subject(), Unit: int64(a.UnitID), Data: map[string]any{"chain": a.Chain, "act": a.ActName, "reason": why}})
		a.State, a.Post, a.EndedOn, a.Entry = Withdrawn, "", tx.Today(), int64(entry)
		return err
	})
}

// on does one act on a form, once, against the version that was seen.
func (s *Service) on(ctx context.Context, by access.Session, id ID, version int64, kind string, body any, do func(*store.Tx, *Approval) error) error {
	scope, err := by.Require(access.CaseRead)
	if err != nil {
		return err
	}
	_, _, err = s.DB.Once(ctx, by.Once(kind, []any{version, body}), func(tx *store.Tx) (string, error) {
		a, err := load(tx, scope, id)
		if err != nil {
			return "", err
		}
		if a.Version != version {
			return "", fault.Stale("这份审批表")
		}
		if err := do(tx, &a); err != nil {
			return "", err
		}
		return a.URL(), save(tx, &a)
	})
	return err
}

// turn is the step whose signature is asked for now.
func (a *Approval) turn() (*Step, error) {
	if a.State == Asked {
		for i := range a.Steps {
			if !a.Steps[i].Given() {
				return &a.Steps[i], nil
			}
		}
	}
	return nil, fault.New(fault.Conflict, "这份审批表%s，不等谁签", stateLabels[a.State])
}

// signed enters a signature and moves the form on: back, to the next post, or to its end.
func (s *Service) signed(tx *store.Tx, by access.Session, a *Approval, step *Step, kind string) error {
	if !bool(step.Agreed) {
		kind = kindReturned
	}
	data := map[string]any{"chain": a.Chain, "act": a.ActName, "post": step.Label, "name": step.Name, "opinion": step.Opinion, "signed_on": step.SignedOn}
	if step.Mandate != "" {
		data["mandate"] = step.Mandate
	}
	if step.Scan != "" {
		data["scan"], data["entered_by"] = step.Scan, step.EnteredBy
	}
	entry, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kind, Subject: a.Matter.Subject(), Unit: int64(a.UnitID), Data: data})
	if err != nil {
		return err
	}
	step.Entry, a.Entry = int64(entry), int64(entry)
	if err := saveStep(tx, step); err != nil {
		return err
	}
	c, _ := Embedded().Chain(a.Chain)
	switch {
	case !bool(step.Agreed):
		a.State, a.Post, a.EndedOn = Returned, "", tx.Today()
	case step.N < len(a.Steps):
		a.Post = a.Steps[step.N].Post
	case c.Before || step.Scan != "" || s.runner(a) == nil:
		a.State, a.Post = Signed, ""
	default:
		a.State, a.Post, a.EndedOn = Done, "", tx.Today()
		return s.run(tx, by, a)
	}
	return nil
}

// run does the act.
func (s *Service) run(tx *store.Tx, by access.Session, a *Approval) error {
	f := s.runner(a)
	if f == nil {
		return fault.New(fault.Conflict, "“%s”请到办理页面去办，审批表已经签完", a.ActName)
	}
	return f(tx, by, *a)
}

// Standing is how the approval of an act stands.
type Standing struct {
	Approval
	// Approved: everybody agreed. By and On are of the last signature.
	Approved bool
	By       string
	On       law.Date
}

// ApprovedBy tells whether a chain is complete for an act of a matter: the newest form on the matter's basis counts, until
// the act was done. During the last signature, within its transaction, it is.
func ApprovedBy(tx *store.Tx, m Matter, chain, act string) (Standing, error) {
	a, err := latest(tx, m, chain, act)
	if err != nil || a.ID == 0 || a.Basis != m.Basis {
		return Standing{}, err
	}
	out := Standing{Approval: a}
	if a.Steps, err = stepsOf(tx, a.ID); err != nil {
		return out, err
	}
	out.Steps = a.Steps
	for _, st := range a.Steps {
		if !st.Given() || !bool(st.Agreed) {
			return out, nil
		}
		out.By, out.On = st.Name, st.SignedOn
	}
	out.Approved = a.open()
	return out, nil
}

func words(fs *fault.Fields, name, label, text string) {
	switch n := len([]rune(text)); {
	case n == 0:
		fs.Add(name, "请写明%s", label)
	case n > maxOpinion:
		fs.Add(name, "%s最多 %d 个字，现有 %d 个", label, maxOpinion, n)
	}
}
