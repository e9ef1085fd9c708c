// Package course is what people learn from: courses whose versions never change and that a second person approves, the
// time that the server itself measured on each chapter, and the account of learning points. What is played and practised
// is training's; what is asked is exam's.
package course
