package casework

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"fadu/internal/access"
	"fadu/internal/casework/pages"
	"fadu/internal/document"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/web"
)

// Exhibit is a numbered piece of evidence of an ordinary case, as its page shows it.
type Exhibit struct {
	Number int64
	// Title and Kind say what it is, Proves what it proves, Outcome what was found of it; Admitted: the case may rest
	// on it.
	Title, Kind, Proves, Outcome string
	Admitted                     bool
	// Since is the younger of its row and that of what was found of it: what it proves counts from then on.
	Since int64
	// Unreviewed: the record of a monitoring device that was not found to meet the requirements.
	Unreviewed bool
	// Pages and Source are how much it is and from whom, where and how it was obtained.
	Pages, Source string
	ObtainedOn    law.Date
	// Digest and Type are its picture's; empty for one that has none. Paper is the record in which it stands.
	Digest, Type string
	Paper        PaperID
}

// Exhibits are the pieces of evidence that desks keep of a case, in the order of their numbers.
func (s *Service) Exhibits(tx *store.Tx, c *Case) ([]Exhibit, error) {
	var out []Exhibit
	for _, d := range s.desks {
		if d.Exhibits == nil || !c.ordinary() {
			continue
		}
		more, err := d.Exhibits(tx, c)
		if err != nil {
			return nil, err
		}
		out = append(out, more...)
	}
	return out, nil
}

// OpenExhibit returns a piece of evidence of a case that the session may read, with the bytes of its picture; they are
// found by the case and its number, never by their digest.
func (s *Service) OpenExhibit(ctx context.Context, by access.Session, id CaseID, number int64) (Exhibit, []byte, error) {
	var found Exhibit
	var unit access.UnitID
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		c, err := s.Load(tx, by, access.CaseRead, id)
		if err != nil {
			return err
		}
		all, err := s.Exhibits(tx, c)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(e Exhibit) bool { return e.Number == number && e.Digest != "" })
		if i < 0 {
			return fault.Missing("这份证据的照片")
		}
		found, unit = all[i], c.UnitID
		return nil
	})
	if err != nil {
		return Exhibit{}, nil, err
	}
	if err := s.saw(ctx, by, "casework.case_read", id.Subject(), unit); err != nil {
		return Exhibit{}, nil, err
	}
	body, err := s.Blobs.Open(found.Digest)
	if err != nil {
		return Exhibit{}, nil, fmt.Errorf("casework: evidence %d of %s: %w", number, id, err)
	}
	defer body.Close()
	data, err := io.ReadAll(body)
	if err != nil {
		return Exhibit{}, nil, fmt.Errorf("casework: read evidence %d of %s: %w", number, id, err)
	}
	return found, data, nil
}

func (s *Service) serveExhibit(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := pathCase(r)
	if err != nil {
		return err
	}
	number, err := strconv.ParseInt(r.PathValue("number"), 10, 64)
	if err != nil {
		return fault.Missing("这份证据")
	}
	e, data, err := s.OpenExhibit(r.Context(), by, id, number)
	if err != nil {
		return err
	}
	kind := e.Type
	if r.URL.Query().Get("small") == "1" {
		if data, err = document.Thumbnail(data, thumbSide); err != nil {
			return err
		}
		kind = "image/jpeg"
	}
	web.Picture(w, r, kind, e.ObtainedOn.Start(), data)
	return nil
}

// exhibitViews are the evidence at the right of an ordinary case's page.
func (v *caseView) exhibitViews() []pages.ExhibitView {
	var out []pages.ExhibitView
	for _, e := range v.Exhibits {
		x := pages.ExhibitView{Label: fmt.Sprintf("%d．%s", e.Number, e.Title), Small: joinDot(e.Kind, "证明"+strings.TrimPrefix(e.Proves, "证明")), Tag: web.TagView{Label: e.Outcome}}
		switch {
		case e.Outcome == "":
			x.Tag = web.TagView{Label: "待认定", Kind: "soon"}
		case e.Admitted:
			x.Tag.Kind = "ok"
		default:
			x.Tag.Kind = "line"
		}
		switch {
		case e.Digest != "":
			x.Href = fmt.Sprintf("%s/evidence/%d", v.Case.URL(), e.Number)
			x.Thumb = x.Href + "?small=1"
		case e.Paper != 0:
			x.Href = "/w/papers/" + e.Paper.String()
		}
		out = append(out, x)
	}
	return out
}
