// Package exam keeps the question bank (题库): questions with versions that never change, written by one person and
// approved by another before anybody is asked them. The questions that come with the program are brought in at the start.
// Papers pin versions, so that an answer is always marked by what was asked.
package exam
