package approval

import (
	"context"
	"errors"
	"io/fs"
	"strings"
	"testing"
	"time"

	"fadu/internal/access"
	"fadu/internal/blob"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

var migrations = []fs.FS{access.Migrations, Migrations}

// bench is a bureau with a 大队 and a 中队 and everybody who signs.
type bench struct {
	t     *testing.T
	db    *store.DB
	clock *testkit.Clock
	s     *Service
	m     Matter
	who   map[string]access.Session
	ran   []string
	// stop is what a guard of the act says.
	stop error
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func newBench(t *testing.T, db *store.DB, clock *testkit.Clock) *bench {
	t.Helper()
	ctx, system := context.Background(), access.System("test")
	units, err := access.New(db, access.Options{})
	must(t, err)
	b := &bench{t: t, db: db, clock: clock, who: map[string]access.Session{}}
	clock.Set(law.MustDate("2026-03-02").Start().Add(9 * time.Hour))
	var at [3]access.UnitID
	for i, name := range []string{"演示局", "演示大队", "演示一中队"} {
		parent := access.UnitID(0)
		if i > 0 {
			parent = at[i-1]
		}
		at[i], err = units.AddUnit(ctx, system, access.UnitInput{Parent: parent, Name: name, Code: "U" + string(rune('1'+i)), From: law.MustDate("2020-01-01")})
		must(t, err)
	}
	for i, a := range []struct {
		login string
		unit  int
		role  access.Role
	}{
		{"lead", 2, access.Officer},
		{"second", 2, access.Officer},
		{"squad", 2, access.SquadLeader},
		{"brigade", 1, access.SquadLeader},
		{"legal", 0, access.LegalAffairs},
		{"deputy", 0, access.DeputyHead},
		{"head", 0, access.BureauHead},
		{"clerk", 2, access.Clerk},
		{"stand-in", 2, access.Officer},
	} {
		_, err := units.CreateAccount(ctx, system, access.AccountInput{Login: a.login, Name: "演示·" + a.login, Person: int64(i + 1), Unit: at[a.unit], Roles: []access.Role{a.role}, Password: "Yanshi-Approval-77", Settled: true})
		must(t, err)
		b.who[a.login], err = units.SessionFor(ctx, a.login)
		must(t, err)
	}
	testkit.View(t, db, func(tx *store.Tx) error {
		u, err := units.UnitByID(tx, at[2])
		b.m = Matter{Kind: "case", Ref: 7, Title: "演城管立字〔2026〕第7号", Href: "/w/cases/7", Levels: u.Levels(), Holder: 1, Second: 2}
		return err
	})
	folder, err := blob.NewFolder(t.TempDir(), 1<<20)
	must(t, err)
	b.s = New(Deps{DB: db, Units: units, Blobs: folder})
	b.s.Reads("case", func(_ *store.Tx, _ access.Session, _ access.Permission, in Request) (Matter, string, error) {
		m := b.m
		m.Of = in.Of
		return m, "批准", nil
	})
	for _, act := range []string{"approve_filing", "extend_decision_again"} {
		b.s.Runs("case", act, b.run)
	}
	return b
}

func (b *bench) run(tx *store.Tx, by access.Session, a Approval) error {
	if b.stop != nil {
		return b.stop
	}
	st, err := ApprovedBy(tx, a.Matter, a.Chain, a.Act)
	if err == nil && !st.Approved {
		err = errors.New("the act runs before the form is signed")
	}
	b.ran = append(b.ran, a.Act+" "+by.Login())
	return err
}

func (b *bench) ask(chain, act string) ID {
	b.t.Helper()
	id, err := b.s.Ask(context.Background(), b.who["lead"], Request{Kind: "case", Ref: 7, Chain: chain, Act: act, Purpose: "符合立案条件"})
	must(b.t, err)
	return id
}

func (b *bench) see(id ID) (a Approval) {
	b.t.Helper()
	testkit.View(b.t, b.db, func(tx *store.Tx) (err error) {
		a, err = load(tx, b.who["head"].ScopeFor(access.CaseRead), id)
		return err
	})
	return a
}

func (b *bench) sign(who string, id ID) error {
	return b.s.Sign(context.Background(), b.who[who], id, b.see(id).Version, true, "同意")
}

func (b *bench) signs(id ID, who ...string) {
	b.t.Helper()
	for _, w := range who {
		if err := b.sign(w, id); err != nil {
			b.t.Fatalf("%s 签不了：%v", w, err)
		}
	}
}

func (b *bench) refused(name string, err error, kind fault.Kind, says string) {
	b.t.Helper()
	if !fault.Is(err, kind) || !strings.Contains(err.Error(), says) {
		b.t.Errorf("%s：%v", name, err)
	}
}

func (b *bench) inbox(who string) int {
	b.t.Helper()
	n, err := b.s.InboxCount(store.WithFresh(context.Background()), b.who[who])
	must(b.t, err)
	return n
}

func (b *bench) approved(chain, act string) bool {
	var st Standing
	testkit.View(b.t, b.db, func(tx *store.Tx) (err error) { st, err = ApprovedBy(tx, b.m, chain, act); return err })
	return st.Approved
}

func TestChainSignsInOrderAndActs(t *testing.T) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		b := newBench(t, db, clock)
		id := b.ask("立案", "approve_filing")
		_, err := b.s.Ask(context.Background(), b.who["lead"], Request{Kind: "case", Ref: 7, Chain: "立案", Act: "approve_filing", Purpose: "再报"})
		b.refused("同一件事不能报两份", err, fault.Conflict, "已经报批")
		b.refused("没有轮到", b.sign("deputy", id), fault.Forbidden, "轮到承办人")
		if b.inbox("lead") != 1 || b.inbox("second") != 0 {
			t.Error("只在轮到的人那里")
		}
		b.signs(id, "lead", "second")
		b.refused("承办人不能再签别的栏", b.sign("lead", id), fault.Forbidden, "承办人不能审批")
		b.refused("别的岗位", b.sign("brigade", id), fault.Forbidden, "中队长")
		b.signs(id, "squad", "brigade")
		if b.approved("立案", "approve_filing") || b.inbox("deputy") != 1 {
			t.Error("最后一签以前没有批准")
		}
		b.signs(id, "deputy")
		if a := b.see(id); a.State != Done || len(b.ran) != 1 || b.ran[0] != "approve_filing deputy" || b.approved("立案", "approve_filing") {
			t.Errorf("最后一签就是办理：%+v %v", a, b.ran)
		}
		must(t, ledger.Sequence(context.Background(), db))
		if rep, err := ledger.Verify(context.Background(), db, References, nil); err != nil || !rep.OK() {
			t.Errorf("%+v %v", rep, err)
		}
	})
}

func TestLawStopsLastSignature(t *testing.T) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		b := newBench(t, db, clock)
		id := b.ask("立案", "approve_filing")
		b.signs(id, "lead", "second", "squad", "brigade")
		b.stop = &law.Refusal{}
		var refusal *law.Refusal
		if err := b.sign("deputy", id); !errors.As(err, &refusal) {
			t.Errorf("法定关口不过，签不成：%v", err)
		}
		if a := b.see(id); a.State != Asked || a.Steps[4].Given() || b.approved("立案", "approve_filing") {
			t.Errorf("签名也没有留下：%+v", a)
		}
		b.stop = nil
		b.signs(id, "deputy")
	})
}

func TestDisagreeReturns(t *testing.T) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		b := newBench(t, db, clock)
		id := b.ask("立案", "approve_filing")
		b.signs(id, "lead", "second")
		ctx := context.Background()
		b.refused("不写意见", b.s.Sign(ctx, b.who["squad"], id, 3, false, " "), fault.Invalid, "意见")
		must(t, b.s.Sign(ctx, b.who["squad"], id, 3, false, "证据不足，补充照片"))
		if a := b.see(id); a.State != Returned || b.approved("立案", "approve_filing") {
			t.Errorf("不同意的退回：%+v", a)
		}
		b.refused("退回的不能再签", b.sign("brigade", id), fault.Conflict, "不等谁签")
		second := b.ask("立案", "approve_filing")
		b.refused("不是报批的人撤回", b.s.Withdraw(ctx, b.who["squad"], second, 1, "不用了"), fault.Forbidden, "报批的人")
		must(t, b.s.Withdraw(ctx, b.who["lead"], second, 1, "写错了事由"))
	})
}

func TestMandate(t *testing.T) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		b := newBench(t, db, clock)
		ctx, legal := context.Background(), b.who["legal"]
		in := MandateInput{Document: "演城管〔2026〕5号", Paired: true, Giver: "squad", Taker: "stand-in", Posts: []string{"squad"}, From: law.MustDate("2026-03-01"), Until: law.MustDate("2026-03-05")}
		bad := in
		bad.Giver = "lead"
		_, err := b.s.Grant(ctx, legal, bad)
		b.refused("授权人不担任这个岗位", err, fault.Invalid, "不担任")
		bad = in
		bad.Until = law.MustDate("2027-12-31")
		_, err = b.s.Grant(ctx, legal, bad)
		b.refused("太长", err, fault.Invalid, "最长一年")
		_, err = b.s.Grant(ctx, b.who["head"], in)
		b.refused("不由法制科登记", err, fault.Forbidden, "")
		bad = in
		bad.Posts = []string{"handler"}
		_, err = b.s.Grant(ctx, legal, bad)
		b.refused("承办人的签名不能代", err, fault.Invalid, "不能代签")
		_, err = b.s.Grant(ctx, legal, in)
		must(t, err)
		id := b.ask("立案", "approve_filing")
		b.signs(id, "lead", "second")
		if b.inbox("stand-in") != 1 {
			t.Error("代签的人待办里有")
		}
		clock.Set(law.MustDate("2026-03-06").Start().Add(9 * time.Hour))
		b.refused("授权到期", b.sign("stand-in", id), fault.Forbidden, "不在有效期")
		clock.Set(law.MustDate("2026-03-05").Start().Add(9 * time.Hour))
		b.signs(id, "stand-in")
		if st := b.see(id).Steps[2]; st.Mandate == "" || st.Name != "演示·stand-in" {
			t.Errorf("写明凭什么代签：%+v", st)
		}
	})
}

func TestReservedStepIsNotDelegated(t *testing.T) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		b := newBench(t, db, clock)
		_, err := b.s.Grant(context.Background(), b.who["legal"], MandateInput{Document: "演城管〔2026〕6号", Giver: "head", Taker: "deputy", Posts: []string{"head", "leader"}, From: law.MustDate("2026-03-01"), Until: law.MustDate("2026-03-31")})
		must(t, err)
		id := b.ask("再次延长办案期限", "extend_decision_again")
		b.signs(id, "lead", "squad", "brigade", "legal")
		b.refused("再次延长由主要负责人本人签", b.sign("deputy", id), fault.Forbidden, "不能代签")
		b.signs(id, "head", "clerk")
		if len(b.ran) != 1 {
			t.Errorf("集体讨论登记后办理：%v", b.ran)
		}
	})
}

func TestSignatureOnPaperIsEnteredLater(t *testing.T) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		b := newBench(t, db, clock)
		ctx, clerk := context.Background(), b.who["clerk"]
		id := b.ask("立案", "approve_filing")
		b.signs(id, "lead", "second", "squad", "brigade")
		clock.Set(law.MustDate("2026-03-06").Start().Add(9 * time.Hour))
		signer := "head"
		enter := func(by access.Session, on string, scan string) error {
			in := OnPaper{Login: signer, On: law.MustDate(on), Agree: true, Opinion: "同意立案", ScanType: "application/pdf"}
			if scan != "" {
				in.Scan = strings.NewReader(scan)
			}
			return b.s.Enter(ctx, by, id, b.see(id).Version, in)
		}
		b.refused("没有原件", enter(clerk, "2026-03-04", ""), fault.Invalid, "扫描件")
		b.refused("签在将来", enter(clerk, "2026-03-07", "%PDF-1.4"), fault.Invalid, "晚于今天")
		b.refused("早于上一栏", enter(clerk, "2026-03-01", "%PDF-1.4"), fault.Invalid, "不能更早")
		b.refused("承办人不能补录", enter(b.who["lead"], "2026-03-04", "%PDF-1.4"), fault.Forbidden, "")
		for login, says := range map[string]string{"lead": "承办人不能审批", "squad": "已经签过", "legal": "不担任这个岗位", "nobody": "没有“nobody”这个账号"} {
			signer = login
			b.refused("签的人不能签这一栏："+login, enter(clerk, "2026-03-04", "%PDF-1.4"), fault.Invalid, says)
		}
		signer = "head"
		must(t, enter(clerk, "2026-03-04", "%PDF-1.4 演示"))
		a := b.see(id)
		if st := a.Steps[4]; a.State != Signed || st.SignedOn.String() != "2026-03-04" || st.EnteredBy != "演示·clerk" || st.Scan == "" || len(b.ran) != 0 {
			t.Errorf("真实日期、谁补录的都在，动作还没有办：%+v", a)
		}
		if !b.approved("立案", "approve_filing") {
			t.Error("已经批准")
		}
		b.refused("没有决定权限的人不能办", b.s.Perform(ctx, clerk, id, a.Version), fault.Forbidden, "")
		must(t, b.s.Perform(ctx, b.who["deputy"], id, a.Version))
		if b.see(id).State != Done || len(b.ran) != 1 {
			t.Errorf("办理：%v", b.ran)
		}
	})
}

// 承办人换了、要决定的内容改了，先前的签名不算数，也不能接着签；重新报批，旧的失效。
func TestSignaturesStandOnTheirBasis(t *testing.T) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		b := newBench(t, db, clock)
		b.m.Basis = "罚款五百元"
		id := b.ask("处罚告知", "issue_notice")
		b.signs(id, "lead", "second", "squad", "brigade")
		b.m.Basis = "罚款五千元"
		b.refused("内容改了", b.sign("deputy", id), fault.Conflict, "重新报批")
		again := b.ask("处罚告知", "issue_notice")
		if b.see(id).State != Lapsed {
			t.Error("旧的审批表应当失效")
		}
		b.signs(again, "lead", "second", "squad", "brigade", "deputy")
		if !b.approved("处罚告知", "issue_notice") {
			t.Error("新的签完了")
		}
		b.m.Basis = "罚款五百元"
		if b.approved("处罚告知", "issue_notice") {
			t.Error("签完以后又改了内容，不能照旧算批准")
		}
	})
}

// 一张审批表只管它所报的那一项：批了这一件扣押，不等于批了另一件。
func TestFormIsAboutOneThing(t *testing.T) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		b := newBench(t, db, clock)
		ask := func(of string) ID {
			id, err := b.s.Ask(context.Background(), b.who["lead"], Request{Kind: "case", Ref: 7, Of: of, Chain: "公告送达", Act: "announce", Purpose: "下落不明"})
			must(t, err)
			return id
		}
		b.signs(ask("service/1"), "lead", "squad", "brigade", "deputy")
		for of, want := range map[string]bool{"service/1": true, "service/2": false, "": false} {
			if b.m.Of = of; b.approved("公告送达", "announce") != want {
				t.Errorf("%q：应为 %v", of, want)
			}
		}
		ask("service/2")
	})
}

func TestFormBeforeAct(t *testing.T) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		b := newBench(t, db, clock)
		id := b.ask("处罚告知", "issue_notice")
		b.signs(id, "lead", "second", "squad", "brigade", "deputy")
		if a := b.see(id); a.State != Signed || len(b.ran) != 0 || !b.approved("处罚告知", "issue_notice") {
			t.Errorf("签完由承办人去办：%+v %v", a, b.ran)
		}
	})
}

func TestChainsAreChecked(t *testing.T) {
	for name, data := range map[string]string{
		"没有这个岗位":   "posts: []\nchains: [{name: a, steps: [{post: x}]}]",
		"没有这个角色":   "posts: [{code: x, label: x, place: bureau, roles: [nobody], allow: case.read}]",
		"承办人有角色":   "posts: [{code: x, label: x, place: holder, roles: [officer], allow: case.read}]",
		"签两次":      "posts: [{code: x, label: x, place: holder, allow: case.read}]\nchains: [{name: a, steps: [{post: x}, {post: x}]}]",
		"没有人签":     "chains: [{name: a}]",
		"最后一栏会被跳过": "posts: [{code: x, label: x, place: above, roles: [squad_leader], allow: case.approve}]\nchains: [{name: a, steps: [{post: x}]}]",
	} {
		if _, err := Parse([]byte(data)); err == nil {
			t.Errorf("%s：应当拒绝", name)
		}
	}
}
