package calc

import (
	"encoding/json"
	"fmt"
	"strings"

	"fadu/internal/draw"
)

type drawAnswer struct {
	Drawn   []string `json:"drawn"`
	Method  string   `json:"method"`
	Article string   `json:"article"`
}

// lot answers {"seed", "pool": [ID…], "take", "exclude"?: [[ID, reason]…]}; an id is a text or a number.
func lot(question json.RawMessage) (any, error) {
	f, err := readFields(question, "seed", "pool", "take", "exclude")
	if err != nil {
		return nil, err
	}
	seed, err := f.text("seed")
	if err != nil {
		return nil, err
	}
	take, err := f.whole("take", false)
	if err != nil {
		return nil, err
	}
	var ids []json.RawMessage
	if err := f.into("pool", &ids, false); err != nil {
		return nil, err
	}
	pool := make([]string, len(ids))
	for i, raw := range ids {
		if pool[i], err = identifier(raw); err != nil {
			return nil, fmt.Errorf("“pool”第%d个：%w", i+1, err)
		}
	}
	var rows [][]json.RawMessage
	if err := f.into("exclude", &rows, true); err != nil {
		return nil, err
	}
	exclude := make([]draw.Exclusion, len(rows))
	for i, row := range rows {
		wrong := fmt.Errorf("“exclude”第%d个应是 [编号, 理由]", i+1)
		if len(row) != 2 || json.Unmarshal(row[1], &exclude[i].Reason) != nil {
			return nil, wrong
		}
		if exclude[i].ID, err = identifier(row[0]); err != nil {
			return nil, wrong
		}
		exclude[i].Reason = strings.TrimSpace(exclude[i].Reason)
	}
	drawn, err := draw.Lot(seed, pool, take, exclude)
	return drawAnswer{drawn, draw.Method, basisDraw}, err
}

// identifier reads an id: a text, or a number as it was spelt.
func identifier(raw json.RawMessage) (string, error) {
	var text string
	if json.Unmarshal(raw, &text) == nil {
		return strings.TrimSpace(text), nil
	}
	var number json.Number
	if json.Unmarshal(raw, &number) == nil {
		return number.String(), nil
	}
	return "", fmt.Errorf("编号应是文字或者数字，不能是 %s", raw)
}
