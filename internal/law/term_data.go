package law

import (
	"bytes"
	_ "embed"
)

//go:embed data/terms.yaml
var termsYAML []byte

// TermData returns the embedded list of statutory terms, which package calendar parses and checks.
func TermData() []byte { return bytes.Clone(termsYAML) }
