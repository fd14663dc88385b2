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
	"tintype/ui/watchfile"
)

// Options is what the full screen gets from the command line.
type Options struct {
	Open          func(context.Context) (Session, error) // called once, in the background, after the first frame
	OpenDemo      func(context.Context) (Session, error) // called when the user starts the demo; nil if it runs already
	KeyDesk       KeyDesk                                // tries, keeps and uses keys that are entered
	MarshalEntry  func(history.Entry) []byte             // a prediction as JSON, as the command line prints it
	Provider      api.Provider                           // shown until Open returns
	Model         string                                 // the model of the first start
	ModelOverride string                                 // a model that replaces the form's, for this start; "" for none
	Appearance    Appearance
	Keys          map[string][]string // keys that the settings bind to actions, by the action's name
	Editor        []string            // $VISUAL, $EDITOR or one that is installed, and its arguments; nil: none
	EditorTrouble string              // a sentence: why that cannot be run; "" if it can
	Env           func(string) string
	ChildEnv      []string // the environment of programs that are started: without keys
	Now           func() time.Time
	WatchFile     func(ctx context.Context, path string, each func(watchfile.Save)) // tells of the saves of a file; nil: watchfile.Watch
	WindowPixels  func() (w, h int)                                                 // the window's size in pixels, 0 if the system does not know it; may be nil
	Duel          *DuelStart                                                        // the duel to begin with; nil: none
	In, Out       *os.File                                                          // the terminal, for the editor; set by Run
	Input         *tty.Reader                                                       // reads the terminal; set by Run
	Shutdown      context.Context                                                   // done when a signal asks the program to end; set by Run, may be nil
	Layer         preview.ImageLayer                                                // draws pictures over the text; nil: pictures are drawn as text only
}

// Model is the full-screen program: one Bubble Tea model whose components are structs that it calls.
type Model struct {
	options  Options
	ctx      context.Context
	session  session
	terminal tty.State
	look     theme.Look
	layout   layout.Home

	screens  screens
	prompt   textedit.Area
	recall   textedit.Recall
	settings form.Settings
	images   imageForm
	list     list.List
	preview  *preview.Preview
	dialogs  dialog.Stack // what is open beside the screen
	keys     keymap.Map
	actions  map[keymap.Action]func(*Model) tea.Cmd

	guard     guard.Guard // detects keys that were not meant as commands
	repeats   repeats     // what keeps enter from buying what may have been bought
	undo      undoStack   // what u undoes
	cancels   cancelBatch // jobs that were cancelled together
	autosave  autosave
	ticker    ticker
	spending  spending
	plans     plans
	trees     trees
	presets   presets   // the one that is under the form
	enters    decisions // enters whose lists are being read
	literal   bool      // the draft is no template
	used      used      // the prediction that was loaded into the form
	estimates estimates // what the form says of its plan
	watched   fileWatch // the file that the form follows
	exit      exitState
}

// New returns the program's model. It does no I/O.
func New(ctx context.Context, o Options) *Model { return newModel(ctx, o, extraScreens) }

func newModel(ctx context.Context, o Options, extra []newScreen) *Model {
	if o.Now == nil {
		o.Now = time.Now
	}
	m := &Model{
		options: o, ctx: ctx, session: session{Session: Session{Provider: o.Provider}, updatesPaused: new(atomic.Bool)},
		prompt: textedit.NewArea(), list: list.New(),
	}
	m.preview = preview.New(&m.list, previewSource{m})
	m.screens = newScreens(m, extra)
	m.keys, m.actions = bindKeys(o.Keys, m.screens.extra)
	m.terminal = tty.NewState(tty.StateOptions{
		Graphics: o.Appearance.Graphics, Colours: o.Appearance.Colours, CanPlace: o.Layer != nil, GetEnv: o.Env,
	})
	m.look = newLook(o, m.terminal.Background, m.terminal.Colours)
	m.settings = form.NewSettings(o.Model, o.Provider.Name, m.session.typicalDuration)
	m.prompt.Focus()
	return m
}

// Init opens the session and queries the terminal. The first frame waits for neither.
func (m *Model) Init() tea.Cmd {
	return tea.Batch(openSession(m.ctx, m.options.Open, form.State{}, m.list.Height()), m.terminal.Query())
}

// Update handles a message, arranges the screen for the new state, and asks for what that needs. startSearch comes before
// arrange, because it shows all predictions at once if there is no filter any more.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	cmd := m.route(msg)
	m.used.follow(m.prompt.Value())
	search := m.startSearch()
	m.arrange()
	return m, tea.Batch(cmd, search, m.effects())
}
