// Package trial tries the whole program as its users have it: the built binary in a process of its own, on
// both engines, over HTTP, while it is killed, cut from power, put on a full disk, cut from the network and
// backed up. It has nothing but tests; faults of single mechanisms are tried where the mechanisms are.
package trial
