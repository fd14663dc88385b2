package ui

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image/color"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/api"
	"tintype/api/demo"
	"tintype/api/demo/demotest"
	"tintype/history"
	"tintype/ui/lab"
	"tintype/ui/params"
	"tintype/ui/preset"
	"tintype/ui/rank"
	"tintype/ui/runner"
	"tintype/ui/tty"
)

// origin is the address of the demo server. It answers in memory.
const origin = demotest.Origin

// app is the program without a terminal. Its methods send keys. Commands run as goroutines, and their messages come back to one loop.
// What Bubble Tea would do with other messages is only recorded.
type app struct {
	t      *testing.T
	m      *Model
	dir    string
	server *demo.Server
	limits runner.Limits
	ctx    context.Context
	stop   context.CancelFunc

	messages     chan tea.Msg
	rawOutput    []string  // written to the terminal beside the frames, in order
	copied       []string  // to the clipboard
	heldCommands []tea.Cmd // not started yet, while holding
	holding      bool      // no command is started
	onUpdate     func()    // called after each message
	quit         bool
	suspended    int
	execs        int // how often another program got the terminal
	redrawn      int
}

// appOptions is how an app starts. The zero value is the usual way.
type appOptions struct {
	dir           string // "": a new one
	server        *demo.Server
	provider      string // "": Replicate, whose prices are known
	w, h          int    // 0: 120×40
	noKey         bool
	appearance    Appearance
	env           map[string]string
	editor        []string
	keys          map[string][]string
	withDemo      bool
	before        func(*app)  // called before the session is open, to press keys
	noSize        bool        // the terminal's size is not known at the start
	modelOverride string      // replaces the model of the form
	screens       []newScreen // further screens
	smallPictures bool        // useSmallPictures
	limits        runner.Limits
	mute          bool // the terminal does not report its background
}

// TestMain keeps the files that are made for editors, which no test starts, in a folder of its own.
func TestMain(m *testing.M) { os.Exit(runTests(m)) }

func runTests(m *testing.M) int {
	dir, err := os.MkdirTemp("", "tintype-test-")
	if err != nil {
		panic(err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if err := os.Setenv("TMPDIR", dir); err != nil {
		panic(err)
	}
	return m.Run()
}

// longTests reports whether tests run in full; otherwise the longest run in a short form.
func longTests() bool { return os.Getenv("TINTYPE_LONG") == "1" }

// bubbles counts the bubbles. Each begins bubbleDays after the one before: the keys of a process ascend across its histories unless they
// are far apart in time, and no test takes that long.
var bubbles atomic.Int64

const bubbleDays = 40

// inBubble runs a test in parallel with others, in a bubble with a clock of its own that begins at half past two in the afternoon.
func inBubble(t *testing.T, test func(t *testing.T)) {
	t.Helper()
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Duration(bubbles.Add(1)*bubbleDays)*24*time.Hour + 14*time.Hour + 30*time.Minute)
		test(t)
	})
}

// utcNow is the clock of every app.
func utcNow() time.Time { return time.Now().UTC() }

// newApp starts the program and waits until the terminal would have answered the first queries.
func newApp(t *testing.T, o appOptions) *app {
	t.Helper()
	if o.dir == "" {
		o.dir = t.TempDir()
	}
	if o.server == nil {
		o.server = demotest.NewServer(t, demo.Options{})
	}
	if o.w == 0 {
		o.w, o.h = 120, 40
	}
	s := &app{t: t, dir: o.dir, server: o.server, limits: o.limits, messages: make(chan tea.Msg, 1024)}
	s.ctx, s.stop = context.WithCancel(context.Background())
	t.Cleanup(func() {
		s.close()
		time.Sleep(time.Minute) // pending ticks end
	})
	s.m = newModel(s.ctx, s.options(o), append(slices.Clone(extraScreens), o.screens...))
	if o.before != nil {
		o.before(s)
	}
	s.start(s.m.Init())
	if !o.noSize {
		s.send(tea.WindowSizeMsg{Width: o.w, Height: o.h})
	}
	s.settle()
	if !o.mute {
		s.send(tea.BackgroundColorMsg{Color: color.Black})
	}
	s.wait(tty.ProbeTimeout)
	if o.smallPictures {
		s.useSmallPictures()
	}
	return s
}

// useSmallPictures makes the next predictions small JPEGs, which the demo paints fast.
func (s *app) useSmallPictures() {
	s.m.settings.Set("megapixels", "0.25")
	s.m.settings.Set(params.Format, "jpg")
}

// options returns the program's options.
func (s *app) options(with appOptions) Options {
	env := map[string]string{"LANG": "en_GB.UTF-8", "TERM": "xterm-256color", "COLORTERM": "truecolor"}
	maps.Copy(env, with.env)
	name := cmp.Or(with.provider, api.Replicate)
	provider, ok := api.FindProvider(name)
	if !ok {
		s.t.Fatalf("no provider %q", name)
	}
	if with.appearance.Colours == 0 && env["NO_COLOR"] == "" {
		with.appearance.Colours = 1 << 24
	}
	o := Options{
		Open:         func(context.Context) (Session, error) { return s.session(provider, with.dir, with.noKey) },
		MarshalEntry: func(e history.Entry) []byte { b, _ := json.Marshal(e); return b },
		Provider:     provider, Model: "black-forest-labs/flux-schnell", ModelOverride: with.modelOverride, Appearance: with.appearance, Keys: with.keys, Editor: with.editor,
		Env: func(name string) string { return env[name] }, Now: utcNow,
	}
	o.KeyDesk = KeyDesk{
		Try:  func(context.Context, string, string) error { return errors.New("no desk in this test") },
		Keep: func(string, string) error { return errors.New("no desk in this test") },
		Open: func(_ context.Context, name, _ string) (Session, error) {
			row, _ := api.FindProvider(name)
			return s.session(row, with.dir, false)
		},
	}
	if with.withDemo {
		free, _ := api.FindProvider(api.Demo)
		o.OpenDemo = func(context.Context) (Session, error) { return s.session(free, with.dir+"-demo", false) }
	}
	return o
}

// session opens a folder with a real runner, whose client talks to the server in memory.
func (s *app) session(provider api.Provider, dir string, noKey bool) (Session, error) {
	h, err := history.Open(history.Options{Dir: dir, App: "test", Now: utcNow, Ranks: rank.Shares})
	if err != nil {
		return Session{}, err
	}
	store := preset.In(filepath.Join(dir, "settings", "config.toml"))
	out := Session{Provider: provider, History: h, Close: func() { _ = h.Close() }, Presets: store, Lab: &lab.Lab{Provider: provider.Name, History: h, Presets: store}}
	if len(provider.KeyNames) > 0 {
		out.KeyName = provider.KeyNames[0]
	}
	out.Keys = keyPlaces(provider)
	if noKey {
		return out, nil
	}
	with := demotest.ClientOptions(provider, s.server.Transport())
	with.Now = utcNow
	client, err := api.New(with)
	if err != nil {
		return Session{}, err
	}
	out.Runner = runner.New(runner.Options{Client: client, History: h, Now: utcNow, Limits: func() runner.Limits { return s.limits }})
	out.Close = func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		_ = out.Runner.Close(ctx)
		_ = h.Close()
	}
	return out, nil
}

// keyPlaces returns the places of keys, of which none is set.
func keyPlaces(first api.Provider) []KeyPlace {
	if first.Free {
		return nil
	}
	places := []KeyPlace{{Provider: first, File: "~/.config/tintype/" + first.Name + ".key"}}
	for _, row := range api.Providers() {
		if !row.Free && row.Name != first.Name {
			places = append(places, KeyPlace{Provider: row, File: "~/.config/tintype/" + row.Name + ".key"})
		}
	}
	return places
}

// close ends the program as a user does. Further calls do nothing.
func (s *app) close() {
	if s.ctx.Err() != nil {
		return
	}
	s.stop()
	s.m.session.close()
	synctest.Wait()
}

// copyFolder copies the data folder as it is on disk: what a program that is killed now leaves.
func (s *app) copyFolder() string {
	s.t.Helper()
	left := s.t.TempDir()
	if err := os.CopyFS(left, os.DirFS(s.dir)); err != nil {
		s.t.Fatal(err)
	}
	return left
}

// start starts a command as Bubble Tea does: as a goroutine whose message comes back.
func (s *app) start(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	if s.holding {
		s.heldCommands = append(s.heldCommands, cmd)
		return
	}
	go func() {
		msg := cmd()
		select {
		case s.messages <- msg:
		case <-s.ctx.Done():
		}
	}()
}

// holdCommands starts no commands until releaseCommands, as if disk and network were slow.
func (s *app) holdCommands() { s.holding = true }

func (s *app) releaseCommands() {
	s.holding = false
	for _, cmd := range s.heldCommands {
		s.start(cmd)
	}
	s.heldCommands = nil
	s.settle()
}

// send gives the program a message and starts the command that it returns.
func (s *app) send(msg tea.Msg) {
	if s.quit {
		return
	}
	_, cmd := s.m.Update(msg)
	if s.onUpdate != nil {
		s.onUpdate()
	}
	s.start(cmd)
}

// deliver handles a message of a command: one of the program's, or one for Bubble Tea.
func (s *app) deliver(msg tea.Msg) {
	switch msg := msg.(type) {
	case nil:
	case tea.BatchMsg:
		for _, cmd := range msg {
			s.start(cmd)
		}
	case tea.RawMsg:
		s.rawOutput = append(s.rawOutput, fmt.Sprint(msg.Msg))
	case tea.QuitMsg:
		s.quit = true
	case tea.SuspendMsg:
		s.suspended++
	default:
		s.deliverUnexported(msg)
	}
}

// deliverUnexported handles the messages whose types Bubble Tea does not export.
func (s *app) deliverUnexported(msg tea.Msg) {
	switch name := fmt.Sprintf("%T", msg); name {
	case "tea.sequenceMsg":
		list := reflect.ValueOf(msg)
		go func() {
			for i := range list.Len() {
				if cmd, ok := list.Index(i).Interface().(tea.Cmd); ok && cmd != nil {
					s.messages <- cmd()
				}
			}
		}()
	case "tea.setClipboardMsg":
		s.copied = append(s.copied, reflect.ValueOf(msg).String())
	case "tea.execMsg":
		s.execs++
	case "tea.clearScreenMsg":
		s.redrawn++
	case "tea.backgroundColorMsg":
	default:
		if strings.HasPrefix(name, "tea.") && name != "tea.ColorProfileMsg" {
			s.t.Fatalf("a message for Bubble Tea that the harness does not know: %s", name)
		}
		s.send(msg)
	}
}

// settle handles messages until none comes without waiting.
func (s *app) settle() {
	for {
		synctest.Wait()
		select {
		case msg := <-s.messages:
			s.deliver(msg)
		default:
			return
		}
	}
}

// wait lets time pass and handles each message when it comes.
func (s *app) wait(d time.Duration) {
	end := time.NewTimer(d)
	defer end.Stop()
	for {
		select {
		case msg := <-s.messages:
			s.deliver(msg)
		case <-end.C:
			s.settle()
			return
		}
	}
}

// waitForText waits until the screen contains a text, for a minute at most.
func (s *app) waitForText(text string) {
	s.t.Helper()
	for range 1200 {
		if strings.Contains(s.screenText(), text) {
			return
		}
		s.wait(50 * time.Millisecond)
	}
	s.t.Fatalf("%q was not shown:\n%s", text, s.screenText())
}

// waitForState waits until a prediction is in a state, for a minute at most.
func (s *app) waitForState(key string, want history.State) {
	s.t.Helper()
	for range 1200 {
		if row, ok := s.m.list.Row(key); ok && row.State == want {
			return
		}
		s.wait(50 * time.Millisecond)
	}
	row, _ := s.m.list.Row(key)
	s.t.Fatalf("the state is %s (%+v), want %s:\n%s", row.State, row.Error, want, s.screenText())
}
