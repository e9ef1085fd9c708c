//go:build !trial

package main

import "time"

// clock is the machine's.
var clock = time.Now
