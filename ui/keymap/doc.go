// Package keymap finds the action of a key at a place, and makes help, menus and hints from the same declarations.
//
// Its rules: a Command declares one action once, with its keys, its lines in the help and the menus, and its hints. The program passes
// its table of commands to New. This package names only the actions that code refers to. No letter works everywhere, since letters are
// text in the prompt.
package keymap
