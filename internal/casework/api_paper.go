package casework

import (
	"bytes"
	"context"
	"net/http"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/fault"
	"fadu/internal/store"
)

// PaperSignBody signs a paper that is not the decision of its case, or the decision by its own number.
type PaperSignBody struct {
	Role   SignatureRole `json:"role" doc:"lead、assist、party；执法人员要用本人账号"`
	Method string        `json:"method" doc:"drawn 手写、on_paper 纸面、refused 当事人拒签"`
	Note   string        `json:"note"`
	Image  []byte        `json:"image" doc:"手写签名的 PNG 或 JPEG，Base64"`
}

func paperAct[B any](a *api.API, id, path, summary string, allow access.Permission, maxBody int64, do func(context.Context, access.Session, PaperID, B) error) {
	op := api.Operation{ID: id, Path: "/papers/{id}/" + path, Group: apiGroup, Allow: allow, Summary: summary, MaxBody: maxBody}
	api.Post(a, op, func(ctx context.Context, by access.Session, text string, in B) (out api.Made[api.Done], err error) {
		paper, err := paperIDOf(text)
		if err != nil {
			return out, err
		}
		return api.Made[api.Done]{Body: api.Done{ID: text}}, do(ctx, by, paper, in)
	})
}

// apiPapers are the acts on one paper: printed, sealed, signed, made again, handed over.
func (s *Service) apiPapers(a *api.API) {
	api.Post(a, api.Operation{
		ID: "printPaper", Path: "/papers/{id}/print", Group: apiGroup, Allow: access.PaperPrint, Summary: "打印文书，取 PDF 正本",
		Detail: "第一次是正本，以后标“副本”；入办案留痕",
	}, func(ctx context.Context, by access.Session, text string, _ api.Nothing) (out api.Made[OutputFile], err error) {
		paper, err := paperIDOf(text)
		if err != nil {
			return out, err
		}
		name, data, err := s.Print(ctx, by, paper)
		return api.Made[OutputFile]{Body: OutputFile{name, data}}, err
	})
	paperAct(a, "sealPaper", "seal", "登记文书用印", access.CaseFile, 0, func(ctx context.Context, by access.Session, id PaperID, _ api.Nothing) error {
		return s.Seal(ctx, by, id)
	})
	paperAct(a, "signPaper", "sign", "在文书上签名", access.CaseHandle, signatureBody, func(ctx context.Context, by access.Session, id PaperID, in PaperSignBody) error {
		sign := SignInput{Role: in.Role, Method: in.Method, Note: in.Note}
		if len(in.Image) == 0 || in.Method != "drawn" {
			return s.Sign(ctx, by, id, sign, nil)
		}
		if t := http.DetectContentType(in.Image); t != "image/png" && t != "image/jpeg" {
			return fault.InvalidField("image", "签名应是 PNG 或 JPEG 图片")
		}
		return s.Sign(ctx, by, id, sign, bytes.NewReader(in.Image))
	})
	paperAct(a, "retryPaper", "retry", "重新出具没有生成的文书", access.CaseHandle, 0, func(ctx context.Context, by access.Session, id PaperID, _ api.Nothing) error {
		return s.retry(ctx, by, id)
	})
	paperAct(a, "handOverPaper", "delivery", "登记文书交付", access.CaseHandle, 0, func(ctx context.Context, by access.Session, id PaperID, in HandOverInput) error {
		return s.HandOver(ctx, by, id, in)
	})
}

// retry makes a paper that was not made, within the scope of the actor.
func (s *Service) retry(ctx context.Context, by access.Session, id PaperID) error {
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		_, err := s.paperFor(tx, by, access.CaseHandle, id)
		return err
	})
	if err != nil {
		return err
	}
	return s.Finish(ctx, id)
}
