package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/history"
	"tintype/ui/cell"
	"tintype/ui/compare"
	"tintype/ui/format"
	"tintype/ui/gallery"
	"tintype/ui/keymap"
	"tintype/ui/list"
	"tintype/ui/preview"
	"tintype/ui/runner"
	"tintype/ui/screen"
	"tintype/ui/statusbar"
	"tintype/ui/theme"
	"tintype/ui/wording"
)

// screens are the screens of the program, and the stack that says which is on top.
type screens struct {
	screen.Stack
	home    *homeScreen
	full    *fullScreen
	help    *helpScreen
	gallery *gallery.Screen
	compare *compare.Screen
	further []screen.Screen // that declare their own keys
}

// furtherScreens makes the screens that declare their own keys, one line each.
var furtherScreens = []func(screen.Program) screen.Screen{}

func newScreens(m *Model) screens {
	p := host{m}
	base := screen.Base{List: &m.list}
	s := screens{
		home: &homeScreen{base, m}, full: &fullScreen{Base: base, m: m}, help: &helpScreen{Base: base, m: m},
		gallery: gallery.New(p), compare: compare.New(p, m.previousKey),
	}
	for _, make := range furtherScreens {
		s.further = append(s.further, make(p))
	}
	s.Stack = screen.NewStack(s.home)
	return s
}

// open puts a screen on top, or says why not.
func (s *screens) open(top screen.Screen, push func(screen.Screen), notify func(string)) {
	if problem := top.Open(); problem != "" {
		notify(problem)
		return
	}
	push(top)
}

// host is what the screens may use of the program: screen.Program.
type host struct{ m *Model }

func (h host) List() *list.List                   { return &h.m.list }
func (h host) Preview() *preview.Preview          { return h.m.preview }
func (h host) Look() theme.Look                   { return h.m.look }
func (h host) Size() (w, height int)              { return h.m.terminal.w, h.m.terminal.h }
func (h host) Now() time.Time                     { return h.m.now() }
func (h host) Header() statusbar.Header           { return h.m.header() }
func (h host) HeaderRow() cell.Rect               { return h.m.layout.Header }
func (h host) DrawStatus(c *cell.Canvas)          { h.m.drawStatus(c) }
func (h host) ListOptions(w int) list.DrawOptions { return h.m.listOptions(w) }
func (h host) Status(row runner.Row) string       { return h.m.statusLine(row) }
func (h host) Cost(e history.Entry) string        { return format.Cost(e.Cost, false, wording.IsFree(e)) }
func (h host) Notify(sentence string)             { h.m.notify(sentence) }
func (h host) Run(act keymap.Action) tea.Cmd      { return h.m.run(act) }
func (h host) RememberMarks()                     { h.m.rememberMarks() }
func (h host) Close()                             { h.m.screens.Pop() }

// toggleGallery opens the gallery, and goes back from it.
func (m *Model) toggleGallery() tea.Cmd {
	s := &m.screens
	inGallery := s.Top() == s.gallery
	s.Home()
	if !inGallery {
		s.open(s.gallery, s.Push, m.notify)
	}
	return nil
}

// openCompare puts the marked predictions side by side; one alone beside the one seen before.
func (m *Model) openCompare() tea.Cmd {
	m.screens.open(m.screens.compare, m.screens.PushOverList, m.notify)
	return nil
}

// explainCompare says how to compare, where nothing is being compared.
func (m *Model) explainCompare() tea.Cmd {
	m.notify("Nothing is being compared: c compares.")
	return nil
}

// stay does nothing: the action means something to the home screen alone.
func (m *Model) stay() tea.Cmd { return nil }

// openFull shows the selected prediction on the whole screen.
func (m *Model) openFull() { m.screens.open(m.screens.full, m.screens.Push, m.notify) }

// openHelp shows every key, those of where one is first; typing filters them, enter runs one.
func (m *Model) openHelp() tea.Cmd {
	m.screens.open(m.screens.help, m.screens.Push, m.notify)
	return nil
}
