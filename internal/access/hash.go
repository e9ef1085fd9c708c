package access

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"
	"time"

	"fadu/internal/fault"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// hashParams are the costs of argon2id; they are written into each hash, so that old hashes stay valid
// when the policy changes.
type hashParams struct {
	memoryKiB, time uint32
	threads         uint8
}

const (
	saltBytes = 16
	hashBytes = 32
	// hashWait is how long a sign-in waits for its turn at hashing before it is told to try again.
	hashWait = 10 * time.Second
)

func (p PasswordPolicy) params() hashParams { return hashParams{p.MemoryKiB, p.Time, p.Threads} }

// sane bounds what a stored hash may make us spend.
func (p hashParams) sane() bool {
	return p.memoryKiB >= 8*uint32(p.threads) && p.memoryKiB <= 1<<20 && p.time >= 1 && p.time <= 16 && p.threads >= 1 && p.threads <= 16
}

// hasher computes password hashes, a bounded number at a time: each takes tens of megabytes.
type hasher struct {
	params hashParams
	slots  chan struct{}
	// derive is argon2id; tests count its runs.
	derive func(password string, salt []byte, p hashParams) []byte
	// decoy is compared for accounts that do not exist, so that they take as long.
	decoy string
}

func newHasher(p PasswordPolicy) *hasher {
	h := &hasher{derive: derive, params: p.params(), slots: make(chan struct{}, p.AtOnce)}
	h.decoy = h.encode(make([]byte, saltBytes), make([]byte, hashBytes))
	return h
}

// turn waits for a slot and returns how to give it back.
func (h *hasher) turn(ctx context.Context) (func(), error) {
	t := time.NewTimer(hashWait)
	defer t.Stop()
	select {
	case h.slots <- struct{}{}:
		return func() { <-h.slots }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-t.C:
		return nil, fault.New(fault.Busy, "现在登录的人很多，请稍等片刻再试")
	}
}

// hash returns the encoded hash of a password with a new salt.
func (h *hasher) hash(ctx context.Context, password string) (string, error) {
	done, err := h.turn(ctx)
	if err != nil {
		return "", err
	}
	defer done()
	salt := make([]byte, saltBytes)
	_, _ = rand.Read(salt) // crypto/rand.Read never fails
	return h.encode(salt, h.derive(password, salt, h.params)), nil
}

// matches reports whether the password has the encoded hash; an empty hash matches nothing but takes
// the same time.
func (h *hasher) matches(ctx context.Context, encoded, password string) (bool, error) {
	none := encoded == ""
	if none {
		encoded = h.decoy
	}
	p, salt, want, err := decodeHash(encoded)
	if err != nil {
		return false, err
	}
	done, err := h.turn(ctx)
	if err != nil {
		return false, err
	}
	defer done()
	same := subtle.ConstantTimeCompare(h.derive(password, salt, p), want) == 1
	return same && !none, nil
}

// outdated reports whether the hash was made with other costs than the policy's.
func (h *hasher) outdated(encoded string) bool {
	p, _, _, err := decodeHash(encoded)
	return err == nil && p != h.params
}

func (h *hasher) encode(salt, sum []byte) string {
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, h.params.memoryKiB, h.params.time, h.params.threads, b64.EncodeToString(salt), b64.EncodeToString(sum))
}

// derive hashes the password as people mean it: what an input method makes of it (full-width letters,
// composed characters) does not matter.
func derive(password string, salt []byte, p hashParams) []byte {
	return argon2.IDKey([]byte(norm.NFKC.String(password)), salt, p.time, p.memoryKiB, p.threads, hashBytes)
}

func decodeHash(s string) (p hashParams, salt, sum []byte, err error) {
	bad := fmt.Errorf("access: stored password hash is not in the expected form")
	parts := strings.Split(s, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return p, nil, nil, bad
	}
	if n, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &p.memoryKiB, &p.time, &p.threads); err != nil || n != 3 || !p.sane() {
		return p, nil, nil, bad
	}
	salt, err1 := base64.RawStdEncoding.DecodeString(parts[4])
	sum, err2 := base64.RawStdEncoding.DecodeString(parts[5])
	if err1 != nil || err2 != nil || len(salt) < 8 || len(sum) != hashBytes {
		return p, nil, nil, bad
	}
	return p, salt, sum, nil
}
