package main

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// written is a command as a document has it. One in a block is typed as it stands; one in a sentence may
// leave out what the sentence says.
type written struct {
	file, line string
	args       []string
	whole      bool
}

var (
	block  = regexp.MustCompile("(?ms)^\\s*```[a-z]*\n(.*?)^\\s*```")
	inline = regexp.MustCompile("`([^`\n]+)`")
	// called is what stands before a command's own words: prompt, variables, the user, the path.
	called = regexp.MustCompile(`^(?:\$ |# )?(?:ExecStart=)?(?:sudo |-u \S+ |runuser |-- |env |export |FADU_\w+=(?:'[^']*'|\S*) )*(?:/usr/local/bin/|bin/|\./)?fadu(?: (.*))?$`)
	word   = regexp.MustCompile(`"[^"]*"|'[^']*'|\S+`)
)

// commandsOf finds the commands of fadu in a document.
func commandsOf(file, text string) (out []written) {
	add := func(line string, whole bool) {
		for _, part := range strings.Split(line, " | ") {
			part, _, _ = strings.Cut(strings.TrimSpace(part), "  #")
			m := called.FindStringSubmatch(part)
			if m == nil {
				continue
			}
			w := written{file: file, line: part, whole: whole && !strings.Contains(part, "…")}
			for _, a := range word.FindAllString(m[1], -1) {
				if a = strings.Trim(a, `"'`); a == ">" || a == "<" || a == "&&" || a == "2>&1" || strings.HasPrefix(a, "#") {
					break
				} else if a != `\` {
					w.args = append(w.args, a)
				}
			}
			out = append(out, w)
		}
	}
	for _, m := range block.FindAllStringSubmatch(text, -1) {
		for _, line := range strings.Split(strings.ReplaceAll(m[1], "\\\n", " "), "\n") {
			add(line, true)
		}
	}
	for _, m := range inline.FindAllStringSubmatch(block.ReplaceAllString(text, ""), -1) {
		add(m[1], false)
	}
	return out
}

// anyFile takes the names of files as they are: those of a document are not on this machine.
var anyFile = kong.MapperFunc(func(ctx *kong.DecodeContext, target reflect.Value) error {
	v, err := ctx.Scan.PopValue("file")
	if err == nil && target.Kind() == reflect.Slice {
		target.Set(reflect.Append(target, reflect.ValueOf(fmt.Sprint(v.Value))))
	} else if err == nil {
		target.SetString(fmt.Sprint(v.Value))
	}
	return err
})

// leftOut is how the parser complains of what a sentence leaves out.
var leftOut = regexp.MustCompile(`^missing flags|^expected |expected (string|file|int) value but got "EOL"`)

// faultIn says what the program would not understand about a command.
func faultIn(t *testing.T, w written) string {
	t.Helper()
	var c cli
	exit := kong.Exit(func(int) {})
	k, err := grammar(&c, io.Discard, io.Discard, exit, kong.NamedMapper("existingfile", anyFile), kong.NamedMapper("path", anyFile))
	if err != nil {
		t.Fatal(err)
	}
	_, err = k.Parse(w.args)
	if err != nil && !w.whole {
		_, err = k.Parse(slices.DeleteFunc(w.args, func(a string) bool { return a == "…" }))
	}
	if err == nil || !w.whole && leftOut.MatchString(err.Error()) {
		return ""
	}
	return err.Error()
}

// TestCommandsOfTheDocuments: every command in the manual, the README and the other documents exists as it is
// written, with its flags and values.
func TestCommandsOfTheDocuments(t *testing.T) {
	n := 0
	for _, top := range []string{"../../docs", "../../README.md", "../../README.zh-CN.md", "../../bench", "../../CHANGELOG.md"} {
		err := filepath.WalkDir(top, func(file string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(file, ".md") {
				return err
			}
			text, err := os.ReadFile(file)
			for _, w := range commandsOf(file, string(text)) {
				n++
				if says := faultIn(t, w); says != "" {
					t.Errorf("%s: %s: %s", w.file, w.line, says)
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if n < 60 {
		t.Errorf("only %d commands found in the documents", n)
	}
}

// TestWrongCommandsAreFound: the test above would notice.
func TestWrongCommandsAreFound(t *testing.T) {
	for _, tc := range []struct {
		name, text string
		n          int
		wrong      bool
	}{
		{"照抄的命令", "```\nfadu serve --data d --backup x \\\n  --https\n```", 1, false},
		{"没有的选项", "```\n$ fadu serve --bakup x\n```", 1, true},
		{"没有的命令", "句子里的 `fadu bakup`", 1, true},
		{"不能用的值", "`fadu serve --log xml`", 1, true},
		{"句子里省略的", "`fadu restore`、`fadu token revoke`", 2, false},
		{"照抄的不能省略", "```\nfadu restore --data d\n```", 1, true},
		{"前面有变量和用户", "```\nFADU_OIDC_SECRET=x sudo -u fadu fadu serve --oidc-issuer y\n```", 1, false},
		{"接在管道后面", "```\n$ echo '{}' | fadu calc deadline\n```", 1, false},
		{"systemd", "```ini\nExecStart=/usr/local/bin/fadu serve --dta x\n```", 1, true},
		{"别的程序", "`fadu-verify -key k f`", 0, false},
	} {
		found := commandsOf("t", tc.text)
		wrong := false
		for _, w := range found {
			wrong = wrong || faultIn(t, w) != ""
		}
		if len(found) != tc.n || wrong != tc.wrong {
			t.Errorf("%s：找到 %d 条 %+v，有错 %v", tc.name, len(found), found, wrong)
		}
	}
}
