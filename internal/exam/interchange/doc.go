// Package interchange carries questions between the bank and other makers: as cells of a table (the form and the Excel
// template), GIFT, Aiken, QTI 2.1 and Moodle XML. Every item of a file has its fate: taken, taken with what was lost, or
// refused and why, with its line. It is pure.
package interchange
