package measure

import (
	"fmt"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/law"
	"fadu/internal/org"
	"fadu/internal/store"
	"fadu/internal/web"
)

type presumes = func(*store.Tx, access.Session, *casework.Case, *law.Facts) error

// Desk is what the kernel asks of this desk.
func (s *Service) Desk() casework.Desk {
	return casework.Desk{Name: "登记保存、查封扣押", Facts: s.facts, Tracks: s.tracks, After: s.after, Held: s.heldThings, Stays: stays, PassOn: passOn, Notices: s.notices, Mends: map[string]string{
		"XZCF-56-consent": "consent_preservation", "XZQZ-28-closing": "release", "XZQZ-18-1": "approve_seizure",
	}, Forms: append([]casework.Form{
		casework.Ask(casework.Form{Act: "ask_preservation", Submit: "报批，出具审批表", Explain: "登记保存是取证，不是扣押；七个工作日内要作出处理决定。", When: "证据可能灭失、拍照不够的"}, "已报批先行登记保存", nil, s.AskPreservation),
		casework.Ask(casework.Form{Act: "approve_preservation", Submit: "批准", Explain: "批准后由两名执法人员实施。", Presume: presume(head), Alone: s.alone("approve_preservation", preservation)}, "已批准登记保存", about[DecideInput](s), s.ApprovePreservation),
		casework.Ask(casework.Form{Act: "consent_preservation", Submit: "同意登记保存", Explain: "车辆、摊位、易腐的东西，影响生产生活，先由法制机构看必要性；清走的自行车登记到清理移置，不在这里。"}, "已同意，等负责人批准", about[ConsentInput](s), s.Consent),
		casework.Ask(casework.Form{Act: "refuse_preservation", Submit: "不批准", Explain: "写明理由，用别的办法取证。"}, "没有批准登记保存", about[DecideInput](s), s.RefusePreservation),
		casework.Ask(casework.Form{Act: "drop_preservation", Submit: "不再实施", Explain: "报批了没有实施的，写明原因。"}, "已登记不再实施", about[DropInput](s), s.DropPreservation),
		casework.Ask(casework.Form{Act: "preserve", Submit: "实施，出具通知书和清单", Explain: "清单当场核对，一式二份。", Presume: presume(shown)}, "已实施登记保存", about[PreserveInput](s), s.Preserve),
		casework.Ask(casework.Form{Act: "settle_preservation", Submit: "作出处理决定", Explain: "七个工作日届满没有决定的，自动解除。", Presume: presume(settling)}, "已作出处理决定", s.startSettle, s.Settle),
		casework.Ask(casework.Form{Act: "return_preserved", Submit: "登记退还，出具清单", Explain: "期满自动解除的物品，当面清点，领取人签名。"}, "已登记退还", s.startReturnPreserved, s.ReturnPreserved),
		casework.Ask(casework.Form{Act: "store_preserved", Submit: "登记，出具出入库单", Explain: "经手人是主办，保管人是登记的人。"}, "已登记保管", s.startStore, s.StorePreserved),
		casework.Ask(casework.Form{Act: "ask_seizure", Submit: "报批，出具审批表", Explain: "只限法律、法规规定可以查封、扣押的行为和涉案的财物。", When: "法律规定可以查封、扣押的"}, "已报批查封、扣押", startAsk, s.AskSeizure),
		casework.Ask(casework.Form{Act: "approve_seizure", Submit: "批准", Explain: "批准后由两名以上执法人员实施。", Alone: s.alone("approve_seizure", seizure)}, "已批准查封、扣押", about[DecideInput](s), s.ApproveSeizure),
		casework.Ask(casework.Form{Act: "refuse_seizure", Submit: "不批准", Explain: "写明理由。"}, "没有批准查封、扣押", about[DecideInput](s), s.RefuseSeizure),
		casework.Ask(casework.Form{Act: "drop_seizure", Submit: "不再实施", Explain: "报批了没有实施的，写明原因；情节显著轻微的可以不采取强制措施。"}, "已登记不再实施", about[DropInput](s), s.DropSeizure),
		casework.Ask(casework.Form{Act: "seize", Submit: "实施，出具决定书、清单、现场笔录", Explain: "按行政强制法第十八条逐项办理，全程录像。", Presume: presume(steps)}, "已实施查封、扣押", s.startSeize, s.Seize),
		casework.Ask(casework.Form{Act: "seize_at_once", Submit: "当场实施", Explain: "情况紧急才用；实施后二十四小时内报告负责人，补办批准。", Presume: presume(steps)}, "已当场查封、扣押，二十四小时内补办批准", s.startSeize, s.SeizeAtOnce),
		casework.Ask(casework.Form{Act: "confirm_seizure", Submit: "补办批准", Explain: "认为不应当采取的，立即解除。"}, "已补办批准手续", about[ConfirmInput](s), s.ConfirmSeizure),
		casework.Ask(casework.Form{Act: "extend_seizure", Submit: "延长", Explain: "情况复杂的，期满前延长一次，至多三十日，书面告知理由。", Presume: presume(extension)}, "已延长查封、扣押", about[ExtendInput](s), s.Extend),
		casework.Ask(casework.Form{Act: "store_thing", Submit: "登记，出具出入库单", Explain: "经手人是主办，保管人是登记的人。"}, "已登记保管", s.startStore, s.Store),
		casework.Ask(casework.Form{Act: "return_thing", Submit: "退还，出具清单", Explain: "与违法行为无关的，及时退还。"}, "已退还", s.startReturn, s.Return),
		casework.Ask(casework.Form{Act: "release", Submit: "解除，出具决定书", Explain: "有法定情形的及时解除；当事人不在场也解除，财物等当事人来领，领取时另外登记退还。期满没有处理的，次日自动解除。", Presume: presume(reason)}, "已解除查封、扣押", s.startRelease, s.Release),
		casework.Ask(casework.Form{Act: "return_released", Submit: "登记退还，出具清单", Explain: "已经解除查封、扣押的财物，当面清点，领取人签名；已经变卖的退还款项。", When: "当事人来领的"}, "已登记退还", s.startReturnReleased, s.ReturnReleased),
		casework.Ask(casework.Form{Act: "sell_perishable", Submit: "批准变卖，出具处理记录", Danger: true, Explain: "鲜活、不易保管的，先拍卖、变卖，款项留存；解除的退还款项，没收、移送的随款项办。", Presume: presume(selling)}, "已登记变卖，款项留存", about[SellInput](s), s.Sell),
		casework.Ask(casework.Form{Act: "settle_seizure", Submit: "登记处理", Danger: true, Explain: "没收、销毁要有法律、行政法规规定。", Presume: presume(provided)}, "已登记处理", s.startDispose, s.Dispose),
	}, s.deeds.Forms()...)}
}

func presume(what ...func(*law.Facts)) presumes {
	return func(_ *store.Tx, _ access.Session, _ *casework.Case, f *law.Facts) error {
		for _, state := range what {
			state(f)
		}
		return nil
	}
}

func head(f *law.Facts)   { f.SetBool(law.ApprovedByHead, true, "form") } // who may do the act is the head
func shown(f *law.Facts)  { f.SetBool(law.ShowedID, true, "form") }
func reason(f *law.Facts) { f.SetBool(law.ReasonRecorded, true, "form") }
func provided(f *law.Facts) {
	f.SetBool(law.DisposalProvided, true, "form")
	f.SetBool(law.Confiscation, false, "form") // destroyed; the act asks what confiscation needs
}

func selling(f *law.Facts) {
	f.SetList(law.MissingSaleSteps, nil, "form")
	f.SetBool(law.ApprovedByHead, true, "form")
}

func settling(f *law.Facts) {
	f.SetBool(law.BeforeExpiry, true, "form") // the act itself asks its own clock
	f.SetBool(law.Confiscation, false, "form")
	f.SetList(law.NotSeized, nil, "form")
}

func steps(f *law.Facts) {
	SeizeInput{Footage: "1", ShowedID: true, Informed: true, PartyHeard: true, HandedOver: true, ListTwice: true}.put(f)
	f.SetBool(law.Approved, true, "form")
}

func extension(f *law.Facts) {
	f.SetNumber(law.InitialDays, 30, "form")
	f.SetNumber(law.ExtensionDays, 1, "form")
	f.SetBool(law.ComplexSituation, true, "form")
	f.SetBool(law.Approved, true, "form")
	f.SetBool(law.ExtensionTold, false, "form")
	f.SetBool(law.BeforeExpiry, true, "form") // the act itself asks its own clock
}

// told are the facts above a form about a measure.
func told(tx *store.Tx, at casework.FormAt) ([]web.FactView, *Measure, error) {
	m, err := measureOf(tx, at.Case.ID, at.Of)
	if err != nil {
		return nil, nil, nil // the form is locked: no measure of this case is meant
	}
	all, err := things(tx, m, "")
	out := []web.FactView{{Label: "措施", Text: m.word() + "：" + m.Target}, {Label: "存放", Text: m.KeptAt}}
	for _, t := range all {
		out = append(out, web.FactView{Label: fmt.Sprintf("第 %d 件", t.Number), Text: t.Name + "，" + t.Amount + "，" + thingLabel(t.State) + "，标签 " + t.Code})
	}
	if m.Kind == seizure {
		grant := m.Grant
		if grant == "" {
			grant = "没有查到法律、法规规定"
		}
		out = append(out, web.FactView{Label: "依据", Text: grant}, web.FactView{Label: "与违法行为的关系", Text: m.Related})
	} else {
		out = append(out, web.FactView{Label: "证明", Text: m.Purpose}, web.FactView{Label: "为什么必要", Text: m.Risk + "；" + m.WhyNot})
	}
	if !m.Until.IsZero() {
		out = append(out, web.FactView{Label: "期限", Text: m.TakenOn.Han() + "至" + m.Until.Han()})
	}
	return out, m, err
}

func about[In any](*Service) func(*store.Tx, casework.FormAt) (casework.Asked[In], error) {
	return func(tx *store.Tx, at casework.FormAt) (casework.Asked[In], error) {
		facts, _, err := told(tx, at)
		return casework.Asked[In]{Facts: facts}, err
	}
}

func pick(values ...string) []web.Option {
	var out []web.Option
	for _, v := range values {
		out = append(out, web.Option{Value: v, Label: v})
	}
	return out
}

func startAsk(_ *store.Tx, at casework.FormAt) (casework.Asked[AskSeizureInput], error) {
	return casework.Asked[AskSeizureInput]{In: AskSeizureInput{Way: "扣押", Power: at.Case.PowerCode}, Options: map[string][]web.Option{"way": pick("扣押", "查封")}}, nil
}

func (s *Service) startSettle(tx *store.Tx, at casework.FormAt) (casework.Asked[SettleInput], error) {
	facts, m, err := told(tx, at)
	var list []web.Option
	for _, o := range outcomes {
		list = append(list, web.Option{Value: o.value, Label: o.label})
	}
	in := SettleInput{Outcome: outcomes[0].value, Receiver: at.Case.PartyName}
	if m != nil {
		in.Collect = m.KeptAt
	}
	return casework.Asked[SettleInput]{In: in, Facts: facts, Options: map[string][]web.Option{"outcome": list}}, err
}

func (s *Service) startSeize(tx *store.Tx, at casework.FormAt) (casework.Asked[SeizeInput], error) {
	facts, _, err := told(tx, at)
	if err != nil {
		return casework.Asked[SeizeInput]{}, err
	}
	names, err := org.PeopleNames(tx, []org.PersonID{org.PersonID(at.Case.Lead)})
	return casework.Asked[SeizeInput]{In: SeizeInput{Place: at.Case.Place, Present: at.Case.PartyName, Recorder: names[org.PersonID(at.Case.Lead)]}, Facts: facts}, err
}

func (s *Service) startStore(tx *store.Tx, at casework.FormAt) (casework.Asked[StoreInput], error) {
	facts, _, err := told(tx, at)
	return casework.Asked[StoreInput]{In: StoreInput{Condition: "完好，与清单一致"}, Facts: facts}, err
}

func (s *Service) startReturn(tx *store.Tx, at casework.FormAt) (casework.Asked[ReturnInput], error) {
	facts, _, err := told(tx, at)
	return casework.Asked[ReturnInput]{In: ReturnInput{Receiver: at.Case.PartyName}, Facts: facts}, err
}

func (s *Service) startReturnPreserved(tx *store.Tx, at casework.FormAt) (casework.Asked[ReturnPreservedInput], error) {
	facts, _, err := told(tx, at)
	return casework.Asked[ReturnPreservedInput]{In: ReturnPreservedInput{Receiver: at.Case.PartyName, Remark: "没有异议"}, Facts: facts}, err
}

func (s *Service) startReturnReleased(tx *store.Tx, at casework.FormAt) (casework.Asked[ReturnReleasedInput], error) {
	facts, _, err := told(tx, at)
	return casework.Asked[ReturnReleasedInput]{In: ReturnReleasedInput{Receiver: at.Case.PartyName, Remark: "没有异议"}, Facts: facts}, err
}

func (s *Service) startRelease(tx *store.Tx, at casework.FormAt) (casework.Asked[ReleaseInput], error) {
	facts, m, err := told(tx, at)
	in := ReleaseInput{}
	if m != nil {
		in.Collect = m.KeptAt
	}
	return casework.Asked[ReleaseInput]{In: in, Facts: facts, Options: map[string][]web.Option{"ground": pick(grounds...)}}, err
}

func (s *Service) startDispose(tx *store.Tx, at casework.FormAt) (casework.Asked[DisposeInput], error) {
	facts, _, err := told(tx, at)
	return casework.Asked[DisposeInput]{In: DisposeInput{Proceeds: "无"}, Facts: facts, Options: map[string][]web.Option{"way": pick("没收", "销毁")}}, err
}
