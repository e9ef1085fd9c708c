// Package timing reckons the terms of a matter from what happened in it. A term is never a date that somebody
// set: a Rule says which acts start it, end it and extend it and between which acts it stands still, and Run
// makes of the matter's events every clock with its end, what was left out of the count and on which paper.
// The same events under another calendar give the ends that moved. It is pure.
package timing
