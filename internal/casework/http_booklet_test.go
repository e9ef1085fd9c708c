package casework_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"fadu/internal/casework"
	"fadu/internal/law"
)

// handBooklet registers a booklet and gives it to zhao by the pages.
func (b *pageBureau) handBooklet() casework.BookletID {
	b.t.Helper()
	clerk, err := b.access.SessionFor(context.Background(), "clerk")
	b.must(err)
	id, err := b.cases.RegisterBooklet(context.Background(), clerk, casework.BookletInput{
		Unit: b.units["第一中队"], Kind: casework.OnSpotDecision, Year: 2026, Prefix: handPrefix, First: 1001, Last: 1005, Printer: "演示印刷厂", Edition: law.MustDate("2026-01-10"), Presealed: true, ReviewFirst: true,
	})
	b.must(err)
	b.done("clerk", id.URL()+"?act=issue", form("officer", b.person("zhao"))).has(b.t, "已领用", "演示zhao")
	return id
}

func (b *pageBureau) entryForm() url.Values {
	b.parties++
	return form("written_at", "2026-04-30T16:40", "lead", b.person("zhao"), "assist", b.person("qian"), "officers_signed", "1", "party_signed", "on_paper", "summary", "停电，有人摆摊", "source", "patrol", "area", "990107", "place", "演示区青石路小学门前",
		"kind", "citizen", "name", "演示韦某", "id_kind", "resident_id", "id_number", demoID(fmt.Sprintf("99010119900408%03d", b.parties)), "address", "演示区和平里 3 号", "identity_basis", "card_seen",
		"fact_text", "当事人在人行道摆卖水果，占地 3 平方米", "power_code", onStreet, "act_from", "2026-04-30", "metric", "3", "harm", "none", "corrected", "1", "kinds", "罚款", "amount", "100", "pay_by", "code", "facts_clear", "1",
		"no_exemption", "阻碍学生通行，教育后仍反复", "showed_id", "1", "told", "1", "heard", "无", "correct", "on_spot", "no_footage", "停电，没有充电")
}

func TestEntryPagesFromBookletToConfirmation(t *testing.T) {
	b := newPageBureau(t)
	id := b.handBooklet()
	at := func(n int) string { return fmt.Sprintf("%s/numbers/%d", id.URL(), n) }
	b.open("zhao", "/w/booklets").has(t, "演城管手罚字〔2026〕1001—1005", "演示zhao")
	b.open("sun", id.URL()).lacks(t, "1001")
	b.done("zhao", at(1001)+"?act=report", form("used_at", "2026-04-30T17:40")).has(t, "已用待补录", "24 小时内补录")
	b.open("zhao", "/w/").has(t, "手工用过的号还没有补录", "第1001号")
	// 没有照片，填的都还在
	p := b.submit("zhao", at(1001)+"/entry", b.entryForm())
	p.has(t, "请拍下纸质决定书", "演示韦某", "阻碍学生通行")
	// 没有现场照片是一条问题，先挡下来
	p = b.attach("zhao", at(1001)+"/entry", b.entryForm(), "photos", "a.jpg", picture(t))
	if p.status != http.StatusUnprocessableEntity {
		t.Fatalf("应当先拒绝：%d", p.status)
	}
	p.has(t, "没有带时间和地点的现场照片", "纸上就是这样写的", "照实补录")
	values := b.entryForm()
	values.Set("as_written", "1")
	p = b.attach("zhao", at(1001)+"/entry", values, "photos", "a.jpg", picture(t))
	if p.status != http.StatusSeeOther {
		t.Fatalf("没有补录成（%d）：%s", p.status, mainText(p.body))
	}
	c := p.location
	b.open("zhao", c).has(t, "补录", "演城管手罚字〔2026〕第1001号", "等另一名执法人员确认补录", "手工决定书有问题，等负责人处理")
	b.open("zhao", c+"?step=confirm_entry").has(t, "由没有录入的那名承办人")
	b.done("qian", c+"?step=confirm_entry", form("agree", "1")).lacks(t, "等另一名执法人员确认补录")
	b.open("zhao", at(1001)).has(t, "已补录", "查出的问题", "发生时间", "录入时间", "/photos/")
	// 同一个号再打开录入页，去到原来的案件
	if p := b.open("zhao", at(1001)+"/entry"); p.status != http.StatusConflict {
		t.Errorf("录过的号又打开了录入页：%d", p.status)
	}
	b.open("clerk", "/w/booklets/numbers?ruling=pending").has(t, "第1001号", "待负责人处理")
	if p := b.open("clerk", "/w/booklets/numbers/export?state=entered"); p.status != http.StatusOK || !strings.HasPrefix(p.body, "PK") {
		t.Errorf("没有导出 Excel：%d", p.status)
	}
	b.done("clerk", id.URL()+"?act=check", form("next", "1003")).has(t, "1002")
	b.open("clerk", "/w/booklets/numbers?state=used").has(t, "盘点发现")
	b.submit("clerk", id.URL()+"?act=close", form("why", "改版")).has(t, "还有已用没有补录的")
}

func TestOfficerGoesOnFromACaseOnSite(t *testing.T) {
	b := newPageBureau(t)
	b.handBooklet()
	c := b.onSite()
	b.open("zhao", c).has(t, "补录手工决定书")
	b.open("zhao", c+"?step=enter").has(t, "第1001号", "/entry?case=")
}
