package casework

import (
	"fmt"
	"slices"
	"time"

	"fadu/internal/access"
	"fadu/internal/law"
	"fadu/internal/law/calendar"
	"fadu/internal/law/timing"
	"fadu/internal/org"
	"fadu/internal/store"
)

// CaseHead says which case, how it stands and, once there is one, its decision.
type CaseHead struct {
	ID         CaseID `json:"id"`
	Version    int64  `json:"version,omitempty"`
	State      State  `json:"state,omitempty"`
	StateLabel string `json:"state_label,omitempty"`
	// Procedure is empty while a lead may still go either way; only an ordinary case has a number of its own.
	Procedure ProcedureID `json:"procedure,omitempty"`
	CaseNo    string      `json:"case_no,omitempty"`
	Decision  *PaperHead  `json:"decision,omitempty"`
	// Preview are the papers that the act would issue; nothing was done.
	Preview []PaperPreview `json:"preview,omitempty" doc:"预览：这一步会出具的文书；没有办理"`
}

// PaperHead is a paper in short.
type PaperHead struct {
	ID     PaperID    `json:"id"`
	Kind   PaperKind  `json:"kind"`
	State  PaperState `json:"state"`
	DocNo  string     `json:"doc_no"`
	Code   string     `json:"code"`
	Dated  law.Date   `json:"dated"`
	Digest string     `json:"digest"`
}

func caseHead(c *Case, decided *Paper) CaseHead {
	h := CaseHead{ID: c.ID, Version: c.Version, State: c.State, StateLabel: c.StateLabel(), Procedure: c.Procedure, CaseNo: c.CaseNo}
	if decided != nil {
		p := paperHead(*decided)
		h.Decision = &p
	}
	return h
}

func paperHead(p Paper) PaperHead {
	return PaperHead{p.ID, p.Kind, p.State, p.DocNo, p.Code, p.Dated, p.Digest}
}

// CasePage is a page of cases. Total stops at 1000 and More says that there are more.
type CasePage struct {
	Items []CaseRow `json:"items"`
	Total int       `json:"total"`
	More  bool      `json:"more"`
	Prev  string    `json:"prev,omitempty"`
	Next  string    `json:"next,omitempty"`
}

// CaseRow is a case in a list. It has no identity number.
type CaseRow struct {
	CaseHead
	DocNo     string        `json:"doc_no"`
	Unit      access.UnitID `json:"unit"`
	UnitName  string        `json:"unit_name"`
	FoundAt   time.Time     `json:"found_at"`
	Place     string        `json:"place"`
	Summary   string        `json:"summary"`
	PartyName string        `json:"party_name"`
	PowerCode string        `json:"power_code"`
	PowerName string        `json:"power_name"`
	Kinds     string        `json:"penalty_kinds"`
	Amount    law.Money     `json:"amount"`
	DecidedOn law.Date      `json:"decided_on"`
	Ending    string        `json:"ending"`
}

func caseRow(r Row) CaseRow {
	return CaseRow{
		CaseHead: caseHead(&r.Case, nil), DocNo: r.DocNo, Unit: r.UnitID, UnitName: r.UnitName, FoundAt: r.Found(), Place: r.Place, Summary: r.Summary,
		PartyName: r.PartyName, PowerCode: r.PowerCode, PowerName: r.PowerName, Kinds: r.Kinds, Amount: r.Amount, DecidedOn: r.DecidedOn, Ending: r.Ending,
	}
}

// CaseFile is a case with its records.
type CaseFile struct {
	CaseHead
	Unit        access.UnitID   `json:"unit"`
	UnitName    string          `json:"unit_name"`
	Organ       string          `json:"organ"`
	Source      string          `json:"source"`
	FoundAt     time.Time       `json:"found_at"`
	Place       string          `json:"place"`
	Area        string          `json:"area"`
	Summary     string          `json:"summary"`
	Officers    []CaseOfficer   `json:"officers"`
	Party       CaseParty       `json:"party"`
	Penalty     CasePenalty     `json:"penalty"`
	Steps       []CaseStep      `json:"steps"`
	Photos      []CasePhoto     `json:"photos"`
	Papers      []PaperHead     `json:"papers"`
	Signatures  []CaseSignature `json:"signatures"`
	Payments    []CasePayment   `json:"payments"`
	Plans       []CasePlan      `json:"plans"`
	Clocks      []CaseClock     `json:"clocks"`
	Acts        []CaseDone      `json:"acts"`
	Tracks      []CaseTrack     `json:"tracks"`
	Evidence    []CaseExhibit   `json:"evidence"`
	Choices     []CaseChoice    `json:"choices"`
	DecidedOn   law.Date        `json:"decided_on"`
	DeliveredAt *time.Time      `json:"delivered_at,omitempty"`
	FiledAt     *time.Time      `json:"filed_at,omitempty"`
	ClosedAt    *time.Time      `json:"closed_at,omitempty"`
	Ending      string          `json:"ending"`
	EndingNote  string          `json:"ending_note"`
}

// CaseOfficer is a handling officer.
type CaseOfficer struct {
	Person      org.PersonID `json:"person"`
	Name        string       `json:"name"`
	Certificate string       `json:"certificate"`
	Certified   bool         `json:"certified"`
}

// CaseParty is whom the case is against.
type CaseParty struct {
	Kind          PartyKind `json:"kind"`
	Name          string    `json:"name"`
	IDKind        string    `json:"id_kind"`
	IDNumber      string    `json:"id_number"`
	Address       string    `json:"address"`
	Phone         string    `json:"phone"`
	LegalRep      string    `json:"legal_rep"`
	Guardian      string    `json:"guardian"`
	IdentityBasis string    `json:"identity_basis"`
}

// CasePenalty is what is proposed or decided.
type CasePenalty struct {
	ActFrom     law.Date  `json:"act_from"`
	ActUntil    law.Date  `json:"act_until"`
	FactText    string    `json:"fact_text"`
	PowerCode   string    `json:"power_code"`
	AppliedCode string    `json:"applied_code"`
	PowerName   string    `json:"power_name"`
	Kinds       string    `json:"kinds"`
	Amount      law.Money `json:"amount"`
	Tier        string    `json:"tier"`
	TierMin     law.Money `json:"tier_min"`
	TierMax     law.Money `json:"tier_max"`
	TierWhy     string    `json:"tier_why"`
	Exemption   string    `json:"exemption"`
	ChosenLaw   string    `json:"chosen_law"`
	PayBy       string    `json:"pay_by"`
}

// CaseStep is something done on the street.
type CaseStep struct {
	ID         string    `json:"id"`
	Kind       StepKind  `json:"kind"`
	Label      string    `json:"label"`
	DoneAt     time.Time `json:"done_at"`
	RecordedAt time.Time `json:"recorded_at"`
	Text       string    `json:"text"`
	Detail     string    `json:"detail"`
	Due        law.Date  `json:"due"`
	Withdrawn  bool      `json:"withdrawn"`
}

// CasePhoto is a photograph without its bytes.
type CasePhoto struct {
	ID      string    `json:"id"`
	Caption string    `json:"caption"`
	Place   string    `json:"place"`
	TakenAt time.Time `json:"taken_at"`
	Type    string    `json:"type"`
	Size    int64     `json:"size"`
	Digest  string    `json:"digest"`
}

// CaseSignature is a signature under the decision.
type CaseSignature struct {
	Role     SignatureRole `json:"role"`
	Method   string        `json:"method"`
	SignedAt time.Time     `json:"signed_at"`
	Note     string        `json:"note"`
}

// CasePayment is money paid or refunded.
type CasePayment struct {
	ID          string    `json:"id"`
	Version     int64     `json:"version"`
	Kind        string    `json:"kind"`
	Channel     string    `json:"channel"`
	Amount      law.Money `json:"amount"`
	PaidOn      law.Date  `json:"paid_on"`
	Reference   string    `json:"reference"`
	ReceiptNo   string    `json:"receipt_no"`
	HandInDue   law.Date  `json:"hand_in_due"`
	HandedInOn  law.Date  `json:"handed_in_on"`
	DepositDue  law.Date  `json:"deposit_due"`
	DepositedOn law.Date  `json:"deposited_on"`
	State       string    `json:"state"`
}

// CaseDone is an act that was done, oldest first.
type CaseDone struct {
	ID   string `json:"id"`
	Act  string `json:"act"`
	Name string `json:"name"`
	// Of is the row beside the line that it moved, For another one that it concerns.
	Of         string       `json:"of"`
	For        string       `json:"for"`
	On         law.Date     `json:"on"`
	Named      law.Date     `json:"named_day"`
	Days       int          `json:"days"`
	Paper      string       `json:"paper"`
	Person     org.PersonID `json:"person"`
	Note       string       `json:"note"`
	Withdraws  string       `json:"withdraws"`
	RecordedAt time.Time    `json:"recorded_at"`
}

func caseDone(a CaseAct) CaseDone {
	out := CaseDone{ID: fmt.Sprint(a.ID), Act: a.Act, Name: ActName(a.Act), Of: a.Of, For: a.For, On: a.On, Named: a.Named, Days: a.Days, Person: org.PersonID(a.Person), Note: a.Note, RecordedAt: store.FromMicros(a.RecordedAt)}
	if a.Paper != 0 {
		out.Paper = a.Paper.String()
	}
	if a.Withdraws != 0 {
		out.Withdraws = fmt.Sprint(a.Withdraws)
	}
	return out
}

// CaseTrack is an open row beside the line: a seizure, a hearing, a service, an application to a court.
type CaseTrack struct {
	Of    string `json:"of"`
	Label string `json:"label"`
	State string `json:"state"`
}

// CaseExhibit is a numbered piece of evidence without its picture.
type CaseExhibit struct {
	Number     int64    `json:"number"`
	Kind       string   `json:"kind"`
	Title      string   `json:"title"`
	Proves     string   `json:"proves"`
	Outcome    string   `json:"outcome"`
	Admitted   bool     `json:"admitted"`
	Pages      string   `json:"pages"`
	Source     string   `json:"source"`
	ObtainedOn law.Date `json:"obtained_on"`
	Digest     string   `json:"digest"`
	Type       string   `json:"type" doc:"文件的种类，没有文件的是空"`
	Paper      string   `json:"paper"`
}

func caseExhibit(e Exhibit) CaseExhibit {
	out := CaseExhibit{e.Number, e.Kind, e.Title, e.Proves, e.Outcome, e.Admitted, e.Pages, e.Source, e.ObtainedOn, e.Digest, e.Type, ""}
	if e.Paper != 0 {
		out.Paper = e.Paper.String()
	}
	return out
}

// CaseClock is a term that runs or ran.
type CaseClock struct {
	Rule    string   `json:"rule"`
	Start   law.Date `json:"start"`
	Due     law.Date `json:"due"`
	Done    law.Date `json:"done"`
	Article string   `json:"article"`
	// State tells running, still, kept, late, ran_out, superseded and dropped apart.
	State string `json:"state"`
	// Of tells several of one name apart; StartedBy and EndedBy are acts.
	Of        string `json:"of"`
	StartedBy string `json:"started_by"`
	EndedBy   string `json:"ended_by"`
	// Excluded are the days that were not counted, on which paper; Granted is what extensions added.
	Excluded []CaseExclusion `json:"excluded"`
	Granted  int             `json:"granted"`
}

// CaseExclusion is a stretch that a term did not count.
type CaseExclusion struct {
	From  law.Date `json:"from"`
	To    law.Date `json:"to"`
	Why   string   `json:"why"`
	Paper string   `json:"paper"`
}

func caseClock(k timing.Clock) CaseClock {
	return CaseClock{
		k.Term, k.Start, k.Due, k.Ended, k.Cite.Han(), string(k.State), k.Of, k.StartAct, k.EndAct,
		mapped(k.Excluded, func(x calendar.ExcludedInterval) CaseExclusion { return CaseExclusion{x.From, x.To, x.Why, x.Paper} }), k.Granted,
	}
}

// CaseChoices are the acts that the case's state allows.
type CaseChoices struct {
	CaseHead
	Choices []CaseChoice `json:"choices"`
}

// CaseChoice is an act with what it still lacks; Allowed says whether the caller has the permission. Of is the row beside
// the line that it moves, which its call asks for, About what pages call that row.
type CaseChoice struct {
	Act     string        `json:"act"`
	Of      string        `json:"of"`
	About   string        `json:"about"`
	Name    string        `json:"name"`
	Allowed bool          `json:"allowed"`
	Lacks   []law.Finding `json:"lacks"`
	Warns   []law.Finding `json:"warns"`
}

func caseChoices(cs []Choice) []CaseChoice {
	out := make([]CaseChoice, len(cs))
	for i, c := range cs {
		out[i] = CaseChoice{c.Act, c.Of, c.About, c.Name, c.Allowed, append([]law.Finding{}, c.Lacks...), append([]law.Finding{}, c.Warns...)}
	}
	return out
}

func caseFile(f *File) CaseFile {
	c := f.Case
	return CaseFile{
		CaseHead: caseHead(c, f.Decision), Unit: c.UnitID, UnitName: f.Unit.Name, Organ: f.Organ, Source: c.Source, FoundAt: c.Found(), Place: c.Place, Area: c.Area, Summary: c.Summary,
		Officers: mapped(f.Officers, func(o org.OfficerStatus) CaseOfficer {
			return CaseOfficer{o.Person, o.Name, o.CertificateNo, o.Certified}
		}),
		Party: caseParty(c.Party),
		Penalty: CasePenalty{
			ActFrom: c.ActFrom, ActUntil: c.ActUntil, FactText: c.FactText, PowerCode: c.PowerCode, AppliedCode: c.AppliedCode, PowerName: c.PowerName, Kinds: c.Kinds, Amount: c.Amount,
			Tier: c.Tier, TierMin: c.TierMin, TierMax: c.TierMax, TierWhy: c.TierWhy, Exemption: c.Exemption, ChosenLaw: c.ChosenLaw, PayBy: c.PayBy,
		},
		Steps: mapped(f.Steps, func(st Step) CaseStep {
			return CaseStep{fmt.Sprint(st.ID), st.Kind, st.Kind.Label(), st.Done(), store.FromMicros(st.RecordedAt), st.Text, st.Detail, st.Due, bool(st.Withdrawn)}
		}),
		Photos: mapped(f.Photos, func(p Photo) CasePhoto {
			return CasePhoto{fmt.Sprint(p.ID), p.Caption, p.Place, p.Taken(), p.Type, p.Size, p.Digest}
		}),
		Papers: mapped(f.Papers, paperHead),
		Signatures: mapped(f.Signatures, func(sg Signature) CaseSignature {
			return CaseSignature{sg.Role, sg.Method, store.FromMicros(sg.At), sg.Note}
		}),
		Payments: mapped(slices.Concat(f.Payments, f.GainsPayments), func(p Payment) CasePayment {
			return CasePayment{fmt.Sprint(p.ID), p.Version, p.Kind, p.Channel, p.Amount, p.PaidOn, p.Reference, p.ReceiptNo, p.HandInDue, p.HandedInOn, p.DepositDue, p.DepositedOn, p.State}
		}),
		Plans:    casePlans(f),
		Clocks:   mapped(f.Clocks, caseClock),
		Acts:     mapped(f.Acts, caseDone),
		Tracks:   mapped(f.Tracks, func(t Track) CaseTrack { return CaseTrack{t.Of, t.Label, t.State} }),
		Evidence: mapped(f.Exhibits, caseExhibit),
		Choices:  caseChoices(f.Choices), DecidedOn: c.DecidedOn, DeliveredAt: instant(c.DeliveredAt), FiledAt: instant(c.FiledAt), ClosedAt: instant(c.ClosedAt),
		Ending: c.Ending, EndingNote: c.EndingNote,
	}
}

func caseParty(p Party) CaseParty {
	return CaseParty{p.PartyKind, p.PartyName, p.IDKind, p.IDNumber, p.PartyAddress, p.PartyPhone, p.LegalRep, p.Guardian, p.IdentityBasis}
}

func mapped[T, U any](in []T, f func(T) U) []U {
	out := make([]U, len(in))
	for i, v := range in {
		out[i] = f(v)
	}
	return out
}

func instant(micros int64) *time.Time {
	if micros == 0 {
		return nil
	}
	t := store.FromMicros(micros)
	return &t
}
