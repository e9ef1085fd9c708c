package access

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"net/http"
	"net/http/httptest"
	"testing"
)

// forger is a provider that signs what it is told, to see what is refused.
type forger struct {
	url, next string
	key       *rsa.PrivateKey
}

func newForger(t *testing.T) *forger {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	must(t, err)
	f := &forger{key: key}
	mux := http.NewServeMux()
	answer := func(path string, body func() map[string]any) {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_ = json.NewEncoder(w).Encode(body())
		})
	}
	answer("/.well-known/openid-configuration", func() map[string]any {
		return map[string]any{"issuer": f.url, "authorization_endpoint": f.url + "/auth", "token_endpoint": f.url + "/token", "jwks_uri": f.url + "/keys", "id_token_signing_alg_values_supported": []string{"RS256"}}
	})
	answer("/keys", func() map[string]any {
		e := big.NewInt(int64(key.E)).Bytes()
		return map[string]any{"keys": []any{map[string]any{"kty": "RSA", "alg": "RS256", "use": "sig", "kid": "1", "n": b64(key.N.Bytes()), "e": b64(e)}}}
	})
	answer("/token", func() map[string]any {
		return map[string]any{"access_token": "x", "token_type": "Bearer", "id_token": f.next}
	})
	srv := httptest.NewServer(mux)
	t.Cleanup(srv.Close)
	f.url = srv.URL
	return f
}

func b64(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

// sign makes an id_token; alg none leaves the signature out, broken spoils it.
func (f *forger) sign(t *testing.T, claims map[string]any, alg string) string {
	t.Helper()
	named := alg
	if alg == "broken" {
		named = "RS256"
	}
	head, err := json.Marshal(map[string]any{"alg": named, "kid": "1"})
	must(t, err)
	body, err := json.Marshal(claims)
	must(t, err)
	text := b64(head) + "." + b64(body)
	if alg == "none" {
		return text + "."
	}
	sum := sha256.Sum256([]byte(text))
	sig, err := rsa.SignPKCS1v15(rand.Reader, f.key, crypto.SHA256, sum[:])
	must(t, err)
	if alg == "broken" {
		sig[0] ^= 1
	}
	return text + "." + b64(sig)
}
