package demo_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"tintype/api/demo"
	"tintype/api/demo/demotest"
)

// createOutcome is what a client observes of a create with a fault.
type createOutcome struct {
	status  int
	wrote   bool // the headers were written
	failed  error
	body    string
	accepts int
}

func createWithFault(t *testing.T, f demo.Fault) createOutcome {
	t.Helper()
	s, c := newTestServer(t, demo.Behaviour{Faults: []demo.Fault{f}})
	var got createOutcome
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteHeaders: func() { got.wrote = true }})
	r, _ := http.NewRequestWithContext(ctx, "POST", c.base+schnell, strings.NewReader(`{"input":{"prompt":"x"}}`))
	r.Header.Set("Authorization", "Bearer any")
	resp, err := c.http.Do(r)
	got.failed = err
	if err == nil {
		defer resp.Body.Close()
		var raw []byte
		raw, got.failed = io.ReadAll(resp.Body)
		got.status, got.body = resp.StatusCode, string(raw)
	}
	got.accepts = s.Counts().Accepted
	return got
}

func TestFaults(t *testing.T) {
	for _, row := range []struct {
		name    string
		fault   demo.Fault
		err     error // of the client
		wrote   bool
		accepts int
		status  int
	}{
		{"connection refused", demo.Fault{Unsent: true}, syscall.ECONNREFUSED, false, 0, 0},
		{"reset before accepting", demo.Fault{Reset: true}, syscall.ECONNRESET, true, 0, 0},
		{"reset after accepting", demo.Fault{Reset: true, Accept: true}, syscall.ECONNRESET, true, 1, 0},
		{"hangs", demo.Fault{Hang: true}, context.DeadlineExceeded, true, 0, 0},
		{"hangs after accepting", demo.Fault{Hang: true, Accept: true}, context.DeadlineExceeded, true, 1, 0},
		{"error status", demo.Fault{Status: 503, Body: `{"error":{}}`}, nil, true, 0, 503},
		{"accepted with an error status", demo.Fault{Status: 500, Accept: true}, nil, true, 1, 500},
		{"cut at once", demo.Fault{Cut: true}, io.ErrUnexpectedEOF, true, 1, 201},
		{"cut within the body", demo.Fault{Cut: true, CutAt: 40}, io.ErrUnexpectedEOF, true, 1, 201},
		{"slow body", demo.Fault{Drip: time.Millisecond}, nil, true, 1, 201},
		{"body slower than the time limit", demo.Fault{Drip: time.Second}, context.DeadlineExceeded, true, 1, 201},
		{"delayed", demo.Fault{Delay: 10 * time.Second}, nil, true, 1, 201},
		{"another content type", demo.Fault{Header: http.Header{"Content-Type": {"text/html"}}}, nil, true, 1, 201},
	} {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				row.fault.On = demo.Create
				got := createWithFault(t, row.fault)
				if !errors.Is(got.failed, row.err) || got.wrote != row.wrote || got.accepts != row.accepts || got.status != row.status {
					t.Errorf("got %+v", got)
				}
				if row.fault.CutAt > 0 && len(got.body) != row.fault.CutAt {
					t.Errorf("%d bytes came, want %d", len(got.body), row.fault.CutAt)
				}
			})
		})
	}
}

func TestSkipAndTimes(t *testing.T) {
	_, c := newTestServer(t, demo.Behaviour{Faults: []demo.Fault{{On: demo.Create, Skip: 1, Times: 2, Status: 502}}})
	var got []int
	for range 5 {
		resp, _ := c.do("POST", schnell, `{"input":{"prompt":"x"}}`)
		got = append(got, resp.StatusCode)
	}
	want := []int{201, 502, 502, 201, 201}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("answers %v, want %v", got, want)
		}
	}
}

func TestRateLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, c := newTestServer(t, demo.Behaviour{PerMinute: 1})
		c.do("POST", schnell, `{"input":{"prompt":"x"}}`)
		resp, body := c.do("POST", schnell, `{"input":{"prompt":"x"}}`)
		if resp.StatusCode != 429 || resp.Header.Get("Retry-After") != "61" || body["retry_after"] != 61.0 {
			t.Errorf("%s %v %v", resp.Status, resp.Header, body)
		}
		time.Sleep(61 * time.Second)
		if resp, _ = c.do("POST", schnell, `{"input":{"prompt":"x"}}`); resp.StatusCode != 201 {
			t.Errorf("a minute later: %s", resp.Status)
		}
	})
}

func TestFilteredAndDataURI(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, c := newTestServer(t, demo.Behaviour{DataURI: true})
		_, p := c.do("POST", schnell, `{"input":{"prompt":"[filtered]","num_outputs":3,"megapixels":"0.25"}}`, "Prefer", "wait")
		outputs, _ := p["output"].([]any)
		if len(outputs) != 2 || !strings.HasPrefix(outputs[0].(string), "data:image/webp;base64,") {
			t.Errorf("%d outputs", len(outputs))
		}
		if !strings.Contains(p["logs"].(string), "Total safe images: 2 out of 3") {
			t.Errorf("logs %q", p["logs"])
		}
		_, p = c.do("POST", schnell, `{"input":{"prompt":"[filtered]"}}`, "Prefer", "wait")
		if p["status"] != "failed" || !strings.HasPrefix(p["error"].(string), "All generated images") {
			t.Errorf("all filtered: %v %v", p["status"], p["error"])
		}
	})
}

func TestResumedDownload(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, c := newTestServer(t, demo.Behaviour{})
		_, p := c.do("POST", schnell, `{"input":{"prompt":"x","output_format":"jpg","megapixels":"0.25"}}`, "Prefer", "wait")
		url := p["output"].([]any)[0].(string)
		complete := c.getBytes(url)
		resp, _ := c.do("HEAD", url, "")
		rest := c.getBytes(url, "Range", "bytes=1000-", "If-Range", resp.Header.Get("ETag"))
		if len(complete) < 2000 || !bytes.Equal(rest, complete[1000:]) {
			t.Errorf("%d bytes, then %d", len(complete), len(rest))
		}
	})
}

func (c testClient) getBytes(url string, header ...string) []byte {
	c.t.Helper()
	r, _ := http.NewRequestWithContext(c.t.Context(), "GET", url, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	resp, err := c.http.Do(r)
	if err != nil {
		c.t.Fatal(err)
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return raw
}

func TestRestartAndSharedFile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "demo", "demo.jsonl")
		c := newTestClient(t, demotest.NewServer(t, demo.Options{Path: path}))
		_, created := c.do("POST", schnell, `{"input":{"prompt":"x"}}`)
		appendIncompleteLine(t, path)
		c2 := newTestClient(t, demotest.NewServer(t, demo.Options{Path: path}))
		_, other := c2.do("POST", schnell, `{"input":{"prompt":"[stuck]"}}`)
		c2.do("POST", "/v1/predictions/"+other["id"].(string)+"/cancel", "")
		time.Sleep(2 * time.Second)
		if _, p := c2.do("GET", "/v1/predictions/"+created["id"].(string), ""); p["status"] != "succeeded" {
			t.Errorf("at the second server the first one's prediction is %v", p["status"])
		}
		if _, p := c.do("GET", "/v1/predictions/"+other["id"].(string), ""); p["status"] != "canceled" {
			t.Errorf("at the first server the second one's prediction is %v", p["status"])
		}
	})
}

// appendIncompleteLine writes half a line, as a killed program would.
func appendIncompleteLine(t *testing.T, path string) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteString(`{"id":"torn`); err != nil {
		t.Fatal(err)
	}
}
