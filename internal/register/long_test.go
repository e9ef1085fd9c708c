package register

import (
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"fadu/internal/draft"

	"github.com/xuri/excelize/v2"
)

// TestLongImport measures the import of as many rows as FADU_IMPORT_ROWS says; without it a few are read, more than one piece of
// them.
func TestLongImport(t *testing.T) {
	n := 601
	if v, err := strconv.Atoi(os.Getenv("FADU_IMPORT_ROWS")); err == nil {
		n = v
	}
	both(t, func(h *hall) {
		x := excelize.NewFile()
		w, err := x.NewStreamWriter("Sheet1")
		must(t, err)
		must(t, w.SetRow("A1", []any{"巡查日期", "巡查对象", "路段或地点", "出动人员", "检查对象数", "当场纠正", "情况"}))
		kinds := []string{"街面市容", "建筑工地", "餐饮油烟"}
		for i := range n {
			must(t, w.SetRow("A"+strconv.Itoa(i+2), []any{"2025-" + strconv.Itoa(1+i%12) + "-" + strconv.Itoa(1+i%28), kinds[i%3], "演示路 " + strconv.Itoa(i) + " 号门前", 2 + i%3, i % 7, i % 5, "沿线巡查，劝离摊贩，恢复秩序"}))
		}
		must(t, w.Flush())
		var b strings.Builder
		must(t, x.Write(&b))
		must(t, x.Close())
		file := []byte(b.String())
		peak, stop := watchMemory()
		begun := time.Now()
		id, err := h.s.drafts.Upload(ctx, h.officer, importPrefix+"patrol", "长表.xlsx", file)
		must(t, err)
		read := time.Since(begun)
		h.publish(id)
		all := time.Since(begun)
		stop()
		t.Logf("%d 行，%d KB：读入 %v，连同发布 %v，堆最多 %d MB", n, len(file)>>10, read.Round(time.Millisecond), all.Round(time.Millisecond), peak()>>20)
		if got := h.figure("register.patrol.patrols"); got != int64(n) {
			t.Errorf("登记了 %d 次，文件里 %d 行", got, n)
		}
		if n <= 5000 {
			must(t, h.s.Undo(ctx, h.clerk, draft.BatchID(id), 2, "量完撤回"))
			if got := h.figure("register.patrol.patrols"); got != 0 {
				t.Errorf("撤回以后还有 %d", got)
			}
		}
	})
}

// watchMemory samples what the heap holds and the program took for it.
func watchMemory() (peak func() uint64, stop func()) {
	done := make(chan struct{})
	ended := make(chan struct{})
	var most uint64
	go func() {
		defer close(ended)
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most = max(most, m.Sys-m.HeapReleased)
			select {
			case <-done:
				return
			case <-time.After(50 * time.Millisecond):
			}
		}
	}()
	return func() uint64 { return most }, func() { close(done); <-ended }
}
