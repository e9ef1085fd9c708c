package training

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"fadu/internal/access"
	"fadu/internal/exam/bank"
	"fadu/internal/fault"
	"fadu/internal/testkit"
	"fadu/internal/training/practice"
)

func wrong(q bank.Question) []string {
	switch q.Type {
	case bank.Judgement:
		return []string{map[string]string{"对": "错", "错": "对"}[q.Answer]}
	case bank.Fill:
		return []string{"不知道"}
	case bank.Order:
		letters := strings.Split(q.Answer, "")
		slices.Reverse(letters)
		return []string{strings.Join(letters, "")}
	}
	for i := range q.Options {
		if l := bank.Letter(i); l != q.Answer {
			return []string{l}
		}
	}
	return nil
}

// TestDailyPractice: new questions come one by one until the day's cap; what was answered comes back on its day, not before,
// and what was not done is no debt.
func TestDailyPractice(t *testing.T) {
	ground(t, func(t *testing.T, s *Service, by access.Session, clock *testkit.Clock) {
		ctx := context.Background()
		seen := map[string]bool{}
		for range practice.DailyCap {
			q, ok, err := s.Next(ctx, by, Daily, "")
			must(t, err)
			if !ok || seen[q.ID] {
				t.Fatalf("第 %d 道：%v %s", len(seen)+1, ok, q.ID)
			}
			seen[q.ID] = true
			_, err = s.Answer(ctx, by, AnswerInput{Question: q.ID, Given: q.Right(), TookMS: 4000})
			must(t, err)
			clock.Advance(time.Minute)
		}
		if _, ok, err := s.Next(ctx, by, Daily, ""); ok || err != nil {
			t.Errorf("超过每天的题量还出题：%v", err)
		}
		st, err := s.Practice(ctx, by)
		must(t, err)
		if st.Today != practice.DailyCap || st.Left != 0 || st.Done != practice.DailyCap {
			t.Errorf("%+v", st)
		}
		clock.Advance(30 * 24 * time.Hour)
		q, ok, err := s.Next(ctx, by, Daily, "")
		must(t, err)
		if !ok || !seen[q.ID] {
			t.Errorf("一个月以后应当先复习：%v %s", ok, q.ID)
		}
		if st, err := s.Practice(ctx, by); err != nil || st.Left != practice.DailyCap {
			t.Errorf("隔了一个月，今天还是 %d 道：%+v %v", practice.DailyCap, st, err)
		}
	})
}

// TestMistakes: a wrong answer puts the question into the book of mistakes; right ones on three different days take it out.
func TestMistakes(t *testing.T) {
	ground(t, func(t *testing.T, s *Service, by access.Session, clock *testkit.Clock) {
		ctx := context.Background()
		q, _, err := s.Next(ctx, by, InOrder, "")
		must(t, err)
		answer := func(given []string) bool {
			t.Helper()
			id, err := s.Answer(ctx, by, AnswerInput{Question: q.ID, Given: given})
			must(t, err)
			a, back, _, _, err := s.Answered(ctx, by, id)
			must(t, err)
			if back.ID != q.ID {
				t.Fatal("另一道题")
			}
			return bool(a.Correct)
		}
		if answer(wrong(q)) {
			t.Fatal("答错算了对")
		}
		for day := range 3 {
			if got, ok, err := s.Next(ctx, by, Mistakes, ""); err != nil || !ok || got.ID != q.ID {
				t.Fatalf("第 %d 天不在错题本：%v", day, err)
			}
			for range 2 { // twice on one day counts once
				if !answer(q.Right()) {
					t.Fatal("答对算了错")
				}
			}
			clock.Advance(24 * time.Hour)
		}
		if _, ok, err := s.Next(ctx, by, Mistakes, ""); ok || err != nil {
			t.Errorf("三天都答对了还在错题本：%v", err)
		}
	})
}

// TestAnswerIsWanted: an empty answer, letters that there are not and questions that there are not are refused.
func TestAnswerIsWanted(t *testing.T) {
	ground(t, func(t *testing.T, s *Service, by access.Session, _ *testkit.Clock) {
		ctx := context.Background()
		q, _, err := s.Next(ctx, by, InOrder, "")
		must(t, err)
		for name, in := range map[string]AnswerInput{"没有作答": {Question: q.ID}, "空白": {Question: q.ID, Given: []string{" "}}, "太长": {Question: q.ID, Given: []string{strings.Repeat("长", 1001)}}} {
			if _, err := s.Answer(ctx, by, in); !fault.Is(err, fault.Invalid) {
				t.Errorf("%s：%v", name, err)
			}
		}
		if _, err := s.Answer(ctx, by, AnswerInput{Question: "没有", Given: []string{"A"}}); !fault.Is(err, fault.NotFound) {
			t.Errorf("没有的题：%v", err)
		}
		must(t, s.Keep(ctx, by, q.ID, true))
		if got, ok, err := s.Next(ctx, by, Keepers, ""); err != nil || !ok || got.ID != q.ID {
			t.Errorf("收藏的题：%v", err)
		}
		must(t, s.Keep(ctx, by, q.ID, false))
		if _, ok, _ := s.Next(ctx, by, Keepers, ""); ok {
			t.Error("取消收藏以后还在")
		}
	})
}
