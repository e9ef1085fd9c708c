package calc

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"fadu/internal/law"
	"fadu/internal/law/calendar"
)

var (
	officers = law.Number("officers", "执法人员人数")
	party    = law.Text("party", "当事人类型", "公民", "法人")
	amount   = law.Amount("amount", "金额")
	held     = law.Bool("hearing_held", "已举行听证")
	found    = law.Day("discovered", "发现日")
	missing  = law.List("missing_fields", "缺项")
)

// rules are a few rules for the door's own tests; the product's rules have theirs.
func rules() []law.Rule {
	onSpot := []law.Action{"当场作出处罚决定(简易程序)"}
	return []law.Rule{
		{
			ID: "XZCF-42-1", Name: "两人", Actions: onSpot, Cite: law.Citations{law.Cite("XZCF", 42, 1)}, From: law.MustDate("2021-07-15"),
			Check: func(r *law.Reading) law.Outcome {
				return law.Unless(r.AtLeast(officers, 2), law.RefuseBecause("执法人员不足两人"))
			},
		},
		{
			ID: "XZCF-51", Name: "限额", Actions: onSpot, Cite: law.Citations{law.Cite("XZCF", 51)}, From: law.MustDate("2021-07-15"),
			Check: func(r *law.Reading) law.Outcome {
				citizen := r.OneOf(party, "公民")
				over := r.AtMost(amount, law.Yuan(200)).Not()
				return law.When(law.And(citizen, over), law.RefuseBecause("对公民当场罚款超过二百元"))
			},
		},
		{
			ID: "XZCF-58-1", Name: "法制审核", Actions: []law.Action{"判断是否须法制审核"}, Cite: law.Citations{law.Cite("XZCF", 58, 1)}, From: law.MustDate("2021-07-15"),
			Check: func(r *law.Reading) law.Outcome {
				return law.When(r.Is(held), law.Duty(law.Must, "经过听证程序的应当法制审核"))
			},
		},
	}
}

func testDoor(t testing.TB) *Door {
	t.Helper()
	judge, err := law.NewJudge(rules())
	if err != nil {
		t.Fatal(err)
	}
	words, err := law.NewVocabulary(officers, party, amount, held, found, missing)
	if err != nil {
		t.Fatal(err)
	}
	d, err := New(Options{
		Calendar: calendar.Official(), Terms: calendar.StatutoryTerms(), Judge: judge, Vocabulary: words,
		Today: func() law.Date { return law.MustDate("2026-04-30") },
		Kinds: map[string]Kind{"echo": func(q json.RawMessage) (any, error) { return map[string]json.RawMessage{"question": q}, nil }},
	})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

type question struct{ name, in, out string }

// check asks each question through the API's way in and all of them through one stream; a reason in 「」 is
// a part of the error.
func check(t *testing.T, kind string, qs []question) {
	t.Helper()
	d := testDoor(t)
	var stream, want strings.Builder
	for _, q := range qs {
		got := string(d.Answer(kind, json.RawMessage(q.in)))
		expect(t, q, got)
		stream.WriteString(q.in + "\n")
		want.WriteString(got + "\n")
	}
	var out bytes.Buffer
	if err := d.Lines(context.Background(), kind, strings.NewReader(stream.String()), &out); err != nil {
		t.Fatal(err)
	}
	if out.String() != want.String() {
		t.Errorf("逐行与逐个的结果不同：\n%s\n%s", out.String(), want.String())
	}
}

func expect(t *testing.T, q question, got string) {
	t.Helper()
	if !json.Valid([]byte(got)) {
		t.Errorf("%s：结果不是 JSON：%s", q.name, got)
	}
	before, reason, isReason := strings.Cut(q.out, "「")
	if !isReason {
		if got != q.out {
			t.Errorf("%s：\n得到 %s\n应为 %s", q.name, got, q.out)
		}
		return
	}
	var a struct {
		Error string `json:"error"`
	}
	if json.Unmarshal([]byte(got), &a) != nil || !strings.Contains(a.Error, strings.TrimSuffix(reason, "」")) || !strings.HasPrefix(got, before) {
		t.Errorf("%s：\n得到 %s\n应含 %s", q.name, got, q.out)
	}
}

func TestDeadline(t *testing.T) {
	check(t, "deadline", []question{
		{"手册例子", `{"rule": "听证申请期限", "start": "2026-03-02", "excluded_days": 0}`, `{"due":"2026-03-09","unit":"workday","count":5,"rolled_from":null,"article":"行政处罚法第64条第1项、第85条"}`},
		{"带编号用规则码", `{"id": 7, "rule": "CF_PAY", "start": "2026-02-03"}`, `{"id":7,"due":"2026-02-24","unit":"day","count":15,"rolled_from":"2026-02-18","article":"行政处罚法第67条第3款"}`},
		{"编号原样返回", `{"rule":"QZ_SEAL","id": {"a": 1.50, "b":["x"]},"start":"2026-01-20"}`, `{"id":{"a": 1.50, "b":["x"]},"due":"2026-02-19","unit":"day","count":30,"rolled_from":null,"article":"行政强制法第25条第1款"}`},
		{"编号为空", `{"id":null,"rule":"QZ_APPLY","start":"2025-11-30"}`, `{"id":null,"due":"2026-02-28","unit":"month","count":3,"rolled_from":null,"article":"行政强制法第53条；行诉解释第156条"}`},
		{"扣除鉴定", `{"rule":"查封、扣押期限(扣除鉴定)","start":"2026-03-02","excluded_days":10}`, `{"due":"2026-04-11","unit":"day","count":30,"rolled_from":null,"article":"行政强制法第25条第1、3款"}`},
		{"办案期限另有红线", `{"rule":"作出处罚决定期限","start":"2026-03-02"}`, `{"due":"2026-05-31","unit":"day","count":90,"rolled_from":null,"red_line":"2026-06-01","article":"行政处罚法第60条"}`},
		{"定日", `{"rule":"SG_YEAR","start":"2025-12-31"}`, `{"due":"2026-01-31","unit":"date","count":null,"rolled_from":null,"article":"国办发〔2018〕118号(六)"}`},
		{"小时", `{"rule":"情况紧急当场强制的报告补批","start":"2026-03-02T22:30"}`, `{"due":"2026-03-03T22:30","unit":"hour","count":24,"rolled_from":null,"article":"行政强制法第19条"}`},
		{"小时带秒和时区", `{"rule":"YS_TRANSFER","start":"2026-03-02T14:30:05Z"}`, `{"due":"2026-03-03T22:30:05","unit":"hour","count":24,"rolled_from":null,"article":"移送规定第5条第2款"}`},
		{"年份没有载入", `{"id":"a","rule":"CF_SERVE","start":"2026-12-28"}`, `{"id":"a",「2027年」`},
		{"没有这条规则", `{"rule":"没有","start":"2026-03-02"}`, `{"error":「没有“没有”」`},
		{"旧法", `{"rule":"CF_SERVE","start":"2020-03-02"}`, `{"error":「没有载入」`},
		{"日期不存在", `{"rule":"CF_PAY","start":"2026-02-30"}`, `{"error":「2026-02-30」`},
		{"日期写法不对", `{"rule":"CF_PAY","start":"2026/3/2"}`, `{"error":「start」`},
		{"日期限给了时刻", `{"rule":"CF_PAY","start":"2026-03-02T10:00"}`, `{"error":「不按小时」`},
		{"小时限给了日期", `{"rule":"QZ_URGENT","start":"2026-03-02"}`, `{"error":「时刻」`},
		{"小时限扣除", `{"rule":"QZ_URGENT","start":"2026-03-02T10:00","excluded_days":1}`, `{"error":「扣除」`},
		{"扣除天数不是整数", `{"rule":"CF_PAY","start":"2026-03-02","excluded_days":1.5}`, `{"error":「整数」`},
		{"扣除天数为负", `{"rule":"CF_PAY","start":"2026-03-02","excluded_days":-1}`, `{"error":「负数」`},
		{"缺起算日", `{"id":1,"rule":"CF_PAY"}`, `{"id":1,「缺“start”」`},
		{"规则不是文字", `{"rule":5,"start":"2026-03-02"}`, `{"error":「应是文字」`},
		{"多出的键", `{"id":2,"rule":"CF_PAY","start":"2026-03-02","exclude_days":3}`, `{"id":2,「exclude_days」`},
		{"重复的键", `{"id":3,"rule":"CF_PAY","start":"2026-03-02","rule":"CF_SERVE"}`, `{"id":3,「写了两次」`},
		{"大小写不同的键", `{"Rule":"CF_PAY","start":"2026-03-02"}`, `{"error":「Rule」`},
		{"半截对象", `{"id":4,"rule":"CF_PAY"`, `{"id":4,「JSON」`},
		{"不是对象", `["CF_PAY"]`, `{"id":null,「JSON」`},
		{"两个对象", `{"id":5} {"id":6}`, `{"id":5,「一行只写一个」`},
		{"不是 UTF-8", "{\"rule\":\"\xff\"}", `{"id":null,「UTF-8」`},
	})
}

func TestIdentity(t *testing.T) {
	check(t, "identity", []question{
		{"信用代码", `{"id":1,"kind":"uscc","value":"91140400123456788n"}`, `{"id":1,"valid":true,"normalised":"91140400123456788N","reason":"","check_char":"N","org_code_check_char":"8","article":"GB 32100-2015；GB 11714-1997"}`},
		{"身份号码", `{"kind":"resident_id","value":"11010519491231002x"}`, `{"valid":true,"normalised":"11010519491231002X","reason":"","check_char":"X","org_code_check_char":"","article":"GB 11643-1999"}`},
		{"明天出生", `{"kind":"resident_id","value":"110105202605010018"}`, `{"valid":false,"normalised":"110105202605010018","reason":"出生日期2026年5月1日晚于2026年4月30日","check_char":"6","org_code_check_char":"","article":"GB 11643-1999"}`},
		{"没有这种", `{"kind":"passport","value":"E1"}`, `{"error":「passport」`},
		{"值不是文字", `{"kind":"uscc","value":91140400}`, `{"error":「应是文字」`},
		{"缺值", `{"kind":"uscc"}`, `{"error":「缺“value”」`},
	})
}

func TestGuard(t *testing.T) {
	check(t, "guard", []question{
		{
			"拒绝并列出全部理由", `{"id":1,"action":"当场作出处罚决定(简易程序)","date":"2026-03-02","facts":{"officers":1,"party":"公民","amount":200.01}}`,
			`{"id":1,"answer":"refuse","findings":[{"rule":"XZCF-42-1","article":"行政处罚法第42条第1款","message":"执法人员不足两人","level":"block"},{"rule":"XZCF-51","article":"行政处罚法第51条","message":"对公民当场罚款超过二百元","level":"block"}],"unknown":[],"articles":["行政处罚法第42条第1款","行政处罚法第51条"]}`,
		},
		{
			"可以", `{"action":"当场作出处罚决定(简易程序)","facts":{"officers":2,"party":"公民","amount":200}}`,
			`{"answer":"allow","findings":[],"unknown":[],"articles":["行政处罚法第42条第1款","行政处罚法第51条"]}`,
		},
		{
			"没有说的事实不作判断", `{"action":"当场作出处罚决定(简易程序)","facts":{"officers":2,"party":"公民"}}`,
			`{"answer":"allow","findings":[],"unknown":["XZCF-51"],"articles":["行政处罚法第42条第1款","行政处罚法第51条"]}`,
		},
		{
			"义务", `{"action":"判断是否须法制审核","facts":{"hearing_held":true}}`,
			`{"answer":"must","findings":[{"rule":"XZCF-58-1","article":"行政处罚法第58条第1款","message":"经过听证程序的应当法制审核","level":"note"}],"unknown":[],"articles":["行政处罚法第58条第1款"]}`,
		},
		{
			"全角括号的行为名", `{"action":"当场作出处罚决定（简易程序）","facts":{"officers":2,"party":"法人","amount":3000}}`,
			`{"answer":"allow","findings":[],"unknown":[],"articles":["行政处罚法第42条第1款","行政处罚法第51条"]}`,
		},
		{"没有事实", `{"action":"判断是否须法制审核"}`, `{"answer":"allow","findings":[],"unknown":["XZCF-58-1"],"articles":["行政处罚法第58条第1款"]}`},
		{"空日期和列表", `{"action":"判断是否须法制审核","facts":{"hearing_held":false,"discovered":null,"missing_fields":[]}}`, `{"answer":"allow","findings":[],"unknown":[],"articles":["行政处罚法第58条第1款"]}`},
		{"没有这个行为", `{"action":"当场没收","facts":{}}`, `{"error":「当场没收」`},
		{"没有这个事实", `{"action":"判断是否须法制审核","facts":{"hearing":true}}`, `{"error":「hearing」`},
		{"事实重复", `{"action":"判断是否须法制审核","facts":{"hearing_held":true,"hearing_held":false}}`, `{"error":「写了两次」`},
		{"事实类型不对", `{"action":"判断是否须法制审核","facts":{"hearing_held":"是"}}`, `{"error":「true 或 false」`},
		{"人数有小数", `{"action":"判断是否须法制审核","facts":{"officers":2.5}}`, `{"error":「整数」`},
		{"金额三位小数", `{"action":"判断是否须法制审核","facts":{"amount":0.001}}`, `{"error":「金额」`},
		{"事实不是对象", `{"action":"判断是否须法制审核","facts":[1]}`, `{"error":「facts」`},
		{"日期不对", `{"action":"判断是否须法制审核","date":"2026-13-01"}`, `{"error":「2026-13-01」`},
		{"规则施行以前", `{"action":"判断是否须法制审核","date":"2020-01-01","facts":{"hearing_held":true}}`, `{"error":「2020-01-01」`},
		{"缺行为", `{"facts":{}}`, `{"error":「缺“action”」`},
	})
}

func TestAmount(t *testing.T) {
	const cite = "行政处罚法第72条第1款第1项、第73条第3款；行政强制法第45条"
	check(t, "amount", []question{
		{"逾期十日", `{"id":1,"rule":"加处罚款(每日3%，不超过本金)","inputs":{"fine":200,"days_overdue":10,"days_in_review_or_litigation":0}}`, `{"id":1,"surcharge":60,"total":260,"capped":false,"article":"` + cite + `"}`},
		{"封顶", `{"rule":"加处罚款（每日3%,不超过本金）","inputs":{"fine":185.5,"days_overdue":34}}`, `{"surcharge":185.5,"total":371,"capped":true,"article":"` + cite + `"}`},
		{"复议期间不计", `{"rule":"加处罚款(每日3%，不超过本金)","inputs":{"fine":1000,"days_overdue":40,"days_in_review_or_litigation":30}}`, `{"surcharge":300,"total":1300,"capped":false,"article":"` + cite + `"}`},
		{"择高", `{"rule":"同一违法行为违反多个规范择高罚款","inputs":{"fines_by_norm":[200,3000.50,1000]}}`, `{"fine":3000.5,"article":"行政处罚法第29条"}`},
		{"空列表", `{"rule":"同一违法行为违反多个规范择高罚款","inputs":{"fines_by_norm":[]}}`, `{"error":「至少」`},
		{"列表里有文字", `{"rule":"同一违法行为违反多个规范择高罚款","inputs":{"fines_by_norm":[200,"三百"]}}`, `{"error":「第2个」`},
		{"金额写成文字", `{"rule":"加处罚款(每日3%，不超过本金)","inputs":{"fine":"200","days_overdue":1}}`, `{"error":「应是数字」`},
		{"金额三位小数", `{"rule":"加处罚款(每日3%，不超过本金)","inputs":{"fine":0.125,"days_overdue":1}}`, `{"error":「两位小数」`},
		{"天数缺", `{"rule":"加处罚款(每日3%，不超过本金)","inputs":{"fine":200}}`, `{"error":「days_overdue」`},
		{"复议天数过多", `{"rule":"加处罚款(每日3%，不超过本金)","inputs":{"fine":200,"days_overdue":1,"days_in_review_or_litigation":2}}`, `{"error":「多于逾期」`},
		{"输入里多出的键", `{"rule":"加处罚款(每日3%，不超过本金)","inputs":{"fine":200,"days":1}}`, `{"error":「“days”」`},
		{"缺输入", `{"rule":"加处罚款(每日3%，不超过本金)"}`, `{"error":「inputs」`},
		{"没有这条规则", `{"rule":"罚款翻倍","inputs":{}}`, `{"error":「罚款翻倍」`},
	})
}

func TestLines(t *testing.T) {
	d := testDoor(t)
	long := `{"id":"长","rule":"` + strings.Repeat("长", maxLine/3) + `"}`
	in := "\ufeff" + `{"id":1,"rule":"CF_PAY","start":"2026-03-02"}` + "\r\n\n  \n" + long + "\n坏行\n" + `{"id":2,"rule":"CF_PAY","start":"2026-03-03"}`
	var out bytes.Buffer
	if err := d.Lines(context.Background(), "deadline", strings.NewReader(in), &out); err != nil {
		t.Fatal(err)
	}
	got := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(got) != 4 {
		t.Fatalf("得到 %d 行，应为 4 行（空行略过）：%s", len(got), out.String())
	}
	for i, prefix := range []string{`{"id":1,"due":"2026-03-17"`, `{"id":"长","error":"这一行超过`, `{"id":null,"error":"不是一个 JSON 对象`, `{"id":2,"due":"2026-03-18"`} {
		if !strings.HasPrefix(got[i], prefix) {
			t.Errorf("第%d行 %s，应以 %s 开头", i+1, got[i], prefix)
		}
	}
}

// A line of exactly the longest length is read, one byte more is not; the next line is not touched.
func TestLongestLine(t *testing.T) {
	d := testDoor(t)
	frame := `{"id":1,"x":""}`
	for n, want := range map[int]string{maxLine: `{"id":1,"question"`, maxLine + 1: `{"id":1,"error":"这一行超过`} {
		line := frame[:len(frame)-2] + strings.Repeat("x", n-len(frame)) + `"}`
		for _, end := range []string{"\n", "\r\n", ""} {
			var out bytes.Buffer
			if err := d.Lines(context.Background(), "echo", strings.NewReader(line+end), &out); err != nil {
				t.Fatal(err)
			}
			if !strings.HasPrefix(out.String(), want) {
				t.Errorf("%d 字节、行尾 %q：%.60s", n, end, out.String())
			}
		}
	}
}

func TestStreamFaults(t *testing.T) {
	d := testDoor(t)
	broken := errors.New("断了")
	in := io.MultiReader(strings.NewReader(`{"rule":"CF_PAY","start":"2026-03-02"}`+"\n"), iotest.ErrReader(broken))
	var out bytes.Buffer
	if err := d.Lines(context.Background(), "deadline", in, &out); !errors.Is(err, broken) {
		t.Errorf("读断了应报错：%v", err)
	}
	if !strings.Contains(out.String(), "2026-03-17") {
		t.Errorf("断开以前的结果应已写出：%q", out.String())
	}
	var unknown *ErrKind
	if err := d.Lines(context.Background(), "没有", strings.NewReader(""), &out); !errors.As(err, &unknown) || !strings.Contains(err.Error(), "deadline") {
		t.Errorf("没有的种类应报错并列出可用的：%v", err)
	}
	if got := string(d.Answer("没有", []byte(`{}`))); !strings.HasPrefix(got, `{"error":"没有“没有”`) {
		t.Errorf("没有的种类：%s", got)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := d.Lines(ctx, "deadline", strings.NewReader("{}\n"), &out); !errors.Is(err, context.Canceled) {
		t.Errorf("取消后应停：%v", err)
	}
	if err := d.Lines(context.Background(), "deadline", strings.NewReader("{}\n"), fullDisk{}); err == nil {
		t.Error("写不出应报错")
	}
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errors.New("磁盘已满") }

// Answers come as questions are asked, so that a person or program may talk with the door.
func TestAnswersAtOnce(t *testing.T) {
	d := testDoor(t)
	in, ask := io.Pipe()
	answers, out := io.Pipe()
	done := make(chan error)
	go func() { done <- d.Lines(context.Background(), "echo", in, out) }()
	buf := make([]byte, 200)
	for range 3 {
		if _, err := io.WriteString(ask, "{}\n"); err != nil {
			t.Fatal(err)
		}
		n, err := answers.Read(buf)
		if err != nil || string(buf[:n]) != `{"question":{}}`+"\n" {
			t.Fatalf("得到 %q（%v）", buf[:n], err)
		}
	}
	_ = ask.Close()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
}

func TestWiring(t *testing.T) {
	d := testDoor(t)
	if got := strings.Join(d.Kinds(), " "); got != "amount deadline draw echo emotion figures four_in_one grade guard identity item_stats mastery points practice scene score similarity team" || !d.Knows("guard") || d.Knows("x") {
		t.Errorf("种类 %s", got)
	}
	double := func(in json.RawMessage) (any, error) { return map[string]string{"article": "演示"}, nil }
	if err := d.AddAmount("演示规则", double); err != nil {
		t.Fatal(err)
	}
	if got := string(d.Answer("amount", []byte(`{"rule":"演示规则","inputs":{}}`))); got != `{"article":"演示"}` {
		t.Errorf("加入的金额规则：%s", got)
	}
	for name, err := range map[string]error{
		"规则重名": d.AddAmount("演示规则", double),
		"没有名称": d.AddAmount("", double),
		"没有公式": d.AddAmount("另一条", nil),
	} {
		if err == nil {
			t.Errorf("%s：应报错", name)
		}
	}
	o := Options{Calendar: d.cal, Terms: d.terms, Judge: d.judge, Vocabulary: d.words, Today: d.today}
	o.Kinds = map[string]Kind{"guard": d.guard}
	if _, err := New(o); err == nil {
		t.Error("种类重名应报错")
	}
	if _, err := New(Options{}); err == nil {
		t.Error("缺部件应报错")
	}
}

// A kind of another slice whose answer is no object must not break the line.
func TestAnswerMustBeObject(t *testing.T) {
	for name, v := range map[string]any{"列表": []int{1}, "写不成 JSON": func() {}} {
		got := answer(func(json.RawMessage) (any, error) { return v, nil }, []byte(`{"id":1}`))
		if !bytes.HasPrefix(got, []byte(`{"id":1,"error":`)) {
			t.Errorf("%s：%s", name, got)
		}
	}
}
