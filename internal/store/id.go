package store

import (
	"crypto/rand"
	"database/sql/driver"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/text/unicode/norm"

	"fadu/internal/law"
)

// Identifiers are milliseconds since 2020 (41 bits), a node (8 bits) and a counter (14 bits), so that
// the primary key orders by time and no two nodes meet.
const (
	counterBits = 14
	nodeBits    = 8
)

var idEpoch = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)

var ids struct {
	sync.Mutex
	node  int64
	last  int64
	count int64
}

// SetNode gives the process its node number among those that share a PostgreSQL database. Call it
// before the first NewID.
func SetNode(n uint8) { ids.node = int64(n) }

// NewID returns a new time-ordered identifier, always greater than the last one of this process even
// when the clock steps back.
func NewID() int64 {
	ids.Lock()
	defer ids.Unlock()
	ms := time.Since(idEpoch).Milliseconds()
	switch {
	case ms > ids.last:
		ids.last, ids.count = ms, 0
	case ids.count == 1<<counterBits-1:
		ids.last, ids.count = ids.last+1, 0
	default:
		ids.count++
	}
	return ids.last<<(counterBits+nodeBits) | ids.node<<counterBits | ids.count
}

// ParseID reads an identifier from a URL or JSON text.
func ParseID(s string) (int64, error) {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n <= 0 {
		return 0, fmt.Errorf("编号“%s”不对", s)
	}
	return n, nil
}

// IDAt reads the identifier at the end of an address, 0 if there is none: an act that is repeated answers with the address
// of the first.
func IDAt(address string) int64 {
	id, err := ParseID(address[strings.LastIndex(address, "/")+1:])
	if err != nil {
		return 0
	}
	return id
}

// crockford is the base-32 alphabet without I, L, O and U; the check character is one of it, so that a
// code needs no escaping in an address and no explaining on paper.
const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// codeBody is how many characters of a code are random: 80 bits.
const codeBody = 16

// NewCode returns a public code: 80 random bits as 16 Crockford characters and a check character.
func NewCode() string {
	var b [codeBody * 5 / 8]byte
	_, _ = rand.Read(b[:])
	s := make([]byte, 0, codeBody+1)
	acc, bits := 0, 0
	for _, x := range b {
		acc, bits = acc<<8|int(x), bits+8
		for bits >= 5 {
			bits -= 5
			s = append(s, crockford[acc>>bits&31])
			acc &= 1<<bits - 1
		}
	}
	return string(append(s, crockford[checkOf(string(s))]))
}

// checkOf weighs the characters with the powers of two in the field of 32 elements (x⁵ = x² + 1). All 17
// weights differ and none is zero, so that one wrong character and any two exchanged ones are always
// noticed.
func checkOf(body string) int {
	sum := 0
	for _, r := range body {
		sum = timesTwo(sum ^ strings.IndexRune(crockford, r))
	}
	return sum
}

func timesTwo(x int) int {
	if x <<= 1; x > 31 {
		x ^= 0b100101
	}
	return x
}

// typedCode brings a code that somebody typed into its plain form: full-width signs narrow, in capitals, without the dashes and
// spaces between its groups, O as 0, I and L as 1.
func typedCode(s string) string {
	s = strings.Join(strings.Fields(strings.ToUpper(norm.NFKC.String(s))), "")
	return strings.NewReplacer("O", "0", "I", "1", "L", "1", "-", "", "—", "", "–", "").Replace(s)
}

// ParseCode reads a public code as people type it (see typedCode). A wrong check character is an error.
func ParseCode(s string) (string, error) {
	s = typedCode(s)
	if n := len([]rune(s)); n != codeBody+1 {
		return "", fmt.Errorf("验证码应有 %d 位，现有 %d 位", codeBody+1, n)
	}
	for _, r := range s {
		if !strings.ContainsRune(crockford, r) {
			return "", fmt.Errorf("验证码里不会有“%c”", r)
		}
	}
	if crockford[checkOf(s[:codeBody])] != s[codeBody] {
		return "", fmt.Errorf("验证码有误，请对照纸面重新输入")
	}
	return s, nil
}

// oldSigns are those of the codes of release 0.1, which stand on paper: five more carried the check, a remainder of 37.
const oldSigns = crockford + "*~$=U"

// ParseOldCode reads a code of release 0.1 as people type it. Its check overlooks more than that of ParseCode, so whoever
// reads one looks it up before it is believed.
func ParseOldCode(s string) (string, bool) {
	s = typedCode(s)
	if len(s) != codeBody+1 {
		return "", false
	}
	sum := 0
	for i := range codeBody {
		n := strings.IndexByte(crockford, s[i])
		if n < 0 {
			return "", false
		}
		sum = (sum*32 + n) % len(oldSigns)
	}
	return s, oldSigns[sum] == s[codeBody]
}

// Micros returns an instant as it is stored: microseconds since 1970 UTC.
func Micros(t time.Time) int64 { return t.UnixMicro() }

// FromMicros reads what Micros stored; 0 is the zero time.
func FromMicros(n int64) time.Time {
	if n == 0 {
		return time.Time{}
	}
	return time.UnixMicro(n).In(law.Zone)
}

// Flag is a boolean stored as 0 or 1, alike on both engines.
type Flag bool

// Value stores f as 0 or 1.
func (f Flag) Value() (driver.Value, error) {
	if f {
		return int64(1), nil
	}
	return int64(0), nil
}

// Scan reads 0 or 1.
func (f *Flag) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*f = false
	case int64:
		*f = v != 0
	case bool:
		*f = Flag(v)
	default:
		return fmt.Errorf("store: cannot read a flag from %T", src)
	}
	return nil
}

// IDSpan returns how much identifiers grow over d, for looking back by identifier.
func IDSpan(d time.Duration) int64 { return d.Milliseconds() << (counterBits + nodeBits) }
