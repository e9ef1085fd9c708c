package enforcement

import (
	"slices"
	"strings"
	"testing"

	"fadu/internal/casework"
	"fadu/internal/document"
	"fadu/internal/law"
)

func issued(id casework.PaperID, kind casework.PaperKind, no string, more ...func(*casework.Paper)) casework.Paper {
	p := casework.Paper{ID: id, Kind: kind, State: casework.PaperIssued, DocNo: no, Dated: law.MustDate("2026-07-10"), SealedAt: 1}
	for _, f := range more {
		f(&p)
	}
	return p
}

func served(p *casework.Paper)   { p.State, p.DeliveredAt = casework.PaperDelivered, 1 }
func unsealed(p *casework.Paper) { p.SealedAt = 0 }
func void(p *casework.Paper)     { p.State = casework.PaperVoid }
func about(id casework.PaperID) func(*casework.Paper) {
	return func(p *casework.Paper) { p.About = id }
}

func whole() []casework.Paper {
	return []casework.Paper{
		issued(1, "closing_report", ""), issued(2, "penalty_notice", "演城管意告字〔2026〕第1号", served), issued(3, "waiver_record", ""),
		issued(4, "penalty_decision", "演城管罚字〔2026〕第1号", served), issued(5, "service_receipt", "", about(4)),
		issued(6, "demand_notice", "演城管催字〔2026〕第1号", served), issued(7, "service_receipt", "", about(6)), issued(8, "court_application", "演城管强申字〔2026〕第1号"),
	}
}

var ticked = map[string]any{"application": true, "decision": true, "grounds": true, "demand": true, "opinions": true, "target": true, "other": true, "state_of_target": "有存款"}

// TestPacketKinds: the data names only kinds of papers that there are, each article item has its materials, and each
// material has a tick in the form.
func TestPacketKinds(t *testing.T) {
	parts := map[int]bool{}
	for _, m := range Packet() {
		parts[m.Part] = true
		for _, k := range slices.Concat(m.Papers, m.Needs) {
			if k.Label() == "" || k.Label() == string(k) {
				t.Errorf("%s：没有“%s”这一种文书", m.Name, k)
			}
		}
		for _, k := range m.Needs {
			if !slices.Contains(m.Papers, k) {
				t.Errorf("%s：%s 必须有，却不在材料里", m.Name, k)
			}
		}
		if _, ok := ticked[m.Name]; !ok {
			t.Errorf("%s：这里没有写", m.Name)
		}
	}
	for part := range casework.CourtMaterials {
		if !parts[part+1] {
			t.Errorf("第五十五条第一款第%d项没有材料", part+1)
		}
	}
}

func TestPrecheck(t *testing.T) {
	change := func(f func([]casework.Paper) []casework.Paper) []casework.Paper { return f(whole()) }
	set := func(id casework.PaperID, f func(*casework.Paper)) []casework.Paper {
		ps := whole()
		for i := range ps {
			if ps[i].ID == id {
				f(&ps[i])
			}
		}
		return ps
	}
	without := func(key string) map[string]any {
		out := map[string]any{}
		for k, v := range ticked {
			if k != key {
				out[k] = v
			}
		}
		return out
	}
	for _, c := range []struct {
		name   string
		papers []casework.Paper
		says   map[string]any
		want   []string // material: what is missing
	}{
		{"材料齐全", whole(), ticked, nil},
		{"决定书没有送达回证（第五十五条第一款第二项）", change(func(ps []casework.Paper) []casework.Paper { return slices.Delete(ps, 4, 5) }), ticked, []string{"decision: 没有送达回证"}},
		{"决定书没有送达", set(4, func(p *casework.Paper) { p.State, p.DeliveredAt = casework.PaperIssued, 0 }), ticked, []string{"decision: 没有送达"}},
		{"申请书没有用印（第五十五条第二款）", set(8, unsealed), ticked, []string{"application: 没有登记用印"}},
		{"申请书作废", set(8, void), ticked, []string{"application: 案卷里没有强制执行申请书"}},
		{"没有催告（第五十四条）", change(func(ps []casework.Paper) []casework.Paper { return slices.Delete(ps, 5, 7) }), ticked, []string{"demand: 案卷里没有"}},
		{"没有告知", change(func(ps []casework.Paper) []casework.Paper { return slices.Delete(ps, 1, 2) }), ticked, []string{"opinions: 案卷里没有"}},
		{"没有调查终结报告", change(func(ps []casework.Paper) []casework.Paper { return ps[1:] }), ticked, []string{"grounds: 案卷里没有"}},
		{"没有写明执行标的", whole(), without("state_of_target"), []string{"target: 没有写明执行标的"}},
		{"主体资格没有核对", whole(), without("other"), []string{"other: 申请时没有勾选"}},
		{"还没有申请", whole()[:7], nil, []string{"application: 案卷里没有强制执行申请书"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			bound := bind(c.papers, c.says)
			var got []string
			for _, b := range bound {
				for _, l := range b.Lacks {
					got = append(got, b.Name+": "+l)
				}
			}
			if len(got) != len(c.want) {
				t.Fatalf("缺 %q，要 %q", got, c.want)
			}
			for i, want := range c.want {
				material, what, _ := strings.Cut(want, ": ")
				if !strings.HasPrefix(got[i], material+": ") || !strings.Contains(got[i], what) {
					t.Errorf("缺 %q，要 %q", got[i], want)
				}
			}
			if reasons := bounces(bound); len(reasons) != len(c.want) || len(reasons) > 0 && (!strings.Contains(reasons[0], "法院退回的原因") || !strings.Contains(reasons[0], "行政强制法")) {
				t.Errorf("退回的原因：%q", reasons)
			}
		})
	}
}

// TestPacketOrder: the files come in the order of the items of the article, each once, under names that lead nowhere else.
func TestPacketOrder(t *testing.T) {
	papers := whole()
	papers[3].DocNo = "../../罚/字\\〔2026〕第1号\x00"
	var got []string
	for _, it := range items(bind(papers, ticked)) {
		got = append(got, it.Path)
		if strings.Contains(it.Path, "..") || strings.Count(it.Path, "/") != 1 || strings.ContainsAny(it.Path, "\\\x00:*?\"<>|") {
			t.Errorf("不安全的文件名 %q", it.Path)
		}
	}
	want := []string{
		"1-强制执行申请书/1-01-强制执行申请书演城管强申字〔2026〕第1号.pdf", "2-行政决定书及作出决定的事实、理由和依据/2-01-行政处罚决定书______罚_字_〔2026〕第1号_.pdf",
		"2-行政决定书及作出决定的事实、理由和依据/2-02-送达回证.pdf", "2-行政决定书及作出决定的事实、理由和依据/2-03-案件调查终结报告.pdf",
		"3-当事人的意见及行政机关催告情况/3-01-行政处罚意见告知书演城管意告字〔2026〕第1号.pdf",
	}
	if len(got) != 8 || !slices.Equal(got[:5], want) {
		t.Errorf("次序：\n%s", strings.Join(got, "\n"))
	}
}

// TestListSheet: the list names each file with its pages and digest, and each item of the article.
func TestListSheet(t *testing.T) {
	bound := bind(whole(), ticked)
	its := items(bound)
	for i := range its {
		its[i].Pages, its[i].Digest = 2, strings.Repeat("0123abcd", 8)
	}
	p := listSheet(&CourtPacket{Case: &casework.Case{CaseNo: "演城管立字〔2026〕第1号"}, Bound: bound, Items: its}, true)
	var rows [][]string
	for _, b := range p.Blocks {
		if t, ok := b.(document.Table); ok {
			rows = t.Rows
		}
	}
	if len(rows) != 8+2 { // two items have no papers in the file
		t.Fatalf("%d 行：%v", len(rows), rows)
	}
	text := ""
	for _, r := range rows {
		text += strings.Join(r, "|") + "\n"
	}
	for _, name := range casework.CourtMaterials {
		if n := len(slices.DeleteFunc(slices.Clone(rows), func(r []string) bool { return r[1] != name })); n != 1 {
			t.Errorf("清单里“%s”有 %d 处：\n%s", name, n, text)
		}
	}
	if strings.Count(text, "0123abcd 0123abcd") == 0 || strings.Count(text, "由承办人另附") != 2 {
		t.Errorf("清单：\n%s", text)
	}
}
