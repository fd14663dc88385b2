package template

// syntaxKind says what a part of a template is.
type syntaxKind uint8

const (
	literalSyntax syntaxKind = iota
	groupSyntax
	wildcardSyntax
	setSyntax
	getSyntax
	wrapSyntax
	holeSyntax // the "..." of a wrap

	// These four are seen only while a group is read.
	barMark
	commaMark
	dollarsMark
	weightMark
)

// A syntax is a part of a template as it is written.
type syntax struct {
	kind       syntaxKind
	start, end int    // offsets in bytes
	text       string // of a literal and of marks; else the source, or the path of a list, or the name of a variable
	sampler    byte   // 0, '!', '~' or '@'
	ranged     bool
	low, high  int // how many options are taken
	separator  string
	options    []option
	once       bool // of a set: the same choice wherever it is used
	weak       bool // of a set: only if it is not set
	defaulted  bool // of a get: options[0] is its default
	weight     float64
}

// An option is one of a group's, a variable's value, or an argument of a list.
type option struct {
	name   string // of an argument
	weight float64
	once   bool
	body   []*syntax
}

// noHigh is the upper end of a range that has none.
const noHigh = -1

// blanks are what does not count around an option.
const blanks = " \t\r\n"
