package app

import (
	"maps"

	"fadu/internal/access"
	"fadu/internal/casework/decision"
	"fadu/internal/casework/dossier"
	"fadu/internal/casework/ending"
	"fadu/internal/casework/enforcement"
	"fadu/internal/casework/filing"
	"fadu/internal/casework/hearing"
	"fadu/internal/casework/inquiry"
	"fadu/internal/casework/measure"
	"fadu/internal/casework/notice"
	"fadu/internal/casework/numbers"
	"fadu/internal/casework/performance"
	"fadu/internal/casework/serving"
	"fadu/internal/jobs"
	"fadu/internal/legalreview"
	"fadu/internal/org"
	"fadu/internal/store"
)

// Desks are the desks of the ordinary procedure, in its order.
type Desks struct {
	Filing   *filing.Service
	Inquiry  *inquiry.Service
	Measure  *measure.Service
	Notice   *notice.Service
	Hearing  *hearing.Service
	Decision *decision.Service
	Review   *legalreview.Service
	Serving  *serving.Service
	Perform  *performance.Service
	Enforce  *enforcement.Service
	Ending   *ending.Service
	Numbers  *numbers.Service
	Dossier  *dossier.Service
}

// openDesks completes the kernel with its desks.
func (a *App) openDesks() {
	a.Filing, a.Inquiry, a.Notice, a.Hearing = filing.New(a.Cases), inquiry.New(a.Cases), notice.New(a.Cases), hearing.New(a.Cases)
	a.Measure, a.Decision = measure.New(a.Cases), decision.New(a.Cases, a.Notice.Heard)
	a.Notice.Drafted = a.Decision.Imposed
	a.Review = legalreview.New(a.Cases, a.Decision.Proposal)
	a.Review.Staff = reviewStaff
	a.Serving, a.Perform, a.Enforce, a.Ending = serving.New(a.Cases), performance.New(a.Cases), enforcement.New(a.Cases), ending.New(a.Cases)
	a.Numbers, a.Dossier = numbers.New(a.Cases), dossier.New(a.Cases)
	a.Cases.AddDesks(
		a.Filing.Desk(), a.Inquiry.Desk(), a.Measure.Desk(), a.Notice.Desk(), a.Hearing.Desk(), a.Decision.Desk(), a.Review.Desk(), a.Serving.Desk(), a.Perform.Desk(), a.Enforce.Desk(),
		a.Ending.Desk(),
	)
	a.linkSigning()
}

// work is what the program does by itself.
func (a *App) work() map[string]jobs.Handler {
	out := a.Cases.Jobs()
	for _, more := range []map[string]jobs.Handler{a.Powers.Jobs(), a.Terms.Jobs(), a.Serving.Jobs(), a.Measure.Jobs(), a.Exams.Jobs(), a.earnings()} {
		maps.Copy(out, more)
	}
	return out
}

// reviewStaff counts those who review decisions and the officers with a certificate.
func reviewStaff(tx *store.Tx) (out legalreview.Staff, err error) {
	if out.Officers, err = org.CertifiedOn(tx, tx.Today()); err == nil {
		out.Reviewers, err = access.InRole(tx, access.LegalReviewer)
	}
	return out, err
}
