package runner_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"tintype/api/demo"
	"tintype/api/demo/demotest"
	"tintype/history"
	"tintype/ui/runner"
)

// wordyProvider is a transport to a provider that ends each prediction at once, with a picture in a data: URI and long logs.
type wordyProvider struct {
	ids    atomic.Int64
	answer string // after the id
}

func newWordyProvider(size int) *wordyProvider {
	picture := append(demotest.PNG(1, 1), bytes.Repeat([]byte{0}, size)...) // readers ignore what follows a picture
	return &wordyProvider{answer: `","status":"succeeded","logs":"` + strings.Repeat("l", size) + `","model":"black-forest-labs/flux-schnell",` +
		`"output":["data:image/png;base64,` + base64.StdEncoding.EncodeToString(picture) + `"],"completed_at":"2000-01-01T00:00:00Z"}`}
}

func (p *wordyProvider) RoundTrip(r *http.Request) (*http.Response, error) {
	body := `{"id":"` + r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:] + p.answer
	status := http.StatusOK
	if r.Method == http.MethodPost {
		status, body = http.StatusCreated, fmt.Sprintf(`{"id":"prediction%d","status":"starting"}`, p.ids.Add(1))
	}
	return &http.Response{
		StatusCode: status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Request: r, ContentLength: int64(len(body)),
		Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader(body)),
	}, nil
}

// heap is how much memory is in use after garbage was collected, in bytes.
func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// TestI13BoundedByJobs: what has ended is not kept in memory, however many jobs there were: neither pictures in data: URIs nor logs,
// and in the end no rows. What could be kept of each job is 400 kB and more.
func TestI13BoundedByJobs(t *testing.T) {
	jobs, size := 80, 200<<10
	if longTests() {
		jobs, size = 500, 256<<10
	}
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		h := newHarness(t, dir, demotest.NewServer(t, demo.Options{}), withoutList)
		defer h.close()
		h.connect(withoutList, newWordyProvider(size))
		start := heap()
		var first, last string
		for range jobs {
			row, task := h.runner.Submit(runner.Draft{Model: "black-forest-labs/flux-schnell", Input: input("A boat.")})
			last = row.Key
			if first == "" {
				first = last
			}
			if end := h.runner.Run(h.ctx, task, func(runner.Change) {}); end.State != history.Done || len(end.Logs) == 0 || end.Live != nil {
				t.Fatalf("a job ends as %s, %+v", end.State, end.Error)
			}
		}
		if grown := heap() - start; grown > 8<<20 {
			t.Errorf("%d jobs that have ended keep %d MB in memory", jobs, grown>>20)
		}
		if _, ok := h.runner.Row(last); !ok {
			t.Error("the row of the last job is not kept")
		}
		if _, ok := h.runner.Row(first); ok {
			t.Error("the row of the first job is kept for ever")
		}
		if e := h.entry(first); e.State != history.Done || e.Outputs[0].Path == "" {
			t.Errorf("the journal has %+v", e)
		}
	})
}

// TestFollowAfterItWasForgotten: a job that is lost, and whose URLs are no longer kept, is followed again.
func TestFollowAfterItWasForgotten(t *testing.T) {
	t.Parallel()
	scenario(t, "lost", withoutList, func(t *testing.T, dir string, server *demo.Server, h *harness) {
		defer h.close()
		h.setFaults(blocked())
		row := h.waitFor(h.submit("x"), history.Lost)
		h.setFaults()
		h.onChange(h.runner.Follow(row.Entry))
		if row := h.waitFor(row.Key, history.Done); row.Logs == "" {
			t.Error("its logs are gone")
		}
	})
}
