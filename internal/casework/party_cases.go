package casework

import (
	"fmt"
	"strings"

	"fadu/internal/law"
	"fadu/internal/store"
)

// A party has no number of its own: it is whoever has the identity number or credit code that one of its cases keeps
// (Party.PartyKey). Its page is found by such a case, so that no number of a person stands in an address or a log.

// PartyCases is what the bureau has of one party.
type PartyCases struct {
	// By is the case by which the party was found, Party whom it names, as the session may see it.
	By    CaseID
	Party Party
	// Known: the identity is established, so that the party's cases are told from those of its namesakes; else there is By
	// alone.
	Known bool
	Sums  PartySums
	// Page are its cases in the scope, newest first; Owing is what of their fines is not paid.
	Page  Page
	Owing map[CaseID]law.Money
	// History is what the whole city has of the last two years: power by power, and the matters of units outside the scope
	// with day, cause, result and unit only. Nil for who handles no cases.
	History *PartyHistory
}

// PartySums are sums over a party's cases in a scope.
type PartySums struct {
	Cases int `bun:"cases" json:"cases" doc:"案件和线索数"`
	Open  int `bun:"open_cases" json:"open" doc:"在办"`
	// Punished are delivered penalties that were not revoked.
	Punished int       `bun:"punished" json:"punished" doc:"已经送达、没有撤销的处罚"`
	Fined    law.Money `bun:"fined" json:"fined" doc:"这些处罚的罚款合计"`
	Owing    law.Money `bun:"owing" json:"owing" doc:"没有缴清的罚款"`
}

// PartyHistory is what is counted for 首违 and repeated violations.
type PartyHistory struct {
	Since  law.Date      `json:"since"`
	Powers []PartyPower  `json:"powers"`
	Others []EarlierCase `json:"-"`
	// More: there is more than was looked at.
	More bool `json:"more"`
}

// PartyPower is how often the party did what one power is about.
type PartyPower struct {
	Code string `json:"code"`
	Name string `json:"name"`
	// Punished and Spared are decisions served, and matters in which the violation stood and nothing was imposed.
	Punished int `json:"punished" doc:"已送达的决定"`
	Spared   int `json:"spared" doc:"不予立案、不予处罚的"`
	// Last is the day of the latest.
	Last law.Date `json:"last"`
}

// First says whether a further violation of the kind would be the first of two years.
func (p PartyPower) First() string {
	if p.Punished+p.Spared == 0 {
		return "两年内没有"
	}
	return fmt.Sprintf("两年内已有 %d 次，再有的不是首次", p.Punished+p.Spared)
}

// earlierMost is how many earlier matters a look-up finds.
const earlierMost = 50

// partyHistory counts the matters by power; those in the scope are shown in the list of cases.
// lineage are the codes of a power over the changes of the law; the conduct is counted once for all, under the code met first.
func partyHistory(all []EarlierCase, since law.Date, lineage map[string][]string, inScope func(EarlierCase) bool) *PartyHistory {
	out := &PartyHistory{Since: since, More: len(all) == earlierMost}
	at := map[string]int{}
	for _, e := range all {
		if !inScope(e) {
			out.Others = append(out.Others, e)
		}
		if e.PowerCode == "" {
			continue
		}
		i, ok := at[e.PowerCode]
		if !ok {
			i = len(out.Powers)
			at[e.PowerCode] = i
			for _, code := range lineage[e.PowerCode] {
				if _, known := at[code]; !known {
					at[code] = i
				}
			}
			out.Powers = append(out.Powers, PartyPower{Code: e.PowerCode, Name: e.PowerName})
		}
		p := &out.Powers[i]
		if strings.TrimSpace(e.Kinds) != "" && e.DecidedOn != "" && e.State != Declined {
			p.Punished++
		} else {
			p.Spared++
		}
		if on := law.DateOf(store.FromMicros(e.FoundAt)); on.After(p.Last) {
			p.Last = on
		}
	}
	return out
}
