package casework

import (
	"fmt"
	"strings"

	"fadu/internal/casework/pages"
	"fadu/internal/law/timing"
)

// terms tells of every term of the case why it runs, until when and what of it was left out, or how it ended.
func (v *caseView) terms() pages.TermsView {
	var out pages.TermsView
	for _, k := range v.Clocks {
		row := pages.TermRow{Term: strings.TrimSpace(k.Term + " " + whatOf(k.Of)), Due: v.due(k), Begun: v.begun(k), Notes: v.termNotes(k), Cite: k.Cite}
		if k.Open() {
			out.Open = append(out.Open, row)
			continue
		}
		row.Ended = v.endedHow(k)
		out.Ended = append(out.Ended, row)
	}
	return out
}

// begun says since which act a term runs, and how long it is.
func (v *caseView) begun(k timing.Clock) string {
	text := fmt.Sprintf("%s %s起算", dayText(k.Start, v.today), ActName(k.StartAct))
	if k.Count > 0 {
		text += fmt.Sprintf("，%d %s", k.Count, k.Unit.Han())
	}
	return text
}

// endedHow says how a term ended.
func (v *caseView) endedHow(k timing.Clock) string {
	day, act := dayText(k.Ended, v.today), ActName(k.EndAct)
	switch k.State {
	case timing.Kept:
		return day + act + "，在期限内"
	case timing.Late:
		return fmt.Sprintf("%s%s，末日是%s，已超期", day, act, dayText(k.Due, v.today))
	case timing.RanOut:
		return day + "届满"
	case timing.Superseded:
		return day + act + "，重新起算"
	}
	return day + act + "，不再计算"
}

// termNotes are what was left out of a term's count and granted, and what was not and why.
func (v *caseView) termNotes(k timing.Clock) []string {
	var out []string
	for _, x := range k.Excluded {
		out = append(out, fmt.Sprintf("不计入 %s 至 %s（%s，%s）", dayText(x.From, v.today), dayText(x.To, v.today), x.Why, v.paperWord(x.Paper)))
	}
	if k.State == timing.Still {
		out = append(out, fmt.Sprintf("%s起停止计算：%s", dayText(k.Since, v.today), k.Why))
	}
	if k.Granted > 0 {
		out = append(out, fmt.Sprintf("经批准延长 %d %s", k.Granted, k.Unit.Han()))
	}
	if k.NotLoaded > 0 {
		out = append(out, fmt.Sprintf("待载入%d年放假安排，按尽可能早的日子算", k.NotLoaded))
	}
	if !k.RedLine.IsZero() && k.RedLine != k.Due && k.Open() && k.Whose == timing.Ours {
		out = append(out, fmt.Sprintf("末日是休息日，法律上顺延到%s；本局按不顺延管", dayText(k.RedLine, v.today)))
	}
	return append(out, k.Notes...)
}

// paperWord names the paper that an exclusion rests on.
func (v *caseView) paperWord(subject string) string {
	for _, p := range v.Papers {
		if p.ID.Subject() == subject {
			return joinDot(p.Kind.Label(), p.DocNo)
		}
	}
	return subject
}
