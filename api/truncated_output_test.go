package api

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// otherPicture is as long as picture, with different contents.
var otherPicture = func() []byte {
	b := slices.Clone(picture)
	for i := 8; i < len(b); i++ {
		b[i] ^= 0x55
	}
	return b
}()

// unreliableHost serves a picture with random faults, but always ends a body honestly.
type unreliableHost struct {
	mu      sync.Mutex
	random  *rand.Rand
	changes bool // it may start to serve another picture
	changed bool
	counts  map[string]int
}

// reseed restarts it with another seed.
func (h *unreliableHost) reseed(seed uint64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.random, h.changes, h.changed = rand.New(rand.NewPCG(seed, 3)), seed%2 == 1, false
}

// count returns how often it played a trick.
func (h *unreliableHost) count(trick string) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.counts[trick]
}

// serve answers one request.
func (h *unreliableHost) serve(conn *net.TCPConn, req *http.Request) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.changes && h.random.IntN(6) == 0 {
		h.changed = true
	}
	bytes, tag := picture, `"one"`
	if h.changed {
		bytes, tag = otherPicture, `"two"`
	}
	from := 0
	_, _ = fmt.Sscanf(req.Header.Get("Range"), "bytes=%d-", &from)
	trick := tricks[h.random.IntN(len(tricks))]
	h.counts[trick]++
	if req.Header.Get("If-Range") != tag && trick != "part unasked" && trick != "part untagged" {
		from = 0
	}
	playTrick(conn, trick, bytes, tag, from, h.random)
}

var tricks = []string{
	"cut", "cut", "cut", "cut", "reset", "chunks", "no range", "all", "too much", "gzip", "no length", "lying part", "part unasked", "part untagged", "unknown whole", "trouble", "nothing",
}

// playTrick writes an answer.
func playTrick(conn *net.TCPConn, trick string, whole []byte, tag string, from int, random *rand.Rand) {
	status := fmt.Sprintf("206 Partial Content\r\nContent-Range: bytes %d-%d/%d", from, len(whole)-1, len(whole))
	if from == 0 || trick == "no range" {
		status, from = "200 OK", 0
	}
	rest := whole[from:]
	cut := rest[:random.IntN(len(rest)+1)]
	head := fmt.Sprintf("HTTP/1.1 %s\r\nETag: %s\r\nConnection: close\r\n", status, tag)
	length := fmt.Sprintf("Content-Length: %d\r\n\r\n", len(rest))
	switch trick {
	case "cut", "no range":
		_, _ = fmt.Fprintf(conn, "%s%s%s", head, length, cut)
	case "reset":
		_, _ = fmt.Fprintf(conn, "%s%s%s", head, length, cut)
		resetConnection(conn)
	case "chunks":
		_, _ = fmt.Fprintf(conn, "%sTransfer-Encoding: chunked\r\n\r\n%x\r\n%s", head, len(rest), cut)
	case "all":
		_, _ = fmt.Fprintf(conn, "%s%s%s", head, length, rest)
	case "too much":
		_, _ = fmt.Fprintf(conn, "%s%s%s%s", head, length, rest, "and more")
	case "gzip":
		packed := gzipped(rest)
		_, _ = fmt.Fprintf(conn, "%sContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%s", head, len(packed), packed)
	case "no length": // of a partial answer: the range says where it ends
		if from == 0 {
			head += fmt.Sprintf("Content-Length: %d\r\n", len(rest))
		}
		_, _ = fmt.Fprintf(conn, "%s\r\n%s", head, cut)
	case "part unasked":
		_, _ = fmt.Fprintf(conn, "%s%s%s", head, length, rest)
	case "part untagged":
		_, _ = fmt.Fprintf(conn, "%s%s%s", strings.Replace(head, "ETag", "X", 1), length, rest)
	case "lying part":
		_, _ = fmt.Fprintf(conn, "HTTP/1.1 206 Partial Content\r\nETag: %s\r\nContent-Range: bytes %d-%d/%d\r\n\r\n%s", tag, from+7, len(whole)-1, len(whole), rest)
	case "unknown whole":
		_, _ = fmt.Fprintf(conn, "HTTP/1.1 206 Partial Content\r\nETag: %s\r\nContent-Range: bytes %d-%d/*\r\n\r\n%s", tag, from, len(whole)-1, cut)
	case "trouble":
		_, _ = io.WriteString(conn, "HTTP/1.1 503 Busy\r\n\r\n")
	}
}

// Row "output truncated": 200 downloads, each from a host that cuts at random offsets, ignores Range, changes its
// picture and ETag, sends too much, compresses, and sends wrong parts. A download that reports success has all the bytes
// of one picture; before that, it never claims to be complete.
func TestFaultOutputTruncated(t *testing.T) {
	t.Parallel()
	host := &unreliableHost{counts: map[string]int{}}
	server := newRawServer(t, host.serve)
	client := server.client(t)
	failures := 0
	for seed := range uint64(200) {
		host.reseed(seed)
		var got restartableBuffer
		from := Resume{}
		for tries := 0; ; tries++ {
			d, err := client.Download(t.Context(), server.base, from, &got)
			if err == nil {
				if !bytes.Equal(got.Bytes(), picture) && !bytes.Equal(got.Bytes(), otherPicture) || d.Length != int64(len(picture)) {
					t.Fatalf("seed %d, try %d: %+v, and %d bytes that are no picture", seed, tries, d, got.Len())
				}
				break
			}
			failures++
			if e := AsError(err); !e.Temporary() || tries > 1000 {
				t.Fatalf("seed %d, try %d: %+v, %#v", seed, tries, d, e)
			}
			if rest := got.Bytes(); !bytes.HasPrefix(picture, rest) && !bytes.HasPrefix(otherPicture, rest) {
				t.Fatalf("seed %d, try %d: %d bytes, of two pictures", seed, tries, got.Len())
			}
			from = Resume{int64(got.Len()), got.tag}
		}
	}
	for _, trick := range tricks {
		if n := host.count(trick); n < 25 {
			t.Errorf("%q was tried %d times", trick, n)
		}
	}
	if failures < 200 {
		t.Errorf("only %d failures", failures)
	}
}

// Row "output truncated", at each offset: one cut, then the rest.
func TestFaultOutputTruncatedEverywhere(t *testing.T) {
	t.Parallel()
	var cut atomic.Int64
	honest := len(picture)
	server := newRawServer(t, func(conn *net.TCPConn, req *http.Request) {
		from := 0
		_, _ = fmt.Sscanf(req.Header.Get("Range"), "bytes=%d-", &from)
		status := "200 OK"
		if from > 0 {
			status = fmt.Sprintf("206 Partial Content\r\nContent-Range: bytes %d-%d/%d", from, honest-1, honest)
		}
		_, _ = fmt.Fprintf(conn, "HTTP/1.1 %s\r\nETag: \"one\"\r\nConnection: close\r\nContent-Length: %d\r\n\r\n", status, honest-from)
		if from == 0 {
			_, _ = conn.Write(picture[:cut.Load()])
			return
		}
		_, _ = conn.Write(picture[from:])
	})
	client := server.client(t)
	for at := 0; at < honest; at += 199 {
		cut.Store(int64(at))
		var got restartableBuffer
		d, err := client.Download(t.Context(), server.base, Resume{}, &got)
		if e := AsError(err); e == nil || !e.Temporary() || got.Len() != at || d.Written != int64(at) || d.Length != int64(honest) {
			t.Fatalf("cut at %d: %+v, %v, %d bytes", at, d, err, got.Len())
		}
		if at == 0 {
			continue
		}
		d, err = client.Download(t.Context(), server.base, Resume{int64(at), got.tag}, &got)
		if err != nil || !d.Resumed || got.restarts != 0 || !bytes.Equal(got.Bytes(), picture) {
			t.Fatalf("the rest after %d: %+v, %v, %d bytes", at, d, err, got.Len())
		}
	}
}
