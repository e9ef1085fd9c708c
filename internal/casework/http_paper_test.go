package casework_test

import (
	"bytes"
	"context"
	"fmt"
	"html"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/law"
	"fadu/internal/store"
)

// desk is the small bureau with its pages, whose cases are worked by calling the service.
type desk struct {
	*pageBureau
	street *street
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	b := newPageBureau(t)
	d := &desk{b, &street{apiBureau: b.apiBureau, ctx: context.Background(), sessions: map[string]access.Session{}}}
	d.street.setUp()
	return d
}

// form reads the form that is posted to the address: its hidden fields.
func (d *desk) form(p page, target string) url.Values {
	d.t.Helper()
	form := regexp.MustCompile(`(?s)<form method="post" action="` + regexp.QuoteMeta(target) + `".*?</form>`).FindString(p.body)
	if form == "" {
		d.t.Fatalf("页面上没有交到 %s 的表单（状态 %d）：%s", target, p.status, mainText(p.body))
	}
	fields := url.Values{}
	for _, m := range hidden.FindAllStringSubmatch(form, -1) {
		fields.Set(m[1], html.UnescapeString(m[2]))
	}
	return fields
}

// post fills in a form of the page and sends it.
func (d *desk) post(login, path, target string, values url.Values) page {
	d.t.Helper()
	fields := d.form(d.open(login, path), target)
	for k, vs := range values {
		fields[k] = vs
	}
	return d.send(login, target, fields)
}

func (d *desk) send(login, target string, fields url.Values) page {
	d.t.Helper()
	return d.do(login, http.MethodPost, target, strings.NewReader(fields.Encode()), "application/x-www-form-urlencoded")
}

// upload fills in a form with a file.
func (d *desk) upload(login, path, target, field, name string, file []byte, values url.Values) page {
	d.t.Helper()
	fields := d.form(d.open(login, path), target)
	for k, vs := range values {
		fields[k] = vs
	}
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for k, vs := range fields {
		for _, v := range vs {
			d.must(w.WriteField(k, v))
		}
	}
	part, err := w.CreateFormFile(field, name)
	d.must(err)
	_, err = part.Write(file)
	d.must(err)
	d.must(w.Close())
	return d.do(login, http.MethodPost, target, &body, w.FormDataContentType())
}

// is fails the test unless the answer has the status and its page says every text.
func (d *desk) is(what string, p page, status int, texts ...string) {
	d.t.Helper()
	if p.status != status {
		d.t.Errorf("%s：状态 %d，应为 %d：%s", what, p.status, status, mainText(p.body))
		return
	}
	for _, s := range texts {
		if !strings.Contains(p.body, s) {
			d.t.Errorf("%s：页面上没有“%s”：%s", what, s, mainText(p.body))
		}
	}
}

func TestPaperPage(t *testing.T) {
	d := newDesk(t)
	id, paper := d.street.decided(law.Yuan(100), casework.PayCode)
	at := paper.URL()
	p := d.open("zhao", at)
	d.is("决定书", p, http.StatusOK, "演城管当罚字〔2026〕第1号", "☑罚款人民币壹佰元整（￥100）", "应当先自收到本决定书之日起六十日内", "8 项齐全", "行政处罚法第五十二条第二款", "预先盖章的号段", "没有签", "打印正本", "登记当场交付", (&casework.Case{ID: id}).URL())
	p.lacks(t, "{{", "登记用印", "看存根")
	d.is("别的中队看", d.open("sun", at), http.StatusNotFound)
	d.is("没有登录", d.open("", at), http.StatusSeeOther)
	d.is("没有这份文书", d.open("zhao", "/w/papers/1"), http.StatusNotFound)
	d.is("号码不对", d.open("zhao", "/w/papers/x"), http.StatusNotFound)
	pdf := d.open("zhao", at+"/pdf")
	if pdf.status != http.StatusOK || !strings.HasPrefix(pdf.body, "%PDF") {
		t.Errorf("看 PDF：%d", pdf.status)
	}
	d.is("交付前看存根", d.open("zhao", at+"/signed"), http.StatusConflict, "存根在交付后生成")

	// 同一次提交重发，还是那一次打印；再点一次是副本
	fields := d.form(p, at+"/print")
	first, again := d.send("zhao", at+"/print", fields), d.send("zhao", at+"/print", fields)
	if first.status != http.StatusOK || first.body != pdf.body || again.body != first.body {
		t.Errorf("双击打印：%d %d，相同 %v", first.status, again.status, again.body == first.body)
	}
	p = d.open("zhao", at)
	d.is("打印后", p, http.StatusOK, "已打印 1 次", "打印副本")
	if second := d.send("zhao", at+"/print", d.form(p, at+"/print")); second.status != http.StatusOK || second.body == first.body {
		t.Errorf("第二次打印：%d", second.status)
	}
	if reader := d.open("cashier", at); strings.Contains(reader.body, "/print\"") {
		t.Error("收费员看到了打印")
	}

	// 签名
	d.is("手写没有图", d.post("zhao", at, at+"/sign", form("method", "drawn")), http.StatusUnprocessableEntity, "请手写签名")
	d.is("主办手写", d.upload("zhao", at, at+"/sign", "signature", "签名.png", signature(), form("method", "drawn")), http.StatusSeeOther)
	d.is("协办签在纸上", d.post("qian", at, at+"/sign", form("method", "on_paper")), http.StatusSeeOther)
	d.is("轮到当事人", d.open("zhao", at), http.StatusOK, "当事人签名", "拒绝签名", "（已手写签名）")
	d.is("拒签没有写情况", d.post("zhao", at, at+"/sign", form("method", "refused")), http.StatusUnprocessableEntity, "要注明情况")
	d.is("拒签", d.post("zhao", at, at+"/sign", form("method", "refused", "note", "看过后不愿签名")), http.StatusSeeOther)
	p = d.open("zhao", at)
	d.is("三方签齐", p, http.StatusOK, "看过后不愿签名", "拒绝签名")
	p.lacks(t, at+"/sign\"")
	d.must(d.cases.Deliver(d.street.ctx, d.street.session("zhao"), id, d.street.version(id), casework.DeliverInput{At: d.clock.Now()}))
	d.is("交付后", d.open("zhao", at), http.StatusOK, "已交付", "正在生成")
	d.street.jobsDone()
	d.is("存根做好", d.open("zhao", at), http.StatusOK, "看存根")
	if signed := d.open("zhao", at+"/signed"); signed.status != http.StatusOK || !strings.HasPrefix(signed.body, "%PDF") || signed.body == pdf.body {
		t.Errorf("存根：%d", signed.status)
	}
}

func TestNoticePage(t *testing.T) {
	d := newDesk(t)
	id := d.street.lead()
	paper, err := d.cases.OrderPaper(d.street.ctx, d.street.session("zhao"), id, d.street.version(id), casework.CorrectionNotice, map[string]string{"due": "2026年5月8日"})
	d.must(err)
	at := paper.URL()
	now := d.clock.Now().Format("2006-01-02T15:04")
	d.is("执法人员看", d.open("zhao", at), http.StatusOK, "责令改正通知书", "待用印", "于2026年5月8日前改正", "先登记用印，再交付", "签在纸上")
	p := d.open("clerk", at)
	d.is("内勤用印", d.send("clerk", at+"/seal", d.form(p, at+"/seal")), http.StatusSeeOther)
	d.is("晚到的另一页", d.send("clerk", at+"/seal", d.form(d.open("clerk", at), at+"/print")), http.StatusConflict, "不用登记用印")
	d.is("没有选方式", d.post("zhao", at, at+"/delivery", form("at", now)), http.StatusUnprocessableEntity, "请选择怎样交付")
	d.is("交付", d.post("zhao", at, at+"/delivery", form("at", now, "how", "direct")), http.StatusSeeOther)
	d.is("交付后", d.open("zhao", at), http.StatusOK, "已交付")
}

func TestVerifyPage(t *testing.T) {
	d := newDesk(t)
	_, paper := d.street.delivered(law.Yuan(100), casework.PayCode)
	code := d.street.paper(paper).Paper.Code
	d.is("打开", d.open("", "/v/"), http.StatusOK, "验证码有 17 位", "长者模式", "演示数据 不作依据")
	p := d.open("", "/v/?code="+url.QueryEscape(strings.ToLower(code[:8])+"-"+code[8:]))
	if p.status != http.StatusSeeOther || p.location != "/v/"+url.PathEscape(code) {
		t.Errorf("输入后：%d %s", p.status, p.location)
	}
	p = d.open("", "/v/"+url.PathEscape(code))
	d.is("演示文书", p, http.StatusOK, "演示文书，无效力", "演城管当罚字〔2026〕第1号", "是本机关出具的，现在有效")
	p.lacks(t, "演示·郑", "青石路", "990107198")
	d.is("抄错一位", d.open("", "/v/"+code[:15]+wrongSign(code[15])+code[16:]), http.StatusUnprocessableEntity, "验证码有误")
	d.is("少一位", d.open("", "/v/?code="+code[:16]), http.StatusUnprocessableEntity, "17 位")
	d.is("不是本机关的", d.open("", "/v/"+url.PathEscape("7KD492QMF3XA7KD4"+checkOf("7KD492QMF3XA7KD4"))), http.StatusOK, "没有查到这份文书")
	d.is("一大段文字", d.open("", "/v/"+url.PathEscape(strings.Repeat("字", 500))), http.StatusUnprocessableEntity, "验证码")
}

// checkOf finds the check character of a code's body by trying all.
func checkOf(body string) string {
	for _, c := range "0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U" {
		if _, err := store.ParseCode(body + string(c)); err == nil {
			return string(c)
		}
	}
	return ""
}

func TestSeriesPage(t *testing.T) {
	d := newDesk(t)
	const at = "/w/series"
	d.is("执法人员看", d.open("zhao", at), http.StatusForbidden)
	d.is("列表", d.open("clerk", at), http.StatusOK, "演城管当罚字〔2026〕", "1—50", "预先盖章", "剩余", `value="2026" selected`)
	units := strconv.FormatInt(int64(d.units["第二中队"]), 10)
	d.is("缺字样", d.post("clerk", at, at, form("unit", units, "kind", "onspot_decision", "year", "2026", "count", "10")), http.StatusUnprocessableEntity, "例如 演城管当罚字")
	d.is("发放", d.post("clerk", at, at, form("unit", units, "kind", "onspot_decision", "year", "2026", "count", "10", "prefix", "演城管当罚字", "note", "第二批")), http.StatusSeeOther)
	d.is("接着上一号段，不多了要提醒", d.open("clerk", at), http.StatusOK, "51—60", "第二批", "第二中队的当场行政处罚决定书", "只剩 10 个号")
	row := d.street.block("演城管当罚字", 51)
	ask := fmt.Sprintf("%s?id=%d&act=void", at, row.ID)
	target := fmt.Sprintf("%s/%d/void", at, row.ID)
	d.is("空号没有原因", d.post("clerk", ask, target, form("why", "")), http.StatusUnprocessableEntity, "演城管当罚字〔2026〕第51号 不用了")
	d.is("空号", d.post("clerk", ask, target, form("why", "写坏")), http.StatusSeeOther)
	stale := d.form(d.open("clerk", ask), target)
	stale.Set("why", "又写坏")
	stale.Set("_version", "1")
	d.is("旧页面再登记", d.send("clerk", target, stale), http.StatusConflict, "刚被别人改过")
	closing := fmt.Sprintf("%s/%d/close", at, row.ID)
	d.is("收回", d.post("clerk", fmt.Sprintf("%s?id=%d&act=close", at, row.ID), closing, form("why", "换号段")), http.StatusSeeOther)
	d.is("收回后", d.open("clerk", at), http.StatusOK, "已收回", "写坏", "第52号至第60号，共 9 个", "换号段", "编号已经用完")
}

func TestMoneyPagesForms(t *testing.T) {
	d := newDesk(t)
	s := d.street
	_, cash1 := s.cash(law.Yuan(80))
	_, cash2 := s.cash(law.Yuan(60))
	owing, owingPaper := s.delivered(law.Yuan(100), casework.PayCode)
	docNo := s.paper(owingPaper).Paper.DocNo
	day := law.DateOf(d.clock.Now())

	d.is("执法人员看", d.open("zhao", "/w/money"), http.StatusForbidden)
	p := d.open("cashier", "/w/money")
	d.is("待缴", p, http.StatusOK, docNo, "登记缴款", "行政处罚法第六十七条第三款", "待上交")
	if strings.Contains(p.body, "aria-sort") || strings.Contains(p.body, "sort=") {
		t.Error("金额可以排序")
	}
	at := "/w/money/cases/" + owing.String()
	d.is("多缴", d.post("cashier", at, at+"/payments", form("channel", "bank", "amount", "120", "paid_on", day.String(), "reference", "R1")), http.StatusUnprocessableEntity, "不超过尚未缴纳的 100 元", "value=\"120\"")
	d.is("缴款", d.post("cashier", at, at+"/payments", form("channel", "bank", "amount", "100", "paid_on", day.String(), "reference", "R1")), http.StatusSeeOther)
	d.is("缴清后", d.open("cashier", at), http.StatusOK, "罚款已经缴清", "R1")
	d.is("缴款和退库", d.open("cashier", "/w/money?tab=paid&q="+url.QueryEscape(docNo)), http.StatusOK, "R1", "未对账")

	refs := func(v int64) url.Values {
		return url.Values{"payments": {fmt.Sprintf("%d:%d", cash1.ID, cash1.Version+v), fmt.Sprintf("%d:%d", cash2.ID, cash2.Version+v)}, "on": {day.String()}}
	}
	d.is("待上交", d.open("cashier", "/w/money?tab=cash"), http.StatusOK, "演票0000001", "演票0000002", "行政处罚法第七十一条")
	d.is("一笔没选", d.post("cashier", "/w/money?tab=cash", "/w/money/hand-in", form("on", day.String())), http.StatusUnprocessableEntity, "请先选择")
	d.is("上交早于收缴", d.post("cashier", "/w/money?tab=cash", "/w/money/hand-in", url.Values{"payments": refs(0)["payments"], "on": {day.AddDays(-1).String()}}), http.StatusUnprocessableEntity, "上交日期应在收缴之日和今天之间")
	one := d.form(d.open("cashier", "/w/money?tab=cash"), "/w/money/hand-in")
	one["payments"], one["on"] = refs(0)["payments"][:1], []string{day.String()}
	d.is("先上交一笔", d.send("cashier", "/w/money/hand-in", one), http.StatusSeeOther)
	d.is("再一起交，说明哪笔已交", d.post("cashier", "/w/money?tab=cash", "/w/money/hand-in", refs(0)), http.StatusConflict, "已登记 1 笔", "票据 演票0000001 的罚款已经上交")
	d.is("一起缴付银行", d.post("cashier", "/w/money?tab=bank", "/w/money/deposit", refs(1)), http.StatusSeeOther)
	d.is("都缴付了", d.open("cashier", "/w/money?tab=bank"), http.StatusOK, "上交的现金都已缴付银行")

	p = d.open("zhao", fmt.Sprintf("/w/payments/%d", cash1.ID))
	if p.status != http.StatusSeeOther || !strings.HasPrefix(p.location, "/w/cases/") {
		t.Errorf("从数字点到缴款：%d %s", p.status, p.location)
	}
	d.is("别的中队点", d.open("sun", fmt.Sprintf("/w/payments/%d", cash1.ID)), http.StatusNotFound)
}

func TestReceiptPages(t *testing.T) {
	d := newDesk(t)
	const at = "/w/money/receipts"
	d.is("内勤看票据", d.open("clerk", at), http.StatusOK, "演票0000001—演票0000020", "演示zhao")
	d.is("执法人员看票据", d.open("zhao", at), http.StatusForbidden)
	d.is("重叠", d.post("clerk", at, at, form("holder", d.person("qian"), "prefix", "演票", "first", "0000020", "last", "0000030")), http.StatusUnprocessableEntity, "已经登记领用")
	d.is("领用", d.post("clerk", at, at, form("holder", d.person("qian"), "prefix", "演票", "first", "0000021", "last", "0000030")), http.StatusSeeOther)
	d.is("领用后", d.open("cashier", at), http.StatusOK, "演票0000021—演票0000030", "演示qian")
	book := d.street.book()
	one := fmt.Sprintf("%s/%d", at, book.ID)
	d.is("作废没有原因", d.post("cashier", one, one+"/void", form("why", "")), http.StatusUnprocessableEntity, "请填写原因")
	d.is("作废", d.post("cashier", one, one+"/void", form("why", "票面撕破")), http.StatusSeeOther)
	_, p := d.street.cash(law.Yuan(80))
	d.is("还没缴付", d.open("cashier", one), http.StatusOK, "票面撕破", "演票0000002", "暂时不能核销")
	today := law.DateOf(d.clock.Now())
	d.must(d.cases.HandInCash(d.street.ctx, d.street.session("cashier"), p.ID, p.Version, today))
	d.must(d.cases.DepositCash(d.street.ctx, d.street.session("cashier"), p.ID, p.Version+1, today))
	d.is("核销", d.post("cashier", one, one+"/settle", nil), http.StatusSeeOther)
	d.is("核销后", d.open("cashier", one), http.StatusOK, "已核销")
}

func TestStatementPages(t *testing.T) {
	d := newDesk(t)
	const at = "/w/money/statements"
	_, paper := d.street.delivered(law.Yuan(100), casework.PayCode)
	docNo := d.street.paper(paper).Paper.DocNo
	if p := d.open("cashier", at+"/template"); p.status != http.StatusOK || !strings.HasPrefix(p.body, "PK") {
		t.Errorf("模板：%d", p.status)
	}
	file := []byte("缴款日期,流水号,决定书文号,金额,缴款人\n2026-04-30,R1," + docNo + ",100,演示甲\n2026-04-30,R2,演城管当罚字〔2026〕第900号,50,演示乙\n")
	d.is("没有选文件", d.post("cashier", at, at, nil), http.StatusUnprocessableEntity, "请选择对账单文件")
	d.is("读不懂的", d.upload("cashier", at, at, "file", "a.csv", []byte("甲,乙\n1,2\n"), nil), http.StatusUnprocessableEntity, "表头")
	d.is("有一行坏", d.upload("cashier", at, at, "file", "a.csv", append(file, "2026-04-30,R3,x,零,丙\n"...), nil), http.StatusUnprocessableEntity, "第 4 行 金额")
	p := d.upload("cashier", at, at, "file", "非税0430.csv", file, nil)
	if p.status != http.StatusSeeOther || !strings.HasPrefix(p.location, at+"/") {
		t.Fatalf("导入：%d %s", p.status, mainText(p.body))
	}
	one := p.location
	d.is("结果", d.open("cashier", one), http.StatusOK, "已对上", "找不到决定书", docNo, "没有这个文号的决定书", "处理")
	d.is("再导入一次", d.upload("cashier", at, at, "file", "b.csv", file, nil), http.StatusConflict, "已经导入过", one)
	d.is("列表", d.open("cashier", at), http.StatusOK, "非税0430.csv", "待处理")
	d.is("不一致一栏", d.open("cashier", "/w/money?tab=odd"), http.StatusOK, "R2", "演城管当罚字〔2026〕第900号")
	link := regexp.MustCompile(`href="([^"]*line=\d+)#ask"`).FindStringSubmatch(d.open("cashier", one+"?state=unknown").body)
	if link == nil {
		t.Fatal("没有处理的入口")
	}
	ask := html.UnescapeString(link[1])
	target := regexp.MustCompile(`action="(/w/money/statement-lines/\d+)"`).FindStringSubmatch(d.open("cashier", ask).body)[1]
	d.is("没有写怎样处理", d.post("cashier", ask, target, form("note", "")), http.StatusUnprocessableEntity, "请填写怎样处理的")
	stale := d.form(d.open("cashier", ask), target)
	d.is("处理", d.post("cashier", ask, target, form("note", "非税已退回缴款人")), http.StatusSeeOther)
	stale.Set("note", "另一页再处理")
	d.is("另一页再处理", d.send("cashier", target, stale), http.StatusConflict, "刚被别人改过")
	d.is("处理后", d.open("cashier", one+"?state=settled"), http.StatusOK, "处理：非税已退回缴款人")
	d.is("没有这份", d.open("cashier", at+"/1"), http.StatusNotFound)
}

// The pages are looked at in a browser at the widths of a desk and of a phone, in the states that matter.
func TestPaperAndMoneyPagesInBrowser(t *testing.T) {
	ctx := chrome(t)
	d := newDesk(t)
	s := d.street
	_, signing := s.decided(law.Yuan(100), casework.PayCode)
	voided, voidPaper := s.decided(law.Yuan(100), casework.PayCode)
	d.must(d.cases.VoidPaper(s.ctx, s.session("zhao"), voided, s.version(voided), "打印时卡纸，纸面污损"))
	revoked, revokedPaper := s.delivered(law.Yuan(60), casework.PayCode)
	d.must(d.cases.RecordPayment(s.ctx, s.session("cashier"), revoked, s.version(revoked), casework.PaymentInput{Channel: casework.PayBank, Amount: law.Yuan(60), PaidOn: law.DateOf(d.clock.Now()), Reference: "R9"}))
	_, err := d.cases.Revoke(s.ctx, s.session("head"), revoked, s.version(revoked), "当事人认定错误")
	d.must(err)
	s.cash(law.Yuan(80))
	_, handed := s.cash(law.Yuan(60))
	d.must(d.cases.HandInCash(s.ctx, s.session("cashier"), handed.ID, handed.Version, law.DateOf(d.clock.Now())))
	owing, _ := s.delivered(law.Yuan(100), casework.PayCode)
	lead := s.lead()
	notice, err := d.cases.OrderPaper(s.ctx, s.session("zhao"), lead, s.version(lead), casework.CorrectionNotice, map[string]string{"due": "2026年5月8日"})
	d.must(err)
	statement, err := d.cases.ImportStatement(s.ctx, s.session("cashier"), "非税对账-0430.csv", []byte("缴款日期,流水号,决定书文号,金额,缴款人\n2026-04-30,R1,演城管当罚字〔2026〕第900号,50,演示乙\n2026-04-30,R9,,70,演示丙\n"))
	d.must(err)
	s.series(casework.SeriesInput{Unit: d.units["第二中队"], Kind: casework.OnSpotDecision, Prefix: "演城管当罚字", Count: 12})
	row := s.block("演城管当罚字", 51)
	d.clock.Set(time.Date(2026, 5, 8, 9, 0, 0, 0, law.Zone))
	d.clients = map[string]*http.Client{}
	code := s.paper(revokedPaper).Paper.Code
	books, err := d.cases.Books(s.ctx, s.session("cashier"))
	d.must(err)
	for _, p := range []struct{ name, login, path string }{
		{"paper-sign", "zhao", signing.URL()},
		{"paper-void", "zhao", voidPaper.URL()},
		{"paper-revoked", "zhao", revokedPaper.URL()},
		{"paper-notice", "zhao", notice.URL()},
		{"paper-seal", "clerk", notice.URL()},
		{"series", "clerk", "/w/series"},
		{"series-void", "clerk", fmt.Sprintf("/w/series?id=%d&act=void", row.ID)},
		{"money-due", "cashier", "/w/money"},
		{"money-cash", "cashier", "/w/money?tab=cash"},
		{"money-bank", "cashier", "/w/money?tab=bank"},
		{"money-paid", "cashier", "/w/money?tab=paid"},
		{"money-odd", "cashier", "/w/money?tab=odd"},
		{"money-refund", "cashier", "/w/money?tab=refund"},
		{"money-case", "cashier", "/w/money/cases/" + owing.String()},
		{"receipts", "cashier", "/w/money/receipts"},
		{"receipt-book", "cashier", fmt.Sprintf("/w/money/receipts/%d", books[0].ID)},
		{"statements", "cashier", "/w/money/statements"},
		{"statement", "cashier", fmt.Sprintf("/w/money/statements/%d", statement)},
		{"verify", "", "/v/"},
		{"verify-revoked", "", "/v/" + url.PathEscape(code)},
		{"verify-wrong", "", "/v/" + code[:15] + wrongSign(code[15]) + code[16:]},
	} {
		for _, width := range []int64{1366, 360} {
			t.Run(p.name+"-"+strconv.FormatInt(width, 10), func(t *testing.T) { d.look(t, ctx, p.login, p.path, width, p.name) })
		}
	}
}
