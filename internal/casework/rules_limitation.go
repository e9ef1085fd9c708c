package casework

import "fadu/internal/law"

// An act that stayed undiscovered for two years is no longer punished; five where life, health or finance
// were harmed. The term runs from the act, or from the end of one that went on (行政处罚法第三十六条). Its
// last day is the corresponding day of the year and is not moved.
var limitationRules = []law.Rule{
	{
		ID: "XZCF-36", Name: "超过处罚时效的不再处罚",
		Actions: []law.Action{ActPunish, ActAskFiling},
		Cite:    law.Citations{xzcf(36, 1), xzcf(36, 2)}, From: penaltyLaw2021, Check: withinLimitation,
	},
}

func withinLimitation(r *law.Reading) law.Outcome {
	limit, ok := limitationYears(r)
	if !ok {
		return law.NotStated()
	}
	from := limitationStart(r)
	if from.open {
		return law.NotStated()
	}
	if from.going {
		return law.Pass()
	}
	last := from.day.AddMonths(12 * int(limit.Value))
	found, known := r.Day(law.Discovered)
	if !known || found.IsZero() {
		found = r.Date // found today at the latest, or not found yet
	}
	switch late := found.After(last); {
	case !late:
		return law.Pass()
	case !known || from.earliest:
		return law.NotStated()
	}
	return law.RefuseBecause("自%s起算的 %d 年处罚时效到%s届满，到%s才发现，不再给予处罚。请按超过时效办理",
		from.day.Han(), limit.Value, last.Han(), found.Han())
}

// limitationYears is two years unless the longer term is claimed.
func limitationYears(r *law.Reading) (law.LegalNumber, bool) {
	if r.Claimed(law.LifeHealthFinance) == law.True {
		return law.Limit("limitation_extended", r.Date)
	}
	return law.Limit("limitation", r.Date)
}

// termStart is the day from which the term runs. going: the act goes on and the term has not begun.
// earliest: the day is only known to be no later than the true one. open: the file does not say.
type termStart struct {
	day                   law.Date
	going, earliest, open bool
}

// limitationStart reads the dates of the act. An end counts unless the act is stated not to have gone on;
// a null end is an act that has not ended; a null beginning says nothing.
func limitationStart(r *law.Reading) termStart {
	goesOn := law.Unknown
	if r.Stated(law.Continuing) {
		goesOn = r.Is(law.Continuing)
	}
	var start, end law.Date
	if r.Stated(law.ViolationStart) {
		start, _ = r.Day(law.ViolationStart)
	}
	endStated := r.Stated(law.ViolationEnd)
	if endStated {
		end, _ = r.Day(law.ViolationEnd)
	}
	switch {
	case goesOn == law.False && !start.IsZero():
		return termStart{day: start}
	case !end.IsZero():
		return termStart{day: end}
	case endStated && goesOn != law.False:
		return termStart{going: true}
	}
	r.Has(law.ViolationEnd)
	if start.IsZero() {
		r.Has(law.ViolationStart)
		return termStart{open: true}
	}
	return termStart{day: start, earliest: goesOn == law.True}
}
