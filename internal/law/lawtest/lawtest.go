// Package lawtest runs tables of situations against statutory rules, one table per rule. Only tests
// import it.
package lawtest

import (
	"encoding/json"
	"strings"
	"testing"

	"fadu/internal/law"
)

// result is what one rule makes of the facts.
type result string

const (
	passes      result = "passes"
	refuses     result = "refuses"
	warns       result = "warns"
	notes       result = "notes"
	must        result = "must"
	may         result = "may"
	notRequired result = "not_required"
	open        result = "open"
)

// Table holds the situations of one rule and the article that its findings must cite.
type Table struct {
	Rule, Article string
	Cases         []Case
	// Decided marks a rule that always has an answer, so that no situation leaves it open.
	Decided bool
	// Always marks a rule with one answer whatever the facts.
	Always bool
}

// Case is one situation, made by Pass, Refuse and their siblings: a Chinese name, the facts as a JSON
// object, the result, and words that the message must contain.
type Case struct {
	name, facts, says, on string
	want                  result
}

// Pass is a situation to which the rule does not object.
func Pass(name, facts string) Case { return Case{name: name, facts: facts, want: passes} }

// Refuse is one that the rule refuses, saying the words.
func Refuse(name, facts, says string) Case {
	return Case{name: name, facts: facts, says: says, want: refuses}
}

// Warn is one that passes with a warning.
func Warn(name, facts, says string) Case {
	return Case{name: name, facts: facts, says: says, want: warns}
}

// Note is one that passes with a note.
func Note(name, facts, says string) Case {
	return Case{name: name, facts: facts, says: says, want: notes}
}

// Must is one in which the rule imposes a duty.
func Must(name, facts, says string) Case {
	return Case{name: name, facts: facts, says: says, want: must}
}

// May is one in which the rule leaves a choice.
func May(name, facts, says string) Case { return Case{name: name, facts: facts, says: says, want: may} }

// NotRequired is one in which the rule imposes no duty.
func NotRequired(name, facts string) Case { return Case{name: name, facts: facts, want: notRequired} }

// Open is one that the file does not describe well enough for an answer (未载明).
func Open(name, facts string) Case { return Case{name: name, facts: facts, want: open} }

// On sets the day of the step, 2026-03-02 otherwise.
func (c Case) On(day string) Case {
	c.on = day
	return c
}

// Facts reads a JSON object of facts through the law's vocabulary, as the recheck door does.
func Facts(t *testing.T, object string) law.Facts {
	t.Helper()
	dec := json.NewDecoder(strings.NewReader(object))
	dec.UseNumber()
	raw := map[string]any{}
	if err := dec.Decode(&raw); err != nil {
		t.Fatalf("facts %s: %v", object, err)
	}
	var f law.Facts
	words := law.Words()
	for name, v := range raw {
		if err := words.Set(&f, name, v, "test"); err != nil {
			t.Fatalf("facts %s: %v", object, err)
		}
	}
	return f
}

// Run checks every table, that every rule has one, and that each table shows the rule passing, objecting
// and lacking a fact.
func Run(t *testing.T, rules []law.Rule, tables []Table) {
	t.Helper()
	byID := map[string]law.Rule{}
	for _, r := range rules {
		byID[r.ID] = r
	}
	seen := map[string]bool{}
	for _, table := range tables {
		rule, ok := byID[table.Rule]
		if !ok {
			t.Errorf("table for unknown rule %s", table.Rule)
			continue
		}
		if seen[table.Rule] {
			t.Errorf("two tables for rule %s", table.Rule)
		}
		seen[table.Rule] = true
		t.Run(table.Rule, func(t *testing.T) { table.run(t, rule) })
	}
	for _, r := range rules {
		if !seen[r.ID] {
			t.Errorf("rule %s (%s) has no table of situations", r.ID, r.Name)
		}
	}
}

func (table Table) run(t *testing.T, rule law.Rule) {
	if got := rule.Cite.String(); got != table.Article {
		t.Errorf("cites %q, want %q", got, table.Article)
	}
	judge, err := law.NewJudge([]law.Rule{rule})
	if err != nil {
		t.Fatal(err)
	}
	results := map[result]int{}
	for _, c := range table.Cases {
		results[c.want]++
		t.Run(c.name, func(t *testing.T) { c.run(t, judge, rule) })
	}
	passes := results[passes] + results[notRequired]
	if passes == 0 && !table.Always {
		t.Error("no situation in which the rule passes")
	}
	if len(table.Cases)-passes-results[open] == 0 && !table.Always {
		t.Error("no situation in which the rule has something to say")
	}
	if results[open] == 0 && !table.Decided && !table.Always {
		t.Error("no situation in which the file does not say enough")
	}
}

func (c Case) run(t *testing.T, judge *law.Judge, rule law.Rule) {
	on := law.MustDate("2026-03-02")
	if c.on != "" {
		on = law.MustDate(c.on)
	}
	j := judge.Judge(rule.Actions[0], on, Facts(t, c.facts))
	got, message := resultOf(j)
	if got != c.want {
		t.Fatalf("%s: got %s %q, want %s", c.facts, got, message, c.want)
	}
	if !strings.Contains(message, c.says) {
		t.Errorf("message %q does not say %q", message, c.says)
	}
	if strings.Contains(message, "%!") {
		t.Errorf("message %q has a formatting fault", message)
	}
	if got == refuses && !strings.Contains(message, "。") && !strings.Contains(message, "；") && !strings.Contains(message, "，") {
		t.Errorf("refusal %q does not say how to go on", message)
	}
	if got == open && len(j.Unknown[0].Missing) == 0 {
		t.Error("the gap names no missing fact")
	}
}

func resultOf(j law.Judgement) (result, string) {
	switch {
	case len(j.Unknown) > 0:
		return open, ""
	case len(j.Findings) == 0:
		return passes, ""
	}
	f := j.Findings[0]
	switch {
	case j.Answer == law.Refuse:
		return refuses, f.Message
	case j.Answer == law.Must:
		return must, f.Message
	case j.Answer == law.May:
		return may, f.Message
	case j.Answer == law.NotRequired:
		return notRequired, f.Message
	case f.Level == law.Warn:
		return warns, f.Message
	}
	return notes, f.Message
}
