// Package powers holds what a bureau may do and how hard: the list of powers (权责事项), the discretion
// benchmarks (裁量基准), the lists of conduct that is not punished (不予处罚清单) and the laws they cite.
//
// An imported row is only a library row (事项库). A power works once the bureau adopted it by a document,
// a benchmark once it was issued and published, an unverified row once a person confirmed it with a
// source. What applies to an act is chosen by the day of the act.
//
// item, benchmark, exemption, lawtext, article, formula, range, tier, milder, assess and calc are pure;
// service and store are the only joint to the database.
package powers
