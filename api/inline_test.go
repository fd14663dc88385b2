package api

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

// noisePicture is the beginning of a PNG and noise behind it, n bytes in all.
func noisePicture(n int, seed uint64) []byte {
	picture := make([]byte, n)
	r := rand.New(rand.NewPCG(seed, 1))
	for i := range picture {
		picture[i] = byte(r.Uint32())
	}
	copy(picture, "\x89PNG\r\n\x1a\n")
	return picture
}

// filtered reads a text through a filter that writes to a folder of the test.
func filtered(t *testing.T, text string, from func(io.Reader) io.Reader) (string, *Inline, error) {
	t.Helper()
	f := inlineFilter{from: bufio.NewReader(from(strings.NewReader(text))), pictures: inlineWriter{dir: t.TempDir()}}
	out, inline, err := f.read()
	t.Cleanup(inline.Close)
	return string(out), inline, err
}

func plainReader(r io.Reader) io.Reader { return r }

// TestInlineSpellings: base64 leaves the text in every spelling in which servers put it into JSON.
func TestInlineSpellings(t *testing.T) {
	t.Parallel()
	client := newMemoryClient(t, nil)
	for _, size := range []int{3100, 50_000, 50_001, 50_002} {
		picture := noisePicture(size, uint64(size))
		std := base64.StdEncoding.EncodeToString(picture)
		lines := ""
		for line := range slices.Chunk([]byte(std), 76) {
			lines += string(line) + `\r\n`
		}
		for name, spelt := range map[string]string{
			"as it is":           std,
			"for URLs":           base64.URLEncoding.EncodeToString(picture),
			"without padding":    base64.RawStdEncoding.EncodeToString(picture),
			"escaped slashes":    strings.ReplaceAll(std, "/", `\/`),
			"escaped plus signs": strings.ReplaceAll(strings.ReplaceAll(std, "+", `\u002b`), "=", `\u003d`),
			"in lines":           lines,
			"behind a space":     " " + std,
		} {
			for i, shape := range []string{
				`{"output":["data:image/png;base64,%s"],"id":"abc","status":"succeeded"}`,
				`{"output":"data:image\/png;base64,%s","id":"abc","status":"succeeded"}`,
				`{"output":"%s","id":"abc","status":"succeeded"}`,
				`{"id":"abc","status":"succeeded","output":[{"b64_json":"%s"}]}`,
				`{"code":"success","data":{"task_id":"abc","status":"SUCCESS","data":{"image":"%s"}}}`,
			} {
				if i > 1 && spelt[0] == ' ' {
					continue // a space belongs to data: URLs alone
				}
				text, inline, err := filtered(t, fmt.Sprintf(shape, spelt), plainReader)
				p, _, ok := parsePrediction([]byte(text))
				if err != nil || !ok || p.ID != "abc" || len(p.Output) != 1 || len(text) > 400 {
					t.Fatalf("%s, %s: %v, %v, %.200q", name, shape, err, ok, text)
				}
				var got bytes.Buffer
				d, err := client.DownloadInline(inline, p.Output[0], &got)
				if err != nil || !inline.Has(p.Output[0]) || d.Length != int64(size) || !bytes.Equal(got.Bytes(), picture) {
					t.Fatalf("%s, %s: %d of %d bytes, %v", name, shape, got.Len(), size, err)
				}
			}
		}
		quoted, _ := json.Marshal(`{"status":"succeeded","output":["data:image/png;base64,` + strings.ReplaceAll(std, "/", `\/`) + `"]}`)
		text, inline, _ := filtered(t, `{"data":{"task_id":"abc","status":"SUCCESS","data":`+string(quoted)+`}}`, iotest.HalfReader)
		p, _, _ := parsePrediction([]byte(text))
		var got bytes.Buffer
		if _, err := client.DownloadInline(inline, strings.Join(p.Output, " "), &got); err != nil || !bytes.Equal(got.Bytes(), picture) {
			t.Errorf("JSON in a string: %d of %d bytes, %v, %.200q", got.Len(), size, err, text)
		}
	}
}

// TestInlineTextStays: what is no picture stays in the text, byte for byte, however the reads are split.
func TestInlineTextStays(t *testing.T) {
	t.Parallel()
	words := strings.Repeat("word", 3000)
	small := base64.StdEncoding.EncodeToString(noisePicture(3000, 1))
	for _, text := range []string{
		"", "{}", `{"a":"\\`, `{"a":"\u00`, `\`, `{"logs":"` + words + `\n` + words + `\t\"` + words + `\\n"}`, `{"a":"` + words, flatBody, createdBody,
		`{"output":"data:image/png;base64,` + small + `"}`, `{"a":"` + small + `"}`, `<html>"` + words + `"</html>`, `%2B%2f \/ \\/ \u002b \u003`,
		`{"a":"x` + strings.Repeat(`\/`, 5000) + `"}`, `{"a":"` + strings.Repeat(`\u002b`, 5000) + `"}`, strings.Repeat(`\`, 5000),
	} {
		for name, from := range map[string]func(io.Reader) io.Reader{"whole": plainReader, "bytes": iotest.OneByteReader, "errors": iotest.DataErrReader} {
			if got, inline, err := filtered(t, text, from); got != text || inline != nil || err != nil {
				t.Errorf("%s: %d of %d bytes, %v, %.80q", name, len(got), len(text), err, got)
			}
		}
	}
}

// TestInlineLimits: a picture may have 64 MiB and all of an answer 256 MiB; what is broken or cut is no picture; the same
// picture twice is kept once.
func TestInlineLimits(t *testing.T) {
	t.Parallel()
	client := newMemoryClient(t, nil)
	fails := func(inline *Inline, url string) Code {
		_, err := client.DownloadInline(inline, url, io.Discard)
		if err == nil {
			return ""
		}
		return AsError(err).Code
	}
	head := base64.StdEncoding.EncodeToString(noisePicture(3*1500, 3))
	text, inline, err := filtered(t, `["data:image/png;base64,`+head+`*","`+head+`","`+head+`=AAAA","data:x;base64,`+strings.Repeat("=", 5000)+`"]`, plainReader)
	var list []string
	if jsonErr := json.Unmarshal([]byte(text), &list); err != nil || jsonErr != nil {
		t.Fatal(err, jsonErr)
	}
	for i, want := range []Code{"", "", CodeBadResponse, CodeBadResponse} {
		list[i] = strings.TrimRight(list[i], "*")
		if got := fails(inline, list[i]); got != want {
			t.Errorf("%d: %q, not %q", i, got, want)
		}
	}
	if list[0] != list[1] {
		t.Errorf("the same picture is kept as %q and %q", list[0], list[1])
	}
	if got := fails(inline, "data:image/png;base64,"+inlineMark+"99:x"); got != CodeBadResponse {
		t.Errorf("an unknown number: %q", got)
	}
	inline.Close()
	if got := fails(inline, list[1]); got != CodeClient {
		t.Errorf("closed: %q", got)
	}
	var none *Inline
	if none.Close(); none.Has(list[1]) || fails(none, list[1]) != CodeBadResponse {
		t.Error("nothing has a picture")
	}
}

// zeros is a body of n bytes of base64 without an end in memory.
func zeros(n int64) io.Reader { return io.LimitReader(lettersReader{}, n) }

type lettersReader struct{}

func (lettersReader) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'A'
	}
	return len(p), nil
}

// TestInlineTooLarge: an endless picture ends the reading.
func TestInlineTooLarge(t *testing.T) {
	t.Parallel()
	f := inlineFilter{from: bufio.NewReader(io.MultiReader(strings.NewReader(`{"id":"abc","output":"data:image/png;base64,`), zeros(1<<40)))}
	f.pictures.limit = 4 << 20
	text, inline, err := f.read()
	if err != errTooLarge || recoverID(text) != "abc" || f.pictures.total > 5<<20 || inline.parts[0].failure == nil {
		t.Errorf("%v, %d bytes, %q", err, f.pictures.total, text)
	}
}

// TestInlineOverHTTP: pictures of several megabytes within the answer to a create and to a get arrive, and leave no file.
func TestInlineOverHTTP(t *testing.T) {
	t.Parallel()
	pictures := [][]byte{noisePicture(3<<20, 1), noisePicture(2<<20, 2)}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := `"id":"abc",`
		if r.Method == http.MethodPost {
			id = `"id":null,`
		}
		fmt.Fprintf(w, `{%s"status":"succeeded","input":{"image":"data:image/png;base64,%s"},"output":[`, id, base64.StdEncoding.EncodeToString(noisePicture(1<<18, 9)))
		fmt.Fprintf(w, `"data:image/png;base64,%s",{"b64_json":"%s"}]}`, base64.StdEncoding.EncodeToString(pictures[0]), base64.URLEncoding.EncodeToString(pictures[1]))
	}))
	defer server.Close()
	dir := t.TempDir()
	client, err := New(Options{Provider: newMemoryClient(t, nil).Provider(), BaseURL: server.URL, Key: NewSecret("12345678"), InlineDir: dir})
	if err != nil {
		t.Fatal(err)
	}
	created, err := client.Create(t.Context(), boatRequest)
	if err != nil {
		t.Fatal(err)
	}
	got, err := client.Get(t.Context(), "abc")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []Prediction{created, got} {
		for i, want := range pictures {
			var b bytes.Buffer
			if _, err := client.DownloadInline(p.Inline, p.Output[i], &b); err != nil || !bytes.Equal(b.Bytes(), want) {
				t.Errorf("picture %d: %d bytes, %v", i, b.Len(), err)
			}
			echo, _ := p.Input["image"].(string)
			sent := "data:image/png;base64," + base64.RawStdEncoding.EncodeToString(noisePicture(1<<18, 9))
			if sum, ok := PictureSum(sent); !ok || !strings.HasSuffix(echo, ":"+sum) {
				t.Errorf("the input came back as %q, and its checksum is %q", echo, sum)
			}
			if len(p.Output[i]) > 150 {
				t.Errorf("the row holds %d bytes", len(p.Output[i]))
			}
		}
		p.Inline.Close()
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("%v is left", left)
	}
}

func FuzzInlineFilter(f *testing.F) {
	for _, seed := range []string{flatBody, `{"a":"\\\/\n\u002b%2B`, `"` + strings.Repeat("iVBORw0KGgoAAAANSUhEUgAA", 300) + `"`, strings.Repeat(`\u0041`, 1000)} {
		f.Add([]byte(seed), uint8(1))
	}
	f.Fuzz(func(t *testing.T, text []byte, split uint8) {
		var reader io.Reader = bytes.NewReader(text)
		if split%2 == 0 {
			reader = iotest.OneByteReader(reader)
		}
		filter := inlineFilter{from: bufio.NewReaderSize(reader, 16+int(split))}
		got, inline, err := filter.read()
		if err != nil || inline == nil && !bytes.Equal(got, text) || len(got) > len(text)+100*(1+len(text)/inlineMin) {
			t.Fatalf("%v, %d of %d bytes", err, len(got), len(text))
		}
		if json.Valid(text) && !json.Valid(got) {
			t.Fatalf("the text is no JSON any more: %.200q", got)
		}
	})
}

// TestCompressedAnswers: the first bytes say whether an answer is compressed, and not its header. Half a stream gives what
// was in it.
func TestCompressedAnswers(t *testing.T) {
	t.Parallel()
	var zipped, deflated bytes.Buffer
	z, d := gzip.NewWriter(&zipped), zlib.NewWriter(&deflated)
	_, _ = io.WriteString(io.MultiWriter(z, d), createdBody)
	_ = z.Close()
	_ = d.Close()
	for name, test := range map[string]struct{ header, body string }{
		"gzip":              {"Content-Encoding: gzip\r\n", zipped.String()},
		"gzip, not said":    {"", zipped.String()},
		"gzip, said twice":  {"Content-Encoding: gzip, gzip\r\n", zipped.String()},
		"zlib":              {"Content-Encoding: deflate\r\n", deflated.String()},
		"said, and not so":  {"Content-Encoding: gzip\r\n", createdBody},
		"another, not so":   {"Content-Encoding: br\r\n", createdBody},
		"gzip, without end": {"Content-Encoding: gzip\r\n", zipped.String()[:zipped.Len()-12]},
	} {
		client, _ := completeAnswer("201 Created\r\n"+strings.TrimSuffix(test.header+"X: y", "\r\n"), test.body)(t)
		if p, err := client.Create(t.Context(), boatRequest); err != nil || p.ID != createdID {
			t.Errorf("%s: %q, %v", name, p.ID, err)
		}
	}
}
