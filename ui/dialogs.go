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
func (m *Model) openChooser(c *picker.Picker, take func(*Model, string) tea.Cmd) {
	if c == nil {
		return
	}
	m.screen = home
	m.dialogs.chooser = &chooserDialog{list: c, since: m.now(), take: take}
	m.dialogs.decision = nil
}

// openDecision shows a dialog of letters over the rail.
func (m *Model) openDecision(d decisionDialog) {
	d.since = m.now()
	m.screen = home
	m.dialogs.decision, m.dialogs.chooser = &d, nil
}

// onDialogKey takes a key to the dialog that stands over the rail.
func (m *Model) onDialogKey(key tea.KeyPressMsg, now time.Time) tea.Cmd {
	if d := m.dialogs.decision; d != nil {
		return m.onDecisionKey(d, key.String(), now)
	}
	d := m.dialogs.chooser
	if key.String() == "enter" && now.Sub(d.since) < graceDelay {
		return nil // a held enter that opened the list takes nothing from it
	}
	return m.endChooser(d, d.list.Update(key))
}

// endChooser does what a chooser's end asks for.
func (m *Model) endChooser(d *chooserDialog, end picker.Result) tea.Cmd {
	switch end {
	case picker.Taken:
		m.dialogs.chooser = nil
		return d.take(m, d.list.Taken())
	case picker.Edited:
		m.dialogs.chooser = nil
		if d.edit != nil {
			return d.edit(m, d.list.Taken())
		}
	case picker.Dismissed:
		m.dialogs.chooser = nil
	}
	return nil
}

// onDecisionKey takes a letter of a dialog, or esc. What was pressed before it was drawn, or right after, does not reach it.
func (m *Model) onDecisionKey(d *decisionDialog, key string, now time.Time) tea.Cmd {
	do, ok := answerTo(d.answers, key)
	if !ok || now.Sub(d.since) < graceDelay {
		return nil
	}
	m.dialogs.decision = nil
	return do(m)
}

// openUnconfirmed asks what is to become of a prediction that may have been bought.
func (m *Model) openUnconfirmed(e history.Entry) tea.Cmd {
	m.openDecision(decisionDialog{
		title: "Was this bought?",
		text: []string{
			fmt.Sprintf("The line broke at %s, after the request had left. %s may have accepted and billed it, %s.",
				e.Time.In(m.now().Location()).Format("15:04:05"), m.providerTitle(e), m.aboutCost(e)),
			"tintype never sends it again by itself.",
		},
		answers: []answer{
			{key: "r", word: "mark as settled, keep the row", do: func(m *Model) tea.Cmd { return m.carryOut(m.session.Runner.Dismiss(e)) }},
			{key: "y", word: "send again; may be billed twice", do: func(m *Model) tea.Cmd { return m.carryOut(m.session.Runner.Resend(e)) }},
			{key: "esc", word: "decide later"},
		},
	})
	if m.session.Runner == nil {
		m.dialogs.decision.answers = m.dialogs.decision.answers[2:]
	}
	return nil
}

// openNoKey says how to set a key, and offers the demo.
func (m *Model) openNoKey() tea.Cmd {
	if m.session.ReadOnly.Long != "" {
		m.notify(m.noKeySentence())
		return nil
	}
	d := decisionDialog{
		title: "No key for " + m.session.Provider.Title,
		text:  []string{"Set one, then start tintype again:"},
		code:  "export " + m.session.KeyName + "=…",
	}
	if m.options.OpenDemo != nil {
		d.after = []string{"Or try the demo: the same program; it paints on this machine and bills nothing."}
		d.answers = append(d.answers, answer{key: "d", word: "start the demo", do: (*Model).startDemo})
	}
	d.answers = append(d.answers, answer{key: "esc", word: "look around"})
	m.openDecision(d)
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
	if m.options.OpenDemo == nil || m.session.Runner != nil || m.background.switching {
		return nil
	}
	m.background.switching = true
	m.screen = home // what is compared or looked at belongs to the session before
	return open(m.ctx, m.options.OpenDemo, m.list.Height())
}

// viewOutside opens the selected picture, or its folder, in the system's viewer.
func (m *Model) viewOutside(folder bool) tea.Cmd {
	e, ok := m.list.Selected()
	if !ok || !hasPicture(e) {
		m.notify("There is no picture here to open.")
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
		if o.Path != "" && (m.list.Output() == 0 || m.list.Output() == i+1) {
			return m.session.History.Path(o.Path)
		}
	}
	return ""
}
