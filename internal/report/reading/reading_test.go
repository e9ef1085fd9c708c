package reading_test

import (
	"bufio"
	"os"
	"strings"
	"testing"

	"fadu/internal/law"
	"fadu/internal/report/consistency"
	"fadu/internal/report/reading"
)

func read(text string) reading.Report { return reading.Read(strings.Split(text, "\n")) }

func printed(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// notFigures are rows of the hand-read table that count nothing: dates, numbers of documents, sessions and hotlines, a
// name such as 721, and the page's own furniture.
func notFigure(unit, entity string) bool {
	for _, u := range []string{"年", "月", "日", "号", "年度", "版", "届", "日期", "时间", "月.日", "年底", "渠道号", "比例", "组合", "五年", "案卷/光盘", "页", "重", "化", "年/月"} {
		if unit == u {
			return true
		}
	}
	return strings.HasPrefix(entity, "网页噪声") || strings.HasPrefix(entity, "文档噪声")
}

// missed are figures of the hand-read table that are not found, with the reason.
var missed = map[string]string{
	"S000-005": "“四合一”是名称", "S000-010": "“唯一”没有数字", "S000-025": "“三事分流”是名称", "S001-004": "网页菜单",
	"S001-016": "“六进”是名称", "S001-037": "文件里的第64项", "S004-007": "“十进”是名称",
	"S002-005": "印的是“不少于2人”，不是2",
}

// Five printed reports, each figure read by hand before.
func TestFiguresOfPrintedReports(t *testing.T) {
	found := map[string][]reading.Figure{}
	for seed, name := range map[string]string{"S000": "000", "S001": "001", "S002": "002", "S003": "003", "S004": "004"} {
		found[seed] = read(printed(t, name)).Figures
	}
	table, err := os.Open("testdata/figures.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer table.Close()
	met, all := 0, 0
	for rows := bufio.NewScanner(table); rows.Scan(); {
		cell := strings.Split(rows.Text(), "\t")
		id, value, bound, unit, context, entity := cell[0], cell[1], cell[2], cell[3], cell[4], cell[5]
		if notFigure(unit, entity) {
			continue
		}
		all++
		number, err := consistency.ParseNumber(value)
		if err != nil {
			t.Fatalf("%s: %v", id, err)
		}
		number.Bound = consistency.Bound(bound)
		is := false
		for _, f := range found[id[:4]] {
			is = is || f.Value.Text() == number.Text() && sameMeasure(f.Unit, unit)
		}
		switch _, known := missed[id]; {
		case is && known:
			t.Errorf("%s is found now", id)
		case is:
			met++
		case !known:
			t.Errorf("%s %s %s %s is not found: %s", id, value, bound, unit, context)
		}
	}
	t.Logf("found %d of %d figures", met, all)
}

func sameMeasure(found, table string) bool {
	return found == table || table == "人/台" && found == "人" || table == "项" && found == "个" || table == "比例" && found == "%"
}

// What readers found impossible or in need of an explanation, and what holds.
func TestContradictionsOfPrintedReports(t *testing.T) {
	for name, want := range map[string][]string{
		"000": {"rate explain 合格率：100%", "period impossible 12·4国家宪法日", "count impossible 点击率：638000次", "count impossible 点击率：446000次", "period explain 统计期到2024年12月31日"},
		"001": {
			"parts impossible 区城管委列入清单的行政权力事项（项）：合计126，各部分10＋118＋4＋2＋4＝138", "rate holds 合格率：13中有13", "rate explain 行政负责人出庭应诉率",
			"rate explain 行政复议回复率", "rate holds 满意率：2045中有2010", "rate impossible 满意率：分母是615时不可能得到99.93%",
		},
		"002": {"rate explain 公示率：100%"},
		"003": {"rate explain 考试通过率", "parts holds 我局集中行使的行政权力事项：604＋8＝612", "parts holds 接到行政诉讼案件：4＋3＋13＝20", "rate holds 出庭率：4÷4", "unit explain 接到行政诉讼案件", "same_value explain 媒体发表宣传报道与我局集中行使的行政权力事项都是612"},
		"004": {"parts holds 我局为被诉讼对象的行政诉讼案件：6＋2＋1＝9", "period explain 统计期到2023年12月31日", "cutoff explain 2023年的数字截止日不一：2023年11月30日", "same_value explain", "title explain 《长治市中心城区户外招牌设施设置导则(试行)》和《长治市户外招牌设施设置导则(试行)》"},
	} {
		t.Run(name, func(t *testing.T) {
			got := read(printed(t, name)).Findings
			for i, f := range got {
				if said := f.ID + " " + string(f.Verdict) + " " + f.Message; i >= len(want) || !strings.HasPrefix(said, want[i]) {
					t.Errorf("%d: %s", i, said)
				}
			}
			if len(got) < len(want) {
				t.Errorf("%d findings, want %d", len(got), len(want))
			}
		})
	}
}

func TestRead(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string // name|value|unit|period, plan figures with a *
	}{
		{"量词连着余和万", "2024年共发放资料3.1万余份，罚款150余万元。", []string{"发放资料|31000余|份|2024", "罚款|1500000余|元|2024"}},
		{"数字在前名称在后", "2024年有10项行政许可、2项行政征收和4项其他权力。", []string{"行政许可|10|项|2024", "行政征收|2|项|2024", "其他权力|4|项|2024"}},
		{"分别", "2024年报道获赞4089次、1373次。", []string{"报道获赞|4089|次|2024", "报道获赞|1373|次|2024"}},
		{"汉字数目", "2023年五个城区验收，成功调解一起案件，取得一等奖，每个中队都有，第三次会议。", []string{"城区验收|5|个|2023", "成功调解|1|起|2023", "取得|1|等奖|2023"}},
		{"截止月份", "2023年以来严格执法。截止11月份，办理案件814起。", []string{"案件|814|起|2023-01至11"}},
		{"日期文号热线不是数字", "2024年3月5日印发（柳城管〔2024〕11号），开通12319热线，3月召开会议。", nil},
		{"下一步的数字另记", "2024年工作报告。\n一、2024年工作\n开展培训10次。\n二、下一步工作安排\n开展培训20次。", []string{"培训|10|次|2024", "*培训|20|次|2024"}},
		{"同一段印了两遍", "2024年报告。\n开展培训10次，很有成效。\n开展培训10次，很有成效。", []string{"培训|10|次|2024"}},
		{"十万分之六", "2023年持证人员占常住人口的比例不到十万分之六。", []string{"持证人员占常住人口的比例|近0.00006|比例|2023"}},
		{"空的", "", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, f := range read(c.text).Figures {
				mark := ""
				if f.Plan {
					mark = "*"
				}
				got = append(got, mark+f.Name+"|"+f.Value.Text()+"|"+f.Unit+"|"+f.Period)
			}
			if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
	r := read("某局2023年法治政府建设年度报告\n2023年办案10件。\n某局\n2024年2月28日\n")
	if r.Year != 2023 || r.SignedOn != law.MustDate("2024-02-28") {
		t.Errorf("year %d, signed %s", r.Year, r.SignedOn)
	}
}

func FuzzRead(f *testing.F) {
	for _, name := range []string{"000", "003", "004"} {
		f.Add(printed(f, name))
	}
	f.Add("2024年共9起。其中，甲6起；乙2起。合格率100%（正职4起），十万分之六，12·4日")
	f.Fuzz(func(t *testing.T, text string) {
		r := read(text)
		seen := map[string]bool{}
		for _, x := range r.Figures {
			if x.ID == "" || seen[x.ID] || x.Name == "" || !strings.Contains(x.Sentence, x.Printed) {
				t.Fatalf("%+v", x)
			}
			seen[x.ID] = true
		}
	})
}
