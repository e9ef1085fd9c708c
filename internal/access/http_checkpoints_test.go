package access

import (
	"context"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"fadu/internal/ledger"
	"fadu/internal/testkit"
)

// TestCheckpointPages: the auditor makes a checkpoint, prints it, sees entries and checkpoints proven and
// takes the ledger along; nobody else comes near.
func TestCheckpointPages(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site, _ *[]string) {
		key, err := ledger.MakeKey(filepath.Join(t.TempDir(), "ledger.key"))
		if err != nil {
			t.Fatal(err)
		}
		n, err := ledger.NewNotary(context.Background(), s.db, key, "演示·某局", "", testkit.Actor())
		if err != nil {
			t.Fatal(err)
		}
		s.s.o.Checkpoint = n.Sign
		s.account("aq.shenji", s.root, AuditAdmin)
		s.account("xt.guanli", s.root, SystemAdmin)
		br, other := s.browser(), s.browser()
		br.mustSignIn("aq.shenji")
		other.mustSignIn("xt.guanli")
		list := "/w/ledger/checkpoints"
		if body := br.get(list).body; !strings.Contains(body, "还没有检查点") || !strings.Contains(body, ledger.KeyID(key)) {
			t.Error("空的列表")
		}
		first := br.submit(list, list)
		if first.StatusCode != 303 {
			t.Fatal(first.StatusCode, first.body)
		}
		page := br.get(first.location())
		if !strings.Contains(page.body, "— fadu-ledger ") || !strings.Contains(page.body, "检查点原文的二维码") || !strings.Contains(page.body, ledger.PublicText(key)) {
			t.Error("检查点页缺少原文、二维码或者公钥")
		}
		s.account("zhong.a", s.first, Officer)
		second := br.submit(list, list)
		if second.location() == first.location() {
			t.Error("账增加了，检查点没有前进")
		}
		body := br.get(list).body
		proof := regexp.MustCompile(`/w/ledger/consistency\?from=\d+&amp;to=\d+`).FindString(body)
		if a := br.get(strings.ReplaceAll(proof, "&amp;", "&")); a.StatusCode != 200 || !strings.Contains(a.body, "只有增加，没有改动") {
			t.Errorf("一致性 %q：%d", proof, a.StatusCode)
		}
		entry := regexp.MustCompile(`/w/ledger/entries/\d+`).FindAllString(br.get("/w/ledger").body, -1)
		if a := br.get(entry[len(entry)-1]); a.StatusCode != 200 || !strings.Contains(a.body, "证明成立") {
			t.Errorf("证明 %s：%d %s", entry[len(entry)-1], a.StatusCode, a.body)
		}
		out := br.get("/w/ledger/export")
		if out.StatusCode != 200 || strings.Count(out.body, `{"checkpoint"`) != 2 || !strings.Contains(out.body, `{"end":`) {
			t.Errorf("导出 %d %.300s", out.StatusCode, out.body)
		}
		if !strings.Contains(br.get("/w/ledger").body, Kinds[KindLedgerExported]) {
			t.Error("导出没有留痕")
		}
		for _, p := range []string{list, first.location(), entry[0], "/w/ledger/export", "/w/ledger/consistency?from=1&to=2"} {
			want(t, "系统管理员看 "+p, other.get(p), 403, "")
		}
		for _, p := range []string{list + "/99999", list + "/x", "/w/ledger/entries/7", "/w/ledger/entries/x"} {
			want(t, p, br.get(p), 404, "")
		}
		want(t, "没有参数", br.get("/w/ledger/consistency"), 422, "")
	})
}
