// Package demo fills a clearly fictional bureau by running the real commands over simulated days: it
// imports officers and powers as a bureau does, names two officers for each case, and lets the law's
// guards judge every step. Nothing is inserted behind the commands' back.
package demo

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync/atomic"
	"time"

	"fadu/internal/access"
	"fadu/internal/app"
	"fadu/internal/law"
	"fadu/internal/org"
)

// Profile says how large a demo bureau is and over which days it worked.
type Profile struct {
	Name string
	// Seed makes the same bureau again.
	Seed uint64
	// Cases is how many matters of the street are registered between From and Until, Ordinary how many cases of the
	// ordinary procedure.
	Cases       int
	Ordinary    int
	From, Until law.Date
}

// District is the ordinary demo: 3 squads, 60 people, 800 matters of the street and 60 cases of the ordinary
// procedure, up to the given day.
func District(until law.Date) Profile {
	return Profile{Name: "district", Seed: 20260302, Cases: 800, Ordinary: 67, From: law.MustDate("2026-01-05"), Until: until}
}

// Bureau is the name of the demo bureau; its first word says what it is.
const Bureau = "演示市演示区城市管理综合执法局"

// Password is what every demo account with a password has. Demo data can never become real, so it may
// stand here.
const Password = "Fadu-Demo-2026"

// Clock is a settable clock.
type Clock struct{ at atomic.Int64 }

// Now returns the simulated time.
func (c *Clock) Now() time.Time { return time.UnixMicro(c.at.Load()).In(law.Zone) }

// Set moves the clock; it never runs by itself.
func (c *Clock) Set(t time.Time) { c.at.Store(t.UnixMicro()) }

// filler is the state of one filling.
type filler struct {
	app   *app.App
	clock *Clock
	rand  *rand.Rand
	p     Profile
	// year is the one whose blocks of numbers are in use.
	year int

	system access.Session
	units  map[string]access.Unit
	squads []squad
	// sessions by login
	sessions map[string]access.Session
	people   map[string]org.PersonID // by staff number
	parties  []party
	due      []duePayment
	lines    int
	// signatures by whose they are; booklets by squad.
	signatures map[string][]byte
	booklets   []booklet
	office     *Office
	walks      []*Walk
}

type squad struct {
	unit     access.Unit
	officers []string // logins of certified officers
}

// Fill makes the bureau in an empty folder. progress is told what is being done.
func Fill(ctx context.Context, cfg app.Config, p Profile, progress func(string)) error {
	clock := &Clock{}
	clock.Set(p.From.Start().Add(8 * time.Hour))
	cfg.Clock, cfg.NoSync = clock.Now, true
	if err := app.Create(ctx, cfg, Bureau, true); err != nil {
		return err
	}
	a, err := app.Open(ctx, cfg)
	if err != nil {
		return err
	}
	defer a.Close()
	f := newFiller(a, clock, p)
	for _, step := range []struct {
		what string
		do   func(context.Context) error
	}{
		{"机构、人员、执法证", f.bureau},
		{"权责清单、裁量基准、演示地方法规", f.law},
		{"账号、文书号段、票据", f.desk},
		{"情景演练", f.training},
		{"考试", f.exams},
		{"课程", f.courses},
		{"案件", f.cases},
		{"台账", f.registers},
	} {
		progress(step.what)
		if err := step.do(ctx); err != nil {
			return fmt.Errorf("demo: %s: %w", step.what, err)
		}
	}
	_, err = a.Jobs.RunDue(ctx)
	return err
}

func newFiller(a *app.App, clock *Clock, p Profile) *filler {
	return &filler{
		app: a, clock: clock, rand: rand.New(rand.NewPCG(p.Seed, 1)), p: p, year: p.From.Year(), system: access.System("demo"), units: map[string]access.Unit{},
		sessions: map[string]access.Session{}, people: map[string]org.PersonID{},
		signatures: map[string][]byte{},
	}
}

// at moves the clock to a time of a day, or leaves it where it is when that has passed: time in the ledger only
// goes on.
func (f *filler) at(d law.Date, hour, minute int) {
	if t := d.Start().Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute); t.After(f.clock.Now()) {
		f.clock.Set(t)
	}
}

// tick lets some minutes pass.
func (f *filler) tick(minutes int) {
	f.clock.Set(f.clock.Now().Add(time.Duration(minutes) * time.Minute))
}
