package powers

import (
	"strings"
	"testing"

	"fadu/internal/fault"
)

// FuzzFormula: a formula of a fine is read with its low end not above its high end, or named.
func FuzzFormula(f *testing.F) {
	for _, p := range starter(f).Items {
		if p.FormulaText != "" {
			f.Add(string(p.FineBasis), p.FormulaText)
		}
	}
	for _, s := range []string{"工程合同价款×[2%,4%]", "货值金额×[10,20]倍", "应交处理费×3倍以下且≤30000元", "每只3000元（可以并处）", "每株；一级20万~50万，二级5万~20万"} {
		f.Add(string(FinePerUnit), s)
		f.Add("", s)
	}
	f.Fuzz(func(t *testing.T, basis, s string) {
		x, err := ParseFormula(FineBasis(basis), s)
		if err != nil {
			return
		}
		if x.Low > x.High || x.Cap < 0 || x.Base == "" && x.Unit == "" {
			t.Fatalf("%q：%+v", s, x)
		}
		for _, g := range x.Grades {
			if g.Name == "" || g.Min > g.Max || g.Min < 0 {
				t.Fatalf("%q：%+v", s, g)
			}
		}
	})
}

// FuzzQuantity: a quantity is exact: it prints and reads again as itself.
func FuzzQuantity(f *testing.F) {
	for _, s := range []string{"0.5", "3", "1000000000", "1000000000.000001", "0.1234567", "１", "-1", "1.", ".5"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		q, err := ParseQuantity(s)
		if err != nil {
			return
		}
		if again, err := ParseQuantity(q.String()); err != nil || again != q || q < 0 || q > maxQuantity {
			t.Fatalf("%q → %s → %s %v", s, q, again, err)
		}
	})
}

// FuzzArticleKey: the address of an article leads to that article alone.
func FuzzArticleKey(f *testing.F) {
	for _, s := range []string{"58", "17-1", "+58", "0", "058", "58-", "9999-99", "-1", "１"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a, ok := parseArticleKey(s)
		if !ok {
			return
		}
		if at := strings.TrimPrefix(articleURL(1, a), lawURL(1)+"/"); at != s {
			t.Fatalf("%q 是 %q 的另一个地址", s, at)
		}
	})
}

// FuzzTextList: a statute of the bureau becomes rows with their kind, or is refused in words.
func FuzzTextList(f *testing.F) {
	f.Add([]byte(sampleStatute))
	f.Add(docx(f, wordXML("演示市市容条例", "第一条　甲", "第三条　乙")))
	f.Add([]byte("# 演示市条例\n\n## 第一章　总则\n\n第一条　甲\n"))
	f.Add([]byte("类别,编号\n条,第一条\n"))
	f.Add([]byte("\xb5\xda\xd2\xbb\xcc\xf5\xa1\xa1\xbc\xd7"))
	f.Fuzz(func(t *testing.T, b []byte) {
		p, ok, err := (textList{}).Read(b)
		if err != nil {
			if !fault.Is(err, fault.Invalid) {
				t.Fatal(err)
			}
			return
		}
		if !ok {
			return
		}
		for _, r := range p.Rows {
			if r.Values["kind"] == "" {
				t.Fatalf("没有类别：%v", r.Values)
			}
			checkStatuteLine(r)
		}
		checkStatute(p.Rows)
	})
}
