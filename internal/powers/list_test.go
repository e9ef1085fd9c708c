package powers

import (
	"slices"
	"testing"

	"fadu/internal/fault"
	"fadu/internal/store"
)

func codesOf(items []PowerItem) []string {
	out := make([]string, len(items))
	for i, p := range items {
		out[i] = p.Code
	}
	return out
}

func TestSearch(t *testing.T) {
	started(t, true, func(t *testing.T, s *Service) {
		adoptCodes(t, s, "2025-01-01", "YS-001", "YS-002", "CG-171", "CG-382")
		for _, c := range []struct {
			name string
			f    Filter
			want []string
		}{
			{"按编码", Filter{Words: "CG-171"}, []string{"CG-171"}},
			{"小写、全角编码", Filter{Words: "ｃg-171"}, []string{"CG-171"}},
			{"两字词", Filter{Words: "烧烤"}, []string{"CG-171", "CG-172", "CG-382"}},
			{"两个词都要有", Filter{Words: "烧烤 场地"}, []string{"CG-172", "CG-382"}},
			{"按行为日", Filter{Words: "烧烤", On: day("2026-07-20")}, []string{"CG-382"}},
			{"按行为日，法典施行日", Filter{Words: "烧烤", On: day("2026-08-15")}, []string{"CG-171", "CG-172"}},
			{"按法律和条", Filter{Words: "大气污染防治法第118条 提供场地"}, []string{"CG-382"}},
			{"按条，汉字", Filter{Words: "第一千一百三十二条第三款"}, []string{"CG-171", "CG-172"}},
			{"按条和款，不串款", Filter{Words: "生态环境法典第1132条第2款"}, []string{"CG-170"}},
			{"第四条不串到第四十条", Filter{Words: "演示市市容条例第5条"}, nil},
			{"通配符只是文字", Filter{Words: "%"}, nil},
			{"在行使", Filter{Words: "烧烤", State: StateAdopted}, []string{"CG-171", "CG-382"}},
			{"待核实", Filter{State: StateUnchecked}, []string{"CG-347", "CG-348"}},
			{"按类别和领域", Filter{Kind: KindPenalty, Domain: "光污染"}, []string{"CG-175"}},
			{"没有的词", Filter{Words: "太空垃圾"}, nil},
		} {
			got := codesOf(view(t, s, func(tx *store.Tx) ([]PowerItem, error) { return s.All(tx, c.f) }))
			if !slices.Equal(got, c.want) && (len(got) > 0 || len(c.want) > 0) {
				t.Errorf("%s：%v，应为 %v", c.name, got, c.want)
			}
		}
		got := codesOf(view(t, s, func(tx *store.Tx) ([]PowerItem, error) { return s.SearchForCase(tx, "烧烤", day("2026-07-20")) }))
		if !slices.Equal(got, []string{"CG-382"}) {
			t.Errorf("办案只列已采用、行为日有效的：%v", got)
		}
		if got := view(t, s, func(tx *store.Tx) ([]PowerItem, error) { return s.SearchForCase(tx, "", day("2026-09-10")) }); len(got) != 3 {
			t.Errorf("不写词列全部已采用的：%v", codesOf(got))
		}
	})
}

func TestListPages(t *testing.T) {
	started(t, true, func(t *testing.T, s *Service) {
		f := Filter{Kind: KindPenalty}
		all := codesOf(view(t, s, func(tx *store.Tx) ([]PowerItem, error) { return s.All(tx, f) }))
		page := func(after string) ListPage {
			return view(t, s, func(tx *store.Tx) (ListPage, error) { return s.List(tx, f, after) })
		}
		var seen []string
		first := page("")
		p, pages := first, 1
		for {
			seen = append(seen, codesOf(p.Items)...)
			if p.Next == "" {
				break
			}
			p = page(p.Next)
			pages++
		}
		if !slices.Equal(seen, all) || first.Total != len(all) || first.Prev != "" {
			t.Fatalf("%d 页共 %d 项，应为 %d 项", pages, len(seen), len(all))
		}
		for p.Prev != "" {
			p = page(p.Prev)
			pages--
		}
		if pages != 1 || !slices.Equal(codesOf(p.Items), codesOf(first.Items)) {
			t.Errorf("往回翻不到第一页：%d", pages)
		}
		if err := s.db.View(t.Context(), func(tx *store.Tx) error {
			_, err := s.List(tx, Filter{Kind: KindLicence}, first.Next)
			return err
		}); !fault.Is(err, fault.Invalid) {
			t.Errorf("别的条件的翻页位置：%v", err)
		}
		if first.Tiers["CG-020"] != 4 {
			t.Errorf("阶次数：%v", first.Tiers)
		}
	})
}

func TestDossierAndLaws(t *testing.T) {
	started(t, true, func(t *testing.T, s *Service) {
		d := view(t, s, func(tx *store.Tx) (Dossier, error) { return s.Dossier(tx, "CG-382", day("2026-11-21")) })
		if d.Item.Code != "CG-382" || !slices.Equal(codesOf(d.Relatives), []string{"CG-171", "CG-172"}) {
			t.Errorf("沿革：%v", codesOf(d.Relatives))
		}
		d = view(t, s, func(tx *store.Tx) (Dossier, error) { return s.Dossier(tx, "CG-171", day("2026-07-01")) })
		if !slices.Contains(codesOf(d.Relatives), "CG-382") || len(d.Benchmarks) != 2 || d.Laws[d.Item.Penalty.Law].LastArticle != 1242 {
			t.Errorf("法典事项：%v %d", codesOf(d.Relatives), len(d.Benchmarks))
		}
		old := view(t, s, func(tx *store.Tx) ([]LawText, error) { return s.Laws(tx, "污染", day("2026-08-14")) })
		now := view(t, s, func(tx *store.Tx) ([]LawText, error) { return s.Laws(tx, "污染", day("2026-08-15")) })
		if len(old) != 3 || len(now) != 0 {
			t.Errorf("旧法 %d 部，法典施行后 %d 部", len(old), len(now))
		}
		cited := view(t, s, func(tx *store.Tx) (map[string]int, error) { return s.CitedBy(tx) })
		if cited["城镇燃气管理条例"] != 35 || cited["演示市市容条例"] != 34 {
			t.Errorf("引用数：%v", cited)
		}
		counts := view(t, s, func(tx *store.Tx) (map[State]int, error) { return s.Counts(tx) })
		if counts[StateAdopted] != 0 || counts[StateUnchecked] != 2 || counts[StateLibrary] != 399+34-28-2 {
			t.Errorf("今日的状态：%v", counts)
		}
	})
}
