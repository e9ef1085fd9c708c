// Package sitting holds exams: who sits which paper when, what they answered, what came of it.
//
// The server's clock alone counts. The paper is frozen before anybody sees it; each candidate's order of questions and of
// options is worked out from the key of the sitting, and answers are kept by the letters of the bank. A paper that leaves
// the server never has its answers with it. Answers are saved many at a time (saver.go); what was submitted is known by
// the digest in its receipt, which is in the ledger.
package sitting
