// Package calc is the recheck door: anyone may recompute what Fadu computed, with `fadu calc KIND` (JSON
// lines in, JSON lines out) or POST /api/v1/calc/KIND (a JSON array). The door only reads a question,
// calls the very function that pages, jobs and scenes call, and writes its answer; it reckons nothing
// itself.
//
// A question is one JSON object. Its id, if it has one, comes back with its exact spelling. A question
// that cannot be answered gives {"id": …, "error": "中文原因"}; the rest goes on. Names and top-level keys
// are closed: an unknown or repeated one is an error, for a misspelt key would otherwise change an answer
// in silence.
package calc
