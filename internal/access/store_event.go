package access

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/web"

	"github.com/uptrace/bun"
)

// Event is one line of the security log: sign-ins, refusals, changes of rights. It names no party and
// no content of a case.
type Event struct {
	ID   int64
	At   time.Time
	Kind EventKind
	// Account, Name and Unit say who acted; Account is 0 when nobody was signed in.
	Account AccountID
	Name    string
	Unit    UnitID
	IP      string
	// Action is the route, act or subject; Rules are the statutory rules of a refusal; Detail is Chinese.
	Action string
	Rules  []string
	Detail string
}

type eventRow struct {
	bun.BaseModel `bun:"table:security_event,alias:se"`

	ID      int64     `bun:"id,pk"`
	At      int64     `bun:"at"`
	Kind    EventKind `bun:"kind"`
	Account AccountID `bun:"account"`
	Name    string    `bun:"name"`
	UnitID  UnitID    `bun:"unit_id"`
	IP      string    `bun:"ip"`
	Action  string    `bun:"action"`
	Rules   string    `bun:"rules"`
	Detail  string    `bun:"detail"`
}

func (r eventRow) event() Event {
	e := Event{ID: r.ID, At: store.FromMicros(r.At), Kind: r.Kind, Account: r.Account, Name: r.Name, Unit: r.UnitID, IP: r.IP, Action: r.Action, Detail: r.Detail}
	if r.Rules != "" {
		e.Rules = strings.Split(r.Rules, " ")
	}
	return e
}

// event is a security event of the session itself.
func (s Session) event(k EventKind) Event {
	return Event{Kind: k, Account: s.account.ID, Name: s.Name(), Unit: s.account.UnitID, IP: s.ip}
}

// about is a security event in which the session acts on an account.
func (s Session) about(k EventKind, a Account, detail string) Event {
	e := s.event(k)
	e.Action, e.Detail = accountSubject(a.ID), a.Login+"："+detail
	return e
}

// note writes a security event in the caller's transaction.
func note(tx *store.Tx, e Event) error {
	r := &eventRow{
		ID: store.NewID(), At: store.Micros(tx.Now), Kind: e.Kind, Account: e.Account, Name: e.Name, UnitID: e.Unit,
		IP: clip(e.IP, 64), Action: clip(e.Action, 200), Rules: clip(strings.Join(e.Rules, " "), 500), Detail: clip(web.MaskText(e.Detail), 300),
	}
	if _, err := tx.DB().NewInsert().Model(r).Exec(tx.Ctx); err != nil {
		return fmt.Errorf("access: security event %s: %w", e.Kind, err)
	}
	return nil
}

// clip shortens s to at most n characters of valid text.
func clip(s string, n int) string {
	s = strings.ToValidUTF8(s, "?")
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n])
}

// noteApart writes an event in a transaction of its own, for what happened outside any. A failure is
// for the operator: the request's own answer stands.
func (s *Service) noteApart(ctx context.Context, e Event) {
	if err := s.db.Update(context.WithoutCancel(ctx), func(tx *store.Tx) error { return note(tx, e) }); err != nil {
		s.log.ErrorContext(ctx, "access: security event was not written", "kind", e.Kind, "account", e.Account, "err", err)
	}
}

// noteWrong writes a wrong password, and the lock that it began.
func (s *Service) noteWrong(ctx context.Context, e Event, try attempt) {
	e.Kind = EventWrong
	s.noteApart(ctx, e)
	if try.left <= 0 {
		e.Kind = EventLocked
		s.noteApart(ctx, e)
	}
}

// noteRefusal keeps what the law refused to whom: rule ids and act only, never the case.
func (s *Service) noteRefusal(ctx context.Context, by Session, route string, r *law.Refusal) {
	e := by.event(EventRefused)
	e.Action, e.Detail = route, string(r.Action)
	for _, f := range r.Findings {
		e.Rules = append(e.Rules, f.Rule)
	}
	s.noteApart(ctx, e)
}

// EventFilter narrows the security log; zero fields do not.
type EventFilter struct {
	Kind        EventKind
	Name        string
	From, Until law.Date
}

func (f EventFilter) narrow(q *bun.SelectQuery) *bun.SelectQuery {
	if f.Kind != "" {
		q = q.Where("se.kind = ?", f.Kind)
	}
	if f.Name != "" {
		q = q.Where("se.name = ?", f.Name)
	}
	if !f.From.IsZero() {
		q = q.Where("se.at >= ?", store.Micros(f.From.Start()))
	}
	if !f.Until.IsZero() {
		q = q.Where("se.at < ?", store.Micros(f.Until.AddDays(1).Start()))
	}
	return q
}

// Events returns a page of the security log, newest first, and the cursors of its neighbours ("" when
// there is none). Needs security.read.
func (s *Service) Events(tx *store.Tx, by Session, f EventFilter, after string) (es []Event, prev, next string, err error) {
	if _, err := by.Require(SecurityRead); err != nil {
		return nil, "", "", err
	}
	key := fmt.Sprint("events", f)
	var rows []eventRow
	prev, next, err = page(tx, pageQuery[eventRow]{
		query: f.narrow(tx.DB().NewSelect().Model(&rows)), rows: &rows, sort: "se.at", id: "se.id", desc: true, numeric: true,
		place: func(r eventRow) store.Cursor { return store.Cursor{Sort: fmt.Sprint(r.At), ID: r.ID} },
	}, after, key)
	for _, r := range rows {
		es = append(es, r.event())
	}
	return es, prev, next, err
}
