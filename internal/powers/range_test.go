package powers

import (
	"strings"
	"testing"

	"fadu/internal/law"
)

func day(s string) law.Date { return law.MustDate(s) }

func TestStatutoryRange(t *testing.T) {
	l := withDemo(t)
	july, september := day("2026-07-20"), day("2026-09-10")
	for _, c := range []struct {
		name, code string
		in         RangeInput
		want       string
	}{
		{"七月露天烧烤，旧大气法", "CG-382", RangeInput{ActDate: july, Party: Citizen}, "500-20000"},
		{"九月露天烧烤，法典首档", "CG-171", RangeInput{ActDate: september, Party: Citizen}, "500-5000"},
		{"九月露天烧烤，拒不改正", "CG-171", RangeInput{ActDate: september, Party: Organisation, Escalated: true}, "5000-20000"},
		{"七月个人乱倒生活垃圾", "CG-393", RangeInput{ActDate: july, Party: Citizen}, "100-500"},
		{"九月个人乱倒生活垃圾", "CG-195", RangeInput{ActDate: september, Party: Citizen}, "100-1000"},
		{"七月单位乱倒生活垃圾", "CG-392", RangeInput{ActDate: july, Party: Organisation}, "50000-500000"},
		{"九月单位乱倒生活垃圾", "CG-193", RangeInput{ActDate: september, Party: Organisation}, "100000-1000000"},
		{"旧法最后一天", "CG-382", RangeInput{ActDate: day("2026-08-14"), Party: Citizen}, "500-20000"},
		{"法典第一天", "CG-171", RangeInput{ActDate: day("2026-08-15"), Party: Citizen}, "500-5000"},
		{"占用城市道路，只有上限", "CG-020", RangeInput{ActDate: september, Party: Citizen}, "0-20000"},
		{"历史建筑上涂污，定额", "CG-144", RangeInput{ActDate: september, Party: Citizen}, "50-50"},
		{"违法建设，造价的5%—10%", "CG-131", RangeInput{ActDate: september, Party: Organisation, Base: law.MustMoney("1234567.89")}, "61728.4-123456.78"},
		{"临时建筑，造价一倍以下", "CG-134", RangeInput{ActDate: september, Party: Citizen, Base: law.Yuan(30000)}, "0-30000"},
		{"垃圾处理费，三倍以下且不超过1000元", "CG-221", RangeInput{ActDate: september, Party: Citizen, Base: law.Yuan(500)}, "0-1000"},
		{"垃圾处理费，三倍以下", "CG-221", RangeInput{ActDate: september, Party: Citizen, Base: law.Yuan(100)}, "0-300"},
		{"食品经营，货值10—20倍", "CG-274", RangeInput{ActDate: september, Party: Organisation, Base: law.Yuan(12000)}, "120000-240000"},
		{"古树两株", "CG-052", RangeInput{ActDate: september, Party: Citizen, Quantity: Whole(2)}, "1000000-2000000"},
		{"古树保护范围，二级一株", "CG-061", RangeInput{ActDate: september, Party: Citizen, Quantity: Whole(1), Grade: "二级"}, "100000-200000"},
		{"犬只每只3000元", "CG-309", RangeInput{ActDate: september, Party: Citizen, Quantity: Whole(3)}, "9000-9000"},
		{"按日连续处罚", "CG-371", RangeInput{ActDate: september, Party: Organisation, Base: law.Yuan(10000), Quantity: Whole(7)}, "70000-70000"},
		{"公民与单位不同：受纳建筑垃圾，单位", "CG-210", RangeInput{ActDate: september, Party: Organisation}, "5000-10000"},
		{"公民与单位不同：受纳建筑垃圾，公民", "CG-210", RangeInput{ActDate: september, Party: Citizen}, "0-3000"},
		{"演示条例摆摊", "YS-001", RangeInput{ActDate: september, Party: Citizen}, "50-500"},
	} {
		p, err := l.At(c.code, c.in.ActDate)
		if err != nil {
			t.Errorf("%s：%v", c.name, err)
			continue
		}
		r, err := p.StatutoryRange(c.in)
		if got := r.Min.String() + "-" + r.Max.String(); err != nil || got != c.want {
			t.Errorf("%s：得到 %s（%v），应为 %s", c.name, got, err, c.want)
		}
	}
}

func TestStatutoryRangeRefuses(t *testing.T) {
	l := withDemo(t)
	september := day("2026-09-10")
	for _, c := range []struct {
		name, code string
		in         RangeInput
		says       []string
	}{
		{"没有这个编码", "CG-999", RangeInput{ActDate: september, Party: Citizen}, []string{"没有编码CG-999"}},
		{"没有写行为日", "CG-171", RangeInput{Party: Citizen}, []string{"违法行为发生的日期"}},
		{"新编码用于旧行为", "CG-171", RangeInput{ActDate: day("2026-07-20"), Party: Citizen}, []string{"自2026年8月15日起适用", "CG-382", "大气污染防治法第一百一十八条第三款"}},
		{"旧编码用于新行为", "CG-382", RangeInput{ActDate: september, Party: Citizen}, []string{"只适用到2026年8月14日", "CG-171", "CG-172"}},
		{"地方规定数额", "CG-002", RangeInput{ActDate: september, Party: Citizen}, []string{"没有规定罚款数额", "本地规定"}},
		{"转致其他法律", "CG-269", RangeInput{ActDate: september, Party: Citizen}, []string{"转由其他法律"}},
		{"许可事项没有罚款", "CG-347", RangeInput{ActDate: september, Party: Citizen}, []string{"没有规定罚款"}},
		{"只罚单位", "CG-193", RangeInput{ActDate: september, Party: Citizen}, []string{"只对单位规定了罚款"}},
		{"没有第二档", "CG-020", RangeInput{ActDate: september, Party: Citizen, Escalated: true}, []string{"没有第二档"}},
		{"没有造价", "CG-131", RangeInput{ActDate: september, Party: Citizen}, []string{"须写明建设工程造价"}},
		{"没有株数", "CG-052", RangeInput{ActDate: september, Party: Citizen}, []string{"须写明数量（株）"}},
		{"没有这个级别", "CG-061", RangeInput{ActDate: september, Party: Citizen, Quantity: Whole(1), Grade: "特级"}, []string{"没有“特级”"}},
		{"没有天数", "CG-371", RangeInput{ActDate: september, Party: Organisation, Base: law.Yuan(100)}, []string{"天数"}},
		{"个体工商户未先确定", "CG-171", RangeInput{ActDate: september, Party: SoleTrader}, []string{"公民或者单位"}},
	} {
		p, err := l.At(c.code, c.in.ActDate)
		if err == nil {
			_, err = p.StatutoryRange(c.in)
		}
		if err == nil {
			t.Errorf("%s：应报错", c.name)
			continue
		}
		for _, s := range c.says {
			if !strings.Contains(err.Error(), s) {
				t.Errorf("%s：“%v”没有说“%s”", c.name, err, s)
			}
		}
	}
}

func TestRangeContains(t *testing.T) {
	open := Range{Min: 0, Max: law.Yuan(2000)}
	if open.Contains(0) || !open.Contains(1) || !open.Contains(law.Yuan(2000)) || open.Contains(law.Yuan(2000)+1) {
		t.Error("没有下限的罚款须大于0，含上限")
	}
}

// TestEveryFineComputes walks the whole starter data: each item either gives a range within sane bounds
// or says in Chinese why not.
func TestEveryFineComputes(t *testing.T) {
	computed := 0
	for _, p := range withDemo(t).Items {
		for _, party := range []Party{Citizen, Organisation} {
			r, err := p.StatutoryRange(RangeInput{ActDate: p.ValidFrom, Party: party, Base: law.Yuan(100_000), Quantity: Whole(1)})
			if err != nil {
				if len(err.Error()) < 12 {
					t.Errorf("%s：理由太短：%v", p.Code, err)
				}
				continue
			}
			computed++
			if r.Min < 0 || r.Max <= 0 || r.Min > r.Max || r.Law == "" || r.Article == "" || r.From.IsZero() {
				t.Errorf("%s：%+v", p.Code, r)
			}
		}
	}
	if computed < 400 {
		t.Errorf("只算出 %d 个幅度", computed)
	}
}
