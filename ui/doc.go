// Package ui is the full-screen program: one Bubble Tea model over components, which are structs that it calls.
//
// Its rules:
//
//  1. Update and View do no I/O. View changes nothing. A command changes nothing of the model: it captures values and returns a
//     message.
//  2. Commands are free functions named by a verb, each beside the handler of its message. Messages are unexported, named in the past
//     tense, and declared in messages.go, or in the component whose command returns them. ask makes a command of a function that
//     returns one of them; any other function does not compile.
//  3. Update routes a message to its handler on<Message>, brings the list up to date, arranges the screen, and then asks for what the
//     new state needs (effects.go: rows to read, a picture to render, a tick, the form to save). Since that is in one place, no handler
//     can forget it.
//  4. A key goes to the first that takes it: leaving, suspending and redrawing; an open question, menu or dialog; the screen on top;
//     the filter that is edited; an action of the key's place, then one that works everywhere; the text that is edited. No letter
//     works everywhere, since letters are text in the prompt. Text that arrived at once (tty.Burst) runs no command: it goes where text
//     is edited, else to the prompt, as a paste does.
//  5. Each key is declared once, in the table of keys.go, with its action, places, help, menu, hint and function. Extra screens declare
//     theirs in the same way.
//  6. Screens (home, one picture, gallery, comparison, help) form a stack. The program calls the one on top through screen.Screen and
//     does not ask which it is.
//  7. The layout is a pure function of the size and the state, which returns named rectangles. A component asks for a style by its role,
//     never for a colour.
//  8. Text from outside becomes text.Safe before it is drawn, so that no escape sequence, control character or bidirectional override
//     from a server, a file or a prompt reaches the terminal.
//
// README.md beside this file has the packages below ui and which way imports run, the way of a prompt through the code, and how to
// add things.
package ui
