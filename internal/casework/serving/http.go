package serving

import (
	"strings"

	"github.com/a-h/templ"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/casework/pages"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/web"
)

// Desk is what the kernel asks of this desk.
func (s *Service) Desk() casework.Desk {
	return casework.Desk{Name: "送达", Facts: s.facts, Tracks: s.tracks, Events: s.events, After: s.after, Mends: map[string]string{
		"XZCF-61-2-consent": "confirm_address", "XZCF-61-2-confirmed": "confirm_address", "MSSS-95": "fail_service",
	}, Forms: []casework.Form{
		{Act: "send", Submit: "出具送达回证", Explain: "选一份要送达当事人的文书，打印回证随文书带去。", When: "除告知书、决定书、催告书以外，要送达当事人的", Body: s.sendBody, Post: s.postSend},
		{Act: "confirm_address", Submit: "登记，出具确认书", Explain: "当事人签署后登记；地址变更的，当事人应在五个工作日内书面告知，再登记一份。", When: "当事人确认送达地址，或者同意电子送达的", Body: s.addressBody, Post: s.postAddress},
		{Act: "notice_served", Submit: "确认已送达", Explain: "最后一份告知书送达时自动办理。", When: "文书已由别的途径送达的", Post: s.postConfirm("notice_served")},
		{Act: "decision_served", Submit: "确认已送达", Explain: "决定书送达时自动办理。", When: "文书已由别的途径送达的", Post: s.postConfirm("decision_served")},
		{Act: "demand_served", Submit: "确认已送达", Explain: "催告书送达时自动办理。", When: "文书已由别的途径送达的", Post: s.postConfirm("demand_served")},
		{Act: string(OnSpot), Submit: "登记签收", Explain: "以签收日期为送达日。", When: "宣告时当事人在场的", Body: s.deliverBody, Post: s.postDeliver(OnSpot)},
		{Act: string(Direct), Submit: "登记签收", Explain: "以回证上的签收日期为送达日。", When: "送到住所、单位的", Presume: presumes(law.ReceiptSigned), Body: s.deliverBody, Post: s.postDeliver(Direct)},
		{Act: string(Leaving), Submit: "登记留置送达", Explain: "以留置日为送达日。", When: "当面拒收的", Presume: presumes(law.RecipientRefused, law.WitnessPresent, law.LeftAtResidence), Body: s.leaveBody, Post: s.postLeave},
		{Act: string(Electronic), Submit: "登记到达", Explain: "以到达当事人确认的系统的日期为送达日。", When: "当事人书面同意的", Presume: s.presumeElectronic, Body: s.electronicBody, Post: s.postElectronic},
		{Act: string(Posted), Submit: "登记交邮", Explain: "收到回执后登记签收，以回执注明的收件日期为送达日。", When: "直接送达有困难的", Body: s.beginBody(Posted), Post: s.postBegin(Posted)},
		{Act: string(Entrusted), Submit: "发函委托", Explain: "收到回证后登记签收。", When: "当事人在外地的", Body: s.beginBody(Entrusted), Post: s.postBegin(Entrusted)},
		{Act: string(Forwarded), Submit: "发函转交", Explain: "收到回证后登记签收。", When: "当事人是军人、被监禁、被强制教育的", Body: s.beginBody(Forwarded), Post: s.postBegin(Forwarded)},
		{Act: "arrive", Submit: "登记签收", Explain: "以回执、回证注明的收件日期为送达日，不是寄出的日期。", When: "回执、回证已收到的", Body: s.arriveBody, Post: s.postArrive},
		{Act: "fail_service", Submit: "登记未送到", Explain: "记下日期和原因，再换一种方式；公告送达以这些记录为凭。", When: "没有送到的", Body: s.failBody, Post: s.postFail},
		{Act: string(Announced), Submit: "发出公告", Danger: true, Explain: "自发出公告起经过三十日视为送达，期满次日自动登记。", When: "下落不明，或者其他方式都送不到的", Presume: presumes(law.WhereaboutsUnknown, law.ReasonRecorded), Body: s.announceBody, Post: s.postAnnounce},
		{Act: "drop_service", Submit: "不再送达", Danger: true, Explain: "文书作废、重出等，写明理由。", When: "不用再送的", Body: s.dropBody, Post: s.postDrop},
	}}
}

// presumes takes facts as stated that only the form states.
func presumes(keys ...law.BoolKey) func(*store.Tx, access.Session, *casework.Case, *law.Facts) error {
	return func(_ *store.Tx, _ access.Session, _ *casework.Case, f *law.Facts) error {
		for _, k := range keys {
			f.SetBool(k, true, "form")
		}
		return nil
	}
}

// presumeElectronic looks whether any consent is on file; for which papers it holds is judged with the act.
func (s *Service) presumeElectronic(tx *store.Tx, _ access.Session, c *casework.Case, f *law.Facts) error {
	held, err := address(tx, c.ID)
	f.SetBool(law.PartyConsented, held != nil && bool(held.Electronic), "form")
	f.SetBool(law.ConfirmationSigned, held != nil && bool(held.Electronic), "form")
	return err
}

// course is what was tried so far, shown above the form.
func (s *Service) course(tx *store.Tx, at casework.FormAt) ([]web.FactView, error) {
	all, err := tries(tx, at.Case.ID)
	out := []web.FactView{{Label: "受送达人", Text: at.Case.PartyName}, {Label: "地址", Text: at.Case.PartyAddress}}
	if held, err := address(tx, at.Case.ID); err == nil && held != nil {
		out[1] = web.FactView{Label: "确认的地址", Text: joined(held.Address, held.Receiver, held.Phone)}
		if held.Electronic {
			out = append(out, web.FactView{Label: "同意电子送达", Text: joined(held.Account, strings.ReplaceAll(held.Papers, "\n", "、"))})
		}
	}
	for _, t := range all {
		if t.Service == paperOf(at.Of) && t.Act != "send" {
			label := t.Way.Label()
			if t.Act == "fail_service" {
				label += "未果"
			}
			out = append(out, web.FactView{Label: t.On.Han(), Text: joined(label, t.Place, t.Reason, t.Proof)})
		}
	}
	return out, err
}

// body is a form below the course of the service.
func (s *Service) body(fields func(at casework.FormAt) []pages.DeskField) func(*store.Tx, casework.FormAt) (templ.Component, error) {
	return func(tx *store.Tx, at casework.FormAt) (templ.Component, error) {
		facts, err := s.course(tx, at)
		return pages.DeskFields(facts, fields(at)...), err
	}
}

func (s *Service) postConfirm(act string) func(casework.Posted) (string, error) {
	return func(q casework.Posted) (string, error) {
		return "已确认送达", s.Confirm(q.Context(), q.By, q.Case, q.Version, act)
	}
}
