package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"tintype/history"
	"tintype/ui/keymap"
	"tintype/ui/lineage"
	"tintype/ui/list"
)

// trees is what is known of where predictions came from, and which tree is being read.
type trees struct {
	graphs     lineage.Graphs
	generation int          // of the tree that was asked for last
	from       keymap.Place // where the keys went when it was asked for
	reads      bool         // the tree that is shown is being read again
	changed    bool         // something has changed since a tree began to be read
}

// forget drops the tree that is being read, which is of another session.
func (t *trees) forget() {
	t.generation++
	t.reads, t.changed = false, false
}

// treeReadMsg: the tree of a prediction was read, or not.
type treeReadMsg struct {
	generation int
	again      bool // it is shown already, and was read again since the history has changed
	tree       lineage.Tree
	cycles     []lineage.Cycle // those that the tree has a part of
	short      history.ShortKeys
	err        error
}

// openTree reads the tree of the selected prediction, and shows it.
func openTree(m *Model) tea.Cmd {
	key := m.list.Cursor()
	if !m.session.isOpen || key == "" {
		refuse(m, "Nothing is selected.")
		return nil
	}
	m.trees.forget()
	m.trees.from = m.place()
	return m.trees.read(m.ctx, m.session.History, key, false)
}

// read returns the command that reads the tree of a prediction. One whose line is not written yet is alone.
func (t *trees) read(ctx context.Context, h *history.History, key string, again bool) tea.Cmd {
	generation := t.generation
	return ask(func() treeReadMsg {
		msg := treeReadMsg{generation: generation, again: again}
		msg.tree, msg.cycles, msg.err = t.graphs.Read(ctx, h, key)
		msg.short, _ = h.ShortKeys() // the zero value keeps the keys
		return msg
	})
}

// onTreeRead shows a tree, and tells of the cycles that were cut. It does not come between a person and another screen or a question that was opened
// meanwhile: a long journal takes a moment.
func onTreeRead(m *Model, msg treeReadMsg) tea.Cmd {
	switch {
	case msg.generation != m.trees.generation:
		return nil
	case msg.again:
		return onTreeReadAgain(m, msg)
	case m.place() != m.trees.from || m.dialogs.TakesKeys():
		return nil
	case msg.err != nil:
		m.notifyError(msg.err)
		return nil
	}
	m.screens.tree.Show(msg.tree, msg.short.Of)
	m.screens.open(m.screens.tree, m.screens.Push)
	for _, c := range msg.cycles {
		m.notify(c.Sentence(msg.short.Of))
	}
	if m.trees.changed {
		return matchTree(m)
	}
	return nil
}

// matchTree reads the tree that is open again, since this program or another one has changed the history: once at a time, however much changes.
func matchTree(m *Model) tea.Cmd {
	t, s := &m.trees, m.screens.tree
	t.changed = true
	if !m.session.isOpen || t.reads || !m.screens.Holds(s) {
		return nil
	}
	t.reads, t.changed = true, false
	return t.read(m.ctx, m.session.History, s.Of(), true)
}

// onTreeReadAgain shows what is new in the tree that is open. An error is not told: the tree stays as it is, and the header shows what is wrong
// with the history.
func onTreeReadAgain(m *Model, msg treeReadMsg) tea.Cmd {
	m.trees.reads = false
	if msg.err == nil {
		m.screens.tree.Update(msg.tree, msg.short.Of)
	}
	if m.trees.changed {
		return matchTree(m)
	}
	return nil
}

// CompareThese opens the comparison of some predictions over the screen on top.
func (h host) CompareThese(subjects ...list.Subject) {
	h.m.screens.compare.Show(subjects...)
	h.m.screens.Push(h.m.screens.compare)
}
