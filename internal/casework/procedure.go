package casework

import (
	"slices"

	"fadu/internal/fault"
	"fadu/internal/flow"
)

// ProcedureID is which table a case follows.
type ProcedureID string

// The procedures. A lead has none: the first act that leaves it decides.
const (
	ProcedureOnSpot   ProcedureID = "onspot"
	ProcedureOrdinary ProcedureID = "ordinary"
)

// Label returns the procedure's Chinese name.
func (p ProcedureID) Label() string {
	if p == ProcedureOrdinary {
		return "普通程序"
	}
	return "简易程序"
}

// ordinary reports whether the case follows the ordinary procedure. Whatever left the street is there,
// also before the column said so.
func (c *Case) ordinary() bool { return c.Procedure == ProcedureOrdinary || c.State == Ordinary }

func (c *Case) procedureID() ProcedureID {
	if c.ordinary() {
		return ProcedureOrdinary
	}
	return ProcedureOnSpot
}

// undecided reports whether the case may still go either way.
func (c *Case) undecided() bool { return c.Procedure == "" && c.State == Lead }

// line is the table that the case follows; of a lead, the one that has the act there.
func (c *Case) line(act string) flow.Table[State] {
	if a, ok := OnSpot.Act(act); c.ordinary() || c.undecided() && (!ok || !slices.Contains(a.From, Lead)) {
		if _, ok := OrdinaryLine.Act(act); ok || c.ordinary() {
			return OrdinaryLine
		}
	}
	return OnSpot
}

// acts are those that leave from the case's state, in the order of its table; of a lead, of both tables.
func (c *Case) acts() []flow.Act[State] {
	out := c.line("").At(c.State)
	if c.undecided() {
		for _, a := range OrdinaryLine.At(Lead) {
			if !slices.ContainsFunc(out, func(o flow.Act[State]) bool { return o.ID == a.ID }) {
				out = append(out, a)
			}
		}
	}
	return out
}

// barred says why an act does not leave from the case's state.
func (c *Case) barred(act string) string {
	if _, err := c.line(act).Move(flow.Place[State]{State: c.State, Back: c.Back}, act); err != nil && fault.KindOf(err) != "" {
		return err.Error()
	}
	a, _ := findAct(act)
	return "这个案件按" + c.procedureID().Label() + "办理，现在是“" + c.StateLabel() + "”，不能" + a.Name
}

// settle says, after an act, which procedure the case belongs to from now on.
func (c *Case) settle(t flow.Table[State]) {
	switch {
	case c.State == Ordinary || t.Name == OrdinaryLine.Name && c.State != Lead:
		c.Procedure = ProcedureOrdinary
	case c.State != Lead:
		c.Procedure = ProcedureOnSpot
	}
}

// ended reports whether nothing is left to be done in the procedure.
func (c *Case) ended() bool { return c.line("").Closed(c.State) }

// StateLabel returns what the case's state is called in its procedure.
func (c *Case) StateLabel() string { return stateLabel(c.Procedure, c.State) }

func stateLabel(p ProcedureID, s State) string {
	if l := OnSpot.Label(s); p != ProcedureOrdinary && s != Ordinary && l != string(s) {
		return l
	}
	return OrdinaryLine.Label(s)
}

// openStates are those in which something is still to be done, in either procedure.
var openStates = unclosed(OnSpot, OrdinaryLine)

func unclosed(tables ...flow.Table[State]) []State {
	return slices.DeleteFunc(everyState(tables...), func(s State) bool {
		return !slices.ContainsFunc(tables, func(t flow.Table[State]) bool { return t.Label(s) != string(s) && !t.Closed(s) })
	})
}

// everyState are the states of the tables, each once.
func everyState(tables ...flow.Table[State]) []State {
	var out []State
	for _, t := range tables {
		for _, s := range t.States {
			if !slices.Contains(out, s.ID) {
				out = append(out, s.ID)
			}
		}
	}
	return out
}

func (c *Case) open() bool { return slices.Contains(openStates, c.State) }

// findAct finds an act in any table of the slice, the lines first.
func findAct(id string) (step, bool) {
	for _, find := range []func(string) (step, bool){
		lookUp(OnSpot), lookUp(OrdinaryLine), lookUp(Preservation), lookUp(Seizure), lookUp(HearingTrack), lookUp(Serving), lookUp(CourtTrack),
	} {
		if a, ok := find(id); ok {
			return a, true
		}
	}
	return step{}, false
}
