package app_test

import (
	"context"
	"strings"
	"testing"

	"fadu/internal/app/apptest"
	"fadu/internal/casework"
	"fadu/internal/demo"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

// TestFileOpensAfterItsPowerWasChanged: a list that is imported anew may say that a power applied from a later day on. What
// rests on it is barred by rule; the files of the cases can be read all the same.
func TestFileOpensAfterItsPowerWasChanged(t *testing.T) {
	t.Parallel()
	for _, state := range []casework.State{casework.Answered, casework.Delivered} {
		t.Run(string(state), func(t *testing.T) {
			site, err := apptest.Open(t.TempDir(), "")
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() {
				if err := site.Close(); err != nil {
					t.Error(err)
				}
			})
			sc, at, err := scenario("一般案件，负责人直接决定", string(state))
			if err != nil {
				t.Fatal(err)
			}
			w := demo.NewOffice(site.App, site.Clock).Begin(context.Background(), sc)
			if err := w.Play(at); err != nil {
				t.Fatal(err)
			}
			testkit.Update(t, site.App.DB, func(tx *store.Tx) error {
				res, err := tx.Exec(`UPDATE power_item SET valid_from = '2035-01-01' WHERE code = (SELECT power_code FROM penalty_case WHERE id = ?)`, int64(w.ID))
				if err != nil {
					return err
				}
				n, err := res.RowsAffected()
				if n == 0 {
					t.Error("没有改到事项")
				}
				return err
			})
			b, err := site.Browser(w.Handler())
			if err != nil {
				t.Fatal(err)
			}
			for _, path := range []string{"", "?step=part-notice", "?step=part-decide", "/dossier/contents"} {
				if err := b.Get("/w/cases/" + w.ID.String() + path); err != nil || b.Status != 200 {
					t.Errorf("%s：%v %d %.300s", path, err, b.Status, strings.Join(strings.Fields(b.Main()), " "))
				}
			}
			if state != casework.Answered {
				return
			}
			if err := b.Get("/w/cases/" + w.ID.String() + "?step=ask_decision"); err != nil || !strings.Contains(b.Main(), "依据") {
				t.Errorf("报批：%v %d %.600s", err, b.Status, b.Main())
			}
		})
	}
}
