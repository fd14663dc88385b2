// Package promptfile reads files of prompts: text with a prompt on each line, which may have options of Midjourney or A1111 after it; CSV
// whose header names parameters; and JSON objects as tintype prints them.
//
// It does no I/O. It knows how files are written, and not what models take: values that are written as text are left as text.
package promptfile

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Form is how a file is written.
type Form string

// The forms.
const (
	Text  Form = "txt"
	CSV   Form = "csv"
	JSONL Form = "jsonl" // objects, a line each or not, or an array of them
)

// The limits of what is read.
const (
	MaxSize   = 16 << 20 // bytes of a file
	MaxRows   = 10_000   // rows, each counted as often as it repeats
	maxPrompt = 64 << 10 // bytes of a prompt
	maxErrors = 10       // how many mistakes are told one by one
)

// mostRows is MaxRows as sentences have it.
const mostRows = "10,000"

// A Row is one line of a file.
type Row struct {
	Line    int            // where it begins, from 1
	Model   string         // as written; "" if it names none
	Version string         // of the model, as written; "" if only the model may name one
	Prompt  string         // not empty
	Input   map[string]any // other parameters by name. Text is as written, and is to be parsed; else numbers (int64, float64), bool and lists
	Repeat  int            // how many are wanted, from 1
	Exact   bool           // Input has the types of JSON, and a text in it is a text
	Parent  string         // key of the prediction that it is made from; "" if it names none
	Made    any            // the seed that the line's prediction was made with, a number, if its input names none; else nil
}

// Errors are the mistakes of a file, in the order of its lines.
type Errors struct {
	Lines []*LineError
	More  int // how many follow that are not in Lines
}

// A LineError is the mistake of one line, a sentence.
type LineError struct {
	Line int
	Also int // how many more lines have the same mistake, such as a column that no model takes
	Err  error
}

// templatePlace is the beginning of a mistake in a template, which says its column.
var templatePlace = regexp.MustCompile(`^column \d+: `)

// Error returns the sentence with the line's number.
func (e *LineError) Error() string {
	s, place := e.Err.Error(), fmt.Sprintf("line %d", e.Line)
	if e.Also > 0 {
		place += fmt.Sprintf(" and %d more", e.Also)
	}
	if templatePlace.MatchString(s) {
		return place + ", " + s
	}
	return place + ": " + s
}

// Unwrap returns the error without its place.
func (e *LineError) Unwrap() error { return e.Err }

// Add adds a mistake in the order of the lines. Of many, it keeps the first and counts the others.
func (e *Errors) Add(line int, err error) {
	for _, l := range e.Lines {
		if l.Line <= line && l.Err.Error() == err.Error() {
			l.Also++
			return
		}
	}
	at := len(e.Lines)
	for at > 0 && e.Lines[at-1].Line > line {
		at--
	}
	e.Lines = slices.Insert(e.Lines, at, &LineError{Line: line, Err: err})
	if len(e.Lines) > maxErrors {
		e.Lines = e.Lines[:maxErrors]
		e.More++
	}
}

// OrNil returns the errors, or nil if there are none.
func (e *Errors) OrNil() error {
	if len(e.Lines) == 0 {
		return nil
	}
	return e
}

// Error returns one line for each mistake.
func (e *Errors) Error() string {
	lines := make([]string, 0, len(e.Lines)+1)
	for _, l := range e.Lines {
		lines = append(lines, l.Error())
	}
	if e.More > 0 {
		lines = append(lines, fmt.Sprintf("and %d more.", e.More))
	}
	return strings.Join(lines, "\n")
}

// FormOf guesses the form of a file by its name, or else by how it begins: lists and lines of objects that have a prompt or an input are JSON,
// and a first line that names a prompt among other parameters is that of CSV.
func FormOf(name string, data []byte) Form {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".csv":
		return CSV
	case ".json", ".jsonl", ".ndjson":
		return JSONL
	case ".txt":
		return Text
	}
	data = bytes.TrimSpace(bytes.TrimPrefix(data, bom))
	switch {
	case looksLikeObjects(data):
		return JSONL
	case looksLikeHeader(data):
		return CSV
	}
	return Text
}

var bom = []byte("\ufeff")

// Parse reads a file. The error is an *Errors if lines are wrong; then all of them were looked at, and the rows of the others are returned.
func Parse(data []byte, form Form) ([]Row, error) {
	data = bytes.TrimPrefix(data, bom)
	switch {
	case len(data) > MaxSize:
		return nil, errors.New("the file is longer than 16 MiB")
	case !utf8.Valid(data):
		return nil, &Errors{Lines: []*LineError{{Line: invalidLine(data), Err: errors.New("this is not UTF-8 text; save the file as UTF-8")}}}
	}
	r := reader{}
	switch form {
	case Text:
		r.readText(string(data))
	case CSV:
		r.readCSV(data)
	case JSONL:
		r.readJSON(data)
	default:
		return nil, fmt.Errorf("a file of prompts is txt, csv or jsonl; %q is none of them", string(form))
	}
	if err := r.errors.OrNil(); err != nil {
		return r.rows, err
	}
	if len(r.rows) == 0 {
		return nil, errors.New("the file has no prompts")
	}
	return r.rows, nil
}

// invalidLine returns the number of the line with the first byte that is not UTF-8.
func invalidLine(data []byte) int {
	line := 1
	for len(data) > 0 {
		c, n := utf8.DecodeRune(data)
		if c == utf8.RuneError && n == 1 {
			break
		}
		if c == '\n' {
			line++
		}
		data = data[n:]
	}
	return line
}

// A reader collects rows and mistakes.
type reader struct {
	rows   []Row
	total  int // rows with their repeats
	errors Errors
}

// add adds a row, if it can be one.
func (r *reader) add(row Row) {
	row.Prompt = strings.TrimSpace(row.Prompt)
	row.Repeat = max(row.Repeat, 1)
	switch {
	case row.Prompt == "":
		r.errors.Add(row.Line, errors.New("there is no prompt"))
	case len(row.Prompt) > maxPrompt:
		r.errors.Add(row.Line, errors.New("the prompt is longer than 64 KiB"))
	case r.total <= MaxRows && r.total+row.Repeat > MaxRows:
		r.total = MaxRows + 1
		r.errors.Add(row.Line, fmt.Errorf("this is more than %s pictures; make several files of it", mostRows))
	case r.total > MaxRows: // the mistake is in the list already
	default:
		r.total += row.Repeat
		r.rows = append(r.rows, row)
	}
}

// set sets what a name stands for, from a text.
func (row *Row) set(name, value string) error {
	switch name {
	case "prompt":
		row.Prompt = value
		return nil
	case "model":
		row.Model = strings.TrimSpace(value)
		return nil
	case "version":
		row.Version = strings.TrimSpace(value)
		return nil
	case "repeat":
		return row.setRepeat(value)
	}
	if _, twice := row.Input[name]; twice {
		return fmt.Errorf("%s is given twice", name)
	}
	if row.Input == nil {
		row.Input = map[string]any{}
	}
	row.Input[name] = value
	return nil
}

func (row *Row) setRepeat(value string) error {
	n, err := strconv.Atoi(strings.TrimSpace(value))
	if err != nil || n < 1 || n > MaxRows {
		return fmt.Errorf("repeat takes a whole number from 1 to %s; %q is not", mostRows, value)
	}
	row.Repeat = n
	return nil
}
