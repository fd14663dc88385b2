// Package layout computes where each part of a screen is: pure functions of the terminal's size and the state of the
// parts. It draws nothing and keeps nothing.
package layout
