package casework

import (
	"strings"
	"unicode/utf8"

	"fadu/internal/access"
	"fadu/internal/web"
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

// ShownTo is the party as the session's holder may see it in a list.
func (p Party) ShownTo(by access.Session) Party { return p.shownTo(by) }

// Veil hides in free text what of the party the session does not see.
func (p Party) Veil(by access.Session) func(string) string { return p.veil(by) }

// veil returns what hides in free text what the session does not see: the names of the record, its number,
// telephone and address, and further numbers by their shape. Who sees names in full handles cases, and
// reads and mends the text as it was written.
func (p Party) veil(by access.Session) func(string) string {
	if by.Sees(access.PersonalName) {
		return func(s string) string { return s }
	}
	shown := p.shownTo(by)
	pairs := []string{}
	for _, v := range []struct{ real, shown string }{
		{p.IDNumber, shown.IDNumber},
		{p.PartyAddress, shown.PartyAddress},
		{p.PartyPhone, shown.PartyPhone},
		{p.PartyName, shown.PartyName},
		{p.LegalRep, shown.LegalRep},
		{p.Guardian, shown.Guardian},
	} {
		if v.real != v.shown && utf8.RuneCountInString(v.real) > 1 {
			pairs = append(pairs, v.real, v.shown)
		}
	}
	known := strings.NewReplacer(pairs...)
	return func(s string) string { return web.MaskText(known.Replace(s)) }
}

// hide leaves of the party and of the free text what the session may see.
func (c *Case) hide(by access.Session) {
	veil := c.veil(by)
	c.Party = c.shownTo(by)
	for _, s := range []*string{&c.Place, &c.Summary, &c.FactText, &c.TierWhy, &c.Exemption, &c.ExemptionWhy, &c.EndingNote} {
		*s = veil(*s)
	}
}

// hide is Case.hide for the whole file.
func (f *File) hide(by access.Session) {
	veil := f.Case.veil(by)
	f.veiled = veil
	f.Case.hide(by)
	each := func(texts ...*string) {
		for _, s := range texts {
			*s = veil(*s)
		}
	}
	for i := range f.Steps {
		each(&f.Steps[i].Text, &f.Steps[i].Detail)
	}
	for i := range f.Photos {
		each(&f.Photos[i].Caption, &f.Photos[i].Place)
	}
	for i := range f.Signatures {
		each(&f.Signatures[i].Note)
	}
	for i := range f.GainsPayments {
		each(&f.GainsPayments[i].Reference, &f.GainsPayments[i].Note)
	}
	for i := range f.Payments {
		each(&f.Payments[i].Reference, &f.Payments[i].Note)
	}
	for i := range f.Plans {
		each(&f.Plans[i].Reason, &f.Plans[i].DecisionNote, &f.Plans[i].EndedWhy)
	}
	for i := range f.Acts {
		each(&f.Acts[i].Note)
	}
	for i := range f.Exhibits {
		each(&f.Exhibits[i].Title, &f.Exhibits[i].Proves, &f.Exhibits[i].Source)
	}
	for i := range f.Tracks {
		each(&f.Tracks[i].Label)
	}
	for i := range f.History {
		each(&f.History[i].Data)
	}
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
