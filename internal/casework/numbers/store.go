package numbers

import (
	"fmt"
	"strings"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/ledger"
	"fadu/internal/org"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// Filter chooses the lines of the register. Year is needed; other zero fields do not narrow.
type Filter struct {
	Year  int64
	State State
	Unit  access.UnitID
	// Words are in the number, the party, the place or the matter.
	Words string
}

func (f Filter) key() string { return fmt.Sprintf("numbers %+v", f) }

// Note is an explanation that no act gave.
type Note struct {
	bun.BaseModel `bun:"table:number_note,alias:nn"`

	ID         int64  `bun:"id,pk"`
	Entry      int64  `bun:"entry_id"`
	Series     int64  `bun:"series_id"`
	Prefix     string `bun:"prefix"`
	Year       int64  `bun:"year"`
	Number     int64  `bun:"number"`
	Why        string `bun:"why"`
	Person     int64  `bun:"person_id"`
	RecordedAt int64  `bun:"recorded_at"`
}

// issued are the numbers of a year: those of papers, those that were voided, and what a block of an earlier year has left.
const issued = `(
SELECT ns.prefix, p.number AS first_no, p.number AS last_no, ns.id AS series_id, p.id AS paper_id, p.case_id, p.doc_no, p.state AS paper_state,
  p.created_at, p.ended_at, p.entry_id, p.ended_why AS reason, p.unit_id, p.u1, p.u2, p.u3, p.u4, p.u5
FROM number_series AS ns CROSS JOIN paper AS p WHERE p.series_id = ns.id AND ns.paper_kind = ? AND ns.year = ?
UNION ALL
SELECT nv.prefix, nv.first_no, nv.last_no, ns.id, 0, 0, '', 'none', 0, 0, nv.entry_id, nv.reason, ns.unit_id, ns.u1, ns.u2, ns.u3, ns.u4, ns.u5
FROM number_series AS ns CROSS JOIN number_void AS nv WHERE nv.series_id = ns.id AND ns.paper_kind = ? AND ns.year = ?
UNION ALL
SELECT ns.prefix, ns.next_no, ns.last_no, ns.id, 0, 0, '', 'rest', 0, 0, 0, '', ns.unit_id, ns.u1, ns.u2, ns.u3, ns.u4, ns.u5
FROM number_series AS ns WHERE ns.paper_kind = ? AND ns.year = ? AND ns.year < ? AND ns.closed = 0 AND ns.next_no <= ns.last_no
) AS n`

// stateOf says what became of a number. Who sent an application back or declined it did so in the very moment in which its
// paper was voided; what nobody voided could not be drawn up.
const stateOf = `CASE WHEN n.paper_state = 'none' THEN 'void' WHEN n.paper_state = 'rest' THEN 'unused'
WHEN n.paper_state = 'void' THEN COALESCE((SELECT MAX(x.act) FROM case_act AS x WHERE x.case_id = n.case_id AND x.recorded_at = n.ended_at AND x.act IN ('return_filing', 'decline_filing')), 'failed')
WHEN c.case_no <> n.doc_no THEN CASE WHEN c.state = 'filing_asked' THEN 'asked' ELSE 'left' END
WHEN c.state IN ('withdrawn', 'merged') THEN c.state WHEN c.closed_at <> 0 THEN 'closed' ELSE 'open' END`

const noted = `EXISTS (SELECT 1 FROM number_note AS nn WHERE nn.prefix = r.prefix AND nn.year = ? AND nn.number = r.first_no)`

// orBlank selects columns of the case, blank for a number without one.
func orBlank(columns ...string) string {
	for i, c := range columns {
		columns[i] = "COALESCE(c." + c + ", '') AS " + c
	}
	return strings.Join(columns, ", ")
}

// lines selects the register's lines inside the scope, as r.
func (f Filter) lines(tx *store.Tx, scope access.Scope) *bun.SelectQuery {
	year := int64(tx.Today().Year())
	in := tx.DB().NewSelect().TableExpr(issued, paperKind, f.Year, paperKind, f.Year, paperKind, f.Year, year).Join("LEFT JOIN penalty_case AS c ON c.id = n.case_id").
		ColumnExpr("n.prefix, n.first_no, n.last_no, n.series_id, n.paper_id, n.case_id, n.doc_no, n.created_at, n.ended_at, n.entry_id, n.reason, n.unit_id, n.u1, n.u2, n.u3, n.u4, n.u5").
		ColumnExpr(orBlank("party_kind", "party_name", "party_id_kind", "party_id_number", "party_address", "party_phone", "party_legal_rep", "party_guardian", "power_name", "summary", "place")).
		ColumnExpr(stateOf + " AS state")
	q := scope.Where(tx.DB().NewSelect().TableExpr("(?) AS r", in), "r")
	if f.Unit != 0 {
		q = q.Where("? IN (r.unit_id, r.u1, r.u2, r.u3, r.u4, r.u5)", f.Unit)
	}
	switch f.State {
	case "":
	case Gap:
		q = q.Where("r.state NOT IN (?, ?, ?)", Asked, Open, Closed)
	case Unexplained:
		q = q.Where("r.state IN (?, ?)", Failed, Unused).Where("NOT "+noted, f.Year)
	default:
		q = q.Where("r.state = ?", f.State)
	}
	if w := strings.TrimSpace(f.Words); w != "" {
		like := "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(w) + "%"
		q = q.Where(`(r.doc_no LIKE ? ESCAPE '\' OR r.party_name LIKE ? ESCAPE '\' OR r.place LIKE ? ESCAPE '\' OR r.power_name LIKE ? ESCAPE '\' OR r.summary LIKE ? ESCAPE '\')`, like, like, like, like, like)
	}
	return q
}

// page reads lines in the order of the numbers, from the cursor on.
func (f Filter) page(tx *store.Tx, scope access.Scope, cur store.Cursor, ok bool, limit int64) (rows []Number, err error) {
	q := f.lines(tx, scope).ColumnExpr("r.*")
	return rows, store.Keyset(q, "r.prefix", "r.first_no", false, false, cur, ok).Limit(limit).Scan(tx.Ctx, &rows)
}

func place(n Number) store.Cursor { return store.Cursor{Sort: n.Prefix, ID: n.First} }

// tally counts the numbers of the filter by state.
func (f Filter) tally(tx *store.Tx, scope access.Scope) (Tally, error) {
	var counts []struct {
		State State `bun:"state"`
		N     int64 `bun:"n"`
	}
	out := Tally{}
	f.State = ""
	if err := f.lines(tx, scope).ColumnExpr("r.state AS state, CAST(SUM(r.last_no - r.first_no + 1) AS BIGINT) AS n").GroupExpr("r.state").Scan(tx.Ctx, &counts); err != nil {
		return nil, err
	}
	for _, c := range counts {
		out[c.State] = c.N
	}
	var open int64
	f.State = Unexplained
	err := f.lines(tx, scope).ColumnExpr("CAST(COALESCE(SUM(r.last_no - r.first_no + 1), 0) AS BIGINT)").Scan(tx.Ctx, &open)
	out[Unexplained] = open
	return out, err
}

// years are those in which numbers were issued, the newest first.
func years(tx *store.Tx) (out []int64, err error) {
	return out, tx.DB().NewSelect().TableExpr("number_series AS ns").ColumnExpr("DISTINCT ns.year").Where("ns.paper_kind = ?", paperKind).OrderExpr("ns.year DESC").Limit(20).Scan(tx.Ctx, &out)
}

// complete adds to the lines what other rows say: who applied, the unit's name, the cases split off, and why a number was
// not used.
func complete(tx *store.Tx, units map[access.UnitID]string, year int64, rows []Number) error {
	var cases []casework.CaseID
	var entries []ledger.EntryID
	for i, n := range rows {
		rows[i].Year, rows[i].Unit = year, units[n.UnitID]
		if n.Case != 0 {
			cases = append(cases, n.Case)
		}
		if n.State == Void {
			entries = append(entries, ledger.EntryID(n.Entry))
		}
	}
	acts, err := actsOf(tx, cases)
	if err != nil {
		return err
	}
	notes, err := notesOf(tx, year, rows)
	if err != nil {
		return err
	}
	voided, err := ledger.ByID(tx, entries)
	if err != nil {
		return err
	}
	names, err := people(tx, acts, notes)
	if err != nil {
		return err
	}
	for i := range rows {
		n := &rows[i]
		for _, a := range acts[n.Case] {
			if a.Act == "ask_filing" && a.Paper == n.Paper {
				n.Applicant = names[org.PersonID(a.Person)]
			}
			if n.endedBy(a) {
				n.Why = []Explanation{{names[org.PersonID(a.Person)], store.FromMicros(a.RecordedAt), a.Note}}
			}
		}
		if e, ok := voided[ledger.EntryID(n.Entry)]; ok {
			n.Why = append(n.Why, Explanation{e.Actor, e.Time(), n.Reason})
		}
		for _, x := range notes[[2]any{n.Prefix, n.First}] {
			n.Why = append(n.Why, Explanation{names[org.PersonID(x.Person)], store.FromMicros(x.RecordedAt), x.Why})
		}
	}
	return parts(tx, rows, cases)
}

// endedBy reports whether the act is why no case is handled under the number.
func (n *Number) endedBy(a casework.CaseAct) bool {
	switch n.State {
	case Returned, Declined:
		return a.Act == string(n.State) && a.RecordedAt == n.Ended
	case Left:
		return a.Act == "transfer_out"
	case Withdrawn:
		return a.Act == "withdraw_filing"
	case Merged:
		return a.Act == "merge"
	}
	return false
}

var telling = []string{"ask_filing", "return_filing", "decline_filing", "transfer_out", "withdraw_filing", "merge"}

func actsOf(tx *store.Tx, cases []casework.CaseID) (map[casework.CaseID][]casework.CaseAct, error) {
	out := map[casework.CaseID][]casework.CaseAct{}
	if len(cases) == 0 {
		return out, nil
	}
	var all []casework.CaseAct
	err := tx.DB().NewSelect().Model(&all).Where("ca.case_id IN (?)", bun.List(cases)).Where("ca.act IN (?)", bun.List(telling)).Order("ca.id").Scan(tx.Ctx)
	for _, a := range all {
		out[a.Case] = append(out[a.Case], a)
	}
	return out, err
}

func notesOf(tx *store.Tx, year int64, rows []Number) (map[[2]any][]Note, error) {
	out := map[[2]any][]Note{}
	gaps := []int64{0}
	for _, n := range rows {
		if n.State.IsGap() {
			gaps = append(gaps, n.First)
		}
	}
	var all []Note
	err := tx.DB().NewSelect().Model(&all).Where("nn.year = ?", year).Where("nn.number IN (?)", bun.List(gaps)).Order("nn.id").Scan(tx.Ctx)
	for _, x := range all {
		at := [2]any{x.Prefix, x.Number}
		out[at] = append(out[at], x)
	}
	return out, err
}

func people(tx *store.Tx, acts map[casework.CaseID][]casework.CaseAct, notes map[[2]any][]Note) (map[org.PersonID]string, error) {
	var ids []org.PersonID
	for _, as := range acts {
		for _, a := range as {
			ids = append(ids, org.PersonID(a.Person))
		}
	}
	for _, xs := range notes {
		for _, x := range xs {
			ids = append(ids, org.PersonID(x.Person))
		}
	}
	return org.PeopleNames(tx, ids)
}

// parts adds the numbers of the cases that were split from those of the lines.
func parts(tx *store.Tx, rows []Number, cases []casework.CaseID) error {
	if len(cases) == 0 {
		return nil
	}
	var split []struct {
		From casework.CaseID `bun:"case_id"`
		No   string          `bun:"case_no"`
	}
	err := tx.DB().NewSelect().TableExpr("case_link AS cl").Join("JOIN penalty_case AS c ON c.id = cl.other_id").ColumnExpr("cl.case_id, c.case_no").
		Where("cl.kind = 'split'").Where("cl.case_id IN (?)", bun.List(cases)).Order("cl.id").Scan(tx.Ctx, &split)
	for _, x := range split {
		for i := range rows {
			if rows[i].Case == x.From && !rows[i].State.IsGap() {
				rows[i].Parts = append(rows[i].Parts, x.No)
			}
		}
	}
	return err
}
