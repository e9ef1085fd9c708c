package casework

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"fadu/internal/law"
	"fadu/internal/law/calendar"
	"fadu/internal/law/timing"
	"fadu/internal/store"
)

// happened reads events, one a line: day act [of=…] [for=…] [day=…] [days=…] [paper=…] [at=15:04].
func happened(t *testing.T, text string) []timing.Event {
	t.Helper()
	var out []timing.Event
	for _, l := range strings.Split(strings.TrimSpace(text), "\n") {
		words := strings.Fields(l)
		if len(words) < 2 {
			continue
		}
		e := timing.Event{On: law.MustDate(words[0]), Act: words[1]}
		for _, w := range words[2:] {
			k, v, _ := strings.Cut(w, "=")
			switch k {
			case "of":
				e.Of = v
			case "for":
				e.For = v
			case "day":
				e.Day = law.MustDate(v)
			case "days":
				e.Days, _ = strconv.Atoi(v)
			case "paper":
				e.Paper = v
			case "at":
				at, err := time.ParseInLocation("2006-01-02 15:04", words[0]+" "+v, law.Zone)
				if err != nil {
					t.Fatal(err)
				}
				e.At = at
			default:
				t.Fatalf("no such word: %s", w)
			}
		}
		out = append(out, e)
	}
	return out
}

// clockCase is a situation and what one clock of it says: state, last day, and words of its notes.
type clockCase struct {
	name, events, today, term, of string
	state                         timing.State
	due, says                     string
}

func (c clockCase) run(t *testing.T, book *timing.Book) {
	clocks, err := book.Run(calendar.Official(), happened(t, c.events), law.MustDate(c.today))
	if err != nil {
		t.Fatal(err)
	}
	var got *timing.Clock
	for i := range clocks {
		if clocks[i].Term == c.term && clocks[i].Of == c.of {
			got = &clocks[i]
		}
	}
	if c.state == "" {
		if got != nil {
			t.Fatalf("there is a clock: %+v", *got)
		}
		return
	}
	if got == nil {
		t.Fatalf("no clock %s of %q among %d", c.term, c.of, len(clocks))
	}
	if got.State != c.state || got.Due.String() != c.due {
		t.Errorf("%s until %s, want %s until %s: %+v", got.State, got.Due, c.state, c.due, *got)
	}
	if notes := strings.Join(got.Notes, "；"); !strings.Contains(notes, c.says) {
		t.Errorf("notes %q do not say %q", notes, c.says)
	}
	if got.Article == "" || len(got.Cite) == 0 {
		t.Error("the clock names no basis")
	}
}

func runClocks(t *testing.T, book *timing.Book, cases []clockCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) { c.run(t, book) })
	}
}

// 立案和调查阶段的期限。
func TestClocksOfInquiry(t *testing.T) {
	const (
		check, decide, save, seal = "线索核查期限", "作出处罚决定期限", "先行登记保存处理期限", "查封、扣押期限"
		filed                     = "2026-03-02 approve_filing\n"
	)
	runClocks(t, OrdinaryClocks(), []clockCase{
		{"线索核查十五个工作日（55号令15）", "2026-03-02 register", "2026-03-10", check, "", timing.Running, "2026-03-23", ""},
		{"经批准延长十个工作日", "2026-03-02 register\n2026-03-20 extend_check days=10", "2026-03-21", check, "", timing.Running, "2026-04-07", ""},
		{"延长十一个工作日的不计", "2026-03-02 register\n2026-03-20 extend_check days=11", "2026-03-21", check, "", timing.Running, "2026-03-23", "超过法定的 10 日"},
		{"期满以后才延长的不计", "2026-03-02 register\n2026-03-24 extend_check days=10", "2026-03-25", check, "", timing.Running, "2026-03-23", "已于2026-03-23届满"},
		{"同一种延长只许一次", "2026-03-02 register\n2026-03-18 extend_check days=5\n2026-03-20 extend_check days=5", "2026-03-21", check, "", timing.Running, "2026-03-30", "只许一次"},
		{"期限内立案", "2026-03-02 register\n2026-03-23 approve_filing", "2026-04-01", check, "", timing.Kept, "2026-03-23", ""},
		{"超过期限才不予立案", "2026-03-02 register\n2026-03-24 decline_filing", "2026-04-01", check, "", timing.Late, "2026-03-23", ""},
		{"改走当场处罚的不再核查", "2026-03-02 register\n2026-03-02 start", "2026-04-01", check, "", timing.Dropped, "2026-03-23", ""},

		{"立案起九十日（处罚法60）", filed, "2026-03-03", decide, "", timing.Running, "2026-05-31", ""},
		{"负责人批准延长三十日（55号令29）", filed + "2026-05-20 extend_decision days=30", "2026-05-21", decide, "", timing.Running, "2026-06-30", ""},
		{"集体讨论再延长六十日", filed + "2026-05-20 extend_decision days=30\n2026-06-20 extend_decision_again days=60", "2026-06-21", decide, "", timing.Running, "2026-08-29", ""},
		{"鉴定的十五日不计入", filed + "2026-03-10 commission of=appraisal/1 paper=委托书\n2026-03-25 receive_result of=appraisal/1", "2026-04-01", decide, "", timing.Running, "2026-06-15", ""},
		{"委托的报告期限届满还没有结果，期满以后照算（55号令29）", filed + "2026-03-10 commission of=appraisal/1 day=2026-03-25 paper=委托书", "2026-05-01", decide, "", timing.Running, "2026-06-15", ""},
		{"结果迟于委托的报告期限，只扣除到委托书写明的那一天", filed + "2026-03-10 commission of=appraisal/1 day=2026-03-25 paper=委托书\n2026-04-20 receive_result of=appraisal/1", "2026-05-01", decide, "", timing.Running, "2026-06-15", ""},
		{"期满前另出委托书，扣除到结果", filed + "2026-03-10 commission of=appraisal/1 day=2026-03-25 paper=委托书\n2026-03-25 prolong_commission of=appraisal/1 day=2026-04-30 paper=委托书\n2026-04-20 receive_result of=appraisal/1", "2026-05-01", decide, "", timing.Running, "2026-07-11", ""},
		{"撤回委托，扣除到撤回那天", filed + "2026-03-10 commission of=appraisal/1 day=2026-04-30 paper=委托书\n2026-03-25 cancel_commission of=appraisal/1", "2026-05-01", decide, "", timing.Running, "2026-06-15", ""},
		{"中止的原因当日消除的，恢复在中止以后，期限照走", filed + "2026-03-10 suspend paper=决定书\n2026-03-10 resume", "2026-04-01", decide, "", timing.Running, "2026-05-31", ""},
		{"结果早于告知的报告期限，扣除到结果", filed + "2026-03-10 commission of=appraisal/1 day=2026-04-30 paper=委托书\n2026-03-25 receive_result of=appraisal/1", "2026-04-01", decide, "", timing.Running, "2026-06-15", ""},
		{"查封物品的鉴定超过告知的期间，期满以后照算（强制法25第三款）", "2026-03-02 seize of=seizure/1\n2026-03-05 commission of=appraisal/1 for=seizure/1 day=2026-03-15 paper=委托书", "2026-04-20", seal, "seizure/1", timing.Running, "2026-04-11", ""},
		{"没有委托书的鉴定不扣除", filed + "2026-03-10 commission of=appraisal/1\n2026-03-25 receive_result of=appraisal/1", "2026-04-01", decide, "", timing.Running, "2026-05-31", "没有依据文书"},
		{"鉴定没有出结果，期限停着", filed + "2026-03-10 commission of=appraisal/1 paper=委托书", "2026-04-01", decide, "", timing.Still, "", ""},
		{"鉴定停着的时候可以延长", filed + "2026-05-25 commission of=appraisal/1 paper=委托书\n2026-06-10 extend_decision days=30\n2026-06-24 receive_result of=appraisal/1", "2026-06-25", decide, "", timing.Running, "2026-07-30", ""},
		{"期满以后才委托鉴定，仍是超期", filed + "2026-06-02 commission of=appraisal/1 paper=委托书", "2026-06-10", decide, "", timing.Running, "2026-05-31", ""},
		{"中止的二十日不计入（55号令30）", filed + "2026-04-01 suspend paper=审批表\n2026-04-21 resume", "2026-05-01", decide, "", timing.Running, "2026-06-20", ""},
		{"中止期间停着", filed + "2026-04-01 suspend paper=审批表", "2026-08-01", decide, "", timing.Still, "", ""},
		{"鉴定与听证重叠的日子只扣一次", filed + "2026-03-10 commission of=appraisal/1 paper=委托书\n2026-03-20 accept_hearing of=hearing/1 paper=受理通知书\n2026-03-25 receive_result of=appraisal/1\n2026-03-30 report_hearing of=hearing/1", "2026-04-01", decide, "", timing.Running, "2026-06-20", ""},
		{"邮寄在途三日不计入（55号令45）", filed + "2026-05-06 post of=service/1 paper=邮单\n2026-05-09 arrive of=service/1", "2026-05-10", decide, "", timing.Running, "2026-06-03", ""},
		{"撤销后重新办理，自重新办理起九十日", filed + "2026-05-06 decide_penalty\n2026-06-01 revoke\n2026-06-10 reopen", "2026-06-11", decide, "", timing.Running, "2026-09-08", ""},
		{"裁判限定重作期限的，按裁判", filed + "2026-05-06 decide_penalty\n2026-06-01 revoke\n2026-06-10 reopen day=2026-07-10\n2026-06-10 to_decide_by day=2026-07-10", "2026-06-11", clockAnew, "", timing.Running, "2026-07-10", ""},
		{"裁判没有限定的，没有这一条", filed + "2026-05-06 decide_penalty\n2026-06-01 revoke\n2026-06-10 reopen", "2026-06-11", clockAnew, "", "", "", ""},
		{"公告送达的三十日照算", filed + "2026-04-01 announce of=service/1 paper=公告\n2026-05-01 notice_expired of=service/1", "2026-05-10", decide, "", timing.Running, "2026-05-31", ""},
		{"末日当天决定", filed + "2026-05-31 decide_penalty", "2026-06-10", decide, "", timing.Kept, "2026-05-31", ""},
		{"末日是星期日，顺延到次日决定不算违法（55号令45）", filed + "2026-06-01 decide_penalty", "2026-06-10", decide, "", timing.Kept, "2026-05-31", "顺延"},
		{"再晚一天就是超期", filed + "2026-06-02 decide_penalty", "2026-06-10", decide, "", timing.Late, "2026-05-31", ""},
		{"决定书送达前作废的，期限接着算", filed + "2026-05-20 decide_penalty\n2026-05-22 void_paper", "2026-05-23", decide, "", timing.Running, "2026-05-31", ""},
		{"终止调查被退回的，期限接着算", filed + "2026-05-20 terminate\n2026-05-22 return_closing", "2026-05-23", decide, "", timing.Running, "2026-05-31", ""},
		{"核查时委托的鉴定，立案以后的十日不计入", "2026-02-25 commission of=appraisal/1 paper=委托书\n" + filed + "2026-03-12 receive_result of=appraisal/1", "2026-03-20", decide, "", timing.Running, "2026-06-10", ""},
		{"移送公安的时间不扣除", filed + "2026-03-20 hand_to_police\n2026-05-20 police_decline", "2026-05-21", decide, "", timing.Running, "2026-05-31", ""},
		{"本系统没有载入的法律不推算", "2019-03-02 approve_filing", "2026-03-03", decide, "", "", "", ""},

		{"登记保存七个工作日，跨过劳动节（处罚法56、85）", "2026-04-29 preserve of=preservation/1", "2026-05-06", save, "preservation/1", timing.Running, "2026-05-12", ""},
		{"登记保存期内处理", "2026-04-29 preserve of=preservation/1\n2026-05-12 settle_preservation of=preservation/1", "2026-05-20", save, "preservation/1", timing.Kept, "2026-05-12", ""},
		{"登记保存晚一天处理", "2026-04-29 preserve of=preservation/1\n2026-05-13 settle_preservation of=preservation/1", "2026-05-20", save, "preservation/1", timing.Late, "2026-05-12", ""},
		{"查封三十日不顺延（强制法25）", "2026-03-02 seize of=seizure/1", "2026-03-20", seal, "seizure/1", timing.Running, "2026-04-01", ""},
		{"查封延长三十日", "2026-03-02 seize of=seizure/1\n2026-03-30 extend_seizure of=seizure/1 days=30", "2026-03-31", seal, "seizure/1", timing.Running, "2026-05-01", ""},
		{"查封延长三十一日的不计", "2026-03-02 seize of=seizure/1\n2026-03-30 extend_seizure of=seizure/1 days=31", "2026-03-31", seal, "seizure/1", timing.Running, "2026-04-01", "超过法定的 30 日"},
		{"查封物品鉴定的十日不计入（强制法25第三款）", "2026-03-02 seize of=seizure/1\n2026-03-05 commission of=appraisal/1 for=seizure/1 paper=委托书\n2026-03-15 receive_result of=appraisal/1", "2026-03-20", seal, "seizure/1", timing.Running, "2026-04-11", ""},
		{"鉴定的是另一件，本件照算", "2026-03-02 seize of=seizure/1\n2026-03-02 seize of=seizure/2\n2026-03-05 commission of=appraisal/1 for=seizure/2 paper=委托书\n2026-03-15 receive_result of=appraisal/1", "2026-03-20", seal, "seizure/1", timing.Running, "2026-04-01", ""},
		{"解除一件，另一件还在算", "2026-03-02 seize of=seizure/1\n2026-03-02 seize of=seizure/2\n2026-03-10 release of=seizure/2", "2026-03-20", seal, "seizure/1", timing.Running, "2026-04-01", ""},
		{"责令改正按文书写的日子（处罚法28）", "2026-06-01 order_correction of=paper/7 day=2026-06-10", "2026-06-02", clockCorrection, "paper/7", timing.Running, "2026-06-10", ""},
		{"管辖争议自发生之日起七个工作日协商（55号令6）", "2026-06-03 dispute day=2026-06-01", "2026-06-02", "管辖争议协商期限", "", timing.Running, "2026-06-10", ""},
	})
}

// 告知、听证、审核、送达的期限。
func TestClocksOfNoticeAndDecision(t *testing.T) {
	const ask, hold, review = "听证申请期限", "听证通知最迟日", "法制审核期限"
	runClocks(t, OrdinaryClocks(), []clockCase{
		{"五个工作日内要求听证，跨过劳动节（处罚法64、85）", "2026-04-30 notice_served", "2026-05-11", ask, "", timing.Running, "2026-05-11", ""},
		{"期满没有要求，权利失去，不算机关超期", "2026-04-30 notice_served", "2026-05-12", ask, "", timing.RanOut, "2026-05-11", ""},
		{"最后一天要求", "2026-04-30 notice_served\n2026-05-11 ask_hearing of=hearing/1", "2026-05-20", ask, "", timing.Kept, "2026-05-11", ""},
		{"重新告知的重新计算", "2026-04-30 notice_served\n2026-05-06 notify_again\n2026-06-01 notice_served", "2026-06-02", ask, "", timing.Running, "2026-06-08", ""},
		{"听证前空出完整的七个工作日（处罚法64）", "2026-05-09 schedule_hearing of=hearing/1 day=2026-05-20", "2026-05-10", hold, "hearing/1", timing.Kept, "2026-05-09", ""},
		{"只空出六个工作日", "2026-05-11 schedule_hearing of=hearing/1 day=2026-05-20", "2026-05-12", hold, "hearing/1", timing.Late, "2026-05-09", ""},
		{"法制审核十个工作日（55号令25）", "2026-06-01 submit_review", "2026-06-02", review, "", timing.Running, "2026-06-15", ""},
		{"再次送审重新计算，跨过端午节", "2026-06-01 submit_review\n2026-06-10 review_amend\n2026-06-15 submit_review", "2026-06-16", review, "", timing.Running, "2026-06-30", ""},
		{"审核晚了一天", "2026-06-01 submit_review\n2026-06-16 review_agree", "2026-06-17", review, "", timing.Late, "2026-06-15", ""},
		{"撤回送审的不再计算", "2026-06-01 submit_review\n2026-06-05 withdraw_review", "2026-06-17", review, "", timing.Dropped, "2026-06-15", ""},
		{"决定书七个工作日内送达（处罚法61）", "2026-06-15 decide_penalty", "2026-06-16", "处罚决定书送达期限(当事人不在场)", "", timing.Running, "2026-06-25", ""},
		{"公告三十日满视为送达，不顺延（民诉法95）", "2026-06-04 announce of=service/3", "2026-06-20", "公告送达视为送达日", "service/3", timing.Running, "2026-07-04", ""},
		{"批准移送后二十四小时内移送（移送规定5）", "2026-06-05 approve_crime at=17:30\n2026-06-06 hand_to_police at=17:00", "2026-06-07", "批准移送涉嫌犯罪案件后移送", "", timing.Kept, "2026-06-06", ""},
		{"决定书交邮，在期限以内", "2026-06-01 decide_penalty\n2026-06-03 decision_sent", "2026-06-20", "处罚决定书送达期限(当事人不在场)", "", timing.Kept, "2026-06-10", ""},
		{"邮件退回，送达期限接着算（处罚法61）", "2026-06-01 decide_penalty\n2026-06-03 decision_sent\n2026-06-15 decision_returned", "2026-06-20", "处罚决定书送达期限(当事人不在场)", "", timing.Running, "2026-06-10", ""},
		{"超过二十四小时，休息日不除外", "2026-06-05 approve_crime at=17:30\n2026-06-06 hand_to_police at=18:00", "2026-06-07", "批准移送涉嫌犯罪案件后移送", "", timing.Late, "2026-06-06", ""},
		{"次年放假安排没有载入，给出最早的日子", "2026-12-25 submit_review", "2026-12-26", review, "", timing.Running, "2027-01-07", ""},
	})
}

// 履行、催告、申请法院的期限。
func TestClocksOfPerformance(t *testing.T) {
	const (
		pay, parts, court = "缴纳罚款期限", clockPayParts, "申请法院强制执行截止"
		served            = "2026-01-20 decision_served\n"
	)
	runClocks(t, OrdinaryClocks(), []clockCase{
		{"收到决定书十五日内缴款，末日端午节顺延（处罚法67）", "2026-06-04 decision_served", "2026-06-10", pay, "", timing.Running, "2026-06-22", ""},
		{"批准分期的，按通知书的日子", "2026-06-04 decision_served\n2026-06-10 part_due of=payment_part/1-1 day=2026-12-10", "2026-07-01", parts, "payment_part/1-1", timing.Running, "2026-12-10", ""},
		{"批准分期的，原来的缴款期不再算", "2026-06-04 decision_served\n2026-06-10 approve_terms day=2026-12-10", "2026-07-01", pay, "", timing.Dropped, "2026-06-22", ""},
		{"变更决定作出还没有送达，仍按原决定书", "2026-06-04 decision_served\n2026-06-10 change", "2026-06-12", pay, "", timing.Running, "2026-06-22", ""},
		{"变更决定书送达起十五日（处罚法67）", "2026-06-04 decision_served\n2026-06-10 change\n2026-06-15 change_served", "2026-06-16", pay, "", timing.Running, "2026-06-30", ""},
		{"缴清", "2026-06-04 decision_served\n2026-06-22 paid_up", "2026-07-01", pay, "", timing.Kept, "2026-06-22", ""},
		{"复议六十日，末日星期六顺延（复议法20）", served, "2026-02-01", "行政复议申请期限", "", timing.Running, "2026-03-23", ""},
		{"对变更决定的复议期限自送达起（复议法20）", "2026-01-12 decision_served\n2026-01-16 change\n2026-01-20 change_served", "2026-02-01", "行政复议申请期限", "", timing.Running, "2026-03-23", ""},
		{"起诉六个月（行诉法46）", served, "2026-02-01", "直接起诉期限", "", timing.Running, "2026-07-20", ""},
		{"起诉期没有届满，没有申请法院的期限", served, "2026-07-20", court, "", "", "", ""},
		{"起诉期满起三个月内申请法院（强制法53）", served, "2026-07-21", court, "", timing.Running, "2026-10-20", ""},
		{"三个月内申请", served + "2026-10-20 apply_court", "2026-11-01", court, "", timing.Kept, "2026-10-20", ""},
		{"超过三个月", served + "2026-10-21 apply_court", "2026-11-01", court, "", timing.Late, "2026-10-20", ""},
		{"当事人起诉了，不申请非诉执行", served + "2026-07-10 register_suit of=suit/1", "2026-08-21", court, "", "", "", ""},
		{"复议维持后十五日没有起诉，再三个月", served + "2026-03-01 register_review\n2026-03-01 review_plain\n2026-05-06 review_decided\n2026-05-06 review_stands", "2026-05-22", court, "", timing.Running, "2026-08-21", ""},
		{"复议终止的，六个月接着算，不按十五日（行诉解释58）", served + "2026-03-01 register_review\n2026-05-06 review_decided\n2026-05-06 review_ended", "2026-05-22", "直接起诉期限", "", timing.Running, "2026-07-20", ""},
		{"复议终止、六个月没有届满，没有申请法院的期限", served + "2026-03-01 register_review\n2026-05-06 review_decided\n2026-05-06 review_ended", "2026-07-20", court, "", "", "", ""},
		{"复议终止时六个月已满，自终止起三个月", served + "2026-03-01 register_review\n2026-08-06 review_decided\n2026-08-06 review_ended", "2026-08-07", court, "", timing.Running, "2026-11-06", ""},
		{"复议机关六十日内决定（复议法62）", served + "2026-03-02 register_review\n2026-03-02 review_plain", "2026-04-01", "复议决定期限(普通程序)", "", timing.Running, "2026-05-06", ""},
		{"复议机关延长三十日", served + "2026-03-02 register_review\n2026-03-02 review_plain\n2026-04-20 extend_review days=30", "2026-05-20", "复议决定期限(普通程序)", "", timing.Running, "2026-06-01", ""},
		{"简易程序三十日内决定", served + "2026-03-02 register_review\n2026-03-02 review_short", "2026-03-20", "复议决定期限(简易程序)", "", timing.Running, "2026-04-01", ""},
		{"复议机关逾期不决定，期满起十五日（行诉法45）", served + "2026-03-02 register_review\n2026-03-02 review_plain", "2026-05-07", "复议机关逾期不决定的起诉期限", "", timing.Running, "2026-05-21", ""},
		{"逾期不决定又没有起诉，再三个月", served + "2026-03-02 register_review\n2026-03-02 review_plain\n2026-05-06 review_decided", "2026-05-22", court, "", timing.Running, "2026-08-21", ""},
		{"逾期以后才收到维持决定的，按收到起十五日", served + "2026-03-02 register_review\n2026-03-02 review_plain\n2026-05-13 review_decided\n2026-05-13 review_stands", "2026-05-29", court, "", timing.Running, "2026-08-28", ""},
		{"期满前作出撤销决定，没有逾期不决定的期限", served + "2026-03-02 register_review\n2026-03-02 review_plain\n2026-04-13 review_decided\n2026-04-13 review_undid", "2026-05-29", "复议机关逾期不决定的起诉期限", "", "", "", ""},
		{"撤诉时起诉期还没有满，期满起三个月", served + "2026-05-10 register_suit\n2026-06-10 suit_decided\n2026-06-10 suit_dropped", "2026-07-21", court, "", timing.Running, "2026-10-20", ""},
		{"撤诉时起诉期没有满，没有申请法院的期限", served + "2026-05-10 register_suit\n2026-06-10 suit_decided\n2026-06-10 suit_dropped", "2026-07-20", court, "", "", "", ""},
		{"撤诉、驳回起诉时起诉期已满，自裁定起三个月", served + "2026-07-10 register_suit\n2026-12-10 suit_decided\n2026-12-10 suit_dropped", "2026-12-11", court, "", timing.Running, "2027-03-10", ""},
		{"复议维持后起诉又撤诉的，六个月不再算", served + "2026-03-02 register_review\n2026-03-02 review_plain\n2026-04-13 review_decided\n2026-04-13 review_stands\n2026-04-20 register_suit\n2026-06-10 suit_decided\n2026-06-10 suit_dropped_after_review", "2026-06-11", court, "", timing.Running, "2026-09-10", ""},
		{"听取意见后的三十日自受理起算（强制法58）", "2026-06-01 court_accepts of=court/1\n2026-06-01 court_hears_since of=court/1\n2026-06-10 court_hears of=court/1", "2026-06-11", "法院听取意见后裁定", "court/1", timing.Running, "2026-07-01", ""},
		{"分期结束了，起诉期还没有满，没有申请法院的期限", served + "2026-01-30 approve_terms day=2026-03-10", "2026-03-11", court, "", "", "", ""},
		{"分期结束晚于起诉期满的，自分期结束起算（处罚法72）", served + "2026-01-30 approve_terms day=2026-08-10", "2026-08-11", court, "", timing.Running, "2026-11-10", ""},
		{"催告十个工作日，跨过中秋国庆（强制法54、69）", "2026-09-21 demand_served", "2026-09-22", "申请法院强制执行前催告期满日", "", timing.Running, "2026-10-12", ""},
		{"催告期满没有履行", "2026-09-21 demand_served", "2026-10-13", "申请法院强制执行前催告期满日", "", timing.RanOut, "2026-10-12", ""},
		{"公安立案起十五个工作日，不是登记起（55号令31）", "2026-06-25 police_file day=2026-06-22", "2026-06-26", "填写结案审批表期限", "", timing.Running, "2026-07-13", ""},
		{"履行完毕起十五个工作日内报结案（55号令31）", "2026-06-22 all_performed", "2026-06-23", "填写结案审批表期限", "", timing.Running, "2026-07-13", ""},
	})
}

func TestClocksOfTheStreet(t *testing.T) {
	runClocks(t, OnSpotClocks(), []clockCase{
		{"当场处罚三个工作日内备案（55号令14）", "2026-06-16 decide", "2026-06-17", termFile, "", timing.Running, "2026-06-22", ""},
		{"现金二个工作日内上交（处罚法71）", "2026-06-16 collect of=payment/1", "2026-06-17", termHandIn, "payment/1", timing.Running, "2026-06-18", ""},
		{"上交以后二个工作日内缴付银行", "2026-06-16 collect of=payment/1\n2026-06-18 hand_in of=payment/1", "2026-06-18", termDeposit, "payment/1", timing.Running, "2026-06-23", ""},
		{"缴款十五日", "2026-06-04 deliver", "2026-06-10", termPay, "", timing.Running, "2026-06-22", ""},
	})
}

func TestSurchargeFromEvents(t *testing.T) {
	due := law.MustDate("2026-06-22")
	for _, c := range []struct {
		name, on, events string
		want             law.Money
		days             int
	}{
		{"逾期两日", "2026-06-24", "", law.Yuan(600), 2},
		{"到期当日不加处", "2026-06-22", "", 0, 0},
		{"到本金为止", "2026-09-01", "", law.Yuan(10000), 34},
		{"复议期间不计（处罚法73）", "2026-07-02", "2026-06-24 register_review of=review/1\n2026-06-30 review_decided of=review/1", law.Yuan(900), 3},
		{"复议、诉讼重叠的日子只扣一次", "2026-07-02", "2026-06-24 register_review of=review/1\n2026-06-28 register_suit of=suit/1\n2026-06-30 review_decided of=review/1", law.Yuan(300), 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := accrued(&Case{Penalty: Penalty{Amount: law.Yuan(10000)}}, due, nil, nil, law.MustDate(c.on), pendingOn(happened(t, c.events)))
			if err != nil || s.Amount != c.want || s.Days != c.days {
				t.Errorf("%s for %d days, %v; want %s for %d", s.Amount.Grouped(), s.Days, err, c.want.Grouped(), c.days)
			}
		})
	}
}

// 另发通知把一天改成放假：正在走的期限顺着动，已经办结的、已经届满的不动。
func TestACalendarChangeMovesRunningClocksOnly(t *testing.T) {
	after, err := calendar.Official().With([]calendar.Row{{Date: law.MustDate("2026-06-08"), Kind: calendar.Holiday, Name: "临时放假", Source: "演示通知〔2026〕1号"}})
	if err != nil {
		t.Fatal(err)
	}
	events := happened(t, `2026-05-28 submit_review
2026-06-05 review_agree
2026-06-01 preserve of=preservation/1
2026-06-02 preserve of=preservation/2
2026-06-10 settle_preservation of=preservation/2
2026-03-02 approve_filing
2026-05-27 notice_served`)
	moved, err := OrdinaryClocks().Moved(calendar.Official(), after, events, law.MustDate("2026-06-06"))
	if err != nil {
		t.Fatal(err)
	}
	if len(moved) != 1 || moved[0].Of != "preservation/1" || moved[0].Was.String() != "2026-06-10" || moved[0].Is.String() != "2026-06-11" {
		t.Errorf("moved %+v", moved)
	}
}

// TestResumeKeepsItsPlace: a suspension whose ground ended on the day it began is ended after it, not before.
func TestResumeKeepsItsPlace(t *testing.T) {
	day := law.MustDate("2026-03-10")
	begun := day.Start().Add(10 * time.Hour)
	e := CaseAct{Act: "resume", On: day.AddDays(6), At: store.Micros(begun.Add(6 * 24 * time.Hour)), Named: day}.event()
	if e.On != day || !e.At.After(begun) {
		t.Errorf("%+v", e)
	}
}
