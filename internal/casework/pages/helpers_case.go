package pages

import (
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"fadu/internal/web"
)

func lackTitle(n int) string { return "还缺 " + strconv.Itoa(n) + " 项" }

func metTitle(n int) string { return "已满足的 " + strconv.Itoa(n) + " 项" }

// only is the value of a choice that is no choice.
func only(options []web.Option) string {
	if len(options) == 1 {
		return options[0].Value
	}
	return ""
}

func (v PartyView) idHint() string {
	if v.Demo {
		return "演示库用 99 开头的虚构号码"
	}
	return ""
}

func orElse(s, other string) string {
	if s != "" {
		return s
	}
	return other
}

func (v CashView) receiptHint() string {
	if v.Next == "" {
		return "您名下没有已领用的专用票据，请先到内勤领用"
	}
	return "照票面填写。您名下应该用的下一张是 " + v.Next
}

// stepCols are the columns of the steps recorded; the way to withdraw one only where there is one.
func stepCols(rows []StepRow) []web.Col[StepRow] {
	cols := []web.Col[StepRow]{
		{Label: "步骤", Cell: func(r StepRow) templ.Component { return stepKind(r) }},
		{Label: "内容", Wide: true, NoLabel: true, Cell: func(r StepRow) templ.Component { return web.T("%s", r.Text) }},
		{Label: "发生时间", NoWrap: true, Cell: func(r StepRow) templ.Component { return web.T("%s", r.Time) }},
		{Label: "谁做的", NoWrap: true, Cell: func(r StepRow) templ.Component { return web.T("%s", r.Who) }},
	}
	if !slices.ContainsFunc(rows, func(r StepRow) bool { return r.Withdraw != "" }) {
		return cols
	}
	return append(cols, web.Col[StepRow]{Label: "更正", NoLabel: true, Cell: func(r StepRow) templ.Component {
		if r.Withdraw == "" {
			return templ.NopComponent
		}
		return web.A("更正", r.Withdraw)
	}})
}

func photoCols() []web.Col[PhotoView] {
	return []web.Col[PhotoView]{
		{Label: "照片", Cell: func(p PhotoView) templ.Component { return thumb(p) }},
		{Label: "说明", Wide: true, NoLabel: true, Cell: func(p PhotoView) templ.Component { return web.T("%s", p.Small) }},
	}
}

func todoExit(v TodoView) web.Link {
	if v.NewHref != "" {
		return web.Link{Label: "登记线索", Href: v.NewHref}
	}
	if v.CasesHref != "" {
		return web.Link{Label: "看案件", Href: v.CasesHref}
	}
	return web.Link{}
}

// actMark is the sign before an act: the one in hand, or one to do.
func actMark(a OtherAct) string {
	if a.Current {
		return "#now"
	}
	return "#todo"
}

func groupCount(g ActGroup) string { return "（" + strconv.Itoa(len(g.Acts)) + "）" }

// shownAtFirst is how much of a list at the right of the case's page is open; the others are folded below it.
const shownAtFirst = 5

func rest(n int, unit string) string {
	return "其余 " + strconv.Itoa(n-shownAtFirst) + " " + unit
}

// pictured are the first four exhibits with a picture.
func pictured(all []ExhibitView) []ExhibitView {
	var out []ExhibitView
	for _, e := range all {
		if e.Thumb != "" && len(out) < 4 {
			out = append(out, e)
		}
	}
	return out
}
