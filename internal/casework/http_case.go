package casework

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"fadu/internal/access"
	"fadu/internal/casework/pages"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/web"
)

// The largest forms: a photograph, a drawn signature.
const (
	photoBytes     = 12 << 20
	photoForm      = photoBytes + 1<<20
	signatureBytes = 2 << 20
	signatureForm  = signatureBytes + 1<<20
)

// routesCase are the pages of the to-do list, the list of cases and a case with every act of OnSpot.
func (s *Service) routesCase() []access.Route {
	routes := []access.Route{
		{Pattern: "GET /w/{$}", Handle: s.showTodo},
		{Pattern: "GET /w/cases", Allow: access.CaseRead, Handle: s.showList},
		{Pattern: "GET /w/cases/export", Allow: access.CaseExport, Handle: s.exportList},
		{Pattern: "GET /w/cases/new", Allow: access.LeadRegister, Handle: s.showNewLead},
		{Pattern: "POST /w/cases/new", Allow: access.LeadRegister, Handle: s.registerLead},
		{Pattern: "GET /w/cases/{id}", Allow: access.CaseRead, Handle: s.showCase},
		{Pattern: "GET /w/cases/{id}/photos/{photo}", Allow: access.CaseRead, Handle: s.servePhoto},
		{Pattern: "GET /w/cases/{id}/evidence/{number}", Allow: access.CaseRead, Handle: s.serveExhibit},
		{Pattern: "GET /w/cases/{id}/plans/{plan}", Allow: access.CaseRead, Handle: s.serveProof},
		{Pattern: "GET /w/cases/{id}/powers", Allow: access.CaseRead, Handle: s.choosePower},
		{Pattern: "GET /w/cases/{id}/calculate", Allow: access.CaseRead, Handle: s.showCalculation},
	}
	for _, p := range slices.Concat(s.postings(), s.deskPostings()) {
		a, _ := findAct(p.act)
		allow := access.Permission(a.By)
		if p.allow != "" {
			allow = p.allow
		}
		routes = append(routes, access.Route{Pattern: "POST /w/cases/{id}/" + p.path, Allow: allow, MaxBody: p.max, Handle: s.onCase(p)})
	}
	return routes
}

// posting is one form of a case's page. act is the act of a table whose permission it asks for, allow the
// permission of a command that is no act; step is the form's key on the page.
type posting struct {
	path, step, act string
	allow           access.Permission
	max             int64
	do              func(q posted) (web.Flash, error)
}

// posted is a form that came in for a case.
type posted struct {
	*http.Request
	by      access.Session
	id      CaseID
	version int64
	form    *web.Form
}

// postings are the forms of a case's page.
func (s *Service) postings() []posting {
	return []posting{
		{path: "lead", step: "lead", act: "amend_lead", do: s.postLead},
		{path: "officers", step: "officers", act: "start", do: s.postOfficers},
		{path: "party", step: "party", act: "party", do: s.postParty},
		{path: "steps/{kind}", act: "step", do: s.postStep},
		{path: "signing/{kind}", allow: access.CaseHandle, do: s.postAsk},
		{path: "steps/{step}/withdraw", step: "withdraw", act: "withdraw_step", do: s.postWithdraw},
		{path: "photos", step: "photo", act: "photo", max: photoForm, do: s.postPhoto},
		{path: "proposal", step: "propose", act: "propose", do: s.postProposal},
		{path: "notices", step: "order_paper", act: "order_paper", do: s.postNotice},
		{path: "decision", step: "decide", act: "decide", do: s.postDecision},
		{path: "signatures", step: "sign", act: "sign", max: signatureForm, do: s.postSignature},
		{path: "seal", step: "seal", allow: access.CaseFile, do: s.postSeal},
		{path: "void", step: "void_paper", act: "void_paper", do: s.postVoid},
		{path: "delivery", step: "deliver", act: "deliver", do: s.postDelivery},
		{path: "cash", step: "collect", act: "collect", do: s.postCash},
		{path: "payments", step: "pay", act: "pay", do: s.postPayment},
		{path: "payments/{payment}/hand-in", step: "hand_in", act: "hand_in", do: s.postHandIn},
		{path: "payments/{payment}/deposit", step: "deposit", act: "deposit", do: s.postDeposit},
		{path: "refunds", step: "refund", allow: access.MoneyReconcile, do: s.postRefund},
		{path: "filing", step: "file", act: "file", do: s.postFiling},
		{path: "closing", step: "close", act: "close", do: s.postClosing},
		{path: "decline", step: "decline", act: "decline", do: s.postDecline},
		{path: "ordinary", step: "to_ordinary", act: "to_ordinary", do: s.postOrdinary},
		{path: "correction", step: "correct_paper", act: "correct_paper", do: s.postCorrection},
		{path: "change", step: "change", act: "change", do: s.postChange},
		{path: "change-void", step: "void_change", act: "void_change", do: s.postVoidChange},
		{path: "change-notice", step: "change_notice", act: "change_notice", do: s.postChangeNotice},
		{path: "hear-again", step: "hear_again", act: "hear_again", do: s.postHearAgain},
		{path: "withdrawal", step: "withdraw_publication", act: "withdraw_publication", do: s.postWithdrawal},
		{path: "plan", step: "apply_terms", act: "apply_terms", max: photoForm, do: s.postPlan},
		{path: "plan-approval", step: "approve_terms", act: "approve_terms", do: s.postPlanDecision(true)},
		{path: "plan-refusal", step: "refuse_terms", act: "refuse_terms", do: s.postPlanDecision(false)},
		{path: "plan-end", step: "end_terms", act: "end_terms", do: s.postPlanEnd},
		{path: "entry-confirmation", step: "confirm_entry", act: "confirm_entry", do: s.postConfirmEntry},
		{path: "entry-ruling", step: "keep_entry", act: "keep_entry", do: s.postKeepEntry},
		{path: "revocation", step: "revoke", act: "revoke", do: s.postRevocation},
	}
}

// onCase reads a form, does its command and goes back to the case, or shows the form again with what is
// to be mended and everything that was typed.
func (s *Service) onCase(p posting) func(http.ResponseWriter, *http.Request, access.Session) error {
	return func(w http.ResponseWriter, r *http.Request, by access.Session) error {
		id, err := pathCase(r)
		if err != nil {
			return err
		}
		f, err := web.ParseForm(w, r, p.max)
		if err != nil {
			return err
		}
		version, err := versionOf(f)
		if err != nil {
			if hidden := s.visible(r.Context(), by, id); hidden != nil {
				return hidden // whose case it is comes before what the form lacks
			}
			return err
		}
		q := posted{r, by, id, version, f}
		done, err := p.do(q)
		show := shown{step: p.step, form: f, of: f.Value("_of")}
		if show.step == "" {
			show.step = r.PathValue("kind")
		}
		var again tryOut
		switch status, ok := f.Take(err); {
		case errors.As(err, &again) && again.pdf != nil:
			return web.Inline(w, r, "预览.pdf", "application/pdf", again.pdf)
		case errors.As(err, &again):
			show.papers, show.tried = again.papers, again.tried
			return s.renderCase(w, r, by, id, http.StatusOK, show)
		case ok:
			return s.renderCase(w, r, by, id, status, show)
		case err != nil:
			at := url.Values{"step": {show.step}, "item": {itemText(pathItem(r))}}
			if show.of != "" {
				at.Set("of", show.of)
			}
			page := (&Case{ID: id}).URL() + "?" + at.Encode()
			return fault.Moved(err, page)
		}
		web.Notify(w, r, done)
		web.SeeOther(w, r, (&Case{ID: id}).URL())
		return nil
	}
}

// tryOut asks to show a form again as filled in, with what follows from it, without doing anything: the
// way of the live parts for browsers without scripts.
type tryOut struct {
	// papers are those of a preview (tried), pdf is one of them.
	tried  bool
	papers []Previewed
	pdf    []byte
}

func (tryOut) Error() string { return "tried out" }

// shown says which step a case's page shows, with the form that came back.
type shown struct {
	step string
	form *web.Form
	// item is the step or payment that the form is about, of the row beside the line.
	item int64
	of   string
	// papers are those that a preview shows, tried that one was asked for.
	papers []Previewed
	tried  bool
}

func (s *Service) showCase(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := pathCase(r)
	if err != nil {
		return err
	}
	q := web.QueryForm(r)
	return s.renderCase(w, r, by, id, http.StatusOK, shown{step: q.Value("step"), item: q.ID("item", "记录"), of: q.Value("of")})
}

// renderCase shows a case with one step in hand.
func (s *Service) renderCase(w http.ResponseWriter, r *http.Request, by access.Session, id CaseID, status int, show shown) error {
	f, err := s.View(r.Context(), by, id)
	if err != nil {
		return err
	}
	if show.item == 0 {
		show.item = pathItem(r)
	}
	v := &caseView{s: s, File: f, by: by, shown: show, today: law.DateOf(s.DB.Now()), now: s.DB.Now()}
	if err := s.DB.View(r.Context(), v.load); err != nil {
		return err
	}
	return web.Render(w, r, status, pages.Case(v.page()))
}

func (s *Service) showNewLead(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.renderNewLead(w, r, by, http.StatusOK, nil)
}

func (s *Service) renderNewLead(w http.ResponseWriter, r *http.Request, by access.Session, status int, f *web.Form) error {
	v := pages.LeadView{Form: f, Now: timeInput(s.DB.Now()), Sources: options(sourceOrder, sourceLabels), Unit: by.Unit().ID.String()}
	err := s.DB.View(r.Context(), func(tx *store.Tx) (err error) {
		if v.Units, err = s.unitOptions(tx, by.ScopeFor(access.LeadRegister)); err != nil {
			return err
		}
		v.Areas, err = areaOptions(tx, by.Unit().ID)
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, status, pages.NewLead(v))
}

func (s *Service) registerLead(w http.ResponseWriter, r *http.Request, by access.Session) error {
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	in := LeadInput{
		Source: f.Text("source", 20), FoundAt: f.Time("found_at", "发现时间"), Place: f.Text("place", 200), Area: f.Text("area", 40),
		Summary: f.Long("summary", 1000), Unit: access.UnitID(f.ID("unit", "承办单位")),
	}
	in.Latitude, in.Longitude = coordinates(f)
	var id CaseID
	if err = f.Err(); err == nil {
		id, err = s.RegisterLead(r.Context(), by, in)
	}
	if status, ok := f.Take(err); ok {
		return s.renderNewLead(w, r, by, status, f)
	}
	if err != nil {
		return err
	}
	web.Notify(w, r, web.Flash{Text: "已登记线索"})
	web.SeeOther(w, r, (&Case{ID: id}).URL())
	return nil
}

// pathCase reads the case's identifier; a malformed one is no case.
func pathCase(r *http.Request) (CaseID, error) {
	n, err := store.ParseID(r.PathValue("id"))
	if err != nil {
		return 0, fault.Missing("这个案件")
	}
	return CaseID(n), nil
}

func itemText(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

// pathItem is the step or payment that the address names, or 0.
func pathItem(r *http.Request) int64 {
	for _, name := range []string{"step", "payment"} {
		if n, err := store.ParseID(r.PathValue(name)); err == nil {
			return n
		}
	}
	return 0
}

// versionOf reads the version that the person saw; every form carries it.
func versionOf(f *web.Form) (int64, error) {
	n, err := strconv.ParseInt(f.Value("_version"), 10, 64)
	if err != nil || n < 1 {
		return 0, fault.New(fault.Invalid, "表单没有传完整，请返回刷新页面后再交")
	}
	return n, nil
}

// coordinates reads what the device found; what it did not find is 0, and nonsense is wrong.
func coordinates(f *web.Form) (latitude, longitude float64) {
	read := func(name string, limit float64) float64 {
		if !f.Has(name) {
			return 0
		}
		x, err := strconv.ParseFloat(f.Value(name), 64)
		if err != nil || x < -limit || x > limit {
			f.Add(name, "坐标不对，请重新定位或者不填")
			return 0
		}
		return x
	}
	return read("latitude", 90), read("longitude", 180)
}
