package inquiry

import (
	"context"
	"slices"
	"strings"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
)

// CommissionInput gives something out to be tested or appraised.
type CommissionInput struct {
	Kind          string           `json:"kind" doc:"种类" ask:"need radio"`
	Body          string           `json:"body" doc:"受委托机构" ask:"need 100"`
	Qualification string           `json:"qualification" doc:"机构的资质证书号" ask:"100"`
	Qualified     bool             `json:"qualified" doc:"已查看资质证书，在有效期内，项目在资质范围内"`
	Things        []casework.Thing `json:"things" doc:"样品、检材" ask:"need"`
	Questions     string           `json:"questions" doc:"委托事项和要求" ask:"need long"`
	On            law.Date         `json:"on" doc:"委托日期" ask:"need now"`
	Due           law.Date         `json:"due" doc:"报告期限" ask:"need"`
	Seizure       string           `json:"seizure" doc:"扣押的财物" ask:"select" hint:"送检的是查封、扣押的财物时选择：期间不计入查封、扣押期限，同时出具期间告知书"`
}

var appraisalKinds = []string{"检测", "检验", "检疫", "技术鉴定"}

// Commission gives something out to be tested (55号令第十八条、第二十九条). Its paper is what the excluded time rests on.
func (s *Service) Commission(ctx context.Context, by access.Session, id casework.CaseID, version int64, in CommissionInput) error {
	row := &Appraisal{ID: store.NewID(), Version: 1}
	var seizure *casework.CaseAct
	_, err := s.cases.Do(ctx, by, id, casework.Command{
		Act: "commission", Version: version, On: in.On, Named: in.Due, For: in.Seizure, Note: joined(in.Kind, in.Body), Input: in,
		Row: func(*store.Tx, *casework.Case) (string, error) { return row.Of(), nil },
		Change: func(tx *store.Tx, c *casework.Case) (err error) {
			if err := in.check(tx.Today()); err != nil || in.Seizure == "" {
				return err
			}
			seizure, err = seized(tx, c, in.Seizure)
			if err == nil && seizure == nil {
				return faultIf(true, "seizure", "没有这项查封、扣押，或者已经解除")
			}
			return err
		},
		State: func(_ *store.Tx, _ *casework.Case, f *law.Facts) error {
			f.SetBool(law.CommissionWritten, true, "form") // drawn up with the act
			f.SetBool(law.BodyQualified, in.Qualified && strings.TrimSpace(in.Qualification) != "", "form")
			return nil
		},
		Drafts: func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) { return in.drafts(tx, c, seizure) },
		Write: func(tx *store.Tx, c *casework.Case, done casework.Done) error {
			row.Case, row.Entry, row.Kind, row.Body, row.Qualification = c.ID, int64(done.Entry), in.Kind, strings.TrimSpace(in.Body), strings.TrimSpace(in.Qualification)
			row.Subject, row.SeizureOf, row.CommissionedOn, row.Paper = named(in.Things), in.Seizure, in.On, done.Papers[0]
			return insert(tx, row)
		},
	})
	return err
}

func (in CommissionInput) check(today law.Date) error {
	if err := casework.Lacking(in); err != nil {
		return err
	}
	var fs fault.Fields
	if !slices.Contains(appraisalKinds, in.Kind) {
		fs.Add("kind", "请选择检测、检验、检疫或者技术鉴定")
	}
	if in.On != today { // what is not counted in a term begins with the paper, which is of today (55号令第二十九条；行政强制法第二十五条第三款)
		fs.Add("on", "委托书今天出具，委托日期是 %s。没有委托书的期间不扣除", today.Han())
	}
	if in.Due.Before(in.On) {
		fs.Add("due", "报告期限不能早于委托日期")
	}
	return fs.Err()
}

func (in CommissionInput) drafts(tx *store.Tx, c *casework.Case, seizure *casework.CaseAct) ([]casework.Draft, error) {
	out := []casework.Draft{{Kind: "appraisal_commission", Part: casework.AppraisalCommission{
		Things: casework.Things{Things: in.Things}, Body: in.Body, Qualification: in.Qualification, Kind: in.Kind, Questions: in.Questions, Due: in.Due,
	}}}
	if seizure == nil {
		return out, nil
	}
	number, err := numberOf(tx, c.ID, seizure.Paper)
	return append(out, casework.Draft{Kind: "appraisal_time_notice", Part: casework.AppraisalTimeNotice{
		Decision: number, MeasureOn: seizure.On, Kind: in.Kind, Body: in.Body, From: in.On, Until: in.Due,
	}}), err
}

func numberOf(tx *store.Tx, id casework.CaseID, paper casework.PaperID) (string, error) {
	all, err := casework.Papers(tx, id)
	for _, p := range all {
		if p.ID == paper {
			return p.DocNo, err
		}
	}
	return "", err
}

// seized finds the act by which a seizure began that has not ended.
func seized(tx *store.Tx, c *casework.Case, of string) (*casework.CaseAct, error) {
	open, err := seizures(tx, c)
	for i, a := range open {
		if a.Of == of {
			return &open[i], err
		}
	}
	return nil, err
}

// seizures are the acts by which the case's seizures that have not ended began.
func seizures(tx *store.Tx, c *casework.Case) ([]casework.CaseAct, error) {
	all, err := casework.Acts(tx, c.ID)
	var out []casework.CaseAct
	for _, a := range all {
		switch a.Act {
		case "seize", "seize_at_once":
			out = append(out, a)
		case "release", "lapse_seizure", "settle_seizure", "hand_over_seized":
			out = slices.DeleteFunc(out, func(b casework.CaseAct) bool { return b.Of == a.Of })
		}
	}
	return out, err
}

// ResultInput is what came back.
type ResultInput struct {
	Appraisal string   `json:"appraisal" doc:"委托" ask:"select" hint:"只有一项时可以不选"`
	ResultOn  law.Date `json:"result_on" doc:"收到结果的日期" ask:"need now"`
	Report    string   `json:"report" doc:"报告编号" ask:"need 60"`
	Result    string   `json:"result" doc:"结果" ask:"need long"`
	Purpose   string   `json:"purpose" doc:"证明目的" ask:"need"`
}

// objectionDays is how long the party may object to a result, as the bureau's notice says it.
const objectionDays = "五个工作日"

// Receive takes in the result of a test and draws the notice up by which the party is told; what is not served is no evidence yet (55号令第十八条).
func (s *Service) Receive(ctx context.Context, by access.Session, id casework.CaseID, version int64, in ResultInput) error {
	var row *Appraisal
	cmd := casework.Command{Act: "receive_result", Version: version, On: in.ResultOn, Of: in.Appraisal, Note: joined(in.Report, in.Result), Input: in}
	cmd.Row = func(tx *store.Tx, c *casework.Case) (of string, err error) {
		if row, err = pending(tx, c.ID, in.Appraisal); row != nil {
			of = row.Of()
		}
		return of, err
	}
	cmd.Change = func(tx *store.Tx, _ *casework.Case) error {
		if err := casework.Lacking(in); err != nil {
			return err
		}
		switch {
		case row == nil:
			return faultIf(true, "appraisal", "没有这项委托，或者已经收到结果")
		case in.ResultOn.Before(row.CommissionedOn) || in.ResultOn.After(tx.Today()):
			return faultIf(true, "result_on", "收到结果的日期在委托之后、今天以前")
		}
		return nil
	}
	cmd.State = func(_ *store.Tx, _ *casework.Case, f *law.Facts) error {
		f.SetBool(law.BodyQualified, row.Qualification != "", "case/"+id.String())
		return nil
	}
	cmd.Drafts = func(*store.Tx, *casework.Case) ([]casework.Draft, error) {
		return []casework.Draft{{Kind: "appraisal_result_notice", Part: casework.AppraisalResultNotice{Body: row.Body, Kind: row.Kind, Report: in.Report, Result: in.Result, Days: objectionDays}}}, nil
	}
	cmd.Write = func(tx *store.Tx, c *casework.Case, done casework.Done) error {
		row.Entry, row.ResultOn, row.ReportNo, row.Result = int64(done.Entry), in.ResultOn, in.Report, in.Result
		row.Version++
		if err := save(tx, row, row.Version-1, "这项委托"); err != nil {
			return err
		}
		return number(tx, c, done, []Evidence{{
			Kind: Appraised, Title: row.Kind + "报告（" + in.Report + "）", Purpose: in.Purpose, Source: row.Body + "受本机关委托出具", ObtainedOn: in.ResultOn, Paper: done.Papers[0],
		}})
	}
	_, err := s.cases.Do(ctx, by, id, cmd)
	return err
}

// pending finds an appraisal whose result has not come, "" the only one; nil when there is none.
func pending(tx *store.Tx, id casework.CaseID, of string) (*Appraisal, error) {
	all, err := ofCase[Appraisal](tx, id)
	return only(slices.DeleteFunc(all, func(a Appraisal) bool { return !a.out() || of != "" && a.Of() != of })), err
}

// only is the single row of a list, nil otherwise.
func only[R any](rows []R) *R {
	if len(rows) != 1 {
		return nil
	}
	return &rows[0]
}
