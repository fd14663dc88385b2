// Package ui is the full-screen program: one Bubble Tea model over components that it calls by their methods.
//
// Its house rules:
//
//  1. No I/O in Update or View; no change of the model in a command; View changes nothing.
//  2. Commands are free functions named by a verb (open, perform, render, record); they capture values only. Messages are
//     unexported facts in the past tense, all in messages.go.
//  3. ask makes a command of a function that returns one of our messages; anything else does not compile.
//  4. A message is routed (update.go) in this order: what the terminal tells → our messages, by key → leaving, suspending and
//     drawing anew → the open question, menu or dialog → the keys of the part that has them → those with a meaning everywhere →
//     the part itself. No letter is global.
//  5. Layout is one pure function of size and state (layout.go) that returns named rectangles.
//  6. Keys are declared once (keys.go) but for those of text under edit; hints, menus and help are made from them. Styles are built once (styles.go) from a
//     theme's tokens; a component asks for a role, never for a colour.
//  7. Text from outside is text.Safe before it is drawn: no escape, control or bidirectional character from a server, a
//     file or a prompt reaches the terminal.
//  8. What the new state needs (rows to read, a picture to render, a tick, the form to save) is found out in one place
//     after each message (needs.go), so that no path can forget it.
//
// The screen, its keys, words and motion are interaction.md's; layout.go has the sketches.
package ui
