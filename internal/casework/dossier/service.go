package dossier

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/casework"
	"fadu/internal/document"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/org"
	"fadu/internal/store"
	"fadu/internal/web"
)

// Service is the only way to the sheets.
type Service struct{ cases *casework.Service }

// New returns the sheets of the kernel's cases.
func New(cases *casework.Service) *Service { return &Service{cases} }

// The sheets, by the word in the address.
const (
	Cover    = "cover"
	Contents = "contents"
	Closing  = "closing"
)

var sheetNames = map[string]string{Cover: "案卷封面", Contents: "卷内目录", Closing: "卷内备考表"}

// Print returns a sheet of a case's file as PDF and enters it in the ledger.
func (s *Service) Print(ctx context.Context, by access.Session, id casework.CaseID, sheet string) (name string, pdf []byte, err error) {
	if sheetNames[sheet] == "" {
		return "", nil, fault.Missing("这一张")
	}
	var f File
	var papers []casework.Paper
	err = s.cases.DB.Update(ctx, func(tx *store.Tx) error {
		c, err := s.cases.Load(tx, by, access.PaperPrint, id)
		if err != nil {
			return err
		}
		if f, err = fileOf(tx, by, c); err != nil {
			return err
		}
		if papers, err = casework.Papers(tx, id); err != nil {
			return err
		}
		_, err = ledger.Append(tx, by.Actor(), ledger.Act{Kind: "casework.file_sheet_printed", Subject: id.Subject(), Unit: int64(c.UnitID), Data: map[string]any{"sheet": sheetNames[sheet]}})
		return err
	})
	if err != nil {
		return "", nil, err
	}
	if f.Lines, err = s.lines(papers); err != nil {
		return "", nil, err
	}
	paper := map[string]func(bool) document.Paper{Cover: f.cover, Contents: f.contents, Closing: f.closing}[sheet](s.cases.Demo)
	paper.HandFill = len(s.cases.Press.Missing(paper)) > 0
	pdf, err = s.cases.Press.Render(paper, s.cases.DB.Now())
	return fmt.Sprintf("%s-%s.pdf", sheetNames[sheet], f.CaseNo), pdf, err
}

func fileOf(tx *store.Tx, by access.Session, c *casework.Case) (f File, err error) {
	f = File{CaseNo: c.CaseNo, Party: c.ShownTo(by).PartyName, Cause: c.PowerName, Result: casework.EndingLabel(c.Ending), FiledOn: c.FiledOn}
	if c.ClosedAt != 0 {
		f.ClosedOn = law.DateOf(store.FromMicros(c.ClosedAt))
	}
	if f.Organ, err = casework.OrganName(tx, c); err != nil {
		return f, err
	}
	names, err := org.PeopleNames(tx, []org.PersonID{org.PersonID(c.Lead), org.PersonID(c.Assist)})
	for _, p := range []int64{c.Lead, c.Assist} {
		if n := names[org.PersonID(p)]; n != "" {
			f.Officers = append(f.Officers, n)
		}
	}
	return f, err
}

// lines are the papers of the file in its order, with the pages of each.
func (s *Service) lines(papers []casework.Paper) ([]Line, error) {
	papers = slices.DeleteFunc(slices.Clone(papers), func(p casework.Paper) bool {
		return p.State == casework.PaperVoid || p.State == casework.PaperRendering
	})
	casework.InFileOrder(papers)
	out := make([]Line, len(papers))
	for i := range papers {
		b, err := s.cases.FileCopy(&papers[i])
		if err != nil {
			return nil, err
		}
		out[i] = lineOf(papers[i], document.PageCount(b))
	}
	return numbered(out), nil
}

// Routes are the sheets of a case's file.
func (s *Service) Routes() []access.Route {
	return []access.Route{{Pattern: "GET /w/cases/{id}/dossier/{sheet}", Allow: access.PaperPrint, Handle: s.show}}
}

// API adds the sheets as the pages send them.
func (s *Service) API(a *api.API) {
	op := api.Operation{
		ID: "printFileSheet", Path: "/cases/{id}/dossier/{sheet}", Group: "案件", Allow: access.PaperPrint, Summary: "案卷封面、卷内目录、卷内备考表",
		Detail: "按现在的案卷做出来，每取一次入办案留痕",
	}
	sheets := Cover + " 案卷封面、" + Contents + " 卷内目录、" + Closing + " 卷内备考表"
	api.File(a, op, []string{"application/pdf"}, []api.Param{{Name: "id", Doc: "案件编号"}, {Name: "sheet", Doc: sheets}}, s.show)
}

func (s *Service) show(w http.ResponseWriter, r *http.Request, by access.Session) error {
	n, err := store.ParseID(r.PathValue("id"))
	if err != nil {
		return fault.Missing("这个案件")
	}
	name, pdf, err := s.Print(r.Context(), by, casework.CaseID(n), r.PathValue("sheet"))
	if err != nil {
		return err
	}
	return web.Inline(w, r, name, "application/pdf", pdf)
}
