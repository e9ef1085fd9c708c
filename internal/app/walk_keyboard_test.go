package app_test

import (
	"encoding/json"
	"fmt"
	"path/filepath"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// typed is a step of a case as it is done by hand: what leads to it, where its form goes, what is entered.
type typed struct {
	step, action string
	fields       [][2]string
}

// byKeyboard does the main job, from the lead to the paper's number, with Tab, Enter, Space, the arrows and
// letters alone. Every control that takes the focus on the way shows it, and Tab goes on in the order of
// the page.
func (w *walker) byKeyboard() {
	delete(w.tabs, "officer102") // three days have passed and the session is over
	w.as("officer102")
	lead, err := w.site.Name("officer102")
	w.check(err)
	assist, err := w.site.Name("officer103")
	w.check(err)
	w.open("/w/")
	w.key(kb.Tab)
	if at := evaluate[string](w, `document.activeElement.getAttribute("href")`); at != "#main" {
		w.t.Errorf("第一下 Tab 到了 %s，应是“跳到正文”", at)
	}
	w.key(kb.Enter)
	w.tabTo(`e.matches("a[href='/w/cases/new']")`)
	w.leave(kb.Enter)
	w.typeIn([][2]string{{"summary", "人行道上摆摊卖菜"}, {"place", "青石路20号门前"}})
	w.submitByKey("/w/cases/new")
	at := w.address()
	for _, s := range []typed{
		{"officers", "/officers", [][2]string{{"lead", lead}, {"assist", assist}}},
		{"show_id", "/steps/show_id", [][2]string{{"text", "向当事人出示两人的执法证"}}},
		{"party", "/party", [][2]string{{"kind", "公民"}, {"name", "演示·钱七"}, {"id_kind", "居民身份证"}, {"id_number", "990107199003040025"}, {"address", "演示市演示区白云路5号（演示）"}, {"identity_basis", "card_seen"}}},
		{"photo", "/photos", [][2]string{{"photo", "现场.jpg"}, {"caption", "现场全景"}}},
		{"measure", "/steps/measure", [][2]string{{"detail", "2"}, {"text", "卷尺，长2米、宽1米"}}},
		{"footage", "/steps/footage", [][2]string{{"detail", "DSJ-0217 20260713-091500"}}},
		{"propose", "/proposal", [][2]string{
			{"power_words", "摆摊"},
			{"power_code", "YS-001"},
			{"fact_text", "当事人在人行道摆摊出售蔬菜，占用面积2平方米。"},
			{"metric", "2"},
			{"corrected", "1"},
			{"harm", "none"},
			{"kinds", "罚款"},
			{"amount", "100"},
			{"pay_by", "缴款码"},
			{"no_exemption", "占用面积2平方米，超过清单的1平方米"},
			{"facts_clear", "1"},
		}},
		{"tell", "/steps/tell", nil},
		{"hear", "/steps/hear", [][2]string{{"text", "我马上收摊。"}}},
		{"review", "/steps/review", [][2]string{{"text", "当事人配合改正，已按从轻阶次裁量。"}}},
		{"correct", "/steps/correct", [][2]string{{"detail", "on_spot"}, {"text", "当事人当场撤离并清理"}}},
		{"decide", "/decision", nil},
	} {
		if !evaluate[bool](w, `!!document.querySelector("main form[action='`+at+s.action+`']")`) {
			w.tabTo(`e.matches("a[href$='?step=` + s.step + `']")`)
			w.leave(kb.Enter)
		}
		w.typeIn(s.fields)
		w.submitByKey(at + s.action)
	}
	w.says("待交付")
	if !evaluate[bool](w, `/演城管当罚字〔2026〕第\d+号/.test(document.querySelector("main").innerText)`) {
		w.t.Error("只用键盘没有办到出文号")
	}
	w.quiet("键盘")
}

func (w *walker) key(keys string) {
	w.t.Helper()
	w.do(chromedp.KeyEvent(keys))
}

// tabTo presses Tab until the focus is on what is wanted, which must then show it.
func (w *walker) tabTo(is string) {
	w.t.Helper()
	for range 250 {
		w.key(kb.Tab)
		if evaluate[bool](w, `(e => !!e && e !== document.body && (`+is+`))(document.activeElement)`) {
			const ring = `[document.activeElement, document.activeElement.nextElementSibling].some(x => x && getComputedStyle(x).outlineStyle !== "none")`
			if !evaluate[bool](w, ring) {
				w.t.Errorf("焦点到了 %s，看不出来", is)
			}
			return
		}
	}
	w.t.Fatalf("Tab 到不了 %s：%s", is, evaluate[string](w, `location.href + " " + document.querySelector("main").innerText.slice(0, 800)`))
}

// leave presses a key that opens another page, and waits for it.
func (w *walker) leave(key string) {
	w.t.Helper()
	evaluate[any](w, `document.body.dataset.left = "1"`)
	w.key(key)
	w.await(`!document.body.dataset.left && document.querySelector("main")`, "下一页")
	w.settle()
}

// submitByKey goes on to the form's button and presses it.
func (w *walker) submitByKey(action string) {
	w.t.Helper()
	a, _ := json.Marshal(action)
	w.tabTo(fmt.Sprintf(`e.type === "submit" && e.form && e.form.getAttribute("action") === %s && (e.classList.contains("primary") || ![...e.form.elements].some(x => x.type === "submit" && x.classList.contains("primary"))) && e.getAttribute("aria-disabled") !== "true"`, a))
	w.leave(kb.Enter)
	if bad := evaluate[string](w, `[...document.querySelectorAll("main .error-summary, main .refusal h2")].map(e => e.innerText).join("；")`); bad != "" {
		w.t.Fatalf("%s 被退回：%s", action, bad)
	}
}

// typeIn goes from field to field in the order of the page.
func (w *walker) typeIn(fields [][2]string) {
	w.t.Helper()
	for _, f := range fields {
		name, _ := json.Marshal(f[0])
		want, _ := json.Marshal(f[1])
		w.tabTo(fmt.Sprintf(`e.name === %s`, name))
		const hit = `((e, want) => { const squeeze = s => s.replace(/\s+/g, ""); return e.value === want || squeeze(e.tagName === "SELECT" ? e.selectedOptions[0].text : e.closest("label").innerText).includes(squeeze(want)) })(document.activeElement, %s)`
		switch kind := evaluate[string](w, `document.activeElement.type`); kind {
		case "radio", "select-one":
			w.arrowTo(fmt.Sprintf(hit, want), kind == "radio")
		case "checkbox":
			if f[1] != "1" {
				w.next(fmt.Sprintf(hit, want), string(name))
			}
			if !evaluate[bool](w, `document.activeElement.checked`) {
				w.key(" ")
			}
		case "file":
			w.do(chromedp.SetUploadFiles(chromedp.CSS("main input[name="+f[0]+"]"), []string{filepath.Join(w.dir, f[1])})) // the system's own window
		default:
			w.do(chromedp.KeyEvent("a", chromedp.KeyModifiers(chromedp.ModifierCtrl)))
			w.key(f[1])
			if f[0] == "power_words" {
				w.await(`document.querySelector("#power-choices [value='YS-001']")`, "案由")
			}
		}
	}
}

// arrowTo chooses in a list or among radios with the arrow keys.
func (w *walker) arrowTo(hit string, radio bool) {
	w.t.Helper()
	if radio && !evaluate[bool](w, `document.activeElement.checked`) {
		w.key(" ")
	}
	for range 200 {
		if evaluate[bool](w, hit) {
			return
		}
		w.key(kb.ArrowDown)
	}
	w.t.Fatalf("用方向键选不到 %s", hit)
}

// next goes on among boxes of one name.
func (w *walker) next(hit, name string) {
	w.t.Helper()
	for !evaluate[bool](w, hit) {
		w.tabTo(`e.name === ` + name)
	}
}
