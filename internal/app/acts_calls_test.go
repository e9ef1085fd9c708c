package app_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"fadu/internal/access"
	"fadu/internal/law"
	"fadu/internal/store"
)

// token makes a token with all that the person may, once.
func (p *program) token(login string) string {
	if p.tokens[login] != "" {
		return p.tokens[login]
	}
	ctx := context.Background()
	owner, err := p.site.App.Access.SessionFor(ctx, login)
	if err != nil {
		p.Fatal(err)
	}
	in := access.TokenInput{Name: "演示对接程序", Until: law.DateOf(p.site.Clock.Now()).AddDays(300)}
	for _, x := range access.Permissions() {
		if owner.Can(x.Permission) {
			in.Permissions, in.Unit = append(in.Permissions, x.Permission), owner.ScopeFor(x.Permission).Unit()
		}
	}
	held, _, err := p.site.App.Access.CreateToken(ctx, owner, in)
	if err != nil {
		p.Fatalf("%s 的令牌：%v", login, err)
	}
	p.tokens[login] = held
	return held
}

// session signs a person in: a program may come with a session, too, and some acts want the person.
func (p *program) session(login string) []*http.Cookie {
	p.Helper()
	if c := p.sessions[login]; c != nil {
		return c
	}
	b, err := p.site.Browser(login)
	if err != nil {
		p.Fatal(err)
	}
	cookies, err := b.Cookies()
	if err != nil {
		p.Fatal(err)
	}
	p.sessions[login] = cookies
	return cookies
}

// send calls with the person's token; of "@login" with a session; of "" without either.
func (p *program) send(login, method, path, body, key string) (out heard) {
	p.Helper()
	if key != "" && login != "" {
		p.rare.meet(strings.TrimPrefix(login, "@"), method, "/api/v1"+path)
	}
	req, err := http.NewRequest(method, p.site.URL+"/api/v1"+path, strings.NewReader(body))
	if err != nil {
		p.Fatal(err)
	}
	if name, signedIn := strings.CutPrefix(login, "@"); signedIn {
		for _, c := range p.session(name) {
			req.AddCookie(c)
		}
		req.Header.Set("Origin", p.site.URL)
	} else if login != "" {
		req.Header.Set("Authorization", "Bearer "+p.token(login))
	}
	if key != "" {
		req.Header.Set("Idempotency-Key", key)
	}
	if method != http.MethodGet {
		req.Header.Set("Content-Type", "application/json")
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		p.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		p.Fatal(err)
	}
	out = heard{status: res.StatusCode, location: res.Header.Get("Location"), text: string(text)}
	_ = json.Unmarshal(text, &out.body) // some answers are lists
	return out
}

// standing tells whether anything was done: the last entry, and how many rows each table has.
type standing struct {
	last   int64
	counts string
}

func (s standing) difference(other standing) string {
	a, b := strings.Fields(s.counts), strings.Fields(other.counts)
	var out []string
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			out = append(out, a[i]+"→"+b[i])
		}
	}
	return fmt.Sprint(out, s.last != other.last)
}

// comers are the tables that keep who came by rather than what was done.
var comers = []string{"api_token_use", "idempotency", "session", "security_event", "sign_in_guard", "ledger_leaf", "ledger_node", "figure_delta", "figure_kept"}

func (p *program) standing() (out standing) {
	p.Helper()
	var names []string
	q := `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'search_%'`
	if p.site.App.DB.Engine() == store.PostgreSQL {
		q = `SELECT tablename FROM pg_tables WHERE schemaname = current_schema()`
	}
	p.rows(q+` ORDER BY 1`, func(scan func(...any) error) error {
		var name string
		err := scan(&name)
		if !slices.Contains(comers, name) && name != "ledger_entry" && !strings.HasPrefix(name, "search_") {
			names = append(names, `SELECT '`+name+`' AS n, COUNT(*), 0 FROM `+name)
		}
		return err
	})
	names = append(names, `SELECT 'ledger_entry' AS n, COUNT(*), MAX(id) FROM ledger_entry WHERE kind NOT LIKE '%\_read' ESCAPE '\'`)
	var counts []string
	p.rows(strings.Join(names, ` UNION ALL `), func(scan func(...any) error) error {
		var name string
		var n, last int64
		err := scan(&name, &n, &last)
		counts, out.last = append(counts, fmt.Sprintf("%s=%d", name, n)), max(out.last, last)
		return err
	})
	out.counts = strings.Join(counts, " ")
	return out
}

// rows runs a query of the test's own.
func (p *program) rows(query string, each func(scan func(...any) error) error) {
	p.Helper()
	err := p.site.App.DB.View(context.Background(), func(tx *store.Tx) error {
		rows, err := tx.DB().QueryContext(tx.Ctx, query)
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			if err := each(rows.Scan); err != nil {
				return err
			}
		}
		return rows.Err()
	})
	if err != nil {
		p.Fatalf("%.200s: %v", query, err)
	}
}

// one is the value that a query finds.
func (p *program) one(query string) (out string) {
	p.Helper()
	p.rows(query, func(scan func(...any) error) error { return scan(&out) })
	if out == "" {
		p.Fatalf("没有找到：%s", query)
	}
	return out
}

func (p *program) today() string { return law.DateOf(p.site.Clock.Now()).String() }

func (p *program) now() string { return p.site.Clock.Now().In(law.Zone).Format(time.RFC3339) }

func encoded(b []byte) string { return base64.StdEncoding.EncodeToString(b) }

func number(s string) int64 { n, _ := strconv.ParseInt(s, 10, 64); return n }
