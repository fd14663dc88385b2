package runner_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
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

// TestFaultOutputGone: the picture's URL answers 401, 403, 404 or 410. The provider is asked once for the present URL. If the
// picture is deleted, the job is lost and its record is kept.
func TestFaultOutputGone(t *testing.T) {
	t.Parallel()
	for _, status := range []int{401, 403, 404, 410} {
		scenario(t, http.StatusText(status), withList, func(t *testing.T, _ string, server *demo.Server, h *harness) {
			defer h.close()
			h.setFaults(demo.Fault{On: demo.Output, Status: status, Body: "no", Times: 1}, onePixel())
			key := h.submit("x")
			h.waitFor(key, history.Saving)
			gets := server.Counts().Gets
			h.waitFor(key, history.Done)
			if c := server.Counts(); c.Gets != gets+1 || c.Outputs != 2 {
				t.Errorf("%d polls for a new address, %d fetches", c.Gets-gets, c.Outputs)
			}
		})
	}
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
			row := h.waitFor(key, history.Lost)
			if e := h.entry(key); e.ID == "" || e.Seed == nil || e.Prompt() != "a boat" || len(e.Outputs) != 1 || e.Outputs[0].URL == "" {
				t.Errorf("the record: %+v", e)
			}
			if row.Error == nil || row.Error.Sentence == "" || name != "without a URL" && row.Error.Code != "expired" {
				t.Errorf("%+v", row.Error)
			}
			h.checkIdle(key)
		})
	}
}

// TestFaultOutputTruncated: the connection breaks within the picture, or the complete download is half a picture. The first
// continues where it broke. The second is tried five times, and then the notice says until when it can be fetched again.
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
	scenario(t, "half a picture", withList, func(t *testing.T, _ string, server *demo.Server, h *harness) {
		defer h.close()
		h.setFaults(demo.Fault{On: demo.Output, Status: 200, Body: onePixel().Body[:40]})
		key := h.submit("x")
		row := h.waitFor(key, history.Lost)
		notice := h.notices[len(h.notices)-1]
		if left := time.Until(notice.At); notice.Kind != runner.BadPicture || left < 50*time.Minute || left > time.Hour || row.Cost == nil {
			t.Errorf("notice %+v, cost %v", notice, row.Cost)
		}
		if n := server.Counts().Outputs; n != 5 || len(h.pictures()) != 0 || row.Error.Code != "bad_picture" {
			t.Errorf("%d tries, files %v, %+v", n, h.pictures(), row.Error)
		}
		h.setFaults(onePixel())
		h.onChange(h.runner.Follow(row.Entry))
		h.waitFor(key, history.Done)
	})
}

// TestFaultZeroBytePicture: an empty download is no picture. It is tried again, and never reported as saved.
func TestFaultZeroBytePicture(t *testing.T) {
	t.Parallel()
	empty := demo.Fault{On: demo.Output, Status: 200}
	scenario(t, "always", withList, func(t *testing.T, _ string, server *demo.Server, h *harness) {
		defer h.close()
		h.setFaults(empty)
		key := h.submit("x")
		h.waitFor(key, history.Lost)
		if h.everShowed(key, func(r runner.Row) bool {
			return r.State == history.Done || len(r.Outputs) > 0 && r.Outputs[0].Path != ""
		}) {
			t.Error("it was reported as saved")
		}
		if n := server.Counts().Outputs; n != 5 || len(h.pictures()) != 0 || h.entry(key).Outputs[0].Path != "" {
			t.Errorf("%d tries, files %v, %+v", n, h.pictures(), h.entry(key).Outputs)
		}
	})
	scenario(t, "twice", withList, func(t *testing.T, _ string, server *demo.Server, h *harness) {
		defer h.close()
		empty.Times = 2
		h.setFaults(empty, onePixel())
		row := h.waitFor(h.submit("x"), history.Done)
		if row.Outputs[0].Bytes == 0 || server.Counts().Outputs != 3 {
			t.Errorf("%+v, %+v", row.Outputs, server.Counts())
		}
	})
}

// TestFaultWrongContentType: the server's content type is wrong. The first bytes decide the file name. An unknown type is saved
// as .bin, without a size, so that nothing opens it; an HTML page is never saved.
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
		{"a program called png", "image/png", "\x7fELF\x02\x01\x01\x00", ".bin"},
		{"a page called png", "image/png", "<!doctype html><title>no</title>", ""},
		{"an error called png", "application/json", `{"detail":"no"}`, ""},
	} {
		scenario(t, c.name, withList, func(t *testing.T, _ string, server *demo.Server, h *harness) {
			defer h.close()
			h.setFaults(demo.Fault{On: demo.Output, Status: 200, Body: c.body, Header: http.Header{"Content-Type": {c.says}}})
			key := h.submit("x")
			if c.ext == "" {
				if h.waitFor(key, history.Lost); len(h.pictures()) != 0 {
					t.Errorf("saved %v", h.pictures())
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
