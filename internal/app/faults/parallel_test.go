package faults

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"fadu/internal/app/apptest"
	"fadu/internal/law"
)

const posts = 50

// TestFiftyEqualPosts: the same form or call, fifty times at once, makes one record and has equal answers;
// the same key with something else is refused with words.
func TestFiftyEqualPosts(t *testing.T) {
	engines(t, nil, func(t *testing.T, l *apptest.Line) {
		for _, act := range []struct{ stage, kind, old, with string }{
			{"lead", "casework.lead_registered", "摆卖水果", "摆卖蔬菜"},
			{"photo", "casework.photo_added", "", ""},
			{"decide", "casework.decided", "", ""},
			{"pay", "casework.paid", "演非税0000", "演非税9000"},
		} {
			check(t, l.To(act.stage))
			b, err := l.Ready(act.stage)
			check(t, err)
			before := entries(t, l, act.kind)
			answers, err := b.Parallel(posts)
			check(t, err)
			equal(t, act.stage, answers, http.StatusSeeOther)
			if got := entries(t, l, act.kind) - before; got != 1 {
				t.Errorf("%s：留痕 %d 条", act.stage, got)
			}
			if act.old != "" {
				b.Replace(act.old, act.with)
				check(t, b.Again())
				if b.Status != http.StatusUnprocessableEntity || !b.Sees("已经提交过一次，内容与这次不同") {
					t.Errorf("%s，换了内容：%d %s", act.stage, b.Status, b.Main())
				}
			}
		}
		t.Run("发布导入", func(t *testing.T) { publishes(t, l) })
		t.Run("接口", func(t *testing.T) { calls(t, l) })
		whole(t, l)
	})
}

func equal(t *testing.T, what string, answers []apptest.Answer, status int) {
	t.Helper()
	for i, a := range answers {
		if a.Status != status || a.Location != answers[0].Location || a.Body != answers[0].Body {
			t.Fatalf("%s：第 %d 个答复 %d %s，第 1 个 %d %s：%.300s", what, i+1, a.Status, a.Location, answers[0].Status, answers[0].Location, a.Body)
		}
	}
}

func publishes(t *testing.T, l *apptest.Line) {
	write(t, l.Dir, "人员.csv", "姓名,工号,人员类别,所在机构,职务,任职日期,手机号,公民身份号码\n演示·丁,N901,执法人员,第一中队,队员,2024-01-01,,\n")
	b, err := l.As("legal")
	check(t, err)
	check(t, b.Get("/w/org/import"))
	check(t, b.Submit("/w/org/import", l.Dir, "kind=org.person", "file=@人员.csv"))
	if b.Status != http.StatusSeeOther {
		t.Fatalf("%d %s", b.Status, b.Main())
	}
	batch := b.Location
	before := count(t, l, `SELECT COUNT(*) FROM org_person`)
	check(t, b.Get(batch))
	check(t, b.Fill(batch+"/publish", l.Dir))
	answers, err := b.Parallel(posts)
	check(t, err)
	if answers[0].Status != http.StatusSeeOther {
		check(t, b.Again())
		t.Fatalf("%d，再交一次 %d：%s", answers[0].Status, b.Status, b.Main())
	}
	equal(t, "发布", answers, http.StatusSeeOther)
	if got := count(t, l, `SELECT COUNT(*) FROM org_person`) - before; got != 1 {
		t.Errorf("多了 %d 人", got)
	}
}

func calls(t *testing.T, l *apptest.Line) {
	b, err := l.As("officer102")
	check(t, err)
	call := func(path, key string, body map[string]any) []apptest.Answer {
		t.Helper()
		text, err := json.Marshal(body)
		check(t, err)
		answers, err := b.Flood(posts, "/api/v1"+path, "application/json", string(text), key)
		check(t, err)
		return answers
	}
	lead := map[string]any{"source": "patrol", "found_at": l.Site.Clock.Now(), "place": "白云路", "area": "990107", "summary": "摆摊"}
	before := entries(t, l, "casework.lead_registered")
	equal(t, "接口登记线索", call("/leads", "k-lead", lead), http.StatusOK)
	lead["summary"] = "另一件事"
	if a := call("/leads", "k-lead", lead)[0]; a.Status != http.StatusUnprocessableEntity || !strings.Contains(a.Body, "内容与这次不同") {
		t.Errorf("换了内容：%d %s", a.Status, a.Body)
	}
	if got := entries(t, l, "casework.lead_registered") - before; got != 1 {
		t.Errorf("登记了 %d 件", got)
	}
	check(t, l.To("decide"))
	id := strings.TrimPrefix(l.Case, "/w/cases/")
	version := count(t, l, `SELECT version FROM penalty_case WHERE id = ?`, id)
	before = entries(t, l, "casework.decided")
	answers := call("/cases/"+id+"/decide", "k-decide", map[string]any{"version": version})
	if s := answers[0].Status; s != http.StatusOK && s != http.StatusCreated {
		t.Fatalf("接口作出决定：%d %s", s, answers[0].Body)
	}
	equal(t, "接口作出决定", answers, answers[0].Status)
	if got := entries(t, l, "casework.decided") - before; got != 1 {
		t.Errorf("决定了 %d 次", got)
	}
	callOf(t, l, "photo", "photos", "casework.photo_added", func(version int64) map[string]any {
		image, err := os.ReadFile(filepath.Join(l.Dir, "现场.jpg"))
		check(t, err)
		return map[string]any{"version": version, "caption": "现场", "place": "青石路", "taken_at": l.Site.Clock.Now(), "image": image}
	})
	callOf(t, l, "pay", "pay", "casework.paid", func(version int64) map[string]any {
		return map[string]any{"version": version, "channel": "code", "amount": 100, "paid_on": law.DateOf(l.Site.Clock.Now()).String(), "reference": "演非税77000001"}
	})
}

// callOf makes one call fifty times at once on a case that is ready for it.
func callOf(t *testing.T, l *apptest.Line, stage, path, kind string, body func(version int64) map[string]any) {
	t.Helper()
	check(t, l.To(stage))
	b, err := l.Ready(stage) // signed in: the clock went on
	check(t, err)
	id := strings.TrimPrefix(l.Case, "/w/cases/")
	text, err := json.Marshal(body(count(t, l, `SELECT version FROM penalty_case WHERE id = ?`, id)))
	check(t, err)
	before := entries(t, l, kind)
	answers, err := b.Flood(posts, "/api/v1/cases/"+id+"/"+path, "application/json", string(text), "k-"+path)
	check(t, err)
	if s := answers[0].Status; s != http.StatusOK && s != http.StatusCreated {
		t.Fatalf("接口 %s：%d %s", path, s, answers[0].Body)
	}
	equal(t, "接口 "+path, answers, answers[0].Status)
	if got := entries(t, l, kind) - before; got != 1 {
		t.Errorf("接口 %s：留痕 %d 条", path, got)
	}
}

// TestNumbersAfterTheClock: whatever the clock does, no number comes twice, the ledger keeps its order, and a
// clock that is behind is said.
func TestNumbersAfterTheClock(t *testing.T) {
	engines(t, nil, func(t *testing.T, l *apptest.Line) {
		start := l.Site.Clock.Now()
		for i, c := range clocks {
			settled(t, l)
			l.Site.Clock.Set(c.at(start))
			if err := l.To("sign"); err != nil {
				if c.refused != "" && strings.Contains(err.Error(), c.refused) {
					continue
				}
				t.Fatalf("%s：%v", c.name, err)
			}
			if c.refused != "" {
				t.Errorf("%s：没有拒绝", c.name)
			}
			if said := finding(t, l, "时钟"); (i > 1) != wentBack(t, said) {
				t.Errorf("%s：%s", c.name, said)
			}
		}
		l.Site.Clock.Set(start.AddDate(0, 0, 30))
		whole(t, l)
		if n := count(t, l, `SELECT COUNT(*) FROM ledger_leaf a JOIN ledger_leaf b ON b.seq = a.seq + 1 WHERE a.seq >= b.seq`); n != 0 {
			t.Errorf("总账次序乱了 %d 处", n)
		}
		if due := count(t, l, `SELECT COUNT(*) FROM penalty_case WHERE decided_on > ?`, law.DateOf(start.AddDate(0, 0, 30)).String()); due != 0 {
			t.Logf("%d 件的决定日期在今天以后：时钟快的时候办的", due)
		}
	})
}

// settled waits until no job is at work: one that began before the clock jumps would end after it, with the earlier time.
func settled(t *testing.T, l *apptest.Line) {
	t.Helper()
	for range 400 {
		if count(t, l, `SELECT COUNT(*) FROM job WHERE state = 'running'`) == 0 {
			return
		}
		time.Sleep(25 * time.Millisecond)
	}
	t.Fatal("后台的事一直没有办完")
}

// aStep is more than the line's own clock goes on from act to act: so far apart are two transactions that
// PostgreSQL carries out at once and numbers in the order of their ends.
const aStep = 10 * time.Minute

var backwards = regexp.MustCompile(`倒退过 (\S+?)。`)

// wentBack reports whether the finding tells of a clock that went back by more than a step.
func wentBack(t *testing.T, said string) bool {
	m := backwards.FindStringSubmatch(said)
	if m == nil {
		return false
	}
	by, err := time.ParseDuration(m[1])
	check(t, err)
	return by > aStep
}
