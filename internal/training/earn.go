package training

import (
	"fadu/internal/access"
	"fadu/internal/store"
)

// How points are earned here.
const (
	ByAnswer = "answer" // a right answer of practice, once a day for each question
	ByScene  = "scene"  // a scene that was passed, once a year
)

// Earned is something that earns points.
type Earned struct {
	How, Ref, About, Opens string
	Entry                  int64
}

func (s *Service) earn(tx *store.Tx, by access.Session, e Earned) error {
	if s.Earn == nil {
		return nil
	}
	return s.Earn(tx, by, e)
}
