package tree

import "tintype/ui/lineage"

// drawnLevels is how many levels of branches are drawn at most: of a deeper row those next to it.
const drawnLevels = 64

// row is a line of the tree: lineage.Row, and the lines that are drawn beside it. Bit k of goesOn is set if the level k above its own goes on below
// it.
type row struct {
	lineage.Row
	goesOn uint64
}

// rowsOf returns the rows of a tree as it is folded.
func rowsOf(t *lineage.Tree, open map[string]bool) []row {
	shown := t.Rows(func(key string) bool { return open[key] })
	rows := make([]row, len(shown))
	var below []bool // by level: it has a branch further below, under the same parent
	for i := len(shown) - 1; i >= 0; i-- {
		r := shown[i]
		rows[i].Row = r
		for k := range min(r.Depth, drawnLevels) {
			if level := r.Depth - k; level < len(below) && below[level] {
				rows[i].goesOn |= 1 << k
			}
		}
		switch {
		case r.Depth > 0:
			kept := min(len(below), r.Depth)
			below = append(below[:kept], make([]bool, r.Depth-kept)...)
			below = append(below, true)
		case t.Members[r.Member].Path && t.Members[r.Member].Main >= 0:
			below = []bool{1: true} // the path comes down to it, past the branches above it
		default:
			below = nil
		}
	}
	return rows
}

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
