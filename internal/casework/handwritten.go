package casework

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
)

// HandwrittenInput is a decision that was written by hand in a booklet, as it stands on the paper, and
// what was done on the street around it.
type HandwrittenInput struct {
	// Case is the lead or case on site that the paper belongs to; zero opens a new one.
	Case    CaseID `json:"case"`
	Version int64  `json:"version"`

	// WrittenAt is when the decision was written and handed over (发生时间).
	WrittenAt time.Time `json:"written_at"`
	FoundAt   time.Time `json:"found_at"` // zero: as WrittenAt
	Source    string    `json:"source"`
	Place     string    `json:"place"`
	Area      string    `json:"area"`
	Summary   string    `json:"summary"`

	Lead   int64 `json:"lead,string"`
	Assist int64 `json:"assist,string"`

	Party   PartyInput   `json:"party"`
	Penalty PenaltyInput `json:"penalty"`

	ShowedID   bool     `json:"showed_id"`
	Told       bool     `json:"told"`
	Heard      string   `json:"heard"`
	Review     string   `json:"review"`
	Correct    string   `json:"correct"` // on_spot, by_date, or empty
	CorrectDue law.Date `json:"correct_due"`
	Footage    string   `json:"footage"`
	NoFootage  string   `json:"no_footage"`

	// OfficersSigned: the photographs show the signatures of both officers.
	OfficersSigned bool   `json:"officers_signed"`
	PartySigned    string `json:"party_signed"` // on_paper, refused
	RefusalNote    string `json:"refusal_note"` // as noted on the paper
	Sealed         bool   `json:"sealed"`       // the paper bears the seal; presealed booklets always do
	// Lacking are the things that the paper should say and does not (行政处罚法第五十二条第二款).
	Lacking []string `json:"lacking"`

	// Cash is what was taken on the spot; zero amount: nothing.
	Cash CashInput `json:"cash"`

	LateWhy string `json:"late_why"`
	// AsWritten enters a paper that breaks rules as it is: it is in the world, and the head has to deal
	// with it. Without it the findings are only shown.
	AsWritten bool `json:"as_written"`
}

// on is the day of the act, which chooses rules, certificates and benchmarks.
func (in HandwrittenInput) on() law.Date { return law.DateOf(in.WrittenAt) }

func (in HandwrittenInput) found() time.Time {
	if in.FoundAt.IsZero() {
		return in.WrittenAt
	}
	return in.FoundAt
}

// check finds what is not filled in. What the paper itself lacks is no matter of form: the rules judge it.
func (in HandwrittenInput) check(now time.Time, pictures int, demo bool) error {
	fs := in.paperFaults(now, pictures)
	var err error
	if in.Case == 0 {
		err = fs.Merge(in.lead().check(now))
	}
	_, party := in.Party.normalise(law.DateOf(now), demo)
	if err = errors.Join(err, fs.Merge(party), fs.Merge(in.Penalty.check())); err != nil {
		return err
	}
	return fs.Err()
}

// paperFaults are what is wrong with what the paper and the officers say of how it was written.
func (in HandwrittenInput) paperFaults(now time.Time, pictures int) (fs fault.Fields) {
	switch {
	case in.WrittenAt.IsZero():
		fs.Add("written_at", "请照纸面填写作出决定的时间")
	case in.WrittenAt.After(now.Add(2 * time.Minute)):
		fs.Add("written_at", "作出决定的时间不能晚于现在")
	case in.found().After(in.WrittenAt):
		fs.Add("found_at", "发现时间不能晚于作出决定的时间")
	case lateEntry(store.Micros(in.WrittenAt), store.Micros(now)) && strings.TrimSpace(in.LateWhy) == "":
		fs.Add("late_why", "作出决定已超过 24 小时，按迟录登记，请写明原因")
	}
	if pictures == 0 {
		fs.Add("photos", "请拍下纸质决定书，各页签名要看得清")
	}
	if in.Lead == 0 || in.Assist == 0 || in.Lead == in.Assist {
		fs.Add("assist", "请选择纸面上签名的两名执法人员")
	}
	if in.Correct != "" && in.Correct != CorrectedNow && in.Correct != "by_date" {
		fs.Add("correct", "请选择当场改正，或者限期改正")
	}
	if in.Correct == "by_date" && (in.CorrectDue.IsZero() || in.CorrectDue.Before(in.on())) {
		fs.Add("correct_due", "请照纸面填写改正期限，不能早于作出决定之日")
	}
	if in.PartySigned != "on_paper" && in.PartySigned != "refused" {
		fs.Add("party_signed", "请选择当事人签名还是拒绝签名")
	}
	for _, l := range in.Lacking {
		if !knownElement(l) {
			fs.Add("lacking", "没有“%s”这一项", l)
		}
	}
	if in.Cash.Amount < 0 || in.Cash.Amount > 0 && !in.Penalty.Fine {
		fs.Add("amount_cash", "没有罚款，不应有当场收缴")
	}
	return fs
}

// lead is the lead that the entry opens.
func (in HandwrittenInput) lead() LeadInput {
	return LeadInput{Source: in.Source, FoundAt: in.found(), Place: in.Place, Area: in.Area, Summary: in.Summary}
}

// elementNames are what 行政处罚法第五十二条第二款 wants on the paper, in the order of Content.Elements.
func elementNames() []string {
	var out []string
	for _, e := range (Content{}).Elements() {
		out = append(out, e.Name)
	}
	return out
}

func knownElement(name string) bool {
	for _, e := range elementNames() {
		if e == name {
			return true
		}
	}
	return false
}

// steps are what was done on the street, as of when the decision was written.
func (in HandwrittenInput) steps(id CaseID, now int64) []Step {
	at := store.Micros(in.WrittenAt)
	var out []Step
	add := func(ok bool, kind StepKind, text, detail string, due law.Date) {
		if ok {
			out = append(out, Step{ID: store.NewID(), Case: id, Kind: kind, DoneAt: at, RecordedAt: now, Person: in.Lead, Text: strings.TrimSpace(text), Detail: strings.TrimSpace(detail), Due: due})
		}
	}
	none := law.Date{}
	add(in.ShowedID, StepShowID, "", "", none)
	add(in.Penalty.Metric != "", StepMeasure, "", in.Penalty.Metric, none)
	add(in.Footage != "" || in.NoFootage != "", StepFootage, in.NoFootage, in.Footage, none)
	add(in.Told, StepTell, "", "", none)
	add(in.Heard != "", StepHear, in.Heard, "", none)
	add(in.Review != "", StepReview, in.Review, "", none)
	add(in.Correct != "", StepCorrect, "", in.Correct, in.CorrectDue)
	return out
}

// state writes into the facts what the photographs of the paper show.
func (in HandwrittenInput) state(f *law.Facts, b *Booklet, p *Paper, missing []string) {
	src := p.ID.Subject()
	f.SetBool(law.Sealed, bool(b.Presealed) || in.Sealed, src)
	f.SetBool(law.ReviewFirstTold, bool(b.ReviewFirst), src)
	f.SetBool(law.Delivered, true, src)
	if in.OfficersSigned {
		f.SetNumber(law.OfficersSigned, 2, src)
	} else {
		f.SetNumber(law.OfficersSigned, 0, src)
	}
	f.SetBool(law.NotedOnDocument, in.PartySigned != "refused" || strings.TrimSpace(in.RefusalNote) != "", src)
	for _, l := range in.Lacking {
		if !containsText(missing, l) {
			missing = append(missing, l)
		}
	}
	f.SetList(law.MissingFields, missing, src)
}

func containsText(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// stateCash writes into the facts on what ground cash was taken, and whether its receipt is the next one.
func (in HandwrittenInput) stateCash(f *law.Facts, c *Case, next string) {
	src := c.ID.Subject()
	cash := in.Cash
	f.SetBool(law.SpecialReceipt, cash.ReceiptNo != "", src)
	f.SetBool(law.ReceiptRegistered, next != "" && next == cash.ReceiptNo, src)
	f.SetBool(law.HardToExecuteLater, cash.HardLater && strings.TrimSpace(cash.Why) != "", src)
	f.SetBool(law.RemoteArea, cash.Remote, src)
	f.SetBool(law.PaymentDifficulty, cash.Difficult, src)
	f.SetBool(law.PartyRequested, cash.Asked, src)
}

// entryData is what the ledger keeps of an entry: both times, the number, the pictures, the paper's words.
func (in HandwrittenInput) entryData(n *BookletNumber, papers, scene []Picture) map[string]any {
	return map[string]any{
		"number": n.DocNo, "written_at": in.WrittenAt.In(law.Zone).Format(time.RFC3339), "late_why": in.LateWhy, "as_written": in.AsWritten,
		"input": in, "photos": papers, "scene": scene,
	}
}

// flaws turns the ledger's and the register's list of findings into one line.
func flaws(fs []law.Finding) string {
	parts := make([]string, len(fs))
	for i, f := range fs {
		parts[i] = fmt.Sprintf("%s（%s）", f.Message, f.Article)
	}
	return strings.Join(parts, "；")
}
