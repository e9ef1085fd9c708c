//go:build planted

package planted

import "os"

var chosen = Fault(os.Getenv("FADU_PLANTED"))

// Is reports whether FADU_PLANTED chose the fault.
func Is(f Fault) bool { return f == chosen }
