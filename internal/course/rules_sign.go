package course

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"time"
)

// How people sign in to a session in person. The code on the screen changes with every step, so that a photo sent to
// somebody elsewhere is soon worth nothing; who opened it in time has a moment to press the button.
const (
	// SignStep is how long a code stands on the screen.
	SignStep = 30 * time.Second
	// graceSteps are how many earlier codes still count: the walk from the screen to the button.
	graceSteps = 2
	// SignEarly is how long before the beginning people may sign in.
	SignEarly = 30 * time.Minute
)

// CodeAt is the code that stands on the screen at an instant.
func CodeAt(secret string, at time.Time) string {
	return codeOf(secret, at.Unix()/int64(SignStep/time.Second))
}

func codeOf(secret string, step int64) string {
	m := hmac.New(sha256.New, []byte(secret))
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], uint64(step))
	_, _ = m.Write(b[:]) // a hash takes everything
	return base32.StdEncoding.EncodeToString(m.Sum(nil))[:10]
}

// CodeCounts reports whether a code stood on the screen a moment ago.
func CodeCounts(secret, code string, now time.Time) bool {
	step := now.Unix() / int64(SignStep/time.Second)
	for back := range int64(graceSteps + 1) {
		if hmac.Equal([]byte(codeOf(secret, step-back)), []byte(code)) {
			return true
		}
	}
	return false
}

// Signable reports whether people may sign in now: from half an hour before the beginning until the end.
func Signable(starts, ends, now time.Time) bool {
	return !now.Before(starts.Add(-SignEarly)) && now.Before(ends)
}
