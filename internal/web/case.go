package web

import (
	"fmt"

	"github.com/a-h/templ"

	"fadu/internal/law"
)

// RefusalView says that the law forbids an act as things stand: everything that is missing, each with
// its article and, where known, the place to mend it; and what is already met.
type RefusalView struct {
	// Title replaces the heading made of Act and the number of findings.
	Title, Act string
	Findings   []law.Finding
	// Fix leads from a rule's id to the place where its lack is mended.
	Fix map[string]Link
	Met []string
	// Note stands at the foot.
	Note string
}

// RefusalOf shows a refusal.
func RefusalOf(r *law.Refusal) RefusalView {
	return RefusalView{Title: refusalTitle(r), Act: string(r.Action), Findings: r.Findings}
}

func refusalTitle(r *law.Refusal) string {
	return RefusalView{Act: string(r.Action), Findings: r.Findings}.title()
}

func (v RefusalView) title() string {
	if v.Title != "" {
		return v.Title
	}
	if v.Act == "" {
		return fmt.Sprintf("还缺 %d 项", len(v.Findings))
	}
	return fmt.Sprintf("现在不能%s，还缺 %d 项", v.Act, len(v.Findings))
}

// StepState is how far a step of a procedure is.
type StepState string

// The states: done, in hand, to come, barred for now, not needed in this case.
const (
	StepDone StepState = "done"
	StepNow  StepState = "now"
	StepTodo StepState = "todo"
	StepLock StepState = "lock"
	StepNA   StepState = "na"
)

func (s StepState) class() string {
	switch s {
	case StepNow:
		return "now"
	case StepTodo:
		return "wait"
	case StepLock:
		return "wait blocked"
	}
	return ""
}

func (s StepState) label() string {
	switch s {
	case StepDone:
		return "已办"
	case StepNow:
		return "当前"
	case StepLock:
		return "还不能办"
	case StepNA:
		return "不适用"
	}
	return "未办"
}

// StepView is one step; Small says when and what, or what is missing, with Cites behind it.
type StepView struct {
	Label, Href, Small string
	State              StepState
	Due                DueView
	Cites              law.Citations
}

// small is the line below the label, before its citations.
func (s StepView) small() string {
	if s.Small != "" && len(s.Cites) > 0 {
		return s.Small + "，"
	}
	return s.Small
}

// StepsView is a procedure with the state of each step.
type StepsView struct {
	Title string
	Items []StepView
}

func (v StepsView) tally() string {
	done, all := 0, 0
	for _, s := range v.Items {
		if s.State != StepNA {
			all++
		}
		if s.State == StepDone {
			done++
		}
	}
	return fmt.Sprintf("已办 %d / 共 %d", done, all)
}

// StripView is the summary that stays at the top of a case: which, where, how long, what now.
type StripView struct {
	Title  string
	Tags   []TagView
	Who    []string
	Clocks []ClockView
}

// ClockView is one clock of the strip; Body replaces Due.
type ClockView struct {
	Label string
	Due   DueView
	Body  templ.Component
}
