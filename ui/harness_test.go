package ui

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"

	"tintype/api"
	"tintype/api/demo"
	"tintype/history"
	"tintype/ui/studio"
)

var update = flag.Bool("update", false, "write the goldens anew")

// origin is where the demo's server is said to be; nothing goes out to it.
const origin = "http://127.0.0.1:1"

// sitting is one start of the full screen without a terminal: keys go in by methods, commands run as goroutines whose
// messages come back to one loop, and what Bubble Tea would have done with the rest is noted down.
type sitting struct {
	t      *testing.T
	m      *Model
	dir    string
	server *demo.Server
	ctx    context.Context
	stop   context.CancelFunc

	messages chan tea.Msg
	raw      []string  // written to the terminal out of band, in order
	copied   []string  // put into the clipboard
	ran      []tea.Cmd // commands kept back, while held
	held     bool      // commands wait for release
	each     func()    // looks at the frame behind every message
	quit     bool
	suspends int
	editors  int // programs that were given the terminal
	redrawn  int
}

// table is how a sitting begins: what a test wants to be otherwise than usual.
type table struct {
	dir      string // "": a fresh one
	server   *demo.Server
	provider string // a provider's name; "": Replicate, whose prices are known
	w, h     int    // 0: 120×40
	noKey    bool
	look     Look
	env      map[string]string
	editor   []string
	keys     map[string][]string
	openDemo bool
	before   func(*sitting) // what hands do before the session is there
	unsized  bool           // the size is not told at once
	small    bool           // pictures are small JPEGs, which are painted fast
}

// days makes each sitting's bubble begin on another day: keys of one process always rise.
var days atomic.Int64

// story runs a test in a bubble of its own time that begins at half past two in the afternoon.
func story(t *testing.T, tell func(t *testing.T)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Duration(days.Add(5))*24*time.Hour + 14*time.Hour + 30*time.Minute)
		tell(t)
	})
}

func newServer(t *testing.T) *demo.Server {
	t.Helper()
	server, err := demo.New(demo.Options{BaseURL: origin})
	if err != nil {
		t.Fatal(err)
	}
	return server
}

// utc is the clock of every sitting.
func utc() time.Time { return time.Now().UTC() }

// sit starts the program and lets the first frames come.
func sit(t *testing.T, tb table) *sitting {
	t.Helper()
	if tb.dir == "" {
		tb.dir = t.TempDir()
	}
	if tb.server == nil {
		tb.server = newServer(t)
	}
	if tb.w == 0 {
		tb.w, tb.h = 120, 40
	}
	s := &sitting{t: t, dir: tb.dir, server: tb.server, messages: make(chan tea.Msg, 1024)}
	s.ctx, s.stop = context.WithCancel(context.Background())
	t.Cleanup(func() {
		s.leave()
		time.Sleep(time.Minute) // the ticks under way end
	})
	s.m = New(s.ctx, s.options(tb))
	if tb.before != nil {
		tb.before(s)
	}
	s.run(s.m.Init())
	if !tb.unsized {
		s.send(tea.WindowSizeMsg{Width: tb.w, Height: tb.h})
	}
	s.settle()
	s.wait(probeLimit)
	if tb.small {
		s.m.settings.set("megapixels", "0.25")
		s.m.settings.set(formatName, "jpg")
	}
	return s
}

// options are the program's, for a table.
func (s *sitting) options(tb table) Options {
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
	if tb.look.Colours == 0 && env["NO_COLOR"] == "" {
		tb.look.Colours = 1 << 24
	}
	o := Options{
		Open:     func(context.Context) (Session, error) { return s.session(provider, tb.dir, tb.noKey) },
		Describe: func(e history.Entry) []byte { b, _ := json.Marshal(e); return b },
		Provider: provider, Model: "black-forest-labs/flux-schnell", Look: tb.look, Keys: tb.keys, Editor: tb.editor,
		Env: func(name string) string { return env[name] }, Now: utc,
	}
	if tb.openDemo {
		free, _ := api.FindProvider(api.Demo)
		o.OpenDemo = func(context.Context) (Session, error) { return s.session(free, tb.dir+"-demo", false) }
	}
	return o
}

// session opens a folder with a real studio, which speaks to the server in memory.
func (s *sitting) session(provider api.Provider, dir string, noKey bool) (Session, error) {
	h, err := history.Open(history.Options{Dir: dir, App: "test", Now: utc})
	if err != nil {
		return Session{}, err
	}
	path := "/v1"
	if provider.Name == api.CometAPI {
		path = "/replicate/v1"
	}
	out := Session{Provider: provider, BaseURL: origin + path, History: h, Close: func() { _ = h.Close() }}
	if len(provider.KeyNames) > 0 {
		out.KeyName = provider.KeyNames[0]
	}
	if noKey {
		return out, nil
	}
	client, err := api.New(api.Options{
		Provider: provider, BaseURL: out.BaseURL, Key: api.NewSecret("CANARY-not-a-key"),
		Transport: s.server.Transport(), Now: utc,
	})
	if err != nil {
		return Session{}, err
	}
	out.Studio = studio.New(studio.Options{Client: client, History: h, Now: utc})
	out.Close = func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		_ = out.Studio.Close(ctx)
		_ = h.Close()
	}
	return out, nil
}

// leave ends the program in an orderly way. It may be called again.
func (s *sitting) leave() {
	if s.ctx.Err() != nil {
		return
	}
	s.stop()
	s.m.closeSession()
	synctest.Wait()
}

// killed copies the folder as it stands on the disk, which is what a program killed at this moment would leave.
func (s *sitting) killed() string {
	s.t.Helper()
	left := s.t.TempDir()
	if err := os.CopyFS(left, os.DirFS(s.dir)); err != nil {
		s.t.Fatal(err)
	}
	return left
}

// run starts a command as Bubble Tea would: a goroutine whose message comes back.
func (s *sitting) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	if s.held {
		s.ran = append(s.ran, cmd)
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

// hold keeps commands back, as a slow disk or line would; release lets them run.
func (s *sitting) hold() { s.held = true }

func (s *sitting) release() {
	s.held = false
	for _, cmd := range s.ran {
		s.run(cmd)
	}
	s.ran = nil
	s.settle()
}

// send gives the program a message, and runs what it asks for.
func (s *sitting) send(msg tea.Msg) {
	if s.quit {
		return
	}
	_, cmd := s.m.Update(msg)
	if s.each != nil {
		s.each()
	}
	s.run(cmd)
}

// deliver takes a message that a command brought back: the program's own, or one that is meant for Bubble Tea.
func (s *sitting) deliver(msg tea.Msg) {
	switch msg := msg.(type) {
	case nil:
	case tea.BatchMsg:
		for _, cmd := range msg {
			s.run(cmd)
		}
	case tea.RawMsg:
		s.raw = append(s.raw, fmt.Sprint(msg.Msg))
	case tea.QuitMsg:
		s.quit = true
	case tea.SuspendMsg:
		s.suspends++
	default:
		s.deliverOther(msg)
	}
}

// deliverOther takes what Bubble Tea has no exported name for.
func (s *sitting) deliverOther(msg tea.Msg) {
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
		s.editors++
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
func (s *sitting) settle() {
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
func (s *sitting) wait(d time.Duration) {
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

// until lets time go by until the screen shows a text.
func (s *sitting) until(text string) {
	s.t.Helper()
	for range 1200 {
		if strings.Contains(s.screen(), text) {
			return
		}
		s.wait(50 * time.Millisecond)
	}
	s.t.Fatalf("%q never came:\n%s", text, s.screen())
}

// state lets time go by until a prediction stands in a state.
func (s *sitting) state(key string, want history.State) {
	s.t.Helper()
	for range 1200 {
		if row, ok := s.m.row(key); ok && row.State == want {
			return
		}
		s.wait(50 * time.Millisecond)
	}
	row, _ := s.m.row(key)
	s.t.Fatalf("stands at %s (%+v), want %s:\n%s", row.State, row.Error, want, s.screen())
}

// press presses keys, each by its name, and lets what they ask for come to rest.
func (s *sitting) press(names ...string) {
	for _, name := range names {
		s.key(name)
		s.settle()
	}
}

// key presses one key and runs nothing to its end.
func (s *sitting) key(name string) {
	switch name {
	case "space":
		s.send(tea.KeyPressMsg{Code: tea.KeySpace, Text: " "})
	case "f1":
		s.send(tea.KeyPressMsg{Code: tea.KeyF1})
	default:
		s.send(keyNamed(name))
	}
}

// typeText types a text, as fast as a terminal hands it over.
func (s *sitting) typeText(text string) { s.typeAt(text, 0) }

// typeAt types a text with a pause behind each letter.
func (s *sitting) typeAt(text string, pause time.Duration) {
	for _, r := range text {
		name := string(r)
		if r == ' ' {
			name = "space"
		}
		s.key(name)
		if pause > 0 {
			s.wait(pause)
		}
	}
	s.settle()
}

func (s *sitting) pasteText(text string) {
	s.send(tea.PasteMsg{Content: text})
	s.settle()
	s.wait(pasteSettles) // a hand takes longer to the next key
}

func (s *sitting) resize(w, h int) {
	s.send(tea.WindowSizeMsg{Width: w, Height: h})
	s.settle()
}

// develop types a prompt in place of the one there, and presses enter.
func (s *sitting) develop(prompt string) (key string) {
	s.t.Helper()
	s.press("ctrl+a", "ctrl+k")
	s.typeText(prompt)
	s.press("enter")
	return s.m.list.cursor
}

// clear takes the prompt away.
func (s *sitting) clear() { s.press("ctrl+a", "ctrl+k") }

// buffer is the screen as a terminal of the program's size shows it.
func (s *sitting) buffer() uv.ScreenBuffer {
	w, h := s.m.terminal.w, s.m.terminal.h
	buf := uv.NewScreenBuffer(w, h)
	buf.Method = ansi.GraphemeWidth
	uv.NewStyledString(s.m.View().Content).Draw(buf, buf.Bounds())
	return buf
}

// lines are the rows of the screen without styles, blanks at their ends cut.
func (s *sitting) lines() []string {
	buf := s.buffer()
	lines := make([]string, buf.Height())
	for y := range lines {
		var b strings.Builder
		for x := 0; x < buf.Width(); x++ {
			if cell := buf.CellAt(x, y); cell != nil && cell.Width > 0 {
				b.WriteString(cell.Content)
			}
		}
		lines[y] = strings.TrimRight(b.String(), " ")
	}
	return lines
}

func (s *sitting) screen() string { return strings.Join(s.lines(), "\n") + "\n" }

// shows fails unless each text stands on the screen, in one row.
func (s *sitting) shows(texts ...string) {
	s.t.Helper()
	for _, text := range texts {
		if !strings.Contains(s.screen(), text) {
			s.t.Fatalf("the screen lacks %q:\n%s", text, s.screen())
		}
	}
}

// lacks fails if a text stands on the screen.
func (s *sitting) lacks(texts ...string) {
	s.t.Helper()
	for _, text := range texts {
		if strings.Contains(s.screen(), text) {
			s.t.Fatalf("the screen has %q:\n%s", text, s.screen())
		}
	}
}

// within is the text in a rectangle of the screen, its lines joined by blanks.
func (s *sitting) within(r rect) string {
	buf := s.buffer()
	var words []string
	for y := r.y; y < r.bottom(); y++ {
		var b strings.Builder
		for x := r.x; x < r.right(); x++ {
			if cell := buf.CellAt(x, y); cell != nil && cell.Width > 0 {
				b.WriteString(cell.Content)
			}
		}
		words = append(words, strings.Fields(b.String())...)
	}
	return strings.Join(words, " ")
}

// caption is what stands under the picture, voice what the bottom row says with the lines that it grew by.
func (s *sitting) caption() string { return s.within(s.m.layout.caption) }

func (s *sitting) voice() string {
	l := s.m.layout
	return strings.TrimSpace(s.within(l.above) + " " + s.within(l.bottom))
}

// says fails unless caption or bottom row hold a sentence, however it is wrapped.
func (s *sitting) says(sentence string) {
	s.t.Helper()
	if !strings.Contains(s.caption(), sentence) && !strings.Contains(s.voice(), sentence) {
		s.t.Fatalf("nobody says %q:\n%s", sentence, s.screen())
	}
}

// stencil puts ░ in place of the cells of the pictures on the stage, which depend on decoders and scalers.
func (s *sitting) stencil() {
	for _, tile := range s.m.stage.shown.tiles {
		frame, _ := s.m.stage.frames.get(tile.frameKey)
		for i, line := range frame.Lines {
			frame.Lines[i] = strings.Repeat("░", ansi.StringWidth(line))
		}
	}
}

// golden compares the screen, without styles, with the file of that name.
func (s *sitting) golden(name string) {
	s.t.Helper()
	s.stencil()
	s.fits(name)
	got := s.screen()
	path := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			s.t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		s.t.Fatalf("%v; go test ./ui -update writes it", err)
	}
	if got != string(want) {
		s.t.Errorf("%s is\n%s\nwant\n%s", name, got, want)
	}
}

// fits checks that no line is wider than the screen, and that there are no more lines than rows.
func (s *sitting) fits(name string) {
	s.t.Helper()
	lines := strings.Split(s.m.View().Content, "\n")
	if len(lines) > s.m.terminal.h {
		s.t.Errorf("%s has %d lines in %d rows", name, len(lines), s.m.terminal.h)
	}
	for y, line := range lines {
		if w := ansi.StringWidth(line); w > s.m.terminal.w {
			s.t.Errorf("%s: row %d is %d columns wide", name, y, w)
		}
	}
}

// past is a prediction of the past, for the folder of a sitting to come.
type past struct {
	ago    time.Duration // before the sitting
	prompt string
	model  string // "" flux-schnell
	input  map[string]any
	state  history.State // "" done
	seed   int64
	took   float64 // seconds
	cost   float64 // < 0 unknown
	w, h   int     // of its pictures
	n      int     // of pictures; 0: one
	star   bool
	change func(*history.Entry)
}

// furnish writes predictions into a folder, oldest first, while their time goes by; the bubble's time at its end is the
// last one's and what is left of its age.
func furnish(t *testing.T, dir string, pasts ...past) {
	t.Helper()
	h, err := history.Open(history.Options{Dir: dir, App: "test", Now: utc})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = h.Close() }()
	now := utc()
	longest := pasts[0].ago
	for i, p := range pasts {
		time.Sleep(longest - p.ago - utc().Sub(now))
		p.write(t, h, i)
	}
	time.Sleep(longest - utc().Sub(now))
}

// write appends the entry.
func (p past) write(t *testing.T, h *history.History, number int) {
	t.Helper()
	e := p.entry(t, h, number)
	if _, err := h.Append(history.NewKey(utc()), func(latest history.Entry) history.Entry {
		e.V, e.Key, e.Rev = latest.V, latest.Key, latest.Rev
		return e
	}); err != nil {
		t.Fatal(err)
	}
}

// entry is the prediction as the journal has it.
func (p past) entry(t *testing.T, h *history.History, number int) history.Entry {
	t.Helper()
	input := map[string]any{
		"prompt": p.prompt, "aspect_ratio": "1:1", "output_format": "webp", "output_quality": 80.0, "num_outputs": 1.0,
	}
	for k, v := range p.input {
		input[k] = v
	}
	e := history.Entry{
		State: history.Done, Provider: api.Replicate, BaseURL: origin + "/v1", Model: "black-forest-labs/flux-schnell",
		ID: fmt.Sprintf("id%024d", number), Input: input, Status: "succeeded", CreatedAt: utc(), Time: utc(),
		Metrics: map[string]float64{"predict_time": p.took},
	}
	if p.model != "" {
		e.Model = p.model
	}
	if p.state != "" {
		e.State = p.state
	}
	if p.seed != 0 {
		e.Seed = &p.seed
	}
	if p.cost >= 0 {
		e.Cost = &p.cost
	}
	e.Star = p.star
	for i := range max(p.n, 1) {
		if e.State == history.Done {
			e.Outputs = append(e.Outputs, p.picture(t, h, number, i))
		}
	}
	if p.change != nil {
		p.change(&e)
	}
	return e
}

// picture writes a picture of the past.
func (p past) picture(t *testing.T, h *history.History, number, i int) history.Output {
	t.Helper()
	w, hh := p.w, p.h
	if w == 0 {
		w, hh = 1024, 1024
	}
	name := fmt.Sprintf("pictures/past-%d-%d.png", number, i)
	path := h.Path(name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, plainPicture(t, w, hh), 0o600); err != nil {
		t.Fatal(err)
	}
	return history.Output{URL: origin + "/outputs/x", Path: name, Width: w, Height: hh}
}

// plainPicture is a picture of one colour in that shape, an eighth of its size.
func plainPicture(t *testing.T, w, h int) []byte {
	t.Helper()
	img := image.NewPaletted(image.Rect(0, 0, max(w/8, 1), max(h/8, 1)), color.Palette{color.RGBA{200, 120, 40, 255}})
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
