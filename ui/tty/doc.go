// Package tty handles the terminal itself: its input, what it can show, its size, signals, suspending, and lending it to an editor.
//
// It draws nothing. The terminal's modes are restored however the program leaves it.
//
// Input makes events of the terminal's bytes, however they are split: what has begun is put together or dropped, it is never typed, and
// never for long is a key not a key. Reader feeds it for the full screen, Probe for programs that print and end.
//
// Each question to the terminal is followed by one for its primary attributes (DA1), which every terminal answers, and answers in order:
// after that answer no other is to come. Who hands the terminal on waits for it: where the terminal
// says nothing, for a second, or for two or three (over SSH) in a program that prints.
// Within tmux the answers of the terminal outside to kitty's queries may come later.
package tty
