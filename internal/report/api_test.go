package report

import (
	"encoding/json"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"testing"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

func TestAPI(t *testing.T) {
	testkit.Both(t, []fs.FS{access.Migrations, toy}, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		d := newDesk(t, db, clock)
		d.fill(60, rand.New(rand.NewPCG(3, 3)))
		v1 := api.New("演示", "")
		d.s.API(v1)
		mux := http.NewServeMux()
		d.access.Mount(mux, append(d.access.Routes(), v1.Routes()...))
		server := httptest.NewServer(mux)
		t.Cleanup(server.Close)
		head, leader := d.visit(server.URL, "head"), d.visit(server.URL, "leader")
		ask := func(v visitor, path string, want int, to any) {
			t.Helper()
			status, body := v.get(api.Base + path)
			if status != want {
				t.Fatalf("%s: %d %s", path, status, body)
			}
			if err := json.Unmarshal([]byte(body), to); err != nil {
				t.Fatalf("%s: %v in %s", path, err, body)
			}
		}
		var list []FigureMeaning
		ask(head, "/figures", http.StatusOK, &list)
		if len(list) != len(d.s.Definitions()) {
			t.Errorf("%d of %d figures", len(list), len(d.s.Definitions()))
		}
		for _, m := range list {
			t.Run(m.Name+"：各组相加、明细相加都等于总数", func(t *testing.T) {
				var whole, some FigureAnswer
				ask(head, "/figures/"+m.ID+"?by="+m.Dimensions[0].ID, http.StatusOK, &whole)
				ask(leader, "/figures/"+m.ID, http.StatusOK, &some)
				if some.Value.Count > whole.Value.Count || some.Value.Amount > whole.Value.Amount {
					t.Errorf("a squad has more than the bureau: %v of %v", some.Value, whole.Value)
				}
				var count, records int64
				for _, g := range whole.Groups {
					count += g.Value.Count + int64(g.Value.Amount)
				}
				for next, first := "", true; first || next != ""; first = false {
					var page FigureRecords
					ask(head, "/figures/"+m.ID+"/records?part=&after="+next, http.StatusOK, &page)
					for _, r := range page.Records {
						records += int64(r.Amount)
						if m.Measure != "元" {
							records++
						}
					}
					next = page.Next
				}
				total := whole.Value.Count + int64(whole.Value.Amount)
				if m.Measure == "%" {
					total, count = whole.Value.Of, whole.Value.Of
				}
				if m.Measure != "人" && (count != total || records != total) {
					t.Errorf("total %d, groups %d, records %d", total, count, records)
				}
			})
		}
		var problem struct{ Type string }
		for name, c := range map[string]struct {
			path   string
			status int
		}{
			"没有这个指标":  {"/figures/toy.none", http.StatusNotFound},
			"没有这个维度":  {"/figures/" + list[0].ID + "?by=amount", http.StatusUnprocessableEntity},
			"日期不对":    {"/figures/" + list[0].ID + "?from=2026-13-01", http.StatusUnprocessableEntity},
			"止日早于起日":  {"/figures/" + list[0].ID + "?from=2026-02-01&until=2026-01-01", http.StatusUnprocessableEntity},
			"四个维度":    {"/figures/" + list[0].ID + "?by=a,b,c,d", http.StatusUnprocessableEntity},
			"看不到的单位":  {"/figures/" + list[0].ID + "?unit=99999", http.StatusNotFound},
			"别处的翻页位置": {"/figures/" + list[0].ID + "/records?after=xyz", http.StatusUnprocessableEntity},
		} {
			t.Run(name, func(t *testing.T) { ask(head, c.path, c.status, &problem) })
		}
	})
}
