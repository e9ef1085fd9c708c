package register

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"strings"
	"testing"

	"fadu/internal/access"
	"fadu/internal/blob"
	"fadu/internal/draft"
	"fadu/internal/fault"
	"fadu/internal/indicator"
	"fadu/internal/law"
	"fadu/internal/law/calendar"
	"fadu/internal/register/definition"
	"fadu/internal/search"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

var migrations = []fs.FS{access.Migrations, draft.Migrations, search.Migrations, indicator.Migrations, Migrations}

// hall is a bureau with two officers, a checker and a clerk, and the registers of the program.
type hall struct {
	*testing.T
	s                             *Service
	clock                         *testkit.Clock
	officer, second, chief, clerk access.Session
	foreign                       access.Session
}

func both(t *testing.T, test func(h *hall)) {
	t.Helper()
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		ctx := context.Background()
		policy, err := access.DefaultPolicy()
		must(t, err)
		policy.Password.MemoryKiB, policy.Password.Threads = 64, 1
		units, err := access.New(db, access.Options{Bureau: "演示局", Demo: true, Policy: &policy})
		must(t, err)
		h := &hall{T: t, clock: clock}
		root := unit(t, units, 0, "演示局", "JG")
		squad, other := unit(t, units, root, "一中队", "Z1"), unit(t, units, root, "二中队", "Z2")
		for _, a := range []struct {
			to    *access.Session
			login string
			unit  access.UnitID
			role  access.Role
		}{{&h.officer, "officer1", squad, access.Officer}, {&h.second, "officer2", squad, access.Officer}, {&h.chief, "leader1", squad, access.SquadLeader}, {&h.clerk, "clerk1", root, access.LegalAffairs}, {&h.foreign, "officer9", other, access.Officer}} {
			*a.to = account(t, units, a.login, a.unit, a.role)
		}
		blobs, err := blob.NewFolder(t.TempDir(), 16<<20)
		must(t, err)
		builtin, err := Builtin()
		must(t, err)
		h.s = New(Deps{DB: db, Units: units, Calendar: calendar.Official(), Blobs: blobs, Builtin: builtin, People: func(_ *store.Tx, _ access.Session, words string) (definition.Ref, error) {
			return definition.Ref{Label: words}, nil
		}})
		must(t, h.s.Start(ctx))
		must(t, h.s.Start(ctx)) // twice changes nothing
		test(h)
		testkit.View(t, db, func(tx *store.Tx) error {
			for _, d := range h.s.Indicators() {
				faults, err := d.Recount(tx, indicator.Query{Scope: access.System("test").ScopeFor(access.FigureRead)})
				if err != nil || len(faults) > 0 {
					t.Errorf("%s: %v %v", d.ID, faults, err)
				}
			}
			return nil
		})
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// photo is a picture of its own; the same seed looks alike.
func photo(seed int) []byte {
	m := image.NewGray(image.Rect(0, 0, 90, 80))
	for y := range 80 {
		for x := range 90 {
			m.Set(x, y, color.Gray{uint8((x/10*(seed*37+11) + y/10*(seed*53+7)) * 29 % 256)})
		}
	}
	var b bytes.Buffer
	_ = png.Encode(&b, m)
	return b.Bytes()
}

var ctx = context.Background()

func (h *hall) record(by access.Session, code string, values map[string]string, files ...RegisterUpload) Record {
	h.Helper()
	id, err := h.s.Record(ctx, by, code, Entry{Values: values, Files: files})
	must(h.T, err)
	return h.see(id)
}

func (h *hall) see(id RecordID) Record {
	h.Helper()
	x, err := h.s.Look(ctx, h.clerk, id)
	must(h.T, err)
	return x.Record
}

func (h *hall) figure(id string) (n int64) {
	h.Helper()
	testkit.View(h.T, h.s.DB, func(tx *store.Tx) error {
		for _, d := range h.s.Indicators() {
			if d.ID == id {
				f, err := d.Value(tx, indicator.Query{Scope: h.clerk.ScopeFor(access.RegisterRead)})
				n = f.N
				return err
			}
		}
		return fmt.Errorf("no figure %s", id)
	})
	return n
}

func (h *hall) refused(err error, kind fault.Kind, words string) {
	h.Helper()
	text := fmt.Sprint(err)
	if !fault.Is(err, kind) || !strings.Contains(text, words) {
		h.Errorf("got %v (%s), want %s with %s", err, fault.KindOf(err), kind, words)
	}
}

// TestProblemIsStruckOff: found, rectified with proof, checked by another person; nobody checks their own.
func TestProblemIsStruckOff(t *testing.T) {
	both(t, func(h *hall) {
		values := map[string]string{"found_on": "2026-03-02", "kind": "招牌", "source": "自查", "problem": "招牌破损", "place": "东街 1 号"}
		_, err := h.s.Record(ctx, h.officer, "campaign_item", Entry{Values: values})
		h.refused(err, fault.Invalid, "整治前照片至少 1 张")
		r := h.record(h.officer, "campaign_item", values, RegisterUpload{"before", "前.png", photo(1)})
		if r.State != definition.Fixing || r.Due.String() != "2026-03-09" || r.Title != "招牌破损 东街 1 号" {
			t.Errorf("%s %s %s", r.State, r.Due, r.Title)
		}
		h.refused(h.s.Fix(ctx, h.officer, r.ID, r.Version, Entry{}), fault.Invalid, "整治后照片至少 1 张")
		must(t, h.s.Fix(ctx, h.officer, r.ID, r.Version, Entry{Values: map[string]string{"measure": "已更换"}, Files: []RegisterUpload{{"after", "后.png", photo(2)}}}))
		h.refused(h.s.Pass(ctx, h.officer, r.ID, r.Version, Entry{}), fault.Forbidden, "核对台账")
		h.refused(h.s.Pass(ctx, h.chief, r.ID, r.Version, Entry{}), fault.Conflict, "刚被别人改过")
		r = h.see(r.ID)
		must(t, h.s.Return(ctx, h.chief, r.ID, r.Version, "照片看不清"))
		r = h.see(r.ID)
		if r.State != definition.Returned || r.Reason != "照片看不清" {
			t.Errorf("%s %s", r.State, r.Reason)
		}
		must(t, h.s.Fix(ctx, h.officer, r.ID, r.Version, Entry{}))
		r = h.see(r.ID)
		must(t, h.s.Pass(ctx, h.chief, r.ID, r.Version, Entry{}))
		r = h.see(r.ID)
		if r.State != definition.Closed || r.CheckerName != h.chief.Name() || r.EndedOn.IsZero() {
			t.Errorf("%s %s %s", r.State, r.CheckerName, r.EndedOn)
		}
		if n := h.figure("register.campaign_item.signs"); n != 1 {
			t.Errorf("%d signs", n)
		}
		must(t, h.s.Reopen(ctx, h.chief, r.ID, r.Version, "抽查时又破损"))
		if n := h.figure("register.campaign_item.signs"); n != 0 {
			t.Errorf("%d signs after reopening", n)
		}
	})
}

// TestOwnCheck: a leader who entered the record does not check it.
func TestOwnCheck(t *testing.T) {
	both(t, func(h *hall) {
		r := h.record(h.chief, "hazard", map[string]string{"found_on": "2026-03-02", "kind": "燃气", "level": "一般", "hazard": "管道锈蚀", "place": "西街"}, RegisterUpload{"before", "a.png", photo(1)}, RegisterUpload{"after", "b.png", photo(2)})
		if r.State != definition.Pending {
			t.Fatalf("before and after at once: %s", r.State)
		}
		h.refused(h.s.Pass(ctx, h.chief, r.ID, r.Version, Entry{}), fault.Forbidden, "另一个人")
		must(t, h.s.Pass(ctx, h.clerk, r.ID, r.Version, Entry{}))
	})
}

// TestOneEventCountsOnce: many tags, two registers, one activity.
func TestOneEventCountsOnce(t *testing.T) {
	both(t, func(h *hall) {
		values := map[string]string{"held_on": "2026-12-04", "name": "宪法进校园", "themes": "12·4国家宪法日、宪法宣传周、垃圾分类宣传周", "targets": "学校、社区", "place": "一小", "audience": "300"}
		h.clock.Set(h.clock.Now().AddDate(1, 0, 0))
		r := h.record(h.officer, "activity", values, RegisterUpload{"photos", "a.png", photo(3)})
		values["name"] = "宪法宣传第二场"
		same, err := h.s.Record(ctx, h.officer, "activity", Entry{Values: values, Same: r.ID, Files: []RegisterUpload{{"photos", "b.png", photo(4)}}})
		must(t, err)
		if n := h.figure("register.activity.held"); n != 1 {
			t.Errorf("one event entered twice counts %d", n)
		}
		if n := h.figure("register.activity.constitution"); n != 1 {
			t.Errorf("two tags of a theme count %d", n)
		}
		if n := h.figure("register.activity.audience"); n != 600 {
			t.Errorf("audience %d", n)
		}
		_, err = h.s.Record(ctx, h.officer, "activity", Entry{Values: map[string]string{"held_on": "2026-12-05", "name": "另一天", "themes": "日常宣传", "place": "二小", "audience": "1"}, Same: r.ID, Files: []RegisterUpload{{"photos", "c.png", photo(5)}}})
		h.refused(err, fault.Invalid, "不是同一天")
		x := h.see(same)
		must(t, h.s.Cancel(ctx, h.officer, same, x.Version, "重复登记"))
		if n := h.figure("register.activity.audience"); n != 300 {
			t.Errorf("audience after cancelling %d", n)
		}
	})
}

// TestStock: what is taken out was there, also after corrections and cancellations.
func TestStock(t *testing.T) {
	both(t, func(h *hall) {
		entry := func(way, n string) map[string]string {
			return map[string]string{"moved_on": "2026-03-02", "direction": way, "kind": "礼品", "item": "环保袋", "quantity": n}
		}
		_, err := h.s.Record(ctx, h.officer, "material_stock", Entry{Values: entry("领用发放", "1")})
		h.refused(err, fault.Conflict, "库存只有 0 份")
		in := h.record(h.officer, "material_stock", entry("入库", "100"))
		out := h.record(h.officer, "material_stock", entry("领用发放", "80"))
		_, err = h.s.Record(ctx, h.officer, "material_stock", Entry{Values: entry("领用发放", "21")})
		h.refused(err, fault.Conflict, "库存只有 20 份")
		h.refused(h.s.Correct(ctx, h.officer, in.ID, in.Version, Entry{Values: entry("入库", "79")}), fault.Conflict, "库存只有 20 份")
		h.refused(h.s.Cancel(ctx, h.officer, in.ID, in.Version, "记错"), fault.Conflict, "不够减去")
		must(t, h.s.Cancel(ctx, h.officer, out.ID, out.Version, "没有发"))
		must(t, h.s.Correct(ctx, h.officer, in.ID, in.Version, Entry{Values: entry("入库", "79")}))
		if n := h.figure("register.material_stock.issued"); n != 0 {
			t.Errorf("issued %d", n)
		}
		if n := h.figure("register.material_stock.received"); n != 79 {
			t.Errorf("received %d", n)
		}
	})
}

// TestScopeAndSeal: another squad's record and a sealed register answer as if they were not there.
func TestScopeAndSeal(t *testing.T) {
	both(t, func(h *hall) {
		r := h.record(h.officer, "patrol", map[string]string{"patrolled_on": "2026-03-02", "kind": "街面市容", "place": "东街", "people": "4"})
		_, err := h.s.Look(ctx, h.foreign, r.ID)
		h.refused(err, fault.NotFound, "没有找到")
		_, err = h.s.Record(ctx, h.officer, "interference", Entry{})
		h.refused(err, fault.NotFound, "没有找到")
		h.refused(h.s.Cancel(ctx, h.second, r.ID, r.Version, "不是我的"), fault.Forbidden, "别人登记的")
	})
}

// TestLists: each condition, both ways of paging, words.
func TestLists(t *testing.T) {
	both(t, func(h *hall) {
		for i := range 7 {
			kind := []string{"街面市容", "建筑工地"}[i%2]
			h.record(h.officer, "patrol", map[string]string{"patrolled_on": fmt.Sprintf("2026-03-0%d", i%2+1), "kind": kind, "place": fmt.Sprintf("第%d街", i), "people": "2"})
		}
		small := store.WithPageSize(ctx, 3)
		for _, c := range []struct {
			name string
			by   access.Session
			f    Filter
			want int
		}{
			{"全部", h.officer, Filter{}, 7},
			{"按种类", h.officer, Filter{Fields: map[string]string{"kind": "建筑工地"}}, 3},
			{"按状态", h.clerk, Filter{State: definition.Recorded}, 7},
			{"作废的", h.clerk, Filter{State: definition.Void}, 0},
			{"按日期", h.clerk, Filter{From: day("2026-03-02")}, 3},
			{"别的中队", h.foreign, Filter{}, 0},
			{"搜索", h.clerk, Filter{Words: "第3街"}, 1},
			{"搜索并筛选", h.clerk, Filter{Words: "街", Fields: map[string]string{"kind": "街面市容"}}, 4},
			{"最早的在前", h.clerk, Filter{Oldest: true}, 7},
		} {
			seen := map[RecordID]bool{}
			after := ""
			for n := 0; n == 0 || after != ""; n++ {
				l, err := h.s.List(small, c.by, "patrol", c.f, after)
				must(t, err)
				for _, r := range l.Records {
					seen[r.ID] = true
				}
				after = l.Next
				if n > 5 {
					t.Fatal("never ends")
				}
			}
			if len(seen) != c.want {
				t.Errorf("%s: %d, want %d", c.name, len(seen), c.want)
			}
			n := 0
			_, _, rows, err := h.s.Export(ctx, c.by, "patrol", c.f)
			must(t, err)
			must(t, store.Each(rows, func(Record) error { n++; return nil }))
			if n != c.want {
				t.Errorf("%s: exported %d, want %d", c.name, n, c.want)
			}
		}
	})
}

// TestNewRegister: made by a clerk, published, used at once; a later edition leaves old records theirs.
func TestNewRegister(t *testing.T) {
	both(t, func(h *hall) {
		told := 0
		h.s.Follow(func() error { told++; return nil })
		design := Design{Name: "犬只劝导", Group: "社区", Help: "劝导一次一条", Measure: "次", Flow: definition.Plain, Fields: []definition.Field{
			{Label: "日期", Kind: definition.Date, Need: true}, {Label: "地点", Kind: definition.Place, Need: true}, {Label: "劝导人数", Kind: definition.Number, Measure: "人次"},
		}}
		id, err := h.s.Draft(ctx, h.clerk, design)
		must(t, err)
		_, err = h.s.Draft(ctx, h.officer, design)
		h.refused(err, fault.Forbidden, "设计台账")
		b, d, err := h.s.Book(ctx, h.clerk, id)
		must(t, err)
		if d.Fields[2].Slot != "n1" || d.Day != "f1_1" || d.Title[0] != "f1_2" {
			t.Errorf("%+v", d)
		}
		must(t, h.s.Publish(ctx, h.clerk, id, b.Version))
		r := h.record(h.officer, b.Code, map[string]string{"f1_1": "2026-03-02", "f1_2": "公园", "f1_3": "5"})
		if n, m := h.figure("register."+b.Code+".count"), h.figure("register."+b.Code+".sum_f1_3"); n != 1 || m != 5 || told != 1 {
			t.Errorf("counted at once: %d and %d, told %d times", n, m, told)
		}
		design.Code, design.Fields = b.Code, append(append([]definition.Field{}, d.Fields...), definition.Field{Label: "处置", Kind: definition.Choice, Options: []string{"劝离", "登记"}, Filter: true})
		next, err := h.s.Draft(ctx, h.clerk, design)
		must(t, err)
		must(t, h.s.Publish(ctx, h.clerk, next, 1))
		if r = h.see(r.ID); r.Edition != 1 || r.N1 != 5 {
			t.Errorf("the old record has edition %d, %d", r.Edition, r.N1)
		}
		if n := h.record(h.officer, b.Code, map[string]string{"f1_1": "2026-03-02", "f1_2": "广场", "f2_4": "劝离"}); n.Edition != 2 || n.K1 != "劝离" {
			t.Errorf("the new record has edition %d, %s", n.Edition, n.K1)
		}
		if n := h.figure("register." + b.Code + ".count"); n != 2 {
			t.Errorf("its figure counts %d", n)
		}
		design.Fields[2].Measure = "人"
		_, err = h.s.Draft(ctx, h.clerk, design)
		h.refused(err, fault.Invalid, "锁定")
	})
}

// TestLook: pictures that look alike are near, others are not.
func TestLook(t *testing.T) {
	a, b, c := lookOf(photo(1)), lookOf(photo(1)), lookOf(photo(2))
	if a == 0 || !alike(a, b) || alike(a, c) || lookOf([]byte("x")) != 0 {
		t.Errorf("%x %x %x", a, b, c)
	}
}

func unit(t *testing.T, s *access.Service, parent access.UnitID, name, code string) access.UnitID {
	t.Helper()
	id, err := s.AddUnit(ctx, access.System("test"), access.UnitInput{Parent: parent, Name: name, Code: code, From: day("2020-01-01")})
	must(t, err)
	return id
}

func account(t *testing.T, s *access.Service, login string, unit access.UnitID, role access.Role) access.Session {
	t.Helper()
	_, err := s.CreateAccount(ctx, access.System("test"), access.AccountInput{Login: login, Name: "演示" + login, Unit: unit, Roles: []access.Role{role}, Password: "Shan-Yu-2026", Settled: true})
	must(t, err)
	by, err := s.SessionFor(ctx, login)
	must(t, err)
	return by
}

func day(s string) law.Date { return law.MustDate(s) }
