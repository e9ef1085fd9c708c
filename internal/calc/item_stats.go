package calc

import (
	"encoding/json"

	"fadu/internal/exam/stats"
)

type itemStatsAnswer struct {
	stats.Analysis
	Article string `json:"article"`
}

// itemStats answers {"max", "ids"?, "matrix"}: a row for each candidate; an item not answered is null.
func itemStats(question json.RawMessage) (any, error) {
	f, err := readFields(question, "max", "ids", "matrix")
	if err != nil {
		return nil, err
	}
	var t stats.Test
	if err := f.into("max", &t.Max, false); err != nil {
		return nil, err
	}
	if err := f.into("ids", &t.IDs, true); err != nil {
		return nil, err
	}
	if err := f.into("matrix", &t.Matrix, false); err != nil {
		return nil, err
	}
	a, err := stats.Analyse(t)
	return itemStatsAnswer{a, basisStats}, err
}
