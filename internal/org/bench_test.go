package org

import (
	"context"
	"errors"
	"io/fs"
	"strings"
	"testing"

	"fadu/internal/access"
	"fadu/internal/draft"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/setting"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

var migrations = []fs.FS{draft.Migrations, access.Migrations, setting.Migrations, Migrations}

// bureau is a small demo bureau on 2 March 2026: 局 with 法制科, 第一中队 and 第二中队.
type bureau struct {
	t      *testing.T
	db     *store.DB
	clock  *testkit.Clock
	access *access.Service
	s      *Service
	ctx    context.Context
	root   access.UnitID
	legal  access.UnitID
	first  access.UnitID
	second access.UnitID
	// clerk is of 法制科: people, certificates, imports. leader is of 第一中队 and reads only.
	clerk, leader, admin access.Session
}

func both(t *testing.T, f func(b *bureau)) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) { f(newBureau(t, db, clock)) })
}

func newBureau(t *testing.T, db *store.DB, clock *testkit.Clock) *bureau {
	t.Helper()
	b := &bureau{t: t, db: db, clock: clock, ctx: context.Background()}
	testkit.Update(t, db, func(tx *store.Tx) error { return ledger.Born(tx, testkit.Actor(), "演示局", true) })
	var err error
	if b.access, err = access.New(db, access.Options{Bureau: "演示局", Demo: true}); err != nil {
		t.Fatal(err)
	}
	judge, err := law.NewJudge(Rules(), CertificateRules(), SubjectRules())
	if err != nil {
		t.Fatal(err)
	}
	b.s = New(db, b.access, judge)
	b.root = b.unit(0, "演示区城市管理局", "CG")
	b.legal, b.first, b.second = b.unit(b.root, "法制科", "CG-FZ"), b.unit(b.root, "第一中队", "CG-1"), b.unit(b.root, "第二中队", "CG-2")
	b.clerk = b.session("clerk", b.legal, access.LegalAffairs)
	b.leader = b.session("leader", b.first, access.SquadLeader)
	b.admin = b.session("sysadmin", b.root, access.SystemAdmin)
	return b
}

func (b *bureau) unit(parent access.UnitID, name, code string) access.UnitID {
	b.t.Helper()
	id, err := b.access.AddUnit(b.ctx, access.System("test"), access.UnitInput{Parent: parent, Name: name, Code: code, From: day("2020-01-01")})
	b.must(err)
	return id
}

func (b *bureau) session(login string, unit access.UnitID, role access.Role) access.Session {
	b.t.Helper()
	_, err := b.access.CreateAccount(b.ctx, access.System("test"), access.AccountInput{Login: login, Name: "演示·" + login, Unit: unit, Roles: []access.Role{role}})
	b.must(err)
	s, err := b.access.SessionFor(b.ctx, login)
	b.must(err)
	return s
}

func (b *bureau) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

// refused fails unless err is a legal refusal that names the article.
func (b *bureau) refused(err error, article string) {
	b.t.Helper()
	var r *law.Refusal
	if !errors.As(err, &r) || !strings.Contains(r.Error(), article) {
		b.t.Fatalf("%v, want a refusal with %s", err, article)
	}
}

// fails fails unless err is of the kind and says the words.
func (b *bureau) fails(err error, kind fault.Kind, words string) {
	b.t.Helper()
	if !fault.Is(err, kind) || !strings.Contains(err.Error(), words) {
		b.t.Fatalf("%v, want %s with %q", err, kind, words)
	}
}

func (b *bureau) view(f func(tx *store.Tx) error) {
	b.t.Helper()
	testkit.View(b.t, b.db, f)
}

func (b *bureau) add(name, number string, kind PersonKind, unit access.UnitID) PersonID {
	b.t.Helper()
	id, err := b.s.AddPerson(b.ctx, b.clerk, PersonInput{Name: name, StaffNumber: number, Kind: kind, Unit: unit, Post: "队员", From: day("2024-01-01")})
	b.must(err)
	return id
}

func (b *bureau) issue(p PersonID, number string) CertificateID {
	b.t.Helper()
	id, err := b.s.Issue(b.ctx, b.clerk, goodCertificate(p, number))
	b.must(err)
	return id
}

func goodCertificate(p PersonID, number string) CertificateInput {
	return CertificateInput{
		Person: p, Number: number, Kind: EnforcementCertificate, Issuer: "演示市人民政府", Areas: []string{"990107 演示市演示区"}, Categories: []string{"城市管理"},
		ExamPassedOn: day("2024-02-01"), From: day("2024-03-01"), To: day("2029-02-28"),
	}
}

func (b *bureau) person(id PersonID) Person {
	b.t.Helper()
	var p Person
	b.view(func(tx *store.Tx) (err error) { p, err = personByID(tx, id); return err })
	return p
}

func (b *bureau) certificate(id CertificateID) Certificate {
	b.t.Helper()
	var c Certificate
	b.view(func(tx *store.Tx) (err error) { c, err = certificateByID(tx, id); return err })
	return c
}

func (b *bureau) status(id PersonID, on, area string) OfficerStatus {
	b.t.Helper()
	var s OfficerStatus
	b.view(func(tx *store.Tx) (err error) { s, err = OfficerOn(tx, id, day(on), area); return err })
	return s
}

func (b *bureau) history(subject string) string {
	b.t.Helper()
	var kinds []string
	b.view(func(tx *store.Tx) error {
		es, err := ledger.History(tx, subject, 0, 100)
		for _, e := range es {
			kinds = append([]string{strings.TrimPrefix(e.Kind, "org.")}, kinds...)
		}
		return err
	})
	return strings.Join(kinds, " ")
}

// proved runs the ledger's verification with this package's references.
func (b *bureau) proved() {
	b.t.Helper()
	b.must(ledger.Sequence(b.ctx, b.db))
	rep, err := ledger.Verify(b.ctx, b.db, append(References, draft.References...), nil)
	b.must(err)
	if !rep.OK() {
		b.t.Fatalf("ledger: %v", rep.Faults)
	}
}
