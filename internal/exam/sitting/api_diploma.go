package sitting

import (
	"context"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/law"
	"fadu/internal/web"
)

// DiplomaOut is a certificate for programs.
type DiplomaOut struct {
	ID        string   `json:"id"`
	Exam      string   `json:"exam" doc:"考试的编号"`
	Title     string   `json:"title" doc:"考试名称"`
	Candidate string   `json:"candidate"`
	Name      string   `json:"name"`
	Number    string   `json:"number"`
	Code      string   `json:"code" doc:"验证码"`
	SatOn     law.Date `json:"sat_on"`
	IssuedOn  law.Date `json:"issued_on"`
	ValidTo   law.Date `json:"valid_to,omitempty" doc:"不给的是长期"`
	RevokedOn law.Date `json:"revoked_on,omitempty"`
	Reason    string   `json:"reason,omitempty"`
	State     Worth    `json:"state" enum:"valid,expired,revoked"`
}

// DiplomasQuery chooses certificates.
type DiplomasQuery struct {
	Q     string `query:"q" doc:"姓名或者编号"`
	State string `query:"state" enum:"valid,expired,revoked" doc:"状态"`
	Exam  string `query:"exam" doc:"考试的编号"`
	After string `query:"after" doc:"接着哪一页"`
}

// CheckedOut is what anybody is told about a certificate.
type CheckedOut struct {
	Known    bool     `json:"known"`
	State    Worth    `json:"state,omitempty" enum:"valid,expired,revoked"`
	Name     string   `json:"name,omitempty" doc:"只显示姓"`
	Number   string   `json:"number,omitempty"`
	Title    string   `json:"title,omitempty" doc:"考试名称"`
	SatOn    law.Date `json:"sat_on,omitempty"`
	IssuedOn law.Date `json:"issued_on,omitempty"`
	ValidTo  law.Date `json:"valid_to,omitempty"`
	Demo     bool     `json:"demo" doc:"演示证书，没有效力"`
}

// CheckQuery is the code of a certificate.
type CheckQuery struct {
	Code string `path:"code" doc:"证书上的验证码"`
}

func (s *Service) diplomaOut(d Diploma) DiplomaOut {
	return DiplomaOut{
		ID: d.ID.String(), Exam: d.Sitting.String(), Title: d.Exam, Candidate: d.Candidate.String(), Name: d.Name, Number: d.Number, Code: d.Code, SatOn: d.SatOn,
		IssuedOn: d.IssuedOn, ValidTo: d.ValidTo, RevokedOn: d.RevokedOn, Reason: d.Reason, State: d.On(law.DateOf(s.DB.Now())),
	}
}

// diplomaAPI adds the calls of certificates.
func (s *Service) diplomaAPI(a *api.API) {
	take := access.ExamTake
	api.Get(a, api.Operation{ID: "listExamDiplomas", Path: "/exam-diplomas", Group: apiGroup, Allow: take, Summary: "合格证书"},
		func(ctx context.Context, by access.Session, in DiplomasQuery) (out api.List[DiplomaOut], err error) {
			f := DiplomaFilter{Q: in.Q, Worth: Worth(in.State)}
			if in.Exam != "" {
				if f.Sitting, err = api.IDOf[SittingID](in.Exam, nounSitting); err != nil {
					return out, err
				}
			}
			ds, prev, next, err := s.Diplomas(ctx, by, f, in.After)
			return api.ListOf(ds, prev, next, s.diplomaOut), err
		})
	api.Get(a, api.Operation{ID: "getExamDiploma", Path: "/exam-diplomas/{id}", Group: apiGroup, Allow: take, Summary: "一份合格证书"},
		func(ctx context.Context, by access.Session, in api.One) (out DiplomaOut, err error) {
			id, err := api.IDOf[DiplomaID](in.ID, nounDiploma)
			if err != nil {
				return out, err
			}
			d, err := s.Diploma(ctx, by, id)
			return s.diplomaOut(d), err
		})
	api.File(a, api.Operation{ID: "printExamDiploma", Path: "/exam-diplomas/{id}/pdf", Group: apiGroup, Allow: take, Summary: "合格证书的 PDF", Detail: "每取一次入账"},
		[]string{"application/pdf"}, []api.Param{{Name: "id", Doc: "编号"}}, s.sendDiploma)
	api.Get(a, api.Operation{ID: "checkExamDiploma", Path: "/diplomas/{code}", Group: apiGroup, Allow: access.Public, Summary: "合格证书验真"},
		func(ctx context.Context, _ access.Session, in CheckQuery) (CheckedOut, error) {
			c, err := s.CheckDiploma(ctx, in.Code)
			if err != nil || !c.Known {
				return CheckedOut{Demo: c.Demo}, err
			}
			d := c.Diploma
			return CheckedOut{Known: true, State: c.Worth, Name: web.MaskName(d.Name), Number: d.Number, Title: d.Exam, SatOn: d.SatOn, IssuedOn: d.IssuedOn, ValidTo: d.ValidTo, Demo: c.Demo}, nil
		})
}
