package casework_test

import (
	"fmt"
	"html"
	"image"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"fadu/internal/casework"
	"fadu/internal/law"
	"fadu/internal/store"
)

func TestCaseFromLeadToClosedOnPages(t *testing.T) {
	b := newPageBureau(t)
	c := b.ready("100")
	p := b.open("zhao", c)
	p.has(t, "当场作出处罚决定", "已满足的", "罚款 100 元", "作出决定，出具文书", "990***********")
	p.lacks(t, "还缺 1 项")
	p = b.done("zhao", c+"?step=decide", nil)
	p.has(t, "演城管当罚字〔2026〕第1号", "没有签", "主办执法人员签名")
	p = b.open("zhao", c+"?step=deliver")
	p.has(t, "还缺", "以本人身份签名的执法人员有 0 人")
	b.signAll(c)
	b.clock.Advance(10 * time.Minute)
	p = b.done("zhao", c+"?step=deliver", form("at", "2026-04-30T17:48"))
	p.has(t, "已交付", "缴纳罚款", "这一步由有“对账、退库”权限的人办理")
	p = b.done("cashier", c+"?step=pay", form("channel", "code", "amount", "100", "paid_on", "2026-04-30", "reference", "PZ-1"))
	p.has(t, "已缴", "100 元，缴款码")
	p = b.open("clerk", c+"?step=close")
	p.has(t, "当场处罚还没有报所属机关备案", "去备案", "补齐上面 1 项后可用")
	b.done("clerk", c+"?step=file", nil)
	p = b.done("clerk", c+"?step=close", form("why", ""))
	p.has(t, "已结案", "罚款缴清", "办案留痕", "签名：当事人：拒绝签名", "演城管当罚字〔2026〕第1号")
	if strings.Contains(p.body, "id=\"step-form\"") {
		t.Error("结案以后还有表单")
	}
}

func TestCaseRefusalListsEverythingWithWays(t *testing.T) {
	b := newPageBureau(t)
	c := b.onSite()
	p := b.open("zhao", c+"?step=decide")
	p.has(t, "还缺", "没有记载", "aria-disabled=\"true\"", "记出示证件", "添加照片", "?step=party")
	target, fields := b.formOn(p)
	p = b.do("zhao", http.MethodPost, target, strings.NewReader(fields.Encode()), "application/x-www-form-urlencoded")
	if p.status != http.StatusUnprocessableEntity {
		t.Fatalf("状态 %d", p.status)
	}
	p.has(t, "现在不能当场作出处罚决定，还缺", "role=\"alert\"", "没有带时间和地点的现场照片", "?step=photo", "XZCF-47-photo", "行政处罚法第四十条", "已满足的")
	// A refusal is no event of the case.
	b.open("zhao", c).lacks(t, "被拒绝")
}

func TestCaseFormsKeepWhatWasTyped(t *testing.T) {
	b := newPageBureau(t)
	c := b.onSite()
	cases := []struct {
		name, step string
		values     url.Values
		want       []string
	}{
		{"身份证号错一位", "party", form("kind", "citizen", "name", "演示韦某", "id_kind", "resident_id", "id_number", "990101199003070029", "identity_basis", "card_seen", "address", "和平里 3 号"), []string{"有 1 处要改", "value=\"990101199003070029\"", "和平里 3 号", "aria-invalid"}},
		{"没有选核实方式", "party", form("kind", "citizen", "name", "演示韦某"), []string{"请选择怎样核实身份", "演示韦某"}},
		{"陈述申辩没有写", "hear", form("done_at", "2026-04-30T17:35"), []string{"请按原话记录", "2026-04-30T17:35"}},
		{"发生在将来", "show_id", form("done_at", "2026-05-01T09:00", "text", "两人的证件"), []string{"不能晚于现在", "两人的证件"}},
		{"发生在发现以前", "show_id", form("done_at", "2026-04-30T10:00"), []string{"不能早于发现时间"}},
		{"限期改正没有期限", "correct", form("done_at", "2026-04-30T17:35", "detail", "by_date", "text", "清理干净"), []string{"请填写改正期限", "清理干净"}},
		{"罚款超过当场限额也先记下", "propose", form("act_from", "2026-04-30", "power_code", onStreet, "fact_text", "", "metric", "3", "kinds", "罚款", "amount", "300", "harm", "none", "corrected", "1", "pay_by", "code"), []string{"请写明违法事实", "value=\"300\"", "50—185 元"}},
		{"数额不是钱", "propose", form("act_from", "2026-04-30", "power_code", onStreet, "fact_text", "摆卖", "kinds", "罚款", "amount", "一百", "harm", "none", "corrected", "1", "pay_by", "code"), []string{"罚款数额应写成元", "value=\"一百\""}},
		{"转普通程序没有理由", "to_ordinary", form("why", " "), []string{"请写明转普通程序的理由"}},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			p := b.submit("zhao", c+"?step="+tc.step, tc.values)
			if p.status != http.StatusUnprocessableEntity {
				t.Fatalf("状态 %d：%s", p.status, mainText(p.body))
			}
			p.has(t, tc.want...)
		})
	}
	b.open("zhao", c).has(t, "已办 2 /")
}

func TestCaseChangedInAnotherTab(t *testing.T) {
	b := newPageBureau(t)
	c := b.onSite()
	target, old := b.formOn(b.open("zhao", c+"?step=footage"))
	b.done("qian", c+"?step=show_id", form("done_at", "2026-04-30T17:31"))
	old.Set("done_at", "2026-04-30T17:33")
	old.Set("detail", "DSJ-0217 另一页")
	p := b.do("zhao", http.MethodPost, target, strings.NewReader(old.Encode()), "application/x-www-form-urlencoded")
	if p.status != http.StatusConflict {
		t.Fatalf("状态 %d", p.status)
	}
	p.has(t, "刚被别人改过", "您填的都在下面的表单里", "DSJ-0217 另一页")
	again, fresh := b.formOn(p)
	fresh.Set("done_at", "2026-04-30T17:33")
	fresh.Set("detail", "DSJ-0217 另一页")
	if p = b.do("zhao", http.MethodPost, again, strings.NewReader(fresh.Encode()), "application/x-www-form-urlencoded"); p.status != http.StatusSeeOther {
		t.Fatalf("核对后再交没有办成：%d %s", p.status, mainText(p.body))
	}
}

func TestCaseDoubleClickIsOneDecision(t *testing.T) {
	b := newPageBureau(t)
	c := b.ready("100")
	target, fields := b.formOn(b.open("zhao", c+"?step=decide"))
	for i := range 2 {
		p := b.do("zhao", http.MethodPost, target, strings.NewReader(fields.Encode()), "application/x-www-form-urlencoded")
		if p.status != http.StatusSeeOther || p.location != c {
			t.Fatalf("第 %d 次：%d %s", i+1, p.status, mainText(p.body))
		}
	}
	p := b.open("zhao", c)
	if n := strings.Count(mainText(p.body), "当场行政处罚决定书"); n != 1 {
		t.Errorf("决定书有 %d 份", n)
	}
	p.lacks(t, "第2号")
}

func TestCaseCalculatorAndSearch(t *testing.T) {
	b := newPageBureau(t)
	b.issueExemptions()
	c := b.onSite()
	part := func(path string) page {
		p := b.open("zhao", path)
		if p.status != http.StatusOK || strings.Contains(p.body, "<html") {
			t.Fatalf("%s：%d %s", path, p.status, p.body)
		}
		return p
	}
	part(c+"/powers?power_words="+url.QueryEscape("摆摊")+"&act_from=2026-04-30").has(t, "value=\"YS-001\"", "演示市市容条例")
	part(c+"/powers?power_words="+url.QueryEscape("没有这种事")+"&act_from=2026-04-30").has(t, "没有找到本局采用的")
	part(c+"/calculate?power_code=YS-001&act_from=2026-04-30&metric=3&corrected=1&harm=none").has(t, "50—185 元", "从轻", "当场上限", "200 元（当事人没有登记，按公民）", "首违不罚", "改为不予处罚", "没有查清，按没有试算")
	part(c+"/calculate?power_code=YS-001&act_from=2026-04-30&metric=12&corrected=1&harm=none").has(t, "不能当场罚款", "365 元", "转普通程序")
	part(c+"/calculate?power_code=YS-001&act_from=2020-01-01").has(t, "算不出来")
	part(c+"/calculate?act_from=2026-04-30").has(t, "选好案由和行为日后")
	// Without scripts the same comes by buttons of the form; nothing is recorded.
	v := b.proposal("100")
	v.Set("calculate", "1")
	v.Set("amount", "190")
	p := b.submit("zhao", c+"?step=propose", v)
	p.has(t, "您填的 190 元不在其中", "value=\"190\"")
	b.open("zhao", c+"?step=propose").lacks(t, "value=\"190\"")
}

func TestCaseStepsCanBeWithdrawn(t *testing.T) {
	b := newPageBureau(t)
	c := b.onSite()
	p := b.done("zhao", c+"?step=show_id", form("done_at", "2026-04-30T17:31"))
	p = b.open("zhao", c+"?step=show_id")
	link := regexp.MustCompile(`href="([^"]*step=withdraw[^"]*)"`).FindStringSubmatch(p.body)
	if link == nil {
		t.Fatal("没有更正的入口")
	}
	way := html.UnescapeString(link[1])
	b.submit("zhao", way, form("why", "")).has(t, "请写明更正的原因", "出示执法证件")
	p = b.done("zhao", way, form("why", "时间记错了"))
	p = b.open("zhao", c+"?step=show_id")
	p.has(t, "已更正", "时间记错了", "记录：出示证件")
	b.clock.Advance(48 * time.Hour)
	b.clients = map[string]*http.Client{} // everybody signs in again
	b.done("zhao", c+"?step=show_id", form("done_at", "2026-04-30T17:31"))
	b.open("zhao", c+"?step=show_id").has(t, "补录", "5月2日")
}

func TestCasePhotos(t *testing.T) {
	b := newPageBureau(t)
	c := b.onSite()
	values := form("place", "青石路", "taken_at", "2026-04-30T17:32", "caption", "近景")
	if p := b.attach("zhao", c+"?step=photo", values, "photo", "a.jpg", []byte("不是照片")); p.status != http.StatusUnprocessableEntity || !strings.Contains(p.body, "类型不能用") {
		t.Errorf("不是照片的也收了：%d", p.status)
	}
	photo := picture(t)
	if p := b.attach("zhao", c+"?step=photo", values, "photo", "a.jpg", photo); p.status != http.StatusSeeOther {
		t.Fatalf("%d %s", p.status, mainText(p.body))
	}
	p := b.open("zhao", c+"?step=photo")
	p.has(t, "近景 · 青石路", "alt=\"照片：近景\"")
	link := html.UnescapeString(regexp.MustCompile(`src="([^"]*/photos/[^"]*)"`).FindStringSubmatch(p.body)[1])
	small := b.open("zhao", link)
	if conf, _, err := image.DecodeConfig(strings.NewReader(small.body)); err != nil || conf.Width != 192 {
		t.Errorf("小图：%v %v", conf, err)
	}
	full, _, _ := strings.Cut(link, "?")
	if got := b.open("zhao", full); got.body != string(photo) {
		t.Error("原件被改动了")
	}
	if got := b.open("sun", full); got.status != http.StatusNotFound {
		t.Errorf("别的中队看到了照片：%d", got.status)
	}
}

func TestCaseActsAskForThePermissionOfTheTable(t *testing.T) {
	b := newPageBureau(t)
	for _, rt := range b.cases.Routes() {
		if strings.HasPrefix(rt.Pattern, "POST /w/cases") && rt.Allow == "" {
			t.Errorf("%s 没有权限要求", rt.Pattern)
		}
	}
	c := b.register()
	b.open("aux", c).has(t, "这一步由有“办理案件”权限的人办理")
	if p := b.do("aux", http.MethodPost, c+"/officers", strings.NewReader("_version=1"), "application/x-www-form-urlencoded"); p.status != http.StatusForbidden {
		t.Errorf("协管确定了执法人员：%d", p.status)
	}
	if p := b.open("sun", c); p.status != http.StatusNotFound {
		t.Errorf("别的中队看到了案件：%d", p.status)
	}
	// Whose case it is comes before what the form lacks.
	for login, want := range map[string]int{"sun": http.StatusNotFound, "zhao": http.StatusUnprocessableEntity} {
		_, fields := b.formOn(b.open(login, "/w/cases/new"))
		fields.Del("_version")
		if p := b.do(login, http.MethodPost, c+"/officers", strings.NewReader(fields.Encode()), "application/x-www-form-urlencoded"); p.status != want {
			t.Errorf("%s 交了没有版本的表单，答了 %d，应为 %d", login, p.status, want)
		}
	}
	b.open("zhao", c).lacks(t, "演示aux")
	for _, a := range casework.OnSpot.Acts {
		if a.By == "" {
			continue
		}
		if !casework.HasForm(a.ID) {
			t.Errorf("%s（%s）没有表单", a.Name, a.ID)
		}
	}
}

func TestCaseVoidRevokeCorrectAndDecline(t *testing.T) {
	b := newPageBureau(t)
	c := b.ready("100")
	b.done("zhao", c+"?step=decide", nil)
	b.submit("zhao", c+"?step=void_paper", form("why", "")).has(t, "没有写明作废理由")
	b.done("zhao", c+"?step=void_paper", form("why", "住址写错")).has(t, "现场办理", "已作废", "住址写错")
	b.done("zhao", c+"?step=decide", nil).has(t, "第2号")
	d := b.onSite()
	b.done("zhao", d+"?step=party", form("kind", "citizen", "name", "演示吴某", "id_kind", "resident_id", "id_number", demoID("99010119910203001"), "identity_basis", "card_seen"))
	b.open("zhao", d+"?step=decline").has(t, "已教育并记录", "记教育", "?step=correct")
	b.done("zhao", d+"?step=correct", form("done_at", "2026-04-30T17:36", "detail", "on_spot"))
	b.done("zhao", d+"?step=educate", form("done_at", "2026-04-30T17:37", "text", "讲清市容条例", "detail", "1"))
	decline := form("ground", "first", "act_from", "2026-04-30", "power_code", onStreet, "harm", "none", "fact_text", "摆卖水果", "why", "初次，当场收摊")
	p := b.done("zhao", d+"?step=decline", decline)
	p.has(t, "不予立案", "首违不罚", "教育改正记录")
	o := b.onSite()
	b.done("zhao", o+"?step=to_ordinary", form("why", "拟罚数额超过当场限额")).has(t, "转普通程序", "拟罚数额超过当场限额")
}

// A case decided before the law that the program holds is shown, never an error page; nothing can be done.
func TestCaseOfAFormerLawIsReadOnly(t *testing.T) {
	b := newPageBureau(t)
	c := b.ready("100")
	b.done("zhao", c+"?step=decide", nil)
	b.signAll(c)
	b.clock.Advance(10 * time.Minute)
	b.done("zhao", c+"?step=deliver", form("at", "2026-04-30T17:48"))
	target, fields := b.formOn(b.open("clerk", c+"?step=file"))
	day := law.MustDate("2020-03-02").Start().UnixMicro()
	err := b.db.Update(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Exec(fmt.Sprintf("UPDATE penalty_case SET act_from = '2020-03-02', decided_on = '2020-03-02', found_at = %d, delivered_at = %d, pay_from = %d", day, day, day))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []string{"", "?step=file", "?step=pay", "?step=close", "?step=deliver"} {
		p := b.open("clerk", c+step)
		p.has(t, "这件案只能查看", "本系统没有载入", "演城管当罚字〔2026〕第1号")
		p.lacks(t, "id=\"step-form\"")
	}
	p := b.do("clerk", http.MethodPost, target, strings.NewReader(fields.Encode()), "application/x-www-form-urlencoded")
	if p.status != http.StatusUnprocessableEntity {
		t.Errorf("还能办：%d", p.status)
	}
	p.has(t, "本系统没有载入", "这件案只能查看")
	b.open("clerk", "/w/").lacks(t, "没有办成")
	b.open("clerk", regexp.MustCompile(`/w/papers/\d+`).FindString(b.open("clerk", c).body)).has(t, "演城管当罚字〔2026〕第1号")
}
