package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"fadu/internal/app"
	"fadu/internal/ledger"
)

type verifyCmd struct {
	where
	Figures    bool     `help:"再把每一个统计数字从记录重数一遍。"`
	Since      string   `type:"existingfile" help:"从这个检查点起核验，以前核验过的不再看。"`
	Checkpoint []string `type:"path" help:"另存的检查点文件或者目录，与账比对；可以写几次。"`
	Key        []string `help:"可信的检查点公钥，例如 ed25519:…；可以写几次。"`
	Quiet      bool     `help:"不报进度。"`
}

// Run verifies and prints what is wrong; a fault is an error, so that scripts notice.
func (c *verifyCmd) Run(ctx context.Context) error {
	t := app.VerifyTask{Figures: c.Figures}
	for _, k := range c.Key {
		v, err := ledger.ParsePublic(k)
		if err != nil {
			return err
		}
		t.Keys = append(t.Keys, v)
	}
	var err error
	if t.Kept, err = readCheckpoints(append(c.Checkpoint, c.Checkpoints)...); err != nil {
		return err
	}
	if c.Since != "" {
		since, err := readCheckpoints(c.Since)
		if err != nil {
			return err
		}
		t.Since = &since[0]
		t.Kept = append(t.Kept, since...)
	}
	if !c.Quiet {
		t.Progress = progress(os.Stderr)
	}
	a, err := app.Open(ctx, c.config())
	if err != nil {
		return err
	}
	defer a.Close()
	rep, err := a.VerifyWith(ctx, t)
	if err != nil {
		return err
	}
	return printReport(os.Stdout, rep)
}

// progress says every 50,000 how far verification has come, and nothing about small ledgers.
func progress(w io.Writer) func(string, int64) {
	const step = 50_000
	last := map[string]int64{}
	return func(what string, done int64) {
		if done/step > last[what] {
			last[what] = done / step
			fmt.Fprintf(w, "%s：已核验 %d\n", what, done)
		}
	}
}

// readCheckpoints reads checkpoint files, and those named checkpoint-*.txt of folders.
func readCheckpoints(names ...string) ([]ledger.Checkpoint, error) {
	var out []ledger.Checkpoint
	for _, name := range names {
		if name == "" {
			continue
		}
		files := []string{name}
		info, err := os.Stat(name)
		if err != nil {
			return nil, fmt.Errorf("读不到检查点：%w", err)
		}
		if info.IsDir() {
			if files, err = filepath.Glob(filepath.Join(name, "checkpoint-*.txt")); err != nil {
				return nil, err
			}
		}
		for _, f := range files {
			text, err := os.ReadFile(f)
			if err != nil {
				return nil, fmt.Errorf("读不到检查点：%w", err)
			}
			cp, err := ledger.ParseCheckpoint(string(text))
			if err != nil {
				return nil, fmt.Errorf("%s：%w", f, err)
			}
			out = append(out, cp)
		}
	}
	return out, nil
}

func printReport(w io.Writer, r ledger.Report) error {
	fmt.Fprintf(w, "办案留痕 %d 条，默克尔根 %s\n", r.Leaves, r.Root)
	fmt.Fprintf(w, "业务记录 %d 行，检查点 %d 个\n", r.Rows, r.Checkpoints)
	for _, f := range r.Faults {
		fmt.Fprintln(w, "✗", f)
	}
	if r.More > 0 {
		fmt.Fprintf(w, "……另有 %d 处\n", r.More)
	}
	if !r.OK() {
		return fmt.Errorf("核验没有通过：%d 处不符", len(r.Faults)+r.More)
	}
	fmt.Fprintln(w, "✓ 核验通过：没有发现改动")
	return nil
}

type ledgerCmd struct {
	Export     exportCmd     `cmd:"" help:"导出整本账，供 fadu-verify 独立核验。"`
	Checkpoint checkpointCmd `cmd:"" help:"现在做一个检查点，打印出来。"`
	Proof      proofCmd      `cmd:"" help:"打印一条留痕在最近的检查点里的证明，或者两个检查点先后一致的证明。"`
	Key        keyCmd        `cmd:"" help:"打印签过检查点的公钥。"`
	Rotate     rotateCmd     `cmd:"" help:"换一把签名密钥，旧的停用，留痕记一笔。"`
	Seal       sealCmd       `cmd:"" help:"为旧版本写下的业务记录补做入账摘要。升级以后做一次。"`
}

type exportCmd struct {
	where
	Out string `required:"" help:"写到这个文件；- 为标准输出。"`
}

// Run streams the ledger. A file appears only when it is whole.
func (c *exportCmd) Run(ctx context.Context) error {
	a, err := app.Open(ctx, c.config())
	if err != nil {
		return err
	}
	defer a.Close()
	if c.Out == "-" {
		return ledger.Export(ctx, a.DB, os.Stdout)
	}
	f, err := os.CreateTemp(filepath.Dir(c.Out), ".fadu-export-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(f.Name()) }()
	if err := errors.Join(ledger.Export(ctx, a.DB, f), f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), c.Out)
}

type checkpointCmd struct{ where }

// Run makes a checkpoint and prints its text.
func (c *checkpointCmd) Run(ctx context.Context) error {
	a, err := app.Open(ctx, c.config())
	if err != nil {
		return err
	}
	defer a.Close()
	cp, err := a.Checkpoint(ctx)
	if err != nil {
		return err
	}
	fmt.Print(cp.Text())
	return nil
}

type proofCmd struct {
	where
	Seq  int64 `help:"第几条。"`
	From int64 `help:"较早的检查点的条数。"`
	To   int64 `help:"较晚的检查点的条数。"`
}

// Run prints a proof as JSON.
func (c *proofCmd) Run(ctx context.Context) error {
	a, err := app.Open(ctx, c.config())
	if err != nil {
		return err
	}
	defer a.Close()
	switch {
	case c.Seq > 0:
		return a.PrintInclusion(ctx, os.Stdout, c.Seq)
	case c.From > 0 && c.To > 0:
		return a.PrintConsistency(ctx, os.Stdout, c.From, c.To)
	}
	return errors.New("请给出 --seq，或者 --from 和 --to")
}

type keyCmd struct{ where }

// Run prints the public keys, the present one first.
func (c *keyCmd) Run(ctx context.Context) error {
	a, err := app.Open(ctx, c.config())
	if err != nil {
		return err
	}
	defer a.Close()
	keys, err := a.LedgerKeys(ctx)
	for _, k := range keys {
		fmt.Println(k.ID, strings.Join([]string{k.Algorithm, k.Public}, ":"))
	}
	return err
}

type rotateCmd struct{ where }

// Run retires the key and begins with a new one, whose first checkpoint it makes.
func (c *rotateCmd) Run(ctx context.Context) error {
	a, err := app.Open(ctx, c.config())
	if err != nil {
		return err
	}
	defer a.Close()
	old, cp, err := a.RotateKey(ctx)
	if err != nil {
		return err
	}
	fmt.Printf("已换签名密钥，旧的改名为 %s。请打印并保存新的检查点：\n\n%s", old, cp.Text())
	return nil
}

type sealCmd struct{ where }

// Run seals the rows that versions before this one wrote.
func (c *sealCmd) Run(ctx context.Context) error {
	a, err := app.Open(ctx, c.config())
	if err != nil {
		return err
	}
	defer a.Close()
	n, err := a.SealOldRows(ctx)
	fmt.Printf("补做了 %d 行的入账摘要。它们在此以前有没有被改过，程序无从知道。\n", n)
	return err
}
