package calc

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"fadu/internal/law"
)

// The amount rules that the law alone decides; the powers slice adds those that need the list of powers.
const (
	surchargeRule  = "加处罚款(每日3%，不超过本金)"
	higherFineRule = "同一违法行为违反多个规范择高罚款"
)

// Amount answers one amount rule, given its inputs as a JSON object.
type Amount = func(inputs json.RawMessage) (answer any, err error)

type namedAmount struct {
	name    string
	formula Amount
}

// AddAmount adds an amount rule while the program is wired. A name that is taken is an error.
func (d *Door) AddAmount(rule string, f Amount) error {
	key := law.FoldName(rule)
	if _, taken := d.amounts[key]; taken || rule == "" || f == nil {
		return fmt.Errorf("calc: amount rule %q twice or without a formula", rule)
	}
	d.amounts[key] = namedAmount{rule, f}
	return nil
}

// Amounts returns the amount rules, sorted.
func (d *Door) Amounts() []string {
	var names []string
	for _, a := range d.amounts {
		names = append(names, a.name)
	}
	slices.Sort(names)
	return names
}

// amount answers {"rule": NAME, "inputs": {…}}.
func (d *Door) amount(question json.RawMessage) (any, error) {
	f, err := readFields(question, "rule", "inputs")
	if err != nil {
		return nil, err
	}
	rule, err := f.text("rule")
	if err != nil {
		return nil, err
	}
	known, ok := d.amounts[law.FoldName(rule)]
	if !ok {
		return nil, fmt.Errorf("没有“%s”这条金额规则，可用的有：%s", rule, joinHan(d.Amounts()))
	}
	if !f.has("inputs") {
		return nil, errors.New("缺“inputs”")
	}
	return known.formula(f["inputs"])
}

type surchargeAnswer struct {
	Surcharge law.Money `json:"surcharge"`
	Total     law.Money `json:"total"`
	Capped    bool      `json:"capped"`
	Article   string    `json:"article"`
}

func (d *Door) surcharge(inputs json.RawMessage) (any, error) {
	f, err := readFields(inputs, "fine", "days_overdue", "days_in_review_or_litigation", "date")
	if err != nil {
		return nil, err
	}
	fine, err := f.money("fine")
	if err != nil {
		return nil, err
	}
	overdue, err := f.whole("days_overdue", false)
	if err != nil {
		return nil, err
	}
	suspended, err := f.whole("days_in_review_or_litigation", true)
	if err != nil {
		return nil, err
	}
	on, err := f.date("date", d.today)
	if err != nil {
		return nil, err
	}
	s, err := law.SurchargeOn(on, fine, overdue, suspended)
	if err != nil {
		return nil, err
	}
	return surchargeAnswer{s.Amount, s.Total, s.Capped, s.Cite.String()}, nil
}

type higherFineAnswer struct {
	Fine    law.Money `json:"fine"`
	Article string    `json:"article"`
}

func (d *Door) higherFine(inputs json.RawMessage) (any, error) {
	f, err := readFields(inputs, "fines_by_norm", "date")
	if err != nil {
		return nil, err
	}
	fines, err := f.moneys("fines_by_norm")
	if err != nil {
		return nil, err
	}
	on, err := f.date("date", d.today)
	if err != nil {
		return nil, err
	}
	fine, cite, err := law.HigherFine(on, fines)
	if err != nil {
		return nil, err
	}
	return higherFineAnswer{fine, cite.String()}, nil
}
