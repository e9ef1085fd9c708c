package course

import "time"

// How the server measures reading. A page says every twenty seconds that it is looked at, and says nothing while it is in
// the background; what it claims about time is not asked.
const (
	// BeatEvery is how often a page that is looked at reports.
	BeatEvery = 20 * time.Second
	// beatCap is the most that one report earns: whoever reports more rarely earns no more.
	beatCap = 30 * time.Second
	// beatLost is the silence after which a report only begins a new stretch.
	beatLost = 60 * time.Second
)

// Pulse is where an account was last seen to read.
type Pulse struct {
	Study   StudyID
	Chapter int
	At      time.Time
}

// Earned is what a report adds to the chapter at which it comes: the time since the last report of the account when that
// was for the same chapter, at most beatCap; nothing for the first one, after a silence, or when another window reported
// in between. A clock that went back earns nothing.
func Earned(last Pulse, study StudyID, chapter int, now time.Time) time.Duration {
	since := now.Sub(last.At)
	if last.Study != study || last.Chapter != chapter || since <= 0 || since > beatLost {
		return 0
	}
	return min(since, beatCap)
}

// Opens reports whether a chapter may be read: the first, and each whose earlier ones are done.
func Opens(done []bool, chapter int) bool {
	for i := range chapter {
		if i >= len(done) || !done[i] {
			return false
		}
	}
	return chapter < len(done)
}
