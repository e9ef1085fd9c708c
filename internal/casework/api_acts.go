package casework

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/org"
	"fadu/internal/store"
	"fadu/internal/web"
)

// photoBody bounds a photograph with its Base64 third, signatureBody a drawn signature.
const (
	photoBody     = 16 << 20
	signatureBody = 2 << 20
)

// OfficersBody names the two officers.
type OfficersBody struct {
	OnVersion
	Lead   org.PersonID `json:"lead" doc:"主办执法人员"`
	Assist org.PersonID `json:"assist" doc:"协办执法人员"`
	Why    string       `json:"why" doc:"更换人员时的原因"`
}

// PartyBody records the party.
type PartyBody struct {
	OnVersion
	PartyInput
}

// AmendLeadBody corrects the lead.
type AmendLeadBody struct {
	OnVersion
	LeadAmendment
}

// StepBody records a step on the street.
type StepBody struct {
	OnVersion
	Kind   StepKind     `json:"kind" doc:"show_id、tell、hear、review、correct、recheck、measure、footage、educate、recusal"`
	DoneAt time.Time    `json:"done_at" doc:"实施时间，不填是现在"`
	Person org.PersonID `json:"person" doc:"实施的执法人员，不填是主办"`
	Text   string       `json:"text"`
	Detail string       `json:"detail" doc:"correct：on_spot 或 by_date；measure：数值；footage：音像编号"`
	Due    law.Date     `json:"due" doc:"限期改正的期限"`
}

func (b StepBody) input() StepInput {
	return StepInput{Kind: b.Kind, DoneAt: b.DoneAt, Person: int64(b.Person), Text: b.Text, Detail: b.Detail, Due: b.Due}
}

// WithdrawStepBody marks a step as entered by mistake.
type WithdrawStepBody struct {
	WhyBody
	Step string `json:"step" doc:"步骤编号"`
}

// PhotoBody is a photograph with its bytes.
type PhotoBody struct {
	OnVersion
	Caption   string       `json:"caption"`
	Place     string       `json:"place" doc:"拍摄地点"`
	TakenAt   time.Time    `json:"taken_at" doc:"拍摄时间"`
	Latitude  float64      `json:"latitude"`
	Longitude float64      `json:"longitude"`
	Person    org.PersonID `json:"person" doc:"拍摄的执法人员，不填是主办"`
	Image     []byte       `json:"image" doc:"JPEG 或 PNG 原图，Base64"`
}

// PenaltyBody proposes a penalty.
type PenaltyBody struct {
	OnVersion
	PenaltyInput
}

func (s *Service) apiStreet(a *api.API) {
	onCase(a, s, apiCall{path: "officers", acts: []string{"start", "reassign"}, detail: "现场办理中再次提交是更换执法人员，要写原因"},
		func(ctx context.Context, by access.Session, id CaseID, in OfficersBody) error {
			return s.NameOfficers(ctx, by, id, in.Version, OfficersInput{int64(in.Lead), int64(in.Assist), in.Why})
		})
	onCase(a, s, apiCall{path: "amend-lead", acts: []string{"amend_lead"}},
		func(ctx context.Context, by access.Session, id CaseID, in AmendLeadBody) error {
			return s.AmendLead(ctx, by, id, in.Version, in.LeadAmendment)
		})
	onCase(a, s, apiCall{path: "party", acts: []string{"party"}},
		func(ctx context.Context, by access.Session, id CaseID, in PartyBody) error {
			return s.RecordParty(ctx, by, id, in.Version, in.PartyInput)
		})
	onCase(a, s, apiCall{path: "steps", acts: []string{"step", "recheck"}, detail: "决定以后只能记录复查（recheck）"},
		func(ctx context.Context, by access.Session, id CaseID, in StepBody) error {
			return s.RecordStep(ctx, by, id, in.Version, in.input())
		})
	onCase(a, s, apiCall{path: "withdraw-step", acts: []string{"withdraw_step"}},
		func(ctx context.Context, by access.Session, id CaseID, in WithdrawStepBody) error {
			step, err := strconv.ParseInt(in.Step, 10, 64)
			if err != nil {
				return fault.InvalidField("step", "步骤编号应是数字")
			}
			return s.WithdrawStep(ctx, by, id, in.Version, step, in.Why)
		})
	onCase(a, s, apiCall{path: "photos", acts: []string{"photo"}, maxBody: photoBody},
		func(ctx context.Context, by access.Session, id CaseID, in PhotoBody) error {
			if why := web.PictureFault(bytes.NewReader(in.Image)); why != "" && len(in.Image) > 0 {
				return fault.InvalidField("image", "照片%s，请换一张 JPEG 或 PNG 格式的照片", why)
			}
			return s.AddPhoto(ctx, by, id, in.Version, PhotoInput{
				Caption: in.Caption, Place: in.Place, TakenAt: in.TakenAt, Latitude: in.Latitude, Longitude: in.Longitude,
				Person: int64(in.Person), Type: http.DetectContentType(in.Image),
			}, bytes.NewReader(in.Image))
		})
	onCase(a, s, apiCall{path: "propose", acts: []string{"propose"}},
		func(ctx context.Context, by access.Session, id CaseID, in PenaltyBody) error {
			return s.Propose(ctx, by, id, in.Version, in.PenaltyInput)
		})
}

// OrderPaperBody issues a notice.
type OrderPaperBody struct {
	OnVersion
	Kind   PaperKind         `json:"kind" doc:"correction_notice、inquiry_notice、parking_notice"`
	Fields map[string]string `json:"fields" doc:"这一种文书特有的内容"`
}

// SignBody signs the decision that the signer saw.
type SignBody struct {
	Paper  PaperID       `json:"paper" required:"true" doc:"决定书的编号"`
	Role   SignatureRole `json:"role" doc:"lead、assist、party；执法人员要用本人账号"`
	Method string        `json:"method" doc:"drawn 手写、on_paper 纸面、refused 当事人拒签"`
	Note   string        `json:"note"`
	Image  []byte        `json:"image" doc:"手写签名的 PNG 或 JPEG，Base64"`
}

// DeliverBody hands the decision over.
type DeliverBody struct {
	OnVersion
	DeliverInput
}

func (s *Service) apiDecision(a *api.API) {
	onCase(a, s, apiCall{path: "order-paper", acts: []string{"order_paper"}},
		func(ctx context.Context, by access.Session, id CaseID, in OrderPaperBody) error {
			_, err := s.OrderPaper(ctx, by, id, in.Version, in.Kind, in.Fields)
			return err
		})
	onCase(a, s, apiCall{path: "decide", acts: []string{"decide"}, detail: "过了全部法定关口才出具决定书；缺什么一次列全，每项带法条（422）"},
		func(ctx context.Context, by access.Session, id CaseID, in OnVersion) error {
			_, err := s.Decide(ctx, by, id, in.Version)
			return err
		})
	onCase(a, s, apiCall{path: "sign", acts: []string{"sign"}, maxBody: signatureBody}, s.apiSign)
	onCase(a, s, apiCall{path: "void", acts: []string{"void_paper"}},
		func(ctx context.Context, by access.Session, id CaseID, in WhyBody) error {
			return s.VoidPaper(ctx, by, id, in.Version, in.Why)
		})
	onCase(a, s, apiCall{path: "deliver", acts: []string{"deliver"}},
		func(ctx context.Context, by access.Session, id CaseID, in DeliverBody) error {
			return s.Deliver(ctx, by, id, in.Version, in.DeliverInput)
		})
}

// apiSign signs the decision. It names the paper rather than a version of the case: two officers may sign
// at the same time, but neither under a paper that was voided meanwhile.
func (s *Service) apiSign(ctx context.Context, by access.Session, id CaseID, in SignBody) error {
	scope, err := by.Require(access.CaseHandle)
	if err != nil {
		return err
	}
	var p *Paper
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		if _, err := load(tx, scope, id); err != nil {
			return err
		}
		p, err = decision(tx, id)
		return err
	})
	if err != nil {
		return err
	}
	if p == nil || p.ID != in.Paper {
		return fault.New(fault.Conflict, "这不是本案现在有效的决定书，请重新读取案件")
	}
	var image io.Reader
	if len(in.Image) > 0 {
		if t := http.DetectContentType(in.Image); t != "image/png" && t != "image/jpeg" {
			return fault.InvalidField("image", "签名应是 PNG 或 JPEG 图片")
		}
		image = bytes.NewReader(in.Image)
	}
	return s.Sign(ctx, by, p.ID, SignInput{Role: in.Role, Method: in.Method, Note: in.Note}, image)
}

// CashBody is a fine taken in cash; PaymentBody one that came in otherwise.
type CashBody struct {
	OnVersion
	CashInput
}

// PaymentBody is a payment through the treasury's channel.
type PaymentBody struct {
	OnVersion
	PaymentInput
}

// CashMoveBody moves cash on: to the bureau, or from there to the bank.
type CashMoveBody struct {
	Payment string   `json:"payment" required:"true" doc:"收缴记录的编号"`
	Version int64    `json:"version" required:"true" doc:"看到的收缴记录的版本"`
	On      law.Date `json:"on" doc:"办理日期"`
}

// CloseBody closes the case.
type CloseBody struct {
	OnVersion
	Note string `json:"note"`
}

// DeclineBody ends the lead by education.
type DeclineBody struct {
	OnVersion
	DeclineInput
}

// CorrectionBody mends a slip.
type CorrectionBody struct {
	OnVersion
	CorrectionInput
}

func (s *Service) apiEnding(a *api.API) {
	onCase(a, s, apiCall{path: "collect", acts: []string{"collect"}},
		func(ctx context.Context, by access.Session, id CaseID, in CashBody) error {
			return s.CollectCash(ctx, by, id, in.Version, in.CashInput)
		})
	onCase(a, s, apiCall{path: "pay", acts: []string{"pay"}},
		func(ctx context.Context, by access.Session, id CaseID, in PaymentBody) error {
			return s.RecordPayment(ctx, by, id, in.Version, in.PaymentInput)
		})
	onCase(a, s, apiCall{path: "hand-in", acts: []string{"hand_in"}},
		func(ctx context.Context, by access.Session, id CaseID, in CashMoveBody) error {
			return s.apiCash(ctx, by, id, in, s.HandInCash)
		})
	onCase(a, s, apiCall{path: "deposit", acts: []string{"deposit"}},
		func(ctx context.Context, by access.Session, id CaseID, in CashMoveBody) error {
			return s.apiCash(ctx, by, id, in, s.DepositCash)
		})
	onCase(a, s, apiCall{path: "file", acts: []string{"file"}},
		func(ctx context.Context, by access.Session, id CaseID, in OnVersion) error {
			return s.FileWithBureau(ctx, by, id, in.Version)
		})
	onCase(a, s, apiCall{path: "close", acts: []string{"close"}},
		func(ctx context.Context, by access.Session, id CaseID, in CloseBody) error {
			return s.Close(ctx, by, id, in.Version, in.Note)
		})
	onCase(a, s, apiCall{path: "decline", acts: []string{"decline"}},
		func(ctx context.Context, by access.Session, id CaseID, in DeclineBody) error {
			_, err := s.Decline(ctx, by, id, in.Version, in.DeclineInput)
			return err
		})
	onCase(a, s, apiCall{path: "to-ordinary", acts: []string{"to_ordinary"}},
		func(ctx context.Context, by access.Session, id CaseID, in WhyBody) error {
			return s.ToOrdinary(ctx, by, id, in.Version, in.Why)
		})
	onCase(a, s, apiCall{path: "correct", acts: []string{"correct_paper"}},
		func(ctx context.Context, by access.Session, id CaseID, in CorrectionBody) error {
			_, err := s.CorrectPaper(ctx, by, id, in.Version, in.CorrectionInput)
			return err
		})
	s.apiChange(a)
	onCase(a, s, apiCall{path: "revoke", acts: []string{"revoke"}},
		func(ctx context.Context, by access.Session, id CaseID, in WhyBody) error {
			_, err := s.Revoke(ctx, by, id, in.Version, in.Why)
			return err
		})
}

// apiCash moves the cash of this very case on.
func (s *Service) apiCash(ctx context.Context, by access.Session, id CaseID, in CashMoveBody, do func(context.Context, access.Session, int64, int64, law.Date) error) error {
	scope, err := by.Require(access.MoneyReconcile)
	if err != nil {
		return err
	}
	n, err := store.ParseID(strings.TrimSpace(in.Payment))
	if err != nil {
		return fault.InvalidField("payment", "收缴记录的编号应是数字")
	}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		if _, err := load(tx, scope, id); err != nil {
			return err
		}
		ps, err := payments(tx, id)
		if err != nil {
			return err
		}
		for _, p := range ps {
			if p.ID == n {
				return nil
			}
		}
		return fault.Missing("这笔收缴")
	})
	if err != nil {
		return err
	}
	return do(ctx, by, n, in.Version, in.On)
}
