package powers

import (
	"strings"
	"testing"
)

// edited returns the rows of an embedded file whose first cell is one of keys, with cells changed by
// name.
func edited(t testing.TB, kind ImportKind, demo bool, keep func(get func(string) string) bool, change map[string]string) Table {
	t.Helper()
	_, data, err := StarterFile(kind, demo)
	if err != nil {
		t.Fatal(err)
	}
	all, err := ReadTable(kind, data)
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]int{}
	for i, c := range kind.columns() {
		at[c.name] = i
	}
	out := Table{Kind: kind}
	for _, r := range all.Rows {
		if !keep(func(n string) string { return r.Cells[at[n]] }) {
			continue
		}
		cells := append([]string{}, r.Cells...)
		for n, v := range change {
			i, ok := at[n]
			if !ok {
				t.Fatalf("没有列 %s", n)
			}
			cells[i] = v
		}
		out.Rows = append(out.Rows, TableRow{len(out.Rows) + 2, cells})
	}
	if len(out.Rows) == 0 {
		t.Fatal("没有取到行")
	}
	return out
}

func withCode(code string) func(func(string) string) bool {
	return func(get func(string) string) bool { return get("code") == code }
}

func noted(faults []RowError, row int, column, reason string) bool {
	for _, f := range faults {
		if f.Row == row && f.Column == column && strings.Contains(f.Reason, reason) {
			return true
		}
	}
	return false
}

func TestItemRowsAreNamedWithReason(t *testing.T) {
	lib := starter(t)
	laws := NewLibrary(nil, nil, nil, lib.Laws)
	for _, c := range []struct {
		name, code     string
		change         map[string]string
		column, reason string
	}{
		{"空编码", "CG-020", map[string]string{"code": ""}, "code", "没有填写"},
		{"全角编码", "CG-020", map[string]string{"code": "ＣＧ-020"}, "code", "全角字符“Ｃ”"},
		{"编码不合规则", "CG-020", map[string]string{"code": "cg020"}, "code", "不合编码规则"},
		{"没有的类别", "CG-020", map[string]string{"kind": "行政罚款"}, "kind", "没有“行政罚款”"},
		{"没有的罚款方式", "CG-020", map[string]string{"fine_basis": "range"}, "fine_basis", "没有“range”"},
		{"全角数字", "CG-020", map[string]string{"fine_org_max": "２0000"}, "fine_org_max", "全角字符“２”"},
		{"下限大于上限", "CG-171", map[string]string{"fine_org_min": "6000"}, "fine_org_min", "下限6,000元大于上限5,000元"},
		{"只有上限没有下限", "CG-171", map[string]string{"fine_org_min": ""}, "fine_org_min", "要么都填，要么都空"},
		{"负数", "CG-171", map[string]string{"fine_org_min": "-1"}, "fine_org_min", "不小于0"},
		{"三位小数", "CG-171", map[string]string{"fine_org_max": "1.005"}, "fine_org_max", "大于0的金额"},
		{"没有数额", "CG-020", map[string]string{"fine_citizen_min": "", "fine_citizen_max": "", "fine_org_min": "", "fine_org_max": ""}, "fine_org_max", "却没有写数额"},
		{"地方规定却有数额", "CG-002", map[string]string{"fine_org_min": "0", "fine_org_max": "100"}, "fine_basis", "却写了数额"},
		{"定额上下限不同", "CG-144", map[string]string{"fine_org_max": "60"}, "fine_basis", "应相同"},
		{"算式不认识", "CG-131", map[string]string{"fine_formula": "造价的一成"}, "fine_formula", "不认识"},
		{"处罚种类没有罚款", "CG-020", map[string]string{"penalty_kinds": "警告"}, "penalty_kinds", "不一致"},
		{"处罚种类重复", "CG-020", map[string]string{"penalty_kinds": "罚款;罚款"}, "penalty_kinds", "写了两次"},
		{"第二档没有情形", "CG-171", map[string]string{"escalation_trigger": ""}, "escalation_trigger", "没有写情形"},
		{"第二档没有数额", "CG-020", map[string]string{"escalation_trigger": "拒不改正"}, "escalation_trigger", "没有写数额"},
		{"条款写法不对", "CG-020", map[string]string{"penalty_article": "42条"}, "penalty_article", "不是“第…条"},
		{"没有这一条", "CG-020", map[string]string{"penalty_article": "第四十六条"}, "penalty_article", "共45条，没有第四十六条"},
		{"没有这部法律", "CG-020", map[string]string{"penalty_law": "城市道路管理办法"}, "penalty_law", "没有《城市道路管理办法》"},
		{"日期不存在", "CG-020", map[string]string{"valid_from": "2026-02-30"}, "valid_from", "2026-02-30"},
		{"失效早于生效", "CG-382", map[string]string{"valid_to": "2017-01-01"}, "valid_to", "早于生效日"},
		{"法律已废止而事项没有失效日", "CG-382", map[string]string{"valid_to": "", "superseded_by": ""}, "valid_to", "只施行到2026-08-14"},
		{"有替代没有失效日", "CG-382", map[string]string{"valid_to": ""}, "superseded_by", "没有写失效日"},
		{"替代的条款不存在", "CG-382", map[string]string{"superseded_by": "某某法第一条"}, "superseded_by", "应为已有法律的条款"},
		{"核对等级不认识", "CG-020", map[string]string{"verify": "已核"}, "verify", "应以A、B1、B2、C或者U开头"},
		{"时效不是数", "CG-020", map[string]string{"limitation_years": "两年"}, "limitation_years", "1到20的整数"},
		{"是否写成别的", "CG-020", map[string]string{"correction_order": "可能"}, "correction_order", "yes 或者 no"},
		{"太长", "CG-020", map[string]string{"name": strings.Repeat("占", 2001)}, "name", "超过2000字"},
	} {
		d := Check(edited(t, ImportItems, false, withCode(c.code), c.change), laws, false)
		if !noted(d.Faults, 2, c.column, c.reason) {
			t.Errorf("%s：%v", c.name, d.Faults)
		}
	}
}

func TestItemRowsAgainstEachOther(t *testing.T) {
	lib := starter(t)
	twice := edited(t, ImportItems, false, func(get func(string) string) bool { return get("code") == "CG-020" || get("code") == "CG-021" }, map[string]string{"code": "CG-900"})
	if d := Check(twice, NewLibrary(nil, nil, nil, lib.Laws), false); !noted(d.Faults, 3, "code", "与第2行编码重复") {
		t.Errorf("同一文件里编码重复：%v", d.Faults)
	}
	later := edited(t, ImportItems, false, withCode("CG-020"), map[string]string{"valid_from": "2027-01-01"})
	if d := Check(later, lib, false); !noted(d.Faults, 2, "valid_from", "与已发布的版本（2019-03-24起）有效期重叠") {
		t.Errorf("与已发布版本重叠：%v", d.Faults)
	}
	// Ending the old version in the same file makes room for the new one.
	both := edited(t, ImportItems, false, withCode("CG-020"), map[string]string{"valid_to": "2026-12-31"})
	both.Rows = append(both.Rows, TableRow{3, later.Rows[0].Cells})
	d := Check(both, lib, false)
	if fresh, amended, _ := d.Count(); len(d.Faults) > 0 || fresh != 1 || amended != 1 {
		t.Errorf("旧版失效、新版生效：%v %d %d", d.Faults, fresh, amended)
	}
	// An adopted version is frozen but for its end.
	adopted := NewLibrary(append([]PowerItem{}, lib.Items...), nil, nil, lib.Laws)
	for i := range adopted.Items {
		adopted.Items[i].Standing = Standing{AdoptedFrom: day("2025-01-01")}
	}
	dearer := edited(t, ImportItems, false, withCode("CG-020"), map[string]string{"fine_org_max": "30000"})
	if d := Check(dearer, adopted, false); !noted(d.Faults, 2, "code", "已经采用") {
		t.Errorf("改已采用的内容：%v", d.Faults)
	}
	if d := Check(dearer, lib, false); len(d.Faults) > 0 {
		t.Errorf("未采用的可以改：%v", d.Faults)
	}
	if d := Check(edited(t, ImportItems, false, withCode("CG-020"), map[string]string{"valid_to": "2026-12-31"}), adopted, false); len(d.Faults) > 0 {
		t.Errorf("给已采用的写失效日：%v", d.Faults)
	}
}

func TestTierRowsAreNamedWithReason(t *testing.T) {
	lib := starter(t)
	grade := func(code, tier string) func(func(string) string) bool {
		return func(get func(string) string) bool { return get("code") == code && get("tier") == tier }
	}
	for _, c := range []struct {
		name           string
		keep           func(func(string) string) bool
		change         map[string]string
		column, reason string
	}{
		{"没有的编码", grade("CG-020", "从轻"), map[string]string{"code": "CG-999"}, "code", "没有CG-999"},
		{"没有的阶次", grade("CG-020", "从轻"), map[string]string{"tier": "较轻"}, "tier", "没有“较轻”"},
		{"没有的单位", grade("CG-020", "从轻"), map[string]string{"unit": "万元"}, "unit", "没有“万元”"},
		{"次数写法不对", grade("CG-020", "从轻"), map[string]string{"prior_2y": "多次"}, "prior_2y", "0、1、>=2"},
		{"指标下限不小于上限", grade("CG-020", "一般"), map[string]string{"metric_min": "20"}, "metric_min", "不小于上限"},
		{"只有指标上限", grade("CG-020", "一般"), map[string]string{"metric_min": ""}, "metric_min", "没有写下限"},
		{"幅度下限大于上限", grade("CG-020", "一般"), map[string]string{"range_lower": "15000"}, "range_lower", "大于上限"},
		{"不予处罚有幅度", grade("CG-020", "不予处罚"), map[string]string{"range_lower": "0", "range_upper": "1"}, "range_lower", "不应有幅度"},
		{"没有幅度", grade("CG-020", "一般"), map[string]string{"range_lower": "", "range_upper": ""}, "range_lower", "没有写幅度"},
		{"没有条件", grade("CG-020", "一般"), map[string]string{"metric_min": "", "metric_max": "", "prior_2y": ""}, "circumstances", "没有可以判定的条件"},
		{"条件关系不认识", grade("CG-020", "一般"), map[string]string{"combine": "或者"}, "combine", "any 或者 all"},
		{"超出法定幅度", grade("CG-020", "从重"), map[string]string{"range_upper": "30000"}, "range_lower", "超出法定幅度0至20000元"},
		{"没有这一档", grade("CG-020", "从重"), map[string]string{"stage": "拒不改正"}, "stage", "没有“拒不改正”这一档"},
		{"对这类主体没有罚款", func(get func(string) string) bool { return get("code") == "CG-193" && get("tier") == "从重" }, map[string]string{"subject": "个人"}, "subject", "没有对“个人”规定罚款"},
		{"地方规定数额的事项", grade("CG-020", "从重"), map[string]string{"code": "CG-002"}, "subject", "没有法定罚款数额"},
		{"比例罚款却写元", grade("CG-131", "从重"), map[string]string{"unit": "元"}, "subject", "幅度单位应为百分比"},
	} {
		d := Check(edited(t, ImportTiers, false, c.keep, c.change), lib, false)
		if !noted(d.Faults, 2, c.column, c.reason) {
			t.Errorf("%s：%v", c.name, d.Faults)
		}
	}
}

func TestTierGroups(t *testing.T) {
	lib := starter(t)
	group := func(change func(rows []TableRow, at map[string]int)) []RowError {
		table := edited(t, ImportTiers, false, withCode("CG-020"), nil)
		at := map[string]int{}
		for i, c := range ImportTiers.columns() {
			at[c.name] = i
		}
		change(table.Rows, at) // 不予处罚, 从轻, 一般, 从重
		return Check(table, lib, false).Faults
	}
	for _, c := range []struct {
		name           string
		change         func(rows []TableRow, at map[string]int)
		row            int
		column, reason string
	}{
		{"幅度有空档", func(r []TableRow, at map[string]int) { r[2].Cells[at["range_lower"]] = "7000" }, 4, "range_lower", "中间有空档"},
		{"幅度有重叠", func(r []TableRow, at map[string]int) { r[2].Cells[at["range_lower"]] = "5000" }, 4, "range_lower", "有重叠"},
		{"指标有空档", func(r []TableRow, at map[string]int) { r[2].Cells[at["metric_min"]] = "6" }, 4, "metric_min", "之间有空档"},
		{"指标有重叠", func(r []TableRow, at map[string]int) { r[2].Cells[at["metric_min"]] = "4" }, 4, "metric_min", "门槛重叠"},
		{"中间一档含上限", func(r []TableRow, at map[string]int) { r[1].Cells[at["upper_inclusive"]] = "yes" }, 3, "upper_inclusive", "只有最高一档含上限"},
		{"判断次序相同", func(r []TableRow, at map[string]int) { r[2].Cells[at["eval_order"]] = "1" }, 5, "eval_order", "与“一般”相同"},
		{"阶次写了两次", func(r []TableRow, at map[string]int) { r[2].Cells[at["tier"]] = "从重" }, 5, "tier", "写了两次"},
	} {
		if faults := group(c.change); !noted(faults, c.row, c.column, c.reason) {
			t.Errorf("%s：%v", c.name, faults)
		}
	}
	if faults := group(func([]TableRow, map[string]int) {}); len(faults) > 0 {
		t.Errorf("原样应没有错误：%v", faults)
	}
}

func TestExemptionAndLawRows(t *testing.T) {
	lib := starter(t)
	ex := func(ref string) func(func(string) string) bool {
		return func(get func(string) string) bool { return get("id") == ref }
	}
	for _, c := range []struct {
		name           string
		kind           ImportKind
		keep           func(func(string) string) bool
		change         map[string]string
		column, reason string
	}{
		{"没有的事项", ImportExemptions, ex("EX-003"), map[string]string{"code": "CG-999"}, "code", "没有CG-999"},
		{"首违没有追溯期", ImportExemptions, ex("EX-003"), map[string]string{"first_window": ""}, "first_window", "须写明"},
		{"追溯期不认识", ImportExemptions, ex("EX-003"), map[string]string{"first_window": "半年"}, "first_window", "一年、二年或者三年"},
		{"类型不认识", ImportExemptions, ex("EX-003"), map[string]string{"type": "包容免罚"}, "type", "没有“包容免罚”"},
		{"书名号", ImportLaws, func(get func(string) string) bool { return get("short_title") == "广告法" }, map[string]string{"title": "《中华人民共和国广告法》"}, "title", "不加书名号"},
		{"层级不认识", ImportLaws, func(get func(string) string) bool { return get("short_title") == "广告法" }, map[string]string{"level": "条例"}, "level", "没有“条例”"},
		{"替代的法律没有", ImportLaws, func(get func(string) string) bool { return get("short_title") == "大气污染防治法" }, map[string]string{"successor": "天空法"}, "successor", "没有《天空法》"},
		{"施行期间重叠", ImportLaws, func(get func(string) string) bool { return get("short_title") == "广告法" }, map[string]string{"effective_date": "2027-01-01"}, "effective_date", "重叠"},
	} {
		d := Check(edited(t, c.kind, false, c.keep, c.change), lib, false)
		if !noted(d.Faults, 2, c.column, c.reason) {
			t.Errorf("%s：%v", c.name, d.Faults)
		}
	}
}

func TestReadTableFileFaults(t *testing.T) {
	for _, c := range []struct{ name, text, says string }{
		{"空文件", "", "空"},
		{"只有列名", strings.Join(first(ImportItems.Columns()), ",") + "\n", "没有要导入的内容"},
		{"缺列", "code,name\nCG-001,甲\n", "表头"},
		{"列写了两次", "code," + strings.Join(first(ImportItems.Columns()), ",") + "\nCG-001\n", "两次"},
	} {
		if _, err := ReadTable(ImportItems, []byte(c.text)); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s：%v", c.name, err)
		}
	}
	_, labels := ImportLaws.Columns()
	table, err := ReadTable(ImportLaws, []byte(strings.Join(labels, ",")+"\n某法,某法,国务院,1号,2020-01-01,现行有效,法律,10,,,A,,yes,yes,\n"))
	if err != nil || len(table.Rows) != 1 || table.Rows[0].No != 2 {
		t.Errorf("中文列名：%+v %v", table, err)
	}
}

func first(a, _ []string) []string { return a }

// TestExportReadsBack checks that what a bureau exports it can import again.
func TestExportReadsBack(t *testing.T) {
	for _, p := range withDemo(t).Items {
		back, faults := ParseItem(TableRow{2, p.Cells()})
		if len(faults) > 0 || amendment(p, back) != ChangeNone {
			t.Fatalf("%s：%v", p.Code, faults)
		}
	}
}

func FuzzParseRows(f *testing.F) {
	for _, kind := range ImportKinds() {
		_, data, err := StarterFile(kind, false)
		if err != nil {
			f.Fatal(err)
		}
		table, err := ReadTable(kind, data)
		if err != nil {
			f.Fatal(err)
		}
		for _, i := range []int{0, len(table.Rows) / 2} {
			f.Add(string(kind), strings.Join(table.Rows[i].Cells, "\x00"))
		}
	}
	lib := starter(f)
	f.Fuzz(func(t *testing.T, kindText, cells string) {
		kind, ok := ParseImportKind(kindText)
		if !ok {
			return
		}
		row := TableRow{2, strings.Split(cells, "\x00")}
		for len(row.Cells) < len(kind.columns()) {
			row.Cells = append(row.Cells, "")
		}
		row.Cells = row.Cells[:len(kind.columns())]
		d := Check(Table{kind, []TableRow{row}}, lib, true)
		for _, e := range d.Faults {
			if e.Row != 2 || e.Column == "" || e.Label == "" || e.Reason == "" {
				t.Fatalf("错误没有写全：%+v", e)
			}
		}
		if len(d.Faults) > 0 {
			return
		}
		// What passes computes without panic and within bounds.
		for _, x := range d.Items {
			for _, party := range []Party{Citizen, Organisation} {
				r, err := x.Value.StatutoryRange(RangeInput{ActDate: x.Value.ValidFrom, Party: party, Base: 100, Quantity: Whole(1)})
				if err == nil && (r.Min < 0 || r.Min > r.Max) {
					t.Fatalf("%+v", r)
				}
			}
		}
		for _, x := range d.Benchmarks {
			_, _, _ = x.Value.Hit(Circumstances{})
		}
	})
}

func FuzzReadTable(f *testing.F) {
	_, data, err := StarterFile(ImportLaws, false)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte("code,name\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, kind := range ImportKinds() {
			table, err := ReadTable(kind, b)
			if err != nil {
				continue
			}
			for _, r := range table.Rows {
				if len(r.Cells) != len(kind.columns()) {
					t.Fatalf("行不齐：%v", r)
				}
			}
		}
	})
}
