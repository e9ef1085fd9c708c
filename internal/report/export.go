package report

import (
	"context"
	"iter"
	"net/http"
	"strconv"

	"fadu/internal/access"
	"fadu/internal/indicator"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/web"
)

func (s *Service) exportCSV(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.export(w, r, by, web.CSV)
}

func (s *Service) exportExcel(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.export(w, r, by, web.Excel)
}

// export gives out the records behind a figure. Who took them is in the ledger before the first is sent.
func (s *Service) export(w http.ResponseWriter, r *http.Request, by access.Session, write func(http.ResponseWriter, *http.Request, string, web.Sheet) error) error {
	form := web.QueryForm(r)
	a := askOf(form, r.URL.Query())
	if err := form.Err(); err != nil {
		return err
	}
	d, err := s.definition(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	name, q, err := s.recordExport(r.Context(), by, d, a)
	if err != nil {
		return err
	}
	return write(w, r, name, web.Sheet{Name: d.Name, Head: sheetHead(d), Rows: s.sheetRows(r.Context(), d, q)})
}

// recordExport enters the export in the ledger and returns the file's name and what to read.
func (s *Service) recordExport(ctx context.Context, by access.Session, d indicator.Definition, a ask) (name string, q indicator.Query, err error) {
	if d.Measure != indicator.Rate {
		a.Part = indicator.All
	}
	export, err := by.Require(access.FigureExport)
	if err != nil {
		return "", q, err
	}
	err = s.db.Update(ctx, func(tx *store.Tx) error {
		rd, err := s.reader(tx, by)
		if err != nil {
			return err
		}
		rd.scope = export
		if q, err = rd.query(a); err != nil {
			return err
		}
		f, err := d.Value(tx, q)
		if err != nil {
			return err
		}
		when := periodText(d, q.Period, rd.today)
		name = d.Name + "-" + when
		_, err = ledger.Append(tx, by.Actor(), ledger.Act{
			Kind: KindExported, Subject: "figure/" + d.ID, Unit: int64(by.Unit().ID),
			Data: map[string]any{"figure": d.Name, "value": f.Text(), "period": when, "unit": rd.unitText(a), "only": a.Only, "part": a.Part},
		})
		return err
	})
	return name, q, err
}

func sheetHead(d indicator.Definition) []string {
	head := []string{"日期", "记录", "编号"}
	switch d.Measure {
	case indicator.Yuan:
		return append(head, "金额（元）")
	case indicator.Rate:
		return append(head, "达到")
	}
	return head
}

// sheetRows reads the records piece by piece.
func (s *Service) sheetRows(ctx context.Context, d indicator.Definition, q indicator.Query) iter.Seq2[[]any, error] {
	return store.Walk(ctx, s.db, func(tx *store.Tx, after string) (rows [][]any, end string, more bool, err error) {
		page, err := d.Records(tx, q, after, store.WalkPiece)
		for _, r := range page.Records {
			rows = append(rows, sheetRow(d, r))
		}
		return rows, page.After, page.After != "", err
	})
}

func sheetRow(d indicator.Definition, r indicator.Record) []any {
	row := []any{r.Date, r.Label, strconv.FormatInt(r.Subject, 10)}
	switch d.Measure {
	case indicator.Yuan:
		return append(row, law.Money(r.N))
	case indicator.Rate:
		return append(row, r.N > 0)
	}
	return row
}
