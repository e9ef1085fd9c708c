// Package deadline keeps the running terms of matters: rows made from the clocks that law/timing reckons, for
// lists, to-dos and leaders; the jobs that warn, enter a missed term and report it upwards; the orders of
// supervision (督办单).
//
// A row is never the truth of a term: the events of its matter are. Whoever changes a matter calls Put (or Reckon) at
// the end of the command, in its transaction, and the rows follow; an ended term has no row. What a term missed
// for the bureau leaves is Miss, which is proven by the ledger.
package deadline
