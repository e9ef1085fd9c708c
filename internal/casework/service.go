package casework

import (
	"context"
	"time"

	"fadu/internal/access"
	"fadu/internal/blob"
	"fadu/internal/deadline"
	"fadu/internal/document"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/law/calendar"
	"fadu/internal/ledger"
	"fadu/internal/org"
	"fadu/internal/planted"
	"fadu/internal/powers"
	"fadu/internal/store"
)

// Service is the only joint of this slice: every way in (page, API, import, job) comes through it.
type Service struct {
	Deps
	desks []Desk
}

// Deps are what the slice stands on.
type Deps struct {
	DB       *store.DB
	Units    *access.Service
	Org      *org.Service
	Powers   *powers.Service
	Judge    *law.Judge
	Calendar *calendar.Calendar
	Blobs    blob.Store
	Press    *document.Press
	// BaseURL is the public address printed into QR codes, without a trailing slash.
	BaseURL string
	// Demo: the database was born as a demo; papers say so.
	Demo bool
	// Others are to-dos of mechanisms that casework does not know: what waits for a signature, an answer, a term.
	Others func(tx *store.Tx, by access.Session) ([]TodoItem, error)
	// Approval says how the approval form of an act stands, nil when the bureau wants none for it; AskApproval asks
	// for one. Both may be nil.
	// of names the row beside the line that the act moves.
	Approval    func(tx *store.Tx, c *Case, of, act, chain string) (*Signing, error)
	AskApproval func(ctx context.Context, by access.Session, id CaseID, of, act, chain, purpose string) error
	// Acting is the document by which somebody has the post of the chief head for the time being, "" when there is none. May be nil.
	Acting func(tx *store.Tx, account access.AccountID) (string, error)
	// Moved follows each act on an ordinary case, and each change of its officers (act is ""): it ends the approval forms
	// that were asked for what is no longer possible or no longer the same. May be nil.
	Moved func(tx *store.Tx, c *Case, of, act string, entry ledger.EntryID) error
	// Kinds are the labels of ledger entries that other rooms make about a case.
	Kinds map[string]string
	// Terms keeps the terms of a case as rows after each act. Nil keeps none.
	Terms *deadline.Service
}

// New returns the service; AddDesks completes it.
func New(d Deps) *Service { return &Service{Deps: d} }

// command is one act of a procedure on one case.
type command struct {
	// act is the act's identifier in its table.
	act string
	// version is what the actor saw; a case changed since is refused as stale.
	version int64
	// on is the day of the step, which chooses rules; zero means today.
	on law.Date
	// change checks input against the case and changes the case, before the records are asked for facts.
	change func(tx *store.Tx, c *Case) error
	// prepare is change for what does not touch the facts of the records. It may add facts that only this act
	// knows to them.
	prepare func(tx *store.Tx, c *Case, f *law.Facts) error
	// finish writes further rows that carry the entry; it may still change the case.
	finish func(tx *store.Tx, c *Case, entry ledger.EntryID) error
	// data is the entry's content, asked for after prepare.
	data func(c *Case) any
	// named is the day that the act's paper sets, for clocks; asked for after finish.
	named func() law.Date
	// desk is what a desk's command says beyond this; nil for the kernel's own.
	desk *Command
	done *Done
}

// run does a command in the caller's transaction: scope, permission, place in the procedure, version,
// the law's guards, the change, its entry. A refusal lists what every guard of the act misses.
func (s *Service) run(tx *store.Tx, by access.Session, id CaseID, cmd command) (*Case, error) {
	c, m, err := s.begin(tx, by, id, cmd)
	if err != nil {
		return nil, err
	}
	on := cmd.on
	if on.IsZero() {
		on = tx.Today()
	}
	form, err := s.formOn(tx, c, m.of, m.step) // before the act changes what was signed for
	if err != nil {
		return nil, err
	}
	if cmd.change != nil {
		if err := cmd.change(tx, c); err != nil {
			return nil, err
		}
	}
	facts, err := s.facts(tx, c, on)
	if err != nil {
		return nil, err
	}
	if m.facts != nil {
		m.facts(&facts)
	}
	if cmd.prepare != nil {
		if err := cmd.prepare(tx, c, &facts); err != nil {
			return nil, err
		}
	}
	passed, err := s.enforce(m.Guards, on, facts)
	if err != nil {
		return nil, err
	}
	if err := form.missing(c, m.step); err != nil {
		return nil, err
	}
	m.move()
	if err := s.commit(tx, by, c, m.step, passed, cmd); err != nil {
		return nil, err
	}
	if err := form.use(tx, ledger.EntryID(c.Entry)); err != nil {
		return nil, err
	}
	return c, s.moved(tx, c, m.of, cmd.act)
}

// moved tells who keeps the approval forms what happened.
func (s *Service) moved(tx *store.Tx, c *Case, of, act string) error {
	if s.Moved == nil || !c.ordinary() {
		return nil
	}
	return s.Moved(tx, c, of, act, ledger.EntryID(c.Entry))
}

// begin finds the case and the act's place in its table, or says why the act is not possible.
func (s *Service) begin(tx *store.Tx, by access.Session, id CaseID, cmd command) (*Case, movement, error) {
	var none movement
	if a, ok := findAct(cmd.act); ok { // who may not do it anywhere is not told whether the case is there
		if _, err := s.scopeFor(by, a.By); err != nil {
			return nil, none, err
		}
	}
	c, err := load(tx, access.System("job").ScopeFor(access.CaseHandle), id)
	if err != nil {
		return nil, none, err
	}
	m, refused := s.movementOf(tx, c, cmd)
	scope, err := s.scopeFor(by, m.By)
	if err == nil {
		err = scope.Check(c.Levels, "这个案件")
	}
	stale := cmd.version != 0 && cmd.version != c.Version && !planted.Is(planted.CaseVersion)
	if err == nil && refused != nil && (!stale || fault.Is(refused, fault.Conflict)) {
		err = refused
	}
	if err == nil && stale { // also of a row that was done with meanwhile: it is missing because of what was done
		err = fault.Stale("这个案件")
	}
	return c, m, err
}

func (s *Service) scopeFor(by access.Session, permission string) (access.Scope, error) {
	if permission == "" {
		return access.System("job").ScopeFor(access.CaseHandle), nil
	}
	return by.Require(access.Permission(permission))
}

// commit writes the case, its entry and what else the command leaves.
func (s *Service) commit(tx *store.Tx, by access.Session, c *Case, a step, passed []string, cmd command) error {
	var data any
	if cmd.data != nil {
		data = cmd.data(c)
	}
	entry, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: a.Emits, Subject: c.ID.Subject(), Unit: int64(c.UnitID), Data: data, Rules: passed})
	if err != nil {
		return err
	}
	if cmd.finish != nil {
		if err := cmd.finish(tx, c, entry); err != nil {
			return err
		}
	}
	if err := s.note(tx, by, c, a, entry, cmd); err != nil {
		return err
	}
	c.Entry = int64(entry)
	c.Version++
	if err := save(tx, c); err != nil {
		return err
	}
	if err := s.index(tx, c); err != nil {
		return err
	}
	if err := keepOfficers(tx, c); err != nil {
		return err
	}
	return s.keepClocks(tx, c)
}

// enforce judges every guard and refuses with all that any of them misses; it returns the rules passed.
func (s *Service) enforce(guards []law.Action, on law.Date, f law.Facts) ([]string, error) {
	var passed []string
	var lacks []law.Finding
	for _, g := range guards {
		j := s.Judge.Judge(g, on, f)
		passed = append(passed, j.Passed...)
		lacks = append(lacks, j.Lacks()...)
	}
	if len(lacks) > 0 {
		return nil, &law.Refusal{Action: guards[0], Findings: dedupe(lacks)}
	}
	return passed, nil
}

func dedupe(fs []law.Finding) []law.Finding {
	var out []law.Finding
	seen := map[string]bool{}
	for _, f := range fs {
		if k := f.Rule + f.Message; !seen[k] {
			seen[k] = true
			out = append(out, f)
		}
	}
	return out
}

// update runs a command as an idempotent request and returns the case's page.
func (s *Service) update(ctx context.Context, by access.Session, what string, body any, id CaseID, cmd command) error {
	_, _, err := s.DB.Once(ctx, by.Once(what+"/"+id.String(), []any{cmd.version, body}), func(tx *store.Tx) (string, error) {
		c, err := s.run(tx, by, id, cmd)
		if err == nil {
			err = s.follow(tx, c)
		}
		if err != nil {
			return "", err
		}
		return c.URL(), nil
	})
	return err
}

// URL is the case's page.
func (c *Case) URL() string { return "/w/cases/" + c.ID.String() }

// moment checks when a step was done: not in the future, not before the lead was found.
func moment(tx *store.Tx, c *Case, at time.Time, field string) (int64, error) {
	if at.IsZero() {
		at = tx.Now
	}
	var fs fault.Fields
	if at.After(tx.Now.Add(2 * time.Minute)) {
		fs.Add(field, "发生时间不能晚于现在")
	}
	if c != nil && at.Before(c.Found().Truncate(time.Minute)) {
		fs.Add(field, "发生时间不能早于发现时间 %s", c.Found().Format("2006-01-02 15:04"))
	}
	return store.Micros(at), fs.Err()
}

// visible answers "not found" for a case outside the scope of case.read.
func (s *Service) visible(ctx context.Context, by access.Session, id CaseID) error {
	scope, err := by.Require(access.CaseRead)
	if err != nil {
		return err
	}
	return s.DB.View(ctx, func(tx *store.Tx) error {
		_, err := load(tx, scope, id)
		return err
	})
}

// View loads a case in the scope of case.read with what its page shows.
func (s *Service) View(ctx context.Context, by access.Session, id CaseID) (*File, error) {
	scope, err := by.Require(access.CaseRead)
	if err != nil {
		return nil, err
	}
	var out *File
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		out, err = s.file(tx, by, scope, id)
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := s.saw(ctx, by, "casework.case_read", id.Subject(), out.Case.UnitID); err != nil {
		return nil, err
	}
	out.hide(by)
	return out, nil
}
