package ui

import (
	"fmt"
	"path/filepath"
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/history"
	"tintype/ui/format"
	"tintype/ui/picker"
)

// openChooser shows a list to choose from over the rail.
func (m *Model) openChooser(c *picker.Chooser, take func(*Model, string) tea.Cmd) {
	if c == nil {
		return
	}
	m.screen = home
	m.over.chooser = &chooserDialog{list: c, since: m.now(), take: take}
	m.over.letters = nil
}

// openLetters shows a dialog of letters over the rail.
func (m *Model) openLetters(d lettersDialog) {
	d.since = m.now()
	m.screen = home
	m.over.letters, m.over.chooser = &d, nil
}

// toDialog takes a key to the dialog that stands over the rail.
func (m *Model) toDialog(key tea.KeyPressMsg, now time.Time) tea.Cmd {
	if d := m.over.letters; d != nil {
		return m.toLetters(d, key.String(), now)
	}
	d := m.over.chooser
	if key.String() == "enter" && now.Sub(d.since) < deafFor {
		return nil // a held enter that opened the list takes nothing from it
	}
	return m.endChooser(d, d.list.Update(key))
}

// endChooser does what a chooser's end asks for.
func (m *Model) endChooser(d *chooserDialog, end picker.ChooserEnd) tea.Cmd {
	switch end {
	case picker.ChooserTaken:
		m.over.chooser = nil
		return d.take(m, d.list.Taken())
	case picker.ChooserEdited:
		m.over.chooser = nil
		if d.edit != nil {
			return d.edit(m, d.list.Taken())
		}
	case picker.ChooserKept:
		m.over.chooser = nil
	}
	return nil
}

// toLetters takes a letter of a dialog, or esc. What was pressed before it was drawn, or right after, does not reach it.
func (m *Model) toLetters(d *lettersDialog, key string, now time.Time) tea.Cmd {
	do, ok := answerTo(d.answers, key)
	if !ok || now.Sub(d.since) < deafFor {
		return nil
	}
	m.over.letters = nil
	return do(m)
}

// openUnconfirmed asks what is to become of a prediction that may have been bought.
func (m *Model) openUnconfirmed(e history.Entry) tea.Cmd {
	m.openLetters(lettersDialog{
		title: "Was this bought?",
		text: []string{
			fmt.Sprintf("The line broke at %s, after the request had left. %s may have accepted and billed it, %s.",
				e.Time.In(m.now().Location()).Format("15:04:05"), m.providerTitle(e), m.aboutCost(e)),
			"tintype never sends it again by itself.",
		},
		answers: []answer{
			{key: "r", word: "mark as settled, keep the row", do: func(m *Model) tea.Cmd { return m.tasks(m.session.Runner.Dismiss(e)) }},
			{key: "y", word: "send again; may be billed twice", do: func(m *Model) tea.Cmd { return m.tasks(m.session.Runner.Resend(e)) }},
			{key: "esc", word: "decide later"},
		},
	})
	if m.session.Runner == nil {
		m.over.letters.answers = m.over.letters.answers[2:]
	}
	return nil
}

// openNoKey says how to set a key, and offers the demo.
func (m *Model) openNoKey() tea.Cmd {
	if m.session.ReadOnly.Long != "" {
		m.say(m.noKeySentence())
		return nil
	}
	d := lettersDialog{
		title: "No key for " + m.session.Provider.Title,
		text:  []string{"Set one, then start tintype again:"},
		code:  "export " + m.session.KeyName + "=…",
	}
	if m.options.OpenDemo != nil {
		d.after = []string{"Or try the demo: the same program; it paints on this machine and bills nothing."}
		d.answers = append(d.answers, answer{key: "d", word: "start the demo", do: (*Model).startDemo})
	}
	d.answers = append(d.answers, answer{key: "esc", word: "look around"})
	m.openLetters(d)
	return nil
}

// noKeySentence says calmly that there is no key, or what else keeps the session from buying.
func (m *Model) noKeySentence() string {
	if said := m.session.ReadOnly.Long; said != "" {
		return format.Clean(said)
	}
	s := fmt.Sprintf("No key for %s: set %s", m.session.Provider.Title, m.session.KeyName)
	if m.options.OpenDemo == nil {
		return s + "."
	}
	return s + ", or try the demo with ctrl+x d."
}

// startDemo replaces the session by the demo's. The draft comes along.
func (m *Model) startDemo() tea.Cmd {
	if m.options.OpenDemo == nil || m.session.Runner != nil || m.work.switching {
		return nil
	}
	m.work.switching = true
	m.screen = home // what is compared or looked at belongs to the session before
	return open(m.ctx, m.options.OpenDemo, m.list.Height)
}

// viewOutside opens the selected picture, or its folder, in the system's viewer.
func (m *Model) viewOutside(folder bool) tea.Cmd {
	e, ok := m.list.Selected()
	if !ok || !hasPicture(e) {
		m.say("There is no picture here to open.")
		return nil
	}
	path := m.picturePath(e)
	if folder {
		path = filepath.Dir(path)
	}
	return view(path, m.options.ChildEnv)
}

// picturePath is the selected picture's absolute path; the first one while all are shown.
func (m *Model) picturePath(e history.Entry) string {
	for i, o := range e.Outputs {
		if o.Path != "" && (m.list.Output == 0 || m.list.Output == i+1) {
			return m.session.History.Path(o.Path)
		}
	}
	return ""
}
