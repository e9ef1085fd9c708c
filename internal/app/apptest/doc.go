// Package apptest lets a test work with the whole program as people do: it starts an app on a database of
// its own with a clock that the test sets, signs in, opens pages and sends the very forms that the pages
// offer. Only tests import it.
package apptest
