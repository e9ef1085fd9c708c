package access

import (
	"encoding/base64"
	"slices"
	"strconv"
	"strings"
	"time"

	"fadu/internal/fault"
	"fadu/internal/law"
)

// TokenID identifies a token.
type TokenID int64

// String prints the identifier in decimal.
func (id TokenID) String() string { return strconv.FormatInt(int64(id), 10) }

func (id TokenID) subject() string { return "token/" + id.String() }

// Token is a program's key to the API in the name of an account: never more than its owner may do, on the
// records of one unit, for a year at most.
type Token struct {
	ID    TokenID
	Owner AccountID
	// OwnerName and Login are the owner's as they are now; UnitName is the unit's to which it reaches.
	OwnerName, Login, UnitName string
	Name                       string
	Permissions                []Permission
	Levels
	Created, Expires time.Time
	// Used and UsedFrom tell of the last use, to the minute; Revoked and Why of the revocation.
	Used, Revoked time.Time
	UsedFrom, Why string
	Version       int64
}

// TokenState says whether a token opens anything.
type TokenState string

// The states.
const (
	TokenLive    TokenState = "live"
	TokenExpired TokenState = "expired"
	TokenRevoked TokenState = "revoked"
)

// State returns the token's state at an instant.
func (t Token) State(now time.Time) TokenState {
	switch {
	case !t.Revoked.IsZero():
		return TokenRevoked
	case !now.Before(t.Expires):
		return TokenExpired
	}
	return TokenLive
}

// TokenInput asks for a token. Until is its last day.
type TokenInput struct {
	Name        string       `json:"name"`
	Permissions []Permission `json:"permissions"`
	Unit        UnitID       `json:"unit"`
	Until       law.Date     `json:"until"`
}

const (
	// tokenPrefix makes a token that was left lying about easy to find and to tell from other secrets.
	tokenPrefix = "fadu_"
	// viaToken precedes the token's name in the ledger.
	viaToken = "api:"
	// tokenMonths bounds a token's life; maxTokenName its name; tokensEach the live ones of an account.
	tokenMonths  = 12
	maxTokenName = 40
	tokensEach   = 20
	// tokenRate and wrongRate are calls a minute: of a token, and of a place with tokens that are none.
	tokenRate = 600
	wrongRate = 20
)

func newAPIToken() string { return tokenPrefix + newToken() }

// apiTokenShaped reports whether the text can be a token at all.
func apiTokenShaped(s string) bool {
	rest, ok := strings.CutPrefix(s, tokenPrefix)
	b, err := base64.RawURLEncoding.DecodeString(rest)
	return ok && err == nil && len(b) == tokenBytes
}

// bearer reads the token of an Authorization header; ok is false without one.
func bearer(header string) (token string, ok bool) {
	kind, token, found := strings.Cut(strings.TrimSpace(header), " ")
	if !found || !strings.EqualFold(kind, "Bearer") {
		return "", false
	}
	return strings.TrimSpace(token), true
}

// clean normalises the input and says what is wrong with it; unit and permissions are the service's to check.
func (in *TokenInput) clean(today law.Date) error {
	var fs fault.Fields
	var err error
	if in.Name, err = cleanName(in.Name, "名称", maxTokenName); err != nil {
		fs.Add("name", "%v", err)
	}
	if len(in.Permissions) == 0 {
		fs.Add("permissions", "请选择这个令牌能做什么，至少一项")
	}
	if in.Unit == 0 {
		fs.Add("unit", "请选择机构")
	}
	last := today.AddMonths(tokenMonths)
	switch {
	case in.Until.IsZero():
		fs.Add("until", "请填写有效期，最长一年")
	case in.Until.Before(today):
		fs.Add("until", "有效期不能早于今天")
	case in.Until.After(last):
		fs.Add("until", "有效期最长一年，最晚到 %s", last.Han())
	}
	slices.Sort(in.Permissions)
	in.Permissions = slices.Compact(in.Permissions)
	return fs.Err()
}

// expiry is the end of the token's last day.
func (in TokenInput) expiry() time.Time { return in.Until.AddDays(1).Start() }

// narrowed is the owner's session with no more than the token's permissions, on no more than its unit. ok
// is false when the owner lacks one of them there: the token is then no longer what was granted.
func (s Session) narrowed(t Token) (out Session, ok bool) {
	out = s
	out.scopes = map[Permission]Scope{}
	for _, p := range t.Permissions {
		scope := s.scopes[p]
		if !scope.CoversLevels(t.Levels) {
			return Session{}, false
		}
		if scope.Unit() != t.UnitID { // of a unit below, without what it took over from elsewhere
			scope = Scope{terms: []term{t.term()}}
		}
		out.scopes[p] = scope
	}
	out.token, out.via = t.ID, viaToken+t.Name
	return out, len(out.scopes) > 0
}

// term is the token's unit at its level.
func (t Token) term() term {
	level := 0
	for i, u := range t.Levels.array() {
		if u == t.UnitID {
			level = i + 1
		}
	}
	return term{level, t.UnitID}
}

func permissionsText(ps []Permission) string {
	out := make([]string, len(ps))
	for i, p := range ps {
		out[i] = string(p)
	}
	return strings.Join(out, " ")
}

func permissionsOf(text string) []Permission {
	var out []Permission
	for _, p := range strings.Fields(text) {
		out = append(out, Permission(p))
	}
	return out
}

// rightsLine names permissions in Chinese.
func rightsLine(ps []Permission) string {
	var out []string
	for _, l := range Permissions() {
		if slices.Contains(ps, l.Permission) {
			out = append(out, l.Label)
		}
	}
	return strings.Join(out, "、")
}

var errToken = fault.New(fault.Unauthentic, "令牌不对、已经过期或者已经撤销。请在“我的账号”里另建一个")

var errTokenRate = fault.New(fault.TooMany, "调用太密，每分钟至多 %d 次。请过一分钟再试", tokenRate)
