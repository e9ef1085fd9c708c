package casework

import (
	"fmt"
	"slices"

	"fadu/internal/access"
	"fadu/internal/deadline"
	"fadu/internal/law"
	"fadu/internal/org"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// todoCase is a case with what decides its next act.
type todoCase struct {
	Case
	decision   *Paper
	signatures []Signature
	payments   []Payment // of the fine
	gains      law.Money // what was paid of confiscated gains
	plans      []Plan    // where one of its terms is an instalment's
	// terms are its running terms that somebody has to keep, the nearest first.
	terms []deadline.Row
	// unserved are papers about a change or a revocation that have not reached the party.
	unserved []Paper
}

// todoCases loads what decides the next act of several cases, with one query for each kind of record.
func (s *Service) todoCases(tx *store.Tx, cases []Case) ([]todoCase, error) {
	if len(cases) == 0 {
		return nil, nil
	}
	out := make([]todoCase, len(cases))
	at := map[CaseID]*todoCase{}
	ids := make([]CaseID, len(cases))
	for i, c := range cases {
		out[i].Case, ids[i] = c, c.ID
		at[c.ID] = &out[i]
	}
	if err := papersOf(tx, ids, at); err != nil {
		return nil, err
	}
	if err := paymentsOf(tx, ids, at); err != nil {
		return nil, err
	}
	terms, err := termsOf(tx, ids)
	for i := range out {
		out[i].terms = terms[out[i].ID]
	}
	return out, err
}

// papersOf loads the decisions of several cases with their signatures, and what is left to be served.
func papersOf(tx *store.Tx, ids []CaseID, at map[CaseID]*todoCase) error {
	var ps []Paper
	if err := tx.DB().NewSelect().Model(&ps).ExcludeColumn("content").Where("case_id IN (?)", bun.List(ids)).Order("id").Scan(tx.Ctx); err != nil {
		return err
	}
	papers := map[PaperID]*todoCase{}
	var paperIDs []PaperID
	for i, p := range ps {
		c := at[p.Case]
		switch {
		case p.Kind.decides() && p.State != PaperVoid:
			c.decision = &ps[i]
			if c.open() {
				papers[p.ID] = c
				paperIDs = append(paperIDs, p.ID)
			}
		case (p.Kind == ChangeDecision || p.Kind == PenaltyNotice) && p.State == PaperIssued:
			c.unserved = append(c.unserved, p)
		}
	}
	var sgs []Signature
	if len(paperIDs) > 0 {
		if err := tx.DB().NewSelect().Model(&sgs).Where("paper_id IN (?)", bun.List(paperIDs)).Scan(tx.Ctx); err != nil {
			return err
		}
	}
	for _, sg := range sgs {
		papers[sg.Paper].signatures = append(papers[sg.Paper].signatures, sg)
	}
	return nil
}

func paymentsOf(tx *store.Tx, ids []CaseID, at map[CaseID]*todoCase) error {
	var pms []Payment
	err := tx.DB().NewSelect().Model(&pms).Where("case_id IN (?)", bun.List(ids)).Order("id").Scan(tx.Ctx)
	for _, p := range pms {
		if c := at[p.Case]; p.aboutGains() {
			c.gains += p.Amount
		} else {
			c.payments = append(c.payments, p)
		}
	}
	return err
}

// title names a case in lists: its decision's number, before by when it was found.
func (c *todoCase) title() string {
	if c.decision != nil {
		return c.decision.DocNo
	}
	return c.leadTitle()
}

// leadTitle names a case that has no decision yet: by its filing's number, before by when it was found.
func (c *Case) leadTitle() string {
	return orWord(c.CaseNo, "线索 "+c.Found().Format("2006-01-02 15:04"))
}

// has reports whether the decision bears the signature.
func (c *todoCase) has(role SignatureRole) bool {
	for _, sg := range c.signatures {
		if sg.Role == role {
			return true
		}
	}
	return false
}

// handover is what an issued decision waits for, once its reader has signed.
func (c *todoCase) handover() string {
	for _, role := range []SignatureRole{SignLead, SignAssist} {
		if !c.has(role) {
			return "交付决定书，等" + role.Label() + "签名"
		}
	}
	if !c.has(SignParty) {
		return "请当事人签名，交付决定书"
	}
	return "交付决定书"
}

// paid reports whether nothing of the fine is open.
func (c *todoCase) paid() bool {
	rest := c.Amount
	for _, p := range c.payments {
		rest -= p.Amount
	}
	return rest <= 0
}

// next says in a few words what comes next in a case; nearest is its term that ends first, if one runs.
func (c *todoCase) next(nearest deadline.Row) string {
	switch c.State {
	case Lead:
		return "确定执法人员"
	case OnSite:
		switch {
		case c.PartyKind == "":
			return "登记当事人"
		case c.Kinds == "":
			return "拟定处罚"
		}
		return "作出决定"
	case Issuing:
		return "等待文书"
	case Issued:
		if len(c.signatures) < 3 {
			return "签名"
		}
		return "交付"
	case Delivered:
		if what := dutyWhat[nearest.Term]; what != "" {
			return what
		}
		if !c.ordinary() {
			return "结案"
		}
	}
	return ""
}

// add notes something to do; the same thing from two sources counts once.
func (t *todoList) add(c *todoCase, it TodoItem) {
	key := c.ID.String() + it.Step
	if it.Step == "" {
		key += it.What
	}
	if t.seen[key] {
		return
	}
	t.seen[key] = true
	it.Case, it.Title = c.ID, c.title()
	it.About = joinDot(c.shownTo(t.by).PartyName, c.PowerName, c.veil(t.by)(c.Place))
	if !it.Due.IsZero() {
		it.Group = groupOf(it.Due, t.today, t.s.Calendar)
	}
	t.items = append(t.items, it)
}

// addOwn is what an officer's own case asks of the officer.
func (t *todoList) addOwn(c *todoCase) error {
	role := SignLead
	if t.by.Person() == c.Assist {
		role = SignAssist
	}
	switch c.State {
	case OnSite:
		t.add(c, TodoItem{What: c.next(deadline.Row{}), Action: "去办理", Group: TodoToday, Cite: law.Citations{xzcf(51)}})
	case Issuing:
		t.add(c, TodoItem{What: "文书出具中", Action: "看进度", Group: TodoToday})
	case Issued:
		if c.ordinary() { // sealed, not signed; its service is on the case's page
			t.add(c, TodoItem{What: "送达决定书", Action: "去办理", Group: TodoToday, Cite: law.Citations{xzcf(61, 1)}})
		} else if !c.has(role) {
			t.add(c, TodoItem{What: "在决定书上签名", Step: "sign", Action: "去签名", Group: TodoToday, Cite: law.Citations{xzcf(52, 2)}})
		} else {
			t.add(c, TodoItem{What: c.handover(), Action: "去办理", Group: TodoToday, Cite: law.Citations{xzcf(52, 1)}})
		}
	}
	return nil
}

// addLead is a lead of the unit that nobody handles yet.
func (t *todoList) addLead(c *todoCase) error {
	it := TodoItem{What: "线索待办理：" + firstWords(c.Summary), Step: "officers", Action: "去办理", Group: TodoLater}
	if len(c.terms) > 0 {
		it = it.within(c.terms[0])
	}
	t.add(c, it)
	return nil
}

// addDesk is what the desk does about decisions: seal, close.
func (t *todoList) addDesk(c *todoCase) error {
	if c.State == Issued {
		if c.decision != nil && c.decision.SealedAt == 0 {
			t.add(c, TodoItem{What: "登记用印", Step: "seal", Action: "去登记", Group: TodoToday, Cite: law.Citations{xzcf(52, 2)}})
		}
		return nil
	}
	inHand := slices.ContainsFunc(c.payments, func(p Payment) bool { return p.Channel == PayCash && p.Kind == "fine" && p.HandedInOn.IsZero() })
	if c.FiledAt != 0 && c.paid() && !inHand {
		t.add(c, TodoItem{What: "结案", Step: "close", Action: "去结案", Group: TodoLater, Cite: law.Citations{law.Cite("MOHURD55", 31)}})
	}
	return nil
}

// addCertificates tells who manages certificates which end within a month.
func (t *todoList) addCertificates(tx *store.Tx) error {
	if !t.by.Can(access.CertificateManage) {
		return nil
	}
	e, err := org.EndingSoon(tx, t.by.ScopeFor(access.CertificateManage))
	if err != nil || e.Within30 == 0 {
		return err
	}
	it := TodoItem{What: fmt.Sprintf("%d 人的执法证 30 日内到期", e.Within30), About: "到期以后不能承办案件", Href: "/w/org/people?holding=soon30", Action: "去看", Group: TodoLater, Cite: law.Citations{xzcf(42, 1)}}
	if e.Within7 > 0 {
		it.What += fmt.Sprintf("，其中 %d 人在 7 日内", e.Within7)
		it.Group = TodoSoon
	}
	t.items = append(t.items, it)
	return nil
}

// addPowers tells what waits in the list of powers: adjustments, entries to look at.
func (t *todoList) addPowers(tx *store.Tx) error {
	if t.s.Powers == nil {
		return nil
	}
	tasks, err := t.s.Powers.Tasks(tx, t.by)
	for _, x := range tasks {
		it := TodoItem{What: x.What, About: x.About, Href: x.Href, Action: x.Action, Due: x.Due, Group: TodoLater}
		if !x.Due.IsZero() {
			it.Group = groupOf(x.Due, t.today, t.s.Calendar)
		}
		t.items = append(t.items, it)
	}
	return err
}

// firstWords shortens a text for a line.
func firstWords(s string) string {
	const most = 24
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
