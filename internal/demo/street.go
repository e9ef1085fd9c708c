package demo

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"strings"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/law"
	"fadu/internal/law/identity"
	"fadu/internal/powers"
	"fadu/internal/store"
)

// offence is what is seen on the street, under a power, with a measurement that its tiers ask for.
type offence struct {
	code, summary, fact string
	metric              []string
	unit                bool // committed by shops rather than persons
}

var offences = []offence{
	{"YS-001", "人行道上有人摆摊卖水果", "在人行道上摆摊出售水果，占用面积%s平方米，影响行人通行。", []string{"0.8", "1.5", "2", "2.5", "3", "4"}, false},
	{"YS-002", "禁止区域流动摆卖", "在禁止摆卖的区域流动出售小商品，货值%s元。", []string{"80", "150", "200", "300", "450"}, false},
	{"YS-007", "电线杆上张贴小广告", "在公共设施上张贴宣传品%s处。", []string{"2", "4", "6", "8"}, false},
	{"YS-009", "散发商业广告", "在公共场所散发商业广告，散落地面%s张。", []string{"8", "20", "35"}, false},
	{"YS-014", "乱扔废弃物", "在道路上乱扔废弃物%s件。", []string{"1", "3", "4"}, false},
	{"YS-018", "门前责任未落实", "未履行门前清扫责任，未清扫面积%s平方米。", []string{"4", "6", "8"}, true},
	{"YS-022", "道路上堆放物料", "在道路上堆放物料%s平方米，影响通行。", []string{"0.5", "2", "3", "4"}, true},
	{"YS-024", "人行道上违法停车", "将机动车停放在人行道上%s分钟。", []string{"20", "30", "45"}, false},
	{"YS-027", "遛狗不牵绳", "携带犬只%s只出户未用牵引绳。", []string{"1"}, false},
	{"YS-028", "未清除犬粪", "未及时清除犬只粪便%s处。", []string{"1"}, false},
}

var streets = []string{"青石路", "白云路", "望江路", "同心路", "锦绣路", "清源街", "永安街", "文昌巷"}

type party struct {
	in casework.PartyInput
}

type duePayment struct {
	day    law.Date
	number string
	amount law.Money
	payer  string
}

// newParty makes a fictional party with a valid number of region 99, which belongs to nobody.
func (f *filler) newParty(unit bool) party {
	n := len(f.parties) + 1
	in := casework.PartyInput{Name: "演示·" + personName(n + 200)[6:], Address: fmt.Sprintf("演示市演示区%s%d号（演示）", streets[n%len(streets)], n%180+1), Phone: fmt.Sprintf("1991%07d", n), IdentityBasis: "card_seen"}
	if unit {
		body := fmt.Sprintf("91990107MA%06d", n)
		c := identity.USCCCheckChar(body + identityTail(n))
		in.Kind, in.Name, in.IDKind, in.IDNumber, in.LegalRep = casework.LegalPerson, fmt.Sprintf("演示第%d号便利店有限公司", n), "uscc", body+identityTail(n)+c, personName(n+300)
	} else {
		born := fmt.Sprintf("%04d%02d%02d", 1960+n%44, n%12+1, n%28+1)
		body := "990107" + born + fmt.Sprintf("%03d", n%999+1)
		c := identity.ResidentCheckChar(body)
		in.Kind, in.IDKind, in.IDNumber = casework.Citizen, "resident_id", body+c
	}
	p := party{in}
	f.parties = append(f.parties, p)
	return p
}

func identityTail(n int) string { return string("0123456789ABCDEFGHJKLMNPQRTUWXY"[n%31]) }

// recent is how many of the last days leave work on the desks.
const recent = 6

// cases runs the simulated days: every working day some leads are found, papers handed over, money
// reconciled, cases filed and closed.
func (f *filler) cases(ctx context.Context) error {
	days := []law.Date{}
	for d := f.p.From; !d.After(f.p.Until); d = d.AddDays(1) {
		ok, err := f.app.Calendar.Workday(d)
		if err != nil {
			return err
		}
		if ok {
			days = append(days, d)
		}
	}
	done := 0
	for i, d := range days {
		f.at(d, 8, 30)
		if err := f.reconcile(ctx, d); err != nil {
			return err
		}
		for want := f.p.Cases * (i + 1) / len(days); done < want; done++ {
			f.at(d, 9+f.rand.IntN(7), f.rand.IntN(50))
			if err := f.one(ctx, done, i >= len(days)-recent); err != nil {
				return fmt.Errorf("case %d on %s: %w", done, d, err)
			}
		}
		f.at(d, 17, 20)
		if err := f.closing(ctx, i >= len(days)-recent); err != nil {
			return err
		}
		if _, err := f.app.Jobs.RunDue(ctx); err != nil {
			return err
		}
	}
	return nil
}

// street is one case while it is worked on.
type street struct {
	f            *filler
	ctx          context.Context
	id           casework.CaseID
	lead, assist access.Session
	squad        squad
	off          offence
	metric       string
	place        string
	party        party
	err          error
}

func (s *street) version() int64 {
	if s.err != nil {
		return 0
	}
	var v int64
	s.err = s.f.app.DB.View(s.ctx, func(tx *store.Tx) (err error) {
		v, err = casework.VersionOf(tx, s.id)
		return err
	})
	return v
}

// do runs one command and lets a few minutes pass; after an error nothing more is done.
func (s *street) do(minutes int, f func(version int64) error) {
	v := s.version()
	if s.err != nil {
		return
	}
	if err := f(v); err != nil {
		s.err = err
		return
	}
	s.f.tick(minutes)
}

func (f *filler) one(ctx context.Context, n int, last bool) error {
	sq := f.squads[n%3]
	if last && n%3 != 2 {
		sq = f.squads[0]
	}
	a := f.rand.IntN(len(sq.officers))
	b := (a + 1 + f.rand.IntN(len(sq.officers)-1)) % len(sq.officers)
	if last {
		a, b = 0, 1 // the officers whose accounts the demo shows find work on their desks
	}
	s := &street{f: f, ctx: ctx, lead: f.sessions[sq.officers[a]], assist: f.sessions[sq.officers[b]], squad: sq, off: offences[f.rand.IntN(len(offences))]}
	s.place = fmt.Sprintf("演示区%s%d号门前", streets[f.rand.IntN(len(streets))], f.rand.IntN(180)+1)
	if len(s.off.metric) > 0 {
		s.metric = s.off.metric[f.rand.IntN(len(s.off.metric))]
	}
	if len(f.parties) > 20 && f.rand.IntN(10) == 0 {
		s.party = f.parties[f.rand.IntN(len(f.parties))]
		if (s.party.in.Kind == casework.LegalPerson) != s.off.unit {
			s.party = f.newParty(s.off.unit)
		}
	} else {
		s.party = f.newParty(s.off.unit)
	}
	var err error
	summary := s.off.summary
	s.id, err = f.app.Cases.RegisterLead(ctx, s.lead, casework.LeadInput{Source: "patrol", FoundAt: f.clock.Now(), Place: s.place, Area: Area, Summary: summary})
	if err != nil {
		return err
	}
	if last && n%7 == 0 {
		return nil // found today, not yet taken up
	}
	s.scene()
	if s.err == nil {
		s.finish(n, last)
	}
	return s.err
}

// scene is what happens on every case before the decision.
func (s *street) scene() {
	c := s.f.app.Cases
	s.do(2, func(v int64) error {
		return c.NameOfficers(s.ctx, s.lead, s.id, v, casework.OfficersInput{Lead: s.lead.Person(), Assist: s.assist.Person()})
	})
	s.step(1, casework.StepInput{Kind: casework.StepShowID, Text: "两名执法人员向当事人出示执法证件"})
	s.do(2, func(v int64) error {
		return c.AddPhoto(s.ctx, s.lead, s.id, v, casework.PhotoInput{Caption: "现场全景", Place: s.place, TakenAt: s.f.clock.Now(), Type: "image/jpeg"}, bytes.NewReader(s.f.picture()))
	})
	s.do(3, func(v int64) error { return c.RecordParty(s.ctx, s.lead, s.id, v, s.party.in) })
	if s.metric != "" {
		s.step(2, casework.StepInput{Kind: casework.StepMeasure, Detail: s.metric, Text: "卷尺、清点"})
	}
	s.step(1, casework.StepInput{Kind: casework.StepFootage, Detail: fmt.Sprintf("DSJ-%04d-%s", 100+s.f.rand.IntN(40), s.f.clock.Now().Format("20060102150405"))})
	s.step(2, casework.StepInput{Kind: casework.StepTell, Text: "告知拟作出处罚的内容及事实、理由、依据和陈述、申辩的权利"})
	if s.f.rand.IntN(3) == 0 {
		s.step(2, casework.StepInput{Kind: casework.StepHear, Text: "知道错了，马上整改，请从轻处理。"})
		s.step(1, casework.StepInput{Kind: casework.StepReview, Text: "当事人配合改正的情节予以采纳，已在裁量中考虑。"})
	} else {
		s.step(2, casework.StepInput{Kind: casework.StepHear, Text: casework.NothingSaid})
	}
	s.step(3, casework.StepInput{Kind: casework.StepCorrect, Detail: casework.CorrectedNow, Text: "当事人当场改正"})
}

func (s *street) step(minutes int, in casework.StepInput) {
	in.DoneAt = s.f.clock.Now()
	s.do(minutes, func(v int64) error { return s.f.app.Cases.RecordStep(s.ctx, s.lead, s.id, v, in) })
}

// finish ends the case in one of the ways that streets know.
func (s *street) finish(n int, last bool) {
	c := s.f.app.Cases
	if s.f.rand.IntN(100) < 2 {
		s.do(1, func(v int64) error {
			return c.ToOrdinary(s.ctx, s.lead, s.id, v, "案情需要进一步调查，不宜当场处罚")
		})
		return
	}
	if last && n%5 == 1 {
		return // still on site
	}
	in, ok := s.penalty()
	if s.err != nil {
		return
	}
	if !ok {
		s.educate()
		return
	}
	s.do(3, func(v int64) error { return c.Propose(s.ctx, s.lead, s.id, v, in) })
	if s.err != nil {
		return
	}
	var paper casework.PaperID
	s.do(2, func(v int64) (err error) { paper, err = c.Decide(s.ctx, s.lead, s.id, v); return err })
	if s.err != nil || last && n%5 == 2 {
		return // waiting for signatures
	}
	if n%97 == 50 {
		s.do(2, func(v int64) error {
			return c.VoidPaper(s.ctx, s.f.sessions[leaderOf(s.squad)], s.id, v, "打印时卡纸，纸面污损，当场作废重出")
		})
		s.do(2, func(v int64) (err error) { paper, err = c.Decide(s.ctx, s.lead, s.id, v); return err })
	}
	s.sign(paper, n)
	s.do(5, func(v int64) error {
		return c.Deliver(s.ctx, s.lead, s.id, v, casework.DeliverInput{At: s.f.clock.Now()})
	})
	switch {
	case s.err != nil:
	case n%61 == 40:
		s.do(1, func(v int64) error {
			_, err := c.CorrectPaper(s.ctx, s.f.sessions["deputy"], s.id, v, casework.CorrectionInput{Item: "当事人住所门牌号", Was: "（笔误）", Becomes: s.party.in.Address, Why: "填写时笔误，不影响当事人权利义务", SlipOnly: true})
			return err
		})
		s.pay(in, n)
	case n%83 == 60:
		s.do(1, func(v int64) error {
			_, err := c.Revoke(s.ctx, s.f.sessions["head"], s.id, v, "复查发现当事人另有身份证明材料，认定的当事人有误")
			return err
		})
	default:
		s.pay(in, n)
	}
}

func leaderOf(sq squad) string { return sq.officers[len(sq.officers)-1] }

// penalty computes what the benchmark gives and fits the street: a warning where the power knows one and
// the fine would be too high for an on-the-spot decision. ok is false when education is the right end.
func (s *street) penalty() (in casework.PenaltyInput, ok bool) {
	today := law.DateOf(s.f.clock.Now())
	in = casework.PenaltyInput{ActFrom: today, FactText: s.fact(), Clear: true, PowerCode: s.off.code, Metric: s.metric, Corrected: true, Harm: "none", PayBy: casework.PayCode, NoExemption: "当事人所处路段为重点保障路段，经教育仍有必要处罚"}
	assessed, err := s.f.app.Cases.Try(s.ctx, s.lead, s.id, in)
	if err != nil {
		s.err = err
		return in, false
	}
	ceiling := law.Yuan(200)
	if s.party.in.Kind == casework.LegalPerson {
		ceiling = law.Yuan(3000)
	}
	exempt := false
	for _, h := range assessed.Exemptions {
		exempt = exempt || h.Usable && h.Fits == law.True
	}
	switch {
	case assessed.HasTier && !assessed.Tier.RangeSet, exempt && s.f.rand.IntN(12) == 0:
		return in, false
	case s.f.rand.IntN(8) == 0 && contains(assessed.Item.PenaltyKinds, "警告"):
		in.Warning = true
		return in, true
	case !assessed.HasTier || assessed.Tier.Min > ceiling:
		if !contains(assessed.Item.PenaltyKinds, "警告") {
			return in, false
		}
		in.Warning = true
		return in, true
	}
	in.Fine, in.Amount = true, s.amount(assessed, ceiling)
	if in.Amount <= law.Yuan(100) && s.f.rand.IntN(4) == 0 {
		in.PayBy = casework.PayCash
	}
	return in, true
}

func (s *street) amount(a powers.Assessment, ceiling law.Money) law.Money {
	low, high := a.Tier.Min, min(a.Tier.Max-law.Yuan(1), ceiling)
	steps := int((high - low) / law.Yuan(10))
	m := low + law.Yuan(10)*law.Money(s.f.rand.IntN(steps+1))
	return max(m, law.Yuan(10))
}

func contains(list []string, v string) bool {
	for _, x := range list {
		if x == v {
			return true
		}
	}
	return false
}

func (s *street) fact() string {
	text := s.off.fact
	if strings.Contains(text, "%s") {
		text = fmt.Sprintf(text, s.metric)
	}
	return "当事人于" + s.f.clock.Now().Format("1月2日15时04分") + "在" + s.place + text
}

// educate ends a slight or first offence without a case.
func (s *street) educate() {
	s.step(2, casework.StepInput{Kind: casework.StepEducate, Detail: "signed", Text: "讲明有关规定和危害，当事人签署承诺书"})
	s.do(2, func(v int64) error {
		in := casework.DeclineInput{Ground: "slight", ActFrom: law.DateOf(s.f.clock.Now()), FactText: s.fact(), PowerCode: s.off.code, Harm: "none", Why: "违法行为轻微，当场改正，没有造成危害后果"}
		if s.f.rand.IntN(2) == 0 {
			in.Ground, in.Harm, in.Why = "first", "slight", "初次违法，危害后果轻微，当场改正"
		}
		_, err := s.f.app.Cases.Decline(s.ctx, s.lead, s.id, v, in)
		var refused *law.Refusal
		if errors.As(err, &refused) {
			err = s.f.app.Cases.ToOrdinary(s.ctx, s.lead, s.id, v, "不符合当场处罚和不予处罚的条件")
		}
		return err
	})
}

func (s *street) sign(paper casework.PaperID, n int) {
	c := s.f.app.Cases
	if s.err != nil {
		return
	}
	for _, sg := range []struct {
		by access.Session
		in casework.SignInput
	}{
		{s.lead, casework.SignInput{Role: casework.SignLead, Method: "drawn"}},
		{s.assist, casework.SignInput{Role: casework.SignAssist, Method: "drawn"}},
		{s.lead, casework.SignInput{Role: casework.SignParty, Method: "drawn"}},
	} {
		image := s.f.signature()
		if sg.in.Role == casework.SignParty && n%13 == 4 {
			sg.in.Method, sg.in.Note, image = "refused", "当事人拒绝签名，两名执法人员当场注明，已录像", nil
		}
		var err error
		if image == nil {
			err = c.Sign(s.ctx, sg.by, paper, sg.in, nil)
		} else {
			err = c.Sign(s.ctx, sg.by, paper, sg.in, bytes.NewReader(image))
		}
		if err != nil {
			s.err = err
			return
		}
		s.f.tick(1)
	}
}

// pay takes cash where it is lawful, or lets the payment arrive with a later statement.
func (s *street) pay(in casework.PenaltyInput, n int) {
	if in.Amount == 0 {
		return
	}
	if in.PayBy == casework.PayCash {
		var number string
		s.err = s.f.app.DB.View(s.ctx, func(tx *store.Tx) (err error) {
			number, err = casework.NextReceipt(tx, s.lead.Person())
			return err
		})
		if s.err == nil && number != "" {
			s.do(2, func(v int64) error {
				return s.f.app.Cases.CollectCash(s.ctx, s.lead, s.id, v, casework.CashInput{Amount: in.Amount, ReceiptNo: number})
			})
			return
		}
	}
	if n%29 == 7 {
		return // never pays
	}
	file, err := s.f.app.Cases.View(s.ctx, s.lead, s.id)
	if err != nil {
		s.err = err
		return
	}
	s.f.due = append(s.f.due, duePayment{law.DateOf(s.f.clock.Now()).AddDays(1 + s.f.rand.IntN(12)), file.Decision.DocNo, in.Amount, s.party.in.Name})
}

// picture makes a small photograph of a street, different every time.
func (f *filler) picture() []byte {
	img := image.NewRGBA(image.Rect(0, 0, 320, 240))
	sky, ground := uint8(150+f.rand.IntN(80)), uint8(80+f.rand.IntN(60))
	stall := 40 + f.rand.IntN(180)
	for y := range 240 {
		for x := range 320 {
			c := color.RGBA{sky - 30, sky, sky + 20, 255}
			switch {
			case y > 150:
				c = color.RGBA{ground, ground, ground + 6, 255}
			case y > 110 && x > stall && x < stall+70:
				c = color.RGBA{190, uint8(80 + x%40), 60, 255}
			case y > 70 && x%80 < 50:
				c = color.RGBA{140, 120, 110, 255}
			}
			img.SetRGBA(x, y, c)
		}
	}
	var b bytes.Buffer
	_ = jpeg.Encode(&b, img, &jpeg.Options{Quality: 70})
	return b.Bytes()
}

// signature draws strokes as a finger on a phone would.
func (f *filler) signature() []byte {
	img := image.NewNRGBA(image.Rect(0, 0, 300, 110))
	x, y := 20.0, 55.0
	dx, dy := 1.0, 0.5
	for range 900 {
		dx += (f.rand.Float64() - 0.45) * 0.5
		dy += (f.rand.Float64() - 0.5) * 0.8
		dx, dy = max(-1.5, min(2, dx)), max(-2, min(2, dy))
		x, y = x+dx*0.6, y+dy
		if y < 12 || y > 98 {
			dy = -dy
		}
		y = max(8, min(102, y))
		if x > 285 {
			break
		}
		for i := range 3 {
			for j := range 3 {
				img.Set(int(x)+i, int(y)+j, color.NRGBA{20, 20, 60, 255})
			}
		}
	}
	var b bytes.Buffer
	_ = png.Encode(&b, img)
	return b.Bytes()
}
