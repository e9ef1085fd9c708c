package main

import (
	"context"
	"encoding/hex"
	"fmt"
	"os"
	"strings"
	"testing"

	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

// disarm removes what protects the ledger's tables, as somebody with the database can.
func disarm(t *testing.T, db *store.DB) {
	t.Helper()
	testkit.Update(t, db, func(tx *store.Tx) error {
		q := `SELECT 'DROP TRIGGER ' || name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'ledger_%'`
		if db.Engine() == store.PostgreSQL {
			q = `SELECT DISTINCT 'DROP TRIGGER ' || trigger_name || ' ON ' || event_object_table FROM information_schema.triggers WHERE event_object_table LIKE 'ledger_%'`
		}
		var drops []string
		if err := tx.DB().NewRaw(q).Scan(tx.Ctx, &drops); err != nil {
			return err
		}
		for _, d := range drops {
			if _, err := tx.Exec(d); err != nil {
				return err
			}
		}
		return nil
	})
}

func do(t *testing.T, db *store.DB, statements ...string) {
	t.Helper()
	testkit.Update(t, db, func(tx *store.Tx) error {
		for _, q := range statements {
			if _, err := tx.Exec(q); err != nil {
				return fmt.Errorf("%s: %w", q, err)
			}
		}
		return nil
	})
}

// rehash computes leaves and nodes again from the entries as they are, numbered from 1 in the order of
// their numbers, and drops the checkpoints that no longer fit: a forger who knows the program.
func rehash(t *testing.T, db *store.DB, good int64) {
	t.Helper()
	do(t, db, "DELETE FROM ledger_node", fmt.Sprintf("DELETE FROM ledger_checkpoint WHERE size > %d", good))
	testkit.Update(t, db, func(tx *store.Tx) error {
		var es []ledger.Entry
		if err := tx.DB().NewSelect().Model(&es).Join("JOIN ledger_leaf l ON l.entry_id = e.id").Order("l.seq").Scan(tx.Ctx); err != nil {
			return err
		}
		if _, err := tx.Exec("DELETE FROM ledger_leaf"); err != nil {
			return err
		}
		for i, e := range es {
			if _, err := tx.Exec("INSERT INTO ledger_leaf (seq, entry_id, hash) VALUES (?, ?, ?)", i+1, e.ID, e.Leaf()); err != nil {
				return err
			}
		}
		// Nodes over sixteen leaves; there are none higher up in so small a ledger.
		for i := range len(es) / 16 {
			v := &verifier{}
			for _, e := range es[16*i : 16*i+16] {
				h, _ := hex.DecodeString(e.Leaf())
				v.add(h)
			}
			if _, err := tx.Exec("INSERT INTO ledger_node (level, idx, hash) VALUES (4, ?, ?)", i, fmt.Sprintf("%x", v.root())); err != nil {
				return err
			}
		}
		return nil
	})
}

const at = "(SELECT entry_id FROM ledger_leaf WHERE seq = %d)"

// swap exchanges what two numbers stand for.
func swap(a, b int) []string {
	return []string{
		fmt.Sprintf("UPDATE ledger_leaf SET seq = -1 WHERE seq = %d", a), fmt.Sprintf("UPDATE ledger_leaf SET seq = %d WHERE seq = %d", a, b), fmt.Sprintf("UPDATE ledger_leaf SET seq = %d WHERE seq = -1", b),
	}
}

func sql(format string, seq int) string { return fmt.Sprintf(format, fmt.Sprintf(at, seq)) }

// cut takes the entries after a number out of every table, as an older copy of the database has it.
func cut(after int) []string {
	return []string{
		fmt.Sprintf("DELETE FROM toy WHERE entry_id IN (SELECT entry_id FROM ledger_leaf WHERE seq > %d)", after),
		fmt.Sprintf("DELETE FROM ledger_entry WHERE id IN (SELECT entry_id FROM ledger_leaf WHERE seq > %d)", after),
		fmt.Sprintf("DELETE FROM ledger_leaf WHERE seq > %d", after), fmt.Sprintf("DELETE FROM ledger_checkpoint WHERE size > %d", after),
		fmt.Sprintf("DELETE FROM ledger_node WHERE level > 4 OR (idx + 1) * 16 > %d", after),
	}
}

// TestAttacksOnTheDatabase does to a database what somebody with its file or password can do, and has
// fadu's own verification and fadu-verify look at it. Both have the checkpoints that were kept outside.
func TestAttacksOnTheDatabase(t *testing.T) {
	change := []string{sql("UPDATE ledger_entry SET actor = '演示·别人' WHERE id = %s", 30)}
	insert := "INSERT INTO ledger_entry (id, at, account, actor, via, kind, subject, unit, data, rules, rows) SELECT id + 1000000, at, account, '演示·别人', via, kind, subject, unit, data, rules, '' FROM ledger_entry WHERE id = " + fmt.Sprintf(at, 30)
	cases := []struct {
		name  string
		do    []string
		forge bool   // hashes made anew
		first string // said by fadu-verify; "" when there is nothing to find
		says  string // by fadu verify
	}{
		{"没有动过", nil, false, "", ""},
		{"改一条", change, false, "30", "第 30 条"},
		{"改一条，重算散列", change, true, "21", "第 21—40 条之间有改动"},
		{"删一条", []string{sql("DELETE FROM ledger_entry WHERE id = %s", 30)}, false, "30", "第 30 条（编号"},
		{"删一条和它的序号", []string{sql("DELETE FROM ledger_entry WHERE id = %s", 30), "DELETE FROM ledger_leaf WHERE seq = 30"}, false, "30", "第 30—30 条的序号缺失"},
		{"删一条，连同业务记录，重排重算", []string{sql("DELETE FROM toy WHERE entry_id = %s", 30), sql("DELETE FROM ledger_entry WHERE id = %s", 30), "DELETE FROM ledger_leaf WHERE seq = 30"}, true, "21", "第 21—40 条之间有改动"},
		{"插一条，重排重算", []string{insert, "UPDATE ledger_leaf SET seq = -seq WHERE seq > 30", "UPDATE ledger_leaf SET seq = 1 - seq WHERE seq < 0", "INSERT INTO ledger_leaf (seq, entry_id, hash) SELECT 31, entry_id + 1000000, 'x' FROM ledger_leaf WHERE seq = 30"}, true, "21", "第 21—40 条之间有改动"},
		{"换两条的次序", swap(25, 30), true, "21", "第 21—40 条之间有改动"},
		{"对换两条的内容", []string{fmt.Sprintf("UPDATE ledger_entry SET subject = CASE id WHEN %[1]s THEN 'toy/29' ELSE 'toy/24' END WHERE id IN (%[1]s, %[2]s)", fmt.Sprintf(at, 25), fmt.Sprintf(at, 30))}, false, "25", "第 25 条"},
		{"倒过来", append(append(swap(31, 36), swap(32, 35)...), swap(33, 34)...), true, "21", "第 21—40 条之间有改动"},
		{"最后十条换掉，重算", []string{"UPDATE ledger_entry SET actor = '演示·别人' WHERE id IN (SELECT entry_id FROM ledger_leaf WHERE seq > 50)"}, true, "41", "第 41—60 条之间有改动"},
		{"截去最后五条", cut(55), false, "56", "第 56 条起被截去"},
		{"恢复旧库", cut(before), false, "41", "第 41 条起被截去"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			testkit.Both(t, toys, func(t *testing.T, db *store.DB, _ *testkit.Clock) {
				b := open(t, db)
				disarm(t, db)
				do(t, db, c.do...)
				if c.forge {
					rehash(t, db, int64(entries-before))
				}
				said, code := b.verify(b.export(), b.kept...)
				if want := "最早从第 " + c.first + " 条起不符"; c.first == "" && code != 0 || c.first != "" && (code != 1 || !strings.Contains(said, want)) {
					t.Errorf("fadu-verify: %d, want %q\n%s", code, want, said)
				}
				rep, err := ledger.Task{References: toyRefs, Kept: b.checkpoints()}.Run(context.Background(), db)
				if err != nil {
					t.Fatal(err)
				}
				if all := strings.Join(rep.Faults, "\n"); rep.OK() != (c.says == "") || !strings.Contains(all, c.says) {
					t.Errorf("fadu verify: want %q\n%s", c.says, all)
				}
			})
		})
	}
}

// checkpoints reads the ones that were kept outside.
func (b *bureau) checkpoints() (out []ledger.Checkpoint) {
	b.t.Helper()
	for _, name := range b.kept {
		text, err := os.ReadFile(name)
		b.must(err)
		c, err := ledger.ParseCheckpoint(string(text))
		b.must(err)
		out = append(out, c)
	}
	return out
}

// TestForgerWithoutCheckpoints is why checkpoints are printed: who makes all hashes anew and leaves no
// checkpoint is found by nobody, and by anybody who kept one.
func TestForgerWithoutCheckpoints(t *testing.T) {
	db, _ := testkit.SQLite(t, toys...)
	b := open(t, db)
	disarm(t, db)
	do(t, db, sql("UPDATE ledger_entry SET actor = '演示·别人' WHERE id = %s", 10))
	rehash(t, db, 0)
	if said, code := b.verify(b.export()); code != 0 {
		t.Errorf("found without a checkpoint: %s", said)
	}
	if said, code := b.verify(b.export(), b.kept[0]); code != 1 || !strings.Contains(said, "第 1 条") {
		t.Errorf("not found with one: %s", said)
	}
}
