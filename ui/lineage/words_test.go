package lineage_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"tintype/history"
	"tintype/ui/lineage"
)

// TestDescribe: what a member changed of its main parent, with the others named; of a root its prompt.
func TestDescribe(t *testing.T) {
	t.Parallel()
	made := func(n int, key, prompt string, change func(*history.Entry)) history.Entry {
		e := history.Entry{Key: key, CreatedAt: time.Unix(int64(n), 0), Model: "m", Input: map[string]any{"prompt": prompt}, Outputs: []history.Output{{SHA256: "sum of " + key}}}
		if change != nil {
			change(&e)
		}
		return e
	}
	entries := []history.Entry{
		made(1, "a", "a boat\n\x1b[2J", nil),
		made(2, "b", "a boat\n\x1b[2J at dusk", func(e *history.Entry) { e.Parent = "a" }),
		made(3, "other", "a fox", nil),
		made(4, "c", "night", func(e *history.Entry) {
			e.Parent, e.Input["input_image"], e.Input["mask"] = "other", "/x/b.png", "/x/mask.png"
			e.Images = map[string]string{"/x/b.png": "sum of b", "/x/mask.png": "sum of a mask"}
		}),
		made(5, "d", "a boat\n\x1b[2J", func(e *history.Entry) { e.Parent, e.Trashed = "a", true }),
		made(6, "e", "a crow", func(e *history.Entry) { e.Parent = "gone" }),
	}
	var nodes []history.Link
	for _, e := range entries {
		n := history.Link{Key: e.Key, Made: e.CreatedAt, Parent: e.Parent, Outputs: []string{e.Outputs[0].SHA256}}
		for _, sum := range e.Images {
			n.Images = append(n.Images, sum)
		}
		nodes = append(nodes, n)
	}
	words := lineage.Words{Short: strings.ToUpper, Entry: func(key string) (history.Entry, bool) {
		i := slices.IndexFunc(entries, func(e history.Entry) bool { return e.Key == key })
		return entries[max(i, 0)], i >= 0
	}}
	g := lineage.New(nodes)
	for _, c := range []struct{ tree, key, want string }{
		{"a", "a", "a boat ␛[2J"},
		{"a", "b", "+ at dusk"},
		{"a", "c", "from picture 1 · a boat ␛[2J at dusk → night · + mask mask.png · also from OTHER"},
		{"a", "d", "the same again · in the trash"},
		{"e", "e", "a crow"},
		{"e", "gone", ""},
	} {
		tree, _ := g.Tree(c.tree)
		at := slices.IndexFunc(tree.Members, func(m lineage.Member) bool { return m.Key == c.key })
		parts, known := tree.Describe(at, words)
		if got := strings.Join(parts, " · "); got != c.want || known != (c.want != "") {
			t.Errorf("%s: %q, want %q", c.key, got, c.want)
		}
	}
}
