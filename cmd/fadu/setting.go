package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"fadu/internal/access"
	"fadu/internal/app"
	"fadu/internal/powers"
	"fadu/internal/setting"
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
	var all []setting.Standing
	err = a.DB.View(ctx, func(tx *store.Tx) (err error) {
		all, err = a.Settings.All(tx)
		return err
	})
	if err != nil {
		return err
	}
	if c.Key == "" {
		for _, s := range all {
			fmt.Print(describeSetting(s))
		}
		return nil
	}
	i := slices.IndexFunc(all, func(s setting.Standing) bool { return s.Key == c.Key })
	switch {
	case i < 0:
		return fmt.Errorf("没有设置“%s”。不带参数运行 fadu setting 看有哪些", c.Key)
	case c.Value == "":
		fmt.Print(describeSetting(all[i]))
		return nil
	case all[i].Refuse(c.Value) != "" && len(all[i].Choices) > 0:
		return fmt.Errorf("%s 不能定成“%s”，%s", c.Key, c.Value, mayBe(all[i]))
	case all[i].Refuse(c.Value) != "":
		return fmt.Errorf("%s 不能定成“%s”：%s", c.Key, c.Value, all[i].Refuse(c.Value))
	case c.Document == "":
		return errors.New("请用 --document 写明本局这样定的文件和理由")
	}
	if err := a.Settings.Decide(ctx, access.System("console"), c.Key, c.Value, c.Document, all[i].Version); err != nil {
		return err
	}
	fmt.Printf("已定：%s，%s。当时生效，已记入办案留痕。\n", all[i].Label, all[i].Say(c.Value))
	return nil
}

// describeSetting says what a setting is now, since when and why, and what it may be.
func describeSetting(s setting.Standing) string {
	now := "（没有定过，按默认）"
	if s.Decided {
		now = fmt.Sprintf("（%s 起，%s）", s.Since.Format("2006-01-02"), s.Reason)
	}
	return fmt.Sprintf("%s：%s%s\n    代号 %s\n    %s\n", s.Label, s.Say(s.Value), now, s.Key, mayBe(s))
}

// mayBe lists the values that a setting takes, as they are typed.
func mayBe(s setting.Standing) string {
	if len(s.Choices) == 0 {
		return "自己填写，例如 " + s.Example
	}
	out := make([]string, len(s.Choices))
	for i, ch := range s.Choices {
		out[i] = ch.Value + " " + ch.Label
	}
	return "可以定成 " + strings.Join(out, "；")
}
