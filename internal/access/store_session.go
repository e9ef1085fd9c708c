package access

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"fadu/internal/planted"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

type sessionRow struct {
	bun.BaseModel `bun:"table:session,alias:s"`

	ID        int64     `bun:"id,pk"`
	Token     string    `bun:"token"`
	Account   AccountID `bun:"account"`
	Epoch     int64     `bun:"epoch"`
	CreatedAt int64     `bun:"created_at"`
	SeenAt    int64     `bun:"seen_at"`
	IP        string    `bun:"ip"`
	Agent     string    `bun:"agent"`
}

// OpenSession is a session as its owner sees it in the list.
type OpenSession struct {
	ID            int64
	Created, Seen time.Time
	IP, Agent     string
	// Current marks the session that asks.
	Current bool
}

const tokenBytes = 32

// newToken returns what the browser keeps; the database has only its hash.
func newToken() string {
	b := make([]byte, tokenBytes)
	_, _ = rand.Read(b) // crypto/rand.Read never fails
	return base64.RawURLEncoding.EncodeToString(b)
}

func tokenHash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// formKey derives the secret of form tokens from the session token; it is nowhere stored.
func formKey(token string) []byte {
	m := hmac.New(sha256.New, []byte(token))
	m.Write([]byte("fadu form token"))
	return m.Sum(nil)
}

// wellFormed reports whether the cookie can be a token at all.
func wellFormed(token string) bool {
	b, err := base64.RawURLEncoding.DecodeString(token)
	return err == nil && len(b) == tokenBytes
}

// startSession stores a new session of the account and ends the oldest beyond the policy's number.
func (s *Service) startSession(tx *store.Tx, a Account, token, ip, agent string) error {
	now := store.Micros(tx.Now)
	r := &sessionRow{ID: store.NewID(), Token: tokenHash(token), Account: a.ID, Epoch: a.epoch, CreatedAt: now, SeenAt: now, IP: clip(ip, 64), Agent: clip(agent, 200)}
	if _, err := tx.DB().NewInsert().Model(r).Exec(tx.Ctx); err != nil {
		return fmt.Errorf("access: start session: %w", err)
	}
	_, err := tx.Exec(`DELETE FROM session WHERE account = ? AND id NOT IN (SELECT id FROM session WHERE account = ? ORDER BY id DESC LIMIT ?)`, a.ID, a.ID, s.policy.Session.Each)
	return err
}

// sessionByToken finds a session that is not past its time and the account's epoch. ok is false for any
// other token. Every request asks, so it is one statement; nothing is remembered between requests, so that
// what was revoked, here or by another node, is gone at once.
func (s *Service) sessionByToken(tx *store.Tx, token string) (out Session, seen time.Time, ok bool, err error) {
	var r struct {
		holderRow
		Session sessionRow `bun:"embed:s_"`
	}
	err = holdersOf(tx).Join("JOIN session AS s ON s.account = a.id").
		ColumnExpr("s.id AS s_id, s.epoch AS s_epoch, s.created_at AS s_created_at, s.seen_at AS s_seen_at").
		Where("s.token = ?", tokenHash(token)).Scan(tx.Ctx, &r)
	if errors.Is(err, sql.ErrNoRows) {
		return Session{}, time.Time{}, false, nil
	}
	if err != nil {
		return Session{}, time.Time{}, false, err
	}
	if !r.Session.lasts(tx.Now, &s.policy) {
		return Session{}, time.Time{}, false, nil
	}
	if r.Epoch != r.Session.Epoch || bool(r.Disabled) {
		return Session{}, time.Time{}, false, nil
	}
	out, err = s.sessionIn(tx, r.account(r.roles(s.roles)), r.unit(), r.Heir)
	out.id, out.formKey = r.Session.ID, formKey(token)
	return out, store.FromMicros(r.Session.SeenAt), err == nil, err
}

// ahead is how far a session may lie ahead of the clock. One that lies further was begun while the clock
// was wrong and would last until the clock is there again.
const ahead = 5 * time.Minute

// fromFuture reports an instant that was noted while the clock was wrong.
func fromFuture(micros int64, now time.Time) bool {
	return store.FromMicros(micros).After(now.Add(ahead))
}

// lasts reports whether the session is within its time.
func (r *sessionRow) lasts(now time.Time, p *Policy) bool {
	if planted.Is(planted.SessionForever) {
		return true
	}
	seen, created := store.FromMicros(r.SeenAt), store.FromMicros(r.CreatedAt)
	return seen.After(now.Add(-p.Session.Idle)) && created.After(now.Add(-p.Session.Absolute)) && !fromFuture(r.SeenAt, now) && !fromFuture(r.CreatedAt, now)
}

// touch notes that the session was used, at most once a minute.
func touch(tx *store.Tx, id int64) error {
	_, err := tx.Exec(`UPDATE session SET seen_at = ? WHERE id = ? AND seen_at < ?`, store.Micros(tx.Now), id, store.Micros(tx.Now))
	return err
}

// openSessions lists the account's sessions that are not past their time, newest first.
func (s *Service) openSessions(tx *store.Tx, by Session) ([]OpenSession, error) {
	var rows []sessionRow
	p := s.policy.Session
	err := tx.DB().NewSelect().Model(&rows).Where("s.account = ?", by.account.ID).
		Where("s.seen_at > ? AND s.created_at > ?", store.Micros(tx.Now.Add(-p.Idle)), store.Micros(tx.Now.Add(-p.Absolute))).
		Order("s.id DESC").Scan(tx.Ctx)
	out := make([]OpenSession, len(rows))
	for i, r := range rows {
		out[i] = OpenSession{ID: r.ID, Created: store.FromMicros(r.CreatedAt), Seen: store.FromMicros(r.SeenAt), IP: r.IP, Agent: r.Agent, Current: r.ID == by.id}
	}
	return out, err
}
