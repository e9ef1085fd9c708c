package casework

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/a-h/templ"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/casework/pages"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/org"
	"fadu/internal/store"
	"fadu/internal/web"
)

// Deed is an act of a desk whose form is a list of fields: the form on the page and the call for programs come
// from one list, so that neither asks for less than the other.
type Deed struct {
	Form Form
	// Call adds the call.
	Call func(a *api.API)
	do   func(ctx context.Context, by access.Session, id CaseID, body []byte) error
}

// Deeds are the acts of a desk.
type Deeds []Deed

// Forms are the forms of the deeds, in their order.
func (ds Deeds) Forms() []Form {
	out := make([]Form, len(ds))
	for i, d := range ds {
		out[i] = d.Form
	}
	return out
}

// API adds a call for each act.
func (ds Deeds) API(a *api.API) {
	for _, d := range ds {
		d.Call(a)
	}
}

// Do does an act with what its form or call would say, by the names of the call's JSON.
func (ds Deeds) Do(ctx context.Context, by access.Session, id CaseID, act string, says map[string]any) error {
	for _, d := range ds {
		if d.Form.Act != act {
			continue
		}
		b, err := json.Marshal(says)
		if err != nil {
			return err
		}
		return d.do(ctx, by, id, b)
	}
	return fault.New(fault.NotFound, "没有“%s”这一步", act)
}

// DeedDef says what NewDeed makes of an act. T is the input: a struct with OnVersion or OnRow and, for each field,
// the field of that name in JSON.
type DeedDef[T versioned] struct {
	Act                           string
	Submit, Explain, When, Detail string
	// Done is what the page says afterwards.
	Done   string
	Danger bool
	Fields []pages.DeedField
	// Fill proposes values and options that depend on the case; it may be nil. What it leaves out stays as in Fields.
	Fill func(tx *store.Tx, at FormAt, fields map[string]*pages.DeedField) error
	// Presume as in Form.
	Presume func(tx *store.Tx, by access.Session, c *Case, f *law.Facts) error
	// Command is the act; its name, version, input and the check for needed fields are added.
	Command func(by access.Session, in T) Command
}

// OnRow is OnVersion of an act beside the line: Of names the row (court/12).
type OnRow struct {
	OnVersion
	Of string `json:"of" required:"true" doc:"哪一项，例如 court/12，见案件的可办步骤"`
}

// NewDeed makes form and call of an act.
func NewDeed[T versioned](s *Service, d DeedDef[T]) Deed {
	do := func(ctx context.Context, by access.Session, id CaseID, in T) error {
		cmd := d.Command(by, in)
		cmd.Act, cmd.Version, cmd.Input = d.Act, in.seen(), in
		change := cmd.Change
		cmd.Change = func(tx *store.Tx, c *Case) error {
			if err := lackFields(d.Fields, in); err != nil || change == nil {
				return err
			}
			return change(tx, c)
		}
		_, err := s.Do(ctx, by, id, cmd)
		return err
	}
	f := Form{Act: d.Act, Submit: d.Submit, Explain: d.Explain, When: d.When, Danger: d.Danger, Presume: d.Presume}
	if len(d.Fields) > 0 {
		f.Body = func(tx *store.Tx, at FormAt) (templ.Component, error) { return d.body(tx, at) }
	}
	f.Post = func(q Posted) (string, error) {
		in, err := readFields[T](q, d.Fields)
		if err != nil {
			return "", err
		}
		return d.Done, do(q.Context(), q.By, q.Case, in)
	}
	fromJSON := func(ctx context.Context, by access.Session, id CaseID, body []byte) error {
		var in T
		if err := json.Unmarshal(body, &in); err != nil {
			return fmt.Errorf("casework: %s: %w", d.Act, err)
		}
		return do(ctx, by, id, in)
	}
	return Deed{f, func(a *api.API) { Call(a, s, d.Act, d.Detail, do) }, fromJSON}
}

func (d DeedDef[T]) body(tx *store.Tx, at FormAt) (templ.Component, error) {
	own := make([]pages.DeedField, len(d.Fields))
	byName := map[string]*pages.DeedField{}
	for i, f := range d.Fields {
		own[i] = f
		byName[f.Name] = &own[i]
	}
	if d.Fill != nil {
		if err := d.Fill(tx, at, byName); err != nil {
			return nil, err
		}
	}
	return pages.DeedFields(at.Form, own), nil
}

// readFields reads a form into the input, by way of its JSON.
func readFields[T any](q Posted, fields []pages.DeedField) (T, error) {
	var in T
	says := map[string]any{"version": q.Version, "of": q.Of}
	for _, f := range fields {
		says[f.Name] = readField(q.Form, f)
	}
	if err := q.Form.Err(); err != nil {
		return in, err
	}
	b, err := json.Marshal(says)
	if err != nil {
		return in, err
	}
	if err := json.Unmarshal(b, &in); err != nil {
		return in, fmt.Errorf("casework: form of %T: %w", in, err)
	}
	return in, nil
}

func readField(f *web.Form, d pages.DeedField) any {
	most := d.Max
	if most == 0 {
		most = map[pages.DeedFieldKind]int{pages.Line: 200, pages.Number: 10000}[d.Kind]
	}
	if most == 0 {
		most = 2000
	}
	switch d.Kind {
	case pages.Day:
		return f.Date(d.Name, d.Label)
	case pages.Instant:
		if t := f.Time(d.Name, d.Label); !t.IsZero() {
			return t
		}
		return time.Time{}
	case pages.Number:
		return f.Int(d.Name, d.Label, 0, int64(most))
	case pages.Sum:
		return f.Money(d.Name, d.Label)
	case pages.Tick:
		return f.Bool(d.Name)
	case pages.OneOf:
		if len(d.Options) == 0 { // they depend on the case, and the act checks
			return f.Text(d.Name, 100)
		}
		allowed := make([]string, len(d.Options))
		for i, o := range d.Options {
			allowed[i] = o.Value
		}
		return f.Choice(d.Name, d.Label, allowed...)
	case pages.Line:
		return f.Text(d.Name, most)
	}
	return f.Long(d.Name, most)
}

// lackFields refuses an input in which a needed field is empty, or has none of its options.
func lackFields(fields []pages.DeedField, in any) error {
	b, err := json.Marshal(in)
	if err != nil {
		return err
	}
	var says map[string]json.RawMessage
	if err := json.Unmarshal(b, &says); err != nil {
		return err
	}
	var fs fault.Fields
	for _, f := range fields {
		text := strings.Trim(strings.TrimSpace(string(says[f.Name])), `"`)
		empty := text == "" || text == "null" || f.Kind == pages.Instant && strings.HasPrefix(text, "0001-") || (f.Kind == pages.Number || f.Kind == pages.Sum) && strings.Trim(text, "0.") == ""
		switch {
		case f.Need && (empty || strings.TrimSpace(text) == ""):
			fs.Add(f.Name, "请填写%s", f.Label)
		case !empty && f.Kind == pages.OneOf && len(f.Options) > 0 && !hasOption(f.Options, text):
			fs.Add(f.Name, "%s没有“%s”这一项", f.Label, text)
		}
	}
	return fs.Err()
}

func hasOption(all []web.Option, value string) bool {
	for _, o := range all {
		if o.Value == value {
			return true
		}
	}
	return false
}

// Signed are the steps of an approval that was decided in one hand: who handles the case, and who approved.
func Signed(tx *store.Tx, c *Case, by access.Session, reason, opinion string) (Approval, error) {
	lead, err := personName(tx, c.Lead)
	if err != nil {
		return Approval{}, err
	}
	head, err := personName(tx, by.Person())
	if opinion == "" {
		opinion = "同意"
	}
	return Approval{Reason: reason, Steps: []ApprovalStep{
		{Post: "承办人", Opinion: reason, Name: lead, Date: tx.Today()}, {Post: "负责人", Opinion: opinion, Name: head, Date: tx.Today()},
	}}, err
}

// Unsigned are the steps of an approval that is asked for: the others sign.
func Unsigned(tx *store.Tx, c *Case, reason string) (Approval, error) {
	lead, err := personName(tx, c.Lead)
	return Approval{Reason: reason, Steps: []ApprovalStep{{Post: "承办人", Opinion: reason, Name: lead, Date: tx.Today()}, {Post: "承办机构负责人"}, {Post: "行政机关负责人"}}}, err
}

// personName is what a person is called; whoever is nobody is called nothing.
func personName(tx *store.Tx, id int64) (string, error) {
	if id == 0 {
		return "", nil
	}
	return org.PersonName(tx, org.PersonID(id))
}
