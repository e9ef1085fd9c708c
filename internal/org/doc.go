// Package org keeps who works in the bureau and in whose name it acts: people with their postings,
// enforcement certificates (执法证), and the 执法主体 beside the tree of units.
//
// Everything has dates, and every question is asked for a day: in which unit somebody was, whether the
// certificate was valid on the day of the act and for its place, in whose name a unit acted. Nothing is
// deleted; what was entered wrongly is corrected by a later entry in the ledger.
//
// Auxiliary staff (辅助人员、协管) hold no certificate and handle no case: 行政处罚法第四十二条,
// 中发〔2015〕37号(十二).
package org
