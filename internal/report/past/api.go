package past

import (
	"context"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/law"
	"fadu/internal/report/consistency"
	"fadu/internal/store"
)

const apiGroup = "旧报告"

type pageQuery struct {
	After string `query:"after" doc:"接着哪一页"`
}

// PastReportOut is a printed report for programs.
type PastReportOut struct {
	ID          string   `json:"id"`
	Title       string   `json:"title"`
	Year        int      `json:"year" doc:"说的不是一年的是 0"`
	SignedOn    law.Date `json:"signed_on"`
	Figures     int      `json:"figures"`
	Impossible  int      `json:"impossible" doc:"照印的不可能的有几项"`
	Unexplained int      `json:"unexplained" doc:"要说明的有几项"`
	Withdrawn   string   `json:"withdrawn" doc:"撤下的理由；没有撤下的是空的"`
	Version     int64    `json:"version" doc:"办理时照填"`
}

func reportOut(r Report) PastReportOut {
	return PastReportOut{r.ID.String(), r.Title, r.Year, r.SignedOn, r.Figures, r.Impossible, r.Unexplained, r.Withdrawn, r.Version}
}

// PastFigureOut is a figure of a printed report for programs.
type PastFigureOut struct {
	Number      string `json:"number"`
	Name        string `json:"name"`
	Value       string `json:"value" doc:"照印的写法"`
	Unit        string `json:"unit"`
	Period      string `json:"period"`
	Parts       string `json:"parts" doc:"组成部分的编号，用顿号隔开"`
	Numerator   string `json:"numerator"`
	Denominator string `json:"denominator"`
	Plan        bool   `json:"plan" doc:"说的是以后要做的"`
	Sentence    string `json:"sentence"`
}

// PastCheck is consistency.Finding under a name of its own among the interface's types.
type PastCheck struct {
	ID      string              `json:"id" doc:"哪种检查"`
	Verdict consistency.Verdict `json:"verdict" enum:"holds,impossible,explain"`
	Message string              `json:"message"`
	Figures []string            `json:"figures" doc:"有关的数字的编号"`
}

// PastReportWhole is a printed report with its figures and what was found.
type PastReportWhole struct {
	PastReportOut
	Lines  []PastFigureOut `json:"lines"`
	Checks []PastCheck     `json:"checks"`
}

// API adds the calls of this slice.
func (s *Service) API(a *api.API) {
	api.Get(a, api.Operation{ID: "listPastReports", Path: "/past-reports", Group: apiGroup, Allow: access.FigureRead, Summary: "旧报告，新确认的在前"},
		func(ctx context.Context, by access.Session, in pageQuery) (out api.List[PastReportOut], err error) {
			err = s.db.View(ctx, func(tx *store.Tx) error {
				rows, prev, next, err := page(tx, by.ScopeFor(access.FigureRead), in.After)
				out = api.ListOf(rows, prev, next, reportOut)
				return err
			})
			return out, err
		})
	api.Get(a, api.Operation{ID: "getPastReport", Path: "/past-reports/{id}", Group: apiGroup, Allow: access.FigureRead, Summary: "一份旧报告，连同各个数字和核对结果"}, s.oneOut)
	api.Act(a, api.Operation{ID: "withdrawPastReport", Path: "/past-reports/{id}/withdraw", Group: apiGroup, Allow: access.ReportImport, Summary: "撤下"}, nounReport,
		func(ctx context.Context, by access.Session, id ReportID, in api.Reasoned) error {
			return s.Withdraw(ctx, by, id, in.Version, in.Reason)
		})
	s.drafts.API(a, "pastReport", "/past-report-import", apiGroup, access.ReportImport)
}

func (s *Service) oneOut(ctx context.Context, by access.Session, in api.One) (out PastReportWhole, err error) {
	id, err := api.IDOf[ReportID](in.ID, nounReport)
	if err != nil {
		return out, err
	}
	err = s.db.View(ctx, func(tx *store.Tx) error {
		r, err := reportOf(tx, by.ScopeFor(access.FigureRead), id)
		if err != nil {
			return err
		}
		lines, err := linesOf(tx, r.Batch)
		out = PastReportWhole{PastReportOut: reportOut(r), Lines: []PastFigureOut{}, Checks: []PastCheck{}}
		for _, f := range r.Findings {
			out.Checks = append(out.Checks, PastCheck(f))
		}
		for _, l := range figuresOf(lines) {
			out.Lines = append(out.Lines, PastFigureOut{l.Number, l.Name, l.Value, l.Unit, l.Period, l.Parts, l.Numerator, l.Denominator, bool(l.Plan), l.Sentence})
		}
		return err
	})
	return out, err
}
