package access

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"fadu/internal/testkit"
)

// FuzzHash: a stored password hash is read with sane costs or not at all, so that a changed row cannot make
// a sign-in take all memory.
func FuzzHash(f *testing.F) {
	h := newHasherForFuzz(f)
	good := h.encode([]byte("12345678"), make([]byte, hashBytes))
	f.Add(good)
	f.Add(strings.Replace(good, "m=64", "m=4294967295", 1))
	f.Add("$argon2id$v=19$m=64,t=1,p=1$$")
	f.Add("")
	f.Fuzz(func(t *testing.T, s string) {
		p, salt, sum, err := decodeHash(s)
		if err != nil {
			return
		}
		if !p.sane() || len(salt) < 8 || len(sum) != hashBytes {
			t.Fatalf("%q：%+v", s, p)
		}
		again, _, _, err := decodeHash((&hasher{params: p}).encode(salt, sum))
		if err != nil || again != p {
			t.Fatalf("%q：%+v → %+v %v", s, p, again, err)
		}
	})
}

func newHasherForFuzz(f *testing.F) *hasher {
	f.Helper()
	p := hashParams{memoryKiB: 64, time: 1, threads: 1}
	if !p.sane() {
		f.Fatalf("%+v", p)
	}
	return &hasher{params: p}
}

// FuzzPolicy: a policy is refused or its limits lie where the program can keep them.
func FuzzPolicy(f *testing.F) {
	f.Add(string(policyYAML))
	f.Add("session: {idle: 0s}")
	f.Add("&a [*a]")
	f.Fuzz(func(t *testing.T, s string) {
		p, err := ParsePolicy([]byte(s))
		if err != nil {
			return
		}
		if p.Session.Idle <= 0 || p.Session.Absolute < p.Session.Idle || p.Lockout.Tries < 3 {
			t.Fatalf("%+v", p)
		}
	})
}

// FuzzOIDCBack: whatever comes back in place of the provider's answer, nobody is signed in and the page says
// how to go on.
func FuzzOIDCBack(f *testing.F) {
	db, _ := testkit.SQLite(f, migrations...)
	s, err := New(db, Options{Bureau: "演示局", Policy: cheap(f), Nav: Nav(), OIDC: &OIDC{Issuer: "http://127.0.0.1:1", Client: "fadu", Base: "http://127.0.0.1"}})
	if err != nil {
		f.Fatal(err)
	}
	mux := http.NewServeMux()
	s.Mount(mux, s.Routes())
	f.Add("state=x&code=y", "")
	f.Add("state=&code=y", s.sealer.seal(tripPurpose, []byte(`{"s":""}`)))
	f.Add("error=access_denied&state=a", s.sealer.seal("other", []byte(`{"s":"a"}`)))
	f.Add("state=%00&error=%ff", "AAAA")
	f.Fuzz(func(t *testing.T, query, cookie string) {
		r := httptest.NewRequest(http.MethodGet, oidcBack, nil)
		r.URL.RawQuery = query
		r.AddCookie(&http.Cookie{Name: s.tripCookie(), Value: cookie})
		w := httptest.NewRecorder()
		mux.ServeHTTP(w, r)
		if w.Code >= 500 || w.Code == http.StatusSeeOther || w.Code == http.StatusOK {
			t.Fatalf("%q：%d", query, w.Code)
		}
		for _, c := range w.Result().Cookies() {
			if c.Name == s.cookieName() && c.Value != "" {
				t.Fatal("登录了")
			}
		}
	})
}
