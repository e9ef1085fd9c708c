package casework

import (
	"testing"

	"fadu/internal/law"
	"fadu/internal/law/calendar"
)

func TestGroupOf(t *testing.T) {
	cal := calendar.Official()
	for _, c := range []struct {
		name, today, due string
		want             TodoGroup
	}{
		{"昨天到期", "2026-04-30", "2026-04-29", TodoLate},
		{"今天到期", "2026-04-30", "2026-04-30", TodoToday},
		{"明天到期", "2026-04-29", "2026-04-30", TodoSoon},
		{"隔着五一长假，只有三个工作日", "2026-04-30", "2026-05-08", TodoSoon},
		{"隔着五一长假，第四个工作日是调休的周六", "2026-04-30", "2026-05-09", TodoLater},
		{"三日后但都是工作日", "2026-03-02", "2026-03-05", TodoSoon},
		{"第四个工作日", "2026-03-02", "2026-03-06", TodoLater},
		{"放假安排没有载入，按自然日从严", "2027-03-01", "2027-03-04", TodoSoon},
		{"放假安排没有载入，五日后", "2027-03-01", "2027-03-06", TodoLater},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := groupOf(law.MustDate(c.due), law.MustDate(c.today), cal); got != c.want {
				t.Errorf("%s 看 %s：%d，应为 %d", c.today, c.due, got, c.want)
			}
		})
	}
}
