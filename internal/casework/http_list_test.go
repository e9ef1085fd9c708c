package casework_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"fadu/internal/access"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

// delivered is a case whose decision was handed over on 30 April 2026.
func (b *pageBureau) delivered(amount string) string {
	b.t.Helper()
	c := b.ready(amount)
	b.done("zhao", c+"?step=decide", nil)
	b.signAll(c)
	b.clock.Advance(10 * time.Minute)
	b.done("zhao", c+"?step=deliver", form("at", b.clock.Now().Format("2006-01-02T15:04")))
	return c
}

func TestListFilters(t *testing.T) {
	b := newPageBureau(t)
	b.register()
	b.onSite()
	b.ready("100")
	b.delivered("100")
	q := url.QueryEscape
	for _, c := range []struct {
		name, query string
		rows        int
		want        []string
	}{
		{"不加条件", "", 4, []string{"共 4 件"}},
		{"我的在办", "officer=me&state=open", 3, []string{"执法人员：我", "环节：在办"}},
		{"只看线索", "state=lead", 1, []string{"环节：线索", "确定执法人员"}},
		{"按文号", "q=" + q("演城管当罚字〔2026〕第1号"), 1, []string{"剩 3 个工作日 · 5月8日", "报局备案"}},
		{"按当事人两个字", "q=" + q("韦某"), 2, nil},
		{"按地址", "q=" + q("青石路小学"), 4, nil},
		{"按案由编码", "power=YS-001", 2, nil},
		{"发现日期之外", "until=2026-04-29", 0, []string{"条件“发现至：2026-04-29”下没有案件", "去掉这个条件"}},
		{"决定日期", "decided_from=2026-04-30&decided_until=2026-04-30", 1, nil},
		{"三个工作日内到期", "ends=soon", 1, []string{"期限：3 个工作日内到期"}},
		{"已超期", "ends=late", 0, nil},
		{"两个条件都不合", "q=" + q("韦某") + "&state=closed", 0, []string{"没有同时符合条件的案件", "“环节：已结案”"}},
		{"结果", "ending=paid", 0, []string{"结果：罚款缴清"}},
		{"来源", "source=random", 0, []string{"来源：双随机抽查"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := b.open("zhao", "/w/cases?"+c.query)
			if p.status != http.StatusOK {
				t.Fatalf("状态 %d：%s", p.status, mainText(p.body))
			}
			if n := strings.Count(p.body, `<th scope="row">`); n != c.rows {
				t.Errorf("%d 件，应为 %d", n, c.rows)
			}
			p.has(t, c.want...)
		})
	}
	p := b.open("zhao", "/w/cases")
	p.has(t, "我的在办", "990***********", "本月结案")
	p.lacks(t, "99010119900307")
	b.open("sun", "/w/cases").has(t, "还没有案件", "登记线索")
	if p := b.open("zhao", "/w/cases?from=31-31-31"); p.status != http.StatusUnprocessableEntity {
		t.Errorf("乱写的日期：%d", p.status)
	}
	b.clock.Set(time.Date(2026, 5, 18, 9, 0, 0, 0, law.Zone))
	b.clients = map[string]*http.Client{}
	b.open("zhao", "/w/cases?ends=late").has(t, "超期", "演城管当罚字〔2026〕第1号")
}

func TestListTurnsPages(t *testing.T) {
	b := newPageBureau(t)
	for range store.DefaultPage + 3 {
		b.register()
	}
	seen := map[string]bool{}
	link := regexp.MustCompile(`<th scope="row">\s*<a href="([^"]+)"`)
	next := regexp.MustCompile(`<a class="btn small" href="([^"]+)">下一页`)
	path := "/w/cases?state=lead"
	for page := 1; ; page++ {
		p := b.open("zhao", path)
		for _, m := range link.FindAllStringSubmatch(p.body, -1) {
			if seen[m[1]] {
				t.Errorf("%s 出现两次", m[1])
			}
			seen[m[1]] = true
		}
		m := next.FindStringSubmatch(p.body)
		if m == nil {
			if page != 2 {
				t.Errorf("一共 %d 页", page)
			}
			break
		}
		path = strings.ReplaceAll(m[1], "&amp;", "&")
	}
	if want := store.DefaultPage + 3; len(seen) != want {
		t.Errorf("翻到 %d 件，应为 %d", len(seen), want)
	}
}

func TestListExport(t *testing.T) {
	b := newPageBureau(t)
	b.register()
	b.delivered("100")
	p := b.open("zhao", "/w/cases/export?state=delivered")
	if p.status != http.StatusOK {
		t.Fatalf("状态 %d：%s", p.status, mainText(p.body))
	}
	book, err := excelize.OpenReader(bytes.NewReader([]byte(p.body)))
	b.must(err)
	rows, err := book.GetRows(book.GetSheetName(0))
	b.must(err)
	text := fmt.Sprint(rows)
	for _, want := range []string{"决定书文号", "演城管当罚字〔2026〕第1号", "990***********", "罚款"} {
		if !strings.Contains(text, want) {
			t.Errorf("表里没有 %s：%s", want, text)
		}
	}
	if strings.Contains(text, "99010119900307") || strings.Contains(text, "线索") {
		t.Errorf("表里有不该有的：%s", text)
	}
	var n int64
	testkit.View(t, b.db, func(tx *store.Tx) (err error) {
		n, err = tx.DB().NewSelect().Model((*ledger.Entry)(nil)).Where("kind = 'casework.exported'").Count(tx.Ctx)
		return err
	})
	if n != 1 {
		t.Errorf("导出留痕 %d 条", n)
	}
	if p := b.open("qian", "/w/cases/export"); p.status != http.StatusForbidden {
		t.Errorf("没有导出权限的也导出了：%d", p.status)
	}
}

func TestTodoByDesk(t *testing.T) {
	b := newPageBureau(t)
	b.open("zhao", "/w/").has(t, "没有待办", "登记线索", "可以承办")
	b.register()
	b.onSite()
	issued := b.ready("100")
	b.done("zhao", issued+"?step=decide", nil)
	b.delivered("50")
	b.open("zhao", "/w/").has(t, "今天", "登记当事人", "在决定书上签名", "报局备案", "剩 3 个工作日 · 5月8日", "督促缴纳罚款 50 元", "线索待办理")
	b.open("qian", "/w/").has(t, "在决定书上签名", "去签名")
	b.open("sun", "/w/").has(t, "没有待办")
	b.open("clerk", "/w/").has(t, "当场处罚报局备案", "去备案")
	b.clock.Set(time.Date(2026, 5, 9, 9, 0, 0, 0, law.Zone))
	b.clients = map[string]*http.Client{}
	p := b.open("clerk", "/w/")
	p.has(t, "已超期", "超期 1 个工作日 · 5月8日")
	// The cashier sees cash that waits.
	cash := "演城管当罚字〔2026〕第2号"
	c := regexp.MustCompile(`<a href="(/w/cases/\d+)">` + cash).FindStringSubmatch(b.open("zhao", "/w/cases").body)
	if c == nil {
		t.Fatal("列表里没有" + cash)
	}
	b.submit("zhao", c[1]+"?step=collect", form("amount", "50", "receipt_no", "演票0000009")).has(t, "票据要按号码顺序使用")
	b.done("zhao", c[1]+"?step=collect", form("amount", "50", "receipt_no", "演票0000001"))
	b.open("zhao", "/w/").has(t, "上交当场收缴的罚款 50 元")
	b.open("cashier", "/w/").has(t, "经收当场收缴的罚款 50 元", "登记上交", "剩 2 个工作日 · 5月12日")
	b.done("cashier", c[1]+"?step=hand_in", form("on", "2026-05-09"))
	b.open("cashier", "/w/").has(t, "罚款缴付银行 50 元")
	b.done("cashier", c[1]+"?step=deposit", form("on", "2026-05-09"))
	b.open("cashier", "/w/").has(t, "没有待办")
	// The legal section sees whose certificates end.
	_, err := b.access.CreateAccount(context.Background(), access.System("test"), access.AccountInput{Login: "legal", Name: "演示法制", Unit: b.units["局"], Roles: []access.Role{access.LegalAffairs}, Password: fixturePassword, Settled: true})
	b.must(err)
	b.open("legal", "/w/").has(t, "没有待办")
	b.clock.Set(time.Date(2028, 12, 10, 9, 0, 0, 0, law.Zone))
	b.clients = map[string]*http.Client{}
	b.open("legal", "/w/").has(t, "3 人的执法证 30 日内到期", "/w/org/people?holding=soon30")
}

var (
	shaky = regexp.MustCompile(`/w/(?:cases|parties)/\d+|/assets/[a-z]+-[A-Z0-9]+\.|name="_op" value="[^"]*"|value="\d{15,}"|/photos/\d+|/w/papers/\d+|item=\d+`)
	lines = regexp.MustCompile(`>\s*<`)
)

// normal makes a page comparable: what differs from run to run is masked, one tag a line.
func normal(body string) []byte {
	_, body, _ = strings.Cut(body, "<main")
	body, _, _ = strings.Cut(body, "</main>")
	body = shaky.ReplaceAllStringFunc(body, func(s string) string {
		return regexp.MustCompile(`\d{6,}|-[A-Z0-9]{8}\.|value="[^"]*"`).ReplaceAllString(s, "…")
	})
	return []byte("<main" + lines.ReplaceAllString(body, ">\n<") + "</main>\n")
}

func TestPagesGolden(t *testing.T) {
	b := newPageBureau(t)
	c := b.ready("100")
	b.onSite()
	d := b.delivered("50")
	for name, path := range map[string]string{"page_list.html": "/w/cases", "page_decide.html": c + "?step=decide", "page_propose.html": c + "?step=propose", "page_delivered.html": d, "page_todo.html": "/w/"} {
		t.Run(name, func(t *testing.T) { testkit.Golden(t, name, normal(b.open("zhao", path).body)) })
	}
}
