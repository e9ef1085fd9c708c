package trial

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"fadu/internal/testkit"

	"github.com/jackc/pgx/v5"
)

// TestSmallTablespace runs the whole program on a PostgreSQL whose tables lie on a real file system of 96 MB
// that fills up: reading and signing in go on, writing is refused in clear words, and with room again
// everything goes on by itself.
func TestSmallTablespace(t *testing.T) {
	if dir := os.Getenv(envSmall); dir != "" {
		smallTablespace(t, dir)
		return
	}
	if os.Getuid() != 0 {
		missing(t, "不是 root，挂不了小的文件系统，没有试 PostgreSQL 的磁盘满")
	}
	dir, err := os.MkdirTemp("", "fadu-small-") // t.TempDir is closed to the account that PostgreSQL runs as
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	child := exec.Command(os.Args[0], "-test.run=^TestSmallTablespace$", "-test.v", "-test.timeout=600s")
	for _, v := range os.Environ() { // a server of its own, inside the namespace
		if !strings.HasPrefix(v, "FADU_TEST_PG_URL=") {
			child.Env = append(child.Env, v)
		}
	}
	child.Env = append(child.Env, envSmall+"="+dir, envAlone+"="+built)
	child.SysProcAttr = &syscall.SysProcAttr{Unshareflags: syscall.CLONE_NEWNS}
	out, err := child.CombinedOutput()
	if errors.Is(err, syscall.EPERM) {
		missing(t, "这里不许用挂载命名空间，没有试 PostgreSQL 的磁盘满")
	}
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

func smallTablespace(t *testing.T, dir string) {
	if err := syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, ""); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=96m,mode=0755"); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) }()
	server := testkit.DurableServer(t)
	database := emptyDatabase(t, server)
	onSmall(t, server, database, filepath.Join(dir, "tables"))
	b := newBureau(t, database)
	p := b.up()
	ctx := context.Background()
	officer := newPerson(b.url(), "officer102")
	if err := officer.signIn(ctx); err != nil {
		t.Fatal(err)
	}
	n, at := 0, now().Format(time.RFC3339)
	register := func() reply {
		n++
		body := fmt.Sprintf(`{"source":"patrol","found_at":%q,"place":"青石路","area":"990107","summary":%q}`, at, strings.Repeat("摆摊", 450))
		r, err := officer.once(ctx, http.MethodPost, "/api/v1/leads", "application/json", "small-"+strconv.Itoa(n), []byte(body))
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	if r := register(); r.status >= 300 {
		t.Fatalf("还有空间时：%d %s", r.status, r.body)
	}
	ballast := filepath.Join(dir, "ballast")
	stuff(t, ballast)
	var full reply
	for range 400 { // the last pages of the tables have room
		if full = register(); full.status >= 300 {
			break
		}
	}
	if full.status != http.StatusInsufficientStorage || !strings.Contains(string(full.body), "空间") {
		t.Fatalf("磁盘满时登记：%d %s", full.status, full.body)
	}
	refused := n
	for _, path := range []string{"/w/cases", "/w/", "/api/v1/cases"} {
		if r, err := officer.once(ctx, http.MethodGet, path, "", "", nil); err != nil || r.status != http.StatusOK {
			t.Errorf("磁盘满时看 %s：%d %v", path, r.status, err)
		}
	}
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	until(t, "腾出空间后自己恢复", func() bool {
		n = refused - 1 // the very call that was refused
		return register().status < 300 && readyz(b) == http.StatusOK
	})
	p.stop()
	b.verified()
}

// onSmall moves the empty database to a tablespace in the folder.
func onSmall(t *testing.T, server *testkit.Server, database, folder string) {
	t.Helper()
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	who, err := user.Lookup("postgres")
	if err != nil {
		t.Fatal(err)
	}
	uid, _ := strconv.Atoi(who.Uid)
	gid, _ := strconv.Atoi(who.Gid)
	if err := os.Chown(folder, uid, gid); err != nil {
		t.Fatal(err)
	}
	c, err := pgx.Connect(context.Background(), server.URL())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close(context.Background()) }()
	cfg, err := pgx.ParseConfig(database)
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range []string{"CREATE TABLESPACE small LOCATION '" + folder + "'", "ALTER DATABASE " + cfg.Database + " SET TABLESPACE small"} {
		if _, err := c.Exec(context.Background(), q); err != nil {
			t.Fatalf("%s：%v", q, err)
		}
	}
}
