package casework

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/casework/pages"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/web"
)

// Form is a desk's form on the case's page for one act. The page draws the frame around it: title, basis, what
// is missing, version and button.
type Form struct {
	// Act is the act in its table; its name is the form's title, its permission the route's.
	Act string
	// Submit is the button's label, the act's name when empty. Danger marks what cannot be taken back.
	Submit string
	Danger bool
	// Explain says what the act is for, When in which case it is the way; both short.
	Explain, When string
	// MaxBody bounds a form with files, which is then sent as multipart.
	MaxBody int64
	// Presume states what only this form will state, as a form that is filled in well states it, so that the
	// button is grey for what the form cannot mend. May be nil.
	Presume func(tx *store.Tx, by access.Session, c *Case, f *law.Facts) error
	// Body are the fields; nil for a form that is only a button.
	Body func(tx *store.Tx, at FormAt) (templ.Component, error)
	// Post does the act and says what was done. Field faults and refusals come back into the form by themselves.
	Post func(q Posted) (string, error)
	// Alone is the act as the last signature of its approval form does it, with the opinion as its note; nil for an
	// act that its form must say more of, which is then done on this page.
	Alone func(by access.Session, of, note string) Command
}

// FormAt is where a form is shown: the case, who looks, the row beside the line ("" for the case itself), what
// came back from a post, and the day.
type FormAt struct {
	Case  *Case
	By    access.Session
	Of    string
	Form  *web.Form
	Today law.Date

	// veiled hides in free text what of the party By does not see.
	veiled func(string) string
}

// Facts are lines of the record as By may see them.
func (at FormAt) Facts(facts []web.FactView) []web.FactView {
	for i := range facts {
		if at.veiled != nil {
			facts[i].Text = at.veiled(facts[i].Text)
		}
	}
	return facts
}

// Posted is a desk's form that came in.
type Posted struct {
	*http.Request
	By      access.Session
	Case    CaseID
	Version int64
	// Of is the row beside the line that the form is about.
	Of   string
	Form *web.Form
}

// Call adds the call of an act of a desk to the interface for programs: POST /cases/{id}/acts/{act}.
func Call[B any](a *api.API, s *Service, act, detail string, do func(ctx context.Context, by access.Session, id CaseID, in B) error) {
	onCase(a, s, apiCall{path: actPath(act), acts: []string{act}, detail: detail}, do)
}

// CallWithFiles is Call for a body with photographs of at most so many bytes.
func CallWithFiles[B any](a *api.API, s *Service, act, detail string, most int64, do func(ctx context.Context, by access.Session, id CaseID, in B) error) {
	onCase(a, s, apiCall{path: actPath(act), acts: []string{act}, detail: detail, maxBody: most}, do)
}

func actPath(act string) string { return "acts/" + strings.ReplaceAll(act, "_", "-") }

// formFor finds the desks' form of an act for a case: what the on-the-spot table has itself, its own page does.
func (s *Service) formFor(c *Case, act string) (Form, bool) {
	if _, own := OnSpot.Act(act); own && c.line(act).Name == OnSpot.Name {
		return Form{}, false
	}
	return s.formOf(act)
}

func (s *Service) formOf(act string) (Form, bool) {
	for _, d := range s.desks {
		if i := slices.IndexFunc(d.Forms, func(f Form) bool { return f.Act == act }); i >= 0 {
			return d.Forms[i], true
		}
	}
	return Form{}, false
}

// Alone returns the acts that the last signature of an approval form does.
func (s *Service) Alone() map[string]func(by access.Session, of, note string) Command {
	out := map[string]func(access.Session, string, string) Command{}
	for _, d := range s.desks {
		for _, f := range d.Forms {
			if f.Alone != nil {
				out[f.Act] = f.Alone
			}
		}
	}
	return out
}

// deskPostings are the desks' forms as postings of the case's page.
func (s *Service) deskPostings() []posting {
	var out []posting
	for _, d := range s.desks {
		for _, f := range d.Forms {
			out = append(out, posting{path: actPath(f.Act), step: f.Act, act: f.Act, max: f.MaxBody, do: func(q posted) (web.Flash, error) {
				if q.form.Has(web.MoreName) {
					return web.Flash{}, tryOut{}
				}
				words := draftingIn(q.form)
				q.Request = q.WithContext(words.within(q.Context()))
				text, err := f.Post(Posted{q.Request, q.by, q.id, q.version, q.form.Value("_of"), q.form})
				if words.try {
					return web.Flash{}, s.previewed(words, q.form.Value(pages.PreviewName), err)
				}
				return web.Flash{Text: text}, err
			}})
		}
	}
	return out
}

// deskBody is the panel of an act of a desk, drawn while the page is loaded.
func (v *caseView) deskBody(tx *store.Tx, f Form) error {
	a, _ := findAct(f.Act)
	title := a.Name
	if ch := v.choice(f.Act); ch != nil && ch.About != "" {
		title += "：" + ch.About
	}
	frame := v.frame(f.Act, actPath(f.Act), title, orWord(f.Submit, a.Name))
	frame.Explain, frame.Cite, frame.Multipart, frame.Of = f.Explain, a.Cite, f.MaxBody > 0, v.of
	if f.Danger {
		frame.Class = "danger"
	}
	g, err := v.s.formOn(tx, v.Case, v.of, a)
	if err != nil {
		return err
	}
	if g != nil && !g.Signed && v.choice(f.Act) != nil {
		v.panel = v.asking(a, *g, frame)
		return nil
	}
	var body templ.Component = templ.NopComponent
	if f.Body != nil {
		if body, err = f.Body(tx, FormAt{v.Case, v.by, v.of, v.form, v.today, v.veiled}); err != nil {
			return err
		}
	}
	if frame.Preview, err = v.preview(a, frame.Multipart); err != nil {
		return err
	}
	v.panel = pages.Desk(frame, body)
	return nil
}
