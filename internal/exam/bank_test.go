package exam

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"time"

	"fadu/internal/access"
	"fadu/internal/draft"
	"fadu/internal/exam/bank"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/search"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

var migrations = []fs.FS{access.Migrations, search.Migrations, draft.Migrations, Migrations}

// ground is the bank with the questions of the program on both engines.
func ground(t *testing.T, test func(t *testing.T, b *Bank, who people)) {
	t.Helper()
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		clock.Set(day("2026-09-01").Start().Add(9 * time.Hour))
		b := New(Deps{DB: db})
		must(t, b.Start(context.Background()))
		test(t, b, hire(t, db))
	})
}

// people write and approve questions.
type people struct{ author, approver, both access.Session }

func hire(t *testing.T, db *store.DB) (who people) {
	t.Helper()
	ctx, system := context.Background(), access.System("test")
	units, err := access.New(db, access.Options{})
	must(t, err)
	root, err := units.AddUnit(ctx, system, access.UnitInput{Name: "演示局", Code: "B", From: day("2020-01-01")})
	must(t, err)
	account := func(login string, person int64, roles ...access.Role) access.Session {
		_, err := units.CreateAccount(ctx, system, access.AccountInput{Login: login, Name: "演示·" + login, Person: person, Unit: root, Roles: roles, Password: "Yanshi-Exam-77-bank", Settled: true})
		must(t, err)
		out, err := units.SessionFor(ctx, login)
		must(t, err)
		return out
	}
	return people{account("writer", 1, access.Trainer), account("signer", 2, access.LegalAffairs), account("alone", 3, access.Trainer, access.LegalAffairs)}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func view[T any](t *testing.T, b *Bank, f func(tx *store.Tx) (T, error)) (out T) {
	t.Helper()
	must(t, b.DB.View(context.Background(), func(tx *store.Tx) (err error) { out, err = f(tx); return err }))
	return out
}

// TestProgramQuestionsAreInTheBank: every question of the program is in use, once, however often the program starts, and
// asks what the file says.
func TestProgramQuestionsAreInTheBank(t *testing.T) {
	ground(t, func(t *testing.T, b *Bank, who people) {
		all, err := bank.All()
		must(t, err)
		must(t, b.Start(context.Background()))
		got := view(t, b, func(tx *store.Tx) ([]Question, error) { return b.InForce(tx, day("2026-09-01"), Filter{}) })
		want := slices.DeleteFunc(slices.Clone(all), func(q bank.Question) bool { return !day("2026-09-01").Within(q.From, q.Until) })
		if len(got) != len(want) || len(got) < 500 {
			t.Fatalf("在用 %d 道，程序里当天适用 %d 道", len(got), len(want))
		}
		ids := make([]VersionID, len(got))
		for i, q := range got {
			ids[i] = q.Current
		}
		versions := view(t, b, func(tx *store.Tx) (map[VersionID]Version, error) { return b.Versions(tx, ids) })
		articles := view(t, b, func(tx *store.Tx) (map[VersionID][]string, error) { return b.Articles(tx, ids) })
		for i, q := range got {
			asks, err := versions[q.Current].Asks()
			must(t, err)
			at := slices.IndexFunc(want, func(w bank.Question) bool { return w.ID == q.Code })
			if at < 0 || asks.Stem != want[at].Stem || asks.Answer != want[at].Answer || !slices.Equal(asks.Options, want[at].Options) || asks.From != want[at].From {
				t.Errorf("%s：%+v", q.Code, asks)
			}
			if len(articles[ids[i]]) != len(want[at].Refs) {
				t.Errorf("%s：条文 %v，应有 %v", q.Code, articles[ids[i]], want[at].Refs)
			}
		}
		few := view(t, b, func(tx *store.Tx) ([]Question, error) {
			return b.InForce(tx, day("2026-09-01"), Filter{Topic: "当场处罚", Type: bank.Single, Level: 1})
		})
		if len(few) == 0 || len(few) >= len(got) || slices.ContainsFunc(few, func(q Question) bool { return q.Topic != "当场处罚" || q.Type != bank.Single || q.Level != 1 }) {
			t.Errorf("按专题、题型、难度找到 %d 道", len(few))
		}
	})
}

// asked are the questions in use on a day.
func (b *Bank) asked(ctx context.Context, on law.Date) (out []bank.Question, err error) {
	err = b.DB.View(ctx, func(tx *store.Tx) (err error) { out, err = b.Asked(tx, on); return err })
	return out, err
}

func day(s string) law.Date {
	d, err := law.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// TestBankIsFound: pages of the list follow each other without gap or repetition, in both orders, and the filters choose.
func TestBankIsFound(t *testing.T) {
	ground(t, func(t *testing.T, b *Bank, who people) {
		for _, f := range []Filter{{}, {Newest: true}, {Topic: "当场处罚"}, {Words: "当场收缴"}, {Statute: "XZCF", Article: 51}} {
			seen, after, n := map[string]bool{}, "", 0
			for {
				p := view(t, b, func(tx *store.Tx) (Page, error) { return b.Find(tx, f, after) })
				for _, q := range p.Questions {
					if seen[q.Code] || p.Heads[q.Head].Stem == "" {
						t.Fatalf("%+v：%s 出现两次或者没有题干", f, q.Code)
					}
					seen[q.Code] = true
				}
				if n == 0 {
					n = p.Total
				}
				if after = p.Next; after == "" {
					break
				}
			}
			if n == 0 || len(seen) != n {
				t.Errorf("%+v：一共 %d 道，翻到 %d 道", f, n, len(seen))
			}
		}
	})
}

// own is a question as a trainer writes it.
func own() bank.Question {
	return bank.Question{
		Type: bank.Single, Topic: "占道经营", Level: 2, Stem: "本局巡查发现占道摊点，先做什么？", Options: []string{"亮明身份", "暂扣秤具", "通知城管委"}, Answer: "A",
		Explain: "先亮证。", Refs: []string{"XZCF-55-1"}, From: day("2021-07-15"),
	}
}

// TestQuestionsAreApproved: a draft is not asked until somebody else approves it; a change is a new version and the old
// one stays what it was; a question can be ended and restored.
func TestQuestionsAreApproved(t *testing.T) {
	ground(t, func(t *testing.T, b *Bank, who people) {
		ctx, author, other := context.Background(), who.author, who.approver
		id, err := b.Save(ctx, author, SaveInput{Asks: own()})
		must(t, err)
		see := func() (Question, []Version) {
			q := view(t, b, func(tx *store.Tx) (Question, error) { return b.Question(tx, id) })
			return q, view(t, b, func(tx *store.Tx) ([]Version, error) { return versionsOf(tx, id) })
		}
		inUse := func() int {
			return len(view(t, b, func(tx *store.Tx) ([]Question, error) {
				return b.InForce(tx, day("2026-09-01"), Filter{Topic: "占道经营", Source: Own})
			}))
		}
		q, vs := see()
		if q.Code != "own-000001" || q.State != Draft || inUse() != 0 {
			t.Fatalf("草稿：%+v", q)
		}
		if err := b.Approve(ctx, author, id, q.Version); !fault.Is(err, fault.Forbidden) {
			t.Errorf("没有审定权限：%v", err)
		}
		must(t, b.Approve(ctx, other, id, q.Version))
		if q, _ = see(); q.State != InUse || q.Current != vs[0].ID || inUse() != 1 {
			t.Fatalf("审定以后：%+v", q)
		}
		asks := own()
		if _, err := b.Save(ctx, author, SaveInput{Question: id, Seen: q.Version, Asks: asks}); !fault.Is(err, fault.Conflict) {
			t.Errorf("没有改动的另存：%v", err)
		}
		asks.Stem = "发现占道摊点，执法人员先做什么？"
		_, err = b.Save(ctx, author, SaveInput{Question: id, Seen: q.Version, Asks: asks})
		must(t, err)
		was := q
		if q, vs = see(); q.Current != was.Current || !bool(q.Waiting) || len(vs) != 2 {
			t.Fatalf("改了还没有审定：%+v", q)
		}
		if err := b.Approve(ctx, other, id, was.Version); !fault.IsStale(err) {
			t.Errorf("旧版面审定：%v", err)
		}
		must(t, b.Approve(ctx, other, id, q.Version))
		old := view(t, b, func(tx *store.Tx) (Version, error) { return b.Version(tx, was.Current) })
		if asks, err := old.Asks(); err != nil || old.State != Replaced || asks.Stem != own().Stem {
			t.Errorf("旧版：%+v %v", old, err)
		}
		q, _ = see()
		must(t, b.End(ctx, author, id, q.Version, "本局不再用"))
		if q, _ = see(); q.State != Ended || inUse() != 0 {
			t.Errorf("停用以后：%+v", q)
		}
		must(t, b.Restore(ctx, author, id, q.Version, "停错了"))
		if q, _ = see(); q.State != InUse || inUse() != 1 {
			t.Errorf("恢复以后：%+v", q)
		}
		must(t, ledger.Sequence(ctx, b.DB))
		if rep, err := ledger.Verify(ctx, b.DB, append(access.References(), References...), nil); err != nil || !rep.OK() {
			t.Errorf("%+v %v", rep, err)
		}
	})
}

// TestWhatIsMissingIsNamed: what cannot be asked is named at its field, and what may not be used yet before it is approved.
func TestWhatIsMissingIsNamed(t *testing.T) {
	ground(t, func(t *testing.T, b *Bank, who people) {
		ctx, by := context.Background(), who.author
		bad := own()
		bad.Answer, bad.Stem = "D", " "
		_, err := b.Save(ctx, by, SaveInput{Asks: bad})
		var e *fault.Error
		if !errors.As(err, &e) || len(e.Fields) != 2 || e.Fields[0].Name != "stem" || e.Fields[1].Name != "answer" {
			t.Errorf("缺题干、答案不对：%v %+v", err, e)
		}
		thin := own()
		thin.Refs, thin.Topic = nil, ""
		id, err := b.Save(ctx, by, SaveInput{Asks: thin})
		must(t, err)
		err = b.Approve(ctx, who.approver, id, view(t, b, func(tx *store.Tx) (Question, error) { return b.Question(tx, id) }).Version)
		if !fault.Is(err, fault.Conflict) || !strings.Contains(err.Error(), "依据") || !strings.Contains(err.Error(), "专题") {
			t.Errorf("没有依据和专题：%v", err)
		}
	})
}

// TestNobodyApprovesHisOwn: whoever may write and approve still needs another for his own questions.
func TestNobodyApprovesHisOwn(t *testing.T) {
	ground(t, func(t *testing.T, b *Bank, who people) {
		ctx := context.Background()
		id, err := b.Save(ctx, who.both, SaveInput{Asks: own()})
		must(t, err)
		q := view(t, b, func(tx *store.Tx) (Question, error) { return b.Question(tx, id) })
		if err := b.Approve(ctx, who.both, id, q.Version); !fault.Is(err, fault.Forbidden) {
			t.Errorf("自己审定：%v", err)
		}
		must(t, b.Return(ctx, who.approver, id, q.Version, "第二项表述不清"))
		q = view(t, b, func(tx *store.Tx) (Question, error) { return b.Question(tx, id) })
		v := view(t, b, func(tx *store.Tx) (Version, error) { return b.Version(tx, q.Head) })
		if q.State != Returned || v.Remark != "第二项表述不清" || bool(q.Waiting) {
			t.Errorf("退回以后：%+v %+v", q, v)
		}
	})
}

// TestPracticeAsksWhatIsInUse: what may be practised is what is in use; a draft is not asked by its code, and a question
// that was ended still answers to it, so that an old answer can be looked back on.
func TestPracticeAsksWhatIsInUse(t *testing.T) {
	ground(t, func(t *testing.T, b *Bank, who people) {
		ctx := context.Background()
		id, err := b.Save(ctx, who.author, SaveInput{Asks: own()})
		must(t, err)
		asked := func() (found bool) {
			all := view(t, b, func(tx *store.Tx) ([]bank.Question, error) { return b.Asked(tx, tx.Today()) })
			return slices.ContainsFunc(all, func(q bank.Question) bool { return q.ID == "own-000001" && q.Answer == "A" })
		}
		known := func() error {
			return b.DB.View(ctx, func(tx *store.Tx) error { _, err := b.AskedAs(tx, "own-000001"); return err })
		}
		q := view(t, b, func(tx *store.Tx) (Question, error) { return b.Question(tx, id) })
		if asked() || !fault.Is(known(), fault.NotFound) {
			t.Error("草稿出给人练了")
		}
		must(t, b.Approve(ctx, who.approver, id, q.Version))
		if !asked() || known() != nil {
			t.Error("审定以后没有出给人练")
		}
		must(t, b.End(ctx, who.author, id, q.Version+1, "不用了"))
		if asked() || known() != nil {
			t.Error("停用以后还在出，或者查不到了")
		}
	})
}
