// Package fault has the closed list of ways in which an act can fail. Every error that a user may see
// is one of these; any other error is internal and its text stays in the log.
package fault

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Kind says what went wrong and decides the HTTP status and how the page shows it.
type Kind string

// The kinds. Refused is not here: a refusal is law.Refusal and carries its findings.
const (
	Invalid     Kind = "invalid"      // the input is wrong, per field: 422
	Forbidden   Kind = "forbidden"    // signed in, but not allowed: 403
	NotFound    Kind = "not_found"    // also for records outside the actor's scope: 404
	Conflict    Kind = "conflict"     // stale version, or what was done meanwhile: 409
	Reused      Kind = "reused"       // an idempotency key that came with something else before: 422
	TooMany     Kind = "too_many"     // rate or attempts: 429
	Busy        Kind = "busy"         // try again shortly: 503
	Outdated    Kind = "outdated"     // a newer program changed the schema under this one: 503
	Full        Kind = "full"         // storage full; reads go on: 507
	Damaged     Kind = "damaged"      // what is stored was changed or cannot be read: 500
	Unauthentic Kind = "unauthorized" // not signed in: 401
)

// Field is one wrong field of a form, row or JSON object: its name and what to do, in Chinese.
type Field struct {
	Name    string `json:"name"`
	Message string `json:"message"`
}

// Error is a failure that a user may see. Message is Chinese and says how to go on.
type Error struct {
	Kind    Kind
	Message string
	Fields  []Field
	// Location is where to look, e.g. the record that an idempotency key made.
	Location string
	// Stale: the write rested on an outdated version of a record. Form is the page that shows the form
	// again, when it is not the one that it was sent from.
	Stale bool
	Form  string
	// After is how long to wait before the next try, of TooMany; 0 is not said.
	After time.Duration
	Err   error
}

// Error returns the message, the wrong fields and the wrapped cause.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Message)
	for _, f := range e.Fields {
		fmt.Fprintf(&b, "；%s：%s", f.Name, f.Message)
	}
	if e.Err != nil {
		fmt.Fprintf(&b, " (%v)", e.Err)
	}
	return b.String()
}

// Unwrap returns the cause, if any.
func (e *Error) Unwrap() error { return e.Err }

// New returns a failure of the kind with a message made as fmt.Sprintf does.
func New(kind Kind, format string, args ...any) *Error {
	return &Error{Kind: kind, Message: fmt.Sprintf(format, args...)}
}

// Missing is the answer for what does not exist or lies outside the actor's scope.
func Missing(what string) *Error {
	return New(NotFound, "没有找到%s，可能已被移走，或者不在您的数据范围内", what)
}

// Stale is the answer to a write based on an outdated version of a record.
func Stale(what string) *Error {
	e := New(Conflict, "%s刚被别人改过，您看到的不是最新内容，这次没有保存", what)
	e.Stale = true
	return e
}

// Moved makes a conflict without a place to look at a stale write whose form is on the page; any other error
// stays what it is.
func Moved(err error, page string) error {
	var e *Error
	if !errors.As(err, &e) || e.Kind != Conflict || e.Location != "" {
		return err
	}
	moved := *e
	moved.Stale, moved.Form = true, page
	return &moved
}

// IsStale reports whether err is a write based on an outdated version.
func IsStale(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Stale
}

// Fields collects wrong fields; Err returns nil while there are none.
type Fields []Field

// Add notes that the field is wrong and how to mend it.
func (fs *Fields) Add(name, format string, args ...any) {
	*fs = append(*fs, Field{name, fmt.Sprintf(format, args...)})
}

// Merge takes over the fields of an Invalid error, so that all that is wrong is said at once; any other error is returned.
func (fs *Fields) Merge(err error) error {
	var e *Error
	if errors.As(err, &e) && e.Kind == Invalid && len(e.Fields) > 0 {
		*fs = append(*fs, e.Fields...)
		return nil
	}
	return err
}

// Err returns an Invalid error with the collected fields, or nil.
func (fs Fields) Err() error {
	if len(fs) == 0 {
		return nil
	}
	return &Error{Kind: Invalid, Message: fmt.Sprintf("有 %d 处要改", len(fs)), Fields: fs}
}

// InvalidField is an Invalid error about one field.
func InvalidField(name, format string, args ...any) error {
	var fs Fields
	fs.Add(name, format, args...)
	return fs.Err()
}

// KindOf returns the kind of the first Error in err's chain, or "" for any other error.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return ""
}

// Is reports whether err is a failure of the kind.
func Is(err error, kind Kind) bool { return err != nil && KindOf(err) == kind }
