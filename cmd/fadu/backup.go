package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"fadu/internal/app"
	"fadu/internal/backup"
)

type backupCmd struct {
	where
	To string `arg:"" optional:"" help:"备份文件，或者放备份的目录；不填放在当前目录，文件名带日期时间。"`
}

// Run makes a backup, also while the server runs.
func (c *backupCmd) Run(ctx context.Context) error {
	file := c.To
	if info, err := os.Stat(file); file == "" || err == nil && info.IsDir() {
		file = filepath.Join(file, backup.Name(time.Now()))
	}
	m, err := app.Backup(ctx, c.config(), file)
	if err != nil {
		return fmt.Errorf("没有做成备份：%w", err)
	}
	fmt.Printf("✓ 已备份到 %s\n%s", file, describe(m))
	fmt.Println("备份里有个人信息，请加密、限制查阅，放到另一台机器上；把上面的默克尔根抄录到另一处。")
	return nil
}

type restoreCmd struct {
	where
	File string `arg:"" type:"existingfile" help:"备份文件。"`
}

// Run restores a backup into an empty folder or database.
func (c *restoreCmd) Run(ctx context.Context) error {
	m, err := app.Restore(ctx, c.config(), c.File)
	if err != nil {
		return err
	}
	fmt.Printf("✓ 已恢复到 %s\n%s接着把另外保管的 secret.key 放进去，运行 fadu verify 全面核验，再 fadu serve。\n", c.Data, describe(m))
	return nil
}

func describe(m backup.Manifest) string {
	rows := int64(0)
	for _, t := range m.Tables {
		rows += t.Rows
	}
	return fmt.Sprintf("　%s，%s 的状态：%d 张表 %d 行，%d 个文件 %.1f MB\n　办案留痕 %d 条，默克尔根 %s\n", m.Bureau, m.Made.Format("2006-01-02 15:04:05"), len(m.Tables), rows, m.Blobs, float64(m.Bytes)/(1<<20), m.Leaves, m.Root)
}
