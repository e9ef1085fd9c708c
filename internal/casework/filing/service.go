package filing

import (
	"context"
	"strings"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/org"
	"fadu/internal/store"
)

// Service is the only way into this desk, for pages, calls and jobs alike.
type Service struct{ cases *casework.Service }

// New returns the desk on the kernel.
func New(cases *casework.Service) *Service { return &Service{cases} }

// TakeUp begins the check of a lead, or of a case that left the street (转普通程序).
func (s *Service) TakeUp(ctx context.Context, by access.Session, id casework.CaseID, version int64) error {
	_, err := s.cases.Do(ctx, by, id, casework.Command{
		Act: "take_up", Version: version,
		Change: func(_ *store.Tx, c *casework.Case) error {
			c.Ending, c.EndingNote = "", "" // the row of to_ordinary keeps why it left the street
			return nil
		},
	})
	return err
}

// AssignInput names the two officers of the case.
type AssignInput struct {
	Lead   org.PersonID `json:"lead" doc:"主办执法人员"`
	Assist org.PersonID `json:"assist" doc:"协办执法人员"`
	Why    string       `json:"why,omitempty" doc:"更换人员时的原因"`
}

// Assign names the two officers, or replaces them. Both hold certificates valid on the day and for the place
// (行政处罚法第四十二条第一款).
func (s *Service) Assign(ctx context.Context, by access.Session, id casework.CaseID, version int64, in AssignInput) error {
	_, err := s.cases.Do(ctx, by, id, casework.Command{
		Act: "assign", Version: version, Note: strings.TrimSpace(in.Why), Input: in,
		Change: func(tx *store.Tx, c *casework.Case) error {
			var fs fault.Fields
			if in.Lead == 0 {
				fs.Add("lead", "请选择主办执法人员")
			}
			if in.Assist == 0 || in.Assist == in.Lead {
				fs.Add("assist", "请选择协办执法人员，不能和主办是同一个人")
			}
			replaced := c.Lead != 0 && (c.Lead != int64(in.Lead) || c.Assist != int64(in.Assist))
			if replaced && strings.TrimSpace(in.Why) == "" {
				fs.Add("why", "请写明更换的原因")
			}
			if err := fs.Err(); err != nil {
				return err
			}
			organ, err := org.SubjectFor(tx, c.UnitID, tx.Today())
			c.Lead, c.Assist, c.Organ = int64(in.Lead), int64(in.Assist), int64(organ.ID)
			return err
		},
	})
	return err
}

// Record records what a check of the lead found, with its paper.
func (s *Service) Record(ctx context.Context, by access.Session, id casework.CaseID, version int64, in CheckInput) error {
	_, err := s.cases.Do(ctx, by, id, casework.Command{
		Act: "check", Version: version, On: in.On, Input: in,
		Change: func(tx *store.Tx, c *casework.Case) error {
			if in.On.IsZero() {
				in.On = tx.Today()
			}
			c.ActFrom, c.ActUntil = in.ActFrom, in.ActUntil
			return in.check(c, tx.Today())
		},
		Drafts: func(_ *store.Tx, c *casework.Case) ([]casework.Draft, error) {
			return checkRecord(c, in.row(c, casework.Done{}, by.Person(), 0)), nil
		},
		Write: func(tx *store.Tx, c *casework.Case, done casework.Done) error {
			return insert(tx, in.row(c, done, by.Person(), store.Micros(tx.Now)))
		},
	})
	return err
}

// ExtendInput grants more time for the check.
type ExtendInput struct {
	Days    int    `json:"days" doc:"延长的工作日，至多十个"`
	Complex bool   `json:"complex" doc:"情况复杂"`
	Why     string `json:"why" doc:"为什么复杂"`
}

// Extend grants more time for the check, once, while the term runs (55号令第十五条).
func (s *Service) Extend(ctx context.Context, by access.Session, id casework.CaseID, version int64, in ExtendInput) error {
	_, err := s.cases.Do(ctx, by, id, casework.Command{
		Act: "extend_check", Version: version, Days: in.Days, Note: strings.TrimSpace(in.Why), Input: in,
		Change: func(*store.Tx, *casework.Case) error {
			var fs fault.Fields
			if in.Days <= 0 {
				fs.Add("days", "请填写延长几个工作日")
			}
			if strings.TrimSpace(in.Why) == "" {
				fs.Add("why", "请写明情况为什么复杂")
			}
			return fs.Err()
		},
		State: func(tx *store.Tx, c *casework.Case, f *law.Facts) error {
			f.SetNumber(law.ExtensionDays, int64(in.Days), "form")
			f.SetBool(law.ComplexSituation, in.Complex, "form")
			return s.stateExpiry(tx, c, f)
		},
		Drafts: func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
			clock, err := s.running(tx, c)
			if err != nil {
				return nil, err
			}
			return checkExtension(tx, c, by, in, clock, s.cases.Calendar)
		},
	})
	return err
}

// stateExpiry states whether the term of the check still runs.
func (s *Service) stateExpiry(tx *store.Tx, c *casework.Case, f *law.Facts) error {
	clock, err := s.running(tx, c)
	f.SetBool(law.BeforeExpiry, clock != nil && !clock.Overdue(tx.Today()), c.ID.Subject())
	return err
}

// AskInput applies for the filing.
type AskInput struct {
	Opinion string `json:"opinion" doc:"承办人意见"`
}

// Ask applies to the head for the filing: the application gets its number, which becomes the case's.
func (s *Service) Ask(ctx context.Context, by access.Session, id casework.CaseID, version int64, in AskInput) error {
	_, err := s.cases.Do(ctx, by, id, casework.Command{
		Act: "ask_filing", Version: version, Note: strings.TrimSpace(in.Opinion), Input: in,
		Drafts: func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
			k, err := last(tx, c.ID)
			if err != nil {
				return nil, err
			}
			return filingApproval(tx, c, k, in)
		},
	})
	return err
}

// DecideInput is what the head writes under the application.
type DecideInput struct {
	Note string `json:"note" doc:"审批意见"`
}

// Approve files the case (行政处罚法第五十四条第二款): the term of the decision begins. Whoever heads the bureau
// approves by doing it.
func (s *Service) Approve(ctx context.Context, by access.Session, id casework.CaseID, version int64, in DecideInput) error {
	cmd := approval(by, "", in.Note)
	cmd.Version, cmd.Input = version, in
	_, err := s.cases.Do(ctx, by, id, cmd)
	return err
}

func approval(by access.Session, _, note string) casework.Command {
	return casework.Command{
		Act: "approve_filing", Note: strings.TrimSpace(note),
		Change: func(tx *store.Tx, c *casework.Case) error {
			papers, err := casework.Papers(tx, c.ID)
			for _, p := range papers {
				if p.Kind == filingApprovalKind && p.State != casework.PaperVoid {
					c.CaseNo = p.DocNo
				}
			}
			c.FiledOn = tx.Today()
			return err
		},
		State: headApproves(by),
	}
}

func headApproves(by access.Session) func(*store.Tx, *casework.Case, *law.Facts) error {
	return func(_ *store.Tx, c *casework.Case, f *law.Facts) error {
		f.SetBool(law.ApprovedByHead, casework.HeadsBureau(by), c.ID.Subject())
		return nil
	}
}

// ReturnInput sends the application back.
type ReturnInput struct {
	Why string `json:"why" doc:"退回的理由"`
}

// Return sends the application back to the check; its number stays used, with the reason.
func (s *Service) Return(ctx context.Context, by access.Session, id casework.CaseID, version int64, in ReturnInput) error {
	why := strings.TrimSpace(in.Why)
	_, err := s.cases.Do(ctx, by, id, casework.Command{
		Act: "return_filing", Version: version, Note: why, Input: in,
		Change: func(*store.Tx, *casework.Case) error {
			return wanted("why", why, "请写明为什么退回、还要核查什么")
		},
		Write: func(tx *store.Tx, c *casework.Case, done casework.Done) error {
			return casework.VoidLast(tx, c.ID, filingApprovalKind, "退回继续核查："+why, done.Entry)
		},
	})
	return err
}

// DeclineInput decides not to file.
type DeclineInput struct {
	Why    string   `json:"why" doc:"不予立案的理由"`
	ToldOn law.Date `json:"told_on" doc:"告知具名举报人的日期；没有告知的不填"`
}

// Decline decides not to file the case, with the notice to an informant who left a name (55号令第十五条).
func (s *Service) Decline(ctx context.Context, by access.Session, id casework.CaseID, version int64, in DeclineInput) error {
	why := strings.TrimSpace(in.Why)
	_, err := s.cases.Do(ctx, by, id, casework.Command{
		Act: "decline_filing", Version: version, Note: why, Named: in.ToldOn, Input: in,
		Change: func(tx *store.Tx, c *casework.Case) error {
			c.Ending, c.EndingNote = "not_filed", why
			if in.ToldOn.After(tx.Today()) {
				return wanted("told_on", "", "告知的日期不能晚于今天")
			}
			return wanted("why", why, "请写明核查情况和不予立案的理由")
		},
		State: func(tx *store.Tx, c *casework.Case, f *law.Facts) error {
			f.SetBool(law.ReasonRecorded, why != "", "form")
			f.SetBool(law.InformantTold, !in.ToldOn.IsZero(), "form")
			return headApproves(by)(tx, c, f)
		},
		Drafts: func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
			k, err := last(tx, c.ID)
			if err != nil {
				return nil, err
			}
			return noFiling(tx, c, by, k, why)
		},
		Write: func(tx *store.Tx, c *casework.Case, done casework.Done) error {
			return casework.VoidLast(tx, c.ID, filingApprovalKind, "不予立案："+why, done.Entry)
		},
	})
	return err
}

func wanted(field, value, message string) error {
	if value != "" {
		return nil
	}
	var fs fault.Fields
	fs.Add(field, "%s", message)
	return fs.Err()
}
