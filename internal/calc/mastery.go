package calc

import (
	"encoding/json"
	"fmt"

	"fadu/internal/training/mastery"
)

type masteryAnswer struct {
	mastery.Level
	Article string `json:"article"`
}

// masteryLevel answers {"now_day", "obs": [[source, score, day]…]}.
func masteryLevel(question json.RawMessage) (any, error) {
	f, err := readFields(question, "now_day", "obs")
	if err != nil {
		return nil, err
	}
	now, err := f.number("now_day")
	if err != nil {
		return nil, err
	}
	var rows [][]json.RawMessage
	if err := f.into("obs", &rows, false); err != nil {
		return nil, err
	}
	obs := make([]mastery.Observation, len(rows))
	for i, row := range rows {
		var source string
		o := &obs[i]
		if len(row) != 3 || json.Unmarshal(row[0], &source) != nil || json.Unmarshal(row[1], &o.Score) != nil || json.Unmarshal(row[2], &o.Day) != nil {
			return nil, fmt.Errorf("“obs”第%d个应是 [来源, 得分, 日]，如 [\"quiz\", 1, 3]", i+1)
		}
		o.Source = mastery.ParseSource(source)
	}
	level, err := mastery.Estimate(now, obs)
	return masteryAnswer{level, basisTraining}, err
}
