// Package inquiry is the desk of the investigation (行政处罚法第四十六条、第五十五条至第五十七条；55号令第十六条至第二十条): interviews,
// on-site examination, documents, samples, tests, the numbered evidence with what it proves, orders to correct,
// recusal, and the report that closes the investigation.
package inquiry
