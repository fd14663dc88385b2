package runner_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"tintype/api/demo"
	"tintype/api/demo/demotest"
	"tintype/history"
)

// TestI02IntentFirst: whenever a POST reaches the network, the journal has its intent; whenever a prediction is requested, the
// journal has its id (I3); and no file contains the API key (I14). TestI02IntentFirstNoFsync shows that the line is not only
// written but durable.
func TestI02IntentFirst(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		server := demotest.NewServer(t, demo.Options{})
		h := newHarness(t, dir, server, withList)
		o := newJournalChecker(t, dir, server)
		h.connect(withList, o)
		h.setFaults(onePixel())
		for _, prompt := range []string{"a", "b [slow]", "c"} {
			key := h.submit(prompt)
			h.waitFor(key, history.Waiting)
			if prompt != "c" {
				h.waitFor(key, history.Done)
				continue
			}
			h.cancel(key)
			h.waitFor(key, history.Stopped)
		}
		h.close()
		o.mu.Lock()
		defer o.mu.Unlock()
		if o.purchases != 3 || len(o.intents) != 3 || o.asks == 0 || o.pictures != 2 {
			t.Errorf("%d purchases after %d intents, %d requests about predictions, %d for pictures", o.purchases, len(o.intents), o.asks, o.pictures)
		}
	})
	demotest.CheckNoKey(t, dir)
}

// journalChecker is a transport that reads the journal of a folder at each request. Each purchase that passes must have an
// intent of its own, and an entry that says that it may have been sent; a request for a prediction needs an entry with its id;
// one for a picture needs an entry in the state saving.
type journalChecker struct {
	t    *testing.T
	dir  string
	next http.RoundTripper

	mu                        sync.Mutex
	intents                   map[string]bool // by key and number
	purchases, asks, pictures int
}

func newJournalChecker(t *testing.T, dir string, server *demo.Server) *journalChecker {
	return &journalChecker{t: t, dir: dir, next: server.Transport(), intents: map[string]bool{}}
}

func (o *journalChecker) RoundTrip(r *http.Request) (*http.Response, error) {
	o.check(r)
	return o.next.RoundTrip(r)
}

func (o *journalChecker) check(r *http.Request) {
	o.mu.Lock()
	defer o.mu.Unlock()
	newest := o.newest()
	some := func(like func(e history.Entry) bool) bool {
		for _, e := range newest {
			if like(e) {
				return true
			}
		}
		return false
	}
	_, id, asks := strings.Cut(r.URL.Path, "/predictions/")
	id = strings.TrimSuffix(id, "/cancel")
	output, picture := strings.CutPrefix(r.URL.Path, "/outputs/")
	switch {
	case isPurchase(r):
		o.purchases++
		if len(o.intents) < o.purchases || !some(isOut) {
			o.t.Errorf("I2: %s leaves, the %d. purchase, and there are %d intents", r.URL.Path, o.purchases, len(o.intents))
		}
	case asks:
		o.asks++
		if !some(func(e history.Entry) bool { return e.ID == id }) {
			o.t.Errorf("I3: %s %s, and no entry has that id", r.Method, r.URL.Path)
		}
	case picture:
		o.pictures++
		id, _, _ = strings.Cut(output, "/")
		if !some(func(e history.Entry) bool { return e.ID == id && e.State == history.Saving }) || r.Header.Get("Authorization") != "" {
			o.t.Errorf("%s is fetched before its end is on disk, or with the key", r.URL.Path)
		}
	}
}

// isOut reports whether an entry says that its purchase may have been sent and is not answered.
func isOut(e history.Entry) bool {
	n := len(e.Attempts)
	return e.State == history.Creating && e.ID == "" && n > 0 && e.Attempts[n-1].Sent == "maybe"
}

// newest reads the last line of each key, and collects the intents.
func (o *journalChecker) newest() map[string]history.Entry {
	journal, err := os.ReadFile(filepath.Join(o.dir, "history.jsonl"))
	if err != nil {
		o.t.Error(err)
	}
	newest := map[string]history.Entry{}
	for line := range bytes.Lines(journal) {
		var e history.Entry
		if json.Unmarshal(line, &e) != nil || e.Rev < newest[e.Key].Rev {
			continue
		}
		newest[e.Key] = e
		if isOut(e) {
			o.intents[fmt.Sprint(e.Key, " ", len(e.Attempts))] = true
		}
	}
	return newest
}
