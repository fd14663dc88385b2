package lineage

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"tintype/history"
)

// Via is how a prediction came from its parent.
type Via string

// The ways.
const (
	ViaUse   Via = "use"   // its settings were used
	ViaImage Via = "image" // one of its pictures is an input image
)

// An Edge leads from a prediction to one that came from it.
type Edge struct {
	Parent, Child string
	Via           Via
	Output        int // index of the parent's picture, for ViaImage; else 0
}

// A Cycle is predictions of which each is an ancestor of each other one.
type Cycle struct {
	Keys []string // oldest first
	Cut  []Edge   // the edges that were cut
}

// A Graph is predictions and the edges between them, without cycles. It is not changed after New.
type Graph struct {
	nodes  map[string]*node // those that have an edge, or are asked for
	known  []history.Link   // by key
	cycles []Cycle
}

// node is a prediction that has edges.
type node struct {
	key      string
	made     time.Time
	missing  bool   // it is named as a parent, and not known
	parents  []Edge // the main one first
	children []*node
}

// New makes the graph of all predictions that are known. Of nodes with the same key the last counts.
func New(known []history.Link) *Graph {
	g := &Graph{nodes: map[string]*node{}, known: known}
	g.sortKeys()
	g.addParents()
	g.addImages()
	g.cut()
	g.link()
	return g
}

// sortKeys orders the nodes by key, unless they are in order.
func (g *Graph) sortKeys() {
	byKey := func(a, b history.Link) int { return cmp.Compare(a.Key, b.Key) }
	if !slices.IsSortedFunc(g.known, byKey) {
		g.known = slices.Clone(g.known)
		slices.SortStableFunc(g.known, byKey)
	}
	for i := 1; i < len(g.known); i++ {
		if g.known[i].Key == g.known[i-1].Key {
			g.known = lastOfEach(g.known)
			return
		}
	}
}

// lastOfEach returns the last of nodes with the same key.
func lastOfEach(sorted []history.Link) []history.Link {
	var out []history.Link
	for i, n := range sorted {
		if i+1 == len(sorted) || sorted[i+1].Key != n.Key {
			out = append(out, n)
		}
	}
	return out
}

// find returns a prediction that is known.
func (g *Graph) find(key string) (*history.Link, bool) {
	i, ok := slices.BinarySearchFunc(g.known, key, func(n history.Link, key string) int { return cmp.Compare(n.Key, key) })
	if !ok {
		return nil, false
	}
	return &g.known[i], true
}

// node returns the node of a key, which is missing if nothing is known of it.
func (g *Graph) node(key string) *node {
	n, ok := g.nodes[key]
	if !ok {
		n = &node{key: key}
		if known, ok := g.find(key); ok {
			n.made = known.Made
		} else {
			n.missing = true
		}
		g.nodes[key] = n
	}
	return n
}

// add adds an edge, once for each pair of predictions: an image of a prediction that was used is no second edge.
func (g *Graph) add(e Edge) {
	child := g.node(e.Child)
	g.node(e.Parent)
	for _, had := range child.parents {
		if had.Parent == e.Parent {
			return
		}
	}
	child.parents = append(child.parents, e)
}

// addParents adds the edges of what was used. A prediction that names itself is a cycle.
func (g *Graph) addParents() {
	for i := range g.known {
		if n := &g.known[i]; n.Parent != "" {
			g.add(Edge{Parent: n.Parent, Child: n.Key, Via: ViaUse})
		}
	}
}

// addImages adds the edges of pictures that are input images.
func (g *Graph) addImages() {
	makers := g.makers()
	if len(makers) == 0 {
		return
	}
	for i := range g.known {
		n := &g.known[i]
		for _, image := range n.Images {
			if from, output, ok := firstMaker(makers[image], n); ok {
				g.add(Edge{Parent: from.Key, Child: n.Key, Via: ViaImage, Output: output})
			}
		}
	}
}

// maker is a prediction that made a picture.
type maker struct {
	node   *history.Link
	output int
}

// makers returns the predictions whose pictures are input images, by the sha256 of the picture.
func (g *Graph) makers() map[string][]maker {
	makers := map[string][]maker{}
	for i := range g.known {
		for _, image := range g.known[i].Images {
			if image != "" {
				makers[image] = nil
			}
		}
	}
	if len(makers) == 0 {
		return nil
	}
	for i := range g.known {
		for output, sum := range g.known[i].Outputs {
			if list, wanted := makers[sum]; wanted {
				makers[sum] = append(list, maker{&g.known[i], output})
			}
		}
	}
	return makers
}

// firstMaker returns the oldest prediction that made a picture before it was the input image of another. If several made the same picture, it
// is not known whose file was taken.
func firstMaker(makers []maker, child *history.Link) (first *history.Link, output int, ok bool) {
	for _, m := range makers {
		if older(m.node.Made, m.node.Key, child.Made, child.Key) && (first == nil || older(m.node.Made, m.node.Key, first.Made, first.Key)) {
			first, output = m.node, m.output
		}
	}
	return first, output, first != nil
}

// older reports whether a prediction was made before another one.
func older(made time.Time, key string, otherMade time.Time, otherKey string) bool {
	if c := made.Compare(otherMade); c != 0 {
		return c < 0
	}
	return key < otherKey
}

// before is older for nodes. What is missing is older than anything that came from it.
func (n *node) before(o *node) bool {
	if n.missing != o.missing {
		return n.missing
	}
	return older(n.made, n.key, o.made, o.key)
}

// link sets the children of each node, oldest first.
func (g *Graph) link() {
	for _, n := range g.nodes {
		for _, e := range n.parents {
			parent := g.nodes[e.Parent]
			parent.children = append(parent.children, n)
		}
	}
	for _, n := range g.nodes {
		slices.SortFunc(n.children, compareNodes)
	}
}

func compareNodes(a, b *node) int {
	switch {
	case a == b:
		return 0
	case a.before(b):
		return -1
	}
	return 1
}

// sorted returns all nodes that have edges, oldest first.
func (g *Graph) sorted() []*node {
	return slices.SortedFunc(maps.Values(g.nodes), compareNodes)
}
