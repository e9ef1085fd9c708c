// Command fadu runs the rule-of-law work of an urban-management law-enforcement bureau.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

// cli is the command line. Every flag has a default that works.
type cli struct {
	Serve   serveCmd   `cmd:"" help:"运行服务。"`
	Init    initCmd    `cmd:"" help:"建立一个正式数据库和第一个系统管理员账号。"`
	Demo    demoCmd    `cmd:"" help:"造一个演示局并运行；演示数据永远不能转为正式数据。"`
	Import  importCmd  `cmd:"" help:"导入权责清单、裁量基准、不予处罚清单、法规目录、机构、人员或执法证。"`
	Verify  verifyCmd  `cmd:"" help:"核验办案留痕和文书有没有被改动。"`
	Doctor  doctorCmd  `cmd:"" help:"体检：数据库、留痕、文件、磁盘、时钟、备份，逐项说明怎么办。"`
	Backup  backupCmd  `cmd:"" help:"把数据库和文件备份成一个文件；运行中也能做。"`
	Restore restoreCmd `cmd:"" help:"把备份恢复到空目录、空数据库。"`
	Ledger  ledgerCmd  `cmd:"" help:"办案留痕：导出、检查点、证明、换签名密钥。"`
	Calc    calcCmd    `cmd:"" help:"复核口：从标准输入逐行读 JSON，逐行写出结果。"`
	Rules   rulesCmd   `cmd:"" help:"列出全部法定规则。"`
	// Setting and Password are for the console only.
	Setting  settingCmd  `cmd:"" help:"登记本局的口径。"`
	Password passwordCmd `cmd:"" help:"在服务器上重置一个账号的口令。"`
	Token    tokenCmd    `cmd:"" help:"列出、撤销接口令牌。"`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var c cli
	k := kong.Parse(&c, kong.Name("fadu"), kong.Description("法度：城市管理执法局的法治工作系统。"), kong.UsageOnError(), kong.BindTo(ctx, (*context.Context)(nil)))
	if err := k.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "fadu:", err)
		os.Exit(1)
	}
}
