package pages

import (
	"fadu/internal/law"
	"fadu/internal/web"
)

// SignView shows the three signatures and takes one.
type SignView struct {
	StepForm
	Rows []SignRow
	// Role is whose signature the form takes: "lead", "assist" or "party"; empty when none.
	Role, RoleLabel string
	// Party offers the refusal to sign.
	Party bool
}

// SignRow is one of the three signatures.
type SignRow struct {
	Role, Name, Small string
	Tag               web.TagView
	// Href leads to the form for it; empty when it is made or another's.
	Href string
}

// TimeView is a step that only asks when.
type TimeView struct {
	StepForm
	Name, Label, Now string
}

// WhyView is a step that asks for a reason.
type WhyView struct {
	StepForm
	Label, Hint string
	// Optional: the reason may be left out.
	Optional bool
}

// OrderView issues a notice from the street.
type OrderView struct {
	StepForm
	Kinds []web.Option
	Today string
	Where string
}

// DeclineView ends a lead by education.
type DeclineView struct {
	StepForm
	Base    string
	Values  map[string]string
	FoundOn string
	Powers  PowerChoices
	Harms   []web.Option
}

// CorrectionView mends a slip in a delivered paper.
type CorrectionView struct {
	StepForm
	Number string
}

// CashView takes the fine in cash.
type CashView struct {
	StepForm
	// Amount is what is still to be paid; Next the officer's next receipt, "" when there is none.
	Amount, Next string
	// Grounds are the lawful grounds, each with whether it holds now.
	Grounds []GroundView
	// Small: the amount alone is ground enough.
	Small bool
}

// GroundView is one lawful ground of taking cash.
type GroundView struct {
	Label string
	Cite  law.Citations
	// Mark is "done" where it holds, "na" where it cannot, "todo" where the officers may state it.
	Mark string
}

// PaymentView registers a payment, or a refund.
type PaymentView struct {
	StepForm
	Channels []web.Option
	// For says of what: the fine, or confiscated gains; none where the case has only a fine.
	For    []web.Option
	Amount string
	// From and Today bound the day of payment.
	From, Today string
}

// DayView asks for the day on which cash was handed in or deposited.
type DayView struct {
	StepForm
	Label, From, Today string
}
