package calc

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"fadu/internal/law"
	"fadu/internal/training/practice"
)

type practiceStep struct {
	Stability    float64 `json:"stability"`
	Difficulty   float64 `json:"difficulty"`
	IntervalDays int     `json:"interval_days"`
	Due          string  `json:"due"`
}

// practiceSeries answers {"weights"?, "retention"?, "start"?, "ratings"}: each review on its due instant.
func (d *Door) practiceSeries(question json.RawMessage) (any, error) {
	f, err := readFields(question, "weights", "retention", "start", "ratings")
	if err != nil {
		return nil, err
	}
	var weights []float64
	if err := f.into("weights", &weights, true); err != nil {
		return nil, err
	}
	retention, err := f.number("retention", 0.9)
	if err != nil {
		return nil, err
	}
	start, layout, err := f.instant("start", d.today)
	if err != nil {
		return nil, err
	}
	var ratings []practice.Rating
	if err := f.into("ratings", &ratings, false); err != nil {
		return nil, err
	}
	s, err := practice.NewScheduler(weights, retention)
	if err != nil {
		return nil, err
	}
	reviews, err := s.Series(start, ratings)
	if err != nil {
		return nil, err
	}
	steps := make([]practiceStep, len(reviews))
	for i, r := range reviews {
		steps[i] = practiceStep{r.Stability, r.Difficulty, r.Interval, r.Due.Format(layout)}
	}
	return listAnswer{steps, basisPractice}, nil
}

// instant reads a day or an instant, and how it was written.
func (f fields) instant(key string, otherwise func() law.Date) (time.Time, string, error) {
	if !f.has(key) {
		return otherwise().Time(), time.DateOnly, nil
	}
	s, err := f.text(key)
	if err != nil {
		return time.Time{}, "", err
	}
	s = strings.TrimSpace(s)
	for _, layout := range []string{time.DateOnly, "2006-01-02T15:04", "2006-01-02T15:04:05", "2006-01-02T15:04:05Z07:00", "2006-01-02T15:04:05.000Z07:00"} {
		t, err := time.Parse(layout, s)
		if err == nil && t.Format(layout) == s && t.Year() >= 1 && t.Year() < 7000 {
			return t, layout, nil
		}
	}
	return time.Time{}, "", fmt.Errorf("“%s”应是日期或时刻，如 2026-03-02 或者 2026-03-02T08:00", key)
}
