package ui

import (
	"context"
	"os"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/api"
	"tintype/history"
	"tintype/ui/dialog"
	"tintype/ui/form"
	"tintype/ui/guard"
	"tintype/ui/keymap"
	"tintype/ui/layout"
	"tintype/ui/list"
	"tintype/ui/preview"
	"tintype/ui/textedit"
	"tintype/ui/theme"
	"tintype/ui/tty"
)

// Options is what the full screen needs from outside.
type Options struct {
	Open          func(context.Context) (Session, error) // called once, in the background, after the first frame
	OpenDemo      func(context.Context) (Session, error) // called when the demo is asked for; nil where it runs already
	MarshalEntry  func(history.Entry) []byte             // a prediction as JSON, the same as the command line prints
	Provider      api.Provider                           // what is shown before Open has answered
	Model         string                                 // the model of a first start
	ModelOverride string                                 // a model that goes before the form's this time; "" none
	Appearance    Appearance
	Keys          map[string][]string // keys bound to actions by name
	Editor        []string            // $VISUAL or $EDITOR and its arguments
	Env           func(string) string
	ChildEnv      []string // the environment of children: without keys
	Now           func() time.Time
	WindowPixels  func() (w, h int) // the window's size in pixels, 0 where the system does not know; may be nil
	In, Out       *os.File          // the terminal, for a program that is given it; set by Run
	Shutdown      context.Context   // done when a signal asks the program to end; set by Run, may be nil
	Layer         ImageLayer        // lays pictures over frames; nil: only what is part of the text is drawn
}

// Model is the full-screen program: one Bubble Tea model over components that it calls.
type Model struct {
	options  Options
	ctx      context.Context
	session  session
	terminal tty.State
	look     theme.Look
	layout   layout.Layout

	screens  screens
	prompt   textedit.Area
	recall   textedit.Recall
	settings form.Settings
	list     list.List
	preview  *preview.Preview
	dialogs  dialog.Stack // what speaks beside the screen
	keys     keymap.Map
	actions  map[keymap.Action]func(*Model) tea.Cmd

	guard    guard.Guard // tells what is meant from what the hands do by mistake
	undo     undoStack   // what u takes back
	autosave autosave
	ticker   ticker
	spending spending
	exit     exitState
}

// New makes the program's model. It does no I/O.
func New(ctx context.Context, o Options) *Model {
	if o.Now == nil {
		o.Now = time.Now
	}
	m := &Model{
		options: o, ctx: ctx, session: session{Session: Session{Provider: o.Provider}, updatesPaused: new(atomic.Bool)},
		prompt: textedit.NewArea(), list: list.New(),
	}
	m.preview = preview.New(&m.list, previewSource{m})
	m.screens = newScreens(m)
	m.keys, m.actions = bindCommands(o.Keys, m.screens.extra)
	m.terminal = tty.NewState(tty.StateOptions{
		Graphics: o.Appearance.Graphics, Colours: o.Appearance.Colours, CanPlace: o.Layer != nil, GetEnv: o.Env,
	})
	m.look = newLook(o, m.terminal.Background, m.terminal.Colours)
	m.settings = form.NewSettings(o.Model, o.Provider.Name, m.session.typicalDuration)
	m.prompt.Focus()
	return m
}

// Init asks for what the first frames need. Nothing here waits for the terminal.
func (m *Model) Init() tea.Cmd {
	return tea.Batch(openSession(m.ctx, m.options.Open, m.list.Height()), m.terminal.Query())
}

// Update takes a message to who it concerns, and then asks for what the new state needs.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	cmd := m.route(msg)
	m.arrange()
	return m, tea.Batch(cmd, m.effects())
}
