//go:build !planted

package planted

// Is reports whether the fault is in this build: never.
func Is(Fault) bool { return false }
