package holiday

import (
	"net/http"
	"strconv"

	"fadu/internal/access"
	"fadu/internal/draft"
	"fadu/internal/fault"
	"fadu/internal/holiday/pages"
	"fadu/internal/law"
	"fadu/internal/law/calendar"
	"fadu/internal/store"
	"fadu/internal/web"
)

// Path is where the pages stand.
const Path = pages.Nav

// Routes are the pages of this slice.
func (s *Service) Routes() []access.Route {
	out := []access.Route{
		{Pattern: "GET " + Path, Allow: access.SettingManage, Handle: s.listYears},
		{Pattern: "GET " + Path + "/years/{year}", Allow: access.SettingManage, Handle: s.showYear},
		{Pattern: "GET " + Path + "/preview/{id}", Allow: access.SettingManage, Handle: s.preview},
	}
	return append(out, s.drafts.Routes(draft.Site{Base: Path + "/import", Current: Path, Title: "载入放假安排", Allow: access.SettingManage, Up: []web.Link{{Label: "工作日历", Href: Path}}})...)
}

func (s *Service) listYears(w http.ResponseWriter, r *http.Request, _ access.Session) error {
	v := pages.YearsView{Import: Path + "/import", Faults: s.Faults()}
	cal := s.live.Still()
	err := s.db.View(r.Context(), func(tx *store.Tx) error {
		years := cal.Years()
		for i := len(years) - 1; i >= 0; i-- {
			own, err := loadedBatches(tx, years[i])
			if err != nil {
				return err
			}
			v.Years = append(v.Years, yearRow(cal, s.base, years[i], len(own) > 0))
		}
		today := tx.Today()
		if next := today.Year() + 1; len(years) == 0 || years[len(years)-1] < next {
			v.Missing = missing(today, years)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, pages.Years(v))
}

// missing says which year is lacking and what that does.
func missing(today law.Date, years []int) string {
	year := today.Year()
	for _, y := range years {
		if y == year {
			year++
		}
	}
	return "待载入" + strconv.Itoa(year) + "年放假安排。载入前，跨到这一年的期限按尽可能早的日子显示并提示，案件照办；国务院办公厅的通知一般在上一年十一月印发"
}

func yearRow(cal, base *calendar.Calendar, year int, own bool) pages.YearRow {
	row := pages.YearRow{Year: strconv.Itoa(year), Href: Path + "/years/" + strconv.Itoa(year), Sources: sources(cal, year)}
	for _, d := range cal.Rows(year) {
		if d.Kind == calendar.Holiday {
			row.Off++
		} else {
			row.Worked++
		}
	}
	n, err := cal.WorkdaysElapsed(law.NewDate(year-1, 12, 31), law.NewDate(year, 12, 31))
	if err == nil {
		row.Workdays = int64(n)
	}
	_, errBase := base.Workday(law.NewDate(year, 6, 1))
	switch {
	case errBase != nil:
		row.Origin = web.TagView{Label: "本局载入", Kind: "blue"}
	case own:
		row.Origin = web.TagView{Label: "内置，本局有更正", Kind: "soon"}
	default:
		row.Origin = web.TagView{Label: "内置", Kind: "line"}
	}
	return row
}

// sources are the notices that a year rests on, in order of appearance.
func sources(cal *calendar.Calendar, year int) []string {
	var out []string
	seen := map[string]bool{}
	for _, d := range cal.Rows(year) {
		if !seen[d.Source] {
			seen[d.Source] = true
			out = append(out, d.Source)
		}
	}
	return out
}

func (s *Service) showYear(w http.ResponseWriter, r *http.Request, by access.Session) error {
	year, err := strconv.Atoi(r.PathValue("year"))
	cal := s.live.Still()
	if _, unknown := cal.Workday(law.NewDate(max(min(year, 2200), 1990), 6, 1)); err != nil || unknown != nil {
		return fault.Missing("这一年的放假安排")
	}
	v := pages.YearView{Title: strconv.Itoa(year) + "年", Sources: sources(cal, year), Months: months(cal, nil, year)}
	err = s.db.View(r.Context(), func(tx *store.Tx) error {
		batches, err := loadedBatches(tx, year)
		if err != nil {
			return err
		}
		for i := len(batches) - 1; i >= 0; i-- {
			b, err := s.loading(tx, by, batches[i])
			if err != nil {
				return err
			}
			v.Loadings = append(v.Loadings, b)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, pages.Year(v))
}

// shownMoves bounds the list of moved terms on the page; the ledger has all.
const shownMoves = 200

// loading is one publication with the terms that it moved.
func (s *Service) loading(tx *store.Tx, by access.Session, first dayRow) (pages.Loading, error) {
	b, _, err := s.drafts.Get(tx, by, first.Batch)
	if err != nil {
		return pages.Loading{}, err
	}
	out := pages.Loading{Title: first.Source, Who: b.Publisher + "，" + store.FromMicros(b.PublishedAt).Format("2006-01-02 15:04"), Href: Path + "/import/" + first.Batch.String()}
	ms, err := moves(tx, by.ScopeFor(access.SettingManage), first.Batch, 0, shownMoves+1)
	if len(ms) > shownMoves {
		ms, out.More = ms[:shownMoves], true
	}
	for _, m := range ms {
		out.Moves = append(out.Moves, pages.MoveRow{Record: m.Record, Href: m.Href, Term: m.Term, Was: m.Was, Due: m.Due})
	}
	return out, err
}

// preview shows the years that a draft touches as they would be.
func (s *Service) preview(w http.ResponseWriter, r *http.Request, by access.Session) error {
	n, err := store.ParseID(r.PathValue("id"))
	if err != nil {
		return fault.Missing("这个导入批次")
	}
	id := draft.BatchID(n)
	v := pages.PreviewView{Back: Path + "/import/" + id.String()}
	err = s.db.View(r.Context(), func(tx *store.Tx) error {
		b, _, err := s.drafts.Get(tx, by, id)
		if err != nil {
			return err
		}
		v.Bad = b.Bad
		stored, err := s.drafts.Rows(tx, b, draft.ShowAll, 0, draft.AtomicRows)
		if err != nil {
			return err
		}
		now, _, err := Load(tx, s.base)
		if err != nil {
			return err
		}
		draftDays, years := map[law.Date]calendar.Row{}, []int{}
		for _, row := range stored {
			if d := rowOf(&row.Row); row.OK() && !row.Removed && !d.Date.IsZero() {
				draftDays[d.Date] = d
				if len(years) == 0 || years[len(years)-1] != d.Date.Year() {
					years = append(years, d.Date.Year())
				}
			}
		}
		seen := map[int]bool{}
		for _, y := range years {
			if !seen[y] {
				seen[y] = true
				v.Years = append(v.Years, pages.PreviewYear{Title: strconv.Itoa(y) + "年", Months: months(now, draftDays, y)})
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, pages.Preview(v))
}

// months are the twelve sheets of a year; days of a draft are shown instead of what is known, and marked.
func months(cal *calendar.Calendar, draftDays map[law.Date]calendar.Row, year int) []pages.Month {
	known := map[law.Date]calendar.Row{}
	for _, r := range cal.Rows(year) {
		known[r.Date] = r
	}
	out := make([]pages.Month, 12)
	for m := range out {
		out[m].Title = strconv.Itoa(m+1) + "月"
		first := law.NewDate(year, 1, 1).AddMonths(m)
		d := first.AddDays(-(int(first.Weekday()) + 6) % 7)
		for d.Before(first.AddMonths(1)) {
			var week pages.Week
			for i := range week {
				if d.Year() == year && int(d.Month()) == m+1 {
					row, marked := draftDays[d]
					if !marked {
						row = known[d]
					}
					week[i] = pages.Day{Number: strconv.Itoa(d.Day()), Name: row.Name, Changed: marked, Off: row.Kind == calendar.Holiday || row.Kind == "" && i > 4, Holiday: row.Kind == calendar.Holiday, Work: row.Kind == calendar.MakeupDay && i > 4}
				}
				d = d.AddDays(1)
			}
			out[m].Weeks = append(out[m].Weeks, week)
		}
	}
	return out
}
