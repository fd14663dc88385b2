package ui

import (
	"context"
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tintype/history"
	"tintype/ui/format"
	"tintype/ui/keymap"
	"tintype/ui/textedit"
)

// listView is which predictions the list shows before any filter.
type listView int

const (
	viewAll     listView = iota + 1 // every one
	viewLive                        // what is under way
	viewStarred                     // what has a star
	viewNew                         // what has ended and was not looked at
)

// filter narrows the list: a view, and words typed after "/".
type filter struct {
	line       textedit.Line
	editing    bool
	view       listView
	stale      bool // the answer is older than the question
	generation int
	total      int
	counting   bool               // total is only of the first hits
	problem    string             // what is wrong with the query, a sentence
	stop       context.CancelFunc // ends the search under way
}

func newFilter() filter { return filter{view: viewAll} }

// on tells whether the list is narrowed.
func (f *filter) on() bool {
	return f.view != viewAll || strings.TrimSpace(f.line.Value()) != ""
}

// query is the filter in the search language.
func (f *filter) query() string {
	words := f.line.Value()
	switch f.view {
	case viewLive:
		return words + " is:running"
	case viewStarred:
		return words + " is:starred"
	}
	return words
}

// next begins a new search and ends the one before.
func (f *filter) next(parent context.Context) context.Context {
	if f.stop != nil {
		f.stop()
	}
	ctx, stop := context.WithCancel(parent)
	f.stop = stop
	f.generation++
	return ctx
}

// onFound takes the answer to the newest question, and asks for the rest of it. First hits that leave out where the cursor
// stands wait for the rest, so that it does not jump.
func (m *Model) onFound(msg foundMsg) tea.Cmd {
	if msg.generation != m.filter.generation {
		return nil
	}
	if msg.more != nil && m.list.Cursor != "" && m.list.Cursor < msg.keys.At(msg.keys.Len()-1) {
		return msg.more
	}
	m.filter.problem = ""
	if msg.problem != nil {
		m.filter.problem = wrongQuery(msg.problem, msg.total)
	}
	m.filter.total, m.filter.counting = msg.total, msg.more != nil
	m.list.SetFound(msg.keys)
	return msg.more
}

// wrongQuery says which part of a query means nothing, and how many are found without it: "cost> needs a number. Without
// it: 14." What is compared is always a number.
func wrongQuery(problem error, total int) string {
	var wrong *history.QueryError
	if !errors.As(problem, &wrong) {
		return format.Clean(problem.Error())
	}
	part := wrong.Terms[0]
	said := format.Clean(part.Text) + ": " + format.Clean(part.Reason)
	if bare := strings.TrimRight(part.Text, "="); strings.HasSuffix(bare, ">") || strings.HasSuffix(bare, "<") {
		said = format.Clean(part.Text) + " needs a number."
	}
	return said + " Without it: " + format.CountText(total) + "."
}

// find puts the cursor into the filter.
func (m *Model) find() tea.Cmd {
	m.filter.editing = true
	if m.screen == galleryScreen {
		return nil
	}
	m.screen = home
	m.setFocus(onList)
	return nil
}

// onFilterKey takes a key to the filter's line: every letter filters at once.
func (m *Model) onFilterKey(key tea.KeyPressMsg) tea.Cmd {
	switch key.String() {
	case "enter":
		m.endFilter(true)
	case "tab":
		m.filter.editing = false
		return m.nextPart(+1)
	case "shift+tab":
		m.filter.editing = false
		return m.nextPart(-1)
	case "esc":
		m.endFilter(false)
	case "up", "down", "pgup", "pgdown":
		return m.run(m.keys.Find(key.String(), m.place()))
	case "ctrl+f":
	case "ctrl+x":
		m.filter.editing = false
		return m.run(keymap.ActMenu)
	case "ctrl+g":
		m.filter.editing = false
		return m.run(keymap.ActGallery)
	case "f1", "alt+?":
		m.filter.editing = false
		return m.run(keymap.ActHelp)
	default:
		if m.filter.line.Update(key) {
			m.filter.stale, m.list.Narrow = true, m.filter.on() && m.list.Narrow
			if !m.filter.on() {
				m.list.ShowAll()
			}
		}
	}
	return nil
}

// endFilter gives the keys back to the list, which stays narrowed or shows everything again.
func (m *Model) endFilter(keep bool) {
	m.filter.editing = false
	if !keep {
		m.clearFilter()
	}
}

// clearFilter shows everything again, around the selected prediction.
func (m *Model) clearFilter() {
	if !m.filter.on() {
		return
	}
	m.filter.line.SetValue("")
	m.filter.view, m.filter.problem = viewAll, ""
	m.filter.generation++ // an answer under way is late
	m.list.ShowAll()
	m.list.Choose(m.list.Cursor)
}

// setView shows all predictions, those under way, the starred or the new ones.
func (m *Model) setView(v listView) tea.Cmd {
	m.filter.view, m.filter.stale = v, true
	return nil
}
