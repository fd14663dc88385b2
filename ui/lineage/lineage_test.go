package lineage_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"tintype/history"
	"tintype/ui/internal/uitest"
	"tintype/ui/lineage"
)

// at returns the n-th second.
func at(n int) time.Time { return time.Unix(int64(n), 0) }

// used returns a prediction that was used from another one.
func used(n int, key, parent string) history.Link {
	return history.Link{Key: key, Made: at(n), Parent: parent, Outputs: []string{"sum of " + key}}
}

// withImages is a prediction whose input images are pictures of others.
func withImages(n int, key string, from ...string) history.Link {
	node := used(n, key, "")
	for _, k := range from {
		node.Images = append(node.Images, "sum of "+k)
	}
	return node
}

// written writes a tree: each member with its parents, a star for the selected path, and a question mark for what is missing.
func written(t lineage.Tree) string {
	var lines []string
	for i, m := range t.Members {
		line := m.Key
		if m.Missing {
			line += "?"
		}
		if m.Path {
			line += "*"
		}
		for k, e := range m.Parents {
			sign := map[lineage.Via]string{lineage.ViaUse: "<", lineage.ViaImage: "<~"}[e.Via]
			if m.Main >= 0 && k == 0 && t.Members[m.Main].Key != e.Parent {
				sign += "!"
			}
			line += sign + e.Parent
		}
		lines = append(lines, line)
		if m.Main >= i {
			lines = append(lines, "a parent below its child")
		}
	}
	return strings.Join(lines, " ")
}

func TestTree(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		nodes []history.Link
		key   string
		want  string
	}{
		{"alone", []history.Link{used(1, "a", ""), used(2, "b", "")}, "a", "a*"},
		{"a chain", []history.Link{used(1, "a", ""), used(2, "b", "a"), used(3, "c", "b")}, "b", "a* b*<a c<b"},
		{"branches", []history.Link{used(1, "a", ""), used(2, "b", "a"), used(3, "c", "a"), used(4, "d", "b"), used(5, "e", "")}, "d", "a* b*<a c<a d*<b"},
		{"an image", []history.Link{used(1, "a", ""), withImages(2, "b", "a")}, "b", "a* b*<~a"},
		{"several parents", []history.Link{used(1, "a", ""), used(2, "b", ""), withImages(3, "c", "a", "b")}, "c", "a* b c*<~a<~b"},
		{"used, and images", []history.Link{used(1, "a", ""), used(2, "b", ""), {Key: "c", Made: at(3), Parent: "b", Images: []string{"sum of a", "sum of b"}}}, "c", "a b* c*<b<~a"},
		{"a child's other parent is named and not shown", []history.Link{used(1, "a", ""), used(2, "b", ""), withImages(3, "c", "a", "b")}, "a", "a* c<~a<~b"},
		{"used from one that is not in the tree", []history.Link{used(1, "a", ""), used(2, "b", ""), {Key: "c", Made: at(3), Parent: "b", Images: []string{"sum of a"}}}, "a", "a* c<~a<b"},
		{"a missing parent", []history.Link{used(1, "b", "gone"), used(2, "c", "gone")}, "b", "gone?* b*<gone c<gone"},
		{"made by two, the oldest counts", []history.Link{used(1, "a", ""), {Key: "b", Made: at(2), Outputs: []string{"sum of a"}}, withImages(3, "c", "a")}, "c", "a* c*<~a"},
		{"an image of nobody", []history.Link{withImages(1, "a", "zzz")}, "a", "a*"},
		{"a picture that is younger than its use", []history.Link{withImages(1, "a", "b"), used(2, "b", "")}, "a", "a*"},
		{"its own picture", []history.Link{withImages(1, "a", "a")}, "a", "a*"},
		{"a clock that was wrong", []history.Link{used(9, "a", ""), used(2, "b", "a"), used(3, "c", "b")}, "c", "a* b*<a c*<b"},
		{"the same key twice", []history.Link{used(1, "a", ""), used(2, "b", ""), used(2, "b", "a")}, "b", "a* b*<a"},
	} {
		tree, ok := lineage.New(c.nodes).Tree(c.key)
		if got := written(tree); !ok || got != c.want || tree.Members[tree.Selected].Key != c.key {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	if _, ok := lineage.New(nil).Tree("a"); ok {
		t.Error("there is a tree of a prediction that is not known")
	}
}

func TestCyclesAreCutAndTold(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		nodes  []history.Link
		cycles string
		tree   string // of a
	}{
		{"none", []history.Link{used(1, "a", ""), used(2, "b", "a")}, "", "a* b<a"},
		{"itself", []history.Link{used(1, "a", "a"), used(2, "b", "a")}, "a: a<a", "a* b<a"},
		{"two", []history.Link{used(1, "a", "b"), used(2, "b", "a")}, "a b: a<b", "a* b<a"},
		{"three, with a tail", []history.Link{used(1, "a", "c"), used(2, "b", "a"), used(3, "c", "b"), used(4, "d", "c")}, "a b c: a<c", "a* b<a c<b d<c"},
		{"two cycles", []history.Link{used(1, "a", "b"), used(2, "b", "a"), used(3, "c", "d"), used(4, "d", "c")}, "a b: a<b|c d: c<d", "a* b<a"},
		{"over an image", []history.Link{{Key: "a", Made: at(1), Parent: "b", Outputs: []string{"sum of a"}}, withImages(2, "b", "a")}, "a b: a<b", "a* b<~a"},
		{"a wrong clock is no cycle", []history.Link{used(9, "a", ""), used(1, "b", "a")}, "", "a* b<a"},
	} {
		g := lineage.New(c.nodes)
		var told []string
		for _, cycle := range g.Cycles() {
			line := strings.Join(cycle.Keys, " ") + ":"
			for _, e := range cycle.Cut {
				line += " " + e.Child + "<" + e.Parent
			}
			told = append(told, line)
		}
		tree, _ := g.Tree("a")
		if got := strings.Join(told, "|"); got != c.cycles || written(tree) != c.tree {
			t.Errorf("%s: cycles %q, tree %s; want %q, %s", c.name, got, written(tree), c.cycles, c.tree)
		}
	}
}

func TestRows(t *testing.T) {
	t.Parallel()
	// root → a → sel → x, y → z; root → b → c; a → d; other root o is a parent of sel by an image
	nodes := []history.Link{
		used(1, "root", ""), used(2, "o", ""), used(3, "a", "root"), used(4, "b", "root"), used(5, "c", "b"), used(6, "d", "a"),
		{Key: "sel", Made: at(7), Parent: "a", Images: []string{"sum of o"}},
		used(8, "x", "sel"), used(9, "y", "sel"), used(10, "z", "y"),
	}
	tree, _ := lineage.New(nodes).Tree("sel")
	for _, c := range []struct {
		open string
		want string
	}{
		{"", "o|root +2|a +1|sel +3"},
		{"sel", "o|root +2|a +1|sel| x| y +1"},
		{"sel y root", "o|root| b +1|a +1|sel| x| y|  z"},
		{"root a b sel", "o|root| b|  c|a| d|sel| x| y +1"},
	} {
		open := strings.Fields(c.open)
		var got []string
		for _, r := range tree.Rows(func(key string) bool { return slices.Contains(open, key) }) {
			line := strings.Repeat(" ", r.Depth) + tree.Members[r.Member].Key
			if r.Hidden > 0 {
				line += fmt.Sprintf(" +%d", r.Hidden)
			}
			got = append(got, line)
		}
		if strings.Join(got, "|") != c.want {
			t.Errorf("open %q: %s, want %s", c.open, strings.Join(got, "|"), c.want)
		}
	}
}

func TestRootsLeavesAndDescendants(t *testing.T) {
	t.Parallel()
	g := lineage.New([]history.Link{used(1, "a", ""), used(2, "b", "a"), withImages(3, "c", "b"), used(4, "d", ""), used(5, "e", "gone")})
	for key, want := range map[string]string{"a": "root b c", "b": "c", "c": "leaf", "d": "root leaf", "e": "leaf", "gone": "root e"} {
		var got []string
		if g.IsRoot(key) {
			got = append(got, "root")
		}
		got = append(got, g.Descendants(key)...)
		if g.IsLeaf(key) {
			got = append(got, "leaf")
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %q, want %q", key, got, want)
		}
	}
}

// TestProperties: whatever the parents are, also cycles, each tree ends, has each prediction once and parents before children, counts what is
// below, and shows all of it when everything is open.
func TestProperties(t *testing.T) {
	t.Parallel()
	count := uitest.Times(3000, 100_000)
	r := rand.New(rand.NewPCG(5, 6))
	for range count {
		nodes := randomNodes(r)
		g := lineage.New(nodes)
		again := slices.Clone(nodes)
		r.Shuffle(len(again), func(i, j int) { again[i], again[j] = again[j], again[i] })
		for _, n := range nodes {
			tree, ok := g.Tree(n.Key)
			if !ok {
				t.Fatalf("%v: no tree of %s", nodes, n.Key)
			}
			check(t, nodes, tree)
			if other, _ := lineage.New(again).Tree(n.Key); written(other) != written(tree) {
				t.Fatalf("%v: the tree of %s depends on the order of the journal", nodes, n.Key)
			}
		}
	}
}

func check(t *testing.T, nodes []history.Link, tree lineage.Tree) {
	t.Helper()
	place := map[string]int{}
	for i, m := range tree.Members {
		if _, twice := place[m.Key]; twice {
			t.Fatalf("%v: %s is twice in a tree", nodes, m.Key)
		}
		place[m.Key] = i
	}
	below := make([]int, len(tree.Members))
	for i, m := range slices.Backward(tree.Members) {
		for _, e := range m.Parents {
			if at, in := place[e.Parent]; in && at >= i {
				t.Fatalf("%v: %s is above its parent %s", nodes, m.Key, e.Parent)
			}
		}
		if below[i] != m.Below {
			t.Fatalf("%v: %d below %s, not %d", nodes, below[i], m.Key, m.Below)
		}
		if m.Main >= 0 {
			below[m.Main] += 1 + below[i]
		}
	}
	if all := tree.Rows(func(string) bool { return true }); len(all) != len(tree.Members) {
		t.Fatalf("%v: %d rows of %d", nodes, len(all), len(tree.Members))
	}
	folded, seen := tree.Rows(func(string) bool { return false }), 0
	for _, row := range folded {
		seen += 1 + row.Hidden
	}
	if seen != len(tree.Members) {
		t.Fatalf("%v: %d are shown or counted, of %d", nodes, seen, len(tree.Members))
	}
}

func randomNodes(r *rand.Rand) []history.Link {
	nodes := make([]history.Link, 1+r.IntN(9))
	key := func() string { return string(rune('a' + r.IntN(len(nodes)+1))) }
	for i := range nodes {
		n := used(r.IntN(6), string(rune('a'+i)), "")
		if r.IntN(2) == 0 {
			n.Parent = key()
		}
		for range r.IntN(3) {
			n.Images = append(n.Images, "sum of "+key())
		}
		if r.IntN(6) == 0 {
			n.Outputs = append(n.Outputs, "sum of "+key())
		}
		nodes[i] = n
	}
	return nodes
}

// TestLongChain: a chain as long as the journal, with a cycle at its end, takes no deep stack and not the square of its length.
func TestLongChain(t *testing.T) {
	t.Parallel()
	const long = 20_000
	nodes := []history.Link{used(0, fmt.Sprintf("%06d", 0), fmt.Sprintf("%06d", 3))}
	for i := 1; i < long; i++ {
		nodes = append(nodes, used(i, fmt.Sprintf("%06d", i), fmt.Sprintf("%06d", i-1)))
	}
	g := lineage.New(nodes)
	tree, _ := g.Tree(fmt.Sprintf("%06d", long-1))
	if len(tree.Members) != long || len(g.Cycles()) != 1 {
		t.Errorf("%d in the tree, %d cycles", len(tree.Members), len(g.Cycles()))
	}
}

// BenchmarkTree makes a graph of 100,000 predictions, of which 2,000 are one tree and as many more are in small ones, and that tree. The target is
// 50 ms for both together.
func BenchmarkTree(b *testing.B) {
	nodes := journal()
	b.Run("graph and tree", func(b *testing.B) {
		for b.Loop() {
			tree, _ := lineage.New(nodes).Tree(nodes[50].Key)
			if len(tree.Members) != 2000 {
				b.Fatal(len(tree.Members))
			}
			tree.Rows(func(string) bool { return false })
		}
	})
	g := lineage.New(nodes)
	b.Run("tree", func(b *testing.B) {
		for b.Loop() {
			tree, _ := g.Tree(nodes[50].Key)
			tree.Rows(func(string) bool { return false })
		}
	})
}

// journal returns 100,000 predictions: each 50th is in the tree, used from one of the tree before it, and every tenth of these has a picture
// of the tree too. Beside them each 50th was used from its neighbour.
func journal() []history.Link {
	r := rand.New(rand.NewPCG(1, 1))
	nodes := make([]history.Link, 100_000)
	for i := range nodes {
		nodes[i] = used(i, fmt.Sprintf("01m8%022d", i), "")
		switch {
		case i%50 == 0 && i > 0:
			nodes[i].Parent = nodes[r.IntN(i/50)*50].Key
			if i%500 == 0 {
				nodes[i].Images = nodes[r.IntN(i/50)*50].Outputs
			}
		case i%50 == 7:
			nodes[i].Parent = nodes[i-1].Key
		}
	}
	return nodes
}
