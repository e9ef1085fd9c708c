package enforcement

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/document"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"
)

// CourtPacket is what goes to the court with an application, and what is missing in it.
type CourtPacket struct {
	Case  *casework.Case
	Organ string
	Bound []Bound
	Items []Item
	// Application is the newest one; nil before there is one. Objections are what the law objects to applying today.
	Application *Application
	Objections  []law.Finding
}

// gather finds the packet of a case in the scope of a permission.
func (s *Service) gather(tx *store.Tx, by access.Session, allow access.Permission, id casework.CaseID) (*CourtPacket, error) {
	c, err := s.cases.Load(tx, by, allow, id)
	if err != nil {
		return nil, err
	}
	out := &CourtPacket{Case: c}
	if out.Organ, err = casework.OrganName(tx, c); err != nil {
		return nil, err
	}
	all, err := applications(tx, id)
	if err != nil {
		return nil, err
	}
	var says map[string]any
	if len(all) > 0 {
		out.Application = &all[len(all)-1]
		says = map[string]any{}
		if _, err := said(tx, id, "apply_court", &says); err != nil {
			return nil, err
		}
	}
	papers, err := casework.Papers(tx, id)
	if err != nil {
		return nil, err
	}
	out.Bound = bind(papers, says)
	out.Items = items(out.Bound)
	choices, err := s.cases.Choices(tx, by, c)
	if err != nil {
		return nil, err
	}
	for _, ch := range choices {
		if ch.Act == "apply_court" && ch.Of == "" {
			out.Objections = ch.Lacks
		}
	}
	if out.Application == nil && c.State != casework.Demanded {
		return nil, fault.New(fault.Conflict, "送达催告书以后才准备申请人民法院强制执行的材料；这件案件现在是“%s”", c.StateLabel())
	}
	return out, nil
}

// Precheck returns the packet of a case that the session may read, without the bytes of its papers.
func (s *Service) Precheck(ctx context.Context, by access.Session, id casework.CaseID) (*CourtPacket, error) {
	return s.packet(ctx, by, access.CaseRead, id)
}

func (s *Service) packet(ctx context.Context, by access.Session, allow access.Permission, id casework.CaseID) (out *CourtPacket, err error) {
	err = s.cases.DB.View(ctx, func(tx *store.Tx) error {
		out, err = s.gather(tx, by, allow, id)
		return err
	})
	if err == nil {
		err = s.cases.SawCase(ctx, by, id)
	}
	return out, err
}

// TakePacket returns the packet as one archive: the list of the materials with the digest of each, the sheet of the
// pre-check, and the papers in folders in the order of the article. The same packet is the same bytes. That it was taken,
// by whom and with which digests, is in the ledger before it is given out.
func (s *Service) TakePacket(ctx context.Context, by access.Session, id casework.CaseID) (name string, archive []byte, err error) {
	p, err := s.packet(ctx, by, access.PaperPrint, id)
	if err != nil {
		return "", nil, err
	}
	if p.Application == nil {
		return "", nil, fault.New(fault.Conflict, "还没有申请。批准申请、出具申请书以后，再打包材料交法院")
	}
	if err := s.read(p); err != nil {
		return "", nil, err
	}
	archive, err = s.archive(p)
	if err != nil {
		return "", nil, err
	}
	_, _, err = s.cases.DB.Once(ctx, by.Once("casework.packet/"+id.String(), nil), func(tx *store.Tx) (string, error) {
		c, err := s.cases.Load(tx, by, access.PaperPrint, id)
		if err != nil {
			return "", err
		}
		digests := map[string]string{}
		for _, it := range p.Items {
			digests[it.Path] = it.Digest
		}
		_, err = ledger.Append(tx, by.Actor(), ledger.Act{Kind: "casework.packet_taken", Subject: id.Subject(), Unit: int64(c.UnitID), Data: map[string]any{"court": p.Application.Court, "papers": digests}})
		return c.URL(), err
	})
	return safe("申请强制执行材料-"+p.Case.CaseNo) + ".zip", archive, err
}

// read fills in the bytes of the papers; one that has none yet is left out, and its material says so.
func (s *Service) read(p *CourtPacket) error {
	var have []Item
	for _, it := range p.Items {
		b, err := s.cases.FileCopy(&it.Paper)
		if err != nil {
			return err
		}
		if b == nil {
			continue
		}
		sum := sha256.Sum256(b)
		it.bytes, it.Digest, it.Pages = b, hex.EncodeToString(sum[:]), document.PageCount(b)
		have = append(have, it)
	}
	p.Items = have
	return nil
}

// archive writes the packet. Files are stored as they are and bear the time of the application.
func (s *Service) archive(p *CourtPacket) ([]byte, error) {
	at := store.FromMicros(p.Application.RecordedAt)
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, sheet := range []struct {
		name  string
		paper document.Paper
	}{{"0-01-申请强制执行材料清单.pdf", listSheet(p, s.cases.Demo)}, {"0-02-材料预检表.pdf", checkSheet(p, s.cases.Demo)}} {
		sheet.paper.HandFill = len(s.cases.Press.Missing(sheet.paper)) > 0
		pdf, err := s.cases.Press.Render(sheet.paper, at)
		if err != nil {
			return nil, err
		}
		if err := put(w, sheet.name, at, pdf); err != nil {
			return nil, err
		}
	}
	for _, it := range p.Items {
		if err := put(w, it.Path, at, it.bytes); err != nil {
			return nil, err
		}
	}
	err := w.Close()
	return out.Bytes(), err
}

func put(w *zip.Writer, name string, at time.Time, b []byte) error {
	f, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store, Modified: at.UTC()})
	if err == nil {
		_, err = f.Write(b)
	}
	return err
}
