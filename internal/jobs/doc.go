// Package jobs runs work that follows from a change but is too slow for its transaction: rendering a
// paper, scanning deadlines, sending a message.
//
// Add puts a job into the caller's transaction, so that it exists exactly if the change does. A handler
// works outside any transaction and returns what to write; that is committed together with the job's
// completion, once, also when the process dies and another takes over. A job that fails is tried again
// later, and after some tries becomes a dead letter for a person to look at. So a handler may run more
// than once, but its writes happen once; what it does to the world outside must bear repetition.
package jobs
