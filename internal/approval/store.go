package approval

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"slices"

	"fadu/internal/access"
	"fadu/internal/blob"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

func insert(tx *store.Tx, a *Approval) error {
	if _, err := tx.DB().NewInsert().Model(a).Exec(tx.Ctx); err != nil {
		return err
	}
	for i := range a.Steps {
		a.Steps[i].Approval, a.Steps[i].Entry = a.ID, a.Entry
	}
	_, err := tx.DB().NewInsert().Model(&a.Steps).Exec(tx.Ctx)
	return err
}

func save(tx *store.Tx, a *Approval) error {
	old := a.Version
	a.Version++
	res, err := tx.DB().NewUpdate().Model(a).WherePK().Where("version = ?", old).Exec(tx.Ctx)
	return store.Updated(res, err, "这份审批表")
}

// Use marks a signed form as used by its act, whose entry proves it: it counts for one act only.
func Use(tx *store.Tx, a Approval, entry ledger.EntryID) error { return end(tx, a, Done, entry) }

// Lapse ends a form that is on its way, or signed and not used, for an act that is no longer possible: the matter
// moved on, as the entry says, and what was agreed to is not what would be done.
func Lapse(tx *store.Tx, a Approval, entry ledger.EntryID) error {
	if !a.open() {
		return nil
	}
	return end(tx, a, Lapsed, entry)
}

func end(tx *store.Tx, a Approval, to State, entry ledger.EntryID) error {
	a.State, a.Post, a.EndedOn, a.Entry = to, "", tx.Today(), int64(entry)
	return save(tx, &a)
}

func saveStep(tx *store.Tx, st *Step) error {
	_, err := tx.DB().NewUpdate().Model(st).WherePK().Exec(tx.Ctx)
	return err
}

// load finds a form with its steps within the scope.
func load(tx *store.Tx, scope access.Scope, id ID) (Approval, error) {
	var a Approval
	err := tx.DB().NewSelect().Model(&a).Where("id = ?", id).Scan(tx.Ctx)
	if err := store.One(err, "这份审批表"); err != nil {
		return a, err
	}
	if err := scope.Check(a.Levels, "这份审批表"); err != nil {
		return a, err
	}
	a.Steps, err = stepsOf(tx, id)
	return a, err
}

func stepsOf(tx *store.Tx, id ID) ([]Step, error) {
	var out []Step
	err := tx.DB().NewSelect().Model(&out).Where("approval_id = ?", id).Order("n").Scan(tx.Ctx)
	return out, err
}

// latest is the newest form of a chain for an act of a matter or its part; the zero one when there is none.
func latest(tx *store.Tx, m Matter, chain, act string) (Approval, error) {
	var a Approval
	err := tx.DB().NewSelect().Model(&a).Where("kind = ?", m.Kind).Where("ref = ?", m.Ref).Where("of_id = ?", m.Of).Where("chain = ?", chain).Where("act = ?", act).Order("id DESC").Limit(1).Scan(tx.Ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return Approval{}, nil
	}
	return a, err
}

// Open returns the forms of a matter that are on their way, or signed and not used.
func Open(tx *store.Tx, kind string, ref int64) ([]Approval, error) {
	var out []Approval
	return out, tx.DB().NewSelect().Model(&out).Where("kind = ?", kind).Where("ref = ?", ref).Where("state IN (?)", bun.List([]State{Asked, Signed})).Order("id").Scan(tx.Ctx)
}

// Of returns the forms of a matter with their steps, the newest first.
func Of(tx *store.Tx, kind string, ref int64) ([]Approval, error) {
	var out []Approval
	if err := tx.DB().NewSelect().Model(&out).Where("kind = ?", kind).Where("ref = ?", ref).Order("id DESC").Scan(tx.Ctx); err != nil {
		return nil, err
	}
	return out, withSteps(tx, out)
}

func withSteps(tx *store.Tx, as []Approval) error {
	if len(as) == 0 {
		return nil
	}
	at, ids := map[ID]*Approval{}, make([]ID, len(as))
	for i := range as {
		at[as[i].ID], ids[i] = &as[i], as[i].ID
	}
	var steps []Step
	err := tx.DB().NewSelect().Model(&steps).Where("approval_id IN (?)", bun.List(ids)).Order("approval_id", "n").Scan(tx.Ctx)
	for _, st := range steps {
		at[st.Approval].Steps = append(at[st.Approval].Steps, st)
	}
	return err
}

// inboxLimit bounds how many forms an inbox shows.
const inboxLimit = 200

// waitingFor are the forms of the scope whose turn is one of the posts, the oldest first.
func waitingFor(tx *store.Tx, scope access.Scope, posts []string) ([]Approval, error) {
	if len(posts) == 0 {
		return nil, nil
	}
	var out []Approval
	err := scope.Where(tx.DB().NewSelect().Model(&out), "ap").Where("ap.state = 'asked'").Where("ap.post IN (?)", bun.List(posts)).Order("ap.id").Limit(inboxLimit).Scan(tx.Ctx)
	if err != nil {
		return nil, err
	}
	return out, withSteps(tx, out)
}

// listed is a page of the forms in the scope in one state ("" all), newest first; asker narrows to those of an account.
func listed(tx *store.Tx, scope access.Scope, state State, asker access.AccountID, cur store.Cursor, ok bool) (rows []Approval, prev, next string, err error) {
	q := scope.Where(tx.DB().NewSelect().Model(&rows), "ap")
	if state != "" {
		q = q.Where("ap.state = ?", state)
	}
	if asker != 0 {
		q = q.Where("ap.asker = ?", asker)
	}
	if err = store.KeysetByID(q, "ap.id", true, cur, ok).Limit(store.PageLimit(tx.Ctx)).Scan(tx.Ctx); err != nil {
		return nil, "", "", err
	}
	rows, prev, next = store.PageOf(tx.Ctx, rows, cur, ok, filterKey(state, asker), func(a Approval) store.Cursor { return store.Cursor{ID: int64(a.ID)} })
	return rows, prev, next, withSteps(tx, rows)
}

func filterKey(state State, asker access.AccountID) string {
	return "approvals" + string(state) + asker.String()
}

func mandatesTo(tx *store.Tx, taker access.AccountID) ([]Mandate, error) {
	var out []Mandate
	err := tx.DB().NewSelect().Model(&out).Where("taker = ?", taker).Order("id").Scan(tx.Ctx)
	return out, err
}

// HeadMandate is the document by which an account has the post of the chief head on a day, "" when it has none.
func HeadMandate(tx *store.Tx, taker access.AccountID, on law.Date) (string, error) {
	all, err := mandatesTo(tx, taker)
	for _, m := range all {
		if m.On(on) && slices.Contains(m.Posts(), "head") {
			return m.Document, err
		}
	}
	return "", err
}

// mandates are the last mandates, newest first.
func mandates(tx *store.Tx) ([]Mandate, error) {
	var out []Mandate
	err := tx.DB().NewSelect().Model(&out).Order("id DESC").Limit(inboxLimit).Scan(tx.Ctx)
	return out, err
}

func mandateByID(tx *store.Tx, id MandateID) (Mandate, error) {
	var m Mandate
	err := tx.DB().NewSelect().Model(&m).Where("id = ?", id).Scan(tx.Ctx)
	return m, store.One(err, "这份授权")
}

func saveMandate(tx *store.Tx, m *Mandate) error {
	old := m.Version
	m.Version++
	res, err := tx.DB().NewUpdate().Model(m).WherePK().Where("version = ?", old).Exec(tx.Ctx)
	return store.Updated(res, err, "这份授权")
}

// NamesOfMandates are their documents, for the ledger page.
func NamesOfMandates(tx *store.Tx, ids []int64) (map[int64]string, error) {
	return store.Names(tx, ids, func(m Mandate) (int64, string) { return int64(m.ID), m.Document })
}

// ScanCheck is the part of verification for what was signed on paper: every scan still has the bytes that were entered.
func (s *Service) ScanCheck() ledger.Check {
	return ledger.Check{Name: "审批表扫描件", Run: func(ctx context.Context, db *store.DB) ([]string, error) {
		var faults []string
		for at := (Step{}); ; {
			var steps []Step
			err := db.View(ctx, func(tx *store.Tx) error {
				steps = nil
				return tx.DB().NewSelect().Model(&steps).Where("st.scan <> ''").Where("(st.approval_id, st.n) > (?, ?)", at.Approval, at.N).OrderExpr("st.approval_id, st.n").Limit(scansAtOnce).Scan(tx.Ctx)
			})
			if err != nil || len(steps) == 0 {
				return faults, err
			}
			for _, st := range steps {
				if !readable(s.Blobs, st.Scan) {
					faults = append(faults, fmt.Sprintf("审批表 %d 第 %d 栏的扫描件读不出或与录入时不符", st.Approval, st.N))
				}
				at = st
			}
		}
	}}
}

// scansAtOnce are read from the database together, so that no transaction stays open while files are read.
const scansAtOnce = 200

// readable reads a file to its end, where a damaged one answers with an error.
func readable(files blob.Store, digest string) bool {
	r, err := files.Open(digest)
	if err != nil {
		return false
	}
	defer r.Close()
	_, err = io.Copy(io.Discard, r)
	return err == nil
}
