package notice

import (
	"regexp"
	"strconv"
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
	// Contents has a line 种类：内容 for each kind that needs one: what is confiscated, which licence, for how long.
	Contents string `bun:"contents"`
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
// party could not answer it (行政处罚法第四十四条、第六十二条): facts, grounds, kinds, amounts, contents.
func Worse(told, now Told) []string {
	var out []string
	add := func(is bool, what string) {
		if is {
			out = append(out, what)
		}
	}
	add(len(untold(told.Facts, now.Facts)) > 0, "事实")
	add(now.Violated != told.Violated || now.Basis != told.Basis, "依据")
	return append(out, heavier(told, now)...)
}

// heavier lists in what the penalty itself is heavier than what was told.
func heavier(told, now Told) []string {
	var out []string
	was, before, after := strings.Split(told.Kinds, ";"), casework.ContentLines(told.Contents), casework.ContentLines(now.Contents)
	for _, k := range strings.Split(now.Kinds, ";") {
		switch {
		case k != "" && !contains(was, k):
			out = append(out, "增加"+k)
		case after[k] != "" && !within(before[k], after[k]):
			out = append(out, k+"的内容")
		}
	}
	for _, m := range []struct {
		told, now law.Money
		what      string
	}{{told.Amount, now.Amount, "罚款数额"}, {told.Gains, now.Gains, "没收违法所得数额"}, {told.Goods, now.Goods, "没收非法财物价值"}} {
		if m.now > m.told {
			out = append(out, m.what)
		}
	}
	return out
}

// untold are the sentences of facts that were not among those told. What was told and is not held against the party any more is no matter.
func untold(told, now string) []string {
	known, out := sentences(told), []string{}
	for _, s := range sentences(now) {
		if !contains(known, s) {
			out = append(out, s)
		}
	}
	return out
}

func sentences(text string) []string {
	text = strings.Join(strings.Fields(text), "")
	return strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("。；;！", r) })
}

var figures = regexp.MustCompile(`\d+(?:\.\d+)?`)

// within reports whether a content is what was told, or the same with lower figures: 暂扣许可证件30日 allows 15日. Anything else only the party
// can answer.
func within(told, now string) bool {
	if told == now {
		return true
	}
	if figures.ReplaceAllString(told, "#") != figures.ReplaceAllString(now, "#") {
		return false
	}
	was := figures.FindAllString(told, -1)
	for i, n := range figures.FindAllString(now, -1) {
		a, err1 := strconv.ParseFloat(was[i], 64)
		b, err2 := strconv.ParseFloat(n, 64)
		if err1 != nil || err2 != nil || b > a {
			return false
		}
	}
	return true
}

// RaisedByDefence reports whether a penalty is heavier than one that was told before the party spoke, while facts and
// grounds are the same: nothing but the defence explains it (行政处罚法第四十五条第二款).
func RaisedByDefence(told, now Told) bool {
	return len(heavier(told, now)) > 0 && len(untold(told.Facts, now.Facts)) == 0 && now.Violated == told.Violated && now.Basis == told.Basis
}

func contains(all []string, one string) bool {
	for _, x := range all {
		if x == one {
			return true
		}
	}
	return false
}
