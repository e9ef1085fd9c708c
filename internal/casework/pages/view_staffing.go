package pages

import "fadu/internal/web"

// NavStaffing is where leaders give cases to officers.
const NavStaffing = NavCases + "/staffing"

// StaffingView is the page with both forms: chosen cases for two officers, all open cases of one for another.
type StaffingView struct {
	Assign, HandOver *web.Form
	Cases            []ChosenCase
	// From are officers with open cases, Staff those who can take them.
	From, Staff []web.Option
	// Keepers are who may keep what is in custody.
	Keepers []web.Option
	// Whose is who was looked up, Stays what waits for that person beside the cases.
	Whose   string
	Stays   []StayView
	Refusal *web.RefusalView
}

// StayView is a hearing to host or a thing in custody.
type StayView struct{ Kind, Text, Href, Mend string }

// ChosenCase is a case ticked in the list.
type ChosenCase struct{ ID, Title, Href, State, Officers string }
