package document

import "bytes"

// PageCount returns how many pages a PDF of this package has; 0 for bytes of another origin.
func PageCount(pdf []byte) int {
	objects, err := split(pdf)
	if err != nil {
		return 0
	}
	n := 0
	for _, o := range objects {
		if bytes.Contains(o, []byte("/Type /Page\n")) {
			n++
		}
	}
	return n
}
