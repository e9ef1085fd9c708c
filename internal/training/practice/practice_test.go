package practice

import (
	"math"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var start = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)

type step struct {
	stability, difficulty float64
	days                  int
	due                   string
}

// The values come from the reference implementation of the same formulas, ts-fsrs 5.4.2 (long-term mode, no fuzz).
func TestSeriesFollowsThePublishedFormulas(t *testing.T) {
	for _, c := range []struct {
		name      string
		ratings   []Rating
		retention float64
		want      []step
	}{
		{"记得、忘过一次", []Rating{3, 3, 1, 3, 3}, 0.9, []step{{2.3065, 2.11810397, 3, "2026-03-05"}, {13.82690327, 2.11121424, 14, "2026-03-19"}, {1.72636178, 7.39223814, 2, "2026-03-21"}, {5.12376438, 7.38007427, 5, "2026-03-26"}, {12.60302867, 7.36792257, 13, "2026-04-08"}}},
		{"总想不起", []Rating{1, 1, 1, 1}, 0.9, []step{{0.212, 6.4133, 1, "2026-03-03"}, {0.10088579, 8.80630447, 1, "2026-03-04"}, {0.05503453, 9.59286876, 1, "2026-03-05"}, {0.03336919, 9.85140709, 1, "2026-03-06"}}},
		{"轻松到一年封顶", []Rating{4, 4, 4}, 0.9, []step{{8.2956, 1, 8, "2026-03-10"}, {65.62422648, 1, 66, "2026-05-15"}, {396.77501923, 1, 365, "2027-05-15"}}},
		{"重大规则保持率九成五", []Rating{2, 3, 4, 1, 2, 3}, 0.95, []step{{1.2931, 5.11217071, 2, "2026-03-04"}, {6.57470191, 5.10228691, 3, "2026-03-07"}, {22.13663188, 3.4509278, 9, "2026-03-16"}, {1.91810416, 7.83259287, 1, "2026-03-17"}, {2.99068826, 8.54640252, 2, "2026-03-19"}, {5.42954457, 8.53308449, 3, "2026-03-22"}}},
		{"保持率八成", []Rating{1, 2, 2, 2, 3}, 0.8, []step{{0.212, 6.4133, 1, "2026-03-03"}, {1.21921728, 7.60420977, 4, "2026-03-07"}, {3.90787319, 8.39479117, 13, "2026-03-20"}, {9.3918731, 8.91961595, 31, "2026-04-20"}, {24.4534925, 8.9059247, 81, "2026-07-10"}}},
		{"忽易忽难", []Rating{4, 1, 4, 1, 4}, 0.85, []step{{8.2956, 1, 16, "2026-03-18"}, {1.51656932, 7.02698957, 3, "2026-03-21"}, {10.39374909, 6.01877639, 20, "2026-04-10"}, {1.52613783, 8.67662724, 3, "2026-04-13"}, {6.72510557, 8.2196461, 13, "2026-04-26"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := NewScheduler(nil, c.retention)
			if err != nil {
				t.Fatal(err)
			}
			got, err := s.Series(start, c.ratings)
			if err != nil || len(got) != len(c.want) {
				t.Fatalf("%v %v", got, err)
			}
			for i, w := range c.want {
				g := got[i]
				if math.Abs(g.Stability-w.stability) > 1e-6 || math.Abs(g.Difficulty-w.difficulty) > 1e-6 || g.Interval != w.days || g.Due.Format(time.DateOnly) != w.due {
					t.Errorf("第 %d 次：%+v，应为 %+v", i+1, g, w)
				}
			}
		})
	}
}

func TestSeriesRefuses(t *testing.T) {
	if _, err := NewScheduler([]float64{1}, 0.9); err == nil {
		t.Error("一个权重也收了")
	}
	for _, r := range []float64{0, 1, -1, math.NaN()} {
		if _, err := NewScheduler(nil, r); err == nil {
			t.Errorf("保持率 %v 也收了", r)
		}
	}
	s, _ := NewScheduler(nil, 0.9)
	if _, err := s.Series(start, []Rating{5}); err == nil {
		t.Error("评分 5 也收了")
	}
	if _, err := s.Series(start, make([]Rating, MaxReviews+1)); err == nil {
		t.Error("没有上限")
	}
}

// Whatever the answers: the better one waits at least as long, pauses are from one day to a year, and the
// numbers stay in their bounds.
func TestIntervalsKeepTheirOrder(t *testing.T) {
	s, _ := NewScheduler(nil, 0.9)
	rapid.Check(t, func(t *rapid.T) {
		ratings := rapid.SliceOfN(rapid.Map(rapid.IntRange(1, 4), func(i int) Rating { return Rating(i) }), 1, 30).Draw(t, "ratings")
		late := rapid.Float64Range(0, 400).Draw(t, "late")
		got, err := s.Series(start, ratings)
		if err != nil {
			t.Fatal(err)
		}
		m := got[len(got)-1].Memory
		if m.Difficulty < 1 || m.Difficulty > 10 || m.Stability < minStability || m.Stability > maxStability {
			t.Fatalf("%+v", m)
		}
		last := 0
		for g := Again; g <= Easy; g++ {
			d := s.Interval(m, late, g)
			if d < last || d < 1 || d > MaxInterval {
				t.Fatalf("%v 之后 %d 天，前一级 %d 天", g, d, last)
			}
			last = d
		}
	})
}

func TestInfer(t *testing.T) {
	minute := time.Minute
	for _, c := range []struct {
		name string
		a    Answer
		want Rating
	}{
		{"答错", Answer{Took: minute, Median: minute}, Again},
		{"放弃", Answer{Right: true, GaveUp: true}, Again},
		{"看了提示", Answer{Right: true, Hinted: true, Took: minute, Median: minute}, Hard},
		{"想了很久", Answer{Right: true, Took: 2*minute + 1, Median: minute}, Hard},
		{"恰好两倍不算久", Answer{Right: true, Took: 2 * minute, Median: minute}, Good},
		{"第一次很快", Answer{Right: true, Took: minute / 3, Median: minute}, Good},
		{"连着两次很快", Answer{Right: true, Took: minute / 3, Median: minute, QuickLast: true}, Easy},
		{"没有中位数", Answer{Right: true, Took: time.Second, QuickLast: true}, Good},
	} {
		if got := Infer(c.a); got != c.want {
			t.Errorf("%s：%d，应为 %d", c.name, got, c.want)
		}
	}
}

func TestToday(t *testing.T) {
	s, _ := NewScheduler(nil, 0.9)
	card := func(id string, stability float64, lastDays, dueDays int, severity float64) Card {
		return Card{ID: id, Memory: Memory{stability, 5}, Last: start.AddDate(0, 0, lastDays), Due: start.AddDate(0, 0, dueDays), Severity: severity}
	}
	due := []Card{
		card("旧", 10, -12, -2, 1), card("重大", 10, -12, -2, 3), card("明天", 10, -9, 1, 1),
		card("刚到", 10, -10, 0, 1), card("很久", 2, -60, -58, 1), card("再一", 10, -11, -1, 1),
	}
	fresh := []Card{{ID: "新一"}, {ID: "新二"}}
	ids := func(cs []Card) (out []string) {
		for _, c := range cs {
			out = append(out, c.ID)
		}
		return out
	}
	if got, want := ids(s.Today(due, fresh, start, DailyCap)), []string{"很久", "重大", "旧", "再一", "新一", "刚到", "新二"}; !slices.Equal(got, want) {
		t.Errorf("%v，应为 %v", got, want)
	}
	if got := ids(s.Today(due, fresh, start, 3)); !slices.Equal(got, []string{"很久", "重大", "旧"}) {
		t.Errorf("封顶三题：%v", got)
	}
	if got := s.Today(due, fresh, start, 0); got != nil {
		t.Errorf("零题：%v", got)
	}
}

func TestLeaves(t *testing.T) {
	for _, c := range []struct {
		name  string
		marks []Mark
		want  bool
	}{
		{"三天都对", []Mark{{"1", true}, {"2", true}, {"3", true}}, true},
		{"同一天三次只算一天", []Mark{{"1", true}, {"1", true}, {"1", true}}, false},
		{"中间错了重来", []Mark{{"1", true}, {"2", true}, {"3", false}, {"4", true}}, false},
		{"没答过", nil, false},
	} {
		if Leaves(c.marks) != c.want {
			t.Errorf("%s", c.name)
		}
	}
}
