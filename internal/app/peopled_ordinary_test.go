package app_test

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"fadu/internal/access"
	"fadu/internal/app/apptest"
	"fadu/internal/approval"
	"fadu/internal/casework"
	"fadu/internal/casework/filing"
	"fadu/internal/casework/inquiry"
	"fadu/internal/deadline"
	"fadu/internal/demo"
	"fadu/internal/law"
	"fadu/internal/law/identity"
	"fadu/internal/org"
	"fadu/internal/store"
)

// walked plays two cases of the first squad by the real desks: a fine whose payment in parts is applied for, with a signed
// legal review, and things that are kept in the store-room.
func (p *peopled) walked(site *apptest.Site) error {
	site.Clock.Set(peopledUntil.AddDays(1).Start().Add(9 * time.Hour))
	office := demo.NewOffice(site.App, site.Clock)
	for _, play := range []struct {
		name  string
		until casework.State
		more  int // steps that lead to no other state
	}{{"分期缴纳", casework.Delivered, 1}, {"登记保存中", "", 0}} {
		sc, until, err := scenario(play.name, string(play.until))
		if err != nil {
			return err
		}
		w := office.Begin(context.Background(), sc)
		if err := w.Play(until); err != nil {
			return err
		}
		if err := w.PlayOn(play.more); err != nil {
			return err
		}
	}
	if now := site.Clock.Now(); now.After(peopledMorning()) {
		return fmt.Errorf("the cases of the ordinary procedure take until %s", law.DateOf(now))
	}
	site.Clock.Set(peopledMorning())
	return nil
}

// written enters a decision that the first squad wrote by hand in its booklet, with the photograph of the paper.
func (p *peopled) written(site *apptest.Site) error {
	ctx := context.Background()
	lead, err := site.App.Access.SessionFor(ctx, "officer102")
	if err != nil {
		return err
	}
	assist, err := site.App.Access.SessionFor(ctx, "officer103")
	if err != nil {
		return err
	}
	const number = 1019
	var booklet casework.BookletID
	if err := site.App.DB.View(ctx, func(tx *store.Tx) error {
		return tx.DB().QueryRowContext(tx.Ctx, fmt.Sprintf(`SELECT booklet_id FROM booklet_number WHERE number = %d`, number)).Scan(&booklet)
	}); err != nil {
		return err
	}
	const citizen = "99010719850615001"
	at, picture := site.Clock.Now(), []casework.Picture{{Bytes: photograph()}}
	_, err = site.App.Cases.EnterHandwritten(ctx, lead, booklet, number, casework.HandwrittenInput{
		WrittenAt: at, Source: "patrol", Place: "演示区青石路8号门前", Area: demo.Area, Summary: "停电，人行道上有人摆摊", Lead: lead.Person(), Assist: assist.Person(),
		Party: casework.PartyInput{Kind: "citizen", Name: "演示·何某", IDKind: "resident_id", IDNumber: citizen + identity.ResidentCheckChar(citizen), Address: "演示区榆树里7号（演示）", IdentityBasis: "card_seen"},
		Penalty: casework.PenaltyInput{
			ActFrom: law.DateOf(at), FactText: "当事人在人行道摆摊，占用2平方米", Clear: true, PowerCode: "YS-001", Metric: "2", Fine: true, Amount: law.Yuan(100), Corrected: true, Harm: "none", PayBy: casework.PayCode,
			NoExemption: "经教育仍有必要处罚",
		},
		ShowedID: true, Told: true, Heard: casework.NothingSaid, Correct: casework.CorrectedNow, NoFootage: "停电，执法记录仪没有电", OfficersSigned: true, PartySigned: "on_paper",
	}, picture, picture)
	return err
}

// ordinary adds a lead of the ordinary procedure whose term has run out: a miss, an order of supervision, an
// approval on its way with one signature from paper, a mandate, a list that the squad shares.
func (p *peopled) ordinary(site *apptest.Site) error {
	ctx, tomorrow := context.Background(), law.DateOf(site.Clock.Now()).AddDays(1)
	id, err := takeUp(site, site.Clock.Now().Add(-30*24*time.Hour))
	if err != nil {
		return err
	}
	if _, err := site.App.Terms.Scan(ctx); err != nil {
		return err
	}
	as := map[string]access.Session{}
	for _, login := range []string{"officer102", "officer103", "leader1", "clerk", "legal"} {
		if as[login], err = site.App.Access.SessionFor(ctx, login); err != nil {
			return err
		}
	}
	assign := filing.AssignInput{Lead: org.PersonID(as["officer102"].Person()), Assist: org.PersonID(as["officer103"].Person())}
	if err := site.App.Filing.Assign(ctx, as["leader1"], id, 0, assign); err != nil {
		return err
	}
	slip := inquiry.CollectInput{
		Kind: "written", Title: "送货单（演示）", ObtainedOn: tomorrow.AddDays(-1), Holder: "演示·郑某", Source: "当场提供", Purpose: "证明数量", Photos: [][]byte{photograph()}, ShowedID: true,
	}
	if err := site.App.Inquiry.Collect(ctx, as["officer102"], id, 0, slip); err != nil {
		return err
	}
	if err := site.App.Cases.SaveView(ctx, as["officer102"], casework.SavedViewInput{Name: "在办的", Query: "state=open", Shared: true}); err != nil {
		return err
	}
	var rows []deadline.Row
	if err := site.App.DB.View(ctx, func(tx *store.Tx) (err error) { rows, err = deadline.Of(tx, "case", int64(id)); return err }); err != nil {
		return err
	}
	if _, err := site.App.Terms.Issue(ctx, as["leader1"], deadline.RowID(rows[0].ID), "演示：请说明线索为什么还没有核查完", tomorrow); err != nil {
		return err
	}
	form, err := site.App.Forms.Ask(ctx, as["officer102"], approval.Request{Kind: "case", Ref: int64(id), Chain: "立案", Act: "approve_filing", Purpose: "演示：拟立案"})
	if err != nil {
		return err
	}
	signed := approval.OnPaper{Login: "officer102", On: tomorrow.AddDays(-1), Agree: true, Opinion: "同意", Scan: bytes.NewReader([]byte("%PDF-1.4 演示")), ScanType: "application/pdf"}
	if err := site.App.Forms.Enter(ctx, as["clerk"], form, 1, signed); err != nil {
		return err
	}
	_, err = site.App.Forms.Grant(ctx, as["legal"], approval.MandateInput{
		Document: "演示城管发〔2026〕3号", Giver: "leader1", Taker: "officer102", Posts: []string{"squad"}, From: tomorrow, Until: tomorrow.AddDays(9),
	})
	return err
}

// takeUp registers a lead in the first squad and takes it up in the ordinary procedure.
func takeUp(site *apptest.Site, found time.Time) (casework.CaseID, error) {
	ctx := context.Background()
	officer, err := site.App.Access.SessionFor(ctx, "officer102")
	if err != nil {
		return 0, err
	}
	id, err := site.App.Cases.RegisterLead(ctx, officer, casework.LeadInput{Source: "complaint", FoundAt: found, Place: "演示区青石路8号", Area: "990107", Summary: "露天焚烧垃圾"})
	if err == nil {
		_, err = site.App.Cases.Do(ctx, access.System("test"), id, casework.Command{Act: "take_up"})
	}
	return id, err
}
