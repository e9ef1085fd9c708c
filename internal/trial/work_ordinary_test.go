package trial

import (
	"context"
	"fmt"
	"math/rand/v2"
)

// ordinaryActs are the acts of the ordinary procedure that a trial does, with the entry that each leaves once in its case.
var ordinaryActs = map[string]string{
	"acts/take-up": "casework.check_begun", "acts/assign": "casework.assigned", "acts/check": "casework.checked", "acts/ask-filing": "casework.filing_asked",
	"acts/approve-filing": "casework.case_filed", "acts/collect-evidence": "casework.evidence_collected", "acts/order-correction": "casework.correction_ordered",
}

// ordinaryCase goes from the lead to the filed case with its first evidence, as the officers, their leader and the head do.
func (o *office) ordinaryCase(ctx context.Context, r *rand.Rand) error {
	c := &aCase{o: o, ctx: ctx}
	c.register(r)
	c.act(o.lead, "acts/take-up", "", map[string]any{})
	c.act(o.leader, "acts/assign", "", map[string]any{"lead": o.leadID, "assist": o.assistID})
	c.party()
	found := o.next()
	c.act(o.lead, "acts/check", found, map[string]any{
		"found": found, "cause": "涉嫌占道堆放", "act_from": today(), "prima_facie": true, "evidence": "现场照片4张", "violated": "《演示市市容条例》第二十一条第一款", "in_jurisdiction": true, "informant": "none",
	})
	c.act(o.lead, "acts/ask-filing", "", map[string]any{"opinion": "建议立案"})
	c.filed()
	title := o.next()
	c.act(o.lead, "acts/collect-evidence", title, map[string]any{"kind": "written", "title": title, "obtained_on": today(), "holder": "演示·当事人", "source": "当场提供", "purpose": "证明数量", "showed_id": true})
	c.act(o.lead, "acts/order-correction", "", map[string]any{"kind": "correct", "demand": "清除堆放的砂石", "due": now().AddDate(0, 0, 7).In(workday.Location()).Format("2006-01-02")})
	return c.err
}

// filed has the head approve the filing, which gives the case its number.
func (c *aCase) filed() {
	c.act(c.o.head, "acts/approve-filing", "", map[string]any{"note": "同意"})
	if c.err == nil && c.CaseNo == "" {
		c.err = fmt.Errorf("案件 %s 立了案却没有案号", c.ID)
	}
	c.note(ack{kind: "case_no", docNo: c.CaseNo})
}

// ordinary looks for what an acknowledged act of the ordinary procedure promised; ok is false for another act.
func (r *rows) ordinary(a ack) (n int64, ok bool) {
	switch id := number(a.id); a.kind {
	case "case_no": // the case and its one paper
		n = r.count("SELECT COUNT(*) FROM penalty_case WHERE id = "+id+" AND case_no = ? AND filed_on <> ''", a.docNo)
		return n * r.count("SELECT COUNT(*) FROM paper WHERE case_id = "+id+" AND kind = 'filing_approval' AND doc_no = ?", a.docNo), true
	case "acts/check":
		return r.count("SELECT COUNT(*) FROM lead_check WHERE case_id = "+id+" AND found = ?", a.mark), true
	case "acts/collect-evidence":
		return r.count("SELECT COUNT(*) FROM evidence WHERE case_id = "+id+" AND title = ?", a.mark), true
	default:
		entry, ok := ordinaryActs[a.kind]
		return r.count("SELECT COUNT(*) FROM ledger_entry WHERE subject = ? AND kind = ?", "case/"+a.id, entry), ok
	}
}
