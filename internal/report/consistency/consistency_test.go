package consistency_test

import (
	"strings"
	"testing"

	"fadu/internal/law"
	"fadu/internal/report/consistency"
)

func num(t testing.TB, s string) consistency.Number {
	t.Helper()
	if s == "" {
		return consistency.Number{}
	}
	n, err := consistency.ParseNumber(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// row is a figure as it is printed: id, name, value, unit, period, and what belongs to it as key=value.
func row(t testing.TB, line string) consistency.Figure {
	t.Helper()
	cell := strings.Split(line, "|")
	f := consistency.Figure{ID: cell[0], Name: cell[1], Value: num(t, cell[2]), Unit: cell[3], Period: cell[4]}
	for _, more := range cell[5:] {
		key, value, _ := strings.Cut(more, "=")
		switch key {
		case "parts":
			f.Parts = strings.Split(value, "+")
		case "n":
			f.Numerator = num(t, value)
		case "d":
			f.Denominator = num(t, value)
		case "signed":
			f.SignedOn = law.MustDate(value)
		default:
			t.Fatalf("key %q", key)
		}
	}
	return f
}

// What readers of five printed reports found by hand, and what is true in them.
func TestCheck(t *testing.T) {
	for _, c := range []struct {
		name    string
		figures []string
		want    []string // check verdict figures: a word of the message; nothing else is found
	}{
		{
			"权力清单126项，各类之和138",
			[]string{"t|权力清单事项总数|126|项|2018|parts=a+b+c+d+e", "a|行政许可|10|项|2018", "b|行政处罚|118|项|2018", "c|行政强制|4|项|2018", "d|行政征收|2|项|2018", "e|其他|4|项|2018"},
			[]string{"parts impossible t+a+b+c+d+e: 相差12"},
		},
		{"604加8等于612", []string{"t|权力事项|612|项|2023|parts=a+b", "a|处罚事项|604|项|2023", "b|强制事项|8|项|2023"}, []string{"parts holds t+a+b: 604＋8＝612"}},
		{
			"起和件混用",
			[]string{"t|诉讼案件|20|起|2023|parts=a+b+c", "a|一审|4|起|2023", "b|二审|3|起|2023", "c|再审|13|件|2023"},
			[]string{"parts holds t+a+b+c: 20", "unit explain t+a+b+c: “起”、“件”"},
		},
		{"合计带余，各部分之和在它以上", []string{"t|投诉|500余|件|2023|parts=a+b", "a|电话|300|件|2023", "b|网络|240|件|2023"}, []string{"parts explain t+a+b: 不能证明"}},
		{"合计带余，各部分之和不到", []string{"t|投诉|500余|件|2023|parts=a+b", "a|电话|200|件|2023", "b|网络|240|件|2023"}, []string{"parts impossible t+a+b: 相差60"}},
		{"近一千，部分之和过千", []string{"t|人次|近1000|人次|2023|parts=a", "a|甲班|1200|人次|2023"}, []string{"parts impossible t+a: 相差200"}},

		{"615条样本得不到99.93%", []string{"r|微信满意率|99.93|%|2018|d=615"}, []string{"rate impossible r: 614÷615＝99.84%和615÷615＝100.00%"}},
		{"615条样本最接近的是615", []string{"r|微信满意率|99.9|%|2018|d=615"}, []string{"rate impossible r: 不可能得到99.9%"}},
		{"2045条样本可以是98.3%", []string{"r|短信满意率|98.3|%|2018|d=2045"}, []string{"rate holds r: 2010"}},
		{"没有分子分母的100%", []string{"r|合格率|100|%|2024"}, []string{"rate explain r: 没有写明分子和分母"}},
		{"只有分子", []string{"r|合格率|100|%|2024|n=12"}, []string{"rate explain r: 没有分母"}},
		{"四次开庭四次出庭", []string{"r|出庭率|100|%|2023|n=4|d=4"}, []string{"rate holds r: 4÷4"}},
		{"分子大于分母", []string{"r|出庭率|100|%|2023|n=5|d=4"}, []string{"rate impossible r: 大于分母"}},
		{"除出来不是这个数", []string{"r|合格率|99|%|2023|n=95|d=100"}, []string{"rate impossible r: 不是99%"}},
		{"去尾不是四舍五入", []string{"r|合格率|66|%|2023|n=2|d=3"}, []string{"rate explain r: 应为67%"}},
		{"分母是零", []string{"r|合格率|100|%|2023|n=0|d=0"}, []string{"rate impossible r: 分母是0"}},
		{"合格率超过一百", []string{"r|合格率|103|%|2023"}, []string{"rate impossible r: 0到100"}},
		{"同比增长可以超过一百", []string{"r|案件同比增长|150|%|2023|n=250|d=100"}, []string{"rate impossible r: 250.00%"}},
		{"目标不问分子分母", []string{"r|服务手段占比|70|%|目标"}, nil},
		{"点击量不是点击率", []string{"r|报道点击率|63.8万|次|2024-10"}, []string{"count impossible r: 不是率"}},
		{"平均分除得出", []string{"r|平均分|98.7|分|2017|n=2467.5|d=25"}, []string{"rate holds r: 98.7"}},
		{"半件案件", []string{"r|案件|3.5|件|2024"}, []string{"count impossible r: 整数"}},
		{"负数", []string{"r|案件|-3|件|2024"}, []string{"count impossible r: 负数"}},
		{"十万分之六", []string{"r|持证人员占比|0.00006|比例|2023|n=120|d=2000000"}, []string{"rate holds r: 相符"}},

		{"签发以后才过的节日", []string{"r|宪法日活动|1|场|2024-12-04|signed=2024-11-28"}, []string{"period impossible r: 还没有发生"}},
		{"年还没有过完", []string{"r|普法活动|150|次|2024|signed=2024-11-28"}, []string{"period explain r: 2024年12月31日"}},
		{"下一年的数", []string{"r|普法活动|150|次|2025|signed=2024-11-28"}, []string{"period impossible r: 还没有发生"}},
		{"截至签发前", []string{"r|工作站|15|个|截至2024-10|signed=2024-11-28"}, nil},
		{"截至签发后的一天", []string{"r|工作站|15|个|截至2024年12月1日|signed=2024-11-28"}, []string{"period impossible r: 12月1日"}},
		{"截止日不一", []string{"a|处罚案件|814|起|2023-01至11", "b|排查|3070|辆|2023"}, []string{"cutoff explain a+b: 2023年11月30日（处罚案件）、2023年12月31日（排查）"}},
		{"上半年另列不算截止日不一", []string{"a|平均积分|3000|分|2018上半年", "b|平均分|2400|分|2018"}, nil},
		{"同一个名称两种单位", []string{"a|督办|600|件|2018", "b|督办|600|起|2017"}, []string{"unit explain a+b: “件”、“起”"}},
		{"612篇和612项", []string{"a|宣传报道|612|篇|2023", "b|权力事项|612|项|2023"}, []string{"same_value explain a+b: 612"}},
		{"整数恰好一样不问", []string{"a|手册|1500|册|2024", "b|彩页|1500|份|2024"}, nil},
		{"文号和年份不是数量", []string{"a|文号年份|2024|年|2024", "b|报告年度|2024|年度|2024"}, nil},
		{"看不懂的统计期不猜", []string{"a|活动|5|次|2024宣传周|signed=2024-01-01"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var figures []consistency.Figure
			for _, line := range c.figures {
				figures = append(figures, row(t, line))
			}
			got, err := consistency.Check(figures)
			if err != nil {
				t.Fatal(err)
			}
			for i, f := range got {
				said := f.ID + " " + string(f.Verdict) + " " + strings.Join(f.Figures, "+") + ": " + f.Message
				if i >= len(c.want) {
					t.Errorf("more than asked: %s", said)
					continue
				}
				head, word, _ := strings.Cut(c.want[i], ": ")
				if !strings.HasPrefix(said, head+": ") || !strings.Contains(f.Message, word) {
					t.Errorf("%s\nwant %s", said, c.want[i])
				}
			}
			if len(got) < len(c.want) {
				t.Errorf("found %d, want %v", len(got), c.want)
			}
		})
	}
}

func TestCheckRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		figures []string
		want    string
	}{
		"没有编号":     {[]string{"|案件|1|件|2024"}, "第1个"},
		"编号重复":     {[]string{"a|案件|1|件|2024", "a|复议|1|件|2024"}, "都是“a”"},
		"组成部分不在其中": {[]string{"a|案件|1|件|2024|parts=b"}, "“b”不在"},
		"自己的部分":    {[]string{"a|案件|1|件|2024|parts=a"}, "自己"},
	} {
		t.Run(name, func(t *testing.T) {
			var figures []consistency.Figure
			for _, line := range c.figures {
				figures = append(figures, row(t, line))
			}
			if _, err := consistency.Check(figures); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %q", err, c.want)
			}
		})
	}
}

func TestParseNumber(t *testing.T) {
	for in, want := range map[string]string{
		"10000余": "10000余", "63.8万": "638000", "近500": "近500", "1,052": "1052", "９８.３％": "98.3", "约13.8万": "约138000", "30余万": "300000余", "150余": "150余",
		"超过2.5万余": "25000余", "300多": "300余", "6e-05": "0.00006", "2万以上": "20000余", "1.5亿": "150000000",
	} {
		if got := num(t, in).Text(); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
	for _, in := range []string{"", "余", "一百", "1e999", "0x10", "12/3", "NaN", "1234567890123456789012"} {
		if n, err := consistency.ParseNumber(in); err == nil {
			t.Errorf("%q is read as %s", in, n.Text())
		}
	}
}

func FuzzFigure(f *testing.F) {
	f.Add("63.8万", "%", "2023-01至11", "615")
	f.Add("近1,000", "人次", "截至2024-11", "")
	f.Add("6e-05", "比例", "2018上半年", "1e-9")
	f.Fuzz(func(t *testing.T, value, unit, period, denominator string) {
		v, err := consistency.ParseNumber(value)
		if err != nil {
			return
		}
		if again, err := consistency.ParseNumber(v.Text()); err != nil || again.Text() != v.Text() {
			t.Fatalf("%q is written %q and read as %q (%v)", value, v.Text(), again.Text(), err)
		}
		d, err := consistency.ParseNumber(denominator)
		if err != nil {
			d = consistency.Number{}
		}
		if _, err := consistency.Check([]consistency.Figure{{ID: "a", Value: v, Unit: unit, Period: period, Denominator: d, SignedOn: law.MustDate("2024-11-28")}}); err != nil {
			t.Fatal(err)
		}
	})
}
