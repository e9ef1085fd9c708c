package serving

import (
	"slices"

	"fadu/internal/casework"
	"fadu/internal/law"
	"fadu/internal/store"
)

func named(p casework.Paper) []casework.ServedPaper {
	return []casework.ServedPaper{{Title: p.Kind.Label(), Number: p.DocNo}}
}

// receiptDraft is the receipt of a paper, unless one was drawn up to be taken along.
func receiptDraft(tx *store.Tx, c *casework.Case, p casework.Paper, r casework.ServiceReceipt) ([]casework.Draft, error) {
	papers, err := casework.Papers(tx, c.ID)
	if err != nil || slices.ContainsFunc(papers, func(x casework.Paper) bool {
		return x.Kind == receiptKind && x.About == p.ID && x.State != casework.PaperVoid
	}) {
		return nil, err
	}
	r.Addressee, r.Papers = addressee(c, p), named(p)
	return []casework.Draft{{Kind: receiptKind, Part: r, About: p.ID}}, nil
}

// addressee is to whom a paper goes: the party, or whoever reported a matter of which no case was made.
func addressee(c *casework.Case, p casework.Paper) string {
	if p.Kind == noFilingNotice {
		if part, err := casework.PartOf[casework.NoFilingNotice](p); err == nil && part.To != "" {
			return part.To
		}
	}
	return c.PartyName
}

// reaches is the address of the addressee where the file has it: it has that of the party alone.
func reaches(c *casework.Case, p casework.Paper) string {
	if p.Kind == noFilingNotice {
		return ""
	}
	return c.PartyAddress
}

func place(c *casework.Case, p casework.Paper, at string) string {
	if at != "" {
		return at
	}
	return reaches(c, p)
}

func (in DeliverInput) receipt(way Way) func(*casework.Case, casework.Paper) casework.ServiceReceipt {
	return func(c *casework.Case, p casework.Paper) casework.ServiceReceipt {
		r := casework.ServiceReceipt{Way: way.Label(), At: place(c, p, in.At), On: in.On}
		if in.Relation != Self {
			r.Instead, r.Relation = in.Receiver, in.Relation.Label()
		}
		return r
	}
}

func (in LeaveInput) receipt(c *casework.Case, p casework.Paper) casework.ServiceReceipt {
	witness := in.Witness
	if in.Film != "" {
		if witness != "" {
			witness += "；"
		}
		witness += "拍照、录像 " + in.Film
	}
	return casework.ServiceReceipt{Way: Leaving.Label(), At: place(c, p, in.At), On: in.On, Refused: in.Refused, Witness: witness}
}

// commission asks another body to serve (委托), or the unit of somebody who serves in the army or is held (转交).
func commission(c *casework.Case, p casework.Paper, in BeginInput, way Way) casework.Draft {
	kind, cite := "委托", law.Cite("MSSS", 91)
	if way == Forwarded {
		kind, cite = "请转交", law.Cite("MSSS", 92)
	}
	return casework.Draft{Kind: commissionKind, About: p.ID, Part: casework.ServiceCommission{To: in.To, Addressee: addressee(c, p), Kind: kind, Reason: in.Reason, Basis: cite.Han(), Papers: named(p)}}
}

func announcement(c *casework.Case, p casework.Paper, in AnnounceInput) casework.Draft {
	return casework.Draft{Kind: announcementKind, About: p.ID, Part: casework.ServiceAnnouncement{Shown: addressee(c, p), Papers: named(p), Reason: in.Reason, Gist: in.Gist, Office: in.Office, Rights: in.Rights}}
}
