package casework

import (
	"net/url"
	"strconv"

	"fadu/internal/access"
	"fadu/internal/casework/pages"
	"fadu/internal/web"
)

// chips are the conditions in use, each leading to the list without it.
func (v *listView) chips() []web.Link {
	var out []web.Link
	for _, k := range filterKeys {
		if v.form.Has(k) {
			out = append(out, web.Link{Label: chipLabels[k] + "：" + v.chipValue(k, v.form.Value(k)), Href: v.without(k)})
		}
	}
	return out
}

func (v *listView) chipValue(key, value string) string {
	switch key {
	case "state":
		if value == "open" {
			return "在办"
		}
		return stateLabel("", State(value))
	case "procedure":
		return ProcedureID(value).Label()
	case "ending":
		return orWord(endingLabels[value], value)
	case "source":
		return orWord(sourceLabels[value], value)
	case "officer":
		if value == "me" {
			return "我"
		}
		if n, err := strconv.ParseInt(value, 10, 64); err == nil {
			return orWord(v.beside.names[n], "指定的人")
		}
	case "unit":
		for _, u := range v.units {
			if u.Value == value {
				return u.Label
			}
		}
		return "指定的单位"
	case "sort":
		return "期限先到的在前"
	case "ends":
		return map[string]string{"late": "已超期", "soon": "3 个工作日内到期"}[value]
	}
	return value
}

// empty says which condition left nothing.
func (v *listView) empty(chips []web.Link) web.EmptyView {
	switch len(chips) {
	case 0:
		out := web.EmptyView{Title: "还没有案件", Why: "您的数据范围内还没有登记过线索。"}
		if v.by.Can(access.LeadRegister) {
			out.Exit = web.Link{Label: "登记线索", Href: pages.NavLead}
		}
		return out
	case 1:
		return web.EmptyView{Title: "没有符合条件的案件", Why: "条件“" + chips[0].Label + "”下没有案件。", Exit: web.Link{Label: "去掉这个条件", Href: chips[0].Href}}
	}
	all := ""
	for i, c := range chips {
		if i > 0 {
			all += "、"
		}
		all += "“" + c.Label + "”"
	}
	return web.EmptyView{Title: "没有同时符合条件的案件", Why: "条件是" + all + "。点上面的条件可以逐个去掉。", Exit: web.Link{Label: "清空条件", Href: v.outside(url.Values{})}}
}
