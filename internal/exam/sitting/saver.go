package sitting

import (
	"context"
	"slices"
	"sync"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

const (
	// maxTogether is how many saves share one transaction.
	maxTogether = 256
	maxAtOnce   = 300
	maxValue    = 8000
	maxSignals  = 20
)

// SaveInput are answers that changed. Each carries the number of its change: an older one never overwrites a newer.
type SaveInput struct {
	Device  string     `json:"device" doc:"开始答卷时得到的号码"`
	Answers []Answer   `json:"answers" doc:"变动过的作答"`
	Signals []SignalIn `json:"signals,omitempty" doc:"离开窗口、粘贴；只供人看"`
}

// SignalIn is a signal as the page reports it.
type SignalIn struct {
	Kind   string `json:"kind" enum:"away,paste"`
	Detail string `json:"detail,omitempty"`
}

// Saved is what stands after saving.
type Saved struct {
	// Seqs are the numbers of the newest changes that are kept, by item.
	Seqs     map[int]int64 `json:"seqs"`
	Deadline int64         `json:"deadline_ms"`
	Now      int64         `json:"now_ms"`
}

// save is a request that waits for its transaction.
type save struct {
	attempt AttemptID
	account access.AccountID
	in      SaveInput
	out     Saved
	err     error
	done    chan struct{}
}

// saver saves answers in groups: the first who comes saves for all who wait, so that they share a transaction, a look at
// the attempts and one statement for the answers.
type saver struct {
	db      *store.DB
	mu      sync.Mutex
	waiting []*save
	busy    bool
}

// Save keeps answers of an attempt. It returns once they are durable.
func (s *Service) Save(ctx context.Context, by access.Session, id AttemptID, in SaveInput) (Saved, error) {
	if _, err := by.Require(access.ExamTake); err != nil {
		return Saved{}, err
	}
	if err := in.check(); err != nil {
		return Saved{}, err
	}
	r := &save{attempt: id, account: by.Account(), in: in, done: make(chan struct{})}
	s.saving.add(r)
	select {
	case <-r.done:
		return r.out, r.err
	case <-ctx.Done():
		return Saved{}, ctx.Err()
	}
}

func (in SaveInput) check() error {
	if len(in.Answers) > maxAtOnce || len(in.Signals) > maxSignals {
		return fault.InvalidField("answers", "一次最多保存 %d 道题", maxAtOnce)
	}
	for _, a := range in.Answers {
		if a.Seq < 1 || a.Item < 0 || len([]rune(a.Value)) > maxValue {
			return fault.InvalidField("answers", "第 %d 道的作答不能保存：每道最多 %d 个字", a.Item+1, maxValue)
		}
	}
	for _, g := range in.Signals {
		if g.Kind != signalAway && g.Kind != signalPaste || len([]rune(g.Detail)) > 100 {
			return fault.InvalidField("signals", "没有这种提示")
		}
	}
	return nil
}

// add queues a save. Who finds nobody at work works until nobody waits.
func (v *saver) add(r *save) {
	v.mu.Lock()
	v.waiting = append(v.waiting, r)
	if v.busy {
		v.mu.Unlock()
		return
	}
	v.busy = true
	v.mu.Unlock()
	go v.work()
}

func (v *saver) work() {
	for {
		v.mu.Lock()
		group := v.waiting[:min(len(v.waiting), maxTogether)]
		v.waiting = slices.Clone(v.waiting[len(group):])
		v.busy = len(group) > 0
		v.mu.Unlock()
		if len(group) == 0 {
			return
		}
		v.group(group)
		for _, r := range group {
			close(r.done)
		}
	}
}

// group saves together; when that fails for the sake of the transaction, each gets its error and may send again.
func (v *saver) group(group []*save) {
	err := v.db.Update(context.Background(), func(tx *store.Tx) error { return saveAll(tx, group) })
	for _, r := range group {
		if err != nil {
			r.err = err
		}
	}
}

// cell is an item of an attempt.
type cell struct {
	attempt AttemptID
	item    int
}

func saveAll(tx *store.Tx, group []*save) error {
	attempts, err := attemptsIn(tx, group)
	if err != nil {
		return err
	}
	newest := map[cell]Answer{}
	var signals []Signal
	now := store.Micros(tx.Now)
	for _, r := range group {
		a, known := attempts[r.attempt]
		r.err = nil
		switch {
		case !known || a.Account != r.account:
			r.err = fault.Missing(nounAttempt)
			continue
		default:
			if r.err = a.open(tx.Now, r.in.Device); r.err != nil {
				continue
			}
		}
		r.out = Saved{Seqs: map[int]int64{}, Deadline: a.Deadline / 1000, Now: now / 1000}
		for _, x := range r.in.Answers {
			if x.Item >= a.Items {
				r.err = fault.InvalidField("answers", "试卷里没有第 %d 道", x.Item+1)
				break
			}
			at := cell{r.attempt, x.Item}
			if old, ok := newest[at]; !ok || old.Seq < x.Seq {
				newest[at] = Answer{Attempt: r.attempt, Item: x.Item, Seq: x.Seq, Value: x.Value, At: now}
			}
		}
		for _, g := range r.in.Signals {
			signals = append(signals, Signal{ID: store.NewID(), Sitting: a.Sitting, Attempt: r.attempt, Kind: g.Kind, Detail: g.Detail, At: now})
		}
	}
	if len(signals) > 0 {
		if err := insert(tx, &signals); err != nil {
			return err
		}
	}
	kept, err := keep(tx, newest)
	if err != nil {
		return err
	}
	for _, r := range group {
		if r.err == nil {
			r.err = r.settle(kept)
		}
	}
	return nil
}

// settle tells what is kept of each answer: the same change with another text means that two pages count alike.
func (r *save) settle(kept map[cell]Answer) error {
	for _, x := range r.in.Answers {
		now := kept[cell{r.attempt, x.Item}]
		if now.Seq == x.Seq && now.Value != x.Value {
			return fault.New(fault.Conflict, "第 %d 道在另一个页面上改过，请刷新后再答", x.Item+1)
		}
		r.out.Seqs[x.Item] = now.Seq
	}
	return nil
}

// keep writes what is newer than what is there, and returns what is there then.
func keep(tx *store.Tx, newest map[cell]Answer) (map[cell]Answer, error) {
	rows := make([]Answer, 0, len(newest))
	for _, a := range newest {
		rows = append(rows, a)
	}
	slices.SortFunc(rows, func(x, y Answer) int { // one order for all, so that no two transactions wait for each other
		if x.Attempt != y.Attempt {
			return int(max(-1, min(1, x.Attempt-y.Attempt)))
		}
		return x.Item - y.Item
	})
	kept := map[cell]Answer{}
	for part := range slices.Chunk(rows, 500) {
		var written []Answer
		err := tx.DB().NewInsert().Model(&part).On("CONFLICT (attempt_id, item) DO UPDATE").
			Set("seq = EXCLUDED.seq").Set("value = EXCLUDED.value").Set("at = EXCLUDED.at").Where("en.seq < EXCLUDED.seq").
			Returning("attempt_id, item, seq, value, at").Scan(tx.Ctx, &written)
		if err != nil {
			return nil, err
		}
		for _, a := range written {
			kept[cell{a.Attempt, a.Item}] = a
		}
		for _, a := range part {
			if _, ok := kept[cell{a.Attempt, a.Item}]; ok {
				continue
			}
			var there Answer
			if err := tx.DB().NewSelect().Model(&there).Where("attempt_id = ?", a.Attempt).Where("item = ?", a.Item).Scan(tx.Ctx); err != nil {
				return nil, err
			}
			kept[cell{a.Attempt, a.Item}] = there
		}
	}
	return kept, nil
}

// tried is what saving has to know of an attempt.
type tried struct {
	Attempt
	Items int `bun:"items"`
}

func attemptsIn(tx *store.Tx, group []*save) (map[AttemptID]tried, error) {
	ids := make([]AttemptID, len(group))
	for i, r := range group {
		ids[i] = r.attempt
	}
	slices.Sort(ids)
	var rows []tried
	err := tx.DB().NewSelect().TableExpr("exam_attempt AS ea").Join("JOIN exam_sitting AS es ON es.id = ea.sitting_id").
		ColumnExpr("ea.id, ea.sitting_id, ea.account, ea.state, ea.deadline, ea.ended_by, ea.device, es.items").
		Where("ea.id IN (?)", bun.List(slices.Compact(ids))).Scan(tx.Ctx, &rows)
	out := make(map[AttemptID]tried, len(rows))
	for _, a := range rows {
		out[a.ID] = a
	}
	return out, err
}
