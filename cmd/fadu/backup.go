package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"fadu/internal/access"
	"fadu/internal/app"
	"fadu/internal/backup"
	"fadu/internal/store"
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
	File    string `arg:"" type:"existingfile" help:"备份文件。"`
	LostKey bool   `help:"密钥文件找不回来了：恢复以后，把它加密的动态口令都取消，本人凭密码登录后重新设置。"`
}

// Run restores a backup into an empty folder or database. The server's key is not in it: whose second factor
// it cannot read is told, or with --lost-key freed of it, so that nobody stands before a locked door.
func (c *restoreCmd) Run(ctx context.Context) error {
	cfg := c.config()
	m, err := app.Restore(ctx, cfg, c.File)
	if err != nil {
		return err
	}
	fmt.Printf("✓ 已恢复到 %s\n%s", c.Data, describe(m))
	if err := c.codes(ctx, cfg, m); err != nil {
		return fmt.Errorf("数据已经恢复，动态口令没有处理：%w", err)
	}
	fmt.Println("接着运行 fadu verify 全面核验，再 fadu serve。")
	return nil
}

// codes looks after the one-time codes of a restored database.
func (c *restoreCmd) codes(ctx context.Context, cfg app.Config, m backup.Manifest) error {
	sealed := int64(0)
	for _, t := range m.Tables {
		if t.Name == "account_totp" {
			sealed = t.Rows
		}
	}
	_, err := os.Stat(cfg.KeyPath())
	missing := errors.Is(err, fs.ErrNotExist)
	if sealed == 0 || missing && !c.LostKey {
		if missing && sealed > 0 {
			c.tell(sealed, cfg.KeyPath(), "还没有放回来")
		}
		return nil
	}
	if c.LostKey {
		return forgetCodes(ctx, cfg)
	}
	a, err := app.Open(ctx, cfg)
	if err != nil {
		return err
	}
	unreadable := 0
	err = a.DB.View(ctx, func(tx *store.Tx) (err error) {
		unreadable, err = a.Access.Unreadable(tx)
		return err
	})
	if unreadable > 0 {
		c.tell(int64(unreadable), cfg.KeyPath(), "不是原来的那个")
	}
	return errors.Join(err, a.Close())
}

func (c *restoreCmd) tell(n int64, path, is string) {
	fmt.Printf("! 有 %d 个账号登记过动态口令，而密钥文件 %s %s（它不在备份里）。\n", n, path, is)
	fmt.Printf("　请先把另外保管的密钥文件放到那里，再启动；确实找不回来的，运行：fadu password --lost-key --data %s\n", c.Data)
	fmt.Println("　两样都不做，这些人登录不了。")
}

// forgetCodes takes away the second factors that the server's key cannot read, and says whose.
func forgetCodes(ctx context.Context, cfg app.Config) error {
	a, err := app.Open(ctx, cfg)
	if err != nil {
		return err
	}
	logins, err := a.Access.ForgetUnreadable(ctx, access.System("console"), "密钥文件找不回来")
	if err = errors.Join(err, a.Close()); err != nil {
		return err
	}
	if len(logins) == 0 {
		fmt.Println("登记过的动态口令，现在的密钥文件都能核对，没有取消哪一个。")
		return nil
	}
	fmt.Printf("已取消 %d 个账号的动态口令，记入了办案留痕：%s。\n本人凭密码登录，“我的账号”里重新设置；必须用的角色登录后先要设置。\n", len(logins), strings.Join(logins, "、"))
	return nil
}

func describe(m backup.Manifest) string {
	rows := int64(0)
	for _, t := range m.Tables {
		rows += t.Rows
	}
	return fmt.Sprintf("　%s，%s 的状态：%d 张表 %d 行，%d 个文件 %.1f MB\n　办案留痕 %d 条，默克尔根 %s\n", m.Bureau, m.Made.Format("2006-01-02 15:04:05"), len(m.Tables), rows, m.Blobs, float64(m.Bytes)/(1<<20), m.Leaves, m.Root)
}
