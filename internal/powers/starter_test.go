package powers

import (
	"slices"
	"strings"
	"testing"

	"fadu/internal/law"
)

func starter(t testing.TB) *Library {
	t.Helper()
	l, err := Starter()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func withDemo(t testing.TB) *Library {
	t.Helper()
	l, err := WithDemo(starter(t))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestStarterImportsWithoutFault(t *testing.T) {
	known := NewLibrary(nil, nil, nil, nil)
	want := map[ImportKind]int{ImportLaws: 41, ImportItems: 399, ImportTiers: 547, ImportExemptions: 49}
	for _, kind := range ImportKinds() {
		_, data, err := StarterFile(kind, false)
		if err != nil {
			t.Fatal(err)
		}
		table, err := ReadTable(kind, data)
		if err != nil {
			t.Fatal(err)
		}
		if len(table.Rows) != want[kind] {
			t.Errorf("%s：%d 行，应为 %d 行", kind.Label(), len(table.Rows), want[kind])
		}
		d := Check(table, known, false)
		for _, f := range d.Faults {
			t.Errorf("%s：%s", kind.Label(), f)
		}
		known = known.with(d)
	}
	if len(known.Benchmarks) != 157 {
		t.Errorf("%d 组阶次，应为 157 组", len(known.Benchmarks))
	}
}

func TestDemoRegulation(t *testing.T) {
	l := withDemo(t)
	items := 0
	for _, p := range l.Items {
		if !p.Demo {
			continue
		}
		items++
		if !strings.HasPrefix(p.Code, "YS-") || !strings.Contains(p.Penalty.Law, "演示") {
			t.Errorf("%s 没有演示标记", p.Code)
		}
		if _, ok := l.BenchmarkFor(p.Code, BaseStage, Citizen, p.ValidFrom); !ok && p.Fine.Citizen.Set {
			t.Errorf("%s 没有对公民的阶次", p.Code)
		}
		if _, ok := l.BenchmarkFor(p.Code, BaseStage, Organisation, p.ValidFrom); !ok && p.Fine.Organisation.Set {
			t.Errorf("%s 没有对单位的阶次", p.Code)
		}
	}
	if items < 30 {
		t.Errorf("演示法规只有 %d 项，至少要 30 项", items)
	}
	for _, b := range l.Benchmarks {
		if strings.HasPrefix(b.Code, "YS-") && (!b.Demo || b.Sample) {
			t.Errorf("%s 应有演示标记，且不是示范阶次", b.Key())
		}
	}
	// The same files are refused by a production database, every row of them.
	_, data, _ := StarterFile(ImportItems, true)
	table, err := ReadTable(ImportItems, data)
	if err != nil {
		t.Fatal(err)
	}
	d := Check(table, l, false)
	if n := len(table.Rows); len(d.Faults) < n || !strings.Contains(d.Faults[0].Reason, "演示") {
		t.Errorf("正式库应拒收全部 %d 行，得到 %d 个错误", n, len(d.Faults))
	}
}

func TestStarterKnowsWhatWasNeverChecked(t *testing.T) {
	var codes []string
	for _, p := range starter(t).Items {
		if p.NeedsConfirmation() {
			codes = append(codes, p.Code)
		}
	}
	if !slices.Equal(codes, []string{"CG-347", "CG-348"}) {
		t.Errorf("须核实的是 %v", codes)
	}
	samples := 0
	for _, b := range starter(t).Benchmarks {
		if b.Sample {
			samples++
		}
	}
	if samples != 157 {
		t.Errorf("示范阶次 %d 组，应为全部 157 组", samples)
	}
	listed := 0
	for _, e := range starter(t).Exemptions {
		if e.Sample {
			listed++
		}
		if e.General() && e.Sample {
			t.Errorf("%s 是法定情形，不是示范", e.Ref)
		}
	}
	if listed != 33 {
		t.Errorf("示范的不予处罚情形 %d 项，应为 33 项", listed)
	}
}

// TestTiersCoverTheStatutoryRange checks independently of the importer that the starter's tiers fill the
// statutory range of their stage from end to end.
func TestTiersCoverTheStatutoryRange(t *testing.T) {
	l := withDemo(t)
	for _, b := range l.Benchmarks {
		p := l.Versions(b.Code)[0]
		party := Citizen
		if b.Subject == SubjectOrganisation {
			party = Organisation
		}
		in := RangeInput{ActDate: p.ValidFrom, Party: party, Escalated: b.Escalated(), Base: law.Yuan(1_000_000), Quantity: Whole(1)}
		r, err := p.StatutoryRange(in)
		if err != nil {
			t.Errorf("%s：%v", b.Key(), err)
			continue
		}
		at := b.byRange()
		low, _, err1 := p.tierMoney(b, b.Tiers[at[0]], in)
		_, high, err2 := p.tierMoney(b, b.Tiers[at[len(at)-1]], in)
		if err1 != nil || err2 != nil || low != r.Min || high != r.Max {
			t.Errorf("%s：阶次 %s—%s，法定 %s—%s", b.Key(), low, high, r.Min, r.Max)
		}
	}
}
