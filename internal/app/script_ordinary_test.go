package app_test

import (
	"context"
	"fmt"
	"strconv"
	"strings"

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
	where, squad := "", 0
	if n, ok := strings.CutPrefix(args[len(args)-1], "squad="); ok {
		var err error
		if squad, err = strconv.Atoi(n); err != nil {
			return err
		}
		args = args[:len(args)-1]
	}
	if len(args) > 1 {
		where = args[1]
	}
	sc, until, err := scenario(args[0], where)
	if err != nil {
		return err
	}
	if s.office == nil {
		s.office = demo.NewOffice(s.site.App, s.site.Clock)
	}
	w := s.office.Begin(context.Background(), sc)
	if squad > 0 {
		w.Of(squad)
	}
	if err := w.Play(until); err != nil {
		return err
	}
	s.walk = w
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

// serve brings every paper of the last case that goes to the party and has not yet gone.
func (s *show) serve(_ *testscript.TestScript, neg bool, args []string) error {
	if err := arguments(neg, args, 0); err != nil {
		return err
	}
	return s.walk.ServeRest()
}

// scenario finds a scenario by its name, with the state to which it is played, or the first that comes to a state.
func scenario(want, where string) (demo.Scenario, casework.State, error) {
	state := func(word string) (out casework.State) {
		for _, st := range casework.OrdinaryLine.States {
			if word == string(st.ID) || word == st.Label {
				out = st.ID
			}
		}
		return out
	}
	for _, sc := range demo.Scenarios() {
		switch {
		case sc.Name == want && where == "":
			return sc, "", nil
		case sc.Name == want && state(where) != "" && sc.Comes(state(where)):
			return sc, state(where), nil
		case state(want) != "" && sc.Comes(state(want)):
			return sc, state(want), nil
		}
	}
	return demo.Scenario{}, "", fmt.Errorf("没有叫“%s”的情形，也没有情形到这一步（%s）", want, where)
}
