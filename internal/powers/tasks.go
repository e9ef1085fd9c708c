package powers

import (
	"fmt"

	"fadu/internal/access"
	"fadu/internal/law"
	"fadu/internal/store"
)

// Task is something of this slice that waits for a person, for the to-do list.
type Task struct {
	What, About, Href, Action string
	// Due is when an adjustment is to take effect; zero without a day.
	Due law.Date
}

// tasksEach bounds how many adjustments of one state the to-do list names.
const tasksEach = 20

// Tasks lists what waits for the session: adjustments to check, to file, to mend, and entries of 受影响.
func (s *Service) Tasks(tx *store.Tx, by access.Session) ([]Task, error) {
	var out []Task
	for _, w := range []struct {
		state AdjustState
		allow access.Permission
		what  string
		mine  bool // only the proposer's own, or only others'
	}{
		{AdjustProposed, access.PowerConfirm, "核权责调整", false},
		{AdjustChecked, access.PowerAdopt, "登记权责调整备案", false},
		{AdjustReturned, access.PowerPropose, "修改退回的权责调整", true},
	} {
		if !by.Can(w.allow) {
			continue
		}
		list, err := s.Adjustments(tx, AdjustFilter{State: w.state}, 0, tasksEach)
		if err != nil {
			return nil, err
		}
		for _, a := range list {
			own := a.ProposerID == by.Account()
			if w.mine && !own || w.state == AdjustProposed && own {
				continue
			}
			out = append(out, Task{What: w.what, About: a.Kind.Label() + " " + a.BasisNumber, Href: a.ID.adjustURL(), Action: "去办", Due: a.EffectiveOn})
		}
	}
	if !by.Can(access.PowerAdopt) {
		return out, nil
	}
	n, err := tx.DB().NewSelect().Model((*Affected)(nil)).Where("f.state = ?", AffectedPending).Where("f.gone = 0").Count(tx.Ctx)
	if err != nil || n == 0 {
		return out, wrap("tasks", err)
	}
	return append(out, Task{What: fmt.Sprintf("核对受影响的内容 %d 条", n), About: "权责调整或者法律修改所涉", Href: affectedPath, Action: "去核"}), nil
}
