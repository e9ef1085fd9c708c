package definition

import "slices"

// State is where a record stands.
type State string

// The states of all registers.
const (
	Recorded State = "recorded"
	Pending  State = "pending"
	Fixing   State = "fixing"
	Closed   State = "closed"
	Returned State = "returned"
	Void     State = "void"
)

var stateNames = map[State]string{Recorded: "记录", Pending: "待核", Fixing: "整改中", Closed: "已销号", Returned: "退回", Void: "作废"}

// States are all of them in the order of the work.
var States = []State{Recorded, Fixing, Pending, Returned, Closed, Void}

// Act is something done to a record.
type Act string

// The acts. Correct changes what is said; Submit asks a second person; Fix reports the rectification; Pass and Return are the
// second person's; Reopen takes a closed problem up again; Cancel makes a record void.
const (
	Correct Act = "correct"
	Submit  Act = "submit"
	Fix     Act = "fix"
	Pass    Act = "pass"
	Return  Act = "return"
	Reopen  Act = "reopen"
	Cancel  Act = "cancel"
)

// ActNames are the acts as buttons say them.
var ActNames = map[Act]string{Correct: "更正", Submit: "提请核对", Fix: "整改完成，提请核对", Pass: "核对通过", Return: "退回", Reopen: "重新整改", Cancel: "作废"}

type step struct {
	flow Flow
	act  Act
	from []State
	to   State // "" stays
}

var steps = []step{
	{Plain, Correct, []State{Recorded}, ""},
	{Plain, Cancel, []State{Recorded}, Void},
	{Checked, Correct, []State{Recorded, Returned}, ""},
	{Checked, Submit, []State{Recorded, Returned}, Pending},
	{Checked, Pass, []State{Pending}, Closed},
	{Checked, Return, []State{Pending}, Returned},
	{Checked, Cancel, []State{Recorded, Pending, Returned, Closed}, Void},
	{Rectified, Correct, []State{Fixing, Returned}, ""},
	{Rectified, Fix, []State{Fixing, Returned}, Pending},
	{Rectified, Pass, []State{Pending}, Closed},
	{Rectified, Return, []State{Pending}, Returned},
	{Rectified, Reopen, []State{Closed}, Fixing},
	{Rectified, Cancel, []State{Fixing, Pending, Returned, Closed}, Void},
}

// Next says where the act leads from a state; ok is false where it is not possible.
func (d *Definition) Next(from State, act Act) (to State, ok bool) {
	for _, s := range steps {
		if s.flow == d.Flow && s.act == act && slices.Contains(s.from, from) {
			if s.to == "" {
				return from, true
			}
			return s.to, true
		}
	}
	return from, false
}

// Acts are what can be done in a state, in the order of the work.
func (d *Definition) Acts(from State) []Act {
	var out []Act
	for _, s := range steps {
		if s.flow == d.Flow && slices.Contains(s.from, from) {
			out = append(out, s.act)
		}
	}
	return out
}

// First is the state of a new record: a problem is to be rectified, unless the proof of that came with it; a record that is
// checked waits for the second person as soon as its proof is there.
func (d *Definition) First(proven bool) State {
	switch {
	case d.Flow == Plain:
		return Recorded
	case d.Flow == Checked && proven, d.Flow == Rectified && proven:
		return Pending
	case d.Flow == Checked:
		return Recorded
	}
	return Fixing
}

// Ended reports whether nothing more is to be done.
func (d *Definition) Ended(s State) bool {
	return s == Closed || s == Void || d.Flow == Plain
}
