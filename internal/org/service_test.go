package org

import (
	"strings"
	"testing"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/setting"
	"fadu/internal/store"
)

func TestTransferKeepsHistory(t *testing.T) {
	both(t, func(b *bureau) {
		id := b.add("演示·甲", "A01", OfficerStaff, b.first)
		_, err := b.access.CreateAccount(b.ctx, access.System("test"), access.AccountInput{Login: "jia", Name: "演示·甲", Person: int64(id), Unit: b.first, Roles: []access.Role{access.Officer}})
		b.must(err)
		b.issue(id, "Z1")
		in := TransferInput{Unit: b.second, Post: "副中队长", Kind: OfficerStaff, From: day("2026-02-16"), Reason: "演城管人〔2026〕3号"}
		b.must(b.s.Transfer(b.ctx, b.clerk, id, 1, in))
		if s := b.status(id, "2026-02-15", "990107"); s.UnitName != "第一中队" || s.Post != "队员" || !s.Certified {
			b.t.Fatalf("before: %+v", s)
		}
		if s := b.status(id, "2026-02-16", "990107"); s.UnitName != "第二中队" || s.Post != "副中队长" {
			b.t.Fatalf("after: %+v", s)
		}
		if s, err := b.access.SessionFor(b.ctx, "jia"); err != nil || s.Unit().ID != b.second {
			b.t.Fatalf("the account stayed behind: %v %v", s.Unit(), err)
		}
		b.fails(b.s.Transfer(b.ctx, b.clerk, id, 1, in), fault.Conflict, "刚被别人改过")
		in.From = day("2026-02-16")
		b.fails(b.s.Transfer(b.ctx, b.clerk, id, 2, in), fault.Invalid, "应晚于")
		in.From = day("2026-03-03")
		b.fails(b.s.Transfer(b.ctx, b.clerk, id, 2, in), fault.Invalid, "不能晚于今天")

		var last Posting
		b.view(func(tx *store.Tx) error {
			ps, err := live(tx, id)
			last = ps[len(ps)-1]
			return err
		})
		b.must(b.s.AnnulPosting(b.ctx, b.clerk, last.ID, last.Version, "文件撤回"))
		if s := b.status(id, "2026-03-02", "990107"); s.UnitName != "第一中队" || !s.Certified {
			b.t.Fatalf("annulled: %+v", s)
		}
		if p := b.person(id); p.UnitID != b.first {
			b.t.Fatalf("the person stayed in the annulled unit: %+v", p)
		}
		if want := "person_added certificate_issued person_transferred posting_annulled"; b.history(id.Subject()) != want {
			b.t.Fatalf("%s", b.history(id.Subject()))
		}
		b.proved()
	})
}

func TestPostingsNeverOverlap(t *testing.T) {
	both(t, func(b *bureau) {
		id := b.add("演示·甲", "A01", OfficerStaff, b.first)
		b.must(b.s.Transfer(b.ctx, b.clerk, id, 1, TransferInput{Unit: b.second, Post: "队员", Kind: OfficerStaff, From: day("2025-01-01"), Reason: "调动"}))
		var ps []Posting
		b.view(func(tx *store.Tx) (err error) { ps, err = live(tx, id); return err })
		edit := func(p Posting) PostingEdit {
			return PostingEdit{Unit: p.UnitID, Post: p.Post, Kind: p.Kind, From: p.From, Until: p.Until, Reason: "更正"}
		}
		early := edit(ps[1])
		early.From = day("2024-12-31")
		b.fails(b.s.CorrectPosting(b.ctx, b.clerk, ps[1].ID, ps[1].Version, early), fault.Invalid, "重叠")
		open := edit(ps[0])
		open.Until = law.Date{}
		b.fails(b.s.CorrectPosting(b.ctx, b.clerk, ps[0].ID, ps[0].Version, open), fault.Invalid, "更正只改")
		good := edit(ps[0])
		good.From, good.Post = day("2023-12-01"), "班长"
		b.must(b.s.CorrectPosting(b.ctx, b.clerk, ps[0].ID, ps[0].Version, good))
		b.fails(b.s.CorrectPosting(b.ctx, b.clerk, ps[0].ID, ps[0].Version, good), fault.Conflict, "刚被别人改过")
		if s := b.status(id, "2023-12-01", ""); s.Post != "班长" || s.Unit != b.first {
			b.t.Fatalf("%+v", s)
		}
		b.fails(b.s.AnnulPosting(b.ctx, b.clerk, ps[0].ID, ps[0].Version+1, "x"), fault.Conflict, "只能撤销最后一次")
		b.proved()
	})
}

func TestAuxiliaryIsRefused(t *testing.T) {
	both(t, func(b *bureau) {
		aux := b.add("演示·协管", "X01", AuxiliaryStaff, b.first)
		_, err := b.s.Issue(b.ctx, b.clerk, goodCertificate(aux, "Z1"))
		b.refused(err, "中发〔2015〕37号")
		b.refused(err, "行政处罚法第42条")
		if s := b.status(aux, "2026-03-02", "990107"); s.Certified || !s.Auxiliary || len(s.Reasons) != 2 {
			b.t.Fatalf("%+v", s)
		}
		b.must(b.s.Transfer(b.ctx, b.clerk, aux, 1, TransferInput{Unit: b.first, Post: "队员", Kind: OfficerStaff, From: day("2026-03-01"), Reason: "考录"}))
		b.issue(aux, "Z1")
		if s := b.status(aux, "2026-03-02", "990107"); !s.Certified {
			b.t.Fatalf("%+v", s)
		}
		if s := b.status(aux, "2026-02-28", "990107"); s.Certified || !s.Auxiliary {
			b.t.Fatalf("the time as auxiliary was forgotten: %+v", s)
		}
		err = b.s.Transfer(b.ctx, b.clerk, aux, 2, TransferInput{Unit: b.first, Post: "协管", Kind: AuxiliaryStaff, From: day("2026-03-02"), Reason: "转岗"})
		b.refused(err, "中发〔2015〕37号")
	})
}

func TestCertificateLife(t *testing.T) {
	both(t, func(b *bureau) {
		id := b.add("演示·甲", "A01", OfficerStaff, b.first)
		c := b.issue(id, "z 1")
		if got := b.certificate(c); got.Number != "Z1" {
			b.t.Fatalf("number %q", got.Number)
		}
		_, err := b.s.Issue(b.ctx, b.clerk, goodCertificate(id, "Z1"))
		b.fails(err, fault.Invalid, "已经登记过")
		_, err = b.s.Issue(b.ctx, b.leader, goodCertificate(id, "Z2"))
		b.fails(err, fault.Forbidden, "")

		b.must(b.s.Suspend(b.ctx, b.clerk, c, 1, SuspensionInput{From: day("2026-02-20"), Reason: "投诉核查"}))
		b.fails(b.s.Suspend(b.ctx, b.clerk, c, 2, SuspensionInput{From: day("2026-03-01"), Reason: "x"}), fault.Invalid, "重叠")
		if s := b.status(id, "2026-03-02", "990107"); s.Certified {
			b.t.Fatalf("%+v", s)
		}
		cards := b.cards(id)
		b.fails(b.s.Resume(b.ctx, b.clerk, c, 2, cards[0].Suspensions[0].ID, day("2026-02-20")), fault.Invalid, "应晚于")
		b.must(b.s.Resume(b.ctx, b.clerk, c, 2, cards[0].Suspensions[0].ID, day("2026-03-01")))
		for on, want := range map[string]bool{"2026-02-19": true, "2026-02-20": false, "2026-02-28": false, "2026-03-01": true} {
			if s := b.status(id, on, "990107"); s.Certified != want {
				b.t.Fatalf("%s: %+v", on, s)
			}
		}
		b.must(b.s.AnnulSuspension(b.ctx, b.clerk, c, 3, cards[0].Suspensions[0].ID, "核查属实无误"))
		if s := b.status(id, "2026-02-25", "990107"); !s.Certified {
			b.t.Fatalf("%+v", s)
		}
		b.fails(b.s.Renew(b.ctx, b.clerk, c, 4, day("2029-02-28"), day("2034-02-28")), fault.Invalid, "之后开始")
		b.must(b.s.Renew(b.ctx, b.clerk, c, 4, day("2029-03-01"), day("2034-02-28")))
		if s := b.status(id, "2029-03-01", "990107"); !s.Valid {
			b.t.Fatalf("%+v", s)
		}
		b.must(b.s.RecordCheck(b.ctx, b.clerk, c, 5, AnnualCheck{Year: 2025, Result: CheckFailed, CheckedOn: day("2026-01-15")}))
		if s := b.status(id, "2026-03-02", "990107"); s.Certified {
			b.t.Fatalf("%+v", s)
		}
		b.must(b.s.RecordCheck(b.ctx, b.clerk, c, 6, AnnualCheck{Year: 2025, Result: CheckPassed, CheckedOn: day("2026-01-16"), Note: "复查"}))
		if s := b.status(id, "2026-03-02", "990107"); !s.Certified || len(s.Warnings) > 0 {
			b.t.Fatalf("%+v", s)
		}
		b.must(b.s.Revoke(b.ctx, b.clerk, c, 7, day("2026-03-02"), "收回", "调离执法岗位"))
		b.fails(b.s.Revoke(b.ctx, b.clerk, c, 8, day("2026-03-02"), "注销", "x"), fault.Conflict, "已于2026年3月2日收回")
		if b.status(id, "2026-03-02", "990107").Certified || !b.status(id, "2026-03-01", "990107").Certified {
			b.t.Fatal("revocation")
		}
		b.must(b.s.AnnulRevocation(b.ctx, b.clerk, c, 8, "误录"))
		if !b.status(id, "2026-03-02", "990107").Certified {
			b.t.Fatal("annulled revocation")
		}
		want := "person_added certificate_issued certificate_suspended certificate_resumed suspension_annulled certificate_renewed certificate_checked certificate_checked certificate_revoked revocation_annulled"
		if b.history(id.Subject()) != want {
			b.t.Fatal(b.history(id.Subject()))
		}
		b.proved()
	})
}

func (b *bureau) cards(id PersonID) []Card {
	b.t.Helper()
	var out []Card
	b.view(func(tx *store.Tx) error {
		cs, err := cardsOf(tx, []PersonID{id})
		out = cs[id]
		return err
	})
	return out
}

func TestLeaving(t *testing.T) {
	both(t, func(b *bureau) {
		id := b.add("演示·甲", "A01", OfficerStaff, b.first)
		_, err := b.access.CreateAccount(b.ctx, access.System("test"), access.AccountInput{Login: "jia", Name: "演示·甲", Person: int64(id), Unit: b.first, Roles: []access.Role{access.Officer}})
		b.must(err)
		c := b.issue(id, "Z1")
		b.must(b.s.Leave(b.ctx, b.clerk, id, 1, day("2026-02-28"), "退休"))
		if got := b.certificate(c); got.RevokedOn != day("2026-03-01") || got.RevokedHow != "收回" {
			b.t.Fatalf("%+v", got)
		}
		if !b.status(id, "2026-02-28", "990107").Certified || b.status(id, "2026-03-01", "990107").Certified {
			b.t.Fatal("last day")
		}
		b.view(func(tx *store.Tx) error {
			a, err := b.access.AccountOfPerson(tx, int64(id))
			if err != nil || !a.Disabled {
				b.t.Fatalf("%+v %v", a, err)
			}
			return nil
		})
		_, err = b.s.Issue(b.ctx, b.clerk, goodCertificate(id, "Z2"))
		b.refused(err, "行政处罚法第42条")
		b.fails(b.s.Leave(b.ctx, b.clerk, id, 2, day("2026-03-01"), "x"), fault.Conflict, "已经离职")
		b.must(b.s.Return(b.ctx, b.clerk, id, 2, "误录"))
		if s := b.status(id, "2026-03-02", "990107"); s.UnitName != "第一中队" || s.Certified {
			b.t.Fatalf("%+v", s)
		}
		b.proved()
	})
}

func TestAbsence(t *testing.T) {
	both(t, func(b *bureau) {
		id := b.add("演示·甲", "A01", OfficerStaff, b.first)
		b.issue(id, "Z1")
		b.must(b.s.Absent(b.ctx, b.clerk, id, 1, day("2026-02-01"), law.Date{}, "借调区委"))
		b.fails(b.s.Absent(b.ctx, b.clerk, id, 2, day("2026-02-10"), law.Date{}, "病休"), fault.Invalid, "重叠")
		if b.status(id, "2026-03-02", "990107").Certified {
			b.t.Fatal("absent and certified")
		}
		var a Absence
		b.view(func(tx *store.Tx) error {
			m, err := absencesOf(tx, []PersonID{id})
			a = m[id][0]
			return err
		})
		b.must(b.s.Back(b.ctx, b.clerk, id, 2, a.ID, day("2026-03-02")))
		if !b.status(id, "2026-03-02", "990107").Certified || b.status(id, "2026-03-01", "990107").Certified {
			b.t.Fatal("back")
		}
		b.proved()
	})
}

func TestPersonEdits(t *testing.T) {
	both(t, func(b *bureau) {
		a, _ := b.add("演示·甲", "A01", OfficerStaff, b.first), b.add("演示·乙", "A02", OfficerStaff, b.second)
		const number = "990107199003074813"
		b.fails(b.s.EditPerson(b.ctx, b.clerk, a, 1, PersonEdit{Name: "演示·甲", StaffNumber: "A02", Identity: "123"}), fault.Invalid, "2 处要改")
		err := b.s.EditPerson(b.ctx, b.clerk, a, 1, PersonEdit{Name: "演示·甲甲", StaffNumber: "A01", Phone: "13800001234", Identity: demoIdentity(number)})
		b.must(err)
		b.fails(b.s.EditPerson(b.ctx, b.clerk, a, 1, PersonEdit{Name: "演示·丙", StaffNumber: "A01"}), fault.Conflict, "刚被别人改过")
		b.view(func(tx *store.Tx) error {
			es, err := ledger.History(tx, a.Subject(), 0, 1)
			if err != nil || !strings.Contains(es[0].Data, "演示·甲甲") || strings.Contains(es[0].Data, number[6:14]) || strings.Contains(es[0].Data, "13800001234") {
				b.t.Fatalf("%v %v", es, err)
			}
			return nil
		})
		if got := b.person(a); got.Identity != demoIdentity(number) {
			b.t.Fatalf("%+v", got)
		}
		b.must(b.s.EditPerson(b.ctx, b.clerk, a, 2, PersonEdit{Name: "演示·甲甲", StaffNumber: "A01", Phone: "13800001234"}))
		if got := b.person(a); got.Identity == "" || got.Version != 2 {
			b.t.Fatalf("an edit that changed nothing wrote: %+v", got)
		}
		if full, err := b.s.ShowIdentity(b.ctx, b.clerk, a, "核对社保"); err != nil || full != demoIdentity(number) {
			b.t.Fatal(full, err)
		}
		if _, err := b.s.ShowIdentity(b.ctx, b.leader, a, "看看"); !fault.Is(err, fault.Forbidden) {
			b.t.Fatal(err)
		}
		if !strings.HasSuffix(b.history(a.Subject()), "identity_shown") {
			b.t.Fatal(b.history(a.Subject()))
		}
		_, err = b.s.AddPerson(b.ctx, b.clerk, PersonInput{Name: "演示·丁", StaffNumber: "ａ０１", Kind: OfficerStaff, Unit: b.first, Post: "队员", From: day("2026-03-03")})
		b.fails(err, fault.Invalid, "已经由演示·甲甲使用")
		b.fails(err, fault.Invalid, "不能晚于今天")
		b.proved()
	})
}

func TestOfficersToChoose(t *testing.T) {
	both(t, func(b *bureau) {
		a, c := b.add("演示·甲", "A01", OfficerStaff, b.first), b.add("演示·乙", "A02", OfficerStaff, b.second)
		b.add("演示·协管", "X01", AuxiliaryStaff, b.first)
		b.issue(a, "Z1")
		b.view(func(tx *store.Tx) error {
			own, err := Officers(tx, b.leader.ScopeFor(access.OrgRead), day("2026-03-02"), "990107")
			if err != nil || len(own) != 1 || own[0].Person != a || !own[0].Certified {
				b.t.Fatalf("%+v %v", own, err)
			}
			all, err := Officers(tx, b.clerk.ScopeFor(access.OrgRead), day("2026-03-02"), "990107")
			if err != nil || len(all) != 2 || all[1].Person != c || all[1].Certified || all[1].Reasons[0] != "没有执法证" {
				b.t.Fatalf("%+v %v", all, err)
			}
			if none, err := Officers(tx, access.Scope{}, day("2026-03-02"), ""); err != nil || len(none) != 0 {
				b.t.Fatalf("nobody's scope shows %v %v", none, err)
			}
			if _, err := OfficerOn(tx, 1, day("2026-03-02"), ""); !fault.Is(err, fault.NotFound) {
				b.t.Fatal(err)
			}
			p, err := PersonByCertificate(tx, "z1")
			if err != nil || PersonID(p) != a {
				b.t.Fatal(p, err)
			}
			return nil
		})
	})
}

func TestPractice(t *testing.T) {
	both(t, func(b *bureau) {
		id := b.add("演示·甲", "A01", OfficerStaff, b.first)
		b.issue(id, "Z1")
		if s := b.status(id, "2026-04-01", "990107"); !s.Certified || len(s.Warnings) != 1 {
			b.t.Fatalf("%+v", s)
		}
		decide := func(by access.Session, x setting.Item, value string) error {
			settings, err := setting.New(b.db, Settings...)
			b.must(err)
			return settings.Decide(b.ctx, by, x.Key, value, "演城管发〔2026〕1号", 0)
		}
		b.must(decide(b.clerk, AnnualCheckPolicy, string(CheckRefuses)))
		if s := b.status(id, "2026-04-01", "990107"); s.Certified {
			b.t.Fatalf("%+v", s)
		}
		b.fails(decide(b.clerk, AnnualCheckUntil, "13-31"), fault.Invalid, "月-日")
		b.must(decide(b.clerk, AnnualCheckUntil, "04-30"))
		if s := b.status(id, "2026-04-01", "990107"); !s.Certified {
			b.t.Fatalf("审验期还没有过：%+v", s)
		}
		b.fails(decide(b.leader, AnnualCheckUntil, "05-31"), fault.Forbidden, "")
	})
}
