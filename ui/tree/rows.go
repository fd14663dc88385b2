package tree

import "tintype/ui/lineage"

// deepest is how many levels of branches are indented; deeper ones are drawn as deep as that.
const deepest = 60

// row is a line of the tree: lineage.Row, and the lines that are drawn beside it. Of the levels from 1 to its depth, those whose bit is set go on
// below it.
type row struct {
	lineage.Row
	goesOn uint64
}

// rowsOf returns the rows of a tree as it is folded.
func rowsOf(t *lineage.Tree, open map[string]bool) []row {
	shown := t.Rows(func(key string) bool { return open[key] })
	rows := make([]row, len(shown))
	below := uint64(0) // the levels that have a branch further below, under the same parent
	for i := len(shown) - 1; i >= 0; i-- {
		r := shown[i]
		level := min(r.Depth, deepest)
		rows[i] = row{r, below & levels(level)}
		switch {
		case level > 0:
			below = below&levels(level) | 1<<level
		case t.Members[r.Member].Path && t.Members[r.Member].Main >= 0:
			below = 1 << 1 // the path comes down to it, past the branches above it
		default:
			below = 0
		}
	}
	return rows
}

// levels returns the bits of the levels from 1 to n.
func levels(n int) uint64 { return 1<<(n+1) - 2 }

// refold makes the rows for what is open, with the cursor on a member, or on the one under which it is folded.
func (s *Screen) refold(member int) {
	s.rows = rowsOf(&s.tree, s.open)
	at := make(map[int]int, len(s.rows))
	for i, r := range s.rows {
		at[r.Member] = i
	}
	for m := member; m >= 0; m = s.tree.Members[m].Main {
		if i, shown := at[m]; shown {
			s.at = i
			return
		}
	}
	s.at = 0
}

// showsBranches reports whether branches of a member are shown: children that are not on the path.
func (s *Screen) showsBranches(member int) bool {
	m := &s.tree.Members[member]
	if !s.open[m.Key] {
		return false
	}
	for _, child := range m.Children {
		if !s.tree.Members[child].Path {
			return true
		}
	}
	return false
}

// setOpen shows or folds the branches of a member, with the cursor on it.
func (s *Screen) setOpen(member int, open bool) {
	if open {
		s.openChain(member)
	} else {
		delete(s.open, s.tree.Members[member].Key)
	}
	s.refold(member)
}

// openChain opens a member, and, where all that follows it is a chain without branches, the chain up to where it branches.
func (s *Screen) openChain(member int) {
	for {
		m := &s.tree.Members[member]
		s.open[m.Key] = true
		if len(m.Children) != 1 || s.tree.Members[m.Children[0]].Path {
			return
		}
		member = m.Children[0]
	}
}

// folded returns how many members are not shown.
func (s *Screen) folded() int { return len(s.tree.Members) - len(s.rows) }
