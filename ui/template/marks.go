package template

// A Mark is a part of a template that is not plain text. Editors draw it in another way.
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

// Marks returns the marks of a template, in order and not overlapping (outermost only). Of one with a mistake it returns those before it.
func Marks(text string) []Mark {
	_, marks, _ := parse(text)
	return marks
}
