package powers

import (
	"slices"
	"testing"

	"fadu/internal/law"
	"fadu/internal/store"
)

// 自己强制执行要有法律授权：没有采用的、依据是行政法规的、查封一类的措施、只讲程序的都不算（行政强制法第十三条）。
func TestOnlyStatutesGrantExecution(t *testing.T) {
	started(t, true, func(t *testing.T, s *Service) {
		now := func() []string {
			return view(t, s, func(tx *store.Tx) ([]string, error) {
				all, err := s.ExecutionPowers(tx, law.MustDate("2026-09-10"))
				var out []string
				for _, p := range all {
					out = append(out, p.Code)
				}
				return out, err
			})
		}
		if got := now(); len(got) != 0 {
			t.Errorf("没有采用，却有 %v", got)
		}
		adoptCodes(t, s, "2026-01-01", "CG-319", "CG-320", "CG-322", "CG-323")
		if got := now(); !slices.Equal(got, []string{"CG-320"}) {
			t.Errorf("有 %v，只有城乡规划法第六十八条的是法律授权", got)
		}
	})
}
