package register

import (
	"strings"
	"testing"

	"fadu/internal/access"
	"fadu/internal/draft"
	"fadu/internal/fault"
	"fadu/internal/register/definition"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

func (h *hall) upload(by access.Session, code string, lines ...string) draft.BatchID {
	h.Helper()
	id, err := h.s.drafts.Upload(ctx, by, importPrefix+code, "演示.csv", []byte(strings.Join(lines, "\n")))
	must(h.T, err)
	return id
}

func (h *hall) publish(id draft.BatchID) {
	h.Helper()
	_, err := h.s.drafts.Publish(ctx, h.clerk, id)
	must(h.T, err)
}

func (h *hall) badRows(id draft.BatchID) (out []draft.Stored) {
	h.Helper()
	testkit.View(h.T, h.s.DB, func(tx *store.Tx) error {
		b, _, err := h.s.drafts.Get(tx, h.clerk, id)
		if err == nil {
			out, err = h.s.drafts.Rows(tx, b, draft.ShowBad, 0, 100)
		}
		return err
	})
	return out
}

func (h *hall) listed(code string, f Filter) []Record {
	h.Helper()
	l, err := h.s.List(ctx, h.clerk, code, f, "")
	must(h.T, err)
	return l.Records
}

// TestImportOfRecords: a file is checked row by row, mended, published at once, counted, and taken back with its trace.
func TestImportOfRecords(t *testing.T) {
	both(t, func(h *hall) {
		const head = "巡查日期,巡查对象,路段或地点,出动人员,当场纠正,记在哪个单位"
		id := h.upload(h.officer, "patrol", head, "2026-02-10,街面市容,东路,2,3,", "2026年2月11日,街面市容,西路,很多,1,", "2026-02-12,公园广场,南路,4,,没有的单位", "2026-02-10,街面市容,东路,2,3,")
		bad := h.badRows(id)
		if len(bad) != 2 || bad[0].Line != 3 || bad[0].Problems[0].Column != "people" || bad[1].Problems[0].Column != columnUnit {
			t.Fatalf("要改的行：%+v", bad)
		}
		_, err := h.s.drafts.Publish(ctx, h.clerk, id)
		h.refused(err, fault.Invalid, "还有 2 行要改")
		_, err = h.s.drafts.Publish(ctx, h.officer, id)
		h.refused(err, fault.Forbidden, "")
		values := bad[0].Values
		values["people"] = "5"
		row, err := h.s.drafts.Mend(ctx, h.officer, bad[0].ID, bad[0].Version, values)
		must(t, err)
		if len(row.Problems) != 0 {
			t.Errorf("改好以后还有：%v", row.Problems)
		}
		must(t, h.s.drafts.RemoveRow(ctx, h.officer, bad[1].ID, bad[1].Version))
		if n := h.figure("register.patrol.patrols"); n != 0 {
			t.Errorf("没有发布就计了 %d", n)
		}
		h.publish(id)
		h.publish(id) // once more changes nothing
		if n, m := h.figure("register.patrol.patrols"), h.figure("register.patrol.people"); n != 3 || m != 9 {
			t.Errorf("巡查 %d 次 %d 人次，应是 3 次 9 人次", n, m)
		}
		got := h.listed("patrol", Filter{})
		if len(got) != 3 || got[0].Happened.String() != "2026-02-11" || got[0].RecorderName != h.officer.Name() || got[0].State != definition.Recorded {
			t.Errorf("列表：%+v", got)
		}
		must(t, h.s.Correct(ctx, h.officer, got[0].ID, got[0].Version, Entry{Values: map[string]string{"patrolled_on": "2026-02-11", "kind": "街面市容", "place": "西路", "people": "6"}}))
		x, err := h.s.Import(ctx, h.clerk, id)
		must(t, err)
		if x.Changed != 1 || x.Import.Records != 3 {
			t.Errorf("%+v", x)
		}
		h.refused(h.s.Undo(ctx, h.officer, id, x.Import.Version, "导错了"), fault.Forbidden, "")
		h.refused(h.s.Undo(ctx, h.clerk, id, x.Import.Version, " "), fault.Invalid, "为什么撤回")
		must(t, h.s.Undo(ctx, h.clerk, id, x.Import.Version, "导错了文件"))
		h.refused(h.s.Undo(ctx, h.clerk, id, x.Import.Version+2, "再撤一次"), fault.Conflict, "已经撤回")
		if n := h.figure("register.patrol.patrols"); n != 0 {
			t.Errorf("撤回以后还计 %d", n)
		}
		void := h.see(got[0].ID)
		if void.State != definition.Void || void.Reason != "导错了文件" {
			t.Errorf("撤回以后：%+v", void)
		}
		if a, b, c := len(h.listed("patrol", Filter{})), len(h.listed("patrol", Filter{State: definition.Void})), len(h.listed("patrol", Filter{Batch: id})); a != 0 || b != 3 || c != 3 {
			t.Errorf("撤回以后列表 %d 条，作废 %d 条，这一批 %d 条", a, b, c)
		}
	})
}

// TestImportIsHiddenUntilPublished: what is staged is not found, not counted, not opened; giving up takes it away.
func TestImportIsHiddenUntilPublished(t *testing.T) {
	both(t, func(h *hall) {
		id := h.upload(h.officer, "patrol", "巡查日期,巡查对象,路段或地点,出动人员", "2026-02-10,街面市容,东路,2")
		l := sheetOf{h.s, h.s.Live()[0].Definition}
		for _, r := range h.s.Live() {
			if r.Code == "patrol" {
				l.d = r.Definition
			}
		}
		var rows []*draft.Row
		testkit.View(h.T, h.s.DB, func(tx *store.Tx) error {
			b, _, err := h.s.drafts.Get(tx, h.clerk, id)
			all, err2 := h.s.drafts.Rows(tx, b, draft.ShowAll, 0, 10)
			rows = []*draft.Row{&all[0].Row}
			if err == nil {
				err = err2
			}
			return err
		})
		testkit.Update(t, h.s.DB, func(tx *store.Tx) error { return l.Stage(tx, h.clerk, id, rows) })
		if n, m := len(h.listed("patrol", Filter{})), len(h.listed("patrol", Filter{Words: "东路"})); n+m != 0 {
			t.Errorf("没有发布就列出 %d、%d 条", n, m)
		}
		var staged RecordID
		testkit.View(h.T, h.s.DB, func(tx *store.Tx) error {
			return tx.DB().NewSelect().Model((*Record)(nil)).Column("id").Scan(tx.Ctx, &staged)
		})
		_, err := h.s.Look(ctx, h.clerk, staged)
		h.refused(err, fault.NotFound, "")
		testkit.Update(t, h.s.DB, func(tx *store.Tx) error { return l.Unstage(tx, id) })
		h.publish(id)
		if n := len(h.listed("patrol", Filter{Words: "东路"})); n != 1 {
			t.Errorf("发布以后找到 %d 条", n)
		}
	})
}

// TestImportMovesStock: what goes out of stock by a file cannot go below zero, and comes back when the file is taken back.
func TestImportMovesStock(t *testing.T) {
	both(t, func(h *hall) {
		d := &definition.Definition{}
		for _, r := range h.s.Live() {
			if r.Stock != nil {
				d = r.Definition
				break
			}
		}
		var head []string
		line := func(direction, n string) string {
			var cells []string
			head = nil
			for _, c := range (sheetOf{h.s, d}).Columns() {
				head = append(head, c.Label)
				switch {
				case c.Key == d.Stock.Direction:
					cells = append(cells, direction)
				case c.Key == d.Stock.Quantity:
					cells = append(cells, n)
				case c.Key == d.Day:
					cells = append(cells, "2026-03-02")
				case len(c.Choices) > 0:
					cells = append(cells, c.Choices[0])
				case c.Need:
					cells = append(cells, "演示")
				default:
					cells = append(cells, "")
				}
			}
			return strings.Join(cells, ",")
		}
		f, _ := d.Field(d.Stock.Direction)
		in := f.Options[0]
		for _, o := range f.Options {
			if !d.Stock.Takes(o) {
				in = o
			}
		}
		first := line(in, "10")
		id := h.upload(h.officer, d.Code, strings.Join(head, ","), first, line(d.Stock.Out[0], "4"))
		h.publish(id)
		more := h.upload(h.officer, d.Code, strings.Join(head, ","), line(d.Stock.Out[0], "7"))
		_, err := h.s.drafts.Publish(ctx, h.clerk, more)
		h.refused(err, fault.Conflict, "库存只有 6")
		must(t, h.s.Undo(ctx, h.clerk, id, 2, "导错了"))
		testkit.View(t, h.s.DB, func(tx *store.Tx) error {
			var left int64
			err := tx.DB().NewSelect().Model((*stock)(nil)).Column("quantity").Scan(tx.Ctx, &left)
			if left != 0 {
				t.Errorf("撤回以后库存 %d", left)
			}
			return err
		})
	})
}

// TestEveryRegisterHasATemplate: headings are told apart, and the template of each register is read again as its list.
func TestEveryRegisterHasATemplate(t *testing.T) {
	both(t, func(h *hall) {
		if h.s.DB.Engine() != store.SQLite {
			return
		}
		for _, k := range h.s.lists() {
			content, err := draft.Template(k, nil)
			must(t, err)
			if _, err := draft.Parse(content, k); err == nil || !strings.Contains(err.Error(), "没有要导入的内容") {
				t.Errorf("%s：%v", k.Label(), err)
			}
		}
	})
}
