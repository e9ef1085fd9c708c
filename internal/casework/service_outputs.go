package casework

import (
	"context"

	"fadu/internal/access"
	"fadu/internal/document"
	"fadu/internal/ledger"
	"fadu/internal/store"
)

// EditableCopy returns a paper as a Word document to edit, marked as 非正式文本 on every page: the PDF stays
// the original, and the copy is not counted as a print. That it was taken is in the ledger.
func (s *Service) EditableCopy(ctx context.Context, by access.Session, id PaperID) (name string, docx []byte, err error) {
	_, _, err = s.DB.Once(ctx, by.Once("casework.copy/"+id.String(), nil), func(tx *store.Tx) (string, error) {
		p, err := s.paperFor(tx, by, access.PaperPrint, id)
		if err != nil {
			return "", err
		}
		if err := p.made(); err != nil {
			return "", err
		}
		_, err = ledger.Append(tx, by.Actor(), ledger.Act{Kind: "casework.paper_copied", Subject: p.Case.Subject(), Unit: int64(p.UnitID), Data: map[string]any{"paper": p.ID, "number": p.DocNo}})
		return id.URL(), err
	})
	if err != nil {
		return "", nil, err
	}
	p, err := s.readable(ctx, by, access.PaperPrint, id)
	if err != nil {
		return "", nil, err
	}
	layout, err := s.copyOf(p, "")
	if err != nil {
		return "", nil, err
	}
	if name, err = p.fileName("-非正式文本.docx"); err != nil {
		return "", nil, err
	}
	docx, err = s.Press.Docx(layout, p.Created())
	return name, docx, err
}

// Slip sets a paper for a receipt printer, as the next print will come out; nothing is counted.
func (s *Service) Slip(ctx context.Context, by access.Session, id PaperID, setup document.SlipSetup) (*Paper, document.Slip, error) {
	p, err := s.readable(ctx, by, access.CaseRead, id)
	if err != nil {
		return nil, document.Slip{}, err
	}
	if err := s.sawPaper(ctx, by, p); err != nil {
		return nil, document.Slip{}, err
	}
	slip, err := s.slip(p, p.Prints+1, setup)
	return p, slip, err
}

// PrintSlip returns a paper's bytes for a receipt printer. It is a print like any other: the first is the
// original, and the same number never goes out twice as one, on A4 or on a slip.
func (s *Service) PrintSlip(ctx context.Context, by access.Session, id PaperID, setup document.SlipSetup) (name string, data []byte, err error) {
	p, err := s.readable(ctx, by, access.PaperPrint, id)
	if err != nil {
		return "", nil, err
	}
	if _, err := s.slip(p, p.Prints+1, setup); err != nil { // what cannot be set is not counted
		return "", nil, err
	}
	p, n, err := s.countPrint(ctx, by, id, "slip")
	if err != nil {
		return "", nil, err
	}
	if name, err = p.fileName(".bin"); err != nil {
		return "", nil, err
	}
	slip, err := s.slip(p, n, setup)
	if err != nil {
		return "", nil, err
	}
	return name, slip.Bytes(), nil
}

// slip is the n-th print of a paper on a receipt printer.
func (s *Service) slip(p *Paper, n int64, setup document.SlipSetup) (document.Slip, error) {
	original, err := s.original(p, n)
	if err != nil {
		return document.Slip{}, err
	}
	mark := ""
	if !original {
		mark = copyMark(n)
	}
	layout, err := s.copyOf(p, mark)
	if err != nil {
		return document.Slip{}, err
	}
	return s.Press.Slip(layout, setup)
}

// readable loads a paper that was made, in the scope of a permission.
func (s *Service) readable(ctx context.Context, by access.Session, may access.Permission, id PaperID) (*Paper, error) {
	var p *Paper
	err := s.DB.View(ctx, func(tx *store.Tx) (err error) {
		p, err = s.paperFor(tx, by, may, id)
		return err
	})
	if err != nil {
		return nil, err
	}
	return p, p.made()
}
