package faults

import (
	"context"
	"os"
	"testing"
	"time"

	"fadu/internal/app/apptest"
	"fadu/internal/law"
	"fadu/internal/ledger"
)

// TestMain puts the process into a time zone in which it is still yesterday: nothing may depend on it.
func TestMain(m *testing.M) {
	time.Local = time.FixedZone("elsewhere", -11*60*60)
	os.Exit(m.Run())
}

// clocks are what the clock may do. refused is a word of the refusal where the day cannot be worked on.
var clocks = []struct {
	name    string
	at      func(time.Time) time.Time
	refused string
}{
	{"照常", func(s time.Time) time.Time { return s }, ""},
	{"快一天", func(s time.Time) time.Time { return s.AddDate(0, 0, 1) }, ""},
	{"拨回一天", func(s time.Time) time.Time { return s.Add(time.Hour) }, ""},
	{"差一秒", func(s time.Time) time.Time { return s.AddDate(0, 0, 1).Add(time.Hour) }, ""},
	{"退一秒", func(s time.Time) time.Time { return s.AddDate(0, 0, 1).Add(time.Hour - time.Second) }, ""},
	{"岁末", func(time.Time) time.Time { return law.MustDate("2026-12-31").Start().Add(23 * time.Hour) }, ""},
	{"元旦，没有新年号段", func(time.Time) time.Time { return law.MustDate("2027-01-01").Start().Add(time.Minute) }, "2027年"},
	{"快十年，证件都已到期", func(s time.Time) time.Time { return s.AddDate(10, 0, 0) }, "没有“演示"},
}

// finding is what doctor says of one check.
func finding(t *testing.T, l *apptest.Line, name string) string {
	t.Helper()
	if err := ledger.Sequence(context.Background(), l.Site.App.DB); err != nil { // doctor reads the numbered entries
		t.Fatal(err)
	}
	for _, f := range l.Site.App.Doctor(context.Background(), false) {
		if f.Name == name {
			return f.Line()
		}
	}
	t.Fatalf("没有查“%s”", name)
	return ""
}
