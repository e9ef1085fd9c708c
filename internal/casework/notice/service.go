package notice

import (
	"context"
	"strings"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
)

// Service is the only way into this desk, for pages, calls and jobs alike.
type Service struct {
	cases *casework.Service
	// Drafted tells what is drafted to be decided, false while nothing is; app says how. Nil compares what the case proposes.
	Drafted func(tx *store.Tx, c *casework.Case) (casework.Imposed, bool, error)
}

// New returns the desk on the kernel.
func New(cases *casework.Service) *Service { return &Service{cases: cases} }

// IssueInput is what the notice says beyond the case: the proposal itself is the case's and cannot be worded here.
type IssueInput struct {
	Evidence string `json:"evidence" doc:"证明事实的证据"`
	Leniency string `json:"leniency" doc:"从轻、减轻、从重的情节，没有的不填"`
	Changed  string `json:"changed" doc:"重新告知的，变更了什么"`
	Contact  string `json:"contact" doc:"联系人和电话"`
	Address  string `json:"address" doc:"提出陈述申辩的地址"`
	// Apart tells of the right to a hearing in a paper of its own, where the bureau's forms want it.
	Apart bool `json:"apart,omitempty" doc:"听证权利另用行政处罚听证告知书告知；不选的在同一份告知书里告知"`
}

// Issue draws the prior notice up (行政处罚法第四十四条). It tells of the right to a hearing when the adopted thresholds say
// so; with none adopted an amount is no answer, which blocks.
func (s *Service) Issue(ctx context.Context, by access.Session, id casework.CaseID, version int64, in IssueInput) error {
	var told Told
	var need casework.HearingNeed
	var d casework.Draft
	row := &Notice{ID: store.NewID(), Case: id, Version: 1, State: Current}
	_, err := s.cases.Do(ctx, by, id, casework.Command{
		Act: "issue_notice", Version: version, Input: in,
		Change: func(tx *store.Tx, c *casework.Case) (err error) {
			if err = in.check(c); err != nil {
				return err
			}
			if told, err = s.proposed(tx, c); err != nil {
				return err
			}
			if need, err = s.cases.HearingNeed(tx, c, c.Gains, c.Goods, tx.Today()); err != nil {
				return err
			}
			earlier, err := s.earlier(tx, c)
			d = in.draft(told, c.Says(), need, earlier)
			if earlier != "" && strings.TrimSpace(in.Changed) == "" {
				return field("changed", "这是重新告知，请写明变更了什么")
			}
			row.Told, row.Tier, row.TellsHearing, row.Ground = told, c.Tier, need.Required == law.True, need.Ground
			return err
		},
		State: func(tx *store.Tx, c *casework.Case, f *law.Facts) error {
			stateNeed(f, need, c.ID.Subject())
			f.SetBool(law.HearingNotified, need.Required == law.True, "form")
			content, err := s.cases.ContentOf(tx, c, d)
			if err != nil {
				return err
			}
			missing, err := casework.MissingParts(content)
			f.SetList(law.MissingNoticeParts, missing, "form")
			return err
		},
		Drafts: func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
			out := []casework.Draft{d}
			if in.Apart && need.Required == law.True {
				out = append(out, in.hearingDraft(told, c.Says(), need, tx.Today()))
			}
			return out, nil
		},
		Write: func(tx *store.Tx, c *casework.Case, done casework.Done) error {
			if err := s.end(tx, c, Replaced, "重新告知", done); err != nil {
				return err
			}
			row.Entry, row.Paper, row.RecordedAt = int64(done.Entry), done.Papers[0], store.Micros(tx.Now)
			return insert(tx, row)
		},
	})
	return err
}

func (in IssueInput) check(c *casework.Case) error {
	var fs fault.Fields
	if c.Spares() {
		return fault.New(fault.Conflict, "拟定的是不予处罚，没有要告知的处罚。请拟定不予处罚决定；要处罚的退回补充调查，重新拟定")
	}
	if c.PowerCode == "" || c.Kinds == "" {
		return fault.New(fault.Conflict, "还没有拟定处罚。请退回补充调查，拟定处理意见")
	}
	need := func(name, value, message string) {
		if strings.TrimSpace(value) == "" {
			fs.Add(name, "%s", message)
		}
	}
	need("evidence", in.Evidence, "请列出证明事实的证据")
	need("contact", in.Contact, "请填写联系人和电话")
	need("address", in.Address, "请填写提出陈述申辩的地址")
	return fs.Err()
}

func field(name, message string) error {
	var fs fault.Fields
	fs.Add(name, "%s", message)
	return fs.Err()
}

// proposed is what the case proposes now, in the words of a notice.
func (s *Service) proposed(tx *store.Tx, c *casework.Case) (Told, error) {
	content, err := s.cases.ContentOf(tx, c, casework.Draft{Kind: casework.PenaltyNotice})
	return Told{Kinds: c.Kinds, Amount: c.Amount, Gains: c.Gains, Goods: c.Goods, Contents: c.Contents, Facts: content.FactText, Violated: content.Violated, Basis: content.Basis}, err
}

// earlier is the number of the notice that a new one replaces; "" for the first.
func (s *Service) earlier(tx *store.Tx, c *casework.Case) (string, error) {
	all, err := notices(tx, c.ID)
	if err != nil {
		return "", err
	}
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].State != Replaced {
			continue
		}
		p, err := paper(tx, c.ID, all[i].Paper)
		if err != nil || p == nil {
			return "", err
		}
		return p.DocNo, nil
	}
	return "", nil
}

// paper is the paper of a notice.
func paper(tx *store.Tx, id casework.CaseID, want casework.PaperID) (*casework.Paper, error) {
	all, err := casework.Papers(tx, id)
	for i := range all {
		if all[i].ID == want {
			return &all[i], err
		}
	}
	return nil, err
}

// WhyInput is an act that needs only its reason.
type WhyInput struct {
	Why string `json:"why" doc:"理由"`
}

// Void voids a notice before its service; its number stays used.
func (s *Service) Void(ctx context.Context, by access.Session, id casework.CaseID, version int64, in WhyInput) error {
	why := strings.TrimSpace(in.Why)
	_, err := s.cases.Do(ctx, by, id, casework.Command{
		Act: "void_notice", Version: version, Note: why, Input: in,
		State: func(tx *store.Tx, c *casework.Case, f *law.Facts) error {
			f.SetBool(law.ReasonRecorded, why != "", "form")
			n, err := current(tx, c.ID)
			if err != nil || n == nil {
				return err
			}
			p, err := paper(tx, c.ID, n.Paper)
			if p != nil {
				f.SetBool(law.Delivered, p.State == casework.PaperDelivered, p.ID.Subject())
			}
			return err
		},
		Write: func(tx *store.Tx, c *casework.Case, done casework.Done) error {
			for _, k := range []casework.PaperKind{casework.PenaltyNotice, hearingRightKind} {
				if err := casework.VoidLast(tx, c.ID, k, why, done.Entry); err != nil {
					return err
				}
			}
			return s.end(tx, c, Voided, why, done)
		},
	})
	return err
}

// end takes the notice that counts out of force.
func (s *Service) end(tx *store.Tx, c *casework.Case, to State, why string, done casework.Done) error {
	n, err := current(tx, c.ID)
	if err != nil || n == nil {
		return err
	}
	n.State, n.EndedWhy, n.Entry = to, why, int64(done.Entry)
	return saveNotice(tx, n)
}

// Again takes the case back to be told anew, when facts, grounds or the penalty get worse for the party.
func (s *Service) Again(ctx context.Context, by access.Session, id casework.CaseID, version int64, in WhyInput) error {
	return s.back(ctx, by, id, version, "notify_again", in)
}

// InvestigateAgain takes the case back to the investigation; what was told is told anew after it.
func (s *Service) InvestigateAgain(ctx context.Context, by access.Session, id casework.CaseID, version int64, in WhyInput) error {
	return s.back(ctx, by, id, version, "investigate_again", in)
}

func (s *Service) back(ctx context.Context, by access.Session, id casework.CaseID, version int64, act string, in WhyInput) error {
	why := strings.TrimSpace(in.Why)
	_, err := s.cases.Do(ctx, by, id, casework.Command{
		Act: act, Version: version, Note: why, Input: in,
		Change: func(*store.Tx, *casework.Case) error {
			if why == "" {
				return field("why", "请写明理由")
			}
			return nil
		},
		Write: func(tx *store.Tx, c *casework.Case, done casework.Done) error {
			return s.end(tx, c, Replaced, why, done)
		},
	})
	return err
}
