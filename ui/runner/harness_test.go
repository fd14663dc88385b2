package runner_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"tintype/api"
	"tintype/api/demo"
	"tintype/history"
	"tintype/ui/runner"
)

const origin = "http://127.0.0.1:1"

// desk is a face without a screen, as the full-screen program is one: each task runs as a command, each result comes back to
// one loop, which alone calls the methods that return at once.
type desk struct {
	t       *testing.T
	folder  string
	ctx     context.Context
	quit    context.CancelFunc
	studio  *runner.Runner
	history *history.History
	options runner.Options
	server  *demo.Server
	results chan runner.Result
	told    []runner.Notice
	changes []runner.Change
	flying  int
}

// provider is the row that a test talks to: Replicate's abilities, or CometAPI's.
type provider struct {
	name, path string
}

var (
	listing = provider{api.Demo, "/v1"}
	comet   = provider{api.CometAPI, "/replicate/v1"}
)

func newServer(t *testing.T) *demo.Server {
	t.Helper()
	return serverBy(t, time.Now)
}

// serverBy is a server with a clock of its own.
func serverBy(t *testing.T, now func() time.Time) *demo.Server {
	t.Helper()
	server, err := demo.New(demo.Options{BaseURL: origin, Now: now})
	must(t, err)
	return server
}

// clientOf is a client of a server behind a wire.
func clientOf(t *testing.T, p provider, wire http.RoundTripper) *api.Client {
	t.Helper()
	row, _ := api.FindProvider(p.name)
	client, err := api.New(api.Options{Provider: row, BaseURL: origin + p.path, Key: api.NewSecret("CANARY-not-a-key"), Transport: wire})
	must(t, err)
	return client
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// sit opens a data folder as a program does at its start.
func sit(t *testing.T, dir string, server *demo.Server, p provider) *desk {
	t.Helper()
	return sitBy(t, dir, server, p, time.Now)
}

// sitBy does so by another clock.
func sitBy(t *testing.T, dir string, server *demo.Server, p provider, now func() time.Time) *desk {
	t.Helper()
	h, err := history.Open(history.Options{Dir: dir, App: "test", Now: now})
	must(t, err)
	d := &desk{t: t, folder: dir, history: h, server: server, results: make(chan runner.Result, 64)}
	d.ctx, d.quit = context.WithCancel(context.Background())
	d.options = runner.Options{History: h, Now: now}
	d.over(p, server.Transport())
	return d
}

// over puts another wire under a desk.
func (d *desk) over(p provider, wire http.RoundTripper) {
	d.t.Helper()
	d.options.Client = clientOf(d.t, p, wire)
	d.studio = runner.New(d.options)
}

// dice makes every throw of the dice come out as that.
func (d *desk) dice(throw float64) {
	d.options.Dice = func() float64 { return throw }
	d.studio = runner.New(d.options)
}

// faults makes the server spoil its answers in these ways, and in no other.
func (d *desk) faults(faults ...demo.Fault) {
	d.server.UpdateBehaviour(func(k *demo.Behaviour) { k.Faults = faults })
}

// takes makes each prediction from now on take so long.
func (d *desk) takes(long time.Duration) {
	d.server.UpdateBehaviour(func(k *demo.Behaviour) { k.Duration = long })
}

// leave ends the program in an orderly way.
func (d *desk) leave() {
	d.t.Helper()
	d.quit()
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if err := d.studio.Close(ctx); err != nil {
		d.t.Errorf("close: %v", err)
	}
	d.die()
}

// die lets go of the folder without a word, as a killed program does; what its commands still do comes to nothing.
func (d *desk) die() {
	d.quit()
	for d.flying > 0 {
		<-d.results
		d.flying--
	}
	_ = d.history.Close()
}

func (d *desk) do(t runner.Task) {
	if t.IsZero() {
		return
	}
	d.flying++
	go func() { d.results <- d.studio.Perform(d.ctx, t) }()
}

func (d *desk) saw(c runner.Change, t runner.Task) {
	d.changes = append(d.changes, c)
	if c.Notice.Kind != runner.NoNotice {
		d.told = append(d.told, c.Notice)
	}
	d.do(t)
}

// input asks for a small picture, which is painted fast.
func input(prompt string) map[string]any {
	return map[string]any{"prompt": prompt, "num_outputs": 1, "megapixels": "0.25", "output_format": "jpg"}
}

func (d *desk) submit(prompt string) string {
	row, task := d.studio.Submit(runner.Draft{
		Model: "black-forest-labs/flux-schnell", Input: input(prompt),
	})
	d.do(task)
	return row.Key
}

func (d *desk) cancel(key string) { d.saw(d.studio.Cancel(key)) }

// adopt does what every start does.
func (d *desk) adopt() runner.Skipped {
	d.t.Helper()
	entries, err := d.history.Active()
	if err != nil {
		d.t.Fatal(err)
	}
	_, tasks, others := d.studio.Resume(entries)
	for _, task := range tasks {
		d.do(task)
	}
	return others
}

// pass lets that much time go by, and takes every result that comes.
func (d *desk) pass(long time.Duration) {
	end := time.NewTimer(long)
	defer end.Stop()
	for {
		select {
		case r := <-d.results:
			d.flying--
			d.saw(d.studio.Apply(r))
		case <-end.C:
			return
		}
	}
}

// until lets time go by until a job stands in a state.
func (d *desk) until(key string, want history.State) runner.Row {
	d.t.Helper()
	for range 4000 {
		if row, _ := d.studio.Row(key); row.State == want {
			return row
		}
		d.pass(50 * time.Millisecond)
	}
	row, _ := d.studio.Row(key)
	d.t.Fatalf("stands at %s after a long time (%+v), want %s; told %v", row.State, row.Error, want, d.told)
	return row
}

// entry reads a job from the disk, as another program would.
func (d *desk) entry(key string) history.Entry {
	d.t.Helper()
	e, err := d.history.Get(key)
	if err != nil {
		d.t.Fatalf("the journal has no %s: %v", key, err)
	}
	return e
}

func (d *desk) was(kind runner.NoticeKind) bool {
	for _, told := range d.told {
		if told.Kind == kind {
			return true
		}
	}
	return false
}

// idle holds the promise that nothing goes on for a job that has ended.
func (d *desk) idle(key string) {
	d.t.Helper()
	row, ok := d.studio.Row(key)
	if !ok || row.Live != nil {
		d.t.Errorf("%s: something still goes on: %+v", row.State, row.Live)
	}
	before := d.server.Counts()
	d.pass(time.Minute)
	if after := d.server.Counts(); after != before {
		d.t.Errorf("requests for an ended job: %+v, then %+v", before, after)
	}
}
