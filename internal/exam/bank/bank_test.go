package bank_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"fadu/internal/casework"
	"fadu/internal/exam/bank"
	"fadu/internal/exam/grade"
	"fadu/internal/law"
	"fadu/internal/org"
	"fadu/internal/training/scene"
)

const onePoint = 100.0

func all(t *testing.T) []bank.Question {
	t.Helper()
	qs, err := bank.All()
	if err != nil {
		t.Fatal(err)
	}
	return qs
}

// wrong is a reply that must not give the full points.
func wrong(q bank.Question) []string {
	switch q.Type {
	case bank.Single, bank.Multiple:
		for i := range q.Options {
			if l := bank.Letter(i); !strings.Contains(q.Answer, l) {
				return []string{l}
			}
		}
		return []string{q.Answer[:1]}
	case bank.Judgement:
		return []string{map[string]string{"对": "错", "错": "对"}[q.Answer]}
	case bank.Order:
		letters := strings.Split(q.Answer, "")
		slices.Reverse(letters)
		return []string{strings.Join(letters, "")}
	}
	return make([]string, len(q.Blanks))
}

func mark(t *testing.T, q bank.Question, reply []string) float64 {
	t.Helper()
	got, err := q.Mark(reply, grade.AllOrNothing, onePoint)
	if err != nil {
		t.Fatalf("%s：%v", q.ID, err)
	}
	return got
}

// TestQuestionsAreMarked: the own answer of a question gives its points, another does not, in any order of the options.
func TestQuestionsAreMarked(t *testing.T) {
	order := rand.New(rand.NewPCG(1, 2))
	for _, q := range all(t) {
		if byPeople(q) {
			partsAreMarked(t, q)
			continue
		}
		if got := mark(t, q, q.Right()); got != onePoint {
			t.Errorf("%s：自己的答案只得 %v", q.ID, got)
		}
		if got := mark(t, q, wrong(q)); got >= onePoint {
			t.Errorf("%s：答 %v 也得满分", q.ID, wrong(q))
		}
		if !q.Type.Lettered() {
			continue
		}
		mixed, err := q.Shuffled(order.Perm(len(q.Options)))
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(chosen(q), chosen(mixed)) {
			t.Errorf("%s：打乱以后答案从 %v 变成 %v", q.ID, chosen(q), chosen(mixed))
		}
		if got := mark(t, mixed, mixed.Right()); got != onePoint || len(mixed.Check()) > 0 {
			t.Errorf("%s：打乱以后自己的答案只得 %v，%v", q.ID, got, mixed.Check())
		}
	}
}

// byPeople reports whether a question, or parts of it, are marked by people.
func byPeople(q bank.Question) bool {
	return q.Type == bank.Material || q.Type == bank.Analysis || q.Type == bank.Drafting
}

// partsAreMarked: what the program marks of a question gives its points for its own answer and not for another; what people
// mark has a model and a rubric, and a paper to be drawn up is one that the case engine checks.
func partsAreMarked(t *testing.T, q bank.Question) {
	t.Helper()
	if q.Type == bank.Drafting && !slices.Contains(casework.Exercises(), q.Paper) {
		t.Errorf("%s：没有“%s”的要素检查", q.ID, q.Paper)
	}
	var right, other [][]string
	want := 0.0
	for i, p := range q.Parts {
		if p.Type == bank.Essay {
			if !strings.HasSuffix(p.Model, "。") || len(p.Rubric) == 0 {
				t.Errorf("%s 第 %d 问没有参考答案或者评分点", q.ID, i+1)
			}
			right, other = append(right, nil), append(other, nil)
			continue
		}
		part := p.Question(q, i)
		right, other = append(right, part.Right()), append(other, wrong(part))
		want += p.Points
	}
	got, _, err := q.MarkParts(right, grade.AllOrNothing)
	if err != nil || got != want {
		t.Errorf("%s：自己的答案得 %v，应得 %v，%v", q.ID, got, want, err)
	}
	if got, _, err := q.MarkParts(other, grade.AllOrNothing); err != nil || want > 0 && got >= want {
		t.Errorf("%s：别的答案也得 %v，%v", q.ID, got, err)
	}
}

// chosen are the texts of the right options; of an order, in their order.
func chosen(q bank.Question) (out []string) {
	for _, l := range q.Answer {
		out = append(out, q.Options[l-'A'])
	}
	if q.Type != bank.Order {
		slices.Sort(out)
	}
	return out
}

func TestShuffledNeedsAnOrder(t *testing.T) {
	q := bank.Question{ID: "x-001", Type: bank.Multiple, Options: []string{"甲", "乙", "丙"}, Answer: "AC"}
	for _, order := range [][]int{nil, {0, 1}, {0, 0, 1}, {1, 2, 3}} {
		if _, err := q.Shuffled(order); err == nil {
			t.Errorf("%v 也收了", order)
		}
	}
	got, err := q.Shuffled([]int{2, 1, 0})
	if err != nil || got.Answer != "AC" || got.Options[0] != "丙" {
		t.Errorf("%+v %v", got, err)
	}
}

// TestRulesOfQuestions: a question that says which rules it tests names rules by which cases are judged on its first
// day, and rests on an article of each.
func TestRulesOfQuestions(t *testing.T) {
	judge, err := law.NewJudge(org.Rules(), org.CertificateRules(), org.SubjectRules(), casework.Rules())
	if err != nil {
		t.Fatal(err)
	}
	rules := map[string]law.Rule{}
	for _, r := range judge.Rules() {
		rules[r.ID] = r
	}
	for _, q := range all(t) {
		for _, id := range q.Rules {
			r, known := rules[id]
			switch {
			case !known:
				t.Errorf("%s：没有规则 %s", q.ID, id)
			case !q.From.Within(r.From, r.Until):
				t.Errorf("%s：%s 那天没有规则 %s", q.ID, q.From, id)
			case !slices.ContainsFunc(q.Refs, func(ref string) bool { return restsOn(t, ref, r.Cite) }):
				t.Errorf("%s：%s 的依据是%s，题目没有引用", q.ID, id, r.Cite)
			}
		}
	}
}

func restsOn(t *testing.T, ref string, basis law.Citations) bool {
	t.Helper()
	c, err := scene.Ref(ref)
	if err != nil {
		t.Fatal(err)
	}
	return slices.ContainsFunc(basis, func(b law.Citation) bool { return b.Statute == c.Statute && b.Article == c.Article })
}

// TestStems: no question is asked twice, and the letters of single choices are not guessable from their place.
func TestStems(t *testing.T) {
	stems, letters := map[string]string{}, map[string]int{}
	singles, true_, judgements := 0, 0, 0
	qs := all(t)
	if len(qs) < 500 {
		t.Errorf("只有 %d 道题，文件少了", len(qs))
	}
	for _, q := range qs {
		key := fmt.Sprint(q.Type) + grade.Normalise(q.Stem+q.Text)
		if was := stems[key]; was != "" {
			t.Errorf("%s 和 %s 的题干一样", q.ID, was)
		}
		stems[key] = q.ID
		switch q.Type {
		case bank.Single:
			singles++
			letters[q.Answer]++
		case bank.Judgement:
			judgements++
			if q.Answer == "对" {
				true_++
			}
		}
	}
	for l, n := range letters {
		if singles >= 20 && n*2 > singles {
			t.Errorf("单选题里有 %d/%d 道选 %s", n, singles, l)
		}
	}
	if judgements >= 20 && (true_*4 < judgements || true_*4 > judgements*3) {
		t.Errorf("判断题里有 %d/%d 道是对的", true_, judgements)
	}
}

const good = `topic: 当场处罚
from: 2021-07-15
questions:
- {id: onspot-001, type: single, level: 1, stem: 罚款上限是多少？, options: [一百元, 二百元, 三百元], answer: B, explain: 二百元。, refs: [XZCF-51]}
- {id: onspot-002, type: fill, level: 1, stem: 对公民____元、对单位____元。, blanks: [[二百], [三千]], explain: 见条文。, refs: [XZCF-51]}
- {id: onspot-003, type: order, level: 1, stem: 排出先后。, options: [告知, 亮证, 决定], answer: BAC, explain: 见条文。, refs: [XZCF-52]}
- {id: onspot-004, type: judgement, level: 1, stem: 可以口头委托。, answer: 错, explain: 见条文。, refs: [XZCF-20]}
- {id: onspot-005, type: multiple, level: 1, stem: 哪些可以当场？, options: [警告, 小额罚款, 没收], answer: AB, explain: 见条文。, refs: [XZCF-51]}
`

func TestParse(t *testing.T) {
	qs, err := bank.Parse("onspot.yaml", []byte(good))
	if err != nil || len(qs) != 5 || qs[0].Topic != "当场处罚" || qs[0].From != law.MustDate("2021-07-15") {
		t.Fatalf("%+v %v", qs, err)
	}
	if got := mark(t, qs[1], []string{"100", "3000"}); got != 50 {
		t.Errorf("两空对一空：%v", got)
	}
	for name, c := range map[string]struct{ from, to, want string }{
		"不认识的字段":    {"answer: B,", "answers: B,", "不认识“answers”"},
		"编号重复":      {"onspot-002", "onspot-001", "onspot-001：编号重复"},
		"编号写法":      {"onspot-002", "题2", "编号“题2”"},
		"没有的题型":     {"type: order", "type: essay", "没有“essay”这种题型"},
		"难度":        {"id: onspot-001, type: single, level: 1", "id: onspot-001, type: single, level: 4", "难度"},
		"选项一样":      {"[一百元, 二百元, 三百元]", "[200元, 二百元, 三百元]", "选项 B 和前面的一样"},
		"选项太少":      {"[一百元, 二百元, 三百元]", "[一百元, 二百元]", "有 2 个选项"},
		"以上都对":      {"三百元]", "以上都对]", "选项 C 说的是别的选项"},
		"选项以句号结尾":   {"三百元]", "三百元。]", "不以句号结尾"},
		"没有这个选项":    {"answer: B,", "answer: D,", "没有这个选项"},
		"单选两个答案":    {"answer: B,", "answer: AB,", "单选题的答案应是一个选项"},
		"多选一个答案":    {"answer: AB,", "answer: A,", "多选题的答案至少两个"},
		"多选答案乱序":    {"answer: AB,", "answer: BA,", "按字母的先后"},
		"判断的答案":     {"answer: 错", "answer: 否", "“对”或者“错”"},
		"判断有选项":     {"answer: 错", "options: [对, 错, 不知道], answer: 错", "判断题没有选项"},
		"排序少一步":     {"answer: BAC", "answer: BA", "每一步"},
		"空和答案数不一样":  {"对公民____元", "对公民二百元", "题干有 1 个空，答案有 2 个"},
		"空没有答案":     {"[三千]", "[。]", "第 2 空没有答案"},
		"没有解析":      {"explain: 二百元。", "explain: ''", "没有解析"},
		"题干没有结尾":    {"罚款上限是多少？", "罚款上限是多少", "题干应以"},
		"判断题问话":     {"可以口头委托。", "可以口头委托吗？", "题干应以。结尾"},
		"没有条文":      {"refs: [XZCF-20]", "refs: []", "没有写依据的条文"},
		"没有这一条":     {"refs: [XZCF-20]", "refs: [XZCF-87]", "没有第87条"},
		"没有登记的法":    {"refs: [XZCF-20]", "refs: [ABC-1]", "法规登记表里没有"},
		"有条文的法写段落":  {"refs: [XZCF-20]", "refs: [XZCF-六]", "应写条号"},
		"不是段落":      {"refs: [XZCF-20]", "refs: [GBF118-六-1]", "不是条文编号"},
		"没有条号":      {"refs: [XZCF-20]", "refs: [XZCF]", "没有条号"},
		"那天还没有施行":   {"from: 2021-07-15", "from: 2021-07-14", "不是有效的规定"},
		"废止的法没写到哪天": {"refs: [XZCF-20]", "from: 2022-07-01, refs: [ZSWR-82]", "题目应写 until"},
		"没有从哪天起":    {"from: 2021-07-15\n", "", "没有写从哪天起"},
		"先后颠倒":      {"from: 2021-07-15", "from: 2021-07-15\nuntil: 2021-07-01", "早于第一天"},
		"没有专题":      {"topic: 当场处罚\n", "", "没有专题"},
		"两份":        {"topic: 当场处罚\n", "topic: 甲\n---\ntopic: 当场处罚\n", "只写一个专题"},
	} {
		t.Run(name, func(t *testing.T) {
			text := strings.Replace(good, c.from, c.to, 1)
			if text == good {
				t.Fatal("没有改到")
			}
			_, err := bank.Parse("onspot.yaml", []byte(text))
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), "onspot.yaml：") {
				t.Errorf("%v", err)
			}
		})
	}
	old := strings.Replace(good, "refs: [XZCF-20]", "from: 2022-07-01, until: 2026-08-14, refs: [ZSWR-82]", 1)
	if _, err := bank.Parse("onspot.yaml", []byte(old)); err != nil {
		t.Error(err)
	}
	heading := strings.Replace(good, "refs: [XZCF-20]", "refs: [GBF118-六]", 1)
	if _, err := bank.Parse("onspot.yaml", []byte(heading)); err != nil {
		t.Error(err)
	}
	for _, b := range []string{"", strings.Repeat(" ", bank.MaxBytes+1), "- 1", "a: ["} {
		if _, err := bank.Parse("x.yaml", []byte(b)); err == nil || !strings.HasPrefix(err.Error(), "x.yaml：") {
			t.Errorf("%.10q：%v", b, err)
		}
	}
}

// FuzzQuestions: what is read prints and reads again as the same, can be marked, and gives its own answer the full
// points; what is refused names the file.
func FuzzQuestions(f *testing.F) {
	f.Add(good)
	f.Add("topic: 甲\nquestions: []\n")
	f.Fuzz(func(t *testing.T, text string) {
		qs, err := bank.Parse("x.yaml", []byte(text))
		if err != nil {
			if !strings.HasPrefix(err.Error(), "x.yaml：") {
				t.Errorf("%v", err)
			}
			return
		}
		for _, q := range qs {
			if byPeople(q) {
				continue
			}
			if got := mark(t, q, q.Right()); got != onePoint {
				t.Errorf("%+v：%v", q, got)
			}
		}
		printed, err := yaml.Marshal(bank.File{Topic: "甲", Questions: qs})
		if err != nil {
			t.Fatal(err)
		}
		again, err := bank.Parse("x.yaml", printed)
		if err != nil || !reflect.DeepEqual(qs, again) {
			t.Errorf("%v\n%s", err, printed)
		}
	})
}
