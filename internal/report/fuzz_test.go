package report

import (
	"net/http/httptest"
	"net/url"
	"testing"

	"fadu/internal/law"
	"fadu/internal/web"
)

// FuzzAsk: an address of a figure is refused by field or asks for a span whose address asks for the same.
func FuzzAsk(f *testing.F) {
	for _, s := range []string{"", "span=year", "span=custom&from=2026-01-01&until=2025-01-01", "from=2026-13-01", "unit=-1", "only.month=2026-03&by=unit&part=met", "span=&part=x", "only.=", "until=２０２６-03-02"} {
		f.Add(s)
	}
	today := law.MustDate("2026-11-21")
	f.Fuzz(func(t *testing.T, raw string) {
		query, err := url.ParseQuery(raw)
		if err != nil {
			return
		}
		read := func(q url.Values) (ask, error) {
			r := httptest.NewRequest("GET", "/w/figures", nil)
			r.URL.RawQuery = q.Encode()
			form := web.QueryForm(r)
			a := askOf(form, r.URL.Query())
			return a, form.Err()
		}
		a, err := read(query)
		if err != nil {
			return
		}
		p := a.period(today)
		if !p.From.IsZero() && !p.To.IsZero() && p.To.Before(p.From) {
			t.Fatalf("%q：%v", raw, p)
		}
		again, err := read(a.values())
		if err != nil || again.period(today) != p || again.Unit != a.Unit || again.By != a.By || again.Part != a.Part {
			t.Fatalf("%q → %+v → %q → %+v %v", raw, a, a.values().Encode(), again, err)
		}
	})
}
