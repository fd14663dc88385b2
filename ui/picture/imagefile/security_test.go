package imagefile

import (
	"bytes"
	"image"
	"io"
	"maps"
	"testing"

	"tintype/history/imagekind"
)

// fakeFormat calls functions of a test.
type fakeFormat struct {
	onHeader func() (header, error)
	onDecode func() (image.Image, error)
}

func (f fakeFormat) header(io.ReaderAt, int64) (header, error)       { return f.onHeader() }
func (f fakeFormat) decode(io.ReaderAt, int64) (image.Image, error)  { return f.onDecode() }
func (f fakeFormat) salvage(io.ReaderAt, int64) (image.Image, error) { return f.onDecode() }

// replaceFormats makes every format another one until the test ends.
func replaceFormats(t *testing.T, by format) {
	before := maps.Clone(formats)
	t.Cleanup(func() { formats = before })
	for kind := range before {
		formats[kind] = by
	}
}

// TestSecurityDecodersSeeNoOtherFiles: only the four kinds do, whatever else is in a file.
func TestSecurityDecodersSeeNoOtherFiles(t *testing.T) {
	calls := 0
	replaceFormats(t, fakeFormat{onHeader: func() (header, error) { calls++; return header{}, io.EOF }})
	for _, content := range []string{
		"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "%!PS-Adobe-3.0", "push graphic-context", "#!/bin/sh\n", "PK\x03\x04",
		"\x00\x00\x00\x20ftypavif", "II*\x00", "BM", "MZ", "\x7fELF", "RIFF\x00\x00\x00\x00AVI LIST", " \x89PNG\r\n\x1a\n", "",
	} {
		if _, err := Open(t.Context(), bytes.NewReader([]byte(content)), int64(len(content))); err == nil || calls > 0 {
			t.Errorf("%q: %v, %d calls", content, err, calls)
		}
	}
}

// TestSecurityDecodersPanic: a decoder's panic is an error of that file, in the header and in the pixels.
func TestSecurityDecodersPanic(t *testing.T) {
	content := []byte("\x89PNG\r\n\x1a\n")
	crash := func() { var none []int; _ = none[len(content)] }
	fake := fakeFormat{
		func() (header, error) { return header{Config: image.Config{Width: 9, Height: 9}}, nil },
		func() (image.Image, error) { crash(); return nil, nil },
	}
	replaceFormats(t, fake)
	f, err := Open(t.Context(), bytes.NewReader(content), int64(len(content)))
	if err != nil || f.Kind != imagekind.PNG {
		t.Fatal(err)
	}
	if img, _, err := f.Decode(t.Context()); img != nil || err == nil {
		t.Errorf("a panic in the pixels: %v, %v", img, err)
	}
	fake.onHeader = func() (header, error) { crash(); return header{}, nil }
	replaceFormats(t, fake)
	if _, err := Open(t.Context(), bytes.NewReader(content), int64(len(content))); err == nil {
		t.Error("a panic in the header")
	}
}
