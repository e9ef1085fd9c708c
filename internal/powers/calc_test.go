package powers

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestAmountRules(t *testing.T) {
	rules := AmountRules(starter(t))
	for _, c := range []struct{ name, rule, in, want string }{
		{
			"七月露天烧烤", "法定罚款幅度", `{"code":"CG-382","date":"2026-07-20","party":"公民"}`,
			`{"min":500,"max":20000,"fine_optional":false,"law":"中华人民共和国大气污染防治法","article":"第一百一十八条第三款","version_from":"2018-10-26","version_to":"2026-08-14"}`,
		},
		{
			"九月露天烧烤", "法定罚款幅度", `{"code":"CG-171","date":"2026-09-20","party":"单位","escalated":false}`,
			`{"min":500,"max":5000,"fine_optional":false,"law":"中华人民共和国生态环境法典","article":"第一千一百三十二条第三款","version_from":"2026-08-15","version_to":null}`,
		},
		{
			"拒不改正", "法定罚款幅度", `{"code":"CG-171","date":"2026-09-20","party":"单位","escalated":true}`,
			`{"min":5000,"max":20000,"fine_optional":false,"law":"中华人民共和国生态环境法典","article":"第一千一百三十二条第三款","version_from":"2026-08-15","version_to":null}`,
		},
		{
			"造价", "法定罚款幅度", `{"code":"CG-131","date":"2026-09-20","party":"单位","base":1234567.89}`,
			`{"min":61728.4,"max":123456.78,"fine_optional":false,"law":"中华人民共和国城乡规划法","article":"第六十四条","version_from":"2019-04-23","version_to":null,"note":"建设工程造价1,234,567.89元，建设工程造价×[5%,10%]"}`,
		},
		{
			"可以并处，没有下限", "法定罚款幅度", `{"code":"CG-134","date":"2026-09-20","party":"公民","base":"30000"}`,
			`{"min":0,"max":30000,"fine_optional":true,"law":"中华人民共和国城乡规划法","article":"第六十六条第一项","version_from":"2019-04-23","version_to":null,"note":"临时建设工程造价30,000元，临时建设工程造价×(0,1]倍（可以并处）；没有法定下限，决定罚款的，数额须大于0"}`,
		},
		{
			"个体工商户按公民", "法定罚款幅度", `{"code":"CG-210","date":"2026-09-20","party":"个体工商户"}`,
			`{"min":0,"max":3000,"fine_optional":false,"law":"城市建筑垃圾管理规定","article":"第二十条第三项","version_from":"2005-06-01","version_to":null,"note":"没有法定下限，决定罚款的，数额须大于0"}`,
		},
		{
			"从轻", "裁量幅度", `{"code":"CG-171","date":"2026-09-20","party":"公民","metric":3,"prior_2y":0,"corrected":true,"harm":false}`,
			`{"tier":"从轻","min":500,"max":1800,"upper_inclusive":false,"basis":"裁量阶次按法定幅度30%、70%分界（示范基准，地方须依行政处罚法第三十四条制定公布）","stage":"基准","why":["占地面积3平方米，在0以上、不满10平方米","二年内无同类违法","已按要求改正","没有造成危害后果"],"law":"中华人民共和国生态环境法典","article":"第一千一百三十二条第三款","version_from":"2026-08-15","version_to":null}`,
		},
		{
			"文字的是否与数", "裁量幅度", `{"code":"CG-020","date":"2026-09-20","party":"公民","metric":"0.5","prior_2y":"3","corrected":"yes","harm":"no"}`,
			`{"tier":"从重","min":14000,"max":20000,"upper_inclusive":true,"basis":"裁量阶次按法定幅度30%、70%分界（示范基准，地方须依行政处罚法第三十四条制定公布）","stage":"基准","why":["二年内同类违法受处罚3次"],"law":"城市道路管理条例","article":"第四十二条","version_from":"2019-03-24","version_to":null}`,
		},
		{
			"不予处罚没有幅度", "裁量幅度", `{"code":"CG-020","date":"2026-09-20","party":"单位","metric":0.5,"prior_2y":0,"corrected":true,"harm":false}`,
			`{"tier":"不予处罚","min":null,"max":null,"upper_inclusive":false,"basis":"行政处罚法第三十三条第一款","stage":"基准","why":["占用面积0.5平方米，在0以上、不满1平方米","二年内无同类违法","已按要求改正","没有造成危害后果"],"law":"城市道路管理条例","article":"第四十二条","version_from":"2019-03-24","version_to":null}`,
		},
	} {
		out, err := rules[c.rule](json.RawMessage(c.in))
		if err != nil {
			t.Errorf("%s：%v", c.name, err)
			continue
		}
		if b, _ := json.Marshal(out); string(b) != c.want {
			t.Errorf("%s：\n得到 %s\n应为 %s", c.name, b, c.want)
		}
	}
}

func TestAmountRulesRefuse(t *testing.T) {
	rules := AmountRules(starter(t))
	for _, c := range []struct{ name, rule, in, says string }{
		{"不是对象", "法定罚款幅度", `[]`, "JSON对象"},
		{"什么都没有", "法定罚款幅度", `{}`, "没有写违法行为日"},
		{"日期不对", "法定罚款幅度", `{"code":"CG-171","date":"2026-9-1","party":"公民"}`, "2026-9-1"},
		{"当事人不对", "法定罚款幅度", `{"code":"CG-171","date":"2026-09-01","party":"外星人"}`, "应为公民或者单位"},
		{"负的造价", "法定罚款幅度", `{"code":"CG-131","date":"2026-09-01","party":"单位","base":-1}`, "不小于0的数"},
		{"造价不到分", "法定罚款幅度", `{"code":"CG-131","date":"2026-09-01","party":"单位","base":0.001}`, "小数位数超过2位"},
		{"造价太大", "法定罚款幅度", `{"code":"CG-131","date":"2026-09-01","party":"单位","base":1e300}`, "数太大"},
		{"指数太大", "法定罚款幅度", `{"code":"CG-131","date":"2026-09-01","party":"单位","base":1e99999999}`, "不小于0的数"},
		{"escalated 不是真假", "法定罚款幅度", `{"code":"CG-171","date":"2026-09-01","party":"单位","escalated":3}`, "true 或者 false"},
		{"新编码旧行为", "裁量幅度", `{"code":"CG-171","date":"2026-07-01","party":"公民","metric":3,"prior_2y":0,"corrected":true,"harm":false}`, "应适用CG-382"},
		{"情节没有写全", "裁量幅度", `{"code":"CG-171","date":"2026-09-01","party":"公民","metric":3}`, "还缺"},
		{"没有基准", "裁量幅度", `{"code":"CG-382","date":"2026-07-01","party":"公民","metric":3,"prior_2y":0,"corrected":true,"harm":false}`, "没有适用于公民的裁量基准"},
	} {
		if out, err := rules[c.rule](json.RawMessage(c.in)); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s：%v %v", c.name, out, err)
		}
	}
}

func FuzzAmountRules(f *testing.F) {
	rules := AmountRules(starter(f))
	f.Add(`{"code":"CG-171","date":"2026-09-20","party":"公民","metric":3,"prior_2y":0,"corrected":true,"harm":false,"base":1,"quantity":2,"escalated":true}`)
	f.Add(`{"code":"CG-131","date":"2026-09-20","party":"单位","base":1e13,"metric":1e9}`)
	f.Fuzz(func(t *testing.T, in string) {
		for name, rule := range rules {
			out, err := rule(json.RawMessage(in))
			if err == nil {
				if _, err := json.Marshal(out); err != nil {
					t.Fatal(name, err)
				}
			} else if err.Error() == "" {
				t.Fatal(name, "没有理由")
			}
		}
	})
}
