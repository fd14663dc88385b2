// Package tty is the terminal itself: its input, what it can show, its size, signals, suspending, and lending it to an
// editor.
//
// It draws nothing. Every way out of it restores the terminal's modes, and nothing waits for a terminal longer than
// ProbeTimeout.
package tty
