package main

import (
	"context"
	"errors"
	"fmt"

	"fadu/internal/app"
)

type doctorCmd struct {
	where
	Quick bool `help:"只做启动时的快查，不逐行、逐个文件读。"`
}

// Run prints a line for each check; a failed one is an error, so that scripts notice.
func (c *doctorCmd) Run(ctx context.Context) error {
	a, err := app.Open(ctx, c.config())
	if err != nil {
		fmt.Println(app.Finding{Name: "打开数据库", Level: app.Fail, Text: err.Error()}.Line())
		return errors.New("体检没有通过")
	}
	defer a.Close()
	bad := 0
	for _, f := range a.Doctor(ctx, !c.Quick) {
		fmt.Println(f.Line())
		if f.Level == app.Fail {
			bad++
		}
	}
	if bad > 0 {
		return fmt.Errorf("体检没有通过：%d 项要马上处理", bad)
	}
	return nil
}
