package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/history"
	"tintype/ui/bisectview"
	"tintype/ui/cell"
	"tintype/ui/compare"
	"tintype/ui/duel"
	"tintype/ui/gallery"
	"tintype/ui/impactview"
	"tintype/ui/keymap"
	"tintype/ui/list"
	"tintype/ui/preview"
	"tintype/ui/runner"
	"tintype/ui/screen"
	"tintype/ui/sheet"
	"tintype/ui/statusbar"
	"tintype/ui/theme"
	"tintype/ui/tree"
	"tintype/ui/wording"
)

// screens is the program's screens, and the stack of those that are open.
type screens struct {
	screen.Stack
	home    *homeScreen
	full    *fullScreen
	help    *helpScreen
	gallery *gallery.Screen
	compare *compare.Screen
	sheet   *sheet.Screen // of a plan
	impact  *impactview.Screen
	bisect  *bisectview.Screen
	duel    *duel.Screen
	tree    *tree.Screen    // of where a prediction came from
	extra   []screen.Screen // screens that declare their own keys
	notify  func(sentence string)
}

// extraScreens are the constructors of screens that declare their own keys, one line each.
var extraScreens []newScreen

// newScreen is the constructor of a screen.
type newScreen func(screen.Program) screen.Screen

// newScreens returns the screens, with home alone on the stack.
func newScreens(m *Model, extra []newScreen) screens {
	p := host{m}
	base := screen.Base{List: &m.list}
	s := screens{
		notify: m.notify,
		home:   &homeScreen{Base: base, m: m}, full: &fullScreen{Base: base, m: m}, help: &helpScreen{Base: base, m: m},
		gallery: gallery.New(p), compare: compare.New(p, m.previousSubject), sheet: sheet.New(p), impact: impactview.New(p), bisect: bisectview.New(p), duel: duel.New(p), tree: tree.New(p),
	}
	s.extra = append(s.extra, s.sheet, s.impact, s.bisect, s.duel, s.tree)
	for _, add := range extra {
		s.extra = append(s.extra, add(p))
	}
	s.Stack = screen.NewStack(s.home)
	return s
}

// open puts a screen on top by push, or shows why it cannot be opened.
func (s *screens) open(top screen.Screen, push func(screen.Screen)) {
	if problem := top.Open(); problem != "" {
		s.notify(problem)
		return
	}
	push(top)
}

// toggleGallery opens the gallery, or goes home from it.
func (s *screens) toggleGallery() {
	inGallery := s.Top() == s.gallery
	s.Home()
	if !inGallery {
		s.open(s.gallery, s.Push)
	}
}

// host implements screen.Program: what the screens may use of the program.
type host struct{ m *Model }

func (h host) List() *list.List          { return &h.m.list }
func (h host) Preview() *preview.Preview { return h.m.preview }
func (h host) Look() theme.Look          { return h.m.look }
func (h host) Size() (w, height int)     { return h.m.terminal.W, h.m.terminal.H }
func (h host) Now() time.Time            { return h.m.now() }
func (h host) Header() statusbar.Header  { return h.m.header() }
func (h host) HeaderRow() cell.Rect      { return h.m.layout.Header }
func (h host) DrawStatus(c *cell.Canvas) {
	h.m.dialogs.Draw(c, dialogRoom(h.m), h.m.look)
	h.m.status(h.m.layout).Draw(c, h.m.layout.Status, h.m.layout.StatusAbove, h.m.look)
}
func (h host) ListOptions(w int) list.DrawOptions { return h.m.listOptions(w) }
func (h host) Status(row runner.Row) string       { return h.m.statusLine(row, nil) }
func (h host) Cost(e history.Entry) string        { return wording.Bill(e) }
func (h host) Notify(sentence string)             { h.m.notify(sentence) }
func (h host) NameKeys(sentence string) string    { return nameKeys(h.m, sentence) }
func (h host) Run(act keymap.Action) tea.Cmd      { return h.m.run(act) }
func (h host) RememberMarks()                     { h.m.rememberMarks() }
func (h host) Close()                             { h.m.screens.Pop() }
