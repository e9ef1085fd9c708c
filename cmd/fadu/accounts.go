package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"

	"fadu/internal/access"
	"fadu/internal/app"
	"fadu/internal/law"
	"fadu/internal/store"
)

// typed is standard input, read a line at a time.
var typed = bufio.NewReader(os.Stdin)

// askPassword reads a line from standard input; at a terminal it is not shown while it is typed.
func askPassword(ctx context.Context, what string) (string, error) {
	fmt.Fprintf(os.Stderr, "请输入 %s：", what)
	defer fmt.Fprintln(os.Stderr)
	fd := int(os.Stdin.Fd())
	if was, err := unix.IoctlGetTermios(fd, unix.TCGETS); err == nil {
		hidden := *was
		hidden.Lflag &^= unix.ECHO
		if err := unix.IoctlSetTermios(fd, unix.TCSETS, &hidden); err == nil {
			defer func() { _ = unix.IoctlSetTermios(fd, unix.TCSETS, was) }() // it was so a moment ago
		}
	}
	line := make(chan string, 1)
	go func() {
		s, _ := typed.ReadString('\n') // what was read before the end of the file counts
		line <- strings.TrimRight(s, "\r\n")
	}()
	select {
	case <-ctx.Done():
	case s := <-line:
		if s != "" {
			return s, nil
		}
	}
	return "", errors.New("没有读到口令，什么都没有改")
}

type initCmd struct {
	where
	Bureau   string `required:"" help:"执法机关全称。"`
	Code     string `default:"JG" help:"机关的机构编码。"`
	From     string `help:"机关设立日期，例如 2005-01-01；下级机构的设立日期和人员的任职日期都不能早于它。不填为今天。"`
	Login    string `default:"admin" help:"第一个系统管理员的账号。"`
	Security string `default:"security" help:"第一个安全保密管理员的账号，由其授予角色。"`
}

// Run makes a real database with a root unit and the first two administrators, whose passwords are read
// from standard input, a line each.
func (c *initCmd) Run(ctx context.Context) error {
	var founded law.Date
	if c.From != "" {
		var err error
		if founded, err = law.ParseDate(c.From); err != nil {
			return err
		}
	}
	first, err := askPassword(ctx, "系统管理员（"+c.Login+"）的初始口令")
	if err != nil {
		return err
	}
	second, err := askPassword(ctx, "安全保密管理员（"+c.Security+"）的初始口令")
	if err != nil {
		return err
	}
	// What can be wrong is checked before the database is born: being born cannot be undone.
	policy, err := access.DefaultPolicy()
	if err != nil {
		return err
	}
	for _, p := range []struct{ whose, login, password string }{{"系统管理员", c.Login, first}, {"安全保密管理员", c.Security, second}} {
		if err := policy.Password.CheckPassword(p.password, p.login, p.whose); err != nil {
			return fmt.Errorf("%s的口令不行，数据库没有建立：%w", p.whose, err)
		}
	}
	cfg := c.config()
	if err := app.Create(ctx, cfg, c.Bureau, false); err != nil {
		return err
	}
	a, err := app.Open(ctx, cfg)
	if err != nil {
		return err
	}
	defer a.Close()
	if founded.IsZero() {
		founded = a.Today()
	}
	system := access.System("console")
	unit, err := a.Access.AddUnit(ctx, system, access.UnitInput{Name: c.Bureau, Code: c.Code, From: founded})
	if err != nil {
		return err
	}
	for _, in := range []access.AccountInput{
		{Login: c.Login, Name: "系统管理员", Unit: unit, Roles: []access.Role{access.SystemAdmin}, Password: first},
		{Login: c.Security, Name: "安全保密管理员", Unit: unit, Roles: []access.Role{access.SecurityAdmin}, Password: second},
	} {
		if _, err := a.Access.CreateAccount(ctx, system, in); err != nil {
			return err
		}
	}
	at := filepath.Join(c.Data, "fadu.db")
	if c.Database != "" {
		at = "PostgreSQL，文件在 " + c.Data
	}
	fmt.Printf("已建立正式数据库：%s。下一步：fadu import starter 导入起始数据，fadu serve 运行。\n", at)
	return nil
}

type passwordCmd struct {
	where
	Login        string `arg:"" optional:"" help:"账号。"`
	SecondFactor bool   `help:"不改口令，只取消动态口令：手机和恢复码都没有了，又没有别的安全保密管理员时用。"`
	LostKey      bool   `help:"密钥文件找不回来了：取消现在的密钥文件解不开的动态口令，不用写账号。"`
}

// Run resets a password, read from standard input, or takes second factors away; sessions end, and a new
// password must be changed at the next sign-in. Administrators' passwords can be reset only here.
func (c *passwordCmd) Run(ctx context.Context) error {
	if c.LostKey {
		return forgetCodes(ctx, c.config())
	}
	if c.Login == "" {
		return errors.New("请写明账号，例如 fadu password admin")
	}
	a, err := app.Open(ctx, c.config())
	if err != nil {
		return err
	}
	defer a.Close()
	var account access.Account
	err = a.DB.View(ctx, func(tx *store.Tx) (err error) {
		account, err = a.Access.AccountByLogin(tx, c.Login)
		return err
	})
	if err != nil {
		return err
	}
	if c.SecondFactor {
		if err := a.Access.ResetSecondFactor(ctx, access.System("console"), account.ID, account.Version, "在服务器上取消"); err != nil {
			return err
		}
		fmt.Printf("已取消 %s 的动态口令。本人凭密码登录后重新设置。\n", c.Login)
		return nil
	}
	password, err := askPassword(ctx, c.Login+" 的新口令")
	if err != nil {
		return err
	}
	if err := a.Access.ResetPassword(ctx, access.System("console"), account.ID, account.Version, password); err != nil {
		return err
	}
	fmt.Printf("已重置 %s 的口令，正在用的登录都失效了。本人下次登录须换掉它。\n", c.Login)
	return nil
}
