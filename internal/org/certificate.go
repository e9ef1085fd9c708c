package org

import (
	"strconv"

	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// CertificateID identifies a certificate; 0 is none.
type CertificateID int64

// String prints the identifier in decimal.
func (id CertificateID) String() string { return strconv.FormatInt(int64(id), 10) }

// MarshalText prints the identifier as a decimal string, as JSON carries it.
func (id CertificateID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText reads what MarshalText printed.
func (id *CertificateID) UnmarshalText(b []byte) error {
	n, err := store.ParseID(string(b))
	*id = CertificateID(n)
	return err
}

// Subject is the certificate's subject in the ledger.
func (id CertificateID) Subject() string { return "certificate/" + id.String() }

// CertificateKind is what kind of certificate it is. A supervision certificate (执法监督证) is for
// supervising enforcement and qualifies nobody to enforce.
type CertificateKind string

// The kinds.
const (
	EnforcementCertificate CertificateKind = "enforcement"
	UrbanCertificate       CertificateKind = "urban"
	SupervisionCertificate CertificateKind = "supervision"
)

// Enforces reports whether the certificate qualifies its holder to enforce.
func (k CertificateKind) Enforces() bool { return k != SupervisionCertificate }

// Certificate is an enforcement certificate (执法证). Whether it is valid is asked for a day.
type Certificate struct {
	bun.BaseModel `bun:"table:org_certificate,alias:ce"`

	ID     CertificateID   `bun:"id,pk"`
	Person PersonID        `bun:"person_id"`
	Number string          `bun:"number"`
	Kind   CertificateKind `bun:"kind"`
	Issuer string          `bun:"issuer"`
	// Areas are where its holder may enforce, Categories the kinds of matter.
	Areas      []Area   `bun:"areas,type:text"`
	Categories []string `bun:"categories,type:text"`
	// PrintedUnit is the unit that stands on the card.
	PrintedUnit  string   `bun:"printed_unit"`
	ExamPassedOn law.Date `bun:"exam_passed_on"`
	// ValidTo is the last day of the latest validity, kept here for lists.
	ValidTo law.Date `bun:"valid_to"`
	// RevokedOn is the first day on which it is no longer valid; RevokedHow is 收回, 注销 or 作废.
	RevokedOn     law.Date `bun:"revoked_on"`
	RevokedHow    string   `bun:"revoked_how"`
	RevokedReason string   `bun:"revoked_reason"`

	Batch   int64          `bun:"batch_id"`
	Version int64          `bun:"version"`
	Entry   ledger.EntryID `bun:"entry_id"`
}

// Validity is a time in which a certificate is valid, both days included. A renewal adds another.
type Validity struct {
	bun.BaseModel `bun:"table:org_validity,alias:va"`

	ID          int64          `bun:"id,pk"`
	Certificate CertificateID  `bun:"certificate_id"`
	From        law.Date       `bun:"valid_from"`
	To          law.Date       `bun:"valid_to"`
	Batch       int64          `bun:"batch_id"`
	Entry       ledger.EntryID `bun:"entry_id"`
}

// SuspensionID identifies a suspension.
type SuspensionID int64

// String prints the identifier in decimal.
func (id SuspensionID) String() string { return strconv.FormatInt(int64(id), 10) }

// Suspension (暂扣) makes a certificate invalid from a day until another, both included; a zero Until is
// open.
type Suspension struct {
	bun.BaseModel `bun:"table:org_suspension,alias:su"`

	ID          SuspensionID   `bun:"id,pk"`
	Certificate CertificateID  `bun:"certificate_id"`
	From        law.Date       `bun:"from_on"`
	Until       law.Date       `bun:"until_on"`
	Reason      string         `bun:"reason"`
	Document    string         `bun:"document"`
	Annulled    store.Flag     `bun:"annulled"`
	Version     int64          `bun:"version"`
	Entry       ledger.EntryID `bun:"entry_id"`
}

// On reports whether the suspension holds on the day.
func (s Suspension) On(d law.Date) bool { return !bool(s.Annulled) && d.Within(s.From, s.Until) }

// CheckResult is the result of an annual check (年度审验).
type CheckResult string

// The results.
const (
	CheckPassed CheckResult = "passed"
	CheckFailed CheckResult = "failed"
	CheckMissed CheckResult = "missed"
)

// AnnualCheck is the result of the annual check for a year, known from CheckedOn on.
type AnnualCheck struct {
	bun.BaseModel `bun:"table:org_annual_check,alias:ac"`

	ID          int64          `bun:"id,pk"`
	Certificate CertificateID  `bun:"certificate_id"`
	Year        int            `bun:"year"`
	Result      CheckResult    `bun:"result"`
	CheckedOn   law.Date       `bun:"checked_on"`
	Note        string         `bun:"note"`
	Version     int64          `bun:"version"`
	Entry       ledger.EntryID `bun:"entry_id"`
}

// CheckPolicy says what a missing annual check means. Provinces differ; no national rule was verified,
// so that it is the bureau's setting (default: warn).
type CheckPolicy string

// The policies.
const (
	CheckIgnored CheckPolicy = "off"
	CheckWarns   CheckPolicy = "warn"
	CheckRefuses CheckPolicy = "refuse"
)

// Practice is what the bureau decided about certificates.
type Practice struct {
	AnnualCheck CheckPolicy
	// CheckMonth and CheckDay are until when in a year the check for the year before is to be made.
	CheckMonth, CheckDay int
}

// DefaultPractice warns of a missing annual check from 1 April of the next year on.
var DefaultPractice = Practice{AnnualCheck: CheckWarns, CheckMonth: 3, CheckDay: 31}

// checkDue returns the year for which a check must have been made by the day.
func (p Practice) checkDue(on law.Date) int {
	if int(on.Month())*100+on.Day() > p.CheckMonth*100+p.CheckDay {
		return on.Year() - 1
	}
	return on.Year() - 2
}

// Card is a certificate with everything that decides whether it is valid on a day.
type Card struct {
	Certificate
	Validities  []Validity
	Suspensions []Suspension
	Checks      []AnnualCheck
}

// Standing is what a card is worth on a day at a place.
type Standing struct {
	// Valid says that the card qualifies its holder on that day, AreaCovers that it does so at the place
	// (true when no place is given).
	Valid, AreaCovers bool
	Reasons, Warnings []string
	// Until is the last day of the validity that holds on the day.
	Until law.Date
}

// On judges the card for a day. place is a code or name of an administrative division; "" leaves the
// place out.
func (c Card) On(on law.Date, place string, practice Practice) Standing {
	s := Standing{Valid: true, AreaCovers: true}
	no := func(reason string) { s.Valid, s.Reasons = false, append(s.Reasons, reason) }
	if !c.Kind.Enforces() {
		no("执法监督证只用于监督，不能据以办案")
	}
	switch last, covered := c.validOn(on); {
	case covered:
		s.Until = last
	case !last.IsZero() && on.After(last):
		no("执法证 " + c.Number + " 已于" + last.Han() + "到期")
	default:
		no("执法证 " + c.Number + " 在" + on.Han() + "不在有效期内")
	}
	for _, x := range c.Suspensions {
		if x.On(on) {
			no("执法证 " + c.Number + " 自" + x.From.Han() + "起暂扣：" + x.Reason)
		}
	}
	if !c.RevokedOn.IsZero() && !on.Before(c.RevokedOn) {
		no("执法证 " + c.Number + " 已于" + c.RevokedOn.Han() + c.RevokedHow)
	}
	c.annual(on, practice, &s)
	if place != "" && !covered(c.Areas, place) {
		s.AreaCovers = false
		s.Reasons = append(s.Reasons, "执法证 "+c.Number+" 的执法区域是"+AreaNames(c.Areas)+"，不含"+place)
	}
	return s
}

// validOn reports whether a validity holds on the day, and its last day; when none does, the last day of
// the latest that ended before.
func (c Card) validOn(on law.Date) (last law.Date, ok bool) {
	for _, v := range c.Validities {
		if on.Within(v.From, v.To) {
			return v.To, true
		}
		if v.To.Before(on) && (last.IsZero() || v.To.After(last)) {
			last = v.To
		}
	}
	return last, false
}

// annual looks at the annual check that was due by the day. A failed check always disqualifies: the
// certificate is to be taken back or suspended. The year of issue needs none.
func (c Card) annual(on law.Date, practice Practice, s *Standing) {
	var latest AnnualCheck
	due := practice.checkDue(on)
	checked := false
	for _, k := range c.Checks {
		if k.CheckedOn.After(on) {
			continue
		}
		if k.Year > latest.Year {
			latest = k
		}
		if k.Year == due && k.Result == CheckPassed {
			checked = true
		}
	}
	if latest.Result == CheckFailed {
		s.Valid = false
		s.Reasons = append(s.Reasons, "执法证 "+c.Number+" "+strconv.Itoa(latest.Year)+" 年度审验不合格，应当收回或者暂扣")
		return
	}
	if checked || latest.Year > due && latest.Result == CheckPassed || !c.heldBefore(due) {
		return
	}
	text := "执法证 " + c.Number + " 没有 " + strconv.Itoa(due) + " 年度审验合格的记录"
	switch practice.AnnualCheck {
	case CheckRefuses:
		s.Valid, s.Reasons = false, append(s.Reasons, text)
	case CheckWarns:
		s.Warnings = append(s.Warnings, text)
	}
}

// heldBefore reports whether the card was already valid before the year began.
func (c Card) heldBefore(year int) bool {
	for _, v := range c.Validities {
		if v.From.Year() < year {
			return true
		}
	}
	return false
}
