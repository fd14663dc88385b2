package promptfile

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
)

// readCSV reads rows whose first line names parameters. Empty fields are left to the model.
func (r *reader) readCSV(data []byte) {
	c := csv.NewReader(bytes.NewReader(data))
	c.FieldsPerRecord = -1
	c.TrimLeadingSpace = true
	c.Comma = separator(data)
	header, err := c.Read()
	if err != nil {
		r.addCSVError(err)
		return
	}
	names, err := columns(header)
	if err != nil {
		r.errors.Add(1, err)
		return
	}
	for {
		fields, err := c.Read()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			r.addCSVError(err)
			return // where the next row begins is not known
		}
		line, _ := c.FieldPos(0)
		row := Row{Line: line}
		if err := row.readFields(names, fields); err != nil {
			r.errors.Add(line, err)
			continue
		}
		r.add(row)
	}
}

// separator returns the sign between the fields of the first line: a semicolon or a tab, as spreadsheets of some languages write them, or
// else a comma.
func separator(data []byte) rune {
	first, _, _ := bytes.Cut(data, []byte("\n"))
	if bytes.ContainsRune(first, ',') {
		return ','
	}
	for _, sign := range []rune{';', '\t'} {
		if bytes.ContainsRune(first, sign) {
			return sign
		}
	}
	return ','
}

// headerPattern is a first line that names parameters, and nothing that a person would write as a prompt.
var headerPattern = regexp.MustCompile(`^"?[a-z_]+"?(\s*[,;\t]\s*"?[a-z_]+"?)+\s*$`)

// looksLikeHeader reports whether the first of several lines names parameters, prompt among them.
func looksLikeHeader(data []byte) bool {
	first, rest, _ := bytes.Cut(data, []byte("\n"))
	line := strings.ToLower(string(first))
	if len(rest) == 0 || !headerPattern.MatchString(line) {
		return false
	}
	names, err := columns(strings.Split(strings.ReplaceAll(line, `"`, ""), string(separator(first))))
	return err == nil && slices.Contains(names, "prompt")
}

// columns returns what the columns set.
func columns(header []string) ([]string, error) {
	names := make([]string, len(header))
	seen := map[string]bool{}
	for i, field := range header {
		name := strings.ToLower(strings.TrimSpace(field))
		if known, ok := options[name]; ok {
			name = known
		}
		switch {
		case name == "":
			return nil, fmt.Errorf("column %d has no name; the first line names a parameter for each column", i+1)
		case seen[name]:
			return nil, fmt.Errorf("two columns are %s", name)
		}
		seen[name] = true
		names[i] = name
	}
	if !seen["prompt"] {
		return nil, errors.New("no column is called prompt; the first line names a parameter for each column")
	}
	return names, nil
}

// readFields reads the fields of a row.
func (row *Row) readFields(names, fields []string) error {
	if len(fields) > len(names) {
		return fmt.Errorf("this row has %d fields, and the first line names %d. Put a prompt with commas in quotes", len(fields), len(names))
	}
	for i, value := range fields {
		if strings.TrimSpace(value) == "" {
			continue
		}
		if isFormula(value) {
			return fmt.Errorf("column %s has a formula of a spreadsheet, and not its value. Save the file with values", names[i])
		}
		if err := row.set(names[i], value); err != nil {
			return err
		}
	}
	return nil
}

// isFormula reports whether a field is a formula of a spreadsheet, or the mistake that one made.
func isFormula(value string) bool {
	value = strings.TrimSpace(value)
	switch value {
	case "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#N/A", "#NULL!", "#NUM!":
		return true
	}
	return len(value) > 1 && value[0] == '='
}

// addCSVError adds a mistake in the form of the file.
func (r *reader) addCSVError(err error) {
	var parse *csv.ParseError
	switch {
	case errors.Is(err, io.EOF):
	case errors.As(err, &parse) && errors.Is(err, csv.ErrQuote):
		r.errors.Add(parse.StartLine, errors.New(`the quotes of a field are not closed, or there is text behind them. Within quotes, "" is the sign itself`))
	case errors.As(err, &parse) && errors.Is(err, csv.ErrBareQuote):
		r.errors.Add(parse.Line, errors.New(`there is a quote within a field. Put the field in quotes, and write "" for the sign itself`))
	default:
		r.errors.Add(1, err)
	}
}
