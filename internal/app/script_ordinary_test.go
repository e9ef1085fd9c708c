package app_test

import (
	"context"
	"fmt"
	"strconv"

	"github.com/rogpeppe/go-internal/testscript"

	"fadu/internal/casework"
	"fadu/internal/demo"
)

// ordinary brings a new case of the ordinary procedure to a state by the demo's scenarios: real desks, real people,
// days that pass.
func (s *show) ordinary(ts *testscript.TestScript, neg bool, args []string) error {
	if err := arguments(neg, args, 1); err != nil {
		return err
	}
	nth := 1
	if len(args) > 1 {
		var err error
		if nth, err = strconv.Atoi(args[1]); err != nil {
			return err
		}
	}
	sc, until, err := scenario(args[0], nth)
	if err != nil {
		return err
	}
	if s.office == nil {
		s.office = demo.NewOffice(s.site.App, s.site.Clock)
	}
	w := s.office.Begin(context.Background(), sc)
	if err := w.Play(until); err != nil {
		return err
	}
	c, err := w.Case()
	if err != nil {
		return err
	}
	ts.Setenv("CASE", c.URL())
	ts.Setenv("TODAY", s.site.Clock.Now().Format("2006-01-02"))
	ts.Setenv("PARTY", c.PartyName)
	ts.Setenv("LEAD", w.Handler())
	return nil
}

// scenario finds a scenario by its name, or the nth that comes to a state.
func scenario(want string, nth int) (demo.Scenario, casework.State, error) {
	var state casework.State
	for _, st := range casework.OrdinaryLine.States {
		if want == string(st.ID) || want == st.Label {
			state = st.ID
		}
	}
	for _, sc := range demo.Scenarios() {
		if sc.Name == want {
			return sc, "", nil
		}
		if state != "" && sc.Comes(state) {
			if nth--; nth == 0 {
				return sc, state, nil
			}
		}
	}
	return demo.Scenario{}, "", fmt.Errorf("没有叫“%s”的情形，也没有情形到这一步", want)
}
