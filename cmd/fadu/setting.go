package main

import (
	"context"
	"errors"
	"fmt"

	"fadu/internal/access"
	"fadu/internal/app"
	"fadu/internal/powers"
	"fadu/internal/store"
)

type settingCmd struct {
	where
	Key        string `arg:"" optional:"" help:"设置的代号，例如 powers.sole_trader；不填列出全部。"`
	Value      string `arg:"" optional:"" help:"要定成什么。"`
	SoleTrader string `enum:",citizen,organisation" default:"" help:"等于 powers.sole_trader：个体工商户当场罚款按公民（citizen）还是按单位（organisation）掌握。"`
	Document   string `help:"本局这样定的文件名称、文号和理由。"`
}

// Run lists the bureau's settings, or records what the bureau decided about one; every later case follows
// it.
func (c *settingCmd) Run(ctx context.Context) error {
	a, err := app.Open(ctx, c.config())
	if err != nil {
		return err
	}
	defer a.Close()
	if c.SoleTrader != "" {
		c.Key, c.Value = powers.SoleTraderLimit.Key, c.SoleTrader
	}
	version := int64(0)
	known := false
	err = a.DB.View(ctx, func(tx *store.Tx) error {
		all, err := a.Settings.All(tx)
		for _, s := range all {
			if c.Key == "" {
				fmt.Printf("%-24s %s：%s\n", s.Key, s.Label, s.Say(s.Value))
				for _, ch := range s.Choices {
					fmt.Printf("    %-20s %s\n", ch.Value, ch.Label)
				}
			} else if s.Key == c.Key {
				version, known = s.Version, true
			}
		}
		return err
	})
	switch {
	case err != nil || c.Key == "":
		return err
	case !known:
		return fmt.Errorf("没有设置“%s”。不带参数运行 fadu setting 看有哪些", c.Key)
	case c.Document == "":
		return errors.New("请用 --document 写明本局这样定的文件和理由")
	}
	return a.Settings.Decide(ctx, access.System("console"), c.Key, c.Value, c.Document, version)
}
