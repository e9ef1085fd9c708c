package search

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// Put indexes a record's text in place of what was indexed before; its first 100,000 characters count.
// kind is a word of small Latin letters; id comes from store.NewID and so belongs to one kind only.
func Put(tx *store.Tx, kind string, id int64, text string) error {
	if err := check(kind); err != nil {
		return err
	}
	texts := runs(text, maxText)
	body := strings.Join(texts, " ")
	var oldKind, oldBody string
	err := tx.DB().QueryRowContext(tx.Ctx, `SELECT kind, body FROM search_text WHERE id = ?`, id).Scan(&oldKind, &oldBody)
	switch {
	case err != nil && !errors.Is(err, sql.ErrNoRows):
		return fmt.Errorf("search: put %s %d: %w", kind, id, err)
	case err == nil && oldKind != kind:
		return fmt.Errorf("search: %d is a %s, not a %s", id, oldKind, kind)
	case err == nil && oldBody == body:
		return nil
	}
	if err := write(tx, kind, id, body, texts); err != nil {
		return fmt.Errorf("search: put %s %d: %w", kind, id, err)
	}
	return nil
}

// Add is Put for a record that was never indexed before.
func Add(tx *store.Tx, kind string, id int64, text string) error {
	if err := check(kind); err != nil {
		return err
	}
	texts := runs(text, maxText)
	if err := write(tx, kind, id, strings.Join(texts, " "), texts); err != nil {
		return fmt.Errorf("search: add %s %d: %w", kind, id, err)
	}
	return nil
}

func write(tx *store.Tx, kind string, id int64, body string, texts []string) error {
	terms := strings.Join(indexed(kind, texts), " ")
	if tx.Engine() == store.PostgreSQL {
		_, err := tx.Exec(`INSERT INTO search_text (id, kind, body, digest, terms) VALUES (?, ?, ?, ?, ?::tsvector)
			ON CONFLICT (id) DO UPDATE SET body = EXCLUDED.body, digest = EXCLUDED.digest, terms = EXCLUDED.terms`, id, kind, body, digest(kind, id, body), terms)
		return err
	}
	_, err1 := tx.Exec(`INSERT INTO search_text (id, kind, body, digest) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body, digest = excluded.digest`, id, kind, body, digest(kind, id, body))
	return errors.Join(err1, tx.Late(func(tx *store.Tx) error {
		_, err := tx.Exec(`INSERT OR REPLACE INTO search_index (rowid, terms) VALUES (?, ?)`, id, terms)
		return err
	}))
}

// Delete takes a record out of the index. One that is not there is no error.
func Delete(tx *store.Tx, kind string, id int64) error {
	_, err := tx.Exec(`DELETE FROM search_text WHERE id = ? AND kind = ?`, id, kind)
	if err == nil && tx.Engine() == store.SQLite {
		err = tx.Late(func(tx *store.Tx) error {
			_, err := tx.Exec(`DELETE FROM search_index WHERE rowid = ? AND NOT EXISTS (SELECT 1 FROM search_text WHERE id = ?)`, id, id)
			return err
		})
	}
	if err != nil {
		return fmt.Errorf("search: delete %s %d: %w", kind, id, err)
	}
	return nil
}

// Match narrows q to the records of the kind that have all the words; idCol is the column of their
// identifiers in q, such as "c.id". Only white space narrows nothing; words without any letter or digit
// are found nowhere. The first 100 characters of the words count.
func Match(tx *store.Tx, q *bun.SelectQuery, kind, idCol, words string) *bun.SelectQuery {
	if strings.TrimSpace(words) == "" {
		return q
	}
	wanted := runs(words, maxQuery)
	if check(kind) != nil || len(wanted) == 0 {
		return q.Where("1 = 0")
	}
	if tx.Engine() == store.PostgreSQL {
		found := tx.DB().NewSelect().TableExpr("search_text AS found").Column("found.id").Where("found.terms @@ ?", asked(kind, wanted))
		return q.Where("? IN (?)", bun.Ident(idCol), recheck(found, "strpos", wanted))
	}
	index := tx.DB().NewSelect().TableExpr("search_index").Column("rowid").Where("search_index MATCH ?", expression(false, kind, wanted))
	found := recheck(tx.DB().NewSelect().TableExpr("search_text AS found").Column("found.id").Where("found.id IN (?)", index), "instr", wanted)
	if !long(wanted) {
		found = index
	}
	return q.Where("? IN (?)", bun.Ident(idCol), found)
}

// Newest begins a query over table, under the alias, at the records of the kind that have all the words, and
// returns the expression of their identifier: ordered by it downwards, the newest come first and the rest
// is not looked at. That is how a list is searched; words without any letter or digit are found nowhere.
//
// What is looked through is bounded by the stretch.
func Newest(tx *store.Tx, kind, table, alias, words string, in Stretch) (q *bun.SelectQuery, id string) {
	q, id = found(tx, kind, words, in)
	if tx.Engine() == store.PostgreSQL {
		// One record after the other: a merge would read the table from its end until enough are found.
		return q.Join("CROSS JOIN LATERAL (SELECT * FROM ? AS r WHERE r.id = found.id OFFSET 0) AS ?", bun.Ident(table), bun.Ident(alias)), id
	}
	// CROSS JOIN keeps the order: the index gives its rows by number, newest first, and can stop.
	return q.Join("CROSS JOIN ? AS ?", bun.Ident(table), bun.Ident(alias)).Where("?.id = w.rowid", bun.Ident(alias)), id
}

// Stretch is a piece of the records in their order; the zero value is all of them, in no order.
type Stretch struct {
	from int64
	down bool
	most int64
	// sorted has the records with the words sorted before anything else is asked of them.
	sorted bool
}

// Stretches are the pieces in which to look, one after the other until a page is full, for words that more records have than are
// counted: from an identifier (0 for the beginning) downwards or upwards. PostgreSQL's index of words knows no order; it fetches
// and sorts all that have them. A page of frequent words mostly lies in the next two thousand records, and in sixteen thousand
// where as many others came in between. SQLite needs none of this.
func Stretches(tx *store.Tx, id int64, down bool) []Stretch {
	if tx.Engine() == store.SQLite {
		return []Stretch{{}}
	}
	return []Stretch{{id, down, 2_000, false}, {id, down, 16_000, false}, {from: id, down: down, sorted: true}}
}

// bounded is q from where the stretch begins, in its order.
func (s Stretch) bounded(q *bun.SelectQuery) *bun.SelectQuery {
	order := map[bool]string{true: "id DESC", false: "id"}[s.down]
	switch {
	case s.from == 0:
	case s.down:
		q = q.Where("id < ?", s.from)
	default:
		q = q.Where("id > ?", s.from)
	}
	return q.OrderExpr(order)
}

// Count counts the records of the kind that have all the words, up to store.CountLimit+1, whoever may see them.
func Count(tx *store.Tx, kind, words string) (int, error) {
	q, _ := found(tx, kind, words, Stretch{})
	return store.CountUpTo(tx, q)
}

// found selects what has all the words, and returns the expression of its identifier.
func found(tx *store.Tx, kind, words string, in Stretch) (q *bun.SelectQuery, id string) {
	wanted := runs(words, maxQuery)
	if check(kind) != nil || len(wanted) == 0 {
		wanted = []string{"0"}
		defer func() { q = q.Where("1 = 0") }()
	}
	if tx.Engine() == store.PostgreSQL {
		q = tx.DB().NewSelect().TableExpr("search_text AS found")
		if in.most > 0 { // read one after the other until enough have the words
			walk := in.bounded(tx.DB().NewSelect().TableExpr("search_text").Column("id", "body", "terms")).Limit(in.most)
			return recheck(tx.DB().NewSelect().TableExpr("(?) AS found", walk).Where("found.terms @@ ?", asked(kind, wanted)), "strpos", wanted), "found.id"
		}
		q = recheck(q.Column("found.id").Where("found.terms @@ ?", asked(kind, wanted)), "strpos", wanted)
		if in.sorted {
			q = in.bounded(q)
		}
		return tx.DB().NewSelect().TableExpr("(? OFFSET 0) AS found", q), "found.id" // by the words first, whatever follows
	}
	q = tx.DB().NewSelect().TableExpr("search_index AS w")
	if long(wanted) {
		q = recheck(q.Join("CROSS JOIN search_text AS found").Where("found.id = w.rowid"), "instr", wanted)
	}
	return q.Where("w.search_index MATCH ?", expression(false, kind, wanted)), "w.rowid"
}

// asked is the question in PostgreSQL's words. It stays in the text of the statement, which is then planned for
// these words: one plan for all would not know whether they are in half of the records or in none. Terms are
// plain ASCII letters and digits.
func asked(kind string, wanted []string) bun.Safe {
	return bun.Safe("'" + expression(true, kind, wanted) + "'::tsquery")
}

// expression asks the index for all terms of the runs.
func expression(pg bool, kind string, wanted []string) string {
	var terms []string
	for _, w := range wanted {
		run := []rune(w)
		if len(run) > 1 {
			terms = append(terms, pairs(kind, run)...)
			continue
		}
		prefix := "*"
		if pg {
			prefix = ":*"
		}
		terms = append(terms, term(kind, run[0])+prefix)
	}
	if pg {
		return strings.Join(terms, " & ")
	}
	return strings.Join(terms, " AND ")
}

// recheck compares longer runs with the text: having all pairs is not yet having the run.
func recheck(q *bun.SelectQuery, function string, wanted []string) *bun.SelectQuery {
	for _, w := range wanted {
		if longer(w) {
			q = q.Where(function+"(found.body, ?) > 0", w)
		}
	}
	return q
}

// longer reports whether the run has more than the two characters for which the index is exact.
func longer(run string) bool { return len([]rune(run)) > 2 }

func long(wanted []string) bool {
	for _, w := range wanted {
		if longer(w) {
			return true
		}
	}
	return false
}

func check(kind string) error {
	if kind == "" || strings.Trim(kind, "abcdefghijklmnopqrstuvwxyz") != "" {
		return fmt.Errorf("search: kind %q", kind)
	}
	return nil
}
