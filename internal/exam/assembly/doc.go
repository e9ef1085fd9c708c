// Package assembly puts exam papers together: which questions a table of specifications asks for, which of them are
// taken, in what order a candidate sees them, and the digest by which a frozen paper is known. It is pure.
//
// The same pool, the same table and the same seed give the same paper, so that a paper can be drawn again and compared.
package assembly
