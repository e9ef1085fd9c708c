package assembly

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"fadu/internal/exam/bank"
	"fadu/internal/law"
)

// questions makes n questions of a topic, a form and a level, with their exposure.
func questions(topic string, t bank.Type, level, n, used int) (out []Available) {
	for i := range n {
		q := bank.Question{ID: fmt.Sprintf("%s-%s-%d-%d-%d", topic, t, level, used, i), Topic: topic, Type: t, Level: level, Options: []string{"一", "二", "三", "四"}, Answer: "B"}
		out = append(out, Available{Question: q, Version: 1, Used: used})
	}
	return out
}

func ids(f Form) (out []string) {
	for _, it := range f {
		out = append(out, it.Question.ID)
	}
	return out
}

func Test组卷(t *testing.T) {
	singles, multiples := questions("告知", bank.Single, 1, 3, 0), questions("告知", bank.Multiple, 2, 2, 0)
	other := questions("回避", bank.Single, 1, 1, 0)
	cell := func(topic string, kind bank.Type, level, count int) Cell {
		return Cell{Topic: topic, Type: kind, Level: level, Count: count, Points: 200}
	}
	for name, c := range map[string]struct {
		blueprint Blueprint
		pool      []Available
		lacks     []string
	}{
		"正好够": {Blueprint{cell("告知", bank.Single, 1, 3), cell("告知", bank.Multiple, 0, 2)}, slices.Concat(singles, multiples), nil},
		"专题不限的让出一道给限定的":    {Blueprint{cell("", bank.Single, 0, 3), cell("回避", bank.Single, 0, 1)}, slices.Concat(other, singles), nil},
		"限定的写在后面也一样":       {Blueprint{cell("", bank.Single, 0, 1), cell("", bank.Single, 1, 2), cell("回避", bank.Single, 1, 1)}, slices.Concat(other, singles), nil},
		"多选少一道":            {Blueprint{cell("告知", bank.Single, 1, 3), cell("告知", bank.Multiple, 2, 3)}, slices.Concat(singles, multiples), []string{"第 2 行“告知 · 多选 · 中等”要 3 道，只有 2 道"}},
		"两行都不够，两行都说":       {Blueprint{cell("听证", bank.Single, 0, 1), cell("告知", bank.Single, 0, 4)}, singles, []string{"第 1 行“听证 · 单选”要 1 道，只有 0 道", "第 2 行“告知 · 单选”要 4 道，只有 3 道"}},
		"同一道题的两版只算一道":      {Blueprint{cell("回避", bank.Single, 0, 2)}, slices.Concat(other, other), []string{"要 2 道，只有 1 道"}},
		"没有专题的行写成全部专题":     {Blueprint{cell("", bank.Fill, 0, 1)}, singles, []string{"“全部专题 · 填空”"}},
		"空的细目表":            {nil, singles, []string{"至少要有一行"}},
		"题数、分值、题型、难度都写得不对": {Blueprint{{Type: "essay", Level: 4, Count: 0, Points: 0}}, singles, []string{"请选择题型", "难度是一至三", "题数应在", "分值应大于 0"}},
	} {
		t.Run(name, func(t *testing.T) {
			f, err := Assemble(c.blueprint, c.pool, "种子")
			if c.lacks == nil {
				if err != nil || len(f) != c.blueprint.Items() || f.Points() != c.blueprint.Points() {
					t.Fatalf("%v %v", ids(f), err)
				}
				n := 0
				for _, want := range c.blueprint {
					for range want.Count {
						if !want.takes(f[n].Question) {
							t.Errorf("第 %d 道 %s 不是“%s”要的", n+1, f[n].Question.ID, want.Label())
						}
						n++
					}
				}
				return
			}
			if err == nil {
				t.Fatalf("组成了：%v", ids(f))
			}
			for _, l := range c.lacks {
				if !strings.Contains(err.Error(), l) {
					t.Errorf("没有说“%s”：%v", l, err)
				}
			}
		})
	}
	var short Infeasible
	if _, err := Assemble(Blueprint{cell("告知", bank.Single, 1, 5)}, singles, ""); !errors.As(err, &short) || short[0].Need != 5 || short[0].Have != 3 {
		t.Errorf("缺多少说得不对：%v", short)
	}
}

func Test近来用过的少用(t *testing.T) {
	fresh, once, often := questions("告知", bank.Single, 1, 4, 0), questions("告知", bank.Single, 1, 4, 1), questions("告知", bank.Single, 1, 4, 3)
	for i := range once {
		once[i].Last = law.NewDate(2026, 9, 1+i)
	}
	pool := slices.Concat(often, once, fresh)
	f, err := Assemble(Blueprint{{Type: bank.Single, Count: 6, Points: 100}}, pool, "甲")
	if err != nil {
		t.Fatal(err)
	}
	got := slices.Sorted(slices.Values(ids(f)))
	want := []string{once[0].Question.ID, once[1].Question.ID}
	for _, a := range fresh {
		want = append(want, a.Question.ID)
	}
	if slices.Sort(want); !slices.Equal(got, want) {
		t.Errorf("应当先用没有用过的，再用最久没有用的：%v", got)
	}
}

func Test同一种子同一张卷(t *testing.T) {
	pool := questions("告知", bank.Single, 1, 40, 0)
	b := Blueprint{{Type: bank.Single, Count: 10, Points: 100}}
	draw := func(seed string) Form {
		f, err := Assemble(b, pool, seed)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	if one, two := draw("甲"), draw("甲"); !reflect.DeepEqual(one, two) {
		t.Error("同一种子抽出两张卷")
	}
	if slices.Equal(ids(draw("甲")), ids(draw("乙"))) {
		t.Error("换了种子，抽出的一样")
	}
	one, _ := draw("甲").Digest()
	two, _ := draw("甲").Digest()
	changed := draw("甲")
	changed[3].Question.Answer = "C"
	three, _ := changed.Digest()
	if one != two || one == three || len(one) != 64 {
		t.Errorf("摘要：%s %s %s", one, two, three)
	}
}

func Test每人的题序和选项次序(t *testing.T) {
	pool := slices.Concat(questions("告知", bank.Multiple, 1, 8, 0), questions("告知", bank.Single, 1, 8, 0))
	pool[0].Question.Options = []string{"甲", "乙", "丙", "以上都对"}
	f, err := Assemble(Blueprint{{Type: bank.Multiple, Count: 8, Points: 100}, {Type: bank.Single, Count: 8, Points: 100}}, pool, "甲")
	if err != nil {
		t.Fatal(err)
	}
	key := []byte("一场考试的密钥")
	one, again, two := f.Places(key, "1"), f.Places(key, "1"), f.Places(key, "2")
	if !reflect.DeepEqual(one, again) {
		t.Error("同一人两次的次序不同")
	}
	if reflect.DeepEqual(one, two) || reflect.DeepEqual(one, f.Places([]byte("另一场"), "1")) {
		t.Error("不同的人、不同的场次，次序却一样")
	}
	seen := map[int]bool{}
	shuffled := false
	for i, p := range one {
		q := f[p.Item].Question
		if want := bank.Single; i < 8 && q.Type != want {
			t.Errorf("第 %d 道应当在单选部分，却是%s", i+1, q.Type.Label())
		}
		if seen[p.Item] {
			t.Errorf("第 %d 道出现两次", p.Item)
		}
		seen[p.Item] = true
		if sorted := slices.Sorted(slices.Values(p.Options)); !slices.Equal(sorted, []int{0, 1, 2, 3}) {
			t.Errorf("选项：%v", p.Options)
		}
		inOrder := slices.IsSorted(p.Options)
		shuffled = shuffled || !inOrder
		if q.Options[3] == "以上都对" && !inOrder {
			t.Error("“以上都对”的选项被打乱")
		}
	}
	if !shuffled || len(seen) != 16 {
		t.Error("选项没有打乱，或者少了题")
	}
}

func Test小题各自成题(t *testing.T) {
	essay := func(points float64, rubric ...float64) bank.Part {
		p := bank.Part{Type: bank.Essay, Stem: "说明理由", Points: points, Model: "应当回避"}
		for _, r := range rubric {
			p.Rubric = append(p.Rubric, bank.Criterion{Text: "写出依据", Points: r})
		}
		return p
	}
	q := bank.Question{ID: "m", Type: bank.Material, Level: 1, Stem: "阅读材料", Text: "某日……", Parts: []bank.Part{{Type: bank.Single, Stem: "第一问", Options: []string{"甲", "乙"}, Answer: "A", Points: 1}, essay(0, 1, 1), essay(3, 1, 2)}}
	paper := bank.Question{ID: "d", Type: bank.Drafting, Level: 1, Stem: "制作文书", Paper: "责令改正通知书", Rubric: []bank.Criterion{{Text: "事实", Points: 1}, {Text: "依据", Points: 1}, {Text: "期限", Points: 1}}}
	f, err := Assemble(Blueprint{{Type: bank.Material, Count: 1, Points: 1000}, {Type: bank.Drafting, Count: 1, Points: 1000}}, []Available{{Question: q, Version: 7}, {Question: paper, Version: 8}}, "")
	if err != nil {
		t.Fatal(err)
	}
	var points []int64
	for _, it := range f {
		points = append(points, it.Points)
		total := 0.0
		for _, c := range it.Question.Rubric {
			total += c.Points
		}
		if it.Open() && fmt.Sprintf("%.2f", total) != fmt.Sprintf("%.2f", float64(it.Points)/100) {
			t.Errorf("%s 的评分点合计 %v 分，题是 %d", it.Question.ID, total, it.Points)
		}
	}
	if !slices.Equal(points, []int64{167, 333, 500, 1000}) || f.Points() != 2000 { // 1:2:3 and the whole
		t.Errorf("小题的分值：%v", points)
	}
	for i, want := range []struct {
		kind, source string
		open         bool
	}{{"material", "m", false}, {"material", "m", true}, {"material", "m", true}, {"drafting", "d", true}} {
		if it := f[i]; string(it.Kind()) != want.kind || it.Source() != want.source || it.Open() != want.open {
			t.Errorf("第 %d 道：%s %s %v", i, it.Kind(), it.Source(), it.Open())
		}
	}
	for _, who := range []string{"1", "2", "3", "4"} {
		if places := f.Places([]byte("密钥"), who); places[0].Item != 0 || places[1].Item != 1 || places[2].Item != 2 {
			t.Errorf("小题的次序乱了：%v", places)
		}
	}
}
