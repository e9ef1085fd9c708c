package approval

import (
	"fmt"
	"slices"
	"strings"

	"fadu/internal/access"
	"fadu/internal/law"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// ID identifies an approval, MandateID a mandate.
type (
	ID        int64
	MandateID int64
)

// String prints the identifier in decimal.
func (id ID) String() string { return fmt.Sprint(int64(id)) }

// Matter is what is to be approved about, e.g. a case. Holder and Second are the persons who handle it.
type Matter struct {
	Kind string `bun:"kind"`
	Ref  int64  `bun:"ref"`
	// Of names the part of the matter that the act moves (seizure/12), "" for the matter itself. Basis is a digest of what
	// is approved and by whom it is handled: signatures under another basis approve nothing.
	Of    string `bun:"of_id"`
	Basis string `bun:"basis"`
	Title string `bun:"title"`
	Href  string `bun:"href"`
	access.Levels
	Holder int64 `bun:"holder"`
	Second int64 `bun:"holder2"`
}

// Subject is the matter as ledger entries name it.
func (m Matter) Subject() string { return fmt.Sprintf("%s/%d", m.Kind, m.Ref) }

// Approval is a form on its way.
type Approval struct {
	bun.BaseModel `bun:"table:approval,alias:ap"`

	ID ID `bun:"id,pk"`
	Matter
	// Chain is the name of the form.
	Chain string `bun:"chain"`
	// Act is the flow act that the approval is for, ActName what people call it.
	Act       string           `bun:"act"`
	ActName   string           `bun:"act_name"`
	Purpose   string           `bun:"purpose"`
	Asker     access.AccountID `bun:"asker"`
	AskerName string           `bun:"asker_name"`
	AskedOn   law.Date         `bun:"asked_on"`
	State     State            `bun:"state"`
	// Post is whose turn it is; "" when nobody's.
	Post    string   `bun:"post"`
	EndedOn law.Date `bun:"ended_on"`
	Version int64    `bun:"version"`
	Entry   int64    `bun:"entry_id"`

	Steps []Step `bun:"-"`
}

func (a Approval) open() bool { return a.State == Asked || a.State == Signed }

// URL is the approval's page.
func (a Approval) URL() string { return Path + "/" + a.ID.String() }

// Step is a signature that is asked for or was given.
type Step struct {
	bun.BaseModel `bun:"table:approval_step,alias:st"`

	Approval ID               `bun:"approval_id,pk"`
	N        int              `bun:"n,pk"`
	Post     string           `bun:"post"`
	Label    string           `bun:"label"`
	Reserved store.Flag       `bun:"reserved"`
	Account  access.AccountID `bun:"account"`
	Name     string           `bun:"name"`
	Agreed   store.Flag       `bun:"agreed"`
	Opinion  string           `bun:"opinion"`
	// SignedOn is the day of the signature; on paper earlier than EnteredAt (µs).
	SignedOn  law.Date `bun:"signed_on"`
	EnteredAt int64    `bun:"entered_at"`
	// Scan is the digest of the signed paper that was entered later, EnteredBy who entered it.
	Scan      string `bun:"scan"`
	ScanType  string `bun:"scan_type"`
	EnteredBy string `bun:"entered_by"`
	// Mandate is the document under which somebody signed in another's place, with whose.
	Mandate string `bun:"mandate"`
	Entry   int64  `bun:"entry_id"`
}

// Given reports whether the step was signed.
func (s Step) Given() bool { return !s.SignedOn.IsZero() }

// Mandate lets the taker sign for posts of the giver, by document and dates. Paired is an A/B arrangement (AB角).
type Mandate struct {
	bun.BaseModel `bun:"table:mandate,alias:md"`

	ID        MandateID        `bun:"id,pk"`
	Document  string           `bun:"document"`
	Paired    store.Flag       `bun:"paired"`
	Giver     access.AccountID `bun:"giver"`
	GiverName string           `bun:"giver_name"`
	Taker     access.AccountID `bun:"taker"`
	TakerName string           `bun:"taker_name"`
	PostCodes string           `bun:"posts"`
	From      law.Date         `bun:"from_on"`
	Until     law.Date         `bun:"until_on"`
	WhyEnded  string           `bun:"why_ended"`
	Version   int64            `bun:"version"`
	Entry     int64            `bun:"entry_id"`
}

// Subject is the mandate as ledger entries name it.
func (m Mandate) Subject() string { return fmt.Sprintf("mandate/%d", m.ID) }

// Posts are the codes of the posts.
func (m Mandate) Posts() []string { return strings.Fields(m.PostCodes) }

// On reports whether the mandate holds on a day.
func (m Mandate) On(d law.Date) bool { return !d.Before(m.From) && !d.After(m.Until) }

// signer is who would sign: roles, unit and person of an account.
type signer struct {
	account access.AccountID
	person  int64
	unit    access.UnitID
	roles   []access.Role
	name    string
}

func signerBy(a access.Account) signer { return signer{a.ID, a.Person, a.UnitID, a.Roles, a.Name} }

func signerOf(by access.Session) signer {
	return signer{by.Account(), by.Person(), by.Unit().ID, by.Roles(), by.Name()}
}

// holds reports whether the signer holds the post for the matter.
func (p Post) holds(w signer, m Matter) bool {
	switch p.Place {
	case placeHolder:
		return w.person != 0 && w.person == m.Holder
	case placeSecond:
		return w.person != 0 && w.person == m.Second
	}
	if !slices.ContainsFunc(p.Roles, func(r access.Role) bool { return slices.Contains(w.roles, r) }) {
		return false
	}
	switch p.Place {
	case placeUnit:
		return w.unit == m.UnitID
	case placeAbove:
		return hasAbove(m) && w.unit == m.U2
	}
	return true
}

// hasAbove reports whether a 大队 or 分局 stands between the unit and the bureau.
func hasAbove(m Matter) bool { return m.U2 != 0 && m.U2 != m.UnitID }

// stepsFor are the signatures that a chain asks for about a matter; led says whether somebody leads the 大队 or
// 分局 above the unit. Without one its place is left out: the law asks for none.
func (b *Book) stepsFor(c Chain, m Matter, led bool) []Step {
	var out []Step
	for _, st := range c.Steps {
		p, _ := b.Post(st.Post)
		if p.Place == placeAbove && (!hasAbove(m) || !led) {
			continue
		}
		out = append(out, Step{N: len(out) + 1, Post: p.Code, Label: p.Label, Reserved: store.Flag(st.Reserved)})
	}
	return out
}
