package form

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"tintype/api/model"
	"tintype/ui/params"
)

// entry is a value that is being typed into a row. What is typed is set at once while it is a value; esc restores the value before.
type entry struct {
	isOpen bool
	row    string
	text   string // as typed; "" is the default
	before any    // the chosen value before; nil: none
	seed   any    // the last fixed seed before

	several string // the several values before; "": one
}

// entrySigns are the characters that can be typed into a row; each row takes only some of them.
const entrySigns = "0123456789.,-:/"

// IsEntryText reports whether a text consists of digits and the signs that belong to numbers and ratios.
func IsEntryText(text string) bool { return text != "" && strings.Trim(text, entrySigns) == "" }

// TakesEntry reports whether something can be typed into the row under the cursor: a number, or a choice that begins with a digit.
func (s *Settings) TakesEntry() bool {
	p, ok := s.model.Parameter(s.row)
	return ok && takesEntry(p)
}

func takesEntry(p model.Parameter) bool {
	if p.IsNumber() {
		return true
	}
	for _, choice := range p.Choices {
		if choice != "" && choice[0] >= '0' && choice[0] <= '9' {
			return true
		}
	}
	return false
}

// IsTyping reports whether a value is being typed into the row under the cursor.
func (s *Settings) IsTyping() bool { return s.entry.isOpen && s.entry.row == s.row }

// typeText adds a character to the value that is being typed, or begins one. A character that no value can have there is refused. A
// number that is too large is not: without its last digit it would be one that nobody typed. The note says what is wrong.
func (s *Settings) typeText(text string) (changed bool) {
	p, ok := s.model.Parameter(s.row)
	if !ok || !takesEntry(p) {
		return false
	}
	typed := text
	if s.IsTyping() {
		typed = s.entry.text + text
	}
	if changed, mine := s.typeList(p, typed); mine {
		return changed
	}
	raw := typed
	typed = normalizeEntry(p, typed)
	if err := checkEntry(p, typed); err != nil {
		s.note = err.Error()
		return false
	}
	s.beginEntry("")
	if _, err := parseTyped(p, typed); err != nil && !canGrow(p, typed) {
		s.note = err.Error()
	}
	changed = s.setEntry(p, typed)
	s.entry.text = raw // a comma in it may still separate values
	return changed
}

// maxEntry is the length, without a sign, from which on no number is taken: a seed has at most 19 digits.
const maxEntry = 20

// checkEntry returns why something cannot be typed: no value begins like this, a sign is at a wrong place, or it is too long. nil if it
// can be typed.
func checkEntry(p model.Parameter, typed string) error {
	_, err := parseTyped(p, typed)
	switch {
	case err != nil && len(typed) == 1 && !canGrow(p, typed), err != nil && p.IsNumber() && !isNumber(p, typed):
		return err
	case err != nil && p.Type == model.Integer && isTooLong(typed):
		return err
	case len(strings.TrimPrefix(typed, "-")) >= maxEntry:
		return fmt.Errorf("%s takes no number with that many digits", params.Label(p.Name))
	}
	return nil
}

// isNumber reports whether a text is written as a number of the parameter's type, or as the beginning of one.
func isNumber(p model.Parameter, typed string) bool {
	digits, negative := strings.CutPrefix(typed, "-")
	whole, fraction, point := strings.Cut(digits, ".")
	least, _ := limits(p)
	return strings.Trim(whole+fraction, "0123456789") == "" && (!point || p.Type == model.Number) && (!negative || least < 0)
}

// beginEntry begins to type into the row under the cursor, with a text that is there already.
func (s *Settings) beginEntry(text string) {
	if s.IsTyping() {
		return
	}
	before := s.chosenValue(s.row)
	s.entry = entry{isOpen: true, row: s.row, text: text, before: before, seed: s.seed, several: s.several[s.row]}
}

// setEntry sets the row to what was typed. While it is not a value yet the previous one stays; nothing is the default.
func (s *Settings) setEntry(p model.Parameter, typed string) (changed bool) {
	s.entry.text = typed
	if typed == "" {
		return s.Set(s.row, nil)
	}
	v, err := parseTyped(p, typed)
	if err != nil {
		v = s.entry.before
	}
	return s.Set(s.row, v)
}

// Erase takes off the last character that was typed. In a row with a chosen number it takes off the last digit of that; any other row
// gets its default.
func (s *Settings) Erase() (changed bool) {
	s.note = ""
	p, ok := s.model.Parameter(s.row)
	if changed, mine := s.eraseList(p); mine {
		return changed
	}
	v := s.chosenValue(s.row)
	if !s.IsTyping() && (!ok || v == nil || !p.IsNumber()) {
		return s.Reset()
	}
	s.beginEntry(p.Format(v))
	if s.entry.text == "" {
		return false
	}
	return s.setEntry(p, s.entry.text[:len(s.entry.text)-1])
}

// acceptEntry ends the entry with enter. It stays open if what was typed is no value, so that it can be corrected.
func (s *Settings) acceptEntry() {
	p, ok := s.model.Parameter(s.row)
	if err := s.takeEntry(p); ok && err != nil {
		s.note = err.Error()
		return
	}
	s.entry = entry{}
}

// takeEntry sets the row to what was typed: a value, or the beginning of a single choice.
func (s *Settings) takeEntry(p model.Parameter) error {
	typed := s.entry.text
	if typed == "" {
		return nil
	}
	if beginsList(p, typed) {
		err := s.SetSeveral(s.row, strings.TrimRight(typed, ","))
		if err != nil {
			s.restoreEntry()
		}
		return err
	}
	typed = normalizeEntry(p, typed)
	if _, err := parseTyped(p, typed); err == nil {
		return nil // it is set already
	}
	if found := choicesWith(p, typed); len(found) == 1 {
		s.Set(s.row, found[0])
		return nil
	}
	return parseError(p, typed)
}

// finishEntry ends the entry when the row is left. What is no value is dropped, and the note says why.
func (s *Settings) finishEntry() {
	if !s.entry.isOpen {
		return
	}
	if p, ok := s.model.Parameter(s.row); ok && s.IsTyping() {
		if err := s.takeEntry(p); err != nil {
			s.note = err.Error()
		}
	}
	s.entry = entry{}
}

// cancelEntry restores the value from before the entry.
func (s *Settings) cancelEntry() {
	e := s.entry
	s.restoreEntry()
	s.entry = entry{}
	s.seed = e.seed
}

// normalizeEntry writes what was typed as the row's values are written: 3,5 as 3.5 and 16/9 as 16:9.
func normalizeEntry(p model.Parameter, typed string) string {
	typed = strings.ReplaceAll(typed, ",", ".")
	if !p.IsNumber() {
		typed = strings.ReplaceAll(typed, "/", ":")
	}
	return typed
}

// choicesWith returns the choices that begin with a text.
func choicesWith(p model.Parameter, typed string) (found []string) {
	for _, choice := range p.Choices {
		if strings.HasPrefix(choice, typed) {
			found = append(found, choice)
		}
	}
	return found
}

// canGrow reports whether further characters can make a value that the parameter takes.
func canGrow(p model.Parameter, typed string) bool {
	if !p.IsNumber() {
		return len(choicesWith(p, typed)) > 0
	}
	if !isNumber(p, typed) {
		return false
	}
	digits, negative := strings.CutPrefix(typed, "-")
	_, fraction, point := strings.Cut(digits, ".")
	least, most := limits(p)
	if negative {
		least, most = -most, -least
	}
	n, _ := strconv.ParseFloat("0"+digits, 64)
	switch {
	case digits == "":
		return most > 0
	case point:
		return n <= most && n+math.Pow10(-len(fraction)) > least
	case p.Type == model.Number && n <= most && n+1 > least:
		return true // with a point
	}
	for scale := 10.0; n > 0 && n*scale <= most && scale < math.MaxInt64; scale *= 10 {
		if (n+1)*scale > least {
			return true
		}
	}
	return false
}

// limits returns the range of a number.
func limits(p model.Parameter) (least, most float64) {
	least, most = math.Inf(-1), math.Inf(+1)
	if p.Min != nil {
		least = *p.Min
	}
	if p.Max != nil {
		most = *p.Max
	}
	return least, most
}

// parseTyped reads a value as a person types it. The error is a sentence in the form's words.
func parseTyped(p model.Parameter, typed string) (any, error) {
	v, err := p.Parse(typed)
	if err != nil {
		return nil, parseError(p, typed)
	}
	return v, nil
}

// parseError is the sentence for what a parameter does not take.
func parseError(p model.Parameter, typed string) error {
	label := params.Label(p.Name)
	switch {
	case p.Type == model.Integer && p.Max == nil && isTooLong(typed) && !strings.HasPrefix(typed, "-"):
		return fmt.Errorf("%s takes whole numbers up to %d; this one would be larger", label, int64(math.MaxInt64))
	case p.IsNumber(), len(p.Choices) > 0:
		p.Choices = slices.Clone(p.Choices)
		for i, choice := range p.Choices {
			p.Choices[i] = strings.ReplaceAll(choice, "_", " ")
		}
		return fmt.Errorf("%s takes %s; %s is not one", label, p.Domain(), typed)
	}
	p.Name = label
	_, err := p.Parse(typed)
	return err
}

// isTooLong reports whether a whole number has more digits than an integer holds.
func isTooLong(typed string) bool {
	return strings.Trim(typed, "-0123456789") == "" && len(strings.TrimPrefix(typed, "-")) >= len(fmt.Sprint(int64(math.MaxInt64)))
}
