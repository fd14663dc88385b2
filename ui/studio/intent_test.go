package studio_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"tintype/api/demo"
	"tintype/history"
)

// witness stands on the wire and looks into the journal each time a request passes: what must be on disk by then?
type witness struct {
	t    *testing.T
	dir  string
	next http.RoundTripper
	mu   sync.Mutex
	seen map[string]int
}

func (w *witness) RoundTrip(r *http.Request) (*http.Response, error) {
	journal, err := os.ReadFile(filepath.Join(w.dir, "history.jsonl"))
	if err != nil {
		w.t.Error(err)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	switch id, of := strings.CutPrefix(r.URL.Path, "/v1/predictions/"); {
	case r.Method == http.MethodPost && strings.HasPrefix(r.URL.Path, "/v1/models/"):
		w.seen["intent"]++
		if n := bytes.Count(journal, []byte(`"sent":"maybe"`)); n != w.seen["intent"] {
			w.t.Errorf("I2: %d intents on disk when purchase %d leaves", n, w.seen["intent"])
		}
	case of:
		id = strings.TrimSuffix(id, "/cancel")
		w.seen["id"]++
		if !bytes.Contains(journal, []byte(`"id":"`+id+`"`)) {
			w.t.Errorf("I3: %s %s before its id is on disk", r.Method, r.URL.Path)
		}
	case strings.HasPrefix(r.URL.Path, "/outputs/"):
		w.seen["end"]++
		if !bytes.Contains(journal, []byte(`"state":"saving"`)) || r.Header.Get("Authorization") != "" {
			w.t.Error("a picture is fetched before its end is on disk, or with the key")
		}
	}
	return w.next.RoundTrip(r)
}

// TestI02IntentFirst: each time a POST reaches the wire, the intent stands in the journal; each time anything is asked of a
// prediction, its id does (I3); and no file holds the key (I14). That the line is not only written but confirmed by the disk shows
// TestI02IntentFirstNoFsync.
func TestI02IntentFirst(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		server := newServer(t)
		d := sit(t, dir, server, listing)
		w := &witness{t: t, dir: dir, next: server.Transport(), seen: map[string]int{}}
		d.over(listing, w)
		server.SetKnobs(func(k *demo.Knobs) { k.Faults = []demo.Fault{onePixel()} })
		for _, prompt := range []string{"a", "b [slow]", "c"} {
			key := d.submit(prompt)
			d.until(key, history.Waiting)
			if prompt != "c" {
				d.until(key, history.Done)
				continue
			}
			d.cancel(key)
			d.until(key, history.Stopped)
		}
		for _, what := range []string{"intent", "id", "end"} {
			if w.seen[what] == 0 {
				t.Errorf("the witness saw no %s", what)
			}
		}
		d.leave()
	})
	noCanary(t, dir)
}

func noCanary(t *testing.T, dir string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if bytes.Contains(data, []byte("CANARY")) {
			t.Errorf("%s holds the key", path)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// onDisk is a wire that looks into the journal of one folder at each request: a purchase needs an entry that says that it may be out,
// and whatever is about a prediction needs an entry with its id.
type onDisk struct {
	t    *testing.T
	dir  string
	next http.RoundTripper
}

func (o onDisk) RoundTrip(r *http.Request) (*http.Response, error) {
	_, about, named := strings.Cut(r.URL.Path, "/predictions/")
	if !named && !isPurchase(r) {
		return o.next.RoundTrip(r)
	}
	journal, err := os.ReadFile(filepath.Join(o.dir, "history.jsonl"))
	if err != nil {
		o.t.Error(err)
	}
	out, known := false, false
	newest := map[string]history.Entry{}
	for line := range bytes.Lines(journal) {
		var e history.Entry
		if json.Unmarshal(line, &e) == nil && e.Rev >= newest[e.Key].Rev {
			newest[e.Key] = e
		}
	}
	for _, e := range newest {
		n := len(e.Attempts)
		out = out || e.State == history.Creating && e.ID == "" && n > 0 && e.Attempts[n-1].Sent == "maybe"
		known = known || e.ID != "" && e.ID == strings.TrimSuffix(about, "/cancel")
	}
	if isPurchase(r) && !out {
		o.t.Errorf("I2: %s leaves, and no entry says so", r.URL.Path)
	}
	if named && !known {
		o.t.Errorf("I3: %s %s, and no entry has that id", r.Method, r.URL.Path)
	}
	return o.next.RoundTrip(r)
}
