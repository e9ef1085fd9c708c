package casework_test

import (
	"strings"
	"testing"
	"time"

	"fadu/internal/casework"
	"fadu/internal/casework/serving"
	"fadu/internal/fault"
	"fadu/internal/jobs"
	"fadu/internal/law"
)

// told is a case whose notice is issued and not yet served.
func (b *afterNotice) told() (casework.CaseID, casework.PaperID) {
	b.t.Helper()
	id := b.concluded(law.Yuan(150))
	b.must(b.notice.Issue(b.ctx, b.zhao, id, b.version(id), b.issueInput()))
	b.tick(1)
	return id, b.last(id, casework.PenaltyNotice).ID
}

// servedOn fails unless the paper counts as served on the day and the line moved with it.
func (b *afterNotice) servedOn(id casework.CaseID, paper casework.PaperID, day string) {
	b.t.Helper()
	p := b.paper(paper).Paper
	rows := b.acts(id)
	last := rows[len(rows)-1]
	if p.State != casework.PaperDelivered || p.ServedOn().String() != day || b.state(id) != casework.Notified || last.Act != "notice_served" || last.On.String() != day {
		b.t.Errorf("%s %s，案件 %s，最后一步 %s %s，应于 %s 送达", p.State, p.ServedOn(), b.state(id), last.Act, last.On, day)
	}
}

func (b *afterNotice) day(s string) {
	at := law.MustDate(s).Start().Add(10 * time.Hour)
	b.clock.Set(at)
}

// 直接送达：回证有签名和日期；代收的限同住成年家属（民诉法87、88）。
func TestServing直接送达(t *testing.T) {
	onNotices(t, func(t *testing.T, b *afterNotice) {
		b.adopt("公民5000 单位50000")
		id, p := b.told()
		in := serving.DeliverInput{Service: p}
		b.refused("没有签名", b.serving.Deliver(b.ctx, b.zhao, id, b.version(id), serving.Direct, in), "MSSS-87")
		b.fails("当场交付没有签名", b.serving.Deliver(b.ctx, b.zhao, id, b.version(id), serving.OnSpot, in), fault.Conflict, "留置")
		in.Signed, in.Relation, in.Receiver = true, serving.Kin, "演示·郑小某"
		b.refused("未成年家属代收", b.serving.Deliver(b.ctx, b.zhao, id, b.version(id), serving.Direct, in), "MSSS-88-1")
		in.On = law.MustDate("2026-05-09")
		b.fails("明天签收", b.serving.Deliver(b.ctx, b.zhao, id, b.version(id), serving.Direct, in), fault.Invalid, "今天")
		if got := b.decide(id, casework.ActConfirmService); got != "XZCF-61-1-served" {
			t.Errorf("没有送达，确认送达：%s", got)
		}
		b.refused("没有送达就确认", b.serving.Confirm(b.ctx, b.zhao, id, b.version(id), "notice_served"), "XZCF-61-1-served")
		b.day("2026-05-06")
		in.On, in.Adult = law.MustDate("2026-05-05"), true
		b.must(b.serving.Deliver(b.ctx, b.zhao, id, b.version(id), serving.Direct, in))
		b.servedOn(id, p, "2026-05-05")
		r, err := casework.PartOf[casework.ServiceReceipt](b.last(id, "service_receipt"))
		if err != nil || r.Relation != "同住的成年家属" || r.Papers[0].Number == "" {
			t.Errorf("回证：%+v %v", r, err)
		}
		b.proved()
	})
}

// 留置要拒收、见证或者拍照录像、留在住所（民诉法89）。
func TestServing留置送达(t *testing.T) {
	onNotices(t, func(t *testing.T, b *afterNotice) {
		b.adopt("公民5000 单位50000")
		id, p := b.told()
		for rule, in := range map[string]serving.LeaveInput{
			"MSSS-89-refused": {Service: p, Left: true, Witness: "演示社区冯某"},
			"MSSS-89-proof":   {Service: p, Left: true, Refused: "当面拒绝签收"},
			"MSSS-89-left":    {Service: p, Refused: "当面拒绝签收", Film: "DSJ-0102"},
		} {
			b.refused(rule, b.serving.Leave(b.ctx, b.zhao, id, b.version(id), in), rule)
		}
		b.must(b.serving.Leave(b.ctx, b.zhao, id, b.version(id), serving.LeaveInput{Service: p, Refused: "当面拒绝签收", Left: true, Film: "DSJ-0102"}))
		b.servedOn(id, p, "2026-04-30")
		b.proved()
	})
}

// 电子送达要同意并签确认书，到达特定系统日为送达日（处罚法61Ⅱ，55号令37）。
func TestServing电子送达(t *testing.T) {
	onNotices(t, func(t *testing.T, b *afterNotice) {
		b.adopt("公民5000 单位50000")
		id, p := b.told()
		in := serving.ElectronicInput{Service: p, Proof: "JP-001"}
		b.refused("没有同意", b.serving.Transmit(b.ctx, b.zhao, id, b.version(id), in), "XZCF-61-2-consent")
		confirm := serving.AddressInput{Address: "演示区和平里3号", Receiver: "演示·郑某", Phone: "19900000001"}
		b.must(b.serving.ConfirmAddress(b.ctx, b.zhao, id, b.version(id), confirm))
		b.refused("只确认地址，没有同意电子送达", b.serving.Transmit(b.ctx, b.zhao, id, b.version(id), in), "XZCF-61-2-consent")
		confirm.Electronic, confirm.Papers = true, []string{"行政处罚决定书"}
		b.fails("没有账号", b.serving.ConfirmAddress(b.ctx, b.zhao, id, b.version(id), confirm), fault.Invalid, "账号")
		confirm.Account, confirm.Spare = "demo@example.test", "19900000002"
		b.must(b.serving.ConfirmAddress(b.ctx, b.zhao, id, b.version(id), confirm))
		b.refused("没有同意以电子方式收告知书", b.serving.Transmit(b.ctx, b.zhao, id, b.version(id), in), "XZCF-61-2-consent")
		confirm.Papers = append(confirm.Papers, "行政处罚意见告知书")
		b.must(b.serving.ConfirmAddress(b.ctx, b.zhao, id, b.version(id), confirm))
		b.day("2026-05-06")
		in.On = law.MustDate("2026-05-02")
		b.must(b.serving.Transmit(b.ctx, b.zhao, id, b.version(id), in))
		b.servedOn(id, p, "2026-05-02")
		b.proved()
	})
}

// 邮寄以回执注明的收件日为送达日，不是寄出的日期；委托、转交发函（民诉法91至94）。
func TestServing邮寄和委托(t *testing.T) {
	onNotices(t, func(t *testing.T, b *afterNotice) {
		b.adopt("公民5000 单位50000")
		id, p := b.told()
		b.fails("没有邮单号", b.serving.Begin(b.ctx, b.zhao, id, b.version(id), serving.Posted, serving.BeginInput{Service: p, Reason: "当事人在外地"}), fault.Invalid, "邮单号")
		b.must(b.serving.Begin(b.ctx, b.zhao, id, b.version(id), serving.Posted, serving.BeginInput{Service: p, Reason: "当事人在外地", Proof: "EMS0001"}))
		b.fails("途中又直接送达", b.serving.Deliver(b.ctx, b.zhao, id, b.version(id), serving.Direct, serving.DeliverInput{Service: p, Signed: true}), fault.Conflict, "")
		b.day("2026-05-08")
		b.must(b.serving.Fail(b.ctx, b.zhao, id, b.version(id), serving.FailInput{Service: p, Reason: "查无此人退回"}))
		b.fails("委托没有写单位", b.serving.Begin(b.ctx, b.zhao, id, b.version(id), serving.Entrusted, serving.BeginInput{Service: p, Reason: "当事人在外地"}), fault.Invalid, "单位")
		b.must(b.series1("service_commission", "送"))
		b.must(b.serving.Begin(b.ctx, b.zhao, id, b.version(id), serving.Entrusted, serving.BeginInput{Service: p, To: "邻区城市管理综合执法局", Reason: "当事人在邻区"}))
		b.day("2026-05-14")
		arrive := serving.ArriveInput{Service: p, On: law.MustDate("2026-05-07"), Receiver: "演示·郑某", Proof: "回证"}
		b.fails("收件早于发函", b.serving.Arrive(b.ctx, b.zhao, id, b.version(id), arrive), fault.Invalid, "早于")
		arrive.On = law.MustDate("2026-05-12")
		b.must(b.serving.Arrive(b.ctx, b.zhao, id, b.version(id), arrive))
		b.servedOn(id, p, "2026-05-12")
		b.proved()
	})
}

// series1 gives numbers for a kind of paper.
func (b *afterNotice) series1(kind casework.PaperKind, word string) error {
	return b.cases.OpenSeries(b.ctx, b.session("clerk"), casework.SeriesInput{Unit: b.units["局"], Kind: kind, Year: 2026, Prefix: "演城管" + word + "字", First: 1, Last: 20, Presealed: true})
}

// 公告送达：下落不明或者其他方式用尽，记明原因和经过，经过三十日（民诉法95）。
func TestServing公告送达(t *testing.T) {
	onNotices(t, func(t *testing.T, b *afterNotice) {
		b.adopt("公民5000 单位50000")
		b.must(b.series1("service_announcement", "送公"))
		id, p := b.told()
		in := serving.AnnounceInput{Service: p, Where: "本机关网站", Gist: "拟处罚款一百五十元", Office: "演示区中队", Rights: "自视为送达之日起五个工作日内陈述申辩", Reason: "两次上门无人"}
		missing := in
		missing.Missing = true
		b.fails("下落不明没有任何记录", b.serving.Announce(b.ctx, b.zhao, id, b.version(id), missing), fault.Invalid, "凭证")
		b.refused("没有试过别的方式", b.serving.Announce(b.ctx, b.zhao, id, b.version(id), in), "MSSS-95")
		b.must(b.serving.Fail(b.ctx, b.zhao, id, b.version(id), serving.FailInput{Service: p, Way: serving.Direct, Reason: "上门无人"}))
		b.must(b.serving.Fail(b.ctx, b.zhao, id, b.version(id), serving.FailInput{Service: p, Way: serving.OnSpot, Reason: "当场没有人"}))
		b.refused("当场交付和直接送达是一种方式", b.serving.Announce(b.ctx, b.zhao, id, b.version(id), in), "MSSS-95")
		b.fails("下落不明，只试过一种方式又没有证明", b.serving.Announce(b.ctx, b.zhao, id, b.version(id), missing), fault.Invalid, "另一种方式")
		b.must(b.serving.Begin(b.ctx, b.zhao, id, b.version(id), serving.Posted, serving.BeginInput{Service: p, Reason: "上门无人", Proof: "EMS0002"}))
		b.must(b.serving.Fail(b.ctx, b.zhao, id, b.version(id), serving.FailInput{Service: p, Reason: "退回"}))
		in.Reason = ""
		b.refused("没有记明原因", b.serving.Announce(b.ctx, b.zhao, id, b.version(id), in), "MSSS-95-reasons")
		in.Reason = "4月30日上门无人，邮寄退回"
		b.must(b.serving.Announce(b.ctx, b.zhao, id, b.version(id), in))
		b.clockRuns(id, "公告送达视为送达日")
		expire := func() {
			t.Helper()
			_, err := jobs.NewRunner(b.db, b.serving.Jobs()).RunDue(b.ctx)
			b.must(err)
		}
		b.day("2026-05-30")
		expire()
		if s := b.state(id); s != casework.Noticing {
			t.Fatalf("第三十日就视为送达：%s", s)
		}
		b.day("2026-05-31")
		expire()
		b.servedOn(id, p, "2026-05-30")
		expire()
		if n := len(b.acts(id)); b.acts(id)[n-2].Act != "notice_expired" {
			t.Errorf("%+v", b.acts(id)[n-2])
		}
		b.proved()
	})
}

// 待用印的不能送达；不再送达的要写理由，以后可以再送（practice 25）。
func TestServing先用印(t *testing.T) {
	onNotices(t, func(t *testing.T, b *afterNotice) {
		b.adopt("公民5000 单位50000")
		id, p := b.told()
		b.must(b.raw("UPDATE paper SET sealed_at = 0 WHERE id = " + p.String()))
		err := b.serving.Deliver(b.ctx, b.zhao, id, b.version(id), serving.OnSpot, serving.DeliverInput{Service: p, Signed: true})
		if err == nil || !strings.Contains(err.Error(), "用印") {
			t.Errorf("没有用印：%v", err)
		}
		b.must(b.cases.Seal(b.ctx, b.session("clerk"), p))
		b.must(b.serving.Send(b.ctx, b.zhao, id, b.version(id), serving.SendInput{Paper: p, Way: serving.Direct}))
		b.fails("再次出具回证", b.serving.Send(b.ctx, b.zhao, id, b.version(id), serving.SendInput{Paper: p, Way: serving.Direct}), fault.Conflict, "已经")
		boss := b.session("head")
		b.fails("没有理由", b.serving.Drop(b.ctx, boss, id, b.version(id), serving.DropInput{Service: p}), fault.Invalid, "为什么")
		b.must(b.serving.Drop(b.ctx, boss, id, b.version(id), serving.DropInput{Service: p, Why: "另约时间"}))
		b.fails("已不再送达", b.serving.Deliver(b.ctx, b.zhao, id, b.version(id), serving.Direct, serving.DeliverInput{Service: p, Signed: true}), fault.NotFound, "送达文书")
		b.must(b.serving.Send(b.ctx, b.zhao, id, b.version(id), serving.SendInput{Paper: p, Way: serving.Direct}))
		b.must(b.serving.Deliver(b.ctx, b.zhao, id, b.version(id), serving.Direct, serving.DeliverInput{Service: p, Signed: true}))
		b.servedOn(id, p, "2026-04-30")
		n := b.count("SELECT COUNT(*) FROM paper WHERE kind = 'service_receipt' AND case_id = ?", id)
		if n != 1 {
			t.Errorf("送达回证 %d 份", n)
		}
		b.proved()
	})
}
