package app_test

import (
	"context"
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"fadu/internal/app/apptest"
	"fadu/internal/law"
)

// click is one act that a person does at a screen: the act's link on the case's page, its form, its button. A guarded act
// is first sent as the law forbids it; the page answers with what is missing and keeps what was typed.
type click struct {
	login string
	// days are working days that pass before.
	days int
	// step is the act; "seal 文书" and "send 文书" are what is done with a paper.
	step    string
	wrong   map[string]string
	refused []string
	fill    map[string]string
	says    []string
}

// answers is what a person types into a form, by the names of its fields.
type answers = map[string]string

// majorClicks lead a major case from its lead to its end. "@-20m" is that long ago, "@+3d" so many working days ahead, "$login"
// the person's name.
var majorClicks = []click{
	{login: "officer102", step: "take_up", says: []string{"核查中"}},
	{
		login: "leader1", step: "assign", wrong: answers{"lead": "$officer102", "assist": "$officer102"}, refused: []string{"两名"},
		fill: answers{"lead": "$officer102", "assist": "$officer103"}, says: []string{"演示卫远信、演示蒋清志"},
	},
	{login: "officer102", step: "ask_filing", refused: []string{"还缺", "行政处罚法第三十六条第一款"}},
	{login: "officer102", step: "party", fill: answers{"kind": "法人", "name": "演示青石建筑有限公司", "id_kind": "统一社会信用代码", "id_number": "91990107MA0000011N", "legal_rep": "演示·郑某", "address": "演示市演示区和平里3号（演示）", "identity_basis": "card_seen"}},
	{login: "officer102", step: "check", fill: answers{
		"found": "到现场查看，工地夜间外运建筑垃圾约600立方米，没有处置核准", "cause": "涉嫌未经核准擅自处置建筑垃圾", "act_from": "@today", "prima_facie": "1", "evidence": "现场照片4张", "violated": "《城市建筑垃圾管理规定》第七条",
		"in_jurisdiction": "1", "informant": "没有举报人",
	}},
	{login: "officer102", step: "ask_filing", fill: answers{"opinion": "建议立案查处"}, says: []string{"待批准立案"}},
	{login: "deputy", step: "approve_filing", fill: answers{"note": "同意"}, says: []string{"调查取证", "作出处罚决定期限"}},

	{
		login: "officer102", days: 1, step: "interview", wrong: answers{
			"began": "@-20m", "ended": "@-1m", "at": "询问室（演示）", "recorder": "演示记录员", "person": "演示·郑某", "role": "法定代表人", "id_number": "990107198506150010", "recusal": "不申请回避",
			"talk": "问：外运的建筑垃圾有没有处置核准？\n答：没有，一共大约600立方米。", "purpose": "证明未经核准外运约600立方米", "pages_signed": "1", "corrections_initialled": "1",
		},
		refused: []string{"行政处罚法第五十五条", "个别进行"}, fill: answers{"showed_id": "1", "alone": "1"}, says: []string{"询问笔录"},
	},
	{
		login: "officer102", step: "inspect", wrong: answers{
			"began": "@-50m", "ended": "@-30m", "party": "到场", "present": "演示·郑某", "found": "工地出口有渣土，出土量约600立方米", "taken": "按运输单据和车厢容积核算，拍照", "purpose": "证明外运的数量", "pages_signed": "1", "corrections_initialled": "1",
		},
		refused: []string{"行政处罚法第五十五条"}, fill: answers{"showed_id": "1"}, says: []string{"现场检查（勘验）笔录"},
	},
	{
		login: "officer102", step: "collect_evidence", wrong: answers{
			"kind": "书证", "title": "运输单据", "obtained_on": "@today", "holder": "演示青石建筑有限公司", "source": "当事人提供", "purpose": "证明外运约600立方米", "copy": "1", "original_at": "当事人处", "showed_id": "1",
		},
		refused: []string{"与原件核对一致"}, fill: answers{"copy_checked": "1"}, says: []string{"证据清单"},
	},
	{login: "officer102", step: "admit_evidence", wrong: answers{"evidence": "all", "outcome": "采信", "reason": "来源合法", "illegal_means": "1"}, refused: []string{"非法手段"}, fill: answers{"illegal_means": ""}},
	{login: "officer102", step: "order_correction", fill: answers{"kind": "责令改正", "demand": "停止外运，三日内补办处置核准手续", "due": "@+3d"}, says: []string{"责令改正期限"}},
	{login: "officer102", step: "send 责令改正通知书"},
	{login: "officer102", days: 3, step: "recheck", fill: answers{"checked_at": "@-10m", "found": "已停止外运，补办了核准", "result": "已改正"}, says: []string{"责令改正复查记录"}},
	{login: "officer102", step: "conclude", refused: []string{"还缺", "住建部令第55号第二十条"}},
	{login: "officer102", step: "propose", fill: answers{
		"power_words": "CG-215", "power_code": "CG-215", "act_from": "@found", "fact_text": "当事人没有取得建筑垃圾处置核准，外运建筑垃圾约600立方米。", "metric": "600", "measured_by": "2", "corrected": "已改正", "harm": "无", "kinds": "罚款", "amount": "80000", "pay_by": "银行",
		"no_exemption": "数量大，不符合清单", "facts_clear": "1",
	}},
	{login: "officer102", step: "conclude", fill: answers{"course": "投诉后到现场检查、询问当事人，调取单据", "views": "当事人承认，已经改正", "discretion": "外运600立方米，适用相应阶次", "proposal": "罚款80,000元"}, says: []string{"待批调查终结"}},
	{login: "leader1", step: "approve_conclusion", fill: answers{"note": "同意"}, says: []string{"待告知"}},
	{login: "officer102", step: "submit_review", refused: []string{"还缺", "行政处罚法第六十三条第一款"}},
	{login: "officer102", step: "issue_notice", fill: answers{"evidence": "询问笔录、现场检查（勘验）笔录、运输单据", "contact": "演示执法人员 0990-0000000", "address": "演示市演示区青石路1号（演示）"}, says: []string{"告知书待送达"}},
	{login: "officer102", step: "notice_served", refused: []string{"文书还没有送达", "行政处罚法第六十一条第一款"}},
	{login: "officer102", step: "send 行政处罚意见告知书", says: []string{"已告知，听取意见"}},
	{login: "officer102", step: "answer_defence", refused: []string{"还缺", "住建部令第55号第二十二条"}},
	{login: "officer102", days: 1, step: "state_defence", fill: answers{"points.0.0": "已经改正，请求从轻处罚"}, says: []string{"作出复核意见"}},
	{login: "officer102", days: 5, step: "answer_defence", fill: answers{"answer-*": "情况属实，已在裁量中考虑", "adopted-*": "1", "reason": "对照证据复核", "result": "维持拟作的处理意见"}, says: []string{"意见已复核"}},
	{login: "officer102", step: "draft_decision", fill: answers{"channel": "演示银行各网点", "slight": "否", "slight_why": "外运约600立方米，数量大"}},
	{login: "officer102", step: "ask_decision", refused: []string{"还缺", "没有通过法制审核不得作出决定", "行政处罚法第五十八条第一款"}},
	{login: "officer102", step: "submit_review", fill: answers{"ground": "对单位罚款数额较大，属于重大执法决定"}, says: []string{"法制审核中"}},
	{
		login: "reviewer", step: "review_agree", wrong: answers{"finding1": "符合", "finding2": "符合", "finding3": "符合", "finding4": "符合", "finding5": "符合", "finding6": "符合", "finding7": "不涉嫌犯罪", "finding8": "符合", "reason": "事实清楚，证据充分"},
		refused: []string{"审核意见没有审核人签名", "住建部令第55号第二十五条"}, fill: answers{"signed": "1"}, says: []string{"审核同意"},
	},
	{login: "officer102", step: "ask_decision", refused: []string{"还没有经负责人集体讨论", "行政处罚法第五十七条第二款"}},
	{login: "officer102", step: "submit_discussion", fill: answers{"opinion": "数额较大，提请集体讨论"}, says: []string{"待集体讨论"}},
	{login: "clerk", step: "discuss", refused: []string{"参加讨论的成员都已签名", "行政处罚法第五十七条第二款"}},
	{
		login: "clerk", step: "record_discussion", wrong: answers{
			"from": "9时00分", "until": "9时40分", "at": "局会议室（演示）", "host": "演示局长", "recorder": "演示内勤", "read.0.0": "调查终结报告", "member1": "分管负责人", "says1": "处理偏重", "vote1": "不同意", "member2": "主要负责人", "says2": "同意", "vote2": "同意", "agreed": "1", "guests.0.0": "演示承办人", "guests.0.1": "承办人", "guests.1.0": "演示审核员", "guests.1.1": "法制审核员",
		},
		refused: []string{"没有过半数"}, fill: answers{"says1": "事实清楚，处理适当", "vote1": "for"},
	},
	{login: "deputy", step: "sign_discussion"},
	{login: "clerk", step: "discuss", refused: []string{"没有全部成员签名", "行政处罚法第五十七条第二款"}},
	{login: "head", step: "sign_discussion"},
	{login: "clerk", step: "discuss", says: []string{"待批准决定"}},
	{login: "head", step: "decide_no_penalty", refused: []string{"不予处罚的情形", "行政处罚法第三十三条"}},
	{login: "head", step: "decide_penalty", fill: answers{"note": "同意"}, says: []string{"决定书待送达"}},
	{login: "officer102", step: "decision_served", refused: []string{"文书还没有送达", "行政处罚法第六十一条第一款"}},
	{login: "clerk", step: "seal 行政处罚决定书"},
	{login: "officer102", step: "send 行政处罚决定书", says: []string{"已送达，履行中"}},
	{login: "officer102", step: "issue_demand", refused: []string{"履行期限还没有届满", "行政强制法第三十四条"}},
	{login: "officer102", step: "ask_closing", refused: []string{"还没有结案情形", "住建部令第55号第三十一条"}},
	{login: "cashier", step: "pay", wrong: answers{"channel": "银行", "amount": "80001", "paid_on": "@today", "reference": "演银2026000001"}, refused: []string{"80,000"}, fill: answers{"amount": "80000"}, says: []string{"演银2026000001"}},
	{login: "officer102", step: "ask_closing", fill: answers{"outcome": "罚款80,000元", "performed": "已经履行", "measures": "无", "published": "处罚决定已按规定公示"}, says: []string{"待批准结案"}},
	{login: "deputy", step: "approve_closing", fill: answers{"note": "同意结案"}, says: []string{"已结案"}},
}

// TestMajorCaseInBrowser takes a major case from its lead to its end by clicks alone: eight people, each with a screen, and
// every act by its form.
func TestMajorCaseInBrowser(t *testing.T) {
	t.Parallel()
	root, axe := chromium(t)
	site, err := apptest.Open(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := site.Close(); err != nil {
			t.Error(err)
		}
	})
	w := &walker{t: t, site: site, root: root, tabs: map[string]context.Context{}, axe: axe, shots: os.Getenv("FADU_SHOTS"), dir: t.TempDir()}
	w.as("officer102")
	w.open("/w/cases/new")
	w.fill("summary", "工地夜间外运建筑垃圾，没有处置核准")
	w.fill("place", "演示区青石路工地（演示）")
	w.fill("source", "投诉举报")
	w.send("/w/cases/new")
	c := clicker{walker: w, at: w.address(), found: law.DateOf(site.Clock.Now())}
	for _, k := range majorClicks {
		c.click(k)
	}
	rep, err := site.App.Verify(context.Background())
	w.check(err)
	if !rep.OK() {
		t.Errorf("verify: %v", rep.Faults)
	}
}

// clicker is the walker in front of one case.
type clicker struct {
	*walker
	at    string
	found law.Date
}

func (c *clicker) click(k click) {
	c.t.Helper()
	if k.days > 0 {
		day, err := c.site.App.Calendar.AddWorkdays(law.DateOf(c.site.Clock.Now()), k.days)
		c.check(err)
		c.site.Clock.Set(day.Start().Add(10 * time.Hour))
	}
	c.as(k.login)
	c.openSignedIn(k.login, c.at)
	act, paper, _ := strings.Cut(k.step, " ")
	switch {
	case act == "seal":
		c.seal(paper)
	case act == "send" && paper != "":
		c.serve(paper)
	default:
		c.choose(act)
		if k.refused != nil {
			c.refused(station{step: act, fill: c.said(k.wrong), refused: k.refused})
		}
		if k.refused == nil || k.fill != nil {
			c.enter(k.fill)
			c.send(c.goal(act))
		}
	}
	c.says(k.says...)
	c.look(strings.ReplaceAll(k.login+"-"+k.step, " ", "-"))
}

// goal is where the form of an act goes to.
func (c *clicker) goal(act string) string {
	if path, ok := map[string]string{"party": "/party", "propose": "/proposal", "pay": "/payments"}[act]; ok {
		return c.at + path
	}
	return c.at + "/acts/" + strings.ReplaceAll(act, "_", "-")
}

// enter fills in a form, what other fields hang on first.
func (c *clicker) enter(fill answers) {
	c.t.Helper()
	said := c.said(fill)
	if words, ok := said["power_words"]; ok {
		c.fill("power_words", words)
		c.await(`document.querySelector("#power-choices [value='`+said["power_code"]+`']")`, "案由")
		c.fill("power_code", said["power_code"])
		delete(said, "power_words")
		delete(said, "power_code")
	}
	for _, name := range slices.Sorted(maps.Keys(said)) {
		full := name
		if start, ok := strings.CutSuffix(name, "*"); ok { // answer-4711: the one point that was made
			full = evaluate[string](c.walker, `document.querySelector("main [name^='`+start+`']").name`)
		}
		c.fill(full, said[name])
	}
}

// said puts days, times and names in the place of their marks.
func (c *clicker) said(fill answers) answers {
	c.t.Helper()
	if fill == nil {
		return nil
	}
	out, now := answers{}, c.site.Clock.Now()
	for name, v := range fill {
		switch {
		case v == "@today":
			v = law.DateOf(now).String()
		case v == "@found":
			v = c.found.String()
		case strings.HasPrefix(v, "@+"):
			n := int(v[2] - '0')
			day, err := c.site.App.Calendar.AddWorkdays(law.DateOf(now), n)
			c.check(err)
			v = day.String()
		case strings.HasPrefix(v, "@"):
			d, err := time.ParseDuration(v[1:])
			c.check(err)
			v = now.Add(d).Format("2006-01-02T15:04")
		case strings.HasPrefix(v, "$"):
			person, err := c.site.Name(v[1:])
			c.check(err)
			v = person
		}
		out[name] = v
	}
	return out
}

// seal opens the newest paper of the kind from the case's page and puts the seal on it.
func (c *clicker) seal(kind string) {
	c.t.Helper()
	name, _ := json.Marshal(kind)
	href := evaluate[string](c.walker, `(kind => { const a = [...document.querySelectorAll("main a[href^='/w/papers/']")].find(a => a.textContent.trim().startsWith(kind)); return a ? a.getAttribute("href") : "" })(`+string(name)+`)`)
	if href == "" {
		c.t.Fatalf("案件页上没有%s：%s", kind, evaluate[string](c.walker, `document.querySelector("main").innerText.slice(0, 1500)`))
	}
	c.open(href)
	c.send(href + "/seal")
}

// serve sends a paper out and enters that the party's representative signed for it.
func (c *clicker) serve(kind string) {
	c.t.Helper()
	c.choose("send")
	c.fill("paper", kind)
	c.fill("way", "直接送达")
	c.send(c.at + "/acts/send")
	c.choose("serve_directly")
	c.fill("relation", "法定代表人、主要负责人")
	c.fill("signed", "1")
	c.send(c.at + "/acts/serve-directly")
}
