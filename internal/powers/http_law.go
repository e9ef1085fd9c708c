package powers

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/powers/pages"
	"fadu/internal/store"
	"fadu/internal/web"
)

func (s *Service) lawRoutes() []access.Route {
	return []access.Route{
		{Pattern: "GET /w/laws", Allow: access.PowerRead, Handle: s.lawsPage},
		{Pattern: "GET /w/laws/search", Allow: access.PowerRead, Handle: s.searchPage},
		{Pattern: "GET /w/laws/{id}", Allow: access.PowerRead, Handle: s.lawPage},
		{Pattern: "GET /w/laws/{id}/{article}", Allow: access.PowerRead, Handle: s.articlePage},
		{Pattern: "POST /w/laws/{id}/change", Allow: access.PowerAdopt, Handle: s.changeLaw},
	}
}

// wholeLaw is up to how many articles a law is shown on one page; a longer one is shown by its chapters.
const wholeLaw = 150

func lawIDOf(r *http.Request) (LawID, error) {
	n, err := store.ParseID(r.PathValue("id"))
	if err != nil {
		return 0, fault.Missing("这部法规")
	}
	return LawID(n), nil
}

// citedArticle leads a citation to its article when the library has the text on the day.
func (s *Service) citedArticle(tx *store.Tx, title string, a Article, on law.Date) (string, error) {
	l, t, ok, err := versionOn(tx, title, on)
	if err != nil || !ok {
		return "", err
	}
	if a.No == 0 {
		return lawURL(l.ID), nil
	}
	if _, found, err := articleLine(tx, t.ID, Article{No: a.No, Suffix: a.Suffix}); err != nil || !found {
		return "", err
	}
	return articleURL(l.ID, a), nil
}

func (s *Service) lawPage(w http.ResponseWriter, r *http.Request, who access.Session) error {
	id, err := lawIDOf(r)
	if err != nil {
		return err
	}
	return s.showLaw(w, r, who, http.StatusOK, id, nil)
}

func (s *Service) showLaw(w http.ResponseWriter, r *http.Request, who access.Session, status int, id LawID, change *web.Form) error {
	form := web.QueryForm(r)
	at := int(form.Int("at", "位置", 0, 1_000_000))
	v := pages.LawTextView{ID: strconv.FormatInt(int64(id), 10), Kinds: options(lawChangeLabels), Search: form}
	err := s.db.View(r.Context(), func(tx *store.Tx) error {
		row, err := lawRowByID(tx, id)
		if err != nil {
			return err
		}
		l := row.law()
		v.Title, v.Meta = l.Title, l.DocumentNumber+" · "+SpanText(l.EffectiveFrom, l.ValidTo)
		v.Tags = []web.TagView{lawRowView(l, 0, tx.Today()).Tag}
		v.Facts = lawFacts(l, true, law.Citation{})
		if who.Can(access.PowerAdopt) {
			v.Change = change
			if change == nil {
				v.Change = web.NewForm(nil)
			}
		}
		if v.Versions, err = s.lawVersions(tx, l); err != nil {
			return err
		}
		t, ok, err := textOf(tx, l.Title, l.EffectiveFrom)
		if err != nil {
			return err
		}
		if !ok {
			v.NoText = "现在只有名称、文号、日期和条数。"
			if who.Can(access.PowerImport) {
				v.ImportHref = ImportPath + "?kind=power.texts"
			}
			return nil
		}
		lines, err := linesOf(tx, t.ID)
		v.Contents, v.Lines = lawLines(id, lines, t.Articles, at)
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, status, pages.LawText(v))
}

// lawVersions are the versions of the law, the latest first.
func (s *Service) lawVersions(tx *store.Tx, l LawText) ([]pages.VersionLine, error) {
	all, err := laws(tx)
	var out []pages.VersionLine
	for _, x := range all {
		if x.Title == l.Title {
			out = append(out, pages.VersionLine{Span: SpanText(x.EffectiveFrom, x.ValidTo), Basis: x.DocumentNumber, Href: lawURL(x.ID), Current: x.EffectiveFrom == l.EffectiveFrom})
		}
	}
	slices.Reverse(out)
	return out, err
}

// lawLines cuts a law for its page: contents, and all lines or those of one division.
func lawLines(id LawID, lines []lineRow, articles, at int) ([]web.Link, []pages.LawLineView) {
	levels := map[LineKind]int{LinePart: 2, LineSubPart: 3, LineChapter: 3, LineSection: 4}
	var contents []web.Link
	var out []pages.LawLineView
	long := articles > wholeLaw
	if long && at == 0 {
		if i := slices.IndexFunc(lines, func(l lineRow) bool { return l.Kind == LineChapter || l.Kind == LinePart }); i >= 0 {
			at = lines[i].Line
		}
	}
	inside := !long || at == 0
	for _, l := range lines {
		level, heading := levels[l.Kind]
		if heading {
			href := "#l" + strconv.Itoa(l.Line)
			if long {
				href = lawURL(id) + "?at=" + strconv.Itoa(l.Line)
				inside = l.Line == at || inside && level == 4
			}
			contents = append(contents, web.Link{Label: strings.Repeat("　", level-2) + l.Number + "　" + l.Text, Href: href})
		}
		if !inside || !heading && l.Kind != LineArticle {
			continue
		}
		if heading {
			out = append(out, pages.LawLineView{Level: level, Anchor: "l" + strconv.Itoa(l.Line), Text: l.Number + "　" + l.Text})
			continue
		}
		out = append(out, articleView(id, l, "a"+strings.TrimPrefix(articleURL(id, l.article()), lawURL(id)+"/")+"-"))
	}
	return contents, out
}

// articleView is an article; prefix comes before the anchors of its paragraphs.
func articleView(id LawID, l lineRow, prefix string) pages.LawLineView {
	v := pages.LawLineView{Anchor: strings.TrimSuffix(prefix, "-"), Number: l.Number, Href: articleURL(id, l.article())}
	for i, p := range Paragraphs(l.Text) {
		k := fmt.Sprintf("%sk%d", prefix, i+1)
		pv := pages.ParagraphView{Anchor: k, Text: p.Text}
		for _, it := range p.Items {
			pv.Items = append(pv.Items, pages.PointView{Anchor: fmt.Sprintf("%s-x%d", k, it.Number), Lines: strings.Split(it.Text, "\n")})
		}
		v.Paragraphs = append(v.Paragraphs, pv)
	}
	return v
}

// parseArticleKey reads 58 and 17-1 (第十七条之一).
func parseArticleKey(s string) (Article, bool) {
	no, suffix, has := strings.Cut(s, "-")
	a := Article{}
	var err error
	if a.No, err = strconv.Atoi(no); err != nil || a.No < 1 || a.No > 9999 {
		return a, false
	}
	if has {
		if a.Suffix, err = strconv.Atoi(suffix); err != nil || a.Suffix < 1 || a.Suffix > 99 {
			return a, false
		}
	}
	// One article has one address: 058 and +58 are none.
	return a, strings.HasSuffix(articleURL(0, a), "/"+s)
}

func (s *Service) articlePage(w http.ResponseWriter, r *http.Request, _ access.Session) error {
	id, err := lawIDOf(r)
	a, ok := parseArticleKey(r.PathValue("article"))
	if err != nil || !ok {
		return fault.Missing("这一条")
	}
	var v pages.ArticleView
	err = s.db.View(r.Context(), func(tx *store.Tx) error {
		row, err := lawRowByID(tx, id)
		if err != nil {
			return err
		}
		l := row.law()
		t, ok, err := textOf(tx, l.Title, l.EffectiveFrom)
		if err != nil || !ok {
			return orMissing(err, "这一版的条文")
		}
		lines, err := linesOf(tx, t.ID)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(lines, func(x lineRow) bool { return x.Kind == LineArticle && x.article() == a })
		if at < 0 {
			return fault.Missing("《" + l.Title + "》" + a.Han())
		}
		v = pages.ArticleView{
			Title: "《" + l.Title + "》" + lines[at].Number, Law: l.Title, LawHref: lawURL(id) + "?at=" + strconv.Itoa(headingOf(lines, at)),
			Meta: l.DocumentNumber + " · " + SpanText(l.EffectiveFrom, l.ValidTo), Where: whereOf(lines, at), Line: articleView(id, lines[at], ""),
		}
		v.Prev, v.Next = neighbours(id, lines, at)
		if v.Versions, err = s.articleVersions(tx, l, a); err != nil {
			return err
		}
		items, err := s.All(tx, Filter{Law: l.Title, Words: Article{No: a.No, Suffix: a.Suffix}.Han(), On: tx.Today()})
		for _, p := range items {
			v.Items = append(v.Items, rowOf(p, nil, tx.Today()))
		}
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, pages.LawArticle(v))
}

// headingOf is the line of the chapter or part that an article stands in.
func headingOf(lines []lineRow, at int) int {
	for i := at; i >= 0; i-- {
		if lines[i].Kind == LineChapter || lines[i].Kind == LinePart || lines[i].Kind == LineSubPart {
			return lines[i].Line
		}
	}
	return 0
}

// whereOf names the divisions around an article.
func whereOf(lines []lineRow, at int) string {
	var parts []string
	seen := len(divideLines)
	for i := at - 1; i >= 0; i-- {
		if n := slices.Index(divideLines, lines[i].Kind); n >= 0 && n < seen {
			seen = n
			parts = append([]string{lines[i].Number + " " + lines[i].Text}, parts...)
		}
	}
	return strings.Join(parts, "　")
}

func neighbours(id LawID, lines []lineRow, at int) (prev, next web.Link) {
	for i := at - 1; i >= 0 && prev.Href == ""; i-- {
		if lines[i].Kind == LineArticle {
			prev = web.Link{Label: "上一条", Href: articleURL(id, lines[i].article())}
		}
	}
	for i := at + 1; i < len(lines) && next.Href == ""; i++ {
		if lines[i].Kind == LineArticle {
			next = web.Link{Label: "下一条", Href: articleURL(id, lines[i].article())}
		}
	}
	return prev, next
}

// articleVersions are the versions of the law that have the article in the library.
func (s *Service) articleVersions(tx *store.Tx, l LawText, a Article) ([]pages.VersionLine, error) {
	vs, err := s.lawVersions(tx, l)
	if err != nil {
		return nil, err
	}
	var out []pages.VersionLine
	for _, v := range vs {
		href := v.Href
		id, err := store.ParseID(strings.TrimPrefix(href, "/w/laws/"))
		if err != nil {
			continue
		}
		row, err := lawRowByID(tx, LawID(id))
		if err != nil {
			return nil, err
		}
		t, ok, err := textOf(tx, row.Title, row.EffectiveFrom)
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		if _, found, err := articleLine(tx, t.ID, a); err != nil || !found {
			continue
		}
		v.Href = articleURL(LawID(id), a)
		out = append(out, v)
	}
	return out, nil
}

const hitLimit = 100

func (s *Service) searchPage(w http.ResponseWriter, r *http.Request, _ access.Session) error {
	form := web.QueryForm(r)
	on := form.Date("on", "有效于")
	words := form.Text("q", 100)
	if err := form.Err(); err != nil {
		return err
	}
	v := pages.ArticleSearchView{Form: form, Note: "在法规库的条文原文里查"}
	if words != "" {
		err := s.db.View(r.Context(), func(tx *store.Tx) error {
			hits, err := s.SearchArticles(tx, words, on, hitLimit)
			for _, h := range hits {
				v.Hits = append(v.Hits, pages.HitView{
					Law: ShortTitle(h.Title), Number: h.Number, Href: articleURL(h.Law, Article{No: h.No, Suffix: h.Suffix}), Text: clip(strings.ReplaceAll(h.Text, "\n", " "), 160), Span: SpanText(h.From, h.Until),
				})
			}
			return err
		})
		if err != nil {
			return err
		}
		v.Note = fmt.Sprintf("查到 %d 条", len(v.Hits))
		if len(v.Hits) == hitLimit {
			v.Note = fmt.Sprintf("查到 %d 条以上，只列前 %d 条", hitLimit, hitLimit)
		}
	}
	return web.Render(w, r, http.StatusOK, pages.ArticleSearch(v))
}

func (s *Service) changeLaw(w http.ResponseWriter, r *http.Request, who access.Session) error {
	id, err := lawIDOf(r)
	if err != nil {
		return err
	}
	form, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	kind, _ := fromLabel(lawChangeLabels, form.Value("kind"))
	on := form.RequiredDate("effective_on", "从哪一天起")
	in := LawChangeInput{Kind: kind, EffectiveOn: on.String(), Document: form.Text("document", 200), Articles: form.Text("articles", 100)}
	if err = form.Err(); err == nil {
		err = s.ChangeLaw(r.Context(), who, id, in)
	}
	if status, ok := form.Take(err); ok {
		return s.showLaw(w, r, who, status, id, form)
	}
	if err != nil {
		return err
	}
	web.Notify(w, r, web.Flash{Text: "已登记，请逐条核对受影响的内容"})
	http.Redirect(w, r, web.Address(affectedPath, url.Values{"source": {string(SourceLaw)}}), http.StatusSeeOther)
	return nil
}
