package pages

import (
	"github.com/a-h/templ"

	"fadu/internal/web"
)

// SceneView records one kind of step done on the street and shows all that were.
type SceneView struct {
	StepForm
	Kind string
	Now  string
	// Tell is what the party must be told, from the proposed penalty.
	Tell []web.FactView
	// Unit is what is measured in.
	Unit     string
	Officers []web.Option
	// Today bounds the date for a correction.
	Today string
	Kinds []web.TabView
	Done  []StepRow
	// Values are what the form begins with.
	Values map[string]string
}

// StepRow is a step that was recorded.
type StepRow struct {
	Kind, Text, Time, Who string
	// Late marks a step entered more than a day after it was done (补录), Gone one that was withdrawn.
	Late, Gone bool
	// Withdraw leads to the form that withdraws it; empty when that is not possible.
	Withdraw string
}

// PhotoFormView takes a photograph.
type PhotoFormView struct {
	StepForm
	Now, Place string
	Photos     []PhotoView
}

// PenaltyView proposes a penalty.
type PenaltyView struct {
	StepForm
	Kinds []web.Option
	// Base is the case's address: the two live parts are fetched below it.
	Base   string
	Values map[string]string
	// FoundOn is the latest day that the act can have been done.
	FoundOn   string
	Powers    PowerChoices
	Harms     []web.Option
	PayBy     []web.Option
	Calc      *CalcView
	MetricTip string
	// Ordinary asks which law applies where each is milder in some respect.
	Ordinary bool
	// Exhibits are the evidence from which the measured figure can come.
	Exhibits []web.Option
}

// PowerChoices are the causes of action to choose from; it is also the answer to a live request.
type PowerChoices struct {
	Field web.FieldView
	Note  string
	// Query says that words were looked for; without them the unit's usual ones are shown.
	Query bool
}

// CalcView is what the law and the benchmark say about the act as filled in; also a live answer.
type CalcView struct {
	Problem string
	// Allowed is what may be imposed on the spot, Title what it is about, How why.
	Title, Allowed, How string
	// Barred: no on-the-spot fine is possible.
	Barred bool
	Facts  []web.FactView
	Notes  []NoteView
	// Why says which conditions of the tier were met.
	Why   []string
	Lacks []string
}

// live are the attributes that let an input fetch the choices of causes.
func (v PenaltyView) live() templ.Attributes {
	return templ.Attributes{
		"hx-get":     v.Base + "/powers",
		"hx-include": "#" + stepFormID + " [name='act_from'], #" + stepFormID + " [name='power_code']",
		"hx-trigger": "input changed delay:400ms, search",
		"hx-target":  "#power-choices",
		"hx-sync":    "this:replace",
	}
}

// watched are the inputs that the computed part depends on. None is personal data.
func (v PenaltyView) watched() templ.Attributes {
	return web.Live(web.LiveView{
		URL: v.Base + "/calculate", Form: stepFormID,
		Include: []string{"act_from", "act_until", "power_code", "metric", "corrected", "harm", "amount"},
	})
}
