package lineage

import "slices"

// Cycles returns the cycles that were cut, for those who look after the journal.
func (g *Graph) Cycles() []Cycle { return g.cycles }

// cut cuts cycles. Where all parents are older than their children there is none, and only a damaged journal has others.
func (g *Graph) cut() {
	if !g.hasBackward() {
		return
	}
	for _, keys := range g.components() {
		in := make(map[string]bool, len(keys))
		for _, key := range keys {
			in[key] = true
		}
		c := Cycle{Keys: keys}
		for _, key := range keys {
			n := g.nodes[key]
			n.parents = slices.DeleteFunc(n.parents, func(e Edge) bool {
				cut := in[e.Parent] && !g.nodes[e.Parent].before(n)
				if cut {
					c.Cut = append(c.Cut, e)
				}
				return cut
			})
		}
		if len(c.Cut) > 0 {
			g.cycles = append(g.cycles, c)
		}
	}
}

// hasBackward reports whether a parent is not older than its child.
func (g *Graph) hasBackward() bool {
	for _, n := range g.nodes {
		for _, e := range n.parents {
			if !g.nodes[e.Parent].before(n) {
				return true
			}
		}
	}
	return false
}

// componentSearch finds the sets of predictions that are ancestors of each other (Tarjan 1972). It keeps a path of its own instead of calling
// itself, since a chain may be as long as the journal.
type componentSearch struct {
	graph  *Graph
	visits map[*node]*visit
	stack  []*node // found, and in no set yet
	path   []step
	sets   [][]string
}

// visit is how far the search is with a node: the order in which it was found, and the earliest node on the stack that it leads to.
type visit struct {
	found, lowest int
	onStack       bool
}

// step is a node of the path, and which of its parents is looked at next.
type step struct {
	node *node
	next int
}

// components returns the sets, oldest first: those of one prediction too, as it may name itself.
func (g *Graph) components() [][]string {
	s := componentSearch{graph: g, visits: make(map[*node]*visit, len(g.nodes))}
	for _, start := range g.sorted() {
		if s.visits[start] == nil {
			s.enter(start)
		}
		for len(s.path) > 0 {
			s.walk()
		}
	}
	return s.sets
}

// enter puts a node on the path.
func (s *componentSearch) enter(n *node) {
	s.visits[n] = &visit{len(s.visits), len(s.visits), true}
	s.stack, s.path = append(s.stack, n), append(s.path, step{node: n})
}

// walk looks at the next parent of the node at the end of the path, or leaves it.
func (s *componentSearch) walk() {
	at := &s.path[len(s.path)-1]
	v := s.visits[at.node]
	if at.next == len(at.node.parents) {
		s.leave(at.node, v)
		return
	}
	parent := s.graph.nodes[at.node.parents[at.next].Parent]
	at.next++
	if seen := s.visits[parent]; seen == nil {
		s.enter(parent)
	} else if seen.onStack {
		v.lowest = min(v.lowest, seen.found)
	}
}

// leave takes a node from the path, and its set from the stack if it is the first that was found of it.
func (s *componentSearch) leave(n *node, v *visit) {
	s.path = s.path[:len(s.path)-1]
	if len(s.path) > 0 {
		under := s.visits[s.path[len(s.path)-1].node]
		under.lowest = min(under.lowest, v.lowest)
	}
	if v.lowest < v.found {
		return
	}
	from := len(s.stack) - 1
	for s.stack[from] != n {
		from--
	}
	set := slices.Clone(s.stack[from:])
	s.stack = s.stack[:from]
	slices.SortFunc(set, compareNodes)
	keys := make([]string, len(set))
	for i, n := range set {
		s.visits[n].onStack = false
		keys[i] = n.key
	}
	s.sets = append(s.sets, keys)
}
