package measure

import (
	"context"
	"strings"
	"time"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/law"
	"fadu/internal/law/timing"
	"fadu/internal/store"
)

const seizureTerm = "查封、扣押期限"

// AskSeizureInput asks for a sealing or seizure.
type AskSeizureInput struct {
	Way       string           `json:"way" doc:"措施" ask:"need radio"`
	Power     string           `json:"power_code" doc:"事项编号" ask:"need 30" hint:"查处这一行为的权责事项；它的法律规定可以查封、扣押的才能实施"`
	Things    []casework.Thing `json:"things" doc:"场所、设施、财物" ask:"need" hint:"车辆、摊位、易腐的东西，先问法制"`
	Related   string           `json:"related" doc:"与违法行为的关系" ask:"need"`
	Necessity bool             `json:"necessity" doc:"其中有公民个人及其所扶养家属的生活必需品"`
	KeptAt    string           `json:"kept_at" doc:"存放地点和保管" ask:"need 100"`
	Reason    string           `json:"reason" doc:"为什么必须采取" ask:"need long 500"`
}

// AskSeizure asks the head for a sealing or seizure (行政强制法第十八条第一项).
func (s *Service) AskSeizure(ctx context.Context, by access.Session, id casework.CaseID, version int64, in AskSeizureInput) error {
	m := &Measure{ID: store.NewID(), Kind: seizure, State: casework.Seizure.Start, Way: in.Way, Purpose: in.Reason, PowerCode: strings.TrimSpace(in.Power), Related: in.Related, KeptAt: in.KeptAt, Target: named(in.Things)}
	if in.Necessity {
		m.Target += "（有公民个人及其所扶养家属的生活必需品）"
	}
	_, err := s.cases.Do(ctx, by, id, casework.Command{
		Act: "ask_seizure", Version: version, Note: m.Way + "：" + m.Target, Input: in,
		Row: func(*store.Tx, *casework.Case) (string, error) { return m.Of(), nil },
		Change: func(tx *store.Tx, c *casework.Case) error {
			if err := casework.Lacking(in); err != nil {
				return err
			}
			if err := faultIf(in.Way != "查封" && in.Way != "扣押", "way", "请选择查封或者扣押"); err != nil {
				return err
			}
			item, err := s.cases.Powers.ItemOn(tx, m.PowerCode, actDay(tx, c))
			if err != nil {
				return faultIf(true, "power_code", "没有这个事项，或者它不适用于行为日")
			}
			if grants(item.SeizurePower) {
				m.Grant = item.SeizurePower
			}
			return nil
		},
		Drafts: func(tx *store.Tx, _ *casework.Case) ([]casework.Draft, error) {
			grant := m.Grant
			if grant == "" {
				grant = "没有法律、法规规定"
			}
			return []casework.Draft{{Kind: "seizure_approval", Part: casework.SeizureApproval{
				Approval: asked(by, tx, in.Reason), Things: casework.Things{Things: in.Things}, Measure: m.Way, Grant: grant, Related: in.Related, From: tx.Today(), Until: tx.Today().AddDays(days(tx)),
			}}}, nil
		},
		Write: func(tx *store.Tx, c *casework.Case, done casework.Done) error { return keep(tx, c, m, done, in.Things) },
	})
	return err
}

// grants reports whether the list of powers says that the law itself lets this body seal or seize. What a government
// may order, what may only be towed, and 行政强制法第十七条 alone are no such grant.
func grants(text string) bool {
	return strings.HasPrefix(text, "可查封") || strings.HasPrefix(text, "可扣押")
}

func actDay(tx *store.Tx, c *casework.Case) law.Date {
	if d := c.SubstanceOn(); !d.IsZero() {
		return d
	}
	return law.DateOf(c.Found())
}

// days is how long a seizure lasts at first.
func days(tx *store.Tx) int {
	n, _ := law.Limit("seizure_days", tx.Today())
	return int(n.Value)
}

// SeizeInput carries out a sealing or seizure, step by step of 行政强制法第十八条.
type SeizeInput struct {
	OnMeasure
	At          time.Time `json:"at" doc:"实施时间" ask:"need now"`
	Ended       time.Time `json:"ended" doc:"结束时间" ask:"need now"`
	Place       string    `json:"place" doc:"实施地点" ask:"need 100" hint:"现场笔录的地点；存放的地点在报批时写了"`
	Recorder    string    `json:"recorder" doc:"记录人" ask:"need 40"`
	Present     string    `json:"present" doc:"到场的当事人或者见证人" ask:"need 100"`
	Footage     string    `json:"footage" doc:"全程音像编号" ask:"60" hint:"查封、扣押全程录音录像"`
	Recusal     string    `json:"recusal" doc:"告知权利以后，当事人是否申请回避" ask:"need 100" hint:"照原话记；申请回避的，另外登记回避申请"`
	Found       string    `json:"found" doc:"现场情况" ask:"need long 2000"`
	Heard       string    `json:"heard" doc:"当事人的陈述和申辩" ask:"need long 500" hint:"没有的写无"`
	ShowedID    bool      `json:"showed_id" doc:"已出示执法证件" section:"现场程序"`
	Informed    bool      `json:"informed" doc:"已告知理由、依据和权利、救济途径"`
	PartyHeard  bool      `json:"party_heard" doc:"已听取陈述和申辩"`
	HandedOver  bool      `json:"handed_over" doc:"已当场交付决定书和清单"`
	ListTwice   bool      `json:"list_two_copies" doc:"清单一式二份，已签名"`
	DelegatedTo string    `json:"delegated_to" doc:"由受委托的组织实施的" ask:"60" hint:"由本机关自己实施的不填"`
}

// Seize carries out an approved sealing or seizure; thirty days run (行政强制法第十八条、第二十四条、第二十五条).
func (s *Service) Seize(ctx context.Context, by access.Session, id casework.CaseID, version int64, in SeizeInput) error {
	return s.carryOut(ctx, by, id, version, "seize", in)
}

// SeizeAtOnce does it in an emergency, before the approval, which follows within twenty-four hours (行政强制法第十九条).
func (s *Service) SeizeAtOnce(ctx context.Context, by access.Session, id casework.CaseID, version int64, in SeizeInput) error {
	return s.carryOut(ctx, by, id, version, "seize_at_once", in)
}

func (s *Service) carryOut(ctx context.Context, by access.Session, id casework.CaseID, version int64, act string, in SeizeInput) error {
	ch := &change{kind: seizure, of: in.Measure}
	violated := ""
	cmd := casework.Command{Act: act, Version: version, On: law.DateOf(in.At), At: in.At, Input: in}
	cmd.Change = func(tx *store.Tx, c *casework.Case) error {
		if err := casework.Lacking(in); err != nil {
			return err
		}
		if err := within(tx, c, in.At); err != nil {
			return err
		}
		if err := faultIf(in.Ended.Before(in.At) || in.Ended.After(tx.Now.Add(2*time.Minute)), "ended", "结束时间在实施时间以后、现在以前"); err != nil {
			return err
		}
		ch.m.TakenOn, ch.m.TakenAt = law.DateOf(in.At), store.Micros(in.At)
		ch.m.Until = ch.m.TakenOn.AddDays(days(tx))
		item, err := s.cases.Powers.ItemOn(tx, ch.m.PowerCode, actDay(tx, c))
		violated = item.Violated.Han()
		return err
	}
	cmd.Drafts = func(*store.Tx, *casework.Case) ([]casework.Draft, error) {
		return []casework.Draft{
			{Kind: "seizure_decision", Part: casework.SeizureDecision{Things: list(ch.things), Measure: ch.m.Way, Grant: ch.m.Grant, From: ch.m.TakenOn, Until: ch.m.Until, Where: ch.m.KeptAt, Heard: in.Heard, Violated: violated}},
			{Kind: "thing_list", Part: casework.ThingList{Things: list(ch.things), Title: "查封（扣押）决定书", Of: "随决定书", Remark: "一式二份"}},
			{Kind: "inspection_record", Part: casework.InspectionRecord{
				Session: casework.Session{From: minute(in.At), Until: minute(in.Ended), At: in.Place, Recorder: in.Recorder}, Present: in.Present, Recusal: in.Recusal,
				Found: in.Found, Taken: ch.m.Way + "上述财物，全程录音录像", Remark: in.Heard, Footage: in.Footage,
			}},
		}, nil
	}
	_, err := s.cases.Do(ctx, by, id, ch.command(cmd, func(tx *store.Tx, c *casework.Case, f *law.Facts) error {
		in.put(f)
		f.SetBool(law.Urgent, act == "seize_at_once", ch.m.Of())
		return ch.stateBefore(tx, c, in.At, "approve_seizure", f, law.Approved)
	}, func(tx *store.Tx, _ *casework.Case, done casework.Done) error {
		ch.m.Paper = done.Papers[0]
		return take(tx, ch.m, done)
	}))
	return err
}

// put states the steps on the spot as the form ticks them.
func (in SeizeInput) put(f *law.Facts) {
	f.SetBool(law.ShowedID, in.ShowedID, "form")
	f.SetBool(law.Informed, in.Informed, "form")
	f.SetBool(law.PartyHeard, in.PartyHeard, "form")
	f.SetBool(law.RecordMade, true, "form") // drawn up with the act
	f.SetBool(law.DecisionHandedOver, in.HandedOver, "form")
	f.SetBool(law.ListTwice, in.ListTwice, "form")
	f.SetBool(law.FootageLinked, strings.TrimSpace(in.Footage) != "", "form")
	f.SetText(law.DelegatedTo, strings.TrimSpace(in.DelegatedTo), "form")
}

// ExtendInput grants more days.
type ExtendInput struct {
	OnMeasure
	Days    int    `json:"days" doc:"延长" ask:"need" unit:"日" hint:"合计至多三十日"`
	Complex bool   `json:"complex" doc:"情况复杂"`
	Reason  string `json:"reason" doc:"理由" ask:"need long 500"`
}

// Extend grants up to thirty more days, before the end of the first (行政强制法第二十五条).
func (s *Service) Extend(ctx context.Context, by access.Session, id casework.CaseID, version int64, in ExtendInput) error {
	ch := &change{kind: seizure, of: in.Measure}
	var clock *timing.Clock
	cmd := casework.Command{Act: "extend_seizure", Version: version, Days: in.Days, Note: strings.TrimSpace(in.Reason), Input: in}
	cmd.Change = func(tx *store.Tx, c *casework.Case) (err error) {
		if err := casework.Lacking(in); err != nil {
			return err
		}
		if clock, err = s.clock(tx, c, ch.m); err != nil {
			return err
		}
		still, err := tested(tx, c, ch.m)
		if err != nil {
			return err
		}
		return faultIf(clock == nil || clock.Due.IsZero() || still, "days", "检测、鉴定期间不计入期限，现在停着。请在登记结果以后延长")
	}
	cmd.Drafts = func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
		number, err := numberOf(tx, c.ID, ch.m.Paper)
		return []casework.Draft{{Kind: "seizure_extension", Part: casework.SeizureExtension{
			Decision: number, MeasureOn: ch.m.TakenOn, Measure: ch.m.Way, Due: clock.Due, Until: clock.Due.AddDays(in.Days), Reason: in.Reason,
		}}}, err
	}
	_, err := s.cases.Do(ctx, by, id, ch.command(cmd, func(tx *store.Tx, _ *casework.Case, f *law.Facts) error {
		f.SetNumber(law.InitialDays, int64(days(tx)), ch.m.Of())
		f.SetNumber(law.ExtensionDays, ch.m.Extended+int64(in.Days), "form") // what was granted before counts with it
		f.SetBool(law.ComplexSituation, in.Complex, "form")
		f.SetBool(law.Approved, casework.HeadsBureau(by), ch.m.Of())
		f.SetBool(law.ExtensionTold, false, ch.m.Of()) // the paper is only drawn up with the act
		f.SetBool(law.BeforeExpiry, clock != nil && clock.Open() && (clock.Due.IsZero() || !tx.Today().After(clock.Due)), ch.m.Of())
		return nil
	}, func(*store.Tx, *casework.Case, casework.Done) error {
		ch.m.Extended += int64(in.Days)
		ch.m.Until = clock.Due.AddDays(in.Days)
		return nil
	}))
	return err
}

// tested reports whether a thing that the measure holds is out to be tested, within the days that the party was told.
func tested(tx *store.Tx, c *casework.Case, m *Measure) (bool, error) {
	acts, err := casework.Acts(tx, c.ID)
	out := map[string]law.Date{}
	for _, a := range acts {
		switch {
		case (a.Act == "commission" || a.Act == "prolong_commission") && a.For == m.Of():
			out[a.Of] = a.Named
		case a.Act == "receive_result" || a.Act == "cancel_commission":
			delete(out, a.Of)
		}
	}
	for _, until := range out {
		if !tx.Today().After(until) {
			return true, err
		}
	}
	return false, err
}

// clock is the term of a measure by the calendar of today, nil when it has none; tests and appraisals are left out of that of a seizure.
func (s *Service) clock(tx *store.Tx, c *casework.Case, m *Measure) (*timing.Clock, error) {
	term := map[string]string{seizure: seizureTerm, preservation: keepTerm}[m.Kind]
	all, err := s.cases.Clocks(tx, c)
	for i, k := range all {
		if k.Term == term && k.Of == m.Of() {
			return &all[i], err
		}
	}
	return nil, err
}
