package powers

import (
	"context"
	"io/fs"
	"strings"
	"testing"
	"time"

	"fadu/internal/access"
	"fadu/internal/blob"
	"fadu/internal/draft"
	"fadu/internal/fault"
	"fadu/internal/jobs"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/search"
	"fadu/internal/setting"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

// desk is a bureau with the people of the adjustment: fa.zhi proposes and files, he.fa checks, ban.an is an
// officer.
type desk struct {
	t     *testing.T
	s     *Service
	clock *testkit.Clock
	who   map[string]access.Session
	run   *jobs.Runner
}

func desks(t *testing.T, f func(*desk)) {
	t.Helper()
	staffed.Both(t, func(t *testing.T, db *store.DB, clock *testkit.Clock, who map[string]access.Session) {
		blobs, err := blob.NewFolder(t.TempDir(), 1<<20)
		must(t, err)
		d := &desk{t: t, s: New(db, Options{Blobs: blobs}), clock: clock, who: who}
		d.run = jobs.NewRunner(db, d.s.Jobs())
		f(d)
	})
}

// staffed is the bureau with the starter data, some of it adopted, and the people of the adjustment.
var staffed = &testkit.Filled[map[string]access.Session]{
	Migrations: []fs.FS{jobs.Migrations, access.Migrations, draft.Migrations, search.Migrations, setting.Migrations, Migrations},
	Fill: func(t testing.TB, db *store.DB, clock *testkit.Clock) map[string]access.Session {
		clock.Set(law.MustDate("2026-11-21").Time())
		who := fillPeople(t, db, map[string]access.Role{"fa.zhi": access.LegalAffairs, "he.fa": access.LegalReviewer, "ban.an": access.Officer})
		blobs, err := blob.NewFolder(t.TempDir(), 1<<20)
		must(t, err)
		s := New(db, Options{Blobs: blobs})
		must(t, s.ImportStarter(context.Background(), console))
		adoptCodes(t, s, "2025-01-01", "YS-001", "YS-002", "YS-003", "CG-171")
		return who
	},
}

// fillPeople bears a demo bureau with an account for each role.
func fillPeople(t testing.TB, db *store.DB, roles map[string]access.Role) map[string]access.Session {
	t.Helper()
	testkit.Update(t, db, func(tx *store.Tx) error {
		return ledger.Born(tx, testkit.Actor(), "演示市城市管理综合执法局", true)
	})
	a, ctx := openAccess(t, db), context.Background()
	root, err := a.AddUnit(ctx, console, access.UnitInput{Name: "演示市城市管理综合执法局", Code: "YS", From: law.MustDate("2020-01-01")})
	must(t, err)
	who := map[string]access.Session{}
	for login, role := range roles {
		_, err := a.CreateAccount(ctx, console, access.AccountInput{Login: login, Name: "演示·" + login, Unit: root, Roles: []access.Role{role}, Password: password, Settled: true})
		must(t, err)
		who[login], err = a.SessionFor(ctx, login)
		must(t, err)
	}
	return who
}

func openAccess(t testing.TB, db *store.DB) *access.Service {
	t.Helper()
	policy, err := access.DefaultPolicy()
	must(t, err)
	policy.Password.MemoryKiB, policy.Password.Threads = 64, 1
	a, err := access.New(db, access.Options{Bureau: "演示市城市管理综合执法局", Demo: true, Policy: &policy, Nav: Nav(), Kinds: Kinds})
	must(t, err)
	return a
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (d *desk) at(day string) { d.clock.Set(law.MustDate(day).Start().Add(9 * time.Hour)) }

func (d *desk) adjustment(id AdjustmentID) Adjustment {
	d.t.Helper()
	return view(d.t, d.s, func(tx *store.Tx) (Adjustment, error) { return d.s.Adjustment(tx, id) })
}

func (d *desk) item(code, on string) PowerItem {
	d.t.Helper()
	return view(d.t, d.s, func(tx *store.Tx) (PowerItem, error) { return d.s.ItemOn(tx, code, day(on)) })
}

// toFiled walks a proposal up to its filing.
func (d *desk) toFiled(in AdjustInput) AdjustmentID {
	d.t.Helper()
	ctx := context.Background()
	id, err := d.s.Propose(ctx, d.who["fa.zhi"], in)
	must(d.t, err)
	must(d.t, d.s.Attach(ctx, d.who["fa.zhi"], id, 1, Attachment{"通知.pdf", "application/pdf", strings.NewReader("%PDF-演示")}))
	must(d.t, d.s.CheckAdjustment(ctx, d.who["he.fa"], id, 2, "权限、程序、依据相符"))
	must(d.t, d.s.FileAdjustment(ctx, d.who["fa.zhi"], id, 3, FilingInput{"演示市委编办", "演示编备〔2026〕1号", day("2026-11-21")}))
	return id
}

func cancelYS001(effective string) AdjustInput {
	return AdjustInput{
		Kind: AdjustCancel, Codes: []string{"ys-001"}, Reason: "条例修改", BasisTitle: "演示市关于取消一批权责事项的通知", BasisNumber: "演示政发〔2026〕9号", BasisDate: day("2026-11-01"),
		EffectiveOn: day(effective), Handling: HandlingContinue, HandlingDocument: "演示政发〔2026〕9号第三条",
	}
}

func TestAdjustTakesEffectOnItsDay(t *testing.T) {
	desks(t, func(d *desk) {
		ctx := context.Background()
		asked := 0
		d.s.Link(Links{OpenCases: func(_ *store.Tx, codes []string) ([]OpenCase, error) {
			asked++
			out := []OpenCase{{ID: "7", Code: codes[0], Label: "2026年11月10日 现场办理", Href: "/w/cases/7", State: "现场办理", ActFrom: day("2026-11-10"), ActUntil: day("2026-11-10"), Papers: []string{"演示罚决字〔2026〕第1号"}}}
			if asked > 1 {
				out = out[:0]
			}
			return out, nil
		}})
		id := d.toFiled(cancelYS001("2026-12-01"))
		if a := d.adjustment(id); a.State != AdjustFiled || len(a.Codes) != 1 || a.Codes[0] != "YS-001" {
			t.Fatalf("%+v", a)
		}
		listed := view(t, d.s, func(tx *store.Tx) ([]Affected, error) { return affectedOf(tx, SourceAdjustment, int64(id)) })
		kinds := map[AffectedKind]int{}
		for _, x := range listed {
			kinds[x.Kind]++
			if x.Kind == AffectedCase && !strings.Contains(x.Note, "在调整以前") {
				t.Errorf("案件没有说明行为日和调整的先后：%s", x.Note)
			}
		}
		if kinds[AffectedCase] != 1 || kinds[AffectedPaper] != 1 || kinds[AffectedBenchmark] == 0 {
			t.Errorf("备案时列出 %v", kinds)
		}
		if _, err := d.run.RunDue(ctx); err != nil {
			t.Fatal(err)
		}
		if !d.item("YS-001", "2026-11-21").Adopted(day("2026-12-01")) {
			t.Error("没有到生效日就取消了")
		}
		d.at("2026-12-01")
		if _, err := d.run.RunDue(ctx); err != nil {
			t.Fatal(err)
		}
		a, p := d.adjustment(id), d.item("YS-001", "2026-11-21")
		if a.State != AdjustInForce || p.Adopted(day("2026-12-01")) || !p.Adopted(day("2026-11-30")) {
			t.Errorf("到期没有生效：%s，行使到%s", a.State.Label(), p.Standing.AdoptedUntil)
		}
		for _, x := range view(t, d.s, func(tx *store.Tx) ([]Affected, error) { return affectedOf(tx, SourceAdjustment, int64(id)) }) {
			if gone := x.Kind == AffectedCase || x.Kind == AffectedPaper; bool(x.Gone) != gone {
				t.Errorf("生效时已结的案件应标明不在列：%+v", x)
			}
		}
		if _, err := d.run.RunDue(ctx); err != nil {
			t.Fatal(err)
		}
		d.verified()
	})
}

func (d *desk) verified() {
	d.t.Helper()
	must(d.t, ledger.Sequence(context.Background(), d.s.db))
	r, err := ledger.Verify(context.Background(), d.s.db, References, nil)
	must(d.t, err)
	if len(r.Faults) > 0 {
		d.t.Errorf("核验不通过：%v", r.Faults)
	}
}

func TestAdjustSteps(t *testing.T) {
	if err := Adjusting.Check(); err != nil {
		t.Fatal(err)
	}
	desks(t, func(d *desk) {
		ctx := context.Background()
		legal, reviewer, officer := d.who["fa.zhi"], d.who["he.fa"], d.who["ban.an"]
		if _, err := d.s.Propose(ctx, officer, cancelYS001("2026-12-01")); !fault.Is(err, fault.Forbidden) {
			t.Errorf("执法人员不能提出：%v", err)
		}
		id, err := d.s.Propose(ctx, legal, cancelYS001("2026-12-01"))
		must(t, err)
		wants := func(what string, err error, kind fault.Kind, text string) {
			t.Helper()
			if !fault.Is(err, kind) || !strings.Contains(err.Error(), text) {
				t.Errorf("%s：%v", what, err)
			}
		}
		wants("提出的人自己核", d.s.CheckAdjustment(ctx, legal, id, 1, "可以"), fault.Forbidden, "不能自己核")
		wants("没有附文件就核", d.s.CheckAdjustment(ctx, reviewer, id, 1, "可以"), fault.Conflict, "没有附依据文件")
		wants("没有核就备案", d.s.FileAdjustment(ctx, legal, id, 1, FilingInput{"编办", "1号", day("2026-11-20")}), fault.Conflict, "待法制核")
		wants("退回不写理由", d.s.ReturnAdjustment(ctx, reviewer, id, 1, ""), fault.Invalid, "退回的理由")
		must(t, d.s.ReturnAdjustment(ctx, reviewer, id, 1, "文号写错"))
		in := cancelYS001("2026-12-01")
		in.BasisNumber = "演示政发〔2026〕10号"
		wants("看的是旧版本", d.s.Amend(ctx, legal, id, 1, in), fault.Conflict, "")
		must(t, d.s.Amend(ctx, legal, id, 2, in))
		must(t, d.s.Attach(ctx, legal, id, 3, Attachment{"通知.pdf", "application/pdf", strings.NewReader("%PDF")}))
		wants("核不写意见", d.s.CheckAdjustment(ctx, reviewer, id, 4, ""), fault.Invalid, "意见")
		must(t, d.s.CheckAdjustment(ctx, reviewer, id, 4, "相符"))
		wants("备案日期在将来", d.s.FileAdjustment(ctx, legal, id, 5, FilingInput{"编办", "1号", day("2026-11-22")}), fault.Invalid, "不能晚于今天")
		must(t, d.s.WithdrawAdjustment(ctx, legal, id, 5, "通知已经收回"))
		wants("撤回以后再备案", d.s.FileAdjustment(ctx, legal, id, 6, FilingInput{"编办", "1号", day("2026-11-20")}), fault.Conflict, "已撤回")
		d.verified()
	})
}

func TestAdjustProposalFaults(t *testing.T) {
	desks(t, func(d *desk) {
		base := cancelYS001("2026-12-01")
		for _, c := range []struct {
			name string
			with func(*AdjustInput)
			has  string
		}{
			{"没有选种类", func(in *AdjustInput) { in.Kind = "" }, "请选调整的种类"},
			{"没有文号", func(in *AdjustInput) { in.BasisNumber = "" }, "文号"},
			{"文件日期在将来", func(in *AdjustInput) { in.BasisDate = day("2026-11-22") }, "不能晚于今天"},
			{"生效早于文件", func(in *AdjustInput) { in.EffectiveOn = day("2026-10-01") }, "不能早于依据文件"},
			{"办理中的案件没有安排", func(in *AdjustInput) { in.Handling = "" }, "办理中的案件怎么办"},
			{"没有这一项", func(in *AdjustInput) { in.Codes = []string{"XX-999"} }, "没有XX-999"},
			{"取消没有在行使的", func(in *AdjustInput) { in.Codes = []string{"CG-020"} }, "没有在行使"},
			{"新增已在行使的", func(in *AdjustInput) { in.Kind = AdjustAdd }, "已在行使"},
			{"承接没有核实的", func(in *AdjustInput) { in.Kind, in.Codes, in.Counterpart = AdjustTake, []string{"CG-347"}, "某局" }, "没有核对过"},
			{"下放没有写给谁", func(in *AdjustInput) { in.Kind = AdjustDelegate }, "下放给谁"},
			{"合并没有写并入哪项", func(in *AdjustInput) { in.Kind = AdjustMerge }, "并入哪一项"},
			{"并入自己", func(in *AdjustInput) { in.Kind, in.Into = AdjustMerge, "YS-001" }, "不能又是被合并的"},
			{"同一编码写两次", func(in *AdjustInput) { in.Codes = []string{"YS-001", "ys-001 "} }, "写了两次"},
			{"依据没有变", func(in *AdjustInput) { in.Kind = AdjustBasis }, "没有变更"},
			{"新依据条款写错", func(in *AdjustInput) {
				in.Kind, in.PenaltyLaw, in.PenaltyArticle = AdjustBasis, "演示市市容条例", "四十条"
			}, "条款"},
			{"新依据超出条数", func(in *AdjustInput) {
				in.Kind, in.PenaltyLaw, in.PenaltyArticle = AdjustBasis, "演示市市容条例", "第九十九条"
			}, "只有60条"},
			{"新依据的法不在表里", func(in *AdjustInput) {
				in.Kind, in.PenaltyLaw, in.PenaltyArticle = AdjustBasis, "没有的条例", "第一条"
			}, "没有《没有的条例》"},
		} {
			t.Run(c.name, func(t *testing.T) {
				in := base
				c.with(&in)
				if _, err := d.s.Propose(context.Background(), d.who["fa.zhi"], in); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), c.has) {
					t.Errorf("%v", err)
				}
			})
		}
	})
}

func TestAdjustKinds(t *testing.T) {
	desks(t, func(d *desk) {
		in := cancelYS001("2026-11-21")
		in.Kind, in.Codes, in.Into = AdjustMerge, []string{"YS-001", "YS-002"}, "YS-004"
		id := d.toFiled(in)
		if a := d.adjustment(id); a.State != AdjustInForce {
			t.Errorf("生效日就是今天的，备案时就生效：%s", a.State.Label())
		}
		for code, want := range map[string]bool{"YS-001": false, "YS-002": false, "YS-004": true} {
			if p := d.item(code, "2026-11-21"); p.Adopted(day("2026-11-21")) != want {
				t.Errorf("合并后 %s 在行使：%v", code, !want)
			}
		}
		take := AdjustInput{Kind: AdjustTake, Codes: []string{"YS-005"}, Counterpart: "演示区水务局", BasisTitle: "演示市划转方案", BasisNumber: "演示编〔2026〕3号", BasisDate: day("2026-11-01"), EffectiveOn: day("2026-11-21")}
		d.toFiled(take)
		if p := d.item("YS-005", "2026-11-21"); p.Standing.AdoptBasis != AdoptTransfer || !strings.Contains(p.Standing.AdoptDocument, "演示编〔2026〕3号") {
			t.Errorf("承接：%+v", p.Standing)
		}
		rebase := AdjustInput{Kind: AdjustBasis, Codes: []string{"YS-003"}, PenaltyLaw: "演示市市容条例", PenaltyArticle: "第五十九条第二款", BasisTitle: "条例修正案", BasisNumber: "公告第2号", BasisDate: day("2026-11-01"), EffectiveOn: day("2026-12-01")}
		d.toFiled(rebase)
		d.at("2026-12-02")
		_, err := d.run.RunDue(context.Background())
		must(t, err)
		before, after := d.item("YS-003", "2026-11-30"), d.item("YS-003", "2026-12-01")
		if before.ID == after.ID || after.Penalty.Articles.Han() != "第五十九条第二款" || before.Penalty.Articles.Han() == after.Penalty.Articles.Han() {
			t.Errorf("行为日选版本：%s；%s", before.Penalty.Han(), after.Penalty.Han())
		}
		if !after.Adopted(day("2026-12-02")) || after.ValidFrom != day("2026-12-01") || before.ValidTo != day("2026-11-30") {
			t.Errorf("%s—%s，%s起", before.ValidFrom, before.ValidTo, after.ValidFrom)
		}
		found := view(t, d.s, func(tx *store.Tx) ([]PowerItem, error) {
			return d.s.All(tx, Filter{Words: "演示市市容条例第五十九条第二款"})
		})
		if len(found) != 1 || found[0].Code != "YS-003" {
			t.Errorf("按新条款查到 %v", codesOf(found))
		}
		d.verified()
	})
}

func TestSettleAffected(t *testing.T) {
	desks(t, func(d *desk) {
		ctx := context.Background()
		id := d.toFiled(cancelYS001("2026-12-01"))
		x := view(t, d.s, func(tx *store.Tx) ([]Affected, error) { return affectedOf(tx, SourceAdjustment, int64(id)) })[0]
		if err := d.s.Settle(ctx, d.who["he.fa"], SettleInput{x.ID, x.Version, OutcomeNone, "看过"}); !fault.Is(err, fault.Forbidden) {
			t.Errorf("由法制科核对：%v", err)
		}
		if err := d.s.Settle(ctx, d.who["fa.zhi"], SettleInput{x.ID, x.Version, OutcomeTransfer, "看过"}); !fault.Is(err, fault.Invalid) {
			t.Errorf("基准不能“移送”：%v", err)
		}
		must(t, d.s.Settle(ctx, d.who["fa.zhi"], SettleInput{x.ID, x.Version, OutcomeNone, "随事项停用"}))
		if err := d.s.Settle(ctx, d.who["fa.zhi"], SettleInput{x.ID, x.Version, OutcomeNone, "再来"}); !fault.Is(err, fault.Conflict) {
			t.Errorf("旧版本：%v", err)
		}
		rest := view(t, d.s, func(tx *store.Tx) ([]Affected, error) {
			return d.s.AffectedList(tx, AffectedFilter{State: AffectedPending}, 0, 100)
		})
		for _, y := range rest {
			if y.ID == x.ID {
				t.Error("已核的还在待核里")
			}
		}
	})
}
