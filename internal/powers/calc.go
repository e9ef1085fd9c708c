package powers

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/big"
	"strings"

	"fadu/internal/fault"
	"fadu/internal/law"
)

// The rules of the recheck door's "amount" that powers answer.
const (
	RuleStatutoryRange = "法定罚款幅度"
	RuleTierRange      = "裁量幅度"
)

// AmountRules returns the recheck door's rules over a library: name → function from the "inputs" object to
// the answer. A sole trader counts as a citizen there, which is the strict reading.
func AmountRules(lib *Library) map[string]func(json.RawMessage) (any, error) {
	set := Setting{SoleTraderAs: Citizen}
	return map[string]func(json.RawMessage) (any, error){
		RuleStatutoryRange: func(raw json.RawMessage) (any, error) { return lib.answerRange(raw, set) },
		RuleTierRange:      func(raw json.RawMessage) (any, error) { return lib.answerTier(raw, set) },
	}
}

// RangeAnswer is the answer to 法定罚款幅度. Money in yuan, exact.
type RangeAnswer struct {
	Min         law.Money `json:"min"`
	Max         law.Money `json:"max"`
	Optional    bool      `json:"fine_optional"`
	Law         string    `json:"law"`
	Article     string    `json:"article"`
	VersionFrom law.Date  `json:"version_from"`
	VersionTo   *law.Date `json:"version_to"`
	Note        string    `json:"note,omitempty"`
}

// TierAnswer is the answer to 裁量幅度. Min and Max are null for a tier without a fine; the upper end
// belongs to the range only where upper_inclusive is true.
type TierAnswer struct {
	Tier           string     `json:"tier"`
	Min            *law.Money `json:"min"`
	Max            *law.Money `json:"max"`
	UpperInclusive bool       `json:"upper_inclusive"`
	Basis          string     `json:"basis"`
	Stage          string     `json:"stage"`
	Why            []string   `json:"why"`
	Law            string     `json:"law"`
	Article        string     `json:"article"`
	VersionFrom    law.Date   `json:"version_from"`
	VersionTo      *law.Date  `json:"version_to"`
}

func (l *Library) answerRange(raw json.RawMessage, set Setting) (any, error) {
	in, err := readInputs(raw, set)
	if err != nil {
		return nil, err
	}
	p, err := l.At(in.code, in.ActDate)
	if err != nil {
		return nil, err
	}
	r, err := p.StatutoryRange(in.RangeInput)
	if err != nil {
		return nil, err
	}
	return RangeAnswer{r.Min, r.Max, r.Optional, r.Law, r.Article, r.From, dateOrNull(r.To), r.How}, nil
}

func (l *Library) answerTier(raw json.RawMessage, set Setting) (any, error) {
	in, err := readInputs(raw, set)
	if err != nil {
		return nil, err
	}
	p, err := l.At(in.code, in.ActDate)
	if err != nil {
		return nil, err
	}
	t, _, err := l.TierFor(p, in.TierInput)
	if err != nil {
		return nil, err
	}
	a := TierAnswer{
		Tier: t.Tier.Grade.Label(), UpperInclusive: t.UpperInclusive, Basis: t.Tier.Basis, Stage: t.Stage, Why: t.Why,
		Law: p.Penalty.Law, Article: p.Penalty.Articles.Han(), VersionFrom: p.ValidFrom, VersionTo: dateOrNull(p.ValidTo),
	}
	if t.RangeSet {
		a.Min, a.Max = &t.Min, &t.Max
	}
	return a, nil
}

func dateOrNull(d law.Date) *law.Date {
	if d.IsZero() {
		return nil
	}
	return &d
}

type inputs struct {
	code string
	TierInput
}

// reader takes fields from a JSON object and collects what is wrong with them.
type reader struct {
	fields map[string]any
	faults fault.Fields
}

func readInputs(raw json.RawMessage, set Setting) (inputs, error) {
	r := &reader{}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	if err := d.Decode(&r.fields); err != nil {
		return inputs{}, fault.New(fault.Invalid, "inputs应为一个JSON对象")
	}
	in := inputs{code: r.text("code")}
	if in.code == "" {
		r.faults.Add("code", "没有写权责编码")
	}
	if s := r.text("date"); s == "" {
		r.faults.Add("date", "没有写违法行为日")
	} else if day, err := law.ParseDate(s); err != nil {
		r.faults.Add("date", "%v", err)
	} else {
		in.ActDate = day
	}
	if s := r.text("party"); s == "" {
		r.faults.Add("party", "没有写当事人类型，应为公民或者单位")
	} else if p, ok := ParseParty(s); !ok {
		r.faults.Add("party", "当事人类型“%s”应为公民或者单位", s)
	} else {
		in.Party = set.Resolve(p)
	}
	in.Escalated = r.tri("escalated") == law.True
	in.Grade = r.text("grade")
	if m, ok := r.scaled("base", 100); ok {
		in.Base = law.Money(m)
	}
	if q, ok := r.scaled("quantity", millionth); ok {
		in.Quantity = Quantity(q)
	}
	if q, ok := r.scaled("metric", millionth); ok {
		m := Quantity(q)
		in.Metric = &m
	}
	if n, ok := r.scaled("prior_2y", 1); ok {
		prior := int(n)
		in.Prior2y = &prior
	}
	in.Corrected = r.tri("corrected")
	in.Harm, in.HarmSlight = r.harm()
	return in, r.faults.Err()
}

func (r *reader) text(name string) string {
	switch v := r.fields[name].(type) {
	case nil:
		return ""
	case string:
		return strings.TrimSpace(v)
	case json.Number:
		return v.String()
	}
	r.faults.Add(name, "应为文字")
	return ""
}

// tri reads true, false, yes, no, 是 or 否; absent or null is unknown.
func (r *reader) tri(name string) law.Tri {
	switch v := r.fields[name].(type) {
	case nil:
		return law.Unknown
	case bool:
		return law.TriOf(v)
	case string:
		switch v {
		case "":
			return law.Unknown
		case "yes", "是", "true":
			return law.True
		case "no", "否", "false":
			return law.False
		}
	}
	r.faults.Add(name, "应为 true 或者 false")
	return law.Unknown
}

// harm reads whether harm was done, as tri does; slight or 轻微 says that it was slight.
func (r *reader) harm() (done law.Tri, slight bool) {
	if s, ok := r.fields["harm"].(string); ok && (s == "slight" || s == "轻微") {
		return law.True, true
	}
	return r.tri("harm"), false
}

// scaled reads an exact non-negative number times scale; a finer number is refused.
func (r *reader) scaled(name string, scale int64) (int64, bool) {
	s := ""
	switch v := r.fields[name].(type) {
	case nil:
		return 0, false
	case string:
		s = strings.TrimSpace(v)
	case json.Number:
		s = v.String()
	}
	if s == "" || len(s) > 24 || strings.ContainsAny(s, "/_xX") {
		r.faults.Add(name, "应为不小于0的数")
		return 0, false
	}
	if at := strings.IndexAny(s, "eE"); at >= 0 && len(s)-at > 4 {
		r.faults.Add(name, "应为不小于0的数")
		return 0, false
	}
	n, ok := new(big.Rat).SetString(s)
	if !ok || n.Sign() < 0 {
		r.faults.Add(name, "应为不小于0的数")
		return 0, false
	}
	n.Mul(n, new(big.Rat).SetInt64(scale))
	if !n.IsInt() || !n.Num().IsInt64() || n.Num().Cmp(big.NewInt(maxScaled)) > 0 {
		r.faults.Add(name, "数太大，或者小数位数超过%d位", len(fmt.Sprint(scale))-1)
		return 0, false
	}
	return n.Num().Int64(), true
}

// maxScaled is ten thousand billion yuan in 分, or a billion in millionths.
const maxScaled = 1_000_000_000_000_000
