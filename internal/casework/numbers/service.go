package numbers

import (
	"context"
	"slices"
	"strings"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/web"
)

// Service is the only way into the register, for pages and calls alike.
type Service struct{ cases *casework.Service }

// New returns the register of the kernel's cases.
func New(cases *casework.Service) *Service { return &Service{cases} }

// Page is a page of the register.
type Page struct {
	Rows       []Number
	Tally      Tally
	Prev, Next string
	// Years are those with numbers, the newest first, and this year; Units those of the scope.
	Years []int64
	Units []access.Unit
}

// List returns a page of the register inside the scope of case.read, in the order of the numbers. A zero year is this
// year.
func (s *Service) List(ctx context.Context, by access.Session, f Filter, after string) (out Page, err error) {
	scope, err := by.Require(access.CaseRead)
	if err != nil {
		return out, err
	}
	f = s.thisYear(f)
	cur, ok, err := store.DecodeCursor(after, f.key())
	if err != nil {
		return out, err
	}
	err = s.cases.DB.View(ctx, func(tx *store.Tx) error {
		out = Page{}
		rows, err := f.page(tx, scope, cur, ok, store.PageLimit(tx.Ctx))
		if err != nil {
			return err
		}
		out.Rows, out.Prev, out.Next = store.PageOf(ctx, rows, cur, ok, f.key(), place)
		if out.Tally, err = f.tally(tx, scope); err != nil {
			return err
		}
		if out.Years, err = years(tx); err != nil {
			return err
		}
		if !slices.Contains(out.Years, int64(tx.Today().Year())) {
			out.Years = append([]int64{int64(tx.Today().Year())}, out.Years...)
		}
		units, err := s.cases.Units.Units(tx)
		if err != nil {
			return err
		}
		for _, u := range units {
			if scope.Covers(u) {
				out.Units = append(out.Units, u)
			}
		}
		return complete(tx, unitNames(units), f.Year, out.Rows)
	})
	hide(by, out.Rows)
	return out, err
}

func (s *Service) thisYear(f Filter) Filter {
	if f.Year == 0 {
		f.Year = int64(s.cases.DB.Now().Year())
	}
	return f
}

func unitNames(units []access.Unit) map[access.UnitID]string {
	out := map[access.UnitID]string{}
	for _, u := range units {
		out[u.ID] = u.Name
	}
	return out
}

// hide leaves of the parties what the session may see.
func hide(by access.Session, rows []Number) {
	for i := range rows {
		n := &rows[i]
		veil := n.Veil(by)
		n.Party = n.ShownTo(by)
		n.Lead, n.Place, n.Reason = veil(n.Lead), veil(n.Place), veil(n.Reason)
		for j := range n.Why {
			n.Why[j].What = veil(n.Why[j].What)
		}
	}
}

// printMost bounds one print of a year's register, which is laid out as a whole; exportPiece is how many lines of a sheet
// are read at once: each reading goes through the numbers of the year.
const (
	printMost   = 20_000
	exportPiece = 5_000
)

// Export calls yield for every line of the register that the filter chooses. Filter and length enter the ledger before
// anything is given out.
func (s *Service) Export(ctx context.Context, by access.Session, f Filter, yield func(Number) error) error {
	scope, err := by.Require(access.CaseExport)
	if err != nil {
		return err
	}
	f = s.thisYear(f)
	err = s.cases.DB.Update(ctx, func(tx *store.Tx) error {
		n, err := f.lines(tx, scope).Count(tx.Ctx)
		if err != nil {
			return err
		}
		return exported(tx, by, f, "xlsx", n)
	})
	if err != nil {
		return err
	}
	return store.Each(store.Walk(ctx, s.cases.DB, func(tx *store.Tx, after store.Cursor) (rows []Number, end store.Cursor, more bool, err error) {
		if rows, err = f.page(tx, scope, after, after != store.Cursor{}, exportPiece); err != nil || len(rows) == 0 {
			return nil, after, false, err
		}
		end = place(rows[len(rows)-1])
		return rows, end, len(rows) == exportPiece, s.finish(tx, by, f, rows)
	}), yield)
}

// Print returns the register that the filter chooses, for a print.
func (s *Service) Print(ctx context.Context, by access.Session, f Filter) (rows []Number, tally Tally, err error) {
	scope, err := by.Require(access.CaseExport)
	if err != nil {
		return nil, nil, err
	}
	f = s.thisYear(f)
	err = s.cases.DB.Update(ctx, func(tx *store.Tx) error {
		if rows, err = f.page(tx, scope, store.Cursor{}, false, printMost+1); err != nil {
			return err
		}
		if len(rows) > printMost {
			return fault.New(fault.Invalid, "一次最多打印 %d 行，请按单位或状态分次打印，或者导出 Excel", printMost)
		}
		if err := s.finish(tx, by, f, rows); err != nil {
			return err
		}
		if tally, err = f.tally(tx, scope); err != nil {
			return err
		}
		return exported(tx, by, f, "pdf", int64(len(rows)))
	})
	return rows, tally, err
}

// finish completes lines and hides what the session may not see.
func (s *Service) finish(tx *store.Tx, by access.Session, f Filter, rows []Number) error {
	units, err := s.cases.Units.Units(tx)
	if err != nil {
		return err
	}
	if err := complete(tx, unitNames(units), f.Year, rows); err != nil {
		return err
	}
	hide(by, rows)
	return nil
}

// exported enters that the register leaves.
func exported(tx *store.Tx, by access.Session, f Filter, form string, rows int64) error {
	f.Words = web.MaskText(f.Words)
	_, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: "casework.numbers_exported", Subject: "numbers", Unit: int64(by.Unit().ID), Data: map[string]any{"form": form, "filter": f, "rows": rows}})
	return err
}

// ExplainInput says why a number was not used.
type ExplainInput struct {
	Prefix string `json:"prefix" doc:"字样，例如 演城管立字"`
	Year   int64  `json:"year"`
	Number int64  `json:"number" doc:"空缺的号；一段没有用的号填第一个"`
	Why    string `json:"why" doc:"为什么没有用"`
}

// Explain records why a number of a block in the scope of series.manage was not used. Explanations are only added.
func (s *Service) Explain(ctx context.Context, by access.Session, in ExplainInput) error {
	scope, err := by.Require(access.SeriesManage)
	if err != nil {
		return err
	}
	in.Why = strings.TrimSpace(in.Why)
	_, _, err = s.cases.DB.Once(ctx, by.Once("casework.number_explained", in), func(tx *store.Tx) (string, error) {
		if in.Why == "" {
			var fs fault.Fields
			fs.Add("why", "请写明这个号为什么没有用")
			return "", fs.Err()
		}
		n, err := find(tx, scope, in)
		if err != nil {
			return "", err
		}
		entry, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: "casework.number_explained", Subject: subject(n.Series), Unit: int64(n.UnitID), Data: map[string]any{"number": n.Name(), "why": in.Why}})
		if err != nil {
			return "", err
		}
		_, err = tx.DB().NewInsert().Model(&Note{
			ID: store.NewID(), Entry: int64(entry), Series: n.Series, Prefix: n.Prefix, Year: n.Year, Number: n.First, Why: in.Why, Person: by.Person(), RecordedAt: store.Micros(tx.Now),
		}).Exec(tx.Ctx)
		return "/w/numbers", err
	})
	return err
}

// Gap returns the number that an explanation would be about.
func (s *Service) Gap(ctx context.Context, by access.Session, in ExplainInput) (n Number, err error) {
	scope, err := by.Require(access.SeriesManage)
	if err != nil {
		return n, err
	}
	err = s.cases.DB.View(ctx, func(tx *store.Tx) error {
		n, err = find(tx, scope, in)
		return err
	})
	return n, err
}

func subject(series int64) string { return "series/" + casework.PaperID(series).String() }

// find returns the gap that an explanation is about.
func find(tx *store.Tx, scope access.Scope, in ExplainInput) (n Number, err error) {
	var rows []Number
	err = Filter{Year: in.Year}.lines(tx, scope).ColumnExpr("r.*").Where("r.prefix = ?", in.Prefix).Where("r.first_no = ?", in.Number).Limit(1).Scan(tx.Ctx, &rows)
	switch {
	case err != nil:
		return n, err
	case len(rows) == 0:
		return n, fault.Missing("这个号")
	case !rows[0].State.IsGap():
		return n, fault.New(fault.Conflict, "%s没有空缺：%s", rows[0].Name(), rows[0].State.Label())
	}
	rows[0].Year = in.Year
	return rows[0], nil
}
