package casework

import (
	"errors"
	"net/http"

	"fadu/internal/access"
	"fadu/internal/law"
	"fadu/internal/web"
)

// exportColumns are the columns of the Excel export.
var exportColumns = []struct {
	head  string
	width float64
	cell  func(Row) any
}{
	{"决定书文号", 28, func(r Row) any { return r.DocNo }},
	{"环节", 12, func(r Row) any { return r.StateLabel() }},
	{"承办单位", 20, func(r Row) any { return r.UnitName }},
	{"发现时间", 18, func(r Row) any { return r.Found() }},
	{"地点", 30, func(r Row) any { return r.Place }},
	{"当事人", 24, func(r Row) any { return r.PartyName }},
	{"当事人类型", 14, func(r Row) any { return partyLabels[r.PartyKind] }},
	{"证件号码", 22, func(r Row) any { return r.IDNumber }},
	{"案由", 30, func(r Row) any { return r.PowerName }},
	{"案由编码", 12, func(r Row) any { return r.AppliedCode }},
	{"违法行为日", 14, func(r Row) any { return r.ActFrom }},
	{"处罚种类", 12, func(r Row) any { return r.Kinds }},
	{"罚款（元）", 12, func(r Row) any { return r.Amount }},
	{"裁量阶次", 12, func(r Row) any { return r.Tier }},
	{"决定日", 14, func(r Row) any { return r.DecidedOn }},
	{"交付时间", 18, func(r Row) any {
		if r.DeliveredAt == 0 {
			return nil
		}
		return r.Delivered()
	}},
	{"结果", 14, func(r Row) any { return endingLabels[r.Ending] }},
}

// errEnough stops an export whose reader went away.
var errEnough = errors.New("enough")

// exportList answers with the filtered cases as Excel; the export is in the ledger before the first row.
func (s *Service) exportList(w http.ResponseWriter, r *http.Request, by access.Session) error {
	f, err := s.filterOf(web.QueryForm(r), by)
	if err != nil {
		return err
	}
	rows := func(yield func(Row) error) error { return s.Export(r.Context(), by, f, yield) }
	return web.Excel(w, r, "案件-"+law.DateOf(s.DB.Now()).String()+".xlsx", caseSheet(rows))
}

// caseSheet is the sheet of the cases that rows walks.
func caseSheet(rows func(yield func(Row) error) error) web.Sheet {
	sheet := web.Sheet{Name: "案件"}
	for _, c := range exportColumns {
		sheet.Head, sheet.Widths = append(sheet.Head, c.head), append(sheet.Widths, c.width)
	}
	sheet.Rows = func(yield func([]any, error) bool) {
		err := rows(func(row Row) error {
			cells := make([]any, len(exportColumns))
			for i, c := range exportColumns {
				cells[i] = c.cell(row)
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
