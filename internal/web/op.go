package web

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strings"

	"github.com/google/uuid"
)

// OpName is the hidden field that carries the form token.
const OpName = "_op"

// Op returns a fresh form token for the viewer's session: a UUIDv7 and its HMAC under the session's
// key. It is CSRF token and idempotency key in one. Without a session there is no token; such forms
// rest on http.CrossOriginProtection alone.
func Op(ctx context.Context) string {
	key := ViewerFrom(ctx).OpKey
	if len(key) == 0 {
		return ""
	}
	id, err := uuid.NewV7()
	if err != nil { // only when the system has no randomness left
		panic(err)
	}
	return id.String() + "." + sign(key, "op", id.String())
}

// CheckOp verifies a form token against the session's key and returns its id, the idempotency key.
func CheckOp(key []byte, token string) (id string, ok bool) {
	id, mac, found := strings.Cut(token, ".")
	if !found || len(key) == 0 || len(token) > 128 {
		return "", false
	}
	if !hmac.Equal([]byte(mac), []byte(sign(key, "op", id))) {
		return "", false
	}
	if _, err := uuid.Parse(id); err != nil {
		return "", false
	}
	return id, true
}

// sign binds text to its purpose under the key.
func sign(key []byte, purpose, text string) string {
	m := hmac.New(sha256.New, key)
	m.Write([]byte(purpose + "\x00" + text))
	return base64.RawURLEncoding.EncodeToString(m.Sum(nil))
}
