package deadline

import (
	"fadu/internal/law/timing"
	"fadu/internal/ledger"
)

const (
	kindMissed    = "deadline.missed"
	kindExplained = "deadline.explained"
	kindEscalated = "deadline.escalated"
	kindMoved     = "deadline.moved"
	kindIssued    = "deadline.reminder_issued"
	kindAnswered  = "deadline.reminder_answered"
	kindClosed    = "deadline.reminder_closed"
	kindExported  = "deadline.exported"
)

// Kinds are the ledger kinds of this package with their labels.
var Kinds = map[string]string{
	kindMissed:    "法定期限超过",
	kindExplained: "说明超期原因",
	kindEscalated: "超期上报",
	kindMoved:     "日历变动，期限重算",
	kindIssued:    "发督办单",
	kindAnswered:  "答复督办单",
	kindClosed:    "办结督办单",
	kindExported:  "导出期限",
}

// References are the columns in which this package's rows keep their ledger entry.
var References = []ledger.Reference{
	{Table: "deadline_miss", Column: "entry_id"},
	{Table: "deadline_move", Column: "entry_id"},
	{Table: "reminder", Column: "entry_id"},
}

// whoseLabels say whose business a term is.
var whoseLabels = map[timing.Whose]string{timing.Ours: "本机关应办", timing.Owed: "当事人应办", timing.Party: "当事人的权利", timing.Others: "其他机关"}

// whoseOrder is the order in which pages list them; ours is the word that stands for timing.Ours in addresses.
var whoseOrder = []timing.Whose{timing.Ours, timing.Owed, timing.Party, timing.Others}

const wordOurs = "ours"

func whoseWord(w timing.Whose) string {
	if w == timing.Ours {
		return wordOurs
	}
	return string(w)
}

// The states of an order of supervision.
const (
	ReminderOpen     = "open"
	ReminderAnswered = "answered"
	ReminderClosed   = "closed"
)

var reminderLabels = map[string]string{ReminderOpen: "等答复", ReminderAnswered: "已答复，等办结", ReminderClosed: "已办结"}
