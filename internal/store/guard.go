package store

import (
	"context"
	"errors"
	"regexp"
	"strings"

	"github.com/uptrace/bun"
)

// guard refuses statements by which a closure on PostgreSQL would end its own transaction: what it
// then wrote would be durable though the closure failed, and the final COMMIT would say nothing. Such a
// statement is never sent and the closure fails even if it ignores the error. It sees what goes by
// Tx.Ctx, also behind a semicolon; on SQLite the commit hook sees everything.
type guard struct{}

type guardKey struct{}

// guarded notes that a closure tried.
type guarded struct {
	err error
	// reading is set where no transaction keeps the closure from writing.
	reading bool
	// conflict is the first that a statement met: whatever the closure made of it, nothing of it can be kept.
	conflict error
}

var (
	errControl = errors.New("store: a closure cannot begin or end its transaction")
	errReading = errors.New("store: who only looks cannot write")
	// controlling matches a transaction statement, after white space and comments.
	controlling = regexp.MustCompile(`(?is)^(\s|--[^\n]*\n|/\*.*?\*/)*(begin|start|commit|end|rollback|abort|savepoint|release|prepare)\b`)
)

// BeforeQuery refuses a transaction statement of a closure.
func (guard) BeforeQuery(ctx context.Context, e *bun.QueryEvent) context.Context {
	g, ok := ctx.Value(guardKey{}).(*guarded)
	switch {
	case !ok:
		return ctx
	case controls(e.Query):
		g.err = errControl
	case g.reading && (firstWord(e.Query) != "SELECT" || !single(e.Query)): // WITH may write, and so may what stands behind a ;
		g.err = errReading
	default:
		return ctx
	}
	return refused{ctx}
}

// controls reports whether any statement of the query begins or ends a transaction. Without arguments
// the driver sends a query as it is, so that a COMMIT may stand behind an INSERT.
func controls(query string) bool {
	if single(query) {
		return strings.ContainsRune("bBsScCeErRaApP-/ \t\r\n", rune(query[0])) && controlling.MatchString(query)
	}
	for query != "" {
		if strings.ContainsRune("bBsScCeErRaApP-/ \t\r\n", rune(query[0])) && controlling.MatchString(query) {
			return true
		}
		_, query = cutStatement(query)
	}
	return false
}

// single reports whether the query is surely one statement, which is quick to see for nearly all: no
// semicolon stands outside of plain texts and names. What it cannot tell is left to cutStatement.
func single(query string) bool {
	for at := 0; at < len(query); at++ {
		switch c := query[at]; {
		case c == ';', c == '$', c == '\'' && at > 0 && query[at-1]|0x20 == 'e',
			(c == '-' || c == '/') && at+1 < len(query) && (query[at+1] == '-' || query[at+1] == '*'):
			return !strings.Contains(query[at:], ";")
		case c == '\'', c == '"':
			end := strings.IndexByte(query[at+1:], c)
			if end < 0 {
				return true
			}
			at += end + 1 // a doubled mark ends one quotation and begins the next
		}
	}
	return query != ""
}

// quoted matches, at the beginning, what may hold a semicolon that ends nothing: a text, a text with
// backslashes, a name, a text in dollars, a comment. One that is not closed ends with the query.
var quoted = []*regexp.Regexp{
	regexp.MustCompile(`^[eE]'(?s:[^'\\]|\\.|'')*'?`),
	regexp.MustCompile(`^'(?:[^']|'')*'?`),
	regexp.MustCompile(`^"[^"]*"?`),
	regexp.MustCompile(`^--[^\n]*`),
}

var (
	word   = regexp.MustCompile(`^[\pL_][\pL_\d$]*`)
	dollar = regexp.MustCompile(`^\$(?:[\pL_][\pL_\d]*)?\$`)
)

// cutStatement splits a query behind its first statement, as PostgreSQL does.
func cutStatement(query string) (first, rest string) {
	if !strings.Contains(query, ";") {
		return query, ""
	}
	for at := 0; at < len(query); {
		here := query[at:]
		switch c := here[0]; {
		case c == ';':
			return query[:at], here[1:]
		case c == '\'', c == '"', c == '-', c == 'e', c == 'E':
			at += max(1, longest(here))
			if n := len(word.FindString(here)); n > 1 && c|0x20 == 'e' && !strings.HasPrefix(here[1:], "'") {
				at += n - 1
			}
		case c == '/' && strings.HasPrefix(here, "/*"):
			at += comment(here)
		case c == '$':
			tag := dollar.FindString(here)
			at += max(1, len(tag))
			if tag != "" {
				if n := strings.Index(query[at:], tag); n >= 0 {
					at += n + len(tag)
				} else {
					at = len(query)
				}
			}
		default:
			at += max(1, len(word.FindString(here)))
		}
	}
	return query, ""
}

func longest(s string) int {
	n := 0
	for _, q := range quoted {
		n = max(n, len(q.FindString(s)))
	}
	return n
}

// comment returns the length of the comment, which may hold others, that s begins with.
func comment(s string) int {
	depth := 0
	for i := 0; i < len(s); i++ {
		switch {
		case strings.HasPrefix(s[i:], "/*"):
			depth++
			i++
		case strings.HasPrefix(s[i:], "*/"):
			i++
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(s)
}

// AfterQuery notes a conflict.
func (guard) AfterQuery(ctx context.Context, e *bun.QueryEvent) {
	if e.Err == nil || !conflict(e.Err) {
		return
	}
	if g, ok := ctx.Value(guardKey{}).(*guarded); ok && g.conflict == nil {
		g.conflict = e.Err
	}
}

// refused is a context in which no statement starts.
type refused struct{ context.Context }

var closed = func() chan struct{} { c := make(chan struct{}); close(c); return c }()

// Done is closed.
func (refused) Done() <-chan struct{} { return closed }

// Err says why.
func (refused) Err() error { return errControl }
