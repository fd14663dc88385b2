package lineage

import "slices"

// A Tree is a prediction with all that it came from, and all that came from those, oldest first and parents before their children.
type Tree struct {
	Selected int // index of the prediction that was asked for
	Members  []Member
}

// A Member is a prediction of a tree.
type Member struct {
	Key      string
	Missing  bool   // it is named as a parent, and is not in the journal
	Parents  []Edge // the main one first; some may not be in the tree
	Main     int    // index of its main parent in the tree; -1 if it is a root
	Children []int  // indices of those whose main parent it is, oldest first
	Path     bool   // it is the selected one, or an ancestor of it by main parents
	Below    int    // how many come from it by main parents, children and theirs
}

// Tree returns the tree of a prediction. A prediction that came from none, and from which none came, is alone in its tree. It returns false for a
// key that is not known.
func (g *Graph) Tree(key string) (Tree, bool) {
	selected, ok := g.nodes[key]
	if !ok {
		if _, known := g.find(key); !known {
			return Tree{}, false
		}
		return alone(key), true
	}
	nodes := inOrder(reach(reach([]*node{selected}, g.parentsOf), (*node).childrenOf))
	t := Tree{Members: make([]Member, len(nodes))}
	at := make(map[string]int, len(nodes))
	for i, n := range nodes {
		at[n.key] = i
		t.Members[i] = Member{Key: n.key, Missing: n.missing, Main: -1, Parents: slices.Clone(n.parents)}
		t.Members[i].setMain(at)
	}
	for i := range t.Members {
		if main := t.Members[i].Main; main >= 0 {
			t.Members[main].Children = append(t.Members[main].Children, i)
		}
	}
	for i := len(t.Members) - 1; i >= 0; i-- {
		if main := t.Members[i].Main; main >= 0 {
			t.Members[main].Below += t.Members[i].Below + 1
		}
	}
	t.Selected = at[key]
	for i := t.Selected; i >= 0; i = t.Members[i].Main {
		t.Members[i].Path = true
	}
	return t, true
}

// alone returns the tree of a prediction without relatives.
func alone(key string) Tree { return Tree{Members: []Member{{Key: key, Main: -1, Path: true}}} }

// setMain makes the first parent that is in the tree the main one. Parents are put into at before their children.
func (m *Member) setMain(at map[string]int) {
	for k, e := range m.Parents {
		if i, ok := at[e.Parent]; ok {
			m.Main = i
			m.Parents = slices.Insert(slices.Delete(m.Parents, k, k+1), 0, e)
			return
		}
	}
}

func (g *Graph) parentsOf(n *node) []*node {
	parents := make([]*node, len(n.parents))
	for i, e := range n.parents {
		parents[i] = g.nodes[e.Parent]
	}
	return parents
}

func (n *node) childrenOf() []*node { return n.children }

// reach returns some nodes and all that are reached from them.
func reach(from []*node, next func(*node) []*node) []*node {
	seen := make(map[*node]bool, len(from))
	for _, n := range from {
		seen[n] = true
	}
	all := slices.Clone(from)
	for i := 0; i < len(all); i++ {
		for _, n := range next(all[i]) {
			if !seen[n] {
				seen[n] = true
				all = append(all, n)
			}
		}
	}
	return all
}

// inOrder orders nodes: parents before their children, and else the oldest first.
func inOrder(nodes []*node) []*node {
	slices.SortFunc(nodes, compareNodes)
	in := make(map[string]*node, len(nodes))
	for _, n := range nodes {
		in[n.key] = n
	}
	placed := make(map[*node]bool, len(nodes))
	ordered := make([]*node, 0, len(nodes))
	for _, n := range nodes {
		ordered = appendAfterParents(ordered, n, in, placed)
	}
	return ordered
}

// appendAfterParents appends a node, unless it is placed, after its parents. A clock that was wrong makes a parent newer than its child.
func appendAfterParents(ordered []*node, n *node, in map[string]*node, placed map[*node]bool) []*node {
	path := []*node{n}
	for len(path) > 0 {
		at := path[len(path)-1]
		waits := false
		for _, e := range at.parents {
			if parent := in[e.Parent]; parent != nil && !placed[parent] && !placed[at] {
				path, waits = append(path, parent), true
				break
			}
		}
		if waits {
			continue
		}
		path = path[:len(path)-1]
		if !placed[at] {
			placed[at] = true
			ordered = append(ordered, at)
		}
	}
	return ordered
}

// IsRoot reports whether a prediction came from no other one.
func (g *Graph) IsRoot(key string) bool {
	n, ok := g.nodes[key]
	return !ok || len(n.parents) == 0
}

// IsLeaf reports whether no prediction came from this one.
func (g *Graph) IsLeaf(key string) bool {
	n, ok := g.nodes[key]
	return !ok || len(n.children) == 0
}

// Descendants returns the keys of all predictions that came from one, oldest first, without itself.
func (g *Graph) Descendants(key string) []string {
	n, ok := g.nodes[key]
	if !ok {
		return nil
	}
	found := reach([]*node{n}, (*node).childrenOf)[1:]
	slices.SortFunc(found, compareNodes)
	keys := make([]string, len(found))
	for i, n := range found {
		keys[i] = n.key
	}
	return keys
}
