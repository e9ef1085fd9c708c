package casework

import (
	"context"

	"fadu/internal/access"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// StatementRow is a statement with how many of its lines are in which state.
type StatementRow struct {
	Statement
	Counts map[string]int64
}

// Open counts the lines that wait for a person.
func (r StatementRow) Open() int64 { return r.Counts[LineMismatch] + r.Counts[LineUnknown] }

// Done counts the lines that were decided at all; fewer than Lines means an interrupted import.
func (r StatementRow) Done() int64 {
	n := int64(0)
	for _, c := range r.Counts {
		n += c
	}
	return n
}

// Statements returns the last statements, the newest first.
func (s *Service) Statements(ctx context.Context, by access.Session) ([]StatementRow, error) {
	return s.statements(ctx, by, 0)
}

func (s *Service) statements(ctx context.Context, by access.Session, id int64) ([]StatementRow, error) {
	if _, err := by.Require(access.MoneyReconcile); err != nil {
		return nil, err
	}
	var out []StatementRow
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		var sts []Statement
		q := tx.DB().NewSelect().Model(&sts).Order("id DESC").Limit(60)
		if id != 0 {
			q = q.Where("id = ?", id)
		}
		if err := q.Scan(tx.Ctx); err != nil {
			return err
		}
		out = make([]StatementRow, len(sts))
		for i, st := range sts {
			out[i] = StatementRow{Statement: st, Counts: map[string]int64{}}
			var counts []struct {
				State string `bun:"state"`
				N     int64  `bun:"n"`
			}
			if err := tx.DB().NewSelect().TableExpr("statement_line AS sl").ColumnExpr("sl.state").ColumnExpr("COUNT(*) AS n").Where("sl.statement_id = ?", st.ID).GroupExpr("sl.state").Scan(tx.Ctx, &counts); err != nil {
				return err
			}
			for _, c := range counts {
				out[i].Counts[c.State] = c.N
			}
		}
		return nil
	})
	return out, err
}

// StatementLines returns a page of a statement's lines in one state ("" all), in the order of the file,
// after the given line.
func (s *Service) StatementLines(ctx context.Context, by access.Session, id int64, state string, after int64) (rows []MoneyRow, more bool, err error) {
	scope, err := by.Require(access.MoneyReconcile)
	if err != nil {
		return nil, false, err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		q := tx.DB().NewSelect().TableExpr("statement_line AS sl").Where("sl.statement_id = ?", id).Where("sl.line > ?", after).OrderExpr("sl.line").Limit(store.PageLimit(ctx))
		if state != "" {
			q = q.Where("sl.state = ?", state)
		}
		if err := (moneyView{alias: "sl"}).read(tx, q, &rows); err != nil {
			return err
		}
		if size := store.PageSize(ctx); len(rows) > size {
			rows, more = rows[:size], true
		}
		return s.casesOfLines(tx, scope, rows)
	})
	return rows, more, err
}

// casesOfLines finds the case that each line is about, by its decision's number, where the scope has it.
func (s *Service) casesOfLines(tx *store.Tx, scope access.Scope, rows []MoneyRow) error {
	for i := range rows {
		number := NormalDocNo(rows[i].Line.DocNo)
		if number == "" {
			continue
		}
		var ids []CaseID
		q := tx.DB().NewSelect().TableExpr("paper AS p").ColumnExpr("p.case_id").Where("p.doc_no <> ''").Where("p.doc_no IN (?)", bun.List(DocNoForms(number))).Where("p.kind IN (?)", bun.List(decisionKinds))
		if err := scope.Where(q, "p").Scan(tx.Ctx, &ids); err != nil {
			return err
		}
		if len(ids) > 0 {
			rows[i].Case.ID = ids[0]
		}
	}
	return s.fillMoney(tx, rows)
}
