package serving

import (
	"fadu/internal/law"
	"fadu/internal/law/calendar"
)

// Way is one of the eight ways of service; its value is the act that begins it.
type Way string

// The ways.
const (
	OnSpot     Way = "hand_over"
	Direct     Way = "serve_directly"
	Leaving    Way = "serve_by_leaving"
	Electronic Way = "serve_electronically"
	Entrusted  Way = "entrust_service"
	Posted     Way = "post"
	Forwarded  Way = "forward"
	Announced  Way = "announce"
)

// ways are all of them, in the order in which they are tried, with what receipts call them.
var ways = []struct {
	way   Way
	label string
}{
	{OnSpot, "当场交付"},
	{Direct, "直接送达"},
	{Leaving, "留置送达"},
	{Electronic, "电子送达"},
	{Entrusted, "委托送达"},
	{Posted, "邮寄送达"},
	{Forwarded, "转交送达"},
	{Announced, "公告送达"},
}

// Label is what receipts call the way.
func (w Way) Label() string {
	for _, x := range ways {
		if x.way == w {
			return x.label
		}
	}
	return ""
}

// Proof is what the file shows of a service, each day as its record names it; zero for what is not there.
type Proof struct {
	// Signed is the day that the receiver wrote on the receipt, or of the postal receipt.
	Signed law.Date
	// Left is the day on which the paper was left at the residence.
	Left law.Date
	// Arrived is the day on which it reached the system that the party named.
	Arrived law.Date
	// Announced is the day of the public notice.
	Announced law.Date
}

// announceTerm is the term of a public notice.
const announceTerm = "公告送达视为送达日"

// ServedOn is the day on which a paper counts as served, and whether it does by today. A letter or a commission that
// is under way serves nothing; a public notice does when its thirty days have passed (民事诉讼法第八十七条至第九十五条).
func ServedOn(way Way, p Proof, today law.Date, cal *calendar.Calendar) (law.Date, bool, error) {
	var on law.Date
	switch way {
	case OnSpot, Direct, Entrusted, Posted, Forwarded:
		on = p.Signed
	case Leaving:
		on = p.Left
	case Electronic:
		on = p.Arrived
	case Announced:
		if p.Announced.IsZero() {
			return law.Date{}, false, nil
		}
		d, err := cal.Due(announceTerm, p.Announced, 0)
		return d.Due, err == nil && today.After(d.Due), err
	}
	return on, !on.IsZero() && !on.After(today), nil
}
