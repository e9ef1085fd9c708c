package casework_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/casework/hearing"
	"fadu/internal/casework/notice"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/org"
	"fadu/internal/store"
)

// onHearings is a notified case whose party may ask for a hearing.
func onHearings(t *testing.T, f func(t *testing.T, b *afterNotice, h *hearing.Service, id casework.CaseID)) {
	t.Helper()
	onNotices(t, func(t *testing.T, b *afterNotice) {
		h := hearing.New(b.s)
		b.s.AddDesks(h.Desk())
		b.adopt("公民100 单位1000")
		for kind, word := range map[casework.PaperKind]string{"hearing_acceptance": "听受", "hearing_refusal": "听不", "hearing_notice": "听通", "hearing_announcement": "听公", "hearing_postponement": "听延"} {
			b.must(b.series1(kind, word))
		}
		f(t, b, h, b.notified(law.Yuan(150)))
	})
}

func (b *afterNotice) hearingOf(id casework.CaseID) hearing.ID {
	b.t.Helper()
	return hearing.ID(b.count("SELECT MAX(id) FROM hearing WHERE case_id = ?", id))
}

// judged are the rules that an action still lacks, with all that the desks state.
func (b *afterNotice) judged(id casework.CaseID, h *hearing.Service, action law.Action) string {
	f := b.facts(id)
	f.SetBool(law.RequestPeriodExpired, law.DateOf(b.clock.Now()).After(law.MustDate("2026-05-12")), "notice") // the notice's desk says it
	b.must(b.db.View(b.ctx, func(tx *store.Tx) error {
		c, err := b.s.Load(tx, access.System("test"), access.CaseHandle, id)
		if err == nil {
			err = h.Desk().Facts(tx, c, tx.Today(), &f)
		}
		return err
	}))
	var out []string
	for _, l := range b.s.Judge.Judge(action, law.DateOf(b.clock.Now()), f).Lacks() {
		out = append(out, l.Rule)
	}
	return strings.Join(out, " ")
}

// 申请、受理、指定、通知、举行、报告，每一步的拒绝（处罚法63至65，55号令34）。
func TestHearing全过程(t *testing.T) {
	onHearings(t, func(t *testing.T, b *afterNotice, s *hearing.Service, id casework.CaseID) {
		by := access.System("test")
		ver := func() int64 { return b.version(id) }
		b.refused("三名代理人", s.Ask(b.ctx, b.zhao, id, ver(), hearing.AskInput{Reason: "处罚过重", Agents: []string{"甲", "乙", "丙"}}), "XZCF-64-5")
		b.must(s.Ask(b.ctx, b.zhao, id, ver(), hearing.AskInput{Oral: true, Reason: "处罚过重", Agents: []string{"演示·代理一"}}))
		b.fails("同时两次", s.Ask(b.ctx, b.zhao, id, ver(), hearing.AskInput{Reason: "处罚过重"}), fault.Conflict, "还没有办完")
		h := b.hearingOf(id)
		if got := b.judged(id, s, casework.ActSubmitReview); !strings.Contains(got, "XZCF-63-1-held") {
			t.Errorf("要求听证以后就能送审：%s", got)
		}
		b.refused("按期提出不予受理", s.Refuse(b.ctx, by, id, ver(), hearing.TextInput{Hearing: h, Text: "人手不够", Basis: "无"}), "XZCF-64-1-refuse")
		b.must(s.Accept(b.ctx, by, id, ver(), hearing.TextInput{Hearing: h}))
		b.refused("调查人员主持", s.Appoint(b.ctx, by, id, ver(), hearing.HostInput{Hearing: h, Host: org.PersonID(b.file(id).Case.Lead), Clerk: b.scribe(id)}), "XZCF-64-4")
		host := org.PersonID(b.count("SELECT MAX(id) FROM org_person WHERE id <> ? AND id <> ?", b.file(id).Case.Lead, b.file(id).Case.Assist))
		b.must(s.Appoint(b.ctx, by, id, ver(), hearing.HostInput{Hearing: h, Host: host, Clerk: b.scribe(id)}))
		b.refused("登记三名代理人", s.NameAgents(b.ctx, by, id, ver(), hearing.AgentsInput{Hearing: h, Agents: []string{"甲", "乙", "丙"}}), "XZCF-64-5")
		b.must(s.NameAgents(b.ctx, by, id, ver(), hearing.AgentsInput{Hearing: h, Agents: []string{"甲", "乙"}, Mandates: []string{"2026年4月28日，一般代理"}}))

		plan := hearing.PlanInput{Hearing: h, Place: "演示区听证室", Announce: hearing.Announce{Apply: "听证前一日", Office: "演示区和平路2号", Seats: 10}}
		plan.When = time.Date(2026, 5, 13, 9, 0, 0, 0, law.Zone) // 4月30日到5月13日之间有六个工作日：6、7、8、9、11、12日
		b.fails("中间只有六个工作日", s.Schedule(b.ctx, by, id, ver(), plan), fault.Invalid, "不足 7 个")
		plan.When = time.Date(2026, 5, 14, 9, 0, 0, 0, law.Zone)
		b.must(s.Schedule(b.ctx, by, id, ver(), plan))

		b.day("2026-05-14")
		held := hearing.RecordInput{Hearing: h, From: plan.When, Until: plan.When.Add(30 * time.Minute), Present: "当事人和代理人到场", Opening: "已宣布，不申请回避", Accusation: "占道2平方米", Defence: "情节轻微", Signed: true}
		b.refused("通知没有送达，也没有总结陈述", s.Hold(b.ctx, by, id, ver(), held), "MOHURD55-34-steps")
		held.Final = "双方坚持意见"
		b.refused("通知没有送达", s.Hold(b.ctx, by, id, ver(), held), "XZCF-64-2")
		late := b.last(id, "hearing_notice").ID
		served := func(day string) { // by hand, so that one case sees two days; the other test proves its rows
			b.must(b.raw("UPDATE paper SET state = 'delivered', delivered_at = " + micros(day) + " WHERE id = " + late.String()))
		}
		served("2026-05-06")
		b.refused("五月六日才送达", s.Hold(b.ctx, by, id, ver(), held), "XZCF-64-2")
		served("2026-04-30")
		held.Signed = false
		b.refused("没有核对签名", s.Hold(b.ctx, by, id, ver(), held), "XZCF-64-8")
		held.Signed = true
		b.refused("第二名代理人没有授权委托书", s.Hold(b.ctx, by, id, ver(), held), "XZCF-64-5-mandate")
		b.must(s.NameAgents(b.ctx, by, id, ver(), hearing.AgentsInput{Hearing: h, Agents: []string{"甲", "乙"}, Mandates: []string{"2026年4月28日，一般代理", "2026年4月28日，特别代理"}}))
		b.must(s.Hold(b.ctx, by, id, ver(), held))
		report := hearing.ReportInput{Hearing: h, Facts: "占道2平方米", Accusation: "笔录、照片", Defence: "情节轻微", Findings: "事实成立", Proposal: "按告知的意见处罚"}
		b.refused("没有附笔录", s.Report(b.ctx, by, id, ver(), report), "XZCF-65")
		if got := b.judged(id, s, casework.ActSubmitReview); !strings.Contains(got, "XZCF-63-1-held") {
			t.Errorf("还没有听证报告就能送审：%s", got)
		}
		report.Attached = true
		b.must(s.Report(b.ctx, by, id, ver(), report))
		if got := b.judged(id, s, casework.ActSubmitReview); strings.Contains(got, "XZCF-63") {
			t.Errorf("听证报告以后还缺 %s", got)
		}
	})
}

// scribe is somebody in the bureau who neither investigates the case nor is its host in these tests.
func (b *afterNotice) scribe(id casework.CaseID) org.PersonID {
	c := b.file(id).Case
	return org.PersonID(b.count("SELECT MIN(id) FROM org_person WHERE id <> ? AND id <> ?", c.Lead, c.Assist))
}

func micros(day string) string { return strconv.FormatInt(store.Micros(law.MustDate(day).Start()), 10) }

// 逾期申请可以不予受理；撤回、缺席终止以后视为没有要求（处罚法64第一项、第六项）。
func TestHearing逾期撤回缺席(t *testing.T) {
	onHearings(t, func(t *testing.T, b *afterNotice, s *hearing.Service, id casework.CaseID) {
		by := access.System("test")
		ver := func() int64 { return b.version(id) }
		b.must(s.Ask(b.ctx, b.zhao, id, ver(), hearing.AskInput{Reason: "处罚过重"}))
		h := b.hearingOf(id)
		b.fails("没有书面理由的撤回", s.Withdraw(b.ctx, by, id, ver(), hearing.TextInput{Hearing: h}), fault.Invalid, "撤回")
		b.must(s.Withdraw(b.ctx, by, id, ver(), hearing.TextInput{Hearing: h, Text: "已了解"}))
		if got := b.judged(id, s, casework.ActSubmitReview); !strings.Contains(got, "XZCF-63-1-held") {
			t.Errorf("撤回的当天就送审，五日里还能再要求：%s", got)
		}
		b.refused("撤回听证的当天就复核，五日里还能陈述申辩", b.notice.AnswerDefence(b.ctx, b.zhao, id, ver(), notice.AnswerInput{Reason: "复核", Result: "维持"}), "MOHURD55-22-waited")
		b.must(s.Ask(b.ctx, b.zhao, id, ver(), hearing.AskInput{Reason: "又要求"}))
		h = b.hearingOf(id)
		b.must(s.Accept(b.ctx, by, id, ver(), hearing.TextInput{Hearing: h}))
		b.must(s.Pause(b.ctx, by, id, ver(), hearing.TextInput{Hearing: h, Text: "当事人住院"}))
		b.must(s.Resume(b.ctx, by, id, ver(), hearing.TextInput{Hearing: h}))
		host := org.PersonID(b.count("SELECT MAX(id) FROM org_person WHERE id <> ? AND id <> ?", b.file(id).Case.Lead, b.file(id).Case.Assist))
		b.must(s.Appoint(b.ctx, by, id, ver(), hearing.HostInput{Hearing: h, Host: host, Clerk: b.scribe(id)}))
		at := time.Date(2026, 5, 15, 9, 0, 0, 0, law.Zone)
		plan := hearing.PlanInput{Hearing: h, When: at, Place: "演示区听证室"}
		b.fails("公开听证没有公告的内容", s.Schedule(b.ctx, by, id, ver(), plan), fault.Invalid, "旁听")
		plan.Announce = hearing.Announce{Apply: "听证前一日", Office: "演示区和平路2号", Seats: 10}
		b.must(s.Schedule(b.ctx, by, id, ver(), plan))
		end := hearing.RecordInput{Hearing: h, From: at, Until: at.Add(20 * time.Minute), Present: "当事人没有到场", Absent: true}
		early := end
		early.From, early.Until = b.clock.Now().Add(-time.Hour), b.clock.Now()
		b.must(s.Postpone(b.ctx, by, id, ver(), hearing.TextInput{Hearing: h, Text: "会场停电"}))
		b.fails("延期以后、重新通知以前", s.End(b.ctx, by, id, ver(), early), fault.Conflict, "已通知，待举行")
		b.must(s.Pause(b.ctx, by, id, ver(), hearing.TextInput{Hearing: h, Text: "当事人住院"}))
		b.fails("中止期间", s.End(b.ctx, by, id, ver(), early), fault.Conflict, "已通知，待举行")
		b.must(s.Resume(b.ctx, by, id, ver(), hearing.TextInput{Hearing: h}))
		b.must(s.Schedule(b.ctx, by, id, ver(), plan))
		b.must(s.Pause(b.ctx, by, id, ver(), hearing.TextInput{Hearing: h, Text: "通知新的证人"}))
		b.must(s.Resume(b.ctx, by, id, ver(), hearing.TextInput{Hearing: h}))
		b.fails("恢复以后没有另定日期", s.End(b.ctx, by, id, ver(), early), fault.Conflict, "已受理")
		b.must(s.Schedule(b.ctx, by, id, ver(), plan))
		b.day("2026-05-15")
		b.refused("通知没有送达，不是缺席", s.End(b.ctx, by, id, ver(), end), "XZCF-64-2")
		b.called(id, "2026-05-07")
		b.refused("中间不足七个工作日", s.End(b.ctx, by, id, ver(), end), "XZCF-64-2")
		b.called(id, "2026-04-30")
		end.Absent = false
		b.fails("不是无故缺席", s.End(b.ctx, by, id, ver(), end), fault.Invalid, "继续进行")
		end.Absent = true
		b.must(s.End(b.ctx, by, id, ver(), end))
		if got := b.judged(id, s, casework.ActSubmitReview); strings.Contains(got, "XZCF-63-1-held") {
			t.Errorf("缺席终止以后还要听证：%s", got)
		}
		b.must(s.Ask(b.ctx, b.zhao, id, ver(), hearing.AskInput{Reason: "逾期又要求"}))
		h = b.hearingOf(id)
		b.must(s.Refuse(b.ctx, by, id, ver(), hearing.TextInput{Hearing: h, Text: "超过五个工作日", Basis: "《中华人民共和国行政处罚法》第六十四条第一项"}))
	})
}

// called dates the service of the newest notice of the hearing by hand, so that one case sees two days; the scripts prove its rows.
func (b *afterNotice) called(id casework.CaseID, day string) {
	b.t.Helper()
	b.must(b.raw("UPDATE paper SET state = 'delivered', delivered_at = " + micros(day) + " WHERE id = " + b.last(id, "hearing_notice").ID.String()))
}

// 重新告知以后，当事人有新的听证权利：先前听证过的、撤回的都不算（处罚法63、64第一项）。
func TestHearing重新告知有新的权利(t *testing.T) {
	onHearings(t, func(t *testing.T, b *afterNotice, s *hearing.Service, id casework.CaseID) {
		ver := func() int64 { return b.version(id) }
		over := func(state string) {
			b.must(s.Ask(b.ctx, b.zhao, id, ver(), hearing.AskInput{Reason: "处罚过重"}))
			b.must(b.raw("UPDATE hearing SET state = '" + state + "', reported_on = '2026-04-30' WHERE id = " + strconv.FormatInt(int64(b.hearingOf(id)), 10)))
		}
		again := func() {
			b.must(b.notice.Again(b.ctx, b.zhao, id, ver(), notice.WhyInput{Why: "证据有变更"}))
			b.tick(1)
			in := b.issueInput()
			in.Changed = "补充了证据"
			b.must(b.notice.Issue(b.ctx, b.zhao, id, ver(), in))
			b.serve(id, casework.PenaltyNotice)
		}
		over("reported")
		if got := b.judged(id, s, casework.ActSubmitReview); strings.Contains(got, "XZCF-63") {
			t.Errorf("听证以后还缺 %s", got)
		}
		again()
		if got := b.judged(id, s, casework.ActSubmitReview); !strings.Contains(got, "XZCF-63-1-held") {
			t.Errorf("先前的听证算作新告知书的听证：%s", got)
		}
		over("withdrawn")
		again()
		if got := b.judged(id, s, casework.ActSubmitReview); !strings.Contains(got, "XZCF-63-1-held") {
			t.Errorf("先前撤回的听证使新的五日届满：%s", got)
		}
	})
}
