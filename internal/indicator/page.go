package indicator

import (
	"fmt"
	"strings"
)

// Document prints the definitions as the Markdown page that explains all figures.
func Document(defs []Definition) string {
	var b strings.Builder
	b.WriteString("# 指标目录\n\n本页由程序生成。每个数字都能点开，看到的就是它数过的记录：数字和明细出自同一个条件。\n比率都带分子和分母。任何数字都不提供按大小排序；罚款金额不用于考核和排名（处罚法第七十四条第三款）。\n")
	for _, d := range defs {
		fmt.Fprintf(&b, "\n## %s\n\n| 项目 | 内容 |\n|---|---|\n", d.Name)
		row := func(what, text string) {
			if text != "" {
				fmt.Fprintf(&b, "| %s | %s |\n", what, strings.NewReplacer("|", "\\|", "\n", " ").Replace(text))
			}
		}
		row("编号", "`"+d.ID+"`")
		row("计量单位", string(d.Measure))
		row("统计对象", d.Population)
		row("条件", d.Filter)
		row("统计期依据", d.Basis)
		row("去重", d.Dedup)
		row("截止", d.CutOff)
		names := make([]string, len(d.Dimensions))
		for i, dim := range d.Dimensions {
			names[i] = dim.Name
		}
		row("可按以下细分", strings.Join(names, "、"))
		row("依据", d.Cites.String())
	}
	return b.String()
}
