package access

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
)

// KeyBytes is the length of the server's key.
const KeyBytes = 32

// sealer keeps secrets of people out of the database: what it seals can be read only with the server's
// key, which lies in a file beside it, and only for the purpose it was sealed for.
type sealer struct {
	aead cipher.AEAD
	mac  []byte
}

// newSealer derives one key for sealing and one for fingerprints.
func newSealer(key []byte) (*sealer, error) {
	if len(key) != KeyBytes {
		return nil, fmt.Errorf("access: the server's key has %d bytes, not %d", len(key), KeyBytes)
	}
	block, err := aes.NewCipher(derived(key, "fadu seal"))
	if err != nil {
		return nil, fmt.Errorf("access: %w", err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return nil, fmt.Errorf("access: %w", err)
	}
	return &sealer{aead: aead, mac: derived(key, "fadu fingerprint")}, nil
}

func derived(key []byte, purpose string) []byte {
	m := hmac.New(sha256.New, key)
	m.Write([]byte(purpose))
	return m.Sum(nil)
}

// seal encrypts plain for one purpose, such as the account whose secret it is.
func (s *sealer) seal(purpose string, plain []byte) string {
	nonce := make([]byte, s.aead.NonceSize())
	_, _ = rand.Read(nonce) // crypto/rand.Read never fails
	return base64.RawURLEncoding.EncodeToString(s.aead.Seal(nonce, nonce, plain, []byte(purpose)))
}

var errSealed = errors.New("access: not sealed by this server's key for this purpose")

// open decrypts what seal wrote for the same purpose.
func (s *sealer) open(purpose, sealed string) ([]byte, error) {
	b, err := base64.RawURLEncoding.Strict().DecodeString(sealed)
	if err != nil || len(b) < s.aead.NonceSize() {
		return nil, errSealed
	}
	plain, err := s.aead.Open(nil, b[:s.aead.NonceSize()], b[s.aead.NonceSize():], []byte(purpose))
	if err != nil {
		return nil, errSealed
	}
	return plain, nil
}

// sealJSON and openJSON carry small values through a browser that may neither read nor change them.
func (s *sealer) sealJSON(purpose string, v any) (string, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return "", fmt.Errorf("access: seal %s: %w", purpose, err)
	}
	return s.seal(purpose, b), nil
}

func (s *sealer) openJSON(purpose, sealed string, v any) error {
	b, err := s.open(purpose, sealed)
	if err != nil {
		return err
	}
	return json.Unmarshal(b, v)
}

// fingerprint is a keyed hash: without the server's key it cannot be searched for by trying.
func (s *sealer) fingerprint(purpose, text string) string {
	m := hmac.New(sha256.New, s.mac)
	m.Write([]byte(purpose + "\x00" + text))
	return hex.EncodeToString(m.Sum(nil))
}
