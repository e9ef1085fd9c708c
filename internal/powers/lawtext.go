package powers

import "fadu/internal/law"

// LawID identifies one version of a law in the list of laws.
type LawID int64

// LawText is one version of a law that powers cite: title, number, dates, how far it was checked. The
// text itself is imported by the bureau into its law library.
type LawText struct {
	ID             LawID
	Title          string
	ShortTitle     string
	IssuingBody    string
	DocumentNumber string
	EffectiveFrom  law.Date
	Status         string
	Level          string
	// LastArticle is the number of the last article; 0 = the full text was not at hand.
	LastArticle   int
	ValidTo       law.Date
	Successor     string
	TextGrade     string
	StatusAsOf    string
	NumberChecked bool
	DateChecked   bool
	Notes         string
	Demo          bool
}

// InForce reports whether the version applies on d.
func (l LawText) InForce(d law.Date) bool { return d.Within(l.EffectiveFrom, l.ValidTo) }
