package powers

import (
	"reflect"
	"slices"
	"strings"
)

func splitList(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ';' || r == '；' })
}

// cutArticle parts 生态环境法典第一千一百三十二条 into title and provision.
func cutArticle(s string) (title, article string) {
	at := strings.Index(s, "第")
	if at < 0 {
		return s, ""
	}
	return s[:at], s[at:]
}

// checkTiers reads a benchmark file: each row, then each group, then each group against its power.
func (d *Draft) checkTiers(t Table, known *Library, demo bool) {
	var rows []TierRow
	lines := map[string][]int{} // the rows of each group
	for _, row := range t.Rows {
		r, faults := ParseTier(row)
		d.Faults = append(d.Faults, faults...)
		d.demoOnly(row.No, ImportTiers, "basis", strings.Contains(r.Tier.Basis, demoMark), demo)
		key := Benchmark{Code: r.Code, Subject: r.Subject, Stage: r.Stage}.Key()
		lines[key] = append(lines[key], row.No)
		rows = append(rows, r)
	}
	bad := map[int]bool{}
	for _, f := range d.Faults {
		bad[f.Row] = true
	}
	if d.chunk {
		return
	}
	for _, b := range GroupTiers(rows) {
		at := lines[b.Key()]
		x := Drafted[Benchmark]{Row: at[0], Value: b, Change: ChangeNew}
		matchBenchmark(&x, known)
		if !slices.ContainsFunc(at, func(n int) bool { return bad[n] }) {
			for _, f := range b.faults() {
				d.fault(at[f.tier], ImportTiers, f.column, "%s", f.message)
			}
			d.fitsPower(b, at, rows, known)
		}
		if b.Sample && !demo {
			d.warn(at[0], ImportTiers, "basis", "这一组是示范阶次，正式办案不能用，请换成本地公布的基准")
		}
		for _, y := range d.Benchmarks {
			if y.Value.Code == b.Code && y.Value.Stage == b.Stage && (y.Value.Subject == SubjectAll || b.Subject == SubjectAll) {
				d.fault(at[0], ImportTiers, "subject", "与第%d行的“%s”对同一事项同一档重复规定", y.Row, y.Value.Subject.Label())
			}
		}
		d.Benchmarks = append(d.Benchmarks, x)
	}
}

// matchBenchmark finds the published group that has the same key.
func matchBenchmark(x *Drafted[Benchmark], known *Library) {
	for _, k := range known.Benchmarks {
		if k.Key() != x.Value.Key() {
			continue
		}
		x.Replaces, x.Change = int64(k.ID), ChangeAmended
		k.ID, k.Issue = 0, Issue{}
		if reflect.DeepEqual(k, x.Value) {
			x.Change = ChangeNone
			return
		}
	}
}

// fitsPower holds a group against the power's statutory range: a tier may not leave it, except 减轻 below.
func (d *Draft) fitsPower(b Benchmark, at []int, rows []TierRow, known *Library) {
	for _, r := range rows {
		if (Benchmark{Code: r.Code, Subject: r.Subject, Stage: r.Stage}).Key() == b.Key() && r.Unit != b.Unit {
			d.fault(r.Row, ImportTiers, "unit", "同一组的幅度单位应相同")
		}
	}
	versions := known.Versions(b.Code)
	if len(versions) == 0 {
		d.fault(at[0], ImportTiers, "code", "权责事项里没有%s", clip(b.Code, 20))
		return
	}
	p := versions[len(versions)-1]
	if b.Stage != BaseStage && b.Stage != p.EscalationTrigger {
		d.fault(at[0], ImportTiers, "stage", "%s没有“%s”这一档", p.Code, clip(b.Stage, 20))
		return
	}
	spans, why := p.spans(b)
	if why != "" {
		if len(b.byRange()) > 0 {
			d.fault(at[0], ImportTiers, "subject", "%s", why)
		}
		return
	}
	for i, t := range b.Tiers {
		for _, s := range spans {
			if !t.RangeSet {
				continue
			}
			if t.Upper > s.high || t.Lower < s.low && t.Grade != Mitigated {
				d.fault(at[i], ImportTiers, "range_lower", "“%s”的%s至%s%s超出法定幅度%s至%s%s", t.Grade.Label(), t.Lower, t.Upper, b.Unit.Label(), s.low, s.high, b.Unit.Label())
			}
		}
	}
}

type span struct{ low, high Quantity }

// spans returns the statutory ranges, in the group's unit, of the parties that the group is for.
func (p PowerItem) spans(b Benchmark) (out []span, why string) {
	switch p.FineBasis {
	case FineNone, FineLocalRule, FineByOtherLaw, "":
		return nil, p.Code + "没有法定罚款数额，不能设罚款阶次"
	case FineRatio:
		want := UnitMultiple
		if p.Formula.Percent {
			want = UnitPercent
		}
		if b.Unit != want {
			return nil, p.Code + "按“" + p.FormulaText + "”计罚，幅度单位应为" + want.Label()
		}
		return []span{{p.Formula.Low, p.Formula.High}}, ""
	}
	if b.Unit != UnitYuan {
		return nil, p.Code + "的罚款以元计，幅度单位应为元"
	}
	fines := p.Fine
	if b.Stage != BaseStage {
		fines = p.Escalated
	}
	for _, c := range []struct {
		subject Subject
		bounds  Bounds
	}{{SubjectCitizen, fines.Citizen}, {SubjectOrganisation, fines.Organisation}} {
		if (b.Subject == c.subject || b.Subject == SubjectAll) && c.bounds.Set {
			out = append(out, span{Quantity(int64(c.bounds.Min) * millionth / 100), Quantity(int64(c.bounds.Max) * millionth / 100)})
		}
	}
	if len(out) == 0 {
		return nil, p.Code + "没有对“" + b.Subject.Label() + "”规定罚款"
	}
	return out, ""
}
