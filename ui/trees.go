package ui

import (
	tea "charm.land/bubbletea/v2"

	"tintype/history"
	"tintype/ui/lineage"
	"tintype/ui/list"
)

// treeReadMsg: the tree of a prediction was read, or not.
type treeReadMsg struct {
	generation int
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
	m.trees++
	generation, h, ctx := m.trees, m.session.History, m.ctx
	return ask(func() treeReadMsg {
		msg := treeReadMsg{generation: generation}
		msg.tree, msg.cycles, msg.err = lineage.Read(ctx, h, key)
		msg.short, _ = h.ShortKeys() // the zero value keeps the keys
		return msg
	})
}

// onTreeRead shows a tree, and tells of the cycles that were cut.
func onTreeRead(m *Model, msg treeReadMsg) {
	if msg.generation != m.trees {
		return
	}
	if msg.err != nil {
		m.notifyError(msg.err)
		return
	}
	m.screens.tree.Show(msg.tree, msg.short.Of)
	m.screens.open(m.screens.tree, m.screens.Push)
	for _, c := range msg.cycles {
		m.notify(c.Sentence(msg.short.Of))
	}
}

// CompareThese opens the comparison of some predictions over the screen on top.
func (h host) CompareThese(subjects ...list.Subject) {
	h.m.screens.compare.Show(subjects...)
	h.m.screens.Push(h.m.screens.compare)
}
