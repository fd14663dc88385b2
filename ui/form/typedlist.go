package form

import (
	"fmt"
	"slices"
	"strings"

	"tintype/api/model"
	"tintype/ui/params"
)

// checkTyped checks one value, or several.
func checkTyped(m model.Model, p model.Parameter, typed string) error {
	if isList(m, p.Name, typed) {
		_, err := readSeveral(m, p.Name, typed)
		return err
	}
	_, err := parseTyped(p, typed)
	return err
}

// typeList adds to several values that are being typed: 2..4/5, 1..9:2 or 7,8,9. They are set as soon as they can be; mine is false for a
// text that is one value, or the beginning of one.
func (s *Settings) typeList(p model.Parameter, typed string) (changed, mine bool) {
	if !beginsList(p, typed) {
		return false, false
	}
	if len(typed) > maxListEntry {
		s.note = fmt.Sprintf("%s takes no list of that length", params.Label(p.Name))
		return false, true
	}
	s.beginEntry("")
	s.entry.text = typed
	before := s.several[p.Name]
	if isList(s.model, p.Name, typed) && s.SetSeveral(p.Name, typed) == nil {
		return s.several[p.Name] != before, true
	}
	return s.restoreEntry(), true
}

// maxListEntry is how many characters a typed list may have.
const maxListEntry = 60

// beginsList reports whether a text is the beginning of several values. One comma in a number is its decimal point, as many people write it;
// with a second one, or a point, commas separate values.
func beginsList(p model.Parameter, typed string) bool {
	if typed == "" || typed[0] < '0' || typed[0] > '9' {
		return false
	}
	head, _, comma := strings.Cut(typed, ",")
	if !p.IsNumber() {
		return comma && strings.ContainsAny(head, ":/") && slices.Contains(p.Choices, normalizeEntry(p, head))
	}
	whole := p.Type == model.Integer
	number, point := strings.CutSuffix(typed, ".")
	return strings.Contains(typed, "..") || comma && (whole || strings.Count(typed, ",") > 1 || strings.Contains(typed, ".")) ||
		point && (whole || strings.Contains(number, "."))
}

// eraseList takes off the last character of several values that are being typed, or leaves a row its default. mine is false in a row
// with one value.
func (s *Settings) eraseList(p model.Parameter) (changed, mine bool) {
	if !s.IsTyping() {
		mine = s.Several(s.row) != ""
		return mine && s.Reset(), mine
	}
	if !beginsList(p, s.entry.text) {
		return false, false
	}
	typed := s.entry.text[:len(s.entry.text)-1]
	if _, mine := s.typeList(p, typed); mine {
		return true, true
	}
	return s.setEntry(p, typed), true
}

// entryText returns what is being typed as it is drawn.
func (s *Settings) entryText() string {
	p, _ := s.model.Parameter(s.row)
	if beginsList(p, s.entry.text) {
		return s.entry.text
	}
	return normalizeEntry(p, s.entry.text)
}

// restoreEntry sets the row to what it was before the entry, which stays open. It reports whether the input has changed.
func (s *Settings) restoreEntry() (changed bool) {
	e := s.entry
	changed = s.Set(e.row, e.before)
	if e.several != "" {
		s.several, changed = s.several.with(e.row, e.several), true
	}
	return changed
}
