package casework

import (
	"fadu/internal/api"
	"fadu/internal/fault"
)

// PaperPreview is a paper as an act would issue it: what is still missing, its texts that may be worded anew by the
// names of the member free, and the PDF.
type PaperPreview struct {
	Kind    PaperKind         `json:"kind"`
	Title   string            `json:"title"`
	Missing []string          `json:"missing" doc:"法律要求而还没有的内容"`
	Free    map[string]string `json:"free" doc:"可以改写的文字和现在的写法"`
	PDF     []byte            `json:"pdf" doc:"标有“预览”的 PDF，Base64"`
}

// draftingBy is what the body of a call says of the papers of an act; an act without papers takes nothing of the kind.
func draftingBy(in any, a step) (*drafting, error) {
	v, ok := in.(interface{ drafting() *drafting })
	if !ok {
		return &drafting{}, nil
	}
	d := v.drafting()
	if len(a.Papers) > 0 {
		return d, nil
	}
	switch {
	case d.try:
		return nil, fault.InvalidField("preview", "“%s”不出具文书，没有可以预览的", a.Name)
	case len(d.free) > 0:
		return nil, fault.InvalidField("free", "“%s”不出具文书，没有可以改写的", a.Name)
	}
	return d, nil
}

// apiPreviewed answers a call that only wanted to see its papers.
func (s *Service) apiPreviewed(id CaseID, d *drafting) (api.Made[CaseHead], error) {
	out := api.Made[CaseHead]{Location: id.apiURL(), Body: CaseHead{ID: id}}
	for _, p := range d.shown {
		layout, err := s.proof(p)
		if err != nil {
			return out, err
		}
		pdf, err := s.Press.Render(layout, s.DB.Now())
		if err != nil {
			return out, err
		}
		view := PaperPreview{Kind: p.Content.Kind, Title: orWord(p.Content.Title, p.Content.Kind.Label()), Missing: p.Missing, Free: map[string]string{}, PDF: pdf}
		if view.Missing == nil {
			view.Missing = []string{}
		}
		for _, f := range p.Free {
			view.Free[p.Key+"."+f.Name] = f.Text
		}
		out.Body.Preview = append(out.Body.Preview, view)
	}
	return out, nil
}
