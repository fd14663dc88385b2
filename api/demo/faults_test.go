package demo

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
)

// outcome is what a client sees of one create under a fault.
type outcome struct {
	status  int
	wrote   bool // the headers went out
	failed  error
	body    string
	accepts int
}

func createUnder(t *testing.T, f Fault) outcome {
	t.Helper()
	s, c := call(t, Behaviour{Faults: []Fault{f}})
	var got outcome
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
		fault   Fault
		err     error // what the client's error is
		wrote   bool
		accepts int
		status  int
	}{
		{"nothing goes out", Fault{Unsent: true}, syscall.ECONNREFUSED, false, 0, 0},
		{"reset before accepting", Fault{Reset: true}, syscall.ECONNRESET, true, 0, 0},
		{"reset after accepting", Fault{Reset: true, Accept: true}, syscall.ECONNRESET, true, 1, 0},
		{"hangs", Fault{Hang: true}, context.DeadlineExceeded, true, 0, 0},
		{"hangs after accepting", Fault{Hang: true, Accept: true}, context.DeadlineExceeded, true, 1, 0},
		{"refuses", Fault{Status: 503, Body: `{"error":{}}`}, nil, true, 0, 503},
		{"accepts and says it did not", Fault{Status: 500, Accept: true}, nil, true, 1, 500},
		{"cut at once", Fault{Cut: true}, io.ErrUnexpectedEOF, true, 1, 201},
		{"cut in the middle", Fault{Cut: true, CutAt: 40}, io.ErrUnexpectedEOF, true, 1, 201},
		{"drips", Fault{Drip: time.Millisecond}, nil, true, 1, 201},
		{"drips too slowly", Fault{Drip: time.Second}, context.DeadlineExceeded, true, 1, 201},
		{"late", Fault{Delay: 10 * time.Second}, nil, true, 1, 201},
		{"of another type", Fault{Header: http.Header{"Content-Type": {"text/html"}}}, nil, true, 1, 201},
	} {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				row.fault.On = Create
				got := createUnder(t, row.fault)
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

func TestFaultsTakeTurns(t *testing.T) {
	_, c := call(t, Behaviour{Faults: []Fault{{On: Create, Skip: 1, Times: 2, Status: 502}}})
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
		_, c := call(t, Behaviour{PerMinute: 1})
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
		_, c := call(t, Behaviour{DataURI: true})
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

func TestDownloadGoesOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, c := call(t, Behaviour{})
		_, p := c.do("POST", schnell, `{"input":{"prompt":"x","output_format":"jpg","megapixels":"0.25"}}`, "Prefer", "wait")
		url := p["output"].([]any)[0].(string)
		whole := c.bytes(url)
		resp, _ := c.do("HEAD", url, "")
		rest := c.bytes(url, "Range", "bytes=1000-", "If-Range", resp.Header.Get("ETag"))
		if len(whole) < 2000 || !bytes.Equal(rest, whole[1000:]) {
			t.Errorf("%d bytes, then %d", len(whole), len(rest))
		}
	})
}

func (c caller) bytes(url string, header ...string) []byte {
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

func TestALaterStartGoesOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "demo", "demo.jsonl")
		first, err := New(Options{Path: path})
		if err != nil {
			t.Fatal(err)
		}
		c := caller{t, &http.Client{Transport: first.Transport()}, "http://127.0.0.1:1"}
		_, made := c.do("POST", schnell, `{"input":{"prompt":"x"}}`)
		tear(t, path)
		second, err := New(Options{Path: path})
		if err != nil {
			t.Fatal(err)
		}
		c2 := caller{t, &http.Client{Transport: second.Transport()}, "http://127.0.0.1:2"}
		_, other := c2.do("POST", schnell, `{"input":{"prompt":"[stuck]"}}`)
		c2.do("POST", "/v1/predictions/"+other["id"].(string)+"/cancel", "")
		time.Sleep(2 * time.Second)
		if _, p := c2.do("GET", "/v1/predictions/"+made["id"].(string), ""); p["status"] != "succeeded" {
			t.Errorf("the second sees the first's as %v", p["status"])
		}
		if _, p := c.do("GET", "/v1/predictions/"+other["id"].(string), ""); p["status"] != "canceled" {
			t.Errorf("the first sees the second's as %v", p["status"])
		}
	})
}

// tear leaves half a line, as a killed program would.
func tear(t *testing.T, path string) {
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
