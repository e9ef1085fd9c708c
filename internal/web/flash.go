package web

import (
	"context"
	"crypto/hmac"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
)

const flashCookie = "fadu_done"

// Flash is one line about what was just done, shown on the next page. Keep personal data out of it: it
// travels in a cookie, signed but readable.
type Flash struct {
	Text string `json:"t"`
	// Href and Link lead to what was made.
	Href string `json:"h,omitempty"`
	Link string `json:"l,omitempty"`
	// Kind "late" shows the line as something that went wrong.
	Kind string `json:"k,omitempty"`
}

// Notify shows the flash on the next page that this viewer opens. Without a session it does nothing.
func Notify(w http.ResponseWriter, r *http.Request, f Flash) {
	key := ViewerFrom(r.Context()).OpKey
	if len(key) == 0 {
		return
	}
	b, err := json.Marshal(f)
	if err != nil { // four strings
		panic(err)
	}
	text := base64.RawURLEncoding.EncodeToString(b)
	http.SetCookie(w, &http.Cookie{
		Name: flashCookie, Value: text + "." + sign(key, "flash", text), Path: "/", MaxAge: 60,
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: IsHTTPS(r),
	})
}

// Flashing reports whether a line about an act just done waits to be shown.
func Flashing(r *http.Request) bool {
	_, err := r.Cookie(flashCookie)
	return err == nil
}

// takeFlash reads and clears the flash; a forged one is only cleared.
func takeFlash(w http.ResponseWriter, r *http.Request) (Flash, bool) {
	c, err := r.Cookie(flashCookie)
	if err != nil {
		return Flash{}, false
	}
	http.SetCookie(w, &http.Cookie{Name: flashCookie, Path: "/", MaxAge: -1, HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: IsHTTPS(r)})
	key := ViewerFrom(r.Context()).OpKey
	text, mac, ok := strings.Cut(c.Value, ".")
	if !ok || len(key) == 0 || !hmac.Equal([]byte(mac), []byte(sign(key, "flash", text))) {
		return Flash{}, false
	}
	var f Flash
	b, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || json.Unmarshal(b, &f) != nil {
		return Flash{}, false
	}
	return f, f.Text != ""
}

func flashFrom(ctx context.Context) (Flash, bool) {
	f, ok := ctx.Value(flashKey).(Flash)
	return f, ok
}
