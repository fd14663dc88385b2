package template

import "math/big"

// Lists finds the values of a wildcard. Package template/wildcards reads them from folders.
type Lists interface {
	// Values returns the values of all lists that a path matches, in order; path may have "*" and "**".
	// An error is a sentence that names the lists there are.
	Values(path string) ([]Value, error)
	// Names returns the paths of all lists, sorted.
	Names() []string
}

// A Value is one line of a list.
type Value struct {
	Text   string  // a template
	Weight float64 // how often it is drawn, relative to the others; 1 if the list does not say
	Place  string  // where it was read, as FILE:LINE, for errors
}

// An Error is a mistake in a template.
type Error struct {
	Start, End   int // offsets in bytes of the part that is wrong
	Line, Column int // of Start, from 1; a column is a character
	Sentence     string
}

func (e *Error) Error() string { return e.Sentence }

// A Template is a parsed prompt.
type Template struct {
	text string
}

// Parse parses a prompt. lists may be nil. The error is an *Error.
func Parse(text string, lists Lists) (Template, error) { return Template{text: text}, nil }

// Escape returns a template that expands to exactly text.
func Escape(text string) string { return text }

// Text returns the template as it was written.
func (t Template) Text() string { return t.text }

// Varies reports whether it has anything of the language that changes its text: it does not expand to exactly Text.
func (t Template) Varies() bool { return false }

// Count returns how many different prompts it expands to.
func (t Template) Count() *big.Int { return big.NewInt(1) }

// An Axis is a part of a template that varies independently of the others, such as one group at the top.
type Axis struct {
	Name       string   // of its variable or list, else its first values: "red, blue"
	Start, End int      // offsets in bytes of its text
	Values     []string // its texts as expanded, in order
}

// Axes returns the axes of a template whose product is all its prompts, in the order in which they are written; the last turns
// fastest. ok is false where it has samplers that draw, or too many values; then the template is one list of prompts.
func (t Template) Axes() (axes []Axis, ok bool) { return nil, true }

// At returns the prompt for one value (an index) of each axis of Axes.
func (t Template) At(values []int) string { return t.text }

// Expand returns its different prompts in order, at most limit (0: all). Draws (~) come from labSeed.
func (t Template) Expand(labSeed uint64, limit int) ([]string, error) { return []string{t.text}, nil }

// Random returns n different prompts drawn by weight from labSeed, fewer if there are no more.
func (t Template) Random(n int, labSeed uint64) ([]string, error) { return []string{t.text}, nil }

// A Mark is a part of a template that means something, for drawing it.
type Mark struct {
	Start, End int // offsets in bytes
	Kind       MarkKind
}

// MarkKind says what a Mark is.
type MarkKind int

// The kinds of marks.
const (
	Group MarkKind = iota
	Wildcard
	Variable
	Remark
	Escaped
)

// Marks returns the marks of a template, also of one with a mistake, in order and not overlapping (outermost only).
func Marks(text string) []Mark { return nil }
