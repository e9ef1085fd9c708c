package legalreview

import (
	"context"
	"encoding/json"
	"strings"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

const counselKind casework.PaperKind = "counsel_opinion"

// Counsel is what a stationed lawyer advised in a case. It opens nothing and replaces no signature.
type Counsel struct {
	bun.BaseModel `bun:"table:legal_review_counsel,alias:lrc"`

	ID         int64            `bun:"id,pk"`
	Case       casework.CaseID  `bun:"case_id"`
	Entry      int64            `bun:"entry_id"`
	Account    access.AccountID `bun:"account"`
	Lawyer     string           `bun:"lawyer"`
	Paper      casework.PaperID `bun:"paper_id"`
	On         law.Date         `bun:"made_on"`
	Content    string           `bun:"content"` // CounselInput as JSON
	RecordedAt int64            `bun:"recorded_at"`
}

// CounselInput is a lawyer's advice.
type CounselInput struct {
	Firm    string `json:"firm" doc:"执业机构" ask:"need 100"`
	Licence string `json:"licence" doc:"律师执业证号" ask:"need 40"`
	Matter  string `json:"matter" doc:"对什么提意见" ask:"need 200"`
	Opinion string `json:"opinion" doc:"意见" ask:"need long 2000"`
	Signed  bool   `json:"signed" doc:"以上是我的意见，以本人身份签名"`
}

// Advise records what the stationed lawyer advises, signed in person, as a paper of its own (国办发〔2018〕118号十一).
func (s *Service) Advise(ctx context.Context, by access.Session, id casework.CaseID, version int64, in CounselInput) error {
	if by.ByToken() {
		return fault.New(fault.Forbidden, "律师意见要本人登录后签名，程序不能代签")
	}
	_, err := s.cases.Do(ctx, by, id, casework.Command{
		Act: "advise", Version: version, Note: strings.TrimSpace(in.Matter), Input: in,
		Change: func(*store.Tx, *casework.Case) error {
			if err := casework.Lacking(in); err != nil {
				return err
			}
			if !in.Signed {
				return fault.InvalidField("signed", "请以本人身份签名")
			}
			return nil
		},
		Drafts: func(tx *store.Tx, _ *casework.Case) ([]casework.Draft, error) {
			return []casework.Draft{{Kind: counselKind, Part: casework.CounselOpinion{Lawyer: by.Name(), Firm: strings.TrimSpace(in.Firm), Licence: strings.TrimSpace(in.Licence), On: tx.Today(), Matter: bare(in.Matter), Opinion: strings.TrimSpace(in.Opinion)}}}, nil
		},
		Write: func(tx *store.Tx, c *casework.Case, done casework.Done) error {
			b, err := json.Marshal(in)
			if err != nil {
				return err
			}
			return insert(tx, &Counsel{ID: store.NewID(), Case: c.ID, Entry: int64(done.Entry), Account: by.Account(), Lawyer: by.Name(), Paper: done.Papers[0], On: tx.Today(), Content: string(b), RecordedAt: store.Micros(tx.Now)})
		},
	})
	return err
}

// advice is what lawyers advised in a case, oldest first.
func advice(tx *store.Tx, id casework.CaseID) ([]Counsel, error) {
	var out []Counsel
	return out, tx.DB().NewSelect().Model(&out).Where("case_id = ?", id).Order("id").Scan(tx.Ctx)
}

// said is the advice as the reviewer reads it.
func (c Counsel) said() (string, error) {
	var in CounselInput
	err := json.Unmarshal([]byte(c.Content), &in)
	return c.On.Han() + "，对" + in.Matter + "：" + in.Opinion, err
}
