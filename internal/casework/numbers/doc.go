// Package numbers is the register of case numbers (案件号登记簿): every number of the approvals of filing of a year in its
// order, what became of it, and why one that no case bears was not used. A number is applied for with the filing and
// issued once; the register reads papers, blocks and voids and keeps only the explanations that no act gave.
package numbers
