// Package template is the language of prompts that vary: A {red|blue} fox, __animals__, ${colour}.
//
// It parses, counts, expands and escapes. It is pure: lists of values come through the interface Lists. ui/lab.md describes the
// language for its users. In short:
//
//	{a|b|c} {a, b}            one of several; a single {a} is text
//	{2$$a|b|c} {1-2$$ and $$…} several of them, with a separator
//	{!…} {~…} {@…}            in every order; drawn by weight; in step with the other groups that have an @
//	{3::a|b}                  weights, for draws
//	__path__ __a/*__ __a(x=y)__ a value of a list
//	${x=…} ${x?=…} ${x=!…}    sets a variable; if it is not set; to one choice that is the same wherever it is used
//	${x} ${x:default}         uses it
//	%{before ... after$$text} puts a text between others
//	"# …" and "// …"          on a line of their own are remarks
//	\{                        is the sign itself
//
// A text is parsed to syntax (parse.go), which is linear in the text. The syntax is compiled to nodes, in which lists and variables
// are resolved (compile.go). Nodes are shared, so they need little memory for any number of prompts. The prompt with a number is written by
// unranking (render.go), so the first prompts of 10^12 need no time. Different prompts are counted as the words of an automaton
// (distinct.go).
package template
