package pages

// PlanView registers an application to pay later or in parts.
type PlanView struct {
	StepForm
	// Amount is what of the fine is open; From and Today bound the day of the application.
	Amount, From, Today string
	// Rows is how many instalments can be filled in.
	Rows int
}
