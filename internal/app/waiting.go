package app

import (
	"fmt"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/deadline"
	"fadu/internal/store"
)

// waiting is what mechanisms ask of a person, for 我的待办: signatures, answers, causes.
func (a *App) waiting(tx *store.Tx, by access.Session) ([]casework.TodoItem, error) {
	var out []casework.TodoItem
	forms, err := a.Forms.Inbox(tx, by)
	if err != nil {
		return nil, err
	}
	for _, f := range forms {
		out = append(out, casework.TodoItem{What: "审批：" + f.ActName, Title: f.Title, About: f.Purpose, Href: f.URL(), Action: "去签", Group: casework.TodoToday})
	}
	if !by.Can(access.CaseRead) {
		return out, nil
	}
	reminders, err := deadline.RemindersTo(tx, by.Person())
	if err != nil {
		return nil, err
	}
	for _, r := range reminders {
		out = append(out, casework.TodoItem{What: "答复" + r.Number(), Title: r.Title, About: r.Demand, Href: r.URL(), Action: "去答复", Due: r.AnswerBy})
	}
	misses, err := deadline.MissesOf(tx, by.Person())
	if err != nil {
		return nil, err
	}
	for _, m := range misses {
		out = append(out, casework.TodoItem{What: "说明超期原因：" + m.Term, Title: m.Title, Href: m.Explain(), Action: "去说明", Group: casework.TodoToday})
	}
	return a.reported(tx, by, out)
}

// reported tells a leader how many missed terms were reported up to them.
func (a *App) reported(tx *store.Tx, by access.Session, out []casework.TodoItem) ([]casework.TodoItem, error) {
	n, href, err := deadline.ReportedTo(tx, by)
	if err != nil || n == 0 {
		return out, err
	}
	what := fmt.Sprintf("%d 项期限超过，已报到您", n)
	if n > store.CountLimit {
		what = fmt.Sprintf("%d 项以上期限超过，已报到您", store.CountLimit)
	}
	return append(out, casework.TodoItem{What: what, About: "看是谁承办、什么原因，需要的发督办单", Href: href, Action: "去看", Group: casework.TodoToday}), nil
}
