package app_test

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"fadu/internal/access"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

// unlike is what two answers may differ in that tell nothing: the code that was asked and marks of the request.
var unlike = regexp.MustCompile(`[0-9A-Z]{4}(-[0-9A-Z]{3,5})+|[0-9a-z-]{16,}|[0-9A-Z]{12,}`)

// alike is an answer without what tells nothing.
func alike(r reply) string {
	h := r.Header.Clone()
	for _, name := range []string{"Date", "X-Request-Id", "Content-Length", "Set-Cookie"} {
		h.Del(name)
	}
	var b strings.Builder
	if err := h.Write(&b); err != nil {
		panic(err)
	}
	return strconv.Itoa(r.StatusCode) + "\n" + b.String() + unlike.ReplaceAllString(r.body, "…")
}

// TestCheckCodesCannotBeTried: codes that nobody has are answered alike, and whoever asks about many is held
// up for the rest of the minute, by page and by call together, also for codes that exist: no answer tells
// them apart. Others, and who is signed in, are not held up.
func TestCheckCodesCannotBeTried(t *testing.T) {
	a := newAbused(t)
	var known string
	testkit.View(t, a.site.App.DB, func(tx *store.Tx) error {
		return tx.DB().NewRaw(`SELECT code FROM paper WHERE state = 'delivered' LIMIT 1`).Scan(tx.Ctx, &known)
	})
	stranger := a.visitor()
	first := stranger.get("/v/" + store.NewCode())
	for range 4 {
		if r := stranger.get("/v/" + store.NewCode()); alike(r) != alike(first) || r.StatusCode != http.StatusOK || !strings.Contains(r.body, "没有查到这份文书") {
			t.Errorf("没有的验证码答复不一样：%s\n%s", alike(r), alike(first))
		}
	}
	if r := stranger.get("/v/" + known); r.StatusCode != http.StatusOK || !strings.Contains(r.body, "是本机关出具的") {
		t.Fatalf("有的验证码：%d %.300s", r.StatusCode, r.body)
	}
	held := 0
	for i := range 60 {
		path := "/v/"
		if i%2 == 1 {
			path = "/api/v1/papers/"
		}
		r := stranger.get(path + store.NewCode())
		if r.StatusCode != http.StatusTooManyRequests {
			continue
		}
		held++
		wait, err := strconv.Atoi(r.Header.Get("Retry-After"))
		if err != nil || wait < 1 || wait > 60 || !strings.Contains(r.body, "请过") {
			t.Errorf("%s：Retry-After %q %.300s", path, r.Header.Get("Retry-After"), r.body)
		}
		checkHeaders(t, "拦下的 "+path, r, false)
	}
	if held != 45 { // five and twenty in all: see access.guessRate
		t.Errorf("拦下 %d 次", held)
	}
	if yes, no := stranger.get("/v/"+known), stranger.get("/v/"+store.NewCode()); yes.StatusCode != http.StatusTooManyRequests || alike(yes) != alike(no) {
		t.Errorf("拦下以后，有的和没有的答复不一样：%s\n%s", alike(yes), alike(no))
	}
	if r := stranger.get("/v/"); r.StatusCode != http.StatusOK {
		t.Errorf("查验页本身也打不开：%d", r.StatusCode)
	}
	if r := a.of(access.SquadLeader).get("/v/" + store.NewCode()); r.StatusCode != http.StatusOK {
		t.Errorf("同一地址已登录的人也被拦：%d", r.StatusCode)
	}
	a.site.Clock.Advance(time.Minute)
	if r := stranger.get("/v/" + known); r.StatusCode != http.StatusOK {
		t.Errorf("过了一分钟还拦着：%d", r.StatusCode)
	}
	a.site.Clock.Advance(-24 * time.Hour)
	if r := stranger.get("/v/" + known); r.StatusCode != http.StatusOK {
		t.Errorf("时钟拨回以后拦着：%d", r.StatusCode)
	}
}

// TestHeadersOfFailures: a panic, an error of the program and a full disk answer with the same headers as
// every page, and tell nothing of what happened.
func TestHeadersOfFailures(t *testing.T) {
	a := newAbused(t)
	leader := a.of(access.SquadLeader)
	op := leader.op()
	testkit.Update(t, a.site.App.DB, func(tx *store.Tx) error {
		_, err := tx.Exec(`ALTER TABLE penalty_case RENAME TO penalty_case_gone`)
		return err
	})
	for _, r := range []reply{
		leader.get("/w/cases"), leader.get("/api/v1/cases"), leader.do("GET", "/w/cases", "", "HX-Request", "true"),
		leader.form("/w/cases/new", "_op", op, "summary", "演示", "place", "青石路", "area", "990107", "found_at", "2026-01-31T08:00", "source", "patrol"),
	} {
		if r.StatusCode != http.StatusInternalServerError || strings.Contains(r.body, "penalty_case") || strings.Contains(r.body, "SQL") {
			t.Errorf("%s：%d %.400s", r.Request.URL.Path, r.StatusCode, r.body)
		}
		status := r.StatusCode
		r.StatusCode = 0 // that it failed is what is wanted here
		checkHeaders(t, r.Request.Method+" "+r.Request.URL.Path+"，"+strconv.Itoa(status), r, true)
	}
}
