package app_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// TestWalk goes the whole line in a browser, as a newcomer would with the README: from the portal and
// sign-in to the case's place in the year's figures. Every page on the way is examined at 1366 and 360 px.
func TestWalk(t *testing.T) {
	t.Parallel()
	w := newWalker(t)
	w.officerSignsIn()
	at := w.lead()
	w.scene(at)
	w.penalty(at)
	w.hearing(at)
	number := w.decision(at)
	w.signatures(at)
	w.delivery(at)
	w.money(at, number)
	w.closing(at)
	w.figures(number, at)
	w.everybodysPages()
	w.byKeyboard()
	rep, err := w.site.App.Verify(context.Background())
	w.check(err)
	if !rep.OK() {
		t.Errorf("verify: %v", rep.Faults)
	}
}

func (w *walker) officerSignsIn() {
	w.as("officer102")
	w.open("/w/")
	w.says("我的待办")
	w.look("待办")
}

// lead registers what was found and returns the case's address.
func (w *walker) lead() string {
	w.open("/w/cases/new")
	w.look("登记线索")
	w.fill("summary", "一辆三轮车在小学门前人行道摆卖水果")
	w.fill("place", "青石路12号门前人行道")
	w.send("/w/cases/new")
	w.says("确定两名执法人员")
	return w.address()
}

// scene is what happens on the street before the penalty is thought of.
func (w *walker) scene(at string) {
	lead, err := w.site.Name("officer102")
	w.check(err)
	assist, err := w.site.Name("officer103")
	w.check(err)
	w.open(at + "?step=officers")
	w.fill("lead", lead)
	w.fill("assist", assist)
	w.look("执法人员")
	w.send(at + "/officers")
	w.open(at + "?step=show_id")
	w.fill("text", "向当事人出示两人的执法证")
	w.send(at + "/steps/show_id")
	w.open(at + "?step=party")
	w.fill("kind", "公民")
	w.fill("name", "演示·赵六")
	w.fill("id_kind", "居民身份证")
	w.fill("id_number", "990107198506150010")
	w.fill("address", "演示市演示区白云路3号（演示）")
	w.fill("identity_basis", "card_seen")
	w.look("当事人")
	w.send(at + "/party")
	w.says("演示·赵六")
	w.open(at + "?step=photo")
	w.do(chromedp.SetUploadFiles(chromedp.CSS("main input[name=photo]"), []string{filepath.Join(w.dir, "现场.jpg")}))
	w.fill("caption", "现场全景")
	w.look("照片")
	w.send(at + "/photos")
	w.await(`[...document.querySelectorAll("main img")].some(i => i.complete && i.naturalWidth > 0)`, "照片的小图")
	w.open(at + "?step=measure")
	w.fill("detail", "2")
	w.fill("text", "卷尺，长2米、宽1米")
	w.send(at + "/steps/measure")
	w.open(at + "?step=footage")
	w.fill("detail", "DSJ-0217 20260710-091500")
	w.send(at + "/steps/footage")
}

// penalty is proposed with the calculator at hand, which answers while the form is filled in.
func (w *walker) penalty(at string) {
	w.open(at + "?step=propose")
	w.fill("power_words", "摆摊")
	w.await(`document.querySelector("#power-choices [value='YS-001']")`, "案由")
	w.fill("power_code", "YS-001")
	w.fill("fact_text", "当事人在青石路12号门前人行道摆摊出售水果，占用面积2平方米。")
	w.fill("metric", "2")
	w.fill("corrected", "1")
	w.fill("harm", "none")
	w.await(`document.querySelector("#calculation").innerText.includes("50—185")`, "算罚结果")
	w.fill("kinds", "罚款")
	w.fill("amount", "100")
	w.fill("pay_by", "缴款码")
	w.fill("no_exemption", "占用面积2平方米，超过清单的1平方米")
	w.fill("facts_clear", "1")
	w.settle()
	w.look("拟定处罚")
	w.send(at + "/proposal")
	w.says("罚款 100 元")
}

// hearing tells the party and hears it; before that the decision's button is grey and says why.
func (w *walker) hearing(at string) {
	w.open(at + "?step=decide")
	w.says("行政处罚法第四十四条")
	if !evaluate[bool](w, `!!document.querySelector("main [aria-disabled=true]")`) {
		w.t.Error("the decision could be made without hearing the party")
	}
	w.look("缺项")
	w.open(at + "?step=tell")
	w.look("告知")
	w.send(at + "/steps/tell")
	w.open(at + "?step=hear")
	w.fill("text", "我已经在收拾了，请从轻处理。")
	w.send(at + "/steps/hear")
	w.open(at + "?step=review")
	w.fill("text", "当事人配合改正，已按从轻阶次裁量。")
	w.send(at + "/steps/review")
	w.open(at + "?step=correct")
	w.fill("detail", "on_spot")
	w.fill("text", "当事人当场撤离并清理")
	w.send(at + "/steps/correct")
}

// decision returns the number of the paper.
func (w *walker) decision(at string) string {
	w.open(at + "?step=decide")
	w.look("作出决定")
	w.send(at + "/decision")
	w.says("待交付")
	number := evaluate[string](w, `(document.querySelector("main").innerText.match(/演城管当罚字〔2026〕第\d+号/) || [""])[0]`)
	if number == "" {
		w.t.Fatal("the decision has no number")
	}
	return number
}

// signatures are drawn by each officer in the own account, and by the party.
func (w *walker) signatures(at string) {
	w.open(at + "?step=sign")
	w.look("签名")
	w.draw()
	w.send(at + "/signatures")
	w.as("officer103")
	w.open(at + "?step=sign")
	w.draw()
	w.send(at + "/signatures")
	w.as("officer102")
	w.open(at + "?step=sign_party")
	w.draw()
	w.send(at + "/signatures")
	w.says("3 / 3")
}

// delivery hands the paper over; its page shows it, and anybody can check it.
func (w *walker) delivery(at string) {
	w.open(at + "?step=deliver")
	w.look("交付")
	w.send(at + "/delivery")
	w.says("已交付")
	_, err := w.site.App.Jobs.RunDue(context.Background())
	w.check(err)
	w.look("已交付")
	paper := evaluate[string](w, `document.querySelector("main a[href^='/w/papers/']").getAttribute("href")`)
	w.open(paper)
	w.look("文书")
	check := evaluate[string](w, `(document.querySelector("main").innerHTML.match(/\/v\/[0-9A-Z]{16}[^"<\s]/) || [""])[0]`)
	if check == "" {
		w.t.Fatal("the paper's page does not lead to its check")
	}
	w.open(check)
	w.says("当场行政处罚决定书")
	if evaluate[bool](w, `document.body.innerText.includes("赵六")`) {
		w.t.Error("the check of a paper names the party")
	}
	w.look("验真")
}

// money comes with the treasury's statement and is matched by the paper's number.
func (w *walker) money(at, number string) {
	w.site.Clock.Set(w.site.Clock.Now().Add(72 * time.Hour)) // Monday
	w.as("cashier")
	w.open("/w/money")
	w.says(number)
	w.look("待缴")
	statement := filepath.Join(w.dir, "非税对账-2026-07-13.csv")
	w.check(os.WriteFile(statement, []byte(fmt.Sprintf("缴款日期,流水号,决定书文号,金额,缴款人\n2026-07-12,演非税99000001,%s,100,演示·赵六\n", number)), 0o600))
	w.open("/w/money/statements")
	w.do(chromedp.SetUploadFiles(chromedp.CSS("main input[name=file]"), []string{statement}))
	w.look("对账单")
	w.send("/w/money/statements")
	w.says(number)
	w.look("对账结果")
	w.open(at)
	w.says("演非税99000001")
}

// closing is the clerk's: the report to the bureau, then the end.
func (w *walker) closing(at string) {
	w.as("clerk")
	w.open("/w/")
	w.look("内勤待办")
	w.open(at + "?step=file")
	w.look("备案")
	w.send(at + "/filing")
	w.open(at + "?step=close")
	w.look("结案")
	w.send(at + "/closing")
	w.says("已结案")
	w.look("已结案")
}

// figures opens the tile, then the records behind it, then this very case.
func (w *walker) figures(number, at string) {
	w.as("leader1")
	w.open("/w/cases")
	w.says(number)
	w.look("案件列表")
	w.open("/w/figures?span=year")
	w.look("统计指标")
	tile := `main a.fig[href^="/w/figures/casework.decided?"]`
	figure := evaluate[string](w, `document.querySelector('`+tile+`').textContent.trim()`)
	evaluate[any](w, `document.body.dataset.left = "1"; document.querySelector('`+tile+`').click()`)
	w.await(`!document.body.dataset.left && document.querySelector("main")`, "指标的页面")
	w.says(number)
	if n := evaluate[int](w, `new Set([...document.querySelectorAll("main a[href^='/w/cases/']")].map(a => a.getAttribute("href"))).size`); figure != fmt.Sprintf("%d 件", n) {
		w.t.Errorf("the tile says %s and opens %d records", figure, n)
	}
	w.look("指标明细")
	w.follow(number)
	if got := w.address(); got != at {
		w.t.Errorf("the figure's record leads to %s, want %s", got, at)
	}
	w.says("演示·赵六", "已结案")
}

// everybodysPages are those that the line does not touch.
func (w *walker) everybodysPages() {
	for _, p := range []struct{ login, path, name string }{
		{"officer102", "/", "门户"},
		{"officer102", "/about", "关于"},
		{"officer102", "/api/v1/", "接口"},
		{"officer102", "/powers", "公示权责"},
		{"legal", "/w/powers", "权责"},
		{"legal", "/w/powers/YS-001", "权责事项"},
		{"legal", "/w/laws", "法规"},
		{"legal", "/w/powers/calculator", "罚款计算"},
		{"clerk", "/w/series", "号段"},
		{"clerk", "/w/org/people", "人员"},
		{"clerk", "/w/money/receipts", "票据"},
		{"sysadmin", "/w/units", "机构"},
		{"secadmin", "/w/accounts", "账号"},
		{"auditor", "/w/ledger", "总账"},
		{"auditor", "/w/security", "安全日志"},
	} {
		w.as(p.login)
		w.open(p.path)
		w.look(p.name)
	}
}
