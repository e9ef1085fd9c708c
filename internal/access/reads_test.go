package access

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fadu/internal/fault"
	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

func aRead(subject string) Read { return Read{Kind: "probe.read", Subject: subject} }

// entered returns the subjects of the reads in the ledger, oldest first.
func (b *bureau) entered() []string {
	b.t.Helper()
	var out []string
	testkit.View(b.t, b.db, func(tx *store.Tx) error {
		out = nil
		return tx.DB().NewSelect().TableExpr("ledger_entry").Column("subject").Where("kind = 'probe.read'").Order("id").Scan(tx.Ctx, &out)
	})
	return out
}

func (b *bureau) saw(who Session, subject string) {
	b.t.Helper()
	if err := b.s.Saw(b.ctx, who, aRead(subject)); err != nil {
		b.t.Fatal(err)
	}
}

func eachReader(t *testing.T, f func(t *testing.T, b *bureau, zhao, kan Session)) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		b := newBureau(t, db, clock)
		b.account("zhao.mou", b.first, Officer)
		b.account("kan.an", b.first, Supervisor)
		f(t, b, b.as("zhao.mou"), b.as("kan.an"))
	})
}

// TestReadsAreEntered: one entry per reader, record and ten minutes, also across a start of the program.
func TestReadsAreEntered(t *testing.T) {
	eachReader(t, func(t *testing.T, b *bureau, zhao, kan Session) {
		for range 3 {
			b.saw(zhao, "case/1")
		}
		b.saw(kan, "case/1")
		b.saw(zhao, "case/2")
		b.saw(System("job"), "case/3")
		deadline := time.After(10 * time.Second)
		for len(b.entered()) < 3 { // the queue writes by itself
			select {
			case <-deadline:
				t.Fatalf("查看没有自己入账：%v", b.entered())
			case <-time.After(10 * time.Millisecond):
			}
		}
		b.clock.Advance(readAgain - time.Second)
		b.saw(zhao, "case/1")
		again, err := New(b.db, Options{Policy: cheap(t)})
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range []*Service{again, b.s} { // started anew, the program finds the entry that stands
			if err := s.Saw(b.ctx, zhao, aRead("case/1")); err != nil {
				t.Fatal(err)
			}
			if err := s.reads.write(b.ctx); err != nil {
				t.Fatal(err)
			}
		}
		want := "read/case/1 read/case/1 read/case/2"
		if got := strings.Join(b.entered(), " "); got != want {
			t.Errorf("十分钟内：%s，应为 %s", got, want)
		}
		b.clock.Advance(2 * time.Second)
		b.saw(zhao, "case/1")
		if err := b.s.Close(b.ctx); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(b.entered(), " "); got != want+" read/case/1" {
			t.Errorf("十分钟以后：%s", got)
		}
		if err := b.s.Saw(b.ctx, zhao, aRead("case/9")); !fault.Is(err, fault.Busy) {
			t.Errorf("停下来以后还能看：%v", err)
		}
	})
}

// TestReadsWait: a full queue makes the reader wait and drops nothing; what stands already is not held up.
func TestReadsWait(t *testing.T) {
	eachReader(t, func(t *testing.T, b *bureau, zhao, kan Session) {
		b.s.reads = newReadQueue(b.db, slog.Default(), 2)
		b.s.reads.flush.Lock() // the ledger cannot be written
		b.saw(zhao, "case/1")
		b.saw(zhao, "case/2")
		b.saw(zhao, "case/1")
		ctx, cancel := context.WithTimeout(b.ctx, 50*time.Millisecond)
		defer cancel()
		if err := b.s.Saw(ctx, kan, aRead("case/1")); !fault.Is(err, fault.Busy) {
			t.Fatalf("队列满了还能看：%v", err)
		}
		seen := make(chan error, 1)
		go func() { seen <- b.s.Saw(b.ctx, kan, aRead("case/2")) }()
		select {
		case err := <-seen:
			t.Fatalf("队列满了没有等：%v", err)
		case <-time.After(50 * time.Millisecond):
		}
		b.s.reads.flush.Unlock()
		if err := <-seen; err != nil {
			t.Fatal(err)
		}
		if err := b.s.Close(b.ctx); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(b.entered(), " "); got != "read/case/1 read/case/2 read/case/2" {
			t.Errorf("入账的：%s", got)
		}
	})
}

// TestAuditorSeesReads: the auditor finds who looked at a record beside its own history, masked.
func TestAuditorSeesReads(t *testing.T) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		b := newBureau(t, db, clock)
		b.account("zhao.mou", b.first, Officer)
		b.account("shenji", b.root, AuditAdmin)
		b.saw(b.as("zhao.mou"), "case/1")
		if err := b.s.reads.write(b.ctx); err != nil {
			t.Fatal(err)
		}
		data := map[string]any{"after": map[string]any{"PartyName": "演示张三", "IDNumber": "990101199001010027", "PartyAddress": "演示市演示区演示路1号"}, "note": "电话 13800000001"}
		testkit.Update(t, db, func(tx *store.Tx) error {
			_, err := ledger.Append(tx, b.as("zhao.mou").Actor(), ledger.Act{Kind: "probe.party", Subject: "case/1", Data: data})
			return err
		})
		br := b.serve().browser()
		br.mustSignIn("shenji")
		page := br.get("/w/ledger?subject=case/1").body
		for _, want := range []string{"probe.read", "probe.party", "演***", "990***********0027", "演示市演示区****", "138****0001"} {
			if !strings.Contains(page, want) {
				t.Errorf("审计员的总账上没有 %s", want)
			}
		}
		for _, bad := range []string{"演示张三", "990101199001010027", "演示路", "13800000001"} {
			if strings.Contains(page, bad) {
				t.Errorf("审计员的总账上有 %s", bad)
			}
		}
	})
}

// childFolder names the folder of the database in which the child of TestDisclosureOutlivesKill works.
const childFolder = "FADU_TEST_DISCLOSE"

// TestDisclosureOutlivesKill: the writing process is killed; whatever was answered after its entry is there.
func TestDisclosureOutlivesKill(t *testing.T) {
	if dir := os.Getenv(childFolder); dir != "" {
		disclose(t, dir)
		return
	}
	for round := range 3 {
		dir := t.TempDir()
		cmd := exec.Command(os.Args[0], "-test.run", "^TestDisclosureOutlivesKill$")
		cmd.Env = append(os.Environ(), childFolder+"="+dir)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		answered := map[string]bool{}
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			if subject, ok := strings.CutPrefix(lines.Text(), "answered "); ok {
				answered[subject] = true
			}
			if len(answered) == 20+7*round {
				break
			}
		}
		_ = cmd.Process.Kill()
		for lines.Scan() { // what it said before it died
			if subject, ok := strings.CutPrefix(lines.Text(), "answered "); ok {
				answered[subject] = true
			}
		}
		_ = cmd.Wait()
		if len(answered) < 20 {
			t.Fatalf("第 %d 轮只答复了 %d 次：%v", round, len(answered), lines.Err())
		}
		for _, subject := range disclosed(t, dir) {
			delete(answered, subject)
		}
		if len(answered) > 0 {
			t.Errorf("第 %d 轮：答复过而没有入账的 %v", round, answered)
		}
	}
}

func openAt(t *testing.T, dir string) *store.DB {
	t.Helper()
	db, err := store.Open(context.Background(), store.Options{URL: "sqlite:" + filepath.Join(dir, "fadu.db"), Clock: time.Now, Migrations: append(migrations, ledger.Migrations)})
	if err != nil {
		t.Fatal(err)
	}
	return db
}

// disclose is the child: it shows personal data again and again until it is killed.
func disclose(t *testing.T, dir string) {
	db := openAt(t, dir)
	s, err := New(db, Options{Policy: cheap(t)})
	if err != nil {
		t.Fatal(err)
	}
	for n := range 100_000 {
		subject := fmt.Sprintf("case/%d", n+1)
		err := s.Disclose(context.Background(), System("test"), Disclosure{Kind: "probe.shown", Subject: subject, Reason: "核对身份", What: "party"})
		if err != nil {
			t.Fatal(err)
		}
		fmt.Println("answered", subject)
	}
}

func disclosed(t *testing.T, dir string) (subjects []string) {
	t.Helper()
	db := openAt(t, dir)
	defer db.Close()
	err := db.View(context.Background(), func(tx *store.Tx) error {
		return tx.DB().NewSelect().TableExpr("ledger_entry").Column("subject").Where("kind = 'probe.shown'").Scan(tx.Ctx, &subjects)
	})
	if err != nil {
		t.Fatal(err)
	}
	return subjects
}
