package gallery

import (
	"fmt"
	"slices"
	"testing"

	tea "charm.land/bubbletea/v2"

	"tintype/history"
	"tintype/ui/cell"
	"tintype/ui/keymap"
	"tintype/ui/layout"
	"tintype/ui/list"
	"tintype/ui/preview"
	"tintype/ui/screen"
)

// fakeProgram is a program of 80×24 with a list. It records the actions that the screen runs. Other methods panic.
type fakeProgram struct {
	screen.Program
	list    list.List
	preview *preview.Preview
	ran     []keymap.Action
}

func (p *fakeProgram) List() *list.List          { return &p.list }
func (p *fakeProgram) Preview() *preview.Preview { return p.preview }
func (p *fakeProgram) Size() (w, h int)          { return 80, 24 }
func (p *fakeProgram) HeaderRow() cell.Rect      { return cell.Rect{X: 1, W: 78, H: 1} }
func (p *fakeProgram) Run(act keymap.Action) tea.Cmd {
	p.ran = append(p.ran, act)
	return nil
}

// newScreen returns the gallery of 40 predictions.
func newScreen() (*Screen, *fakeProgram) {
	p := &fakeProgram{list: list.New()}
	p.preview = preview.New(&p.list, nil) // no entry is known, so it asks for nothing
	var keys []string
	for i := range 40 {
		keys = append(keys, fmt.Sprintf("k%02d", i))
	}
	p.list.SetKeys(history.Keys{}.With(keys...))
	s := New(p)
	arrange(s, p)
	return s, p
}

// arrange does what the program does after each message.
func arrange(s *Screen, p *fakeProgram) {
	p.list.Resize(s.ListWindow())
	s.Arrange()
}

// TestSize: the size is 0 until one is chosen, stays within the sizes that there are, and survives a restart.
func TestSize(t *testing.T) {
	t.Parallel()
	s, _ := newScreen()
	if s.Size() != 0 {
		t.Errorf("a new gallery has size %d", s.Size())
	}
	for _, step := range []struct {
		act  keymap.Action
		want int
	}{
		{keymap.ActSmaller, 0}, // the usual size is the smallest here, so there is nothing to choose
		{keymap.ActLarger, len(layout.ThumbnailColumns)},
		{keymap.ActSmaller, 1},
	} {
		act, want := step.act, step.want
		for range 9 {
			s.Do(act)
		}
		if s.Size() != want {
			t.Errorf("after %s: size %d, want %d", act, s.Size(), want)
		}
		again, _ := newScreen()
		if again.SetSize(s.Size()); again.Size() != want || again.sheet().Across != s.sheet().Across {
			t.Errorf("restored: size %d, %d across; it was %d, %d", again.Size(), again.sheet().Across, want, s.sheet().Across)
		}
	}
}

// TestMove: keys move the cursor by thumbnails, rows and pages.
func TestMove(t *testing.T) {
	t.Parallel()
	s, p := newScreen()
	_, across := s.ListWindow()
	page := p.list.Height()
	for _, step := range []struct {
		act  keymap.Action
		want int
	}{
		{keymap.ActRight, 1},
		{keymap.ActDown, 1 + across},
		{keymap.ActLeft, across},
		{keymap.ActUp, 0},
		{keymap.ActPageDown, page},
		{keymap.ActPageUp, 0},
	} {
		_, mine := s.Do(step.act)
		if at, _ := p.list.Index(p.list.Cursor()); !mine || at != step.want {
			t.Errorf("%s: handled %v, the cursor is on %d, want %d", step.act, mine, at, step.want)
		}
	}
	if _, mine := s.Do(keymap.ActStar); mine {
		t.Error("the star is not left to the program")
	}
}

// TestClick: a click selects a prediction, and a second one opens it. A click on the header edits the filter.
func TestClick(t *testing.T) {
	t.Parallel()
	s, p := newScreen()
	at := s.sheet().Cell(2)
	s.Click(at.X+1, at.Y+1)
	if i, _ := p.list.Index(p.list.Cursor()); i != 2 || len(p.ran) != 0 {
		t.Errorf("a click selects %d and runs %v", i, p.ran)
	}
	s.Click(at.X+1, at.Y+1)
	if !slices.Equal(p.ran, []keymap.Action{keymap.ActOpen}) {
		t.Errorf("a second click runs %v", p.ran)
	}
	if s.Click(3, 0); !p.list.IsEditingFilter() {
		t.Error("a click on the header does not edit the filter")
	}
}

// TestDetails: the details and the log take a third of the rows from the thumbnails, and give them back.
func TestDetails(t *testing.T) {
	t.Parallel()
	s, _ := newScreen()
	height, _ := s.ListWindow()
	s.Do(keymap.ActDetails)
	if lower, _ := s.ListWindow(); lower >= height || lower == 0 {
		t.Errorf("with details: %d thumbnails; without: %d", lower, height)
	}
	s.Do(keymap.ActDetails)
	s.Do(keymap.ActDetails)
	if again, _ := s.ListWindow(); again != height {
		t.Errorf("without details again: %d thumbnails, there were %d", again, height)
	}
}
