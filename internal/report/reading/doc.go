// Package reading finds the figures of a printed report in its text, with the sentence in which each stands, what it
// counts, its measure word and its period, and which of them belong together. What it finds is a proposal that a
// person confirms; package consistency then holds the figures against each other.
package reading
