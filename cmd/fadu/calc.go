package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"fadu/internal/app"
	"fadu/internal/law"
)

type calcCmd struct {
	Kind     string `arg:"" help:"deadline 期限、identity 证号、amount 金额、guard 法定关口；practice 复习间隔、grade 计分、item_stats 题目分析、similarity 相同错答、mastery 掌握程度、points 积分、team 团体、four_in_one 四合一、figures 数字核对、draw 随机抽取、scene 情景、score 情景评分、emotion 情绪。"`
	Calendar string `type:"existingfile" help:"另外载入一份放假安排（CSV）。"`
}

// Run reads JSON lines and writes JSON lines, by the very functions that pages and jobs use. It needs no
// database.
func (c *calcCmd) Run(ctx context.Context) error {
	cal, err := app.Calendar(c.Calendar)
	if err != nil {
		return err
	}
	judge, err := app.NewJudge()
	if err != nil {
		return err
	}
	door, err := app.NewDoor(cal, judge, func() law.Date { return law.DateOf(time.Now()) })
	if err != nil {
		return err
	}
	return door.Lines(ctx, c.Kind, os.Stdin, os.Stdout)
}

type rulesCmd struct{}

// Run prints every statutory rule with its basis and dates.
func (rulesCmd) Run() error {
	judge, err := app.NewJudge()
	if err != nil {
		return err
	}
	for _, r := range judge.Rules() {
		acts := make([]string, len(r.Actions))
		for i, a := range r.Actions {
			acts[i] = string(a)
		}
		fmt.Printf("%-24s %s\n    依据 %s　施行 %s　用于 %s\n", r.ID, r.Name, r.Cite.Han(), r.From, strings.Join(acts, "、"))
	}
	return nil
}
