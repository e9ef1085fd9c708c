package app_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fadu/internal/app"
	"fadu/internal/app/apptest"
	"fadu/internal/law"
	"fadu/internal/powers"

	"gopkg.in/yaml.v3"
)

// TestEverythingThatCitesIsFlagged: 数据文件里写了依据的,法规修改时都要出现在受影响清单里.
func TestEverythingThatCitesIsFlagged(t *testing.T) {
	site, err := apptest.Open(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer site.Close()
	titles := map[string]string{}
	for _, s := range law.Statutes() {
		titles[s.Code] = s.Title
	}
	citing := app.Citing(site.App.Judge)
	flagged := func(c law.Citation) bool {
		return slices.ContainsFunc(citing, func(x powers.Citing) bool {
			return x.Law == titles[c.Statute] && (c.Article == 0 && len(x.Articles) == 0 || slices.ContainsFunc(x.Articles, func(a powers.Article) bool { return a.No == c.Article && a.Para == c.Para && a.Item == c.Item }))
		})
	}
	found := map[string]int{}
	if err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".yaml" || strings.Contains(path, "testdata") || strings.Contains(path, "data/papers") { // texts name their articles in words
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		var doc yaml.Node
		if err := yaml.Unmarshal(b, &doc); err != nil {
			return err
		}
		for _, c := range citesIn(t, &doc) {
			found[path]++
			if !flagged(c) {
				t.Errorf("%s 引用的 %s 不在受影响清单里", path, c)
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if len(found) < 5 {
		t.Errorf("只在 %v 里找到依据，没有试到", found)
	}
	for _, kind := range []powers.AffectedKind{powers.AffectedText, powers.AffectedGuide} {
		if !slices.ContainsFunc(citing, func(x powers.Citing) bool { return x.Kind == kind && len(x.Articles) > 0 }) {
			t.Errorf("清单里没有引用法条的%s", kind.Label())
		}
	}
}

// citesIn are the values of every key cite in a document: one provision or a list.
func citesIn(t *testing.T, n *yaml.Node) []law.Citation {
	t.Helper()
	var out []law.Citation
	for i, c := range n.Content {
		if n.Kind == yaml.MappingNode && i%2 == 1 && n.Content[i-1].Value == "cite" {
			list := []*yaml.Node{c}
			if c.Kind == yaml.SequenceNode {
				list = c.Content
			}
			for _, one := range list {
				var x law.Citation
				if err := one.Decode(&x); err != nil {
					t.Fatal(err)
				}
				out = append(out, x)
			}
			continue
		}
		out = append(out, citesIn(t, c)...)
	}
	return out
}
