package casework_test

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

func TestSavedViewsOnBothEngines(t *testing.T) {
	inMarch.Both(t, func(t *testing.T, db *store.DB, clock *testkit.Clock, what known) {
		b := openBureau(t, db, clock, what)
		ctx := context.Background()
		zhao, qian, sun, head := b.session("zhao"), b.session("qian"), b.session("sun"), b.session("cashier")
		views := func(by access.Session) []casework.SavedView {
			t.Helper()
			all, err := b.cases.SavedViews(ctx, by)
			b.must(err)
			return all
		}
		b.must(b.cases.SaveView(ctx, zhao, casework.SavedViewInput{Name: " 在办 ", Query: "state=open&after=xx&nonsense=1&cols=due.party&view=7", Default: true}))
		b.must(b.cases.SaveView(ctx, zhao, casework.SavedViewInput{Name: "队里的超期", Query: "ends=late&sort=due", Shared: true}))
		mine := views(zhao)
		if len(mine) != 2 || mine[0].Name != "在办" || mine[0].Query != "cols=party.due&state=open" || !mine[0].Default || mine[1].Default {
			t.Fatalf("存的是 %+v", mine)
		}
		if got := views(qian); len(got) != 1 || got[0].Name != "队里的超期" {
			t.Errorf("同队的人看到 %+v", got)
		}
		if got := views(sun); len(got) != 0 {
			t.Errorf("外队的人看到 %+v", got)
		}
		if err := b.cases.SaveView(ctx, zhao, casework.SavedViewInput{Name: "在办"}); !fault.Is(err, fault.Invalid) {
			t.Errorf("重名：%v", err)
		}
		for _, bad := range []casework.SavedViewInput{{Name: ""}, {Name: strings.Repeat("长", 21)}, {Name: "坏", Query: "a=%zz"}, {Name: "长", Query: "q=" + strings.Repeat("x", 1200)}} {
			if err := b.cases.SaveView(ctx, zhao, bad); !fault.Is(err, fault.Invalid) {
				t.Errorf("%.20s：%v", bad.Name+bad.Query, err)
			}
		}
		shared := mine[1]
		in := casework.SavedViewInput{Name: shared.Name, Query: shared.Query, Shared: true, Default: true}
		b.must(b.cases.ChangeView(ctx, qian, shared.ID, shared.Version, in))
		if got := views(qian); !got[0].Default || views(zhao)[1].Default {
			t.Error("别人共用的视图设为先看，只对自己有效")
		}
		in.Name = "改名"
		if err := b.cases.ChangeView(ctx, qian, shared.ID, shared.Version, in); !fault.Is(err, fault.Forbidden) {
			t.Errorf("改别人的视图：%v", err)
		}
		if err := b.cases.RemoveView(ctx, qian, shared.ID, shared.Version); !fault.Is(err, fault.Forbidden) {
			t.Errorf("删别人的视图：%v", err)
		}
		if err := b.cases.ChangeView(ctx, sun, shared.ID, shared.Version, in); !fault.Is(err, fault.NotFound) {
			t.Errorf("看不到的视图：%v", err)
		}
		b.must(b.cases.ChangeView(ctx, zhao, shared.ID, shared.Version, casework.SavedViewInput{Name: "改名", Query: "ends=soon", Shared: true, Default: true}))
		if err := b.cases.ChangeView(ctx, zhao, shared.ID, shared.Version, in); !fault.Is(err, fault.Conflict) {
			t.Errorf("旧版本：%v", err)
		}
		if got := views(zhao); got[0].Default || !got[1].Default || got[1].Name != "改名" {
			t.Errorf("先看的换成 %+v", got)
		}
		b.must(b.cases.RemoveView(ctx, zhao, shared.ID, shared.Version+1))
		if len(views(qian)) != 0 || len(views(zhao)) != 1 {
			t.Error("删去的还在")
		}
		b.must(b.cases.SaveView(ctx, head, casework.SavedViewInput{Name: "全局的", Query: "", Shared: true}))
		if got := views(sun); len(got) != 1 || got[0].Name != "全局的" {
			t.Errorf("上级共用的：%+v", got)
		}
		var data []string
		testkit.View(t, db, func(tx *store.Tx) error {
			return tx.DB().NewSelect().Model((*ledger.Entry)(nil)).Column("data").Where("kind LIKE 'casework.view_%'").Scan(tx.Ctx, &data)
		})
		if len(data) != 6 || slices.ContainsFunc(data, func(s string) bool { return strings.Contains(s, "ends=") }) {
			t.Errorf("留痕 %q", data)
		}
	})
}

func TestViewsOnThePage(t *testing.T) {
	b := newPageBureau(t)
	b.delivered("100")
	p := b.open("zhao", "/w/cases?q=%E9%9F%A6%E6%9F%90&col=decided&col=amount&col=party")
	p.has(t, "决定日", "罚款（元）", "2026-04-30", "存为视图")
	if strings.Contains(p.body, `<th scope="col" class="">下一步`) || strings.Contains(p.body, ">下一步</th>") {
		t.Error("没选的列还在")
	}
	p = b.open("zhao", "/w/case-views?q=%E9%9F%A6%E6%9F%90&cols=party.amount.decided")
	p.has(t, "关键字：韦某", "列：当事人、罚款（元）、决定日")
	fields := url.Values{"_op": {opOf(t, p)}, "query": {valueOf(t, p, "query")}, "name": {""}, "default": {"1"}}
	if bad := b.post("zhao", "/w/case-views", fields); bad.status != http.StatusUnprocessableEntity || !strings.Contains(bad.body, "请给视图起个名称") || !strings.Contains(bad.body, "关键字：韦某") {
		t.Fatalf("没有名称：%d %s", bad.status, mainText(bad.body))
	}
	fields.Set("name", "韦某的罚款")
	if done := b.post("zhao", "/w/case-views", fields); done.status != http.StatusSeeOther {
		t.Fatalf("%d %s", done.status, mainText(done.body))
	}
	p = b.open("zhao", "/w/cases")
	if p.status != http.StatusSeeOther || !strings.Contains(p.location, "cols=party.amount.decided") || !strings.Contains(p.location, "view=") {
		t.Fatalf("默认视图没有打开：%d %s", p.status, p.location)
	}
	opened := b.open("zhao", p.location)
	opened.has(t, "韦某的罚款", "管理视图", `href="/w/cases?view=all"`)
	b.open("zhao", p.location+"&state=closed").has(t, "有改动，存回或另存")
	if all := b.open("zhao", "/w/cases?view=all"); all.status != http.StatusOK {
		t.Errorf("全部：%d", all.status)
	}
	if p := b.open("qian", "/w/cases"); p.status != http.StatusOK {
		t.Errorf("别人的列表也换了：%d", p.status)
	}
	x := b.open("zhao", "/w/cases/export?cols=party.amount.decided")
	book, err := excelize.OpenReader(bytes.NewReader([]byte(x.body)))
	b.must(err)
	rows, err := book.GetRows(book.GetSheetName(0))
	b.must(err)
	head := strings.Join(rows[slices.IndexFunc(rows, func(r []string) bool { return len(r) > 2 })], " ")
	if head != "决定书文号 立案号 当事人 当事人类型 证件号码 罚款（元） 决定日" {
		t.Errorf("导出的列：%s", head)
	}
	whole := b.open("zhao", "/w/cases/export")
	book, err = excelize.OpenReader(bytes.NewReader([]byte(whole.body)))
	b.must(err)
	rows, err = book.GetRows(book.GetSheetName(0))
	b.must(err)
	text := ""
	for _, r := range rows {
		text += strings.Join(r, " ") + "\n"
	}
	for _, want := range []string{"执法人员", "演示zhao、演示qian", "报局备案"} {
		if !strings.Contains(text, want) {
			t.Errorf("导出没有 %s：%s", want, text)
		}
	}
}
