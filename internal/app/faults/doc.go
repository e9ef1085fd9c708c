// Package faults tries the whole program, in one process, on what may fail below or beside it: the N-th step
// of the database or the disk, flipped bits, a wrong clock, many equal requests at once, pages that are out
// of date. It has tests only.
package faults
