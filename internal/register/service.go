package register

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"

	"fadu/internal/access"
	"fadu/internal/blob"
	"fadu/internal/draft"
	"fadu/internal/fault"
	"fadu/internal/indicator"
	"fadu/internal/law/calendar"
	"fadu/internal/register/definition"
	"fadu/internal/store"
)

// Target is a kind of record of another slice that a link field may lead to.
type Target struct {
	Label string
	// Find finds the record that the words name among those that the session may see.
	Find func(tx *store.Tx, by access.Session, words string) (definition.Ref, error)
	// Href is the address of a record, with %d for its identifier.
	Href string
}

// Deps are what the slice needs.
type Deps struct {
	DB       *store.DB
	Units    *access.Service
	Calendar *calendar.Calendar
	Blobs    blob.Store
	// Targets are what link fields lead to, by noun; People finds somebody by name or staff number.
	Targets map[string]Target
	People  func(tx *store.Tx, by access.Session, words string) (definition.Ref, error)
	// Builtin are the definitions of the program.
	Builtin []definition.Definition
}

// Service is the only way into this slice, for pages and calls alike.
type Service struct {
	Deps

	drafts *draft.Service
	moved  func() error // told when other registers are in use than before

	mu    sync.Mutex
	live  atomic.Pointer[[]Register]
	known map[BookID]*definition.Definition // editions never change
	drawn map[string]indicator.Kept         // by the address of the edition in use
}

// New returns the slice.
func New(d Deps) *Service {
	s := &Service{Deps: d, known: map[BookID]*definition.Definition{}, drawn: map[string]indicator.Kept{}}
	s.drafts = draft.NewFrom(d.DB, s.lists)
	return s
}

// definitionOf reads an edition.
func (s *Service) definitionOf(tx *store.Tx, b Book) (*definition.Definition, error) {
	s.mu.Lock()
	d, ok := s.known[b.ID]
	s.mu.Unlock()
	if ok && b.State != Draft {
		return d, nil
	}
	if b.Content == "" {
		var err error
		if b, err = bookOf(tx, b.ID); err != nil {
			return nil, err
		}
	}
	all, err := definition.Parse("", []byte(b.Content))
	if err != nil || len(all) != 1 {
		return nil, fault.New(fault.Damaged, "台账“%s”第 %d 版读不出：%v", b.Name, b.Edition, err)
	}
	if b.State != Draft {
		s.mu.Lock()
		s.known[b.ID] = &all[0]
		s.mu.Unlock()
	}
	return &all[0], nil
}

// current is the edition of a register that is in use.
func (s *Service) current(tx *store.Tx, by access.Session, code string) (Book, *definition.Definition, error) {
	var b Book
	err := tx.DB().NewSelect().Model(&b).ExcludeColumn("content").Where("code = ?", code).Where("state = ?", InUse).Order("edition DESC").Limit(1).Scan(tx.Ctx)
	if err := store.One(err, nounBook); err != nil {
		return b, nil, err
	}
	d, err := s.definitionOf(tx, b)
	if err == nil && !opens(by, d) {
		err = fault.Missing(nounBook)
	}
	return b, d, err
}

// of is the edition by which a record was last written.
func (s *Service) of(tx *store.Tx, r Record) (*definition.Definition, error) {
	b, err := editionOf(tx, r.Code, r.Edition)
	if err != nil {
		return nil, err
	}
	return s.definitionOf(tx, b)
}

// opens reports whether the register is one that the session may see at all: a sealed one only with its role.
func opens(by access.Session, d *definition.Definition) bool {
	return d.Role == "" || by.HasRole(access.Role(d.Role))
}

// Register is a register with its edition in use.
type Register struct {
	Book Book
	*definition.Definition
}

// Registers are the registers in use that the session may see, by group in the order of the first of each.
func (s *Service) Registers(ctx context.Context, by access.Session) (out []Register, err error) {
	if _, err := by.Require(access.RegisterRead); err != nil {
		return nil, err
	}
	var all []Register
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		if out, err = s.registers(tx); err != nil {
			return err
		}
		all = slices.Clone(out)
		out = slices.DeleteFunc(out, func(r Register) bool { return !opens(by, r.Definition) })
		return nil
	})
	if err == nil {
		err = s.saw(all)
	}
	return out, err
}

func (s *Service) registers(tx *store.Tx) ([]Register, error) {
	books, err := booksOf(tx, InUse)
	if err != nil {
		return nil, err
	}
	var out []Register
	for i, b := range books {
		if i > 0 && books[i-1].Code == b.Code {
			continue // an older edition
		}
		d, err := s.definitionOf(tx, b)
		if err != nil {
			return nil, err
		}
		out = append(out, Register{b, d})
	}
	place := map[string]int{}
	for i, d := range s.Builtin {
		place[d.Code] = i + 1
	}
	slices.SortStableFunc(out, func(a, b Register) int {
		x, y := place[a.Code], place[b.Code]
		if x == 0 {
			x = len(place) + 1
		}
		if y == 0 {
			y = len(place) + 1
		}
		return x - y
	})
	return out, nil
}
