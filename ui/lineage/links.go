package lineage

import "tintype/history"

// OfLinks makes the graph of what the journal says.
func OfLinks(links []history.Link) *Graph {
	nodes := make([]Node, len(links))
	for i, l := range links {
		nodes[i] = Node{Key: l.Key, Made: l.Made, Parent: l.Parent, Images: l.Images, Outputs: l.Outputs}
	}
	return New(nodes)
}
