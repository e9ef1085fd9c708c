// Command fadu runs the rule-of-law work of an urban-management law-enforcement bureau.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"fadu/internal/fault"
)

// cli is the command line. Every flag has a default that works.
type cli struct {
	Serve   serveCmd   `cmd:"" help:"运行服务。"`
	Init    initCmd    `cmd:"" help:"建立一个正式数据库和前两名管理员的账号。"`
	Demo    demoCmd    `cmd:"" help:"造一个演示局并运行；演示数据永远不能转为正式数据。"`
	Import  importCmd  `cmd:"" help:"导入权责清单、裁量基准、不予处罚清单、法规目录、机构、人员、执法证或执法主体。"`
	Verify  verifyCmd  `cmd:"" help:"核验办案留痕和文书有没有被改动。"`
	Doctor  doctorCmd  `cmd:"" help:"体检：数据库、留痕、文件、磁盘、时钟、备份，逐项说明怎么办。"`
	Backup  backupCmd  `cmd:"" help:"把数据库和文件备份成一个文件；运行中也能做。"`
	Restore restoreCmd `cmd:"" help:"把备份恢复到空目录、空数据库。"`
	Ledger  ledgerCmd  `cmd:"" help:"办案留痕：导出、检查点、证明、换签名密钥。"`
	Calc    calcCmd    `cmd:"" help:"复核口：从标准输入逐行读 JSON，逐行写出结果。"`
	Figures figuresCmd `cmd:"" help:"核对一份旧报告：找出里面的数字，列出不可能、说不清的。"`
	Rules   rulesCmd   `cmd:"" help:"列出全部法定规则。"`
	// Setting and Password are for the console only.
	Setting  settingCmd  `cmd:"" help:"看、定本局的设置。"`
	Password passwordCmd `cmd:"" help:"在服务器上重置一个账号的口令，或者取消动态口令。"`
	Token    tokenCmd    `cmd:"" help:"列出、撤销接口令牌。"`
}

// wrongUsage is the exit code of a command line that cannot be understood; everything else that fails ends with 1.
const wrongUsage = 2

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run does what the command line says and returns the exit code.
func run(ctx context.Context, args []string, out, errs io.Writer) int {
	var c cli
	k, err := grammar(&c, out, errs, kong.BindTo(ctx, (*context.Context)(nil)))
	if err != nil {
		fmt.Fprintln(errs, "fadu:", err)
		return 1
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	call, err := k.Parse(args)
	var wrong *kong.ParseError
	switch {
	case errors.As(err, &wrong):
		fmt.Fprintf(errs, "fadu: %s\n", inChinese(wrong.Error()))
		fmt.Fprintf(errs, "怎样写，看 %s --help\n", commandOf(wrong))
		return wrongUsage
	case err == nil:
		err = call.Run()
	}
	var f *fault.Error
	switch {
	case err == nil:
		return 0
	case errors.As(err, &f) && len(f.Fields) > 0: // fields have names on pages only
		for _, x := range f.Fields {
			fmt.Fprintln(errs, "fadu:", x.Message)
		}
	default:
		fmt.Fprintln(errs, "fadu:", err)
	}
	return 1
}
