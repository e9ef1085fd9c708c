package hearing

import (
	"fmt"
	"strconv"
	"strings"

	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/flow"
	"fadu/internal/law"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// Hearing is one hearing of a case.
type Hearing struct {
	bun.BaseModel `bun:"table:hearing,alias:hg"`

	ID      int64                 `bun:"id,pk"`
	Case    casework.CaseID       `bun:"case_id"`
	Entry   int64                 `bun:"entry_id"`
	Version int64                 `bun:"version"`
	State   casework.HearingState `bun:"state"`
	Back    casework.HearingState `bun:"back_state"`
	// Told is the prior notice to which the hearing belongs; a new notice gives a new right.
	Told    casework.PaperID `bun:"told_paper"`
	AskedOn law.Date         `bun:"asked_on"`
	How     string           `bun:"how"` // 书面, 口头
	Reason  string           `bun:"reason"`
	// ClosedWhy is why the hearing is not public; empty for a public one.
	ClosedWhy string `bun:"closed_why"`
	Agents    string `bun:"agents"`   // names, one a line
	Mandates  string `bun:"mandates"` // of each agent in the same order, one a line; a line is empty while there is none
	HostID    int64  `bun:"host_id"`
	Host      string `bun:"host"`
	Panel     string `bun:"panel"`     // names, one a line
	PanelIDs  string `bun:"panel_ids"` // persons, separated by commas
	ClerkID   int64  `bun:"clerk_id"`  // 0 for one older than the column
	Clerk     string `bun:"clerk"`
	// Thirds are third parties, one a line: 姓名｜与本案的关系; ThirdPapers the notices that called them, separated by commas.
	Thirds      string `bun:"thirds"`
	ThirdPapers string `bun:"third_papers"`
	PlannedAt   int64  `bun:"planned_at"`
	Place       string `bun:"place"`
	// Notice is the paper that called the party, Record the record of the hearing.
	Notice     casework.PaperID `bun:"notice_paper"`
	Record     casework.PaperID `bun:"record_paper"`
	HeldOn     law.Date         `bun:"held_on"`
	ReportedOn law.Date         `bun:"reported_on"`
	EndedWhy   string           `bun:"ended_why"`

	place flow.Place[casework.HearingState]
}

func of(id int64) string { return "hearing/" + strconv.FormatInt(id, 10) }

func idOf(name string) int64 {
	n, _ := strconv.ParseInt(strings.TrimPrefix(name, "hearing/"), 10, 64)
	return n
}

// planned is when it is to be held, as papers say it.
func (h *Hearing) planned() string {
	return store.FromMicros(h.PlannedAt).In(law.Zone).Format("2006年1月2日15时4分")
}

func lines(s string) []string {
	var out []string
	for _, l := range strings.Split(s, "\n") {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}

// hearings returns a case's hearings, oldest first.
func hearings(tx *store.Tx, id casework.CaseID) ([]*Hearing, error) {
	var out []*Hearing
	err := tx.DB().NewSelect().Model(&out).Where("case_id = ?", id).Order("id").Scan(tx.Ctx)
	for _, h := range out {
		h.place = flow.Place[casework.HearingState]{State: h.State, Back: h.Back}
	}
	return out, err
}

func find(tx *store.Tx, id casework.CaseID, want int64) (*Hearing, error) {
	all, err := hearings(tx, id)
	for _, h := range all {
		if h.ID == want {
			return h, err
		}
	}
	if err == nil {
		err = fault.New(fault.NotFound, "没有找到这次听证")
	}
	return nil, err
}

// keep writes the row as an act left it.
func (h *Hearing) keep(tx *store.Tx, done casework.Done) error {
	h.State, h.Back, h.Entry = h.place.State, h.place.Back, int64(done.Entry)
	h.Version++
	if h.Version == 1 {
		_, err := tx.DB().NewInsert().Model(h).Exec(tx.Ctx)
		return err
	}
	res, err := tx.DB().NewUpdate().Model(h).WherePK().Where("version = ?", h.Version-1).Exec(tx.Ctx)
	return store.Updated(res, err, "这次听证")
}

func (h *Hearing) label() string {
	if h.PlannedAt != 0 {
		return h.planned() + "的听证"
	}
	return fmt.Sprintf("%s申请的听证", h.AskedOn.Han())
}

// ID identifies a hearing in calls.
type ID int64

// MarshalText prints the identifier as a decimal string.
func (id ID) MarshalText() ([]byte, error) { return []byte(strconv.FormatInt(int64(id), 10)), nil }

// UnmarshalText reads what MarshalText printed.
func (id *ID) UnmarshalText(b []byte) error {
	n, err := store.ParseID(string(b))
	*id = ID(n)
	return err
}
