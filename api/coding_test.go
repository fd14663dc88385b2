package api

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
)

// compressed returns data behind a compressor.
func compressed[W io.WriteCloser](open func(io.Writer) W, data []byte) []byte {
	var b bytes.Buffer
	w := open(&b)
	_, _ = w.Write(data)
	_ = w.Close()
	return b.Bytes()
}

func zlibbed(data []byte) []byte { return compressed(zlib.NewWriter, data) }
func deflated(data []byte) []byte {
	return compressed(func(w io.Writer) io.WriteCloser { f, _ := flate.NewWriter(w, 6); return f }, data)
}

// awsChunked is the framing of storage services, with a signature for each chunk.
func awsChunked(data []byte, signed bool) []byte {
	var b bytes.Buffer
	signature := ""
	if signed {
		signature = ";chunk-signature=" + strings.Repeat("0a", 32)
	}
	for len(data) > 0 {
		n := min(len(data), 8192)
		fmt.Fprintf(&b, "%x%s\r\n%s\r\n", n, signature, data[:n])
		data = data[n:]
	}
	fmt.Fprintf(&b, "0%s\r\n\r\n", signature)
	return b.Bytes()
}

// TestContentEncoding: the bytes decide whether a picture is coded, and the word in the header does not.
func TestContentEncoding(t *testing.T) {
	t.Parallel()
	words := []string{"", "identity", "none", "binary", "aws-chunked", "utf-8", "gzip", "deflate", "br", "zstd", "x-gzip", "gzip, aws-chunked", "\"", "image/png"}
	bodies := map[string][]byte{
		"plain": picture, "gzip": gzipped(picture), "gzip twice": gzipped(gzipped(picture)), "zlib": zlibbed(picture),
		"signed chunks": awsChunked(picture, true), "chunks": awsChunked(picture, false), "gzip in chunks": awsChunked(gzipped(picture), true),
	}
	if isKnownType(deflated(picture)) {
		t.Fatal("the deflated picture looks like a known type")
	}
	var word, body string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", word)
		w.Header().Set("Content-Type", "image/png")
		w.Header().Set("ETag", `"one"`)
		_, _ = io.WriteString(w, body)
	}))
	defer server.Close()
	client := newClient(t, server.URL)
	for name, data := range bodies {
		for _, said := range words {
			word, body = said, string(data)
			var got restartableBuffer
			d, err := client.Download(t.Context(), server.URL+"/o.png", Resume{}, &got)
			if err != nil || !bytes.Equal(got.Bytes(), picture) {
				t.Errorf("%s, called %q: %v, %d bytes", name, said, err, got.Len())
			}
			if resumable := name == "plain"; (d.ETag != "") != resumable || got.tag != d.ETag {
				t.Errorf("%s: its tag is %q, %q", name, d.ETag, got.tag)
			}
		}
	}
	word, body = "", string(gzipped(picture))
	var unpacked restartableBuffer
	if _, err := client.Download(t.Context(), server.URL+"/o.gz", Resume{}, &unpacked); err != nil || !bytes.Equal(unpacked.Bytes(), picture) {
		t.Errorf("a picture called an archive: %v", err)
	}
	body = string(gzipped(slices.Concat(make([]byte, 257), []byte("ustar"), make([]byte, 600))))
	var archive restartableBuffer
	if _, err := client.Download(t.Context(), server.URL+"/o.tar.gz", Resume{}, &archive); err != nil || archive.String() != body {
		t.Errorf("an archive: %v", err)
	}
	word, body = "deflate", string(deflated(picture))
	var got restartableBuffer
	if _, err := client.Download(t.Context(), server.URL+"/o.png", Resume{}, &got); err != nil || !bytes.Equal(got.Bytes(), picture) {
		t.Errorf("raw deflate: %v", err)
	}
}

// TestCodedBodiesThatAreNoPicture: an error behind a compression is an error, a damaged one can be tried again, and a bomb
// is too large.
func TestCodedBodiesThatAreNoPicture(t *testing.T) {
	t.Parallel()
	full := gzipped(picture)
	flipped := bytes.Clone(full)
	flipped[len(flipped)-6] ^= 1 // in the checksum
	for name, c := range map[string]struct {
		word string
		body []byte
		code Code
	}{
		"an error":        {"gzip", gzipped([]byte(`{"detail":"no"}`)), CodeBadResponse},
		"an error, mute":  {"", gzipped([]byte(`{"detail":"no"}`)), CodeBadResponse},
		"a page":          {"gzip", gzipped([]byte("<!doctype html><p>no")), CodeBadResponse},
		"cut":             {"gzip", full[:len(full)/2], CodeUnreachable},
		"damaged":         {"gzip", flipped, CodeBadResponse},
		"a bomb":          {"gzip", gzipped(append([]byte("\x89PNG\r\n\x1a\n"), make([]byte, 65<<20)...)), CodeTooLarge},
		"an unknown one":  {"br", []byte("\x1b\x2e\x00\x00\xa4\x04\xb9\x01"), CodeBadResponse},
		"gzip of nothing": {"gzip", gzipped(nil), CodeBadResponse},
		"a false chunk":   {"aws-chunked", []byte("10\r\n{\"detail\":\"no\"}\r\n0\r\n\r\n"), CodeBadResponse},
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", c.word)
			w.Header().Set("Content-Type", "image/png")
			_, _ = w.Write(c.body)
		}))
		_, err := newClient(t, server.URL).Download(t.Context(), server.URL+"/o.png", Resume{}, io.Discard)
		if e := AsError(err); e == nil || e.Code != c.code || e.Temporary() == (c.code == CodeTooLarge) {
			t.Errorf("%s: %v", name, err)
		}
		server.Close()
	}
}

// TestIsOutput checks what counts as an output, by its bytes and by what the server says.
func TestIsOutput(t *testing.T) {
	t.Parallel()
	const svg = "<?xml version=\"1.0\"?>\n<!-- a boat -->\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>"
	known := []string{
		"\x89PNG\r\n\x1a\n\x00\x00", "\xff\xd8\xff\xe0\x00\x10JFIF\x00", "GIF89a\x01\x00\x01\x00", "RIFF\x24\x00\x00\x00WEBPVP8 ", "\x00\x00\x00\x20ftypavif", "\x00\x00\x00\x18ftypheic",
		"\x00\x00\x00\x20ftypisom", "\x1aE\xdf\xa3\x01\x00\x00", "II*\x00\x08\x00\x00\x00", "MM\x00*\x00\x00", "BM\x8a\x00\x00\x00\x00\x00", "\xff\x0a\x00\x10", "\x00\x00\x00\x0cJXL \r\n\x87\n",
		"PK\x03\x04\x14\x00\x00\x00", "glTF\x02\x00\x00\x00", "fLaC\x00\x00\x00\x22", "OggS\x00\x02\x00", "RIFF\x24\x00\x00\x00WAVEfmt ", "ID3\x03\x00\x00\x00", "\xff\xfb\x90\x64\x00", "%PDF-1.7\n%\xe2\xe3",
		svg, "<svg viewBox=\"0 0 1 1\"></svg>", "\ufeff<svg/>",
	}
	refused := []string{
		"", `{"detail":"requested file not found"}`, `{"error":{"code":"x"}}`, "<html><body>no", "<!DOCTYPE html><svg>", "<!-- x --><html><svg>",
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>AccessDenied</Code></Error>", "upstream connect error or disconnect/reset before headers", "NoSuchKey", "BMW is not found",
		"n\xe3o encontrado: o ficheiro foi removido", "\xff\xfe<\x00h\x00t\x00m\x00l\x00", "404", "\n", "[]", "null",
	}
	kinds := []string{"", "image/png", "image/png; charset=binary", "IMAGE/WEBP", "text/html", "application/json", "application/octet-stream", "text/plain", "application/xml", "nonsense"}
	for _, kind := range kinds {
		for _, address := range []string{"https://a.example/o.png", "https://a.example/o", "https://a.example/o.webp?x=.txt", "/files/1"} {
			said := newClaims(kind, address)
			for _, head := range known {
				if !said.isOutput([]byte(head)) {
					t.Errorf("%q at %s is no output: %q", kind, address, head)
				}
			}
			for _, head := range refused {
				if said.isOutput([]byte(head)) {
					t.Errorf("%q at %s is an output: %q", kind, address, head)
				}
			}
		}
	}
	for _, c := range []struct {
		kind, address, head string
		want                bool
	}{
		{"text/plain", "https://a.example/o.txt", "a story", true},
		{"text/plain; charset=utf-8", "https://a.example/o.TXT?x=1", "a story", true},
		{"application/json", "https://a.example/o.json", `{"labels":[]}`, true},
		{"text/plain", "https://a.example/o.json", `{"detail":"no"}`, false},
		{"application/octet-stream", "https://a.example/o.json", `{"detail":"no"}`, false},
		{"application/json", "https://a.example/o.txt", `{"detail":"no"}`, false},
		{"text/html", "https://a.example/o.txt", "<html>", false},
		{"text/plain", "https://a.example/o.txt", "<html>", false},
		{"text/html", "https://a.example/o.html", "<html>", false},
		{"application/octet-stream", "https://a.example/o.safetensors", "\x08\x00\x00\x00\x00\x00\x00\x00{}", true},
		{"", "https://a.example/o", "\x00\x01\x02", true},
		{"image/png", "https://a.example/o", "\x00\x01\x02", false},
		{"", "https://a.example/o.webp", "\x00\x01\x02", false},
		{"image/png", "https://a.example/o.png", "\x7fELF\x02", false},
		{"image/png", "data:image/png;base64,", "hello", false},
		{"text/plain", "data:text/plain,", "hello", true},
		{"text/html", "data:text/html,", "<p>", false},
	} {
		if got := newClaims(c.kind, c.address).isOutput([]byte(c.head)); got != c.want {
			t.Errorf("%q at %s: %q: %v", c.kind, c.address, c.head, got)
		}
	}
}

// FuzzOutputBody: what is taken from a body with a picture's name is a known type, is at most what was sent unless it was
// coded, and never a text.
func FuzzOutputBody(f *testing.F) {
	for _, seed := range [][]byte{picture[:100], gzipped(picture[:100]), zlibbed(picture[:100]), awsChunked(picture[:100], true), []byte(`{"detail":1}`), []byte("<html>")} {
		f.Add(seed, "gzip")
		f.Add(seed, "")
	}
	f.Fuzz(func(t *testing.T, data []byte, word string) {
		content, coded, err := openOutputBody(bufio.NewReader(bytes.NewReader(data)), word, newClaims("image/png", "https://a.example/o.png"))
		if err != nil {
			if content == nil && errors.Is(err, errNotOutput) {
				t.Error("what came instead is not returned")
			}
			return
		}
		head, _ := content.Peek(headBytes)
		if !isKnownType(head) {
			t.Errorf("%q is taken", head)
		}
		if rest, err := io.ReadAll(io.LimitReader(content, 1<<20)); !coded && (err != nil || !bytes.Equal(rest, data)) {
			t.Errorf("%d bytes of %d, %v", len(rest), len(data), err)
		}
	})
}
