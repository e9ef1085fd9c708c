package powers

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"strings"
	"sync/atomic"

	"fadu/internal/access"
	"fadu/internal/blob"
	"fadu/internal/draft"
	"fadu/internal/law"
	"fadu/internal/store"
)

// Service is the slice's joint: what pages, the console and other slices call.
type Service struct {
	db     *store.DB
	drafts *draft.Service
	blobs  blob.Store
	links  Links
	cites  atomic.Pointer[cites]
}

// Links are what other rooms answer for this one; app puts them in. A nil one answers nothing.
type Links struct {
	// OpenCases are the open cases under the codes, of the whole bureau, without parties.
	OpenCases func(tx *store.Tx, codes []string) ([]OpenCase, error)
	// SimilarCases are closed cases of the power in a tier decided since the day, without parties, people and units.
	SimilarCases func(tx *store.Tx, code, grade string, since law.Date) ([]SimilarCase, error)
	// Citing are the rules, terms and paper texts that cite laws.
	Citing func() []Citing
	// Changed tells other rooms that a law changed, in the update that records it; what they answer stands in the list 受影响.
	Changed func(tx *store.Tx, by access.Session, c LawChange, articles Articles) ([]Citing, error)
	// Procedure is the flow of the on-the-spot procedure, for the public flow chart.
	Procedure func() FlowChart
}

// Link puts the links in; call it while the program is wired, before it serves.
func (s *Service) Link(l Links) { s.links = l }

// Options are what the program that wires the rooms knows.
type Options struct {
	// Blobs keep the files of basis documents.
	Blobs blob.Store
}

// New returns the service.
func New(db *store.DB, o Options) *Service {
	s := &Service{db: db, blobs: o.Blobs}
	s.drafts = draft.New(db, s.ImportKinds()...)
	return s
}

// Sweep removes abandoned import batches; a daily job calls it.
func (s *Service) Sweep(ctx context.Context) error { return s.drafts.Sweep(ctx) }

// errFirst ends the look for an earlier answer where there is none.
var errFirst = errors.New("powers: asked for the first time")

// remembered runs an act of several transactions, each of which finds nothing to do once it is done, and keeps
// its answer for the key, so that a repeat gets the same.
func remembered[A any](ctx context.Context, s *Service, once store.Once, do func() (A, error)) (out A, err error) {
	keep := func(loc string) error {
		_, text, _ := strings.Cut(loc, "#")
		text, err := url.PathUnescape(text)
		if err != nil {
			return err
		}
		return json.Unmarshal([]byte(text), &out)
	}
	earlier, replayed, err := s.db.Once(ctx, once, func(*store.Tx) (string, error) { return "", errFirst })
	switch {
	case replayed:
		return out, keep(earlier)
	case !errors.Is(err, errFirst):
		return out, err
	}
	if out, err = do(); err != nil {
		return out, err
	}
	answer, err := json.Marshal(out)
	if err != nil {
		return out, err
	}
	_, _, err = s.db.Once(ctx, once, func(*store.Tx) (string, error) { return "/w/powers#" + url.PathEscape(string(answer)), nil })
	return out, err
}
