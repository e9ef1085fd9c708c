package trial

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"

	"fadu/internal/testkit"
)

// envTrials says how often the long version of a trial strikes.
const envTrials = "FADU_TRIALS"

// strikes is how often a trial strikes: few in CI, as many as asked for in a soak.
func strikes(t testing.TB, few int) int {
	t.Helper()
	text := os.Getenv(envTrials)
	if text == "" {
		return few
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("%s=%s", envTrials, text)
	}
	return n
}

// killSeed chooses the moments.
const killSeed = 20260710

// TestKilled kills the server again and again in the middle of mixed work. The people ask again with the same
// form until they are answered. Nothing that was answered is lost, doubled or halved, no number comes twice or
// is skipped.
func TestKilled(t *testing.T) {
	t.Run("SQLite", func(t *testing.T) {
		t.Parallel()
		killed(t, newBureau(t, ""), nil)
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		t.Parallel()
		server := testkit.DurableServer(t)
		killed(t, newBureau(t, emptyDatabase(t, server)), server.Kill)
	})
}

// killed runs the strikes; every tenth hits the database server instead, where there is one.
func killed(t *testing.T, b *bureau, database func() error) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	n := strikes(t, 40)
	random := rand.New(rand.NewPCG(killSeed, 0))
	before := func() map[string][2]int64 { r := b.rows(); defer r.close(); return r.tally() }()
	p := b.up()
	o := newOffice(t, ctx, b, "kill")
	finish := o.work(ctx, 6)
	var slowest, ran time.Duration
	crashed := 0
	for i := range n {
		life := time.Duration(5+random.IntN(495)) * time.Millisecond
		if database != nil && i%10 == 9 {
			p.await() // without its database the program does not start
			time.Sleep(life)
			if err := database(); err != nil {
				t.Fatal(err)
			}
			crashed++
			continue
		}
		if i%8 != 7 { // every eighth is struck while it starts
			answered(o.books)
		}
		time.Sleep(life)
		ran += life
		p.kill()
		p = b.start()
		if i%8 == 6 {
			continue
		}
		slowest = max(slowest, p.await())
		compare(t, b, o)
		if i%20 == 19 {
			b.verified()
		}
		if t.Failed() {
			t.Fatalf("第 %d 次以后，种子 %d", i+1, killSeed)
		}
	}
	p.await()
	o.stop.Store(true)
	if err := finish(); err != nil {
		t.Error(err)
	}
	compare(t, b, o)
	r := b.rows()
	defer r.close()
	r.promised(o.books.upTo())
	r.exact(before, o.books.upTo())
	p.stop()
	b.verified()
	acks := len(o.books.upTo())
	t.Logf("种子 %d：杀 %d 次（其中数据库服务器 %d 次），答复 %d 次，重启最慢 %v", killSeed, n, crashed, acks, slowest.Round(time.Millisecond))
	if acks < n {
		t.Errorf("只答复了 %d 次：没有试到什么", acks)
	}
}

// answered waits until the people were answered again after a restart.
func answered(k *books) {
	n := len(k.upTo())
	for range 2000 {
		if len(k.upTo()) > n {
			return
		}
		time.Sleep(2 * time.Millisecond)
	}
}

// compare looks up what was acknowledged since the last time.
func compare(t *testing.T, b *bureau, o *office) {
	t.Helper()
	acks := o.books.fresh()
	r := b.rows()
	defer r.close()
	r.promised(acks)
	r.numbered()
}

var databases int

// emptyDatabase makes an empty database in the server.
func emptyDatabase(t testing.TB, server *testkit.Server) string {
	t.Helper()
	databases++
	name := fmt.Sprintf("trial_%d", databases)
	url, err := server.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	return url
}
