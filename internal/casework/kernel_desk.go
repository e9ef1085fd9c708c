package casework

import (
	"fadu/internal/access"
	"fadu/internal/casework/pages"
	"fadu/internal/law"
	"fadu/internal/law/timing"
	"fadu/internal/store"
)

// Desk is what a desk tells the kernel; app adds it by AddDesks.
type Desk struct {
	Name string
	// Facts states what the desk's records say about a case of the ordinary procedure, the negative too: a fact
	// that nobody states blocks the act that needs it.
	Facts func(tx *store.Tx, c *Case, on law.Date, f *law.Facts) error
	// Tracks are the desk's rows beside the line that are still open; may be nil.
	Tracks func(tx *store.Tx, c *Case) ([]Track, error)
	// Exhibits are the numbered evidence that the desk keeps; may be nil.
	Exhibits func(tx *store.Tx, c *Case) ([]Exhibit, error)
	// Events are what clocks must know and no act says (all_performed); may be nil.
	Events func(tx *store.Tx, c *Case) ([]timing.Event, error)
	// Judges are the persons who judge a case on this desk and must not handle it, with what each is to the case; may be nil.
	Judges func(tx *store.Tx, c *Case) (map[int64]string, error)
	// Recusals are who was asked to withdraw from a case (行政处罚法第四十三条); may be nil.
	Recusals func(tx *store.Tx, c *Case) ([]Recused, error)
	// After follows each act on an ordinary case in its transaction: what must happen because of what changed. May
	// be nil.
	After func(tx *store.Tx, c *Case) error
	// Merged takes over what of a case goes into another one: its evidence. May be nil.
	Merged func(tx *store.Tx, from, into *Case, done Done) error
	// Split gives a case that is split from another one what the desk keeps of that one. May be nil.
	Split func(tx *store.Tx, from, part *Case, done Done) error
	// Left tells where the case has gone, Held what of the party's things the desk's measures hold; both may be nil.
	Left func(tx *store.Tx, c *Case) (Departure, error)
	Held func(tx *store.Tx, c *Case) ([]Thing, error)
	// Stays are what waits for a person beside the cases that it handles: a hearing to host, things in custody. PassOn gives
	// what of it can be given by one person to another, and answers how much; both may be nil.
	Stays  func(tx *store.Tx, scope access.Scope, person int64) ([]Stay, error)
	PassOn func(tx *store.Tx, by access.Session, scope access.Scope, from, to int64, why string) (int, error)
	// Words are what the case is found by that the desk keeps: the number under which a report came in. May be nil.
	Words func(tx *store.Tx, c *Case) ([]string, error)
	// Notices stand above the case's page: the case that this one was merged into. May be nil.
	Notices func(tx *store.Tx, c *Case) ([]pages.NoteView, error)
	// Mends names, by rule, the act of this desk by which its lack is mended: the page leads there.
	Mends map[string]string
	// Forms are the desk's forms on the case's page, one for each act.
	Forms []Form
}

// AddDesks completes the service, before its routes and calls are asked for.
func (s *Service) AddDesks(desks ...Desk) { s.desks = append(s.desks, desks...) }

// ActsAsHead is the document by which somebody heads the bureau for the time being (主持工作), "" when there is none.
func (s *Service) ActsAsHead(tx *store.Tx, by access.Session) (string, error) {
	if s.Acting == nil || !headsBureau(by) {
		return "", nil
	}
	return s.Acting(tx, by.Account())
}

// HeadsBureau reports whether the session is one of the bureau's heads (负责人): they approve by doing.
func HeadsBureau(by access.Session) bool { return headsBureau(by) }

// InScope returns a case inside a scope that the caller was given; outside it is not found.
func InScope(tx *store.Tx, scope access.Scope, id CaseID) (*Case, error) { return load(tx, scope, id) }
