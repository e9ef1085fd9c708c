// Package indicator makes figures that open their records: a figure and the list behind it come from
// one condition, so they cannot differ.
//
// A slice declares a Definition: which rows are counted, by which date, and what is told about it to the
// reader. This package adds period, scope and grouping, and reads from the same rows the figure
// (Value), the figures by unit, month or kind (Groups), and the records (Records). Rates carry
// numerator and denominator. Nothing can be sorted by value, in particular no unit or person by fines
// (处罚法第七十四条第三款): groups come in the order of their keys, records in that of their dates.
package indicator
