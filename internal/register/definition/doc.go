// Package definition says what a register (台账) is: its fields, what they must hold, the states that a record goes through,
// what proof it needs, and the figures that are counted from it. A definition is data; Parse reads one strictly, Lint says
// what forbids using it, each fault with its line. The package is pure: records are somebody else's.
package definition
