package tree

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"tintype/history"
	"tintype/ui/cell"
	"tintype/ui/lineage"
	"tintype/ui/list"
	"tintype/ui/preview"
	"tintype/ui/screen"
	"tintype/ui/statusbar"
	"tintype/ui/theme"
)

// fakeProgram is a program of some size with a list. Other methods panic.
type fakeProgram struct {
	screen.Program
	w, h    int
	list    list.List
	preview *preview.Preview
	noted   string
}

func (p *fakeProgram) List() *list.List             { return &p.list }
func (p *fakeProgram) Preview() *preview.Preview    { return p.preview }
func (p *fakeProgram) Size() (w, h int)             { return p.w, p.h }
func (p *fakeProgram) Now() time.Time               { return time.Unix(1e9, 0) }
func (p *fakeProgram) HeaderRow() cell.Rect         { return cell.Rect{X: 1, W: p.w - 2, H: 1} }
func (p *fakeProgram) Header() statusbar.Header     { return statusbar.Header{} }
func (p *fakeProgram) DrawStatus(*cell.Canvas)      {}
func (p *fakeProgram) Notify(sentence string)       { p.noted = sentence }
func (p *fakeProgram) NameKeys(s string) string     { return s }
func (p *fakeProgram) CompareThese(...list.Subject) {}
func (p *fakeProgram) Look() theme.Look {
	return theme.Look{Glyphs: theme.NewGlyphs(false)}
}

func (p *fakeProgram) ListOptions(w int) list.DrawOptions {
	return list.DrawOptions{Look: p.Look(), Width: w, Now: p.Now()}
}

// fakeSource knows no cost.
type fakeSource struct{ preview.Source }

func (fakeSource) Cost(history.Entry) string { return "" }

func newProgram(w, h int) *fakeProgram {
	p := &fakeProgram{w: w, h: h, list: list.New()}
	p.preview = preview.New(&p.list, fakeSource{})
	return p
}

// treeOf returns the tree of a prediction; parents are written as "child<parent", oldest first.
func treeOf(selected, written string) lineage.Tree {
	var nodes []history.Link
	for i, pair := range strings.Fields(written) {
		child, parent, _ := strings.Cut(pair, "<")
		nodes = append(nodes, history.Link{Key: child, Parent: parent, Made: time.Unix(int64(i), 0)})
	}
	t, _ := lineage.New(nodes).Tree(selected)
	return t
}

// drawn returns the lines beside the rows, with the keys of the rows.
func drawn(t *lineage.Tree, open string) string {
	opened := map[string]bool{}
	for _, key := range strings.Fields(open) {
		opened[key] = true
	}
	var lines []string
	for _, r := range rowsOf(t, opened) {
		lines = append(lines, string(branches(r, theme.NewGlyphs(false), 40))+t.Members[r.Member].Key)
	}
	return strings.Join(lines, "|")
}

// TestBranches: a line leads from a parent to each of its branches, and past those above the path down to it.
func TestBranches(t *testing.T) {
	t.Parallel()
	const family = "a b<a c<a d<b e<b f<d g<c h<g"
	for _, c := range []struct{ selected, open, want string }{
		{"a", "", "a"},
		{"a", "a", "a|├─b|└─c"},
		{"a", "a b", "a|├─b|│ ├─d|│ └─e|└─c"},
		{"a", "a b c d g", "a|├─b|│ ├─d|│ │ └─f|│ └─e|└─c|  └─g|    └─h"},
		{"b", "a", "a|├─c|b"},
		{"b", "a b c", "a|├─c|│ └─g|b|├─d|└─e"},
		{"h", "a", "a|├─b|c|g|h"},
		{"f", "h", "a|b|d|f"},
	} {
		tree := treeOf(c.selected, family)
		if got := drawn(&tree, c.open); got != c.want {
			t.Errorf("%s with %q open:\n%s\nwant\n%s", c.selected, c.open, strings.ReplaceAll(got, "|", "\n"), strings.ReplaceAll(c.want, "|", "\n"))
		}
	}
}

// TestDeepBranches: branches that are deeper than there is room for are drawn as deep as there is.
func TestDeepBranches(t *testing.T) {
	t.Parallel()
	family, open := "k000", "k000"
	for i := 1; i < 200; i++ {
		family += fmt.Sprintf(" k%03d<k%03d", i, i-1)
		open += fmt.Sprintf(" k%03d", i)
	}
	tree := treeOf("k000", family)
	lines := strings.Split(drawn(&tree, open), "|")
	if len(lines) != 200 || lines[199] != strings.Repeat(" ", 38)+"└─k199" || lines[3] != "    └─k003" {
		t.Errorf("%d rows, the last is %q", len(lines), lines[len(lines)-1])
	}
	if i := slices.IndexFunc(lines, func(line string) bool { return strings.ContainsAny(line, "├│") }); i >= 0 {
		t.Errorf("row %d of the chain has a branch beside it: %q", i, lines[i])
	}
}

// TestLayout: on a screen of any size nothing overlaps, and all is between the header and the last row.
func TestLayout(t *testing.T) {
	t.Parallel()
	for w := 20; w < 260; w++ {
		for h := 5; h < 80; h++ {
			l := arrange(w, h)
			within := cell.Rect{Y: 1, W: w, H: h - 2}
			if l.rows.Empty() || !l.rows.Within(within) || !l.picture.Within(within) && !l.picture.Empty() || !l.about.Within(within) && !l.about.Empty() {
				t.Fatalf("%d×%d: %+v", w, h, l)
			}
			if l.rows.Overlaps(l.picture) || l.rows.Overlaps(l.about) && h > 5 || l.picture.Overlaps(l.about) {
				t.Fatalf("%d×%d: %+v overlap", w, h, l)
			}
		}
	}
}

// TestFoldsAreKept: a tree that is read again for the same prediction is folded as it was, with what is new in it.
func TestFoldsAreKept(t *testing.T) {
	t.Parallel()
	p := newProgram(80, 24)
	s := New(p)
	if s.Open() == "" || s.Subjects() != nil || s.State().Here {
		t.Error("an empty tree can be opened")
	}
	short := func(key string) string { return key }
	s.Show(treeOf("b", "a b<a c<a"), short)
	s.setOpen(0, true)
	if len(s.rows) != 3 || s.Open() != "" {
		t.Fatalf("%d rows", len(s.rows))
	}
	s.Show(treeOf("b", "a b<a c<a d<a e<d"), short)
	if len(s.rows) != 4 || s.folded() != 1 || p.list.Cursor() != "b" {
		t.Errorf("%d rows, %d folded, the cursor is on %s", len(s.rows), s.folded(), p.list.Cursor())
	}
	s.Show(treeOf("c", "a b<a c<a d<a e<d"), short)
	if len(s.rows) != 2 || p.list.Cursor() != "c" {
		t.Errorf("of another one: %d rows", len(s.rows))
	}
}

// TestChainsOpenAtOnce: where what is folded is a chain without branches, all of it is shown at once, up to where it branches.
func TestChainsOpenAtOnce(t *testing.T) {
	t.Parallel()
	family := "a"
	for i := 1; i < 2000; i++ {
		family += fmt.Sprintf(" k%d<%s", i, map[bool]string{true: "a", false: fmt.Sprintf("k%d", i-1)}[i == 1])
	}
	family += " left<k1999 right<k1999 below<left"
	s := New(newProgram(80, 24))
	s.Show(treeOf("a", family), strings.ToUpper)
	if len(s.rows) != 2002 || s.folded() != 1 {
		t.Fatalf("%d rows, %d folded", len(s.rows), s.folded())
	}
	s.Arrange()
	s.Do(actBottom)
	s.Arrange()
	c := cell.NewCanvas(80, 24)
	s.Draw(c)
	s.Do(actTop)
	s.Do(actFold)
	if len(s.rows) != 1 {
		t.Errorf("%d rows after a fold", len(s.rows))
	}
	s.Do(actUnfold)
	if len(s.rows) != 2002 {
		t.Errorf("%d rows are shown again", len(s.rows))
	}
	s.Show(treeOf("k7", family), strings.ToUpper)
	if len(s.rows) != 2002 || s.rows[7].Depth != 0 || s.rows[8].Depth != 1 {
		t.Errorf("of one in the middle: %d rows", len(s.rows))
	}
}

// bigTree returns the links of 100,000 predictions, of which 2,000 are one family, and the entries of those.
func bigTree() ([]history.Link, []history.Entry) {
	r := rand.New(rand.NewPCG(1, 1))
	links := make([]history.Link, 100_000)
	var family []history.Entry
	for i := range links {
		links[i] = history.Link{Key: fmt.Sprintf("01m8%022d", i), Made: time.Unix(int64(i), 0), Outputs: []string{fmt.Sprintf("%064d", i)}}
		if i%50 != 0 {
			continue
		}
		if i > 0 {
			links[i].Parent = links[r.IntN(i/50)*50].Key
		}
		family = append(family, history.Entry{
			Key: links[i].Key, Model: "black-forest-labs/flux-dev", State: history.Done,
			Input: map[string]any{"prompt": fmt.Sprintf("A paper boat on calm water at dusk, in fog, number %d", i), "guidance": float64(i%8) + 1},
		})
	}
	return links, family
}

// BenchmarkTree makes the screen of a tree of 2,000 in 100,000 entries, with all of it unfolded, and draws it: “make” from the links to the
// first frame, for which the target is 50 ms, and “key” for each key.
func BenchmarkTree(b *testing.B) {
	links, family := bigTree()
	p := newProgram(160, 50)
	p.list.Update(family...)
	short := func(key string) string { return key[22:] }
	s := New(p)
	show := func() {
		tree, _ := lineage.New(links).Tree(family[1000].Key)
		s.Show(tree, short)
		for _, m := range tree.Members {
			s.open[m.Key] = true
		}
		s.refold(tree.Selected)
		s.Arrange()
		s.Draw(cell.NewCanvas(p.w, p.h))
	}
	b.Run("make", func(b *testing.B) {
		for b.Loop() {
			show()
		}
	})
	if len(s.rows) != 2000 {
		b.Fatalf("%d rows", len(s.rows))
	}
	b.Run("key", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			if act := actTop; i%40 == 39 {
				s.Do(act)
			} else {
				s.Do("page-down")
			}
			s.Arrange()
			s.Missing()
			s.Draw(cell.NewCanvas(p.w, p.h))
		}
	})
	b.Run("fold", func(b *testing.B) {
		for b.Loop() {
			s.setOpen(0, false)
			s.setOpen(0, true)
		}
	})
}
