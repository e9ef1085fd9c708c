package sitting

import (
	"fmt"
	"slices"
	"time"

	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
)

// Look is how much of a paper a candidate sees.
type Look string

// The looks, each with all of those before.
const (
	LookNone        Look = "none"
	LookScore       Look = "score"
	LookAnswers     Look = "answers"
	LookExplanation Look = "explanation"
)

// looks are all of them in their order, with their labels.
var looks = []struct {
	Look  Look
	Label string
}{{LookNone, "不看"}, {LookScore, "得分"}, {LookAnswers, "得分和自己的作答"}, {LookExplanation, "得分、作答、答案和解析"}}

func (l Look) rank() int {
	return slices.IndexFunc(looks, func(x struct {
		Look  Look
		Label string
	},
	) bool {
		return x.Look == l
	})
}

// sees reports whether the look holds another.
func (l Look) sees(other Look) bool { return l.rank() >= other.rank() }

// Review is what candidates see after handing in, after publication, and when the time for objections is over.
type Review struct {
	Submitted Look  `json:"review_submitted,omitempty" enum:"none,score,answers,explanation" doc:"交卷以后、公布以前能看什么；不填是不看"`
	Published Look  `json:"review_published,omitempty" enum:"none,score,answers,explanation" doc:"公布以后能看什么；不填是得分和自己的作答"`
	Closed    Look  `json:"review_closed,omitempty" enum:"none,score,answers,explanation" doc:"异议期满以后能看什么；不填是全部"`
	Days      int64 `json:"appeal_days,omitempty" doc:"公布以后几天内可以对题目提出异议；0 是不收"`
}

// maxAppealDays bounds the time for objections.
const maxAppealDays = 60

func (r *Review) check(fs *fault.Fields) {
	for _, x := range []struct {
		name     string
		at       *Look
		standard Look
	}{{"review_submitted", &r.Submitted, LookNone}, {"review_published", &r.Published, LookAnswers}, {"review_closed", &r.Closed, LookExplanation}} {
		if *x.at == "" {
			*x.at = x.standard
		}
		if x.at.rank() < 0 {
			fs.Add(x.name, "请选择考生能看什么")
		}
	}
	if r.Days < 0 || r.Days > maxAppealDays {
		fs.Add("appeal_days", "异议期应在 0 至 %d 天之间", maxAppealDays)
	}
}

// AppealsUntil is when the time for objections ends: with the last of the days after the day of publication.
func (s Sitting) AppealsUntil() time.Time {
	return law.DateOf(store.FromMicros(s.PublishedAt)).AddDays(int(s.AppealDays) + 1).Start()
}

// appealing reports whether candidates may object at the instant.
func (s Sitting) appealing(now time.Time) bool {
	return s.State == Published && s.AppealDays > 0 && s.PublishedAt > 0 && now.Before(s.AppealsUntil())
}

// look is what candidates see of their papers at the instant.
func (s Sitting) look(now time.Time) Look {
	switch {
	case s.State != Published:
		return s.ReviewSubmitted
	case s.appealing(now):
		return s.ReviewPublished
	case s.AppealDays == 0:
		return max2(s.ReviewPublished, s.ReviewClosed)
	}
	return s.ReviewClosed
}

// reviewText says what candidates see when.
func (s Sitting) reviewText() string {
	label := func(l Look) string { return looks[max(l.rank(), 0)].Label }
	text := "交卷以后" + label(s.ReviewSubmitted) + "；公布以后"
	if s.AppealDays == 0 { // there is nothing to wait for
		return text + label(max2(s.ReviewPublished, s.ReviewClosed))
	}
	return text + label(s.ReviewPublished) + fmt.Sprintf("；%d 天异议期满以后%s", s.AppealDays, label(s.ReviewClosed))
}

func max2(a, b Look) Look {
	if a.rank() > b.rank() {
		return a
	}
	return b
}
