package training

import (
	"regexp"
	"slices"

	"fadu/internal/store"
	"fadu/internal/training/scene"
)

// refForm is how scenes write articles, and rules whose name begins with their article: XZCF-51-1.
var refForm = regexp.MustCompile(`\b[A-Z][A-Z0-9]+-\d+(?:-\d+)*`)

// ScenesCiting are the scenes in use that cite one of the articles of a statute, or any of it when none is named; the
// newest version of each.
func ScenesCiting(tx *store.Tx, statute string, articles []int) (out []Scene, err error) {
	var all []Scene
	if err := tx.DB().NewSelect().Model(&all).Where("state = ?", Published).OrderExpr("code, number DESC").Scan(tx.Ctx); err != nil {
		return nil, err
	}
	for i, s := range all {
		if i > 0 && all[i-1].Code == s.Code {
			continue
		}
		touched := slices.ContainsFunc(refForm.FindAllString(s.Content, -1), func(ref string) bool {
			c, err := scene.Ref(ref)
			return err == nil && c.Statute == statute && (len(articles) == 0 || slices.Contains(articles, c.Article))
		})
		if touched {
			out = append(out, s)
		}
	}
	return out, nil
}
