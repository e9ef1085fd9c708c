package app

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"fadu/internal/access"
	"fadu/internal/ledger"
	"fadu/internal/store"
)

// checkpointEvery is how often a checkpoint is made when the configuration does not say.
const checkpointEvery = 10 * time.Minute

// ledgerKeyFile is where the key is that signs checkpoints.
func (c Config) ledgerKeyFile() string {
	if c.LedgerKey != "" {
		return c.LedgerKey
	}
	return filepath.Join(c.Data, ledger.KeyFile)
}

// notaryOf opens the key, makes one where there is none, and has a change of keys recorded.
func notaryOf(ctx context.Context, cfg Config, db *store.DB, bureau string) (*ledger.Notary, error) {
	if err := os.MkdirAll(filepath.Dir(cfg.ledgerKeyFile()), 0o700); err != nil {
		return nil, fmt.Errorf("建不了放签名密钥的目录：%w", err)
	}
	key, err := ledger.OpenKey(cfg.ledgerKeyFile())
	if err != nil {
		return nil, err
	}
	return ledger.NewNotary(ctx, db, key, bureau, cfg.Checkpoints, access.System("console").Actor())
}

// Checkpoint signs the ledger as it is now.
func (a *App) Checkpoint(ctx context.Context) (ledger.Checkpoint, error) {
	a.notaryOnce.Lock()
	defer a.notaryOnce.Unlock()
	if a.notary == nil {
		n, err := notaryOf(ctx, a.cfg, a.DB, a.Bureau)
		if err != nil {
			return ledger.Checkpoint{}, err
		}
		a.notary = n
	}
	return a.notary.Sign(ctx)
}

// witness makes a checkpoint now and then until ctx ends, and a last one then.
func (a *App) witness(ctx context.Context) {
	every := a.cfg.CheckpointEvery
	if every <= 0 {
		every = checkpointEvery
	}
	t := time.NewTicker(every)
	defer t.Stop()
	sign := func(ctx context.Context) {
		switch _, err := a.Checkpoint(ctx); {
		case err == nil:
			a.witnessed.done(a.cfg.Clock())
		case ctx.Err() == nil:
			a.witnessed.failed(err)
			a.cfg.Log.Error("no checkpoint was made, will try again", "err", err)
		}
	}
	for {
		sign(ctx)
		select {
		case <-ctx.Done():
			sign(context.WithoutCancel(ctx))
			return
		case <-t.C:
		}
	}
}

// witnessFinding tells how the checkpoints of a running program stand.
func (a *App) witnessFinding() Finding {
	f := Finding{Name: "检查点"}
	switch last, said := a.witnessed.at(), a.witnessed.err.Load(); {
	case said != nil:
		f.Level, f.Text, f.How = Fail, "最近一次没有做成，或者没有另存："+*said, "检查签名密钥的权限；另存的目录"+a.cfg.Checkpoints+"要让运行程序的账号能写（systemd 的 ReadWritePaths）"
	case last.IsZero():
		f.Text = "由服务做，命令行看不到；看“运行状况”页"
	case a.cfg.Checkpoints == "":
		f.Level, f.Text, f.How = Warn, "最近一次 "+last.Format("2006-01-02 15:04")+"，没有另存", "用 fadu serve --checkpoints 目录 另存到系统管理员改不到的地方，每周打印一份"
	default:
		f.Text = "最近一次 " + last.Format("2006-01-02 15:04") + "，另存在 " + a.cfg.Checkpoints
	}
	return f
}

// VerifyTask is what App.VerifyWith verifies besides what the database holds.
type VerifyTask struct {
	// Kept are checkpoints from outside, Keys trusted public keys, Since where to begin.
	Kept  []ledger.Checkpoint
	Keys  []ledger.Verifier
	Since *ledger.Checkpoint
	// Figures also recounts every figure.
	Figures  bool
	Progress func(what string, done int64)
}

// VerifyWith recomputes the proof of everything: the ledger, the rows that it tells of, the papers'
// bytes, and the figures.
func (a *App) VerifyWith(ctx context.Context, t VerifyTask) (ledger.Report, error) {
	if err := ledger.Sequence(ctx, a.DB); err != nil {
		return ledger.Report{}, err
	}
	checks := []ledger.Check{a.Cases.PaperCheck(), a.Cases.EvidenceCheck(), a.Forms.ScanCheck(), a.Registers.FileCheck(), a.Courses.FileCheck()}
	if t.Figures {
		checks = append(checks, a.Report.FigureCheck(), a.Cases.BalanceCheck())
	}
	return ledger.Task{References: References(), Checks: checks, Kept: t.Kept, Keys: t.Keys, Since: t.Since, Progress: t.Progress}.Run(ctx, a.DB)
}

// Verify is VerifyWith of everything.
func (a *App) Verify(ctx context.Context) (ledger.Report, error) {
	return a.VerifyWith(ctx, VerifyTask{Figures: true})
}

// RotateKey retires the key that signs checkpoints and begins with a new one. The old one signs a last
// checkpoint, the new one a first; the entry between them names both.
func (a *App) RotateKey(ctx context.Context) (old string, c ledger.Checkpoint, err error) {
	if _, err = a.Checkpoint(ctx); err != nil {
		return "", c, err
	}
	if old, err = ledger.RetireKey(a.cfg.ledgerKeyFile()); err != nil {
		return "", c, err
	}
	a.notaryOnce.Lock()
	a.notary = nil
	a.notaryOnce.Unlock()
	c, err = a.Checkpoint(ctx)
	return old, c, err
}

// LedgerKeys returns the public keys that sign or signed checkpoints, the present one first.
func (a *App) LedgerKeys(ctx context.Context) (ks []ledger.Key, err error) {
	err = a.DB.View(ctx, func(tx *store.Tx) error { ks, err = ledger.Keys(tx); return err })
	return ks, err
}

// SealOldRows makes entries for rows that were written before entries told of rows.
func (a *App) SealOldRows(ctx context.Context) (int64, error) {
	return ledger.SealOld(ctx, a.DB, access.System("console").Actor(), References())
}

// PrintInclusion writes the proof of one entry as JSON.
func (a *App) PrintInclusion(ctx context.Context, w io.Writer, seq int64) error {
	return a.print(ctx, w, func(tx *store.Tx) (any, error) { return ledger.ProveInclusion(tx, seq) })
}

// PrintConsistency writes the proof between the checkpoints of two sizes as JSON.
func (a *App) PrintConsistency(ctx context.Context, w io.Writer, from, to int64) error {
	return a.print(ctx, w, func(tx *store.Tx) (any, error) { return ledger.ProveConsistency(tx, from, to) })
}

func (a *App) print(ctx context.Context, w io.Writer, prove func(*store.Tx) (any, error)) error {
	return a.DB.View(ctx, func(tx *store.Tx) error {
		p, err := prove(tx)
		if err != nil {
			return err
		}
		e := json.NewEncoder(w)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		return e.Encode(p)
	})
}
