package app_test

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"fadu/internal/app/apptest"
	"fadu/internal/casework"
	"fadu/internal/demo"
	"fadu/internal/law"
)

// station is a person in front of a major case in one of its states: what the page says, and how a step is refused.
type station struct {
	state casework.State
	// more is how many steps the case goes on in its state before.
	more int
	// wait is how many working days pass after that.
	wait  int
	login string
	// step is the act whose link is clicked; "" is what the page opens with.
	step string
	says []string
	// fill is what is filled in before the step's button is clicked; refused is what the page answers, the article with
	// it; nil when nothing is clicked.
	fill    map[string]string
	refused []string
}

// ordinaryStations are the stations of a major case, by the people who have it in hand.
var ordinaryStations = []station{
	{state: casework.Checking, login: "officer102", says: []string{"核查中", "现在可以做"}},
	{state: casework.Checking, login: "officer102", step: "interview", refused: []string{"还缺", "持有效执法证的执法人员", "行政处罚法第四十二条第一款"}},
	{state: casework.Checking, login: "officer102", step: "ask_filing", refused: []string{"还缺", "初步证据", "行政处罚法第三十六条第一款"}},
	{state: casework.Checking, login: "leader1", step: "assign", says: []string{"指派两名承办人", "行政处罚法第四十二条第一款"}},
	{state: casework.FilingAsked, login: "deputy", says: []string{"批准立案", "住建部令第55号第十五条"}},
	{state: casework.FilingAsked, login: "officer102", says: []string{"等别人办", "批准立案"}},
	{state: casework.Investigating, login: "officer102", step: "conclude", refused: []string{"还缺", "调查终结报告还缺", "住建部令第55号第二十条"}},
	{state: casework.Investigating, login: "officer102", step: "collect_evidence", says: []string{"证据种类", "证明目的"}},
	{
		state: casework.Investigating, login: "officer102", step: "interview", refused: []string{"行政处罚法第五十五条", "还缺"},
		fill: map[string]string{
			"at": "询问室", "recorder": "演示记录员", "person": "演示证人", "role": "证人", "id_number": "990107198506150010", "recusal": "不申请回避",
			"talk": "问：你看到了什么？\n答：夜里有车往外运。", "purpose": "证明外运建筑垃圾", "showed_id": "1", "pages_signed": "1", "corrections_initialled": "1",
		},
	},
	{state: casework.Concluding, login: "leader1", says: []string{"同意调查终结"}},
	{state: casework.Concluded, login: "officer102", says: []string{"出具告知书", "同时告知听证权利"}},
	{state: casework.Concluded, login: "officer102", step: "submit_review", refused: []string{"还缺", "要求听证的权利", "行政处罚法第六十三条第一款"}},
	{state: casework.Noticing, login: "officer102", step: "notice_served", refused: []string{"文书还没有送达", "行政处罚法第六十一条第一款"}},
	{state: casework.Notified, login: "officer102", step: "answer_defence", refused: []string{"还缺", "住建部令第55号第二十二条"}},
	{state: casework.Notified, more: 2, login: "head", step: "appoint_host", says: []string{"主持人不能是本案调查人员", "行政处罚法第六十四条第四项"}},
	{
		state: casework.Notified, more: 4, wait: 9, login: "legal", step: "hold_hearing", refused: []string{"听证笔录没有由当事人或者代理人核对签名", "请核对签名", "行政处罚法第六十四条第八项"},
		fill: map[string]string{"present": "当事人到场", "opening": "宣布纪律", "accusation": "提出事实和证据", "defence": "认为数额偏高", "final": "双方陈述"},
	},
	{state: casework.Answered, login: "officer102", step: "ask_decision", refused: []string{"还缺", "没有通过法制审核不得作出决定", "行政处罚法第五十八条第一款"}},
	{
		state: casework.Reviewing, login: "reviewer", step: "review_agree", refused: []string{"审核意见没有审核人签名", "住建部令第55号第二十五条"},
		fill: map[string]string{"finding1": "符合", "finding2": "符合", "finding3": "符合", "finding4": "符合", "finding5": "符合", "finding6": "符合", "finding7": "不涉嫌犯罪", "finding8": "符合", "reason": "事实清楚，证据充分"},
	},
	{state: casework.Agreed, login: "officer102", step: "ask_decision", refused: []string{"还没有经负责人集体讨论", "行政处罚法第五十七条第二款"}},
	{state: casework.Discussing, login: "clerk", step: "record_discussion", says: []string{"主要负责人最后表态"}},
	{state: casework.Discussing, login: "clerk", step: "discuss", refused: []string{"参加讨论的成员都已签名", "行政处罚法第五十七条第二款"}},
	{state: casework.DecisionAsked, login: "head", says: []string{"作出处罚决定"}},
	{state: casework.DecisionAsked, login: "head", step: "decide_no_penalty", refused: []string{"不予处罚的情形", "行政处罚法第三十三条"}},
	{state: casework.Issued, login: "officer102", step: "decision_served", refused: []string{"文书还没有送达", "行政处罚法第六十一条第一款"}},
	{state: casework.Issued, login: "officer102", step: "serve_electronically", refused: []string{"当事人没有同意电子送达", "行政处罚法第六十一条第二款"}},
	{state: casework.Delivered, login: "officer102", step: "issue_demand", refused: []string{"履行期限还没有届满", "行政强制法第三十四条"}},
	{state: casework.Delivered, login: "officer102", step: "ask_closing", refused: []string{"还没有结案情形", "住建部令第55号第三十一条"}},
	{state: casework.EndingAsked, login: "deputy", says: []string{"批准结案"}},
}

// TestOrdinaryCaseInBrowser follows one major case with a hearing from its lead to its end on the screens of the people
// who have it in hand: each guarded step is clicked too early, the page answers with what is missing and the article, keeps
// what was typed, and the case stays where it is. The acts between are the real commands; the leader hands cases over and the
// head closes the case by their forms.
func TestOrdinaryCaseInBrowser(t *testing.T) {
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
	all := demo.Scenarios()
	one := demo.NewOffice(site.App, site.Clock).Begin(context.Background(), all[slices.IndexFunc(all, func(s demo.Scenario) bool { return s.Name == "听证以后决定" })])
	state := casework.State("")
	for _, s := range ordinaryStations {
		if s.state != state {
			w.check(one.Play(s.state))
			state = s.state
		}
		w.check(one.PlayOn(s.more))
		if s.wait > 0 {
			day, err := site.App.Calendar.AddWorkdays(law.DateOf(site.Clock.Now()), s.wait)
			w.check(err)
			site.Clock.Set(day.Start().Add(11 * time.Hour))
		}
		c, err := one.Case()
		w.check(err)
		w.stop(s, c)
		after, err := one.Case()
		w.check(err)
		if after.State != s.state || after.Version != c.Version {
			t.Errorf("%s %s 被拒绝以后案件变了：%s", s.state, s.step, after.State)
		}
	}
	c := casework.Case{ID: one.ID}
	w.as("deputy")
	w.open(c.URL())
	w.fill("note", "同意结案")
	w.send(c.URL() + "/acts/approve-closing")
	w.says("已结案")
	w.look("已结案")
	w.staffing()
	rep, err := site.App.Verify(context.Background())
	w.check(err)
	if !rep.OK() {
		t.Errorf("verify: %v", rep.Faults)
	}
}

// stop is what happens at a station.
func (w *walker) stop(s station, c *casework.Case) {
	w.t.Helper()
	name := strings.TrimSpace(string(s.state) + "-" + s.login + "-" + s.step)
	w.as(s.login)
	w.openSignedIn(s.login, c.URL())
	if s.step != "" {
		w.choose(s.step)
	}
	w.says(s.says...)
	if s.refused != nil {
		w.refused(s)
	}
	w.look(name)
}

// choose clicks the link of an act, wherever on the case's page it stands.
func (w *walker) choose(act string) {
	w.t.Helper()
	problem := evaluate[string](w, `(act => {
		const a = [...document.querySelectorAll("main a")].find(a => new URL(a.href).searchParams.get("step") === act);
		if (!a) return "页面上没有这一步：" + document.querySelector("main").innerText.slice(0, 1500);
		for (let d = a.closest("details"); d; d = d.parentElement.closest("details")) d.open = true;
		document.body.dataset.left = "1";
		a.click();
		return "";
	})("`+act+`")`)
	if problem != "" {
		w.t.Fatalf("%s：%s", act, problem)
	}
	w.await(`!document.body.dataset.left && document.querySelector("#step")`, "“"+act+"”的表单")
	w.settle()
}

// refused clicks the step's button and reads what the page answers: a grey button does nothing and says why above it; a form
// that lacks what only it can say comes back with everything typed.
func (w *walker) refused(s station) {
	w.t.Helper()
	for name, value := range s.fill {
		w.fill(name, value)
	}
	if s.step == "hold_hearing" {
		now := w.site.Clock.Now()
		w.fill("from", now.Add(-time.Hour).Format("2006-01-02T15:04"))
		w.fill("until", now.Format("2006-01-02T15:04"))
	}
	if s.step == "interview" && s.fill != nil {
		now := w.site.Clock.Now()
		w.fill("began", now.Add(-20*time.Minute).Format("2006-01-02T15:04"))
		w.fill("ended", now.Format("2006-01-02T15:04"))
	}
	grey := evaluate[bool](w, `(() => {
		const all = [...document.querySelectorAll("#step [type=submit]")];
		const b = document.querySelector("#step button[aria-disabled=true]") || all.find(e => e.classList.contains("primary") || e.classList.contains("danger")) || all.at(-1);
		document.body.dataset.left = "1";
		b.scrollIntoView({block: "center"});
		b.click();
		return b.getAttribute("aria-disabled") === "true";
	})()`)
	if grey {
		w.settle()
		if !evaluate[bool](w, `document.body.dataset.left === "1"`) {
			w.t.Errorf("%s：灰的按钮提交了", s.step)
		}
		evaluate[any](w, `delete document.body.dataset.left`)
	} else {
		w.await(`!document.body.dataset.left && document.querySelector("main .refusal, main .error-summary")`, "拒绝")
	}
	w.says(s.refused...)
	if grey == (s.fill != nil) {
		w.t.Errorf("%s：按钮是灰的 %t，表单填写了 %t", s.step, grey, s.fill != nil)
	}
	for name, value := range s.fill {
		if kept := evaluate[bool](w, `[...document.querySelectorAll("main [name='`+name+`']")].some(e => e.type === "checkbox" ? e.checked : e.value !== "" && e.type !== "hidden")`); !kept {
			w.t.Errorf("%s 被拒绝以后，填好的 %s（%s）没有了", s.step, name, value)
		}
	}
	w.forgive()
}

// openSignedIn opens a page as somebody whose session may have ended in the days between.
func (w *walker) openSignedIn(login, path string) {
	w.t.Helper()
	w.open(path)
	if w.address() != "/sign-in" {
		return
	}
	w.fill("login", login)
	w.fill("password", demo.Password)
	w.press("/sign-in", "")
	w.await(`!location.pathname.startsWith("/sign-in")`, "登录")
	w.open(path)
}

// staffing is the leader's: chosen cases are given to two officers, then all that one of them has goes to another. Who may
// not handle a case is refused with the article, and nothing changes.
func (w *walker) staffing() {
	w.t.Helper()
	ctx := context.Background()
	officer, err := w.site.App.Access.SessionFor(ctx, "officer102")
	w.check(err)
	id, err := w.site.App.Cases.RegisterLead(ctx, officer, casework.LeadInput{Source: "complaint", FoundAt: w.site.Clock.Now(), Place: "演示区青石路9号", Area: "990107", Summary: "占道堆放砂石"})
	w.check(err)
	names := map[string]string{}
	for _, login := range []string{"officer102", "officer103", "officer104"} {
		names[login], err = w.site.Name(login)
		w.check(err)
	}
	w.as("leader1")
	w.openSignedIn("leader1", "/w/")
	w.choosePage("指派与交接")
	w.says("在案件列表里勾选要指派的案件")
	w.look("指派与交接")
	w.open("/w/cases?state=open")
	w.fill("case", id.String())
	evaluate[any](w, `document.body.dataset.left = "1"; document.querySelector("#staffing [type=submit], [form=staffing][type=submit]").click()`)
	w.await(`!document.body.dataset.left && document.querySelector("main form[action$='/assign']")`, "批量指派的表单")
	w.fill("lead", names["officer102"])
	w.fill("assist", names["officer103"])
	w.look("批量指派")
	w.press("/w/cases/staffing/assign", "")
	w.await(`!document.body.dataset.left && document.querySelector("main .error-summary")`, "没有写原因")
	w.says("原因")
	w.forgive()
	w.fill("why", "新线索分派")
	w.send("/w/cases/staffing/assign")
	w.says("1 件案件已换承办人")
	w.open("/w/cases/staffing")
	w.fill("from", names["officer103"])
	w.fill("to", names["officer102"])
	w.fill("why", "调离")
	w.press("/w/cases/staffing/handover", "")
	w.await(`!document.body.dataset.left && document.querySelector("main .error, main .error-summary, main .refusal")`, "不能移交给同案的另一名承办人")
	w.says("另一名承办人")
	w.forgive()
	w.fill("to", names["officer104"])
	w.send("/w/cases/staffing/handover")
	w.says("已换承办人")
	f, err := w.site.App.Cases.View(ctx, officer, id)
	w.check(err)
	if len(f.Officers) != 2 || f.Officers[0].Name != names["officer102"] || f.Officers[1].Name != names["officer104"] {
		w.t.Errorf("指派、移交以后的承办人：%+v", f.Officers)
	}
}

// choosePage follows a link of the menu.
func (w *walker) choosePage(label string) {
	w.t.Helper()
	if !evaluate[bool](w, `(label => { const a = [...document.querySelectorAll(".side a")].find(a => a.textContent.trim().startsWith(label)); if (!a) return false; document.body.dataset.left = "1"; a.click(); return true })("`+label+`")`) {
		w.t.Fatalf("菜单里没有“%s”", label)
	}
	w.await(`!document.body.dataset.left && document.querySelector("main")`, label)
}

// forgive forgets that the browser noted an answer of 422, which was asked for.
func (w *walker) forgive() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.faults = slices.DeleteFunc(w.faults, func(f string) bool { return strings.Contains(f, "status of 422") })
}
