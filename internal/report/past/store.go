package past

import (
	"strconv"

	"fadu/internal/access"
	"fadu/internal/draft"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/report/consistency"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

const nounReport = "这份报告"

// ReportID identifies a printed report.
type ReportID int64

// String prints the identifier in decimal.
func (id ReportID) String() string { return strconv.FormatInt(int64(id), 10) }

// Report is a printed report as it was confirmed.
type Report struct {
	bun.BaseModel `bun:"table:past_report,alias:pr"`

	ID    ReportID      `bun:"id,pk"`
	Batch draft.BatchID `bun:"batch_id"`
	access.Levels
	Title    string   `bun:"title"`
	Year     int      `bun:"year"` // 0 if the report does not tell of one year
	SignedOn law.Date `bun:"signed_on"`
	Figures  int      `bun:"figures"`
	// Impossible and Unexplained count the findings.
	Impossible  int                   `bun:"impossible"`
	Unexplained int                   `bun:"unexplained"`
	Findings    []consistency.Finding `bun:"findings,type:text"`
	ConfirmedBy string                `bun:"confirmed_by"`
	ConfirmedAt int64                 `bun:"confirmed_at"` // microseconds
	Withdrawn   string                `bun:"withdrawn"`    // why it was taken down; "" while it stands
	Version     int64                 `bun:"version"`
	Entry       ledger.EntryID        `bun:"entry_id"`
}

// URL is the page of the report.
func (r Report) URL() string { return Path + "/" + r.ID.String() }

// Subject is what ledger entries about the report are about.
func (r Report) Subject() string { return "past_report/" + strconv.FormatInt(int64(r.ID), 10) }

// Line is a confirmed line of a report.
type Line struct {
	bun.BaseModel `bun:"table:past_line,alias:pl"`

	ID          int64          `bun:"id,pk"`
	Batch       draft.BatchID  `bun:"batch_id"`
	Line        int            `bun:"line"`
	Kind        lineKind       `bun:"kind"`
	Number      string         `bun:"number"`
	Name        string         `bun:"name"`
	Value       string         `bun:"value"`
	Unit        string         `bun:"unit"`
	Period      string         `bun:"period"`
	Parts       string         `bun:"parts"`
	Numerator   string         `bun:"numerator"`
	Denominator string         `bun:"denominator"`
	Plan        store.Flag     `bun:"plan"`
	Sentence    string         `bun:"sentence"`
	Entry       ledger.EntryID `bun:"entry_id"`
}

func reportOf(tx *store.Tx, scope access.Scope, id ReportID) (Report, error) {
	var r Report
	err := scope.Where(tx.DB().NewSelect().Model(&r), "pr").Where("pr.id = ?", id).Scan(tx.Ctx)
	return r, store.One(err, nounReport)
}

func linesOf(tx *store.Tx, batch draft.BatchID) ([]Line, error) {
	var out []Line
	err := tx.DB().NewSelect().Model(&out).Where("pl.batch_id = ?", batch).Order("pl.line").Scan(tx.Ctx)
	return out, err
}

// figuresOf are the lines that are figures.
func figuresOf(lines []Line) (out []Line) {
	for _, l := range lines {
		if l.Kind == aFigure {
			out = append(out, l)
		}
	}
	return out
}

func save(tx *store.Tx, r *Report) error {
	old := r.Version
	r.Version++
	res, err := tx.DB().NewUpdate().Model(r).WherePK().Where("version = ?", old).Exec(tx.Ctx)
	return store.Updated(res, err, nounReport)
}

// listKey names the list among cursors.
const listKey = "past_reports"

func (r Report) place() store.Cursor {
	return store.Cursor{Sort: strconv.FormatInt(r.ConfirmedAt, 10), ID: int64(r.ID)}
}

// page returns a page of the reports, the newest first.
func page(tx *store.Tx, scope access.Scope, after string) (rows []Report, prev, next string, err error) {
	c, ok, err := store.DecodeCursor(after, listKey)
	if err != nil {
		return nil, "", "", err
	}
	q := scope.Where(tx.DB().NewSelect().Model(&rows), "pr").ExcludeColumn("findings")
	if err := store.Keyset(q, "pr.confirmed_at", "pr.id", true, true, c, ok).Limit(store.PageLimit(tx.Ctx)).Scan(tx.Ctx); err != nil {
		return nil, "", "", err
	}
	rows, prev, next = store.PageOf(tx.Ctx, rows, c, ok, listKey, Report.place)
	return rows, prev, next, nil
}

// ReportNames are the titles of reports, for the ledger's pages.
func ReportNames(tx *store.Tx, ids []int64) (map[int64]string, error) {
	var rows []Report
	if err := tx.DB().NewSelect().Model(&rows).Column("pr.id", "pr.title").Where("pr.id IN (?)", bun.List(ids)).Scan(tx.Ctx); err != nil {
		return nil, err
	}
	out := map[int64]string{}
	for _, r := range rows {
		out[int64(r.ID)] = r.Title
	}
	return out, nil
}
