package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"fadu/internal/demo"
	"fadu/internal/law"
	"fadu/internal/law/identity"

	"github.com/google/uuid"
)

type ordinaryCmd struct {
	serving
	Cases  int   `default:"12" help:"How many whole cases at each number of drivers."`
	Driver []int `default:"1,4" help:"How many cases at a time."`
}

// Run plays whole cases of the ordinary procedure over the calls of the running program, by the signed-in people who must
// do each step, and asks for copies of their decisions. It adds cases: give it a demo bureau of this year.
func (c *ordinaryCmd) Run(ctx context.Context) error {
	srv, err := c.start(ctx)
	if err != nil {
		return err
	}
	defer srv.stop()
	o, err := c.office(ctx)
	if err != nil {
		return err
	}
	fmt.Printf("load %s\n\n| drivers | cases | cases/min | calls a case | p50 s a case | server CPU s a case |\n| --- | --- | --- | --- | --- | --- |\n", firstLine("/proc/loadavg"))
	for _, n := range c.Driver {
		if err := o.cell(ctx, srv, n, c.Cases); err != nil {
			return err
		}
	}
	return o.copies(ctx)
}

// office are the people of the bureau at their desks.
type office struct {
	base     string
	people   map[string]*browser
	persons  map[string]string
	serial   atomic.Int64
	calls    atomic.Int64
	mu       sync.Mutex
	decision []string
}

var atDesks = []string{"officer102", "officer103", "leader1", "clerk", "cashier", "deputy", "head"}

func (c *ordinaryCmd) office(ctx context.Context) (*office, error) {
	o := &office{base: "http://" + c.Addr, people: map[string]*browser{}, persons: map[string]string{}}
	o.serial.Store(time.Now().Unix() % 100_000 * 1000)
	for _, login := range atDesks {
		o.people[login] = &browser{base: o.base}
		if err := o.people[login].signIn(ctx, login); err != nil {
			return nil, err
		}
	}
	db, err := open(c.where)
	if err != nil {
		return nil, err
	}
	defer func() { _ = db.Close() }()
	for _, login := range atDesks[:2] {
		var id string
		if err := db.QueryRowContext(ctx, `SELECT CAST(person AS TEXT) FROM account WHERE login = '`+login+`'`).Scan(&id); err != nil {
			return nil, err
		}
		o.persons[login] = id
	}
	return o, nil
}

// cell plays so many cases by n drivers and prints a row.
func (o *office) cell(ctx context.Context, srv *server, n, cases int) error {
	began, cpu, calls := time.Now(), srv.cpu(), o.calls.Load()
	var left atomic.Int64
	left.Store(int64(cases))
	took := make([]time.Duration, cases)
	errs := make([]error, n)
	var wg sync.WaitGroup
	for d := range n {
		wg.Go(func() {
			for {
				i := left.Add(-1)
				if i < 0 {
					return
				}
				at := time.Now()
				if errs[d] = o.whole(ctx); errs[d] != nil {
					return
				}
				took[i] = time.Since(at)
			}
		})
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		return err
	}
	all := time.Since(began)
	slices.Sort(took)
	fmt.Printf("| %d | %d | %.1f | %d | %.2f | %.2f |\n", n, cases, float64(cases)/all.Minutes(), (o.calls.Load()-calls)/int64(cases), took[cases/2].Seconds(), (srv.cpu()-cpu).Seconds()/float64(cases))
	return nil
}

// copies asks for a copy of a decision thirty times: each is set and drawn anew, and entered in the ledger.
func (o *office) copies(ctx context.Context) error {
	if len(o.decision) == 0 {
		return errors.New("no decision was issued")
	}
	took := make([]time.Duration, 30)
	for i := range took {
		at := time.Now()
		if _, err := o.call(ctx, "officer102", http.MethodPost, "/papers/"+o.decision[i%len(o.decision)]+"/print", says{}); err != nil {
			return err
		}
		took[i] = time.Since(at)
	}
	slices.Sort(took)
	fmt.Printf("\na copy of the decision as PDF, over HTTP: median %.0f ms, slowest %.0f ms\n", float64(took[15].Microseconds())/1000, float64(took[29].Microseconds())/1000)
	return nil
}

type says map[string]any

// answer is what a call says of the case.
type answer struct {
	ID     string `json:"id"`
	Papers []struct {
		ID    string `json:"id"`
		Kind  string `json:"kind"`
		State string `json:"state"`
	} `json:"papers"`
	Version json.Number `json:"version"`
}

func (o *office) call(ctx context.Context, login, method, path string, in says) (out answer, err error) {
	var body io.Reader
	if in != nil {
		b, err := json.Marshal(in)
		if err != nil {
			return out, err
		}
		body = bytes.NewReader(b)
	}
	req, err := http.NewRequestWithContext(ctx, method, o.base+"/api/v1"+path, body)
	if err != nil {
		return out, err
	}
	if in != nil {
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("Idempotency-Key", uuid.NewString())
		req.Header.Set("Origin", o.base)
	}
	o.calls.Add(1)
	resp, err := o.people[login].client.Do(req)
	if err != nil {
		return out, err
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err == nil && resp.StatusCode >= 300 {
		err = fmt.Errorf("%s %s by %s: %s %s", method, path, login, resp.Status, b)
	}
	if err == nil && len(b) > 0 {
		d := json.NewDecoder(bytes.NewReader(b))
		d.UseNumber()
		err = d.Decode(&out)
	}
	return out, err
}

// matter is a case on its way.
type matter struct {
	*office
	ctx     context.Context
	id      string
	version json.Number
}

// act does a step as somebody, with the version that the step before left.
func (m *matter) act(login, act string, in says) error {
	in["version"] = m.version
	path := "acts/" + strings.ReplaceAll(act, "_", "-")
	if short, ok := map[string]string{"party": "party", "propose": "propose", "pay": "pay"}[act]; ok {
		path = short
	}
	a, err := m.call(m.ctx, login, http.MethodPost, "/cases/"+m.id+"/"+path, in)
	if err != nil {
		return err
	}
	if m.version = a.Version; m.version == "" {
		return m.look()
	}
	return nil
}

// look reads the case's version, where a step on a paper changed it.
func (m *matter) look() error {
	a, err := m.call(m.ctx, "officer102", http.MethodGet, "/cases/"+m.id, nil)
	m.version = a.Version
	return err
}

// serve has the newest paper of a kind handed to the party, who signs for it. The decision is sealed before; the blank forms
// of the notice are.
func (m *matter) serve(kind, party string) (paper string, err error) {
	a, err := m.call(m.ctx, "officer102", http.MethodGet, "/cases/"+m.id, nil)
	if err != nil {
		return "", err
	}
	for _, p := range a.Papers {
		if p.Kind == kind && p.State != "void" {
			paper = p.ID
		}
	}
	if paper == "" {
		return "", fmt.Errorf("case %s has no %s", m.id, kind)
	}
	if kind == "penalty_decision" {
		if _, err := m.call(m.ctx, "clerk", http.MethodPost, "/papers/"+paper+"/seal", says{}); err != nil {
			return "", err
		}
	}
	if err := m.look(); err != nil {
		return "", err
	}
	if err := m.act("officer102", "send", says{"paper": paper, "way": "serve_directly"}); err != nil {
		return "", err
	}
	return paper, m.act("officer102", "serve_directly", says{"service": paper, "on": today(), "relation": "self", "receiver": party, "signed": true})
}

func today() string { return law.DateOf(time.Now()).String() }

// whole is one case from the lead to its closing. The path needs no days to pass: what was piled up is gone, so there is no
// order with a re-check, and the party waives statement and defence in writing.
func (o *office) whole(ctx context.Context) error {
	n := o.serial.Add(1)
	party := fmt.Sprintf("演示·测速%d", n)
	number := fmt.Sprintf("990107%04d%02d%02d%03d", 1960+n%40, 1+n/40%12, 1+n/480%28, n/13440%1000)
	number += identity.ResidentCheckChar(number)
	found := time.Now().Add(-time.Hour)
	a, err := o.call(ctx, "officer102", http.MethodPost, "/leads", says{"source": "patrol", "found_at": found.Format(time.RFC3339), "place": fmt.Sprintf("演示区青石路%d号门前", n), "area": demo.Area, "summary": "人行道上堆放建材，逾期不清理"})
	if err != nil {
		return err
	}
	m := &matter{office: o, ctx: ctx, id: a.ID}
	if err := m.look(); err != nil {
		return err
	}
	day, clock := today(), func(ago time.Duration) string { return time.Now().Add(-ago).Format(time.RFC3339) }
	fact := "当事人在演示区青石路道路上堆放水泥、黄沙，占用面积6平方米，影响行人通行。"
	proof := []says{{"exhibit": 1, "proves": "在道路上堆放物料6平方米"}}
	first := []struct {
		by, act string
		in      says
	}{
		{"officer102", "take_up", says{}},
		{"leader1", "assign", says{"lead": o.persons["officer102"], "assist": o.persons["officer103"]}},
		{"officer102", "party", says{"kind": "citizen", "name": party, "id_kind": "resident_id", "id_number": number, "address": "演示区", "identity_basis": "card_seen"}},
		{"officer102", "check", says{"found": "到现场查看，人行道上堆放建材", "cause": "涉嫌在道路上堆放物料", "act_from": day, "prima_facie": true, "evidence": "现场照片4张", "violated": "《演示市市容条例》第二十一条第一款", "in_jurisdiction": true, "informant": "none"}},
		{"officer102", "ask_filing", says{"opinion": "建议立案"}},
		{"deputy", "approve_filing", says{"note": "同意立案"}},
		{"officer102", "interview", says{
			"began": clock(30 * time.Minute), "ended": clock(10 * time.Minute), "at": "演示区青石路1号询问室", "recorder": "演示记录员", "person": party, "role": "party", "id_number": number, "address": "演示区", "recusal": "不申请回避",
			"purpose": "证明在道路上堆放物料6平方米", "showed_id": true, "alone": true, "pages_signed": true, "corrections_initialled": true, "talk": []says{{"ask": "这些建材是谁堆放的？", "answer": "是我装修房子用的，已经清走。"}},
		}},
		{"officer102", "admit_evidence", says{"evidence": "all", "outcome": "admitted", "reason": "来源合法，内容真实，与案件有关"}},
		{"officer102", "propose", says{"act_from": day, "fact_text": fact, "facts_clear": true, "power_code": "YS-022", "fine": true, "amount": 300, "metric": "6", "measured_by": 1, "corrected": true, "harm": "none", "tier_why": "按卷尺测量堆放面积6平方米确定阶次", "no_exemption": "堆放在学校门前，经教育仍有必要处罚", "pay_by": "bank"}},
		{"officer102", "conclude", says{"course": "巡查发现，经批准立案，调查终结。", "views": "当事人承认违法事实。", "nothing_to_correct": "物料已经清走，没有可以改正的", "discretion": "按测量的面积适用裁量基准相应阶次", "proposal": "建议罚款300元", "measures": "无", "crime": "不涉嫌犯罪"}},
		{"leader1", "approve_conclusion", says{"note": "同意"}},
		{"officer102", "issue_notice", says{"evidence": "询问笔录", "contact": "演示执法人员", "address": "演示区青石路1号"}},
	}
	for _, s := range first {
		if err := m.act(s.by, s.act, s.in); err != nil {
			return err
		}
	}
	if _, err := m.serve("penalty_notice", party); err != nil {
		return err
	}
	second := []struct {
		by, act string
		in      says
	}{
		{"officer102", "waive_defence", says{"on": day, "defence": true, "signed": true}},
		{"officer102", "answer_defence", says{"answers": []says{}, "reason": "当事人书面放弃陈述、申辩", "result": "维持拟作的处理意见"}},
		{"officer102", "draft_decision", says{
			"outcome": "penalty", "clear": true, "course": "本机关巡查发现，立案调查，调查终结", "facts": fact, "proofs": proof, "notified": "当日送达告知书，当事人书面放弃陈述、申辩", "opinion": "按面积确定阶次，在幅度以内确定数额",
			"penalties": []says{{"kind": "罚款", "amount": 300}}, "slight": false, "slight_why": "堆放6平方米，在学校门前", "channel": "演示银行各网点，或者扫描缴款码缴纳",
			"public_interest": false, "major_rights": false, "complex": false, "many_relations": false, "social_risk": false,
		}},
		{"officer102", "ask_decision", says{"opinion": "建议按拟定的意见处理"}},
		{"head", "decide_penalty", says{"note": "同意"}},
	}
	for _, s := range second {
		if err := m.act(s.by, s.act, s.in); err != nil {
			return err
		}
	}
	decision, err := m.serve("penalty_decision", party)
	if err != nil {
		return err
	}
	o.mu.Lock()
	o.decision = append(o.decision, decision)
	o.mu.Unlock()
	for _, s := range []struct {
		by, act string
		in      says
	}{
		{"cashier", "pay", says{"channel": "bank", "amount": 300, "paid_on": day, "reference": fmt.Sprintf("测速%d", n)}},
		{"officer102", "ask_closing", says{"outcome": "罚款300元", "performed": "已经缴清", "measures": "无", "published": "处罚决定已按规定公示"}},
		{"deputy", "approve_closing", says{"note": "同意结案"}},
	} {
		if err := m.act(s.by, s.act, s.in); err != nil {
			return err
		}
	}
	return nil
}
