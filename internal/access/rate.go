package access

import (
	"sync"
	"time"
)

// rates counts calls by caller in windows of a minute, in memory: what is lost at a restart is a minute.
type rates struct {
	mu   sync.Mutex
	from time.Time
	used map[string]int
}

func newRates() *rates { return &rates{used: map[string]int{}} }

const rateWindow = time.Minute

// take uses one of most calls of the caller in this minute and reports whether there was one left.
func (r *rates) take(who string, most int, now time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.turn(now)
	if r.used[who] >= most {
		return false
	}
	r.used[who]++
	return true
}

// left is how long the caller has to wait when it has used most calls of this minute, else 0.
func (r *rates) left(who string, most int, now time.Time) time.Duration {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.turn(now)
	if r.used[who] < most {
		return 0
	}
	return rateWindow - now.Sub(r.from)
}

// turn begins a new minute when the last one is over, or when the clock was set back.
func (r *rates) turn(now time.Time) {
	if d := now.Sub(r.from); d >= rateWindow || d < 0 {
		r.from = now
		clear(r.used)
	}
}
