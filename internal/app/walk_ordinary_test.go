package app_test

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"

	"fadu/internal/app/apptest"
	"fadu/internal/casework"
	"fadu/internal/demo"
)

// station is a person in front of a major case in one of its states: what the page says, refusals with their article.
type station struct {
	state casework.State
	login string
	// step is the act whose form is opened; "" is what the page opens with.
	step string
	says []string
}

// ordinaryStations are the stations of a major case, by the people who have it in hand.
var ordinaryStations = []station{
	{casework.Checking, "officer102", "", []string{"核查中", "现在可以做"}},
	{casework.Checking, "officer102", "ask_filing", []string{"还缺", "行政处罚法第三十六条第一款"}},
	{casework.Checking, "leader1", "assign", []string{"指派两名承办人", "行政处罚法第四十二条第一款"}},
	{casework.FilingAsked, "deputy", "", []string{"批准立案", "住建部令第55号第十五条"}},
	{casework.FilingAsked, "officer102", "", []string{"等别人办", "批准立案"}},
	{casework.Investigating, "officer102", "conclude", []string{"还缺", "住建部令第55号第二十条"}},
	{casework.Investigating, "officer102", "collect_evidence", []string{"证据种类", "证明目的"}},
	{casework.Concluding, "leader1", "", []string{"同意调查终结"}},
	{casework.Concluded, "officer102", "", []string{"出具告知书", "同时告知听证权利"}},
	{casework.Noticing, "officer102", "send", []string{"准备用的方式"}},
	{casework.Notified, "officer102", "answer_defence", []string{"还缺", "住建部令第55号第二十二条"}},
	{casework.Answered, "officer102", "ask_decision", []string{"还缺", "行政处罚法第五十八条第一款"}},
	{casework.Reviewing, "reviewer", "review_agree", []string{"同意，签发审核意见书"}},
	{casework.Agreed, "officer102", "ask_decision", []string{"还缺", "行政处罚法第五十七条第二款"}},
	{casework.Discussing, "clerk", "record_discussion", []string{"主要负责人最后表态"}},
	{casework.DecisionAsked, "head", "", []string{"作出处罚决定"}},
	{casework.Issued, "officer102", "send", []string{"送达文书", "行政处罚法第六十一条"}},
	{casework.Delivered, "officer102", "ask_closing", []string{"还缺"}},
	{casework.EndingAsked, "deputy", "", []string{"批准结案"}},
}

// TestOrdinaryCaseInBrowser follows one major case from its lead to its end on the screens of the people who have it in
// hand: at each guarded step the page says what is missing and by which article. The acts between are the real commands;
// a record that is refused keeps what was typed, and the head closes the case by its form.
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
	one := demo.NewOffice(site.App, site.Clock).Begin(context.Background(), demo.Scenarios()[0])
	state := casework.State("")
	for _, s := range ordinaryStations {
		if s.state != state {
			w.check(one.Play(s.state))
			state = s.state
		}
		c := casework.Case{ID: one.ID}
		at := c.URL()
		if s.step != "" {
			at += "?step=" + s.step
		}
		w.as(s.login)
		w.openSignedIn(s.login, at)
		w.says(s.says...)
		w.look(strings.TrimSpace(string(s.state) + "-" + s.login + "-" + s.step))
		if s.step == "collect_evidence" {
			w.refusedInterview(c.URL())
		}
	}
	c := casework.Case{ID: one.ID}
	w.fill("note", "同意结案")
	w.send(c.URL() + "/acts/approve-closing")
	w.says("已结案")
	w.look("已结案")
	rep, err := site.App.Verify(context.Background())
	w.check(err)
	if !rep.OK() {
		t.Errorf("verify: %v", rep.Faults)
	}
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

// refusedInterview questions somebody while others are present, which is refused with the article; nothing typed is lost.
func (w *walker) refusedInterview(at string) {
	w.open(at + "?step=interview")
	now := w.site.Clock.Now()
	for name, value := range map[string]string{
		"began": now.Add(-1e12).Format("2006-01-02T15:04"), "ended": now.Format("2006-01-02T15:04"), "at": "询问室", "recorder": "演示记录员", "person": "演示证人", "role": "证人", "id_number": "990107198506150010",
		"recusal": "不申请回避", "talk": "问：你看到了什么？\n答：夜里有车往外运。", "purpose": "证明外运建筑垃圾", "showed_id": "1", "pages_signed": "1", "corrections_initialled": "1",
	} {
		w.fill(name, value)
	}
	w.press(at+"/acts/interview", "")
	w.says("行政处罚法第五十五条", "还缺")
	if kept := evaluate[string](w, `document.querySelector("main [name=talk]").value`); !strings.Contains(kept, "夜里有车往外运") {
		w.t.Errorf("被拒绝以后，写好的问答没有了：%q", kept)
	}
	w.mu.Lock()
	w.faults = slices.DeleteFunc(w.faults, func(f string) bool { return strings.Contains(f, "status of 422") }) // the answer that was asked for
	w.mu.Unlock()
	w.look("询问被拒绝")
}
