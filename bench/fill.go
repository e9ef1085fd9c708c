package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"time"

	"fadu/internal/access"
	"fadu/internal/app"
	"fadu/internal/demo"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/search"
	"fadu/internal/store"

	"golang.org/x/sync/errgroup"
)

type fillCmd struct {
	where
	Cases int `default:"100000" help:"How many cases to have."`
}

// seedCases are made by the real commands; the rest are copies of them under other names and days.
const (
	seedCases    = 60
	seedOrdinary = 20
)

// Run fills an empty folder (and database).
func (c *fillCmd) Run(ctx context.Context) error {
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return err
	}
	p := demo.District(law.MustDate("2026-11-20"))
	p.Cases, p.Ordinary = seedCases, seedOrdinary
	cfg := app.Config{Data: c.Data, Database: c.Database, Base: "http://localhost:8080", Clock: time.Now}
	if err := demo.Fill(ctx, cfg, p, func(what string) { fmt.Fprintln(os.Stderr, what) }); err != nil {
		return err
	}
	cfg.NoSync = true
	a, err := app.Open(ctx, cfg)
	if err != nil {
		return err
	}
	defer a.Close()
	m := &multiplier{app: a, span: 1800}
	if err := m.read(ctx); err != nil {
		return err
	}
	if err := m.age(ctx); err != nil {
		return err
	}
	began := time.Now()
	if err := m.write(ctx, max(c.Cases-len(m.seeds), 0)); err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "%d cases in %s\n", c.Cases, time.Since(began).Round(time.Second))
	if err := errors.Join(a.Report.Recount(ctx), a.Cases.RecountBalances(ctx)); err != nil { // the copies went past the commands
		return err
	}
	if a.DB.Engine() == store.SQLite {
		return nil // a bureau's has no statistics either
	}
	return a.DB.Update(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec("ANALYZE")
		return err
	})
}

// row is a stored row by column.
type row map[string]any

// seed is a case with the rows that hang on it.
type seed struct {
	bill  row // of penalty_case
	parts map[string][]row
}

// hanging are the tables that are copied along with a case, by the column that names it.
var hanging = []struct{ table, key string }{{"case_step", "case_id"}, {"paper", "case_id"}, {"case_act", "case_id"}, {"evidence", "case_id"}, {"payment", "case_id"}, {"deadline", "ref"}, {"deadline_done", "ref"}}

type multiplier struct {
	app *app.App
	// seeds are all that can be copied, ended those of them that are done with.
	seeds, ended []seed
	// span is over how many days the copies are spread.
	span int64
	// first is where the numbers of the copies begin.
	first int
}

func (m *multiplier) read(ctx context.Context) error {
	return m.app.DB.View(ctx, func(tx *store.Tx) error {
		var bills []map[string]any
		if err := tx.DB().NewRaw("SELECT * FROM penalty_case WHERE state NOT IN ('issuing') ORDER BY id").Scan(tx.Ctx, &bills); err != nil {
			return err
		}
		for _, b := range bills {
			s := seed{bill: b, parts: map[string][]row{}}
			for _, h := range hanging {
				q := "SELECT * FROM " + h.table + " WHERE " + h.key + " = ? ORDER BY id"
				if h.key == "ref" {
					q = "SELECT * FROM " + h.table + " WHERE kind = 'case' AND ref = ? ORDER BY id"
				}
				var rows []map[string]any
				if err := tx.DB().NewRaw(q, b["id"]).Scan(tx.Ctx, &rows); err != nil {
					return err
				}
				for _, r := range rows {
					s.parts[h.table] = append(s.parts[h.table], r)
				}
			}
			m.seeds = append(m.seeds, s)
			if state := fmt.Sprint(b["state"]); state == "closed" || state == "declined" {
				m.ended = append(m.ended, s)
			}
		}
		return nil
	})
}

// age lets the demo's local rules apply from before the oldest copy: its cases are as lawful as their models.
func (m *multiplier) age(ctx context.Context) error {
	return m.app.DB.Maintain(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(`UPDATE power_item SET valid_from = '2015-01-01' WHERE valid_from > '2015-01-01' AND demo = 1`)
		return err
	})
}

const perUpdate = 200

// write makes n copies, several updates at a time where the engine takes them.
func (m *multiplier) write(ctx context.Context, n int) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(4)
	for from := 0; from < n; from += perUpdate {
		g.Go(func() error {
			to := min(from+perUpdate, n)
			err := m.app.DB.Maintain(ctx, func(tx *store.Tx) error { return m.some(tx, from, to, n) })
			if err == nil && from%(50*perUpdate) == 0 {
				fmt.Fprintf(os.Stderr, "\r%d", from)
			}
			return err
		})
	}
	return g.Wait()
}

func (m *multiplier) some(tx *store.Tx, from, to, n int) error {
	inserts := map[string][]row{}
	for i := from; i < to; i++ {
		r := rand.New(rand.NewPCG(7, uint64(i)))
		from := m.ended // only the newest are still being handled
		if i > n-n/100 {
			from = m.seeds
		}
		s := from[r.IntN(len(from))]
		back := int64(n-i)*m.span/int64(n) + int64(r.IntN(5)) // days before its model, oldest first, under the penalty law of 2021
		bill, words := variant(s.bill, i, back, r)
		id := store.NewID()
		bill["id"] = id
		for range 3 {
			entry, err := ledger.Append(tx, access.System("import").Actor(), ledger.Act{Kind: "casework.lead_registered", Subject: fmt.Sprintf("case/%d", id), Data: map[string]any{"copy": i, "place": bill["place"], "summary": bill["summary"]}})
			if err != nil {
				return err
			}
			bill["entry_id"] = int64(entry)
		}
		inserts["penalty_case"] = append(inserts["penalty_case"], bill)
		copied := map[string]string{} // things that terms are about
		ids := map[any]any{}
		for _, h := range hanging {
			table := h.table
			for j, p := range s.parts[table] {
				q := shifted(p, back)
				q["id"], q[h.key] = store.NewID(), id
				copied[fmt.Sprintf("%s/%v", table, p["id"])] = fmt.Sprintf("%s/%v", table, q["id"])
				ids[p["id"]] = q["id"]
				if of, ok := ids[q["paper_id"]]; ok {
					q["paper_id"] = of
				}
				if h.key == "ref" {
					if of, ok := copied[fmt.Sprint(q["of_id"])]; ok {
						q["of_id"] = of
					}
					if q["href"] != nil {
						q["href"] = fmt.Sprintf("/w/cases/%d", id)
					}
					inserts[table] = append(inserts[table], q)
					continue
				}
				q["entry_id"] = bill["entry_id"]
				for column, change := range map[string]string{"doc_no": fmt.Sprintf("演城简罚字〔%d〕第%07d-%d号", 2016+i%10, m.first+i, j), "code": fmt.Sprintf("C%d", q["id"]), "reference": fmt.Sprintf("R%d", q["id"])} {
					if was, ok := q[column]; ok && was != "" { // a record has no number
						q[column] = change
					}
				}
				if q["doc_no"] != nil && q["doc_no"] != "" {
					words += "\n" + q["doc_no"].(string)
				}
				inserts[table] = append(inserts[table], q)
			}
		}
		if err := search.Put(tx, "case", id, words); err != nil {
			return err
		}
	}
	if err := insert(tx, "penalty_case", inserts["penalty_case"]); err != nil {
		return err
	}
	for _, h := range hanging {
		if err := insert(tx, h.table, inserts[h.table]); err != nil {
			return err
		}
	}
	return nil
}

var (
	surnames = []rune("赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜")
	given    = []rune("伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂兰玉梅红建国华志文")
	roads    = []rune("东西南北中山水云龙凤长安和平解放人民建设文化新华胜利友谊光明")
	matters  = []string{"流动摊贩占道经营", "店外经营", "乱倒垃圾渣土", "非机动车乱停放", "窨井盖破损未围挡", "擅自张贴小广告", "施工扬尘未覆盖", "露天烧烤"}
)

func pick(r *rand.Rand, from []rune) string { return string(from[r.IntN(len(from))]) }

// variant is the case under another name, place and day, with its words for the search.
func variant(model row, i int, back int64, r *rand.Rand) (row, string) {
	b := shifted(model, back)
	b["party_name"] = "演示·" + pick(r, surnames) + pick(r, given) + pick(r, given)
	b["party_key"] = fmt.Sprintf("99%016d", i)
	b["party_id_number"] = b["party_key"]
	b["place"] = pick(r, roads) + pick(r, roads) + "路" + fmt.Sprint(r.IntN(900)+1) + "号"
	b["summary"] = matters[r.IntN(len(matters))]
	var words []string
	for _, column := range []string{"party_name", "place", "power_name", "fact_text", "summary", "party_key"} {
		words = append(words, fmt.Sprint(b[column]))
	}
	return b, strings.Join(words, "\n")
}

const day = 24 * time.Hour

// shifted copies the row with every day and instant moved back.
func shifted(r row, back int64) row {
	out := make(row, len(r))
	for column, v := range r {
		switch x := v.(type) {
		case []byte:
			v = string(x)
			if d, err := law.ParseDate(string(x)); err == nil {
				v = d.AddDays(-int(back)).String()
			}
		case string:
			if d, err := law.ParseDate(x); err == nil {
				v = d.AddDays(-int(back)).String()
			}
		case int64:
			if strings.HasSuffix(column, "_at") && x > 0 {
				v = x - back*day.Microseconds()
			}
		}
		out[column] = v
	}
	return out
}

func insert(tx *store.Tx, table string, rows []row) error {
	for len(rows) > 0 {
		part := rows[:min(len(rows), 100)]
		rows = rows[len(part):]
		var columns []string
		for c := range part[0] {
			columns = append(columns, c)
		}
		var q strings.Builder
		fmt.Fprintf(&q, "INSERT INTO %s (%s) VALUES ", table, strings.Join(columns, ", "))
		var args []any
		for i, r := range part {
			if i > 0 {
				q.WriteByte(',')
			}
			q.WriteString("(" + strings.TrimSuffix(strings.Repeat("?,", len(columns)), ",") + ")")
			for _, c := range columns {
				args = append(args, r[c])
			}
		}
		if _, err := tx.Exec(q.String(), args...); err != nil {
			return fmt.Errorf("%s: %w", table, err)
		}
	}
	return nil
}
