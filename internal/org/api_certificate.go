package org

import (
	"context"
	"fmt"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/law"
	"fadu/internal/store"
)

// CertificateOut is a certificate for programs, with its standing of today.
type CertificateOut struct {
	ID          CertificateID   `json:"id"`
	Version     int64           `json:"version"`
	Person      PersonID        `json:"person"`
	Number      string          `json:"number"`
	Kind        CertificateKind `json:"kind"`
	Issuer      string          `json:"issuer"`
	Areas       string          `json:"areas"`
	Categories  []string        `json:"categories"`
	PrintedUnit string          `json:"printed_unit"`
	RevokedOn   law.Date        `json:"revoked_on"`
	Valid       bool            `json:"valid" doc:"今天是否有效"`
	Reasons     []string        `json:"reasons"`
	Warnings    []string        `json:"warnings"`
	Validities  []SpanOut       `json:"validities"`
	Suspensions []SpanOut       `json:"suspensions"`
	Checks      []CheckOut      `json:"checks"`
}

// CheckOut is an annual check.
type CheckOut struct {
	Year      int         `json:"year"`
	Result    CheckResult `json:"result"`
	CheckedOn law.Date    `json:"checked_on"`
	Note      string      `json:"note"`
}

func certificateOut(c Card, today law.Date, practice Practice) CertificateOut {
	at := c.On(today, "", practice)
	out := CertificateOut{
		ID: c.ID, Version: c.Version, Person: c.Person, Number: c.Number, Kind: c.Kind, Issuer: c.Issuer, Areas: AreaNames(c.Areas), Categories: append([]string{}, c.Categories...),
		PrintedUnit: c.PrintedUnit, RevokedOn: c.RevokedOn, Valid: at.Valid, Reasons: append([]string{}, at.Reasons...), Warnings: append([]string{}, at.Warnings...),
		Validities: []SpanOut{}, Suspensions: []SpanOut{}, Checks: []CheckOut{},
	}
	for _, v := range c.Validities {
		out.Validities = append(out.Validities, SpanOut{ID: fmt.Sprint(v.ID), From: v.From, Until: v.To})
	}
	for _, x := range c.Suspensions {
		out.Suspensions = append(out.Suspensions, SpanOut{ID: x.ID.String(), Version: x.Version, From: x.From, Until: x.Until, Text: x.Reason, Annulled: bool(x.Annulled)})
	}
	for _, k := range c.Checks {
		out.Checks = append(out.Checks, CheckOut{k.Year, k.Result, k.CheckedOn, k.Note})
	}
	return out
}

// CertificateEditBody corrects a certificate.
type CertificateEditBody struct {
	api.Seen
	CertificateEdit
}

// RenewBody adds a validity.
type RenewBody struct {
	api.Seen
	From law.Date `json:"from"`
	To   law.Date `json:"to" doc:"当天仍有效"`
}

// RevokeBody takes a certificate back.
type RevokeBody struct {
	DayBody
	How string `json:"how" doc:"收回、注销、作废"`
}

func certificateAct[B any](a *api.API, id, path, summary string, do func(context.Context, access.Session, CertificateID, B) error) {
	api.Act(a, api.Operation{ID: id, Path: "/org/certificates/{id}/" + path, Group: apiGroup, Allow: access.CertificateManage, Summary: summary}, "这本执法证", do)
}

func (s *Service) apiCertificates(a *api.API) {
	api.Get(a, api.Operation{ID: "getCertificate", Path: "/org/certificates/{id}", Group: apiGroup, Allow: access.OrgRead, Summary: "看一本执法证"},
		func(ctx context.Context, by access.Session, q api.One) (out CertificateOut, err error) {
			id, err := api.IDOf[CertificateID](q.ID, "这本执法证")
			if err != nil {
				return out, err
			}
			err = s.db.View(ctx, func(tx *store.Tx) error {
				c, _, err := cardIn(tx, by, id, access.OrgRead)
				if err != nil {
					return err
				}
				practice, err := PracticeOf(tx)
				out = certificateOut(c, tx.Today(), practice)
				return err
			})
			return out, err
		})
	api.Add(a, api.Operation{ID: "issueCertificate", Path: "/org/certificates", Group: apiGroup, Allow: access.CertificateManage, Summary: "登记执法证"}, s.Issue)
	certificateAct(a, "editCertificate", "edit", "更正执法证", func(ctx context.Context, by access.Session, id CertificateID, in CertificateEditBody) error {
		return s.EditCertificate(ctx, by, id, in.Version, in.CertificateEdit)
	})
	certificateAct(a, "renewCertificate", "renew", "换证、延期", func(ctx context.Context, by access.Session, id CertificateID, in RenewBody) error {
		return s.Renew(ctx, by, id, in.Version, in.From, in.To)
	})
	certificateAct(a, "revokeCertificate", "revoke", "收回、注销执法证", func(ctx context.Context, by access.Session, id CertificateID, in RevokeBody) error {
		return s.Revoke(ctx, by, id, in.Version, in.On, in.How, in.Reason)
	})
	certificateAct(a, "restoreCertificate", "restore", "撤销收回、注销", func(ctx context.Context, by access.Session, id CertificateID, in api.Reasoned) error {
		return s.AnnulRevocation(ctx, by, id, in.Version, in.Reason)
	})
}

// SuspendBody enters a suspension.
type SuspendBody struct {
	api.Seen
	SuspensionInput
}

// ResumeBody gives a certificate back; AnnulBody says that a suspension was entered in error.
type ResumeBody struct {
	api.Seen
	Suspension string   `json:"suspension" doc:"暂扣的编号"`
	On         law.Date `json:"on" doc:"发还的那一天"`
}

// AnnulBody says that a suspension was entered in error.
type AnnulBody struct {
	api.Reasoned
	Suspension string `json:"suspension" doc:"暂扣的编号"`
}

// AnnualCheckBody enters the result of an annual check.
type AnnualCheckBody struct {
	api.Seen
	CheckOut
}

func (s *Service) apiSuspensions(a *api.API) {
	const record = "这次暂扣"
	certificateAct(a, "suspendCertificate", "suspend", "暂扣执法证", func(ctx context.Context, by access.Session, id CertificateID, in SuspendBody) error {
		return s.Suspend(ctx, by, id, in.Version, in.SuspensionInput)
	})
	certificateAct(a, "resumeCertificate", "resume", "发还执法证", func(ctx context.Context, by access.Session, id CertificateID, in ResumeBody) error {
		n, err := api.IDOf[SuspensionID](in.Suspension, record)
		if err != nil {
			return err
		}
		return s.Resume(ctx, by, id, in.Version, n, in.On)
	})
	certificateAct(a, "annulSuspension", "annul-suspension", "撤销暂扣", func(ctx context.Context, by access.Session, id CertificateID, in AnnulBody) error {
		n, err := api.IDOf[SuspensionID](in.Suspension, record)
		if err != nil {
			return err
		}
		return s.AnnulSuspension(ctx, by, id, in.Version, n, in.Reason)
	})
	certificateAct(a, "checkCertificate", "check", "登记年度审验", func(ctx context.Context, by access.Session, id CertificateID, in AnnualCheckBody) error {
		return s.RecordCheck(ctx, by, id, in.Version, AnnualCheck{Year: in.Year, Result: in.Result, CheckedOn: in.CheckedOn, Note: in.Note})
	})
}
