package grade

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestMultiple(t *testing.T) {
	for _, c := range []struct {
		name, key, selected string
		// the six policies in the order of Policies, of 2 points and 4 options
		want [6]float64
	}{
		{"全对", "ABD", "ABD", [6]float64{2, 2, 2, 2, 2, 2}},
		{"次序和写法不计", "ABD", "d、a b", [6]float64{2, 2, 2, 2, 2, 2}},
		{"漏一个", "ABD", "AB", [6]float64{0, 1, 1.33, 1, 1.33, 1.5}},
		{"漏两个", "ABD", "A", [6]float64{0, 1, 0.67, 0.5, 0.67, 1}},
		{"多一个错的", "ABD", "ABCD", [6]float64{0, 0, 0, 0, 1.33, 1.5}},
		{"一对一错", "ABD", "AC", [6]float64{0, 0, 0, 0, 0, 0.5}},
		{"全错", "ABD", "C", [6]float64{0, 0, 0, 0, 0, 0}},
		{"没有选", "ABD", "", [6]float64{}},
	} {
		for i, p := range Policies {
			got, err := Multiple(p, c.key, c.selected, 4, 2)
			if err != nil || got != c.want[i] {
				t.Errorf("%s，%s：%v（%v），应为 %v", c.name, p, got, err, c.want[i])
			}
		}
	}
	for name, call := range map[string]func() (float64, error){
		"选项超出":  func() (float64, error) { return Multiple(AllOrNothing, "AB", "E", 4, 2) },
		"没有答案":  func() (float64, error) { return Multiple(AllOrNothing, "", "A", 4, 2) },
		"没有的方式": func() (float64, error) { return Multiple("half", "AB", "A", 4, 2) },
		"一个选项":  func() (float64, error) { return Multiple(AllOrNothing, "A", "A", 1, 2) },
		"负的分值":  func() (float64, error) { return Multiple(AllOrNothing, "A", "A", 4, -1) },
	} {
		if _, err := call(); err == nil {
			t.Errorf("%s也收了", name)
		}
	}
}

// A multiple choice gives from nothing to its points, and exactly its points only for the key, or where
// half a point for each right option already makes them up.
func TestMultipleStaysWithinItsPoints(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pick := rapid.Map(rapid.SliceOfDistinct(rapid.SampledFrom([]string{"A", "B", "C", "D", "E"}), rapid.ID[string]), func(ss []string) string { return strings.Join(ss, "") })
		key := pick.Filter(func(s string) bool { return s != "" }).Draw(t, "key")
		selected := pick.Draw(t, "selected")
		points := float64(rapid.IntRange(1, 1000).Draw(t, "points")) / 100
		policy := rapid.SampledFrom(Policies).Draw(t, "policy")
		got, err := Multiple(policy, key, selected, 5, points)
		if err != nil || got < 0 || got > points {
			t.Fatalf("%v %v", got, err)
		}
		full, _ := Multiple(policy, key, key, 5, points)
		if full != points {
			t.Fatalf("答案自己只得 %v", full)
		}
	})
}

func TestSingleAndJudgement(t *testing.T) {
	for _, c := range []struct {
		name, key, selected string
		penalty, want       float64
	}{
		{"答对", "B", "b", 0.5, 2},
		{"全角", "B", "Ｂ", 0, 2},
		{"答错不扣", "B", "A", 0, 0},
		{"答错扣半分", "B", "A", 0.5, -0.5},
		{"空着不扣", "B", "", 0.5, 0},
		{"单选选了两个", "B", "AB", 0.5, -0.5},
	} {
		if got, err := Single(c.key, c.selected, 2, c.penalty); err != nil || got != c.want {
			t.Errorf("%s：%v %v", c.name, got, err)
		}
	}
	for _, c := range []struct {
		key, selected string
		want          float64
	}{{"对", "√", 1}, {"正确", "T", 1}, {"true", "是。", 1}, {"错", "×", 1}, {"错误", "不对", 1}, {"×", "Ｆ", 1}, {"对", "错", -0.5}, {"错", "", 0}, {"对", "  ", 0}} {
		if got, err := Judgement(c.key, c.selected, 1, 0.5); err != nil || got != c.want {
			t.Errorf("%s 答 %s：%v %v", c.key, c.selected, got, err)
		}
	}
	for _, c := range [][2]string{{"也许", "对"}, {"对", "也许"}} {
		if _, err := Judgement(c[0], c[1], 1, 0); err == nil {
			t.Errorf("%v 也收了", c)
		}
	}
	if _, err := Single("AB", "A", 1, 0); err == nil {
		t.Error("单选的答案有两个也收了")
	}
	if _, err := Single("A", "A", 1, -1); err == nil {
		t.Error("负的扣分也收了")
	}
}

func TestNormalise(t *testing.T) {
	for in, want := range map[string]string{
		"七日": "7日", "7日": "7日", "７ 日。": "7日", "二百元": "200元", "200元": "200元", "贰佰元": "200元", "200.00元": "200元", "１，０００元": "1000元",
		"十万元": "100000元", "10万元": "100000元", "1.5万元": "15000元", "百分之三": "3%", "3％": "3%", "百分之": "百分之", "第五十一条": "第51条", "两名": "2名",
		"二〇二六年八月十五日": "2026年8月15日", "一千零二十": "1020", "一万零五": "10005", "十": "10", "二十五": "25", "三百二十": "320", "一亿二千万": "120000000",
		"“行政处罚法”": "行政处罚法", "《行政处罚法》": "行政处罚法", "XZCF": "xzcf", "": "", "。": "", "百货": "百货", "二百五": "二百五", "万": "万", "十十": "十十", "007": "7",
		"1.2.3": "1.2.3", "六十日内、六个月内": "60日内、6个月内", "零": "0", "5千": "5000", "一般": "1般",
	} {
		if got := Normalise(in); got != want {
			t.Errorf("%s → %s，应为 %s", in, got, want)
		}
	}
	if ok, _ := Fill("二百元", []string{"200元", "贰佰元整"}); !ok {
		t.Error("二百元应当算对")
	}
	if ok, _ := Fill("", []string{""}); ok {
		t.Error("空着不能算对")
	}
}

func FuzzNormalise(f *testing.F) {
	for _, s := range []string{"二百五十", "百分之三十", "1,000.50万", "零〇", "%之三", "一亿万", "9999999999999999亿"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Normalise(s)
		if twice := Normalise(once); twice != once {
			t.Errorf("%q → %q → %q", s, once, twice)
		}
	})
}

func TestOrder(t *testing.T) {
	key := []string{"亮证", "告知", "听取", "审核", "决定"}
	before := [][2]string{{"亮证", "告知"}, {"告知", "听取"}, {"听取", "决定"}, {"审核", "决定"}}
	fatal := [][2]string{{"告知", "决定"}}
	for _, c := range []struct {
		name   string
		answer []string
		fatal  [][2]string
		// exact, position, adjacent, kendall, lcs, precedence of 10 points
		want [6]float64
	}{
		{"全对", key, fatal, [6]float64{10, 10, 10, 10, 10, 10}},
		{"合法的另一种次序", []string{"亮证", "告知", "审核", "听取", "决定"}, fatal, [6]float64{0, 6, 2.5, 9, 8, 10}},
		{"倒过来", []string{"决定", "审核", "听取", "告知", "亮证"}, nil, [6]float64{0, 2, 0, 0, 2, 0}},
		{"先决定后告知，致命", []string{"亮证", "决定", "告知", "听取", "审核"}, fatal, [6]float64{}},
		{"没有告知就决定，致命", []string{"亮证", "听取", "审核", "决定"}, fatal, [6]float64{}},
		{"漏了亮证", []string{"告知", "听取", "审核", "决定"}, fatal, [6]float64{0, 0, 7.5, 6, 8, 7.5}},
		{"一步也没排", nil, fatal, [6]float64{}},
	} {
		for i, p := range []OrderPolicy{OrderExact, OrderPosition, OrderAdjacent, OrderKendall, OrderLCS, OrderPrecedence} {
			got, err := Order{p, key, before, c.fatal, 10}.Score(c.answer)
			if err != nil || got != c.want[i] {
				t.Errorf("%s，%s：%v（%v），应为 %v", c.name, p, got, err, c.want[i])
			}
		}
	}
	if got, err := (Order{OrderPrecedence, []string{"一"}, nil, nil, 3}).Score([]string{"一"}); got != 3 || err != nil {
		t.Errorf("一步的题：%v %v", got, err)
	}
	for name, o := range map[string]struct {
		o      Order
		answer []string
	}{
		"作答重复":   {Order{OrderExact, key, nil, nil, 1}, []string{"亮证", "亮证"}},
		"作答有别的":  {Order{OrderExact, key, nil, nil, 1}, []string{"回家"}},
		"答案重复":   {Order{OrderExact, []string{"a", "a"}, nil, nil, 1}, nil},
		"没有的方式":  {Order{"x", key, nil, nil, 1}, nil},
		"先后与答案反": {Order{OrderPrecedence, key, [][2]string{{"决定", "亮证"}}, nil, 1}, nil},
		"先后不是步骤": {Order{OrderPrecedence, key, [][2]string{{"亮证", "回家"}}, nil, 1}, nil},
		"没有步骤":   {Order{OrderPrecedence, nil, nil, nil, 1}, nil},
	} {
		if _, err := o.o.Score(o.answer); err == nil {
			t.Errorf("%s也收了", name)
		}
	}
}

func TestOrderStaysWithinItsPoints(t *testing.T) {
	key := []string{"a", "b", "c", "d", "e"}
	rapid.Check(t, func(t *rapid.T) {
		answer := slices.Clone(rapid.Permutation(key).Draw(t, "answer"))[:rapid.IntRange(0, 5).Draw(t, "n")]
		got, err := Order{rapid.SampledFrom(OrderPolicies).Draw(t, "policy"), key, nil, nil, 7}.Score(answer)
		if err != nil || got < 0 || got > 7 || got == 7 && !slices.Equal(answer, key) {
			t.Fatalf("%v %v", got, err)
		}
	})
}

func TestMatch(t *testing.T) {
	key := map[string]string{"当场罚款": "51条", "法制审核": "58条", "听证": "63条"}
	answer := map[string]string{"当场罚款": "51条", "法制审核": "63条"}
	if got, err := Match(key, answer, false, 3); got != 1 || err != nil {
		t.Errorf("逐对：%v %v", got, err)
	}
	if got, _ := Match(key, answer, true, 3); got != 0 {
		t.Errorf("全对才得分：%v", got)
	}
	if got, _ := Match(key, key, true, 3); got != 3 {
		t.Errorf("全对：%v", got)
	}
	if _, err := Match(nil, answer, true, 3); err == nil {
		t.Error("没有答案也收了")
	}
}

func TestDouble(t *testing.T) {
	third := func(x float64) *float64 { return &x }
	for _, c := range []struct {
		name      string
		a, b      float64
		third     *float64
		score     float64
		needThird bool
	}{
		{"一致", 16, 16, nil, 16, false},
		{"恰差百分之十五", 16, 13, nil, 14.5, false},
		{"二进制小数也恰差", 8.3, 5.3, nil, 6.8, false},
		{"平均到分，逢五进一", 8.31, 8.3, nil, 8.31, false},
		{"超过百分之十五", 16, 12.99, nil, 0, true},
		{"第三人近甲", 16, 10, third(15), 15.5, false},
		{"第三人近乙", 16, 10, third(11), 10.5, false},
		{"第三人居中", 16, 10, third(13), 13, false},
		{"不超过时第三人不用", 16, 14, third(20), 15, false},
	} {
		got, need, err := Double(c.a, c.b, 20, c.third)
		if err != nil || got != c.score || need != c.needThird {
			t.Errorf("%s：%v %v %v", c.name, got, need, err)
		}
	}
	for _, c := range []struct{ a, b, m float64 }{{-1, 1, 10}, {11, 1, 10}, {1, 1, 0}} {
		if _, _, err := Double(c.a, c.b, c.m, nil); err == nil {
			t.Errorf("%v 也收了", c)
		}
	}
}
