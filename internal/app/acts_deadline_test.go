package app_test

import (
	"context"
	"time"

	"fadu/internal/deadline"
	"fadu/internal/law"
	"fadu/internal/law/calendar"
	"fadu/internal/law/timing"
	"fadu/internal/store"
)

// deadlineActs supervises a term that runs, lets it run out and says why.
func deadlineActs(p *program) {
	m := p.delivered(100, "code")
	p.term(m.id)
	a := p.read("listDeadlines", "leader1", "", "", `"subject":"case/`+m.id+`"`)
	items, _ := a.body["items"].([]any)
	term := ""
	for _, x := range items {
		if d, _ := x.(map[string]any); d["subject"] == "case/"+m.id {
			term, _ = d["id"].(string)
		}
	}
	id := p.do(deed{op: "issueReminder", by: "leader1", at: term, body: members{"demand": "请抓紧报备案", "answer_by": "2026-07-13"}, other: members{"demand": "请抓紧", "answer_by": "2026-07-13"}, entry: "deadline.reminder_issued"}).str("id")
	reminder := func(want string) int64 {
		p.Helper()
		n, _ := p.read("listReminders", "leader1", "", "", `"id":"`+id+`"`, want).in("items", 0)["version"].(float64)
		return int64(n)
	}
	p.do(deed{op: "answerReminder", by: "officer102", at: id, body: members{"version": reminder(`"state":"open"`), "text": "今天报"}, entry: "deadline.reminder_answered"})
	p.do(deed{op: "closeReminder", by: "leader1", at: id, body: members{"version": reminder(`"answer":"今天报"`), "text": "已报"}, entry: "deadline.reminder_closed"})
	reminder(`"closing":"已报"`)
	p.site.Clock.Advance(30 * 24 * time.Hour)
	if _, err := p.site.App.Terms.Scan(context.Background()); err != nil {
		p.Fatal(err)
	}
	missed := p.read("listMissedDeadlines", "leader1", "", "", `"items":[{`).in("items", 0)
	at, _ := missed["id"].(string)
	seen, _ := missed["version"].(float64)
	p.do(deed{op: "explainMissedDeadline", by: "leader1", at: at, body: members{"version": int64(seen), "text": "连日停电，系统无法使用"}, entry: "deadline.explained"})
	p.read("listMissedDeadlines", "leader1", "", "", "连日停电，系统无法使用")
}

// term lets a term run for a case, as the ordinary procedure does at the end of its commands: no act that a program
// can do today starts one.
func (p *program) term(id string) {
	p.Helper()
	err := p.site.App.DB.Update(context.Background(), func(tx *store.Tx) error {
		u, err := p.site.App.Access.UnitByCode(tx, "YS-Z1")
		if err != nil {
			return err
		}
		m := deadline.Matter{Kind: "case", Ref: number(id), Title: "演城管立字〔2026〕第1号", Href: "/w/cases/" + id, Levels: u.Levels(), Holder: number(p.person("officer102"))}
		file := timing.Event{Act: "file", On: law.DateOf(tx.Now)}
		return p.site.App.Terms.Reckon(tx, m, []timing.Event{file}, terms)
	})
	if err != nil {
		p.Fatal(err)
	}
}

// terms is a book of one clock.
var terms = func() *timing.Book {
	b, err := timing.NewBook(calendar.StatutoryTerms(), timing.Rule{Term: "情况紧急当场强制的报告补批", Start: []string{"file"}, End: []string{"confirm"}})
	if err != nil {
		panic(err)
	}
	return b
}()

// staffingActs give cases to other officers: chosen ones, then all that one of them has.
func staffingActs(p *program) {
	one, two := p.lead(), p.lead()
	lead, assist := p.person("officer102"), p.person("officer103")
	p.do(deed{op: "assignCases", by: "leader1", body: members{"cases": []string{one.id, two.id}, "lead": lead, "assist": assist, "why": "分案"}, other: members{"cases": []string{one.id}, "lead": lead, "assist": assist, "why": "分案"}, entry: "casework.reassigned"})
	p.read("listWorkloads", "leader1", "", "", `"`+lead+`"`)
	p.read("listStays", "leader1", "", "person="+assist, `"items":[]`)
	next := p.person("officer104")
	p.do(deed{op: "handOverCases", by: "leader1", body: members{"from": assist, "to": next, "why": "调离"}, entry: "casework.reassigned"})
	p.read("getCase", "leader1", one.id, "", `"`+next+`"`)
}

// viewActs keep a list under a name, change it and take it away, and look at parties and similar cases.
func viewActs(p *program) {
	p.do(deed{op: "saveView", by: "officer102", body: members{"name": "在办的", "query": "state=open", "shared": true, "default": false}, entry: "casework.view_saved"})
	kept := p.read("listSavedViews", "officer102", "", "", `"query":"state=open"`).in("items", 0)
	id, _ := kept["id"].(string)
	p.do(deed{op: "changeView", by: "officer102", at: id, body: members{"version": 1, "name": "超期的", "query": "ends=late&cols=party.due", "shared": false, "default": true}, entry: "casework.view_changed"})
	about := p.lead()
	p.read("findParties", "officer102", "", "q=%E6%BC%94%E7%A4%BA", `"items"`)
	p.read("getParty", "officer102", about.id, "", `"known":false`, `"cases":1`)
	p.read("compareCase", "officer102", about.id, "", `"count":0`)
	p.do(deed{op: "removeView", by: "officer102", at: id, body: members{"version": 2}, other: members{"version": 3}, entry: "casework.view_removed"})
}
