// Package grade marks answers: choices with six policies of part marks, judgements in many spellings, blanks
// after normalising, orders, pairs, and two markers with a third where they differ. It is pure.
//
// Marks of an item are rounded half up to 0.01. No policy of part marks goes below nothing; only a penalty for
// a wrong single choice or judgement does, and the paper as a whole is never below nothing.
package grade
