package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/testkit"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) { testscript.Main(m, map[string]func(){"fadu-verify": main}) }

// TestStandsAlone: whoever doubts the program can read this one in a sitting, and it is not the program.
func TestStandsAlone(t *testing.T) {
	src, err := os.ReadFile("main.go")
	if err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(src, []byte("\n")); n >= 200 {
		t.Errorf("%d lines", n)
	}
	f, err := parser.ParseFile(token.NewFileSet(), "main.go", src, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	for _, im := range f.Imports {
		if strings.Contains(strings.SplitN(im.Path.Value, "/", 2)[0], ".") || strings.HasPrefix(im.Path.Value, `"fadu`) {
			t.Errorf("imports %s", im.Path.Value)
		}
	}
}

var toys = []fs.FS{fstest.MapFS{"m/9001_create_toy.sql": {Data: []byte("-- +goose Up\nCREATE TABLE toy (id BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, entry_id BIGINT NOT NULL);\n")}}}

var toyRefs = []ledger.Reference{{Table: "toy", Column: "entry_id"}}

// bureau is a ledger of 60 entries with checkpoints at 20, 40 and 60, the last two kept outside as well.
type bureau struct {
	t      *testing.T
	db     *store.DB
	dir    string
	public string
	kept   []string // files
}

const entries, before = 60, 40

func open(t *testing.T, db *store.DB) *bureau {
	t.Helper()
	b := &bureau{t: t, db: db, dir: t.TempDir()}
	signer, err := ledger.MakeKey(filepath.Join(b.dir, "key"))
	b.must(err)
	b.public = ledger.PublicText(signer)
	b.must(db.Update(context.Background(), func(tx *store.Tx) error { return ledger.Born(tx, testkit.Actor(), "演示·某局", true) }))
	n, err := ledger.NewNotary(context.Background(), db, signer, "演示·某局", filepath.Join(b.dir, "outside"), testkit.Actor())
	b.must(err)
	for i := 2; i < entries; i++ {
		if i == 20 || i == before {
			_, err := n.Sign(context.Background())
			b.must(err)
		}
		b.add(i)
	}
	_, err = n.Sign(context.Background())
	b.must(err)
	b.kept, err = filepath.Glob(filepath.Join(b.dir, "outside", "*"))
	b.must(err)
	if len(b.kept) != 3 {
		t.Fatal(b.kept)
	}
	return b
}

func (b *bureau) add(i int) {
	b.t.Helper()
	b.must(b.db.Update(context.Background(), func(tx *store.Tx) error {
		id, err := ledger.Append(tx, testkit.Actor(), ledger.Act{Kind: "toy.made", Subject: fmt.Sprint("toy/", i), Data: map[string]any{"n": i}})
		if err == nil {
			_, err = tx.Exec("INSERT INTO toy (id, name, entry_id) VALUES (?, ?, ?)", i, fmt.Sprint("演示", i), id)
		}
		return err
	}))
	b.must(ledger.Sequence(context.Background(), b.db)) // one by one, so that toy i is entry i+1
}

func (b *bureau) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

// export returns the lines of an export.
func (b *bureau) export() []string {
	b.t.Helper()
	var out bytes.Buffer
	b.must(ledger.Export(context.Background(), b.db, &out))
	return strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
}

// verify runs fadu-verify as a program of its own.
func (b *bureau) verify(lines []string, args ...string) (said string, code int) {
	b.t.Helper()
	file := filepath.Join(b.dir, "export.jsonl")
	b.must(os.WriteFile(file, []byte(strings.Join(lines, "\n")+"\n"), 0o600))
	path, err := exec.LookPath("fadu-verify")
	b.must(err)
	out, err := exec.Command(path, append([]string{"-key", b.public, file}, args...)...).CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		b.t.Fatal(err)
	}
	if exit != nil {
		code = exit.ExitCode()
	}
	return string(out), code
}

// the attacks on an export. Forging ones also compute the hashes and the end again, as somebody would
// who knows how they are made, and drop what they cannot forge: the checkpoints after the change.
func attacks() map[string]struct {
	do    func(x *export)
	forge bool
	first string
} {
	type attack = struct {
		do    func(x *export)
		forge bool
		first string
	}
	change := func(x *export) {
		x.entries[29].Entry = bytes.Replace(x.entries[29].Entry, []byte("toy/29"), []byte("toy/99"), 1)
	}
	return map[string]attack{
		"没有动过":         {func(*export) {}, false, ""},
		"改一条":          {change, false, "30"},
		"改一条，重算散列":     {change, true, "21"},
		"删一条":          {func(x *export) { x.entries = append(x.entries[:29], x.entries[30:]...) }, false, "30"},
		"删一条，重排重算":     {func(x *export) { x.entries = append(x.entries[:29], x.entries[30:]...) }, true, "21"},
		"插一条":          {func(x *export) { x.entries = append(x.entries[:30], x.entries[29:]...) }, false, "31"},
		"插一条，重排重算":     {func(x *export) { x.entries = append(x.entries[:30], x.entries[29:]...) }, true, "21"},
		"换两条":          {func(x *export) { x.entries[24], x.entries[29] = x.entries[29], x.entries[24] }, false, "25"},
		"换两条，重排重算":     {func(x *export) { x.entries[24], x.entries[29] = x.entries[29], x.entries[24] }, true, "21"},
		"整段倒过来，重排重算":   {func(x *export) { reverse(x.entries[21:35]) }, true, "21"},
		"最后十条换掉，重算":    {func(x *export) { replaceLast(x, 10) }, true, "41"},
		"截去最后五条":       {func(x *export) { x.entries = x.entries[:55] }, true, "56"},
		"截到早先的检查点":     {func(x *export) { x.entries = x.entries[:before] }, true, "41"},
		"改第一条，重算":      {func(x *export) { x.entries[0].Entry[9] ^= 1 }, true, "1"},
		"改最后一条，重算":     {func(x *export) { x.entries[59].Entry[9] ^= 1 }, true, "41"},
		"文件断在半路":       {func(x *export) { x.cut = true }, false, "61"},
		"改了末行的根":       {func(x *export) { x.root = strings.Repeat("0", 64) }, false, "61"},
		"改了导出里检查点的一个字": {func(x *export) { x.points[1] = strings.Replace(x.points[1], "演示", "演出", 1) }, false, "41"},
	}
}

func reverse(es []entry) {
	for i, j := 0, len(es)-1; i < j; i, j = i+1, j-1 {
		es[i], es[j] = es[j], es[i]
	}
}

func replaceLast(x *export, n int) {
	for i := len(x.entries) - n; i < len(x.entries); i++ {
		x.entries[i].Entry = bytes.Replace(x.entries[i].Entry, []byte("toy.made"), []byte("toy.fake"), 1)
	}
}

type entry struct {
	Seq   int64  `json:"seq"`
	Leaf  string `json:"leaf"`
	Entry []byte `json:"entry"`
}

// export is an export taken apart.
type export struct {
	head    string
	entries []entry
	points  []string // checkpoint lines
	sizes   []int
	root    string
	cut     bool
}

func parse(t *testing.T, lines []string) *export {
	t.Helper()
	x := &export{head: lines[0]}
	for _, l := range lines[1 : len(lines)-1] {
		if strings.HasPrefix(l, `{"checkpoint"`) {
			x.points, x.sizes = append(x.points, l), append(x.sizes, len(x.entries))
			continue
		}
		var e entry
		if err := json.Unmarshal([]byte(l), &e); err != nil {
			t.Fatal(err)
		}
		x.entries = append(x.entries, e)
	}
	return x
}

// lines puts the export together; forged, its numbers, hashes and end are made to fit.
func (x *export) lines(t *testing.T, forge bool) []string {
	t.Helper()
	out := []string{x.head}
	v := &verifier{}
	for i, e := range x.entries {
		if forge {
			e.Seq, e.Leaf = int64(i+1), fmt.Sprintf("%x", sum(0, e.Entry))
		}
		text, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, string(text))
		v.add(sum(0, e.Entry))
		for j, size := range x.sizes {
			if size == i+1 && (!forge || size == 20 && i < 21) {
				out = append(out, x.points[j])
			}
		}
	}
	if x.cut {
		return append(out, `{"seq":61,"le`)
	}
	root := fmt.Sprintf("%x", v.root())
	if x.root != "" {
		root = x.root
	}
	return append(out, fmt.Sprintf(`{"end":%d,"root":"%s"}`, len(x.entries), root))
}

// TestAttacksOnAnExport: what is done to the file is found with the public key and the checkpoints that
// were kept outside; the first bad entry is named, or where it lies when the hashes were made anew.
func TestAttacksOnAnExport(t *testing.T) {
	db, _ := testkit.SQLite(t, toys...)
	b := open(t, db)
	whole := b.export()
	for name, a := range attacks() {
		t.Run(name, func(t *testing.T) {
			x := parse(t, whole)
			a.do(x)
			lines := x.lines(t, a.forge)
			said, code := b.verify(lines, b.kept...)
			if a.first == "" {
				if code != 0 || !strings.Contains(said, "核验通过：60 条") {
					t.Errorf("%d %s", code, said)
				}
				return
			}
			if code != 1 || !strings.Contains(said, "最早从第 "+a.first+" 条起不符") {
				t.Errorf("code %d, want the entry %s:\n%s", code, a.first, said)
			}
		})
	}
	t.Run("不是这把公钥签的", func(t *testing.T) {
		other, err := ledger.MakeKey(filepath.Join(t.TempDir(), "key"))
		b.must(err)
		mine := b.public
		b.public = ledger.PublicText(other)
		defer func() { b.public = mine }()
		if said, code := b.verify(whole); code != 1 || !strings.Contains(said, "签名不对") {
			t.Errorf("%d %s", code, said)
		}
		if said, code := b.verify(whole, b.kept[0]); code != 2 || !strings.Contains(said, "签名不对") {
			t.Errorf("%d %s", code, said)
		}
	})
	t.Run("读不出的文件", func(t *testing.T) {
		if said, code := b.verify([]string{"{}"}); code != 2 || !strings.Contains(said, "用法") {
			t.Errorf("%d %s", code, said)
		}
	})
}

// TestFlippedBitsOfAnExport flips a bit in the entries and checkpoints of an export, a hundred times: each is
// found. The only one that changes nothing is the case of a letter in the name of a field. The heading and the
// paths beside the checkpoints are not looked at: this program computes them itself.
func TestFlippedBitsOfAnExport(t *testing.T) {
	db, _ := testkit.SQLite(t, toys...)
	b := open(t, db)
	whole := b.export()
	r := rand.New(rand.NewPCG(20261121, 4))
	idle := 0
	for range 100 {
		lines := slices.Clone(whole)
		i := 1 + r.IntN(len(lines)-1)
		line := []byte(lines[i])
		part, _, _ := strings.Cut(lines[i], `","consistency"`)
		line[r.IntN(len(part))] ^= 1 << r.IntN(8)
		lines[i] = string(line)
		said, code := b.verify(lines, b.kept...)
		if code == 0 {
			if idle++; !strings.EqualFold(lines[i], whole[i]) {
				t.Errorf("第 %d 行改了一位，没有发现：%s\n%q\n%q", i+1, said, whole[i], lines[i])
			}
		}
	}
	if idle > 10 {
		t.Errorf("%d 次没有发现", idle)
	}
}
