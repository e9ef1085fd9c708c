package casework

import (
	"context"
	"slices"
	"time"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/flow"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/powers"
	"fadu/internal/store"
)

// The kernel is what every desk of the ordinary procedure stands on. A desk is a package below this one that
// does some acts of the tables: it fills a Command in and calls Do; scope, place in the table, version, the law's
// guards, papers and their numbers, the row of case_act, the ledger entry, clocks, search and lists are done here,
// in one transaction. What a desk knows of a case reaches the guards by its Facts and by nothing else. How to
// write one is told in docs/architecture.md; internal/casework/filing is the model.

// Command is one act of a desk on one case. Only Act is needed.
type Command struct {
	// Act is the act's identifier in OrdinaryLine, or in the table of Track.
	Act string
	// Version is the version of the case that the person saw; 0 compares none, for acts of jobs and for a
	// second act in the same transaction.
	Version int64
	// On is the day on which the act was done, which chooses rules; zero is today. At is its instant where a
	// term counts hours.
	On law.Date
	At time.Time
	// Of names the row beside the line that begins or is meant with the act (appraisal/5); of Track it is known.
	// For is another row that the act concerns: the seizure of the thing that is appraised.
	Of, For string
	// Days are what an extension grants, Named the day that the act's paper sets.
	Days  int
	Named law.Date
	// Person did the act, when it was not who enters it; 0 is whoever is signed in.
	Person int64
	Note   string
	// Paper is what the act rests on when it draws up none of its own: the paper that is posted.
	Paper PaperID
	// Withdraws is an earlier row of case_act that was entered by mistake.
	Withdraws int64
	// Input is what the form or call said: it tells a repeated request from a new one, and stands in the entry.
	Input any

	// Row names the row that the act begins, or that only the records know; it replaces Of, which tells one request from
	// another. May be nil.
	Row func(tx *store.Tx, c *Case) (string, error)
	// Track loads the row that the act moves; nil for an act of the main line.
	Track func(tx *store.Tx, c *Case) (Track, error)
	// Change checks the input against the case and changes the case, before facts are gathered; a fault.Fields
	// goes back into the form.
	Change func(tx *store.Tx, c *Case) error
	// State adds the facts that only this act's form knows to those of the records.
	State func(tx *store.Tx, c *Case, f *law.Facts) error
	// Drafts are the papers to be drawn up with the act, in order, asked for once the guards have passed; the
	// first stands in case_act. Only kinds that the table names for the act are possible.
	Drafts func(tx *store.Tx, c *Case) ([]Draft, error)
	// Write writes the desk's own rows. They carry done.Entry, which proves them.
	Write func(tx *store.Tx, c *Case, done Done) error
	// Then is for further acts that follow from this one, once its rows and the case are written: the service of
	// the last notice moves the line. They have version 0.
	Then func(tx *store.Tx, c *Case, done Done) error
}

// Draft is a paper to be drawn up: its kind, what only this kind says, the paper that it is about. Part is the
// struct of the kind (SeizureDecision for seizure_decision), which is refused while MissingParts names something;
// Free are its free texts worded anew. Fields are for kinds whose text reads them by name.
type Draft struct {
	Kind   PaperKind
	Part   any
	Free   map[string]string
	Fields map[string]string
	About  PaperID
	// Cites fills into Part what only the papers that the act has drawn up before know: their numbers. May be nil.
	Cites func(before []Paper) any
	// Footage names the recording of what this paper records, where the file has no step that does.
	Footage string
}

// Done is what an act left: its entry, its row in case_act, its papers in the order of the drafts.
type Done struct {
	Entry  ledger.EntryID
	Act    int64
	Papers []PaperID
}

// Do does a command as an idempotent request and finishes its papers. It answers *law.Refusal with everything
// that the act's guards miss, fault.Fields for the form, Conflict where the table does not lead on from here,
// Stale for an old version. After a repeat of an earlier request done is empty.
func (s *Service) Do(ctx context.Context, by access.Session, id CaseID, cmd Command) (done Done, err error) {
	words, said := draftingOf(ctx), []any{cmd.Version, cmd.Input}
	if len(words.free) > 0 {
		said = append(said, words.free)
	}
	_, _, err = s.DB.Once(ctx, by.Once("casework.act."+cmd.Act+"/"+id.String()+"/"+cmd.Of, said), func(tx *store.Tx) (string, error) {
		words.begin()
		if done, err = s.Act(tx, by, id, cmd); err == nil {
			err = words.unplaced()
		}
		return (&Case{ID: id}).URL(), err
	})
	for _, p := range done.Papers {
		if err == nil {
			err = s.Finish(ctx, p)
		}
	}
	return done, err
}

// Act is Do inside a transaction of the caller, for an act that follows from another: a paper's service that
// moves the main line. Its papers are finished by a job.
func (s *Service) Act(tx *store.Tx, by access.Session, id CaseID, cmd Command) (done Done, err error) {
	if a, ok := findAct(cmd.Act); ok && a.By == "" && by.Account() != 0 {
		return done, fault.New(fault.Forbidden, "“%s”由系统办理", a.Name)
	}
	if cmd.On.After(tx.Today()) { // the day chooses the rules, and begins terms
		return done, fault.InvalidField("on", "日期不能晚于今天")
	}
	inner := command{
		act: cmd.Act, version: cmd.Version, on: cmd.On, change: cmd.Change, prepare: cmd.State, desk: &cmd, done: &done,
		data: func(*Case) any { return cmd.Input },
		finish: func(tx *store.Tx, c *Case, entry ledger.EntryID) error {
			done = Done{Entry: entry, Act: store.NewID()}
			if cmd.Drafts != nil {
				if err := s.drawAll(tx, c, cmd, &done); err != nil {
					return err
				}
			}
			if cmd.Write == nil {
				return nil
			}
			return cmd.Write(tx, c, done)
		},
	}
	c, err := s.run(tx, by, id, inner)
	if err == nil && cmd.Then != nil {
		err = cmd.Then(tx, c, done)
	}
	if err == nil {
		err = s.follow(tx, c)
	}
	return done, err
}

// follow lets the desks do what must happen because of an act on an ordinary case.
func (s *Service) follow(tx *store.Tx, c *Case) error {
	for _, d := range s.desks {
		if d.After == nil || !c.ordinary() {
			continue
		}
		if err := d.After(tx, c); err != nil {
			return err
		}
	}
	return nil
}

// drawAll draws up the papers of an act.
func (s *Service) drawAll(tx *store.Tx, c *Case, cmd Command, done *Done) error {
	drafts, err := cmd.Drafts(tx, c)
	if err != nil {
		return err
	}
	a, _ := findAct(cmd.Act)
	if own, ok := lookUp(c.line(cmd.Act))(cmd.Act); ok && cmd.Track == nil { // an act of both lines
		a = own
	}
	var before []Paper
	for _, d := range drafts {
		if d.Cites != nil {
			d.Part = d.Cites(before)
		}
		if !slices.Contains(a.Papers, string(d.Kind)) {
			return fault.New(fault.Conflict, "%s时不能出具%s", a.Name, d.Kind.Label())
		}
		p, err := s.drawDraft(tx, c, d, done.Entry)
		if err != nil {
			return err
		}
		before = append(before, *p)
		done.Papers = append(done.Papers, p.ID)
	}
	return nil
}

// Load returns a case inside the scope of the permission; outside it is not found.
func (s *Service) Load(tx *store.Tx, by access.Session, allow access.Permission, id CaseID) (*Case, error) {
	scope, err := by.Require(allow)
	if err != nil {
		return nil, err
	}
	return load(tx, scope, id)
}

// Papers returns a case's papers, oldest first.
func Papers(tx *store.Tx, id CaseID) ([]Paper, error) { return papers(tx, id) }

// Assessment is what powers and benchmarks say about the case's proposed penalty on a day; a fault.Error where none
// is proposed or its power does not apply.
func (s *Service) Assessment(tx *store.Tx, c *Case, on law.Date) (powers.Assessment, error) {
	return s.assess(tx, c, on)
}

// KeepPictures stores photographs that came with an act, before its transaction; field names them in faults.
func (s *Service) KeepPictures(ctx context.Context, field string, pictures [][]byte) ([]Picture, error) {
	return s.keepPictures(ctx, field, mapped(pictures, func(b []byte) Picture { return Picture{Bytes: b} }))
}

// Track is a row beside the line, with the table that it follows. TrackOf makes it.
type Track struct {
	// Of names the row: seizure/12.
	Of string
	// Label is what pages call it: 扣押（三轮车）; State what its table calls where it stands.
	Label, State string
	// Facts are what its guards ask about this row and not about the case; may be nil.
	Facts func(f *law.Facts)

	at   func() []step
	move func(act string) (step, func(), error)
}

// TrackOf is a row of a desk in its table; of is its name, place where it keeps its state. An act that passes
// changes place, and the desk's Write saves the row.
func TrackOf[S ~string](of, label string, t flow.Table[S], place *flow.Place[S]) Track {
	return Track{
		Of: of, Label: label, State: t.Label(place.State),
		at: func() []step {
			var out []step
			for _, a := range t.At(place.State) {
				out = append(out, stepOf(a))
			}
			return out
		},
		move: func(act string) (step, func(), error) {
			a, _ := t.Act(act)
			next, err := t.Move(*place, act)
			return stepOf(a), func() { *place = next }, err
		},
	}
}

// step is what a table says of an act, whatever its states' type.
type step struct {
	ID, Name, By, Emits string
	// Chain names the approval form that the act has.
	Chain  string
	Cite   law.Citations
	Guards []law.Action
	Papers []string
	// Leaves: it leads to another state. Weighs: what is proposed is what it approves.
	Leaves, Weighs bool
}

func stepOf[S ~string](a flow.Act[S]) step {
	return step{a.ID, a.Name, a.By, a.Emits, a.Chain, a.Cite, a.Guards, a.Papers, a.To != "" || a.Back, a.Weighs}
}

func lookUp[S ~string](t flow.Table[S]) func(string) (step, bool) {
	return func(id string) (step, bool) {
		a, ok := t.Act(id)
		return stepOf(a), ok
	}
}

// movement is an act that is about to be done: what the table says of it and how it moves case or row.
type movement struct {
	step
	// of is the row beside the line that the act moves, "" for the line.
	of    string
	move  func()
	facts func(f *law.Facts)
}

// movementOf finds the act in the table of the case, or of the row that the command is about; the error says
// why it is not possible from here.
func (s *Service) movementOf(tx *store.Tx, c *Case, cmd command) (movement, error) {
	if cmd.desk != nil && cmd.desk.Track != nil {
		t, err := cmd.desk.Track(tx, c)
		if err != nil {
			a, _ := findAct(cmd.act)
			return movement{step: a}, err
		}
		cmd.desk.Of = t.Of
		a, move, err := t.move(cmd.act)
		return movement{a, t.Of, move, t.Facts}, err
	}
	if cmd.desk != nil && cmd.desk.Row != nil {
		of, err := cmd.desk.Row(tx, c)
		if err != nil {
			a, _ := findAct(cmd.act)
			return movement{step: a}, err
		}
		cmd.desk.Of = of
	}
	t := c.line(cmd.act)
	a, ok := t.Act(cmd.act)
	if known, elsewhere := findAct(cmd.act); !ok && elsewhere {
		return movement{step: known}, fault.New(fault.Conflict, "%s", c.barred(cmd.act))
	}
	if _, desk := s.formOf(cmd.act); desk && cmd.desk != nil && t.Name == OnSpot.Name && ok {
		return movement{step: stepOf(a)}, fault.New(fault.Conflict, "这个案件按简易程序办理，“%s”是普通程序的办法，请在案件页上办", a.Name)
	}
	next, err := t.Move(flow.Place[State]{State: c.State, Back: c.Back}, cmd.act)
	return movement{step: stepOf(a), move: func() {
		c.State, c.Back = next.State, next.Back
		c.settle(t)
	}}, err
}

// note leaves the act's row in an ordinary case, and ends or reopens the case with its state.
func (s *Service) note(tx *store.Tx, by access.Session, c *Case, a step, entry ledger.EntryID, cmd command) error {
	if !c.ordinary() || a.ID == "" {
		return nil
	}
	switch closed := OrdinaryLine.Closed(c.State); {
	case closed && c.ClosedAt == 0:
		c.ClosedAt = store.Micros(tx.Now)
	case !closed:
		c.ClosedAt = 0
	}
	row := &CaseAct{ID: store.NewID(), Case: c.ID, Entry: int64(entry), Act: a.ID, On: cmd.on, Person: by.Person(), RecordedAt: store.Micros(tx.Now)}
	if row.On.IsZero() {
		row.On = tx.Today()
	}
	row.At = momentOf(tx, row.On, time.Time{})
	if d := cmd.desk; d != nil {
		row.Of, row.For, row.Named, row.Days, row.Note, row.Withdraws = d.Of, d.For, d.Named, d.Days, d.Note, d.Withdraws
		row.At, row.Paper = momentOf(tx, row.On, d.At), d.Paper
		if d.Person != 0 {
			row.Person = d.Person
		}
	}
	if cmd.named != nil {
		row.Named = cmd.named()
	}
	if cmd.done != nil {
		row.ID = cmd.done.Act
		if len(cmd.done.Papers) > 0 {
			row.Paper = cmd.done.Papers[0]
		}
	}
	return insert(tx, row)
}
