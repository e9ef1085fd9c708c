package casework

import (
	"fadu/internal/flow"
	"fadu/internal/law"
)

// HearingState is where a hearing stands.
type HearingState string

// The states of a hearing.
const (
	HearingAsked     HearingState = "asked"
	HearingAccepted  HearingState = "accepted"
	HearingScheduled HearingState = "scheduled"
	HearingPaused    HearingState = "paused"
	HearingHeld      HearingState = "held"
	HearingReported  HearingState = "reported"
	HearingRefused   HearingState = "refused"
	HearingWithdrawn HearingState = "withdrawn"
	HearingEnded     HearingState = "ended"
)

func hearings(s ...HearingState) []HearingState { return s }

// HearingTrack is 听证 (行政处罚法第六十三条至第六十五条；55号令第三十二条至第三十四条).
var HearingTrack = flow.Table[HearingState]{
	Name: "听证", Cite: basis(xzcf(63), xzcf(64), xzcf(65), mohurd(34)), Start: HearingAsked,
	States: []flow.State[HearingState]{
		{ID: HearingAsked, Label: "已申请", Class: flow.Open},
		{ID: HearingAccepted, Label: "已受理", Class: flow.Open},
		{ID: HearingScheduled, Label: "已通知，待举行", Class: flow.Open},
		{ID: HearingPaused, Label: "听证中止", Class: flow.Open},
		{ID: HearingHeld, Label: "已举行，待报告", Class: flow.Open},
		{ID: HearingReported, Label: "已出听证报告", Class: flow.Closed},
		{ID: HearingRefused, Label: "不予受理", Class: flow.Closed},
		{ID: HearingWithdrawn, Label: "当事人撤回", Class: flow.Closed},
		{ID: HearingEnded, Label: "终止听证", Class: flow.Closed},
	},
	Acts: []flow.Act[HearingState]{
		{ID: "accept_hearing", Name: "受理听证申请", From: hearings(HearingAsked), To: HearingAccepted, By: "case.preside", Cite: basis(item(xzcf(64), 1)), Guards: []law.Action{ActAcceptHearing}, Papers: []string{"hearing_acceptance"}, Emits: "casework.hearing_accepted"},
		{ID: "refuse_hearing", Name: "不予受理听证申请", From: hearings(HearingAsked), To: HearingRefused, By: "case.preside", Cite: basis(xzcf(63, 1), item(xzcf(64), 1)), Guards: []law.Action{ActRefuseHearing}, Papers: []string{"hearing_refusal"}, Emits: "casework.hearing_refused"},
		{ID: "appoint_host", Name: "指定主持人、听证员、记录员", From: hearings(HearingAccepted, HearingScheduled), By: "case.decide", Cite: basis(item(xzcf(64), 4)), Guards: []law.Action{ActPresideHearing, ActHearingSeats}, Emits: "casework.hearing_host_appointed"},
		{ID: "schedule_hearing", Name: "通知听证时间、地点", From: hearings(HearingAccepted), To: HearingScheduled, By: "case.preside", Cite: basis(item(xzcf(64), 2), item(xzcf(64), 3)), Papers: []string{"hearing_notice", "hearing_announcement"}, Clocks: []string{"听证通知最迟日"}, Emits: "casework.hearing_scheduled"},
		{ID: "postpone_hearing", Name: "延期举行听证", From: hearings(HearingScheduled), To: HearingAccepted, By: "case.preside", Cite: basis(item(xzcf(64), 2)), Papers: []string{"hearing_postponement"}, Emits: "casework.hearing_postponed"},
		{ID: "pause_hearing", Name: "中止听证", From: hearings(HearingAccepted, HearingScheduled), To: HearingPaused, By: "case.preside", Cite: basis(mohurd(34)), Papers: []string{"hearing_postponement"}, Emits: "casework.hearing_paused"},
		{ID: "resume_hearing", Name: "恢复听证", From: hearings(HearingPaused), To: HearingAccepted, By: "case.preside", Cite: basis(mohurd(34)), Emits: "casework.hearing_resumed"},
		{ID: "name_agents", Name: "登记代理人", From: hearings(HearingAccepted, HearingScheduled), By: "case.preside", Cite: basis(item(xzcf(64), 5)), Guards: []law.Action{ActHearingAgents}, Emits: "casework.hearing_agents_named"},
		{ID: "add_third", Name: "登记听证第三人", From: hearings(HearingAccepted, HearingScheduled), By: "case.preside", Cite: basis(item(xzcf(64), 2)), Papers: []string{"hearing_notice"}, Emits: "casework.hearing_third_added"},
		{ID: "hold_hearing", Name: "举行听证", From: hearings(HearingScheduled), To: HearingHeld, By: "case.preside", Cite: basis(xzcf(64), mohurd(34)), Guards: []law.Action{ActHoldHearing, ActPresideHearing, ActHearingSeats, ActHearingReady, ActRecordHearing}, Papers: []string{"hearing_record"}, Emits: "casework.hearing_held"},
		{ID: "end_hearing", Name: "终止听证", From: hearings(HearingScheduled), To: HearingEnded, By: "case.preside", Cite: basis(item(xzcf(64), 6)), Guards: []law.Action{ActEndHearing, ActHoldHearing, ActPresideHearing, ActHearingSeats, ActHearingReady}, Papers: []string{"hearing_record"}, Emits: "casework.hearing_ended"},
		{ID: "withdraw_hearing", Name: "当事人撤回听证申请", From: hearings(HearingAsked, HearingAccepted, HearingScheduled, HearingPaused), To: HearingWithdrawn, By: "case.preside", Cite: basis(xzcf(63, 1)), Papers: []string{"hearing_withdrawal"}, Emits: "casework.hearing_withdrawn"},
		{ID: "report_hearing", Name: "出具听证报告", From: hearings(HearingHeld), To: HearingReported, By: "case.preside", Cite: basis(xzcf(65), mohurd(34)), Guards: []law.Action{ActReportHearing}, Papers: []string{"hearing_report"}, Emits: "casework.hearing_reported"},
	},
}

// ServiceState is where the service of one paper stands.
type ServiceState string

// The states of a service.
const (
	ServiceReady     ServiceState = "ready"
	ServiceUnderWay  ServiceState = "under_way"
	ServiceAnnounced ServiceState = "announced"
	ServiceDone      ServiceState = "done"
	ServiceDropped   ServiceState = "dropped"
)

func services(s ...ServiceState) []ServiceState { return s }

// Serving is 送达: eight ways, each with what proves it and the day that counts (行政处罚法第六十一条；民事诉讼法第八十七条至
// 第九十五条；55号令第三十五条至第三十七条).
var Serving = flow.Table[ServiceState]{
	Name: "送达", Cite: basis(xzcf(61), msss(88), msss(89), msss(95), mohurd(35)), Start: ServiceReady,
	States: []flow.State[ServiceState]{
		{ID: ServiceReady, Label: "待送达", Class: flow.Open},
		{ID: ServiceUnderWay, Label: "送达途中", Class: flow.Open},
		{ID: ServiceAnnounced, Label: "公告中", Class: flow.Open},
		{ID: ServiceDone, Label: "已送达", Class: flow.Closed},
		{ID: ServiceDropped, Label: "不再送达", Class: flow.Closed},
	},
	Acts: []flow.Act[ServiceState]{
		{ID: "hand_over", Name: "当场交付", From: services(ServiceReady), To: ServiceDone, By: "case.handle", Cite: basis(xzcf(61, 1)), Papers: []string{"service_receipt"}, Emits: "casework.served_on_spot"},
		{ID: "serve_directly", Name: "直接送达", From: services(ServiceReady), To: ServiceDone, By: "case.handle", Cite: basis(msss(88)), Guards: []law.Action{ActServeDirectly}, Papers: []string{"service_receipt"}, Emits: "casework.served_directly"},
		{ID: "serve_by_leaving", Name: "留置送达", From: services(ServiceReady), To: ServiceDone, By: "case.handle", Cite: basis(msss(89)), Guards: []law.Action{ActServeByLeaving}, Papers: []string{"service_receipt"}, Emits: "casework.served_by_leaving"},
		{ID: "serve_electronically", Name: "电子送达", From: services(ServiceReady), To: ServiceDone, By: "case.handle", Cite: basis(xzcf(61, 2), mohurd(37)), Guards: []law.Action{ActServeElectronically}, Papers: []string{"address_confirmation", "service_receipt"}, Emits: "casework.served_electronically"},
		{ID: "entrust_service", Name: "委托送达", From: services(ServiceReady), To: ServiceUnderWay, By: "case.handle", Cite: basis(msss(91)), Papers: []string{"service_commission"}, Emits: "casework.service_entrusted"},
		{ID: "post", Name: "邮寄送达", From: services(ServiceReady), To: ServiceUnderWay, By: "case.handle", Cite: basis(msss(91), mohurd(35)), Emits: "casework.posted"},
		{ID: "forward", Name: "转交送达", From: services(ServiceReady), To: ServiceUnderWay, By: "case.handle", Cite: basis(msss(92), msss(93)), Papers: []string{"service_commission"}, Emits: "casework.service_forwarded"},
		{ID: "arrive", Name: "登记签收", From: services(ServiceUnderWay), To: ServiceDone, By: "case.handle", Cite: basis(msss(91), mohurd(35)), Papers: []string{"service_receipt"}, Emits: "casework.service_arrived"},
		{ID: "fail_service", Name: "登记送达未果", From: services(ServiceReady, ServiceUnderWay), To: ServiceReady, By: "case.handle", Cite: basis(msss(95)), Emits: "casework.service_failed"},
		{ID: "announce", Name: "公告送达", From: services(ServiceReady), To: ServiceAnnounced, By: "case.handle", Chain: "公告送达", Cite: basis(msss(95), mohurd(36)), Guards: []law.Action{ActServeByNotice, ActAnnounce}, Papers: []string{"service_announcement"}, Clocks: []string{"公告送达视为送达日"}, Emits: "casework.service_announced"},
		{ID: "notice_expired", Name: "公告期满视为送达", From: services(ServiceAnnounced), To: ServiceDone, Cite: basis(msss(95)), Emits: "casework.service_notice_expired"},
		{ID: "drop_service", Name: "不再送达", From: services(ServiceReady, ServiceUnderWay, ServiceAnnounced), To: ServiceDropped, By: "case.approve", Cite: basis(mohurd(28)), Emits: "casework.service_dropped"},
	},
}

// CourtState is where an application to the court stands.
type CourtState string

// The states of an application to the court.
const (
	CourtAsked     CourtState = "asked"
	CourtAccepted  CourtState = "accepted"
	CourtRejected  CourtState = "rejected"
	CourtAllowed   CourtState = "allowed"
	CourtDenied    CourtState = "denied"
	CourtAppealed  CourtState = "appealed"
	CourtFinished  CourtState = "finished"
	CourtOver      CourtState = "over"
	CourtWithdrawn CourtState = "withdrawn"
)

func courts(s ...CourtState) []CourtState { return s }

// CourtTrack is 申请人民法院强制执行 (行政强制法第五十三条至第六十条), of the decision or, where the party sued in vain, of the judgment (行政诉讼法第九十五条).
var CourtTrack = flow.Table[CourtState]{
	Name: "申请人民法院强制执行", Cite: basis(xzqz(53), xzqz(55), xzqz(56), xzqz(57), xzqz(58)), Start: CourtAsked,
	States: []flow.State[CourtState]{
		{ID: CourtAsked, Label: "已递交申请", Class: flow.Open},
		{ID: CourtAccepted, Label: "法院已受理", Class: flow.Open},
		{ID: CourtRejected, Label: "法院不予受理", Class: flow.Open},
		{ID: CourtAllowed, Label: "法院执行中", Class: flow.Open},
		{ID: CourtDenied, Label: "不准予执行", Class: flow.Open},
		{ID: CourtAppealed, Label: "已申请复议", Class: flow.Open},
		{ID: CourtFinished, Label: "执行完毕", Class: flow.Closed},
		{ID: CourtOver, Label: "未能执行", Class: flow.Closed},
		{ID: CourtWithdrawn, Label: "撤回申请", Class: flow.Closed},
	},
	Acts: []flow.Act[CourtState]{
		{ID: "hand_in_application", Name: "登记法院收到申请", From: courts(CourtAsked), By: "case.handle", Cite: basis(xzqz(55), xzqz(56, 1)), Guards: []law.Action{ActCourtReviews}, Clocks: []string{"法院受理非诉执行申请"}, Emits: "casework.court_received"},
		{ID: "court_accepts", Name: "登记法院受理", From: courts(CourtAsked, CourtAppealed), To: CourtAccepted, By: "case.handle", Cite: basis(xzqz(56, 1)), Guards: []law.Action{ActCourtReviews}, Clocks: []string{"法院作出准予执行裁定(书面审查)"}, Emits: "casework.court_accepted"},
		{ID: "court_rejects", Name: "登记法院不予受理", From: courts(CourtAsked), To: CourtRejected, By: "case.handle", Cite: basis(xzqz(56, 2)), Guards: []law.Action{ActCourtReviews}, Clocks: []string{"对不予受理裁定申请复议"}, Emits: "casework.court_rejected"},
		{ID: "court_hears", Name: "登记法院听取意见", From: courts(CourtAccepted), By: "case.handle", Cite: basis(xzqz(58, 1), xzqz(58, 2)), Emits: "casework.court_heard"},
		{ID: "court_allows", Name: "登记准予执行裁定", From: courts(CourtAccepted, CourtAppealed), To: CourtAllowed, By: "case.handle", Cite: basis(xzqz(57)), Emits: "casework.court_allowed"},
		{ID: "court_takes_judgment", Name: "登记法院立案执行裁判", From: courts(CourtAsked), To: CourtAllowed, By: "case.handle", Cite: basis(law.Cite("XZSS", 95), law.Cite("SSJS", 153)), Guards: []law.Action{ActCourtExecutes}, Emits: "casework.judgment_taken"},
		{ID: "court_declines_judgment", Name: "登记法院不立案执行裁判", From: courts(CourtAsked), To: CourtOver, By: "case.handle", Cite: basis(law.Cite("XZSS", 95)), Guards: []law.Action{ActCourtExecutes}, Emits: "casework.judgment_declined"},
		{ID: "court_denies", Name: "登记不准予执行裁定", From: courts(CourtAccepted), To: CourtDenied, By: "case.handle", Cite: basis(xzqz(58, 2)), Clocks: []string{"对不予执行裁定申请复议"}, Emits: "casework.court_denied"},
		{ID: "appeal_court", Name: "向上一级法院申请复议", From: courts(CourtRejected, CourtDenied), To: CourtAppealed, By: "case.decide", Cite: basis(xzqz(56, 2), xzqz(58, 3)), Guards: []law.Action{ActAppealCourt}, Papers: []string{"court_appeal"}, Emits: "casework.court_appealed"},
		{ID: "court_upholds", Name: "登记维持裁定、不再复议", From: courts(CourtRejected, CourtDenied, CourtAppealed), To: CourtOver, By: "case.handle", Cite: basis(xzqz(56, 2), xzqz(58, 3)), Emits: "casework.court_upheld"},
		{ID: "court_executed", Name: "登记执行完毕", From: courts(CourtAllowed), To: CourtFinished, By: "case.handle", Cite: basis(xzqz(57)), Emits: "casework.court_executed"},
		{ID: "court_ends", Name: "登记终结执行", From: courts(CourtAllowed), To: CourtOver, By: "case.handle", Cite: basis(xzqz(57)), Emits: "casework.court_ended"},
		{ID: "withdraw_application", Name: "撤回申请", From: courts(CourtAsked, CourtAccepted), To: CourtWithdrawn, By: "case.decide", Cite: basis(xzqz(53)), Emits: "casework.court_withdrawn"},
	},
}
