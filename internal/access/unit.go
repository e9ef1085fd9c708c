package access

import (
	"fmt"
	"strconv"
	"strings"

	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/web"

	"golang.org/x/text/unicode/norm"
)

// MaxLevel is how deep the tree of units goes: 局, 大队 or 分局, 中队 or 科室, and two below.
const MaxLevel = 5

// UnitID identifies a unit; 0 is no unit.
type UnitID int64

// String prints the identifier in decimal.
func (id UnitID) String() string { return strconv.FormatInt(int64(id), 10) }

// MarshalText prints the identifier in decimal: a string in JSON.
func (id UnitID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (id *UnitID) UnmarshalText(b []byte) error {
	n, err := parseID(string(b))
	*id = UnitID(n)
	return err
}

func parseID(s string) (int64, error) {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 0 {
		return 0, fmt.Errorf("编号“%s”不对", s)
	}
	return n, nil
}

// Unit is a place in the bureau's tree. It never gets another parent: it ends, and a successor begins.
// Records keep the unit that acted.
type Unit struct {
	ID, Parent UnitID
	// Level is 1 for the bureau itself, up to MaxLevel.
	Level int
	// Name is what people call it; Code is unique in the database, also among ended units.
	Name, Code string
	// U are the ancestors by level with the unit itself last; deeper levels are 0.
	U [MaxLevel]UnitID
	// From and Until are its first and last day; no Until means that it goes on.
	From, Until law.Date
	Version     int64
}

// OpenOn reports whether the unit exists on the day.
func (u Unit) OpenOn(d law.Date) bool { return u.ID != 0 && d.Within(u.From, u.Until) }

// Levels returns the columns that a record of this unit carries.
func (u Unit) Levels() Levels {
	return Levels{UnitID: u.ID, U1: u.U[0], U2: u.U[1], U3: u.U[2], U4: u.U[3], U5: u.U[4]}
}

// Levels are the columns of a scoped record: its unit and the unit's ancestors by level. Embed it in the
// row and fill it with Unit.Levels.
type Levels struct {
	UnitID UnitID `bun:"unit_id" json:"unit_id"`
	U1     UnitID `bun:"u1" json:"-"`
	U2     UnitID `bun:"u2" json:"-"`
	U3     UnitID `bun:"u3" json:"-"`
	U4     UnitID `bun:"u4" json:"-"`
	U5     UnitID `bun:"u5" json:"-"`
}

func (l Levels) array() [MaxLevel]UnitID { return [MaxLevel]UnitID{l.U1, l.U2, l.U3, l.U4, l.U5} }

// Column is the column in which records of the unit itself, and of what is below it, have the unit.
func (l Levels) Column(alias string) string {
	level := 1
	for i, u := range l.array() {
		if u == l.UnitID {
			level = i + 1
		}
	}
	return fmt.Sprintf("%s.u%d", alias, level)
}

// UnitInput describes a new unit. Parent 0 makes a root. From is its first day.
type UnitInput struct {
	Parent UnitID   `json:"parent"`
	Name   string   `json:"name"`
	Code   string   `json:"code"`
	From   law.Date `json:"from"`
}

const (
	maxUnitName = 60
	maxUnitCode = 32
)

// clean normalises the input and collects what is wrong with it.
func (in *UnitInput) clean() error {
	var fs fault.Fields
	var err error
	if in.Name, err = cleanName(in.Name, "名称", maxUnitName); err != nil {
		fs.Add("name", "%v", err)
	}
	if in.Code, err = ParseUnitCode(in.Code); err != nil {
		fs.Add("code", "%v", err)
	}
	if in.From.IsZero() {
		fs.Add("from", "请填写设立日期")
	}
	return fs.Err()
}

// ParseUnitCode reads a unit's code: letters, digits, hyphen and dot, at most 32, kept in capitals;
// full-width characters are narrowed.
func ParseUnitCode(s string) (string, error) {
	s = strings.ToUpper(strings.TrimSpace(norm.NFKC.String(s)))
	if s == "" {
		return "", fmt.Errorf("请填写编码")
	}
	for _, r := range s {
		if !(r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r == '-' || r == '.') {
			return "", fmt.Errorf("编码只能用字母、数字、连字符和点，不能有“%c”", r)
		}
	}
	if len(s) > maxUnitCode {
		return "", fmt.Errorf("编码最多 %d 位，现在有 %d 位", maxUnitCode, len(s))
	}
	return s, nil
}

// cleanName trims a name of a person or unit, which the label says, and refuses what cannot be printed.
func cleanName(s, label string, limit int) (string, error) {
	clean, problem := web.CleanText(norm.NFC.String(s), false)
	switch {
	case problem != "":
		return "", fmt.Errorf("%s：%s", label, problem)
	case clean == "":
		return "", fmt.Errorf("请填写%s", label)
	}
	s = clean
	n := web.Length(s)
	if n > limit {
		return "", fmt.Errorf("%s最多 %d 个字，现在有 %d 个", label, limit, n)
	}
	return s, nil
}
