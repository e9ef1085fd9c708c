package stats

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// A test of three candidates that can be reckoned by hand.
func TestAnalyseByHand(t *testing.T) {
	a, err := Analyse(Test{Max: []float64{1, 1, 2}, Matrix: [][]float64{{1, 1, 2}, {1, 0, 1}, {0, 0, 0}}})
	if err != nil {
		t.Fatal(err)
	}
	// T = 4, 2, 0; s² = 4; Σs² = 1/3 + 1/3 + 1 = 5/3; α = 3/2·(1 − 5/12) = 7/8; SEM = 2·√(1/8).
	// odd = 3, 2, 0 and even = 1, 0, 0: cov = 2/3, s² = 7/3 and 1/3, r = 2/√7.
	want := `{"n":3,"k":3,"alpha":0.875,"sem":0.707107,"split_half":0.755929,"spearman_brown":0.861002,"mean":2,"items":[` +
		`{"p":0.666667,"d27":1,"r_item_rest":0.755929,"r_item_total":0.866025,"disc_efficiency":1,"alpha_if_deleted":0.857143,"flags":[]},` +
		`{"p":0.333333,"d27":1,"r_item_rest":0.755929,"r_item_total":0.866025,"disc_efficiency":1,"alpha_if_deleted":0.857143,"flags":[]},` +
		`{"p":0.5,"d27":1,"r_item_rest":1,"r_item_total":1,"disc_efficiency":1,"alpha_if_deleted":0.666667,"flags":[]}]}`
	b, _ := json.Marshal(a)
	if string(b) != want {
		t.Errorf("\n%s\n%s", b, want)
	}
}

// Nothing undefined becomes NaN: it is null.
func TestUndefinedIsNull(t *testing.T) {
	for _, c := range []struct {
		name string
		test Test
		want string // part of the answer
	}{
		{"没有人考", Test{Max: []float64{1, 1}}, `"alpha":null,"sem":null,"split_half":null,"spearman_brown":null,"mean":null,"items":[{"p":null,"d27":null`},
		{"只有一人", Test{Max: []float64{1, 1}, Matrix: [][]float64{{1, 0}}}, `"alpha":null,"sem":null,"split_half":null,"spearman_brown":null,"mean":1,"items":[{"p":1,"d27":null,"r_item_rest":null`},
		{"人人都对", Test{Max: []float64{1, 1}, Matrix: [][]float64{{1, 1}, {1, 1}}}, `"alpha":null,"sem":null,"split_half":null,"spearman_brown":null,"mean":2,"items":[{"p":1,"d27":0,"r_item_rest":null,"r_item_total":null,"disc_efficiency":null,"alpha_if_deleted":null,"flags":["too_easy"]}`},
		{"只有一题", Test{Max: []float64{1}, Matrix: [][]float64{{1}, {0}}}, `"alpha":null,"sem":null,"split_half":null,"spearman_brown":null,"mean":0.5,"items":[{"p":0.5,"d27":1,"r_item_rest":null,"r_item_total":1`},
		{"两题时删不出信度", Test{Max: []float64{1, 1}, Matrix: [][]float64{{1, 1}, {0, 0}}}, `"alpha":1,"sem":0,"split_half":1,"spearman_brown":1,"mean":1,"items":[{"p":0.5,"d27":1,"r_item_rest":1,"r_item_total":1,"disc_efficiency":1,"alpha_if_deleted":null`},
		{"此消彼长", Test{Max: []float64{1, 1}, Matrix: [][]float64{{1, 0}, {0, 1}}}, `"alpha":null,"sem":null,"split_half":-1,"spearman_brown":null`},
		{"二进制小数的常数列", Test{Max: []float64{1, 1, 1}, Matrix: [][]float64{{0.1, 0.7, 0}, {0.1, 0.7, 0.3}, {0.1, 0.7, 0.6}}}, `{"p":0.1,"d27":0,"r_item_rest":null`},
	} {
		a, err := Analyse(c.test)
		b, _ := json.Marshal(a)
		if err != nil || !strings.Contains(string(b), c.want) {
			t.Errorf("%s：%v\n%s\n%s", c.name, err, b, c.want)
		}
	}
}

// The upper and lower groups are by total, then id, and of 27 per cent.
func TestUpperAndLowerGroups(t *testing.T) {
	// Twelve candidates make groups of three; the four with the same total are told apart by their ids.
	m := [][]float64{}
	ids := []string{}
	for i := range 12 {
		total := []float64{9, 9, 5, 5, 5, 5, 4, 4, 3, 1, 1, 1}[i]
		first := 0.0
		if i == 5 {
			first = 1
		}
		m = append(m, []float64{first, total - first})
		ids = append(ids, fmt.Sprintf("%c", "ABFEDCGHIJKL"[i]))
	}
	a, err := Analyse(Test{Max: []float64{1, 9}, IDs: ids, Matrix: m})
	if err != nil || *a.Items[0].D27 != 0.333333 {
		t.Errorf("%v %v", a, err)
	}
}

func TestFlags(t *testing.T) {
	// The first item is solved by the worst only, the second by one of ten.
	var m [][]float64
	for i := range 10 {
		row := []float64{0, 0, float64(i)}
		if i < 5 {
			row[0] = 1
		}
		if i == 9 {
			row[1] = 1
		}
		m = append(m, row)
	}
	a, err := Analyse(Test{Max: []float64{1, 1, 9}, Matrix: m})
	if err != nil || len(a.Items[0].Flags) != 1 || a.Items[0].Flags[0] != KeySuspect || len(a.Items[1].Flags) != 1 || a.Items[1].Flags[0] != TooHard {
		t.Errorf("%+v %v", a.Items, err)
	}
}

func TestAnalyseRefuses(t *testing.T) {
	for name, test := range map[string]Test{
		"没有题":   {},
		"行长短不一": {Max: []float64{1, 1}, Matrix: [][]float64{{1}}},
		"超过满分":  {Max: []float64{1}, Matrix: [][]float64{{2}}},
		"满分为零":  {Max: []float64{0}, Matrix: [][]float64{{0}}},
		"编号少":   {Max: []float64{1}, IDs: []string{"a"}, Matrix: [][]float64{{1}, {0}}},
		"不是数":   {Max: []float64{1}, Matrix: [][]float64{{math.NaN()}}},
	} {
		if _, err := Analyse(test); err == nil {
			t.Errorf("%s也收了", name)
		}
	}
}

// The order of the rows does not matter, reliability of 0/1 items is KR-20, and every correlation is between −1 and 1.
func TestAnalyseLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, k := rapid.IntRange(2, 12).Draw(t, "n"), rapid.IntRange(2, 6).Draw(t, "k")
		test := Test{Max: make([]float64, k)}
		for i := range test.Max {
			test.Max[i] = 1
		}
		for r := range n {
			row := make([]float64, k)
			for i := range row {
				row[i] = float64(rapid.IntRange(0, 1).Draw(t, "x"))
			}
			test.Matrix, test.IDs = append(test.Matrix, row), append(test.IDs, fmt.Sprintf("%02d", r))
		}
		a, err := Analyse(test)
		if err != nil {
			t.Fatal(err)
		}
		turned := Test{Max: test.Max}
		for r := n - 1; r >= 0; r-- {
			turned.Matrix, turned.IDs = append(turned.Matrix, test.Matrix[r]), append(turned.IDs, test.IDs[r])
		}
		b, _ := Analyse(turned)
		x, _ := json.Marshal(a)
		y, _ := json.Marshal(b)
		if string(x) != string(y) {
			t.Fatalf("%s\n%s", x, y)
		}
		var pq, total float64
		totals := make([]float64, n)
		for i := range k {
			var p float64
			for r := range n {
				p += test.Matrix[r][i]
				totals[r] += test.Matrix[r][i]
			}
			p /= float64(n)
			pq += p * (1 - p) * float64(n) / float64(n-1)
		}
		if total = covariance(totals, totals); total > tiny && math.Abs(*a.Alpha-float64(k)/float64(k-1)*(1-pq/total)) > 1e-5 {
			t.Fatalf("α %v", *a.Alpha)
		}
		for _, it := range a.Items {
			if it.DiscEfficiency != nil && *it.DiscEfficiency > 1 {
				t.Fatalf("%+v", it)
			}
			for _, r := range []*float64{it.RItemRest, it.RItemTotal, it.D27} {
				if r != nil && math.Abs(*r) > 1 {
					t.Fatalf("%+v", it)
				}
			}
		}
	})
}

func TestOptions(t *testing.T) {
	letters := []string{"A", "B", "C", "D"}
	var chosen []string
	var totals []float64
	for i := range 20 {
		switch {
		case i < 10:
			chosen, totals = append(chosen, "A"), append(totals, 50)
		case i < 19:
			chosen, totals = append(chosen, "B"), append(totals, 60)
		default:
			chosen, totals = append(chosen, "C"), append(totals, 10)
		}
	}
	os := Options("A", letters, chosen, totals)
	if !os[0].Correct || os[0].Chosen != 10 || *os[0].Mean != 50 || !os[1].Rivals || os[2].Idle || os[2].Rivals || !os[3].Idle || os[3].Mean != nil {
		t.Errorf("%+v", os)
	}
}

func BenchmarkAnalyse5000x100(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	test := Test{Max: make([]float64, 100)}
	for i := range test.Max {
		test.Max[i] = 1
	}
	for range 5000 {
		row := make([]float64, 100)
		for i := range row {
			row[i] = float64(rng.IntN(2))
		}
		test.Matrix = append(test.Matrix, row)
	}
	for b.Loop() {
		if _, err := Analyse(test); err != nil {
			b.Fatal(err)
		}
	}
}
