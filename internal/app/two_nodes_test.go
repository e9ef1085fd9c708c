package app_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fadu/internal/access"
	"fadu/internal/app"
	"fadu/internal/app/apptest"
	"fadu/internal/casework"
	"fadu/internal/deadline"
	"fadu/internal/demo"
	"fadu/internal/fault"
	"fadu/internal/jobs"
	"fadu/internal/law"
	"fadu/internal/powers"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

// nodes are two servers on one PostgreSQL and one folder of files, both doing their background work.
type nodes struct {
	t    *testing.T
	ctx  context.Context
	a, b *apptest.Site
}

func twoNodes(t *testing.T) *nodes {
	t.Helper()
	url := apptest.PostgreSQL(t)
	n := &nodes{t: t}
	var err error
	if n.a, err = apptest.Open(t.TempDir(), url); err != nil {
		t.Fatal(err)
	}
	if n.b, err = apptest.Serve(app.Config{Data: n.a.Data, Database: url}); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	n.ctx = ctx
	var running sync.WaitGroup
	for _, s := range []*apptest.Site{n.a, n.b} {
		running.Go(func() {
			if err := s.App.Run(ctx); err != nil && ctx.Err() == nil {
				t.Error(err)
			}
		})
	}
	t.Cleanup(func() {
		stop()
		running.Wait()
		for _, s := range []*apptest.Site{n.a, n.b} {
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		}
	})
	return n
}

func (n *nodes) must(err error) {
	n.t.Helper()
	if err != nil {
		n.t.Fatal(err)
	}
}

// until waits for what the other server takes over.
func (n *nodes) until(what string, holds func() bool) {
	n.t.Helper()
	for range 600 { // far longer than it takes; a loaded machine is no failure
		if holds() {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	n.t.Fatalf("另一台没有跟上：%s", what)
}

// signIn signs in on the first server.
func (n *nodes) signIn(login string) (token string) {
	n.t.Helper()
	in, err := n.a.App.Access.SignIn(n.ctx, access.Credentials{Login: login, Password: demo.Password, IP: "127.0.0.1", Agent: "test"})
	n.must(err)
	return in.Token
}

// asks opens a page of a server with a session and returns the status and where it leads.
func (n *nodes) asks(s *apptest.Site, token, path string) (int, string) {
	n.t.Helper()
	req, err := http.NewRequestWithContext(n.ctx, http.MethodGet, s.URL+path, http.NoBody)
	n.must(err)
	req.AddCookie(&http.Cookie{Name: "fadu_session", Value: token})
	res, err := http.DefaultTransport.RoundTrip(req)
	n.must(err)
	n.must(res.Body.Close())
	return res.StatusCode, res.Header.Get("Location")
}

func (n *nodes) account(login string) (a access.Account) {
	n.t.Helper()
	testkit.View(n.t, n.a.App.DB, func(tx *store.Tx) (err error) { a, err = n.a.App.Access.AccountByLogin(tx, login); return err })
	return a
}

func (n *nodes) session(s *apptest.Site, login string) access.Session {
	n.t.Helper()
	who, err := s.App.Access.SessionFor(n.ctx, login)
	n.must(err)
	return who
}

// TestTwoServersFollowEachOther: what is decided on one server holds on the other.
func TestTwoServersFollowEachOther(t *testing.T) {
	if testing.Short() {
		t.Skip("left out with -short")
	}
	n := twoNodes(t)
	system := access.System("console")
	t.Run("改了设置", func(t *testing.T) {
		var was, is powers.Setting
		read := func(to *powers.Setting) func(*store.Tx) error {
			return func(tx *store.Tx) (err error) { *to, err = n.b.App.Powers.Setting(tx); return err }
		}
		testkit.View(t, n.b.App.DB, read(&was))
		other := powers.Organisation
		if was.SoleTraderAs == other {
			other = powers.Citizen
		}
		n.must(n.a.App.Settings.Decide(n.ctx, system, powers.SoleTraderLimit.Key, string(other), "演示市司法局复函（演示）", 0))
		n.until("设置", func() bool { testkit.View(t, n.b.App.DB, read(&is)); return is.SoleTraderAs == other })
	})
	t.Run("载入了放假安排", func(t *testing.T) {
		spring := law.MustDate("2027-02-05")
		if _, err := n.b.App.Calendar.Workday(spring); err == nil {
			t.Fatal("还没有载入就知道 2027 年")
		}
		batch, err := n.a.App.Holidays.Import(n.ctx, system, "通知.csv", []byte("date,kind,name,source_document,confidence,correction\n"+notice2027))
		n.must(err)
		n.must(n.a.App.Holidays.Publish(n.ctx, system, batch))
		n.until("放假安排", func() bool { works, err := n.b.App.Calendar.Workday(spring); return err == nil && !works })
	})
	t.Run("收回了角色", func(t *testing.T) {
		token := n.signIn("officer102")
		if code, to := n.asks(n.b, token, "/w/cases/new"); code != http.StatusOK {
			t.Fatalf("在甲登录，乙不认：%d %s", code, to)
		}
		n.must(n.a.App.Access.SetRoles(n.ctx, system, n.account("officer102").ID, n.account("officer102").Version, []access.Role{access.Cashier}))
		n.until("角色", func() bool { code, _ := n.asks(n.b, token, "/w/cases/new"); return code != http.StatusOK })
		if code, _ := n.asks(n.b, n.signIn("officer102"), "/w/cases/new"); code != http.StatusForbidden {
			t.Errorf("重新登录以后，乙答 %d，应为 403", code)
		}
	})
	signedOut := func(token string) func() bool {
		return func() bool {
			code, to := n.asks(n.b, token, "/w/cases")
			return code == http.StatusSeeOther && strings.HasPrefix(to, "/sign-in")
		}
	}
	t.Run("结束了会话", func(t *testing.T) {
		ended, kept := n.signIn("officer103"), n.signIn("officer103")
		ids := strings.Fields(strings.SplitN(column(t, n.a.App, fmt.Sprintf("SELECT CAST(id AS TEXT) FROM session WHERE account = %d ORDER BY id", n.account("officer103").ID)), "\n", 2)[1])
		if len(ids) != 2 {
			t.Fatalf("会话 %v", ids)
		}
		id, err := store.ParseID(ids[0])
		n.must(err)
		n.must(n.a.App.Access.EndSession(n.ctx, n.session(n.a, "officer103"), id))
		n.until("会话", signedOut(ended))
		if code, to := n.asks(n.b, kept, "/w/cases"); code != http.StatusOK {
			t.Errorf("另一个会话也断了：%d %s", code, to)
		}
	})
	t.Run("停用了账号", func(t *testing.T) {
		token := n.signIn("leader1")
		if code, _ := n.asks(n.b, token, "/w/cases"); code != http.StatusOK {
			t.Fatalf("停用以前就打不开：%d", code)
		}
		n.must(n.a.App.Access.Disable(n.ctx, system, n.account("leader1").ID, n.account("leader1").Version, "调出本局（演示）"))
		n.until("停用", signedOut(token))
		if _, err := n.b.App.Access.SignIn(n.ctx, access.Credentials{Login: "leader1", Password: demo.Password, IP: "127.0.0.1"}); !fault.Is(err, fault.Forbidden) {
			t.Errorf("停用以后在乙登录：%v", err)
		}
	})
}

const notice2027 = `2027-01-01,holiday,元旦,演示通知〔2026〕1号,演示,
2027-02-05,holiday,春节,演示通知〔2026〕1号,演示,
2027-02-06,holiday,春节,演示通知〔2026〕1号,演示,
2027-02-07,holiday,春节,演示通知〔2026〕1号,演示,
2027-05-01,holiday,劳动节,演示通知〔2026〕1号,演示,
2027-10-01,holiday,国庆节,演示通知〔2026〕1号,演示,
2027-10-02,holiday,国庆节,演示通知〔2026〕1号,演示,
2027-10-03,holiday,国庆节,演示通知〔2026〕1号,演示,
`

// TestTwoServersShareNumbersAndJobs: both issue at once and no number is given twice or left out; each job
// that was asked for once is done once, on one of them.
func TestTwoServersShareNumbersAndJobs(t *testing.T) {
	if testing.Short() {
		t.Skip("left out with -short")
	}
	n := twoNodes(t)
	const papers = 24
	ids, errs := make([]casework.PaperID, papers), make([]error, papers)
	var wg sync.WaitGroup
	for i := range papers {
		s := []*apptest.Site{n.a, n.b}[i%2]
		by := n.session(s, "officer102")
		lead, err := s.App.Cases.RegisterLead(n.ctx, by, casework.LeadInput{Source: "patrol", FoundAt: s.Clock.Now(), Place: "演示区青石路8号门前", Area: demo.Area, Summary: "人行道上停车"})
		n.must(err)
		wg.Go(func() {
			for range 20 { // who is told that the system is busy tries again
				ids[i], errs[i] = s.App.Cases.OrderPaper(n.ctx, by, lead, 0, casework.ParkingNotice, map[string]string{"plate": "演A00001", "where": "第一中队"})
				if ids[i] != 0 || !fault.Is(errs[i], fault.Busy) {
					return
				}
			}
		})
	}
	wg.Wait()
	for i, id := range ids {
		if id == 0 {
			t.Fatal(errs[i])
		}
	}
	numbers := strings.Split(strings.TrimSpace(column(t, n.b.App, "SELECT doc_no FROM paper ORDER BY doc_no")), "\n")[1:]
	if len(numbers) != papers || len(slices.Compact(slices.Clone(numbers))) != papers {
		t.Errorf("%d 份文书的编号：%v", papers, numbers)
	}
	for i := range papers { // a gap would be a number that nobody can account for
		if want := fmt.Sprintf("第%d号", i+1); !slices.ContainsFunc(numbers, func(s string) bool { return strings.HasSuffix(s, want) }) {
			t.Errorf("没有 %s：%v", want, numbers)
		}
	}
	n.must(n.a.App.DB.Update(n.ctx, func(tx *store.Tx) error {
		for _, id := range ids {
			if err := jobs.Add(tx, jobs.Job{Kind: casework.JobSignedCopy, Key: id.String(), Payload: id}); err != nil {
				return err
			}
		}
		return nil
	}))
	open := func() string {
		_, left, _ := strings.Cut(column(t, n.b.App, "SELECT kind || ' ' || state || ' ' || last_error FROM job WHERE state <> 'done' AND kind <> '"+deadline.JobScan+"'"), "\n") // the next scan always waits
		return strings.TrimSpace(left)
	}
	for _, s := range []*apptest.Site{n.a, n.b} { // a paper's own job waits a little, in case the request is cut off
		s.Clock.Advance(10 * time.Minute)
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Log(open())
		}
	})
	n.until("任务", func() bool { return open() == "" })
	tries := column(t, n.b.App, "SELECT DISTINCT CAST(tries AS TEXT) FROM job WHERE kind = '"+casework.JobSignedCopy+"'")
	if !strings.HasSuffix(tries, ": 1\n1\n") {
		t.Errorf("有的任务做了不止一次：%s", tries)
	}
	// A paper is issued by two entries: its number is taken, its file is made.
	for kind, want := range map[string]int{"casework.paper_issued": 2 * papers, "casework.signed_copy_made": papers} {
		if got := column(t, n.b.App, "SELECT CAST(COUNT(*) AS TEXT) FROM ledger_entry WHERE kind = '"+kind+"'"); !strings.HasSuffix(got, fmt.Sprintf("\n%d\n", want)) {
			t.Errorf("%s 应有 %d 条：%s", kind, want, got)
		}
	}
	rep, err := n.b.App.Verify(n.ctx)
	if err != nil || !rep.OK() {
		t.Errorf("核验：%v %v", err, rep.Faults)
	}
}

// TestTwoServersPublishOnce: a list that is published on both servers at once, several times, is published
// once, and everybody is told the same.
func TestTwoServersPublishOnce(t *testing.T) {
	if testing.Short() {
		t.Skip("left out with -short")
	}
	n := twoNodes(t)
	const people = 120
	published := "SELECT CAST(COUNT(*) - %d AS TEXT) FROM ledger_entry WHERE kind = 'draft.published'"
	earlier := column(t, n.a.App, fmt.Sprintf(published, 0))
	for round := range 3 {
		list := "姓名,工号,人员类别,所在机构,职务,任职日期\n"
		for i := range people {
			list += fmt.Sprintf("演示·人%d,P%d%03d,执法人员,第一中队,队员,2024-01-01\n", i, round, i)
		}
		by := []access.Session{n.session(n.a, "legal"), n.session(n.b, "legal")}
		batch, err := n.a.App.Org.Imports().Upload(n.ctx, by[0], "org.person", "人员.csv", []byte(list))
		n.must(err)
		before := column(t, n.b.App, "SELECT CAST(COUNT(*) AS TEXT) FROM org_person")
		var wg sync.WaitGroup
		errs, rows := make([]error, 8), make([]int, 8)
		for i := range errs {
			s := []*apptest.Site{n.a, n.b}[i%2]
			wg.Go(func() {
				for range 20 { // who is told that the system is busy tries again
					r, err := s.App.Org.Imports().Publish(n.ctx, by[i%2], batch)
					if rows[i], errs[i] = r.Rows, err; !fault.Is(err, fault.Busy) {
						return
					}
				}
			})
		}
		wg.Wait()
		for i := range errs {
			if errs[i] != nil || rows[i] != people {
				t.Errorf("第 %d 个发布：%d 行 %v", i, rows[i], errs[i])
			}
		}
		if after := column(t, n.a.App, fmt.Sprintf("SELECT CAST(COUNT(*) - %d AS TEXT) FROM org_person", people)); after[strings.Index(after, "\n"):] != before[strings.Index(before, "\n"):] {
			t.Errorf("以前 %s，以后 %s", before, after)
		}
	}
	if got := column(t, n.a.App, fmt.Sprintf(published, 3)); got[strings.Index(got, "\n"):] != earlier[strings.Index(earlier, "\n"):] {
		t.Errorf("三批发布的留痕：以前 %s，以后少三条是 %s", earlier, got)
	}
}
