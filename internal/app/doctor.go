package app

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"time"

	"fadu/internal/fault"
	"fadu/internal/jobs"
	"fadu/internal/ledger"
	"fadu/internal/store"
)

// Level says how a finding stands.
type Level int

// The levels. A failed check asks for somebody now; a warning can wait.
const (
	OK Level = iota
	Warn
	Fail
)

// Finding is the result of one check: what was seen and, unless all is well, how to go on.
type Finding struct {
	Name, Text, How string
	Level           Level
}

// Line prints the finding for the console.
func (f Finding) Line() string {
	line := []string{"✓", "!", "✗"}[f.Level] + " " + f.Name + "：" + f.Text
	if f.How != "" {
		line += "。" + f.How
	}
	return line
}

// Doctor checks what the program stands on: quickly at the start and for the page, in full (every row, every
// file, the whole ledger) at the console.
func (a *App) Doctor(ctx context.Context, full bool) []Finding {
	checks := []func(context.Context) Finding{a.checkSchema, a.checkLedger, a.checkClock, a.checkJobs, a.checkDisk, a.checkFiles, a.checkKey, a.checkCalendar}
	if full {
		checks = append(checks, a.checkPages, a.checkIntegrity, a.checkProof, a.checkDrafts, a.checkSearch, a.checkBlobs)
	}
	out := []Finding{{Name: "数据库", Text: a.Bureau + map[bool]string{true: "，演示库，不作依据", false: "，正式库"}[a.Demo] + "，" + map[store.Engine]string{store.SQLite: "内置数据库", store.PostgreSQL: "PostgreSQL"}[a.DB.Engine()]}}
	for _, check := range checks {
		out = append(out, check(ctx))
	}
	// Without its fonts, or with a font that it cannot use, the program does not open at all.
	return append(out, a.backupFinding(), a.witnessFinding(), Finding{Name: "字库", Text: "启动时已载入，能用"})
}

// wrong is a check that could not be made.
func wrong(name string, err error) Finding {
	return Finding{Name: name, Level: Fail, Text: "查不了：" + err.Error(), How: "看日志，必要时停下来恢复备份"}
}

func (a *App) checkSchema(ctx context.Context) Finding {
	var n []int64
	err := a.DB.LookAtSchema(ctx)
	if fault.Is(err, fault.Outdated) {
		return Finding{Name: "数据库结构", Level: Fail, Text: "更新的程序升级了数据库，正在运行的程序不认识", How: "停止这个程序，换上新的程序启动"}
	}
	if err != nil {
		return wrong("数据库结构", err)
	}
	err = a.DB.Snapshot(ctx, func(s *store.Snapshot) (err error) { n, err = s.Migrations(); return err })
	if err != nil || len(n) == 0 {
		return wrong("数据库结构", fmt.Errorf("%d 步改动，%w", len(n), err))
	}
	return Finding{Name: "数据库结构", Text: fmt.Sprintf("%d 步改动都已做完，最后一步 %04d", len(n), n[len(n)-1])}
}

// lagLimit is how long an entry may wait for its number.
const lagLimit = time.Minute

func (a *App) checkLedger(ctx context.Context) Finding {
	f := Finding{Name: "办案留痕编号"}
	err := a.DB.View(ctx, func(tx *store.Tx) error {
		waiting, oldest, newest, err := ledger.Waiting(tx)
		f.Text = "没有等编号的；最近一条 " + newest.Format("2006-01-02 15:04:05")
		if waiting > 0 {
			f.Text = fmt.Sprintf("%d 条等编号，最早的已等 %s", waiting, tx.Now.Sub(oldest).Round(time.Second))
			if tx.Now.Sub(oldest) > lagLimit {
				f.Level, f.How = Fail, "编号停了：看日志里 sequencing failed 的原因"
			}
		}
		return err
	})
	if err != nil {
		return wrong(f.Name, err)
	}
	return f
}

// skew is how far the clock may be behind the newest entry.
const skew = 2 * time.Minute

// recentEntries are looked through for a clock that was set back.
const recentEntries = 1000

func (a *App) checkClock(ctx context.Context) Finding {
	f := Finding{Name: "时钟"}
	err := a.DB.View(ctx, func(tx *store.Tx) error {
		_, _, newest, err := ledger.Waiting(tx)
		f.Text = tx.Now.Format("2006-01-02 15:04:05")
		if behind := newest.Sub(tx.Now); behind > skew {
			f.Level, f.Text, f.How = Fail, f.Text+fmt.Sprintf("，比最近一条办案留痕早 %s", behind.Round(time.Second)), "服务器时间拨慢了：先对时（timedatectl），再启动，否则期限和先后会错"
		}
		if err != nil || f.Level == Fail {
			return err
		}
		back, err := ledger.Backward(tx, recentEntries)
		if back > skew {
			f.Level, f.Text, f.How = Warn, f.Text+fmt.Sprintf("，最近 %d 条办案留痕里时间倒退过 %s", recentEntries, back.Round(time.Second)), "先后以编号为准；核对这段时间办的事项上的日期，再查对时服务（timedatectl）"
		}
		return err
	})
	if err != nil {
		return wrong(f.Name, err)
	}
	return f
}

func (a *App) checkJobs(ctx context.Context) Finding {
	f := Finding{Name: "后台任务"}
	err := a.DB.View(ctx, func(tx *store.Tx) error {
		n, err := jobs.Counts(tx)
		f.Text = fmt.Sprintf("待办 %d，失败 %d", n[jobs.Pending], n[jobs.Dead])
		if n[jobs.Dead] > 0 {
			f.Level, f.How = Warn, "有任务多次失败停下了：看日志里的原因，改好后重新启动"
		}
		return err
	})
	if err != nil {
		return wrong(f.Name, err)
	}
	return f
}

func (a *App) checkDisk(context.Context) Finding {
	f := Finding{Name: "磁盘"}
	left, err := a.disk.measure()
	if err != nil {
		return wrong(f.Name, err)
	}
	f.Text = fmt.Sprintf("数据目录还能写 %d MB", left>>20)
	switch held, err := a.disk.held(); {
	case err != nil:
		return wrong(f.Name, err)
	case a.disk.readOnly.Load() || left < low:
		f.Level, f.How = Fail, "已经只能查看：请腾出空间，腾出后自动恢复"
	case left < 10*reserveSize:
		f.Level, f.How = Warn, "快满了，请扩容或者清理"
	case !held:
		f.Level, f.How = Warn, "还没有留出应急空间（64 MB），有空间时自动留出"
	}
	return f
}

func (a *App) checkFiles(context.Context) Finding {
	info, err := os.Stat(a.cfg.Data)
	if err != nil {
		return wrong("目录权限", err)
	}
	if open := info.Mode().Perm() & 0o077; open != 0 {
		return Finding{Name: "目录权限", Level: Warn, Text: fmt.Sprintf("%s 是 %o，别的用户能读", a.cfg.Data, info.Mode().Perm()), How: "运行 chmod 700 " + a.cfg.Data}
	}
	return Finding{Name: "目录权限", Text: fmt.Sprintf("%s 只有运行程序的用户能读", a.cfg.Data)}
}

func (a *App) checkKey(ctx context.Context) Finding {
	f := Finding{Name: "密钥文件", Text: "登记过的动态口令都能核对"}
	err := a.DB.View(ctx, func(tx *store.Tx) error {
		n, err := a.Access.Unreadable(tx)
		if n > 0 {
			f.Level, f.Text = Fail, fmt.Sprintf("%d 个账号的动态口令，%s 解不开，这些人登录不了", n, a.cfg.KeyPath())
			f.How = "停下来，放回原来的密钥文件；找不回来的，运行 fadu password --lost-key，他们凭密码登录后重新设置"
		}
		return err
	})
	if err != nil {
		return wrong(f.Name, err)
	}
	return f
}

func (a *App) checkCalendar(context.Context) Finding {
	years := a.Calendar.Years()
	f := Finding{Name: "放假安排", Text: fmt.Sprintf("载入了 %d—%d 年", years[0], years[len(years)-1])}
	today := a.Today()
	switch faults := a.Holidays.Faults(); {
	case len(faults) > 0:
		f.Level, f.How = Warn, strings.Join(faults, "；")
	case !slices.Contains(years, today.Year()):
		f.Level, f.How = Fail, fmt.Sprintf("待载入%d年：法制科在“工作日历”页面载入", today.Year())
	case today.Month() >= time.November && !slices.Contains(years, today.Year()+1):
		f.Level, f.How = Warn, fmt.Sprintf("待载入%d年：通知印发后由法制科在“工作日历”页面载入", today.Year()+1)
	}
	return f
}

func (a *App) checkIntegrity(ctx context.Context) Finding {
	bad, err := a.damage(ctx)
	switch {
	case err != nil:
		return wrong("数据库完整性", err)
	case len(bad) > 0:
		return Finding{Name: "数据库完整性", Level: Fail, Text: strings.Join(bad, "；"), How: "数据库文件损坏：停止程序，保留现状，恢复最近的备份"}
	}
	return Finding{Name: "数据库完整性", Text: "逐页、逐行读过，没有损坏"}
}

func (a *App) checkProof(ctx context.Context) Finding {
	rep, err := a.Verify(ctx)
	switch {
	case err != nil:
		return wrong("办案留痕核验", err)
	case !rep.OK():
		return Finding{Name: "办案留痕核验", Level: Fail, Text: fmt.Sprintf("%d 处不符，例如：%s", len(rep.Faults)+rep.More, rep.Faults[0]), How: "运行 fadu verify 看全部；保留现状，与备份比对"}
	}
	return Finding{Name: "办案留痕核验", Text: fmt.Sprintf("%d 条，默克尔根 %s，没有改动", rep.Leaves, rep.Root)}
}

func (a *App) checkBlobs(ctx context.Context) Finding {
	n := 0
	for digest, err := range a.Blobs.Digests() {
		if err == nil {
			err = a.Blobs.Verify(digest)
		}
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return Finding{Name: "文件", Level: Fail, Text: fmt.Sprintf("%s：%v", digest, err), How: "从备份里取回这个文件，放回 blobs 目录的同一位置"}
		}
		n++
	}
	return Finding{Name: "文件", Text: fmt.Sprintf("%d 个文件的摘要都对", n)}
}

// health answers whether the process is alive: nothing else is asked.
func health(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = w.Write([]byte("ok\n")) // the asker may be gone
}

// ready answers whether the program can do its work: 200, or 503 with the names of the checks that failed.
// What a check saw stays inside.
func (a *App) ready(w http.ResponseWriter, r *http.Request) {
	out := map[string]string{}
	code := http.StatusOK
	for name, check := range map[string]func(context.Context) Finding{"schema": a.checkSchema, "ledger": a.checkLedger, "disk": a.checkDisk, "blobs": a.checkPut, "clock": a.checkClock} {
		switch check(r.Context()).Level {
		case OK:
			out[name] = "ok"
		case Warn:
			out[name] = "warn"
		case Fail:
			out[name], code = "fail", http.StatusServiceUnavailable
		}
	}
	if t := a.LastBackup(); !t.IsZero() {
		out["last_backup"] = t.Format(time.RFC3339)
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(out) // the asker may be gone
}

// checkPut looks whether the folder of files can be written into.
func (a *App) checkPut(context.Context) Finding {
	f, err := os.CreateTemp(a.cfg.blobs(), ".ready-*")
	if err == nil {
		err = f.Close()
		if e := os.Remove(f.Name()); err == nil {
			err = e
		}
	}
	if err != nil {
		return wrong("文件目录", err)
	}
	return Finding{Name: "文件目录", Text: "能写"}
}
