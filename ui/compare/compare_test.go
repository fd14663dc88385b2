package compare

import (
	"slices"
	"testing"

	tea "charm.land/bubbletea/v2"

	"tintype/history"
	"tintype/ui/internal/uitest"
	"tintype/ui/keymap"
	"tintype/ui/list"
	"tintype/ui/screen"
)

// fakeProgram has a list and records what the screen asks for. Other methods panic.
type fakeProgram struct {
	screen.Program
	list       list.List
	ran        []keymap.Action
	remembered int
	closed     bool
}

func (p *fakeProgram) List() *list.List { return &p.list }
func (p *fakeProgram) RememberMarks()   { p.remembered++ }
func (p *fakeProgram) Close()           { p.closed = true }
func (p *fakeProgram) Run(act keymap.Action) tea.Cmd {
	p.ran = append(p.ran, act)
	return nil
}

// newScreen returns a comparison over five predictions, some of them marked. before was seen before the selected one.
func newScreen(before string, marked ...string) (*Screen, *fakeProgram) {
	p := &fakeProgram{list: list.New()}
	p.list.SetKeys(history.Keys{}.With("k9", "k7", "k5", "k3", "k1"))
	p.list.Resize(5, 1)
	marks := map[string]bool{}
	for _, key := range marked {
		marks[key] = true
	}
	p.list.SetMarks(marks)
	return New(p, func() (string, bool) { return before, before != "" }), p
}

// TestOpen: two to four marked predictions are compared in the order in which they were made; a single one with the selected one, or with
// the one seen before.
func TestOpen(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, before string
		marked, want []string
		problem      string
	}{
		{"several", "", []string{"k9", "k3", "k7"}, []string{"k3", "k7", "k9"}, ""},
		{"one marked, another selected", "", []string{"k5"}, []string{"k5", "k9"}, ""},
		{"none marked", "k1", nil, []string{"k1", "k9"}, ""},
		{"nothing seen before", "", nil, nil, "Nothing to compare with yet: [mark] marks, [compare] compares the marked."},
		{"the same seen before", "k9", nil, nil, "Nothing to compare with yet: [mark] marks, [compare] compares the marked."},
		{"too many", "", []string{"k9", "k7", "k5", "k3", "k1"}, nil, "Compare takes 2 to 4; 5 are marked."},
	} {
		s, _ := newScreen(c.before, c.marked...)
		if problem := uitest.Bracketed(s.Open()); problem != c.problem || !slices.Equal(s.Missing(), c.want) {
			t.Errorf("%s: compared are %v, %q, want %v, %q", c.name, s.Missing(), problem, c.want, c.problem)
		}
	}
}

// TestChoose: the cursor moves among those compared only, and verbs act on that one.
func TestChoose(t *testing.T) {
	t.Parallel()
	s, p := newScreen("", "k7", "k5", "k1")
	s.Open()
	if p.list.Cursor() != "k1" {
		t.Errorf("the cursor is on %s, which is not compared", p.list.Cursor())
	}
	for _, step := range []struct {
		act  keymap.Action
		want string
	}{
		{keymap.ActLeft, "k1"}, {keymap.ActRight, "k5"}, {keymap.ActRight, "k7"}, {keymap.ActRight, "k7"}, {keymap.ActNextCompared, "k1"},
	} {
		if _, mine := s.Do(step.act); !mine || p.list.Cursor() != step.want {
			t.Errorf("%s: handled %v, the cursor is on %s, want %s", step.act, mine, p.list.Cursor(), step.want)
		}
		if got := s.Targets(); !slices.Equal(got, []string{step.want}) {
			t.Errorf("verbs act on %v", got)
		}
	}
	if _, mine := s.Do(keymap.ActStar); mine {
		t.Error("the star is not left to the program")
	}
}

// TestTakeOut: a mark that is removed takes the chosen one out. With one left the comparison closes.
func TestTakeOut(t *testing.T) {
	t.Parallel()
	s, p := newScreen("", "k7", "k5", "k1")
	s.Open()
	s.Do(keymap.ActRight)
	s.Do(keymap.ActMark)
	if !slices.Equal(s.Missing(), []string{"k1", "k7"}) || p.list.Cursor() != "k7" || p.list.MarkedCount() != 2 || p.remembered != 1 || p.closed {
		t.Errorf("compared are %v, the cursor is on %s, %d marks, remembered %d, closed %v",
			s.Missing(), p.list.Cursor(), p.list.MarkedCount(), p.remembered, p.closed)
	}
	s.Do(keymap.ActMark)
	if !p.closed || p.list.MarkedCount() != 1 {
		t.Errorf("closed %v, %d marks", p.closed, p.list.MarkedCount())
	}
}
