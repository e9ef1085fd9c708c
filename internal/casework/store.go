package casework

import (
	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// load returns a case inside the scope; outside it is not found.
func load(tx *store.Tx, scope access.Scope, id CaseID) (*Case, error) {
	c := new(Case)
	err := tx.DB().NewSelect().Model(c).Where("c.id = ?", id).Scan(tx.Ctx)
	if err != nil {
		return nil, store.One(err, "这个案件")
	}
	return c, scope.Check(c.Levels, "这个案件")
}

// head returns how a case inside the scope stands, with nothing else of it, and the head of its decision,
// nil before there is one.
func head(tx *store.Tx, scope access.Scope, id CaseID) (*Case, *Paper, error) {
	c := new(Case)
	err := tx.DB().NewSelect().Model(c).Column("id", "version", "state", "procedure", "case_no", "unit_id", "u1", "u2", "u3", "u4", "u5").Where("c.id = ?", id).Scan(tx.Ctx)
	if err != nil {
		return nil, nil, store.One(err, "这个案件")
	}
	if err := scope.Check(c.Levels, "这个案件"); err != nil || c.State == Lead {
		return c, nil, err // nothing is drawn up about a lead
	}
	var ps []Paper
	err = tx.DB().NewSelect().Model(&ps).Column("id", "kind", "state", "doc_no", "code", "dated", "digest").
		Where("case_id = ?", id).Where("kind IN (?)", bun.List(decisionKinds)).Where("state <> ?", PaperVoid).Order("id DESC").Limit(1).Scan(tx.Ctx)
	if err != nil || len(ps) == 0 {
		return c, nil, err
	}
	return c, &ps[0], nil
}

func insert(tx *store.Tx, row any) error {
	_, err := tx.DB().NewInsert().Model(row).Exec(tx.Ctx)
	return err
}

// add writes a new case.
func add(tx *store.Tx, c *Case) error {
	if err := insert(tx, c); err != nil {
		return err
	}
	return keptCases.Added(tx, "penalty_case", int64(c.ID), c)
}

// save writes a case whose Version was raised from the one that it was loaded with.
func save(tx *store.Tx, c *Case) error {
	before, err := keptCases.Of(tx, int64(c.ID))
	if err != nil {
		return err
	}
	res, err := tx.DB().NewUpdate().Model(c).WherePK().Where("version = ?", c.Version-1).Exec(tx.Ctx)
	if err := store.Updated(res, err, "这个案件"); err != nil {
		return err
	}
	if err := rebalance(tx, c); err != nil {
		return err
	}
	return keptCases.Changed(tx, int64(c.ID), before)
}

// steps returns a case's steps, oldest first, withdrawn ones included.
func steps(tx *store.Tx, id CaseID) ([]Step, error) { return ofCase[Step](tx, id) }

func photos(tx *store.Tx, id CaseID) ([]Photo, error) { return ofCase[Photo](tx, id) }

// ofCaseKey names the rows of one kind that hang on a case.
type ofCaseKey[T any] struct{ id CaseID }

// ofCase returns the rows of one kind that hang on a case, oldest first. One page asks for them several
// times: for itself, for the facts of its guards, for its clocks.
func ofCase[T any](tx *store.Tx, id CaseID) ([]T, error) {
	return store.Memo(tx, ofCaseKey[T]{id}, func() ([]T, error) {
		var out []T
		return out, tx.DB().NewSelect().Model(&out).Where("case_id = ?", id).Order("id").Scan(tx.Ctx)
	})
}

// photo returns one photograph of a case inside the scope.
func photo(tx *store.Tx, scope access.Scope, id CaseID, photoID int64) (*Photo, error) {
	if _, err := load(tx, scope, id); err != nil {
		return nil, err
	}
	p := new(Photo)
	err := tx.DB().NewSelect().Model(p).Where("id = ?", photoID).Where("case_id = ?", id).Scan(tx.Ctx)
	return p, store.One(err, "这张照片")
}

// EarlierCase is what a look-up of earlier offences shows of a case, also of other units': date, cause,
// result and unit, nothing more.
type EarlierCase struct {
	ID        CaseID      `bun:"id"`
	DecidedOn string      `bun:"decided_on"`
	PowerCode string      `bun:"power_code"`
	PowerName string      `bun:"power_name"`
	Kinds     string      `bun:"penalty_kinds"`
	Amount    int64       `bun:"amount"`
	Unit      int64       `bun:"unit_id"`
	State     State       `bun:"state"`
	Procedure ProcedureID `bun:"procedure"`
	FoundAt   int64       `bun:"found_at"`
}

// earlier finds a party's delivered decisions and exempted offences across all units, since the day
// "since", newest first. It crosses scopes on purpose (practice: 首违 is a matter of the whole city).
func earlier(tx *store.Tx, partyKey string, except CaseID, since int64) ([]EarlierCase, error) {
	if partyKey == "" {
		return nil, fault.New(fault.Invalid, "当事人身份没有核实，无法查询以往记录")
	}
	var out []EarlierCase
	err := tx.DB().NewSelect().Model((*Case)(nil)).
		Column("id", "decided_on", "power_code", "power_name", "penalty_kinds", "amount", "unit_id", "state", "procedure", "found_at").
		Where("party_key = ?", partyKey).Where("id <> ?", except).Where("found_at >= ?", since).
		Where("(procedure <> 'ordinary' AND state IN ('delivered', 'closed', 'declined') OR procedure = 'ordinary' AND delivered_at <> 0 AND state <> 'revoked')").
		Order("found_at DESC").Limit(earlierMost).Scan(tx.Ctx, &out)
	return out, err
}

// recorded returns the facts that satellites stated about a case.
func recorded(tx *store.Tx, id CaseID) ([]Fact, error) {
	var out []Fact
	return out, tx.DB().NewSelect().Model(&out).Where("case_id = ?", id).Scan(tx.Ctx)
}

// VersionOf returns a case's version, for a console command that acts on what is there now.
func VersionOf(tx *store.Tx, id CaseID) (int64, error) {
	var v int64
	err := tx.DB().NewSelect().Model((*Case)(nil)).Column("version").Where("id = ?", id).Scan(tx.Ctx, &v)
	return v, store.One(err, "这个案件")
}

// DocNoOf returns the number of the decision of a case that counts; "" before there is one.
func DocNoOf(tx *store.Tx, id CaseID) (string, error) {
	var numbers []string
	err := tx.DB().NewSelect().Model((*Paper)(nil)).Column("doc_no").Where("case_id = ?", id).Where("kind IN (?)", bun.List(decisionKinds)).Where("state <> ?", PaperVoid).Order("id DESC").Limit(1).Scan(tx.Ctx, &numbers)
	if err != nil || len(numbers) == 0 {
		return "", err
	}
	return numbers[0], nil
}
