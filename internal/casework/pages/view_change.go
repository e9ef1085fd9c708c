package pages

import "fadu/internal/web"

// ChangeView changes a delivered decision, or makes the notice of a change.
type ChangeView struct {
	PenaltyView
	// Was says what the decision imposes now.
	Was    []web.FactView
	Faults []web.Option
	// Decides: the change itself, else its notice.
	Decides bool
}

// HearView records what the party said to a notice.
type HearView struct {
	StepForm
	Now string
}

// WithdrawalView registers what became of a publication.
type WithdrawalView struct {
	StepForm
	Today string
}
