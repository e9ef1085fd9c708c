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
	"fadu/internal/jobs"
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
		return nil, fault.InvalidField("signature", "签名图片不能超过 2 MB")
	}
	conf, format, err := image.DecodeConfig(bytes.NewReader(b))
	if err != nil || format != "png" && format != "jpeg" {
		return nil, fault.InvalidField("signature", "签名要是 PNG 或 JPEG 图片")
	}
	if conf.Width <= 0 || conf.Height <= 0 || conf.Width > maxSignaturePixels/conf.Height {
		return nil, fault.InvalidField("signature", "签名图片的尺寸 %d×%d 超出范围", conf.Width, conf.Height)
	}
	if _, _, err := image.Decode(bytes.NewReader(b)); err != nil {
		return nil, fault.InvalidField("signature", "签名图片不完整，请重新签名")
	}
	return b, nil
}

func (s *Service) signing(p *Paper, by access.Session, in SignInput) command {
	var lines []signLine
	return command{
		act: "sign",
		prepare: func(tx *store.Tx, c *Case, _ *law.Facts) error {
			if p.State != PaperIssued {
				return fault.New(fault.Conflict, "这份文书现在不能签名")
			}
			content, err := p.frozen()
			if err != nil {
				return err
			}
			if lines, err = content.signLines(); err != nil {
				return err
			}
			if form, ordinary := FormOf(p.Kind); ordinary && len(lines) == 0 {
				return fault.New(fault.Conflict, "《%s》由%s，不在这里签名", p.Kind.Label(), orWord(map[bool]string{true: form.Signs}[form.Signs == bySeal], form.Signs+"签在纸上"))
			}
			mine, err := signsAs(tx, by, c, content.Dated, linesOr(lines))
			if err != nil {
				return err
			}
			return in.check(mine, linesOr(lines))
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
			if err != nil {
				return err
			}
			return p.allSigned(tx, lines)
		},
	}
}

// linesOr are the lines of a paper of the street where the paper has none of its own.
func linesOr(lines []signLine) []signLine {
	if len(lines) > 0 {
		return lines
	}
	return []signLine{{Role: SignLead}, {Role: SignAssist}, {Role: SignParty}}
}

// check says what is wrong with a signature of somebody who may sign as mine.
func (in SignInput) check(mine SignatureRole, lines []signLine) error {
	var fs fault.Fields
	if in.Method == "drawn" && in.Digest == "" {
		fs.Add("signature", "请手写签名，或者选择在纸质文书上签名")
	}
	_, wanted := lineOf(lines, in.Role)
	switch {
	case !wanted && in.Role.Label() != "":
		return fault.New(fault.Conflict, "这份文书没有%s的签名", in.Role.Label())
	case !wanted:
		fs.Add("role", "没有这一种签名")
	case in.Role != SignParty && in.Role != mine:
		return fault.New(fault.Forbidden, "执法人员要用本人账号签名，不能代签")
	case in.Role == SignParty && mine == "":
		return fault.New(fault.Forbidden, "当事人的签名由本案执法人员在自己的账号里登记")
	case in.Role == SignParty && in.Method == "refused" && strings.TrimSpace(in.Note) == "":
		fs.Add("note", "当事人拒绝签名的，要注明情况")
	case in.Method != "drawn" && in.Method != "on_paper" && (in.Role != SignParty || in.Method != "refused"):
		fs.Add("method", "请选择签名方式；只有当事人可以登记为拒绝签名")
	}
	return fs.Err()
}

// allSigned has the copy for the file made once nobody's signature is missing on a paper of the ordinary procedure.
func (p *Paper) allSigned(tx *store.Tx, lines []signLine) error {
	if _, ordinary := FormOf(p.Kind); !ordinary {
		return nil
	}
	sigs, err := signatures(tx, p.ID)
	if err != nil || len(unsigned(lines, sigs)) > 0 {
		return err
	}
	return jobs.Add(tx, jobs.Job{Kind: JobSignedCopy, Key: p.ID.String(), Payload: p.ID, Due: tx.Now})
}
