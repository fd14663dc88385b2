package runner_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"tintype/api/demo"
	"tintype/api/demo/demotest"
	"tintype/history"
	"tintype/ui/runner"
)

// rewriter is a transport that changes some answers.
type rewriter struct {
	next    http.RoundTripper
	when    func(*http.Request) bool
	rewrite func(*http.Response, []byte) []byte
}

func isPurchase(r *http.Request) bool {
	return r.Method == http.MethodPost && !strings.HasSuffix(r.URL.Path, "/cancel")
}

func isPoll(r *http.Request) bool {
	return r.Method == http.MethodGet && strings.Contains(r.URL.Path, "/predictions/")
}

func isList(r *http.Request) bool {
	return r.Method == http.MethodGet && strings.HasSuffix(r.URL.Path, "/predictions")
}

func (b rewriter) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := b.next.RoundTrip(r)
	if err != nil || !b.when(r) {
		return resp, err
	}
	body, err := io.ReadAll(resp.Body)
	_ = resp.Body.Close()
	if err != nil {
		return nil, err
	}
	body = b.rewrite(resp, body)
	resp.Body, resp.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	return resp, nil
}

// TestFaultTruncatedJSONIsKept: an answer that cannot be read is kept for a person, beside the journal, without the API key,
// and readable only by its owner.
func TestFaultTruncatedJSONIsKept(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ sent, kept string }{
		"a page":            {"<html><title>Hotel</title>", "<html><title>Hotel</title>"},
		"cut in the id":     {`{"id":"abc`, `{"id":"abc`},
		"bytes":             {"\x00\xff\x1b]52;c;aGk=\a", "\x00\xff\x1b]52;c;aGk=\a"},
		"the key sent back": {"no id for " + demotest.Key, "no id for [redacted]"},
		"cut in the key":    {"no id for " + demotest.Key[:14], "no id for [redacted]"},
		"nothing":           {"", ""},
	} {
		scenario(t, name, withoutList, func(t *testing.T, dir string, server *demo.Server, h *harness) {
			h.connect(withoutList, rewriter{server.Transport(), isPurchase, func(_ *http.Response, _ []byte) []byte { return []byte(c.sent) }})
			key := h.submit("x")
			h.waitFor(key, history.Unconfirmed)
			file := filepath.Join(dir, "unparsed", key+".txt")
			kept, err := os.ReadFile(file)
			if string(kept) != c.kept || os.IsNotExist(err) != (c.kept == "") {
				t.Errorf("kept %q, %v; want %q", kept, err, c.kept)
			}
			if info, err := os.Stat(file); err == nil && info.Mode().Perm() != 0o600 && runtime.GOOS != "windows" {
				t.Errorf("its mode is %v", info.Mode())
			}
			if h.entry(key).State != history.Unconfirmed || server.Counts().Accepted != 1 {
				t.Errorf("%s, %+v", h.entry(key).State, server.Counts())
			}
			h.close()
			demotest.CheckNoKey(t, dir)
		})
	}
}

// TestI03NeverLostInAnError: a gateway answers with an error status and the prediction that was made. The picture is saved.
func TestI03NeverLostInAnError(t *testing.T) {
	t.Parallel()
	for _, p := range []provider{withList, withoutList} {
		for _, status := range []int{400, 429, 500, 503} {
			scenario(t, http.StatusText(status)+" at "+p.name, p, func(t *testing.T, _ string, server *demo.Server, h *harness) {
				defer h.close()
				h.connect(p, rewriter{server.Transport(), isPurchase, func(r *http.Response, body []byte) []byte {
					r.StatusCode = status
					return body
				}})
				h.setFaults(onePixel())
				key := h.submit("x")
				h.waitFor(key, history.Waiting)
				if h.entry(key).ID == "" {
					t.Error("its id is not on disk")
				}
				h.waitFor(key, history.Done)
				if c := server.Counts(); c.Posts != 1 || c.Accepted != 1 {
					t.Errorf("%+v", c)
				}
			})
		}
	}
}

// TestI03NeverLostInLongFields: however long the other fields of an answer are, the line with the id fits into the journal.
func TestI03NeverLostInLongFields(t *testing.T) {
	t.Parallel()
	long, control := strings.Repeat("x", 2<<20), strings.Repeat(`\u0001`, 60_000)
	metrics := ""
	for i := range 3000 {
		metrics += fmt.Sprintf(`"%d%s":1,`, i, control[:600])
	}
	for name, field := range map[string]string{
		"status":               `"status":"` + long + `"`,
		"model and version":    `"model":"` + long + `","version":"` + control + `"`,
		"error and logs":       `"status":"failed","error":"` + control + `","logs":"` + long + `"`,
		"a metric":             `"metrics":{"` + long + `":1}`,
		"metrics":              `"metrics":{` + metrics + `"x":1}`,
		"an address":           `"output":"https://` + long + `"`,
		"addresses":            `"output":[` + strings.Repeat(`"https://`+control[:24_000]+`",`, 60) + `null]`,
		"a data: URI":          `"output":["DATA:image/png;base64,` + long + `"]`,
		"a data: URI's kind":   `"output":["data:` + long + `,"]`,
		"a data: URI, no data": `"output":["data:` + long + `"]`,
	} {
		scenario(t, name, withoutList, func(t *testing.T, _ string, _ *demo.Server, h *harness) {
			defer h.close()
			h.setFaults(demo.Fault{On: demo.Create, Status: 201, Body: `{"id":"abcabcabc","status":"starting",` + field + `}`})
			key := h.submit("x")
			h.advance(time.Second)
			if e := h.entry(key); e.ID != "abcabcabc" || sentValues(e) != "yes " || h.hasNotice(runner.JournalFailed) {
				t.Errorf("%s, id %q, attempts %q", e.State, e.ID, sentValues(e))
			}
		})
	}
}

// TestI03NeverLostInALongPrompt: a prompt that takes the room of the answer is not sent. If it leaves that room, the id is on
// disk even if all other fields are as long as they may be.
func TestI03NeverLostInALongPrompt(t *testing.T) {
	t.Parallel()
	answer := `{"id":"abcabcabc","status":"failed","output":["https://` + strings.Repeat(`\u0001`, 65_000) + `"],` +
		`"error":"` + strings.Repeat(`\u0001`, 2000) + `","logs":"` + strings.Repeat(`\u0001`, 9000) + `"}`
	for size, posts := range map[int]int{420_000: 1, 440_000: 0, 1_048_000: 0} {
		scenario(t, fmt.Sprint(size, " bytes"), withoutList, func(t *testing.T, _ string, server *demo.Server, h *harness) {
			defer h.close()
			h.setFaults(demo.Fault{On: demo.Create, Status: 201, Body: answer})
			key := h.submit(strings.Repeat("x", size))
			h.advance(time.Second)
			if n := server.Counts().Posts; n != posts || h.hasNotice(runner.NotRecorded) != (n == 0) || h.hasNotice(runner.JournalFailed) {
				t.Errorf("%d posts, notices %v", n, h.notices)
			}
			if posts > 0 && h.entry(key).ID != "abcabcabc" {
				t.Errorf("its id is not on disk, notices %v", h.notices)
			}
		})
	}
}

// TestUnknownIDAfterCreate: a replica lags and answers 404 for a while, and the job goes on.
func TestUnknownIDAfterCreate(t *testing.T) {
	t.Parallel()
	unknown := demo.Fault{On: demo.Get, Status: 404, Body: `{"detail":"The requested resource could not be found.","status":404}`, Times: 4}
	scenario(t, "for a while", withList, func(t *testing.T, _ string, server *demo.Server, h *harness) {
		defer h.close()
		h.setFaults(unknown, onePixel())
		key := h.submit("x [slow]")
		h.waitFor(key, history.Done)
		if c := server.Counts(); c.Posts != 1 || c.Gets < 5 {
			t.Errorf("%+v", c)
		}
	})
	scenario(t, "forever", withList, func(t *testing.T, _ string, server *demo.Server, h *harness) {
		defer h.close()
		unknown.Times = 0
		h.setFaults(unknown)
		key := h.submit("x")
		h.waitFor(key, history.Waiting)
		h.advance(59 * time.Minute)
		if row, _ := h.runner.Row(key); row.State != history.Waiting || row.Live.Waiting != runner.LastTryFailed {
			t.Errorf("before its hour is over it is %s", row.State)
		}
		if row := h.waitFor(key, history.Lost); row.Error == nil || row.Error.Code != "gone" || row.ID == "" {
			t.Errorf("%+v", row.Error)
		}
	})
}
