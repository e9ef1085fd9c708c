package flow

import (
	"fmt"
	"strings"
)

// Check reports what is wrong with the table: an unknown state or one twice, an unreachable one, an open one
// without a way out or from which nothing ends, an act without name, emission or origin, one that stands twice,
// one that leads back from a state that is no side state.
func (t Table[S]) Check() error {
	faults := append(t.stateFaults(), t.actFaults()...)
	reached := t.reached()
	ends := t.ends()
	for _, s := range t.States {
		if !reached[s.ID] {
			faults = append(faults, fmt.Sprintf("state %s cannot be reached", s.ID))
		}
		if s.Class == Closed {
			continue
		}
		leaves := false
		for _, a := range t.Acts {
			leaves = leaves || len(t.leads(s.ID, a)) > 0
		}
		if !leaves {
			faults = append(faults, fmt.Sprintf("open state %s has no way out", s.ID))
		} else if !ends[s.ID] {
			faults = append(faults, fmt.Sprintf("from state %s no end can be reached", s.ID))
		}
	}
	if len(faults) > 0 {
		return fmt.Errorf("flow: %s: %s", t.Name, strings.Join(faults, "; "))
	}
	return nil
}

func (t Table[S]) stateFaults() []string {
	var faults []string
	seen := map[S]bool{}
	for _, s := range t.States {
		if s.Label == "" || s.Class == "" {
			faults = append(faults, fmt.Sprintf("state %s has no label or class", s.ID))
		}
		if seen[s.ID] {
			faults = append(faults, fmt.Sprintf("state %s stands twice", s.ID))
		}
		seen[s.ID] = true
	}
	return faults
}

func (t Table[S]) actFaults() []string {
	var faults []string
	seen := map[string]bool{}
	for _, a := range t.Acts {
		if a.ID == "" || a.Name == "" || a.Emits == "" || len(a.From) == 0 {
			faults = append(faults, fmt.Sprintf("act %q lacks id, name, origin or emission", a.ID))
		}
		if seen[a.ID] {
			faults = append(faults, fmt.Sprintf("act %s stands twice", a.ID))
		}
		seen[a.ID] = true
		for _, f := range a.From {
			if t.class(f) == "" {
				faults = append(faults, fmt.Sprintf("act %s leaves from unknown state %s", a.ID, f))
			}
			if a.Back && (t.class(f) != Side || a.To != "") {
				faults = append(faults, fmt.Sprintf("act %s leads back from %s, which is no side state, or has another end", a.ID, f))
			}
		}
		if a.To != "" && t.class(a.To) == "" {
			faults = append(faults, fmt.Sprintf("act %s leads to unknown state %s", a.ID, a.To))
		}
	}
	return faults
}

// reached are the states to which a way leads from the start.
func (t Table[S]) reached() map[S]bool {
	out := map[S]bool{t.Start: true}
	for again := true; again; {
		again = false
		for _, a := range t.Acts {
			for _, f := range a.From {
				if out[f] && a.To != "" && !out[a.To] {
					out[a.To], again = true, true
				}
			}
		}
	}
	return out
}

// ends are the states from which a way leads to a closed one.
func (t Table[S]) ends() map[S]bool {
	out := map[S]bool{}
	for _, s := range t.States {
		out[s.ID] = s.Class == Closed
	}
	for again := true; again; {
		again = false
		for _, a := range t.Acts {
			for _, f := range a.From {
				for _, to := range t.leads(f, a) {
					if out[to] && !out[f] {
						out[f], again = true, true
					}
				}
			}
		}
	}
	return out
}
