// Package stats judges a test by its answers: difficulty and discrimination of every item, reliability and
// error of the whole. All variances divide by n−1. What is undefined is nil, never NaN: an item that all
// solve says nothing about discrimination, and one item makes no reliability. It is pure.
package stats
