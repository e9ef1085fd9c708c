package performance

import (
	"strings"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
)

type performanceAgreeBody struct {
	casework.OnVersion
	Duty      string    `json:"duty" doc:"没有履行的义务" ask:"need long 500"`
	Plan      string    `json:"plan" doc:"分阶段履行的约定" ask:"need long 1000"`
	Remedied  string    `json:"remedied,omitempty" doc:"当事人采取的补救措施" label:"采取的补救措施"`
	Waived    law.Money `json:"waived,omitempty" doc:"减免的加处罚款，采取补救措施的才可以" label:"减免的加处罚款"`
	Principal bool      `json:"principal,omitempty" doc:"协议减免了罚款本金"`
}

func (s *Service) agreeDeed() casework.Deed {
	return casework.NewDeed(s.cases, casework.DeedDef[performanceAgreeBody]{
		Act: "agree_execution", Submit: "登记执行协议", Done: "已登记执行协议", Explain: "在不损害公共利益和他人合法权益的情况下，可以约定分阶段履行；当事人采取补救措施的，可以减免加处的罚款。罚款本金不能减免。", When: "当事人愿意分阶段履行的",
		Presume: func(_ *store.Tx, _ access.Session, _ *casework.Case, f *law.Facts) error {
			f.SetBool(law.PrincipalReduced, false, "form")
			return nil
		},
		Command: s.agree,
	})
}

// agree is the only way in which a surcharge is waived: by who decides, after the party has mended what it did, and never
// more than there is (行政强制法第四十二条第一款).
func (s *Service) agree(by access.Session, in performanceAgreeBody) casework.Command {
	waived := ""
	switch {
	case in.Waived > 0:
		waived = in.Waived.Grouped() + " 元"
	case strings.TrimSpace(in.Remedied) != "":
		waived = "无"
	}
	return casework.Command{
		Note: in.Plan,
		Change: func(tx *store.Tx, c *casework.Case) error {
			st, err := s.reckon(tx, c, tx.Today())
			if err != nil {
				return err
			}
			var fs fault.Fields
			if in.Waived < 0 || in.Waived > st.Owed {
				fs.Add("waived", "加处罚款还有 %s 元，减免不能超过它", st.Owed.Grouped())
			}
			if in.Waived > 0 && strings.TrimSpace(in.Remedied) == "" {
				fs.Add("remedied", "当事人采取补救措施的，才可以减免加处的罚款（%s）。请写明补救措施", law.Cite("XZQZ", 42, 1).Han())
			}
			return fs.Err()
		},
		State: func(_ *store.Tx, _ *casework.Case, f *law.Facts) error {
			f.SetBool(law.PrincipalReduced, in.Principal, "form")
			return nil
		},
		Drafts: func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
			d, err := casework.DecidedOf(tx, c)
			return []casework.Draft{{Kind: "execution_agreement", Part: casework.ExecutionAgreement{Executed: d.Executed, DecidedOn: d.On, Duty: in.Duty, Plan: in.Plan, Remedied: in.Remedied, Waived: waived}}}, err
		},
		Write: func(tx *store.Tx, c *casework.Case, done casework.Done) error {
			if in.Waived == 0 {
				return nil
			}
			return casework.AddRow(tx, &Performance{
				ID: store.NewID(), Case: c.ID, Entry: int64(done.Entry), Duty: waiverDuty, DoneOn: tx.Today(), Done: true, Amount: in.Waived, Says: in.Plan, Proof: in.Remedied, Person: by.Person(), RecordedAt: store.Micros(tx.Now),
			})
		},
	}
}
