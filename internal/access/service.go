package access

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net/netip"
	"time"

	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/web"
)

// Options are what the program that wires the slices knows.
type Options struct {
	// Bureau is the name on every page; Demo marks a bureau whose data is invented.
	Bureau string
	Demo   bool
	// HTTPS says that people reach the site by https: session cookies are then bound to it.
	HTTPS bool
	// Policy replaces the embedded sign-in policy.
	Policy *Policy
	// Nav is the side navigation of all slices, in order.
	Nav []NavItem
	// Kinds are the ledger kinds of all slices with their labels, for the ledger page.
	Kinds map[string]string
	// Subjects are the kinds of records that entries are about: "case" of "case/123".
	Subjects []string
	// Nouns say what these and others are called, for the ledger page.
	Nouns map[string]Noun
	// Checkpoint signs the ledger as it is now; nil hides the button.
	Checkpoint func(context.Context) (ledger.Checkpoint, error)
	// Search is the placeholder of the global search box of those who may read cases; "" hides the box.
	Search string
	// DemoAccounts are offered on the sign-in page of a demo bureau.
	DemoAccounts []DemoAccount
	// Notices and Phone stand beside the sign-in form.
	Notices []web.FactView
	Phone   string
	// TrustedProxies may say for whom they forward (X-Forwarded-For).
	TrustedProxies []netip.Prefix
	// Alias finds the person whom a text names other than by login, such as a certificate number; 0 is
	// nobody.
	Alias func(tx *store.Tx, text string) (person int64, err error)
	// Key is the server's key (KeyBytes): it seals the secrets of one-time codes. Without one the service
	// makes its own, which lasts as long as the process: for tests.
	Key []byte
	// OIDC is the bureau's identity provider; nil for none.
	OIDC *OIDC
	// Log receives what the operator should know; nil means slog.Default().
	Log *slog.Logger
}

// DemoAccount is an account of the demo bureau whose password everybody may know.
type DemoAccount struct{ Login, Password, Name, Label string }

// Service keeps units, accounts and sessions.
type Service struct {
	db     *store.DB
	o      Options
	policy Policy
	roles  *RoleCatalogue
	hasher *hasher
	sealer *sealer
	oidc   *relying
	log    *slog.Logger
	reads  *readQueue
	rates  *rates
	nouns  map[string]Noun
}

// New checks the role and policy data and returns the service.
func New(db *store.DB, o Options) (*Service, error) {
	roles, err := catalogue()
	if err != nil {
		return nil, err
	}
	policy, err := DefaultPolicy()
	if o.Policy != nil {
		policy, err = *o.Policy, o.Policy.check()
	}
	if err != nil {
		return nil, err
	}
	policy.Password.demo = o.Demo
	if len(o.DemoAccounts) > 0 && !o.Demo {
		return nil, errors.New("access: only a demo bureau may show accounts with their passwords")
	}
	for _, n := range o.Nav {
		if n.Allow != "" && !knownPermission(n.Allow) {
			return nil, fmt.Errorf("access: navigation item %q asks for unknown permission %q", n.Label, n.Allow)
		}
	}
	log := o.Log
	if log == nil {
		log = slog.Default()
	}
	if o.Key == nil {
		o.Key = make([]byte, KeyBytes)
		_, _ = rand.Read(o.Key) // crypto/rand.Read never fails
	}
	sealer, err := newSealer(o.Key)
	if err != nil {
		return nil, err
	}
	s := &Service{db: db, o: o, policy: policy, roles: roles, hasher: newHasher(policy.Password), sealer: sealer, log: log, reads: newReadQueue(db, log, readRoom), rates: newRates(), nouns: ownNouns()}
	maps.Copy(s.nouns, o.Nouns)
	s.oidc, err = newRelying(o.OIDC, s)
	return s, err
}

// Sweep removes what is past its time: ended sessions, forgotten attempts to sign in, security events
// older than the policy keeps. It is meant for a daily job.
func (s *Service) Sweep(ctx context.Context) error {
	return s.db.Update(ctx, func(tx *store.Tx) error {
		before := func(d time.Duration) int64 { return store.Micros(tx.Now.Add(-d)) }
		for _, q := range []struct {
			sql string
			arg int64
		}{
			{`DELETE FROM session WHERE seen_at < ?`, before(s.policy.Session.Idle)},
			{`DELETE FROM session WHERE created_at < ?`, before(s.policy.Session.Absolute)},
			{`DELETE FROM kept_form WHERE at < ?`, before(s.policy.Session.Kept)},
			{`DELETE FROM sign_in_guard WHERE tried_at < ?`, before(max(s.policy.Lockout.Familiar, 24*time.Hour))},
			{`DELETE FROM security_event WHERE at < ?`, before(s.policy.Log.Keep)},
		} {
			if _, err := tx.Exec(q.sql, q.arg); err != nil {
				return fmt.Errorf("access: sweep: %w", err)
			}
		}
		return nil
	})
}

// act appends the ledger entry of a change.
func act(tx *store.Tx, by Session, kind, subject string, unit UnitID, data any) (ledger.EntryID, error) {
	return ledger.Append(tx, by.Actor(), ledger.Act{Kind: kind, Subject: subject, Unit: int64(unit), Data: data})
}
