package cohort

import (
	"fmt"

	"fadu/internal/access"
	"fadu/internal/cohort/pages"
	"fadu/internal/law"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// ID, MemberID and PartID identify what their names say.
type (
	ID       int64
	MemberID int64
	PartID   int64
)

// String prints the identifier in decimal.
func (id ID) String() string { return fmt.Sprint(int64(id)) }

// String prints the identifier in decimal.
func (id MemberID) String() string { return fmt.Sprint(int64(id)) }

// String prints the identifier in decimal.
func (id PartID) String() string { return fmt.Sprint(int64(id)) }

// Path is where the cohorts stand, PathMine those that somebody is in.
const (
	Path     = pages.Nav
	PathMine = pages.NavMine
)

// Cohort is some people who are trained together.
type Cohort struct {
	bun.BaseModel `bun:"table:cohort,alias:ch"`

	ID    ID       `bun:"id,pk"`
	Title string   `bun:"title"`
	Aim   string   `bun:"aim"`
	From  law.Date `bun:"from_day"`
	Until law.Date `bun:"until_day"`
	access.Levels
	State    State  `bun:"state"`
	Why      string `bun:"state_why"`
	Enrolled int64  `bun:"enrolled"`
	Took     int64  `bun:"took"`
	Passed   int64  `bun:"passed"`
	Author   string `bun:"author"`
	Version  int64  `bun:"version"`
	Entry    int64  `bun:"entry_id"`
}

// Subject is the cohort as ledger entries name it.
func (c Cohort) Subject() string { return "cohort/" + c.ID.String() }

// URL is the page of the cohort.
func (c Cohort) URL() string { return Path + "/" + c.ID.String() }

// Member is somebody on the roster.
type Member struct {
	bun.BaseModel `bun:"table:cohort_member,alias:cm"`

	ID      MemberID         `bun:"id,pk"`
	Cohort  ID               `bun:"cohort_id"`
	Account access.AccountID `bun:"account"`
	Name    string           `bun:"name"`
	Unit    access.UnitID    `bun:"unit_id"`
	Took    store.Flag       `bun:"took"`
	Passed  store.Flag       `bun:"passed"`
	Lacks   string           `bun:"lacks"`
	Gone    store.Flag       `bun:"gone"`
	GoneWhy string           `bun:"gone_why"`
	Entry   int64            `bun:"entry_id"`
}

// Part is what belongs to a cohort.
type Part struct {
	bun.BaseModel `bun:"table:cohort_part,alias:cp"`

	ID      PartID     `bun:"id,pk"`
	Cohort  ID         `bun:"cohort_id"`
	Kind    string     `bun:"kind"`
	Ref     string     `bun:"ref"`
	Title   string     `bun:"title"`
	Must    store.Flag `bun:"must"`
	Gone    store.Flag `bun:"gone"`
	GoneWhy string     `bun:"gone_why"`
	Entry   int64      `bun:"entry_id"`
}

// Choice is something that can be put into a cohort.
type Choice struct{ Ref, Title string }

// Source knows what one kind of parts is and what people reached in it.
type Source struct {
	// Choices are what can be put in, the newest first.
	Choices func(tx *store.Tx, by access.Session) ([]Choice, error)
	// Page is where a part is looked at, Start where a member begins it; nil where nobody begins it alone.
	Page, Start func(ref string) string
	// Outcomes are what the accounts reached between two days.
	Outcomes func(tx *store.Tx, ref string, from, until law.Date, accounts []access.AccountID) (map[access.AccountID]Outcome, error)
}
