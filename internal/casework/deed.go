package casework

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/org"
	"fadu/internal/store"
	"fadu/internal/web"
)

// Deed is an act of a desk whose form and call are read off one struct, so that neither asks for less than the other.
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

// DeedDef says what NewDeed makes of an act. T is the input: a struct with OnVersion or OnRow and tagged fields, see Ask.
type DeedDef[T versioned] struct {
	Act                           string
	Submit, Explain, When, Detail string
	// Done is what the page says afterwards.
	Done   string
	Danger bool
	// Options are the choices of select and radio fields whose tag does not name them; forms and calls check them.
	Options map[string][]web.Option
	// Start proposes what depends on the case; it may be nil.
	Start func(tx *store.Tx, at FormAt) (Asked[T], error)
	// Presume as in Form.
	Presume func(tx *store.Tx, by access.Session, c *Case, f *law.Facts) error
	// Command is the act; its name, version, input and the check for needed fields are added.
	Command func(by access.Session, in T) Command
}

// OnRow is OnVersion of an act beside the line: Of names the row (court/12).
type OnRow struct {
	OnVersion
	Of string `json:"of" required:"true" doc:"哪一项，例如 court/12，见案件的可办步骤" ask:"hidden"`
}

// SetOf takes the row that a form is about.
func (r *OnRow) SetOf(of string) { r.Of = of }

// NewDeed makes form and call of an act.
func NewDeed[T versioned](s *Service, d DeedDef[T]) Deed {
	do := func(ctx context.Context, by access.Session, id CaseID, in T) error {
		cmd := d.Command(by, in)
		cmd.Act, cmd.Version, cmd.Input = d.Act, in.seen(), in
		change := cmd.Change
		cmd.Change = func(tx *store.Tx, c *Case) error {
			if err := lackingOf(in, d.Options); err != nil || change == nil {
				return err
			}
			return change(tx, c)
		}
		_, err := s.Do(ctx, by, id, cmd)
		return err
	}
	start := func(tx *store.Tx, at FormAt) (Asked[T], error) {
		var asked Asked[T]
		if d.Start != nil {
			var err error
			if asked, err = d.Start(tx, at); err != nil {
				return asked, err
			}
		}
		if asked.Options == nil {
			asked.Options = map[string][]web.Option{}
		}
		maps.Copy(asked.Options, d.Options)
		return asked, nil
	}
	f := Ask(Form{Act: d.Act, Submit: d.Submit, Explain: d.Explain, When: d.When, Danger: d.Danger, Presume: d.Presume}, d.Done, start,
		func(ctx context.Context, by access.Session, id CaseID, version int64, in T) error {
			if v, ok := any(&in).(interface{ setSeen(int64) }); ok {
				v.setSeen(version)
			}
			return do(ctx, by, id, in)
		})
	fromJSON := func(ctx context.Context, by access.Session, id CaseID, body []byte) error {
		var in T
		if err := json.Unmarshal(body, &in); err != nil {
			return fmt.Errorf("casework: %s: %w", d.Act, err)
		}
		return do(ctx, by, id, in)
	}
	return Deed{f, func(a *api.API) { Call(a, s, d.Act, d.Detail, do) }, fromJSON}
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

// PersonName is what a person is called; whoever is nobody is called nothing.
func PersonName(tx *store.Tx, id int64) (string, error) { return personName(tx, id) }

// personName is what a person is called; whoever is nobody is called nothing.
func personName(tx *store.Tx, id int64) (string, error) {
	if id == 0 {
		return "", nil
	}
	return org.PersonName(tx, org.PersonID(id))
}
