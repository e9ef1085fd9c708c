package hearing

import (
	"context"
	"strings"
	"time"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
)

// Postpone takes the day back (延期); a new one is set by Schedule.
func (s *Service) Postpone(ctx context.Context, by access.Session, id casework.CaseID, version int64, in TextInput) error {
	return s.putOff(ctx, by, id, version, "postpone_hearing", "延期", in)
}

// Pause stands the hearing still (中止).
func (s *Service) Pause(ctx context.Context, by access.Session, id casework.CaseID, version int64, in TextInput) error {
	return s.putOff(ctx, by, id, version, "pause_hearing", "中止", in)
}

func (s *Service) putOff(ctx context.Context, by access.Session, id casework.CaseID, version int64, act, kind string, in TextInput) error {
	return s.do(ctx, by, id, version, in.Hearing, step{
		Command: casework.Command{Act: act, Note: strings.TrimSpace(in.Text), Input: in},
		change: func(*store.Tx, *casework.Case, *Hearing) error {
			return wanted("text", in.Text, "请写明"+kind+"的理由")
		},
		drafts: func(_ *store.Tx, _ *casework.Case, h *Hearing) []casework.Draft {
			was := "尚未确定"
			if h.PlannedAt != 0 {
				was = h.planned()
			}
			return []casework.Draft{{Kind: postponementKind, Part: casework.HearingPostponement{Was: was, Kind: kind, Reason: in.Text}}}
		},
	})
}

// Resume goes on after a pause; the party is called anew by Schedule, seven working days ahead.
func (s *Service) Resume(ctx context.Context, by access.Session, id casework.CaseID, version int64, in TextInput) error {
	return s.do(ctx, by, id, version, in.Hearing, step{
		Command: casework.Command{Act: "resume_hearing", Note: strings.TrimSpace(in.Text), Input: in},
	})
}

// Withdraw records that the party withdrew its request, in writing.
func (s *Service) Withdraw(ctx context.Context, by access.Session, id casework.CaseID, version int64, in TextInput) error {
	return s.do(ctx, by, id, version, in.Hearing, step{
		Command: casework.Command{Act: "withdraw_hearing", Note: strings.TrimSpace(in.Text), Input: in},
		change: func(*store.Tx, *casework.Case, *Hearing) error {
			return wanted("text", in.Text, "请照当事人的书面申请写明撤回的理由")
		},
		drafts: func(_ *store.Tx, _ *casework.Case, h *Hearing) []casework.Draft {
			return []casework.Draft{{Kind: withdrawalKind, Part: casework.HearingWithdrawal{AskedOn: h.AskedOn, Reason: in.Text}}}
		},
		write: func(h *Hearing, _ casework.Done) { h.EndedWhy = strings.TrimSpace(in.Text) },
	})
}

// RecordInput is the record of a hearing, in its four steps.
type RecordInput struct {
	Hearing    ID        `json:"hearing" doc:"听证"`
	From       time.Time `json:"from" doc:"开始时间"`
	Until      time.Time `json:"until" doc:"结束时间"`
	Present    string    `json:"present" doc:"当事人、代理人到场情况"`
	Opening    string    `json:"opening" doc:"宣布纪律、流程，告知回避权，当事人是否申请回避"`
	Accusation string    `json:"accusation" doc:"调查人员提出的事实、证据和建议"`
	Defence    string    `json:"defence" doc:"当事人的申辩和质证"`
	Final      string    `json:"final" doc:"双方的最后陈述"`
	Signed     bool      `json:"signed" doc:"笔录经当事人或者代理人核对签名，拒签的由主持人注明"`
	Absent     bool      `json:"absent,omitempty" doc:"终止听证：当事人无正当理由缺席或者擅自退场"`
}

// lacking are the steps that were not taken (55号令第三十四条).
func (in RecordInput) lacking() []string {
	out := []string{}
	for _, h := range []struct{ name, text string }{
		{"宣布纪律、流程和告知回避权", in.Opening}, {"调查人员提出事实、证据和建议", in.Accusation}, {"当事人申辩和质证", in.Defence}, {"双方总结陈述", in.Final},
	} {
		if strings.TrimSpace(h.text) == "" {
			out = append(out, h.name)
		}
	}
	return out
}

func (in RecordInput) check(tx *store.Tx, h *Hearing) error {
	var fs fault.Fields
	if in.From.IsZero() || in.Until.IsZero() || !in.Until.After(in.From) || in.Until.After(tx.Now.Add(time.Minute)) {
		fs.Add("from", "请填写开始和结束时间，结束不能早于开始、不能晚于现在")
	} else if planned := law.DateOf(store.FromMicros(h.PlannedAt)); h.PlannedAt != 0 && law.DateOf(in.From) != planned {
		fs.Add("from", "通知的听证日期是%s，改了日期的要重新通知", planned.Han())
	}
	if strings.TrimSpace(in.Present) == "" {
		fs.Add("present", "请写明谁到场、谁没有到场")
	}
	return fs.Err()
}

func (in RecordInput) draft(h *Hearing) casework.Draft {
	const minute = "2006年1月2日15时4分"
	return casework.Draft{Kind: recordKind, Part: casework.HearingRecord{
		Session: casework.Session{From: in.From.In(law.Zone).Format(minute), Until: in.Until.In(law.Zone).Format(minute), At: h.Place, Recorder: h.Clerk},
		Closed:  h.ClosedWhy, Host: h.Host, Panel: lines(h.Panel), Present: in.Present, Agents: lines(h.Agents), Thirds: h.thirds(), Opening: in.Opening, Accusation: in.Accusation, Defence: in.Defence, Final: in.Final,
	}}
}

// Hold records that the hearing was held.
func (s *Service) Hold(ctx context.Context, by access.Session, id casework.CaseID, version int64, in RecordInput) error {
	return s.do(ctx, by, id, version, in.Hearing, step{
		Command: casework.Command{Act: "hold_hearing", On: law.DateOf(in.From), Input: in},
		change: func(tx *store.Tx, c *casework.Case, h *Hearing) error {
			if err := in.check(tx, h); err != nil {
				return err
			}
			told, err := casework.LastPaper(tx, c.ID, casework.PenaltyNotice) // one asked for before a new notice is held about that
			if told != nil && told.State == casework.PaperDelivered {
				h.Told = told.ID
			}
			return err
		},
		state: func(tx *store.Tx, c *casework.Case, h *Hearing, f *law.Facts) error {
			f.SetList(law.MissingHearingSteps, in.lacking(), "form")
			f.SetBool(law.PagesSigned, in.Signed, "form")
			if err := s.stateHost(tx, c, h, f); err != nil {
				return err
			}
			if err := s.stateSeats(tx, c, h, f); err != nil {
				return err
			}
			return s.stateNotice(tx, c, h, law.DateOf(in.From), f)
		},
		drafts: func(_ *store.Tx, _ *casework.Case, h *Hearing) []casework.Draft { return []casework.Draft{in.draft(h)} },
		write: func(h *Hearing, done casework.Done) {
			h.HeldOn, h.Record = law.DateOf(in.From), done.Papers[0]
		},
	})
}

// stateNotice states how many full working days lay between the service of the notices and the hearing, of the party's and of each third
// party's the fewest; none while one is not served (行政处罚法第六十四条第二项).
func (s *Service) stateNotice(tx *store.Tx, c *casework.Case, h *Hearing, held law.Date, f *law.Facts) error {
	papers, err := casework.Papers(tx, c.ID)
	if err != nil {
		return err
	}
	least := -1
	for _, want := range append(paperIDs(h.ThirdPapers), h.Notice) {
		between := 0
		for _, p := range papers {
			if p.ID == want && p.State == casework.PaperDelivered && held.After(p.ServedOn()) {
				if between, err = s.cases.Calendar.WorkdaysBetween(p.ServedOn(), held); err != nil {
					return err
				}
			}
		}
		if least < 0 || between < least {
			least = between
		}
	}
	between := least
	f.SetNumber(law.HearingNoticeDays, int64(between), h.Notice.Subject())
	return nil
}

// End ends a hearing that the party stayed away from or left without reason; the record says so (行政处罚法第六十四条第六项).
func (s *Service) End(ctx context.Context, by access.Session, id casework.CaseID, version int64, in RecordInput) error {
	return s.do(ctx, by, id, version, in.Hearing, step{
		Command: casework.Command{Act: "end_hearing", On: law.DateOf(in.From), Input: in},
		change: func(tx *store.Tx, _ *casework.Case, h *Hearing) error {
			if !in.Absent { // the rule answers whether the duty to end arises; without it the hearing goes on
				return wanted("absent", "", "没有无正当理由缺席或者擅自退场的，听证继续进行。不能举行的办理延期、中止或者撤回")
			}
			return in.check(tx, h)
		},
		state: func(tx *store.Tx, c *casework.Case, h *Hearing, f *law.Facts) error {
			f.SetBool(law.AbsentWithoutReason, in.Absent, "form")
			if err := s.stateHost(tx, c, h, f); err != nil {
				return err
			}
			if err := s.stateSeats(tx, c, h, f); err != nil {
				return err
			}
			return s.stateNotice(tx, c, h, law.DateOf(in.From), f)
		},
		drafts: func(_ *store.Tx, _ *casework.Case, h *Hearing) []casework.Draft {
			out := in
			for _, text := range []*string{&out.Opening, &out.Accusation, &out.Defence, &out.Final} {
				if strings.TrimSpace(*text) == "" {
					*text = "因当事人" + in.Present + "，没有进行"
				}
			}
			return []casework.Draft{out.draft(h)}
		},
		write: func(h *Hearing, done casework.Done) {
			h.Record, h.EndedWhy = done.Papers[0], strings.TrimSpace(in.Present)
		},
	})
}

// ReportInput is the report on a hearing.
type ReportInput struct {
	Hearing    ID     `json:"hearing" doc:"听证"`
	Facts      string `json:"facts" doc:"案件基本情况"`
	Accusation string `json:"accusation" doc:"调查人员的主张和证据"`
	Defence    string `json:"defence" doc:"当事人的主张和证据"`
	Findings   string `json:"findings" doc:"质证和认定"`
	Proposal   string `json:"proposal" doc:"处理意见和建议"`
	Attached   bool   `json:"attached" doc:"附听证笔录"`
}

// Report draws the report up on the record (行政处罚法第六十五条).
func (s *Service) Report(ctx context.Context, by access.Session, id casework.CaseID, version int64, in ReportInput) error {
	return s.do(ctx, by, id, version, in.Hearing, step{
		Command: casework.Command{Act: "report_hearing", Input: in},
		state: func(_ *store.Tx, _ *casework.Case, h *Hearing, f *law.Facts) error {
			f.SetBool(law.HearingRecordAttached, in.Attached && h.Record != 0, h.Record.Subject())
			return nil
		},
		drafts: func(_ *store.Tx, _ *casework.Case, h *Hearing) []casework.Draft {
			return []casework.Draft{{Kind: reportKind, About: h.Record, Part: casework.HearingReport{When: h.planned(), At: h.Place, Host: h.Host, Panel: lines(h.Panel), Facts: in.Facts, Accusation: in.Accusation, Defence: in.Defence, Findings: in.Findings, Proposal: in.Proposal}}}
		},
		change: func(tx *store.Tx, _ *casework.Case, h *Hearing) error {
			h.ReportedOn = tx.Today()
			return nil
		},
	})
}
