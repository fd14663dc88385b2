// Package tty handles the terminal itself: its input, what it can show, its size, signals, suspending, and lending it to an editor.
//
// It draws nothing. The terminal's modes are restored however the program leaves it.
//
// A parser makes events of the terminal's bytes, however they are split. An incomplete sequence is completed or dropped, but never typed,
// and keys work again soon after it. Reader uses a parser for the full screen, Probe for programs that print and end.
//
// A request for the primary attributes (DA1) follows all questions to the terminal. Terminals answer in order, so no answer comes after
// that one. Code that hands the terminal to another program waits for it, for a second at most if the terminal is silent. Inside tmux,
// answers of the outer terminal to kitty's queries may come later.
package tty
