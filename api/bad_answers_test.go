package api

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// Row "5xx on POST": 503 with Retry-After and a JSON error means "wait". Any other 5xx may have been accepted, whatever
// its body says, unless it holds a known code.
func TestFault5xxOnPOST(t *testing.T) {
	t.Parallel()
	for _, status := range []int{500, 501, 502, 503, 504, 520, 521, 522, 523, 524, 529, 599} {
		for _, header := range []string{"X: y", "Retry-After: 3"} {
			for _, body := range []string{busy, page, "", `{"detail":`, `{"error":{"message":"x","type":"invalid_request_error"}}`, `{"error":{"code":"model_not_found","message":"x"}}`} {
				want := OutcomeUnknown
				switch {
				case strings.Contains(body, "model_not_found"):
					want = Refused
				case status == 503 && header != "X: y" && strings.HasSuffix(body, "}"):
					want = RateLimited
				}
				client, posts := completeAnswer(fmt.Sprintf("%d X\r\n%s", status, header), body)(t)
				e := AsError(errorOf(client.Create(t.Context(), boatRequest)))
				if e == nil || e.Outcome != want || posts() != 1 || want != Refused && e.Code != CodeServer {
					t.Fatalf("%d, %s, %s: %#v after %d POSTs", status, header, body, e, posts())
				}
				checkError(t, e)
				if want == OutcomeUnknown && string(e.Answer) != body {
					t.Errorf("%d, %s: %q was kept of the answer", status, body, e.Answer)
				}
			}
		}
	}
}

// Row "5xx on GET": a temporary error of the server, which says nothing about the prediction.
func TestFault5xxOnGET(t *testing.T) {
	t.Parallel()
	for _, status := range []int{500, 502, 503, 504, 524} {
		for _, body := range []string{busy, page, "", `{"detail":`} {
			client, _ := completeAnswer(fmt.Sprintf("%d X", status), body)(t)
			for name, call := range everyCall(t, client) {
				if e := AsError(call()); e == nil || e.Code != CodeServer || !e.Temporary() {
					t.Errorf("%s, %d, %s: %v", name, status, body, e)
				}
			}
		}
	}
}

// pages are answers with status 200 from a portal or a gateway instead of the provider, and the part that a person can
// recognise them by.
var pages = map[string]struct{ kind, body, shown string }{
	"portal":            {"text/html", "<!doctype html><html><head><title>Sign in to\n Wi-Fi</title></head>", "Sign in to Wi-Fi"},
	"no title":          {"text/html", "<html><script>if (a<b) x()</script><body><h1>Down</h1><p>Back&nbsp;soon &amp; well", "Down Back soon & well"},
	"said to be JSON":   {"application/json", "<html><title>nginx</title>", "nginx"},
	"said to be a PNG":  {"image/png", "<HTML><TITLE>nginx</TITLE>", "nginx"},
	"no words":          {"text/html", "<html></html>", ""},
	"plain words":       {"text/plain", "upstream connect error", "upstream connect error"},
	"hostile title":     {"text/html", "<title>\x1b]52;c;x\x07\u202ea\u009bm\x00</title>", "]52;c;xam"},
	"hostile words":     {"text/plain", "\x1b[2J\u2066gone\x07", "[2Jgone"},
	"JSON, but a text":  {"application/json", `"<html>"`, `<html>`},
	"JSON, but a list":  {"application/json", `[1]`, "[1]"},
	"JSON within words": {"text/html", `<b>)]}' {"id":"abc"}`, `)]}' {"id":"abc"}`},
	"long":              {"text/plain", strings.Repeat("é", 5000), strings.Repeat("é", 200)},
}

// Row "HTML with 200 / wrong content-type": never a success, and never proof that a create failed. The sentence has the
// status and the page's title or first 200 characters, cleaned.
func TestFaultHTMLWith200(t *testing.T) {
	t.Parallel()
	for name, test := range pages {
		client, _ := completeAnswer("200 OK\r\nContent-Type: "+test.kind, test.body)(t)
		for call, err := range everyCall(t, client) {
			e := AsError(err())
			if e == nil || e.Outcome != OutcomeUnknown || e.Code != CodeBadResponse && e.Code != CodeNoSuchRoute {
				t.Fatalf("%s, %s: %#v", name, call, e)
			}
			checkError(t, e)
			if call == "create" && (e.Code != CodeBadResponse || string(e.Answer) != test.body) {
				t.Errorf("%s: %s, %q was kept", name, e.Code, e.Answer)
			}
			want := "(200): " + test.shown
			if test.shown == "" {
				want = "(200)."
			}
			if e.Code == CodeBadResponse && !strings.Contains(e.Error(), want) {
				t.Errorf("%s, %s: %q does not say %q", name, call, e, want)
			}
			if strings.ContainsFunc(e.Error(), func(r rune) bool { return unicode.In(r, unicode.Cc, unicode.Cf) }) || !utf8.ValidString(e.Error()) {
				t.Errorf("%s, %s: %q", name, call, e)
			}
		}
	}
}

// Row "wrong content-type": the bytes decide, not the header. JSON sent as HTML is JSON, a picture sent as HTML is a
// picture, and HTML sent as a picture is not.
func TestFaultWrongContentType(t *testing.T) {
	t.Parallel()
	client, _ := completeAnswer("201 Created\r\nContent-Type: text/html", createdBody)(t)
	if p, err := client.Create(t.Context(), boatRequest); err != nil || p.ID != createdID {
		t.Errorf("JSON as a page: %+v, %v", p, err)
	}
	avif := "\x00\x00\x00\x20ftypavif" + strings.Repeat("\x00", 40)
	svg := `<svg xmlns="http://www.w3.org/2000/svg"/>`
	for _, test := range []struct {
		kind, body string
		picture    bool
	}{
		{"text/html", string(picture[:100]), true},
		{"application/json", "RIFF\x24\x00\x00\x00WEBPVP8 ", true},
		{"text/plain", "\xff\xd8\xff\xe0 JFIF", true},
		{"application/octet-stream", avif, true},
		{"", "GIF89a\x01\x00\x01\x00", true},
		{"image/svg+xml", svg, true},
		{"image/png", "\x00\x01\x02\x03 nobody knows", false},
		{"image/png", page, false},
		{"image/webp", "<html><body>no", false},
		{"application/json", busy, false},
		{"application/problem+json", busy, false},
		{"text/plain", "NoSuchKey", false},
	} {
		client, _ := completeAnswer("200 OK\r\nContent-Type: "+test.kind, test.body)(t)
		var got restartableBuffer
		_, err := client.Download(t.Context(), client.BaseURL()+"/out.webp", Resume{}, &got)
		if test.picture && (err != nil || got.String() != test.body) {
			t.Errorf("%s, %.20q: %v", test.kind, test.body, err)
		}
		if e := AsError(err); !test.picture && (e == nil || e.Code != CodeBadResponse || !e.Temporary() || got.Len() > 0) {
			t.Errorf("%s, %.20q: %v, %d bytes", test.kind, test.body, e, got.Len())
		}
	}
}

// Row "zero-byte picture": an empty picture is a temporary error, however it is sent, and no length is claimed.
func TestFaultZeroBytePicture(t *testing.T) {
	t.Parallel()
	for name, head := range map[string]string{
		"length 0":      "200 OK\r\nContent-Length: 0\r\n\r\n",
		"until close":   "200 OK\r\n\r\n",
		"chunked":       "200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
		"as a picture":  "200 OK\r\nContent-Type: image/webp\r\nETag: \"x\"\r\nContent-Length: 0\r\n\r\n",
		"after one hop": "302 Found\r\nLocation: ?again\r\n\r\n",
	} {
		server := newRawServer(t, func(conn *net.TCPConn, req *http.Request) {
			answer := head
			if req.URL.RawQuery == "again" {
				answer = "200 OK\r\nContent-Length: 0\r\n\r\n"
			}
			_, _ = io.WriteString(conn, "HTTP/1.1 "+answer)
		})
		var got restartableBuffer
		d, err := server.client(t).Download(t.Context(), server.base, Resume{}, &got)
		if e := AsError(err); e == nil || e.Code != CodeBadResponse || !e.Temporary() || d.Written != 0 || d.Length > 0 || got.Len() > 0 || got.tag != "" {
			t.Errorf("%s: %+v, %v, tag %q", name, d, e, got.tag)
		}
	}
	// An empty rest of a partial picture is not its end either.
	for _, head := range []string{
		"Content-Length: 0\r\nContent-Range: bytes 1000-1999/2000", "Content-Range: bytes 1000-1999/2000",
		"Content-Range: bytes 1000-1999/*", "Content-Length: 0\r\nContent-Range: bytes 1000-999/1000",
	} {
		server := newRawServer(t, func(conn *net.TCPConn, _ *http.Request) {
			_, _ = io.WriteString(conn, "HTTP/1.1 206 Partial Content\r\nETag: \"one\"\r\n"+head+"\r\n\r\n")
		})
		got := plainWriter{slices.Clone(picture[:1000])}
		if _, err := server.client(t).Download(t.Context(), server.base, Resume{1000, `"one"`}, &got); err == nil || len(got.b) != 1000 {
			t.Errorf("%q: %v", head, err)
		}
	}
}

// plainWriter can neither restart nor store an ETag.
type plainWriter struct{ b []byte }

func (w *plainWriter) Write(p []byte) (int, error) {
	w.b = append(w.b, p...)
	return len(p), nil
}
