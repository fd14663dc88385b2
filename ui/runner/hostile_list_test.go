package runner_test

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tintype/api/demo"
	"tintype/history"
	"tintype/ui/runner"
)

// fakeList is a transport that answers requests for the list of predictions itself, and those for single predictions if single
// returns an answer.
type fakeList struct {
	next   http.RoundTripper
	list   func(cursor string) string
	single func(id string) (status int, body string)

	mu    sync.Mutex // jobs send requests concurrently
	hosts map[string]bool
	lists int
	asks  int
}

func (f *fakeList) RoundTrip(r *http.Request) (*http.Response, error) {
	if answer := f.forge(r); answer != nil {
		return answer, nil
	}
	return f.next.RoundTrip(r)
}

// forge returns the fake answer to a request, or nil.
func (f *fakeList) forge(r *http.Request) *http.Response {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.hosts[r.URL.Host] = true
	switch {
	case isList(r):
		f.lists++
		return answer(r, 200, f.list(r.URL.Query().Get("cursor")))
	case isPoll(r) && f.single != nil:
		f.asks++
		if status, body := f.single(r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]); status != 0 {
			return answer(r, status, body)
		}
	}
	return nil
}

// seen returns the hosts that were asked, and how many pages and single predictions were requested.
func (f *fakeList) seen() (hosts []string, lists, asks int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Collect(maps.Keys(f.hosts)), f.lists, f.asks
}

func answer(r *http.Request, status int, body string) *http.Response {
	return &http.Response{
		StatusCode: status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Request: r, ContentLength: int64(len(body)),
		Header: http.Header{"Content-Type": {"application/json"}, "Date": {time.Now().UTC().Format(http.TimeFormat)}},
		Body:   io.NopCloser(strings.NewReader(body)),
	}
}

type object = map[string]any

// predictionLike is a prediction that equals what was bought, except for the given changes.
func predictionLike(id string, change object) object {
	p := object{
		"id": id, "model": "black-forest-labs/flux-schnell", "status": "processing", "input": input("x"),
		"created_at": time.Now().UTC().Format(time.RFC3339Nano),
	}
	maps.Copy(p, change)
	return p
}

func page(next any, rows ...any) string { return text(object{"next": next, "results": rows}) }

func text(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// submitUnconfirmed buys once, without an answer, over a fake list.
func submitUnconfirmed(h *harness, f *fakeList) (key string) {
	connectFakeList(h, f)
	h.setFaults(demo.Fault{On: demo.Create, Reset: true, Times: 1})
	return h.submit("x")
}

func connectFakeList(h *harness, f *fakeList) {
	f.next, f.hosts = h.server.Transport(), map[string]bool{}
	h.connect(withList, f)
}

// TestFaultHostileListing: whatever the provider's list contains, a search ends soon, no other host is asked, and only the
// purchase itself is matched: same model, same input, within two minutes, and in no other entry.
func TestFaultHostileListing(t *testing.T) {
	t.Parallel()
	ago := func(age time.Duration) object {
		return object{"created_at": time.Now().Add(-age).UTC().Format(time.RFC3339Nano)}
	}
	const id = "aaaaaaaaaaaaaaaaaaaaaaaaaa"
	for name, list := range map[string]func(cursor string) string{
		"no list":             func(string) string { return `{"results":null}` },
		"an array":            func(string) string { return `[]` },
		"rows of wrong types": func(string) string { return `{"next":7,"results":[1,null,"a",[],{"id":5},{"id":{}}]}` },
		"fields of wrong types": func(string) string {
			return page(nil, predictionLike(id, object{"model": 5, "input": "x", "created_at": []int{1}}))
		},
		"another's model": func(string) string {
			return page(nil, predictionLike(id, object{"model": "black-forest-labs/flux-dev"}))
		},
		"another's prompt":     func(string) string { return page(nil, predictionLike(id, object{"input": input("y")})) },
		"more input":           func(string) string { return page(nil, predictionLike(id, object{"input": object{"prompt": "x"}})) },
		"no time":              func(string) string { return page(nil, predictionLike(id, object{"created_at": nil})) },
		"three minutes before": func(string) string { return page(nil, predictionLike(id, ago(3*time.Minute+time.Second))) },
		"a year before":        func(string) string { return page(nil, predictionLike(id, ago(365*24*time.Hour))) },
		"three minutes hence":  func(string) string { return page(nil, predictionLike(id, ago(-4*time.Minute))) },
		"an id that is a path": func(string) string { return page(nil, predictionLike("../../account/keys/of/all", nil)) },
		"a cursor to itself": func(string) string {
			return page("http://127.0.0.1:1/v1/predictions?cursor=a", predictionLike(id, object{"model": "a/b"}))
		},
		"two cursors in a circle": func(c string) string {
			return page("?cursor="+map[string]string{"a": "b"}[c]+"a", predictionLike(id, object{"model": "a/b"}))
		},
		"pages without end":       func(c string) string { return page("?cursor="+c+"a", predictionLike(id, object{"model": "a/b"})) },
		"empty pages without end": func(c string) string { return page("?cursor=" + c + "a") },
		"a foreign next": func(c string) string {
			return page("https://evil.example/v1/predictions?cursor="+c+"a", predictionLike(id, object{"model": "a/b"}))
		},
		"a huge page":             func(string) string { return page(nil, predictionLike(id, object{"model": strings.Repeat("a", 5<<20)})) },
		"a hundred thousand rows": func(string) string { return `{"results":[` + strings.Repeat(`{"id":"aaaaaaaa"},`, 99_999) + `{}]}` },
	} {
		scenario(t, name, withList, func(t *testing.T, _ string, server *demo.Server, h *harness) {
			defer h.close()
			f := &fakeList{list: list}
			key := submitUnconfirmed(h, f)
			h.advance(3 * time.Minute)
			if e := h.entry(key); e.State != history.Unconfirmed || e.ID != "" {
				t.Errorf("it was matched with %q, and is %s", e.ID, e.State)
			}
			if hosts, lists, _ := f.seen(); !slices.Equal(hosts, []string{"127.0.0.1:1"}) || lists > 16 || server.Counts().Posts != 1 {
				t.Errorf("hosts %v, %d pages, %+v", hosts, lists, server.Counts())
			}
		})
	}
}

// TestFaultHostileListingWithoutInputs: a list without inputs makes the search ask for single predictions, a limited number of
// them, each in its turn. One that cannot be fetched does not hide the others.
func TestFaultHostileListingWithoutInputs(t *testing.T) {
	t.Parallel()
	short := object{"input": nil}
	scenario(t, "hundreds that do not exist", withList, func(t *testing.T, _ string, server *demo.Server, h *harness) {
		defer h.close()
		f := &fakeList{single: func(string) (int, string) { return 404, `{"detail":"not found"}` }}
		f.list = func(c string) string {
			rows := make([]any, 0, 200)
			for i := range 100 {
				row := predictionLike(fmt.Sprintf("aaaaaaaaaaaa%s%03d", c, i), short)
				rows = append(rows, row, row)
			}
			return page("?cursor="+c+"a", rows...)
		}
		key := submitUnconfirmed(h, f)
		h.advance(5 * time.Minute)
		_, lists, asks := f.seen()
		if e := h.entry(key); e.State != history.Unconfirmed || asks > 3*50 || lists > 15 || !h.hasNotice(runner.NotFound) {
			t.Errorf("%s after %d requests and %d pages, notices %v", e.State, asks, lists, h.notices)
		}
	})
	scenario(t, "the right one after broken ones", withList, func(t *testing.T, _ string, server *demo.Server, h *harness) {
		defer h.close()
		f := &fakeList{}
		f.single = func(id string) (int, string) {
			switch id[0] {
			case 'a':
				return 404, `{"detail":"not found"}`
			case 'b':
				return 500, `{}`
			case 'c':
				return 200, `{"id":"c","status":`
			}
			return 200, text(predictionLike(id, nil))
		}
		f.list = func(string) string {
			return page(nil, predictionLike("aaaaaaaaaa", short), predictionLike("bbbbbbbbbb", short), predictionLike("cccccccccc", short), predictionLike("dddddddddd", short))
		}
		key := submitUnconfirmed(h, f)
		h.waitFor(key, history.Waiting)
		if e := h.entry(key); e.ID != "dddddddddd" || sentValues(e) != "yes " {
			t.Errorf("matched with %q, attempts %q", e.ID, sentValues(e))
		}
	})
}

// TestFaultHostileListingMatchesOneEntry: one prediction is matched with one entry, however often the list has it, and even if
// two jobs, or two programs, find it at the same moment.
func TestFaultHostileListingMatchesOneEntry(t *testing.T) {
	t.Parallel()
	const id = "aaaaaaaaaaaaaaaaaaaaaaaaaa"
	same := func(string) string { return page(nil, predictionLike(id, nil), predictionLike(id, nil)) }
	healed := func(t *testing.T, h *harness, keys ...string) {
		t.Helper()
		h.refresh()
		n := 0
		for _, key := range keys {
			if h.entry(key).ID == id {
				n++
			}
		}
		if n != 1 {
			t.Errorf("one prediction was matched with %d entries", n)
		}
	}
	scenario(t, "in one program", withList, func(t *testing.T, _ string, server *demo.Server, h *harness) {
		defer h.close()
		h.setFaults(demo.Fault{On: demo.Create, Reset: true})
		connectFakeList(h, &fakeList{list: same})
		first, second := h.submit("x"), h.submit("x")
		h.advance(2 * time.Minute)
		healed(t, h, first, second)
	})
	scenario(t, "in two programs", withList, func(t *testing.T, dir string, server *demo.Server, a *harness) {
		defer a.close()
		b := newHarness(t, dir, server, withList)
		defer b.close()
		a.setFaults(demo.Fault{On: demo.Create, Reset: true})
		connectFakeList(a, &fakeList{list: same})
		connectFakeList(b, &fakeList{list: same})
		serializeJournals(a, b)
		here, there := make(chan struct{}), make(chan struct{})
		a.meetAtFind(here, there)
		b.meetAtFind(there, here)
		first, second := a.submit("x"), b.submit("x")
		for range 30 {
			a.advance(2 * time.Second)
			b.advance(2 * time.Second)
		}
		healed(t, a, first, second)
	})
}

// meetAtFind delays a program's third line, which has the match from the list, until the other program has its match too.
func (h *harness) meetAtFind(here, there chan struct{}) {
	var lines atomic.Int32
	h.runner.WrapJournal(func(write runner.Append, key string, line runner.Line) (history.Entry, error) {
		if lines.Add(1) == 3 {
			close(here)
			select {
			case <-there:
			case <-time.After(time.Second):
				h.t.Error("they did not meet")
			}
		}
		return write(key, line)
	})
}
