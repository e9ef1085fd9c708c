package assembly

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"fadu/internal/exam/bank"
)

// Types are the forms that papers ask.
var Types = bank.Types

// MaxItems bounds the questions of a paper.
const MaxItems = 300

// MaxPoints bounds what a paper can give, in hundredths of a point.
const MaxPoints = 1000_00

// Cell asks for some questions: of a topic and a level, or of any when these are empty.
type Cell struct {
	Topic string    `json:"topic,omitempty" doc:"专题；不填是任何专题"`
	Type  bank.Type `json:"type" enum:"single,multiple,judgement,fill,order,match,material,analysis,drafting" doc:"题型"`
	Level int       `json:"level,omitempty" doc:"难度一至三；不填是任何难度"`
	Count int       `json:"count" doc:"几道"`
	// Points are what each gives, in hundredths.
	Points int64 `json:"points" doc:"每道几分，以百分之一分计"`
}

// takes reports whether the question is one of those that the cell asks for.
func (c Cell) takes(q bank.Question) bool {
	return c.Type == q.Type && (c.Topic == "" || c.Topic == q.Topic) && (c.Level == 0 || c.Level == q.Level)
}

// Label says what the cell asks for.
func (c Cell) Label() string {
	parts := []string{"全部专题", c.Type.Label()}
	if c.Topic != "" {
		parts[0] = c.Topic
	}
	if c.Level != 0 {
		parts = append(parts, levelLabels[c.Level])
	}
	return strings.Join(parts, " · ")
}

var levelLabels = map[int]string{1: "容易", 2: "中等", 3: "较难"}

// LevelLabel is the Chinese name of a level, empty for any.
func LevelLabel(level int) string { return levelLabels[level] }

// Blueprint is a table of specifications.
type Blueprint []Cell

// Items is how many questions the table asks for.
func (b Blueprint) Items() (n int) {
	for _, c := range b {
		n += c.Count
	}
	return n
}

// Points is what the whole paper gives, in hundredths.
func (b Blueprint) Points() (n int64) {
	for _, c := range b {
		n += int64(c.Count) * c.Points
	}
	return n
}

// Check says everything that is wrong with the table.
func (b Blueprint) Check() error {
	var faults []error
	bad := func(i int, format string, args ...any) {
		faults = append(faults, fmt.Errorf("细目表第 %d 行：%s", i+1, fmt.Sprintf(format, args...)))
	}
	if len(b) == 0 {
		return errors.New("细目表至少要有一行")
	}
	for i, c := range b {
		if !slices.Contains(Types, c.Type) {
			bad(i, "请选择题型")
		}
		if c.Level < 0 || c.Level > 3 {
			bad(i, "难度是一至三，或者不限")
		}
		if c.Count < 1 || c.Count > MaxItems {
			bad(i, "题数应在 1 至 %d 之间", MaxItems)
		}
		if c.Points < 1 || c.Points > MaxPoints {
			bad(i, "每道的分值应大于 0、不超过 %d 分", MaxPoints/100)
		}
	}
	if len(faults) == 0 && b.Items() > MaxItems {
		faults = append(faults, fmt.Errorf("一张试卷最多 %d 道，现在是 %d 道", MaxItems, b.Items()))
	}
	if len(faults) == 0 && b.Points() > MaxPoints {
		faults = append(faults, fmt.Errorf("一张试卷最多 %d 分", MaxPoints/100))
	}
	return errors.Join(faults...)
}

// Shortage says that a cell asks for more than there is.
type Shortage struct {
	Row        int // from 0
	Cell       Cell
	Need, Have int
}

// Infeasible says which cells lack how many questions.
type Infeasible []Shortage

func (e Infeasible) Error() string {
	rows := make([]string, len(e))
	for i, s := range e {
		rows[i] = fmt.Sprintf("第 %d 行“%s”要 %d 道，只有 %d 道", s.Row+1, s.Cell.Label(), s.Need, s.Have)
	}
	return "组不成这张试卷：" + strings.Join(rows, "；")
}
