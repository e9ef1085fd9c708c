package access

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base32"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"golang.org/x/text/unicode/norm"
)

// One-time codes by RFC 6238 as every authenticator knows them: six digits, 30 seconds, SHA-1.
const (
	totpPeriod = 30
	totpDigits = 6
	// totpWindow is how many steps a telephone may be behind or ahead.
	totpWindow = 1
	// totpSecretBytes is the length of the shared secret (RFC 4226 recommends 160 bits).
	totpSecretBytes = 20
	recoveryBytes   = 10
)

// newTOTPSecret returns a secret as authenticators take it.
func newTOTPSecret() string {
	b := make([]byte, totpSecretBytes)
	_, _ = rand.Read(b) // crypto/rand.Read never fails
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b)
}

// totpStep is the time step of an instant; before 1970 there is none.
func totpStep(at time.Time) int64 { return at.Unix() / totpPeriod }

func totpCode(secret string, step int64) (string, error) {
	return hotp.GenerateCodeCustom(secret, uint64(step), hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
}

// matchTOTP finds the step in the window whose code was typed. A step up to used is past: ok is then
// false and again true.
func matchTOTP(secret, code string, now time.Time, used int64) (step int64, ok, again bool, err error) {
	for d := int64(-totpWindow); d <= totpWindow; d++ {
		at := totpStep(now) + d
		want, err := totpCode(secret, at)
		if err != nil {
			return 0, false, false, fmt.Errorf("access: one-time code: %w", err)
		}
		if subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			if at <= used {
				again = true
				continue
			}
			step, ok = at, true
		}
	}
	return step, ok, again && !ok, nil
}

// cleanCode reads a code as people type it: full-width digits, spaces and hyphens, small letters.
func cleanCode(s string) string {
	s = strings.ToUpper(norm.NFKC.String(s))
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9' || r >= 'A' && r <= 'Z':
			return r
		}
		return -1
	}, s)
}

func isTOTPCode(s string) bool {
	return len(s) == totpDigits && strings.Trim(s, "0123456789") == ""
}

const recoveryAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// newRecoveryCode returns 50 random bits as 7KD49-2QMX3, without letters that look like digits.
func newRecoveryCode() string {
	b := make([]byte, recoveryBytes)
	_, _ = rand.Read(b) // crypto/rand.Read never fails
	for i := range b {
		b[i] = recoveryAlphabet[int(b[i])%len(recoveryAlphabet)]
	}
	return string(b[:recoveryBytes/2]) + "-" + string(b[recoveryBytes/2:])
}

// totpAddress is what the QR code holds: the key with the names that the authenticator shows.
func totpAddress(bureau, login, secret string) string {
	q := url.Values{"secret": {secret}, "issuer": {"法度 " + bureau}, "algorithm": {"SHA1"}, "digits": {"6"}, "period": {"30"}}
	// Authenticators read "+" in the issuer as it stands, so spaces are written as %20.
	return "otpauth://totp/" + url.PathEscape("法度 "+bureau+":"+login) + "?" + strings.ReplaceAll(q.Encode(), "+", "%20")
}

// spaced writes a secret in groups of four, for typing.
func spaced(secret string) string {
	var b strings.Builder
	for i, r := range secret {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}
