package access

import (
	"fmt"
	"slices"
	"strings"

	"fadu/internal/fault"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// Scope is the part of the bureau whose records somebody may see or work on. It is had only from a
// Session; the zero Scope covers nothing.
type Scope struct {
	// all is for commands at the console only.
	all bool
	// terms are the unit itself first, then the units that it succeeded and does not already contain.
	terms []term
}

// term is one unit at its level: a record belongs when its column of that level holds the unit.
type term struct {
	level int
	unit  UnitID
}

func termOf(u Unit) term { return term{u.Level, u.ID} }

func (t term) covers(u [MaxLevel]UnitID) bool {
	return t.level >= 1 && t.level <= MaxLevel && t.unit != 0 && u[t.level-1] == t.unit
}

// Where narrows q to the records of the scope: alias.uN = unit (alias "" for bare columns). A unit with
// predecessors also covers theirs.
func (c Scope) Where(q *bun.SelectQuery, alias string) *bun.SelectQuery {
	if c.all {
		return q
	}
	if len(c.terms) == 0 {
		return q.Where("1 = 0")
	}
	if alias != "" {
		alias += "."
	}
	parts, args := make([]string, len(c.terms)), make([]any, 0, 2*len(c.terms))
	for i, t := range c.terms {
		parts[i] = "? = ?"
		args = append(args, bun.Ident(fmt.Sprintf("%su%d", alias, t.level)), t.unit)
	}
	return q.Where("("+strings.Join(parts, " OR ")+")", args...)
}

// Beside narrows q as Where does, but leaves it to another condition to choose the index: SQLite, which has
// no statistics here, would else begin at the unit, even where that is the whole bureau. PostgreSQL
// decides by its statistics.
func (c Scope) Beside(tx *store.Tx, q *bun.SelectQuery, alias string) *bun.SelectQuery {
	if tx.Engine() == store.PostgreSQL || c.all || len(c.terms) == 0 {
		return c.Where(q, alias)
	}
	parts, args := make([]string, len(c.terms)), make([]any, 0, 2*len(c.terms))
	for i, t := range c.terms {
		parts[i] = "+? = ?"
		args = append(args, bun.Ident(fmt.Sprintf("%s.u%d", alias, t.level)), t.unit)
	}
	return q.Where("("+strings.Join(parts, " OR ")+")", args...)
}

// Whole reports whether the scope covers every unit, so that there is nothing to leave out.
func (c Scope) Whole(units []Unit) bool {
	return c.all || !slices.ContainsFunc(units, func(u Unit) bool { return !c.Covers(u) })
}

// String tells scopes apart.
func (c Scope) String() string { return fmt.Sprint(c.all, c.terms) }

// Several reports whether the scope is more than one unit with what is below it, so that no index on a
// level leads to its records in their order.
func (c Scope) Several() bool { return c.all || len(c.terms) > 1 }

// Covers reports whether records of the unit are in the scope.
func (c Scope) Covers(u Unit) bool { return u.ID != 0 && c.CoversLevels(u.Levels()) }

// CoversLevels reports whether a record with these columns is in the scope.
func (c Scope) CoversLevels(l Levels) bool {
	if c.all {
		return true
	}
	for _, t := range c.terms {
		if t.covers(l.array()) {
			return true
		}
	}
	return false
}

// Check answers for one record that was loaded by its identifier: a foreign record is NotFound, worded
// as if it did not exist.
func (c Scope) Check(l Levels, what string) error {
	if !c.CoversLevels(l) {
		return fault.Missing(what)
	}
	return nil
}

// Unit returns the scope's own unit; 0 when it is everything or nothing.
func (c Scope) Unit() UnitID {
	if c.all || len(c.terms) == 0 {
		return 0
	}
	return c.terms[0].unit
}

// Empty reports whether the scope covers nothing.
func (c Scope) Empty() bool { return !c.all && len(c.terms) == 0 }

// wider returns the scope that covers more; of two that only differ in kind, the one nearer the root.
func (c Scope) wider(d Scope) Scope {
	switch {
	case c.all || d.Empty():
		return c
	case d.all || c.Empty() || d.terms[0].level < c.terms[0].level:
		return d
	}
	return c
}
