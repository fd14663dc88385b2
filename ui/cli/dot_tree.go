package cli

import (
	"cmp"
	"fmt"
	"strings"

	"tintype/ui/format"
	"tintype/ui/lineage"
)

// printDot prints the tree as a graph for Graphviz. Edges from input images are dashed, and what is not in the tree is dotted.
func (f *family) printDot(p *program) {
	p.printLine(p.out, "digraph tintype {")
	p.printLine(p.out, "  node [shape=box];")
	ids := dotIDs{}
	for i := range f.Members {
		m := &f.Members[i]
		style := ""
		if i == f.Selected {
			style = ", style=bold"
		}
		p.printLine(p.out, f.dotNode(ids, m.Key, cmp.Or(promptLine(f.entries[m.Key]), "not here"), style))
	}
	for i := range f.Members {
		f.printDotEdges(p, i, ids)
	}
	p.printLine(p.out, "}")
}

// dotNode returns the line of a node: its key, and what is said of it.
func (f *family) dotNode(ids dotIDs, key, said, style string) string {
	return fmt.Sprintf(`  "%s" [label="%s\n%s"%s];`, ids.of(key), dotText(f.short.Of(key)), dotText(said), style)
}

// printDotEdges prints the edges from the parents of a member.
func (f *family) printDotEdges(p *program, member int, ids dotIDs) {
	m := &f.Members[member]
	for k, e := range m.Parents {
		var label string
		if k == 0 {
			label = dotText(strings.Join(shortLines(f.changes(member)), ", "))
		}
		if _, known := ids[e.Parent]; !known {
			p.printLine(p.out, f.dotNode(ids, e.Parent, "not in this tree", ", style=dotted"))
		}
		style := map[lineage.Via]string{lineage.ViaImage: ", style=dashed"}[e.Via]
		p.printLine(p.out, fmt.Sprintf(`  "%s" -> "%s" [label="%s"%s];`, ids.of(e.Parent), ids.of(m.Key), label, style))
	}
}

// dotIDs are the names of nodes, by the keys of predictions: the key itself, or a number for one that another program wrote, with signs that cannot
// be printed as they are.
type dotIDs map[string]string

// of returns the name of a node.
func (ids dotIDs) of(key string) string {
	if ids[key] == "" {
		ids[key] = key
		if dotText(key) != key {
			ids[key] = fmt.Sprintf("key  %d", len(ids)) // two blanks, which no key that is printed as it is has
		}
	}
	return ids[key]
}

// dotText writes a text as a part of a quoted text of DOT, on one line.
func dotText(s string) string {
	return dotSigns.Replace(strings.Join(strings.Fields(format.Clean(s)), " "))
}

// dotSigns escapes what ends a quoted text of DOT.
var dotSigns = strings.NewReplacer(`\`, `\\`, `"`, `\"`)
