package main

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/alecthomas/kong"
)

// grammar is the parser of the command line; its help is in Chinese.
func grammar(c *cli, out, errs io.Writer, options ...kong.Option) (*kong.Kong, error) {
	return kong.New(c, append(options, kong.Name("fadu"), kong.Description("法度：城市管理执法局的法治工作系统。"), kong.Writers(out, errs), kong.Help(help))...)
}

// help prints kong's help with its own few English words put into Chinese.
func help(o kong.HelpOptions, ctx *kong.Context) error {
	out := ctx.Stdout
	var text bytes.Buffer
	ctx.Stdout = &text
	err := kong.DefaultHelpPrinter(o, ctx)
	ctx.Stdout = out
	if err != nil {
		return err
	}
	_, err = io.WriteString(out, helpWords.Replace(text.String()))
	return err
}

var helpWords = strings.NewReplacer(
	"Usage: ", "用法：", "\nFlags:\n", "\n选项：\n", "\nArguments:\n", "\n参数：\n", "\nCommands:\n", "\n命令：\n",
	"Show context-sensitive help.", "显示这份说明。", "[flags]", "[选项]", "=STRING  ", "=文字    ", "=STRING", "=文字",
	`Run "fadu <command> --help" for more information on a command.`, `每条命令的说明：fadu <命令> --help`, "fadu <command>", "fadu <命令>",
)

// usageWords are the shapes of kong's complaints. What none of them fits is printed as it is.
var usageWords = []struct {
	english *regexp.Regexp
	chinese string
}{
	{regexp.MustCompile(`^unexpected argument (.+?)(?:, did you mean (.+)\?)?$`), "没有“$1”这个命令或者参数"},
	{regexp.MustCompile(`^unknown flag (\S+?)(?:, did you mean (?:one of )?(.+?)\?)?$`), "没有选项 $1"},
	{regexp.MustCompile(`^missing flags: (.+)$`), "缺少选项 $1"},
	{regexp.MustCompile(`^expected (?:one of )?(.+)$`), "少写了 $1"},
	{regexp.MustCompile(`^(\S+) must be one of (\S+) but got (.*)$`), "$1 只能是 $2，写成了 $3"},
	{regexp.MustCompile(`^(\S+): netip\..*$`), "$1 的值不能用，应写成网段，例如 127.0.0.1/32"},
	{regexp.MustCompile(`^(\S+): expected (?:duration|a valid \S+|.*int.*) but got "?(.*?)"?(?:[: ].*)?$`), "$1 的值不能用：$2。时间写成 90s、10m、24h，个数写成数字"},
	{regexp.MustCompile(`^(\S+): (?:stat|open)?\s*(.*): no such file or directory$`), "没有 $2 这个文件（$1）"},
	{regexp.MustCompile(`^(\S+): (?:expected|stat|open) (.*)$`), "$1 的值不能用：$2"},
}

func inChinese(said string) string {
	said = strings.ReplaceAll(said, "=STRING", "")
	for _, w := range usageWords {
		if m := w.english.FindStringSubmatchIndex(said); m != nil {
			out := string(w.english.ExpandString(nil, w.chinese, said, m))
			if parts := w.english.FindStringSubmatch(said); strings.Contains(said, "did you mean") && parts[2] != "" {
				out += fmt.Sprintf("，是不是 %s", parts[2])
			}
			return out
		}
	}
	return "命令写得不对：" + said
}

// commandOf is the command about whose words the parser complains.
func commandOf(wrong *kong.ParseError) string {
	if wrong.Context == nil || wrong.Context.Selected() == nil {
		return "fadu"
	}
	return "fadu " + wrong.Context.Selected().Path()
}
