package lineage

// A Row is a line of a tree as it is shown.
type Row struct {
	Member int // index in the tree
	Depth  int // 0 for the path to the selected prediction, which is straight; roots beside it too
	Hidden int // how many that come from it are not shown
}

// Rows returns the lines of a tree: parents above their children, and the path to the selected prediction straight. Branches beside the path are
// under their parent, before the path goes on, and are shown where open reports true for the key of that parent. Under the selected prediction
// everything is a branch.
func (t *Tree) Rows(open func(key string) bool) []Row {
	var rows []Row
	for i := range t.Members {
		if t.Members[i].Main < 0 && !t.Members[i].Path {
			rows = t.appendBranch(rows, i, 0, open)
		}
	}
	for i := range t.Members {
		if m := &t.Members[i]; m.Path { // parents are before their children
			rows = append(rows, Row{Member: i})
			rows = t.appendBranches(rows, i, open)
		}
	}
	return rows
}

// appendBranch appends a member and what is open under it.
func (t *Tree) appendBranch(rows []Row, member, depth int, open func(key string) bool) []Row {
	type place struct{ member, depth int }
	stack := []place{{member, depth}}
	for len(stack) > 0 {
		at := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		m := &t.Members[at.member]
		if !open(m.Key) {
			rows = append(rows, Row{at.member, at.depth, m.Below})
			continue
		}
		rows = append(rows, Row{Member: at.member, Depth: at.depth})
		for i := len(m.Children) - 1; i >= 0; i-- {
			stack = append(stack, place{m.Children[i], at.depth + 1})
		}
	}
	return rows
}

// appendBranches appends the branches beside the path under its last row, or counts them there.
func (t *Tree) appendBranches(rows []Row, member int, open func(key string) bool) []Row {
	last := len(rows) - 1
	for _, child := range t.Members[member].Children {
		switch {
		case t.Members[child].Path:
		case open(t.Members[member].Key):
			rows = t.appendBranch(rows, child, 1, open)
		default:
			rows[last].Hidden += t.Members[child].Below + 1
		}
	}
	return rows
}
