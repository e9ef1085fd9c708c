package app_test

import (
	"fmt"
	"maps"
)

// matter is a case in hand: its number, what the last answer heard, and the number of parties so far.
type matter struct {
	p    *program
	id   string
	last heard
}

func (m *matter) file(want ...string) heard {
	m.p.Helper()
	m.last = m.p.read("getCase", "officer102", m.id, "", want...)
	return m.last
}

// act does an act on the case and reads it back.
func (m *matter) act(op, by, entry string, body members, want ...string) heard {
	m.p.Helper()
	body["version"] = m.file().version()
	out := m.p.do(deed{op: op, by: by, at: m.id, body: body, entry: entry})
	m.file(want...)
	return out
}

// go on does an act that others test, without trying it over and over.
func (m *matter) just(op, by string, body members) heard {
	m.p.Helper()
	p := m.p
	if _, ok := body["paper"]; !ok {
		body["version"] = m.file().version()
	}
	p.serial++
	p.site.Clock.Advance(1e9)
	out := p.send(by, "POST", p.path(op, m.id), asJSON(p.T, body), fmt.Sprintf("just-%d", p.serial))
	if out.status != 200 {
		p.Fatalf("%s：%d %.800s", op, out.status, out.text)
	}
	return out
}

func (p *program) leadBody() members {
	return members{"source": "patrol", "found_at": p.now(), "place": "演示区青石路8号门前", "area": "990107", "summary": "人行道上有人摆摊"}
}

func (p *program) partyBody() members {
	p.serial++
	return members{"kind": "citizen", "name": fmt.Sprintf("演示·郑%d", p.serial), "id_kind": "resident_id", "id_number": p.citizen(fmt.Sprintf("99010719800101%03d", p.serial)), "address": "演示区", "identity_basis": "card_seen"}
}

func (p *program) penaltyBody(amount int) members {
	return members{
		"act_from": p.today(), "fact_text": "当事人在人行道摆摊，占用2平方米", "facts_clear": true, "power_code": "YS-001", "fine": true, "amount": amount, "metric": "2", "corrected": true, "harm": "none",
		"no_exemption": "经教育仍有必要处罚", "pay_by": "code",
	}
}

func (p *program) photoBody() members {
	return members{"caption": "现场", "place": "青石路8号门前", "taken_at": p.now(), "image": encoded(photograph())}
}

// street are the steps before the decision, as a program records them.
var street = [][3]string{{"show_id", "出示证件", ""}, {"measure", "卷尺", "2"}, {"footage", "", "DSJ-0101"}, {"tell", "告知事实、理由、依据和权利", ""}, {"hear", "无", ""}, {"correct", "当场改正", "on_spot"}}

// taken opens a case and takes it to where a decision can be made.
func (p *program) taken(amount int, payBy string) *matter {
	p.Helper()
	p.serial++
	a := p.send("officer102", "POST", "/leads", asJSON(p.T, p.leadBody()), fmt.Sprintf("lead-%d", p.serial))
	m := &matter{p: p, id: a.str("id")}
	m.just("start", "officer102", members{"lead": p.person("officer102"), "assist": p.person("officer103")})
	m.just("party", "officer102", p.partyBody())
	m.just("photo", "officer102", p.photoBody())
	for _, st := range street {
		m.just("step", "officer102", members{"kind": st[0], "text": st[1], "detail": st[2]})
	}
	body := p.penaltyBody(amount)
	body["pay_by"] = payBy
	m.just("propose", "officer102", body)
	return m
}

func (m *matter) decision() string {
	m.p.Helper()
	s, _ := m.file().in("decision")["id"].(string)
	return s
}

// decided makes the decision and has it signed.
func (p *program) decided(amount int, payBy string) *matter {
	p.Helper()
	m := p.taken(amount, payBy)
	m.just("decide", "officer102", members{})
	for _, who := range [][2]string{{"officer102", "lead"}, {"officer103", "assist"}, {"officer102", "party"}} {
		m.just("sign", "@"+who[0], members{"paper": m.decision(), "role": who[1], "method": "drawn", "image": encoded(signature())})
	}
	return m
}

func (p *program) delivered(amount int, payBy string) *matter {
	p.Helper()
	m := p.decided(amount, payBy)
	m.just("deliver", "officer102", members{"at": p.now()})
	return m
}

// lineActs is the usual line of work, every act tried.
func lineActs(p *program) {
	a := p.do(deed{op: "registerLead", by: "officer102", body: p.leadBody(), entry: "casework.lead_registered"})
	m := &matter{p: p, id: a.str("id")}
	m.act("amend_lead", "officer102", "casework.lead_amended", members{"place": "演示区青石路9号门前", "area": "990107", "summary": "人行道上有人摆摊", "found_at": p.now(), "source": "patrol"}, "青石路9号")
	officers := members{"lead": p.person("officer102"), "assist": p.person("officer103")}
	body := maps.Clone(officers)
	body["version"] = m.file().version()
	p.do(deed{op: "start", by: "officer102", at: m.id, body: body, other: members{"version": body["version"], "lead": body["assist"], "assist": body["lead"]}, entry: "casework.started"})
	m.act("party", "officer102", "casework.party_recorded", p.partyBody(), "演示·郑")
	shown := p.do(deed{op: "showParty", by: "officer102", at: m.id, body: members{"reason": "送达前核对"}, entry: "casework.party_shown", looks: true})
	if shown.str("id_number") == "" && !containsDigits(shown.text) {
		p.Errorf("完整信息：%s", shown.text)
	}
	lineEnds(p, m)
}
