package app_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"fadu/internal/demo"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

// window is one tab of a person's browser in front of the site; tabs of one browser share its cookies.
type window struct {
	s   *screens
	ctx context.Context
}

func (w *window) do(js string) string {
	w.s.t.Helper()
	v, err := chromedp.Run(w.ctx, chromedp.Evaluate[string](`(() => { const v = (() => {`+js+`})(); return v === undefined ? "" : String(v) })()`))
	if err != nil {
		w.s.t.Fatalf("%s：%v", js, err)
	}
	return v
}

func (w *window) open(path string) {
	w.s.t.Helper()
	if err := chromedp.Do(w.ctx, chromedp.Navigate(w.s.site.URL+path), chromedp.WaitReady(chromedp.CSS("main"))); err != nil {
		w.s.t.Fatalf("%s：%v", path, err)
	}
}

// await waits for something on the page; a page that is just being left has no answer.
func (w *window) await(js, what string) {
	w.s.t.Helper()
	for range 600 {
		if ok, err := chromedp.Run(w.ctx, chromedp.Evaluate[bool](`document.readyState === "complete" && !!(`+js+`)`)); err == nil && ok {
			return
		}
		time.Sleep(25 * time.Millisecond)
	}
	w.s.t.Fatalf("没有等到%s：%.900s", what, w.do(`return location.href + " " + document.body.innerText`))
}

func (w *window) says(words string) {
	w.s.t.Helper()
	q, _ := json.Marshal(strings.Join(strings.Fields(words), ""))
	w.await(`document.body.innerText.replace(/\s+/g, "").includes(`+string(q)+`)`, "“"+words+"”")
}

// fill types into fields: name, value, name, value.
func (w *window) fill(pairs ...string) {
	w.s.t.Helper()
	b, _ := json.Marshal(pairs)
	if bad := w.do(`const p = ` + string(b) + `; for (let i = 0; i < p.length; i += 2) { const all = [...document.querySelectorAll("main [name='" + p[i] + "']")].filter(e => e.type !== "hidden"); const e = all[0]; if (!e) return p[i]; e.value = p[i+1] === "*" ? [...e.options].find(o => o.value).value : p[i+1]; e.dispatchEvent(new Event("input", {bubbles: true})); e.dispatchEvent(new Event("change", {bubbles: true})) } return ""`); bad != "" {
		w.s.t.Fatalf("没有 %s 这一项", bad)
	}
}

// press clicks the form's button so many times, and waits for the page that follows.
func (w *window) press(action string, times int) {
	w.s.t.Helper()
	w.click(action, times)
	w.await(`!document.body.dataset.left && document.querySelector("main")`, "下一页")
}

func (w *window) click(action string, times int) {
	w.s.t.Helper()
	q, _ := json.Marshal(action)
	n, _ := json.Marshal(times)
	if bad := w.do(`const f = [...document.forms].find(f => f.getAttribute("action") === ` + string(q) + ` && [...f.elements].some(e => e.type === "submit")); if (!f) return "没有表单 " + [...document.forms].map(f => f.getAttribute("action")); document.body.dataset.left = "1"; const all = [...f.elements].filter(e => e.type === "submit"), b = all.find(e => e.classList.contains("primary")) || all[0]; for (let i = 0; i < ` + string(n) + `; i++) b.click(); return ""`); bad != "" {
		w.s.t.Fatalf("%s：%s", action, bad)
	}
}

func (w *window) signIn(login string) {
	w.s.t.Helper()
	w.do(`const f = [...document.forms].find(f => f.querySelector("[name=password]:not([type=hidden])")); f.querySelector("[name=login]").value = "` + login + `"; f.querySelector("[name=password]").value = "` + demo.Password + `"; document.body.dataset.left = "1"; (f.querySelector("button.primary") || f.querySelector("button")).click()`)
	w.await(`!document.body.dataset.left && !location.pathname.startsWith("/sign-in") && document.querySelector("main")`, "登录以后的页面")
}

// value is what a field of the page has.
func (w *window) value(name string) string {
	return w.do(`const e = document.querySelector("main [name='` + name + `']"); return e ? e.value : "没有"`)
}

// leads counts the cases with the words.
func (s *screens) leads(words string) (n int) {
	testkit.View(s.t, s.site.App.DB, func(tx *store.Tx) error {
		return tx.DB().NewRaw(`SELECT COUNT(*) FROM penalty_case WHERE summary = ?`, words).Scan(tx.Ctx, &n)
	})
	return n
}

func (s *screens) want(n int, words string) {
	s.t.Helper()
	if got := s.leads(words); got != n {
		s.t.Errorf("“%s”有 %d 件，应是 %d 件", words, got, n)
	}
}

const newLead = "/w/cases/new"

// lead fills in the form of a new lead.
func (w *window) lead(summary string) {
	w.s.t.Helper()
	w.fill("summary", summary, "place", "青石路12号门前人行道", "area", "*")
}

// TestTabs does with two tabs, with the back button, with double clicks, with a session that ends and with a
// second person what people do: nothing that was typed is lost, nothing is done twice, and the words say
// what happened.
func TestTabs(t *testing.T) {
	s := newScreens(t)
	tabs := tabsOf(t, 1)
	one := &window{s, tabs[0]}
	second, cancel := chromedp.NewContext(tabs[0]) // the same browser: the same cookies
	defer cancel()
	two := &window{s, second}
	if err := chromedp.Do(second, chromedp.Navigate("about:blank")); err != nil {
		t.Fatal(err)
	}
	one.open("/sign-in")
	one.signIn("officer102")

	// 双击：一件。后退再交：还是那一件，页面说明白。
	one.open(newLead)
	one.lead("双击的线索")
	one.press(newLead, 3)
	one.says("确定两名执法人员")
	at := one.do(`return location.pathname`)
	s.want(1, "双击的线索")
	one.do(`document.body.dataset.left = "1"; setTimeout(() => history.back())`)
	one.await(`!document.body.dataset.left && location.pathname === "`+newLead+`" && document.querySelector("main [name=summary]")`, "退回的表单")
	if one.value("summary") == "双击的线索" { // kept by the browser, with the token that was used
		one.press(newLead, 1)
		one.await(`location.pathname === "`+at+`"`, "原来那一件")
	}
	s.want(1, "双击的线索")

	// 提交被退回以后刷新：浏览器重发同一张表单，没有办成任何事，填的还在。
	one.open(newLead)
	one.fill("summary", "刷新的线索")
	one.press(newLead, 1)
	one.says("处要改")
	if err := chromedp.Do(one.ctx, chromedp.Reload()); err != nil {
		t.Fatal(err)
	}
	one.await(`document.querySelector("main [name=summary]")`, "刷新以后的表单")
	if got := one.value("summary"); got != "刷新的线索" {
		t.Errorf("刷新以后摘要是 %q", got)
	}
	s.want(0, "刷新的线索")

	// 同一件案子的同一步在两个标签页里都交：后交的被告知，填的还在。
	s.officers(one, two, at)

	// 两件不同的案子各在一个标签页里：互不相干。
	one.open(newLead)
	two.open(newLead)
	one.lead("左边的线索")
	two.lead("右边的线索")
	one.press(newLead, 1)
	two.press(newLead, 1)
	s.want(1, "左边的线索")
	s.want(1, "右边的线索")

	// 一个标签页退出登录，另一个里有没交的表单：什么也没有办；登录后填的还在。
	two.open(newLead)
	two.lead("退出时的线索")
	one.open("/w/me")
	one.press("/sign-out", 1)
	two.press(newLead, 1)
	two.says("您已退出登录")
	s.want(0, "退出时的线索")
	two.signIn("officer102")
	if got := two.value("summary"); got != "退出时的线索" {
		t.Errorf("登录以后摘要是 %q：%.300s", got, two.do(`return location.href + document.querySelector("main").innerText`))
	}
	s.want(0, "退出时的线索")
	two.says("已带回表单")
	two.press(newLead, 1)
	s.want(1, "退出时的线索")

	// 离开太久：同样。
	two.open(newLead)
	two.lead("离开太久的线索")
	s.site.Clock.Advance(31 * time.Minute)
	two.press(newLead, 1)
	two.says("刚才填的内容已经保留")
	two.signIn("officer102")
	if got := two.value("summary"); got != "离开太久的线索" {
		t.Errorf("登录以后摘要是 %q", got)
	}
	s.want(0, "离开太久的线索")
	two.press(newLead, 1)
	s.want(1, "离开太久的线索")

	// 被退回的表单再遇到过期：也回到表单。
	two.open(newLead)
	two.fill("summary", "退回又过期的线索")
	two.press(newLead, 1)
	two.says("处要改")
	two.lead("退回又过期的线索")
	s.site.Clock.Advance(31 * time.Minute)
	two.press(newLead, 1)
	two.says("刚才填的内容已经保留")
	two.signIn("officer102")
	if body := two.do(`return document.documentElement.outerHTML`); !strings.Contains(body, "退回又过期的线索") {
		t.Error("退回以后过期的，填的内容丢了")
	}
	s.want(0, "退回又过期的线索")

	// 另一个人在另一个标签页里登录：先前那个人的表单不算他的。
	one.open(newLead)
	one.lead("换人的线索")
	two.open("/w/me")
	two.press("/sign-out", 1)
	two.open("/sign-in")
	two.signIn("officer103")
	one.press(newLead, 1)
	s.want(0, "换人的线索")
	one.says("演示") // whose page it is now stands in the bar
	if who, err := s.site.Name("officer103"); err != nil || !strings.Contains(one.do(`return document.body.innerText`), who) {
		t.Errorf("页面没有写明现在是谁：%v", err)
	}
	one.press(newLead, 1) // the new holder looks and presses again
	s.want(1, "换人的线索")
}

// officers names the two officers of the case in two tabs at once: the second is told.
func (s *screens) officers(one, two *window, at string) {
	s.t.Helper()
	for _, w := range []*window{one, two} {
		w.open(at)
		w.do(`const pick = (n, i) => { const e = document.querySelector("main [name=" + n + "]"); e.value = [...e.options].filter(o => o.value && !o.disabled)[i].value; e.dispatchEvent(new Event("change", {bubbles: true})) }; pick("lead", 0); pick("assist", 1)`)
	}
	chosen := two.value("assist")
	one.press(at+"/officers", 1)
	two.press(at+"/officers", 1)
	two.says("您填的都在下面的表单里")
	if got := two.value("assist"); got != chosen && got != "没有" {
		s.t.Errorf("第二个标签页里选的人丢了：%q", got)
	}
	var n int
	testkit.View(s.t, s.site.App.DB, func(tx *store.Tx) error {
		return tx.DB().NewRaw(`SELECT COUNT(*) FROM ledger_entry WHERE subject = ? AND kind LIKE 'casework.officers%'`, strings.TrimPrefix(at, "/w/cases/")).Scan(tx.Ctx, &n)
	})
	if n > 1 {
		s.t.Errorf("定了 %d 次执法人员", n)
	}
}
