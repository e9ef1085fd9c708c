package powers

import (
	"fadu/internal/law"
	"fadu/internal/search"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// articleKind is the kind of articles in the search index.
const articleKind = "article"

type textRow struct {
	bun.BaseModel `bun:"table:law_text,alias:x"`
	ID            int64      `bun:"id,pk"`
	Law           LawID      `bun:"law_id"`
	Title         string     `bun:"title"`
	From          law.Date   `bun:"effective_from"`
	Articles      int        `bun:"articles"`
	Batch         int64      `bun:"batch_id"`
	Live          store.Flag `bun:"live"`
	Entry         int64      `bun:"entry_id"`
}

type lineRow struct {
	bun.BaseModel `bun:"table:law_line,alias:n"`
	ID            int64    `bun:"id,pk"`
	TextID        int64    `bun:"text_id"`
	Batch         int64    `bun:"batch_id"`
	Line          int      `bun:"line"`
	Kind          LineKind `bun:"kind"`
	No            int      `bun:"no"`
	Suffix        int      `bun:"suffix"`
	Number        string   `bun:"number"`
	Text          string   `bun:"text"`
}

func (l lineRow) article() Article { return Article{No: l.No, Suffix: l.Suffix} }

func lawRowByID(tx *store.Tx, id LawID) (lawRow, error) {
	var r lawRow
	err := tx.DB().NewSelect().Model(&r).Where("l.id = ?", id).Scan(tx.Ctx)
	return r, store.One(err, "这部法规")
}

// textOf returns the library's text of the version; ok is false when it has none.
func textOf(tx *store.Tx, title string, from law.Date) (t textRow, ok bool, err error) {
	var rows []textRow
	err = tx.DB().NewSelect().Model(&rows).Where("x.title = ?", title).Where("x.effective_from = ?", from).Where("x.live = 1").Limit(1).Scan(tx.Ctx)
	if err != nil || len(rows) == 0 {
		return t, false, wrap("law text", err)
	}
	return rows[0], true, nil
}

// linesOf returns the lines of a text in order.
func linesOf(tx *store.Tx, text int64) ([]lineRow, error) {
	var out []lineRow
	err := tx.DB().NewSelect().Model(&out).Where("n.text_id = ?", text).Order("n.line").Scan(tx.Ctx)
	return out, wrap("law lines", err)
}

func articleLine(tx *store.Tx, text int64, a Article) (lineRow, bool, error) {
	var rows []lineRow
	err := tx.DB().NewSelect().Model(&rows).Where("n.text_id = ?", text).Where("n.no = ?", a.No).Where("n.suffix = ?", a.Suffix).Where("n.kind = ?", LineArticle).Limit(1).Scan(tx.Ctx)
	if err != nil || len(rows) == 0 {
		return lineRow{}, false, wrap("article", err)
	}
	return rows[0], true, nil
}

// ArticleHit is an article found by its words, with the version of the law that it stands in.
type ArticleHit struct {
	Law    LawID
	Title  string
	From   law.Date
	Until  law.Date
	No     int
	Suffix int
	Number string
	Text   string
}

// SearchArticles finds articles by words in the texts of the library, those in force on the day when it is
// given; at most limit.
func (s *Service) SearchArticles(tx *store.Tx, words string, on law.Date, limit int) ([]ArticleHit, error) {
	var out []ArticleHit
	q := tx.DB().NewSelect().TableExpr("law_line AS n").Join("JOIN law_text AS x ON x.id = n.text_id AND x.live = 1").
		Join("JOIN power_law AS l ON l.title = x.title AND l.effective_from = x.effective_from AND l.live = 1").
		ColumnExpr("l.id AS law, x.title AS title, l.effective_from AS \"from\", l.valid_to AS until, n.no AS no, n.suffix AS suffix, n.number AS number, n.text AS text").
		Where("n.kind = ?", LineArticle)
	if !on.IsZero() {
		q = q.Where("l.effective_from <= ?", on).Where("(l.valid_to = '' OR l.valid_to >= ?)", on)
	}
	q = search.Match(tx, q, articleKind, "n.id", words).Order("x.title", "l.effective_from DESC", "n.line").Limit(int64(limit))
	return out, wrap("search articles", q.Scan(tx.Ctx, &out))
}

// ArticleOn is the text of an article as it stands on a day, and where it is read; "" where the library has it not.
func (s *Service) ArticleOn(tx *store.Tx, c law.Citation, on law.Date) (text, href string, err error) {
	l, t, ok, err := versionOn(tx, statuteTitle(c.Statute), on)
	if err != nil || !ok || c.Article == 0 {
		return "", "", err
	}
	line, found, err := articleLine(tx, t.ID, Article{No: c.Article})
	if err != nil || !found {
		return "", "", err
	}
	return line.Text, articleURL(l.ID, Article{No: c.Article}), nil
}
