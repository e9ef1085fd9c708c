// Package past keeps printed reports of earlier years: their figures as a person confirmed them, each with its sentence, and
// what cannot be true or needs an explanation. A report comes in as a draft batch; published, it is as it was confirmed.
package past
