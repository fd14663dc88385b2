package template

import (
	"encoding/json"
	"errors"
	"strings"
)

// Lint returns what is allowed in a template and probably not meant, in order. lists may be nil. The error is that of Parse.
func Lint(text string, lists Lists) ([]*Error, error) {
	t, err := Parse(text, lists)
	if err != nil {
		return nil, err
	}
	l := &linter{text: text, used: map[string]bool{}}
	if json.Valid([]byte(text)) {
		if strings.Contains(text, "|") { // it would have groups if it were no JSON
			l.note(&syntax{end: len(text)}, "this is JSON and is sent as it is; nothing in it varies.")
		}
		return l.notes, nil
	}
	p := &parser{text: text, lineBegan: true, objects: jsonObjects{text: text}}
	parts := p.parts(atTop)
	for _, single := range p.literalGroups {
		l.note(single, "this group has one option and stays as it is, with its braces. Write | between options, or \\{ for the sign itself.")
	}
	l.parts(parts, false)
	for _, set := range l.sets {
		if !l.used[set.text] && !l.lists {
			l.note(set, "${%s} is set and not used.", set.text)
		}
	}
	if t.steps > 1 && l.unequal {
		l.note(l.firstStep, "the groups in step have different lengths; the shorter ones begin again.")
	}
	return l.notes, nil
}

// A linter collects notes.
type linter struct {
	text      string
	notes     []*Error
	sets      []*syntax
	used      map[string]bool
	firstStep *syntax
	unequal   bool
	lists     bool // it uses lists, which may use variables
}

// note adds a note.
func (l *linter) note(s *syntax, format string, values ...any) {
	l.notes = append(l.notes, newError(l.text, s.start, s.end, format, values...))
}

// parts looks at parts and what is in them. drawn says that weights count.
func (l *linter) parts(parts []*syntax, drawn bool) {
	for _, s := range parts {
		switch s.kind {
		case setSyntax:
			l.sets = append(l.sets, s)
		case wildcardSyntax:
			l.lists = true
		case getSyntax:
			l.used[s.text] = true
		case groupSyntax:
			l.group(s, drawn)
		}
		for _, o := range s.options {
			l.parts(o.body, drawn || s.sampler == '~')
		}
	}
}

// group looks at a group.
func (l *linter) group(s *syntax, drawn bool) {
	if s.sampler == '@' {
		if l.firstStep == nil {
			l.firstStep = s
		}
		l.unequal = l.unequal || len(s.options) != len(l.firstStep.options)
	}
	if at := brokenJSON(l.text[s.start:s.end]); at > 0 {
		l.note(&syntax{start: s.start + at - 1, end: s.start + at}, "here this stops being JSON, so it is read as a group of %d options.", len(s.options))
	}
	for _, o := range s.options {
		if o.weight != 1 && !drawn && s.sampler != '~' {
			l.note(s, "weights count only where options are drawn: {~…}, or all of them with --random.")
			return
		}
	}
}

// brokenJSON returns at which byte, from 1, a text that begins like an object of JSON stops being one; 0 if it begins otherwise.
func brokenJSON(text string) int {
	var wrong *json.SyntaxError
	inner, isGroup := strings.CutPrefix(text, "{")
	if isGroup && strings.HasPrefix(strings.TrimLeft(inner, blanks), `"`) && errors.As(json.Unmarshal([]byte(text), new(any)), &wrong) {
		return int(wrong.Offset)
	}
	return 0
}
