package ui

import (
	tea "charm.land/bubbletea/v2"

	"tintype/ui/form"
	"tintype/ui/keymap"
	"tintype/ui/list"
	"tintype/ui/screen"
)

// keyAction is one action of the program: what is declared about its keys (keymap.Command), and what it does. One without a
// function is a line of the help, or further keys of an action above it.
type keyAction struct {
	name         keymap.Action
	group        keymap.Group
	words        string // further words that find it in the help
	when         func(keymap.State) bool
	keys         []keymap.Binding
	pair         keymap.Pair
	hints        []keymap.Hint
	menu, copies keymap.Item
	do           func(*Model) tea.Cmd
}

// Short names, for the table.
type (
	keys     = []keymap.Binding
	hints    = []keymap.Hint
	keyState = keymap.State
)

func on(where keymap.Place, names, help string) keymap.Binding {
	return keymap.Binding{Where: where, Keys: names, Help: help}
}

func hint(where keymap.Place, rank int, word string, with ...keymap.Action) keymap.Hint {
	return keymap.Hint{Where: where, Rank: rank, Word: word, With: with}
}

// hintIf returns a hint that is shown only in some states.
func hintIf(when func(keyState) bool, where keymap.Place, rank int, word string, with ...keymap.Action) keymap.Hint {
	return keymap.Hint{Where: where, Rank: rank, Word: word, With: with, When: when}
}

// twice returns the hint of a key that is to be pressed twice.
func twice(h keymap.Hint) keymap.Hint {
	h.Twice = true
	return h
}

func entry(rank int, names, word, help string) keymap.Item {
	return keymap.Item{Rank: rank, Keys: names, Word: word, Help: help}
}

func pair(with keymap.Action, names, help string) keymap.Pair {
	return keymap.Pair{With: with, Keys: names, Help: help}
}

// withoutCmd makes an action of a function that returns no command, onList of one of the list, and onSettings of one of the settings.
func withoutCmd(do func(*Model)) func(*Model) tea.Cmd {
	return func(m *Model) tea.Cmd { do(m); return nil }
}

func onList(do func(*list.List)) func(*Model) tea.Cmd {
	return func(m *Model) tea.Cmd { do(&m.list); return nil }
}

func onSettings(do func(*form.Settings)) func(*Model) tea.Cmd {
	return func(m *Model) tea.Cmd {
		do(&m.settings)
		m.notifySettings()
		return nil
	}
}

const (
	inPrompt, inSettings, inParameters = keymap.InPrompt, keymap.InSettings, keymap.InParameters
	inList, inFull                     = keymap.InList, keymap.InFull
	inGallery, inCompare               = keymap.InGallery, keymap.InCompare
	onRows, onAny, everywhere          = keymap.OnRows, keymap.OnAny, keymap.Everywhere
)

// bindKeys returns the map of keys and the function of each action, from the table and from extra screens.
func bindKeys(bound map[string][]string, extra []screen.Screen) (keymap.Map, map[keymap.Action]func(*Model) tea.Cmd) {
	do := map[keymap.Action]func(*Model) tea.Cmd{}
	for _, c := range keyTable() {
		if c.do != nil {
			do[c.name] = c.do
		}
	}
	for _, s := range extra {
		if s.OpenedBy() == "" {
			continue
		}
		do[s.OpenedBy()] = func(m *Model) tea.Cmd {
			m.screens.open(s, m.screens.PushOverList)
			return nil
		}
	}
	return keymap.New(declarations(extra), bound), do
}

// declarations returns what the table and extra screens declare about keys.
func declarations(extra []screen.Screen) []keymap.Command {
	var declared []keymap.Command
	for _, c := range keyTable() {
		declared = append(declared, keymap.Command{
			Name: c.name, Group: c.group, Words: c.words, When: c.when, Keys: c.keys, Pair: c.pair, Hints: c.hints, Menu: c.menu, Copies: c.copies,
		})
	}
	for _, s := range extra {
		declared = append(declared, s.Commands()...)
	}
	return declared
}

// run runs an action. The screen on top may handle it; otherwise the table's function does.
func (m *Model) run(act keymap.Action) tea.Cmd {
	if cmd, mine := m.screens.Top().Do(act); mine {
		return cmd
	}
	if do, ok := m.actions[act]; ok {
		return do(m)
	}
	return nil
}
