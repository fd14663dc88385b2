// Package layout says where each part of a screen is: pure functions of the terminal's size and the state of the parts.
package layout
