package casework

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"fadu/internal/access"
	"fadu/internal/deadline"
	"fadu/internal/draft"
	"fadu/internal/indicator"
	"fadu/internal/jobs"
	"fadu/internal/law"
	"fadu/internal/org"
	"fadu/internal/powers"
	"fadu/internal/search"
	"fadu/internal/setting"
	"fadu/internal/store"
	"fadu/internal/testkit"

	"github.com/uptrace/bun"
)

// The lists that grow with the cases go through an index on both engines, however many cases there are: PostgreSQL is asked what it
// does where going through the whole table is no way.
func TestPlansOfPartyAndSimilar(t *testing.T) {
	all := []fs.FS{jobs.Migrations, search.Migrations, draft.Migrations, access.Migrations, setting.Migrations, org.Migrations, powers.Migrations, deadline.Migrations, Migrations, indicator.Migrations}
	testkit.Both(t, all, func(t *testing.T, db *store.DB, _ *testkit.Clock) {
		scope := access.System("test").ScopeFor(access.CaseRead)
		party := &Case{Party: Party{PartyKey: "990107198001010012"}}
		day := law.MustDate("2026-01-01")
		for _, x := range []struct {
			name, sqlite string
			query        func(tx *store.Tx) *bun.SelectQuery
		}{
			{"当事人的案件", "INDEX penalty_case_party", func(tx *store.Tx) *bun.SelectQuery {
				return store.Keyset(ofParty(tx, scope, party).Column("c.id"), "c.found_at", "c.id", true, true, store.Cursor{Sort: "5", ID: 7}, true).Limit(51)
			}},
			{"同类案件的罚款", "COVERING INDEX penalty_case_similar", func(tx *store.Tx) *bun.SelectQuery {
				return similar(tx, "CG-101", "从轻", day).Column("c.id", "c.decided_on", "c.amount").Where("c.id <> ?", 7)
			}},
			{"自己的视图", "INDEX saved_view_owner", func(tx *store.Tx) *bun.SelectQuery {
				return tx.DB().NewSelect().Model((*SavedView)(nil)).Where("owner_id = ?", 7).Where("removed = 0").Order("id")
			}},
			{"共用的视图", "INDEX saved_view_shared", func(tx *store.Tx) *bun.SelectQuery {
				return tx.DB().NewSelect().Model((*SavedView)(nil)).Where("unit_id IN (?)", bun.List([]int64{7, 8})).Where("shared = 1").Where("removed = 0").Order("unit_id", "id").Limit(sharedMost)
			}},
		} {
			t.Run(x.name, func(t *testing.T) {
				plan := planOf(t, db, x.query)
				if db.Engine() == store.SQLite && !strings.Contains(plan, x.sqlite) || strings.Contains(plan, "SCAN ") || strings.Contains(plan, "Seq Scan") {
					t.Errorf("没有走索引：\n%s", plan)
				}
			})
		}
	})
}

// planOf is how the engine goes about a query.
func planOf(t *testing.T, db *store.DB, query func(tx *store.Tx) *bun.SelectQuery) string {
	t.Helper()
	var out strings.Builder
	testkit.View(t, db, func(tx *store.Tx) error {
		explain := "EXPLAIN QUERY PLAN "
		if tx.Engine() == store.PostgreSQL {
			explain = "EXPLAIN "
			if _, err := tx.DB().ExecContext(tx.Ctx, "SET LOCAL enable_seqscan = off"); err != nil {
				return err
			}
		}
		rows, err := tx.DB().QueryContext(tx.Ctx, explain+query(tx).String())
		if err != nil {
			return err
		}
		defer rows.Close()
		cols, err := rows.Columns()
		if err != nil {
			return err
		}
		for rows.Next() {
			line := make([]any, len(cols))
			at := make([]any, len(cols))
			for i := range line {
				at[i] = &line[i]
			}
			if err := rows.Scan(at...); err != nil {
				return err
			}
			fmt.Fprintln(&out, line[len(line)-1])
		}
		return rows.Err()
	})
	return out.String()
}
