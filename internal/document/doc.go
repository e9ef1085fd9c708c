// Package document sets the papers of a case on A4 and prints them as PDF: the letter form of official
// documents (22 lines of 28 characters after GB/T 9704) and the bordered form of pre-printed
// enforcement papers. The same Paper becomes an editable Word copy (Press.Docx) and a receipt of 58 or
// 80 mm (Press.Slip). What a paper says is the caller's; here is how it looks.
//
// Three promises hold for every page. A character that no loaded font has is reported before printing
// and never dropped: it is refused, or, where the caller allows, left as a blank box to fill by hand.
// The same paper and creation date give the same bytes, so that a job can finish a paper after a crash
// and arrive at the digest in the ledger. The printed text can be copied and searched.
package document
