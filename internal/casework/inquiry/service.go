package inquiry

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

// Service is the only way into this desk, for pages, calls and jobs alike.
type Service struct{ cases *casework.Service }

// New returns the desk on the kernel.
func New(cases *casework.Service) *Service { return &Service{cases} }

// SummonInput calls somebody to an interview.
type SummonInput struct {
	When  time.Time `json:"when" doc:"询问时间" ask:"need"`
	Where string    `json:"where" doc:"询问地点" ask:"need 100"`
	Bring string    `json:"bring" doc:"请携带的材料"`
}

// Summon calls the party to an interview (行政处罚法第五十五条第二款).
func (s *Service) Summon(ctx context.Context, by access.Session, id casework.CaseID, version int64, in SummonInput) error {
	_, err := s.cases.Do(ctx, by, id, casework.Command{
		Act: "summon", Version: version, Note: in.When.In(law.Zone).Format("2006-01-02 15:04") + " " + strings.TrimSpace(in.Where), Input: in,
		Change: func(tx *store.Tx, _ *casework.Case) error {
			if err := casework.Lacking(in); err != nil {
				return err
			}
			return faultIf(in.When.Before(tx.Now), "when", "询问时间应当在现在之后")
		},
		Drafts: func(*store.Tx, *casework.Case) ([]casework.Draft, error) {
			return []casework.Draft{{Kind: casework.InquiryNotice, Fields: map[string]string{"when": minute(in.When), "where": strings.TrimSpace(in.Where), "bring": strings.TrimSpace(in.Bring)}}}, nil
		},
	})
	return err
}

// AssistanceInput asks another body for help.
type AssistanceInput struct {
	To      string   `json:"to" doc:"协助机关" ask:"need 100"`
	Contact string   `json:"contact" doc:"本机关联系人" ask:"need 60"`
	Due     law.Date `json:"due" doc:"函复期限" ask:"need"`
	Wanted  string   `json:"wanted" doc:"协助事项" ask:"need long"`
}

// AskAssistance asks another body for help with the investigation (行政处罚法第二十六条).
func (s *Service) AskAssistance(ctx context.Context, by access.Session, id casework.CaseID, version int64, in AssistanceInput) error {
	_, err := s.cases.Do(ctx, by, id, casework.Command{
		Act: "ask_assistance", Version: version, Note: strings.TrimSpace(in.To), Input: in,
		Change: func(tx *store.Tx, _ *casework.Case) error {
			if err := casework.Lacking(in); err != nil {
				return err
			}
			return faultIf(in.Due.Before(tx.Today()), "due", "函复期限不能早于今天")
		},
		Drafts: func(*store.Tx, *casework.Case) ([]casework.Draft, error) {
			return []casework.Draft{{Kind: "assistance_letter", Part: casework.AssistanceLetter{To: in.To, Wanted: in.Wanted, Due: in.Due, Contact: in.Contact}}}, nil
		},
	})
	return err
}

// RequestInput asks whoever has evidence to hand it over.
type RequestInput struct {
	Holder string   `json:"holder" doc:"持有证据的单位或者个人" ask:"need 100"`
	Wanted string   `json:"wanted" doc:"要提供的证据" ask:"need long 500"`
	Due    law.Date `json:"due" doc:"限期提供的日期" ask:"need"`
}

// Request asks for evidence before it is had; what comes is entered by itself (行政处罚法第五十五条；55号令第十七条).
func (s *Service) Request(ctx context.Context, by access.Session, id casework.CaseID, version int64, in RequestInput) error {
	_, err := s.cases.Do(ctx, by, id, casework.Command{
		Act: "request_evidence", Version: version, Note: joined(in.Holder, in.Wanted), Input: in,
		Change: func(tx *store.Tx, _ *casework.Case) error {
			if err := casework.Lacking(in); err != nil {
				return err
			}
			return faultIf(in.Due.Before(tx.Today()), "due", "限期提供的日期不能早于今天")
		},
		Drafts: func(*store.Tx, *casework.Case) ([]casework.Draft, error) {
			return []casework.Draft{{Kind: "evidence_request", Part: casework.EvidenceRequest{Holder: in.Holder, Wanted: in.Wanted, Due: in.Due}}}, nil
		},
	})
	return err
}

// faultIf is one fault of a field, or nil.
func faultIf(wrong bool, field, format string, args ...any) error {
	if !wrong {
		return nil
	}
	var fs fault.Fields
	fs.Add(field, format, args...)
	return fs.Err()
}

// minute is a time as papers print it.
func minute(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(law.Zone).Format("2006年1月2日15时04分")
}

// stated is what records were made with, as forms tick it; every act of the investigation states it for its guards.
type stated struct {
	shown, pages, corrections bool
}

func (st stated) put(f *law.Facts) {
	f.SetBool(law.RecordMade, true, "form") // drawn up with the act
	f.SetBool(law.ShowedID, st.shown, "form")
	f.SetBool(law.PagesSigned, st.pages, "form")
	f.SetBool(law.CorrectionsInitialled, st.corrections, "form")
}

// past refuses an act that would be done in the future or before the lead was found, and the end before the beginning.
func past(tx *store.Tx, c *casework.Case, from, until time.Time) error {
	switch {
	case from.After(tx.Now.Add(2 * time.Minute)):
		return faultIf(true, "began", "开始时间不能晚于现在")
	case from.Before(c.Found().Truncate(time.Minute)):
		return faultIf(true, "began", "开始时间不能早于发现线索的时间 %s", c.Found().Format("2006-01-02 15:04"))
	case !until.IsZero() && !until.After(from):
		return faultIf(true, "ended", "结束时间要晚于开始时间")
	case until.After(tx.Now.Add(2 * time.Minute)):
		return faultIf(true, "ended", "结束时间不能晚于现在")
	}
	return nil
}
