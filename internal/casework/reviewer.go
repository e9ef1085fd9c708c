package casework

import (
	"fadu/internal/law"
	"fadu/internal/law/timing"
	"fadu/internal/org"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// Reviewer is what the register says about somebody who reviews decisions (行政处罚法第五十八条第二款).
type Reviewer struct {
	// Beginner does not count among those who reviewed before a qualification was asked for; Qualified holds one on the day.
	Beginner, Qualified bool
}

// ReviewerOf reads the register.
func ReviewerOf(tx *store.Tx, person int64, on law.Date) (Reviewer, error) {
	q, err := org.LegalOf(tx, org.PersonID(person))
	return Reviewer{Beginner: q.Beginner(), Qualified: q.Qualified(on)}, err
}

// ReviewTaker is who took the review of the case that is under way; 0 while it waits in the queue.
func ReviewTaker(tx *store.Tx, id CaseID) (int64, error) {
	acts, err := Acts(tx, id)
	taker := int64(0)
	for _, a := range acts {
		taker = takerAfter(taker, a)
	}
	return taker, err
}

// ReviewTakers are the names of those who took the reviews of cases, without those that wait.
func ReviewTakers(tx *store.Tx, ids []CaseID) (map[CaseID]string, error) {
	out := map[CaseID]string{}
	if len(ids) == 0 {
		return out, nil
	}
	var acts []CaseAct
	if err := tx.DB().NewSelect().Model(&acts).Where("case_id IN (?)", bun.List(ids)).Order("id").Scan(tx.Ctx); err != nil {
		return nil, err
	}
	takers := map[CaseID]int64{}
	for _, a := range standing(acts) {
		takers[a.Case] = takerAfter(takers[a.Case], a)
	}
	var people []org.PersonID
	for _, p := range takers {
		people = append(people, org.PersonID(p))
	}
	names, err := org.PeopleNames(tx, people)
	for id, p := range takers {
		if p != 0 {
			out[id] = names[org.PersonID(p)]
		}
	}
	return out, err
}

func takerAfter(taker int64, a CaseAct) int64 {
	switch a.Act {
	case "take_review":
		return a.Person
	case "submit_review", "release_review", "withdraw_review", "stop_review":
		return 0
	}
	return taker
}

// holdReviews gives the term of each review to whoever took it, or to nobody while it waits (法制审核期限): the officers who sent it cannot
// keep it.
func holdReviews(acts []CaseAct, events []timing.Event) {
	at, taker := -1, int64(0)
	for i, a := range acts {
		if taker = takerAfter(taker, a); a.Act == "submit_review" {
			at = i
		}
		if at < 0 {
			continue
		}
		if events[at].Holder = taker; taker == 0 {
			events[at].Holder = timing.Unclaimed
		}
		if _, done := reviewOpinions[a.Act]; done {
			at = -1
		}
	}
}

var reviewOpinions = map[string]bool{"review_agree": true, "review_inquire": true, "review_amend": true, "review_transfer": true}
