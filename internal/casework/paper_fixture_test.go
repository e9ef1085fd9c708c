package casework_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"
	"time"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/jobs"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

// street is the small bureau whose cases are worked by calling the service, on either engine.
type street struct {
	*apiBureau
	ctx      context.Context
	sessions map[string]access.Session
	parties  int
}

// onStreets runs f on both engines, each with a bureau on 30 April 2026.
func onStreets(t *testing.T, f func(t *testing.T, b *street)) {
	t.Helper()
	inApril.Both(t, func(t *testing.T, db *store.DB, clock *testkit.Clock, what known) {
		b := streetOf(openBureau(t, db, clock, what))
		b.serve()
		f(t, b)
	})
}

// inApril is the bureau on 30 April 2026 with what papers need.
var inApril = &testkit.Filled[known]{Migrations: fixtureMigrations, Fill: func(t testing.TB, db *store.DB, clock *testkit.Clock) known {
	clock.Set(time.Date(2026, 4, 30, 10, 0, 0, 0, law.Zone))
	b := streetOf(fillBureau(t, db, clock))
	b.setUp()
	return b.known
}}

func streetOf(b *apiBureau) *street {
	return &street{apiBureau: b, ctx: context.Background(), sessions: map[string]access.Session{}}
}

// setUp adds what papers need: a head, and numbers for every kind; the notices are not sealed beforehand.
func (b *street) setUp() {
	b.t.Helper()
	_, err := b.access.CreateAccount(b.ctx, access.System("test"), access.AccountInput{Login: "head", Name: "演示局长", Unit: b.units["局"], Roles: []access.Role{access.BureauHead}, Password: fixturePassword, Settled: true})
	b.must(err)
	for i, k := range []struct {
		kind casework.PaperKind
		word string
	}{{casework.CorrectionNotice, "责改"}, {casework.InquiryNotice, "询通"}, {casework.ParkingNotice, "停告"}, {casework.CorrectionSlip, "更"}, {casework.Revocation, "撤"}, {casework.PenaltyNotice, "告"}, {casework.ChangeDecision, "变"}} {
		b.series(casework.SeriesInput{Unit: b.units["局"], Kind: k.kind, Prefix: "演城管" + k.word + "字", First: 1, Last: 20, Presealed: i > 0 && k.kind != casework.ChangeDecision})
	}
}

// session is who acts under the login.
func (b *street) session(login string) access.Session {
	b.t.Helper()
	s, ok := b.sessions[login]
	if !ok {
		var err error
		s, err = b.access.SessionFor(b.ctx, login)
		b.must(err)
		b.sessions[login] = s
	}
	return s
}

func (b *street) series(in casework.SeriesInput) {
	b.t.Helper()
	in.Year = int64(b.clock.Now().Year())
	b.must(b.cases.OpenSeries(b.ctx, b.session("clerk"), in))
}

func (b *street) tick(minutes int) { b.clock.Advance(time.Duration(minutes) * time.Minute) }

func (b *street) file(id casework.CaseID) *casework.File {
	b.t.Helper()
	f, err := b.cases.View(b.ctx, access.System("test"), id)
	b.must(err)
	return f
}

func (b *street) version(id casework.CaseID) int64 { return b.file(id).Case.Version }

// lead registers what was found.
func (b *street) lead() casework.CaseID {
	b.t.Helper()
	id, err := b.cases.RegisterLead(b.ctx, b.session("zhao"), casework.LeadInput{Source: "patrol", FoundAt: b.clock.Now(), Place: "演示区青石路8号门前", Area: "990107", Summary: "人行道上有人摆摊"})
	b.must(err)
	b.tick(1)
	return id
}

// ready is a case on which everything before the decision is done; pay is how the fine is to be paid.
func (b *street) ready(amount law.Money, pay string) casework.CaseID {
	b.t.Helper()
	zhao, id := b.session("zhao"), b.lead()
	b.must(b.cases.NameOfficers(b.ctx, zhao, id, b.version(id), casework.OfficersInput{Lead: int64(b.persons["zhao"]), Assist: int64(b.persons["qian"])}))
	b.parties++
	number := fmt.Sprintf("99010719800101%03d", b.parties)
	b.must(b.cases.RecordParty(b.ctx, zhao, id, b.version(id), casework.PartyInput{Kind: casework.Citizen, Name: fmt.Sprintf("演示·郑%d", b.parties), IDKind: "resident_id", IDNumber: demoID(number), Address: "演示区和平里3号", Phone: "19900000001", IdentityBasis: "card_seen"}))
	b.must(b.cases.AddPhoto(b.ctx, zhao, id, b.version(id), casework.PhotoInput{Caption: "现场", Place: "青石路8号门前", TakenAt: b.clock.Now(), Type: "image/png"}, bytes.NewReader(signature())))
	for _, st := range [][3]string{{"show_id", "出示证件", ""}, {"measure", "卷尺", "2"}, {"footage", "", "DSJ-0101"}, {"tell", "告知事实、理由、依据和权利", ""}, {"hear", "知道错了，请从轻", ""}, {"review", "予以采纳", ""}, {"correct", "当场改正", "on_spot"}} {
		b.must(b.cases.RecordStep(b.ctx, zhao, id, b.version(id), casework.StepInput{Kind: casework.StepKind(st[0]), DoneAt: b.clock.Now(), Text: st[1], Detail: st[2]}))
		b.tick(1)
	}
	in := casework.PenaltyInput{ActFrom: law.DateOf(b.clock.Now()), FactText: "当事人在人行道摆摊，占用2平方米", Clear: true, PowerCode: onStreet, Fine: amount > 0, Warning: amount == 0, Amount: amount, Metric: "2", Corrected: true, Harm: "none", NoExemption: "经教育仍有必要处罚", PayBy: pay}
	b.must(b.cases.Propose(b.ctx, zhao, id, b.version(id), in))
	return id
}

// decided is a case whose decision is issued.
func (b *street) decided(amount law.Money, pay string) (casework.CaseID, casework.PaperID) {
	b.t.Helper()
	id := b.ready(amount, pay)
	paper, err := b.cases.Decide(b.ctx, b.session("zhao"), id, b.version(id))
	b.must(err)
	b.tick(1)
	return id, paper
}

// delivered is a case whose decision was signed and handed over.
func (b *street) delivered(amount law.Money, pay string) (casework.CaseID, casework.PaperID) {
	b.t.Helper()
	id, paper := b.decided(amount, pay)
	b.signAll(paper)
	b.must(b.cases.Deliver(b.ctx, b.session("zhao"), id, b.version(id), casework.DeliverInput{At: b.clock.Now()}))
	b.tick(1)
	return id, paper
}

func (b *street) signAll(paper casework.PaperID) {
	b.t.Helper()
	for _, s := range []struct {
		login string
		role  casework.SignatureRole
	}{{"zhao", casework.SignLead}, {"qian", casework.SignAssist}, {"zhao", casework.SignParty}} {
		b.must(b.cases.Sign(b.ctx, b.session(s.login), paper, casework.SignInput{Role: s.role, Method: "drawn"}, bytes.NewReader(signature())))
	}
	b.tick(1)
}

func (b *street) paper(id casework.PaperID) *casework.PaperView {
	b.t.Helper()
	p, err := b.cases.Paper(b.ctx, access.System("test"), id)
	b.must(err)
	return p
}

// jobsDone runs the background work that is due.
func (b *street) jobsDone() {
	b.t.Helper()
	b.clock.Advance(2 * time.Minute)
	_, err := jobs.NewRunner(b.db, b.cases.Jobs()).RunDue(b.ctx)
	b.must(err)
}

// proved fails the test unless the ledger and the papers verify.
func (b *street) proved() {
	b.t.Helper()
	b.must(ledger.Sequence(b.ctx, b.db))
	r, err := ledger.Verify(b.ctx, b.db, casework.References, []ledger.Check{b.cases.PaperCheck()})
	b.must(err)
	if len(r.Faults) > 0 {
		b.t.Errorf("核验不通过：%v", r.Faults)
	}
}

// fails asks for a failure of the kind whose words have the text.
func (b *street) fails(what string, err error, kind fault.Kind, text string) {
	b.t.Helper()
	if !fault.Is(err, kind) || !strings.Contains(err.Error(), text) {
		b.t.Errorf("%s：应当是 %s“%s”，得到 %v", what, kind, text, err)
	}
}

// refused asks for a refusal by the rule.
func (b *street) refused(what string, err error, rule string) {
	b.t.Helper()
	var r *law.Refusal
	if !errors.As(err, &r) {
		b.t.Errorf("%s：应当因 %s 拒绝，得到 %v", what, rule, err)
		return
	}
	for _, f := range r.Findings {
		if f.Rule == rule {
			return
		}
	}
	b.t.Errorf("%s：拒绝里没有 %s：%v", what, rule, r)
}

func (b *street) count(query string, args ...any) int64 {
	b.t.Helper()
	var n int64
	testkit.View(b.t, b.db, func(tx *store.Tx) error { return tx.DB().NewRaw(query, args...).Scan(tx.Ctx, &n) })
	return n
}

// signature is a small drawn image.
func signature() []byte {
	img := image.NewNRGBA(image.Rect(0, 0, 60, 20))
	for x := range 60 {
		img.Set(x, 10+x%5, color.NRGBA{A: 255})
	}
	var b bytes.Buffer
	_ = png.Encode(&b, img)
	return b.Bytes()
}
