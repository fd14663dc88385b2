// Package keymap declares every key once: its action, where it works, and the words for help, menus and hints.
package keymap
