// Package dossier prints the sheets of a case's paper file from its catalogue: the cover (封面), the contents (卷内目录) and the
// closing note (备考表).
package dossier
