// Package tty is the terminal itself: its input, what it can show, its size, signals and suspending.
package tty
