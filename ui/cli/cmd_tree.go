package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"tintype/history"
	"tintype/ui/lineage"
)

func treeCommand(p *program) *cobra.Command {
	var dot bool
	c := &cobra.Command{
		Use:   "tree [KEY]",
		Short: "Where a prediction came from, and what came from it",
		Long: "Shows where a prediction came from, and what came from it, oldest first: the predictions that were used, and those whose pictures are " +
			"input images. Each line says what changed. Without a key it is about the newest prediction.",
		Example:           "tintype tree x7kq\ntintype tree x7kq --json\ntintype tree x7kq --dot | dot -Tsvg > tree.svg",
		ValidArgsFunction: p.completeKeys(anyEntry, 1),
		RunE: p.runE(func(ctx context.Context, args []string) (int, error) {
			if len(args) > 1 {
				return 0, usageError("tree takes one key or id; list shows them")
			}
			if dot && p.json {
				return 0, usageError("tree prints JSON or DOT, not both")
			}
			return printTree(ctx, p, args, dot)
		}),
	}
	c.Flags().BoolVar(&dot, "dot", false, "print a graph for Graphviz")
	return c
}

// printTree prints the tree of the named prediction, without a name of the newest.
func printTree(ctx context.Context, p *program, names []string, dot bool) (int, error) {
	s, err := p.openSession()
	if err != nil {
		return 0, err
	}
	defer s.close()
	e, err := s.named(names)
	if err != nil {
		p.warnUnreadableLines(s.history)
		return 0, err
	}
	t, err := readTree(ctx, s, e.Key)
	if err != nil {
		return 0, err
	}
	for _, c := range t.cycles {
		p.printProgress(c.Sentence(t.short.Of))
	}
	switch {
	case p.json:
		return exitOK, p.writeJSON(t.json())
	case dot:
		t.printDot(p)
	default:
		t.print(p)
	}
	return exitOK, nil
}

// A family is a tree with the entries of its members.
type family struct {
	lineage.Tree
	entries map[string]history.Entry
	short   history.ShortKeys
	cycles  []lineage.Cycle // those that the tree has a part of
}

// readTree reads the tree of a prediction.
func readTree(ctx context.Context, s *session, key string) (*family, error) {
	tree, cycles, err := new(lineage.Graphs).Read(ctx, s.history, key)
	if err != nil {
		return nil, err
	}
	keys := make([]string, len(tree.Members))
	for i, m := range tree.Members {
		keys[i] = m.Key
	}
	entries, err := s.history.EntriesByKey(keys)
	if err != nil {
		return nil, err
	}
	f := &family{Tree: tree, entries: entries, cycles: cycles}
	f.short, _ = s.history.ShortKeys() // the zero value keeps the keys
	return f, nil
}

// words returns what describes members.
func (f *family) words() lineage.Words {
	return lineage.Words{Short: f.short.Of, Entry: func(key string) (history.Entry, bool) {
		e, ok := f.entries[key]
		return e, ok
	}}
}

// changes returns what a member changed of its main parent; nil where one of the two is not here.
func (f *family) changes(member int) []string {
	changes, _ := f.Changes(member, f.words())
	return changes
}

// print prints a line for each member, indented below its parent. The path to the prediction is not.
func (f *family) print(p *program) {
	styles := p.styles(p.out)
	for _, row := range f.Rows(func(string) bool { return true }) {
		m := &f.Members[row.Member]
		mark, style := "  ", styles.Text
		switch {
		case row.Member == f.Selected:
			mark, style = "> ", styles.Strong
		case m.Missing:
			style = styles.Muted
		}
		p.printSpans(p.out,
			span{text: strings.Repeat("  ", min(row.Depth, deepest)), style: style}, span{text: mark, style: style},
			span{text: f.short.Of(m.Key) + "  ", style: styles.Muted}, span{text: f.line(row.Member), style: style})
	}
}

// deepest is how deep lines are indented.
const deepest = 20

// line says of a member what changed, or, of a root, its prompt.
func (f *family) line(member int) string {
	parts, known := f.Describe(member, f.words())
	if !known {
		return "not here"
	}
	return strings.Join(shortLines(parts), " · ")
}

// shortLines returns the beginning of each text.
func shortLines(texts []string) []string {
	short := make([]string, len(texts))
	for i, text := range texts {
		short[i] = shortLine(text)
	}
	return short
}

// treeJSON is a member of a tree as --json prints it.
type treeJSON struct {
	Key     string   `json:"key"`
	Parents []string `json:"parents"`           // the main one first
	Via     string   `json:"via"`               // how it came from the main one: "use", or "image" for a picture that is an input image; "" for a root
	Changes []string `json:"changes"`           // from the main one
	Missing bool     `json:"missing,omitempty"` // it is named as a parent, and is not in the history
}

// json returns the members, oldest first.
func (f *family) json() []treeJSON {
	list := make([]treeJSON, len(f.Members))
	for i := range f.Members {
		m := &f.Members[i]
		list[i] = treeJSON{Key: m.Key, Parents: []string{}, Changes: append([]string{}, f.changes(i)...), Missing: m.Missing}
		for k, e := range m.Parents {
			list[i].Parents = append(list[i].Parents, e.Parent)
			if k == 0 {
				list[i].Via = string(e.Via)
			}
		}
	}
	return list
}
