package app_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"fadu/internal/exam/sitting"
	"fadu/internal/law"
)

// TestExamIsWalked: a trainer plans an exam in the browser; one candidate answers while the network is gone and goes on with
// a second device, one has more time, one forgets to hand in. What was shown as kept is what counts.
func TestExamIsWalked(t *testing.T) {
	t.Parallel()
	w := newWalker(t)
	opens := law.MustDate("2026-07-10").Start().Add(10 * time.Hour)
	exam := w.planExam(opens)
	w.moreTime(exam, 10)
	seat := strings.Replace(exam, sitting.PathManage, sitting.Path, 1)

	w.wait(seat, opens)
	attempt := w.address()
	w.answersWithoutNetwork()
	w.secondDevice(attempt)

	w.site.Clock.Set(opens.Add(8 * time.Minute)) // those who came in late have no more time than the others
	forgotten := w.sit("leader1", seat)
	longer := w.sit("officer103", seat)
	w.site.Clock.Set(opens.Add(20*time.Minute + 10*time.Second))
	w.as("leader1")
	w.open(forgotten)
	w.says("交卷回执", "到时自动收卷", "已答1道，共5道")
	w.as("officer103")
	w.answer(1)
	w.says("已保存")
	w.look("加了时的答卷")
	w.site.Clock.Set(opens.Add(30*time.Minute + 10*time.Second))
	w.open(longer)
	w.says("到时自动收卷", "已答2道，共5道")

	w.published(exam)
	rep, err := w.site.App.Verify(context.Background())
	w.check(err)
	if !rep.OK() {
		t.Errorf("verify: %v", rep.Faults)
	}
}

// planExam plans an exam of 20 minutes for three officers by the forms.
func (w *walker) planExam(opens time.Time) string {
	w.as("trainer")
	w.open(sitting.PathManage + "/new")
	for name, value := range map[string]string{"title": "断网也能考", "opens": opens.Format("2006-01-02T15:04"), "minutes": "20", "waiting": "30", "late": "15", "attempts": "1", "pass": "3", "blueprint.0.1": "单选", "blueprint.0.3": "3", "blueprint.0.4": "1", "blueprint.1.1": "判断", "blueprint.1.3": "2", "blueprint.1.4": "1"} {
		w.fill(name, value)
	}
	w.look("安排考试")
	w.send(sitting.PathManage)
	exam := w.address()
	w.fill("logins", "officer102 officer103 leader1")
	w.send(exam + "/roster")
	w.send(exam + "/freeze")
	w.says("已定卷", "应考", "3")
	w.look("定了卷的考试")
	return exam
}

// moreTime gives the second of the candidates more time.
func (w *walker) moreTime(exam string, more int) {
	w.open(exam)
	name, err := w.site.Name("officer103")
	w.check(err)
	w.follow(name)
	w.fill("minutes", fmt.Sprint(more))
	w.fill("grant_reason", "视力障碍")
	w.send(w.address() + "/grant")
	w.says("10分钟")
	w.look("加时的考生")
}

// wait has the first candidate wait with the paper on the device, and begin when the time comes.
func (w *walker) wait(seat string, opens time.Time) {
	w.site.Clock.Set(opens.Add(-20 * time.Minute))
	w.as("officer102")
	w.open(seat)
	w.says("候考", "离开考还有")
	w.look("候考")
	w.site.Clock.Set(opens.Add(-4 * time.Second))
	w.open(seat)
	w.says("试卷已经下载（加密）")
	w.await(`!document.querySelector("[data-exam-start]").disabled`, "开考")
	w.site.Clock.Set(opens)
	evaluate[any](w, `document.querySelector("[data-exam-start]").click()`)
	w.await(`location.pathname.startsWith("`+sitting.PathAttempts+`/") && document.querySelectorAll("[data-exam-desk] [data-item]").length === 5`, "试卷")
	w.look("答卷")
}

// sit has a candidate begin and answer one question.
func (w *walker) sit(login, seat string) string {
	w.as(login)
	w.open(seat)
	w.press(seat+"/start", "")
	w.await(`location.pathname.startsWith("`+sitting.PathAttempts+`/")`, "试卷")
	w.settle()
	w.answer(0)
	w.says("已保存")
	return w.address()
}

// answer chooses the first answer of the question in this place.
func (w *walker) answer(place int) {
	w.t.Helper()
	evaluate[any](w, fmt.Sprintf(`(() => { const q = document.querySelectorAll("[data-exam-desk] [data-item]")[%d]; q.scrollIntoView({block: "center"}); q.querySelector("input[type=radio]").click(); })()`, place))
}

// card are the classes of the answer card.
func (w *walker) card() string {
	return evaluate[string](w, `[...document.querySelectorAll("[data-exam-card] a")].map(a => a.className || "open").join(" ")`)
}

// answersWithoutNetwork: what is answered while the network is gone stays on the device and is sent when it is back.
func (w *walker) answersWithoutNetwork() {
	w.answer(0)
	w.await(`document.querySelector("[data-exam-state]").textContent === "已保存"`, "已保存")
	w.network(false)
	w.answer(1)
	w.answer(2)
	w.says("网络不通，作答留在本机")
	if got := w.card(); got != "done sync sync open open" {
		w.t.Errorf("断网时的答题卡：%s", got)
	}
	w.look("断网时的答卷", "ERR_INTERNET_DISCONNECTED")
	w.network(true)
	w.await(`document.querySelector("[data-exam-state]").textContent === "已保存"`, "恢复以后上传")
	if got := w.card(); got != "done done done open open" {
		w.t.Errorf("恢复以后的答题卡：%s", got)
	}
	w.forget("ERR_INTERNET_DISCONNECTED")
	w.open(w.address()) // from the server
	if got := w.card(); got != "done done done open open" {
		w.t.Errorf("重新打开以后的答题卡：%s", got)
	}
}

// secondDevice: the same person goes on with another device, on which everything is; the first one can only look.
func (w *walker) secondDevice(attempt string) {
	w.enter("officer102 的手机", "officer102")
	w.open(attempt)
	w.says("正在另一台设备", "在这台设备上继续")
	w.look("换设备")
	w.send(attempt + "/take-over")
	if got := w.card(); got != "done done done open open" {
		w.t.Errorf("换设备以后的答题卡：%s", got)
	}
	w.as("officer102")
	w.answer(3)
	w.says("已在另一台设备上继续", "不能再保存")
	if !evaluate[bool](w, `[...document.querySelectorAll("[data-exam-desk] [data-item] input, [data-exam-submit]")].every(e => e.disabled)`) {
		w.t.Error("原来的设备上还能答")
	}
	w.look("原来的设备", "409")
	w.enter("officer102 的手机", "officer102")
	w.answer(3)
	w.answer(4)
	w.await(`document.querySelector("[data-exam-state]").textContent === "已保存"`, "已保存")
	evaluate[any](w, `document.querySelector("[data-exam-submit]").click()`)
	w.await(`document.querySelector("[data-exam-over]")`, "回执")
	w.says("交卷回执", "本人交卷", "已答5道，共5道")
	w.look("回执")
}

// published: the papers are collected and marked; the rates open the people that they count.
func (w *walker) published(exam string) {
	id, err := sitting.ParseID(strings.TrimPrefix(exam, sitting.PathManage+"/"))
	w.check(err)
	w.check(w.site.App.Exams.Collect(context.Background(), id))
	w.enter("trainer 后来", "trainer") // the first session ended meanwhile
	w.open(exam)
	w.send(exam + "/publish")
	w.says("已公布", "实考", "3")
	w.look("公布了的考试")
	for _, group := range []string{"taken", "passed", "failed"} {
		w.open(exam)
		want := evaluate[string](w, `[...document.querySelectorAll("main a.stat, main .stat a, main a")].find(a => (a.getAttribute("href") || "").endsWith("group=`+group+`")).innerText`)
		w.open(exam + "?group=" + group)
		rows := evaluate[int](w, `document.querySelectorAll("main table")[0].querySelectorAll("tbody tr a").length`)
		if !strings.Contains(want, fmt.Sprint(rows)) {
			w.t.Errorf("%s：数字是 %q，点开有 %d 人", group, want, rows)
		}
	}
	w.look("合格率点开")
	w.enter("officer102 后来", "officer102")
	w.open(strings.Replace(exam, sitting.PathManage, sitting.Path, 1))
	w.says("成绩", "分")
	w.look("考生看成绩")
}

// network takes the network of the open tab away and gives it back.
func (w *walker) network(on bool) {
	w.t.Helper()
	conditions := &network.Conditions{Offline: !on, DownloadThroughput: -1, UploadThroughput: -1}
	_, err := chromedp.Call(w.tab, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: []*network.Conditions{conditions}})
	w.check(err)
	_, err = chromedp.Call(w.tab, network.OverrideNetworkState, network.OverrideNetworkStateParams{Offline: !on, DownloadThroughput: -1, UploadThroughput: -1})
	w.check(err)
}
