//go:build linux

package cli_test

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"
)

// floodKinds are the kinds of answers that are too large or never end. The first word of a prompt selects one.
var floodKinds = []string{"create", "gigabyte", "keys", "deep", "logs", "drip", "headers", "endless", "bomb", "gif"}

// flood is a provider whose answers are too large.
type flood struct {
	*httptest.Server
	bomb  []byte
	mu    sync.Mutex
	asked map[string]int
}

func newFlood(t *testing.T) *flood {
	f := &flood{bomb: imageBomb(t), asked: map[string]int{}}
	f.Server = httptest.NewServer(http.HandlerFunc(f.answer))
	t.Cleanup(f.Close)
	t.Cleanup(f.CloseClientConnections)
	return f
}

// args are the flags that direct a program to the provider.
func (f *flood) args() []string { return []string{"--provider", "cometapi", "--base-url", f.URL} }

// requests counts the creates and queries of a kind.
func (f *flood) requests(kind string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.asked[kind]
}

func (f *flood) answer(w http.ResponseWriter, r *http.Request) {
	kind := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
	if r.Method == http.MethodPost {
		body, _ := io.ReadAll(r.Body)
		_, after, _ := strings.Cut(string(body), `"prompt":"`)
		kind, _, _ = strings.Cut(after, " ")
	}
	kind = strings.TrimPrefix(kind, "flood-")
	f.mu.Lock()
	f.asked[kind]++
	f.mu.Unlock()
	if r.Method == http.MethodPost && kind != "create" {
		w.WriteHeader(http.StatusCreated)
		_, _ = fmt.Fprintf(w, `{"id":"flood-%s","status":"starting"}`, kind)
		return
	}
	if strings.HasPrefix(r.URL.Path, "/output/") {
		f.output(w, kind)
		return
	}
	f.query(w, r, kind)
}

// query answers a query for a prediction.
func (f *flood) query(w http.ResponseWriter, r *http.Request, kind string) {
	begin := `{"id":"flood-` + kind + `","status":"processing"`
	switch kind {
	case "create", "gigabyte":
		writeRepeatedly(w, begin+`,"logs":"`, strings.Repeat("x", 1<<16), 1<<30)
	case "keys":
		writeRepeatedly(w, begin, strings.Repeat(`,"k":0`, 10_000), 10_000_000*6)
	case "deep":
		writeRepeatedly(w, "", strings.Repeat("[", 1<<16), 1<<24)
	case "logs":
		_, _ = io.WriteString(w, begin+`,"logs":"`+strings.Repeat("line after line of it\\n", 150_000)+`"}`)
	case "drip":
		for r.Context().Err() == nil {
			_, _ = io.WriteString(w, " ")
			w.(http.Flusher).Flush()
			time.Sleep(20 * time.Millisecond)
		}
	case "headers":
		for i := range 20_000 {
			w.Header().Set(fmt.Sprintf("X-Flood-%d", i), strings.Repeat("x", 1000))
		}
		w.WriteHeader(http.StatusOK)
	default:
		_, _ = fmt.Fprintf(w, `{"id":"flood-%[2]s","status":"succeeded","output":["%[1]s/output/%[2]s"]}`, f.URL, kind)
	}
}

// output sends a picture that is too large.
func (f *flood) output(w http.ResponseWriter, kind string) {
	switch kind {
	case "bomb":
		_, _ = w.Write(f.bomb)
	case "gif":
		_, _ = w.Write(append([]byte("GIF89a\xff\xff\xff\xff\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\xff\xff\xff\xff\x00\x02"), onePixelPicture[30:]...))
	default:
		writeRepeatedly(w, "\x89PNG\r\n\x1a\n", strings.Repeat("x", 1<<16), 1<<30)
	}
}

// writeRepeatedly writes a piece until n bytes are written or the client has left.
func writeRepeatedly(w io.Writer, begin, piece string, n int) {
	if _, err := io.WriteString(w, begin); err != nil {
		return
	}
	for ; n > 0; n -= len(piece) {
		if _, err := io.WriteString(w, piece); err != nil {
			return
		}
	}
}

// imageBomb is a PNG of 30,000×30,000 black pixels in about 100 kB.
func imageBomb(t *testing.T) []byte {
	const side = 30_000
	var packed bytes.Buffer
	z, err := zlib.NewWriterLevel(&packed, zlib.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	row := make([]byte, 1+side/8)
	for range side {
		_, _ = z.Write(row)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	out := bytes.NewBufferString("\x89PNG\r\n\x1a\n")
	chunk := func(name string, data []byte) {
		_ = binary.Write(out, binary.BigEndian, uint32(len(data)))
		named := append([]byte(name), data...)
		_, _ = out.Write(named)
		_ = binary.Write(out, binary.BigEndian, crc32.ChecksumIEEE(named))
	}
	chunk("IHDR", []byte{0, 0, side >> 8, side & 255, 0, 0, side >> 8, side & 255, 1, 0, 0, 0, 0})
	chunk("IDAT", packed.Bytes())
	chunk("IEND", nil)
	return out.Bytes()
}

// peakOf is the peak memory of a process so far, in bytes; false if it has ended.
func peakOf(pid int) (bytes int, ok bool) {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	_, after, found := strings.Cut(string(raw), "VmHWM:")
	if err != nil || !found {
		return 0, false
	}
	_, err = fmt.Sscan(after, &bytes)
	return bytes << 10, err == nil
}

// peakMemory is the peak memory of the program so far, in bytes.
func (x *terminal) peakMemory() int {
	x.t.Helper()
	bytes, ok := peakOf(x.cmd.Process.Pid)
	if !ok {
		x.t.Fatal("the peak memory of the program cannot be read")
	}
	return bytes
}

// peakMemory runs a command and returns its peak memory in bytes. It polls, since the peak that the system reports for an ended child
// includes the memory of its parent at the fork.
func (h *home) peakMemory(t *testing.T, args ...string) int {
	t.Helper()
	cmd := exec.Command(h.binary, args...)
	cmd.Dir, cmd.Env = h.dir, append(h.env(), "COMETAPI_KEY="+canary, "REPLICATE_API_TOKEN="+canary)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		_ = cmd.Wait() // most commands fail
		close(ended)
	}()
	highest := 0
	for {
		if now, ok := peakOf(cmd.Process.Pid); ok {
			highest = max(highest, now)
		}
		select {
		case <-ended:
			return highest
		case <-time.After(2 * time.Millisecond):
		}
	}
}
