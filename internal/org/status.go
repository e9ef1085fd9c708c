package org

import (
	"fmt"
	"strings"

	"fadu/internal/access"
	"fadu/internal/law"
)

// OfficerStatus is what somebody may do on a day at a place.
type OfficerStatus struct {
	Person            PersonID
	Name, StaffNumber string
	// Post, Unit and UnitName are those of the posting that holds on the day.
	Post     string
	Unit     access.UnitID
	UnitName string
	// Certificate is the one that counts on the day: a valid one, else the latest; 0 when there is none.
	Certificate   CertificateID
	CertificateNo string
	// Certified says that the person is in post, is no auxiliary, and holds a certificate that is valid
	// on that very day and for that place. Valid leaves the place out; AreaCovers is about the place alone.
	Certified, Valid, AreaCovers bool
	// Auxiliary says that the person is 辅助人员 on that day and can never be a handling officer.
	Auxiliary bool
	// Reasons are all that is missing; Warnings do not stop anything.
	Reasons, Warnings []string
	// On and Area are what was asked.
	On   law.Date
	Area string
}

// dossier is all that is known about a person.
type dossier struct {
	Person   Person
	Postings []Posting
	Absences []Absence
	Cards    []Card
	// UnitNames are the names of the units of the postings.
	UnitNames map[access.UnitID]string
}

// postingOn returns the posting that holds on the day.
func (d dossier) postingOn(on law.Date) (Posting, bool) {
	for _, p := range d.Postings {
		if p.On(on) {
			return p, true
		}
	}
	return Posting{}, false
}

// expiryWarnings are how many days before its end a certificate is warned of.
var expiryWarnings = []int{7, 30, 90}

// status answers what the person may do on the day at the place ("" leaves the place out).
func (d dossier) status(on law.Date, area string, practice Practice) OfficerStatus {
	s := OfficerStatus{Person: d.Person.ID, Name: d.Person.Name, StaffNumber: d.Person.StaffNumber, On: on, Area: area}
	able := d.inPost(on, &s)
	best, found := d.bestCard(on, area, practice)
	if !found {
		s.Reasons = append(s.Reasons, "没有执法证")
		return s
	}
	standing := best.On(on, area, practice)
	s.Certificate, s.CertificateNo = best.ID, best.Number
	s.Valid = able && standing.Valid
	s.AreaCovers = standing.AreaCovers
	s.Certified = s.Valid && s.AreaCovers
	s.Reasons = append(s.Reasons, standing.Reasons...)
	s.Warnings = append(s.Warnings, standing.Warnings...)
	if standing.Valid {
		if n := on.DaysUntil(standing.Until); n <= expiryWarnings[len(expiryWarnings)-1] {
			s.Warnings = append(s.Warnings, fmt.Sprintf("执法证 %s 将于%s到期，还有 %d 日", best.Number, standing.Until.Han(), n))
		}
	}
	return s
}

// inPost reports whether the person is at work on the day and may enforce at all.
func (d dossier) inPost(on law.Date, s *OfficerStatus) bool {
	able := true
	no := func(format string, args ...any) {
		able = false
		s.Reasons = append(s.Reasons, fmt.Sprintf(format, args...))
	}
	posting, posted := d.postingOn(on)
	switch {
	case !d.Person.Here(on):
		no("已于%s离开本单位", d.Person.LeftOn.Han())
	case !posted:
		no("在%s没有任职", on.Han())
	}
	if posted {
		s.Post, s.Unit, s.UnitName = posting.Post, posting.UnitID, d.UnitNames[posting.UnitID]
		s.Auxiliary = posting.Kind == AuxiliaryStaff
		if s.Auxiliary {
			no("是辅助人员（协管），只能协助，不能担任承办人")
		}
	}
	for _, a := range d.Absences {
		if a.On(on) {
			no("自%s起离岗：%s", a.From.Han(), a.Reason)
		}
	}
	return able
}

// bestCard chooses the card to speak of: valid for day and place, else valid on the day, else the one
// whose validity ends last.
func (d dossier) bestCard(on law.Date, area string, practice Practice) (Card, bool) {
	best, rank := Card{}, -1
	for _, c := range d.Cards {
		s := c.On(on, area, practice)
		r := 0
		switch {
		case s.Valid && s.AreaCovers:
			r = 3
		case s.Valid:
			r = 2
		case c.Kind.Enforces():
			r = 1
		}
		if r > rank || r == rank && c.ValidTo.After(best.ValidTo) {
			best, rank = c, r
		}
	}
	return best, rank >= 0
}

// Facts states what the rules ask about handling officers: how many there are without auxiliaries,
// whether all of them are certified on the day and for the place, how many are, and whether auxiliaries
// are among the named. statuses are those of the persons named, on one day.
func Facts(statuses []OfficerStatus, f *law.Facts) {
	var officers, certified, auxiliaries int64
	areaKnown, areaCovers := len(statuses) > 0, true
	sources := make([]string, len(statuses))
	for i, s := range statuses {
		sources[i] = s.Person.Subject()
		areaKnown = areaKnown && s.Area != ""
		if s.Auxiliary {
			auxiliaries++
			continue
		}
		officers++
		if s.Certified {
			certified++
		}
		areaCovers = areaCovers && s.Certificate != 0 && s.AreaCovers
	}
	source := strings.Join(sources, " ")
	f.SetNumber(law.Officers, officers, source)
	f.SetBool(law.OfficersCertified, officers > 0 && certified == officers, source)
	f.SetNumber(law.CertifiedCount, certified, source)
	f.SetNumber(law.AuxiliaryCount, auxiliaries, source)
	f.SetBool(law.AuxiliaryHandling, auxiliaries > 0, source)
	if areaKnown {
		f.SetBool(law.OfficerAreaCovers, officers > 0 && areaCovers, source)
	}
}
