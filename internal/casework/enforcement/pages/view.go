// Package pages draws the packet of an application to the court.
package pages

import (
	"github.com/a-h/templ"

	"fadu/internal/law"
	"fadu/internal/web"
)

// PacketView is the pre-check of the packet.
type PacketView struct {
	Case, CaseHref, Party, Action string
	Rows                          []PacketRow
	Objections                    []Objection
	// Wait says why the packet cannot be taken yet; May: the reader may take it. Court is whom it goes to.
	Wait, Court string
	May         bool
}

// PacketRow is a material.
type PacketRow struct {
	Label, Bounced string
	Cite           law.Citations
	Papers         []web.FileView
	Verdict        web.TagView
	Lacks          []string
}

// Objection is what the law objects to applying today.
type Objection struct {
	Text string
	Cite law.Citations
}

func packetCols() []web.Col[PacketRow] {
	return []web.Col[PacketRow]{
		{Label: "材料", Wide: true, Cell: func(r PacketRow) templ.Component { return web.T("%s", r.Label) }},
		{Label: "案卷里的文书", Wide: true, Cell: func(r PacketRow) templ.Component { return packetPapers(r) }},
		{Label: "预检", NoLabel: true, Cell: func(r PacketRow) templ.Component { return packetVerdict(r) }},
		{Label: "法院退回的常见原因", Wide: true, Cell: func(r PacketRow) templ.Component { return packetReason(r) }},
	}
}
