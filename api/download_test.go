package api

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// picture is 40,000 bytes that begin like a PNG and do not repeat.
var picture = func() []byte {
	b := []byte("\x89PNG\r\n\x1a\n")
	r := rand.New(rand.NewPCG(1, 2))
	for len(b) < 40_000 {
		b = append(b, byte(r.Uint32()))
	}
	return b
}()

// restartableBuffer can restart and stores the ETag, like a partial file of the history.
type restartableBuffer struct {
	bytes.Buffer
	tag      string
	restarts int
}

func (b *restartableBuffer) Restart() error {
	b.restarts++
	b.Reset()
	return nil
}

func (b *restartableBuffer) SetETag(tag string) { b.tag = tag }

// pictureServer serves the picture with a strong ETag and ranges.
func pictureServer(t *testing.T) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, name := range []string{"Authorization", "Cookie", "Referer"} {
			if r.Header.Get(name) != "" {
				t.Errorf("%s is sent for a picture", name)
			}
		}
		w.Header().Set("ETag", `"one"`)
		http.ServeContent(w, r, "out-0.png", time.Time{}, bytes.NewReader(picture))
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func TestDownload(t *testing.T) {
	t.Parallel()
	base := pictureServer(t)
	client := newClient(t, base)
	var got restartableBuffer
	d, err := client.Download(t.Context(), base+"/out-0.webp?x=1", Resume{}, &got)
	if err != nil || !bytes.Equal(got.Bytes(), picture) || d.Length != 40_000 || d.Written != 40_000 || d.Resumed || d.ETag != `"one"` || got.tag != `"one"` || d.ServerTime.IsZero() {
		t.Fatalf("%+v, %v, %d bytes, tag %s", d, err, got.Len(), got.tag)
	}
}

// Row "output truncated": a download is resumed with Range and If-Range if its ETag is strong and unchanged, and
// restarted otherwise.
func TestFaultOutputTruncatedResume(t *testing.T) {
	t.Parallel()
	base := pictureServer(t)
	client := newClient(t, base)
	for name, test := range map[string]struct {
		from     Resume
		resumed  bool
		restarts int
	}{
		"goes on":         {Resume{1000, `"one"`}, true, 0},
		"all is here":     {Resume{40_000, `"one"`}, true, 0},
		"beyond its end":  {Resume{40_001, `"one"`}, false, 1},
		"another tag":     {Resume{1000, `"two"`}, false, 1},
		"no tag":          {Resume{1000, ""}, false, 1},
		"a weak tag":      {Resume{1000, `W/"one"`}, false, 1},
		"negative offset": {Resume{-5, `"one"`}, false, 0},
	} {
		var got restartableBuffer
		if test.from.Offset > 0 {
			got.Write(append(bytes.Clone(picture), 0)[:test.from.Offset])
		}
		d, err := client.Download(t.Context(), base, test.from, &got)
		if err != nil || !bytes.Equal(got.Bytes(), picture) || d.Resumed != test.resumed || got.restarts != test.restarts || d.Length != 40_000 {
			t.Errorf("%s: %+v, %v, %d bytes, %d restarts", name, d, err, got.Len(), got.restarts)
		}
	}
	var plain bytes.Buffer // it cannot restart
	for _, from := range []Resume{{1000, `"two"`}, {1000, ""}} {
		if e := AsError(errorOf(client.Download(t.Context(), base, from, &plain))); e == nil || e.Code != CodeChanged || plain.Len() != 0 {
			t.Errorf("%v: %v, %d bytes", from, e, plain.Len())
		}
	}
}

func TestBadPictures(t *testing.T) {
	t.Parallel()
	png := string(picture[:100])
	for name, test := range map[string]struct {
		answer string
		code   Code
	}{
		"gone":            {"404 Not Found\r\n\r\n", CodeExpired},
		"gone for good":   {"410 Gone\r\n\r\n", CodeExpired},
		"forbidden":       {"403 Forbidden\r\n\r\n", CodeExpired},
		"trouble":         {"503 No\r\nRetry-After: 9\r\n\r\n", CodeServer},
		"wait":            {"429 No\r\nRetry-After: 9\r\n\r\n", CodeRate},
		"teapot":          {"418 No\r\n\r\n", CodeRefused},
		"nothing":         {"200 OK\r\nContent-Length: 0\r\n\r\n", CodeBadResponse},
		"nothing, closed": {"200 OK\r\n\r\n", CodeBadResponse},
		"no content":      {"204 No Content\r\n\r\n", CodeBadResponse},
		"payment":         {"402 No\r\n\r\n", CodeRefused},
		"not modified":    {"304 Not Modified\r\n\r\n", CodeRefused},
		"choices":         {"300 Multiple Choices\r\nLocation: /x\r\n\r\n", CodeRefused},
		"a page":          {"200 OK\r\nContent-Type: image/png\r\n\r\n<!doctype html><title>Sign in</title>", CodeBadResponse},
		"an error":        {"200 OK\r\nContent-Type: application/json\r\n\r\n{\"detail\":\"no\"}", CodeBadResponse},
		"too large":       {"200 OK\r\nContent-Length: 67108865\r\n\r\n" + png, CodeTooLarge},
		"cut":             {"200 OK\r\nContent-Length: 200\r\n\r\n" + png, CodeUnreachable},
		"a part unasked":  {"206 Partial Content\r\nContent-Range: bytes 0-99/200\r\n\r\n" + png, CodeChanged},
		"sent on nowhere": {"302 Found\r\n\r\n", CodeRefused},
		"sent to file":    {"302 Found\r\nLocation: file:///etc/passwd\r\n\r\n", CodeBlocked},
		"sent inside":     {"302 Found\r\nLocation: http://169.254.169.254/latest\r\n\r\n", CodeBlocked},
		"sent to plain":   {"302 Found\r\nLocation: http://replicate.delivery:8080/x\r\n\r\n", CodeBlocked},
		"sent to data":    {"302 Found\r\nLocation: data:image/png;base64,AAAA\r\n\r\n", CodeBlocked},
		"not HTTP":        {"hello", CodeUnreachable},
	} {
		t.Run(name, func(t *testing.T) {
			server := newRawServer(t, func(conn *net.TCPConn, _ *http.Request) { _, _ = io.WriteString(conn, "HTTP/1.1 "+test.answer) })
			var got restartableBuffer
			_, err := server.client(t).Download(t.Context(), server.base+"/out", Resume{}, &got)
			e := AsError(err)
			if e == nil || e.Code != test.code {
				t.Fatalf("%#v", e)
			}
			checkError(t, e)
			if e.Code == CodeRate && e.RetryAfter != 9*time.Second {
				t.Errorf("%v", e.RetryAfter)
			}
			if e.Code != CodeUnreachable && got.Len() > 0 {
				t.Errorf("%d bytes were written", got.Len())
			}
		})
	}
}

// Row "output truncated": a 206 that does not continue where the download ended is never appended.
func TestFaultOutputTruncatedLyingParts(t *testing.T) {
	t.Parallel()
	for name, head := range map[string]string{
		"another offset":  "ETag: \"one\"\r\nContent-Range: bytes 0-39999/40000",
		"no range":        "ETag: \"one\"",
		"not to its end":  "ETag: \"one\"\r\nContent-Range: bytes 1000-2000/40000",
		"no end known":    "ETag: \"one\"\r\nContent-Range: bytes 1000-1499/*",
		"no tag":          "Content-Range: bytes 1000-39999/40000",
		"a weak tag":      "ETag: W/\"one\"\r\nContent-Range: bytes 1000-39999/40000",
		"another tag":     "ETag: \"two\"\r\nContent-Range: bytes 1000-39999/40000",
		"odd range":       "ETag: \"one\"\r\nContent-Range: bytes 1000/40000",
		"backwards":       "ETag: \"one\"\r\nContent-Range: bytes 1000-10/11",
		"more than whole": "ETag: \"one\"\r\nContent-Range: bytes 1000-1009/1010",
	} {
		server := newRawServer(t, func(conn *net.TCPConn, _ *http.Request) {
			_, _ = fmt.Fprintf(conn, "HTTP/1.1 206 Partial Content\r\n%s\r\n\r\n%s", head, picture[:500])
		})
		var got bytes.Buffer // it cannot restart
		_, err := server.client(t).Download(t.Context(), server.base, Resume{1000, `"one"`}, &got)
		if e := AsError(err); e == nil || e.Code != CodeChanged || got.Len() > 10 {
			t.Errorf("%s: %v, %d bytes", name, err, got.Len())
		}
	}
}

// Row "output truncated": if the writer can restart, the entire picture is requested.
func TestFaultOutputTruncatedRestarts(t *testing.T) {
	t.Parallel()
	server := newRawServer(t, func(conn *net.TCPConn, r *http.Request) {
		if r.Header.Get("Range") != "" {
			_, _ = io.WriteString(conn, "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-39999/40000\r\n\r\nxx")
			return
		}
		_, _ = fmt.Fprintf(conn, "HTTP/1.1 200 OK\r\nContent-Length: 40000\r\n\r\n%s", picture)
	})
	var got restartableBuffer
	got.Write(picture[:1000])
	d, err := server.client(t).Download(t.Context(), server.base, Resume{1000, `"one"`}, &got)
	if err != nil || d.Resumed || got.restarts != 1 || !bytes.Equal(got.Bytes(), picture) || len(server.requests()) != 2 {
		t.Errorf("%+v, %v, %d bytes", d, err, got.Len())
	}
}

// TestRangeRefused: a server that refuses a Range is asked once more without it; only bytes that arrive replace the part.
// After 401 and 403 its own origin is asked with the key, too.
func TestRangeRefused(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		ranged, plain   int
		asked, restarts int
		code            Code
	}{{403, 200, 3, 1, ""}, {400, 200, 2, 1, ""}, {501, 200, 2, 1, ""}, {403, 403, 4, 0, CodeExpired}, {404, 404, 2, 0, CodeExpired}, {429, 200, 1, 0, CodeRate}, {500, 200, 1, 0, CodeServer}} {
		server := newRawServer(t, func(conn *net.TCPConn, r *http.Request) {
			status := c.plain
			if r.Header.Get("Range") != "" {
				status = c.ranged
			}
			if status == 200 {
				_, _ = fmt.Fprintf(conn, "HTTP/1.1 200 OK\r\nContent-Length: 40000\r\n\r\n%s", picture)
				return
			}
			_, _ = fmt.Fprintf(conn, "HTTP/1.1 %d No\r\nContent-Length: 0\r\n\r\n", status)
		})
		var got restartableBuffer
		got.Write(picture[:1000])
		_, err := server.client(t).Download(t.Context(), server.base, Resume{1000, `"one"`}, &got)
		if len(server.requests()) != c.asked || got.restarts != c.restarts || c.code == "" && !bytes.Equal(got.Bytes(), picture) || (err == nil) != (c.code == "") || err != nil && AsError(err).Code != c.code {
			t.Errorf("%+v: %v after %d requests, %d restarts, %d bytes", c, err, len(server.requests()), got.restarts, got.Len())
		}
	}
}

// A data: URL is decoded here, up to 64 MiB, and causes no request.
func TestSecurityOutputURLsOfData(t *testing.T) {
	t.Parallel()
	client := newClient(t, "http://127.0.0.1:1")
	for raw, want := range map[string]string{
		"data:text/plain;base64,aGVsbG8=":     "hello",
		"data:text/plain;base64,aGVsbG8":      "hello",
		"data:text/plain;base64,aGVsbG8%3D":   "hello",
		"data:text/plain;base64, aGVs bG8=\t": "hello",
		"DATA:text/plain;x=y;BASE64,aGVsbG8=": "hello",
		"data:;base64,-_-_":                   "\xfb\xff\xbf",
		"data:;base64,+/+/":                   "\xfb\xff\xbf",
		"data:image/svg+xml,%3Csvg%3E%3C/a%3": "",
		"data:image/svg+xml,%3Csvg%3E":        "<svg>",
		"data:image/png;base64":               "",
		"data:":                               "",
		"data:image/png;base64,aGVsbG8=":      "", // it says that it is a picture, and is none
		"data:text/html,<script>":             "",
		"data:,":                              "",
		"data:image/png;base64,a":             "",
		"data:image/png;base64,!!!!":          "",
	} {
		var got restartableBuffer
		d, err := client.Download(t.Context(), raw, Resume{}, &got)
		if want == "" {
			if e := AsError(err); e == nil || e.Code != CodeBadResponse {
				t.Errorf("%s: %v", raw, err)
			}
			continue
		}
		if err != nil || got.String() != want || d.Length != int64(len(want)) {
			t.Errorf("%s: %q, %+v, %v", raw, got.String(), d, err)
		}
	}
	var again restartableBuffer
	again.WriteString("half")
	if d, err := client.Download(t.Context(), "data:,whole", Resume{4, `"x"`}, &again); err != nil || d.Resumed || again.String() != "whole" {
		t.Errorf("%q, %+v, %v", again.String(), d, err)
	}
	if testing.Short() {
		return
	}
	huge := "data:application/octet-stream;base64," + strings.Repeat("AAAA", pictureBytesLimit/3+1)
	if e := AsError(errorOf(client.Download(t.Context(), huge, Resume{}, io.Discard))); e == nil || e.Code != CodeTooLarge {
		t.Errorf("%v", e)
	}
}

// fullDisk fails after some bytes.
type fullDisk struct{ left int }

func (f *fullDisk) Write(p []byte) (int, error) {
	if len(p) > f.left {
		return f.left, errors.New("no space left on device")
	}
	f.left -= len(p)
	return len(p), nil
}

func TestFullDisk(t *testing.T) {
	t.Parallel()
	base := pictureServer(t)
	e := AsError(errorOf(newClient(t, base).Download(t.Context(), base, Resume{}, &fullDisk{5000})))
	if e == nil || e.Code != CodeClient || e.Temporary() || e.Error() != "The picture could not be written here: no space left on device." {
		t.Errorf("%v", e)
	}
}

func TestEndlessAndStalledPictures(t *testing.T) {
	t.Parallel()
	endless := newMemoryClient(t, func(r *http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: 200, ContentLength: -1, Header: http.Header{}, Body: io.NopCloser(repeatReader(0xff))}, nil
	})
	d, err := endless.Download(t.Context(), "https://a.example/x", Resume{}, io.Discard)
	if e := AsError(err); e == nil || e.Code != CodeTooLarge || d.Written > pictureBytesLimit {
		t.Errorf("%v, %+v", err, d)
	}
	synctest.Test(t, func(t *testing.T) {
		begun := time.Now()
		stalled := newMemoryClient(t, func(r *http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: 200, ContentLength: -1, Header: http.Header{}, Body: &slowBody{r.Context(), time.Second, 5}}, nil
		})
		_, err := stalled.Download(t.Context(), "https://a.example/x", Resume{}, io.Discard)
		if e := AsError(err); e == nil || e.Code != CodeUnreachable || time.Since(begun) != 25*time.Second {
			t.Errorf("%v after %v", err, time.Since(begun))
		}
	})
}
