package access

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"time"

	"fadu/internal/fault"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// guardRow counts attempts of one account, or of one unknown login, from one place; place "" counts
// them from all unfamiliar places together; who "" counts how many accounts were tried from the place
// where none of them is familiar.
type guardRow struct {
	bun.BaseModel `bun:"table:sign_in_guard,alias:g"`

	Who         string `bun:"who,pk"`
	Place       string `bun:"place,pk"`
	Tries       int64  `bun:"tries"`
	TriedAt     int64  `bun:"tried_at"`
	LockedUntil int64  `bun:"locked_until"`
	GoodAt      int64  `bun:"good_at"`
}

// attempt is a try that was counted before its password was compared, so that many at once cannot all
// slip in ahead of the count.
type attempt struct {
	// left is how many tries remain before the lock; wait is how long a lock lasts that refused this one.
	left int64
	wait time.Duration
}

// warning says how many tries are left.
func (a attempt) warning(p LockoutPolicy) string {
	if a.left <= 0 {
		return fmt.Sprintf("已连续错 %d 次，锁定 %d 分钟。急用请安全保密管理员解除锁定，忘记密码请系统管理员重置", p.Tries, minutes(p.Lock))
	}
	return fmt.Sprintf("再错 %d 次将锁定 %d 分钟", a.left, minutes(p.Lock))
}

func minutes(d time.Duration) int { return int(math.Ceil(d.Minutes())) }

func knownWho(id AccountID) string { return "a:" + id.String() }

// unknownWho counts tries on a login that nobody has: it locks like a real one. The text itself is not
// kept, since people type passwords into the wrong field.
func unknownWho(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "x:" + hex.EncodeToString(sum[:12])
}

// reserve counts an attempt, or refuses it with TooMany while a lock lasts. Locks hold per account and
// place first; tries from all unfamiliar places together, and tries on many accounts from one place,
// only slow further ones down, and never those of people who sign in where they always do: no stranger
// can shut a person or a bureau out. e says whose attempt it is, for the security log.
func (s *Service) reserve(ctx context.Context, who string, e Event) (attempt, error) {
	var out attempt
	err := s.db.Update(ctx, func(tx *store.Tx) error {
		var err error
		out, err = s.reserveTx(tx, who, e)
		return err
	})
	if err != nil {
		return out, fmt.Errorf("access: count attempt: %w", err)
	}
	if out.wait > 0 {
		late := fault.New(fault.TooMany, "输错次数太多，为保护账号暂时锁定，请在 %d 分钟后再试。急用请安全保密管理员解除锁定，忘记密码请系统管理员重置", max(1, minutes(out.wait)))
		late.After = out.wait
		return out, late
	}
	return out, nil
}

func (s *Service) reserveTx(tx *store.Tx, who string, e Event) (attempt, error) {
	p := s.policy.Lockout
	now := store.Micros(tx.Now)
	here, err := guardOf(tx, who, place(e.IP))
	if err != nil {
		return attempt{}, err
	}
	everywhere, err := guardOf(tx, who, "")
	if err != nil {
		return attempt{}, err
	}
	source, err := guardOf(tx, "", place(e.IP))
	if err != nil {
		return attempt{}, err
	}
	here, everywhere, source = here.sane(tx.Now), everywhere.sane(tx.Now), source.sane(tx.Now)
	familiar := here.GoodAt > 0 && here.GoodAt > store.Micros(tx.Now.Add(-p.Familiar))
	until := here.LockedUntil
	if !familiar {
		until = max(until, everywhere.LockedUntil, source.LockedUntil)
	}
	if until > now {
		return attempt{wait: time.Duration(until-now) * time.Microsecond}, s.noteLocked(tx, here, e)
	}
	if here.LockedUntil > 0 || here.TriedAt < store.Micros(tx.Now.Add(-p.Lock)) {
		here.Tries = 0
	}
	first := here.Tries == 0
	here.Tries, here.TriedAt, here.LockedUntil = here.Tries+1, now, 0
	if here.Tries >= p.Tries {
		here.LockedUntil = store.Micros(tx.Now.Add(p.Lock))
	}
	if err := putGuard(tx, here); err != nil {
		return attempt{}, err
	}
	if familiar {
		return attempt{left: p.Tries - here.Tries}, nil
	}
	if first || source.Tries >= p.SprayAfter {
		if err := s.spray(tx, source, e); err != nil {
			return attempt{}, err
		}
	}
	return attempt{left: p.Tries - here.Tries}, putGuard(tx, p.strangers(everywhere, p.SlowAfter, tx.Now))
}

// sane forgets tries that were counted while the clock was ahead: a lock by such a clock could last years.
func (r guardRow) sane(now time.Time) guardRow {
	if fromFuture(r.TriedAt, now) {
		r.Tries, r.TriedAt, r.LockedUntil = 0, 0, 0
	}
	return r
}

// spray counts one more account that is tried from the place, and says so once when they are too many.
func (s *Service) spray(tx *store.Tx, source guardRow, e Event) error {
	p := s.policy.Lockout
	was := source.Tries
	source = p.strangers(source, p.SprayAfter, tx.Now)
	if err := putGuard(tx, source); err != nil {
		return err
	}
	if was >= p.SprayAfter || source.Tries < p.SprayAfter {
		return nil
	}
	return note(tx, Event{Kind: EventSpray, IP: e.IP, Detail: fmt.Sprintf("一天内试了 %d 个账号，已放慢这个来源", source.Tries)})
}

// strangers counts one more try by somebody unfamiliar; from the after-th on each makes the next wait.
func (p LockoutPolicy) strangers(r guardRow, after int64, now time.Time) guardRow {
	if r.TriedAt < store.Micros(now.Add(-24*time.Hour)) {
		r.Tries = 0
	}
	r.Tries, r.TriedAt = r.Tries+1, store.Micros(now)
	if over := r.Tries - after; over >= 0 {
		r.LockedUntil = store.Micros(now.Add(p.slow(over)))
	}
	return r
}

// noteLocked writes an attempt during a lock into the security log, at most one a minute and place: the
// attacker must not be able to fill it.
func (s *Service) noteLocked(tx *store.Tx, here guardRow, e Event) error {
	if here.TriedAt > store.Micros(tx.Now.Add(-time.Minute)) {
		return nil
	}
	here.TriedAt = store.Micros(tx.Now)
	if err := putGuard(tx, here); err != nil {
		return err
	}
	e.Kind = EventLocked
	return note(tx, e)
}

// slow is the wait after the over-th try too many: doubling, bounded.
func (p LockoutPolicy) slow(over int64) time.Duration {
	wait := p.SlowStep
	for ; over > 0 && wait < p.SlowMost; over-- {
		wait *= 2
	}
	return min(wait, p.SlowMost)
}

func guardOf(tx *store.Tx, who, place string) (guardRow, error) {
	r := guardRow{Who: who, Place: place}
	err := tx.DB().NewSelect().Model(&r).WherePK().Scan(tx.Ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return guardRow{Who: who, Place: place}, nil
	}
	return r, err
}

func putGuard(tx *store.Tx, r guardRow) error {
	_, err := tx.DB().NewInsert().Model(&r).On("CONFLICT (who, place) DO UPDATE").
		Set("tries = EXCLUDED.tries, tried_at = EXCLUDED.tried_at, locked_until = EXCLUDED.locked_until, good_at = EXCLUDED.good_at").Exec(tx.Ctx)
	return err
}

// succeeded clears the counts after all that was asked for was right, of this place and of strangers'
// tries, and remembers the place as familiar. A lock that holds elsewhere stays.
func (s *Service) succeeded(tx *store.Tx, who, ip string) error {
	now := store.Micros(tx.Now)
	if err := s.unspray(tx, who, ip); err != nil {
		return err
	}
	if err := putGuard(tx, guardRow{Who: who, TriedAt: now}); err != nil {
		return err
	}
	return putGuard(tx, guardRow{Who: who, Place: place(ip), TriedAt: now, GoodAt: now})
}

// halfway forgets the tries of this place after the right password of an account that must still show a
// code; the place does not become familiar by it.
func (s *Service) halfway(tx *store.Tx, who, ip string) error {
	if err := s.unspray(tx, who, ip); err != nil {
		return err
	}
	r, err := guardOf(tx, who, place(ip))
	if err != nil {
		return err
	}
	r.Tries, r.LockedUntil = 0, 0
	return putGuard(tx, r)
}

// unspray takes an account that was right after all out of the place's count.
func (s *Service) unspray(tx *store.Tx, who, ip string) error {
	here, err := guardOf(tx, who, place(ip))
	if err != nil || here.Tries == 0 || here.GoodAt > store.Micros(tx.Now.Add(-s.policy.Lockout.Familiar)) {
		return err
	}
	source, err := guardOf(tx, "", place(ip))
	if err != nil || source.Tries == 0 || source.Tries >= s.policy.Lockout.SprayAfter {
		return err
	}
	source.Tries--
	return putGuard(tx, source)
}

// forgive lifts all locks on the account; familiar places stay so.
func forgive(tx *store.Tx, who string) error {
	_, err := tx.Exec(`UPDATE sign_in_guard SET tries = 0, locked_until = 0 WHERE who = ?`, who)
	return err
}

// lockedUntil is when the last lock on the account's password or code ends; the zero time for none.
func lockedUntil(tx *store.Tx, id AccountID) (time.Time, error) {
	var rows []guardRow
	err := tx.DB().NewSelect().Model(&rows).Where("g.who IN (?, ?)", knownWho(id), codeWho(id)).Order("g.locked_until DESC").Limit(1).Scan(tx.Ctx)
	if err != nil || len(rows) == 0 {
		return time.Time{}, err
	}
	return store.FromMicros(rows[0].LockedUntil), nil
}
