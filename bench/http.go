package main

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"fadu/internal/demo"

	"github.com/google/uuid"
)

// serving says how the program is started and asked.
type serving struct {
	where
	Binary  string        `default:"bin/fadu" help:"The program to measure."`
	Addr    string        `default:"127.0.0.1:18080" help:"Loopback address to serve on."`
	Clients []int         `default:"1,16,64" help:"How many requests at a time."`
	For     time.Duration `default:"3s" help:"How long each cell is measured."`
	// also is a further process tree whose CPU time counts: the database server.
	also int
}

type httpCmd struct {
	serving
	Only string `help:"Only workloads whose name contains this."`
}

// workload is one kind of request; make returns the n-th.
type workload struct {
	name string
	make func(r *rand.Rand) (*http.Request, error)
	// spoils: it adds cases, so it runs last.
	spoils bool
}

// Run starts the server, measures each workload at each number of clients, and stops it.
func (c *httpCmd) Run(ctx context.Context) error {
	srv, err := c.start(ctx)
	if err != nil {
		return err
	}
	defer srv.stop()
	fmt.Printf("binary %.1f MB; cold start to the first page %d ms; idle memory %.0f MB (PSS)\n\n", srv.size/1e6, srv.cold.Milliseconds(), srv.memory())
	fmt.Println("| workload | clients | requests/s | p50 ms | p99 ms | server CPU ms | failed |\n| --- | --- | --- | --- | --- | --- | --- |")
	err = c.each(ctx, srv, c.Only, func(w workload, n int, m cell) {
		fmt.Printf("| %s | %d | %.0f | %.2f | %.2f | %.2f | %d |\n", w.name, n, m.Rate, m.P50, m.P99, m.CPU, m.Failed)
	})
	fmt.Printf("\nmemory after all of it %.0f MB (PSS), most %.0f MB (RSS)\n", srv.memory(), srv.peak())
	return err
}

// each measures the workloads, those that add cases last.
func (c *serving) each(ctx context.Context, srv *server, only string, show func(workload, int, cell)) error {
	b, officer, err := c.people(ctx)
	if err != nil {
		return err
	}
	loads, err := workloads(ctx, b, officer)
	if err != nil {
		return err
	}
	for _, spoils := range []bool{false, true} {
		for _, w := range loads {
			if w.spoils != spoils || !strings.Contains(w.name, only) {
				continue
			}
			for _, n := range c.Clients {
				show(w, n, measure(ctx, srv, w, n, c.For))
			}
		}
	}
	return ctx.Err()
}

// people signs in who looks around and who makes cases.
func (c *serving) people(ctx context.Context) (head, officer *browser, err error) {
	head, officer = &browser{base: "http://" + c.Addr}, &browser{base: "http://" + c.Addr}
	if err = head.signIn(ctx, "head"); err == nil {
		err = officer.signIn(ctx, "officer102")
	}
	return head, officer, err
}

// server is the running program under measurement.
type server struct {
	cmd  *exec.Cmd
	cold time.Duration
	size float64
	also int
}

func (c *serving) start(ctx context.Context) (*server, error) {
	info, err := os.Stat(c.Binary)
	if err != nil {
		return nil, fmt.Errorf("%w: run make build first", err)
	}
	c.also = postmaster(ctx, c.Database)
	args := []string{"serve", "--data", c.Data, "--addr", c.Addr, "--metrics", "off"}
	cmd := exec.Command(c.Binary, args...)
	if c.Database != "" {
		cmd.Env = append(os.Environ(), "FADU_DATABASE="+c.Database)
	}
	log, err := os.Create(filepath.Join(c.Data, "server.log"))
	if err != nil {
		return nil, err
	}
	defer log.Close()
	cmd.Stdout, cmd.Stderr = log, log
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	s := &server{cmd: cmd, size: float64(info.Size()), also: c.also}
	for time.Since(began) < 2*time.Minute {
		resp, err := http.Get("http://" + c.Addr + "/sign-in")
		if err == nil {
			_ = resp.Body.Close()
			s.cold = time.Since(began)
			time.Sleep(2 * time.Second)
			return s, nil
		}
		select {
		case <-ctx.Done():
			s.stop()
			return nil, ctx.Err()
		case <-time.After(2 * time.Millisecond):
		}
	}
	s.stop()
	return nil, fmt.Errorf("the server did not answer at %s", c.Addr)
}

func (s *server) stop() {
	_ = s.cmd.Process.Signal(os.Interrupt)
	_ = s.cmd.Wait()
}

// browser is a signed-in person.
type browser struct {
	base   string
	client *http.Client
}

func (b *browser) signIn(ctx context.Context, login string) error {
	jar, _ := cookiejar.New(nil)
	b.client = &http.Client{Jar: jar, Timeout: time.Minute, Transport: &http.Transport{MaxIdleConnsPerHost: 128, DisableCompression: true}}
	form := url.Values{"login": {login}, "password": {demo.Password}}
	req, _ := http.NewRequestWithContext(ctx, http.MethodPost, b.base+"/sign-in", strings.NewReader(form.Encode()))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := b.client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if !strings.Contains(resp.Request.URL.Path, "/w/") {
		return fmt.Errorf("%s could not sign in: %s at %s", login, resp.Status, resp.Request.URL.Path)
	}
	return nil
}

func (b *browser) page(path string) (string, error) {
	resp, err := b.client.Get(b.base + path)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err == nil && resp.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", path, resp.Status)
	}
	return string(body), err
}

var (
	caseLink = regexp.MustCompile(`/w/cases/(\d{10,})"`)
	nextLink = regexp.MustCompile(`href="([^"]*after=[^"]*)"[^>]*>下一页`)
)

const filtered = "/w/cases?state=closed&from=2019-01-01&until=2026-06-30"

// workloads looks around in the bureau and prepares what will be asked.
func workloads(ctx context.Context, b, officer *browser) ([]workload, error) {
	ids, deep, err := walk(b, filtered, 1000)
	if err != nil {
		return nil, err
	}
	first, _, err := walk(b, "/w/cases", 20)
	if err != nil {
		return nil, err
	}
	ids = append(ids, first...)
	get := func(who *browser, path func(*rand.Rand) string) func(*rand.Rand) (*http.Request, error) {
		return func(r *rand.Rand) (*http.Request, error) {
			return http.NewRequestWithContext(context.WithValue(ctx, whoKey{}, who), http.MethodGet, who.base+path(r), nil)
		}
	}
	one := func(path string) func(*rand.Rand) string { return func(*rand.Rand) string { return path } }
	search := func(words ...string) func(*rand.Rand) string {
		return func(r *rand.Rand) string { return "/w/cases?q=" + url.QueryEscape(words[r.IntN(len(words))]) }
	}
	anyCase := func(prefix string) func(*rand.Rand) string {
		return func(r *rand.Rand) string { return prefix + ids[r.IntN(len(ids))] }
	}
	return []workload{
		{name: "case page", make: get(b, anyCase("/w/cases/"))},
		{name: "case JSON", make: get(b, anyCase("/api/v1/cases/"))},
		{name: "list, three filters, first page", make: get(b, one(filtered))},
		{name: "list, three filters, thousandth page", make: get(b, one(deep))},
		{name: "search, 2 characters", make: get(b, search("窨井", "渣土", "占道", "摊贩"))},
		{name: "search, 4 characters", make: get(b, search("窨井盖破", "乱倒垃圾", "占道经营", "露天烧烤"))},
		{name: "search, 2 characters, rare", make: get(b, search("赵伟", "钱秀", "孙国", "郑志"))},
		{name: "search, 4 characters, rare", make: get(b, search("东西路8", "云龙路5", "文化路3", "龙凤路7"))},
		{name: "search, 4 characters, asked for the first time", make: get(b, func(r *rand.Rand) string {
			marks := make([]rune, 14) // mean nothing to the search and make each question a new one
			for i := range marks {
				marks[i] = []rune("，。、；")[r.IntN(4)]
			}
			return search("窨井盖破", "乱倒垃圾", "占道经营", "露天烧烤")(r) + url.QueryEscape(string(marks))
		})},
		{name: "figures by month × unit × kind, five years", make: get(b, one("/api/v1/figures/casework.decided?by=month,unit,kinds"))},
		{name: "list, terms that ended, the first on top", make: get(b, one("/w/cases?ends=late"))},
		{name: "list by terms, first page", make: get(b, one("/w/cases?sort=due"))},
		{name: "a figure's page, this year", make: get(b, one("/w/figures/casework.decided?by=unit"))},
		{name: "all figures, this year", make: get(b, one("/w/figures"))},
		{name: "to-do list", make: get(officer, one("/w/"))},
		{name: createName, spoils: true, make: creating(ctx, officer)},
	}, nil
}

const createName = "create (lead registered)"

// creating makes the requests that register leads.
func creating(ctx context.Context, officer *browser) func(*rand.Rand) (*http.Request, error) {
	return func(r *rand.Rand) (*http.Request, error) {
		body := fmt.Sprintf(`{"source":"patrol","found_at":%q,"place":"演示路%d号","area":"`+demo.Area+`","summary":"流动摊贩占道经营，影响行人通行，现场劝离后又返回 %d"}`, time.Now().Add(-time.Hour).Format(time.RFC3339), r.IntN(900), r.IntN(1e6))
		req, err := http.NewRequestWithContext(context.WithValue(ctx, whoKey{}, officer), http.MethodPost, officer.base+"/api/v1/leads", strings.NewReader(body))
		if err == nil {
			req.Header.Set("Content-Type", "application/json")
			req.Header.Set("Idempotency-Key", uuid.NewString())
		}
		return req, err
	}
}

// walk turns pages and returns the cases seen and the address of the last page.
func walk(b *browser, path string, pages int) (ids []string, last string, err error) {
	for n := 0; n < pages; n++ {
		body, err := b.page(path)
		if err != nil {
			return nil, "", err
		}
		for _, m := range caseLink.FindAllStringSubmatch(body, -1) {
			ids = append(ids, m[1])
		}
		last = path
		m := nextLink.FindStringSubmatch(body)
		if m == nil {
			break
		}
		path = strings.ReplaceAll(m[1], "&amp;", "&")
		if strings.HasPrefix(path, "?") {
			path = "/w/cases" + path
		}
	}
	if len(ids) == 0 {
		return nil, "", fmt.Errorf("%s lists no case", path)
	}
	return ids, last, nil
}
