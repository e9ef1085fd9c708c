package app

import (
	"fmt"
	"os"

	"fadu/internal/law/calendar"
)

// Calendar returns the official calendar, with the rows of a further file where one is given.
func Calendar(file string) (*calendar.Calendar, error) {
	cal := calendar.Official()
	if file == "" {
		return cal, nil
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, fmt.Errorf("打不开放假安排文件：%w", err)
	}
	defer f.Close()
	rows, err := calendar.ReadRows(f)
	if err != nil {
		return nil, err
	}
	return cal.With(rows)
}
