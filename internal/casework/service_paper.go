package casework

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"fadu/internal/access"
	"fadu/internal/document"
	"fadu/internal/fault"
	"fadu/internal/jobs"
	"fadu/internal/ledger"
	"fadu/internal/store"
)

func fromMicros(n int64) time.Time { return store.FromMicros(n) }

// Jobs are the handlers of this slice's background work.
func (s *Service) Jobs() map[string]jobs.Handler {
	return map[string]jobs.Handler{
		JobRender: func(ctx context.Context, r jobs.Record) (func(*store.Tx) error, error) {
			var id PaperID
			if err := r.Read(&id); err != nil {
				return nil, err
			}
			return nil, s.Finish(ctx, id)
		},
		JobSignedCopy: func(ctx context.Context, r jobs.Record) (func(*store.Tx) error, error) {
			var id PaperID
			if err := r.Read(&id); err != nil {
				return nil, err
			}
			return s.signedCopy(ctx, id)
		},
	}
}

// signedCopy renders the copy for the file, with the signatures that were drawn, and returns what fixes
// its digest.
func (s *Service) signedCopy(ctx context.Context, id PaperID) (func(*store.Tx) error, error) {
	var p Paper
	var sigs []Signature
	err := s.DB.View(ctx, func(tx *store.Tx) (err error) {
		if err = tx.DB().NewSelect().Model(&p).Where("id = ?", id).Scan(tx.Ctx); err != nil {
			return store.One(err, "这份文书")
		}
		sigs, err = signatures(tx, id)
		return err
	})
	if err != nil || p.SignedDigest != "" {
		return nil, err
	}
	images := map[string][]byte{}
	for _, sg := range sigs {
		if sg.Digest == "" {
			continue
		}
		b, err := s.bytes(sg.Digest)
		if err != nil {
			return nil, err
		}
		images[sg.Digest] = b
	}
	content, err := p.frozen()
	if err != nil {
		return nil, err
	}
	layout, err := s.signedLayout(content, sigs, images)
	if err != nil {
		return nil, err
	}
	layout.Mark, layout.HandFill = "存根", p.HandFill != ""
	if p.Booklet != 0 {
		if err := s.DB.View(ctx, func(tx *store.Tx) error { return s.transcript(tx, &p, &layout) }); err != nil {
			return nil, err
		}
		layout.HandFill = len(s.Press.Missing(layout)) > 0
	}
	pdf, err := s.Press.Render(layout, p.Created())
	if err != nil {
		return nil, err
	}
	digest, _, err := s.Blobs.Put(ctx, bytes.NewReader(pdf))
	if err != nil {
		return nil, err
	}
	return func(tx *store.Tx) error {
		if n, err := tx.DB().NewSelect().Model((*Paper)(nil)).Where("id = ?", id).Where("signed_digest = ''").Count(tx.Ctx); err != nil || n == 0 {
			return err
		}
		entry, err := ledger.Append(tx, access.System("job").Actor(), ledger.Act{Kind: "casework.signed_copy_made", Subject: p.Case.Subject(), Unit: int64(p.UnitID), Data: map[string]any{"paper": p.ID, "digest": digest}})
		if err != nil {
			return err
		}
		_, err = tx.Exec(`UPDATE paper SET signed_digest = ?, entry_id = ?, version = version + 1 WHERE id = ? AND signed_digest = ''`, digest, entry, id)
		return err
	}, nil
}

func (s *Service) bytes(digest string) ([]byte, error) {
	r, err := s.Blobs.Open(digest)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}

// frozen returns the content that the paper was made from.
func (p *Paper) frozen() (Content, error) {
	var c Content
	if err := json.Unmarshal([]byte(p.Content), &c); err != nil {
		return c, fmt.Errorf("casework: content of paper %s: %w", p.ID, err)
	}
	return c, nil
}

// PaperView is what a paper's page shows.
type PaperView struct {
	Paper      Paper
	Content    Content
	Signatures []Signature
	Case       *Case
	// About is the paper that this one corrects or revokes; Later are those that correct or revoke it.
	About *Paper
	Later []Paper
	// Choices are the acts that leave from the case's state.
	Choices []Choice
	// Lines are the signatures that the paper takes under the signers' own accounts, Mine the reader's role among them.
	Lines []signLine
	Mine  SignatureRole
}

// Paper loads a paper in the scope of case.read.
func (s *Service) Paper(ctx context.Context, by access.Session, id PaperID) (*PaperView, error) {
	out := &PaperView{}
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		p, err := s.paperFor(tx, by, access.CaseRead, id)
		if err != nil {
			return err
		}
		out.Paper = *p
		if out.Content, err = p.frozen(); err != nil {
			return err
		}
		if out.Signatures, err = signatures(tx, id); err != nil {
			return err
		}
		scope, err := by.Require(access.CaseRead)
		if err != nil {
			return err
		}
		if out.Case, err = load(tx, scope, p.Case); err != nil {
			return err
		}
		if err := s.relatives(tx, out); err != nil {
			return err
		}
		if out.Lines, err = out.Content.signLines(); err != nil {
			return err
		}
		if out.Mine, err = signsAs(tx, by, out.Case, out.Content.Dated, out.Lines); err != nil {
			return err
		}
		out.Choices, err = s.Choices(tx, by, out.Case)
		_, err = former(err) // the paper of a former law can be read; nothing can be done about it
		return err
	})
	if err != nil {
		return nil, err
	}
	return out, s.sawPaper(ctx, by, &out.Paper)
}

// sawPaper notes that the session reads a paper: it has the party in full.
func (s *Service) sawPaper(ctx context.Context, by access.Session, p *Paper) error {
	return s.saw(ctx, by, "casework.paper_read", "paper/"+p.ID.String(), p.UnitID)
}

// relatives finds the paper that this one is about, and those that are about it.
func (s *Service) relatives(tx *store.Tx, v *PaperView) error {
	if v.Paper.About != 0 {
		v.About = new(Paper)
		if err := tx.DB().NewSelect().Model(v.About).Where("id = ?", v.Paper.About).Scan(tx.Ctx); err != nil {
			return err
		}
	}
	return tx.DB().NewSelect().Model(&v.Later).Where("about_id = ?", v.Paper.ID).Order("id").Scan(tx.Ctx)
}

// Print returns a paper's bytes for printing or downloading and enters it in the ledger. The first
// print is the original; later ones are copies, and their number says so: the same number never goes
// out twice as an original. A repeat of the same request gets the same print.
func (s *Service) Print(ctx context.Context, by access.Session, id PaperID) (name string, pdf []byte, err error) {
	p, n, err := s.countPrint(ctx, by, id, "pdf")
	if err != nil {
		return "", nil, err
	}
	if name, err = p.fileName(".pdf"); err != nil {
		return "", nil, err
	}
	pdf, err = s.printed(p, n)
	return name, pdf, err
}

// fileName is what a paper's file is called.
func (p *Paper) fileName(end string) (string, error) {
	content, err := p.frozen()
	return content.titled() + "-" + p.DocNo + end, err
}

// countPrint counts a print and enters it in the ledger; it returns the paper and the print's number.
func (s *Service) countPrint(ctx context.Context, by access.Session, id PaperID, form string) (*Paper, int64, error) {
	location, _, err := s.DB.Once(ctx, by.Once("casework.print/"+form+"/"+id.String(), nil), func(tx *store.Tx) (string, error) {
		p, err := s.paperFor(tx, by, access.PaperPrint, id)
		if err != nil {
			return "", err
		}
		if err := p.made(); err != nil {
			return "", err
		}
		entry, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: "casework.paper_printed", Subject: p.Case.Subject(), Unit: int64(p.UnitID), Data: map[string]any{"paper": p.ID, "number": p.DocNo, "print": p.Prints + 1, "form": form}})
		if err != nil {
			return "", err
		}
		p.Prints++
		p.Version++
		p.Entry = int64(entry)
		return printMark + strconv.FormatInt(p.Prints, 10), savePaper(tx, p)
	})
	if err != nil {
		return nil, 0, err
	}
	n, err := store.ParseID(strings.TrimPrefix(location, printMark))
	if err != nil {
		return nil, 0, err
	}
	var p *Paper
	err = s.DB.View(ctx, func(tx *store.Tx) (err error) {
		p, err = s.paperFor(tx, by, access.PaperPrint, id)
		return err
	})
	return p, n, err
}

// printMark precedes the number of a print where a repeated request finds it again.
const printMark = "print "

// made says why a paper has no bytes.
func (p *Paper) made() error {
	switch {
	case p.Digest != "", p.Booklet != 0 && p.SignedDigest != "":
		return nil
	case p.State == PaperVoid:
		return fault.New(fault.Conflict, "这份文书没有出具成，编号已登记作废，没有可以打印的内容")
	}
	return fault.New(fault.Conflict, "文书还在出具中，请稍候再打印")
}

// printed returns the bytes of the n-th print: the original once; after that, and when it no longer
// counts, a marked copy.
func (s *Service) printed(p *Paper, n int64) ([]byte, error) {
	if p.Booklet != 0 { // its original is the paper itself: the machine prints no second one
		return s.bytes(p.SignedDigest)
	}
	original, err := s.original(p, n)
	if err != nil {
		return nil, err
	}
	if original {
		return s.bytes(p.Digest)
	}
	layout, err := s.copyOf(p, copyMark(n))
	if err != nil {
		return nil, err
	}
	return s.Press.Render(layout, p.Created())
}

// original reports whether the n-th print is the original: of a paper that counts as it was issued. One
// written by hand has its original on paper.
func (s *Service) original(p *Paper, n int64) (bool, error) {
	if p.Booklet != 0 || n != 1 || p.State != PaperIssued && p.State != PaperDelivered {
		return false, nil
	}
	changed, err := s.wasChanged(p)
	return !changed, err
}

func copyMark(n int64) string { return fmt.Sprintf("副本（第%d次打印）", n) }

// copyOf is the paper as it was issued, with a mark and with what became of it.
func (s *Service) copyOf(p *Paper, mark string) (document.Paper, error) {
	content, err := p.frozen()
	if err != nil {
		return document.Paper{}, err
	}
	layout, err := s.layout(content)
	if err != nil {
		return document.Paper{}, err
	}
	changed, err := s.wasChanged(p)
	if err != nil {
		return document.Paper{}, err
	}
	if p.Booklet != 0 {
		handCopy(&layout)
		mark = strings.TrimSpace(transcriptMark + " " + mark)
	}
	if changed {
		mark = strings.TrimSpace("已变更 " + mark)
	}
	layout.Mark, layout.HandFill = mark, p.HandFill != ""
	switch p.State {
	case PaperVoid:
		layout.Void = p.EndedWhy
	case PaperRevoked: // what was delivered is never "void" (处罚法七十五)
		layout.Mark = strings.TrimSpace("已撤销 " + mark)
	}
	return layout, nil
}

// Preview returns the bytes of a paper as issued, or of the signed copy for the file, for showing on the
// page; nothing is counted.
func (s *Service) Preview(ctx context.Context, by access.Session, id PaperID, signed bool) ([]byte, error) {
	var p *Paper
	err := s.DB.View(ctx, func(tx *store.Tx) (err error) {
		p, err = s.paperFor(tx, by, access.CaseRead, id)
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := p.made(); err != nil {
		return nil, err
	}
	if err := s.sawPaper(ctx, by, p); err != nil {
		return nil, err
	}
	if !signed && p.Booklet == 0 {
		return s.bytes(p.Digest)
	}
	if p.SignedDigest == "" {
		return nil, fault.New(fault.Conflict, "存根在交付后生成，还没有做好，请稍候再看")
	}
	return s.bytes(p.SignedDigest)
}
