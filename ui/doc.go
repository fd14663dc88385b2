// Package ui is the full-screen program: one Bubble Tea model over components that it calls by their methods. README.md beside this
// file has a sketch of the packages, the way of a prompt through them, and how to add things.
//
// Its rules:
//
//  1. Update and View do no I/O, commands do not change the model, and View changes nothing at all.
//  2. Commands are free functions named by a verb (open, perform, render, record). They capture values only. Messages are
//     unexported facts in the past tense, all in messages.go.
//  3. ask makes a command of a function that returns one of our messages. A command that returns anything else does not compile.
//  4. A message is routed (update.go) in this order: what the terminal reports; the results of commands; a key to leave, to suspend
//     and to redraw; the open question, menu or dialog; the screen on top; the filter under edit; the keys of the place; the keys
//     that have a meaning everywhere; the text under edit. No letter is global.
//  5. Layout (package layout) is a pure function of size and state that returns named rectangles.
//  6. Keys are declared once (keys.go), except those of a text under edit. Hints, menus and help are made from the declarations.
//     Styles are made once (package theme) from a theme's tokens. A component asks for a role, never for a colour.
//  7. Text from outside is text.Safe before it is drawn: no escape, control or bidirectional character of a server, a file or a
//     prompt reaches the terminal.
//  8. What the new state needs (rows to read, a picture to render, a tick, the form to save) is found in one place after each
//     message (effects.go), so that no path can forget it.
package ui
