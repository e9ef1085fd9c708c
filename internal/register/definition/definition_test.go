package definition_test

import (
	"strings"
	"testing"

	"fadu/internal/law"
	"fadu/internal/register"
	"fadu/internal/register/definition"
)

// TestBuiltin: every definition of the program is read and passes the linter, and reads the same when it is printed.
func TestBuiltin(t *testing.T) {
	all, err := register.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 45 {
		t.Errorf("only %d registers", len(all))
	}
	for _, d := range all {
		text, err := definition.Print(d)
		if err != nil {
			t.Fatal(err)
		}
		again, err := definition.Parse("", text)
		if err != nil || len(again) != 1 {
			t.Fatalf("%s: %v", d.Code, err)
		}
		second, _ := definition.Print(again[0])
		if string(second) != string(text) {
			t.Errorf("%s is printed otherwise the second time", d.Code)
		}
		if len(d.Indicators) == 0 {
			t.Errorf("%s（%s）没有指标", d.Name, d.Code)
		}
	}
}

const good = `
- code: lamp
  edition: 1
  name: 路灯
  group: 城市
  help: 一盏一条
  measure: 盏
  flow: rectified
  due: 3
  day: seen_on
  title: [where]
  fields:
    - {key: seen_on, label: 日期, type: date, need: true, slot: d1}
    - {key: where, label: 地点, type: place, need: true}
    - {key: kind, label: 种类, type: choice, need: true, slot: k1, filter: true, options: [高杆, 庭院]}
    - {key: count, label: 数量, type: number, measure: 盏, min: 1, slot: n1}
    - {key: cost, label: 费用, type: money, slot: n2}
    - {key: tags, label: 标签, type: tags, filter: true, options: [节日, 学校]}
    - {key: after, label: 修后照片, type: photos, stage: fix, proof: 1}
  indicators:
    - {id: seen, name: 报修盏数}
    - {id: fixed_rate, name: 修复率, met: [{field: state, is: [closed]}]}
`

// TestLint: each mistake is said in Chinese with the line on which it stands.
func TestLint(t *testing.T) {
	if _, err := definition.Parse("x.yaml", []byte(good)); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, from, to, want string }{
		{"不认识的键", "due: 3", "duee: 3", "第 9 行：不认识“duee”"},
		{"写了两次", "  due: 3", "  due: 3\n  due: 4", "“due”写了两次"},
		{"类型不对", "due: 3", "due: 三", "第 9 行：值的类型不对"},
		{"没有的类型", "type: date", "type: day", "第 13 行：台账“路灯”：字段“日期”：不认识类型“day”"},
		{"列放错", "slot: n1", "slot: k2", "第 16 行：台账“路灯”：字段“数量”：列“k2”放不了数量"},
		{"列给了两个字段", "slot: n2", "slot: n1", "列 n1 已经给了“数量”"},
		{"数量没有量词", "type: number, measure: 盏,", "type: number,", "数量要写量词"},
		{"单选没有选项", "filter: true, options: [高杆, 庭院]", "filter: true", "要列出选项"},
		{"整改没有证明", "stage: fix, proof: 1", "stage: fix", "至少有一项整改时的照片或附件"},
		{"统计日期不是必填", "type: date, need: true", "type: date", "按哪一天统计"},
		{"率没有分子", ", met: [{field: state, is: [closed]}]", "", "叫“率”的要有分子"},
		{"计数叫率", "name: 报修盏数", "name: 报修率", "计数不是比率"},
		{"没有的状态", "is: [closed]", "is: [done]", "没有状态“done”"},
		{"编号写法", "code: lamp", "code: 路灯", "编号“路灯”应是小写字母"},
		{"没有说明", "  help: 一盏一条\n", "", "没有说明"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := strings.Replace(good, c.from, c.to, 1)
			if text == good {
				t.Fatal("the mistake was not made")
			}
			_, err := definition.Parse("x.yaml", []byte(text))
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "x.yaml") {
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
}

// TestMixedWords: numbers of different measure words are never one figure.
func TestMixedWords(t *testing.T) {
	all, err := register.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range all {
		if d.Code != "counter" {
			continue
		}
		d.Indicators = []definition.Indicator{{ID: "all", Name: "整治总数", Sum: "count"}}
		if got := strings.Join(d.Lint(), ""); !strings.Contains(got, "条件要限定到同一个量词") {
			t.Errorf("a sum over all kinds: %s", got)
		}
		f, _ := d.Field("count")
		if got := d.Show(f, definition.Values{"count": "3", "kind": "条幅"}); got != "3 条" {
			t.Errorf("shown as %s", got)
		}
	}
}

// TestRead: values come out in one form, and what is wrong is said at its field.
func TestRead(t *testing.T) {
	ds, err := definition.Parse("", []byte(good))
	if err != nil {
		t.Fatal(err)
	}
	d, today := ds[0], law.MustDate("2026-03-10")
	look := func(f definition.Field, words string) (definition.Ref, error) {
		return definition.Ref{Label: words}, nil
	}
	v, bad := d.Read(map[string]string{"seen_on": "２０２６年3月2日", "where": " 东街 ", "kind": "高杆", "count": "１２盏", "cost": "185.5元", "tags": "学校，节日、学校"}, definition.AtEntry, today, look)
	if len(bad) > 0 {
		t.Fatal(bad)
	}
	for key, want := range map[string]string{"seen_on": "2026-03-02", "where": "东街", "kind": "高杆", "count": "12", "cost": "185.5", "tags": "学校、节日"} {
		if v[key] != want {
			t.Errorf("%s is %q, want %q", key, v[key], want)
		}
	}
	s := d.Slots(v)
	if s.N[0] != 12 || s.N[1] != 18550 || s.K[0] != "高杆" || s.D[0].String() != "2026-03-02" || d.Tagged(v) != "|tags=学校|tags=节日|" {
		t.Errorf("slots %+v %s", s, d.Tagged(v))
	}
	_, bad = d.Read(map[string]string{"seen_on": "2026-03-11", "where": "", "kind": "矮杆", "count": "0", "cost": "-1", "tags": "别的"}, definition.AtEntry, today, look)
	got := map[string]string{}
	for _, f := range bad {
		got[f.Name] = f.Message
	}
	for key, want := range map[string]string{"seen_on": "晚于今天", "where": "请填写", "kind": "只能是", "count": "最少 1 盏", "cost": "写成元", "tags": "没有“别的”"} {
		if !strings.Contains(got[key], want) {
			t.Errorf("%s: %q, want %s", key, got[key], want)
		}
	}
}

// TestNext: the way of a record, and nothing beside it.
func TestNext(t *testing.T) {
	for _, c := range []struct {
		flow definition.Flow
		from definition.State
		act  definition.Act
		to   definition.State
		ok   bool
	}{
		{definition.Plain, definition.Recorded, definition.Cancel, definition.Void, true},
		{definition.Plain, definition.Recorded, definition.Submit, "", false},
		{definition.Checked, definition.Recorded, definition.Submit, definition.Pending, true},
		{definition.Checked, definition.Pending, definition.Correct, "", false},
		{definition.Checked, definition.Pending, definition.Pass, definition.Closed, true},
		{definition.Checked, definition.Closed, definition.Reopen, "", false},
		{definition.Rectified, definition.Fixing, definition.Pass, "", false},
		{definition.Rectified, definition.Fixing, definition.Fix, definition.Pending, true},
		{definition.Rectified, definition.Pending, definition.Return, definition.Returned, true},
		{definition.Rectified, definition.Returned, definition.Fix, definition.Pending, true},
		{definition.Rectified, definition.Closed, definition.Reopen, definition.Fixing, true},
		{definition.Rectified, definition.Void, definition.Fix, "", false},
	} {
		d := definition.Definition{Flow: c.flow}
		to, ok := d.Next(c.from, c.act)
		if ok != c.ok || ok && to != c.to {
			t.Errorf("%s %s %s: %s %v", c.flow, c.from, c.act, to, ok)
		}
	}
}

// TestSucceeds: what earlier records rely on stays.
func TestSucceeds(t *testing.T) {
	ds, err := definition.Parse("", []byte(good))
	if err != nil {
		t.Fatal(err)
	}
	old := ds[0]
	for name, c := range map[string]struct {
		change func(d *definition.Definition)
		want   string
	}{
		"量词": {func(d *definition.Definition) { d.Fields[3].Measure = "个" }, "锁定"},
		"类型": {func(d *definition.Definition) { d.Fields[1].Kind = definition.Text }, "类型不能改"},
		"占列": {func(d *definition.Definition) { d.Fields[3].Key = "other" }, "占了“数量”的列"},
		"流程": {func(d *definition.Definition) { d.Flow = definition.Plain }, "办理方式变了"},
	} {
		d := old
		d.Fields = append([]definition.Field{}, old.Fields...)
		if got := d.Succeeds(old); len(got) > 0 {
			t.Errorf("unchanged: %v", got)
		}
		c.change(&d)
		if got := strings.Join(d.Succeeds(old), ""); !strings.Contains(got, c.want) {
			t.Errorf("%s: %s", name, got)
		}
	}
}
