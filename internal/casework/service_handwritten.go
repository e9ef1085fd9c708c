package casework

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/jobs"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/org"
	"fadu/internal/store"
)

// handEntry is one entry of a hand-written decision while it is made.
type handEntry struct {
	s      *Service
	tx     *store.Tx
	by     access.Session
	in     HandwrittenInput
	papers []Picture
	scene  []Picture

	booklet *Booklet
	number  *BookletNumber
	c       *Case
	opened  bool
	paper   *Paper
	entry   ledger.EntryID
	next    string // the receipt that the officer had to use
}

// EnterHandwritten enters a decision that was written by hand in a booklet, with photographs of the
// paper: the case then stands where a machine's would, with the printed number, marked 补录. Every guard
// of deciding, delivering and taking cash is judged on the day of the act. What breaks a rule is refused
// with all findings, so that a slip of the entry can be mended; a paper that is so is entered with
// AsWritten, keeps its findings and goes to the head.
func (s *Service) EnterHandwritten(ctx context.Context, by access.Session, id BookletID, number int64, in HandwrittenInput, papers, scene []Picture) (CaseID, error) {
	if _, err := by.Require(access.CaseHandle); err != nil {
		return 0, err
	}
	var err error
	if papers, err = s.keepPictures(ctx, "photos", papers); err != nil {
		return 0, err
	}
	if scene, err = s.keepPictures(ctx, "scene", scene); err != nil {
		return 0, err
	}
	location, _, err := s.DB.Once(ctx, by.Once(fmt.Sprintf("casework.handwritten/%s/%d", id, number), []any{in, papers, scene}), func(tx *store.Tx) (string, error) {
		e := &handEntry{s: s, tx: tx, by: by, in: in, papers: papers, scene: scene}
		if err := e.take(id, number); err != nil {
			return "", err
		}
		if err := e.record(); err != nil {
			return "", err
		}
		findings, err := e.judge()
		if err != nil {
			return "", err
		}
		if err := e.finish(findings); err != nil {
			return "", err
		}
		return e.c.URL(), s.keepClocks(tx, e.c)
	})
	if err != nil {
		return 0, err
	}
	n, err := store.ParseID(strings.TrimPrefix(location, "/w/cases/"))
	return CaseID(n), err
}

// take finds the number and checks who enters what.
func (e *handEntry) take(id BookletID, number int64) (err error) {
	if e.booklet, e.number, err = numberIn(e.tx, e.by, id, number); err != nil {
		return err
	}
	if err := e.number.still(NumberBlank, NumberUsed); err != nil {
		return err
	}
	if err := e.in.check(e.tx.Now, len(e.papers), e.s.Demo); err != nil {
		return err
	}
	if err := knownArea(e.tx, e.booklet.UnitID, e.in.Area); err != nil {
		return err
	}
	if p := e.by.Person(); p == 0 || p != e.in.Lead && p != e.in.Assist {
		return fault.New(fault.Forbidden, "手工决定书由纸面上签名的执法人员用本人账号补录")
	}
	holder := e.booklet.Holder
	if e.number.State == NumberUsed {
		holder = e.number.Holder
	}
	if holder == 0 {
		return fault.New(fault.Conflict, "%s 没有领用人，这一本现在是“%s”。请内勤核对后先登记领用", e.number.DocNo, e.booklet.State.Label())
	}
	if holder != e.in.Lead && holder != e.in.Assist {
		st, err := org.OfficerOn(e.tx, org.PersonID(holder), e.tx.Today(), "")
		if err != nil {
			return err
		}
		return fault.New(fault.Conflict, "%s 在%s领用的文书本里，不是这两名执法人员的。请核对号码；借用过的，请内勤先办交接", e.number.DocNo, st.Name)
	}
	return nil
}

// record writes the case with everything that the paper and the officers say, as of the day of the act.
func (e *handEntry) record() error {
	if err := e.open(); err != nil {
		return err
	}
	c, on := e.c, e.in.on()
	party, err := e.in.Party.normalise(e.tx.Today(), e.s.Demo)
	if err != nil {
		return err
	}
	c.Party, c.Lead, c.Assist = party, e.in.Lead, e.in.Assist
	organ, err := org.SubjectFor(e.tx, c.UnitID, on)
	if err != nil {
		return err
	}
	c.Organ, c.DecidedOn = int64(organ.ID), on
	if c.FileDue, err = e.s.due(termFile, on); err != nil {
		return err
	}
	c.DeliveredAt = store.Micros(e.in.WrittenAt)
	c.PayFrom = c.DeliveredAt
	if err := e.s.propose(e.tx, c, e.in.Penalty, on); err != nil {
		return err
	}
	if e.entry, err = ledger.Append(e.tx, e.by.Actor(), ledger.Act{Kind: "casework.handwritten_entered", Subject: c.ID.Subject(), Unit: int64(c.UnitID), Data: e.in.entryData(e.number, e.papers, e.scene)}); err != nil {
		return err
	}
	c.Entry = int64(e.entry)
	if e.opened {
		if err := add(e.tx, c); err != nil {
			return err
		}
	}
	if err := e.evidence(); err != nil {
		return err
	}
	if err := e.draw(organ); err != nil {
		return err
	}
	return e.cash()
}

// open finds the lead that the paper belongs to, or opens one in the unit that has the booklet.
func (e *handEntry) open() error {
	if e.in.Case != 0 {
		scope, err := e.by.Require(access.CaseHandle)
		if err != nil {
			return err
		}
		if e.c, err = load(e.tx, scope, e.in.Case); err != nil {
			return err
		}
		if e.in.Version != 0 && e.in.Version != e.c.Version {
			return fault.Stale("这个案件")
		}
		if store.Micros(e.in.WrittenAt) < e.c.FoundAt {
			return fault.InvalidField("written_at", "作出决定的时间不能早于发现时间 %s", e.c.Found().Format("2006-01-02 15:04"))
		}
		_, err = OnSpot.Next(e.c.State, "enter")
		return err
	}
	if err := e.in.lead().check(e.tx.Now); err != nil {
		return err
	}
	e.opened = true
	e.c = &Case{
		ID: CaseID(store.NewID()), Version: 1, Levels: e.booklet.Levels, State: Lead, Source: e.in.Source, FoundAt: store.Micros(e.in.found()), RecordedAt: store.Micros(e.tx.Now),
		Place: strings.TrimSpace(e.in.Place), Area: e.in.Area, Summary: strings.TrimSpace(e.in.Summary),
	}
	return nil
}

// evidence records the steps and the photographs of the scene.
func (e *handEntry) evidence() error {
	for _, st := range e.in.steps(e.c.ID, store.Micros(e.tx.Now)) {
		st.Entry = int64(e.entry)
		if err := insert(e.tx, &st); err != nil {
			return err
		}
	}
	for _, p := range e.scene {
		row := &Photo{ID: store.NewID(), Case: e.c.ID, Entry: int64(e.entry), Digest: p.Digest, Type: p.Type, Size: p.Size, Caption: "现场", Place: e.c.Place, TakenAt: store.Micros(e.in.WrittenAt), Person: e.by.Person()}
		if err := insert(e.tx, row); err != nil {
			return err
		}
	}
	return nil
}

// draw records the paper with its printed number. Nothing is rendered as an original: the copy for the
// file is made by a job and says that it follows a hand-written paper.
func (e *handEntry) draw(organ org.Acting) error {
	c, b, at := e.c, e.booklet, store.Micros(e.in.WrittenAt)
	p := &Paper{
		ID: PaperID(store.NewID()), Version: 1, Entry: int64(e.entry), Levels: c.Levels, Organ: c.Organ, Case: c.ID, Kind: b.Kind, State: PaperDelivered, Booklet: b.ID,
		Year: b.Year, Number: e.number.Number, DocNo: e.number.DocNo, Code: store.NewCode(), Dated: c.DecidedOn, CreatedAt: store.Micros(e.tx.Now), IssuedAt: at, DeliveredAt: at,
	}
	if bool(b.Presealed) || e.in.Sealed {
		p.SealedAt = at
	}
	content, err := e.s.content(e.tx, c, p, organ.Subject, nil)
	if err != nil {
		return err
	}
	words, err := wordingOn(e.tx, p.Dated)
	if err != nil {
		return err
	}
	if content.Title, err = words.Title(p.Kind); err != nil {
		return err
	}
	content.Number, content.Code, content.ReviewFirst = p.DocNo, p.Code, bool(b.ReviewFirst)
	raw, err := json.Marshal(content)
	if err != nil {
		return err
	}
	p.Content = string(raw)
	if err := insert(e.tx, p); err != nil {
		return err
	}
	e.paper = p
	role := SignLead
	if e.by.Person() == e.in.Assist {
		role = SignAssist
	}
	for _, sg := range []Signature{
		{Role: role, Person: e.by.Person(), Method: "on_paper"},
		{Role: SignParty, Method: e.in.PartySigned, Note: strings.TrimSpace(e.in.RefusalNote)},
	} {
		sg.ID, sg.Paper, sg.Entry, sg.Account, sg.At = store.NewID(), p.ID, int64(e.entry), int64(e.by.Account()), at
		if err := insert(e.tx, &sg); err != nil {
			return err
		}
	}
	return insertPictures(e.tx, e.number, "entry", e.papers, e.entry)
}

// cash records what was taken on the spot. A receipt that is not the officer's next one is not used up
// in the register: the finding says so, and the money stays on record.
func (e *handEntry) cash() (err error) {
	in := e.in.Cash
	if in.Amount == 0 {
		return nil
	}
	if in.Amount > e.c.Amount {
		return fault.InvalidField("amount_cash", "当场收缴的数额不能超过罚款 %s 元", e.c.Amount)
	}
	on := e.in.on()
	row := &Payment{
		ID: store.NewID(), Version: 1, Entry: int64(e.entry), Levels: e.c.Levels, Case: e.c.ID, Kind: "fine", Channel: PayCash, Amount: in.Amount, PaidOn: on,
		Reference: e.paper.DocNo, ReceiptNo: in.ReceiptNo, Officer: e.by.Person(), Ground: in.ground(), Note: strings.TrimSpace(in.Why), RecordedAt: store.Micros(e.tx.Now), State: "open",
	}
	if row.HandInDue, err = e.s.due(termHandIn, on); err != nil {
		return err
	}
	if e.next, err = NextReceipt(e.tx, e.by.Person()); err != nil {
		return err
	}
	e.c.PayBy = PayCash
	if in.ReceiptNo != "" {
		row.Reference = in.ReceiptNo
	}
	if in.ReceiptNo != "" && in.ReceiptNo == e.next {
		if err := useReceipt(e.tx, e.by.Person(), e.c, in.Amount, in.ReceiptNo, e.entry); err != nil {
			return err
		}
	}
	if err := insertPayment(e.tx, row); fault.Is(err, fault.Invalid) {
		return fault.InvalidField("receipt_no", "票据 %s 已经登记在别的收缴里，请核对票面", in.ReceiptNo)
	} else if err != nil {
		return err
	}
	return nil
}

// guards are those of every act that the paper stands for.
func (e *handEntry) guards() []law.Action {
	acts := []string{"decide", "deliver"}
	if e.in.Cash.Amount > 0 {
		acts = append(acts, "collect")
	}
	var out []law.Action
	for _, id := range acts {
		a, _ := OnSpot.Act(id)
		out = append(out, a.Guards...)
	}
	return out
}

// judge asks every guard by the day of the act. Findings are returned when the paper is entered as it is,
// else they refuse.
func (e *handEntry) judge() ([]law.Finding, error) {
	on := e.in.on()
	f, err := e.s.facts(e.tx, e.c, on)
	if err != nil {
		return nil, err
	}
	content, err := e.paper.frozen()
	if err != nil {
		return nil, err
	}
	e.in.state(&f, e.booklet, e.paper, content.Lacks())
	if e.in.Cash.Amount > 0 {
		e.in.stateCash(&f, e.c, e.next)
	}
	passed, err := e.s.enforce(e.guards(), on, f)
	var refused *law.Refusal
	if err != nil {
		var ok bool
		if refused, ok = asRefusal(err); !ok || !e.in.AsWritten {
			return nil, err
		}
	}
	var findings []law.Finding
	if refused != nil {
		findings = refused.Findings
	}
	_, err = ledger.Append(e.tx, e.by.Actor(), ledger.Act{Kind: "casework.handwritten_judged", Subject: e.c.ID.Subject(), Unit: int64(e.c.UnitID), Data: map[string]any{"number": e.paper.DocNo, "on": on, "findings": findings}, Rules: passed})
	return findings, err
}

// finish saves the case and the number.
func (e *handEntry) finish(findings []law.Finding) error {
	next, err := OnSpot.Next(e.c.State, "enter")
	if err != nil {
		return err
	}
	e.c.State = next
	e.c.settle(OnSpot)
	e.c.Entry = int64(e.entry)
	e.c.Version++
	if err := save(e.tx, e.c); err != nil {
		return err
	}
	n := e.number
	n.State, n.UsedAt, n.Case, n.Paper = NumberEntered, store.Micros(e.in.WrittenAt), e.c.ID, e.paper.ID
	if n.Holder == 0 {
		n.Holder = e.booklet.Holder
	}
	n.EnteredAt, n.EnteredBy = store.Micros(e.tx.Now), e.by.Person()
	if n.LateEntry() {
		n.LateWhy = strings.TrimSpace(e.in.LateWhy)
	}
	if len(findings) > 0 {
		raw, err := json.Marshal(findings)
		if err != nil {
			return err
		}
		n.Findings, n.Ruling = string(raw), RulingPending
	}
	if err := saveNumber(e.tx, n, e.entry); err != nil {
		return err
	}
	if err := e.s.index(e.tx, e.c); err != nil {
		return err
	}
	return jobs.Add(e.tx, jobs.Job{Kind: JobSignedCopy, Key: e.paper.ID.String(), Payload: e.paper.ID, Due: e.tx.Now})
}
