package runner_test

import (
	"context"
	"net/http"
	"os"
	"testing"
	"time"

	"tintype/api"
	"tintype/api/demo"
	"tintype/api/demo/demotest"
	"tintype/history"
	"tintype/ui/runner"
)

// harness is a face without a screen. As in the full screen, each task runs as a command, and each result comes back to one
// loop, which alone calls the methods that return at once.
type harness struct {
	t        *testing.T
	folder   string
	ctx      context.Context
	quit     context.CancelFunc
	runner   *runner.Runner
	history  *history.History
	options  runner.Options
	server   *demo.Server
	results  chan runner.Result
	notices  []runner.Notice
	changes  []runner.Change
	inFlight int
}

// provider is the row that a test talks to: one with the abilities of Replicate, or CometAPI.
type provider struct {
	name, path string
}

var (
	withList    = provider{api.Demo, "/v1"}
	withoutList = provider{api.CometAPI, "/replicate/v1"}
)

// newClient returns a client of a server behind a transport.
func newClient(t *testing.T, p provider, transport http.RoundTripper) *api.Client {
	t.Helper()
	row, _ := api.FindProvider(p.name)
	o := demotest.ClientOptions(row, transport)
	o.BaseURL = demotest.Origin + p.path
	client, err := api.New(o)
	must(t, err)
	return client
}

// longTests reports whether the tests run in full, as in CI.
func longTests() bool { return os.Getenv("TINTYPE_LONG") == "1" }

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// newHarness opens a data folder as a program does when it starts.
func newHarness(t *testing.T, dir string, server *demo.Server, p provider) *harness {
	t.Helper()
	return newHarnessWithClock(t, dir, server, p, time.Now)
}

// newHarnessWithClock is newHarness with another clock.
func newHarnessWithClock(t *testing.T, dir string, server *demo.Server, p provider, now func() time.Time) *harness {
	t.Helper()
	opened, err := history.Open(history.Options{Dir: dir, App: "test", Now: now})
	must(t, err)
	h := &harness{t: t, folder: dir, history: opened, server: server, results: make(chan runner.Result, 64)}
	h.ctx, h.quit = context.WithCancel(context.Background())
	h.options = runner.Options{History: opened, Now: now}
	h.connect(p, server.Transport())
	return h
}

// connect gives the harness a new Runner over another transport.
func (h *harness) connect(p provider, transport http.RoundTripper) {
	h.t.Helper()
	h.options.Client = newClient(h.t, p, transport)
	h.runner = runner.New(h.options)
}

// setJitter gives the harness a new Runner whose jitter is constant.
func (h *harness) setJitter(throw float64) {
	h.options.Jitter = func() float64 { return throw }
	h.runner = runner.New(h.options)
}

// setFaults sets the faults of the server, and removes all others.
func (h *harness) setFaults(faults ...demo.Fault) {
	h.server.UpdateBehaviour(func(k *demo.Behaviour) { k.Faults = faults })
}

// setDuration sets how long predictions take from now on.
func (h *harness) setDuration(long time.Duration) {
	h.server.UpdateBehaviour(func(k *demo.Behaviour) { k.Duration = long })
}

// close quits the program as a user does.
func (h *harness) close() {
	h.t.Helper()
	h.quit()
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if err := h.runner.Close(ctx); err != nil {
		h.t.Errorf("close: %v", err)
	}
	h.kill()
}

// kill closes the folder without writing anything, as if the program was killed. Results of its commands are dropped.
func (h *harness) kill() {
	h.quit()
	for h.inFlight > 0 {
		<-h.results
		h.inFlight--
	}
	_ = h.history.Close()
}

func (h *harness) perform(t runner.Task) {
	if t.IsZero() {
		return
	}
	h.inFlight++
	go func() { h.results <- h.runner.Perform(h.ctx, t) }()
}

func (h *harness) onChange(c runner.Change, t runner.Task) {
	h.changes = append(h.changes, c)
	if c.Notice.Kind != runner.NoNotice {
		h.notices = append(h.notices, c.Notice)
	}
	h.perform(t)
}

// input asks for a small picture, which is painted fast.
func input(prompt string) map[string]any {
	return map[string]any{"prompt": prompt, "num_outputs": 1, "megapixels": "0.25", "output_format": "jpg"}
}

func (h *harness) submit(prompt string) string {
	row, task := h.runner.Submit(runner.Draft{
		Model: "black-forest-labs/flux-schnell", Input: input(prompt),
	})
	h.perform(task)
	return row.Key
}

func (h *harness) cancel(key string) { h.onChange(h.runner.Cancel(key)) }

// resume does what every start of a program does.
func (h *harness) resume() runner.Skipped {
	h.t.Helper()
	entries, err := h.history.Active()
	if err != nil {
		h.t.Fatal(err)
	}
	_, tasks, others := h.runner.Resume(entries)
	for _, task := range tasks {
		h.perform(task)
	}
	return others
}

// advance lets time pass, and applies every result that arrives.
func (h *harness) advance(long time.Duration) {
	end := time.NewTimer(long)
	defer end.Stop()
	for {
		select {
		case r := <-h.results:
			h.inFlight--
			h.onChange(h.runner.Apply(r))
		case <-end.C:
			return
		}
	}
}

// waitFor lets time pass until a job has reached a state.
func (h *harness) waitFor(key string, want history.State) runner.Row {
	h.t.Helper()
	for range 4000 {
		if row, _ := h.runner.Row(key); row.State == want {
			return row
		}
		h.advance(50 * time.Millisecond)
	}
	row, _ := h.runner.Row(key)
	h.t.Fatalf("state %s after a long time (%+v), want %s; notices %v", row.State, row.Error, want, h.notices)
	return row
}

// entry reads a job from the journal, as another program would.
func (h *harness) entry(key string) history.Entry {
	h.t.Helper()
	e, err := h.history.Get(key)
	if err != nil {
		h.t.Fatalf("the journal has no %s: %v", key, err)
	}
	return e
}

func (h *harness) hasNotice(kind runner.NoticeKind) bool {
	for _, notice := range h.notices {
		if notice.Kind == kind {
			return true
		}
	}
	return false
}

// checkIdle checks that an ended job makes no more requests.
func (h *harness) checkIdle(key string) {
	h.t.Helper()
	row, ok := h.runner.Row(key)
	if !ok || row.Live != nil {
		h.t.Errorf("%s, and still running: %+v", row.State, row.Live)
	}
	before := h.server.Counts()
	h.advance(time.Minute)
	if after := h.server.Counts(); after != before {
		h.t.Errorf("requests for an ended job: %+v, then %+v", before, after)
	}
}
