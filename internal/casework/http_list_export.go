package casework

import (
	"net/http"

	"fadu/internal/access"
	"fadu/internal/law"
	"fadu/internal/web"
)

// exportList answers with the filtered cases as Excel; the export is in the ledger before the first row.
func (s *Service) exportList(w http.ResponseWriter, r *http.Request, by access.Session) error {
	form := web.QueryForm(r)
	f, err := s.filterOf(form, by)
	if err != nil {
		return err
	}
	rows := func(yield func(exportedCase) error) error { return s.exportWith(r.Context(), by, f, yield) }
	return web.Excel(w, r, "案件-"+law.DateOf(s.DB.Now()).String()+".xlsx", caseSheet(exported(colsOf(form)), rows))
}

// caseSheet is the sheet of the cases that rows walks.
func caseSheet(cols []exportColumn, rows func(yield func(exportedCase) error) error) web.Sheet {
	sheet := web.Sheet{Name: "案件"}
	for _, c := range cols {
		sheet.Head, sheet.Widths = append(sheet.Head, c.head), append(sheet.Widths, c.width)
	}
	sheet.Rows = web.Lines(rows, func(r exportedCase) []any {
		cells := make([]any, len(cols))
		for i, c := range cols {
			cells[i] = c.cell(r.Row, r.beside)
		}
		return cells
	})
	return sheet
}
