package app_test

import (
	"fmt"
	"regexp"
	"slices"
	"testing"

	"fadu/internal/access"
)

// TestPageSize: how many rows a page has is chosen once and holds for every list; no row is lost or shown
// twice by it, and what is no size changes nothing.
func TestPageSize(t *testing.T) {
	t.Parallel()
	p, err := peopledBureau()
	if err != nil {
		t.Fatal(err)
	}
	site := p.copied(t)
	i := slices.IndexFunc(p.actors, func(a actor) bool { return a.role == access.LegalAffairs && a.unit == ownUnit })
	b, err := site.Browser(p.actors[i].login)
	if err != nil {
		t.Fatal(err)
	}
	get := func(path string) {
		t.Helper()
		if err := b.Get(path); err != nil || b.Status >= 400 {
			t.Fatalf("%s：%d %v", path, b.Status, err)
		}
	}
	code := regexp.MustCompile(`href="/w/powers/((?:CG|YS|ZJ)[^"/?]*)"`)
	rows := func() []string {
		var out []string
		for _, m := range code.FindAllSubmatch(b.Body, -1) {
			out = append(out, string(m[1]))
		}
		return slices.Compact(out)
	}
	get("/w/powers")
	first := rows()
	if len(first) != 50 {
		t.Fatalf("没有选过时一页 %d 行，应是 50", len(first))
	}
	for _, n := range []int{20, 100} {
		get(fmt.Sprintf("/rows?n=%d&back=/w/powers", n))
		get("/w/powers")
		got := rows()
		if len(got) != n {
			t.Fatalf("选了 %d，一页 %d 行", n, len(got))
		}
		if k := min(n, 50); !slices.Equal(got[:k], first[:k]) {
			t.Errorf("选了 %d，头几行变了：%v", n, got[:5])
		}
		if n == 20 {
			next, ok := b.Link("下一页")
			if !ok {
				t.Fatal("没有下一页")
			}
			get(next)
			if second := rows(); !slices.Equal(second, first[20:40]) {
				t.Errorf("第二页是 %v，应接着第一页", second)
			}
		}
	}
	get("/rows?n=7&back=/w/powers")
	get("/w/powers")
	if len(rows()) != 100 {
		t.Errorf("7 不是可选的行数，却改成了 %d", len(rows()))
	}
	if err := b.Get("/rows?n=20&back=//elsewhere.example/"); err != nil || b.Location != "/" {
		t.Errorf("转到了别处：%s %v", b.Location, err)
	}
}
