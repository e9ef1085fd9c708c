package deadline

import (
	"context"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/web"
)

const apiGroup = "期限与督办"

// TermOut is a running term for programs.
type TermOut struct {
	ID        string   `json:"id"`
	Subject   string   `json:"subject" doc:"哪件事，例如 case/123"`
	Title     string   `json:"title"`
	Term      string   `json:"term"`
	Whose     string   `json:"whose" enum:"ours,owed,party,others"`
	State     string   `json:"state" enum:"running,still,ran_out"`
	Start     law.Date `json:"start"`
	Due       law.Date `json:"due" doc:"停表时没有"`
	OwnDue    law.Date `json:"own_due" doc:"内部期限"`
	Why       string   `json:"why" doc:"为什么停表"`
	Basis     string   `json:"basis"`
	Late      bool     `json:"late"`
	Escalated int      `json:"escalated" doc:"已上报到第几级"`
}

// ReminderOut is an order of supervision for programs.
type ReminderOut struct {
	ID       string   `json:"id"`
	Number   string   `json:"number"`
	Subject  string   `json:"subject"`
	Title    string   `json:"title"`
	Term     string   `json:"term"`
	To       string   `json:"to"`
	Demand   string   `json:"demand"`
	AnswerBy law.Date `json:"answer_by"`
	State    string   `json:"state" enum:"open,answered,closed"`
	Answer   string   `json:"answer"`
	Closing  string   `json:"closing"`
	Version  int64    `json:"version"`
}

// TermsIn narrows the list of terms.
type TermsIn struct {
	View     string `query:"view" doc:"late、today、soon、still、out；不填是在走的"`
	Unit     string `query:"unit"`
	Term     string `query:"term"`
	Whose    string `query:"whose"`
	Reported string `query:"reported"`
	After    string `query:"after"`
}

// PageIn asks for a page.
type PageIn struct {
	After string `query:"after"`
}

// RemindBody makes an order of supervision.
type RemindBody struct {
	Demand   string   `json:"demand" doc:"督办要求"`
	AnswerBy law.Date `json:"answer_by" doc:"最迟哪一天答复"`
}

// WordsBody is an act with words on what the caller saw.
type WordsBody struct {
	api.Seen
	Text string `json:"text" doc:"写什么"`
}

// MissOut is a missed term for programs.
type MissOut struct {
	ID      string   `json:"id"`
	Subject string   `json:"subject"`
	Title   string   `json:"title"`
	Term    string   `json:"term"`
	Due     law.Date `json:"due"`
	Cause   string   `json:"cause"`
	Version int64    `json:"version"`
}

// API adds the calls of this package.
func (s *Service) API(a *api.API) {
	lead := access.DeadlineSupervise
	api.Get(a, api.Operation{ID: "listDeadlines", Path: "/deadlines", Group: apiGroup, Allow: lead, Summary: "正在走的期限，先届满的在前"}, s.apiList)
	api.Post(a, api.Operation{ID: "issueReminder", Path: "/deadlines/terms/{id}/remind", Group: apiGroup, Allow: lead, Summary: "发督办单"},
		func(ctx context.Context, by access.Session, text string, in RemindBody) (out api.Made[api.Done], err error) {
			id, err := api.IDOf[RowID](text, "这个期限")
			if err != nil {
				return out, err
			}
			made, err := s.Issue(ctx, by, id, in.Demand, in.AnswerBy)
			return api.Made[api.Done]{Location: api.Base + "/deadlines/reminders/" + RowText(RowID(made)), Body: api.Done{ID: RowText(RowID(made))}}, err
		})
	api.Get(a, api.Operation{ID: "listReminders", Path: "/deadlines/reminders", Group: apiGroup, Allow: access.CaseRead, Summary: "督办单，新的在前"}, s.apiReminders)
	api.Act(a, api.Operation{ID: "answerReminder", Path: "/deadlines/reminders/{id}/answer", Group: apiGroup, Allow: access.CaseHandle, Summary: "答复督办单"}, "这份督办单",
		func(ctx context.Context, by access.Session, id ReminderID, in WordsBody) error {
			return s.Answer(ctx, by, id, in.Version, in.Text)
		})
	api.Act(a, api.Operation{ID: "closeReminder", Path: "/deadlines/reminders/{id}/close", Group: apiGroup, Allow: lead, Summary: "办结督办单"}, "这份督办单",
		func(ctx context.Context, by access.Session, id ReminderID, in WordsBody) error {
			return s.Close(ctx, by, id, in.Version, in.Text)
		})
	api.Get(a, api.Operation{ID: "listMissedDeadlines", Path: "/deadlines/misses", Group: apiGroup, Allow: access.CaseRead, Summary: "超期记录，新的在前"}, s.apiMisses)
	api.Act(a, api.Operation{ID: "explainMissedDeadline", Path: "/deadlines/misses/{id}/cause", Group: apiGroup, Allow: access.CaseRead, Summary: "说明超期原因"}, "这条超期记录",
		func(ctx context.Context, by access.Session, id MissID, in WordsBody) error {
			return s.Explain(ctx, by, id, in.Version, in.Text)
		})
}

func (s *Service) apiList(ctx context.Context, by access.Session, in TermsIn) (out api.List[TermOut], err error) {
	f, err := filterOf(web.NewForm(map[string]string{"view": in.View, "unit": in.Unit, "term": in.Term, "whose": in.Whose, "reported": in.Reported}))
	if err != nil {
		return out, err
	}
	rows, prev, next, err := s.List(ctx, by, f, in.After)
	now := s.DB.Now()
	return api.ListOf(rows, prev, next, func(r Row) TermOut {
		return TermOut{RowText(RowID(r.ID)), r.Subject(), r.Title, r.Term, whoseWord(r.Whose), string(r.State), r.Start, r.Due, r.OwnDue, r.Why, r.Cites().Han(), r.Late(now), r.Escalated}
	}), err
}

func (s *Service) apiReminders(ctx context.Context, by access.Session, in PageIn) (out api.List[ReminderOut], err error) {
	scope, err := by.Require(access.CaseRead)
	if err != nil {
		return out, err
	}
	cur, ok, err := store.DecodeCursor(in.After, "reminders")
	if err != nil {
		return out, err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		rows, prev, next, err := remindersOf(tx, scope, "", cur, ok)
		out = api.ListOf(rows, prev, next, func(r Reminder) ReminderOut {
			return ReminderOut{RowText(RowID(r.ID)), r.Number(), r.Matter.Subject(), r.Title, r.Term, r.HolderName, r.Demand, r.AnswerBy, r.State, r.Answer, r.Closing, r.Version}
		})
		return err
	})
	return out, err
}

func (s *Service) apiMisses(ctx context.Context, by access.Session, in PageIn) (out api.List[MissOut], err error) {
	scope, err := by.Require(access.CaseRead)
	if err != nil {
		return out, err
	}
	cur, ok, err := store.DecodeCursor(in.After, "misses")
	if err != nil {
		return out, err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		rows, prev, next, err := missesOf(tx, scope, cur, ok)
		out = api.ListOf(rows, prev, next, func(m Miss) MissOut {
			return MissOut{RowText(RowID(m.ID)), m.Subject(), m.Title, m.Term, m.Due, m.Cause, m.Version}
		})
		return err
	})
	return out, err
}
