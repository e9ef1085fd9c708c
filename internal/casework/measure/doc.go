// Package measure is the desk of registered keeping (行政处罚法第五十六条) and of sealing and seizure (行政强制法第二章), with
// the store-room where the things are: every thing has a label, a place and a record of who moved it with whom.
package measure
