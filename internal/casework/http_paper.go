package casework

import (
	"errors"
	"net/http"
	"slices"

	"fadu/internal/access"
	"fadu/internal/casework/pages"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/web"
)

// routesPaper are the pages of papers, of their public check and of number blocks.
func (s *Service) routesPaper() []access.Route {
	return slices.Concat([]access.Route{
		{Pattern: "GET /w/papers/{id}", Allow: access.CaseRead, Handle: s.showPaper},
		{Pattern: "GET /w/papers/{id}/pdf", Allow: access.CaseRead, Handle: s.paperBytes(false)},
		{Pattern: "GET /w/papers/{id}/signed", Allow: access.CaseRead, Handle: s.paperBytes(true)},
		{Pattern: "POST /w/papers/{id}/print", Allow: access.PaperPrint, Handle: s.printPaper},
		{Pattern: "POST /w/papers/{id}/seal", Allow: access.CaseFile, Handle: s.sealPaper},
		{Pattern: "POST /w/papers/{id}/sign", Allow: access.CaseHandle, MaxBody: maxSignature + 1<<20, Handle: s.signPaper},
		{Pattern: "POST /w/papers/{id}/retry", Allow: access.CaseHandle, Handle: s.retryPaper},
		{Pattern: "POST /w/papers/{id}/delivery", Allow: access.CaseHandle, Handle: s.handOverPaper},
	}, s.routesOutputs(), s.routesVerify(), s.routesSeries(), s.routesWording())
}

// pathPaper reads the paper's identifier; a malformed one is no paper.
func pathPaper(r *http.Request) (PaperID, error) { return paperIDOf(r.PathValue("id")) }

func paperIDOf(text string) (PaperID, error) {
	n, err := store.ParseID(text)
	if err != nil {
		return 0, fault.Missing("这份文书")
	}
	return PaperID(n), nil
}

// paperForms are the forms of a paper's page that came back with something to mend.
type paperForms struct {
	sign, hand *web.Form
	problem    string
}

func (s *Service) showPaper(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := pathPaper(r)
	if err != nil {
		return err
	}
	return s.renderPaper(w, r, by, id, http.StatusOK, paperForms{})
}

func (s *Service) renderPaper(w http.ResponseWriter, r *http.Request, by access.Session, id PaperID, status int, back paperForms) error {
	p, err := s.Paper(r.Context(), by, id)
	if err != nil {
		return err
	}
	v := &paperPage{PaperView: p, s: s, by: by, now: s.DB.Now(), today: law.DateOf(s.DB.Now()), back: back}
	page, err := v.page()
	if err != nil {
		return err
	}
	return web.Render(w, r, status, pages.Paper(page))
}

// paperBytes shows the PDF as issued, or the signed copy for the file.
func (s *Service) paperBytes(signed bool) func(http.ResponseWriter, *http.Request, access.Session) error {
	return func(w http.ResponseWriter, r *http.Request, by access.Session) error {
		id, err := pathPaper(r)
		if err != nil {
			return err
		}
		pdf, err := s.Preview(r.Context(), by, id, signed)
		if err != nil {
			return err
		}
		name := "文书-" + id.String() + ".pdf"
		if signed {
			name = "存根-" + id.String() + ".pdf"
		}
		return web.Inline(w, r, name, "application/pdf", pdf)
	}
}

func (s *Service) printPaper(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := pathPaper(r)
	if err != nil {
		return err
	}
	name, pdf, err := s.Print(r.Context(), by, id)
	if err != nil {
		return err
	}
	return web.Download(w, r, name, "application/pdf", pdf)
}

func (s *Service) sealPaper(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := pathPaper(r)
	if err != nil {
		return err
	}
	return s.afterPaper(w, r, by, id, s.Seal(r.Context(), by, id), "已登记用印")
}

func (s *Service) retryPaper(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := pathPaper(r)
	if err != nil {
		return err
	}
	return s.afterPaper(w, r, by, id, s.retry(r.Context(), by, id), "文书已出具")
}

// afterPaper goes back to the paper, or shows it with why the act was not done.
func (s *Service) afterPaper(w http.ResponseWriter, r *http.Request, by access.Session, id PaperID, err error, done string) error {
	var e *fault.Error
	if errors.As(err, &e) && e.Kind == fault.Conflict {
		return s.renderPaper(w, r, by, id, http.StatusConflict, paperForms{problem: e.Message})
	}
	if err != nil {
		return err
	}
	web.Notify(w, r, web.Flash{Text: done})
	web.SeeOther(w, r, id.URL())
	return nil
}

func (s *Service) signPaper(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := pathPaper(r)
	if err != nil {
		return err
	}
	f, err := web.ParseForm(w, r, maxSignature+1<<20)
	if err != nil {
		return err
	}
	in := SignInput{Role: SignatureRole(f.Value("role")), Method: f.Choice("method", "签名方式", "drawn", "on_paper", "refused"), Note: f.Long("note", 500)}
	images := f.Files("signature", "签名", 1, maxSignature, "image/png", "image/jpeg")
	if err = f.Err(); err == nil {
		err = s.signWith(r, by, id, in, images)
	}
	if status, ok := f.Take(err); ok {
		return s.renderPaper(w, r, by, id, status, paperForms{sign: f})
	}
	return s.afterPaper(w, r, by, id, err, "已签名")
}

// signWith records a signature with its image, if it was drawn.
func (s *Service) signWith(r *http.Request, by access.Session, id PaperID, in SignInput, images []web.Upload) error {
	if in.Method != "drawn" || len(images) == 0 {
		return s.Sign(r.Context(), by, id, in, nil)
	}
	image, err := images[0].Open()
	if err != nil {
		return err
	}
	return errors.Join(s.Sign(r.Context(), by, id, in, image), image.Close())
}

func (s *Service) handOverPaper(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := pathPaper(r)
	if err != nil {
		return err
	}
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	in := HandOverInput{At: f.RequiredTime("at", "交付时间"), How: f.Text("how", 20), Note: f.Text("note", 200)}
	if err = f.Err(); err == nil {
		err = s.HandOver(r.Context(), by, id, in)
	}
	if status, ok := f.Take(err); ok {
		return s.renderPaper(w, r, by, id, status, paperForms{hand: f})
	}
	return s.afterPaper(w, r, by, id, err, "已登记交付")
}
