package exam

import (
	"context"
	"strings"
	"testing"

	"fadu/internal/exam/bank"
	"fadu/internal/fault"
	"fadu/internal/store"
)

// TestManyAreApprovedTogether: all that were ticked or none; one's own and those that somebody changed meanwhile are refused
// by their number, and what was sent twice is done once.
func TestManyAreApprovedTogether(t *testing.T) {
	ground(t, func(t *testing.T, b *Bank, who people) {
		ctx := context.Background()
		draft := func(stem string, own bool) Seen {
			t.Helper()
			by := who.author
			if own {
				by = who.both
			}
			id, err := b.Save(ctx, by, SaveInput{Asks: bank.Question{Type: bank.Judgement, Topic: "当场处罚", Level: 1, Stem: stem, Answer: "对", Explain: "见条文。", Refs: []string{"XZCF-51"}, From: day("2021-07-15")}})
			must(t, err)
			return Seen{id, view(t, b, func(tx *store.Tx) (Question, error) { return b.Question(tx, id) }).Version}
		}
		state := func(s Seen) State {
			t.Helper()
			return view(t, b, func(tx *store.Tx) (Question, error) { return b.Question(tx, s.Question) }).State
		}
		one, two, own := draft("一。", false), draft("二。", false), draft("三。", true)
		stale := Seen{two.Question, two.Version + 1}
		for name, seen := range map[string][]Seen{"没有勾选": nil, "有自己编写的": {one, own}, "有别人改过的": {one, stale}} {
			if err := b.ApproveMany(ctx, who.both, seen); !fault.Is(err, fault.Invalid) || state(one) == InUse {
				t.Errorf("%s：%v", name, err)
			} else if name != "没有勾选" && !strings.Contains(err.Error(), "一道也没有审定") {
				t.Errorf("%s：%v", name, err)
			}
		}
		if err := b.ApproveMany(ctx, who.author, []Seen{one}); !fault.Is(err, fault.Forbidden) {
			t.Errorf("没有权限的：%v", err)
		}
		must(t, b.ApproveMany(ctx, who.both, []Seen{one, two}))
		if state(one) != InUse || state(two) != InUse || state(own) == InUse {
			t.Errorf("审定以后：%s %s %s", state(one), state(two), state(own))
		}
	})
}
