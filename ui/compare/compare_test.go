package compare

import (
	"slices"
	"strconv"
	"strings"
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
	noted      string
	remembered int
	closed     bool
}

func (p *fakeProgram) List() *list.List       { return &p.list }
func (p *fakeProgram) RememberMarks()         { p.remembered++ }
func (p *fakeProgram) Close()                 { p.closed = true }
func (p *fakeProgram) Notify(sentence string) { p.noted = sentence }
func (p *fakeProgram) Run(act keymap.Action) tea.Cmd {
	p.ran = append(p.ran, act)
	return nil
}

// subject returns a prediction by its key, or one of its outputs: "k7/2".
func subject(name string) list.Subject {
	key, number, _ := strings.Cut(name, "/")
	n, _ := strconv.Atoi(number)
	return list.Subject{Key: key, Output: n}
}

// names returns subjects as subject takes them.
func names(subjects []list.Subject) string {
	var said []string
	for _, s := range subjects {
		name := s.Key
		if s.Output > 0 {
			name += "/" + strconv.Itoa(s.Output)
		}
		said = append(said, name)
	}
	return strings.Join(said, " ")
}

// newScreen returns a comparison over five predictions, some of them marked; k7 has four pictures, k3 nine, the others one. One of them
// is selected, and before was seen before it.
func newScreen(selected, before string, marked ...string) (*Screen, *fakeProgram) {
	p := &fakeProgram{list: list.New()}
	p.list.SetKeys(history.Keys{}.With("k9", "k7", "k5", "k3", "k1"))
	p.list.Resize(5, 1)
	for key, pictures := range map[string]int{"k9": 1, "k7": 4, "k5": 1, "k3": 9, "k1": 1} {
		e := history.Entry{Key: key}
		for range pictures {
			e.Outputs = append(e.Outputs, history.Output{Path: "x"})
		}
		p.list.Update(e)
	}
	marks := map[list.Subject]bool{}
	for _, name := range marked {
		marks[subject(name)] = true
	}
	p.list.SetMarks(marks)
	p.list.ChooseSubject(subject(selected))
	return New(p, func() (list.Subject, bool) { return subject(before), before != "" }), p
}

const nothingToCompare = "Nothing to compare with yet: [mark] marks, [compare] compares the marked."

// TestOpen: two to four marked predictions and pictures are compared in the order in which they were made; a single marked one with the
// selected one. Without marks a run of several pictures is compared picture by picture, and a single picture with the one seen before.
func TestOpen(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, selected, before string
		marked                 []string
		want, problem          string
	}{
		{"several", "k9", "", []string{"k9", "k3", "k7"}, "k3 k7 k9", ""},
		{"pictures of different runs", "k9", "", []string{"k7/4", "k7/2", "k9"}, "k7/2 k7/4 k9", ""},
		{"one marked, another selected", "k9", "", []string{"k5"}, "k5 k9", ""},
		{"one picture marked, another of the run selected", "k7/1", "", []string{"k7/3"}, "k7/1 k7/3", ""},
		{"one marked and selected", "k9", "k1", []string{"k9"}, "k1 k9", ""},
		{"none marked", "k9", "k1", nil, "k1 k9", ""},
		{"a run of four", "k7", "k1", nil, "k7/1 k7/2 k7/3 k7/4", ""},
		{"a run of four, marked", "k7", "", []string{"k7"}, "k7/1 k7/2 k7/3 k7/4", ""},
		{"one of four, after another of them", "k7/2", "k7/1", nil, "k7/1 k7/2", ""},
		{"one of four, after another run", "k7/2", "k9", nil, "k7/2 k9", ""},
		{"one of four, nothing seen before", "k7/2", "", nil, "k7/1 k7/2 k7/3 k7/4", ""},
		{"one of four, after all of them", "k7/2", "k7", nil, "k7/1 k7/2 k7/3 k7/4", ""},
		{"more pictures than can be compared", "k3", "k1", nil, "k1 k3", ""},
		{"nothing seen before", "k9", "", nil, "", nothingToCompare},
		{"the same seen before", "k9", "k9", nil, "", nothingToCompare},
		{"too many", "k9", "", []string{"k9", "k7", "k5", "k3", "k1"}, "", "Compare takes 2 to 4; 5 are marked."},
	} {
		s, p := newScreen(c.selected, c.before, c.marked...)
		if problem := uitest.Bracketed(s.Open()); problem != c.problem || names(s.subjects) != c.want {
			t.Errorf("%s: compared are %s, %q, want %s, %q", c.name, names(s.subjects), problem, c.want, c.problem)
		}
		if now := p.list.Current(); c.problem == "" && !slices.Contains(s.subjects, now) {
			t.Errorf("%s: the cursor is at %v, which is not compared", c.name, now)
		}
	}
}

// TestChoose: the cursor moves among those compared only, and verbs act on that one.
func TestChoose(t *testing.T) {
	t.Parallel()
	s, p := newScreen("k9", "", "k7/4", "k5", "k1")
	s.Open()
	if p.list.Cursor() != "k1" {
		t.Errorf("the cursor is on %s, which is not compared", p.list.Cursor())
	}
	for _, step := range []struct {
		act  keymap.Action
		want string
	}{
		{keymap.ActLeft, "k1"},
		{keymap.ActRight, "k5"},
		{keymap.ActRight, "k7/4"},
		{keymap.ActRight, "k7/4"},
		{keymap.ActNextCompared, "k1"},
		{keymap.ActPicture(3), "k7/4"},
		{keymap.ActPicture(2), "k5"},
		{keymap.ActPicture(4), "k5"},
	} {
		if _, mine := s.Do(step.act); !mine || names(s.Subjects()) != step.want {
			t.Errorf("%s: handled %v, verbs act on %s, want %s", step.act, mine, names(s.Subjects()), step.want)
		}
	}
	if p.noted != "3 are compared." {
		t.Errorf("the fourth of three says %q", p.noted)
	}
	if _, mine := s.Do(keymap.ActStar); mine {
		t.Error("the star is not left to the program")
	}
}

// TestTakeOut: a mark that is removed takes the chosen one out. With one left the comparison closes.
func TestTakeOut(t *testing.T) {
	t.Parallel()
	s, p := newScreen("k9", "", "k7/1", "k7/2", "k1")
	s.Open()
	s.Do(keymap.ActRight)
	s.Do(keymap.ActMark)
	if names(s.subjects) != "k1 k7/2" || names(s.Subjects()) != "k7/2" || p.list.MarkedCount() != 2 || p.remembered != 1 || p.closed {
		t.Errorf("compared are %s, the cursor is on %s, %d marks, remembered %d, closed %v",
			names(s.subjects), names(s.Subjects()), p.list.MarkedCount(), p.remembered, p.closed)
	}
	s.Do(keymap.ActMark)
	if !p.closed || p.list.MarkedCount() != 1 {
		t.Errorf("closed %v, %d marks", p.closed, p.list.MarkedCount())
	}
}
