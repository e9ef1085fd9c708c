package law

import (
	"strings"
	"testing"
)

func TestLimitsByDate(t *testing.T) {
	for _, c := range []struct {
		name, on string
		want     int64
		cite     string
	}{
		{"onspot_fine_citizen", "2021-07-15", 200, "行政处罚法第51条"},
		{"onspot_fine_unit", "2026-03-02", 3000, "行政处罚法第51条"},
		{"onspot_cash", "2026-03-02", 100, "行政处罚法第68条第1项"},
		{"limitation_extended", "2026-03-02", 5, "行政处罚法第36条第1款"},
		{"demand_days", "2013-01-01", 10, "行政强制法第54条、第69条"},
	} {
		n, ok := Limit(c.name, MustDate(c.on))
		if !ok || n.Value != c.want || n.Cite.String() != c.cite {
			t.Errorf("%s on %s: %+v %v", c.name, c.on, n, ok)
		}
	}
	if n, _ := Limit("onspot_fine_citizen", MustDate("2026-03-02")); n.Money() != Yuan(200) {
		t.Errorf("200 yuan read as %s", n.Money())
	}
}

func TestLimitOutsideItsDates(t *testing.T) {
	if n, ok := Limit("onspot_fine_citizen", MustDate("2021-07-14")); ok {
		t.Errorf("a limit before the law: %+v", n)
	}
	if _, ok := Limit("no_such_limit", MustDate("2026-03-02")); ok {
		t.Error("a limit that is not kept")
	}
}

func TestLimitsAreSorted(t *testing.T) {
	all := Limits()
	if len(all) < 10 {
		t.Fatalf("%d limits", len(all))
	}
	for i := 1; i < len(all); i++ {
		if all[i-1].Name > all[i].Name {
			t.Errorf("%s before %s", all[i-1].Name, all[i].Name)
		}
	}
}

func TestFaultyLimitsAreRefused(t *testing.T) {
	const good = `{value: 200, from: 2021-07-15, cite: [{statute: XZCF, article: 51}]}`
	row := func(versions string) string {
		return "[{name: x, label: 限额, unit: yuan, versions: [" + versions + "]}]"
	}
	if _, err := parseLimits([]byte(row(good))); err != nil {
		t.Fatal(err)
	}
	later := `{value: 300, from: 2027-01-01, cite: [{statute: XZCF, article: 51}]}`
	bounded := `{value: 200, from: 2021-07-15, until: 2026-12-31, cite: [{statute: XZCF, article: 51}]}`
	if m, err := parseLimits([]byte(row(bounded + "," + later))); err != nil || len(m["x"]) != 2 {
		t.Fatalf("two versions one after the other: %v", err)
	}
	for name, c := range map[string]struct{ data, says string }{
		"缺依据":       {row(`{value: 200, from: 2021-07-15}`), "no basis"},
		"两个版本重叠":    {row(good + "," + later), "overlap"},
		"没有这部法":     {row(`{value: 200, from: 2021-07-15, cite: [{statute: NONE, article: 51}]}`), "NONE"},
		"没有这一条":     {row(`{value: 200, from: 2021-07-15, cite: [{statute: XZCF, article: 200}]}`), "200"},
		"早于法律施行":    {row(`{value: 50, from: 1996-10-01, cite: [{statute: XZCF, article: 33}]}`), "older"},
		"缺数值":       {row(`{from: 2021-07-15, cite: [{statute: XZCF, article: 51}]}`), "without value"},
		"缺起始日":      {row(`{value: 200, cite: [{statute: XZCF, article: 51}]}`), "first day"},
		"失效早于施行":    {row(`{value: 200, from: 2021-07-15, until: 2021-07-01, cite: [{statute: XZCF, article: 51}]}`), "ends before"},
		"单位不认识":     {"[{name: x, label: 限额, unit: 斗, versions: [" + good + "]}]", "unit"},
		"没有名称":      {"[{label: 限额, unit: yuan, versions: [" + good + "]}]", "name"},
		"同名两行":      {"[{name: x, label: a, unit: yuan, versions: [" + good + "]}, {name: x, label: b, unit: yuan, versions: [" + good + "]}]", "twice"},
		"不是 YAML 表": {"{", "limits"},
	} {
		if _, err := parseLimits([]byte(c.data)); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: got %v, want words %q", name, err, c.says)
		}
	}
}
