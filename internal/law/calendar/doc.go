// Package calendar reckons legal time: which days are workdays, and when a statutory term ends.
//
// A day is a workday when the State Council's notice makes it one (调休上班), a rest day when the notice
// makes it one, else as its weekday says (law.md 期间计算总则). A year whose notice is not loaded has no
// answer: *YearNotLoaded names it, so that a live clock can say 待载入2027年放假安排 and show the earliest
// possible day (Earliest). Note that a notice may also change the last days of the year before it, as
// that of 2019 did; loading it moves terms that were reckoned earlier.
//
// Terms are data (law/data/terms.yaml): the rule decides the unit, never the number, for the same 十日 is
// workdays in one act and days in another. The package is pure: no clock, no files.
package calendar
