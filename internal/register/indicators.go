package register

import (
	"fmt"
	"strconv"
	"strings"

	"fadu/internal/indicator"
	"fadu/internal/register/definition"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// Indicators are the figures of the registers that come with the program, and those of the bureau's own making that are in use
// now: registers of its own, and fields that it added. The latter are counted from the records each time.
func (s *Service) Indicators() []indicator.Definition {
	var out []indicator.Definition
	known := map[string]bool{}
	for i := range s.Builtin {
		for _, x := range Figures(&s.Builtin[i]) {
			known[x.ID] = true
			out = append(out, x)
		}
	}
	for _, r := range s.Live() {
		for _, x := range Figures(r.Definition) {
			if x.Keep = nil; !known[x.ID] {
				out = append(out, x)
			}
		}
	}
	return out
}

// Figures are the indicators that a definition declares. A record counts in the states that its way says, unless the condition
// names states; a void one never does.
func Figures(d *definition.Definition) []indicator.Definition {
	var out []indicator.Definition
	for _, x := range d.Indicators {
		out = append(out, figure(d, x))
	}
	return out
}

func figure(d *definition.Definition, x definition.Indicator) indicator.Definition {
	out := indicator.Definition{
		ID: "register." + d.Code + "." + x.ID, Name: x.Name, Measure: indicator.Measure(d.MeasureOf(x)),
		Population: "台账“" + d.Name + "”的记录", Filter: says(d, x), Basis: dayLabel(d), Dedup: "每条记录计一次，标签再多也是一次", CutOff: "查询当时已登记、没有作废的记录",
		Columns:    indicator.Columns{Alias: "rr", ID: "rr.id", Date: "rr.happened", Label: "rr.title", Entered: "rr.recorded_at"},
		Dimensions: []indicator.Dimension{{ID: "unit", Name: "单位", Expr: "rr.unit_id"}, {ID: "month", Name: "月份", Expr: indicator.Month("rr.happened")}},
		Link:       PathRecords + "/%d",
	}
	for _, f := range d.Fields {
		if f.Kind == definition.Choice && f.Slot != "" {
			out.Dimensions = append(out.Dimensions, indicator.Dimension{ID: f.Key, Name: f.Label, Expr: "rr." + f.Slot})
		}
	}
	where := asked(d, append(counted(d, x), x.Where...))
	out.Rows = func(tx *store.Tx) *bun.SelectQuery {
		return tx.DB().NewSelect().TableExpr("register_record AS rr").Where("rr.code = ?", d.Code).Where(where).Where(seen)
	}
	switch {
	case x.Sum != "":
		f, _ := d.Field(x.Sum)
		out.Sum, out.Whole = "rr."+f.Slot, f.Kind == definition.Number
		if f.Kind == definition.Money {
			out.Measure = indicator.Yuan
		}
	case len(x.Met) > 0:
		out.Measure, out.Met = indicator.Rate, asked(d, x.Met)
	case d.Same:
		out.Distinct, out.Dedup = "rr.event_id", "每场活动计一次：标签再多、在几个台账里都登记了，也是一次"
	}
	if out.Distinct == "" && out.Met == "" {
		out.Keep = []string{}
	}
	return out
}

// counted is the condition on the state that an indicator has unless it names one.
func counted(d *definition.Definition, x definition.Indicator) []definition.Condition {
	for _, c := range x.Where {
		if c.Field == definition.StateField {
			return nil
		}
	}
	c := definition.Condition{Field: definition.StateField}
	for _, s := range d.Counted() {
		c.Is = append(c.Is, string(s))
	}
	return []definition.Condition{c}
}

// asked is the conditions as SQL: from definitions that Lint has passed, with every text quoted.
func asked(d *definition.Definition, conditions []definition.Condition) string {
	var parts []string
	for _, c := range conditions {
		f, _ := d.Field(c.Field)
		switch {
		case c.Field == definition.StateField:
			parts = append(parts, "rr.state IN ("+quoted(c.Is)+")")
		case f.Kind == definition.Tags:
			var any []string
			for _, o := range c.Is {
				any = append(any, "rr.tags LIKE "+quoted([]string{"%|" + like(f.Key) + "=" + like(o) + "|%"})+` ESCAPE '\'`)
			}
			parts = append(parts, "("+strings.Join(any, " OR ")+")")
		case f.Kind == definition.Choice:
			parts = append(parts, "rr."+f.Slot+" IN ("+quoted(c.Is)+")")
		default:
			if c.From != nil {
				parts = append(parts, "rr."+f.Slot+" >= "+strconv.FormatInt(*c.From, 10))
			}
			if c.To != nil {
				parts = append(parts, "rr."+f.Slot+" <= "+strconv.FormatInt(*c.To, 10))
			}
		}
	}
	return strings.Join(parts, " AND ")
}

func quoted(texts []string) string {
	out := make([]string, len(texts))
	for i, t := range texts {
		out[i] = "'" + strings.ReplaceAll(t, "'", "''") + "'"
	}
	return strings.Join(out, ", ")
}

func like(s string) string { return strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(s) }

// says is the condition in words.
func says(d *definition.Definition, x definition.Indicator) string {
	var parts []string
	for _, c := range append(counted(d, x), x.Where...) {
		parts = append(parts, inWords(d, c))
	}
	if len(x.Met) > 0 {
		var met []string
		for _, c := range x.Met {
			met = append(met, inWords(d, c))
		}
		parts = append(parts, "分子："+strings.Join(met, "，"))
	}
	if x.Why != "" {
		parts = append(parts, x.Why)
	}
	return strings.Join(parts, "；")
}

func inWords(d *definition.Definition, c definition.Condition) string {
	f, _ := d.Field(c.Field)
	if c.Field == definition.StateField {
		var names []string
		for _, s := range c.Is {
			names = append(names, d.StateName(definition.State(s)))
		}
		return "状态是" + strings.Join(names, "、")
	}
	if len(c.Is) > 0 {
		return f.Label + "是" + strings.Join(c.Is, "、")
	}
	text := f.Label
	if c.From != nil {
		text += fmt.Sprintf("不少于 %d", *c.From)
	}
	if c.To != nil {
		text += fmt.Sprintf("不多于 %d", *c.To)
	}
	return text
}

func dayLabel(d *definition.Definition) string {
	f, _ := d.Field(d.Day)
	return f.Label
}

// kept are the sums that a register's records change.
func (s *Service) kept(d *definition.Definition) indicator.Kept {
	at := fmt.Sprintf("%s/%d", d.Code, d.Edition)
	s.mu.Lock()
	defer s.mu.Unlock()
	k, ok := s.drawn[at]
	if !ok {
		var known []indicator.Definition
		for i := range s.Builtin {
			if s.Builtin[i].Code == d.Code {
				known = Figures(&s.Builtin[i])
			}
		}
		k = indicator.Keep("rr", known)
		s.drawn[at] = k
	}
	return k
}
