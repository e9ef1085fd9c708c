package powers

import (
	"slices"
	"testing"

	"fadu/internal/store"
	"fadu/internal/testkit"
)

// 同一类行为跨新旧规定是一条线；同一旧规定分出的两项，彼此不是同一类（处罚法33Ⅰ）。
func TestLineage(t *testing.T) {
	started(t, false, func(t *testing.T, s *Service) {
		for _, c := range []struct {
			name, code string
			want, not  []string
		}{
			{"旧法的乱倒生活垃圾，法典的一项接续", "CG-393", []string{"CG-393", "CG-195"}, []string{"CG-193", "CG-382"}},
			{"从法典的一项回到旧法", "CG-195", []string{"CG-195", "CG-393"}, []string{"CG-193"}},
			{"旧法的露天烧烤，法典分成两项", "CG-382", []string{"CG-382", "CG-171", "CG-172"}, []string{"CG-393"}},
			{"分出的两项只接旧法，不接对方", "CG-171", []string{"CG-171", "CG-382"}, []string{"CG-172"}},
			{"没有修改的只有自己", "CG-020", []string{"CG-020"}, []string{"CG-393"}},
		} {
			testkit.Update(t, s.db, func(tx *store.Tx) error {
				got, err := s.Lineage(tx, c.code)
				for _, w := range c.want {
					if !slices.Contains(got, w) {
						t.Errorf("%s：%v 没有 %s", c.name, got, w)
					}
				}
				for _, n := range c.not {
					if slices.Contains(got, n) {
						t.Errorf("%s：%v 有 %s", c.name, got, n)
					}
				}
				return err
			})
		}
	})
}
