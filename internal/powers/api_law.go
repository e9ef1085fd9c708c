package powers

import (
	"context"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/fault"
	"fadu/internal/store"
)

type lawQuery struct {
	Words string `query:"q" doc:"名称、文号、层级；查条文时是条文里的词"`
	On    string `query:"on" doc:"在这一天有效"`
}

type articleParam struct {
	ID      string `path:"id" doc:"法规版本的编号"`
	Article string `path:"article" doc:"条号，例如 58；第十七条之一写 17-1"`
}

// LawChangeBody says how a law changed.
type LawChangeBody struct {
	Kind        LawChangeKind `json:"kind" doc:"amended 修改、repealed 废止"`
	Articles    string        `json:"articles" doc:"哪几条，空是整部"`
	EffectiveOn string        `json:"effective_on" doc:"从哪一天起 YYYY-MM-DD"`
	Document    string        `json:"document" doc:"修改、废止的文件"`
}

func (s *Service) apiLaws(a *api.API) {
	api.Get(a, api.Operation{ID: "listLaws", Path: "/laws", Group: apiGroup, Allow: access.PowerRead, Summary: "查法律法规"}, s.apiLawList)
	api.Get(a, api.Operation{ID: "getLaw", Path: "/laws/{id}", Group: apiGroup, Allow: access.PowerRead, Summary: "一版法规和它的全部条文"}, s.apiLaw)
	api.Get(a, api.Operation{ID: "searchArticles", Path: "/articles", Group: apiGroup, Allow: access.PowerRead, Summary: "在法规库的条文里查词", Detail: "最多答复 100 条"}, s.apiSearch)
	api.Get(a, api.Operation{ID: "getArticle", Path: "/laws/{id}/articles/{article}", Group: apiGroup, Allow: access.PowerRead, Summary: "一条法规的原文，分款、项"}, s.apiArticle)
	api.Act(a, api.Operation{ID: "changeLaw", Path: "/laws/{id}/change", Group: apiGroup, Allow: access.PowerAdopt, Summary: "登记法规的修改、废止", Detail: "引用它的都列进受影响清单"}, "这部法规",
		func(ctx context.Context, by access.Session, id LawID, in LawChangeBody) error {
			return s.ChangeLaw(ctx, by, id, LawChangeInput{Kind: in.Kind, Articles: in.Articles, EffectiveOn: in.EffectiveOn, Document: in.Document})
		})
}

func (s *Service) apiLawList(ctx context.Context, _ access.Session, in lawQuery) (out LawsOut, err error) {
	var fs fault.Fields
	on := dayIn(&fs, "on", in.On)
	if err := fs.Err(); err != nil {
		return out, err
	}
	err = s.db.View(ctx, func(tx *store.Tx) error {
		list, err := s.Laws(tx, in.Words, on)
		out.Items = make([]LawOut, 0, len(list))
		for _, l := range list {
			out.Items = append(out.Items, lawOut(l))
		}
		return err
	})
	return out, err
}

// LawTextOut is a version of a law with its articles, where the library has them.
type LawTextOut struct {
	LawOut
	Articles []ArticleOut `json:"articles"`
}

func (s *Service) apiLaw(ctx context.Context, _ access.Session, in api.One) (out LawTextOut, err error) {
	id, err := api.IDOf[LawID](in.ID, "这部法规")
	if err != nil {
		return out, err
	}
	err = s.db.View(ctx, func(tx *store.Tx) error {
		row, err := lawRowByID(tx, id)
		if err != nil {
			return err
		}
		out = LawTextOut{lawOut(row.law()), []ArticleOut{}}
		t, ok, err := textOf(tx, row.Title, row.EffectiveFrom)
		if err != nil || !ok {
			return err
		}
		lines, err := linesOf(tx, t.ID)
		for _, l := range lines {
			if l.Kind == LineArticle {
				out.Articles = append(out.Articles, articleOut(articleHit(row, l)))
			}
		}
		return err
	})
	return out, err
}

func articleHit(row lawRow, l lineRow) ArticleHit {
	return ArticleHit{row.ID, row.Title, row.EffectiveFrom, row.ValidTo, l.No, l.Suffix, l.Number, l.Text}
}

func (s *Service) apiSearch(ctx context.Context, _ access.Session, in lawQuery) (out ArticlesOut, err error) {
	var fs fault.Fields
	on := dayIn(&fs, "on", in.On)
	if in.Words == "" {
		fs.Add("q", "请写要查的词")
	}
	if err := fs.Err(); err != nil {
		return out, err
	}
	err = s.db.View(ctx, func(tx *store.Tx) error {
		hits, err := s.SearchArticles(tx, in.Words, on, hitLimit)
		out.Items = make([]ArticleOut, 0, len(hits))
		for _, h := range hits {
			out.Items = append(out.Items, articleOut(h))
		}
		return err
	})
	return out, err
}

func (s *Service) apiArticle(ctx context.Context, _ access.Session, in articleParam) (out ArticleOut, err error) {
	id, err := api.IDOf[LawID](in.ID, "这一条")
	key, ok := parseArticleKey(in.Article)
	if err != nil || !ok {
		return out, fault.Missing("这一条")
	}
	err = s.db.View(ctx, func(tx *store.Tx) error {
		row, err := lawRowByID(tx, id)
		if err != nil {
			return err
		}
		t, ok, err := textOf(tx, row.Title, row.EffectiveFrom)
		if err != nil || !ok {
			return orMissing(err, "这一版的条文")
		}
		line, ok, err := articleLine(tx, t.ID, key)
		if err != nil || !ok {
			return orMissing(err, "这一条")
		}
		out = articleOut(articleHit(row, line))
		return nil
	})
	return out, err
}
