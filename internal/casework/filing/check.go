package filing

import (
	"strings"

	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// Check is what a check of the lead found. Rows are only added; the last one counts.
type Check struct {
	bun.BaseModel `bun:"table:lead_check,alias:lc"`

	ID     int64           `bun:"id,pk"`
	Case   casework.CaseID `bun:"case_id"`
	Entry  int64           `bun:"entry_id"`
	On     law.Date        `bun:"checked_on"`
	Person int64           `bun:"person_id"`
	Found  string          `bun:"found"`
	// Cause is what the matter is called (案由) until a power is chosen.
	Cause      string     `bun:"cause"`
	PrimaFacie store.Flag `bun:"prima_facie"`
	// Evidence is what shows it at first sight, Violated the provision that seems to be violated.
	Evidence string     `bun:"evidence"`
	Violated string     `bun:"violated"`
	Ours     store.Flag `bun:"in_jurisdiction"`
	// Elsewhere names another competent body that filed first; empty when there is none.
	Elsewhere string `bun:"elsewhere"`
	// Endangered: life, health or financial safety and harm done, which makes the limitation five years.
	Endangered store.Flag `bun:"endangered"`
	Informant  Informant  `bun:"informant"`
	// Letter is the number under which the information came in; it stands for the informant, whose name is not kept here.
	Letter     string `bun:"letter_no"`
	RecordedAt int64  `bun:"recorded_at"`
}

// Informant says whether somebody reported the matter.
type Informant string

// The informants. One who left name and way of contact is told when no case is filed.
const (
	NoInformant Informant = "none"
	Anonymous   Informant = "anonymous"
	Named       Informant = "named"
)

// Label returns what forms call it.
func (i Informant) Label() string {
	return map[Informant]string{NoInformant: "没有举报人", Anonymous: "匿名举报", Named: "留有姓名和联系方式"}[i]
}

// CheckInput records a check of the lead.
type CheckInput struct {
	On         law.Date  `json:"on" doc:"核查日期，不填是今天"`
	Found      string    `json:"found" doc:"核查情况"`
	Cause      string    `json:"cause" doc:"案由"`
	ActFrom    law.Date  `json:"act_from" doc:"违法行为发生日，查不明的不填"`
	ActUntil   law.Date  `json:"act_until" doc:"连续、继续的行为终了日"`
	PrimaFacie bool      `json:"prima_facie" doc:"有初步证据证明违法行为"`
	Evidence   string    `json:"evidence,omitempty" doc:"初步证据，有的必填"`
	Violated   string    `json:"violated,omitempty" doc:"涉嫌违反的规定，有初步证据的必填"`
	Ours       bool      `json:"in_jurisdiction" doc:"属于本机关管辖"`
	Elsewhere  string    `json:"elsewhere" doc:"其他机关已先立案的，写明机关"`
	Endangered bool      `json:"endangered" doc:"涉及公民生命健康安全、金融安全且有危害后果"`
	Informant  Informant `json:"informant" doc:"none、anonymous、named"`
	Letter     string    `json:"letter" doc:"来件编号，具名举报的必填"`
}

func (in CheckInput) check(c *casework.Case, today law.Date) error {
	var fs fault.Fields
	if strings.TrimSpace(in.Found) == "" {
		fs.Add("found", "请写明核查情况：看了什么、问了谁、查到什么")
	}
	if strings.TrimSpace(in.Cause) == "" {
		fs.Add("cause", "请写明案由，例如：涉嫌未经许可设置户外广告")
	}
	if in.PrimaFacie && strings.TrimSpace(in.Evidence) == "" {
		fs.Add("evidence", "请写明初步证据，例如：现场照片4张、现场检查笔录")
	}
	if in.PrimaFacie && strings.TrimSpace(in.Violated) == "" {
		fs.Add("violated", "请写明涉嫌违反哪一部规定的哪一条")
	}
	if in.On.After(today) || in.On.Before(law.DateOf(c.Found())) {
		fs.Add("on", "核查日期在发现线索之后、今天以前")
	}
	if in.ActFrom.After(today) || in.ActUntil.After(today) {
		fs.Add("act_from", "违法行为的日期不能晚于今天")
	}
	if !in.ActUntil.IsZero() && (in.ActFrom.IsZero() || in.ActUntil.Before(in.ActFrom)) {
		fs.Add("act_until", "终了日不能早于发生日")
	}
	if in.Informant.Label() == "" {
		fs.Add("informant", "请选择有没有举报人")
	}
	if in.Informant == Named && strings.TrimSpace(in.Letter) == "" {
		fs.Add("letter", "具名举报的，请填写来件编号，以便告知结果")
	}
	return fs.Err()
}

// row is the check as it is kept.
func (in CheckInput) row(c *casework.Case, done casework.Done, person int64, at int64) *Check {
	return &Check{
		ID: store.NewID(), Case: c.ID, Entry: int64(done.Entry), On: in.On, Person: person, Found: strings.TrimSpace(in.Found), Cause: strings.TrimSpace(in.Cause),
		PrimaFacie: store.Flag(in.PrimaFacie), Ours: store.Flag(in.Ours), Elsewhere: strings.TrimSpace(in.Elsewhere), Endangered: store.Flag(in.Endangered),
		Evidence: strings.TrimSpace(in.Evidence), Violated: strings.TrimSpace(in.Violated),
		Informant: in.Informant, Letter: strings.TrimSpace(in.Letter), RecordedAt: at,
	}
}
