package training

import (
	"context"
	"slices"
	"testing"
	"time"

	"fadu/internal/access"
	"fadu/internal/exam/bank"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

// TestRunIsRecalled: a run that ends puts three questions on the articles of the scene into practice; they come first the next
// day, and not before.
func TestRunIsRecalled(t *testing.T) {
	ground(t, func(t *testing.T, s *Service, by access.Session, clock *testkit.Clock) {
		ctx := context.Background()
		w := begin(t, s, by, clock, Practice)
		w.acts("先赶走")
		for w.see().Run.State == Running {
			v := w.see().View()
			must(t, w.do(ActInput{Action: v.Choices[0].ID}))
		}
		var asked []bank.Question
		testkit.View(t, s.DB, func(tx *store.Tx) (err error) { asked, err = s.recalls(tx, w.id); return err })
		if len(asked) != recalled {
			t.Fatalf("放进了 %d 道", len(asked))
		}
		refs := w.see().Play.Scenario.Refs()
		for _, q := range asked {
			if !slices.ContainsFunc(q.Refs, func(a string) bool {
				return slices.ContainsFunc(refs, func(b string) bool { return article(a) == article(b) })
			}) {
				t.Errorf("%s 与情景没有同样的条文：%v", q.ID, q.Refs)
			}
		}
		ids := []string{asked[0].ID, asked[1].ID, asked[2].ID}
		if q, ok, err := s.Next(ctx, by, Daily, ""); err != nil || !ok || slices.Contains(ids, q.ID) {
			t.Errorf("当天就出了：%s %v", q.ID, err)
		}
		clock.Advance(24 * time.Hour)
		for range ids {
			q, ok, err := s.Next(ctx, by, Daily, "")
			if err != nil || !ok || !slices.Contains(ids, q.ID) {
				t.Fatalf("第二天没有先出：%s %v", q.ID, err)
			}
			_, err = s.Answer(ctx, by, AnswerInput{Question: q.ID, Given: q.Right()})
			must(t, err)
			ids = slices.DeleteFunc(ids, func(id string) bool { return id == q.ID })
		}
	})
}

// TestRecallIsUrgentFirst: the article of what went wrong comes before the others, an article with one question leaves room.
func TestRecallIsUrgentFirst(t *testing.T) {
	all := []bank.Question{{ID: "a", Refs: []string{"XZCF-51-1"}}, {ID: "b", Refs: []string{"XZCF-33"}}, {ID: "c", Refs: []string{"XZCF-33-1"}}, {ID: "d", Refs: []string{"XZCF-70"}}}
	if got := recallOf([]string{"XZCF-33-1", "XZCF-51"}, all, nil); !slices.Equal(got, []string{"b", "a", "c"}) {
		t.Errorf("%v", got)
	}
	if got := recallOf([]string{"XZCF-33"}, all, map[string]card{"b": {Times: 2}}); !slices.Equal(got, []string{"c", "b"}) {
		t.Errorf("没有做过的先出：%v", got)
	}
	if got := recallOf([]string{"XZQZ-5"}, all, nil); len(got) != 0 {
		t.Errorf("没有同样条文的：%v", got)
	}
}
