package law

import "strings"

var nameFolder = strings.NewReplacer("（", "(", "）", ")", "，", ",", " ", "", "\u3000", "")

// FoldName returns a key under which the name of a term, an action or a rule is found however its
// brackets, commas and spaces were typed.
func FoldName(name string) string { return nameFolder.Replace(name) }
