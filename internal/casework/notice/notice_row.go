package notice

import (
	"strings"

	"fadu/internal/casework"
	"fadu/internal/law"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// State is what became of a notice.
type State string

// The states. Only one notice of a case counts.
const (
	Current  State = "current"
	Voided   State = "voided"   // before its service
	Replaced State = "replaced" // told anew, or investigated again
)

// Notice is what a prior notice told, frozen.
type Notice struct {
	bun.BaseModel `bun:"table:prior_notice,alias:pn"`

	ID      int64            `bun:"id,pk"`
	Case    casework.CaseID  `bun:"case_id"`
	Entry   int64            `bun:"entry_id"`
	Version int64            `bun:"version"`
	Paper   casework.PaperID `bun:"paper_id"`
	State   State            `bun:"state"`
	Told
	Tier         string     `bun:"tier"`
	TellsHearing store.Flag `bun:"tells_hearing"`
	Ground       string     `bun:"hearing_ground"`
	EndedWhy     string     `bun:"ended_why"`
	RecordedAt   int64      `bun:"recorded_at"`
}

// Told is what is compared: kinds as the case keeps them (警告;罚款), amounts, facts and grounds.
type Told struct {
	Kinds    string    `bun:"kinds"`
	Amount   law.Money `bun:"amount"`
	Gains    law.Money `bun:"gains"`
	Goods    law.Money `bun:"goods"`
	Facts    string    `bun:"facts"`
	Violated string    `bun:"violated"`
	Basis    string    `bun:"basis"`
}

// Point is one point of a defence, with its answer once there is one.
type Point struct {
	bun.BaseModel `bun:"table:defence_point,alias:dp"`

	ID       int64           `bun:"id,pk"`
	Case     casework.CaseID `bun:"case_id"`
	Notice   int64           `bun:"notice_id"`
	Entry    int64           `bun:"entry_id"`
	Version  int64           `bun:"version"`
	StatedOn law.Date        `bun:"stated_on"`
	Person   string          `bun:"person"`
	Role     string          `bun:"role"`
	Said     string          `bun:"said"`
	Answer   string          `bun:"answer"`
	Adopted  store.Flag      `bun:"adopted"`
	Why      string          `bun:"why"`
	// Withdrawn is why a point that was entered by mistake does not count.
	Withdrawn  string `bun:"withdrawn"`
	RecordedAt int64  `bun:"recorded_at"`
}

// Waiver is what the party gave up expressly. What it says later counts before it.
type Waiver struct {
	bun.BaseModel `bun:"table:defence_waiver,alias:dw"`

	ID         int64           `bun:"id,pk"`
	Case       casework.CaseID `bun:"case_id"`
	Notice     int64           `bun:"notice_id"`
	Entry      int64           `bun:"entry_id"`
	On         law.Date        `bun:"on_day"`
	Defence    store.Flag      `bun:"defence"`
	Hearing    store.Flag      `bun:"hearing"`
	RecordedAt int64           `bun:"recorded_at"`
}

// Worse lists in what a proposal is less favourable than what was told, or rests on something else, so that the
// party could not answer it (行政处罚法第四十四条、第六十二条): facts, grounds, kinds, amounts.
func Worse(told, now Told) []string {
	var out []string
	add := func(is bool, what string) {
		if is {
			out = append(out, what)
		}
	}
	add(now.Facts != told.Facts, "事实")
	add(now.Violated != told.Violated || now.Basis != told.Basis, "依据")
	was := strings.Split(told.Kinds, ";")
	for _, k := range strings.Split(now.Kinds, ";") {
		add(k != "" && !contains(was, k), "增加"+k)
	}
	add(now.Amount > told.Amount, "罚款数额")
	add(now.Gains > told.Gains, "没收违法所得数额")
	add(now.Goods > told.Goods, "没收非法财物价值")
	return out
}

// RaisedByDefence reports whether a fine is heavier than one that was told before the party spoke, while facts and
// grounds are the same: nothing but the defence explains it (行政处罚法第四十五条第二款).
func RaisedByDefence(told, now Told) bool {
	return now.Amount > told.Amount && now.Facts == told.Facts && now.Violated == told.Violated && now.Basis == told.Basis
}

func contains(all []string, one string) bool {
	for _, x := range all {
		if x == one {
			return true
		}
	}
	return false
}
