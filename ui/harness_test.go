package ui

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"reflect"
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
	"tintype/ui/params"
	"tintype/ui/runner"
	"tintype/ui/tty"
)

// origin is the address of the demo server, which answers in memory.
const origin = demotest.Origin

// app is one start of the full screen without a terminal: keys go in by methods, commands run as goroutines whose
// messages come back to one loop, and what Bubble Tea would have done with the rest is noted down.
type app struct {
	t      *testing.T
	m      *Model
	dir    string
	server *demo.Server
	ctx    context.Context
	stop   context.CancelFunc

	messages     chan tea.Msg
	rawOutput    []string  // written to the terminal out of band, in order
	copied       []string  // put into the clipboard
	heldCommands []tea.Cmd // commands kept back, while held
	holding      bool      // commands wait for release
	onUpdate     func()    // looks at the frame behind every message
	quit         bool
	suspended    int
	execs        int // programs that were given the terminal
	redrawn      int
}

// appOptions is how a sitting begins: what a test wants to be otherwise than usual.
type appOptions struct {
	dir           string // "": a fresh one
	server        *demo.Server
	provider      string // a provider's name; "": Replicate, whose prices are known
	w, h          int    // 0: 120×40
	noKey         bool
	appearance    Appearance
	env           map[string]string
	editor        []string
	keys          map[string][]string
	withDemo      bool
	before        func(*app) // what hands do before the session is there
	noSize        bool       // the size is not told at once
	modelOverride string     // a model that goes before the form's
	smallPictures bool       // pictures are small JPEGs, which are painted fast
}

// bubbles makes each sitting's bubble begin on another day: keys of one process always rise.
var bubbles atomic.Int64

// inBubble runs a test in a bubble of its own time that begins at half past two in the afternoon.
func inBubble(t *testing.T, tell func(t *testing.T)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Duration(bubbles.Add(5))*24*time.Hour + 14*time.Hour + 30*time.Minute)
		tell(t)
	})
}

// utcNow is the clock of every sitting.
func utcNow() time.Time { return time.Now().UTC() }

// newApp starts the program and lets the first frames come.
func newApp(t *testing.T, tb appOptions) *app {
	t.Helper()
	if tb.dir == "" {
		tb.dir = t.TempDir()
	}
	if tb.server == nil {
		tb.server = demotest.NewServer(t, demo.Options{})
	}
	if tb.w == 0 {
		tb.w, tb.h = 120, 40
	}
	s := &app{t: t, dir: tb.dir, server: tb.server, messages: make(chan tea.Msg, 1024)}
	s.ctx, s.stop = context.WithCancel(context.Background())
	t.Cleanup(func() {
		s.close()
		time.Sleep(time.Minute) // the ticks under way end
	})
	s.m = New(s.ctx, s.options(tb))
	if tb.before != nil {
		tb.before(s)
	}
	s.start(s.m.Init())
	if !tb.noSize {
		s.send(tea.WindowSizeMsg{Width: tb.w, Height: tb.h})
	}
	s.settle()
	s.wait(tty.ProbeLimit)
	if tb.smallPictures {
		s.m.settings.Set("megapixels", "0.25")
		s.m.settings.Set(params.Format, "jpg")
	}
	return s
}

// options are the program's, for a table.
func (s *app) options(tb appOptions) Options {
	env := map[string]string{"LANG": "en_GB.UTF-8", "TERM": "xterm-256color", "COLORTERM": "truecolor"}
	for k, v := range tb.env {
		env[k] = v
	}
	name := tb.provider
	if name == "" {
		name = api.Replicate
	}
	provider, ok := api.FindProvider(name)
	if !ok {
		s.t.Fatalf("no provider %q", name)
	}
	if tb.appearance.Colours == 0 && env["NO_COLOR"] == "" {
		tb.appearance.Colours = 1 << 24
	}
	o := Options{
		Open:         func(context.Context) (Session, error) { return s.session(provider, tb.dir, tb.noKey) },
		MarshalEntry: func(e history.Entry) []byte { b, _ := json.Marshal(e); return b },
		Provider:     provider, Model: "black-forest-labs/flux-schnell", ModelOverride: tb.modelOverride, Appearance: tb.appearance, Keys: tb.keys, Editor: tb.editor,
		Env: func(name string) string { return env[name] }, Now: utcNow,
	}
	if tb.withDemo {
		free, _ := api.FindProvider(api.Demo)
		o.OpenDemo = func(context.Context) (Session, error) { return s.session(free, tb.dir+"-demo", false) }
	}
	return o
}

// session opens a folder with a real studio, which speaks to the server in memory.
func (s *app) session(provider api.Provider, dir string, noKey bool) (Session, error) {
	h, err := history.Open(history.Options{Dir: dir, App: "test", Now: utcNow})
	if err != nil {
		return Session{}, err
	}
	out := Session{Provider: provider, History: h, Close: func() { _ = h.Close() }}
	if len(provider.KeyNames) > 0 {
		out.KeyName = provider.KeyNames[0]
	}
	if noKey {
		return out, nil
	}
	with := demotest.ClientOptions(provider, s.server.Transport())
	with.Now = utcNow
	client, err := api.New(with)
	if err != nil {
		return Session{}, err
	}
	out.Runner = runner.New(runner.Options{Client: client, History: h, Now: utcNow})
	out.Close = func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		_ = out.Runner.Close(ctx)
		_ = h.Close()
	}
	return out, nil
}

// close ends the program in an orderly way. It may be called again.
func (s *app) close() {
	if s.ctx.Err() != nil {
		return
	}
	s.stop()
	s.m.session.close()
	synctest.Wait()
}

// copyFolder copies the folder as it stands on the disk, which is what a program killed at this moment would leave.
func (s *app) copyFolder() string {
	s.t.Helper()
	left := s.t.TempDir()
	if err := os.CopyFS(left, os.DirFS(s.dir)); err != nil {
		s.t.Fatal(err)
	}
	return left
}

// start starts a command as Bubble Tea would: a goroutine whose message comes back.
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

// holdCommands keeps commands back, as a slow disk or line would; release lets them run.
func (s *app) holdCommands() { s.holding = true }

func (s *app) releaseCommands() {
	s.holding = false
	for _, cmd := range s.heldCommands {
		s.start(cmd)
	}
	s.heldCommands = nil
	s.settle()
}

// send gives the program a message, and runs what it asks for.
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

// deliver takes a message that a command brought back: the program's own, or one that is meant for Bubble Tea.
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

// deliverUnexported takes what Bubble Tea has no exported name for.
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
			s.t.Fatalf("a message for Bubble Tea that nobody thought of: %s", name)
		}
		s.send(msg)
	}
}

// settle lets everything come to rest that needs no time.
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

// wait lets time go by, taking every message at its moment.
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

// waitForText lets time go by until the screen shows a text.
func (s *app) waitForText(text string) {
	s.t.Helper()
	for range 1200 {
		if strings.Contains(s.screenText(), text) {
			return
		}
		s.wait(50 * time.Millisecond)
	}
	s.t.Fatalf("%q never came:\n%s", text, s.screenText())
}

// waitForState lets time go by until a prediction stands in a state.
func (s *app) waitForState(key string, want history.State) {
	s.t.Helper()
	for range 1200 {
		if row, ok := s.m.list.Row(key); ok && row.State == want {
			return
		}
		s.wait(50 * time.Millisecond)
	}
	row, _ := s.m.list.Row(key)
	s.t.Fatalf("stands at %s (%+v), want %s:\n%s", row.State, row.Error, want, s.screenText())
}
