// Package tty handles the terminal itself: its input, what it can show, its size, signals, suspending, and lending it to an editor.
//
// It draws nothing. The terminal's modes are restored however the program leaves it, and nothing waits for a terminal's answer
// longer than ProbeTimeout.
package tty
