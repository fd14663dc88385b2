// Package ui is the full-screen program: one Bubble Tea model over components, which are structs that it calls.
//
// Its rules:
//
//  1. Update and View do no I/O. View changes nothing. A command changes nothing of the model: it captures values and returns a
//     message.
//  2. Commands are free functions named by a verb, each beside the handler of its message. Messages are unexported, named in the past
//     tense, and declared in messages.go, or in the component whose command returns them. ask makes a command of a function that
//     returns one of them; any other function does not compile.
//  3. Update routes a message to its handler on<Message>, arranges the screen, and then asks for what the new state needs (effects.go:
//     rows to read, a picture to render, a tick, the form to save). Since that is in one place, no handler can forget it.
//  4. A key goes to the first that takes it: leaving, suspending and redrawing; an open question, menu or dialog; the screen on top;
//     the filter that is edited; an action of the key's place, then one that works everywhere; the text that is edited. No letter
//     works everywhere, since letters are text in the prompt.
//  5. Each key is declared once, in the table of keys.go, with its action, places, help, menu, hint and function. Extra screens declare
//     theirs in the same way.
//  6. Screens (home, one picture, gallery, comparison, help) form a stack. The program calls the one on top through screen.Screen and
//     does not ask which it is.
//  7. The layout is a pure function of the size and the state, which returns named rectangles. A component asks for a style by its role,
//     never for a colour.
//  8. Text from outside becomes text.Safe before it is drawn, so that no escape sequence, control character or bidirectional override
//     from a server, a file or a prompt reaches the terminal.
//
// The packages below it:
//
//	cell        rectangles, a canvas, and widths that all terminals agree on
//	compare     the screen that compares two to four predictions
//	dialog      dialogs, questions, menus and notes
//	form        the settings: their rows, values and choices; form.json
//	format      amounts, durations, counts and sentences, for both faces
//	gallery     the screen of thumbnails
//	guard       keys that were not meant as commands: typing, held keys, pastes
//	keymap      actions, keys, menus and hints
//	layout      where everything is on the home screen, the gallery and the comparison
//	list        the list of predictions: window, cursor, marks, filter, rows
//	params      names, order and values of the models' parameters
//	picker      a list to choose from, filtered while the user types
//	picture     pictures in a terminal: protocols, cells, the terminal's capabilities
//	preview     pictures on the screen: what is shown, rendered ahead, zoomed
//	promptdiff  the words in which prompts differ
//	runner      drives jobs; it knows nothing of the screen
//	screen      the interface between the program and its screens, and their stack
//	statusbar   the first and the last row
//	text        safe text: cleaning, width, wrapping
//	textedit    text that is edited, and the recall of earlier prompts
//	theme       colours, styles and glyphs
//	tty         the terminal: input, queries, suspending, the editor
//	wording     sentences about jobs, for both faces
//	cli         the command line, which starts this package
package ui
