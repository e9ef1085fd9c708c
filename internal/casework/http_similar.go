package casework

import (
	"fmt"
	"net/url"

	"fadu/internal/casework/pages"
	"fadu/internal/web"
)

// similarView shows how the fines of similar cases lie, beside the form in hand.
func (v *caseView) similarView() *pages.SimilarView {
	d := v.similar
	if d == nil {
		return nil
	}
	out := &pages.SimilarView{Title: "同一案由，" + d.Tier}
	if d.Count == 0 {
		out.Note = fmt.Sprintf("近 %d 年没有同一案由、同一阶次的已结案件，不能比较。", d.Years)
		return out
	}
	count := fmt.Sprintf("近 %d 年 %d 件", d.Years, d.Count)
	if d.Count == similarMost {
		count = fmt.Sprintf("近 %d 年最近 %d 件", d.Years, d.Count)
	}
	out.Facts = []web.FactView{
		{Label: "已结", Text: count},
		{Label: "罚款", Text: d.Min.Grouped() + "—" + d.Max.Grouped() + " 元"},
		{Label: "中位数", Text: d.Median.Grouped() + " 元"},
		{Label: "中间一半", Text: d.Low.Grouped() + "—" + d.High.Grouped() + " 元"},
	}
	if d.Proposed > 0 {
		out.Facts = append(out.Facts, web.FactView{Label: "本案", Text: d.Proposed.Grouped() + " 元"})
	}
	for _, r := range d.Latest {
		out.Latest = append(out.Latest, web.FileView{Label: dayText(r.DecidedOn, v.today) + " 决定", Href: (&Case{ID: r.Case}).URL(), Mute: r.Amount.Grouped() + " 元"})
	}
	switch {
	case d.Proposed > 0 && (d.Proposed < d.Min || d.Proposed > d.Max):
		out.Note = "本案在以往同类案件的范围以外，请在裁量理由里说明为什么不同。"
	default:
		out.Note = "只作比较，处罚仍按本案的事实和裁量基准。"
	}
	if v.Case.PowerCode != "" {
		out.AllHref = pages.NavCases + "?" + url.Values{"power": {v.Case.PowerCode}, "state": {"closed"}}.Encode()
	}
	return out
}
