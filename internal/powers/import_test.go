package powers

import (
	"context"
	"encoding/csv"
	"strings"
	"testing"

	"fadu/internal/access"
	"fadu/internal/draft"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
)

// csvOf prints a table as a file with the English column names.
func csvOf(t *testing.T, table Table) []byte {
	t.Helper()
	names, _ := table.Kind.Columns()
	var b strings.Builder
	w := csv.NewWriter(&b)
	_ = w.Write(names)
	for _, r := range table.Rows {
		_ = w.Write(r.Cells)
	}
	w.Flush()
	return []byte(b.String())
}

func lawsIn(t *testing.T, s *Service) {
	t.Helper()
	name, data, err := StarterFile(ImportLaws, false)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.ImportFile(context.Background(), console, ImportLaws, name, strings.NewReader(string(data))); err != nil {
		t.Fatal(err)
	}
}

func TestBadRowsWaitToBeMended(t *testing.T) {
	both(t, false, func(t *testing.T, s *Service) {
		ctx := context.Background()
		lawsIn(t, s)
		three := edited(t, ImportItems, false, func(get func(string) string) bool {
			return get("code") == "CG-020" || get("code") == "CG-021" || get("code") == "CG-022"
		}, nil)
		three.Rows[1].Cells[7] = "四十二条"
		got, err := s.ImportFile(ctx, console, ImportItems, "三项.csv", strings.NewReader(string(csvOf(t, three))))
		if !fault.Is(err, fault.Invalid) || len(got.Faults) != 1 || got.Faults[0].Row != 3 || got.Faults[0].Label != "处罚条款" || !strings.Contains(got.Faults[0].Reason, "第…条") {
			t.Fatalf("应指出第3行处罚条款：%v %v", got.Faults, err)
		}
		if n := len(view(t, s, func(tx *store.Tx) ([]PowerItem, error) { return s.All(tx, Filter{}) })); n != 0 {
			t.Fatalf("有坏行时一项也不发布：%d", n)
		}
		if _, err := s.drafts.Publish(ctx, console, got.Batch); !fault.Is(err, fault.Invalid) {
			t.Errorf("有坏行不能发布：%v", err)
		}
		var bad draft.Stored
		testkitView(t, s, func(tx *store.Tx) error {
			b, _, err := s.drafts.Get(tx, console, got.Batch)
			if err != nil {
				return err
			}
			rows, err := s.drafts.Rows(tx, b, draft.ShowBad, 0, 10)
			bad = rows[0]
			return err
		})
		bad.Values["penalty_article"] = "第四十二条"
		mended, err := s.drafts.Mend(ctx, console, bad.ID, bad.Version, bad.Values)
		if err != nil || len(mended.Problems) != 0 {
			t.Fatalf("改好后应没有问题：%v %v", mended.Problems, err)
		}
		if _, err := s.drafts.Publish(ctx, access.Session{}, got.Batch); !fault.Is(err, fault.Forbidden) {
			t.Errorf("没有公布权限：%v", err)
		}
		if res, err := s.drafts.Publish(ctx, console, got.Batch); err != nil || res.Rows != 3 {
			t.Fatalf("改好后全部发布：%+v %v", res, err)
		}
		if n := len(view(t, s, func(tx *store.Tx) ([]PowerItem, error) { return s.All(tx, Filter{}) })); n != 3 {
			t.Errorf("发布了 %d 项", n)
		}
	})
}

func TestAmendingByImport(t *testing.T) {
	started(t, true, func(t *testing.T, s *Service) {
		ctx := context.Background()
		adoptCodes(t, s, "2025-01-01", "CG-020")
		old := itemNow(t, s, "CG-020")
		next := edited(t, ImportItems, false, withCode("CG-020"), map[string]string{"valid_to": "2026-12-31"})
		row := edited(t, ImportItems, false, withCode("CG-020"), map[string]string{"valid_from": "2027-01-01", "fine_org_max": "50000"})
		next.Rows = append(next.Rows, TableRow{3, row.Rows[0].Cells})
		if _, err := s.ImportFile(ctx, console, ImportItems, "修订.csv", strings.NewReader(string(csvOf(t, next)))); err != nil {
			t.Fatal(err)
		}
		versions := view(t, s, func(tx *store.Tx) ([]PowerItem, error) { return itemsOf(tx, "CG-020") })
		if len(versions) != 2 || versions[0].ValidTo != day("2026-12-31") || versions[1].ValidFrom != day("2027-01-01") {
			t.Fatalf("版本：%+v", versions)
		}
		if versions[0].Standing.AdoptedFrom != day("2025-01-01") || !versions[1].Standing.AdoptedFrom.IsZero() {
			t.Error("旧版保留采用记录，新版须另行采用")
		}
		replaced := view(t, s, func(tx *store.Tx) (PowerItem, error) { return s.ItemByID(tx, old.ID) })
		if replaced.Code != "CG-020" || !replaced.ValidTo.IsZero() {
			t.Error("案件引用的旧行仍可读")
		}
		for act, limit := range map[string]string{"2026-12-31": "20000", "2027-01-01": "50000"} {
			a := assess(t, s, "CG-020", act, act, Organisation, Circumstances{Harm: law.True})
			if a.Statutory.Max.String() != limit {
				t.Errorf("%s 的行为：上限 %s，应为 %s", act, a.Statutory.Max, limit)
			}
		}
		// The same file again changes nothing; a clash with what is published is refused with its row.
		if _, err := s.ImportFile(ctx, console, ImportItems, "修订.csv", strings.NewReader(string(csvOf(t, next)))); err != nil {
			t.Errorf("再导入一次：%v", err)
		}
		clash := edited(t, ImportItems, false, withCode("CG-020"), map[string]string{"valid_from": "2026-06-01"})
		got, err := s.ImportFile(ctx, console, ImportItems, "冲突.csv", strings.NewReader(string(csvOf(t, clash))))
		if err == nil || len(got.Faults) == 0 || !strings.Contains(got.Faults[0].Reason, "重叠") {
			t.Errorf("有效期重叠：%v %v", got.Faults, err)
		}
	})
}

func TestExcelRoundTrip(t *testing.T) {
	both(t, false, func(t *testing.T, s *Service) {
		template, err := draft.Template(list{ImportItems, s}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := ReadTable(ImportItems, template); err == nil || !strings.Contains(err.Error(), "没有要导入的内容") {
			t.Errorf("空模板里只有示例：%v", err)
		}
		if _, err := ReadTable(ImportTiers, template); err == nil || !strings.Contains(err.Error(), "裁量阶次") {
			t.Errorf("拿错模板：%v", err)
		}
	})
}
