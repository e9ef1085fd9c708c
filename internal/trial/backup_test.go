package trial

import (
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"fadu/internal/testkit"
)

const backupSeed = 20260712

var standing = regexp.MustCompile(`办案留痕 (\d+) 条，默克尔根 (\w+)`)

// TestBackupUnderLoad makes backups with the command while people work, and restores each in an empty place:
// what was acknowledged before it began is there, and the ledger is the one that the backup named. What was cut
// or changed is refused.
func TestBackupUnderLoad(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	b := newBureau(t, "")
	p := b.up()
	o := newOffice(t, ctx, b, "backup")
	finish := o.work(ctx, 4)
	random := rand.New(rand.NewPCG(backupSeed, 0))
	server := testkit.DurableServer(t)
	for i := range strikes(t, 2) {
		answered(o.books)
		acks := o.books.upTo()
		file := filepath.Join(t.TempDir(), "一份.backup")
		said := standing.FindString(b.command("backup", file))
		if said == "" {
			t.Fatal("备份没有说办案留痕的条数和根")
		}
		to := &bureau{t: t, data: filepath.Join(t.TempDir(), "空"), port: freePort(t)}
		if i%2 == 1 {
			to.database = emptyDatabase(t, server)
		}
		if got := to.command("restore", file); !strings.Contains(got, said) {
			t.Errorf("备份说 %s，恢复说 %s", said, got)
		}
		if got := to.command("verify", "--figures", "--quiet"); !strings.Contains(got, said) {
			t.Errorf("备份说 %s，恢复以后核验说 %s", said, got)
		}
		r := to.rows()
		r.promised(acks)
		r.numbered()
		r.files()
		r.close()
		served(t, to)
		refused(t, file, random)
	}
	o.stop.Store(true)
	if err := finish(); err != nil {
		t.Error(err)
	}
	p.stop()
	t.Logf("种子 %d：备份、恢复 %d 次，其间答复 %d 次", backupSeed, strikes(t, 2), len(o.books.upTo()))
}

// served starts the restored bureau; the work goes on there.
func served(t *testing.T, b *bureau) {
	t.Helper()
	p := b.up()
	o := newOffice(t, context.Background(), b, "restored")
	if err := o.oneCase(context.Background(), rand.New(rand.NewPCG(2, 2))); err != nil {
		t.Errorf("恢复以后办不了案：%v", err)
	}
	p.stop()
	b.verified()
}

// refused tries the backup cut at a random byte, and with a bit changed in the part that holds data.
func refused(t *testing.T, file string, random *rand.Rand) {
	t.Helper()
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	changed := append([]byte{}, whole...)
	at := len(changed)/4 + random.IntN(len(changed)/2)
	for changed[at] == 0 { // filling between two files means nothing
		at++
	}
	changed[at] ^= 1 << random.IntN(8)
	for name, data := range map[string][]byte{"截断": whole[:random.IntN(len(whole)-2000)], "改动一位": changed} {
		bad := filepath.Join(t.TempDir(), "坏")
		if err := os.WriteFile(bad, data, 0o600); err != nil {
			t.Fatal(err)
		}
		to := &bureau{t: t, data: filepath.Join(t.TempDir(), "to")}
		out, err := to.try("restore", bad)
		if err == nil || !strings.Contains(out, "没有恢复") {
			t.Errorf("%s的备份：%v\n%s", name, err, out)
		}
		if _, err := os.Stat(to.data); !os.IsNotExist(err) {
			t.Errorf("%s的备份留下了东西", name)
		}
	}
}
