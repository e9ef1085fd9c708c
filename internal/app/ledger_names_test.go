package app_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"fadu/internal/access"
	"fadu/internal/app/apptest"
)

// TestLedgerSaysWhatItIsAbout: on every page of the ledger the auditor reads in words what each entry is
// about, a case by its number; no identifier of the database and no kind of record that has no name.
func TestLedgerSaysWhatItIsAbout(t *testing.T) {
	t.Parallel()
	p, err := peopledBureau()
	if err != nil {
		t.Fatal(err)
	}
	site := p.copied(t)
	spoken(t, site)
	i := slices.IndexFunc(p.actors, func(a actor) bool { return a.role == access.AuditAdmin })
	b, err := site.Browser(p.actors[i].login)
	if err != nil {
		t.Fatal(err)
	}
	about := regexp.MustCompile(`<a href="/w/ledger\?subject=([^"]*)">([^<]*)</a>`)
	bare := regexp.MustCompile(`[0-9]{12,}|^[a-z_]|[a-z]+[._][a-z_.]+$`)
	seen := map[string]int{}
	var decided string
	for next := "/w/ledger"; next != ""; {
		if err := b.Get(next); err != nil {
			t.Fatal(err)
		}
		for _, m := range about.FindAllStringSubmatch(string(b.Body), -1) {
			noun, _, _ := strings.Cut(m[2], " ")
			if seen[noun]++; bare.MatchString(m[2]) && !strings.HasSuffix(m[2], ".csv") { // a file keeps its own name
				t.Errorf("%s 写作“%s”", m[1], m[2])
			}
			if strings.Contains(m[2], "当罚字") && noun == "案件" {
				decided = "/w/ledger?subject=" + m[1]
			}
		}
		next, _ = b.FindInPage(regexp.MustCompile(`<a [^>]*href="([^"]+)"[^>]*>下一页`))
		next = strings.ReplaceAll(next, "&amp;", "&")
	}
	for _, noun := range []string{"案件", "人员", "账号", "权责事项", "权责调整", "文书号段", "专用票据", "导入", "本局设置", "统计指标"} {
		if seen[noun] == 0 {
			t.Errorf("没有看到“%s”：%v", noun, seen)
		}
	}
	if err := b.Get(decided); err != nil || !b.Sees("的全部留痕，连同谁看过") {
		t.Errorf("%s：%v %s", decided, err, b.Main())
	}
}

// spoken exports a figure and decides what a bureau decides for itself: entries about what has a key, not a number.
func spoken(t *testing.T, site *apptest.Site) {
	t.Helper()
	head, err := site.Browser("head")
	if err != nil {
		t.Fatal(err)
	}
	for _, format := range []string{"csv", "xlsx"} {
		if err := head.Get("/w/figures/casework.fine_imposed/" + format); err != nil || head.Status != 200 {
			t.Fatalf("%v %d %s", err, head.Status, head.Main())
		}
	}
	legal, err := site.Browser("legal")
	if err != nil {
		t.Fatal(err)
	}
	for key, body := range map[string]string{
		"/api/v1/settings/powers.sole_trader": `{"value":"citizen","reason":"演示","version":0}`,
		"/api/v1/wording":                     `{"since":"2027-01-01","titles":{},"document":"演示文1号"}`,
	} {
		if err := legal.Call(key, "spoken", body); err != nil || legal.Status != 200 {
			t.Fatalf("%v %d %s", err, legal.Status, legal.Body)
		}
	}
}
