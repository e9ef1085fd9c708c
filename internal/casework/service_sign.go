package casework

import (
	"bytes"
	"context"
	"image"
	_ "image/jpeg" // a photographed signature
	_ "image/png"  // a drawn signature
	"io"
	"strings"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"
)

// SignInput is a signature under a paper.
type SignInput struct {
	Role   SignatureRole `json:"role"`
	Method string        `json:"method"` // drawn, on_paper, refused (party only)
	Note   string        `json:"note"`
	Digest string        `json:"digest"` // of the drawn image; filled in from the bytes
}

// Sign records a signature. Officers sign each under their own sign-in; the party signs on the officer's
// device, signs on the printed paper, or refuses, which both officers' notes then record.
func (s *Service) Sign(ctx context.Context, by access.Session, id PaperID, in SignInput, drawn io.Reader) error {
	if by.ByToken() {
		return fault.New(fault.Forbidden, "签名要本人登录后办，程序不能代签")
	}
	if drawn != nil {
		picture, err := signaturePicture(drawn)
		if err != nil {
			return err
		}
		if in.Digest, _, err = s.Blobs.Put(ctx, bytes.NewReader(picture)); err != nil {
			return err
		}
	}
	_, _, err := s.DB.Once(ctx, by.Once("casework.sign/"+id.String(), in), func(tx *store.Tx) (string, error) {
		p, err := s.paperFor(tx, by, access.CaseHandle, id)
		if err != nil {
			return "", err
		}
		c, err := s.run(tx, by, p.Case, s.signing(p, by, in))
		if err != nil {
			return "", err
		}
		return c.URL(), nil
	})
	return err
}

// Limits of a drawn signature, or of the photograph of one.
const (
	maxSignature       = 2 << 20
	maxSignaturePixels = 20_000_000
)

// signaturePicture reads a signature's image and refuses what could not be printed into the copy for
// the file later.
func signaturePicture(r io.Reader) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(r, maxSignature+1))
	if err != nil {
		return nil, err
	}
	if len(b) > maxSignature {
		return nil, invalid("signature", "签名图片不能超过 2 MB")
	}
	conf, format, err := image.DecodeConfig(bytes.NewReader(b))
	if err != nil || format != "png" && format != "jpeg" {
		return nil, invalid("signature", "签名要是 PNG 或 JPEG 图片")
	}
	if conf.Width <= 0 || conf.Height <= 0 || conf.Width > maxSignaturePixels/conf.Height {
		return nil, invalid("signature", "签名图片的尺寸 %d×%d 超出范围", conf.Width, conf.Height)
	}
	if _, _, err := image.Decode(bytes.NewReader(b)); err != nil {
		return nil, invalid("signature", "签名图片不完整，请重新签名")
	}
	return b, nil
}

func (s *Service) signing(p *Paper, by access.Session, in SignInput) command {
	return command{
		act: "sign",
		prepare: func(_ *store.Tx, c *Case, _ *law.Facts) error {
			var fs fault.Fields
			if in.Method == "drawn" && in.Digest == "" {
				fs.Add("signature", "请手写签名，或者选择在纸质文书上签名")
			}
			if p.State != PaperIssued {
				return fault.New(fault.Conflict, "这份文书现在不能签名")
			}
			switch in.Role {
			case SignLead, SignAssist:
				officer := c.Lead
				if in.Role == SignAssist {
					officer = c.Assist
				}
				if by.Person() != officer {
					return fault.New(fault.Forbidden, "执法人员要用本人账号签名，不能代签")
				}
				if in.Method != "drawn" && in.Method != "on_paper" {
					fs.Add("method", "请选择签名方式")
				}
			case SignParty:
				if by.Person() != c.Lead && by.Person() != c.Assist {
					return fault.New(fault.Forbidden, "当事人的签名由本案执法人员在自己的账号里登记")
				}
				if in.Method == "refused" && strings.TrimSpace(in.Note) == "" {
					fs.Add("note", "当事人拒绝签名的，要注明情况")
				}
				if in.Method != "drawn" && in.Method != "on_paper" && in.Method != "refused" {
					fs.Add("method", "请选择当事人签名方式，或者拒绝签名")
				}
			default:
				fs.Add("role", "没有这一种签名")
			}
			return fs.Err()
		},
		data: func(*Case) any {
			return map[string]any{"paper": p.ID, "role": in.Role, "method": in.Method, "note": in.Note, "digest": in.Digest}
		},
		finish: func(tx *store.Tx, _ *Case, entry ledger.EntryID) error {
			person := by.Person()
			if in.Role == SignParty {
				person = 0
			}
			err := insert(tx, &Signature{ID: store.NewID(), Paper: p.ID, Entry: int64(entry), Role: in.Role, Person: person, Account: int64(by.Account()), Method: in.Method, Digest: in.Digest, At: store.Micros(tx.Now), Note: strings.TrimSpace(in.Note)})
			if store.Duplicate(err) {
				return fault.New(fault.Conflict, "这一方已经签过名")
			}
			return err
		},
	}
}
