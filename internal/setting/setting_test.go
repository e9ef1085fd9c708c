package setting

import (
	"context"
	"io/fs"
	"strings"
	"testing"
	"time"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

var (
	court = Item{
		Key: "demo.court", Group: "演示", Label: "起诉期限的起算", Help: "说明", Cite: law.Citations{law.Cite("XZSS", 46)},
		Choices: []Choice{{Value: "strict", Label: "从严"}, {Value: "wide", Label: "从宽"}}, Default: "strict",
	}
	number = Item{
		Key: "demo.number", Group: "演示", Label: "文号写法", Help: "说明", Source: "本局公文处理办法",
		Check: func(v string) string {
			if !strings.Contains(v, "号") {
				return "要有“号”字"
			}
			return ""
		}, Default: "1号",
	}
	migrations = []fs.FS{access.Migrations, Migrations}
)

func value(t *testing.T, db *store.DB, x Item) string {
	t.Helper()
	var v string
	if err := db.View(context.Background(), func(tx *store.Tx) (err error) { v, err = Value(tx, x); return err }); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestDecide(t *testing.T) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		ctx, by := context.Background(), access.System("test")
		s, err := New(db, court, number)
		if err != nil {
			t.Fatal(err)
		}
		if v := value(t, db, court); v != "strict" {
			t.Fatalf("没有定过时是 %q", v)
		}
		for _, c := range []struct {
			name       string
			key, value string
			reason     string
			version    int64
			kind       fault.Kind
		}{
			{"没有这一项", "demo.none", "x", "文件", 0, fault.NotFound},
			{"不在列出的办法里", "demo.court", "loose", "文件", 0, fault.Invalid},
			{"没有写理由", "demo.court", "wide", " ", 0, fault.Invalid},
			{"写法不对", "demo.number", "1", "文件", 0, fault.Invalid},
			{"理由太长", "demo.court", "wide", strings.Repeat("长", 201), 0, fault.Invalid},
		} {
			if err := s.Decide(ctx, by, c.key, c.value, c.reason, c.version); !fault.Is(err, c.kind) {
				t.Errorf("%s：%v", c.name, err)
			}
		}
		if err := s.Decide(ctx, access.Session{}, "demo.court", "wide", "文件", 0); !fault.Is(err, fault.Forbidden) && !fault.Is(err, fault.Unauthentic) {
			t.Errorf("没有登录的人改了设置：%v", err)
		}
		clock.Advance(time.Hour)
		if err := s.Decide(ctx, by, "demo.court", "wide", "演示市中级人民法院书面答复", 0); err != nil {
			t.Fatal(err)
		}
		if v := value(t, db, court); v != "wide" {
			t.Fatalf("改了以后是 %q", v)
		}
		if err := s.Decide(ctx, by, "demo.court", "strict", "文件", 0); !fault.Is(err, fault.Conflict) {
			t.Errorf("拿着旧版本改：%v", err)
		}
		if err := s.Decide(ctx, by, "demo.court", "wide", "文件", 1); !fault.Is(err, fault.Conflict) {
			t.Errorf("没有改动：%v", err)
		}
		err = db.View(ctx, func(tx *store.Tx) error {
			all, err := s.All(tx)
			if err == nil && (len(all) != 2 || !all[0].Decided || all[0].By != "系统" || !all[0].Since.Equal(clock.Now().Truncate(time.Microsecond)) || all[1].Decided) {
				t.Errorf("%+v", all)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := ledger.Sequence(ctx, db); err != nil {
			t.Fatal(err)
		}
		if rep, err := ledger.Verify(ctx, db, References, nil); err != nil || !rep.OK() || rep.Leaves != 1 {
			t.Errorf("%+v %v", rep, err)
		}
	})
}

func TestDeclarations(t *testing.T) {
	for name, xs := range map[string][]Item{
		"声明了两次":     {court, court},
		"代号没有说是哪一块": {{Key: "court", Group: "g", Label: "l", Help: "h", Source: "s"}},
		"没有依据":      {{Key: "a.b", Group: "g", Label: "l", Help: "h"}},
		"默认值不在办法里":  {{Key: "a.b", Group: "g", Label: "l", Help: "h", Source: "s", Choices: []Choice{{Value: "x", Label: "x"}}, Default: "y"}},
	} {
		if _, err := New(nil, xs...); err == nil {
			t.Errorf("%s：应当拒绝启动", name)
		}
	}
}
