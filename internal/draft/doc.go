// Package draft takes in lists that a bureau keeps in Excel or CSV. A file becomes a draft batch: good
// rows wait, bad rows are listed with column and reason and mended on the page, and the whole batch is
// published at once or not at all.
//
// A slice describes each list that it takes as a Kind. Reading a file touches no database; rows are
// staged in small updates under the batch's number, and one short update makes them visible: readers
// see a row only when its batch is published. How a slice hides staged rows is said at Kind.
package draft
