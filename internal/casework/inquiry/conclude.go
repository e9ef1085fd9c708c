package inquiry

import (
	"context"
	"strings"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
)

// ConcludeInput is what the closing report says beyond the records (55号令第二十条).
type ConcludeInput struct {
	Course     string `json:"course" doc:"案件来源和调查经过" ask:"need long 2000"`
	Views      string `json:"views" doc:"当事人的意见和改正情况" ask:"need long"`
	Over       string `json:"nothing_to_correct" doc:"没有责令改正的理由" hint:"违法行为已经终了、没有可以改正的，写明；已经责令改正的不填"`
	Discretion string `json:"discretion" doc:"裁量的理由" ask:"need long"`
	Departure  string `json:"departure" doc:"偏离裁量基准的理由" ask:"300" hint:"没有偏离的不填"`
	Proposal   string `json:"proposal" doc:"处理意见" ask:"need long"`
	Measures   string `json:"measures" doc:"登记保存、查封、扣押财物的去向" ask:"need 300" hint:"没有的写无"`
	Crime      string `json:"crime" doc:"是否涉嫌犯罪的判断" ask:"need 300"`
}

const reportKind casework.PaperKind = "closing_report"

// report is the closing report, with the evidence on which the case rests.
func (s *Service) report(tx *store.Tx, c *casework.Case, in ConcludeInput) (casework.Draft, error) {
	need, err := s.cases.HearingNeed(tx, c, c.Gains, c.Goods, tx.Today()) // as the notice will judge it
	if err != nil {
		return casework.Draft{}, err
	}
	all, err := pieces(tx, c.ID)
	part := casework.ClosingReport{
		FiledOn: c.FiledOn, Course: in.Course, Facts: c.FactText, Views: joined(in.Views, in.Over), Discretion: in.Discretion, Departure: in.Departure,
		Penalty: c.Says(), Spared: c.Spares(), Proposal: in.Proposal, Measures: in.Measures, Crime: in.Crime, Hearing: need.Required == law.True, HearingGround: need.Ground,
	}
	for _, p := range admitted(all) {
		part.Proofs.Proofs = append(part.Proofs.Proofs, casework.Proof{Name: p.Title, Pages: p.Pages, Source: p.Source, Proves: p.proves()})
	}
	return casework.Draft{Kind: reportKind, Part: part}, err
}

// Conclude asks for the end of the investigation with its report (行政处罚法第五十七条第一款；55号令第二十条).
func (s *Service) Conclude(ctx context.Context, by access.Session, id casework.CaseID, version int64, in ConcludeInput) error {
	var draft casework.Draft
	_, err := s.cases.Do(ctx, by, id, casework.Command{
		Act: "conclude", Version: version, Note: strings.TrimSpace(in.Proposal), Input: in,
		Change: func(tx *store.Tx, c *casework.Case) (err error) {
			if err := casework.Lacking(in); err != nil {
				return err
			}
			draft, err = s.report(tx, c, in)
			return err
		},
		State: func(tx *store.Tx, c *casework.Case, f *law.Facts) error {
			if strings.TrimSpace(in.Over) != "" {
				f.SetBool(law.NothingToCorrect, true, "form")
			}
			missing, err := s.cases.DraftLacks(tx, c, draft)
			if fault.KindOf(err) != "" { // no power that applies: the report cannot name what was violated
				missing, err = []string{err.Error()}, nil
			}
			f.SetList(law.MissingReportParts, missing, c.ID.Subject())
			return err
		},
		Drafts: func(*store.Tx, *casework.Case) ([]casework.Draft, error) { return []casework.Draft{draft}, nil },
	})
	return err
}

// ApproveInput is what is written under the report.
type ApproveInput struct {
	Note string `json:"note" doc:"审批意见" ask:"300"`
}

// Approve agrees that the investigation is at its end.
func (s *Service) Approve(ctx context.Context, by access.Session, id casework.CaseID, version int64, in ApproveInput) error {
	_, err := s.cases.Do(ctx, by, id, casework.Command{Act: "approve_conclusion", Version: version, Note: strings.TrimSpace(in.Note), Input: in})
	return err
}

// ReturnInput sends the report back.
type ReturnInput struct {
	Why string `json:"why" doc:"退回的理由" ask:"need long 500" hint:"还要补充调查什么"`
}

// Return sends the case back to the investigation; the report is void.
func (s *Service) Return(ctx context.Context, by access.Session, id casework.CaseID, version int64, in ReturnInput) error {
	why := strings.TrimSpace(in.Why)
	_, err := s.cases.Do(ctx, by, id, casework.Command{
		Act: "return_conclusion", Version: version, Note: why, Input: in,
		Change: func(*store.Tx, *casework.Case) error { return casework.Lacking(in) },
		Write: func(tx *store.Tx, c *casework.Case, done casework.Done) error {
			return casework.VoidLast(tx, c.ID, reportKind, "退回补充调查："+why, done.Entry)
		},
	})
	return err
}
