package store

import (
	"database/sql/driver"
	"strconv"
	"strings"

	"github.com/uptrace/bun/dialect/pgdialect"
	"github.com/uptrace/bun/dialect/sqlitedialect"
)

// bun writes arguments into the text of a statement. A text that is new every time has to be parsed and
// planned every time, which costs more than the work itself, so the texts are taken apart again before
// they reach the driver: arguments become parameters and the rest is the same at each call
// (see ADR 0021). What the program itself wrote into its SQL stays there: conditions of partial indexes,
// formats and the like must be seen by the planner.

// argumentMark stands before each text argument, so that it is told from a text of the program's own SQL.
const argumentMark = '\x01'

// sqliteMarked and pgMarked are bun's dialects that mark text arguments.
type sqliteMarked struct{ *sqlitedialect.Dialect }

// AppendString appends a marked text.
func (d sqliteMarked) AppendString(b []byte, s string) []byte {
	return d.Dialect.AppendString(append(b, argumentMark), s)
}

type pgMarked struct{ *pgdialect.Dialect }

// AppendString appends a marked text.
func (d pgMarked) AppendString(b []byte, s string) []byte {
	return d.Dialect.AppendString(append(b, argumentMark), s)
}

const (
	// longNumber is how many digits a number has that is surely an argument: an identifier or an instant.
	longNumber = 12
	// maxParameters bounds the parameters of a statement; one with more keeps its arguments.
	maxParameters = 2000
)

// separate returns the query with its arguments as parameters ($1 … typed as literals are on PostgreSQL,
// ? on SQLite), or without marks and parameters when it should be sent as it is. reuse says that the text
// will come again.
func separate(query string, dollar bool) (text string, args []driver.NamedValue, reuse bool) {
	s := separator{in: query, dollar: dollar, take: true}
	switch word := firstWord(query); {
	case word == "SELECT", word == "WITH", word == "DELETE":
	case word == "UPDATE", word == "INSERT" && !strings.Contains(query, "SELECT"):
		s.small = true // here a number can only be a value
	case word == "INSERT":
	case word == "BEGIN", word == "COMMIT", word == "SAVEPOINT", word == "RELEASE", word == "ROLLBACK":
		return query, nil, true
	default:
		s.take = false
	}
	s.run()
	if s.take && s.odd {
		s = separator{in: query, dollar: dollar}
		s.run()
	}
	return string(s.out), s.args, s.take
}

func firstWord(query string) string {
	word := strings.TrimLeft(query[:min(len(query), 64)], " \t\r\n(")
	end := 0
	for end < len(word) && (word[end]|0x20 >= 'a' && word[end]|0x20 <= 'z') {
		end++
	}
	return strings.ToUpper(word[:end])
}

// separator reads a query from left to right.
type separator struct {
	in     string
	out    []byte
	args   []driver.NamedValue
	dollar bool
	// take makes parameters of marked texts and long numbers, small of every number.
	take, small bool
	// odd is set by what should not be taken apart.
	odd bool
}

func (s *separator) run() {
	s.out = make([]byte, 0, len(s.in)+len(s.in)/8)
	for at := 0; at < len(s.in); {
		at = s.step(at)
	}
	s.odd = s.odd || len(s.args) > maxParameters
}

// step copies or takes what stands at the place and returns the place behind it.
func (s *separator) step(at int) int {
	switch c := s.in[at]; {
	case c == argumentMark:
		if end := closing(s.in, at+1); s.take && end > 0 {
			s.add(strings.ReplaceAll(s.in[at+2:end-1], "''", "'"), "")
			return end
		}
		return at + 1
	case c == '\'' || c == '"':
		return s.copy(at, closing(s.in, at))
	case c == '-' && strings.HasPrefix(s.in[at:], "--"):
		return s.copyTo(at, "\n")
	case c == '/' && strings.HasPrefix(s.in[at:], "/*"):
		return s.copyTo(at, "*/")
	case c == '?', c == ';', c == '$':
		s.odd = true // a parameter of somebody else's, a second statement
	case c >= '0' && c <= '9':
		return s.number(at)
	case wordByte(c):
		end := at + 1
		for end < len(s.in) && (wordByte(s.in[end]) || s.in[end] >= '0' && s.in[end] <= '9') {
			end++
		}
		return s.copy(at, end)
	}
	return s.copy(at, at+1)
}

func (s *separator) copy(from, to int) int {
	if to <= from {
		s.odd, to = true, len(s.in) // a quotation without an end
	}
	s.out = append(s.out, s.in[from:to]...)
	return to
}

// copyTo copies a comment with its end.
func (s *separator) copyTo(at int, end string) int {
	n := strings.Index(s.in[at:], end)
	if n < 0 {
		return s.copy(at, len(s.in))
	}
	return s.copy(at, at+n+len(end))
}

// number takes a number that is an argument. A type of PostgreSQL says what the literal would have been.
func (s *separator) number(at int) int {
	end, float := at+1, false
	for end < len(s.in) && (s.in[end] >= '0' && s.in[end] <= '9' || s.in[end] == '.' || wordByte(s.in[end])) {
		float = float || s.in[end] < '0' || s.in[end] > '9'
		end++
	}
	text := s.in[at:end]
	if !s.take || !s.small && len(text) < longNumber {
		return s.copy(at, end)
	}
	if float {
		f, err := strconv.ParseFloat(text, 64)
		if err != nil || !s.small || s.dollar {
			return s.copy(at, end)
		}
		s.add(f, "")
		return end
	}
	n, err := strconv.ParseInt(text, 10, 64)
	switch {
	case err != nil:
		return s.copy(at, end)
	case n == int64(int32(n)):
		s.add(n, "::int4")
	default:
		s.add(n, "::int8")
	}
	return end
}

func (s *separator) add(v any, cast string) {
	s.args = append(s.args, driver.NamedValue{Ordinal: len(s.args) + 1, Value: v})
	if !s.dollar {
		s.out = append(s.out, '?')
		return
	}
	s.out = strconv.AppendInt(append(s.out, '$'), int64(len(s.args)), 10)
	s.out = append(s.out, cast...)
}

// closing returns the place behind the quotation that begins at the place; 0 when there is none.
func closing(in string, at int) int {
	if at >= len(in) || in[at] != '\'' && in[at] != '"' {
		return 0
	}
	for i := at + 1; i < len(in); i++ {
		if in[i] != in[at] {
			continue
		}
		if i+1 == len(in) || in[i+1] != in[at] {
			return i + 1
		}
		i++
	}
	return 0
}

func wordByte(c byte) bool { return c == '_' || c|0x20 >= 'a' && c|0x20 <= 'z' || c >= 0x80 }
