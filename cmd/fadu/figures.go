package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"

	"fadu/internal/draft/prose"
	"fadu/internal/fault"
	"fadu/internal/report/consistency"
	"fadu/internal/report/reading"
)

type figuresCmd struct {
	File string `arg:"" type:"existingfile" help:"报告：Word（.docx）、网页、纯文本或者 Markdown。"`
	JSON bool   `help:"写成 JSON：每个数字连同所在的句子，每项核对结果。"`
}

// Run reads a printed report, finds its figures and holds them against each other. It needs no database, and what it finds is a
// proposal.
func (c *figuresCmd) Run() error {
	content, err := os.ReadFile(c.File)
	if err != nil {
		return fault.New(fault.Invalid, "读不到 %s：%v", c.File, err)
	}
	lines, err := prose.Lines(content)
	if err != nil {
		return err
	}
	r := reading.Read(lines)
	if c.JSON {
		return json.NewEncoder(os.Stdout).Encode(jsonOf(r))
	}
	return printReading(os.Stdout, r)
}

// foundFigure is a figure as the command writes it.
type foundFigure struct {
	ID       string   `json:"id"`
	Name     string   `json:"name"`
	Value    string   `json:"value"`
	Unit     string   `json:"unit"`
	Period   string   `json:"period"`
	Parts    []string `json:"parts,omitempty"`
	Plan     bool     `json:"plan,omitempty"`
	Sentence string   `json:"sentence"`
}

func jsonOf(r reading.Report) any {
	out := struct {
		Year     int                   `json:"year,omitempty"`
		SignedOn string                `json:"signed_on,omitempty"`
		Figures  []foundFigure         `json:"figures"`
		Checks   []consistency.Finding `json:"checks"`
	}{Year: r.Year, Figures: []foundFigure{}, Checks: r.Findings}
	if !r.SignedOn.IsZero() {
		out.SignedOn = r.SignedOn.String()
	}
	for _, f := range r.Figures {
		out.Figures = append(out.Figures, foundFigure{f.ID, f.Name, f.Value.Text(), f.Unit, f.Period, f.Parts, f.Plan, f.Sentence})
	}
	return out
}

var verdicts = map[consistency.Verdict]string{consistency.Impossible: "不可能", consistency.Explain: "要说明", consistency.Holds: "成立"}

func printReading(w io.Writer, r reading.Report) error {
	for _, f := range r.Figures {
		plan := ""
		if f.Plan {
			plan = "（计划）"
		}
		fmt.Fprintf(w, "%-4s %s%s%s  %s  %s\n", f.ID, f.Name, plan, colon(f.Value.Text()+f.Unit), f.Period, f.Printed)
	}
	n := map[consistency.Verdict]int{}
	for _, f := range r.Findings {
		n[f.Verdict]++
		fmt.Fprintf(w, "%s  %s\n", verdicts[f.Verdict], f.Message)
	}
	_, err := fmt.Fprintf(w, "找到 %d 个数字；核对：%d 项不可能，%d 项要说明，%d 项成立。数字由程序从文字里找出，请对照原文确认\n",
		len(r.Figures), n[consistency.Impossible], n[consistency.Explain], n[consistency.Holds])
	return err
}

func colon(value string) string {
	if value == "" || value == "日期" {
		return ""
	}
	return "：" + value
}
