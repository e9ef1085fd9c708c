package casework

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fadu/internal/access"
	"fadu/internal/law"
	"fadu/internal/law/identity"
	"fadu/internal/ledger"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// ofParty selects the cases of the party of a case in the scope; the case alone when nobody's identity is established.
func ofParty(tx *store.Tx, scope access.Scope, c *Case) *bun.SelectQuery {
	q := tx.DB().NewSelect().TableExpr("penalty_case AS c")
	if c.PartyKey == "" {
		q = q.Where("c.id = ?", c.ID)
	} else {
		q = q.Where("c.party_key = ?", c.PartyKey)
	}
	return scope.Beside(tx, q, "c")
}

// PartyOf returns what the bureau has of the party of a case: its cases in the session's scope, page by page, sums, and for who
// handles cases what 首违 is judged by. It is entered in the ledger that the session looked.
func (s *Service) PartyOf(ctx context.Context, by access.Session, id CaseID, after string) (PartyCases, error) {
	out := PartyCases{By: id}
	scope, err := by.Require(access.CaseRead)
	if err != nil {
		return out, err
	}
	cur, ok, err := store.DecodeCursor(after, "party/"+id.String())
	if err != nil {
		return out, err
	}
	var unit access.UnitID
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		c, err := load(tx, scope, id)
		if err != nil {
			return err
		}
		unit, out.Party, out.Known = c.UnitID, c.Party, c.PartyKey != ""
		if out.Sums, err = partySums(tx, scope, c); err != nil {
			return err
		}
		if out.Page, err = s.partyPage(tx, scope, c, cur, ok); err != nil {
			return err
		}
		if out.Owing, err = owingOf(tx, out.Page.Rows); err != nil || !by.Can(access.CaseHandle) || !out.Known {
			return err
		}
		out.History, err = s.historyOf(tx, scope, c)
		return err
	})
	if err != nil {
		return out, err
	}
	if err := s.saw(ctx, by, "casework.party_read", "party/"+id.String(), unit); err != nil {
		return out, err
	}
	out.Party = out.Party.shownTo(by)
	for i := range out.Page.Rows {
		out.Page.Rows[i].hide(by)
	}
	return out, nil
}

func partySums(tx *store.Tx, scope access.Scope, c *Case) (out PartySums, err error) {
	const punished = "c.delivered_at <> 0 AND c.state <> 'revoked' AND c.penalty_kinds <> ''"
	err = ofParty(tx, scope, c).Join("LEFT JOIN case_balance AS cb ON cb.case_id = c.id").
		ColumnExpr("COUNT(*) AS cases").
		ColumnExpr("CAST(COALESCE(SUM(CASE WHEN c.closed_at = 0 AND c.state IN (?) THEN 1 ELSE 0 END), 0) AS BIGINT) AS open_cases", bun.List(openStates)).
		ColumnExpr("CAST(COALESCE(SUM(CASE WHEN "+punished+" THEN 1 ELSE 0 END), 0) AS BIGINT) AS punished").
		ColumnExpr("CAST(COALESCE(SUM(CASE WHEN "+punished+" THEN c.amount ELSE 0 END), 0) AS BIGINT) AS fined").
		ColumnExpr("CAST(COALESCE(SUM(cb.owing), 0) AS BIGINT) AS owing").Scan(tx.Ctx, &out)
	return out, err
}

func (s *Service) partyPage(tx *store.Tx, scope access.Scope, c *Case, cur store.Cursor, ok bool) (page Page, err error) {
	q := ofParty(tx, scope, c).Limit(store.PageLimit(tx.Ctx))
	for _, name := range listColumns {
		q = q.ColumnExpr("c." + name)
	}
	var cases []Case
	if err := store.Keyset(q, "c.found_at", "c.id", true, true, cur, ok).Scan(tx.Ctx, &cases); err != nil {
		return page, err
	}
	cases, page.Prev, page.Next = store.PageOf(tx.Ctx, cases, cur, ok, "party/"+c.ID.String(), func(c Case) store.Cursor {
		return store.Cursor{Sort: strconv.FormatInt(c.FoundAt, 10), ID: int64(c.ID)}
	})
	page.Rows, err = s.rows(tx, cases)
	return page, err
}

// owingOf is what of the fines of these cases is not paid.
func owingOf(tx *store.Tx, rows []Row) (map[CaseID]law.Money, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	ids := mapped(rows, func(r Row) CaseID { return r.ID })
	var open []balance
	if err := tx.DB().NewSelect().Model(&open).Where("case_id IN (?)", bun.List(ids)).Scan(tx.Ctx); err != nil {
		return nil, err
	}
	out := map[CaseID]law.Money{}
	for _, b := range open {
		out[b.Case] = b.Owing
	}
	return out, nil
}

// historyOf looks two years back in the whole city (practice: 首违 is a matter of the whole city).
func (s *Service) historyOf(tx *store.Tx, scope access.Scope, c *Case) (*PartyHistory, error) {
	since := tx.Today().AddMonths(-24)
	all, err := earlier(tx, c.PartyKey, 0, store.Micros(since.Start()))
	if err != nil {
		return nil, err
	}
	units, err := s.Units.Units(tx)
	if err != nil {
		return nil, err
	}
	lineage := map[string][]string{}
	for _, e := range all {
		if e.PowerCode != "" {
			if lineage[e.PowerCode], err = s.Powers.Lineage(tx, e.PowerCode); err != nil {
				return nil, err
			}
		}
	}
	return partyHistory(all, since, lineage, func(e EarlierCase) bool {
		return slices.ContainsFunc(units, func(u access.Unit) bool { return int64(u.ID) == e.Unit && scope.Covers(u) })
	}), nil
}

// PartyFound is a party that a search found.
type PartyFound struct {
	// By is its newest case among those found, Count how many they are.
	By    CaseID
	Party Party
	Known bool
	Count int
	Last  law.Date
}

// partiesLooked is how many of the newest cases with the words a search for parties goes through.
const partiesLooked = 200

// FindParties finds parties in the session's scope by name, identity number or credit code, those with the newest case first.
// all tells that every case with the words was looked at.
func (s *Service) FindParties(ctx context.Context, by access.Session, words string) (out []PartyFound, all bool, err error) {
	scope, err := by.Require(access.CaseRead)
	words = strings.TrimSpace(words)
	if err != nil || words == "" {
		return nil, true, err
	}
	var cases []Case
	err = s.DB.View(store.WithPageSize(ctx, partiesLooked), func(tx *store.Tx) error {
		number := identity.Normalise(words)
		q := tx.DB().NewSelect().Model(&cases).Where("c.party_key IN (?)", bun.List([]string{number, "passport:" + number, "other:" + number}))
		if err := scope.Beside(tx, q, "c").Order("c.found_at DESC", "c.id DESC").Limit(partiesLooked + 1).Scan(tx.Ctx); err != nil || len(cases) > 0 {
			return err
		}
		page, err := s.list(tx, scope, Filter{Words: words}, store.Cursor{}, false, func() (int, error) { return s.count(tx, scope, Filter{Words: words}) }, listColumns...)
		cases = mapped(page.Rows, func(r Row) Case { return r.Case })
		all = page.Next == ""
		return err
	})
	if err != nil {
		return nil, false, err
	}
	return partiesIn(by, cases, strings.Fields(words)), all || len(cases) <= partiesLooked, nil
}

// partiesIn are the parties of the cases that have one of the words in name or number.
func partiesIn(by access.Session, cases []Case, words []string) (out []PartyFound) {
	at := map[string]int{}
	for _, c := range cases {
		named := slices.ContainsFunc(words, func(w string) bool {
			return strings.Contains(c.PartyName, w) || strings.Contains(c.PartyKey, identity.Normalise(w))
		})
		if c.PartyKind == "" || !named {
			continue
		}
		key := c.PartyKey
		if key == "" {
			key = "case/" + c.ID.String()
		}
		i, ok := at[key]
		if !ok {
			i = len(out)
			at[key] = i
			out = append(out, PartyFound{By: c.ID, Party: c.shownTo(by), Known: c.PartyKey != "", Last: law.DateOf(c.Found())})
		}
		out[i].Count++
	}
	return out
}

// ExportParty calls yield for the cases of a case's party in the session's scope, newest first, with personal data as the
// session may see it. It is entered in the ledger before anything is given out.
func (s *Service) ExportParty(ctx context.Context, by access.Session, id CaseID, yield func(Row) error) error {
	return s.exportPartyWith(ctx, by, id, func(r exportedCase) error { return yield(r.Row) })
}

func (s *Service) exportPartyWith(ctx context.Context, by access.Session, id CaseID, yield func(exportedCase) error) error {
	scope, err := by.Require(access.CaseExport)
	if err != nil {
		return err
	}
	var c *Case
	err = s.DB.Update(ctx, func(tx *store.Tx) error {
		if c, err = load(tx, scope, id); err != nil {
			return err
		}
		n, err := ofParty(tx, scope, c).Count(tx.Ctx)
		if err != nil {
			return err
		}
		_, err = ledger.Append(tx, by.Actor(), ledger.Act{Kind: "casework.exported", Subject: "party/" + id.String(), Unit: int64(by.Unit().ID), Data: map[string]any{"cases": n}})
		return err
	})
	if err != nil {
		return err
	}
	rows := store.Walk(ctx, s.DB, func(tx *store.Tx, after store.Cursor) (out []exportedCase, end store.Cursor, more bool, err error) {
		var cases []Case
		end, more, err = store.Piece(tx, &cases, after, func(cur store.Cursor, ok bool) *bun.SelectQuery {
			return store.Keyset(ofParty(tx, scope, c).ColumnExpr("c.*"), "c.found_at", "c.id", true, true, cur, ok)
		}, func(c Case) store.Cursor { return store.Cursor{Sort: fmt.Sprint(c.FoundAt), ID: int64(c.ID)} })
		if err == nil {
			out, err = s.besideRows(tx, cases)
		}
		return out, end, more, err
	})
	return store.Each(rows, func(r exportedCase) error {
		r.hide(by)
		return yield(r)
	})
}
