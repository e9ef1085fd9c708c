package ledger_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/testkit"

	"pgregory.net/rapid"
)

func leavesOf(n int) []ledger.Hash {
	out := make([]ledger.Hash, n)
	for i := range out {
		out[i] = sha256.Sum256(binary.BigEndian.AppendUint64(nil, uint64(i)))
	}
	return out
}

// TestProofs: every proof holds, for its own claim and for no other.
func TestProofs(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		leaves := leavesOf(rapid.IntRange(1, 300).Draw(r, "size"))
		n := int64(len(leaves))
		m := rapid.Int64Range(1, n).Draw(r, "seq")
		read := ledger.ReaderOf(leaves)
		root := naive(leaves)
		path, err := ledger.InclusionPath(read, m, n)
		if err != nil {
			r.Fatal(err)
		}
		if err := ledger.CheckInclusion(leaves[m-1], m, n, path, root); err != nil {
			r.Fatalf("leaf %d of %d: %v", m, n, err)
		}
		other := rapid.Int64Range(1, n).Draw(r, "other")
		if other != m && ledger.CheckInclusion(leaves[m-1], other, n, path, root) == nil {
			r.Fatalf("leaf %d passes as %d of %d", m, other, n)
		}
		if other != m && ledger.CheckInclusion(leaves[other-1], m, n, path, root) == nil {
			r.Fatalf("another leaf passes at %d of %d", m, n)
		}
		proof, err := ledger.ConsistencyPath(read, m, n)
		if err != nil {
			r.Fatal(err)
		}
		first := naive(leaves[:m])
		if err := ledger.CheckConsistency(m, n, first, root, proof); err != nil {
			r.Fatalf("%d to %d: %v", m, n, err)
		}
		forged := leavesOf(int(n))
		forged[rapid.Int64Range(0, m-1).Draw(r, "changed")][0] ^= 1
		if ledger.CheckConsistency(m, n, naive(forged[:m]), root, proof) == nil {
			r.Fatalf("another past passes, %d to %d", m, n)
		}
		if m < n {
			for i := range proof {
				bad := append([]ledger.Hash{}, proof...)
				bad[i][7] ^= 4
				if ledger.CheckConsistency(m, n, first, root, bad) == nil {
					r.Fatalf("a changed proof passes, %d to %d, at %d", m, n, i)
				}
			}
			if len(proof) > 0 && ledger.CheckConsistency(m, n, first, root, proof[1:]) == nil {
				r.Fatal("a shortened proof passes")
			}
		}
	})
}

// TestProofsOfRFC6962 uses the audit paths and consistency proofs of the example in RFC 6962, 2.1.3, over
// the seven leaves of the Certificate Transparency project's tests.
func TestProofsOfRFC6962(t *testing.T) {
	inputs := []string{"", "00", "10", "2021", "3031", "40414243", "5051525354555657"}
	var d []ledger.Hash
	for _, in := range inputs {
		data, err := hex.DecodeString(in)
		if err != nil {
			t.Fatal(err)
		}
		d = append(d, ledger.LeafHash(data))
	}
	node := func(l, r ledger.Hash) ledger.Hash { return sha256.Sum256(append(append([]byte{1}, l[:]...), r[:]...)) }
	a, b, c, dd, e, f, j := d[0], d[1], d[2], d[3], d[4], d[5], d[6]
	g, h, i := node(a, b), node(c, dd), node(e, f)
	k, l := node(g, h), node(i, j)
	read := ledger.ReaderOf(d)
	for _, x := range []struct {
		name string
		get  func() ([]ledger.Hash, error)
		want []ledger.Hash
	}{
		{"d0", func() ([]ledger.Hash, error) { return ledger.InclusionPath(read, 1, 7) }, []ledger.Hash{b, h, l}},
		{"d3", func() ([]ledger.Hash, error) { return ledger.InclusionPath(read, 4, 7) }, []ledger.Hash{c, g, l}},
		{"d4", func() ([]ledger.Hash, error) { return ledger.InclusionPath(read, 5, 7) }, []ledger.Hash{f, j, k}},
		{"d6", func() ([]ledger.Hash, error) { return ledger.InclusionPath(read, 7, 7) }, []ledger.Hash{i, k}},
		{"3到7", func() ([]ledger.Hash, error) { return ledger.ConsistencyPath(read, 3, 7) }, []ledger.Hash{c, dd, g, l}},
		{"4到7", func() ([]ledger.Hash, error) { return ledger.ConsistencyPath(read, 4, 7) }, []ledger.Hash{l}},
		{"6到7", func() ([]ledger.Hash, error) { return ledger.ConsistencyPath(read, 6, 7) }, []ledger.Hash{i, j, k}},
	} {
		got, err := x.get()
		if err != nil || fmt.Sprint(got) != fmt.Sprint(x.want) {
			t.Errorf("%s: %x, want %x (%v)", x.name, got, x.want, err)
		}
	}
}

// TestReadsStayFew: root and proofs of ten million leaves read a few hundred kept hashes.
func TestReadsStayFew(t *testing.T) {
	const n = 10_000_019
	reads, hashes := 0, int64(0)
	read := ledger.Reader(func(_ int, _, count int64) ([]ledger.Hash, error) {
		reads, hashes = reads+1, hashes+count
		return make([]ledger.Hash, count), nil
	})
	for name, ask := range map[string]func() error{
		"根":   func() error { _, err := ledger.RootAt(read, n); return err },
		"包含":  func() error { _, err := ledger.InclusionPath(read, 9_999_999, n); return err },
		"一致性": func() error { _, err := ledger.ConsistencyPath(read, 1_234_567, n); return err },
	} {
		reads, hashes = 0, 0
		if err := ask(); err != nil || reads > 50 || hashes > 250 {
			t.Errorf("%s: %d reads of %d hashes (%v)", name, reads, hashes, err)
		}
	}
}

// FuzzCheckpoint: what parses prints itself again, and nothing else is a checkpoint.
func FuzzCheckpoint(f *testing.F) {
	s, err := ledger.MakeKey(filepath.Join(f.TempDir(), "key"))
	if err != nil {
		f.Fatal(err)
	}
	c, err := ledger.SignCheckpoint(ledger.Checkpoint{Size: 3, At: time.Unix(1772413200, 0), Bureau: "演示·某局"}, s)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(c.Text())
	f.Add("fadu-ledger\n1\n\n\n— fadu-ledger ")
	f.Fuzz(func(t *testing.T, text string) {
		got, err := ledger.ParseCheckpoint(text)
		if err != nil {
			return
		}
		again, err := ledger.ParseCheckpoint(got.Text())
		if err != nil || again.Text() != got.Text() {
			t.Errorf("%q %v", got.Text(), err)
		}
		if got.Check(s) && got.Text() != c.Text() {
			t.Errorf("forged: %q", got.Text())
		}
	})
}

func notary(t *testing.T, db *store.DB, key, dir string) *ledger.Notary {
	t.Helper()
	s, err := ledger.OpenKey(key)
	if err != nil {
		t.Fatal(err)
	}
	n, err := ledger.NewNotary(context.Background(), db, s, "演示·某局", dir, testkit.Actor())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func sign(t *testing.T, n *ledger.Notary) ledger.Checkpoint {
	t.Helper()
	c, err := n.Sign(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestNotary: a checkpoint states the ledger as it is, once for each size, also outside; keys change
// with a trace; what is stated can be proven.
func TestNotary(t *testing.T) {
	testkit.Both(t, nil, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		key, dir := filepath.Join(t.TempDir(), "ledger.key"), filepath.Join(t.TempDir(), "outside")
		n := notary(t, db, key, dir)
		if info, err := os.Stat(key); err != nil || info.Mode().Perm() != 0o600 {
			t.Fatal(info, err)
		}
		for i := range 40 {
			add(t, db, fmt.Sprint("case/", i))
		}
		first := sign(t, n)
		clock.Advance(time.Hour)
		if again := sign(t, n); again.Text() != first.Text() {
			t.Errorf("signed twice:\n%s%s", first.Text(), again.Text())
		}
		if first.Size != 41 || first.Bureau != "演示·某局" {
			t.Errorf("%+v", first)
		}
		for i := range 37 {
			add(t, db, fmt.Sprint("case/", i))
		}
		second := sign(t, n)
		files, _ := filepath.Glob(filepath.Join(dir, "checkpoint-*.txt"))
		if len(files) != 2 {
			t.Fatal(files)
		}
		if text, err := os.ReadFile(files[1]); err != nil || string(text) != second.Text() {
			t.Errorf("%s %v", text, err)
		}
		testkit.View(t, db, func(tx *store.Tx) error {
			p, err := ledger.ProveInclusion(tx, 23)
			if err != nil {
				return err
			}
			leaf, _ := hex.DecodeString(p.Leaf)
			if err := ledger.CheckInclusion(ledger.Hash(leaf), 23, p.Size, hashes(t, p.Path), second.Root); err != nil || p.Checkpoint != second.Text() {
				t.Errorf("%+v %v", p, err)
			}
			c, err := ledger.ProveConsistency(tx, second.Size, first.Size)
			if err != nil {
				return err
			}
			if err := ledger.CheckConsistency(first.Size, second.Size, first.Root, second.Root, hashes(t, c.Path)); err != nil {
				t.Errorf("%+v %v", c, err)
			}
			if _, err := ledger.ProveInclusion(tx, 999); err == nil {
				t.Error("proved what is not there")
			}
			return nil
		})

		old, err := ledger.RetireKey(key)
		if err != nil {
			t.Fatal(err)
		}
		n = notary(t, db, key, dir)
		third := sign(t, n)
		if third.KeyID == second.KeyID || third.Size != second.Size+1 {
			t.Errorf("%+v after %+v", third, second)
		}
		retired, err := ledger.LoadKey(old)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := ledger.NewNotary(context.Background(), db, retired, "x", "", testkit.Actor()); err == nil || !strings.Contains(err.Error(), "停用") {
			t.Errorf("a retired key signs again: %v", err)
		}
		testkit.View(t, db, func(tx *store.Tx) error {
			es, err := ledger.History(tx, "ledger/key", 0, 9)
			if len(es) != 2 || !strings.Contains(es[0].Data, second.KeyID) || !strings.Contains(es[0].Data, third.KeyID) {
				t.Errorf("%+v", es)
			}
			return err
		})
		sequence(t, db)
		refs := []ledger.Reference{{Table: "ledger_key", Column: "entry_id"}}
		rep, err := ledger.Task{References: refs, Since: &first}.Run(context.Background(), db)
		if err != nil || !rep.OK() || rep.Leaves != third.Size || rep.Checkpoints != 2 {
			t.Errorf("%+v %v", rep, err)
		}
		whole, err := ledger.Verify(context.Background(), db, refs, nil)
		if err != nil || !whole.OK() || whole.Root != rep.Root || whole.Checkpoints != 3 {
			t.Errorf("%+v %v", whole, err)
		}
		// Checkpoints and nodes cannot be changed either.
		for _, q := range []string{"UPDATE ledger_checkpoint SET note = ''", "DELETE FROM ledger_checkpoint", "UPDATE ledger_node SET hash = ''", "DELETE FROM ledger_node", "DELETE FROM ledger_key"} {
			if err := db.Update(context.Background(), func(tx *store.Tx) error { _, err := tx.Exec(q); return err }); err == nil {
				t.Errorf("%s was done", q)
			}
		}
		wrong := first
		wrong.Root[0] ^= 1
		if _, err := (ledger.Task{Since: &wrong}).Run(context.Background(), db); err == nil || !strings.Contains(err.Error(), "--since") {
			t.Errorf("began at a wrong checkpoint: %v", err)
		}
	})
}

func hashes(t *testing.T, texts []string) (out []ledger.Hash) {
	t.Helper()
	for _, s := range texts {
		h, err := hex.DecodeString(s)
		if err != nil || len(h) != 32 {
			t.Fatal(s, err)
		}
		out = append(out, ledger.Hash(h))
	}
	return out
}

func TestKeyFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "ledger.key")
	s, err := ledger.MakeKey(file)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ledger.MakeKey(file); err == nil {
		t.Error("made over another")
	}
	v, err := ledger.ParsePublic(ledger.PublicText(s))
	if err != nil || ledger.KeyID(v) != ledger.KeyID(s) {
		t.Error(err)
	}
	if err := os.Chmod(file, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := ledger.OpenKey(file); err == nil || !strings.Contains(err.Error(), "chmod 600") {
		t.Errorf("a key that all can read: %v", err)
	}
	if _, err := ledger.LoadKey(filepath.Join(t.TempDir(), "none")); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}

// TestTreeOfAnEarlierVersion: a ledger without nodes gets them when it is opened, and verifies.
func TestTreeOfAnEarlierVersion(t *testing.T) {
	testkit.Both(t, nil, func(t *testing.T, db *store.DB, _ *testkit.Clock) {
		testkit.Update(t, db, func(tx *store.Tx) error {
			for i := range 5000 {
				if _, err := ledger.Append(tx, testkit.Actor(), act(fmt.Sprint("case/", i))); err != nil {
					return err
				}
			}
			return nil
		})
		sequence(t, db)
		nodes := func() (n int64) {
			testkit.View(t, db, func(tx *store.Tx) error {
				return tx.DB().QueryRowContext(tx.Ctx, "SELECT COUNT(*) FROM ledger_node").Scan(&n)
			})
			return n
		}
		want := nodes()
		if want != 312+19+1 {
			t.Fatalf("%d nodes", want)
		}
		drop := "DROP TRIGGER ledger_node_no_delete"
		if db.Engine() == store.PostgreSQL {
			drop = "DROP TRIGGER ledger_node_no_change ON ledger_node"
		}
		tamper(t, db, drop, "DELETE FROM ledger_node")
		if rep, err := ledger.Verify(context.Background(), db, nil, nil); err != nil || rep.OK() {
			t.Fatalf("%+v %v", rep, err)
		}
		if err := ledger.Grow(context.Background(), db); err != nil {
			t.Fatal(err)
		}
		rep, err := ledger.Verify(context.Background(), db, nil, nil)
		if err != nil || !rep.OK() || nodes() != want {
			t.Fatalf("%+v %v %d", rep, err, nodes())
		}
		var root string
		testkit.View(t, db, func(tx *store.Tx) error {
			size, h, err := ledger.Root(tx)
			root = fmt.Sprintf("%d %x", size, h)
			return err
		})
		if root != fmt.Sprintf("5000 %s", rep.Root) {
			t.Errorf("%s, want %s", root, rep.Root)
		}
		// A node that somebody changed is found by verification.
		if db.Engine() == store.SQLite {
			tamper(t, db, "DROP TRIGGER ledger_node_no_update")
		}
		tamper(t, db, "UPDATE ledger_node SET hash = (SELECT hash FROM ledger_leaf WHERE seq = 1) WHERE level = 8 AND idx = 3")
		if rep, err := ledger.Verify(context.Background(), db, nil, nil); err != nil || !strings.Contains(strings.Join(rep.Faults, ""), "第 769—1024 条的树节点") {
			t.Errorf("%+v %v", rep, err)
		}
	})
}

// TestSealOld: rows of a version that did not tell of them are proven from the sealing on.
func TestSealOld(t *testing.T) {
	testkit.Both(t, shop, func(t *testing.T, db *store.DB, _ *testkit.Clock) {
		trade(t, db)
		// As an earlier version left it: entries without rows, leaves to match.
		disarm(t, db)
		tamper(t, db, "UPDATE ledger_entry SET rows = ''", map[store.Engine]string{store.SQLite: "DROP TRIGGER IF EXISTS ledger_node_no_delete", store.PostgreSQL: "DROP TRIGGER IF EXISTS ledger_node_no_change ON ledger_node"}[db.Engine()])
		testkit.Update(t, db, func(tx *store.Tx) error {
			var es []ledger.Entry
			if err := tx.DB().NewSelect().Model(&es).Scan(tx.Ctx); err != nil {
				return err
			}
			for _, e := range es {
				if _, err := tx.Exec("UPDATE ledger_leaf SET hash = ? WHERE entry_id = ?", e.Leaf(), e.ID); err != nil {
					return err
				}
			}
			return nil
		})
		if f := shopFaults(t, db); len(f) != 10 || !strings.Contains(f[0], "没有入账") {
			t.Fatalf("%d %v", len(f), f)
		}
		n, err := ledger.SealOld(context.Background(), db, testkit.Actor(), shopRefs)
		if err != nil || n != 10 {
			t.Fatal(n, err)
		}
		sequence(t, db)
		if f := shopFaults(t, db); len(f) > 0 {
			t.Error(f)
		}
		if n, err := ledger.SealOld(context.Background(), db, testkit.Actor(), shopRefs); err != nil || n != 0 {
			t.Errorf("sealed %d again, %v", n, err)
		}
	})
}

// TestExportIsWhole: an export has a line for everything.
func TestExportIsWhole(t *testing.T) {
	db, _ := testkit.SQLite(t)
	testkit.Update(t, db, func(tx *store.Tx) error { return ledger.Born(tx, testkit.Actor(), "演示·某局", true) })
	n := notary(t, db, filepath.Join(t.TempDir(), "key"), "")
	for i := range 1200 {
		if i == 700 {
			sign(t, n)
		}
		add(t, db, fmt.Sprint("case/", i))
	}
	sign(t, n)
	var out bytes.Buffer
	if err := ledger.Export(context.Background(), db, &out); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(out.String(), "\n"); n != 1+1202+2+1 {
		t.Errorf("%d lines", n)
	}
	if !strings.Contains(out.String(), `"consistency":["`) {
		t.Error("no consistency proof")
	}
}
