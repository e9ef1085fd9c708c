package powers

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"fadu/internal/access"
	"fadu/internal/draft"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"
)

// publishText makes the staged lines of a batch the text of their version of the law. A version that the
// list of laws does not have is added to it; an earlier one ends the day before, and all that cites the law
// is listed as affected.
func (s *Service) publishText(tx *store.Tx, by access.Session, batch draft.BatchID) error {
	var lines []lineRow
	if err := tx.DB().NewSelect().Model(&lines).Where("n.batch_id = ?", batch).Where("n.text_id = 0").Order("n.line").Scan(tx.Ctx); err != nil {
		return wrap("publish text", err)
	}
	entry, err := draft.BatchEntry(tx, batch)
	if err != nil {
		return err
	}
	fresh := statuteHead(lines)
	fresh.StatusAsOf = tx.Today().String()
	version, err := s.versionFor(tx, by, fresh, int64(batch), int64(entry))
	if err != nil {
		return err
	}
	if _, err := tx.Exec(`UPDATE law_text SET live = 0 WHERE title = ? AND effective_from = ? AND live = 1`, fresh.Title, fresh.EffectiveFrom); err != nil {
		return wrap("publish text", err)
	}
	t := textRow{ID: store.NewID(), Law: version, Title: fresh.Title, From: fresh.EffectiveFrom, Articles: fresh.LastArticle, Batch: int64(batch), Live: true, Entry: int64(entry)}
	if err := insertAll(tx, []textRow{t}); err != nil {
		return wrap("publish text", err)
	}
	_, err = tx.Exec(`UPDATE law_line SET text_id = ? WHERE batch_id = ? AND text_id = 0`, t.ID, batch)
	tx.AfterCommit(s.forgetCites)
	return wrap("publish text", err)
}

// statuteHead reads a law's entry from its text's lines.
func statuteHead(lines []lineRow) LawText {
	l := LawText{TextGrade: "A", Status: "现行有效", NumberChecked: true, DateChecked: true}
	for _, x := range lines {
		switch x.Kind {
		case LineTitle:
			l.Title = strings.Trim(x.Text, "《》 ")
		case LineNumber:
			l.DocumentNumber = x.Text
		case LineIssuer:
			l.IssuingBody = x.Text
		case LineLevel:
			l.Level = x.Text
		case LineFrom:
			l.EffectiveFrom = dayOf(x.Text)
		case LineUntil:
			l.ValidTo = dayOf(x.Text)
		case LineArticle:
			l.LastArticle = max(l.LastArticle, x.No)
		}
	}
	l.ShortTitle = ShortTitle(l.Title)
	return l
}

// versionFor finds the version in the list of laws, or adds it and ends the one before.
func (s *Service) versionFor(tx *store.Tx, by access.Session, fresh LawText, batch, entry int64) (LawID, error) {
	all, err := laws(tx)
	if err != nil {
		return 0, err
	}
	_, demo, _, err := ledger.Birth(tx)
	if err != nil {
		return 0, err
	}
	if fresh.Demo = strings.HasPrefix(fresh.Title, "演示"); fresh.Demo && !demo {
		return 0, fault.New(fault.Invalid, "演示法规只能导入演示库，正式库不收")
	}
	var before *LawText
	for i, l := range all {
		if l.Title != fresh.Title {
			continue
		}
		if l.EffectiveFrom == fresh.EffectiveFrom {
			_, err := tx.Exec(`UPDATE power_law SET text_grade = 'A', last_article = ?, entry_id = ?, version = version + 1 WHERE id = ?`, fresh.LastArticle, entry, l.ID)
			return l.ID, wrap("text of a version", err)
		}
		if l.EffectiveFrom.Before(fresh.EffectiveFrom) && (before == nil || before.EffectiveFrom.Before(l.EffectiveFrom)) {
			before = &all[i]
		}
		if l.EffectiveFrom.After(fresh.EffectiveFrom) && (fresh.ValidTo.IsZero() || !fresh.ValidTo.Before(l.EffectiveFrom)) {
			fresh.ValidTo, fresh.Status = l.EffectiveFrom.AddDays(-1), "已修改"
		}
	}
	fresh.ID = LawID(store.NewID())
	r := lawRowOf(fresh)
	r.record = record{Batch: batch, Live: true, Version: 1, Entry: entry}
	if err := insertAll(tx, []lawRow{r}); err != nil {
		return 0, wrap("new version of a law", err)
	}
	if before == nil {
		return fresh.ID, nil
	}
	last := fresh.EffectiveFrom.AddDays(-1)
	if before.ValidTo.IsZero() || before.ValidTo.After(last) {
		if _, err := tx.Exec(`UPDATE power_law SET valid_to = ?, status = '已修改', entry_id = ?, version = version + 1 WHERE id = ?`, last, entry, before.ID); err != nil {
			return 0, wrap("end the version before", err)
		}
	}
	return fresh.ID, s.changed(tx, by, LawChange{Law: fresh.Title, Kind: LawAmended, EffectiveOn: fresh.EffectiveFrom, Document: fresh.DocumentNumber})
}

// ChangeLaw records that a law was amended or repealed: what cites it is listed for 法制科 to look at. A
// repeal ends the version that is in force.
func (s *Service) ChangeLaw(ctx context.Context, by access.Session, id LawID, in LawChangeInput) error {
	if _, err := by.Require(access.PowerAdopt); err != nil {
		return err
	}
	var fs fault.Fields
	if label(lawChangeLabels, in.Kind) == string(in.Kind) {
		fs.Add("kind", "请选修改或者废止")
	}
	on, err := law.ParseDate(in.EffectiveOn)
	if err != nil {
		fs.Add("effective_on", "请写从哪一天起")
	}
	if in.Document == "" {
		fs.Add("document", "请写修改或者废止的文件名称和文号")
	}
	if in.Articles != "" {
		if _, err := ParseArticles(in.Articles); err != nil {
			fs.Add("articles", "%v", err)
		}
	}
	if err := fs.Err(); err != nil {
		return err
	}
	_, _, err = s.db.Once(ctx, by.Once("power.law_changed", []any{id, in}), func(tx *store.Tx) (string, error) {
		r, err := lawRowByID(tx, id)
		if err != nil {
			return "", err
		}
		if !on.After(r.EffectiveFrom) {
			return "", fieldFault("effective_on", "要在这一版施行（%s）以后", r.EffectiveFrom)
		}
		if err := s.changed(tx, by, LawChange{Law: r.Title, Kind: in.Kind, Articles: in.Articles, EffectiveOn: on, Document: in.Document}); err != nil {
			return "", err
		}
		if in.Kind == LawRepealed {
			_, err = tx.Exec(`UPDATE power_law SET valid_to = ?, status = '已废止', version = version + 1 WHERE title = ? AND live = 1 AND effective_from <= ? AND (valid_to = '' OR valid_to >= ?)`, on.AddDays(-1), r.Title, on, on)
		}
		tx.AfterCommit(s.forgetCites)
		return affectedPath, wrap("repeal", err)
	})
	return err
}

// versionOn returns the version of the law in force on the day that the library has the text of.
func versionOn(tx *store.Tx, title string, on law.Date) (LawText, textRow, bool, error) {
	all, err := laws(tx)
	if err != nil {
		return LawText{}, textRow{}, false, err
	}
	l, ok := NewLibrary(nil, nil, nil, all).Law(title, on)
	if !ok || !l.InForce(on) {
		return l, textRow{}, false, nil
	}
	t, ok, err := textOf(tx, l.Title, l.EffectiveFrom)
	return l, t, ok, err
}

// lawURL is the page of a version, articleURL that of an article in it, with the anchor of paragraph and item.
func lawURL(id LawID) string { return "/w/laws/" + strconv.FormatInt(int64(id), 10) }

func articleURL(id LawID, a Article) string {
	u := lawURL(id) + "/" + strconv.Itoa(a.No)
	if a.Suffix > 0 {
		u += "-" + strconv.Itoa(a.Suffix)
	}
	if a.Para > 0 {
		u += "#k" + strconv.Itoa(a.Para)
		if a.Item > 0 {
			u += "-x" + strconv.Itoa(a.Item)
		}
	}
	return u
}

// cites is which laws the library has the text of, by title, so that a page can link its citations without
// asking the database for each.
type cites struct {
	versions map[string][]citeVersion
}

type citeVersion struct {
	id          LawID
	from, until law.Date
	last        int
}

func (s *Service) forgetCites() { s.cites.Store(nil) }

// CiteHref leads to the article when the library has the law's text on the day; "" when it has not.
func (s *Service) CiteHref(ctx context.Context, c law.Citation, on law.Date) string {
	known := s.cites.Load()
	if known == nil {
		known = &cites{map[string][]citeVersion{}}
		err := s.db.View(ctx, func(tx *store.Tx) error {
			var rows []struct {
				ID    LawID    `bun:"id"`
				Title string   `bun:"title"`
				From  law.Date `bun:"effective_from"`
				Until law.Date `bun:"valid_to"`
				Last  int      `bun:"articles"`
			}
			err := tx.DB().NewSelect().TableExpr("power_law AS l").Join("JOIN law_text AS x ON x.title = l.title AND x.effective_from = l.effective_from AND x.live = 1").
				ColumnExpr("l.id, l.title, l.effective_from, l.valid_to, x.articles").Where("l.live = 1").Scan(tx.Ctx, &rows)
			for _, r := range rows {
				known.versions[r.Title] = append(known.versions[r.Title], citeVersion{r.ID, r.From, r.Until, r.Last})
			}
			return err
		})
		if err != nil {
			return ""
		}
		s.cites.Store(known)
	}
	vs := known.versions[statuteTitle(c.Statute)]
	i := slices.IndexFunc(vs, func(v citeVersion) bool { return on.Within(v.from, v.until) })
	if i < 0 || c.Article == 0 || c.Article > vs[i].last {
		return ""
	}
	return articleURL(vs[i].id, Article{No: c.Article, Para: c.Para, Item: c.Item})
}
