package casework

import (
	"strings"

	"fadu/internal/law"
)

// Says is the penalty in the words of report and notice, so that one and the same sentence is proposed, approved and told
// (行政处罚法第四十四条；55号令第二十条).
func (p Penalty) Says() string {
	if p.Spares() {
		return "不予行政处罚"
	}
	var out []string
	contents := ContentLines(p.Contents)
	for _, k := range strings.Split(p.Kinds, ";") {
		switch PenaltyKind(k) {
		case "":
		case PenaltyFine:
			out = append(out, "罚款"+InWords(p.Amount))
		case PenaltyGains:
			out = append(out, "没收违法所得"+InWords(p.Gains))
		case PenaltyGoods:
			worth := "没有价值"
			if p.Goods > 0 {
				worth = "价值" + InWords(p.Goods)
			}
			out = append(out, "没收非法财物："+contents[k]+"，"+worth)
		default:
			if contents[k] != "" {
				k += "：" + contents[k]
			}
			out = append(out, k)
		}
	}
	return strings.Join(out, "；")
}

// Spares reports whether what is proposed of the power's conduct is not to punish it.
func (p Penalty) Spares() bool { return p.PowerCode != "" && p.Kinds == "" }

// InWords prints an amount in words and figures, which agree because they are one value.
func InWords(m law.Money) string { return "人民币" + m.Han() + "（￥" + m.Grouped() + "）" }

// ContentLines reads what each kind of penalty consists of from lines 种类：内容.
func ContentLines(lines string) map[string]string {
	out := map[string]string{}
	for _, l := range strings.Split(lines, "\n") {
		if kind, content, ok := strings.Cut(strings.Replace(l, ":", "：", 1), "："); ok {
			out[strings.TrimSpace(kind)] = strings.TrimRight(strings.Join(strings.Fields(content), ""), "。")
		}
	}
	return out
}

// contentsOf keeps of the lines those of the kinds that are proposed and need one, in the order of the kinds.
func contentsOf(kinds []string, lines string) string {
	said, out := ContentLines(lines), []string{}
	for _, k := range kinds {
		if PenaltyKind(k).NeedsContent() && said[k] != "" {
			out = append(out, k+"："+said[k])
		}
	}
	return strings.Join(out, "\n")
}
