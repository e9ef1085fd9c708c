package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"fadu/internal/exam/sitting"
)

// sitter is a candidate at a device.
type sitter struct {
	base, exam, login        string
	client                   *http.Client
	cookies                  []*http.Cookie
	begin, op, attempt, save string
	seq                      int64
	acked                    map[int]sitting.Answer
}

// wire is shared by all: every candidate keeps a connection open, as a phone does.
var wire = &http.Transport{MaxIdleConns: 0, MaxIdleConnsPerHost: 50_000, IdleConnTimeout: 10 * time.Minute, DisableCompression: true}

func newSitter(m *examRoom, login, token string) *sitter {
	return &sitter{
		base: "http://" + m.cmd.Addr, login: login, client: &http.Client{Transport: wire, Timeout: time.Minute, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }},
		cookies: []*http.Cookie{{Name: "fadu_session", Value: token}}, acked: map[int]sitting.Answer{},
	}
}

// timings are how long requests took that were answered, how often one was sent again, and how many were given up.
type timings struct {
	mu            sync.Mutex
	took          []time.Duration
	again, failed int
}

func (t *timings) print(name string, elapsed, cpu time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	n := len(t.took)
	if n == 0 {
		fmt.Printf("| %s | 0 | | | | | | %d | %d |\n", name, t.again, t.failed)
		return
	}
	slices.Sort(t.took)
	s := summary(t.took, elapsed, cpu)
	fmt.Printf("| %s | %d | %.0f | %.1f | %.1f | %.0f | %.2f | %d | %d |\n", name, n, s.Rate, s.P50, s.P99, float64(t.took[n-1].Microseconds())/1000, s.CPU, t.again, t.failed)
}

// ask sends a request, as often as its page would, and measures the one that was answered.
func (p *sitter) ask(ctx context.Context, t *timings, method, path string, form url.Values) (status int, body []byte, err error) {
	for try := range 8 {
		began := time.Now()
		if status, body, err = p.once(ctx, method, path, form); err == nil && status < 500 && status != http.StatusTooManyRequests {
			t.mu.Lock()
			t.took = append(t.took, time.Since(began))
			t.mu.Unlock()
			return status, body, nil
		}
		t.mu.Lock()
		t.again++
		t.mu.Unlock()
		select {
		case <-ctx.Done():
			return status, body, ctx.Err()
		case <-time.After(time.Duration(float64(time.Second<<min(try, 3)) * (0.75 + rand.Float64()/2))):
		}
	}
	t.mu.Lock()
	t.failed++
	t.mu.Unlock()
	if err == nil {
		err = fmt.Errorf("%s %s: %d %.200s", method, path, status, body)
	}
	return status, body, err
}

func (p *sitter) once(ctx context.Context, method, path string, form url.Values) (int, []byte, error) {
	req, err := http.NewRequestWithContext(ctx, method, p.base+path, strings.NewReader(form.Encode()))
	if err != nil {
		return 0, nil, err
	}
	for _, c := range p.cookies {
		req.AddCookie(c)
	}
	if method == http.MethodPost {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("Origin", p.base)
		req.Header.Set("Accept", "application/json")
	}
	resp, err := p.client.Do(req)
	if err != nil {
		return 0, nil, err
	}
	defer resp.Body.Close()
	for _, c := range resp.Cookies() {
		if c.Name == sitting.DeviceCookie {
			p.cookies = append(p.cookies[:1:1], c)
		}
	}
	body, err := io.ReadAll(resp.Body)
	return resp.StatusCode, body, err
}

var opField = regexp.MustCompile(`name="_op" value="([^"]*)"`)

// arriving opens the waiting room and fetches the sealed paper.
func arriving(ctx context.Context, p *sitter, t *timings) error {
	seat := sitting.Path + "/" + p.exam
	status, body, err := p.ask(ctx, t, http.MethodGet, seat, nil)
	if err != nil {
		return err
	}
	found := opField.FindAllSubmatch(body, -1) // of the start, and of the paper that lies under it
	if status != http.StatusOK || len(found) < 2 {
		return fmt.Errorf("%s: %d %.200s", seat, status, body)
	}
	p.begin, p.op = string(found[len(found)-2][1]), string(found[len(found)-1][1])
	status, body, err = p.ask(ctx, t, http.MethodGet, seat+"/paper", nil)
	if err == nil && status != http.StatusOK {
		err = fmt.Errorf("%s/paper: %d %.200s", seat, status, body)
	}
	return err
}

// starting begins the attempt and gets the key of the paper.
func starting(ctx context.Context, p *sitter, t *timings) error {
	status, body, err := p.ask(ctx, t, http.MethodPost, sitting.Path+"/"+p.exam+"/start", url.Values{"_op": {p.begin}})
	if err != nil {
		return err
	}
	var begun struct{ Act, Page, Key string }
	if err := json.Unmarshal(body, &begun); err != nil || begun.Key == "" {
		return fmt.Errorf("start: %d %.200s %w", status, body, err)
	}
	p.save, p.attempt = begun.Act, strings.TrimPrefix(begun.Page, sitting.PathAttempts+"/")
	return nil
}

// put saves one answer and notes that it was acknowledged.
func (p *sitter) put(ctx context.Context, t *timings, items int) error {
	p.seq++
	a := sitting.Answer{Item: rand.IntN(items), Seq: p.seq, Value: string(rune('A' + rand.IntN(4)))}
	if a.Item >= items*6/10 {
		a.Value = []string{"对", "错"}[rand.IntN(2)]
	}
	changed, err := json.Marshal(map[string]any{"answers": []sitting.Answer{a}, "signals": []any{}})
	if err != nil {
		return err
	}
	status, body, err := p.ask(ctx, t, http.MethodPost, p.save, url.Values{"_op": {p.op}, "changed": {string(changed)}})
	if err == nil && status != http.StatusOK {
		err = fmt.Errorf("save: %d %.200s", status, body)
	}
	if err == nil {
		p.acked[a.Item] = a
	}
	return err
}

// answering saves so many answers at moments spread over a time.
func answering(n, items int, over time.Duration) func(context.Context, *sitter, *timings) error {
	return func(ctx context.Context, p *sitter, t *timings) error {
		began := time.Now()
		moments := make([]time.Duration, n)
		for i := range moments {
			moments[i] = time.Duration(rand.Int64N(int64(over)))
		}
		slices.Sort(moments)
		for _, at := range moments {
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(at - time.Since(began)):
			}
			if err := p.put(ctx, t, items); err != nil {
				return err
			}
		}
		return nil
	}
}

// pressing saves one answer after the other for a while.
func pressing(items int, during time.Duration) func(context.Context, *sitter, *timings) error {
	return func(ctx context.Context, p *sitter, t *timings) error {
		for began := time.Now(); time.Since(began) < during; {
			if err := p.put(ctx, t, items); err != nil {
				return err
			}
		}
		return nil
	}
}

// handing hands the paper in and reads the receipt.
func handing(ctx context.Context, p *sitter, t *timings) error {
	status, body, err := p.ask(ctx, t, http.MethodPost, p.save, url.Values{"_op": {p.op}, "do": {"submit"}})
	if err == nil && status != http.StatusSeeOther {
		err = fmt.Errorf("hand in: %d %.200s", status, body)
	}
	if err != nil {
		return err
	}
	status, body, err = p.ask(ctx, t, http.MethodGet, sitting.PathAttempts+"/"+p.attempt, nil)
	if err == nil && !strings.Contains(string(body), "回执号") {
		err = fmt.Errorf("receipt: %d %.200s", status, body)
	}
	return err
}
