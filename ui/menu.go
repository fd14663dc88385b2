package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/keymap"
)

// copyTitle is the title of the menu of what can be copied.
const copyTitle = "Copy"

// showMenu opens a menu.
func showMenu(m *Model, title string, items []keymap.MenuItem) tea.Cmd {
	m.dialogs.OpenMenu(title, items)
	return nil
}

// onMenuKey runs the action of a key in the open menu. If it has none, or its action cannot do anything now, the keys up to the next pause
// are meant for what did not open, such as a number and enter: they are swallowed, so that they neither become text nor buy anything.
func onMenuKey(m *Model, key string) tea.Cmd {
	m.guard.BeginChord()
	title := m.dialogs.MenuTitle()
	act := m.dialogs.OnMenuKey(key)
	if act == "" {
		act = actionOf(m.keys, title, key) // one that is not shown now says why
	}
	opener := keymap.Label(m.keys.Direct(menuOpener(title), m.place()))
	switch {
	case act == "" && (key == "esc" || key == opener):
		return nil
	case act == "":
		refuse(m, "There is no "+opener+" "+keymap.Label(key)+".")
	}
	cmd := m.run(act)
	m.guard.EndChord(m.now())
	return cmd
}

// menuOpener returns the action that opens a menu, by its title.
func menuOpener(title string) keymap.Action {
	if title == copyTitle {
		return keymap.ActCopy
	}
	return keymap.ActMenu
}

// actionOf returns the action of a key in a menu, whether it is shown now or not; "" if there is none.
func actionOf(keys keymap.Map, title, key string) keymap.Action {
	items := keys.Menu()
	if title == copyTitle {
		items = keys.Copies()
	}
	for _, item := range items {
		if slices.Contains(item.Keys, key) {
			return item.Action
		}
	}
	return ""
}

// refuse says why an action cannot do anything now.
func refuse(m *Model, sentence string) {
	m.notify(sentence)
	m.guard.Refuse()
}

// refuseError is refuse for an error; nil refuses nothing.
func refuseError(m *Model, err error) {
	if err != nil {
		m.notifyError(err)
		m.guard.Refuse()
	}
}
