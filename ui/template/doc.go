// Package template is the language of prompts that vary: A {red|blue} fox, __animals__, ${colour}.
//
// It parses, counts, expands and escapes. It is pure: lists of values come through the interface Lists.
package template
