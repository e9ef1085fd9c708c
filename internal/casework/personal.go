package casework

import (
	"fadu/internal/access"
)

// shownTo is the party as the session's holder may see it without asking; the role data says which parts
// are masked. A company's name, address and credit code are no personal data.
func (p Party) shownTo(by access.Session) Party {
	if p.PartyKind == Citizen || p.PartyKind == "" {
		p.PartyName = by.Personal(access.PersonalName, p.PartyName)
	}
	p.LegalRep, p.Guardian = by.Personal(access.PersonalName, p.LegalRep), by.Personal(access.PersonalName, p.Guardian)
	if p.IDKind != "uscc" {
		p.IDNumber = by.Personal(access.PersonalIdentity, p.IDNumber)
	}
	if p.natural() {
		p.PartyAddress = by.Personal(access.PersonalAddress, p.PartyAddress)
	}
	p.PartyPhone = by.Personal(access.PersonalPhone, p.PartyPhone)
	return p
}

// natural reports whether the party is a person, or a sole trader whose address is a person's.
func (p Party) natural() bool {
	return p.PartyKind == Citizen || p.PartyKind == SoleTrader || p.PartyKind == ""
}

// unmasked is the input with what came back masked, as the form had shown it, put right from the record:
// who corrects one field sends the others as they were shown.
func (in PartyInput) unmasked(recorded Party, by access.Session) PartyInput {
	shown := recorded.shownTo(by)
	for _, f := range []struct {
		in          *string
		shown, real string
	}{
		{&in.Name, shown.PartyName, recorded.PartyName},
		{&in.IDNumber, shown.IDNumber, recorded.IDNumber},
		{&in.Phone, shown.PartyPhone, recorded.PartyPhone},
		{&in.Address, shown.PartyAddress, recorded.PartyAddress},
		{&in.LegalRep, shown.LegalRep, recorded.LegalRep},
		{&in.Guardian, shown.Guardian, recorded.Guardian},
	} {
		if f.shown != "" && *f.in == f.shown {
			*f.in = f.real
		}
	}
	return in
}
