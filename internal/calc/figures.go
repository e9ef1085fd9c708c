package calc

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"fadu/internal/law"
	"fadu/internal/report/consistency"
)

// maxFigures bounds one question: a report has hundreds.
const maxFigures = 20_000

type figuresAnswer struct {
	Checks  []consistency.Finding `json:"checks"`
	Article string                `json:"article"`
}

// figures answers {"figures": [{"id", "name", "value", "unit", "period", "parts"?, "numerator"?, "denominator"?,
// "signed_on"?, "qual"?}…]}.
func figures(question json.RawMessage) (any, error) {
	f, err := readFields(question, "figures")
	if err != nil {
		return nil, err
	}
	var rows []json.RawMessage
	if err := f.into("figures", &rows, false); err != nil {
		return nil, err
	}
	if len(rows) > maxFigures {
		return nil, fmt.Errorf("一次最多核对%d个数字", maxFigures)
	}
	all := make([]consistency.Figure, len(rows))
	later := make([]fields, len(rows))
	at := map[string]int{}
	for i, row := range rows {
		if later[i], all[i], err = readFigure(row); err != nil {
			return nil, fmt.Errorf("“figures”第%d个：%w", i+1, err)
		}
		at[all[i].ID] = i
	}
	for i := range all {
		if all[i].Numerator, err = later[i].numberOf("numerator", all, at); err == nil {
			all[i].Denominator, err = later[i].numberOf("denominator", all, at)
		}
		if err != nil {
			return nil, fmt.Errorf("“figures”第%d个：%w", i+1, err)
		}
	}
	checks, err := consistency.Check(all)
	return figuresAnswer{checks, basisFigures}, err
}

func readFigure(row json.RawMessage) (fields, consistency.Figure, error) {
	var out consistency.Figure
	f, err := readFields(row, "id", "name", "value", "unit", "period", "parts", "numerator", "denominator", "signed_on", "qual")
	if err != nil {
		return nil, out, err
	}
	if !f.has("id") {
		return nil, out, fmt.Errorf("缺“id”")
	}
	if out.ID, err = identifier(f["id"]); err != nil {
		return nil, out, err
	}
	for _, word := range []struct {
		key string
		to  *string
	}{{"name", &out.Name}, {"unit", &out.Unit}, {"period", &out.Period}} {
		if !f.has(word.key) {
			continue
		}
		if *word.to, err = identifier(f[word.key]); err != nil { // a year may be written as a number
			return nil, out, fmt.Errorf("“%s”应是文字", word.key)
		}
	}
	var parts []json.RawMessage
	if err := f.into("parts", &parts, true); err != nil {
		return nil, out, err
	}
	for _, raw := range parts {
		id, err := identifier(raw)
		if err != nil {
			return nil, out, err
		}
		out.Parts = append(out.Parts, id)
	}
	if f.has("signed_on") {
		if out.SignedOn, err = f.date("signed_on", func() law.Date { return law.Date{} }); err != nil {
			return nil, out, err
		}
	}
	if out.Value, err = f.printed("value"); err != nil {
		return nil, out, err
	}
	return f, out, f.bound(&out.Value)
}

// bound reads “qual”, for a value whose 余, 近 or 约 stands beside it.
func (f fields) bound(value *consistency.Number) error {
	if !f.has("qual") {
		return nil
	}
	word, err := f.text("qual")
	if err != nil {
		return err
	}
	switch b := consistency.Bound(word); b {
	case consistency.Exact, consistency.AtLeast, consistency.Below, consistency.About:
		value.Bound = b
		return nil
	}
	return fmt.Errorf("“qual”只能是 exact、ge（余、以上）、lt（近、不到）或 approx（约），不能是“%s”", word)
}

// printed reads a number, or a text such as 63.8万 or 10000余. Null and a date (a day is a figure, too) are no number.
func (f fields) printed(key string) (consistency.Number, error) {
	if !f.has(key) {
		return consistency.Number{}, nil
	}
	var digits json.Number
	text := string(bytes.TrimSpace(f[key]))
	if strings.HasPrefix(text, `"`) {
		if json.Unmarshal(f[key], &text) != nil {
			return consistency.Number{}, fmt.Errorf("“%s”应是数字", key)
		}
		if _, err := law.ParseDate(text[:min(len(text), len("2006-01-02"))]); err == nil {
			return consistency.Number{}, nil
		}
	} else if json.Unmarshal(f[key], &digits) != nil {
		return consistency.Number{}, fmt.Errorf("“%s”应是数字", key)
	}
	n, err := consistency.ParseNumber(text)
	if err != nil {
		return n, fmt.Errorf("“%s”：%w", key, err)
	}
	return n, nil
}

// numberOf reads a number, or the id of the figure that has it.
func (f fields) numberOf(key string, all []consistency.Figure, at map[string]int) (consistency.Number, error) {
	if f.has(key) {
		if id, err := identifier(f[key]); err == nil && bytes.HasPrefix(bytes.TrimSpace(f[key]), []byte(`"`)) {
			if i, ok := at[id]; ok {
				return all[i].Value, nil
			}
		}
	}
	return f.printed(key)
}
