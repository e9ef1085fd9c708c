// Package search finds records by words in their text, alike on both engines.
//
// Text is normalised (full-width and compatibility forms, upper case) and cut into runs of letters and
// digits. A record is found if each run of the query occurs in one of its runs, as strings.Contains
// would say: part of a name, of a plate or of a document number will do, in Chinese as in Latin.
// The order of words, and what stands between them, does not matter.
//
// The index holds every pair of neighbouring characters, and each run's last character alone, so that
// one character is found as the beginning of a pair. Two characters are exact by the index; for longer
// runs the index gives candidates that are compared with the text.
package search
