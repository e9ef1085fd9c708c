// Package cohort is 班次: some people who are trained together, the sessions, courses, exams and scenes that belong to it,
// and what came of it: how many passed of those who took it, and of all who were enrolled. What belongs to it stays where
// it is; the cohort asks its sources for what each person reached.
package cohort
