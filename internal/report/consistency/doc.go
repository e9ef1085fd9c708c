// Package consistency holds the figures of a report against each other and against what can be at all: parts and
// totals, a rate and the number it is of, a period and the day of signing. It knows no database; the reports, an
// imported old report and the recheck door ask it alike.
package consistency
