package main

import (
	"fmt"
	"io"
	"strings"
)

// goal is what a cell should reach: of the workload at so many clients, the value at most (or at least).
type goal struct {
	workload string
	clients  int
	what     string
	value    func(cell) float64
	limit    float64
	atLeast  bool
}

func rate(c cell) float64 { return c.Rate }
func p50(c cell) float64  { return c.P50 }
func cpu(c cell) float64  { return c.CPU }

// goals are those of the project for one machine with two cores.
var goals = []goal{
	{createName, 16, "requests/s", rate, 1500, true},
	{"case page", 1, "p50 ms", p50, 2.3, false},
	{"list, three filters, first page", 16, "server CPU ms", cpu, 2.1, false},
	{"list, three filters, thousandth page", 16, "server CPU ms", cpu, 2.1, false},
	{"search, 2 characters", 1, "p50 ms", p50, 3, false},
	{"search, 4 characters", 1, "p50 ms", p50, 3, false},
	{"search, 2 characters, rare", 1, "p50 ms", p50, 3, false},
	{"search, 4 characters, rare", 1, "p50 ms", p50, 3, false},
	{"search, 4 characters, asked for the first time", 1, "p50 ms", p50, 3, false},
	{"figures by month × unit × kind, five years", 1, "p50 ms", p50, 40, false},
}

const (
	goalRatio, aimRatio        = 0.33, 0.5
	goalCold, goalIdle         = 300, 80 // ms, MB
	goalLoaded, goalGrowth     = 300, 1.5
	aimRate                    = 2400
	createClients              = 16
	met, missed, withoutGoal   = "met", "**missed**", "–"
	reportHead                 = "| measure | value | goal | |\n| --- | --- | --- | --- |\n"
	workloadHead, limitsHeader = "| workload | clients | requests/s | p50 ms | p99 ms | server CPU ms | failed |", "| clients | bare, group commit /s | CPU ms | bare, one transaction each /s | CPU ms | create /s | p50 ms | CPU ms | of the limit |"
)

func verdict(ok bool) string {
	if ok {
		return met
	}
	return missed
}

// print writes the report as Markdown; smaller is the run with a tenth of the cases, if there was one.
func (r *report) print(w io.Writer, smaller *report) {
	p := func(format string, args ...any) { _, _ = fmt.Fprintf(w, format, args...) }
	p("# %s, %d cases\n\n", r.Engine, r.scale())
	p("Written by `go run ./bench all`; not edited.\n\n")
	p("- %s\n- load before: %s\n- %s %s, %s, revision %s\n- %s\n- %d cases, database %.0f MB\n\n", r.Machine, r.Load, r.Engine, r.Version, r.Go, r.Revision, r.At.Format("2006-01-02 15:04 MST"), r.Cases, r.DatabaseMB)
	p("Clients, program and database share the machine. CPU is that of the program and of the database server.\n\n## Goals\n\n%s", reportHead)
	for _, g := range goals {
		for _, l := range r.Cells {
			if l.Name != g.workload || l.Clients != g.clients {
				continue
			}
			sign, ok := "≤", g.value(l.cell) <= g.limit
			if g.atLeast {
				sign, ok = "≥", g.value(l.cell) >= g.limit
			}
			p("| %s, %d clients, %s | %.2f | %s %g | %s |\n", g.workload, g.clients, g.what, g.value(l.cell), sign, g.limit, verdict(ok))
		}
	}
	for _, l := range r.Limits {
		if l.Clients == createClients {
			p("| create, %d clients, of the bare group commit | %.2f | ≥ %g (aim %g) | %s |\n", l.Clients, l.ratio(), goalRatio, aimRatio, verdict(l.ratio() >= goalRatio))
			p("| create, %d clients, right after the bare database | %.0f/s | ≥ %g (aim %d) | %s |\n", l.Clients, l.App.Rate, goals[0].limit, aimRate, verdict(l.App.Rate >= goals[0].limit))
		}
	}
	p("| cold start to the first page, ms (files in the system's cache) | %.0f | ≤ %d | %s |\n", r.ColdMS, goalCold, verdict(r.ColdMS <= goalCold))
	p("| memory idle, MB (PSS) | %.0f | ≤ %d | %s |\n", r.IdleMB, goalIdle, verdict(r.IdleMB <= goalIdle))
	p("| memory at most, with up to 64 clients, MB (RSS) | %.0f | ≤ %d | %s |\n", r.PeakMB, goalLoaded, verdict(r.PeakMB <= goalLoaded))
	p("| memory after all of it, MB (PSS) | %.0f | | %s |\n| binary, MB | %.1f | | %s |\n\n", r.AfterMB, withoutGoal, r.BinaryMB, withoutGoal)
	r.cells(p)
	p("## Create against the bare database\n\n%s\n", r.What)
	printLimits(w, r.Limits)
	if smaller != nil {
		r.growth(p, smaller)
	}
}

func (r *report) cells(p func(string, ...any)) {
	p("## All measurements\n\n%s\n%s\n", workloadHead, rule(workloadHead))
	for _, l := range r.Cells {
		p("| %s | %d | %.0f | %.2f | %.2f | %.2f | %d |\n", l.Name, l.Clients, l.Rate, l.P50, l.P99, l.CPU, l.Failed)
	}
	p("\n")
}

// growth compares the medians at one client with those at a tenth of the cases.
func (r *report) growth(p func(string, ...any), smaller *report) {
	head := "| workload, 1 client | p50 ms at 100,000 | p50 ms here | ratio | goal ≤ 1.5 |"
	p("\n## Ten times the cases\n\n%s\n%s\n", head, rule(head))
	for _, l := range r.Cells {
		for _, s := range smaller.Cells {
			if l.Clients == 1 && s.Clients == 1 && l.Name == s.Name && s.P50 > 0 {
				p("| %s | %.2f | %.2f | %.2f | %s |\n", l.Name, s.P50, l.P50, l.P50/s.P50, verdict(l.P50/s.P50 <= goalGrowth))
			}
		}
	}
}

func rule(head string) string {
	return "|" + strings.Repeat(" --- |", strings.Count(head, "|")-1)
}

func (l limit) ratio() float64 {
	if l.Group.Rate == 0 {
		return 0
	}
	return l.App.Rate / l.Group.Rate
}

func printLimits(w io.Writer, ls []limit) {
	_, _ = fmt.Fprintf(w, "%s\n%s\n", limitsHeader, rule(limitsHeader))
	for _, l := range ls {
		_, _ = fmt.Fprintf(w, "| %d | %.0f | %.3f | %.0f | %.3f | %.0f | %.2f | %.2f | %.2f |\n", l.Clients, l.Group.Rate, l.Group.CPU, l.Single.Rate, l.Single.CPU, l.App.Rate, l.App.P50, l.App.CPU, l.ratio())
	}
}
