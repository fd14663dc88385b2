// Package keymap finds the action of a key at a place, and makes help, menus and hints from the same declarations.
//
// Its rules: a Command declares one action once, with its keys, its lines in the help and the menus, and its hints. The program
// hands its table of commands to New; this package knows no action but those that components name. No letter works everywhere,
// since letters are text in the prompt.
package keymap
