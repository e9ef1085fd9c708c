package casework

import (
	"context"
	"time"

	"fadu/internal/access"
	"fadu/internal/blob"
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
}

// New returns the service.
func New(d Deps) *Service { return &Service{d} }

// command is one act of the procedure on one case.
type command struct {
	// act is the act's identifier in the table.
	act string
	// version is what the actor saw; a case changed since is refused as stale.
	version int64
	// on is the day of the step, which chooses rules; zero means today.
	on law.Date
	// prepare checks input against the case and changes the case. It may add facts that only this act
	// knows to what the records state.
	prepare func(tx *store.Tx, c *Case, f *law.Facts) error
	// finish writes further rows that carry the entry; it may still change the case.
	finish func(tx *store.Tx, c *Case, entry ledger.EntryID) error
	// data is the entry's content, asked for after prepare.
	data func(c *Case) any
}

// run does a command in the caller's transaction: scope, permission, place in the procedure, version,
// the law's guards, the change, its entry. A refusal lists what every guard of the act misses.
func (s *Service) run(tx *store.Tx, by access.Session, id CaseID, cmd command) (*Case, error) {
	a, _ := OnSpot.Act(cmd.act)
	scope, err := s.scopeFor(by, a.By)
	if err != nil {
		return nil, err
	}
	c, err := load(tx, scope, id)
	if err != nil {
		return nil, err
	}
	next, err := OnSpot.Next(c.State, cmd.act)
	if err != nil {
		return nil, err
	}
	if cmd.version != 0 && cmd.version != c.Version && !planted.Is(planted.CaseVersion) {
		return nil, fault.Stale("这个案件")
	}
	on := cmd.on
	if on.IsZero() {
		on = tx.Today()
	}
	facts, err := s.facts(tx, c, on)
	if err != nil {
		return nil, err
	}
	if cmd.prepare != nil {
		if err := cmd.prepare(tx, c, &facts); err != nil {
			return nil, err
		}
	}
	passed, err := s.enforce(a.Guards, on, facts)
	if err != nil {
		return nil, err
	}
	c.State = next
	return c, s.commit(tx, by, c, a.Emits, passed, cmd)
}

func (s *Service) scopeFor(by access.Session, permission string) (access.Scope, error) {
	if permission == "" {
		return access.System("job").ScopeFor(access.CaseHandle), nil
	}
	return by.Require(access.Permission(permission))
}

// commit writes the case, its entry and what else the command leaves.
func (s *Service) commit(tx *store.Tx, by access.Session, c *Case, kind string, passed []string, cmd command) error {
	var data any
	if cmd.data != nil {
		data = cmd.data(c)
	}
	entry, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kind, Subject: c.ID.Subject(), Unit: int64(c.UnitID), Data: data, Rules: passed})
	if err != nil {
		return err
	}
	if cmd.finish != nil {
		if err := cmd.finish(tx, c, entry); err != nil {
			return err
		}
	}
	c.Entry = int64(entry)
	c.Version++
	if err := save(tx, c); err != nil {
		return err
	}
	return index(tx, c)
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
	_, _, err := s.DB.Once(ctx, by.Once(what+"/"+id.String(), body), func(tx *store.Tx) (string, error) {
		c, err := s.run(tx, by, id, cmd)
		if err != nil {
			return "", err
		}
		return c.URL(), nil
	})
	return err
}

// URL is the case's page.
func (c *Case) URL() string { return "/w/cases/" + c.ID.String() }

// Choice is an act that a person could do now, with what it still lacks.
type Choice struct {
	Act   string
	Name  string
	Lacks []law.Finding
	Warns []law.Finding
	// Met are the ids of the rules that were answered and do not object.
	Met []string
	// Allowed: the person holds the permission.
	Allowed bool
}

// Choices lists the acts that leave from the case's state, with the same findings that a refusal would
// give: the page greys its buttons with them. What only the act's own form states is taken as stated.
func (s *Service) Choices(tx *store.Tx, by access.Session, c *Case) ([]Choice, error) {
	on := tx.Today()
	facts, err := s.facts(tx, c, on)
	if err != nil {
		return nil, err
	}
	var out []Choice
	for _, a := range OnSpot.At(c.State) {
		if a.By == "" {
			continue
		}
		ch := Choice{Act: a.ID, Name: a.Name, Allowed: by.ScopeFor(access.Permission(a.By)).CoversLevels(c.Levels)}
		presumed, err := s.presumed(tx, by, c, a.ID, facts)
		if err != nil {
			return nil, err
		}
		for _, g := range a.Guards {
			j := s.Judge.Judge(g, on, presumed)
			ch.Lacks = append(ch.Lacks, j.Lacks()...)
			ch.Met = append(ch.Met, j.Passed...)
			for _, f := range j.Findings {
				if f.Level == law.Warn {
					ch.Warns = append(ch.Warns, f)
				}
			}
		}
		ch.Lacks = dedupe(ch.Lacks)
		out = append(out, ch)
	}
	return out, nil
}

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
