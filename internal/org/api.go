package org

import (
	"context"
	"strconv"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/web"
)

const apiGroup = "人员、执法证和执法主体"

// API adds the operations of people, certificates and 执法主体. They call what the pages call, with the
// pages' permissions; numbers of identity and telephone are masked as on pages.
func (s *Service) API(a *api.API) {
	s.apiPeople(a)
	s.apiPersonActs(a)
	s.apiPostings(a)
	s.apiCertificates(a)
	s.apiSuspensions(a)
	s.apiSubjects(a)
	s.imports.API(a, "org", "/org/import", apiGroup, access.OrgImport)
}

// PersonOut is a person for programs, with the standing of today.
type PersonOut struct {
	ID          PersonID      `json:"id"`
	Version     int64         `json:"version"`
	Name        string        `json:"name"`
	StaffNumber string        `json:"staff_number"`
	Kind        PersonKind    `json:"kind"`
	Unit        access.UnitID `json:"unit"`
	UnitName    string        `json:"unit_name"`
	Phone       string        `json:"phone" doc:"隐去中间几位"`
	LeftOn      law.Date      `json:"left_on"`
	Certified   bool          `json:"certified" doc:"今天能否办案"`
	Reasons     []string      `json:"reasons" doc:"不能办案的原因"`
}

func personOut(p Person, unit string, st OfficerStatus) PersonOut {
	return PersonOut{p.ID, p.Version, p.Name, p.StaffNumber, p.Kind, p.UnitID, unit, web.MaskPhone(p.Phone), p.LeftOn, st.Certified, append([]string{}, st.Reasons...)}
}

// SpanOut is a posting, an absence, a validity or a suspension: both days included, no until is open.
type SpanOut struct {
	ID       string   `json:"id"`
	Version  int64    `json:"version,omitempty"`
	From     law.Date `json:"from"`
	Until    law.Date `json:"until"`
	Text     string   `json:"text,omitempty" doc:"职务、原因"`
	Unit     string   `json:"unit,omitempty" doc:"机构编号"`
	Annulled bool     `json:"annulled"`
}

// PersonDetail is a person with postings, absences and certificates.
type PersonDetail struct {
	PersonOut
	Note string `json:"note"`
	LegalQualification
	Postings     []SpanOut        `json:"postings"`
	Absences     []SpanOut        `json:"absences"`
	Certificates []CertificateOut `json:"certificates"`
}

type personQuery struct {
	Words   string `query:"q" doc:"姓名、工号、执法证编号"`
	Unit    string `query:"unit" doc:"机构及其下级"`
	Kind    string `query:"kind" doc:"officer、auxiliary、other"`
	Holding string `query:"holding" doc:"valid、lacking、soon90、soon30、soon7、suspended"`
	Left    string `query:"left" doc:"1：查已离职的"`
	After   string `query:"after" doc:"上一页答复里 next 的值"`
}

func (s *Service) apiPeople(a *api.API) {
	api.Get(a, api.Operation{ID: "listPeople", Path: "/org/people", Group: apiGroup, Allow: access.OrgRead, Summary: "查人员"},
		func(ctx context.Context, by access.Session, q personQuery) (out api.List[PersonOut], err error) {
			if q.Left != "" && q.Left != "0" && q.Left != "1" {
				return out, fault.New(fault.Invalid, "left：1 是查已离职的，0 或者不填是在册的")
			}
			unit, _ := strconv.ParseInt(q.Unit, 10, 64)
			f := PersonFilter{Unit: access.UnitID(unit), Kind: PersonKind(q.Kind), Holding: Holding(q.Holding), Words: q.Words, Left: q.Left == "1"}
			err = s.db.View(ctx, func(tx *store.Tx) error {
				page, err := People(tx, by.ScopeFor(access.OrgRead), f, q.After)
				out = api.ListOf(page.People, page.Prev, page.Next, func(p Person) PersonOut { return personOut(p, page.Units[p.UnitID], page.Statuses[p.ID]) })
				return err
			})
			return out, err
		})
	api.Get(a, api.Operation{ID: "getPerson", Path: "/org/people/{id}", Group: apiGroup, Allow: access.OrgRead, Summary: "看一个人的任职、离岗和执法证"},
		func(ctx context.Context, by access.Session, q api.One) (out PersonDetail, err error) {
			id, err := api.IDOf[PersonID](q.ID, "这个人")
			if err != nil {
				return out, err
			}
			err = s.db.View(ctx, func(tx *store.Tx) error {
				d, err := dossierOf(tx, by.ScopeFor(access.OrgRead), id)
				if err != nil {
					return err
				}
				practice, err := PracticeOf(tx)
				out = personDetail(d, tx.Today(), practice)
				return err
			})
			return out, err
		})
}

func personDetail(d dossier, today law.Date, practice Practice) PersonDetail {
	out := PersonDetail{PersonOut: personOut(d.Person, d.UnitNames[d.Person.UnitID], d.status(today, "", practice)), Note: d.Person.Note, LegalQualification: d.Person.LegalQualification, Postings: []SpanOut{}, Absences: []SpanOut{}, Certificates: []CertificateOut{}}
	for _, p := range d.Postings {
		out.Postings = append(out.Postings, SpanOut{p.ID.String(), p.Version, p.From, p.Until, p.Post, p.UnitID.String(), bool(p.Annulled)})
	}
	for _, x := range d.Absences {
		out.Absences = append(out.Absences, SpanOut{x.ID.String(), x.Version, x.From, x.Until, x.Reason, "", bool(x.Annulled)})
	}
	for _, c := range d.Cards {
		out.Certificates = append(out.Certificates, certificateOut(c, today, practice))
	}
	return out
}

// PersonBody enters a person.
type PersonBody struct {
	PersonInput
	Identity string `json:"identity" doc:"公民身份号码，可以不填"`
}

// PersonEditBody changes a person's particulars.
type PersonEditBody struct {
	api.Seen
	PersonEdit
	Identity string `json:"identity" doc:"不填是不改"`
}

// DayBody names a day, with the version and a reason.
type DayBody struct {
	api.Reasoned
	On law.Date `json:"on"`
}

// AbsentBody enters an absence.
type AbsentBody struct {
	api.Reasoned
	From  law.Date `json:"from"`
	Until law.Date `json:"until" doc:"不知道哪天回来的不填"`
}

// BackBody ends an absence.
type BackBody struct {
	api.Seen
	Absence string   `json:"absence" doc:"离岗的编号"`
	On      law.Date `json:"on" doc:"回来的那一天"`
}

// IdentityBody asks for an identity number in full; IdentityOut has it.
type IdentityBody struct {
	Reason string `json:"reason" doc:"为什么要看"`
}

// IdentityOut is an identity number in full.
type IdentityOut struct {
	Identity string `json:"identity"`
}

func personAct[B any](a *api.API, id, path, summary string, do func(context.Context, access.Session, PersonID, B) error) {
	api.Act(a, api.Operation{ID: id, Path: "/org/people/{id}/" + path, Group: apiGroup, Allow: access.PersonManage, Summary: summary}, "这个人", do)
}

func (s *Service) apiPersonActs(a *api.API) {
	api.Add(a, api.Operation{ID: "addPerson", Path: "/org/people", Group: apiGroup, Allow: access.PersonManage, Summary: "登记人员"},
		func(ctx context.Context, by access.Session, in PersonBody) (PersonID, error) {
			in.PersonInput.Identity = in.Identity
			return s.AddPerson(ctx, by, in.PersonInput)
		})
	personAct(a, "editPerson", "edit", "修改人员资料", func(ctx context.Context, by access.Session, id PersonID, in PersonEditBody) error {
		in.PersonEdit.Identity = in.Identity
		return s.EditPerson(ctx, by, id, in.Version, in.PersonEdit)
	})
	personAct(a, "leavePerson", "leave", "登记离职", func(ctx context.Context, by access.Session, id PersonID, in DayBody) error {
		return s.Leave(ctx, by, id, in.Version, in.On, in.Reason)
	})
	personAct(a, "returnPerson", "return", "撤销离职", func(ctx context.Context, by access.Session, id PersonID, in api.Reasoned) error {
		return s.Return(ctx, by, id, in.Version, in.Reason)
	})
	personAct(a, "absentPerson", "absent", "登记离岗", func(ctx context.Context, by access.Session, id PersonID, in AbsentBody) error {
		return s.Absent(ctx, by, id, in.Version, in.From, in.Until, in.Reason)
	})
	personAct(a, "backPerson", "back", "登记回岗", func(ctx context.Context, by access.Session, id PersonID, in BackBody) error {
		absence, err := api.IDOf[AbsenceID](in.Absence, "这次离岗")
		if err != nil {
			return err
		}
		return s.Back(ctx, by, id, in.Version, absence, in.On)
	})
	personAct(a, "transferPerson", "transfer", "调动", func(ctx context.Context, by access.Session, id PersonID, in TransferBody) error {
		return s.Transfer(ctx, by, id, in.Version, in.TransferInput)
	})
	api.Post(a, api.Operation{ID: "showIdentity", Path: "/org/people/{id}/identity", Group: apiGroup, Allow: access.PersonManage, Summary: "写明理由，看完整的公民身份号码", Detail: "谁、什么时候、为什么看，先记入办案留痕，再给出内容"},
		func(ctx context.Context, by access.Session, text string, in IdentityBody) (out api.Made[IdentityOut], err error) {
			id, err := api.IDOf[PersonID](text, "这个人")
			if err != nil {
				return out, err
			}
			out.Body.Identity, err = s.ShowIdentity(ctx, by, id, in.Reason)
			return out, err
		})
}

// TransferBody moves somebody to another unit.
type TransferBody struct {
	api.Seen
	TransferInput
}

// PostingBody corrects a posting.
type PostingBody struct {
	api.Seen
	PostingEdit
}

func (s *Service) apiPostings(a *api.API) {
	op := func(id, path, summary string) api.Operation {
		return api.Operation{ID: id, Path: "/org/postings/{id}/" + path, Group: apiGroup, Allow: access.PersonManage, Summary: summary, Detail: "version 是任职记录的版本"}
	}
	api.Act(a, op("correctPosting", "correct", "更正任职"), "这段任职", func(ctx context.Context, by access.Session, id PostingID, in PostingBody) error {
		return s.CorrectPosting(ctx, by, id, in.Version, in.PostingEdit)
	})
	api.Act(a, op("annulPosting", "annul", "撤销任职"), "这段任职", func(ctx context.Context, by access.Session, id PostingID, in api.Reasoned) error {
		return s.AnnulPosting(ctx, by, id, in.Version, in.Reason)
	})
}
