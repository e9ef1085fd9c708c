// Package report shows figures: what the slices define as indicators, for a period and a unit, each
// leading to exactly the records that it counted. It ranks nobody: figures stand in the order of their
// definitions, groups in the order of units and months, and nothing is sorted by value. The law forbids
// tying fines to appraisal (处罚法七十四条三款), so sums of money have no chart across units either.
package report
