package casework

import (
	"errors"
	"net/http"

	"fadu/internal/access"
	"fadu/internal/casework/pages"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/org"
	"fadu/internal/powers"
	"fadu/internal/store"
	"fadu/internal/web"
)

func (s *Service) showEntry(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.renderEntry(w, r, by, http.StatusOK, nil, CaseID(web.QueryForm(r).ID("case", "案件")), "")
}

// renderEntry shows the form for one number, with everything that was typed.
func (s *Service) renderEntry(w http.ResponseWriter, r *http.Request, by access.Session, status int, f *web.Form, of CaseID, problem string) error {
	id, number, err := pathNumber(r)
	if err != nil {
		return err
	}
	file, err := s.BookletNumberView(r.Context(), by, id, number)
	if err != nil {
		return err
	}
	n := file.Number
	if err := n.still(NumberBlank, NumberUsed); err != nil {
		return err
	}
	now := s.DB.Now()
	v := pages.EntryView{
		Title: n.DocNo, Action: n.URL() + "/entry", Back: n.URL(), Form: f, Now: timeInput(now), Today: law.DateOf(now).String(), Version: 1, Presealed: bool(file.Booklet.Presealed),
		Sources: options(sourceOrder, sourceLabels), Kinds: options(partyOrder, partyLabels), IDKinds: options(idKindOrder, idKindLabels), Bases: basisOptions(), Harms: options(harmOrder, harmLabels), PayBy: options(payOrder, payLabels),
		Values: map[string]string{"kind": string(Citizen), "written_at": "", "act_from": "", "lead": idValue(by.Person())},
	}
	if n.UsedAt != 0 {
		at := store.FromMicros(n.UsedAt)
		v.Values["written_at"], v.Values["act_from"] = timeInput(at), law.DateOf(at).String()
	}
	for _, e := range elementNames() {
		v.Lacks = append(v.Lacks, web.Option{Value: e, Label: e})
	}
	if most, ok := law.Limit("onspot_cash", law.DateOf(now)); ok {
		v.Limit = most.Money().Grouped()
	}
	if r := f.Refused(); r != nil {
		refusal := web.RefusalOf(r)
		refusal.Title, refusal.Act = "", "补录"
		v.Refusal = &refusal
	}
	if problem != "" {
		v.Notices = append(v.Notices, pages.NoteView{Kind: "late", Title: "没有办成：", Text: problem})
	}
	if n.UsedAt != 0 && now.After(n.EntryDue()) {
		v.Notices = append(v.Notices, pages.NoteView{Kind: "soon", Title: "已经超过 24 小时，", Text: "按迟录登记，请写明原因。"})
	}
	err = s.DB.View(r.Context(), func(tx *store.Tx) error { return s.loadEntry(tx, by, &v, file.Booklet, of) })
	if err != nil {
		return err
	}
	return web.Render(w, r, status, pages.Entry(v))
}

// loadEntry gathers the choices of the form, and the case that the paper belongs to.
func (s *Service) loadEntry(tx *store.Tx, by access.Session, v *pages.EntryView, b Booklet, of CaseID) (err error) {
	if v.Areas, err = areaOptions(tx, b.UnitID); err != nil {
		return err
	}
	officers, err := org.Officers(tx, by.ScopeFor(access.CaseHandle), tx.Today(), "")
	if err != nil {
		return err
	}
	for _, o := range officers {
		v.Officers = append(v.Officers, web.Option{Value: o.Person.String(), Label: o.Name + "（" + o.UnitName + "）"})
	}
	if v.Powers, err = s.entryPowers(tx); err != nil {
		return err
	}
	next, err := NextReceipt(tx, by.Person())
	if err != nil {
		return err
	}
	if v.Receipt = "您名下没有已领用的专用票据"; next != "" {
		v.Receipt = "您名下应该用的下一张是 " + next
	}
	if of == 0 {
		return nil
	}
	c, err := load(tx, by.ScopeFor(access.CaseHandle), of)
	if err != nil {
		return err
	}
	v.CaseID, v.Version = of.String(), c.Version
	v.CaseText = joinDot(c.leadTitle(), c.Place, c.Summary)
	if c.Lead != 0 {
		v.Values["lead"], v.Values["assist"] = idValue(c.Lead), idValue(c.Assist)
	}
	if c.PartyKind != "" {
		for k, text := range map[string]string{"kind": string(c.PartyKind), "name": c.PartyName, "id_kind": c.IDKind, "id_number": c.IDNumber, "address": c.PartyAddress, "phone": c.PartyPhone, "identity_basis": c.IdentityBasis} {
			v.Values[k] = text
		}
	}
	return nil
}

// entryPowers are the causes that the bureau has adopted.
func (s *Service) entryPowers(tx *store.Tx) ([]web.Option, error) {
	all, err := s.Powers.All(tx, powers.Filter{Kind: powers.KindPenalty})
	if err != nil {
		return nil, err
	}
	var out []web.Option
	for _, p := range all {
		if p.Adopted(tx.Today()) {
			out = append(out, web.Option{Value: p.Code, Label: p.Code + " " + p.Name})
		}
	}
	return out, nil
}

// handwrittenInput reads the form.
func handwrittenInput(f *web.Form, version int64) HandwrittenInput {
	in := HandwrittenInput{
		Case: CaseID(f.ID("case", "案件")), WrittenAt: f.RequiredTime("written_at", "作出决定的时间"), FoundAt: f.Time("found_at", "发现时间"), Source: f.Text("source", 20),
		Place: f.Text("place", 200), Area: f.Text("area", 40), Summary: f.Long("summary", 1000), Lead: f.RequiredID("lead", "主办执法人员"), Assist: f.RequiredID("assist", "协办执法人员"),
		Party: PartyInput{
			Kind: PartyKind(f.Text("kind", 30)), Name: f.Text("name", 100), IDKind: f.Text("id_kind", 20), IDNumber: f.Text("id_number", 30), Address: f.Text("address", 200), Phone: f.Text("phone", 30),
			Born: f.Date("born", "出生日期"), LegalRep: f.Text("legal_rep", 50), Guardian: f.Text("guardian", 100), IdentityBasis: f.Text("identity_basis", 20),
		},
		Penalty: penaltyInput(f), ShowedID: f.Bool("showed_id"), Told: f.Bool("told"), Heard: f.Long("heard", 2000), Review: f.Long("review", 1000),
		Correct: f.Text("correct", 20), CorrectDue: f.Date("correct_due", "改正期限"), Footage: f.Text("footage", 100), NoFootage: f.Text("no_footage", 300),
		OfficersSigned: f.Bool("officers_signed"), PartySigned: f.Text("party_signed", 20), RefusalNote: f.Text("refusal_note", 300), Sealed: f.Bool("sealed"), Lacking: f.Choices("lacking", elementNames()...),
		Cash: CashInput{
			Amount: f.Money("amount_cash", "当场收缴"), ReceiptNo: f.Text("receipt_no", 40), HardLater: f.Bool("hard_later"), Why: f.Text("why", 300),
			Remote: f.Bool("remote"), Difficult: f.Bool("difficult"), Asked: f.Bool("asked"),
		},
		LateWhy: f.Text("late_why", 300), AsWritten: f.Bool("as_written"),
	}
	if in.Case != 0 {
		in.Version = version
	}
	return in
}

func (s *Service) enterForm(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, number, err := pathNumber(r)
	if err != nil {
		return err
	}
	f, err := web.ParseForm(w, r, bookletForm)
	if err != nil {
		return err
	}
	version, err := versionOf(f)
	if err != nil {
		return err
	}
	in := handwrittenInput(f, version)
	papers, scene := uploaded(f, "photos", "决定书照片"), uploaded(f, "scene", "现场照片")
	var made CaseID
	if err = f.Err(); err == nil {
		made, err = s.EnterHandwritten(r.Context(), by, id, number, in, papers, scene)
	}
	if status, ok := f.Take(err); ok {
		return s.renderEntry(w, r, by, status, f, in.Case, "")
	}
	var e *fault.Error
	if errors.As(err, &e) && (e.Kind == fault.Conflict || e.Kind == fault.Forbidden) && e.Location == "" {
		return s.renderEntry(w, r, by, web.Status(err), f, in.Case, e.Message)
	}
	if err != nil {
		return err
	}
	web.Notify(w, r, web.Flash{Text: "已补录，等另一名执法人员确认"})
	web.SeeOther(w, r, (&Case{ID: made}).URL())
	return nil
}
