package casework

import (
	"errors"
	"net/http"

	"fadu/internal/access"
	"fadu/internal/law"
	"fadu/internal/web"
)

// errEnough stops an export whose reader went away.
var errEnough = errors.New("enough")

// exportList answers with the filtered cases as Excel; the export is in the ledger before the first row.
func (s *Service) exportList(w http.ResponseWriter, r *http.Request, by access.Session) error {
	form := web.QueryForm(r)
	f, err := s.filterOf(form, by)
	if err != nil {
		return err
	}
	rows := func(yield func(Row, besides) error) error { return s.exportWith(r.Context(), by, f, yield) }
	return web.Excel(w, r, "案件-"+law.DateOf(s.DB.Now()).String()+".xlsx", caseSheet(exported(colsOf(form)), rows))
}

// caseSheet is the sheet of the cases that rows walks.
func caseSheet(cols []exportColumn, rows func(yield func(Row, besides) error) error) web.Sheet {
	sheet := web.Sheet{Name: "案件"}
	for _, c := range cols {
		sheet.Head, sheet.Widths = append(sheet.Head, c.head), append(sheet.Widths, c.width)
	}
	sheet.Rows = func(yield func([]any, error) bool) {
		err := rows(func(row Row, beside besides) error {
			cells := make([]any, len(cols))
			for i, c := range cols {
				cells[i] = c.cell(row, beside)
			}
			if !yield(cells, nil) {
				return errEnough
			}
			return nil
		})
		if err != nil && !errors.Is(err, errEnough) {
			yield(nil, err)
		}
	}
	return sheet
}
