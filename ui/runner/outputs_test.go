package runner_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tintype/api/demo"
	"tintype/api/demo/demotest"
	"tintype/history"
	"tintype/ui/runner"
)

// downloadLog is a transport that records the requests for pictures.
type downloadLog struct {
	next   http.RoundTripper
	mu     sync.Mutex
	ranges []string
	paths  []string
}

func (f *downloadLog) RoundTrip(r *http.Request) (*http.Response, error) {
	if strings.HasPrefix(r.URL.Path, "/outputs/") {
		f.mu.Lock()
		f.ranges = append(f.ranges, r.Header.Get("Range"))
		f.paths = append(f.paths, r.URL.Path)
		f.mu.Unlock()
	}
	return f.next.RoundTrip(r)
}

// asked returns the ranges and paths that were requested, in order.
func (f *downloadLog) asked() (ranges, paths []string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.ranges), slices.Clone(f.paths)
}

// pictures lists the files in the folder of pictures, without partial ones.
func (h *harness) pictures() []string {
	files, _ := filepath.Glob(filepath.Join(h.folder, "pictures", "*"))
	return slices.DeleteFunc(files, func(f string) bool { return strings.Contains(filepath.Base(f), ".part") })
}

// blocked makes the pictures' host redirect to an address that nothing is fetched from.
func blocked() demo.Fault {
	return demo.Fault{On: demo.Output, Status: 302, Header: http.Header{"Location": {"file:///etc/passwd"}}}
}

// statuses are those that a picture's host may give for a picture that comes later.
var statuses = []int{204, 300, 302, 304, 400, 401, 402, 403, 404, 405, 406, 408, 409, 410, 412, 416, 418, 421, 423, 425, 429, 451, 500, 501, 502, 503, 504, 520}

// TestFaultOutputGoneForAWhile: the picture's URL answers with an odd status some times. The picture is fetched all the same, after ever
// longer waits. A refusal has the provider asked for the present URL.
func TestFaultOutputGoneForAWhile(t *testing.T) {
	t.Parallel()
	for _, status := range statuses {
		scenario(t, fmt.Sprint(status), withList, func(t *testing.T, _ string, server *demo.Server, h *harness) {
			defer h.close()
			h.setFaults(demo.Fault{On: demo.Output, Status: status, Body: "no", Times: 6}, onePixel())
			key := h.submit("x")
			h.waitFor(key, history.Saving)
			gets := server.Counts().Gets
			h.waitFor(key, history.Done)
			asked := server.Counts().Gets > gets
			if c := server.Counts(); c.Outputs != 7 || asked != (status == 204 || status >= 300 && status < 500 && !slices.Contains([]int{408, 425, 429}, status)) {
				t.Errorf("%d polls for a new address, %d fetches", c.Gets-gets, c.Outputs)
			}
		})
	}
}

// TestFaultOutputGoneForAnHour: whatever a picture's host answers, its job goes on for the hour, with at most one try a minute in the
// end. Then it is lost, and its record is kept.
func TestFaultOutputGoneForAnHour(t *testing.T) {
	t.Parallel()
	gone := map[string]demo.Fault{
		"410": {On: demo.Output, Status: 410}, "a loop": {On: demo.Output, Status: 302, Header: http.Header{"Location": {"?again"}}},
		"an error called a picture": {On: demo.Output, Status: 200, Body: `{"detail":"no"}`},
		"nothing":                   {On: demo.Output, Status: 200}, "half a picture": {On: demo.Output, Status: 200, Body: onePixel().Body[:40]},
		"no connection": {On: demo.Output, Reset: true},
	}
	for name, fault := range gone {
		scenario(t, name, withList, func(t *testing.T, _ string, server *demo.Server, h *harness) {
			defer h.close()
			h.setFaults(fault)
			key := h.submit("a boat")
			h.waitFor(key, history.Saving)
			h.advance(10 * time.Minute)
			before := server.Counts().Outputs
			h.advance(49 * time.Minute)
			tries := server.Counts().Outputs - before
			row, _ := h.runner.Row(key)
			if row.State != history.Saving || row.Live.Waiting == runner.NotWaiting || tries < 40 && name != "a loop" || tries > 100 && name != "a loop" {
				t.Errorf("%d tries; it is %s, %+v", tries, row.State, row.Live)
			}
			h.advance(3 * time.Minute)
			e := h.entry(key)
			if e.State != history.Lost || e.ID == "" || e.Seed == nil || e.Prompt() != "a boat" || len(e.Outputs) != 1 || e.Outputs[0].URL == "" || e.Outputs[0].Path != "" {
				t.Errorf("the record: %+v", e)
			}
			if e.Error == nil || e.Error.Sentence == "" || len(h.leftovers()) > 0 || h.everShowed(key, func(r runner.Row) bool { return r.State == history.Done }) {
				t.Errorf("%+v, files %v", e.Error, h.leftovers())
			}
			h.checkIdle(key)
		})
	}
}

// leftovers lists the partial files and their locks.
func (h *harness) leftovers() []string {
	parts, _ := filepath.Glob(filepath.Join(h.folder, "pictures", "*.part*"))
	locks, _ := filepath.Glob(filepath.Join(h.folder, "running", "*.part*"))
	return append(parts, locks...)
}

// TestFaultOutputGone: the picture's URL answers 404, and so does the provider for the prediction: that proves nothing. Nor
// does its word that the data is removed, as long as an address is known and the hour is not over.
func TestFaultOutputGone(t *testing.T) {
	t.Parallel()
	for name, gone := range map[string]demo.Fault{
		"deleted":       {On: demo.Get, Status: 200, Body: `{"status":"succeeded","output":null,"data_removed":true}`},
		"not known":     {On: demo.Get, Status: 404, Body: `{"detail":"The requested resource could not be found.","status":404}`},
		"without a URL": {On: demo.Get, Status: 200, Body: `{"status":"succeeded","output":[]}`},
	} {
		scenario(t, name, withList, func(t *testing.T, _ string, server *demo.Server, h *harness) {
			defer h.close()
			h.setFaults(unavailable(demo.Output))
			key := h.submit("a boat")
			h.waitFor(key, history.Saving)
			h.setFaults(demo.Fault{On: demo.Output, Status: 404, Body: "no"}, gone)
			h.advance(10 * time.Minute)
			h.setFaults(onePixel())
			h.waitFor(key, history.Done)
		})
	}
}

// TestBlockedPictureIsFinal: what nothing is fetched from is lost at once, with no word of fetching it again, and leaves no files.
func TestBlockedPictureIsFinal(t *testing.T) {
	t.Parallel()
	scenario(t, "blocked", withList, func(t *testing.T, _ string, server *demo.Server, h *harness) {
		defer h.close()
		h.setFaults(blocked())
		row := h.waitFor(h.submit("x"), history.Lost)
		if server.Counts().Outputs != 1 || row.Error.Code != "not_fetchable" || strings.Contains(row.Error.Sentence, "again") || len(h.leftovers()) > 0 {
			t.Errorf("%d fetches, %+v, files %v", server.Counts().Outputs, row.Error, h.leftovers())
		}
	})
}

// TestFaultOutputTruncated: the connection breaks within the picture. The download continues where it broke.
func TestFaultOutputTruncated(t *testing.T) {
	t.Parallel()
	scenario(t, "connection breaks", withList, func(t *testing.T, _ string, server *demo.Server, h *harness) {
		defer h.close()
		transport := &downloadLog{next: server.Transport()}
		h.connect(withList, transport)
		h.setFaults(demo.Fault{On: demo.Output, Cut: true, CutAt: 700, Times: 3})
		key := h.submit("x")
		row := h.waitFor(key, history.Done)
		if ranges, _ := transport.asked(); !slices.Equal(ranges, []string{"", "bytes=700-", "bytes=1400-", "bytes=2100-"}) {
			t.Errorf("asked for %q", ranges)
		}
		mine, err := os.ReadFile(h.history.Path(row.Outputs[0].Path))
		must(t, err)
		r, err := http.NewRequest(http.MethodGet, row.Outputs[0].URL, nil)
		must(t, err)
		resp, err := server.Transport().RoundTrip(r)
		must(t, err)
		var theirs bytes.Buffer
		_, err = theirs.ReadFrom(resp.Body)
		must(t, err)
		if !bytes.Equal(mine, theirs.Bytes()) {
			t.Errorf("%d bytes here, %d there", len(mine), theirs.Len())
		}
	})
}

// TestFaultZeroBytePicture: an empty download is no picture. It is tried again, and never reported as saved.
func TestFaultZeroBytePicture(t *testing.T) {
	t.Parallel()
	empty := demo.Fault{On: demo.Output, Status: 200, Times: 2}
	scenario(t, "twice", withList, func(t *testing.T, _ string, server *demo.Server, h *harness) {
		defer h.close()
		h.setFaults(empty, onePixel())
		row := h.waitFor(h.submit("x"), history.Done)
		if row.Outputs[0].Bytes == 0 || server.Counts().Outputs != 3 {
			t.Errorf("%+v, %+v", row.Outputs, server.Counts())
		}
	})
}

// TestFaultWrongContentType: the server's content type is wrong. The first bytes decide the file name. What is not displayed is
// saved without a size; an HTML page, an error, and what is called a picture and is none are never saved.
func TestFaultWrongContentType(t *testing.T) {
	t.Parallel()
	jpg, webp, gif := string(demotest.JPEG(8, 8)), string(demotest.WebP(8, 8)), string(demotest.GIF(8, 8))
	for _, c := range []struct{ name, says, body, ext string }{
		{"png called jpeg", "image/jpeg", onePixel().Body, ".png"},
		{"jpeg called webp", "image/webp", jpg, ".jpg"},
		{"webp called html", "text/html", webp, ".webp"},
		{"gif called JSON", "application/json", gif, ".gif"},
		{"avif called png", "image/png", "\x00\x00\x00\x1cftypavif\x00\x00\x00\x00", ".avif"},
		{"mp4 called png", "image/png", "\x00\x00\x00\x1cftypisom\x00\x00\x00\x00", ".mp4"},
		{"svg", "image/svg+xml", `<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>`, ".bin"},
		{"svg called png", "image/png", `<svg xmlns="http://www.w3.org/2000/svg"/>`, ".bin"},
		{"a program called png", "image/png", "\x7fELF\x02\x01\x01\x00", ""},
		{"a page called png", "image/png", "<!doctype html><title>no</title>", ""},
		{"an error called png", "application/json", `{"detail":"no"}`, ""},
	} {
		scenario(t, c.name, withList, func(t *testing.T, _ string, server *demo.Server, h *harness) {
			defer h.close()
			h.setFaults(demo.Fault{On: demo.Output, Status: 200, Body: c.body, Header: http.Header{"Content-Type": {c.says}}})
			key := h.submit("x")
			if c.ext == "" {
				h.waitFor(key, history.Saving)
				h.advance(5 * time.Minute)
				if row, _ := h.runner.Row(key); row.State != history.Saving || len(h.pictures()) != 0 {
					t.Errorf("%s, saved %v", row.State, h.pictures())
				}
				return
			}
			out := h.waitFor(key, history.Done).Outputs[0]
			if filepath.Ext(out.Path) != c.ext || c.ext == ".bin" && (out.Width != 0 || out.Height != 0) {
				t.Errorf("%+v", out)
			}
			if data, err := os.ReadFile(h.history.Path(out.Path)); err != nil || string(data) != c.body {
				t.Errorf("%d bytes, %v", len(data), err)
			}
		})
	}
}

// TestI09PictureBeforeClaim checks each line before it is written: every picture that it names is on disk, complete and with
// the SHA-256 that it says; and a job is done only when all its pictures are.
func TestI09PictureBeforeClaim(t *testing.T) {
	t.Parallel()
	scenario(t, "each line", withList, func(t *testing.T, dir string, server *demo.Server, h *harness) {
		defer h.close()
		h.setFaults(
			demo.Fault{On: demo.Output, Cut: true, CutAt: 900, Times: 2}, demo.Fault{On: demo.Output, Status: 200, Body: "", Times: 1},
			demo.Fault{On: demo.Output, Skip: 1, Status: 200, Body: onePixel().Body[:50], Times: 2},
		)
		var claims atomic.Int32
		h.runner.WrapJournal(func(write runner.Append, key string, line runner.Line) (history.Entry, error) {
			return write(key, func(latest history.Entry) history.Entry {
				e := line(latest)
				for _, out := range e.Outputs {
					if e.State == history.Done && out.Path == "" {
						t.Errorf("done without its picture: %+v", e.Outputs)
					}
					if out.Path == "" {
						continue
					}
					claims.Add(1)
					data, err := os.ReadFile(filepath.Join(dir, out.Path))
					sum := sha256.Sum256(data)
					if err != nil || hex.EncodeToString(sum[:]) != out.SHA256 || int64(len(data)) != out.Bytes || out.Width == 0 {
						t.Errorf("the line names %+v, and there are %d bytes (%v)", out, len(data), err)
					}
				}
				return e
			})
		})
		in := input("x")
		in["num_outputs"] = 3
		row, task := h.runner.Submit(runner.Draft{Model: "flux-schnell", Input: in})
		h.perform(task)
		h.waitFor(row.Key, history.Done)
		if n := server.Counts().Outputs; claims.Load() < 3 || n != 8 { // five bad downloads, and three good ones
			t.Errorf("%d claims were checked, after %d fetches", claims.Load(), n)
		}
	})
}
