// Package gallery shows every component of package web on a few pages, for the eye, for accessibility
// checks and for goldens. Nothing in the product imports it. All names are invented.
package gallery

import (
	"fmt"

	"github.com/a-h/templ"

	"fadu/internal/law"
	"fadu/internal/web"
)

// Today is the day on which the gallery's pages are looked at.
var Today = law.MustDate("2026-04-30")

// Holidays knows the days off around Today (国办 2025-11-04 通知).
type Holidays struct{}

// Workday reports whether the day is worked.
func (Holidays) Workday(d law.Date) (bool, error) {
	if d.Year() != 2026 {
		return false, fmt.Errorf("放假安排未载入：%d 年", d.Year())
	}
	if d.Within(law.MustDate("2026-05-01"), law.MustDate("2026-05-05")) {
		return false, nil
	}
	if d == law.MustDate("2026-05-09") {
		return true, nil
	}
	return d.Weekday() != 0 && d.Weekday() != 6, nil
}

// Viewer is an invented officer.
func Viewer() web.Viewer {
	return web.Viewer{
		Name: "赵某某", UnitName: "第二中队", RoleLabel: "执法人员", Bureau: "演示区城市管理综合执法局", Demo: true,
		OpKey: []byte("gallery-key-of-thirty-two-bytes!"), Search: "搜案号、当事人、地址、法条", SignOut: "/sign-out",
		Menu: []web.Link{{Label: "我的账号", Href: "#me"}, {Label: "修改密码", Href: "#password"}},
		Nav: []web.NavGroup{
			{Label: "办案", Items: []web.NavItem{
				{Label: "我的待办", Href: "/w/", Icon: "todo", Short: "待办", Count: 12, Late: true, Phone: true},
				{Label: "案件", Href: "/list", Icon: "case", Short: "办案", Count: 8, Phone: true},
				{Label: "当场处罚", Href: "/form", Icon: "up", Short: "处罚", Phone: true},
				{Label: "缴款与对账", Href: "#money"},
			}},
			{Label: "查询", Items: []web.NavItem{
				{Label: "权责与基准", Href: "#powers", Icon: "law", Short: "查法", Phone: true},
				{Label: "法律法规", Href: "#laws"},
				{Label: "数字", Href: "/home", Icon: "chart", Phone: true},
			}},
			{Label: "管理", Items: []web.NavItem{{Label: "机构与人员", Href: "#org"}, {Label: "组件样张", Href: "/"}}},
		},
	}
}

func due(day string) web.DueView { return web.DueOf(law.MustDate(day), Today, true, Holidays{}) }

func cite(article int, more ...int) law.Citation { return law.Cite("XZCF", article, more...) }

func finding(rule, message string, cs ...law.Citation) law.Finding {
	return law.Finding{Rule: rule, Article: law.Citations(cs).String(), Message: message, Level: law.Block, Cite: cs}
}

var lacks = []law.Finding{
	finding("XZCF-58-1", "没有法制审核同意的意见", cite(58, 1)),
	finding("XZCF-51", "对公民当场罚款 300 元，超过 200 元", cite(51)),
	finding("XZCF-42-1", "4月28日那一步只有一名有效持证人员，应由两名重新复核", cite(42, 1), cite(55)),
}

// Refused is a refusal as a service returns it.
func Refused() *law.Refusal { return &law.Refusal{Action: "当场作出处罚决定", Findings: lacks} }

type row struct {
	no, party, small, cause string
	step                    web.TagView
	due                     web.DueView
	next, officers, filed   string
	amount                  law.Money
}

var rows = []row{
	{"演城管立字〔2026〕第29号", "冯某", "某某水果店（个体）", "占道经营", web.TagView{Label: "送达"}, due("2026-04-28"), "送达决定书", "赵某某、李某某", "3月2日", law.Yuan(200)},
	{"演城管立字〔2026〕第46号", "陈某", "", "占用人行道堆物", web.TagView{Label: "调查取证"}, due("2026-04-30"), "处理登记保存物品", "赵某某、李某某", "4月21日", law.Yuan(150)},
	{"演城管立字〔2026〕第41号", "演示市甲乙建筑工程有限公司", "91990100MADEM00K4L", "工地未采取防尘措施", web.TagView{Label: "提请法制审核", Kind: "blue"}, due("2026-05-08"), "提请法制审核", "赵某某、李某某", "3月20日", law.Yuan(52000)},
	{"演城管立字〔2026〕第44号", "褚某", "", "擅自设置户外广告", web.TagView{Label: "退回修改", Kind: "soon"}, due("2026-05-08"), "补签询问笔录", "赵某某、钱某某", "4月13日", law.Yuan(3000)},
	{"演城管立字〔2026〕第43号", "演示市丙丁渣土运输有限公司", "", "运输渣土未密闭", web.TagView{Label: "告知"}, due("2026-05-09"), "等待陈述申辩", "赵某某、李某某", "4月9日", law.MustMoney("185.50")},
	{"演城管立字〔2026〕第35号", "卫某", "", "未经许可搭建", web.TagView{Label: "中止调查"}, web.DueStopped("等待规划认定"), "收到函复后恢复", "钱某某、赵某某", "3月9日", 0},
	{"演城管立字〔2025〕第312号", "演示市戊己传媒有限公司", "", "未经同意设置大型户外广告", web.TagView{Label: "催告"}, web.DueOf(law.MustDate("2027-01-12"), Today, true, Holidays{}), "申请法院强制执行", "赵某某、李某某", "2025年8月20日", law.Yuan(8888)},
}

func months() web.ChartView {
	v := web.ChartView{Title: "近十二个月办案件数", Unit: "件", Series: []string{"普通程序", "简易程序"}}
	for i, n := range [][2]int64{{9, 61}, {12, 66}, {15, 71}, {11, 64}, {12, 58}, {9, 55}, {13, 60}, {14, 69}, {10, 58}, {9, 48}, {14, 72}, {13, 73}} {
		m := (i+4)%12 + 1
		v.Groups = append(v.Groups, web.ChartGroup{Label: fmt.Sprintf("%d月", m), Values: []int64{n[0], n[1]}, Hrefs: []string{"#ordinary", "#summary"}})
	}
	return v
}

func units() web.ChartView {
	return web.ChartView{Title: "在办案件，按承办机构", Unit: "件", Groups: []web.ChartGroup{
		{Label: "第一中队", Values: []int64{31}, Hrefs: []string{"#1"}}, {Label: "第二中队", Values: []int64{23}, Hrefs: []string{"#2"}}, {Label: "第三中队", Values: []int64{4}, Hrefs: []string{"#3"}}, {Label: "直属大队", Values: []int64{0}, Hrefs: []string{"#4"}},
	}}
}

// BadForm is the form of an on-the-spot penalty with two things to mend.
func BadForm() *web.Form {
	f := web.NewForm(map[string]string{
		"party_kind": "公民", "name": "韦某某", "id_number": "990101********0027", "fine": "300", "kind": "罚款",
		"fact": "当事人驾驶电动三轮车在青石路小学门前人行道摆卖水果，占地约 3 平方米。执法人员指出后当场收摊改正。", "act_date": "2026-04-30", "certificates_shown": "1",
	})
	f.Add("fine", "对公民当场罚款不得超过 200 元。改为 200 元以下，或转普通程序")
	f.Add("told", "还没有告知陈述、申辩的权利。未告知就不得作出决定")
	return f
}

func steps() web.StepsView {
	return web.StepsView{Items: []web.StepView{
		{Label: "线索", Href: "#lead", Small: "4月30日 巡查发现", State: web.StepDone},
		{Label: "亮证、告知、听取申辩", Href: "#told", Small: "17:43", State: web.StepDone},
		{Label: "听证", Small: "简易程序不适用", State: web.StepNA},
		{Label: "作出决定", State: web.StepNow, Due: due("2026-04-30")},
		{Label: "交付", State: web.StepLock, Small: "缺当事人签名", Cites: law.Citations{cite(52)}},
		{Label: "缴款", State: web.StepTodo},
		{Label: "报局备案", State: web.StepTodo},
		{Label: "结案", State: web.StepTodo},
	}}
}

func table(all bool) web.TableView[row] {
	v := web.TableView[row]{
		Caption: "我的在办案件", On: func(r row) bool { return r.no == rows[2].no },
		Empty: web.EmptyView{Title: "没有符合条件的案件", Why: "已用条件：承办人 = 赵某某，状态 = 在办。", Exit: web.Link{Label: "去掉所有条件", Href: "/list"}},
		Cols: []web.Col[row]{
			{Label: "案号", Cell: func(r row) templ.Component { return web.A(r.no, "#case") }},
			{Label: "当事人", NoLabel: true, Wide: true, Cell: func(r row) templ.Component { return web.Small(r.party, r.small) }},
			{Label: "案由", NoLabel: true, Cell: func(r row) templ.Component { return web.T("%s", r.cause) }},
			{Label: "环节", NoLabel: true, Cell: func(r row) templ.Component { return web.Tag(r.step) }},
			{Label: "期限", NoLabel: true, Sort: "/list?sort=due", Dir: "ascending", Cell: func(r row) templ.Component { return web.Due(r.due) }},
			{Label: "下一步", Cell: func(r row) templ.Component { return web.T("%s", r.next) }},
			{Label: "承办人", NoWrap: true, Cell: func(r row) templ.Component { return web.T("%s", r.officers) }},
			{Label: "罚款", Num: true, Cell: func(r row) templ.Component { return web.Yuan(r.amount) }},
			{Label: "立案", NoWrap: true, Cell: func(r row) templ.Component { return web.T("%s", r.filed) }},
		},
	}
	if all {
		v.Rows = rows
	}
	return v
}
