package ui

import (
	"regexp"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/format"
	"tintype/ui/picker"
)

// openList matches a list of values that is being typed at the end of a text: __colours/wa
var openList = regexp.MustCompile(`^[~@!]?([^\s{}|$_](?:_?[^\s{}|$_])*)?$`)

// listNamesMsg: the names of the lists were read, to complete one in the prompt.
type listNamesMsg struct {
	prompt string // as it was then
	offset int
	names  []string
}

// typedList returns the beginning of the name of a list that ends at the cursor; ok is false where none is being typed.
func typedList(prompt string, offset int) (typed string, ok bool) {
	parts := strings.Split(prompt[:min(offset, len(prompt))], "__")
	if len(parts)%2 == 1 || !openList.MatchString(parts[len(parts)-1]) {
		return "", false
	}
	return strings.TrimLeft(parts[len(parts)-1], "~@!"), true
}

// completeList completes the name of a list before the cursor; mine is false where none is being typed.
func completeList(m *Model) (cmd tea.Cmd, mine bool) {
	prompt, offset := m.prompt.Value(), m.prompt.Offset()
	if _, ok := typedList(prompt, offset); !ok || m.literal || !m.session.isOpen {
		return nil, false
	}
	lists := m.session.lab().Lists
	return ask(func() listNamesMsg {
		if lists == nil {
			return listNamesMsg{prompt, offset, nil}
		}
		return listNamesMsg{prompt, offset, lists.Names()}
	}), true
}

// onListNames completes the name of a list: as far as all that begin like it agree, and then by choosing one of them.
func onListNames(m *Model, msg listNamesMsg) {
	if m.prompt.Value() != msg.prompt || m.prompt.Offset() != msg.offset || m.dialogs.TakesKeys() || !m.screens.IsHome() {
		return // something else was typed meanwhile
	}
	typed, _ := typedList(msg.prompt, msg.offset)
	names := slices.DeleteFunc(slices.Clone(msg.names), func(name string) bool { return !strings.HasPrefix(name, typed) })
	switch common := commonStart(names); {
	case len(msg.names) == 0:
		m.notify("There are no lists of values.")
	case len(names) == 0:
		m.notify("No list begins with " + format.Clean(typed) + ".")
	case len(names) == 1:
		insertText(m, names[0][len(typed):]+"__")
	case len(common) > len(typed):
		insertText(m, common[len(typed):])
	default:
		chooseList(m, typed, names)
	}
}

// chooseList opens a list of the names that continue a typed one.
func chooseList(m *Model, typed string, names []string) {
	choices := make([]picker.Choice, len(names))
	for i, name := range names {
		choices[i] = picker.Choice{Value: name, Text: format.Clean(name)}
	}
	list := picker.New("Lists of values", choices, noValue)
	list.SetVerb("use it")
	m.dialogs.Choose(list, m.now(), func(name string) tea.Cmd {
		insertText(m, name[len(typed):]+"__")
		return nil
	})
}

// insertText inserts a text into the prompt as if it was typed.
func insertText(m *Model, s string) {
	m.prompt.Paste(s)
	m.recall.Leave()
}

// commonStart returns what all names begin with.
func commonStart(names []string) string {
	if len(names) == 0 {
		return ""
	}
	common := names[0]
	for _, name := range names {
		for !strings.HasPrefix(name, common) {
			runes := []rune(common)
			common = string(runes[:len(runes)-1])
		}
	}
	return common
}
