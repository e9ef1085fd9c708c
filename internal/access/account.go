package access

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"fadu/internal/fault"

	"golang.org/x/text/unicode/norm"
)

// AccountID identifies an account; 0 is the program itself.
type AccountID int64

// String prints the identifier in decimal.
func (id AccountID) String() string { return strconv.FormatInt(int64(id), 10) }

// MarshalText prints the identifier in decimal: a string in JSON.
func (id AccountID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (id *AccountID) UnmarshalText(b []byte) error {
	n, err := parseID(string(b))
	*id = AccountID(n)
	return err
}

// Account is somebody's way in. Accounts are disabled, never deleted: the ledger names them.
type Account struct {
	ID AccountID
	// Login is what is typed at sign-in, Name the holder's name.
	Login, Name string
	// Person is org's identifier of the holder; 0 for an account that is no officer's.
	Person int64
	Levels
	Disabled bool
	// MustChange asks for a new password at the next sign-in.
	MustChange bool
	// HasPassword is false for an account that cannot sign in yet.
	HasPassword bool
	// SecondFactor says that a one-time code is asked for at sign-in.
	SecondFactor bool
	// Roles in the order of the role data.
	Roles []Role
	// PasswordAt, CreatedAt and SignedInAt are the zero time when it never happened.
	PasswordAt, CreatedAt, SignedInAt time.Time
	Version                           int64

	epoch    int64
	password string
}

// AccountInput describes a new account.
type AccountInput struct {
	Login  string `json:"login"`
	Name   string `json:"name"`
	Person int64  `json:"person"`
	Unit   UnitID `json:"unit"`
	Roles  []Role `json:"roles"`
	// Password may stay empty: nobody can sign in until one is set. It is never logged or hashed into
	// an idempotency key.
	Password string `json:"-"`
	// Settled says that the holder chose the password; only the console may say so.
	Settled bool `json:"settled"`
}

// AccountEdit is what may be changed about an account besides roles, password and state.
type AccountEdit struct {
	Name   string `json:"name"`
	Unit   UnitID `json:"unit"`
	Person int64  `json:"person"`
}

const (
	minLogin      = 2
	maxLogin      = 32
	maxPersonName = 40
)

// ParseLogin reads a login as people type it: full-width characters narrowed, capitals lowered; letters,
// digits, dot, hyphen and underscore, 2 to 32, beginning with a letter or digit.
func ParseLogin(s string) (string, error) {
	s = strings.ToLower(strings.TrimSpace(norm.NFKC.String(s)))
	if s == "" {
		return "", fmt.Errorf("请填写账号")
	}
	for i, r := range s {
		letter := r >= 'a' && r <= 'z' || r >= '0' && r <= '9'
		if !letter && (i == 0 || !strings.ContainsRune("._-", r)) {
			return "", fmt.Errorf("账号用小写字母、数字、点、横线和下划线，以字母或数字开头，不能有“%c”", r)
		}
	}
	if len(s) < minLogin || len(s) > maxLogin {
		return "", fmt.Errorf("账号应有 %d 到 %d 位，现在有 %d 位", minLogin, maxLogin, len(s))
	}
	return s, nil
}

// clean normalises the input and collects what is wrong with it; the unit is checked by the service.
func (in *AccountInput) clean(p PasswordPolicy, roles *RoleCatalogue) error {
	var fs fault.Fields
	var err error
	if in.Login, err = ParseLogin(in.Login); err != nil {
		fs.Add("login", "%v", err)
	}
	if in.Name, err = cleanName(in.Name, "姓名", maxPersonName); err != nil {
		fs.Add("name", "%v", err)
	}
	if in.Unit == 0 {
		fs.Add("unit", "请选择所在机构")
	}
	if in.Person < 0 {
		fs.Add("person", "人员编号不对，请重新选择")
	}
	if in.Password != "" {
		if err := p.CheckPassword(in.Password, in.Login, in.Name); err != nil {
			fs.Add("password", "%v", err)
		}
	}
	in.Roles = roles.sorted(in.Roles)
	for _, c := range roles.Clashes(in.Roles) {
		fs.Add("roles", "%s", c)
	}
	return fs.Err()
}

// sorted returns the roles once each in the order of the data; unknown ones last.
func (c *RoleCatalogue) sorted(roles []Role) []Role {
	var out []Role
	seen := map[Role]bool{}
	for _, i := range c.Roles {
		for _, r := range roles {
			if r == i.Code && !seen[r] {
				seen[r] = true
				out = append(out, r)
			}
		}
	}
	for _, r := range roles {
		if !seen[r] {
			seen[r] = true
			out = append(out, r)
		}
	}
	return out
}

// normalLogin is ParseLogin for looking up: what is no login finds nothing.
func normalLogin(s string) string {
	login, err := ParseLogin(s)
	if err != nil {
		return ""
	}
	return login
}
