package casework

import (
	"slices"
	"strings"

	"fadu/internal/access"
	"fadu/internal/document"
	"fadu/internal/law"
	"fadu/internal/org"
	"fadu/internal/store"
)

// allRoles are those who sign a paper of the street, in the order of its lines.
var allRoles = []SignatureRole{SignLead, SignAssist, SignParty}

// lineRoles says whose signature each line takes: the two officers by their certificates, the party (or whoever was
// asked) the first line that is nobody's of the house; "" for all others, who sign on paper.
func (c Content) lineRoles(lines []document.Signer) []SignatureRole {
	out := make([]SignatureRole, len(lines))
	form, _ := FormOf(c.Kind)
	if form.Signs != byOfficers && form.Signs != withParty {
		return out
	}
	officers, party := 0, form.Signs == byOfficers
	for i, l := range lines {
		switch {
		case l.Certificate != "" || l.Role == "执法人员（签名）":
			if officers < 2 {
				out[i] = allRoles[officers]
			}
			officers++
		case !party:
			out[i], party = SignParty, true
		}
	}
	return out
}

// signLine is a signature that a paper takes under the signer's own account, as its line calls it; of an officer
// with the number of the certificate that the paper states.
type signLine struct {
	Role                     SignatureRole
	Label, Name, Certificate string
}

// signLines are the signatures that a paper takes; none for one that is sealed, or signed by others on paper.
func (c Content) signLines() ([]signLine, error) {
	officer := func(i int, role SignatureRole, label string) signLine {
		l := signLine{Role: role, Label: label}
		if i < len(c.Officers) {
			l.Name, l.Certificate = c.Officers[i].Name, c.Officers[i].Certificate
		}
		return l
	}
	if c.Kind == OnSpotDecision {
		return []signLine{officer(0, SignLead, SignLead.Label()), officer(1, SignAssist, SignAssist.Label()), {Role: SignParty, Label: SignParty.Label(), Name: c.PartyName}}, nil
	}
	if form, ok := FormOf(c.Kind); !ok || form.Signs != byOfficers && form.Signs != withParty {
		return nil, nil
	}
	_, part, err := c.part()
	if err != nil {
		return nil, err
	}
	lines := c.blankSigners(part)
	var out []signLine
	for i, role := range c.lineRoles(lines) {
		label, _, _ := strings.Cut(lines[i].Role, "（")
		switch role {
		case SignLead:
			out = append(out, officer(0, role, label))
		case SignAssist:
			out = append(out, officer(1, role, label))
		case SignParty:
			line := signLine{Role: role, Label: label}
			if label == SignParty.Label() {
				line.Name = c.PartyName
			}
			out = append(out, line)
		}
	}
	slices.SortStableFunc(out, func(a, b signLine) int { return slices.Index(allRoles, a.Role) - slices.Index(allRoles, b.Role) })
	return out, nil
}

// lineOf finds a role among the signatures of a paper.
func lineOf(lines []signLine, role SignatureRole) (signLine, bool) {
	i := slices.IndexFunc(lines, func(l signLine) bool { return l.Role == role })
	if i < 0 {
		return signLine{}, false
	}
	return lines[i], true
}

// signsAs is the role in which the session's person signs a paper under the own account: the officer whose certificate
// the paper states, or where it states none, the one who handles the case; "" for everybody else. A namesake is nobody.
func signsAs(tx *store.Tx, by access.Session, c *Case, dated law.Date, lines []signLine) (SignatureRole, error) {
	if by.Person() == 0 {
		return "", nil
	}
	own, err := org.OfficerOn(tx, org.PersonID(by.Person()), dated, c.Area)
	if err != nil {
		return "", err
	}
	for i, handler := range []int64{c.Lead, c.Assist} {
		l, ok := lineOf(lines, allRoles[i])
		if !ok && len(lines) > 0 && c.ordinary() { // only the party signs: its officers enter it
			ok = true
		}
		if ok && l.isOf(c, by.Person() == handler, own.CertificateNo) {
			return allRoles[i], nil
		}
	}
	return "", nil
}

// isOf reports whether an officer's line is that of somebody who handles the case, or does not, and holds a certificate.
func (l signLine) isOf(c *Case, handles bool, certificate string) bool {
	if !c.ordinary() || l.Certificate == "" {
		return handles
	}
	return l.Certificate == certificate
}

// unsigned lists the signatures that a paper still wants.
func unsigned(lines []signLine, sigs []Signature) []signLine {
	return slices.DeleteFunc(slices.Clone(lines), func(l signLine) bool {
		return slices.ContainsFunc(sigs, func(sg Signature) bool { return sg.Role == l.Role })
	})
}
