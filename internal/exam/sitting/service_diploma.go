package sitting

import (
	"context"
	"fmt"
	"strings"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

const nounDiploma = "这份合格证书"

// JobCertify finishes the issue of certificates that was cut short.
const JobCertify = "exam.certify"

// Certify brings the certificates of a published sitting in line with its results, some candidates at a time; sent again it
// goes on.
func (s *Service) Certify(ctx context.Context, id SittingID) error {
	var last CandidateID
	for n := atATime; n == atATime; {
		next := last
		err := s.DB.Update(ctx, func(tx *store.Tx) error {
			x, err := sittingOf(tx, id)
			if n = 0; err != nil || x.State != Published || x.DiplomaPrefix == "" {
				return err
			}
			cs, err := some(tx, id, last, atATime)
			if n = len(cs); err != nil || n == 0 {
				return err
			}
			next = cs[n-1].ID
			return s.settleDiplomas(tx, x, cs, "成绩更正以后不合格")
		})
		if err != nil {
			return err
		}
		last = next
	}
	return nil
}

// settleDiplomas issues certificates to those of the candidates who passed and have none, and revokes those of the others.
func (s *Service) settleDiplomas(tx *store.Tx, x Sitting, cs []Candidate, why string) error {
	if x.State != Published || x.DiplomaPrefix == "" || len(cs) == 0 {
		return nil
	}
	ids := make([]CandidateID, len(cs))
	for i, c := range cs {
		ids[i] = c.ID
	}
	var held []Diploma
	if err := tx.DB().NewSelect().Model(&held).Where("candidate_id IN (?)", bun.List(ids)).Where("revoked_on = ''").Scan(tx.Ctx); err != nil {
		return err
	}
	have := map[CandidateID]Diploma{}
	for _, d := range held {
		have[d.Candidate] = d
	}
	var due []Candidate
	for _, c := range cs {
		d, ok := have[c.ID]
		switch passed := c.State == Took && bool(c.Passed); {
		case passed && !ok:
			due = append(due, c)
		case !passed && ok:
			if err := s.revoke(tx, d, why); err != nil {
				return err
			}
		}
	}
	return s.issueDiplomas(tx, x, due)
}

func (s *Service) revoke(tx *store.Tx, d Diploma, why string) error {
	d.RevokedOn, d.Reason = tx.Today(), why
	e, err := ledger.Append(tx, access.System("job").Actor(), ledger.Act{Kind: kindDiplomaRevoked, Subject: d.Subject(), Unit: int64(d.UnitID), Data: map[string]any{"number": d.Number, "name": d.Name, "reason": why}})
	if err != nil {
		return err
	}
	d.Entry = int64(e)
	_, err = tx.DB().NewUpdate().Model(&d).WherePK().Exec(tx.Ctx)
	return err
}

func (s *Service) issueDiplomas(tx *store.Tx, x Sitting, due []Candidate) error {
	if len(due) == 0 {
		return nil
	}
	today := tx.Today()
	series := fmt.Sprintf("%s〔%d〕", x.DiplomaPrefix, today.Year())
	var last int64
	if err := tx.DB().NewSelect().Model((*Diploma)(nil)).ColumnExpr("COALESCE(MAX(serial), 0)").Where("series = ?", series).Scan(tx.Ctx, &last); err != nil {
		return err
	}
	rows := make([]Diploma, len(due))
	numbers := make([]string, len(due))
	for i, c := range due {
		n := last + int64(i) + 1
		rows[i] = Diploma{
			ID: DiplomaID(store.NewID()), Sitting: x.ID, Candidate: c.ID, Account: c.Account, Name: c.Name, Levels: c.Levels, Exam: x.Title, SatOn: x.Day(),
			Series: series, Serial: n, Number: fmt.Sprintf("%s%d号", series, n), Code: store.NewCode(), IssuedOn: today, ValidTo: x.diplomas().valid(today),
		}
		numbers[i] = rows[i].Number
	}
	e, err := ledger.Append(tx, access.System("job").Actor(), ledger.Act{Kind: kindDiplomasIssued, Subject: x.Subject(), Unit: int64(x.UnitID), Data: map[string]any{"numbers": numbers}})
	if err != nil {
		return err
	}
	for i := range rows {
		rows[i].Entry = int64(e)
	}
	return insert(tx, &rows)
}

// DiplomaFilter chooses certificates.
type DiplomaFilter struct {
	// Q is a name or a number.
	Q       string
	Worth   Worth
	Sitting SittingID
	// Own leaves those of the account alone.
	Own bool
}

func (f DiplomaFilter) where(tx *store.Tx, q *bun.SelectQuery) *bun.SelectQuery {
	if f.Q != "" {
		q = q.Where("(ew.name = ? OR ew.number = ?)", f.Q, f.Q)
	}
	if f.Sitting != 0 {
		q = q.Where("ew.sitting_id = ?", f.Sitting)
	}
	switch f.Worth {
	case Revoked:
		q = q.Where("ew.revoked_on <> ''")
	case Expired:
		q = q.Where("ew.revoked_on = '' AND ew.valid_to <> '' AND ew.valid_to < ?", tx.Today())
	case Valid:
		q = q.Where("ew.revoked_on = '' AND (ew.valid_to = '' OR ew.valid_to >= ?)", tx.Today())
	}
	return q
}

// diplomasFor narrows a query to what the session may see: its own, and with the right to read results those of its units.
func diplomasFor(tx *store.Tx, by access.Session, q *bun.SelectQuery, own bool) *bun.SelectQuery {
	if own || !by.Can(access.ExamRead) {
		return q.Where("ew.account = ?", by.Account())
	}
	return by.ScopeFor(access.ExamRead).Beside(tx, q, "ew")
}

// Diplomas is a page of certificates, the newest first.
func (s *Service) Diplomas(ctx context.Context, by access.Session, f DiplomaFilter, after string) (ds []Diploma, prev, next string, err error) {
	if _, err := by.Require(access.ExamTake); err != nil {
		return nil, "", "", err
	}
	filter := fmt.Sprintf("diplomas|%s|%s|%s|%t", f.Q, f.Worth, f.Sitting, f.Own)
	cur, ok, err := store.DecodeCursor(after, filter)
	if err != nil {
		return nil, "", "", err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		ds = nil
		q := f.where(tx, diplomasFor(tx, by, tx.DB().NewSelect().Model(&ds), f.Own))
		return store.KeysetByID(q, "ew.id", true, cur, ok).Limit(store.PageLimit(ctx)).Scan(tx.Ctx)
	})
	if err != nil {
		return nil, "", "", err
	}
	ds, prev, next = store.PageOf(ctx, ds, cur, ok, filter, func(d Diploma) store.Cursor { return store.Cursor{ID: int64(d.ID)} })
	return ds, prev, next, nil
}

// Diploma is a certificate of the account, or one whose results the session may read.
func (s *Service) Diploma(ctx context.Context, by access.Session, id DiplomaID) (d Diploma, err error) {
	if _, err := by.Require(access.ExamTake); err != nil {
		return d, err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		d = Diploma{}
		err := tx.DB().NewSelect().Model(&d).Where("id = ?", id).Scan(tx.Ctx)
		if err = store.One(err, nounDiploma); err != nil || d.Account == by.Account() {
			return err
		}
		if !by.Can(access.ExamRead) {
			return fault.Missing(nounDiploma)
		}
		return by.ScopeFor(access.ExamRead).Check(d.Levels, nounDiploma)
	})
	return d, err
}

// PrintDiploma is a certificate as PDF; each print enters the ledger.
func (s *Service) PrintDiploma(ctx context.Context, by access.Session, id DiplomaID) (d Diploma, pdf []byte, err error) {
	if d, err = s.Diploma(ctx, by, id); err != nil {
		return d, nil, err
	}
	err = s.DB.Update(ctx, func(tx *store.Tx) error {
		_, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kindDiplomaPrinted, Subject: d.Subject(), Unit: int64(d.UnitID), Data: map[string]any{"number": d.Number}})
		return err
	})
	if err != nil {
		return d, nil, err
	}
	pdf, err = s.Press.Render(d.paper(s.Bureau, s.Base, s.Demo, law.DateOf(s.DB.Now())), s.DB.Now())
	return d, pdf, err
}

// Checked is what anybody is told about a certificate: the name only in part.
type Checked struct {
	Known   bool
	Diploma Diploma
	Worth   Worth
	Demo    bool
}

// CheckDiploma answers anybody who has the code of a certificate. A code that is none of ours is "not ours", one that no code
// can be is Invalid; too many of them from one place are TooMany.
func (s *Service) CheckDiploma(ctx context.Context, typed string) (c Checked, err error) {
	code, err := store.ParseCode(typed)
	if err != nil {
		return c, fault.New(fault.Invalid, "%v", err)
	}
	return s.checked(ctx, func(q *bun.SelectQuery) *bun.SelectQuery { return q.Where("code = ?", code) })
}

// CheckNumber answers anybody who knows the number of a certificate and its holder's name: numbers alone follow each other.
func (s *Service) CheckNumber(ctx context.Context, number, name string) (Checked, error) {
	number = strings.NewReplacer("[", "〔", "]", "〕", "【", "〔", "】", "〕", " ", "").Replace(strings.TrimSpace(number))
	return s.checked(ctx, func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("number = ?", number).Where("name = ?", strings.TrimSpace(name))
	})
}

func (s *Service) checked(ctx context.Context, where func(*bun.SelectQuery) *bun.SelectQuery) (c Checked, err error) {
	if err := access.MayGuess(ctx); err != nil {
		return c, err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		c = Checked{Demo: s.Demo}
		var ds []Diploma
		if err := where(tx.DB().NewSelect().Model(&ds)).Scan(tx.Ctx); err != nil {
			return err
		}
		if len(ds) > 0 {
			c.Known, c.Diploma, c.Worth = true, ds[0], ds[0].On(tx.Today())
		}
		return nil
	})
	if err == nil && !c.Known {
		access.Guessed(ctx)
	}
	return c, err
}
